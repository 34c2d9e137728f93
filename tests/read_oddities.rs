//! Files as people have them: odd, but readable, or refused with the next move.

// Clippy lets test functions unwrap, but not the functions that they share.
#![allow(clippy::unwrap_used, clippy::panic)]

use std::fmt::Write as _;
use std::fs;
use std::ops::ControlFlow;
use std::path::Path;

use geo::Geometry;
use gisement::io::read::Cell;
use gisement::io::read::DeclaredCrs;
use gisement::io::read::Format;
use gisement::io::read::GeometryFault;
use gisement::io::read::ReadError;
use gisement::io::read::ReadNote;
use gisement::io::read::Row;
use gisement::io::read::SourceFacts;
use gisement::io::read::Want;
use gisement::io::read::format_of;
use gisement::io::read::probe;
use gisement::io::read::read;
use tempfile::TempDir;

type Answer = (Result<SourceFacts, ReadError>, Vec<Row>);

fn fixture(name: &str) -> Vec<u8> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/read");
    fs::read(folder.join(name)).unwrap()
}

fn try_read(path: &Path, columns: &[&[&str]]) -> Answer {
    let mut rows = Vec::new();
    let facts = read(path, &Want::columns(columns), &mut |row| {
        rows.push(row);
        ControlFlow::Continue(())
    });
    (facts, rows)
}

fn read_as(name: &str, content: impl AsRef<[u8]>, columns: &[&[&str]]) -> Answer {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    fs::write(&path, content).unwrap();
    try_read(&path, columns)
}

fn refusal(name: &str, content: impl AsRef<[u8]>) -> String {
    read_as(name, content, &[]).0.unwrap_err().to_string()
}

fn text(text: &str) -> Cell {
    Cell::Text(text.to_owned())
}

fn utf16(text: &str, big_endian: bool) -> Vec<u8> {
    let units = std::iter::once(0xfeff).chain(text.encode_utf16());
    units.flat_map(|u| if big_endian { u.to_be_bytes() } else { u.to_le_bytes() }).collect()
}

/// The fixture's shapefile in a folder of its own.
fn shapefile() -> (TempDir, std::path::PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    for name in ["zones.shp", "zones.dbf", "zones.shx"] {
        fs::write(folder.path().join(name), fixture(name)).unwrap();
    }
    let path = folder.path().join("zones.shp");
    (folder, path)
}

#[test]
fn excel_writes_utf_16_and_names_its_delimiter() {
    for big_endian in [false, true] {
        let content = utf16("insee\tnom\r\n01004\tAmbérieu\r\n32013\tAuch\r\n", big_endian);
        let (facts, rows) = read_as("communes.txt", content, &[&["insee"], &["nom"]]);
        let encoding = if big_endian { "UTF-16BE" } else { "UTF-16LE" };
        assert_eq!(facts.unwrap().header.encoding.as_deref(), Some(encoding));
        assert_eq!(rows[0].cells, [text("01004"), text("Ambérieu")]);
        assert_eq!(rows.len(), 2);
    }
    let cut = utf16("insee;nom\r\n32013;Auch", false);
    let error = read_as("a.csv", &cut[..cut.len() - 1], &[]).0.unwrap_err();
    assert!(matches!(error, ReadError::BadText { .. }), "{error:?}");
    let (facts, rows) = read_as("a.csv", "sep=;\r\na,b;c\r\n1,5;x\r\n", &[&["a,b"], &["c"]]);
    assert_eq!(facts.unwrap().header.columns, ["a,b", "c"]);
    assert_eq!(rows[0].cells, [text("1,5"), text("x")]);
}

