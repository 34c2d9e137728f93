//! Any bytes as a GeoJSON file.
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
    FOLDER.with(|folder| {
        let folder = folder.get_or_init(|| tempfile::tempdir_in("/dev/shm").unwrap());
        fuzzing::file(folder.path(), "fuzzed.geojson", bytes, &GeometryFrom::Native).unwrap();
    });
});
