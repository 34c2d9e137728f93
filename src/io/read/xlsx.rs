//! Office Open XML workbooks, cell by cell: memory holds one row and the texts that cells share, whatever size the
//! sheet announces.

use std::fs::File;
use std::io::BufReader;
use std::ops::ControlFlow;
use std::path::Path;

use calamine::DataRef;
use calamine::Reader;
use calamine::Xlsx;

use super::error::ReadError;
use super::row::Cell;
use super::sheet_header::SheetRow;
use super::zip_guard::bad;

/// Takes the rows of sheet number `sheet` (from 0) that are not blank.
pub(super) type RowSink<'s> = &'s mut dyn FnMut(usize, SheetRow) -> ControlFlow<Rest>;

/// What is not wanted any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Rest {
    /// The rest of the sheet.
    OfSheet,
    /// The rest of the file.
    OfFile,
}

/// An open workbook.
pub(super) struct Book {
    book: Xlsx<BufReader<File>>,
    names: Vec<String>,
}

impl Book {
    /// Opens a workbook whose size was checked.
    pub(super) fn open(path: &Path) -> Result<Self, ReadError> {
        let file = File::open(path).map_err(|error| ReadError::from_io(path, error))?;
        let book = Xlsx::new(BufReader::new(file))
            .map_err(|_damaged| bad(path, 0, "the workbook is damaged or protected"))?;
        let names = book.sheet_names();
        Ok(Self { book, names })
    }

    /// Names of the sheets, in the order of the workbook.
    pub(super) fn names(&self) -> &[String] {
        &self.names
    }

    /// Walks through one sheet.
    pub(super) fn walk(
        &mut self,
        path: &Path,
        sheet: usize,
        sink: RowSink<'_>,
    ) -> Result<ControlFlow<Rest>, ReadError> {
        let Some(name) = self.names.get(sheet) else { return Ok(ControlFlow::Continue(())) };
        let mut rows = 0;
        // Chart sheets have no cells: they are layers without columns.
        let Ok(mut cells) = self.book.worksheet_cells_reader(name) else {
            return Ok(ControlFlow::Continue(()));
        };
        let mut row = SheetRow::default();
        loop {
            let cell = cells
                .next_cell()
                .map_err(|_damaged| bad(path, rows, "the content of a sheet is damaged"))?;
            let Some(cell) = cell else { break };
            let (index, column) = cell.get_position();
            if index != row.index {
                if index < row.index {
                    return Err(bad(path, rows, "the rows of a sheet are out of order"));
                }
                let whole = std::mem::replace(&mut row, SheetRow { index, cells: Vec::new() });
                if !whole.cells.is_empty() {
                    rows += 1;
                    if let ControlFlow::Break(rest) = sink(sheet, whole) {
                        return Ok(ControlFlow::Break(rest));
                    }
                }
            }
            let content = content(cell.get_value());
            if !content.is_missing() {
                if row.cells.last().is_some_and(|(last, _)| *last >= column) {
                    return Err(bad(path, rows, "the cells of a row are out of order"));
                }
                row.cells.push((column, content));
            }
        }
        if !row.cells.is_empty()
            && let ControlFlow::Break(rest) = sink(sheet, row)
        {
            return Ok(ControlFlow::Break(rest));
        }
        Ok(ControlFlow::Continue(()))
    }
}

fn content(value: &DataRef<'_>) -> Cell {
    match value {
        DataRef::Int(number) => Cell::Number(*number as f64),
        DataRef::Float(number) if number.is_finite() => Cell::Number(*number),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => {
            Cell::from_text(text)
        }
        DataRef::SharedString(text) => Cell::from_text(text),
        DataRef::Bool(flag) => Cell::Flag(*flag),
        DataRef::DateTime(date) => {
            let (year, month, day, ..) = date.to_ymd_hms_milli();
            Cell::Text(format!("{year:04}-{month:02}-{day:02}"))
        }
        // `#N/A` and its like say that there is no value.
        DataRef::Float(_) | DataRef::Error(_) | DataRef::Empty => Cell::Missing,
    }
}
