//! Any bytes as a table of text with its geometry in WKT or in two columns, and as a text in WKT.
#![no_main]

use std::cell::OnceCell;

use gisement::io::read::GeometryFrom;
use gisement::io::read::fuzzing;
use libfuzzer_sys::fuzz_target;
use tempfile::TempDir;

thread_local! {
    static FOLDER: OnceCell<TempDir> = const { OnceCell::new() };
}

fuzz_target!(|bytes: &[u8]| {
    if let Ok(text) = std::str::from_utf8(bytes) {
        fuzzing::wkt(text).unwrap();
    }
    let geometry = match bytes.len() % 3 {
        0 => GeometryFrom::Native,
        1 => GeometryFrom::Wkt(vec!["geom".into(), "wkt".into()]),
        _ => GeometryFrom::LonLat(vec!["x".into(), "lon".into()], vec!["y".into(), "lat".into()]),
    };
    FOLDER.with(|folder| {
        let folder = folder.get_or_init(|| tempfile::tempdir_in("/dev/shm").unwrap());
        fuzzing::file(folder.path(), "fuzzed.csv", bytes, &geometry).unwrap();
    });
});
