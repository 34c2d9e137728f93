//! Rows passed over by their place, against reading everything and looking at each row's box.

// Clippy lets test functions unwrap, but not the functions that they share.
#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout)]

use std::ops::ControlFlow;
use std::path::Path;
use std::path::PathBuf;

use geo::BoundingRect;
use gisement::io::read::Row;
use gisement::io::read::SourceFacts;
use gisement::io::read::Want;
use gisement::io::read::probe;
use gisement::io::read::read;
use rusqlite::Connection;

fn all(path: &Path, want: &Want) -> (SourceFacts, Vec<Row>) {
    let mut rows = Vec::new();
    let facts = read(path, want, &mut |row| {
        rows.push(row);
        ControlFlow::Continue(())
    });
    (facts.unwrap(), rows)
}

fn bounds(row: &Row) -> Option<[f64; 4]> {
    let bounds = row.geometry.as_ref().ok()?.as_ref()?.bounding_rect()?;
    Some([bounds.min().x, bounds.min().y, bounds.max().x, bounds.max().y])
}

/// Whether the row's box meets the other one, grown by `slack` units.
fn meets(row: &Row, within: [f64; 4], slack: f64) -> bool {
    bounds(row).is_some_and(|b| {
        b[0] <= within[2] + slack
            && b[1] <= within[3] + slack
            && b[2] >= within[0] - slack
            && b[3] >= within[1] - slack
    })
}

/// Boxes of all sizes over and around the rows.
fn boxes(rows: &[Row]) -> Vec<[f64; 4]> {
    let found: Vec<[f64; 4]> = rows.iter().filter_map(bounds).collect();
    let low = |axis: usize| found.iter().map(|b| b[axis]).fold(f64::INFINITY, f64::min);
    let high = |axis: usize| found.iter().map(|b| b[axis + 2]).fold(f64::NEG_INFINITY, f64::max);
    let (x, y, w, h) = (low(0), low(1), high(0) - low(0), high(1) - low(1));
    let mut boxes = vec![[x - 2.0 * w - 2.0, y, x - w - 1.0, y + h]];
    for part in [1.0, 0.5, 0.1] {
        for at in [0.0, 0.3, 0.9] {
            boxes.push([x + at * w, y + at * h, x + (at + part) * w, y + (at + part) * h]);
        }
    }
    boxes
}

/// What is handed over is what the boxes say (up to `slack`), unchanged, and nothing gets lost from the count.
fn check(path: &Path, columns: &[&[&str]], slack: f64) {
    for layer in probe(path).unwrap() {
        let want = Want { layer: Some(layer.name), ..Want::columns(columns) };
        let (facts, rows) = all(path, &want);
        assert_eq!(facts.rows_passed_over, 0);
        for within in boxes(&rows) {
            let (some, found) = all(path, &Want { within: Some(within), ..want.clone() });
            assert_eq!(some.rows_read as usize, found.len());
            assert_eq!(some.rows_read + some.rows_passed_over, facts.rows_read, "{path:?}");
            let alike = |row: &Row| (row.geometry.clone(), row.cells.clone());
            // Both are in file order: one pass over each tells whether the first holds the second.
            let mut due = rows.iter().filter(|row| meets(row, within, slack));
            for row in &found {
                let is_due = due.any(|other| alike(other) == alike(row));
                assert!(is_due, "{path:?} {within:?}: row {} is not due", row.number);
            }
            let mut found = found.iter();
            for row in rows.iter().filter(|row| meets(row, within, 0.0)) {
                let is_there = found.any(|other| alike(other) == alike(row));
                assert!(is_there, "{path:?} {within:?}: row {} is missing", row.number);
            }
        }
    }
}

/// A GeoPackage of scattered squares, numbers with gaps, two rows without geometry; R-tree or not, counted or not.
fn geopackage(path: &Path, with_index: bool, with_count: bool) -> u64 {
    let database = Connection::open(path).unwrap();
    database.execute_batch("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;").unwrap();
    database.execute_batch(include_str!("../benches/reading/geopackage.sql")).unwrap();
    let mut count = 0;
    for index in 0..400_u32 {
        let (x, y) = (f64::from(index * 7919 % 1000), f64::from(index * 104_729 % 997));
        let side = f64::from(index % 13) * 1.37 + 0.1;
        let mut blob = b"GP\0\x01\x6a\x08\0\0\x01\x03\0\0\0\x01\0\0\0\x05\0\0\0".to_vec();
        for (dx, dy) in [(0.0, 0.0), (side, 0.0), (side, side), (0.0, side), (0.0, 0.0)] {
            blob.extend((x + dx).to_le_bytes());
            blob.extend((y + dy).to_le_bytes());
        }
        let blob = (index % 199 != 7).then_some(blob);
        let id = 3 * index + 1;
        database
            .execute(
                "INSERT INTO parcelles (fid, geom, id) VALUES (?, ?, ?)",
                (id, &blob, id.to_string()),
            )
            .unwrap();
        if blob.is_some() {
            let tree = "INSERT INTO rtree_parcelles_geom VALUES (?, ?, ?, ?, ?)";
            database.execute(tree, (id, x, x + side, y, y + side)).unwrap();
        }
        count += 1;
    }
    if with_count {
        database.execute("UPDATE gpkg_ogr_contents SET feature_count = ?", [count]).unwrap();
    } else {
        database.execute_batch("DROP TABLE gpkg_ogr_contents").unwrap();
    }
    if !with_index {
        database.execute_batch("DROP TABLE rtree_parcelles_geom").unwrap();
    }
    count
}

