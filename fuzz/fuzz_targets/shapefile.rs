//! Any bytes as a .shp and a .dbf: two bytes of length, the .shp, the .dbf.
#![no_main]

use std::cell::OnceCell;

use gisement::io::read::fuzzing;
use libfuzzer_sys::fuzz_target;
use tempfile::TempDir;

thread_local! {
    static FOLDER: OnceCell<TempDir> = const { OnceCell::new() };
}

fuzz_target!(|bytes: &[u8]| {
    FOLDER.with(|folder| {
        let folder = folder.get_or_init(|| tempfile::tempdir_in("/dev/shm").unwrap());
        fuzzing::shapefile_and_table(folder.path(), bytes).unwrap();
    });
});
