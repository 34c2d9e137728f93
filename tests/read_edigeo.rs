//! EDIGEO exchanges: a small one written here, and the real sheets against what GDAL reads in them
//! (`tests/reference/edigeo.py`).

// Clippy lets test functions unwrap, but not the functions that they share.
#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout)]

#[path = "edigeo/exchange.rs"]
mod exchange;

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::fs;
use std::fs::File;
use std::ops::ControlFlow;
use std::path::Path;
use std::path::PathBuf;

use geo::Area;
use geo::CoordsIter;
use geo::Geometry;
use geo::Validation;
use gisement::io::read::Cell;
use gisement::io::read::DeclaredCrs;
use gisement::io::read::Format;
use gisement::io::read::GeometryFault;
use gisement::io::read::GeometryHint;
use gisement::io::read::ReadError;
use gisement::io::read::ReadNote;
use gisement::io::read::Row;
use gisement::io::read::SheetName;
use gisement::io::read::SourceFacts;
use gisement::io::read::Want;
use gisement::io::read::format_of;
use gisement::io::read::probe;
use gisement::io::read::read;

use self::exchange::Files;

type Answer = (Result<SourceFacts, ReadError>, Vec<Row>);

fn try_read(path: &Path, layer: &str, columns: &[&[&str]]) -> Answer {
    let want = Want { layer: Some(layer.to_owned()), ..Want::columns(columns) };
    let mut rows = Vec::new();
    let facts = read(path, &want, &mut |row| {
        rows.push(row);
        ControlFlow::Continue(())
    });
    (facts, rows)
}

fn layer_of(files: &Files, layer: &str, columns: &[&[&str]]) -> Answer {
    let folder = tempfile::tempdir().unwrap();
    try_read(&exchange::write(files, folder.path()), layer, columns)
}

fn rows_of(files: &Files, layer: &str, columns: &[&[&str]]) -> Vec<Row> {
    let (facts, rows) = layer_of(files, layer, columns);
    assert_eq!(facts.unwrap().notes, []);
    rows
}

fn text(value: &str) -> Cell {
    Cell::Text(value.to_owned())
}

fn shape(row: &Row) -> &Geometry<f64> {
    row.geometry.as_ref().unwrap().as_ref().unwrap()
}

#[test]
fn classes_are_layers() {
    let folder = tempfile::tempdir().unwrap();
    let path = exchange::write(&exchange::small("EDAB01"), folder.path());
    assert_eq!(format_of(&path).unwrap(), Format::Edigeo);
    let layers = probe(&path).unwrap();
    let told: Vec<_> = layers.iter().map(|l| (l.name.as_str(), l.geometry)).collect();
    let (areas, points) = (GeometryHint::Areas, GeometryHint::Points);
    assert_eq!(
        told,
        [
            ("BATIMENT_id", areas),
            ("BORNE_id", points),
            ("COMMUNE_id", areas),
            ("PARCELLE_id", areas),
            ("SECTION_id", areas),
            ("TLINE_id", GeometryHint::Lines),
            ("VOIEP_id", points),
        ]
    );
    assert_eq!(layers[3].columns, ["OBJECT_RID", "IDU", "SUPF", "CREAT_DATE", "UPDATE_DATE"]);
    assert!(layers.iter().all(|layer| layer.crs == DeclaredCrs::Epsg(3944)));
    // By content, whatever the name; its siblings are told from it.
    fs::copy(&path, folder.path().join("volume.txt")).unwrap();
    assert_eq!(format_of(&folder.path().join("volume.txt")).unwrap(), Format::Edigeo);
    let error = format_of(&folder.path().join("EDAB01T1.VEC")).unwrap_err();
    assert!(error.to_string().contains("name the .THF"), "{error}");
}

