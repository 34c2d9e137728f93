//! What the demonstration knows of friches and of what surrounds them: the files say what the records say, and each truth
//! holds on the geometry that is written.

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::fs;

use geo::Area;
use geo::BooleanOps;
use geo::Centroid;
use geo::Contains;
use geo_types::Point;
use gisement::demo::Brownfield;
use gisement::demo::FIELD_QUESTIONS;
use gisement::demo::Parcel;
use gisement::domain::Entity;
use gisement::domain::Object;
use gisement::domain::ProblemCode;
use gisement::domain::Territory;
use gisement::domain::Value;
use gisement::io::config::Config;
use gisement::io::demo_files::write;
use gisement::io::load::load;

use crate::DEMO;

/// The files written once, and the layers named in `tables` read from them.
fn read(tables: &str) -> (tempfile::TempDir, Territory) {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), &DEMO).unwrap();
    let text = format!(
        "[territory]\nsynthetic = true\n[layers.communes]\npath = \"communes/communes.geojson\"\n{tables}"
    );
    let config =
        Config::from_toml(&text, folder.path(), &folder.path().join("gisement.toml")).unwrap();
    let territory = load(&config).unwrap();
    (folder, territory)
}

fn count(objects: &[Object], attribute: &str, word: &str) -> usize {
    let says =
        |one: &&Object| matches!(one.attribute(attribute), Value::Text(text) if text == word);
    objects.iter().filter(says).count()
}

fn parcels() -> BTreeMap<&'static str, &'static Parcel> {
    let all = DEMO.communes.iter().flat_map(|commune| &commune.parcels);
    all.map(|parcel| (parcel.id.as_str(), parcel)).collect()
}

/// Rows of a truth, by the heading of their column.
fn truth(folder: &tempfile::TempDir, name: &str) -> Vec<BTreeMap<String, String>> {
    let path = folder.path().join("verite").join(name);
    let mut reader = csv::ReaderBuilder::new().delimiter(b';').from_path(path).unwrap();
    reader.deserialize().map(|row| row.unwrap()).collect()
}

const LAYERS: &str = "\
    [layers.town_halls]\npath = \"mairies/annuaire-administration-mairies.csv\"\n\
    [layers.transport_stops]\npath = \"transports/gtfs-fictif/stops.txt\"\n\
    [layers.amenities]\npath = \"insee/BPE24-fictive.csv\"\n\
    [layers.heat_networks]\npath = \"energie/reseaux_de_chaleur.geojson\"\n\
    [layers.priority_districts]\npath = \"social/QP2024-fictif.geojson\"\n\
    [layers.renewable_zones]\npath = [\"energie/zaer.geojson\", \"energie/zones_exclues_zaer.geojson\"]\n\
    [layers.grid_constraints]\npath = \"energie/zones-contrainte-enr.geojson\"\n\
    [layers.housing_zones]\npath = \"logement/zonage-abc-2025.csv\"\n\
    [layers.hazards]\npath = [\"risques/argiles.geojson\", \"risques/cavites.csv\", \"risques/zones_humides.geojson\",\n\
    \"risques/srce.geojson\", \"risques/pnr.geojson\", \"risques/icpe.geojson\", \"risques/casias.csv\"]\n";

