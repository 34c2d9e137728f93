//! Real public files, loaded and ranked, against what geopandas and pandas computed from the same files
//! (`tests/reference/real_files.py`). The files are no part of the repository: without them, every test says so and
//! passes.

// Clippy lets test functions unwrap, but not the functions that they share.
#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout)]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::path::PathBuf;

use geo::Area;
use gisement::domain::Balance;
use gisement::domain::Entity;
use gisement::domain::Layer;
use gisement::domain::ParcelId;
use gisement::domain::ProblemCode;
use gisement::domain::Tally;
use gisement::domain::Territory;
use gisement::domain::ZoneKind;
use gisement::evaluation::Ranking;
use gisement::evaluation::published_profile;
use gisement::io::config::Config;
use gisement::io::deliver;
use gisement::io::load;
use gisement::words::Lang;
use gisement::words::Words;
use serde_json::Value;
use serde_json::json;

/// The folder of real files, or a line that says that there is none.
fn real_files(of: &str) -> Option<PathBuf> {
    let folder = std::env::var_os("GISEMENT_REAL_DATA").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data"),
        PathBuf::from,
    );
    let folder = folder.join(of);
    match folder.canonicalize() {
        Ok(found) if found.is_dir() => {
            println!("real files used: {}", found.display());
            Some(found)
        }
        _ => {
            println!("left out: no real files");
            None
        }
    }
}

fn reference(part: &str) -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/reference/real_files.json");
    let all: Value = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    all[part].clone()
}

fn count(of: &Value, key: &str) -> usize {
    usize::try_from(of[key].as_u64().unwrap_or_else(|| panic!("{key}"))).unwrap()
}

fn number(of: &Value, key: &str) -> f64 {
    of[key].as_f64().unwrap_or_else(|| panic!("{key}"))
}

fn texts(of: &Value, key: &str) -> Vec<String> {
    let list = of[key].as_array().unwrap_or_else(|| panic!("{key}"));
    list.iter().map(|text| text.as_str().unwrap().to_owned()).collect()
}

/// Equal to a millionth.
fn assert_close(what: &str, ours: f64, theirs: f64) {
    let off = (ours - theirs).abs() / theirs.abs();
    assert!(off <= 1e-6, "{what}: {ours} here, {theirs} by geopandas, off by {off:e}");
}

fn area<E: Entity>(layer: &Layer<E>) -> f64 {
    layer.entities.iter().map(|entity| entity.geometry().unsigned_area()).sum()
}

fn load_toml(text: &str, folder: &Path) -> Territory {
    let config = Config::from_toml(text, folder, &folder.join("gisement.toml"))
        .unwrap_or_else(|error| panic!("{error}"));
    load::load(&config).unwrap_or_else(|error| panic!("{error}"))
}

fn tally(territory: &Territory, layer: &str) -> Tally {
    let balance: &Balance = &territory.balance[layer];
    assert!(balance.total.is_balanced(), "{layer}: {:?}", balance.total);
    balance.total
}

/// A folder that holds one commune, as a producer would write it.
fn folder_of_commune(
    insee: &str,
    name: &str,
    geometry: &Value,
    crs: Option<&str>,
) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let mut commune = json!({
        "type": "FeatureCollection",
        "features": [{
            "type": "Feature",
            "properties": { "code": insee, "nom": name },
            "geometry": geometry,
        }],
    });
    if let Some(crs) = crs {
        commune["crs"] = json!({ "type": "name", "properties": { "name": crs } });
    }
    fs::write(folder.path().join("commune.geojson"), commune.to_string()).unwrap();
    folder
}

const TERRITORY_32_82: &str = r#"
[territory]
name = "Gers / Tarn-et-Garonne"
[layers.communes]
path = ["communes-32-gers.geojson", "communes-82-tarn-et-garonne.geojson"]
[layers.friches]
path = "cartofriches-32-82.geojson"
[layers.stations]
path = "sncf-gares.geojson"
[layers.vacancy]
path = ["lovac-2025-communes.csv", "lovac-tauxvacance-communes-2021.csv"]
"#;

