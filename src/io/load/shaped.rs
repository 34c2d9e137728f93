//! The shape of a row, wherever the file keeps it.

use geo::Geometry;

use super::plan::Plan;
use crate::io::read;
use crate::io::read::Cell;
use crate::io::read::GeometryFault;
use crate::io::read::Row;

/// A row whose shape was found, waiting for the reference system.
pub(super) struct Shaped {
    pub(super) number: u64,
    pub(super) geometry: Found,
    pub(super) cells: Vec<Cell>,
    pub(super) outline_fault: Option<GeometryFault>,
}

/// The shape of a row.
pub(super) type Found = Result<Option<Geometry<f64>>, GeometryFault>;

/// Finds the shape of a row: the file's own, or the first column of text that holds one.
pub(super) fn shaped(plan: &Plan, row: Row) -> Shaped {
    let Row { number, geometry, mut cells } = row;
    if plan.text_shapes.is_empty() {
        return Shaped { number, geometry, cells, outline_fault: None };
    }
    let texts = cells.split_off(plan.names.len().min(cells.len()));
    let mut rest = texts.as_slice();
    let mut first_fault = None;
    for &width in &plan.text_shapes {
        let (columns, others) = rest.split_at(width.min(rest.len()));
        rest = others;
        match read::geometry_of_cells(columns) {
            Ok(Some(geometry)) => {
                return Shaped {
                    number,
                    geometry: Ok(Some(geometry)),
                    cells,
                    outline_fault: first_fault,
                };
            }
            Ok(None) => {}
            Err(fault) => first_fault = first_fault.or(Some(fault)),
        }
    }
    let geometry = first_fault.map_or(Ok(None), Err);
    Shaped { number, geometry, cells, outline_fault: None }
}
