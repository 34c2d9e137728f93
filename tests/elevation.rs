//! Grids of heights: what GDAL reads in them, what a territory makes of them, and what is refused.
// A test that cannot go on has failed: that is what unwrap is for here.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

/// Heights and slopes of every form against GDAL.
#[path = "elevation/against_gdal.rs"]
mod against_gdal;
/// Files that are cut, absurd, elsewhere or something else.
#[path = "elevation/bad_files.rs"]
mod bad_files;
/// A territory with heights.
#[path = "elevation/of_territory.rs"]
mod of_territory;

use std::path::Path;
use std::path::PathBuf;

/// A grid that `tests/reference/elevation.py` wrote.
fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/elevation").join(name)
}