#[test]
fn the_territory_has_the_communes_and_outlines_of_the_files() {
    let Some(folder) = real_files("ti-32-82") else { return };
    let expected = reference("territory");
    let territory = load_toml(TERRITORY_32_82, &folder);

    let communes = &territory.communes.entities;
    assert_eq!(communes.len(), count(&expected, "communes"));
    let read = tally(&territory, "communes");
    assert_eq!(read.read, expected["outlines_in_files"].as_u64().unwrap());
    assert_eq!(
        communes.iter().filter(|commune| commune.has_outline()).count(),
        count(&expected, "outlined")
    );

    let told: Vec<String> = territory
        .problems
        .iter()
        .filter(|problem| problem.code == ProblemCode::CommuneWithoutOutline)
        .map(|problem| problem.feature.clone().unwrap())
        .collect();
    assert_eq!(told, texts(&expected, "without_outline"));
    assert_eq!(told, ["47067", "47113"]);

    assert_close("communes", area(&territory.communes), number(&expected, "outlines_area_m2"));
    let each = expected["area_of_each_m2"].as_object().unwrap();
    for commune in communes.iter().filter(|commune| commune.has_outline()) {
        let theirs = each[commune.insee.as_str()].as_f64().unwrap();
        assert_close(&commune.name, commune.geometry.unsigned_area(), theirs);
    }
}

#[test]
fn every_friche_of_the_territory_is_ranked_and_no_other() {
    let Some(folder) = real_files("ti-32-82") else { return };
    let expected = reference("territory");
    let territory = load_toml(TERRITORY_32_82, &folder);

    let read = tally(&territory, "friches");
    assert_eq!(read.read, expected["friches_in_file"].as_u64().unwrap());
    assert_eq!(read.kept + read.repaired, expected["friches"].as_u64().unwrap());
    assert_eq!(read.rejected, 0);
    assert_eq!(read.outside, read.read - read.kept - read.repaired);

    let ranking =
        gisement::friche::rank(&territory, &published_profile("friche-v1").unwrap()).unwrap();
    // Every record is part of one site; two of them list the parcels of another one.
    let sites = &territory.friches.as_ref().unwrap().entities;
    let mut ids: Vec<String> = sites
        .iter()
        .flat_map(|site| site.records.iter().map(|record| record.id.to_string()))
        .collect();
    ids.sort();
    assert_eq!(ranking.rows.len(), sites.len());
    assert_eq!(sites.len() + 2, ids.len());
    let lost: usize = ranking.left_out.iter().map(|(_, out)| out.failed + out.unknown).sum();
    assert_eq!(lost, 0, "{:?}", ranking.left_out);
    assert_eq!(ids, texts(&expected, "friche_ids"));
    assert_order(&ranking);
}

/// Ranks run from 1 without gap, scores fall within a verdict and stay in their bounds.
fn assert_order(ranking: &Ranking) {
    let ranked: Vec<_> = ranking.rows.iter().filter(|row| row.rank.is_some()).collect();
    let ranks: Vec<usize> = ranked.iter().filter_map(|row| row.rank).collect();
    assert_eq!(ranks, (1..=ranked.len()).collect::<Vec<_>>());
    for pair in ranked.windows(2) {
        assert!(
            pair[0].verdict != pair[1].verdict || pair[0].score >= pair[1].score,
            "{}",
            pair[1].id
        );
    }
    for row in &ranking.rows {
        assert!(
            0.0 <= row.score_low && row.score_low <= row.score_high && row.score_high <= 100.0,
            "{}",
            row.id
        );
        if let Some(score) = row.score {
            assert!((0.0..=100.0).contains(&score), "{}: {score}", row.id);
        }
    }
}

