//! A person's name in every column, and nowhere in what comes out: answers, talk, errors, every byte of every file.
//!
//! One row per column and per way of writing the name; the anomalies of an export hold the problems of all rows.

use std::fs;
use std::path::Path;

use rusqlite::Connection;
use serde_json::Value;

use crate::drawn::Drawn;
use crate::drawn::run_in;
use crate::files;

/// A name that occurs nowhere else.
const NAME: &str = "zwartvogel";
/// The ways it stands in a cell.
const WRITTEN: [&str; 8] = [
    "Zwartvogel",
    "ZWARTVOGEL JEANNE",
    "Garage Zwartvogel 82",
    "zwartvogel@exemple.fr",
    "https://www.exemple.fr/zwartvogel",
    "friche industrielle Zwartvogel",
    "UX - chez Zwartvogel",
    "inconnu|Zwartvogel",
];
/// Columns of Cartofriches beside the standard's.
const CARTOFRICHES: [&str; 23] = [
    "pk",
    "id_from_file",
    "site_surface",
    "site_projet",
    "site_projet_etude",
    "site_numero_basias",
    "site_numero_basol",
    "dep",
    "local_ancienne_annee",
    "date_mutation",
    "l_idpar",
    "l_catpro3txt",
    "desserte_distance_route",
    "desserte_distance_ferroviaire",
    "desserte_distance_fluvial",
    "desserte_distance_maritime",
    "nature",
    "date_creation",
    "commentaire",
    "nom_prodcartofriches",
    "source_r",
    "is_user",
    "urba_zone_formdomi_txt",
];

/// Rows with the name in one column each; what else they say is right.
fn rows(columns: &[&'static str]) -> Vec<Vec<(&'static str, String)>> {
    let mut rows = Vec::new();
    for column in columns {
        for written in WRITTEN {
            let id = format!("82112_{}", rows.len() + 1);
            let whole =
                files::row(&[("site_id", &id), ("unite_fonciere_refcad", "82112000AB0001")]);
            let cell = |name: &str| match name {
                _ if name == *column => written.to_owned(),
                "l_idpar" => "{82112000AB0001}".to_owned(),
                _ => whole.get(name).cloned().unwrap_or_default(),
            };
            rows.push(columns.iter().map(|name| (*name, cell(name))).collect());
        }
    }
    rows
}

fn assert_unnamed(what: &str, bytes: &[u8]) {
    let lower = bytes.to_ascii_lowercase();
    let found = lower.windows(NAME.len()).position(|part| part == NAME.as_bytes());
    if let Some(at) = found {
        let around = &lower[at.saturating_sub(120)..(at + 60).min(lower.len())];
        panic!("{what}: {}", String::from_utf8_lossy(around));
    }
}

fn assert_folder_unnamed(folder: &Path) -> usize {
    let mut count = 0;
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            count += assert_folder_unnamed(&path);
        } else {
            assert_unnamed(&path.display().to_string(), &fs::read(&path).unwrap());
            count += 1;
        }
    }
    count
}

/// Every command on a territory with these friches, and on the file alone.
fn nobody_is_named(drawn: &Drawn, file: &str, rows: usize) {
    let ran = drawn.run(&["check", "--format", "json", "--max-rejected", "1"]);
    let told: Value =
        serde_json::from_str(&ran.stdout).unwrap_or_else(|_| panic!("{}", ran.stderr));
    let layers = told["layers"].as_array().unwrap();
    let friches = layers.iter().find(|layer| layer["as"] == "friches").unwrap();
    assert_eq!(friches["rows"]["read"], rows, "{friches}");
    assert!(friches["rows"]["kept"].as_u64().unwrap() > rows as u64 * 9 / 10, "{friches}");

    let path = drawn.path(file);
    let loose = path.to_str().unwrap();
    let friche = "82112_9";
    let french = run_in(drawn.dir.path(), "fr_FR.UTF-8", &["check", "--max-rejected", "0"]);
    assert_unnamed("check in French", french.stdout.as_bytes());
    assert_unnamed("check in French, stderr", french.stderr.as_bytes());
    let commands: [&[&str]; 11] = [
        &["check"],
        &["check", "--format", "json"],
        &["check", loose],
        &["check", "--format", "json", "--as", "friches", loose],
        &["rank", "friches"],
        &["rank", "friches", "--format", "json"],
        &["rank", "friches", "--format", "csv"],
        &["explain", friche],
        &["explain", friche, "--format", "json"],
        &["friches", "--cnig"],
        &["export"],
    ];
    for command in commands {
        let ran = drawn.run(command);
        assert!(ran.code <= 1, "{command:?}: {}", ran.stderr);
        assert_unnamed(&format!("{file}, {command:?}"), ran.stdout.as_bytes());
        assert_unnamed(&format!("{file}, {command:?}, stderr"), ran.stderr.as_bytes());
    }
    assert!(assert_folder_unnamed(&drawn.path("results")) > 5);
    files::assert_valid_but_for_dates(&drawn.path("results/friches-cnig/friches.csv"));
}