#[test]
fn layers_around_the_sites_are_read_as_they_were_drawn() {
    let (_folder, territory) = read(LAYERS);
    let around = &DEMO.surroundings;
    let objects = |key: &str| territory.objects[key].entities.as_slice();
    assert_eq!(objects("town_halls").len(), 298);
    let entrances = around.stops.iter().filter(|stop| stop.location_type == 2).count();
    assert!(entrances > 5);
    assert_eq!(objects("transport_stops").len(), around.stops.len() - entrances);
    assert_eq!(objects("amenities").len(), around.amenities.len());
    assert!(count(objects("amenities"), "kind", "D307") > 20);
    assert_eq!(objects("heat_networks").len(), 2);
    assert_eq!(objects("priority_districts").len(), 1);
    for kind in ["solar_roof", "acceleration", "exclusion", "wind_exclusion"] {
        assert!(count(objects("renewable_zones"), "kind", kind) > 2, "{kind}");
    }
    let saturated: Vec<Value<'_>> =
        objects("grid_constraints").iter().map(|zone| zone.attribute("saturated")).collect();
    assert_eq!(saturated.iter().filter(|word| **word == Value::Missing).count(), 1);
    assert!(saturated.contains(&Value::Flag(true)) && saturated.contains(&Value::Flag(false)));
    // The zones of the grid are the communes, without what lies between them.
    let zones_m2: f64 =
        DEMO.surroundings.grid_zones.iter().map(|zone| zone.extent.unsigned_area()).sum();
    let communes_m2: f64 = DEMO.communes.iter().map(|one| one.polygon.unsigned_area()).sum();
    assert!((zones_m2 - communes_m2).abs() < 1.0, "{zones_m2} m² of {communes_m2}");
    let abc = &territory.tables["housing_zones"];
    for commune in &DEMO.communes {
        let zone = abc.value(commune.figures.insee.parse().unwrap(), "abc");
        assert!(matches!(zone, Value::Text(word) if ["b1", "b2", "c"].contains(&&*word)));
    }
    let hazards = objects("hazards");
    assert_eq!(count(hazards, "theme", "clay"), 298);
    for level in ["low", "medium", "high"] {
        assert!(count(hazards, "level", level) > 20, "{level}");
    }
    assert_eq!(count(hazards, "theme", "cavities"), around.cavities.len());
    assert_eq!(count(hazards, "theme", "wetland"), around.wetlands.len());
    assert_eq!(count(hazards, "theme", "regional_park"), 1);
    for kind in ["reservoir", "corridor_to_preserve", "corridor_to_restore"] {
        assert!(count(hazards, "kind", kind) > 2, "{kind}");
    }
    assert_eq!(count(hazards, "theme", "technological"), around.installations.len());
    assert_eq!(count(hazards, "kind", "CASIAS"), around.former_sites.len());
    assert!(count(hazards, "state", "active") > 30 && count(hazards, "state", "closed") > 30);
    for (layer, balance) in &territory.balance {
        assert_eq!((balance.total.rejected, balance.total.repaired), (0, 0), "{layer}");
    }
    assert!(territory.problems.is_empty(), "{:?}", territory.problems);
}

#[test]
fn duplicates_are_one_place_however_they_are_compared() {
    let second = &DEMO.inventories.second;
    let same = second.iter().filter(|record| record.is_same).count();
    assert_eq!((second.len(), same), (15, 9));
    for record in second {
        let Some(place) = record.of else {
            assert!(!record.is_same);
            let listed =
                |id: &String| DEMO.brownfields.iter().any(|site| site.parcel_ids.contains(id));
            assert!(!record.friche.parcel_ids.iter().any(listed), "{}", record.friche.name);
            continue;
        };
        let first = &DEMO.brownfields[place];
        assert_eq!(DEMO.communes[first.commune].figures.epci_siren, DEMO.inventories.second_epci);
        if record.how == "mêmes parcelles" {
            let ids = |site: &Brownfield| site.parcel_ids.iter().cloned().collect::<BTreeSet<_>>();
            assert_eq!(ids(first), ids(&record.friche));
            continue;
        }
        assert!(record.friche.parcel_ids.is_empty());
        let (one, two) = (&first.extent, &record.friche.extent);
        let common = one.intersection(two).unsigned_area();
        let of_both = common / one.union(two).unsigned_area();
        let of_one = common / one.unsigned_area();
        // 70 % of either, or of both together: the answer is the same.
        if record.is_same {
            assert!(of_both > 0.72 && of_one > 0.8, "{of_both} {of_one}");
        } else {
            assert!(of_both < 0.5 && (0.55..0.65).contains(&of_one), "{of_both} {of_one}");
        }
    }
    let (folder, territory) = read(
        "[layers.friches]\npath = [\"friches/cartofriches.geojson\", \"friches/friches-observatoire-cnig.csv\",\n\
         \"friches/friches-communaute-cnig.csv\"]\n",
    );
    let friches = &territory.friches.as_ref().unwrap().entities;
    // Without a cadastre, only the lists of parcels show that two records are one place.
    let same =
        second.iter().filter(|record| record.is_same && record.how == "mêmes parcelles").count();
    assert_eq!(friches.len() + same, DEMO.brownfields.len() + second.len());
    let records = friches.iter().flat_map(|friche| &friche.records);
    let ids: BTreeSet<&str> = records.map(|record| &*record.id).collect();
    for row in truth(&folder, "friches-doublons.csv") {
        assert!(ids.contains(row["site_id_second"].as_str()));
        assert!(row["site_id"].is_empty() || ids.contains(row["site_id"].as_str()));
        let overlap_pct: f64 = row["recouvrement_pct"].parse().unwrap();
        assert_eq!(row["meme_site"] == "oui", overlap_pct > 70.0, "{row:?}");
    }
}

