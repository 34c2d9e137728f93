//! Read, written, read again: the same friches, the same bytes.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use geo::Area;
use gisement::domain::Friche;
use gisement::domain::Territory;
use gisement::io::deliver::friches_standard;
use gisement::words::Lang;
use gisement::words::Words;
use serde_json::json;

use crate::drawn::Drawn;
use crate::files;

/// What only Cartofriches has: the standard has no place for it.
const NO_PLACE: [&str; 5] =
    ["road_distance_m", "rail_distance_m", "river_distance_m", "sea_distance_m", "origin_kind"];

fn write(territory: &Territory, folder: &Path) -> Vec<u8> {
    let words = Words::new(Lang::Fr).unwrap();
    let files = friches_standard::write(territory, folder, &words).unwrap();
    assert_eq!(files.len(), 3);
    fs::read(folder.join("friches.csv")).unwrap()
}

/// The same but for what the standard cannot hold: square metres, a centimetre, and what it has no place for.
fn assert_same(before: &Friche, after: &Friche) {
    let id = &before.id;
    let mut described = before.described.clone();
    described.retain(|name, _| !NO_PLACE.contains(name));
    assert_eq!(described, after.described, "{id}");
    let area = |friche: &Friche| friche.declared_area.map(|area| area.get().round());
    assert_eq!(area(before), area(after), "{id}");
    let (from, to) = (&before.geometry, &after.geometry);
    let apart = (from.unsigned_area() - to.unsigned_area()).abs();
    assert!(apart <= 0.05 * from.unsigned_area().sqrt() + 1e-9, "{id}: {apart} m²");
    let at = |friche: &Friche| gisement::spatial::shape::centroid(&friche.geometry).unwrap();
    let moved = (at(before).x - at(after).x).hypot(at(before).y - at(after).y);
    assert!(moved < 0.02, "{id}: moved by {moved} m");
    let rest = |friche: &Friche| Friche {
        described: BTreeMap::new(),
        declared_area: None,
        // A row of the standard has one source: that of the most trusted record.
        records: friche.records.iter().take(1).cloned().collect(),
        geometry: geo::Geometry::Point(geo::Point::new(0.0, 0.0)),
        ..friche.clone()
    };
    assert_eq!(rest(before), rest(after), "{id}");
}

/// Reads, writes, and does it twice more with its own files.
fn goes_round(folder: &Path, config: impl Fn(&str) -> String, first: &str) -> usize {
    let set = |path: &str| fs::write(folder.join("gisement.toml"), config(path)).unwrap();
    set(first);
    let one = files::load(folder);
    let bytes = write(&one, &folder.join("un"));
    set("un/friches.csv");
    let two = files::load(folder);
    let again = write(&two, &folder.join("deux"));
    assert!(bytes == again, "the second CSV differs");
    for own in ["deux/friches.csv", "deux/friches.gpkg"] {
        set(own);
        let three = files::load(folder);
        let entities = |territory: &Territory| {
            let layer = territory.friches.as_ref().unwrap();
            let friches = layer.entities.iter().map(|friche| (friche.id.clone(), friche.clone()));
            friches.collect::<BTreeMap<_, _>>()
        };
        let (before, after) = (entities(&one), entities(&three));
        assert_eq!(before.keys().collect::<Vec<_>>(), after.keys().collect::<Vec<_>>(), "{own}");
        for (id, friche) in &before {
            assert_same(friche, &after[id]);
        }
        assert!(
            bytes == write(&three, &folder.join("trois")),
            "{own}: the CSV of its friches differs"
        );
        if own.ends_with("csv") {
            assert_eq!(entities(&two), after, "to the last bit");
        }
        let told = three.problems.iter().filter(|problem| problem.layer == "friches");
        let of_ours: Vec<_> = told.filter(|p| p.code.as_str() != "other-commune").collect();
        assert!(of_ours.is_empty(), "{own}: {:?}", of_ours.first());
    }
    one.friches.as_ref().unwrap().entities.len()
}

