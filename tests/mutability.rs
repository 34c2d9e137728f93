//! Mutability by ADEME's Mutafriches: the published cases, a second computation in Python, and what must always hold.
// A test that cannot go on has failed: that is what unwrap is for here.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "mutability/cases.rs"]
mod cases;

#[path = "mutability/oracle.rs"]
mod oracle;

#[path = "mutability/properties.rs"]
mod properties;

#[path = "mutability/versions.rs"]
mod versions;

use gisement::friche::mutability::Grid;
use gisement::friche::mutability::PUBLISHED_GRIDS;
use gisement::friche::mutability::published_grid;

/// Every published grid, oldest first.
fn grids() -> Vec<Grid> {
    PUBLISHED_GRIDS.iter().map(|(id, _)| published_grid(id).unwrap()).collect()
}
