//! Maps and charts as bytes: a description in, a PNG file or SVG text out. Nothing is read, written or computed here.
//!
//! The page is an A4 sheet whatever its pixels: lengths of symbols are millimetres and text sizes are points, so one
//! style serves a preview and a print. The picture is the same, byte for byte, on every machine: the typeface is
//! embedded.
#![deny(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    clippy::print_stdout,
    clippy::print_stderr
)]

pub mod chart;
pub mod classes;
mod common_outline;
mod error;
mod ground;
mod hairline;
mod isochrone_map;
mod labels;
mod layers;
mod legend;
mod map;
mod marker;
mod number;
mod page;
pub mod palette;
mod pixmap;
mod plate;
mod ranking_labels;
mod ranking_map;
mod request_map;
#[cfg(test)]
mod sample;
mod scale;
mod sheet;
mod site_map;
mod surface;
mod svg;
mod symbol;
mod tension_map;
mod told;
mod typeface;
mod view;

pub use error::RenderError;
pub use isochrone_map::IsochroneMap;
pub use map::Class;
pub use map::Face;
pub use map::Item;
pub use map::Label;
pub use map::Map;
pub use map::MapLayer;
pub use map::Paper;
pub use map::Placement;
pub use map::Words;
pub use number::format_number;
pub use number::format_round_number;
pub use plate::Panel;
pub use plate::Plate;
pub use ranking_map::Place;
pub use ranking_map::RankingMap;
pub use request_map::RequestMap;
pub use site_map::SiteMap;
pub use site_map::SitePage;
pub use symbol::Hatch;
pub use symbol::HatchDirection;
pub use symbol::MarkerShape;
pub use symbol::Rgba;
pub use symbol::Stroke;
pub use symbol::Symbol;

use pixmap::PixmapSurface;
use svg::SvgSurface;

/// Draws a map as a PNG file (opaque, 8 bits, with its resolution, so that it prints at A4).
///
/// # Errors
/// [`RenderError`]: a frame without extent, a page too small or too large, an item of a class that does not exist.
pub fn png(map: &Map<'_>) -> Result<Vec<u8>, RenderError> {
    let px_per_mm = page::px_per_mm(&map.title, map.size_px, map.paper)?;
    let mut surface = PixmapSurface::new(map.size_px.0, map.size_px.1)?;
    page::draw(map, &mut surface)?;
    surface.into_png(px_per_mm)
}

/// Draws a map as SVG text, for Inkscape or a web page: layers are groups named `layer-1` and up.
///
/// # Errors
/// As [`png()`].
pub fn svg(map: &Map<'_>) -> Result<String, RenderError> {
    let px_per_mm = page::px_per_mm(&map.title, map.size_px, map.paper)?;
    let mut surface = SvgSurface::new(map.size_px.0, map.size_px.1, px_per_mm, &map.title);
    page::draw(map, &mut surface)?;
    Ok(surface.into_text())
}

/// Draws a page of small maps as a PNG file.
///
/// # Errors
/// As [`png()`].
pub fn plate_png(plate: &Plate<'_>) -> Result<Vec<u8>, RenderError> {
    let page = &plate.page;
    let px_per_mm = page::px_per_mm(&page.title, page.size_px, page.paper)?;
    let mut surface = PixmapSurface::new(plate.page.size_px.0, plate.page.size_px.1)?;
    plate::draw(plate, &mut surface)?;
    surface.into_png(px_per_mm)
}

/// Draws a page of small maps as SVG text: panels are groups named `panel-1` and up.
///
/// # Errors
/// As [`png()`].
pub fn plate_svg(plate: &Plate<'_>) -> Result<String, RenderError> {
    let page = &plate.page;
    let px_per_mm = page::px_per_mm(&page.title, page.size_px, page.paper)?;
    let (width, height) = plate.page.size_px;
    let mut surface = SvgSurface::new(width, height, px_per_mm, &plate.page.title);
    plate::draw(plate, &mut surface)?;
    Ok(surface.into_text())
}
