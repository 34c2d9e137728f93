//! Small valid files of every format read here, cut and overwritten at random: an answer each time.
//! Seeded, so that a failure can be had again; GDAL's formats are not its own business here.

// Clippy lets test functions unwrap, but not the functions that they share.
#![allow(clippy::unwrap_used, clippy::panic)]

use std::fs;
use std::io::Write;
use std::ops::ControlFlow;
use std::panic::AssertUnwindSafe;
use std::panic::catch_unwind;
use std::path::Path;
use std::time::Duration;
use std::time::Instant;

use flate2::Compression;
use flate2::write::GzEncoder;
use gisement::io::read::GeometryFrom;
use gisement::io::read::Want;
use gisement::io::read::probe;
use gisement::io::read::read;
use rand::RngExt;
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;

/// One damaged file may take this long, the machine being shared.
const MAX_TIME: Duration = Duration::from_secs(5);

fn fixture(name: &str) -> Vec<u8> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/read");
    fs::read(folder.join(name)).unwrap()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn utf16(bytes: &[u8]) -> Vec<u8> {
    let text = String::from_utf8_lossy(bytes);
    let marked = std::iter::once(0xfeff).chain(text.encode_utf16());
    marked.flat_map(u16::to_le_bytes).collect()
}

/// One feature to a line, as the fixture has them already.
fn lines(geojson: &[u8]) -> Vec<u8> {
    let text = String::from_utf8_lossy(geojson);
    let features = text.lines().filter(|line| line.contains("\"Feature\""));
    features.flat_map(|line| format!("{}\n", line.trim_end_matches(',')).into_bytes()).collect()
}

/// A few bytes cut off, overwritten, doubled or taken out.
fn damaged(whole: &[u8], random: &mut ChaCha8Rng) -> Vec<u8> {
    let mut bytes = whole.to_vec();
    for _ in 0..random.random_range(1..=4) {
        if bytes.is_empty() {
            break;
        }
        let at = random.random_range(0..bytes.len());
        let length = random.random_range(1..=16.min(bytes.len() - at));
        match random.random_range(0..7) {
            0 => bytes.truncate(at),
            1 => bytes[at] = random.random(),
            2 => bytes[at] ^= 1 << random.random_range(0..8),
            3 => bytes[at..at + length].fill(0),
            4 => bytes[at..at + length].fill(0xff),
            5 => drop(bytes.drain(at..at + length)),
            _ => {
                let copy = bytes[at..at + length].to_vec();
                bytes.splice(at..at, copy);
            }
        }
    }
    bytes
}

/// Reads every layer with all its columns; only panics and hangs count.
fn answered(path: &Path, geometry: &GeometryFrom) {
    let Ok(layers) = probe(path) else { return };
    for layer in layers {
        let columns = layer.columns.into_iter().map(|column| vec![column]).collect();
        let geometry = geometry.clone();
        let want = Want { columns, layer: Some(layer.name), geometry, ..Want::default() };
        let _answer = read(path, &want, &mut |_| ControlFlow::Continue(()));
    }
}

fn every_damage_is_answered(name: &str, whole: &[u8], geometry: &GeometryFrom, times: u64) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    // Shapes need their table and table its shapes: the part beside is whole.
    for (part, beside) in [("shp", "dbf"), ("shx", "shp"), ("shx", "dbf"), ("shp", "shx")] {
        if name.ends_with(part) {
            let beside = format!("zones.{beside}");
            fs::write(folder.path().join(&beside), fixture(&beside)).unwrap();
        }
    }
    // An index is read with its shapes.
    let read_path = if name.ends_with("shx") { path.with_extension("shp") } else { path.clone() };
    fs::write(&path, whole).unwrap();
    assert!(probe(&read_path).is_ok(), "{name} is not read whole: {:?}", probe(&read_path));
    for seed in 0..times {
        let bytes = damaged(whole, &mut ChaCha8Rng::seed_from_u64(seed));
        fs::write(&path, &bytes).unwrap();
        let start = Instant::now();
        let run = catch_unwind(AssertUnwindSafe(|| answered(&read_path, geometry)));
        assert!(run.is_ok(), "{name} panics with seed {seed}");
        assert!(start.elapsed() < MAX_TIME, "{name} takes too long with seed {seed}");
    }
}

#[test]
fn geojson() {
    let whole = fixture("zones.geojson");
    let native = GeometryFrom::Native;
    every_damage_is_answered("zones.geojson", &whole, &native, 1500);
    every_damage_is_answered("zones.geojsonl", &lines(&whole), &native, 700);
    every_damage_is_answered("zones.json.gz", &gzip(&whole), &native, 700);
    every_damage_is_answered("zones.json", &utf16(&whole), &native, 300);
}

#[test]
fn shapefile() {
    for name in ["zones.shp", "zones.dbf", "zones.shx"] {
        every_damage_is_answered(name, &fixture(name), &GeometryFrom::Native, 1000);
    }
}

#[test]
fn tables_of_text() {
    let wkt = GeometryFrom::Wkt(vec!["geom".to_owned()]);
    let whole = fixture("zones.csv");
    every_damage_is_answered("zones.csv", &whole, &wkt, 1500);
    every_damage_is_answered("zones.bom.csv", &fixture("zones.bom.csv"), &wkt, 300);
    every_damage_is_answered("zones.csv.gz", &gzip(&whole), &wkt, 500);
    every_damage_is_answered("zones.txt", &utf16(&whole), &wkt, 500);
}

#[test]
fn geopackage() {
    every_damage_is_answered("zones.gpkg", &fixture("zones.gpkg"), &GeometryFrom::Native, 400);
}

/// What GDAL reads for us: its failures must arrive as answers too.
#[cfg(feature = "gdal")]
#[test]
fn formats_of_gdal() {
    let gml = r#"<?xml version="1.0"?><wfs:FeatureCollection xmlns:wfs="http://www.opengis.net/wfs"
xmlns:gml="http://www.opengis.net/gml" xmlns:a="http://a"><gml:featureMember><a:zone><a:id>Z1</a:id>
<a:geom><gml:Polygon srsName="EPSG:2154"><gml:exterior><gml:LinearRing><gml:posList>0 0 2 0 2 1 0 0
</gml:posList></gml:LinearRing></gml:exterior></gml:Polygon></a:geom></a:zone></gml:featureMember>
</wfs:FeatureCollection>"#;
    let kml = r#"<kml xmlns="http://www.opengis.net/kml/2.2"><Document><Placemark><name>Z1</name>
<Point><coordinates>1,2</coordinates></Point></Placemark></Document></kml>"#;
    let esri = r#"{"geometryType":"esriGeometryPoint","spatialReference":{"wkid":2154},"fields":[
{"name":"id","type":"esriFieldTypeString","length":9}],"features":[{"attributes":{"id":"a"},
"geometry":{"x":1,"y":2}}]}"#;
    let mif = "Version 300\nDelimiter \",\"\nColumns 1\nid Char(9)\nData\nPoint 1 2\n";
    for (name, text) in [("a.gml", gml), ("a.kml", kml), ("a.json", esri), ("a.mif", mif)] {
        every_damage_is_answered(name, text.as_bytes(), &GeometryFrom::Native, 250);
    }
}
