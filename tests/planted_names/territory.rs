//! A territory with everything the program reads, and every command on it.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use gisement::io::schema::SCHEMAS;
use gisement::io::schema::Schema;
use serde_json::Value;

use crate::drawn::Drawn;
use crate::drawn::run_in;
use crate::planted::CONTROLS;
use crate::planted::Table;
use crate::planted::WRITTEN;
use crate::planted::table;
use crate::searched::Found;

/// Layers that are written once in a configuration, whose files are all read by one schema.
const WRITTEN_ONCE: [&str; 12] = [
    "communes",
    "owners",
    "field_visits",
    "vacancy",
    "social_housing",
    "permits",
    "rents",
    "sales",
    "census",
    "jobs",
    "commuting",
    "housing_zones",
];

/// Of the ways the name stands in a cell, those that differ most: with each, all is read, ranked and written.
const FEW: [&str; 4] = [WRITTEN[0], WRITTEN[3], WRITTEN[5], WRITTEN[8]];

/// Whether a schema is of files that anybody writes: those of EDIGEO, which no table holds, are tried as loose files.
fn has_own_file(schema: &Schema) -> bool {
    !schema.columns.is_empty() && !schema.id.starts_with("edigeo")
}

/// The schemas by layer, in their order.
pub fn by_layer() -> BTreeMap<&'static str, Vec<&'static Schema>> {
    let mut layers: BTreeMap<&str, Vec<&Schema>> = BTreeMap::new();
    for schema in SCHEMAS.iter().filter(|schema| has_own_file(schema)) {
        layers.entry(schema.layer).or_default().push(schema);
    }
    layers
}

/// The drawn territory with planted files beside its own: for each layer, all its schemas where it may be written in
/// parts, else its schema number `round`.
fn planted(round: usize, as_geojson: bool) -> Drawn {
    let drawn = Drawn::new();
    let mut config =
        String::from("[territory]\nname = \"Territoire dessiné\"\ncommunes = [\"82112\"]\n");
    let own = ["parcels", "buildings", "zoning", "hazards", "friches", "roads", "stations"];
    for key in own {
        let class = if key == "hazards" { "class = \"classe\"\n" } else { "" };
        config.push_str(&format!("[[layers.{key}]]\npath = \"{key}.geojson\"\n{class}"));
    }
    let mut number = 1;
    for (layer, schemas) in by_layer() {
        let once = WRITTEN_ONCE.contains(&layer);
        let chosen: Vec<&Schema> =
            if once { vec![schemas[round.min(schemas.len() - 1)]] } else { schemas };
        for schema in chosen {
            let table = table(schema, number, &FEW);
            number += table.rows.len();
            let (name, crs) = write(&drawn, schema, &table, as_geojson);
            let (open, close) = if once { ("[", "]") } else { ("[[", "]]") };
            config.push_str(&format!("{open}layers.{layer}{close}\npath = \"{name}\"\n{crs}"));
            config.push_str(&format!("schema = \"{}\"\n", schema.id));
            let mute = layer == "hazards" && schema.theme.is_empty();
            if mute && schema.required.is_empty() {
                config.push_str("theme = \"other\"\n");
            }
        }
    }
    drawn.write("gisement.toml", &config);
    drawn
}

/// Writes the planted file of a schema; its name, and the line about its reference system.
fn write(
    drawn: &Drawn,
    schema: &Schema,
    table: &Table,
    as_geojson: bool,
) -> (String, &'static str) {
    // A table of rents says by its name of which dwellings it is.
    let stem = match schema.layer {
        "rents" => "pred-mai-2024".to_owned(),
        layer => format!("{layer}-{}", schema.id),
    };
    match table.geojson().filter(|_| as_geojson) {
        Some(text) => {
            let name = format!("{stem}.geojson");
            drawn.write(&name, &text);
            (name, "crs = \"EPSG:2154\"\n")
        }
        None => {
            let name = format!("{stem}.csv");
            drawn.write(&name, &table.csv());
            (name, if table.has_shape { "crs = \"EPSG:2154\"\n" } else { "" })
        }
    }
}

