//! The geometry kernel: what is valid, what is near, what covers what.
//!
//! Everything here works on [`geo::Geometry<f64>`] in a projected system whose unit is the metre
//! (EPSG:2154 inside the house). The index only rejects; geometry decides.
//!
//! Areas (`overlay`) are summed edge against edge, without building the intersection: no
//! topology, so nothing to panic on and nothing to round. Geometries to export go through
//! `geo`'s Boolean operations, guarded.
#![deny(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    clippy::print_stdout,
    clippy::print_stderr
)]

mod border;
pub mod buffer;
pub(crate) mod components;
pub mod contiguity;
mod contour;
pub mod crs;
pub mod crs_range;
pub mod dissolve;
pub mod distance;
mod edge_tree;
pub mod elevation;
mod fill;
pub mod frontage;
pub mod index;
pub mod inscribed_circle;
pub mod inscribed_rectangle;
mod lambert;
pub mod mosaic;
mod mosaic_rings;
pub mod network;
pub mod overlay;
mod overlay_area;
mod overlay_cover;
mod overlay_pieces;
mod overlay_place;
mod rectangle_grid;
pub mod rectangle_of_width;
mod rectangle_search;
pub mod repair;
mod ring_crossings;
mod ring_nesting;
mod segment;
pub mod shape;
mod told;
pub mod validity;