/// What the input says of owners and sites by name: texts of four letters and more that are no identifier, no
/// name of a commune and no type of site.
fn names_in_the_input(folder: &Path, territory: &Territory) -> BTreeSet<String> {
    let text = fs::read_to_string(folder.join("cartofriches-32-82.geojson")).unwrap();
    let input: Value = serde_json::from_str(&text).unwrap();
    let features = input["features"].as_array().unwrap();
    let value = |feature: &Value, key: &str| {
        feature["properties"][key].as_str().unwrap_or_default().to_owned()
    };
    let ids: BTreeSet<String> = features.iter().map(|feature| value(feature, "site_id")).collect();
    let mut places: BTreeSet<String> =
        territory.communes.entities.iter().map(|commune| commune.name.to_uppercase()).collect();
    places.extend(features.iter().map(|feature| value(feature, "comm_nom").to_uppercase()));

    let mut names = BTreeSet::new();
    for feature in features {
        let owners = value(feature, "proprio_nom");
        // A list as PostgreSQL writes it: {"COMMUNE D AUCH",LATECOERE}
        names.extend(
            owners
                .trim_matches(['{', '}'])
                .split(',')
                .map(|name| name.trim_matches('"').to_owned()),
        );
        names.insert(owners);
        names.insert(value(feature, "site_nom"));
    }
    // A site called « Friche commerciale » is called by its type, which is delivered on purpose.
    let types: BTreeSet<String> =
        features.iter().map(|feature| value(feature, "site_type").to_uppercase()).collect();
    names.retain(|name| {
        name.chars().filter(|c| c.is_alphabetic()).count() >= 4
            && !ids.contains(name)
            && !places.contains(&name.to_uppercase())
            && !types.contains(&name.to_uppercase())
    });
    names
}

#[test]
fn no_name_of_the_input_leaves_with_the_friches() {
    let Some(folder) = real_files("ti-32-82") else { return };
    let territory = load_toml(TERRITORY_32_82, &folder);
    let names = names_in_the_input(&folder, &territory);
    assert!(names.len() > 100, "{} names", names.len());

    let ranking =
        gisement::friche::rank(&territory, &published_profile("friche-v1").unwrap()).unwrap();
    for lang in [Lang::Fr, Lang::En] {
        let words = Words::new(lang).unwrap();
        let layer = deliver::layers::of_ranking(&territory, &ranking, None, &words).unwrap();
        assert_eq!(layer.rows().len(), ranking.rows.len());
        let (mut csv, mut geojson) = (Vec::new(), Vec::new());
        deliver::csv::write_to(&mut csv, &layer).unwrap();
        let info = deliver::layers::info(&territory, &words);
        deliver::layers::geojson_to(&mut geojson, &layer, &info).unwrap();
        for (format, bytes) in [("CSV", csv), ("GeoJSON", geojson)] {
            let text = String::from_utf8(bytes).unwrap().to_uppercase();
            for name in &names {
                assert!(!text.contains(&name.to_uppercase()), "{format} holds « {name} »");
            }
        }
    }
}

#[test]
fn vacant_dwellings_have_the_bounds_that_secrecy_leaves() {
    let Some(folder) = real_files("ti-32-82") else { return };
    let expected = reference("territory");
    let territory = load_toml(TERRITORY_32_82, &folder);

    let ranking =
        gisement::housing::rank(&territory, &published_profile("logement-v1").unwrap()).unwrap();
    assert_eq!(ranking.rows.len(), count(&expected, "communes"));
    assert_order(&ranking);

    let supply = gisement::housing::supply(&territory);
    let theirs = expected["vacancy"].as_object().unwrap();
    assert_eq!(supply.len(), theirs.len());
    for ours in supply {
        let theirs = &theirs[ours.epci.siren.as_str()];
        let sum = ours.vacant_2y;
        let name = &ours.epci.name;
        assert_eq!(ours.n_communes, count(theirs, "n_communes"), "{name}");
        assert_eq!((sum.low, sum.high), (number(theirs, "low"), number(theirs, "high")), "{name}");
        let known = (sum.n_known, sum.n_secret, sum.n_unknown);
        let told =
            (count(theirs, "n_known"), count(theirs, "n_secret"), count(theirs, "n_unknown"));
        assert_eq!(known, told, "{name}");
    }
    assert!(territory.objects["stations"].entities.len() <= count(&expected, "stations_in_file"));
    assert_eq!(tally(&territory, "stations").read, expected["stations_in_file"].as_u64().unwrap());
}

