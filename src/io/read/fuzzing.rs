//! Doors for the fuzzer (`fuzz/`) and for the test that replays its finds: any bytes in, an answer
//! or a broken promise out. Not an interface: it changes without notice.
//!
//! What can be parsed from memory is. What reads from a path is given a file in a folder of the
//! caller's, which should be one in memory.

use std::fs;
use std::io;
use std::ops::ControlFlow;
use std::path::Path;

use geo::CoordsIter;
use geo::Geometry;

use super::GeometryFault;
use super::GeometryFrom;
use super::ReadError;
use super::Row;
use super::Want;
use super::geopackage_blob;
use super::shapefile;
use super::text_geometry;
use super::wkb;

/// Rows of one input after which reading stops: more say nothing new.
const MAX_ROWS: u64 = 10_000;

/// What a reader promises of any input and did not keep here.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum BrokenPromise {
    /// A geometry with a coordinate that is not finite was handed over as good.
    #[error("row {row} has a coordinate that is not finite")]
    NonFinite {
        /// The row.
        row: u64,
    },
    /// A row without a cell for each wanted column.
    #[error("row {row} has {cells} cells where {wanted} are due")]
    Cells {
        /// The row.
        row: u64,
        /// The cells it has.
        cells: usize,
        /// The cells it should have.
        wanted: usize,
    },
    /// The facts count other rows than were handed over.
    #[error("the facts say {said} rows, {given} were handed over")]
    Rows {
        /// The count in the facts.
        said: u64,
        /// The rows there were.
        given: u64,
    },
    /// The same file was answered differently the second time.
    #[error("the second reading gives another answer")]
    Unsteady,
    /// The fuzzer's own folder cannot be written.
    #[error("the file to read cannot be written: {0}")]
    Folder(#[from] io::Error),
}

/// A geometry blob of a GeoPackage, and the same bytes as plain WKB.
///
/// # Errors
/// A promise that was not kept.
pub fn geometry_blob(bytes: &[u8]) -> Result<(), BrokenPromise> {
    finite(&geopackage_blob::decode(bytes, &mut 0), 1)?;
    finite(&wkb::decode(bytes, &mut 0), 1)
}

/// A text in WKT.
///
/// # Errors
/// A promise that was not kept.
pub fn wkt(text: &str) -> Result<(), BrokenPromise> {
    finite(&text_geometry::of_wkt(text), 1)
}

/// The content of one record of a `.shp`.
///
/// # Errors
/// A promise that was not kept.
pub fn shape_record(bytes: &[u8]) -> Result<(), BrokenPromise> {
    finite(&shapefile::decode(bytes), 1)
}

/// A file of this name with this content, in `folder`: GeoJSON, a table of text.
///
/// # Errors
/// A promise that was not kept, or a folder that cannot be written.
pub fn file(
    folder: &Path,
    name: &str,
    bytes: &[u8],
    geometry: &GeometryFrom,
) -> Result<(), BrokenPromise> {
    let path = folder.join(name);
    fs::write(&path, bytes)?;
    promises_of(&path, geometry)
}

/// A shapefile in `folder`: the first two bytes say how many of those that follow are the `.shp`;
/// the rest is the `.dbf`, which is also read alone.
///
/// # Errors
/// A promise that was not kept, or a folder that cannot be written.
pub fn shapefile_and_table(folder: &Path, bytes: &[u8]) -> Result<(), BrokenPromise> {
    let (length, rest) = match bytes {
        [low, high, rest @ ..] => (usize::from(u16::from_le_bytes([*low, *high])), rest),
        _ => (0, bytes),
    };
    let (shapes, table) = rest.split_at(length.min(rest.len()));
    let path = folder.join("fuzzed.shp");
    let table_path = folder.join("fuzzed.dbf");
    fs::write(&path, shapes)?;
    if table.is_empty() {
        // Nothing of the input before this one may stay beside the shapes.
        match fs::remove_file(&table_path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error.into()),
            _ => {}
        }
    } else {
        fs::write(&table_path, table)?;
        promises_of(&table_path, &GeometryFrom::Native)?;
    }
    promises_of(&path, &GeometryFrom::Native)
}

/// Probes and reads a file twice, with its own columns wanted.
fn promises_of(path: &Path, geometry: &GeometryFrom) -> Result<(), BrokenPromise> {
    let Ok(layers) = super::probe(path) else { return Ok(()) };
    for layer in layers {
        let columns: Vec<Vec<String>> = layer.columns.into_iter().map(|name| vec![name]).collect();
        let want = Want {
            columns,
            layer: Some(layer.name),
            geometry: geometry.clone(),
            ..Want::default()
        };
        let (first, second) = (once(path, &want)?, once(path, &want)?);
        if first != second {
            return Err(BrokenPromise::Unsteady);
        }
    }
    Ok(())
}

/// Reads once; answers the rows read, or the error in words.
fn once(path: &Path, want: &Want) -> Result<Result<u64, String>, BrokenPromise> {
    let mut given = 0;
    let mut broken = None;
    let answer = super::read(path, want, &mut |row| {
        given += 1;
        match promises_of_row(&row, want.columns.len()) {
            Err(promise) => {
                broken = Some(promise);
                ControlFlow::Break(())
            }
            Ok(()) if given >= MAX_ROWS => ControlFlow::Break(()),
            Ok(()) => ControlFlow::Continue(()),
        }
    });
    match (broken, answer) {
        (Some(promise), _) => Err(promise),
        (None, Ok(facts)) if facts.rows_read != given => {
            Err(BrokenPromise::Rows { said: facts.rows_read, given })
        }
        (None, Ok(facts)) => Ok(Ok(facts.rows_read)),
        (None, Err(error)) => Ok(Err(ReadError::to_string(&error))),
    }
}

fn promises_of_row(row: &Row, wanted: usize) -> Result<(), BrokenPromise> {
    if row.cells.len() != wanted {
        return Err(BrokenPromise::Cells { row: row.number, cells: row.cells.len(), wanted });
    }
    finite(&row.geometry, row.number)
}

fn finite(
    found: &Result<Option<Geometry<f64>>, GeometryFault>,
    row: u64,
) -> Result<(), BrokenPromise> {
    match found {
        Ok(Some(geometry))
            if geometry.coords_iter().any(|c| !(c.x.is_finite() && c.y.is_finite())) =>
        {
            Err(BrokenPromise::NonFinite { row })
        }
        _ => Ok(()),
    }
}
