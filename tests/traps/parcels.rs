//! The cadastre: fiscal areas, tiny parcels, overlaps, identifiers, and parcels that vanish.

use crate::bytes;
use crate::bytes::square;
use crate::drawn::Drawn;
use crate::drawn::PARCELS;
use crate::drawn::X;
use crate::drawn::Y;
use crate::drawn::collection;
use crate::drawn::feature;
use crate::drawn::rectangle;
use crate::folder::Checked;
use crate::folder::Folder;

/// Parcels with these properties, side by side, each 10 m by 10 m.
fn parcels(properties: &[&str]) -> Checked {
    let features: Vec<String> = properties
        .iter()
        .zip(0_u32..)
        .map(|(properties, at)| {
            let x = f64::from(at) * 10.0;
            feature(&rectangle(x, 0.0, x + 10.0, 10.0), properties)
        })
        .collect();
    check(&features)
}

fn check(features: &[String]) -> Checked {
    Folder::with("parcelles.geojson", collection(features)).check("parcelles.geojson", "parcels")
}

/// R5, E15: contenance is the fiscal area; the area is that of the outline, however far they are apart.
#[test]
fn contenance_is_not_the_area() {
    let checked = parcels(&[
        "\"id\":\"82112000AB0001\",\"commune\":\"82112\",\"contenance\":119,\"arpente\":false",
        "\"id\":\"82112000AB0002\",\"commune\":\"82112\",\"contenance\":1,\"arpente\":true",
        "\"id\":\"82112000AB0003\",\"commune\":\"82112\",\"contenance\":null",
    ]);
    assert_eq!((checked.layer().rows(), checked.code), ([3, 3, 0, 0, 0], 0), "{}", checked.stdout);
    checked.layer().assert_area(300.0);
    checked.layer().assert_clean();
}

/// R6: parcels of less than 0.1 m² exist, and are parcels.
#[test]
fn a_parcel_of_a_hand_is_kept() {
    let tiny = feature(&rectangle(0.0, 0.0, 0.25, 0.2), "\"id\":\"82112000AB0001\"");
    let checked = check(&[tiny]);
    assert_eq!((checked.layer().rows(), checked.code), ([1, 1, 0, 0, 0], 0), "{}", checked.stdout);
    checked.layer().assert_area(0.05);
    checked.layer().assert_clean();
}

/// R6: one real parcel of the EDIGEO sheets of 38 crosses itself.
#[test]
fn a_parcel_that_crosses_itself_is_repaired() {
    let bow_tie = "{\"type\":\"Polygon\",\"coordinates\":[[[550000,6330000],[550010,6330010],[550010,6330000],\
                   [550000,6330010],[550000,6330000]]]}";
    let checked = check(&[feature(bow_tie, "\"id\":\"38001000AB0001\"")]);
    assert_eq!(checked.layer().rows(), [1, 0, 1, 0, 0], "{}", checked.stdout);
    assert_eq!(checked.layer().problems(), [("self-crossing", 1)]);
    checked.layer().assert_area(50.0);
}

/// R6: parcels that overlap (Bondy: up to 659 m²) are both parcels: neither loses area.
#[test]
fn parcels_that_overlap_keep_their_areas() {
    let checked = check(&[
        feature(&rectangle(0.0, 0.0, 100.0, 100.0), "\"id\":\"93010000AB0001\""),
        feature(&rectangle(93.41, 0.0, 193.41, 100.0), "\"id\":\"93010000AB0002\""),
    ]);
    assert_eq!(checked.layer().rows(), [2, 2, 0, 0, 0], "{}", checked.stdout);
    checked.layer().assert_area(20_000.0);
}

/// E14: sections of one letter are padded (`0A`), by some producers with a blank.
#[test]
fn a_section_of_one_letter_is_one_section_however_padded() {
    let checked = parcels(&["\"id\":\"821120000A0012\"", "\"id\":\"82112000 A0012\""]);
    assert_eq!(checked.layer().rows(), [2, 1, 0, 1, 0], "{}", checked.stdout);
    assert_eq!(checked.layer().problems(), [("id-duplicate", 1)]);
    assert!(checked.layer().example("id-duplicate").contains("821120000A0012"));
}