#[test]
fn parcels_are_made_of_faces() {
    let columns: &[&[&str]] =
        &[&["IDU"], &["SUPF"], &["OBJECT_RID"], &["CREAT_DATE"], &["UPDATE_DATE"], &["COAR"]];
    let rows = rows_of(&exchange::small("EDAB01"), "PARCELLE_id", columns);
    let areas: Vec<f64> = rows.iter().map(|row| shape(row).unsigned_area()).collect();
    assert_eq!(areas, [60.0, 64.0, 4.0, 8.0]);
    assert_eq!(
        rows[0].cells,
        [
            text("354000AB0001"),
            Cell::Number(60.0),
            text("O_1"),
            Cell::Number(20_080_714.0),
            Cell::Number(20_140_303.0),
            Cell::Missing,
        ]
    );
    assert_eq!(rows[3].cells[1], Cell::Missing);
    let Geometry::Polygon(one) = shape(&rows[0]) else { panic!("{:?}", rows[0]) };
    assert_eq!((one.exterior().0.len(), one.interiors().len()), (5, 1));
    assert!(matches!(shape(&rows[3]), Geometry::MultiPolygon(parts) if parts.0.len() == 2));
    assert!(rows.iter().all(|row| shape(row).is_valid()));
}

#[test]
fn other_classes() {
    let files = exchange::small("EDAB01");
    // Two faces that share an arc are one area.
    let section = rows_of(&files, "SECTION_id", &[]);
    assert_eq!(shape(&section[0]).unsigned_area(), 124.0);
    assert!(matches!(shape(&section[0]), Geometry::Polygon(p) if p.interiors().len() == 1));
    let commune = rows_of(&files, "COMMUNE_id", &[&["TEX2"], &["IDU"]]);
    assert_eq!(commune[0].cells, [text("L'ISLE-EN-DODON (ÉTÉ)"), text("354")]);
    assert_eq!(shape(&commune[0]).unsigned_area(), 310.0);
    let building = rows_of(&files, "batiment_ID", &[&["DUR"]]);
    assert_eq!((shape(&building[0]).unsigned_area(), &building[0].cells[0]), (2.0, &text("01")));
    let lines = rows_of(&files, "TLINE_id", &[]);
    assert!(matches!(shape(&lines[0]), Geometry::LineString(line) if line.0.len() == 2));
    assert!(matches!(shape(&lines[1]), Geometry::MultiLineString(lines) if lines.0.len() == 2));
    let stones = rows_of(&files, "BORNE_id", &[]);
    assert_eq!(shape(&stones[0]), &Geometry::Point((8.0, 8.0).into()));
    assert_eq!(stones[1].geometry, Ok(None));
    // A class without objects is an empty layer, not an absent one.
    assert_eq!(rows_of(&files, "VOIEP_id", &[]), []);
}

#[test]
fn lots_of_one_exchange_follow_each_other() {
    let rows = rows_of(&exchange::of_two_lots(), "PARCELLE_id", &[&["IDU"]]);
    assert_eq!(rows.iter().map(|row| row.number).collect::<Vec<_>>(), [1, 2, 3, 4, 5, 6, 7, 8]);
    assert_eq!(rows[3].geometry, rows[7].geometry);
}

#[test]
fn names_in_any_letter_case() {
    let files = exchange::small("EDAB01");
    for spell in [str::to_lowercase, |name: &str| format!("Ed{}", name[2..].to_lowercase())] {
        let respelled = files.iter().map(|(name, bytes)| match name.as_str() {
            "E.THF" => ("e.Thf".to_owned(), bytes.clone()),
            name => (spell(name), bytes.clone()),
        });
        let rows = rows_of(&respelled.collect(), "PARCELLE_id", &[]);
        assert_eq!(rows.len(), 4);
    }
}

#[test]
fn a_missing_file_is_told() {
    for needed in ["SE.DIC", "SE.SCD", "T1.VEC", "S1.VEC"] {
        let mut files = exchange::small("EDAB01");
        files.remove(&format!("EDAB01{needed}")).unwrap();
        match layer_of(&files, "PARCELLE_id", &[]) {
            (Err(ReadError::MissingMember { file, .. }), rows) => {
                assert_eq!((file, rows.len()), (format!("EDAB01{needed}"), 0));
            }
            other => panic!("{needed}: {other:?}"),
        }
    }
    let mut files = exchange::small("EDAB01");
    files.remove("EDAB01SE.GEO");
    files.remove("EDAB01SE.GEN");
    files.remove("EDAB01SE.QAL");
    let (facts, rows) = layer_of(&files, "PARCELLE_id", &[&["UPDATE_DATE"]]);
    let facts = facts.unwrap();
    assert_eq!((facts.header.crs, facts.notes), (DeclaredCrs::None, vec![ReadNote::NoQuality]));
    assert!(rows.len() == 4 && rows.iter().all(|row| row.cells[0].is_missing()));
}