#[test]
fn tables_of_any_shape() {
    let columns: &[&[&str]] = &[&["a"], &["b"]];
    for (content, expected) in [
        ("a;b\n", 0),
        ("a;b", 0),
        ("a;b\n1;2", 1),
        ("a;b\r1;2\r3;4\r", 2),
        ("a;b\n\n1;2\n\n", 1),
        ("\u{feff}a;b\n1;2\n", 1),
        ("a\tb\n1\t2\n", 1),
    ] {
        let (facts, rows) = read_as("a.csv", content, columns);
        assert_eq!(facts.unwrap().missing_columns, [0_usize; 0], "{content:?}");
        assert_eq!(rows.len(), expected, "{content:?}");
    }
    let mut wide: String = (0..50_000).map(|column| format!("c{column};")).collect();
    wide += "last\n";
    writeln!(wide, "{}x", "1;".repeat(50_000)).unwrap();
    let (facts, rows) = read_as("wide.csv", wide, &[&["last"], &["c49999"]]);
    assert_eq!(facts.unwrap().header.columns.len(), 50_001);
    assert_eq!(rows[0].cells, [text("x"), text("1")]);
    // A block of zeros is what a crashed disk leaves.
    let mut holed = b"a;b\n1;2\n".repeat(20_000);
    holed[100_000..100_100].fill(0);
    assert!(refusal("a.csv", holed).contains("zero bytes"));
}

#[test]
fn names_with_spaces_and_accents() {
    let folder = tempfile::tempdir().unwrap();
    let base = folder.path().join("données du PLU [2026]#1?&%20");
    fs::create_dir(&base).unwrap();
    for (name, content) in [
        ("zones à urbaniser.geojson", fixture("zones.geojson")),
        ("zones à urbaniser.gpkg", fixture("zones.gpkg")),
        ("zones à urbaniser.csv", fixture("zones.csv")),
        ("zones à urbaniser.SHP", fixture("zones.shp")),
    ] {
        let path = base.join(name);
        fs::write(&path, content).unwrap();
        let (facts, rows) = try_read(&path, &[]);
        assert!(facts.is_ok() && rows.len() == 4, "{name}: {facts:?}");
    }
}

#[test]
fn what_is_no_file() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["zones.shp", "zones.gpkg", "zones.geojson"] {
        let path = folder.path().join(name);
        fs::create_dir(&path).unwrap();
        let error = probe(&path).unwrap_err().to_string();
        assert!(error.contains("it is a folder"), "{error}");
    }
    for name in ["a.shp", "a.dbf", "a.gpkg", "a.geojson", "a.csv", "a.gml", "a.tab", "a.json.gz"] {
        assert!(refusal(name, "").contains("it is empty"), "{name}");
    }
    #[cfg(unix)]
    {
        let error = probe(Path::new("/dev/zero")).unwrap_err().to_string();
        assert!(error.contains("a device or a pipe"), "{error}");
        let pipe = folder.path().join("pipe.geojson");
        let made = std::process::Command::new("mkfifo").arg(&pipe).status();
        if made.is_ok_and(|status| status.success()) {
            let error = probe(&pipe).unwrap_err().to_string();
            assert!(error.contains("a device or a pipe"), "{error}");
        }
    }
}

#[test]
fn what_a_download_left_instead_of_data() {
    let page = "\n<!DOCTYPE html><html><body>Connexion</body></html>\n".repeat(3);
    for name in ["zones.geojson", "zones.shp", "zones.dbf", "zones.csv", "zones.gml", "zones.gpkg"]
    {
        assert!(refusal(name, &page).contains("it is a web page"), "{name}");
    }
    let error =
        "<?xml version=\"1.0\"?><ows:ExceptionReport><ows:Exception/></ows:ExceptionReport>";
    for name in ["zones.json", "zones.gml", "zones.xml"] {
        assert!(refusal(name, error).contains("error message of a web service"), "{name}");
    }
    assert!(refusal("a.xml", "<metadata/>").contains("neither GML nor KML"));
    assert!(refusal("a.csvt", "\"String\"").contains("name the .csv"));
}