#[test]
fn megeve_gives_the_parcels_that_geopandas_finds() {
    let Some(folder) = real_files("elsewhere/megeve") else { return };
    let expected = reference("megeve");
    let commune = folder_of_commune(
        "74173",
        "Megève",
        &expected["commune"],
        Some("urn:ogc:def:crs:EPSG::3946"),
    );
    let path = |name: &str| json!(folder.join(name).to_str().unwrap());
    let text = format!(
        "[territory]\ncommunes = [\"74173\"]\n[layers.communes]\npath = \"commune.geojson\"\n\
         [layers.parcels]\npath = {}\n[layers.zoning]\npath = {}\n[layers.buildings]\npath = {}\n",
        path("geo_parcelle.shp"),
        path("ZONE_URBA.shp"),
        path("geo_batiment.shp"),
    );
    let territory = load_toml(&text, commune.path());

    let parcels = territory.parcels.as_ref().unwrap();
    assert_eq!(
        parcels.entities.len(),
        count(&expected, "parcels"),
        "{:?}",
        tally(&territory, "parcels")
    );
    assert_close("parcels", area(parcels), number(&expected, "parcels_m2"));
    let large = parcels.entities.iter().filter(|parcel| parcel.geometry.unsigned_area() >= 1000.0);
    assert_eq!(large.count(), count(&expected, "parcels_of_1000_m2"));

    let zoning = territory.zoning.as_ref().unwrap();
    assert_eq!(zoning.entities.len(), count(&expected, "zones"));
    assert_close("zones", area(zoning), number(&expected, "zones_m2"));
    let economic: Vec<_> = zoning
        .entities
        .iter()
        .filter(|zone| matches!(zone.kind, ZoneKind::Activity | ZoneKind::Mixed))
        .collect();
    assert_eq!(economic.len(), count(&expected, "economic_zones"));
    let economic_m2: f64 = economic.iter().map(|zone| zone.geometry.unsigned_area()).sum();
    assert_close("economic zones", economic_m2, number(&expected, "economic_m2"));

    let buildings = &territory.objects["buildings"];
    assert_eq!(buildings.entities.len(), count(&expected, "buildings"));
    assert_close("buildings", area(buildings), number(&expected, "buildings_m2"));

    // No candidate stands so near a threshold that rounding could decide.
    assert!(number(&expected, "closest_call") > 1e-6);
    let ranking =
        gisement::land::rank(&territory, &published_profile("industrie-v1").unwrap()).unwrap();
    assert_order(&ranking);
    let mut ours: Vec<u64> =
        ranking.rows.iter().map(|row| place_in_file(&parcels.entities[row.unit].id)).collect();
    ours.sort_unstable();
    let theirs: Vec<u64> =
        expected["candidates"].as_array().unwrap().iter().map(|at| at.as_u64().unwrap()).collect();
    assert_eq!(ours, theirs);
}

/// Position of a parcel in its file, from 0: rows are told from 1.
fn place_in_file(id: &ParcelId) -> u64 {
    match id {
        ParcelId::Unnamed { row, .. } => u64::from(*row) - 1,
        ParcelId::Idu(idu) => panic!("{} has a name", idu.as_str()),
    }
}

#[test]
fn a_cadastre_of_a_commune_keeps_every_parcel_and_its_area() {
    let Some(folder) = real_files("elsewhere/cadastre") else { return };
    let expected = reference("roussines");
    let commune = folder_of_commune("36174", "Roussines", &expected["commune"], None);
    let file = json!(folder.join("cadastre-36174-parcelles.json").to_str().unwrap());
    let text = format!(
        "[territory]\ncommunes = [\"36174\"]\n[layers.communes]\npath = \"commune.geojson\"\n\
         [layers.parcels]\npath = {file}\n"
    );
    let territory = load_toml(&text, commune.path());

    let parcels = territory.parcels.as_ref().unwrap();
    let read = tally(&territory, "parcels");
    assert_eq!(parcels.entities.len(), count(&expected, "parcels"), "{read:?}");
    assert_eq!(read.repaired, expected["invalid"].as_u64().unwrap());
    let ids: BTreeSet<String> =
        parcels.entities.iter().map(|parcel| parcel.id().into_owned()).collect();
    assert_eq!(ids.len(), count(&expected, "ids"));
    assert_close("parcels", area(parcels), number(&expected, "parcels_m2"));
    let contenance: f64 =
        parcels.entities.iter().filter_map(|parcel| parcel.contenance).map(|area| area.get()).sum();
    assert_close("contenance", contenance, number(&expected, "contenance_m2"));
}