/// Wherever a file is cut, the answer is an error and no row.
#[test]
fn a_cut_file_is_an_error() {
    let whole = exchange::small("EDAB01");
    for (name, bytes) in &whole {
        if name == "EDAB01SE.GEN" {
            continue;
        }
        let last_line = bytes.len() - b"EOMT 00:\r\n".len();
        for cut in (0..last_line).step_by(13).chain([last_line, last_line + 3]) {
            let mut files = whole.clone();
            files.insert(name.clone(), bytes[..cut].to_owned());
            let (facts, rows) = layer_of(&files, "PARCELLE_id", &[]);
            assert!(facts.is_err() && rows.is_empty(), "{name} cut at {cut}");
        }
    }
}

/// Replaces a text in one file of the small exchange.
fn altered(file: &str, from: &str, to: &str) -> Files {
    let mut files = exchange::small("EDAB01");
    let bytes = files.get_mut(&format!("EDAB01{file}")).unwrap();
    let at = bytes.windows(from.len()).position(|window| window == from.as_bytes()).unwrap();
    bytes.splice(at..at + from.len(), to.bytes());
    files
}

#[test]
fn what_is_wrong_with_one_object_is_its_own_fault() {
    let malformed = |what: &str| GeometryFault::Malformed { what: what.to_owned() };
    let faults = |files: &Files| -> Vec<Option<GeometryFault>> {
        let (facts, rows) = layer_of(files, "PARCELLE_id", &[]);
        facts.unwrap();
        rows.into_iter().map(|row| row.geometry.err()).collect()
    };
    // A face that is not there.
    let dangling = malformed("1 of the nodes, arcs or faces that draw it are not in the exchange");
    let files = altered("T1.VEC", "RTYSA03:PFE\r\nRIDSA03:F_3", "RTYSA03:PFE\r\nRIDSA03:F_9");
    assert_eq!(faults(&files), [None, None, Some(dangling), None]);
    // The hole, then the arc between the first two.
    let lost = Some(malformed("1 of the arcs of one of its faces are not in the exchange"));
    let files = altered("T1.VEC", "RIDSA03:A_5", "RIDSA03:A_9");
    assert_eq!(faults(&files), [lost.clone(), None, lost.clone(), None]);
    let files = altered("T1.VEC", "RIDSA03:A_3", "RIDSA03:A_9");
    assert_eq!(faults(&files), [lost.clone(), lost, None, None]);
    let open = Some(malformed("the outline of an area is not closed"));
    let files = altered("T1.VEC", "CORCC12:+8.00;+8.00;", "CORCC12:+8.00;+7.00;");
    assert_eq!(faults(&files), [open, None, None, None]);
    let twice = Some(malformed("two nodes or two arcs have the same identifier"));
    let files = altered("T1.VEC", "RIDSA03:A_6", "RIDSA03:A_4");
    let lost = Some(malformed("1 of the arcs of one of its faces are not in the exchange"));
    assert_eq!(faults(&files), [None, twice, None, lost]);
    let count = |n: &str| {
        let what = format!("an arc announces {n} positions and has 5");
        Some(malformed(&what))
    };
    let files = altered("T1.VEC", "PTCSN01:5", "PTCSN10:4000000000");
    assert_eq!(faults(&files), [count("4000000000"), None, count("4000000000"), None]);
    for (position, fault) in [
        ("CORCC12:+2.00;+2.0x;", GeometryFault::NonNumericCoordinate),
        ("CORCC12:+2.00;   NaN;", malformed("a position is not as long as its line says")),
        ("CORCC10:+2.00;NaN;", GeometryFault::NonFiniteCoordinate),
        ("CORCC06:+2.00;", GeometryFault::IncompletePosition),
        ("CORCC12:+2.00;+2.0", malformed("a position is not as long as its line says")),
    ] {
        let files = altered("T1.VEC", "CORCC12:+2.00;+2.00;", position);
        assert_eq!(faults(&files), [Some(fault.clone()), None, Some(fault), None], "{position}");
    }
    let files = altered("T1.VEC", "TYPSN01:1\r\nPTCSN01:5", "TYPSN01:2\r\nPTCSN01:5");
    let circle = Some(GeometryFault::UnsupportedKind { kind: "arc of a circle".to_owned() });
    assert_eq!(faults(&files), [circle.clone(), None, circle, None]);
}