#[test]
fn parcels_of_an_earlier_cadastre_are_followed() {
    let (folder, territory) = read(
        "[layers.parcels]\npath = \"cadastre/*-parcelles.json.gz\"\nprevious = \"cadastre-2024/*-parcelles.json.gz\"\n\
         [layers.friches]\npath = \"friches/cartofriches.geojson\"\n",
    );
    let today = parcels();
    let renumbered = &DEMO.inventories.renumbered;
    assert_eq!(renumbered.len(), 4);
    assert!(renumbered.iter().any(|one| one.today.len() == 2), "one became two");
    let told = |code| {
        let of_code = territory.problems.iter().filter(move |problem| problem.code == code);
        of_code.map(|problem| problem.value.clone()).collect::<Vec<_>>().join("\n")
    };
    let (followed, lost) =
        (told(ProblemCode::ListedParcelRenumbered), told(ProblemCode::ParcelNotFound));
    for (one, earlier) in renumbered.iter().zip(&DEMO.inventories.earlier) {
        assert!(!today.contains_key(one.listed.as_str()));
        let former = earlier.parcels.iter().find(|parcel| parcel.id == one.listed).unwrap();
        let area_m2: f64 =
            one.today.iter().map(|id| today[id.as_str()].polygon.unsigned_area()).sum();
        assert!((former.polygon.unsigned_area() - area_m2).abs() < 0.1, "{}", one.listed);
        assert!(followed.contains(&one.listed), "{}: {followed}", one.listed);
        let successors =
            territory.renumbering.as_ref().unwrap().former(one.listed.parse().unwrap());
        let found: BTreeSet<String> =
            successors.unwrap().successors.iter().map(|one| one.parcel.to_string()).collect();
        assert_eq!(found, one.today.iter().cloned().collect());
    }
    let rows = truth(&folder, "friches-parcelles.csv");
    let of = |fate: &str| rows.iter().filter(|row| row["sort"] == fate).collect::<Vec<_>>();
    assert_eq!(of("renumérotée").len(), 4);
    assert!(of("disparue").len() >= 3);
    let observed = |row: &&BTreeMap<String, String>| lost.contains(row["idu"].as_str());
    assert!(of("disparue").iter().filter(|row| observed(row)).count() >= 3, "{lost}");
}