/// One row for each word of each list, and one with all other cells.
fn every_word() -> Vec<BTreeMap<String, String>> {
    let mut rows = Vec::new();
    for fact in files::facts().filter(|fact| fact[0] != "site_id") {
        let words: Vec<&str> = match fact[0] {
            "bati_type" => vec!["industriel|commercial", "résidentiel", "secteur tertiaire|autre"],
            "proprio_personne" => vec!["personne physique|personne morale", "sans objet"],
            _ => fact[4].split('|').filter(|word| !word.is_empty()).collect(),
        };
        for word in words {
            let id = format!("82112_{}", rows.len() + 1);
            rows.push(files::row(&[("site_id", &id), (fact[0], word)]));
        }
    }
    rows.push(files::row(&[
        ("site_id", "82112_900"),
        ("site_url", "https://www.georisques.gouv.fr/a|https://fiches-risques.brgm.fr/b"),
        ("site_ademe_url", "https://data.ademe.fr/c.pdf"),
        ("site_projet_url", "https://www.laregion.fr/d"),
        ("site_reconv_annee", "2022"),
        ("activite_code", "B05.10Z|V89.04Z"),
        ("activite_fin_annee", "1989"),
        ("bati_nombre", "2"),
        ("bati_surface", "2400"),
        ("local_ancien_annee", "1976"),
        ("local_recent_annee", "1987"),
        ("proprio_type", "P4a|G1a"),
        ("sol_pollution_annee", "1996"),
        ("sol_depollution_fiche", "https://fiches-risques.brgm.fr/x?page=1"),
        ("unite_fonciere_surface", "16750"),
        ("unite_fonciere_refcad", "82112000AB0001|82112000AB0002"),
        ("urba_zone_lib", "UXa1"),
        ("urba_zone_formdomi", "0202"),
        ("desserte_distance", "2|6|46"),
        ("source_url", "https://www.laregion.fr/friches-occitanie"),
        ("geomsurf", "POLYGON((1.128 44.052,1.130 44.052,1.130 44.053,1.128 44.053,1.128 44.052))"),
    ]));
    rows
}

#[test]
fn every_word_of_every_list_comes_back() {
    let rows = every_word();
    assert!(rows.len() > 100, "{}", rows.len());
    let drawn = Drawn::new();
    drawn.write("friches.csv", &files::csv_of(&rows));
    let config = |path: &str| {
        format!(
            "[territory]\ncommunes = [\"82112\"]\n[layers.communes]\npath = \"communes.geojson\"\n\
             [layers.friches]\npath = \"{path}\"\n"
        )
    };
    assert_eq!(goes_round(drawn.dir.path(), config, "friches.csv"), rows.len());
    let csv = drawn.path("deux/friches.csv");
    files::assert_valid(&csv);
    // Cell by cell: what was given is what is written, "inconnu" of lists that are not required apart.
    let made: BTreeMap<String, _> =
        files::table(&csv).into_iter().map(|row| (row["site_id"].clone(), row)).collect();
    for given in &rows {
        let made = &made[&given["site_id"]];
        for (name, value) in given {
            let ours = ["site_nom", "comm_nom", "geompoint", "geomsurf"].contains(&name.as_str());
            if !ours && value != "inconnu" {
                assert_eq!(&made[name], value, "{} {name}", given["site_id"]);
            }
        }
    }
}

/// The 197 sites of Cartofriches, names and all.
#[test]
fn the_real_sites_come_back() {
    let Some(folder) = files::real_files("ti-32-82") else { return };
    let path = folder.join("cartofriches-32-82.geojson");
    let input: serde_json::Value =
        serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
    let features = input["features"].as_array().unwrap();
    let mut communes: Vec<&str> =
        features.iter().map(|site| site["properties"]["comm_insee"].as_str().unwrap()).collect();
    communes.sort_unstable();
    communes.dedup();
    let layers = [
        folder.join("communes-32-gers.geojson"),
        folder.join("communes-82-tarn-et-garonne.geojson"),
    ];
    let config = |path: &str| {
        format!(
            "[territory]\ncommunes = {}\n[layers.communes]\npath = {}\n[layers.friches]\npath = {}\n",
            json!(communes),
            json!(layers.each_ref().map(|path| path.to_str().unwrap())),
            json!(path)
        )
    };
    let work = tempfile::tempdir().unwrap();
    // 197 records; twelve are of a site that another one lists, by the same parcels.
    assert_eq!(goes_round(work.path(), config, path.to_str().unwrap()), 185);
    files::assert_valid(&work.path().join("deux/friches.csv"));
    let rows = files::table(&work.path().join("un/friches.csv"));
    let known =
        |name: &str| rows.iter().filter(|row| !matches!(&*row[name], "" | "inconnu")).count();
    // As counted in the file by Python, site by site: what one of its records says is known.
    let expected = [
        ("site_identif_date", 185),
        ("proprio_type", 184),
        ("unite_fonciere_refcad", 184),
        ("urba_doc_type", 162),
        ("bati_pollution", 20),
        ("sol_pollution_existe", 19),
        ("urba_zone_formdomi", 69),
        ("site_type", 21),
        ("urba_zone_type", 78),
        // One of 72 cannot be told from a name: `Npaysage`.
        ("urba_zone_lib", 71),
        ("site_url", 135),
        ("source_url", 128),
        ("site_projet_url", 3),
        ("site_reconv_type", 14),
    ];
    assert_eq!(expected.map(|(name, _)| (name, known(name))), expected);
}
