//! Constraints that profiles filter by: prescriptions by code and class, servitudes by class and theme; substations and
//! sidings in their producers' forms.

use gisement::domain::Entity;
use gisement::domain::Value;
use gisement::evaluation::Filter;
use gisement::evaluation::Test;

use crate::folder::Folder;

fn collection(rows: &[&str], geometry: &str) -> String {
    let features: Vec<String> = rows
        .iter()
        .map(|row| {
            format!("{{\"type\":\"Feature\",\"properties\":{{{row}}},\"geometry\":{geometry}}}")
        })
        .collect();
    format!("{{\"type\":\"FeatureCollection\",\"features\":[{}]}}", features.join(","))
}

const AREA: &str =
    "{\"type\":\"Polygon\",\"coordinates\":[[[1.1,44.1],[1.101,44.1],[1.101,44.101],[1.1,44.1]]]}";
const POINT: &str = "{\"type\":\"Point\",\"coordinates\":[1.1,44.1]}";

fn kept(entities: &[impl Entity], attribute: &str, words: &[&str]) -> usize {
    let words = words.iter().map(|word| (*word).to_owned()).collect();
    let filter = Filter { tests: vec![(attribute.to_owned(), Test::OneOf(words))] };
    entities.iter().filter(|entity| filter.keeps(*entity)).count()
}

#[test]
fn reserved_land_is_found_by_code_and_by_class() {
    let rows = [
        "\"LIBELLE\":\"ER 1\",\"TYPEPSC\":\"05\",\"STYPEPSC\":\"00\"",
        "\"LIBELLE\":\"Attente\",\"TYPEPSC\":\"05\",\"STYPEPSC\":\"07\"",
        "\"LIBELLE\":\"Risque\",\"TYPEPSC\":\"02\",\"STYPEPSC\":\"01\"",
        "\"LIBELLE\":\"EBC\",\"TYPEPSC\":\"01\",\"STYPEPSC\":\"00\"",
    ];
    let text = collection(&rows, AREA);
    let territory = Folder::new()
        .layer("prescriptions", &[("prescription_surf.geojson", text.as_bytes())])
        .load();
    let layer = &territory.objects["prescriptions"].entities;
    assert_eq!(kept(layer, "class", &["05"]), 2);
    assert_eq!(kept(layer, "code", &["05-07"]), 1);
    assert_eq!(kept(layer, "code", &["02-01", "05-00"]), 2);
}

#[test]
fn servitudes_are_found_by_category_and_by_theme() {
    let rows: Vec<String> = ["I1", "I4", "PM1", "AC1"]
        .iter()
        .enumerate()
        .map(|(n, sup)| {
            format!("\"idass\":\"A{n}\",\"suptype\":\"{sup}\",\"typeass\":\"Assiette\"")
        })
        .collect();
    let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
    let text = collection(&rows, AREA);
    let territory =
        Folder::new().layer("hazards", &[("assiette_sup_s.geojson", text.as_bytes())]).load();
    let layer = &territory.objects["hazards"].entities;
    assert_eq!(kept(layer, "class", &["I1", "I4"]), 2);
    assert_eq!(kept(layer, "theme", &["flood"]), 1);
    assert_eq!(kept(layer, "theme", &["heritage"]), 1);
    assert_eq!(kept(layer, "theme", &["technological"]), 1);
}

#[test]
fn substations_and_sidings_in_their_producers_forms() {
    let bdtopo = collection(
        &["\"cleabs\":\"POSTE1\",\"importance\":\"3\",\"etat_de_l_objet\":\"En service\""],
        AREA,
    );
    let rte = collection(
        &["\"code_poste\":\"MOISS\",\"fonction\":\"POSTE\",\"tension\":\"63kV\""],
        POINT,
    );
    let enedis = collection(&["\"nom_commune\":\"Moissac\""], POINT);
    let ite = collection(&["\"id_ite\":\"82-1\",\"etat\":\"Active\""], POINT);
    let territory = Folder::new()
        .layer(
            "substations",
            &[
                ("poste_de_transformation.geojson", bdtopo.as_bytes()),
                ("postes-electriques-rte.geojson", rte.as_bytes()),
                ("poste-source.geojson", enedis.as_bytes()),
            ],
        )
        .layer("rail_sidings", &[("ite3000.geojson", ite.as_bytes())])
        .load();
    let substations = &territory.objects["substations"].entities;
    assert_eq!(substations.len(), 3);
    let rte = substations.iter().find(|object| &*object.id == "MOISS").unwrap();
    assert_eq!(rte.attribute("voltage"), Value::Text("63kV".into()));
    assert_eq!(kept(&territory.objects["rail_sidings"].entities, "class", &["Active"]), 1);
}