#[test]
fn a_geometry_is_a_feature_of_its_own() {
    let point: Geometry<f64> = geo::Point::new(1.0, 2.0).into();
    let crs = r#""crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::2154"}}"#;
    for (content, declared) in [
        (r#"{"type":"Point","coordinates":[1,2]}"#.to_owned(), DeclaredCrs::None),
        (format!(r#"{{{crs},"type":"Point","coordinates":[1,2]}}"#), DeclaredCrs::Epsg(2154)),
        (
            format!(
                r#"{{"type":"Feature",{crs},"geometry":{{"type":"Point","coordinates":[1,2]}},"properties":null}}"#
            ),
            DeclaredCrs::Epsg(2154),
        ),
        (
            format!(
                r#"{{"type":"GeometryCollection","geometries":[{{"type":"Point","coordinates":[1,2]}}],{crs}}}"#
            ),
            DeclaredCrs::Epsg(2154),
        ),
        (r#"{"coordinates":[1,2],"type":"point"}"#.to_owned(), DeclaredCrs::None),
        (r#"{"type":"Point","features":[],"coordinates":[1,2]}"#.to_owned(), DeclaredCrs::None),
        (
            r#"[{"type":"Feature","geometry":{"type":"Point","coordinates":[1,2]}}]"#.to_owned(),
            DeclaredCrs::None,
        ),
    ] {
        let (facts, rows) = read_as("a.geojson", &content, &[]);
        assert_eq!(facts.unwrap().header.crs, declared, "{content}");
        assert_eq!(rows.len(), 1, "{content}");
        assert_eq!(rows[0].geometry, Ok(Some(point.clone())), "{content}");
    }
    let (facts, rows) = read_as("a.geojson", r#"{"type":"Point","coordinates":["x",2]}"#, &[]);
    assert!(facts.is_ok());
    assert_eq!(rows[0].geometry, Err(GeometryFault::NonNumericCoordinate));
    assert!(refusal("a.json", r#"[{"nom":"Auch"}]"#).contains("something else than features"));
    assert!(refusal("a.json", r#"[{"type":"Feature","geometry":null}"#).contains("cut"));
}

#[test]
fn a_page_of_a_web_service_is_said_to_be_one() {
    let feature = r#"{"type":"Feature","geometry":null,"properties":{}}"#;
    for (members, note) in [
        (r#""numberMatched":7"#, Some(ReadNote::Partial { rows: 1, matched: 7 })),
        (r#""totalFeatures":7"#, Some(ReadNote::Partial { rows: 1, matched: 7 })),
        (r#""totalFeatures":"unknown""#, None),
        (r#""numberMatched":1,"numberReturned":1"#, None),
        (r#""exceededTransferLimit":true"#, Some(ReadNote::LimitReached)),
    ] {
        let content = format!(r#"{{"type":"FeatureCollection","features":[{feature}],{members}}}"#);
        let notes = read_as("a.geojson", content, &[]).0.unwrap().notes;
        assert_eq!(notes, note.into_iter().collect::<Vec<_>>(), "{members}");
    }
}

#[test]
fn other_dialects_of_json_go_to_gdal() {
    let esri = r#"{"features":[{"attributes":{"id":"a"},"geometry":{"x":1,"y":2}}],
        "geometryType":"esriGeometryPoint","spatialReference":{"wkid":2154},
        "fields":[{"name":"id","type":"esriFieldTypeString","length":9}]}"#;
    let topo = r#"{"type":"Topology","arcs":[],"objects":{"a":{"type":"GeometryCollection",
        "geometries":[{"type":"Point","coordinates":[1,2],"properties":{"id":"a"}}]}}}"#;
    for (name, content) in [("esri.json", esri), ("topo.json", topo)] {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(name);
        fs::write(&path, content).unwrap();
        assert_eq!(format_of(&path).unwrap(), Format::Gdal, "{name}");
        let (facts, rows) = try_read(&path, &[&["id"]]);
        if cfg!(feature = "gdal") {
            assert!(facts.is_ok(), "{name}: {facts:?}");
            assert_eq!(rows.len(), 1, "{name}");
            assert_eq!(rows[0].cells, [text("a")], "{name}");
            assert_eq!(rows[0].geometry, Ok(Some(geo::Point::new(1.0, 2.0).into())), "{name}");
        } else {
            let said = facts.unwrap_err().to_string();
            let format = if name == "esri.json" { "Esri JSON" } else { "TopoJSON" };
            assert!(said.contains(format) && said.contains("feature `gdal`"), "{said}");
        }
    }
}

#[test]
fn a_wrong_length_in_the_header_loses_no_shape() {
    let (_folder, path) = shapefile();
    let whole = fs::read(&path).unwrap();
    let bytes = whole.len() as u64;
    let announce = |words: u32| {
        let mut changed = whole.clone();
        changed[24..28].copy_from_slice(&words.to_be_bytes());
        fs::write(&path, changed).unwrap();
    };
    for words in [0, 50, 60, whole.len() as u32 / 2 + 8, 0x7fff_ffff, 0xffff_ffff] {
        announce(words);
        let (facts, rows) = try_read(&path, &[]);
        let announced = u64::from(words) * 2;
        let note = ReadNote::WrongLength { announced, bytes };
        assert_eq!(facts.unwrap().notes, [note], "{words}");
        assert_eq!(rows.len(), 4, "{words}");
    }
    // Bytes behind the last record are no record.
    let mut longer = whole.clone();
    longer.extend([0; 10]);
    fs::write(&path, &longer).unwrap();
    let (facts, rows) = try_read(&path, &[]);
    assert_eq!(facts.unwrap().notes, [ReadNote::TrailingBytes { count: 10 }]);
    assert_eq!(rows.len(), 4);
    // With nothing beside it that knows the count, a file that is too short is cut.
    fs::remove_file(path.with_extension("dbf")).unwrap();
    fs::remove_file(path.with_extension("shx")).unwrap();
    announce(whole.len() as u32 / 2 + 8);
    assert!(matches!(try_read(&path, &[]).0, Err(ReadError::CutShort { .. })));
}

#[test]
fn shapes_moved_by_an_edit_are_found_by_the_index() {
    let (_folder, path) = shapefile();
    let expected = try_read(&path, &[&["ident", "id"]]).1;
    let mut shp = fs::read(&path).unwrap();
    let mut shx = fs::read(path.with_extension("shx")).unwrap();
    // The second record is written anew at the end, as GDAL does with a shape that grows.
    let entry = 108;
    let word = |bytes: &[u8], at: usize| {
        u32::from_be_bytes(bytes[at..at + 4].try_into().unwrap()) as usize * 2
    };
    let (offset, length) = (word(&shx, entry), word(&shx, entry + 4));
    let record = shp[offset..offset + 8 + length].to_vec();
    let moved = shp.len();
    shp.extend(record);
    // What is left in the old place is a point that is not in the layer.
    shp[offset + 8..offset + 12].copy_from_slice(&1_u32.to_le_bytes());
    let words = (shp.len() / 2) as u32;
    shp[24..28].copy_from_slice(&words.to_be_bytes());
    shx[entry..entry + 4].copy_from_slice(&(moved as u32 / 2).to_be_bytes());
    fs::write(&path, &shp).unwrap();
    fs::write(path.with_extension("shx"), &shx).unwrap();
    let (facts, rows) = try_read(&path, &[&["ident", "id"]]);
    assert_eq!(facts.unwrap().notes, [ReadNote::IndexFollowed]);
    assert_eq!(rows, expected);
    // An index that leads nowhere is not followed: five shapes, four records.
    shx[entry..entry + 4].copy_from_slice(&77_u32.to_be_bytes());
    fs::write(path.with_extension("shx"), &shx).unwrap();
    let facts = try_read(&path, &[]).0;
    assert!(
        matches!(facts, Err(ReadError::ShapesAndRecordsDiffer { shapes: 5, records: 4, .. })),
        "{facts:?}"
    );
}

#[test]
fn tables_of_dbase_without_columns_or_shapes() {
    let header = |records: u32, fields: &[u8]| {
        let mut table = vec![3, 126, 1, 1];
        table.extend(records.to_le_bytes());
        table.extend((32 + fields.len() as u16 + 1).to_le_bytes());
        table.extend(1_u16.to_le_bytes());
        table.extend([0; 20]);
        table.extend(fields);
        table.push(0x0d);
        table
    };
    let mut none = header(2, &[]);
    none.extend(b"  \x1a");
    let (facts, rows) = read_as("none.dbf", &none, &[&["id"]]);
    assert_eq!(facts.unwrap().missing_columns, [0]);
    assert_eq!(rows.len(), 2);
    // A memo lives in another file: its value is told as not read.
    let mut field = b"note\0\0\0\0\0\0\0M\0\0\0\0\x0a".to_vec();
    field.resize(32, 0);
    let mut memo = header(2, &field);
    memo[10] = 11;
    memo.extend(b"          1           \x1a");
    let (facts, rows) = read_as("memo.dbf", &memo, &[&["note"]]);
    assert_eq!(facts.unwrap().notes, [ReadNote::UnreadValues { count: 1 }]);
    assert!(rows.iter().all(|row| row.cells[0].is_missing()));
    // The table of a shapefile whose shapes are lost is read as the table it is.
    let (facts, rows) = read_as("zones.dbf", fixture("zones.dbf"), &[&["ident", "id"]]);
    assert_eq!(facts.unwrap().header.format, Format::Dbf);
    assert!(rows.iter().all(|row| row.geometry == Ok(None)));
    assert_eq!(rows.len(), 4);
    // A table that holds more records than it announces is not read short.
    let mut fewer = fixture("zones.dbf");
    fewer[4] = 2;
    let error = read_as("zones.dbf", &fewer, &[]).0.unwrap_err();
    assert!(error.to_string().contains("announces 2 records and holds 4"), "{error}");
}

#[test]
fn an_encoding_that_is_not_known_is_said() {
    let (_folder, path) = shapefile();
    for (label, notes) in [("UTF-8", &[][..]), ("", &[]), ("OEM 850", &[ReadNote::UnknownEncoding])]
    {
        fs::write(path.with_extension("cpg"), label).unwrap();
        assert_eq!(try_read(&path, &[]).0.unwrap().notes, notes, "{label}");
    }
}

#[cfg(feature = "gdal")]
#[test]
fn gml_that_is_not_all_there() {
    let member = |kind: &str| {
        format!(
            r#"<wfs:member><a:{kind}><a:id>1</a:id><a:geom><gml:Point><gml:pos>1 2</gml:pos></gml:Point></a:geom></a:{kind}></wfs:member>"#
        )
    };
    let collection = |matched: &str, members: &str| {
        format!(
            r#"<wfs:FeatureCollection xmlns:wfs="http://www.opengis.net/wfs/2.0" xmlns:gml="http://www.opengis.net/gml/3.2" xmlns:a="http://a" numberMatched="{matched}" numberReturned="1">{members}</wfs:FeatureCollection>"#
        )
    };
    for (matched, notes) in
        [("9", &[ReadNote::Partial { rows: 1, matched: 9 }][..]), ("1", &[]), ("unknown", &[])]
    {
        let (facts, rows) = read_as("a.xml", collection(matched, &member("zone")), &[]);
        assert_eq!(facts.unwrap().notes, notes, "{matched}");
        assert_eq!(rows[0].geometry, Ok(Some(geo::Point::new(1.0, 2.0).into())), "{matched}");
    }
    // A reference system that nobody knows is no reason to lose the rows.
    let point = r#"<gml:Point srsName="http://registre.ign.fr/ign/IGNF/crs/IGNF/LAMB93">"#;
    let unknown = collection("1", &member("zone").replace("<gml:Point>", point));
    let (facts, rows) = read_as("a.gml", unknown, &[]);
    assert_eq!((facts.unwrap().header.crs, rows.len()), (DeclaredCrs::None, 1));
    let whole = collection("2", &member("zone").repeat(2));
    for length in 0..whole.len() {
        let (facts, _) = read_as("a.gml", &whole[..length], &[]);
        assert!(facts.is_err(), "cut at {length} of {}", whole.len());
    }
}

#[test]
fn layers_without_rows() {
    for (name, content) in [
        ("a.geojson", r#"{"type":"FeatureCollection","features":[]}"#.as_bytes()),
        ("a.csv", b"id;geom\n"),
    ] {
        let (facts, rows) = read_as(name, content, &[]);
        assert_eq!((facts.unwrap().rows_read, rows.len()), (0, 0), "{name}");
    }
    let mut shp = fixture("zones.shp");
    shp.truncate(100);
    shp[24..28].copy_from_slice(&50_u32.to_be_bytes());
    let (facts, rows) = read_as("a.shp", shp, &[]);
    assert_eq!((facts.unwrap().rows_read, rows.len()), (0, 0));
}
