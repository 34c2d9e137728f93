//! Damaged, cut and hostile files: an answer each time, never a panic, never a short layer.

// Clippy lets test functions unwrap, but not the functions that they share.
#![allow(clippy::unwrap_used, clippy::panic)]

use std::fs;
use std::fs::File;
use std::io::Write;
use std::ops::ControlFlow;
use std::path::Path;
use std::path::PathBuf;

use flate2::Compression;
use flate2::write::GzEncoder;
use gisement::io::read::Cell;
use gisement::io::read::GeometryFault;
use gisement::io::read::GeometryFrom;
use gisement::io::read::Limits;
use gisement::io::read::ReadError;
use gisement::io::read::ReadNote;
use gisement::io::read::Row;
use gisement::io::read::SourceFacts;
use gisement::io::read::Want;
use gisement::io::read::read;

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/read").join(name)
}

fn want() -> Want {
    Want::columns(&[&["ident", "id"], &["libelle"]])
}

fn try_read(path: &Path, want: &Want) -> (Result<SourceFacts, ReadError>, Vec<Row>) {
    let mut rows = Vec::new();
    let facts = read(path, want, &mut |row| {
        rows.push(row);
        ControlFlow::Continue(())
    });
    (facts, rows)
}

fn read_text(name: &str, text: impl AsRef<[u8]>) -> (Result<SourceFacts, ReadError>, Vec<Row>) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    fs::write(&path, text).unwrap();
    try_read(&path, &want())
}

fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

#[test]
fn a_cut_file_is_an_error_wherever_it_is_cut() {
    let folder = tempfile::tempdir().unwrap();
    let geojson = fs::read(fixture("zones.geojson")).unwrap();
    let trimmed = geojson.trim_ascii_end();
    let gzip = packed(&geojson);
    let wkt = Want { geometry: GeometryFrom::Wkt(vec!["geom".into()]), ..want() };
    let gpkg = fs::read(fixture("zones.gpkg")).unwrap();
    for (name, whole, want, step) in [
        ("zones.geojson", trimmed, want(), 1),
        ("zones.json.gz", &gzip, want(), 1),
        ("zones.gpkg", &gpkg, want(), 997),
    ] {
        let path = folder.path().join(name);
        for length in (0..whole.len()).step_by(step) {
            fs::write(&path, &whole[..length]).unwrap();
            let (facts, _) = try_read(&path, &want);
            assert!(facts.is_err(), "{name} cut at {length} of {}", whole.len());
        }
        fs::write(&path, whole).unwrap();
        assert!(try_read(&path, &want).0.is_ok(), "{name}");
    }
    // The last line of a table may lose characters unseen, but never its fields.
    let table = fs::read(fixture("zones.csv")).unwrap();
    let path = folder.path().join("zones.csv");
    let last_field = table.iter().rposition(|&b| b == b';').unwrap();
    for length in last_field - 10..last_field {
        fs::write(&path, &table[..length]).unwrap();
        let (facts, _) = try_read(&path, &wkt);
        assert!(matches!(facts, Err(ReadError::CutShort { after_rows: 3, .. })), "{facts:?}");
    }
}

#[test]
fn a_cut_shapefile_is_an_error() {
    let folder = tempfile::tempdir().unwrap();
    let shp = fs::read(fixture("zones.shp")).unwrap();
    let dbf = fs::read(fixture("zones.dbf")).unwrap();
    let path = folder.path().join("zones.shp");
    let table = folder.path().join("zones.dbf");
    fs::write(&table, &dbf).unwrap();
    for length in 0..shp.len() {
        fs::write(&path, &shp[..length]).unwrap();
        assert!(try_read(&path, &want()).0.is_err(), "shp cut at {length}");
    }
    fs::write(&path, &shp).unwrap();
    // The very last byte is the format's end mark, which many programs leave out.
    for length in 0..dbf.len() - 1 {
        fs::write(&table, &dbf[..length]).unwrap();
        assert!(try_read(&path, &want()).0.is_err(), "dbf cut at {length}");
        assert!(try_read(&table, &want()).0.is_err(), "dbf alone cut at {length}");
    }
    // One record fewer, with a header that says so.
    let mut fewer = dbf.clone();
    fewer[4] = 3;
    fs::write(&table, &fewer).unwrap();
    let (facts, _) = try_read(&path, &want());
    let Err(ReadError::ShapesAndRecordsDiffer { shapes, records, .. }) = facts else {
        panic!("{facts:?}")
    };
    assert_eq!((shapes, records), (4, 3));
    // No table at all is allowed, and said.
    fs::remove_file(&table).unwrap();
    let (facts, rows) = try_read(&path, &want());
    assert_eq!(rows.len(), 4);
    assert_eq!(facts.unwrap().notes, [ReadNote::NoTable]);
}