/// Every command; what is written lies in folders of its own.
fn nobody_is_named(drawn: &Drawn) {
    let mut found = Found::default();
    let ran = drawn.run(&["check", "--format", "json", "--max-rejected", "1"]);
    found.look_at("check --format json", &ran);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let told: Value = serde_json::from_str(&ran.stdout).unwrap();
    let read: BTreeSet<String> = told["layers"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|layer| layer["rows"]["kept"].as_u64() > Some(0))
        .map(|layer| layer["as"].as_str().unwrap().to_owned())
        .collect();
    // Documents belong to the zones and visits to the friches: they have no line of their own.
    let missing: Vec<&str> = by_layer()
        .into_keys()
        .filter(|key| !["documents", "field_visits"].contains(key) && !read.contains(*key))
        .collect();
    assert!(missing.is_empty(), "no row is kept of {missing:?}");
    let french = run_in(drawn.dir.path(), "fr_FR.UTF-8", &["check", "--max-rejected", "1"]);
    found.look_at("check in French", &french);
    let commands: &[&[&str]] = &[
        &["check"],
        &["rank", "land", "--format", "json"],
        &["rank", "land", "--profile", "industrie-v1", "--format", "json"],
        &["rank", "friches", "--format", "json"],
        &["rank", "friches", "--format", "geojson"],
        &["rank", "housing", "--format", "json"],
        &["friches", "--visits", "--format", "json"],
        &["friches", "--visit-sheet", "--out", "out/visites.csv"],
        &["friches", "--potential", "--format", "json"],
        &["friches", "--cnig", "--out", "out/cnig"],
        &["inventory", "--date", "2026-06-01", "--out", "out/inventaire", "--format", "json"],
        // Again, on what it wrote itself.
        &["inventory", "--date", "2026-06-01", "--out", "out/inventaire"],
        &["export", "--out", "out/export"],
        &["map", "land", "--out", "out/land.svg"],
        &["map", "friches", "--out", "out/friches.svg"],
        &["map", "housing", "--out", "out/housing.svg"],
        &["explain", "82112"],
        &["explain", "82112000AB0001"],
        &["explain", "82112000AB0001", "--format", "json"],
        &["explain", "82112_1"],
    ];
    std::fs::create_dir_all(drawn.path("out")).unwrap();
    for command in commands {
        let command: Vec<String> = command
            .iter()
            .map(|word| match word.strip_prefix("out/") {
                Some(_) => drawn.path(word).display().to_string(),
                None => (*word).to_owned(),
            })
            .collect();
        let command: Vec<&str> = command.iter().map(String::as_str).collect();
        let ran = drawn.run(&command);
        if ran.code > 1 {
            found.failed(&command.join(" "), &ran);
        }
        found.look_at(&command.join(" "), &ran);
    }
    for what in ["land", "friches"] {
        let ran = drawn.run(&["rank", what, "--format", "json", "--top", "3"]);
        let ranked: Value = serde_json::from_str(&ran.stdout).unwrap();
        for row in ranked["rows"].as_array().unwrap() {
            let id = row["id"].as_str().unwrap();
            for format in ["table", "json"] {
                let ran = drawn.run(&["explain", id, "--format", format]);
                assert_eq!(ran.code, 0, "explain {id}: {}", ran.stderr);
                found.look_at(&format!("explain {what}"), &ran);
            }
        }
    }
    assert!(found.look_in(&drawn.path("out")) > 20);
    for control in CONTROLS {
        assert!(found.has_seen(control), "{control} has not come out");
    }
    found.assert_nothing();
}

#[test]
fn nobody_is_named_by_tables_of_text() {
    nobody_is_named(&planted(0, false));
}

#[test]
fn nobody_is_named_by_geojson_and_by_other_schemas_of_tables() {
    nobody_is_named(&planted(1, true));
}
