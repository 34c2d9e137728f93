//! Grids of heights: Esri ASCII grids and GeoTIFF.
//!
//! A file is first asked for its header, which is cheap, so that tiles far from the territory are never read; its
//! heights are then read once, into single precision.

mod ascii;
mod geo_keys;
mod geotiff;

use std::fs::File;
use std::io::BufReader;
use std::io::Read;
use std::path::Path;

use geo::Coord;
use geo::Rect;

use super::error::ReadError;
use super::layer::DeclaredCrs;
use crate::spatial::elevation::ElevationGrid;

/// Most cells of one grid, and of all that are kept: 1.6 GB of heights.
pub const MOST_CELLS: u64 = 400_000_000;

/// What a file of heights says before its heights.
#[derive(Debug, Clone, PartialEq)]
pub struct ElevationHeader {
    /// `esri-ascii-grid` or `geotiff`.
    pub format: &'static str,
    /// Columns of cells.
    pub n_cols: usize,
    /// Rows of cells.
    pub n_rows: usize,
    /// Side of a cell, in the unit of the file's reference system.
    pub cell: f64,
    /// Centre of the lower left cell.
    pub origin: Coord,
    /// The reference system that the file, or a `.prj` beside an ASCII grid, declares.
    pub crs: DeclaredCrs,
}

impl ElevationHeader {
    /// Number of cells.
    #[must_use]
    pub fn cells(&self) -> u64 {
        self.n_cols as u64 * self.n_rows as u64
    }

    /// What the cells cover, to their outer edges, in the file's reference system.
    #[must_use]
    pub fn extent(&self) -> Rect {
        let half = Coord { x: 0.5, y: 0.5 } * self.cell;
        let last = Coord { x: (self.n_cols - 1) as f64, y: (self.n_rows - 1) as f64 };
        Rect::new(self.origin - half, self.origin + last * self.cell + half)
    }
}

enum Kind {
    Ascii,
    GeoTiff,
}

/// Recognises a file by its first bytes.
fn kind_of(path: &Path) -> Result<Kind, ReadError> {
    let unreadable = |source| ReadError::from_io(path, source);
    let mut head = Vec::new();
    File::open(path).map_err(unreadable)?.take(64).read_to_end(&mut head).map_err(unreadable)?;
    if [&b"II*\0"[..], b"MM\0*", b"II+\0", b"MM\0+"].iter().any(|magic| head.starts_with(magic)) {
        return Ok(Kind::GeoTiff);
    }
    if ascii::looks_like(&head) {
        return Ok(Kind::Ascii);
    }
    Err(ReadError::UnknownFormat {
        path: path.to_owned(),
        hint: "give heights as an Esri ASCII grid (.asc) or a GeoTIFF (.tif)".to_owned(),
    })
}

fn opened(path: &Path) -> Result<BufReader<File>, ReadError> {
    let file = File::open(path).map_err(|source| ReadError::from_io(path, source))?;
    Ok(BufReader::with_capacity(1 << 18, file))
}

/// The header of a file of heights.
///
/// # Errors
/// When the file cannot be opened, is neither format, or its header is damaged, says no place, or announces more than
/// [`MOST_CELLS`].
pub fn probe_elevation(path: &Path) -> Result<ElevationHeader, ReadError> {
    match kind_of(path)? {
        Kind::Ascii => ascii::probe(path, opened(path)?),
        Kind::GeoTiff => geotiff::probe(path, opened(path)?),
    }
}

/// The heights of a file, unknown where it says so. They are taken to be in metres, in EPSG:2154: that is for the caller
/// to see to, from the header.
///
/// # Errors
/// As [`probe_elevation`], and when the heights are cut, too many, or no numbers.
pub fn read_elevation(path: &Path) -> Result<ElevationGrid, ReadError> {
    match kind_of(path)? {
        Kind::Ascii => ascii::read(path, opened(path)?),
        Kind::GeoTiff => geotiff::read(path, opened(path)?),
    }
}

/// Refuses what would fill the memory.
fn check_size(path: &Path, n_cols: u64, n_rows: u64) -> Result<(), ReadError> {
    let cells = n_cols.saturating_mul(n_rows);
    if cells > MOST_CELLS {
        return Err(ReadError::GridTooLarge { path: path.to_owned(), cells, limit: MOST_CELLS });
    }
    Ok(())
}