#[test]
fn a_deleted_record_takes_its_shape_with_it() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("zones.shp");
    fs::copy(fixture("zones.shp"), &path).unwrap();
    let mut dbf = fs::read(fixture("zones.dbf")).unwrap();
    let head = usize::from(u16::from_le_bytes([dbf[8], dbf[9]]));
    dbf[head] = b'*';
    fs::write(path.with_extension("dbf"), &dbf).unwrap();
    let (facts, rows) = try_read(&path, &want());
    assert_eq!(facts.unwrap().notes, [ReadNote::DeletedRows { count: 1 }]);
    assert_eq!(rows.len(), 3);
    assert_eq!((rows[0].number, &rows[0].cells[0]), (2, &Cell::Text("Z2".to_owned())));
    assert!(matches!(rows[0].geometry, Ok(Some(geo::Geometry::MultiPolygon(_)))));
}

#[test]
fn every_changed_byte_is_answered() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("zones.shp");
    let shp = fs::read(fixture("zones.shp")).unwrap();
    let dbf = fs::read(fixture("zones.dbf")).unwrap();
    fs::write(path.with_extension("dbf"), &dbf).unwrap();
    for at in 0..shp.len() {
        for value in [0x01, 0x7f, 0xff] {
            let mut damaged = shp.clone();
            damaged[at] = value;
            fs::write(&path, &damaged).unwrap();
            let _ = try_read(&path, &want());
        }
    }
    fs::write(&path, &shp).unwrap();
    for at in 0..dbf.len() {
        for value in [0x00, 0xff] {
            let mut damaged = dbf.clone();
            damaged[at] = value;
            fs::write(path.with_extension("dbf"), &damaged).unwrap();
            let _ = try_read(&path, &want());
        }
    }
    let geojson = fs::read(fixture("zones.geojson")).unwrap();
    let path = folder.path().join("zones.geojson");
    for at in 0..geojson.len() {
        for value in [b'"', b'[', 0xff] {
            let mut damaged = geojson.clone();
            damaged[at] = value;
            fs::write(&path, &damaged).unwrap();
            let _ = try_read(&path, &want());
        }
    }
}

