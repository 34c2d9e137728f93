//! Any bytes as the geometry of a GeoPackage row, as WKB, and as a record of a shapefile.
#![no_main]

use gisement::io::read::fuzzing;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    fuzzing::geometry_blob(bytes).unwrap();
    fuzzing::shape_record(bytes).unwrap();
});