/// E14: a commune that was absorbed keeps its own sections: the prefix tells the parcels apart.
#[test]
fn the_prefix_of_an_absorbed_commune_tells_parcels_apart() {
    let checked = parcels(&["\"id\":\"82112000AB0001\"", "\"id\":\"82112033AB0001\""]);
    assert_eq!(checked.layer().rows(), [2, 2, 0, 0, 0], "{}", checked.stdout);
    checked.layer().assert_clean();
}

/// E14: Parcellaire Express has the parts of the identifier: it is put together, padded.
#[test]
fn an_identifier_is_built_from_its_parts() {
    let part = |section: &str, number: &str| {
        format!(
            "\"NUMERO\":\"{number}\",\"FEUILLE\":1,\"SECTION\":\"{section}\",\"CODE_DEP\":\"82\",\"NOM_COM\":\"Moissac\",\
             \"CODE_COM\":\"112\",\"COM_ABS\":\"000\",\"CODE_ARR\":\"000\""
        )
    };
    let (short, long) = (part("A", "12"), part("0A", "0012"));
    let other = part("AB", "0012");
    let checked = parcels(&[&short, &long, &other]);
    assert_eq!(checked.layer().rows(), [3, 2, 0, 1, 0], "{}", checked.stdout);
    assert!(checked.layer().example("id-duplicate").contains("821120000A0012"));
}

/// E14: parcels vanish every quarter. One is split in two, one has no successor.
#[test]
fn parcels_that_vanished_are_told() {
    let territory = Drawn::new();
    let mut before = PARCELS.to_vec();
    before[0].0 = "82112000AB0900";
    before.push(("82112000AB0901", [500.0, 500.0, 600.0, 600.0]));
    territory.write("before.geojson", &Drawn::parcels(&before));
    territory.change(
        "gisement.toml",
        "path = \"parcels.geojson\"",
        "path = \"parcels.geojson\"\nprevious = \"before.geojson\"",
    );
    let now: Vec<(&str, [f64; 4])> = [
        ("82112000AB0950", [0.0, 0.0, 40.0, 200.0]),
        ("82112000AB0951", [40.0, 0.0, 100.0, 200.0]),
    ]
    .into_iter()
    .chain(PARCELS[1..].iter().copied())
    .collect();
    territory.write("parcels.geojson", &Drawn::parcels(&now));
    let ran = territory.run(&["check", "--format", "json"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let answer: serde_json::Value = serde_json::from_str(&ran.stdout).unwrap();
    let layers = answer["layers"].as_array().unwrap();
    let parcels = layers.iter().find(|layer| layer["as"] == "parcels").unwrap();
    let problems = parcels["problems"].as_array().unwrap();
    for (code, id) in
        [("parcel-renumbered", "82112000AB0900"), ("parcel-vanished", "82112000AB0901")]
    {
        let problem = problems.iter().find(|problem| problem["code"] == code);
        let problem = problem.unwrap_or_else(|| panic!("no {code}: {parcels}"));
        assert_eq!(problem["count"], 1, "{problem}");
        assert!(problem["example"].as_str().unwrap().contains(id), "{problem}");
    }
}

/// A number column of a dBase table that holds something else: read as unknown, and told; the parcel stays.
#[test]
fn a_contenance_that_is_no_number_is_told() {
    let columns = [("IDU", b'C', 14), ("CONTENANCE", b'N', 8)];
    let row =
        |id: &'static str, contenance: &'static str| vec![id.as_bytes(), contenance.as_bytes()];
    let rows = [row("82112000AB0001", "100"), row("82112000AB0002", "env. 100")];
    let rings = [square(X, Y, 10.0), square(X + 10.0, Y, 10.0)];
    let folder = Folder::new();
    let table = bytes::dbf(&columns, &rows, 0x57);
    folder.polygons("parcelles", &rings, &table, Some(bytes::LAMBERT_93));
    let checked = folder.check("parcelles.shp", "parcels");
    assert_eq!((checked.layer().rows(), checked.code), ([2, 2, 0, 0, 0], 0), "{}", checked.stdout);
    checked.layer().example("bad-numbers");
    checked.layer().assert_area(200.0);
}