/// A collection with one feature of this geometry, between two good ones.
fn around(geometry: &str) -> String {
    let good = r#"{"type":"Feature","properties":{"id":"a"},"geometry":{"type":"Point","coordinates":[1,2]}}"#;
    let bad = format!(r#"{{"type":"Feature","properties":{{"id":"b"}},"geometry":{geometry}}}"#);
    format!(r#"{{"type":"FeatureCollection","features":[{good},{bad},{good}]}}"#)
}

#[test]
fn a_bad_geometry_is_the_fault_of_its_row() {
    use GeometryFault as F;
    for (geometry, fault) in [
        (r#"{"type":"Point","coordinates":[NaN,1]}"#, F::NonNumericCoordinate),
        (r#"{"type":"Point","coordinates":[1,-Infinity]}"#, F::NonNumericCoordinate),
        (r#"{"type":"Point","coordinates":["1","2"]}"#, F::NonNumericCoordinate),
        (r#"{"type":"Point","coordinates":[1,null]}"#, F::NonNumericCoordinate),
        (r#"{"type":"Point","coordinates":[1]}"#, F::IncompletePosition),
        (r#"{"type":"LineString","coordinates":[[1,2],[3]]}"#, F::IncompletePosition),
        (r#"{"type":"Circle","coordinates":[1,2]}"#, F::UnsupportedKind { kind: "Circle".into() }),
        (
            r#"{"type":"GeometryCollection","geometries":[{"type":"Point","coordinates":[1,2]},
               {"type":"LineString","coordinates":[[1,2],[3,4]]}]}"#,
            F::MixedCollection,
        ),
    ] {
        let (facts, rows) = read_text("a.geojson", around(geometry));
        assert!(facts.is_ok(), "{geometry}");
        assert_eq!(rows.len(), 3);
        assert_eq!(rows[1].geometry, Err(fault), "{geometry}");
        assert_eq!(rows[1].cells[0], Cell::Text("b".to_owned()), "{geometry}");
        assert!(rows[2].geometry.is_ok());
    }
    for geometry in [
        r#"{"type":"Polygon","coordinates":[[1,2],[3,4]]}"#,
        r#"{"type":"Polygon","coordinates":[[[1,2],[3,4]],[5,6]]}"#,
        r#"{"type":"Point"}"#,
        r#"{"coordinates":[1,2]}"#,
        r#"[1,2]"#,
        r#""POINT(1 2)""#,
        r#"{"type":"Point","coordinates":[1e999,2]}"#,
        r#"{"type":"Point","coordinates":[1,,2]}"#,
    ] {
        let (facts, rows) = read_text("a.geojson", around(geometry));
        assert!(facts.is_ok(), "{geometry}");
        assert!(rows.len() == 3 && rows[1].geometry.is_err(), "{geometry} {:?}", rows[1]);
    }
    for nothing in ["null", r#"{"type":"Polygon","coordinates":[]}"#] {
        let (_, rows) = read_text("a.geojson", around(nothing));
        assert_eq!(rows[1].geometry, Ok(None), "{nothing}");
    }
}

#[test]
fn hostile_json() {
    let deep = "[".repeat(1_000_000) + &"]".repeat(1_000_000);
    let (facts, rows) =
        read_text("a.geojson", around(&format!(r#"{{"type":"Point","coordinates":{deep}}}"#)));
    assert!(facts.is_ok());
    assert!(matches!(rows[1].geometry, Err(GeometryFault::UnreadableRow { .. })));
    let (facts, _) = read_text("a.geojson", "[".repeat(1_000_000));
    assert!(facts.is_err());
    for (text, wanted) in [
        (r#"{"type":"FeatureCollection"}"#, "no features"),
        (r#"{"type":"FeatureCollection","features":null}"#, "not a list"),
        ("[]", "list"),
        ("{}", "empty object"),
    ] {
        let (facts, _) = read_text("a.json", text);
        let error = facts.unwrap_err();
        assert!(matches!(error, ReadError::NotAFeatureCollection { .. }), "{text}: {error}");
        assert!(error.to_string().contains(wanted), "{text}: {error}");
    }
    for text in [
        r#"{"type":"FeatureCollection","features":[]}x"#,
        r#"{"type":"FeatureCollection","features":[{} {}]}"#,
        r#"{"type":"FeatureCollection","features":[,]}"#,
        r#"{"type":"FeatureCollection" "features":[]}"#,
    ] {
        let (facts, _) = read_text("a.json", text);
        assert!(matches!(facts, Err(ReadError::BadJson { .. })), "{text}: {facts:?}");
    }
}

#[test]
fn nothing_personal_in_messages() {
    let secret = "Jeanne Martin";
    for text in [
        format!(
            r#"{{"type":"FeatureCollection","features":[{{"type":"Feature","geometry":"{secret}","properties":"{secret}"}}]}}"#
        ),
        format!(
            r#"{{"type":"FeatureCollection","features":[{{"type":"{secret}","geometry":{{"type":"{secret}"}},"properties":{{"id":"\x","o":"{secret}"}}}}]}}"#
        ),
        format!(
            r#"{{"type":"FeatureCollection","features":[{{"properties":{{"o":"{secret}"}},"geometry":null}} "{secret}"]}}"#
        ),
    ] {
        let (facts, rows) = read_text("a.geojson", text);
        let faults: Vec<_> = rows.iter().map(|row| &row.geometry).collect();
        let said = format!("{facts:?} {faults:?}");
        assert!(!said.contains("Martin"), "{said}");
    }
}

#[test]
fn windows_1252_json_is_read_and_said() {
    let text = around("null").replace("\"b\"", "\"caf?\"");
    let bytes: Vec<u8> = text.bytes().map(|b| if b == b'?' { 0xe9 } else { b }).collect();
    let (facts, rows) = read_text("a.geojson", bytes);
    assert_eq!(rows[1].cells[0], Cell::Text("café".to_owned()));
    assert_eq!(facts.unwrap().notes, [ReadNote::WrongEncoding { count: 1 }]);
}

#[test]
fn a_bomb_stops_at_the_limits() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("bomb.json.gz");
    let mut file = GzEncoder::new(File::create(&path).unwrap(), Compression::best());
    file.write_all(b"{\"type\":\"FeatureCollection\",\"x\":\"").unwrap();
    let block = vec![b'0'; 1 << 20];
    for _ in 0..80 {
        file.write_all(&block).unwrap();
    }
    file.write_all(b"\",\"features\":[]}").unwrap();
    file.finish().unwrap();
    let (facts, _) = try_read(&path, &want());
    assert!(matches!(facts, Err(ReadError::UnpacksTooLarge { .. })), "{facts:?}");
    let limits = Limits { unpacked_ratio: 2000, ..Limits::default() };
    let (facts, _) = try_read(&path, &Want { limits, ..want() });
    assert!(facts.is_ok(), "{facts:?}");
    let limits = Limits { unpacked_bytes: 1 << 20, ..limits };
    let (facts, _) = try_read(&path, &Want { limits, ..want() });
    assert!(matches!(facts, Err(ReadError::UnpacksTooLarge { .. })), "{facts:?}");

    let long = folder.path().join("long.geojson");
    fs::write(&long, around(&format!("\"{}\"", "x".repeat(1 << 21)))).unwrap();
    let limits = Limits { feature_bytes: 1 << 20, ..Limits::default() };
    let (facts, _) = try_read(&long, &Want { limits, ..want() });
    assert!(matches!(facts, Err(ReadError::FeatureTooLarge { row: 2, .. })), "{facts:?}");
}

/// A record that runs on is refused before it fills the memory; rows before it were handed over.
#[test]
fn a_record_without_end_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.csv");
    let text = format!("id;libelle\na;b\nc;\"d{}", "\ne;f".repeat(1 << 20));
    fs::write(&path, text).unwrap();
    let limits = Limits { feature_bytes: 1 << 20, ..Limits::default() };
    let (facts, _) = try_read(&path, &Want { limits, ..want() });
    assert!(matches!(facts, Err(ReadError::FeatureTooLarge { row: 2, .. })), "{facts:?}");
}

/// A view is a program: one that gives rows for ever, one that gives none, and one cell larger than any polygon.
#[test]
fn views_and_cells_made_to_exhaust_the_machine_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let counting = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n)";
    for (name, view, expected) in [
        ("rows", format!("{counting} SELECT x AS id FROM n"), "more rows than the file"),
        ("none", format!("{counting} SELECT x AS id FROM n WHERE x < 0"), "too long"),
        ("cell", "SELECT zeroblob(20000000) AS id".to_owned(), "longer than"),
    ] {
        let path = folder.path().join(format!("{name}.gpkg"));
        let database = rusqlite::Connection::open(&path).unwrap();
        database
            .execute_batch(&format!(
                "PRAGMA application_id = 1196444487;
                 CREATE TABLE gpkg_contents (table_name TEXT, data_type TEXT, identifier TEXT, srs_id INTEGER);
                 CREATE VIEW v AS {view};
                 INSERT INTO gpkg_contents VALUES ('v', 'attributes', 'v', 0);"
            ))
            .unwrap();
        drop(database);
        let limits = Limits { feature_bytes: 1 << 24, ..Limits::default() };
        let (facts, _) = try_read(&path, &Want { limits, ..want() });
        let error = facts.unwrap_err().to_string();
        assert!(error.contains(expected), "{name}: {error}");
    }
}

#[test]
fn an_open_quote_does_not_swallow_the_table() {
    for text in ["id;libelle\na;b\nc;\"d\ne;f\ng;h\n", "id;libelle\na;b\n\"c;d\ne;f\ng;h\n"] {
        let (facts, rows) = read_text("a.csv", text);
        assert!(matches!(facts, Err(ReadError::BadDelimited { .. })), "{facts:?}");
        assert_eq!(rows.len(), 1);
    }
    // A lone quote inside a field is text; a closed one may hold lines.
    for (text, expected) in [
        ("id;libelle\na;5\" pipe\nb;c\n", "5\" pipe"),
        ("id;libelle\na;\"two\nlines\"\n", "two\nlines"),
    ] {
        let (facts, rows) = read_text("a.csv", text);
        assert!(facts.is_ok(), "{facts:?}");
        assert_eq!(rows[0].cells[1], Cell::Text(expected.to_owned()));
    }
}

#[test]
fn files_that_are_something_else() {
    for (name, content) in [
        ("a.shp", b"hello".as_slice()),
        ("a.gpkg", b"hello"),
        ("a.gpkg", b"SQLite format 3\0"),
        ("a.zip", b"PK\x03\x04aaaa"),
        ("a.bin", b"\x01\x02\x03\x00"),
        ("a.geojson", b""),
        ("a.csv", b""),
        ("a.csv", b"\xff\xfea\0;\0b"),
        ("a.dbf", b"\x03"),
        ("a.json.gz", b"\x1f\x8b"),
        ("a.json.gz", b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03junkjunk"),
    ] {
        let (facts, rows) = read_text(name, content);
        assert!(facts.is_err() && rows.is_empty(), "{name} {content:?}");
    }
    let missing = try_read(Path::new("/nowhere/a.shp"), &want()).0;
    assert!(matches!(missing, Err(ReadError::NotFound { .. })));
    #[cfg(not(feature = "gdal"))]
    {
        let (facts, _) = read_text("a.gml", "<?xml version=\"1.0\"?><x/>");
        assert!(facts.unwrap_err().to_string().contains("GML"));
    }
}