/// Signs worked out from the records, one by one: those of the truth, and no other.
#[test]
fn potential_friches_show_their_signs_and_no_others() {
    let potential = &DEMO.surroundings.potential;
    let (yes, no): (Vec<_>, Vec<_>) = potential.iter().partition(|one| one.is_one);
    assert!(yes.len() >= 12 && no.len() >= 8, "{} and {}", yes.len(), no.len());
    let today = parcels();
    let second = DEMO.inventories.second.iter().map(|record| &record.friche);
    let friches: Vec<&Brownfield> = DEMO.brownfields.iter().chain(second).collect();
    for one in potential {
        let parcel = today[one.parcel.as_str()];
        let commune =
            DEMO.communes.iter().find(|c| one.parcel.starts_with(&c.figures.insee)).unwrap();
        let on_it = |at: geo_types::Coord<f64>| parcel.polygon.contains(&Point::from(at));
        let built_m2: f64 = commune
            .buildings
            .iter()
            .filter(|building| on_it(building.polygon.centroid().unwrap().into()))
            .map(|building| building.polygon.unsigned_area())
            .sum();
        assert!(built_m2 > 0.0, "{}", one.story);
        let works = DEMO.economy.establishments.iter().any(|firm| firm.active && on_it(firm.at));
        let around = &DEMO.surroundings;
        let mut signs = BTreeSet::new();
        if around
            .installations
            .iter()
            .any(|icpe| on_it(icpe.at) && icpe.state == "En fin d'exploitation")
        {
            signs.insert("icpe-fermee");
        }
        if around
            .former_sites
            .iter()
            .any(|site| on_it(site.at) && site.state == "Activité terminée")
        {
            signs.insert("casias-terminee");
        }
        let lands = DEMO.economy.lands.iter().filter(|land| land.parcels.contains(&one.parcel));
        if lands.clone().any(|land| land.occupation == "vacant") {
            signs.insert("terrain-vacant");
        }
        if built_m2 >= 1_500.0 && !works {
            signs.insert("bati-sans-etablissement");
        }
        let is_listed = friches.iter().any(|friche| friche.parcel_ids.contains(&one.parcel));
        if one.story == "leurre-deja-recensee" {
            assert!(is_listed && signs.contains("icpe-fermee"), "{}", one.parcel);
        } else {
            assert!(!is_listed, "{}", one.parcel);
            assert_eq!(signs, one.signs.iter().copied().collect(), "{} {}", one.story, one.parcel);
            assert_eq!(one.is_one, !signs.is_empty(), "{}", one.story);
            assert!((built_m2 - 1_500.0).abs() >= 100.0, "{}: {built_m2} m²", one.story);
        }
        let owner = DEMO.economy.owners.iter().find(|owner| owner.parcel == one.parcel).unwrap();
        let same =
            DEMO.economy.owners.iter().filter(|other| other.account == owner.account).count();
        assert!(same == 1 || is_listed, "{}: a land unit of its own", one.parcel);
    }
    for sign in ["icpe-fermee", "casias-terminee", "terrain-vacant", "bati-sans-etablissement"] {
        assert!(yes.iter().filter(|one| one.signs.contains(&sign)).count() >= 3, "{sign}");
    }
}

#[test]
fn visits_answer_the_questions_of_the_form() {
    let (folder, _) = read("");
    let text = fs::read_to_string(folder.path().join("terrain/friches-terrain.csv")).unwrap();
    let mut lines = text.lines();
    let heading: Vec<&str> = lines.next().unwrap().split(';').collect();
    assert_eq!(heading.len(), 12);
    assert_eq!((heading[0], heading[11]), ("site_id", "visite_date"));
    let mut answered = 0;
    for line in lines {
        let cells: Vec<&str> = line.split(';').collect();
        assert_eq!(cells.len(), heading.len(), "{line}");
        for ((key, words), cell) in FIELD_QUESTIONS.iter().zip(&cells[1..11]) {
            assert!(
                cell.is_empty() || *cell == "ne-sait-pas" || words.contains(cell),
                "{key}: {cell}"
            );
            answered += usize::from(words.contains(cell));
        }
    }
    assert!(answered > 80, "{answered}");
}