#[test]
fn a_geopackage_by_its_tree() {
    let folder = tempfile::tempdir().unwrap();
    for with_count in [true, false] {
        let path = folder.path().join(format!("{with_count}.gpkg"));
        let count = geopackage(&path, true, with_count);
        // The tree rounds to single precision, outwards.
        check(&path, &[&["id"]], 1e-3);
        let within = Some([100.0, 100.0, 300.0, 300.0]);
        let want = Want { within, ..Want::columns(&[&["id"]]) };
        let (facts, rows) = all(&path, &want);
        assert!(facts.rows_read > 5 && facts.rows_passed_over > count / 2, "{facts:?}");
        // Rows keep the number that QGIS shows.
        assert!(rows.iter().all(|row| row.number % 3 == 1));
        assert!(rows.windows(2).all(|pair| pair[0].number < pair[1].number));
    }
}

#[test]
fn a_geopackage_without_tree_is_read_whole() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("plain.gpkg");
    let count = geopackage(&path, false, true);
    let want = Want { within: Some([0.0, 0.0, 1.0, 1.0]), ..Want::columns(&[&["id"]]) };
    let (facts, rows) = all(&path, &want);
    assert_eq!((facts.rows_read, facts.rows_passed_over), (count, 0));
    assert!(rows.iter().map(|row| row.number).eq(1..=count));
}

/// A shapefile of points and one of lines with a null shape between, without `.dbf`.
#[test]
fn a_shapefile_by_its_boxes() {
    let folder = tempfile::tempdir().unwrap();
    for kind in [1_u8, 3] {
        let path = folder.path().join(format!("{kind}.shp"));
        let mut records = Vec::new();
        for index in 0..200_u32 {
            let (x, y) = (f64::from(index * 37 % 100), f64::from(index * 61 % 89));
            let mut record = vec![if index % 50 == 3 { 0 } else { kind }, 0, 0, 0];
            let numbers: &[f64] = if kind == 1 { &[x, y] } else { &[x, y, x + 3.0, y + 2.0] };
            if record[0] != 0 {
                record.extend(numbers.iter().flat_map(|n| n.to_le_bytes()));
            }
            if record[0] == 3 {
                record.extend([1, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0]);
                record.extend(numbers.iter().flat_map(|n| n.to_le_bytes()));
            }
            records.extend((index + 1).to_be_bytes());
            records.extend((record.len() as u32 / 2).to_be_bytes());
            records.extend(record);
        }
        let mut file = vec![0, 0, 0x27, 0x0a];
        file.resize(24, 0);
        file.extend(((100 + records.len()) as u32 / 2).to_be_bytes());
        file.extend([0xe8, 3, 0, 0, kind, 0, 0, 0]);
        file.resize(100, 0);
        file.extend(records);
        std::fs::write(&path, file).unwrap();
        check(&path, &[], 0.0);
    }
}

/// Areas with attributes, and a row without geometry.
#[test]
fn a_shapefile_with_its_table() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/read");
    check(&folder.join("zones.shp"), &[&["libelle"]], 0.0);
}

/// Whatever GDAL reads: here MapInfo's exchange format.
#[cfg(feature = "gdal")]
#[test]
fn through_gdal_by_its_filter() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("points.mif");
    let mut mif = String::from(
        "Version 300\nCharset \"WindowsLatin1\"\nDelimiter \",\"\nColumns 1\n  name Char(10)\nData\n\n",
    );
    let mut mid = String::new();
    for index in 0..100_u32 {
        let shape = match index % 33 {
            5 => "None".to_owned(),
            _ => format!("Point {} {}", index * 37 % 100, index * 61 % 89),
        };
        mif += &format!("{shape}\n");
        mid += &format!("\"n{index}\"\n");
    }
    std::fs::write(&path, mif).unwrap();
    std::fs::write(path.with_extension("mid"), mid).unwrap();
    check(&path, &[&["name"]], 0.0);
}

/// Real files, where they are.
#[test]
fn real_files_by_their_boxes() {
    let root = std::env::var_os("GISEMENT_REAL_DATA").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data"),
        PathBuf::from,
    );
    let names = ["elsewhere/megeve/geo_parcelle.shp", "elsewhere/megeve/geo_batiment.shp"];
    for path in names.map(|name| root.join(name)).iter().filter(|path| path.exists()) {
        println!("real file used: {}", path.display());
        check(path, &[], 0.0);
    }
}
