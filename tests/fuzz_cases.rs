//! What the fuzzer found, and the small inputs it starts from: read again by every ordinary test.
//! `fuzz/` holds the targets; a new find goes to `tests/fixtures/fuzz/<target>/`.

// Clippy lets test functions unwrap, but not the functions that they share.
#![allow(clippy::unwrap_used, clippy::panic)]

use std::fs;
use std::path::Path;

use gisement::evaluation::Profile;
use gisement::io::config::Config;
use gisement::io::read::GeometryFrom;
use gisement::io::read::fuzzing;

/// The cases of one target: name and content.
fn cases(target: &str) -> Vec<(String, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/fuzz").join(target);
    let mut paths: Vec<_> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    assert!(!paths.is_empty(), "no case of {target}");
    let named = |path: std::path::PathBuf| (path.display().to_string(), fs::read(path).unwrap());
    paths.into_iter().map(named).collect()
}

#[test]
fn geometry_blob() {
    for (name, bytes) in cases("geometry_blob") {
        fuzzing::geometry_blob(&bytes).unwrap_or_else(|broken| panic!("{name}: {broken}"));
        fuzzing::shape_record(&bytes).unwrap_or_else(|broken| panic!("{name}: {broken}"));
    }
}

#[test]
fn geojson() {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in cases("geojson") {
        fuzzing::file(folder.path(), "fuzzed.geojson", &bytes, &GeometryFrom::Native)
            .unwrap_or_else(|broken| panic!("{name}: {broken}"));
    }
}

#[test]
fn shapefile() {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in cases("shapefile") {
        fuzzing::shapefile_and_table(folder.path(), &bytes)
            .unwrap_or_else(|broken| panic!("{name}: {broken}"));
    }
}

#[test]
fn table() {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in cases("table") {
        if let Ok(text) = std::str::from_utf8(&bytes) {
            fuzzing::wkt(text).unwrap_or_else(|broken| panic!("{name}: {broken}"));
        }
        for geometry in [
            GeometryFrom::Native,
            GeometryFrom::Wkt(vec!["geom".into(), "wkt".into()]),
            GeometryFrom::LonLat(vec!["x".into(), "lon".into()], vec!["y".into(), "lat".into()]),
        ] {
            fuzzing::file(folder.path(), "fuzzed.csv", &bytes, &geometry)
                .unwrap_or_else(|broken| panic!("{name}: {broken}"));
        }
    }
}

#[test]
fn toml() {
    for (_, bytes) in cases("toml") {
        let text = String::from_utf8_lossy(&bytes);
        let _config = Config::from_toml(&text, Path::new("."), Path::new("gisement.toml"));
        let _profile = Profile::from_toml(&text);
    }
}