#[test]
fn what_is_wrong_with_the_exchange_is_an_error() {
    for (file, from, to) in [
        ("T1.VEC", "OBJ;PARCELLE_id", "OBJ;PARCELLE_xx"),
        ("T1.VEC", "PTCSN01:5", "nombre de points"),
        ("T1.VEC", "EDAB01;SeTOP_1;PAR;A_5", "EDAB01"),
        ("SE.SCD", "RTYSA03:ATT\r\nRIDSA06:IDU_id", "RTYSA03:ATT\r\nRIDSA06:IDU_xx"),
    ] {
        let (facts, rows) = layer_of(&altered(file, from, to), "PARCELLE_id", &[]);
        assert!(matches!(facts, Err(ReadError::BadEdigeo { .. })), "{file}: {facts:?}");
        assert!(rows.is_empty());
    }
    let mut files = exchange::small("EDAB01");
    let volume = String::from_utf8_lossy(&files["E.THF"]).replace("LONSA06:EDAB01", "LONSA03:../");
    files.insert("E.THF".to_owned(), volume.into_bytes());
    let (facts, _) = layer_of(&files, "PARCELLE_id", &[]);
    assert!(matches!(facts, Err(ReadError::BadEdigeo { .. })), "{facts:?}");
}

/// Lines taken out, doubled or with a byte changed: an answer each time.
#[test]
fn damage_never_panics() {
    let whole = exchange::small("EDAB01");
    for (name, bytes) in &whole {
        let lines: Vec<&[u8]> = bytes.split_inclusive(|&b| b == b'\n').collect();
        for at in 0..lines.len() {
            let mut without = lines.clone();
            without.remove(at);
            let mut twice = lines.clone();
            twice.insert(at, lines[at]);
            let mut changed = lines.concat();
            let byte = at * bytes.len() / lines.len();
            changed[byte] = changed[byte].wrapping_add(1);
            for damaged in [without.concat(), twice.concat(), changed] {
                let mut files = whole.clone();
                files.insert(name.clone(), damaged);
                let _answer = layer_of(&files, "PARCELLE_id", &[&["IDU"], &["SUPF"]]);
                let _answer = layer_of(&files, "SECTION_id", &[&["IDU"]]);
            }
        }
    }
}

fn real_cadastre() -> PathBuf {
    let folder = std::env::var_os("GISEMENT_REAL_DATA").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data"),
        PathBuf::from,
    );
    folder.join("elsewhere/cadastre")
}

/// The archives of the real sheets, unpacked; none without the real files.
fn real_sheets() -> Vec<(String, tempfile::TempDir, PathBuf)> {
    let Ok(archives) = fs::read_dir(real_cadastre().join("edigeo")) else {
        println!("left out: no real files");
        return Vec::new();
    };
    let mut archives: Vec<PathBuf> = archives.map(|entry| entry.unwrap().path()).collect();
    archives.sort();
    let unpack = |archive: PathBuf| {
        println!("real file used: {}", archive.display());
        let folder = tempfile::tempdir().unwrap();
        let packed = bzip2::read::BzDecoder::new(File::open(&archive).unwrap());
        tar::Archive::new(packed).unpack(folder.path()).unwrap();
        let mut files = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().path());
        let volume = files.find(|file| file.extension().is_some_and(|e| e == "THF")).unwrap();
        let name = archive.file_name().unwrap().to_str().unwrap().split('.').next().unwrap();
        (name.to_owned(), folder, volume)
    };
    archives.into_iter().map(unpack).collect()
}

/// Area, length, or x + y, as the script measures.
fn measure(geometry: &Geometry<f64>) -> f64 {
    let length = |line: &geo::LineString<f64>| -> f64 {
        line.lines().map(|line| (line.dx().powi(2) + line.dy().powi(2)).sqrt()).sum()
    };
    match geometry {
        Geometry::Point(at) => at.x() + at.y(),
        Geometry::LineString(line) => length(line),
        Geometry::MultiLineString(lines) => lines.iter().map(length).sum(),
        other => other.unsigned_area(),
    }
}

fn assert_close(what: &str, ours: f64, theirs: f64) {
    let off = (ours - theirs).abs() / theirs.abs();
    assert!(off <= 1e-6, "{what}: {ours} here, {theirs} by GDAL, off by {off:e}");
}