fn csv_of(rows: &[Vec<(&'static str, String)>]) -> String {
    let mut csv = csv::WriterBuilder::new().from_writer(Vec::new());
    csv.write_record(rows[0].iter().map(|cell| cell.0)).unwrap();
    for row in rows {
        csv.write_record(row.iter().map(|cell| &cell.1)).unwrap();
    }
    String::from_utf8(csv.into_inner().unwrap()).unwrap()
}

#[test]
fn nobody_is_named_by_a_csv() {
    let rows = rows(&files::columns());
    assert_eq!(rows.len(), 51 * WRITTEN.len());
    let drawn = files::territory("friches.csv", &csv_of(&rows), &["parcels", "zoning"]);
    nobody_is_named(&drawn, "friches.csv", rows.len());
}

fn cartofriches() -> Vec<Vec<(&'static str, String)>> {
    let mut columns = files::columns();
    columns.retain(|name| !["geompoint", "geomsurf", "unite_fonciere_refcad"].contains(name));
    columns.extend(CARTOFRICHES);
    rows(&columns)
}

#[test]
fn nobody_is_named_by_a_geojson() {
    let rows = cartofriches();
    let features: Vec<Value> = rows
        .iter()
        .map(|row| {
            let properties: serde_json::Map<String, Value> = row
                .iter()
                .map(|(name, value)| ((*name).to_owned(), value.clone().into()))
                .collect();
            let geometry =
                serde_json::json!({"type": "Point", "coordinates": [1.1285134, 44.0534584]});
            serde_json::json!({"type": "Feature", "geometry": geometry, "properties": properties})
        })
        .collect();
    let text = serde_json::json!({"type": "FeatureCollection", "features": features}).to_string();
    let drawn = files::territory("cartofriches.geojson", &text, &["parcels", "zoning"]);
    nobody_is_named(&drawn, "cartofriches.geojson", rows.len());
}

#[test]
fn nobody_is_named_by_a_geopackage() {
    let rows = cartofriches();
    let drawn = files::territory("friches.gpkg", "", &["parcels", "zoning"]);
    fs::remove_file(drawn.path("friches.gpkg")).unwrap();
    let database = Connection::open(drawn.path("friches.gpkg")).unwrap();
    let columns: Vec<String> = rows[0].iter().map(|cell| format!("\"{}\" TEXT", cell.0)).collect();
    database
        .execute_batch(&format!(
            "PRAGMA application_id = 0x47504B47;
             CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT, srs_id INTEGER PRIMARY KEY, organization TEXT,
                organization_coordsys_id INTEGER, definition TEXT, description TEXT);
             INSERT INTO gpkg_spatial_ref_sys VALUES ('WGS 84', 4326, 'EPSG', 4326, 'GEOGCS', '');
             CREATE TABLE gpkg_contents (table_name TEXT PRIMARY KEY, data_type TEXT, identifier TEXT, description TEXT,
                last_change TEXT, min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE, srs_id INTEGER);
             INSERT INTO gpkg_contents VALUES ('friches', 'features', 'friches', '', '2026-01-01T00:00:00Z', 0, 0, 0, 0, 4326);
             CREATE TABLE gpkg_geometry_columns (table_name TEXT, column_name TEXT, geometry_type_name TEXT, srs_id INTEGER,
                z TINYINT, m TINYINT);
             INSERT INTO gpkg_geometry_columns VALUES ('friches', 'geom', 'POINT', 4326, 0, 0);
             CREATE TABLE friches (fid INTEGER PRIMARY KEY, geom BLOB, {});",
            columns.join(", ")
        ))
        .unwrap();
    let mut point = b"GP\x00\x01".to_vec();
    point.extend(4326_i32.to_le_bytes());
    point.extend(b"\x01\x01\x00\x00\x00");
    point.extend(1.1285134_f64.to_le_bytes());
    point.extend(44.0534584_f64.to_le_bytes());
    let places = vec!["?"; rows[0].len() + 2].join(", ");
    let mut insert = database.prepare(&format!("INSERT INTO friches VALUES ({places})")).unwrap();
    for (at, row) in rows.iter().enumerate() {
        let head = [
            rusqlite::types::Value::Integer(at as i64 + 1),
            rusqlite::types::Value::Blob(point.clone()),
        ];
        let cells = row.iter().map(|cell| rusqlite::types::Value::Text(cell.1.clone()));
        insert.execute(rusqlite::params_from_iter(head.into_iter().chain(cells))).unwrap();
    }
    drop(insert);
    database.close().unwrap();
    nobody_is_named(&drawn, "friches.gpkg", rows.len());
}

/// Where a layer's configuration gives a column of names another meaning, what it says is judged all the same.
#[test]
fn a_configuration_does_not_let_a_name_in() {
    let rows = rows(&["proprio_nom"]);
    let rows: Vec<Vec<(&str, String)>> = rows
        .iter()
        .map(|row| {
            let whole = files::row(&[("site_id", "82112_7"), ("unite_fonciere_refcad", "")]);
            let others = files::columns().into_iter().filter(|name| *name != "proprio_nom");
            let others = others.map(|name| (name, whole.get(name).cloned().unwrap_or_default()));
            others.chain(row.iter().cloned()).collect()
        })
        .collect();
    for ours in ["id", "source", "site_type", "owner_kind", "zone_label", "url", "note", "name"] {
        let drawn = files::territory("friches.csv", &csv_of(&rows), &[]);
        drawn.change(
            "gisement.toml",
            "path = \"friches.csv\"\n",
            &format!("path = \"friches.csv\"\ncolumns = {{ {ours} = \"proprio_nom\" }}\n"),
        );
        for command in [&["check"][..], &["export"], &["friches", "--cnig"]] {
            let ran = drawn.run(command);
            assert_unnamed(&format!("{ours}, {command:?}"), ran.stdout.as_bytes());
            assert_unnamed(&format!("{ours}, {command:?}, stderr"), ran.stderr.as_bytes());
        }
        if drawn.path("results").is_dir() {
            assert_folder_unnamed(&drawn.path("results"));
        }
    }
}
