//! GDAL's own reader on the same files: every feature, its geometry as WKB, three attributes.

use std::hint::black_box;
use std::path::Path;

use gdal::Dataset;
use gdal::vector::LayerAccess;

/// Rows of the first layer.
pub fn rows(path: &Path) -> u64 {
    let name = path.to_string_lossy();
    let name = if name.ends_with(".gz") { format!("/vsigzip/{name}") } else { name.into_owned() };
    let dataset = Dataset::open(name).unwrap();
    let count = rows_of(&dataset);
    // The program's own SQLite takes the place of the one that GDAL was built with, and closing a database then crashes
    // inside it. GDAL never opens one outside this bench: `io::read` has its own reader.
    std::mem::forget(dataset);
    count
}

fn rows_of(dataset: &Dataset) -> u64 {
    let mut layer = dataset.layer(0).unwrap();
    let field = |name: &str| layer.defn().field_index(name).unwrap();
    let (id, commune, contenance) = (field("id"), field("commune"), field("contenance"));
    let mut count = 0;
    for feature in layer.features() {
        black_box(feature.geometry_by_index(0).unwrap().wkb().unwrap());
        black_box(feature.field_as_string(id).unwrap());
        black_box(feature.field_as_string(commune).unwrap());
        black_box(feature.field_as_double(contenance).unwrap());
        count += 1;
    }
    count
}