#[test]
fn real_sheets_are_read_as_gdal_reads_them() {
    let reference = include_str!("reference/edigeo.tsv");
    let lines: Vec<Vec<&str>> = reference.lines().map(|line| line.split('\t').collect()).collect();
    for (sheet, _folder, volume) in real_sheets() {
        let expected: BTreeMap<&str, &Vec<&str>> = lines
            .iter()
            .filter(|line| line[0] == "layer" && line[1] == sheet)
            .map(|line| (line[2], line))
            .collect();
        let areas: BTreeMap<&str, f64> = lines
            .iter()
            .filter(|line| line[0] == "parcel" && line[1] == sheet)
            .map(|line| (line[2], line[3].parse().unwrap()))
            .collect();
        for layer in probe(&volume).unwrap() {
            let what = format!("{sheet} {}", layer.name);
            assert_eq!(layer.crs, DeclaredCrs::Epsg(2154));
            let columns = layer.columns.iter().map(|column| vec![column.clone()]).collect();
            let want = Want { layer: Some(layer.name.clone()), columns, ..Want::default() };
            let mut rows: BTreeMap<String, Row> = BTreeMap::new();
            let facts = read(&volume, &want, &mut |row| {
                let Cell::Text(id) = &row.cells[0] else { panic!("{what}: {row:?}") };
                assert!(rows.insert(id.clone(), row).is_none(), "{what}: an object comes twice");
                ControlFlow::Continue(())
            });
            assert_eq!(facts.unwrap().notes, [], "{what}");
            // GDAL has no layer without objects.
            let Some(expected) = expected.get(layer.name.as_str()) else {
                assert_eq!(rows.len(), 0, "{what}");
                continue;
            };
            let shapes = rows.values().filter(|row| matches!(row.geometry, Ok(Some(_))));
            assert_eq!(rows.len().to_string(), expected[3], "{what}");
            assert_eq!(shapes.count().to_string(), expected[4], "{what}");
            let total: f64 = rows.values().map(|row| measure(shape(row))).sum();
            assert_close(&what, total, expected[5].parse().unwrap());
            let mut crc = flate2::Crc::new();
            for row in rows.values() {
                for (name, cell) in layer.columns.iter().zip(&row.cells) {
                    match cell {
                        Cell::Text(text) => crc.update(format!("{name}={text}\n").as_bytes()),
                        Cell::Number(n) => crc.update(format!("{name}={n:.6}\n").as_bytes()),
                        Cell::Missing | Cell::Flag(_) => {}
                    }
                }
            }
            assert_eq!(crc.sum().to_string(), expected[6], "{what}: attributes");
            if layer.name == "PARCELLE_id" {
                let idu = layer.columns.iter().position(|column| column == "IDU").unwrap();
                assert_eq!(rows.len(), areas.len());
                for row in rows.values() {
                    let Cell::Text(idu) = &row.cells[idu] else { panic!("{row:?}") };
                    assert_close(
                        &format!("{what} {idu}"),
                        measure(shape(row)),
                        areas[idu.as_str()],
                    );
                }
            }
        }
    }
}

/// The department is in the name of the archive, the other twelve characters in the parcel.
#[test]
fn real_parcels_get_fourteen_characters() {
    let sheets = real_sheets();
    if sheets.is_empty() {
        return;
    }
    let mut ours = BTreeSet::new();
    for (name, _folder, volume) in &sheets {
        let sheet = SheetName::of(name).unwrap();
        let (facts, communes) = try_read(volume, "COMMUNE_id", &[&["IDU"]]);
        facts.unwrap();
        assert_eq!(communes[0].cells, [text(&sheet.commune[2..])]);
        let (facts, parcels) = try_read(volume, "PARCELLE_id", &[&["IDU"]]);
        facts.unwrap();
        for row in parcels {
            let Cell::Text(idu) = &row.cells[0] else { panic!("{row:?}") };
            assert!(row.geometry.unwrap().unwrap().coords_count() > 3);
            ours.insert(sheet.parcel(idu).unwrap());
        }
    }
    let derived = real_cadastre().join("derived-25354-parcelles.geojson");
    let derived: serde_json::Value =
        serde_json::from_str(&fs::read_to_string(derived).unwrap()).unwrap();
    let features = derived["features"].as_array().unwrap();
    let theirs: BTreeSet<String> = features
        .iter()
        .map(|feature| feature["properties"]["id"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(ours, theirs);
}
