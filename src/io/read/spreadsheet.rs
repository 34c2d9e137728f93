//! Spreadsheets, `.xlsx` and `.ods`: one layer per sheet, named as the sheet is.
//!
//! The header is sought below the titles that producers put first ([`sheet_header`]). Rows are handed over one by
//! one, so that a sheet that announces 1 048 576 rows of 16 384 blank columns costs nothing.

use std::ops::ControlFlow;
use std::path::Path;

use super::Sink;
use super::error::ReadError;
use super::layer::DeclaredCrs;
use super::layer::Format;
use super::layer::GeometryHint;
use super::layer::LayerHeader;
use super::layer::SourceFacts;
use super::ods;
use super::row::Cell;
use super::row::Row;
use super::sheet_header;
use super::sheet_header::LOOKED_AT_ROWS;
use super::sheet_header::SheetRow;
use super::want::ColumnMatcher;
use super::want::Limits;
use super::want::Want;
use super::want::unbound;
use super::xlsx;
use super::xlsx::Rest;
use super::zip_guard;
use super::zip_guard::Workbook;
use super::zip_guard::bad;

/// The sheets of a workbook, with the columns of each.
pub(super) fn probe(path: &Path) -> Result<Vec<LayerHeader>, ReadError> {
    let kind = opened(path, Limits::default())?;
    let tops = tops(path, kind)?;
    Ok(tops
        .into_iter()
        .map(|(name, rows)| {
            let at = sheet_header::choose(&rows, None);
            let columns = at.and_then(|at| rows.get(at)).map(SheetRow::names).unwrap_or_default();
            layer_header(&name, columns)
        })
        .collect())
}

/// Reads one sheet.
pub(super) fn read(path: &Path, want: &Want, sink: Sink<'_>) -> Result<SourceFacts, ReadError> {
    let kind = opened(path, want.limits)?;
    let matcher = ColumnMatcher::new(&want.columns);
    let tops = tops(path, kind)?;
    let found: Vec<(LayerHeader, Option<u32>)> = tops
        .into_iter()
        .map(|(name, rows)| {
            let at = sheet_header::choose(&rows, Some(&matcher)).and_then(|at| rows.get(at));
            let columns = at.map(SheetRow::names).unwrap_or_default();
            (layer_header(&name, columns), at.map(|row| row.index))
        })
        .collect();
    let sheet = super::choose_layer(path, want, found.iter().map(|(header, _)| header))?;
    let Some((header, header_row)) = found.into_iter().nth(sheet) else {
        return Err(bad(path, 0, "the sheet is gone"));
    };
    let bound = matcher.bind(&header.columns);
    let missing = unbound(&bound);
    want.require(path, &missing, &header.columns)?;
    let mut facts = SourceFacts::new(header, missing);
    let Some(header_row) = header_row else { return Ok(facts) };
    walk(path, kind, Some(sheet), &mut |at, row| {
        if at != sheet {
            return ControlFlow::Break(Rest::OfSheet);
        }
        if row.index <= header_row {
            return ControlFlow::Continue(());
        }
        facts.rows_read += 1;
        let cells = bound.iter().map(|column| cell_at(&row, *column)).collect();
        let row = Row { number: facts.rows_read, geometry: Ok(None), cells };
        if sink(row).is_break() {
            facts.stopped = true;
            return ControlFlow::Break(Rest::OfFile);
        }
        ControlFlow::Continue(())
    })?;
    Ok(facts)
}

/// The kind of workbook, once its size is known to be sane.
fn opened(path: &Path, limits: Limits) -> Result<Workbook, ReadError> {
    zip_guard::check_size(path, limits)?;
    zip_guard::workbook_in(path).ok_or_else(|| bad(path, 0, "it holds no workbook"))
}

/// Walks through one sheet, or all.
fn walk(
    path: &Path,
    kind: Workbook,
    only: Option<usize>,
    sink: xlsx::RowSink<'_>,
) -> Result<Vec<String>, ReadError> {
    match kind {
        Workbook::Ods => ods::walk(path, sink),
        Workbook::Xlsx => {
            let mut book = xlsx::Book::open(path)?;
            for sheet in 0..book.names().len() {
                if only.is_none_or(|only| only == sheet)
                    && book.walk(path, sheet, sink)? == ControlFlow::Break(Rest::OfFile)
                {
                    break;
                }
            }
            Ok(book.names().to_vec())
        }
    }
}

/// The first rows of every sheet, where a header is sought.
fn tops(path: &Path, kind: Workbook) -> Result<Vec<(String, Vec<SheetRow>)>, ReadError> {
    let mut tops: Vec<Vec<SheetRow>> = Vec::new();
    let names = walk(path, kind, None, &mut |sheet, row| {
        if tops.len() <= sheet {
            tops.resize_with(sheet + 1, Vec::new);
        }
        match tops.get_mut(sheet) {
            Some(rows) if rows.len() < LOOKED_AT_ROWS => {
                rows.push(row);
                ControlFlow::Continue(())
            }
            _ => ControlFlow::Break(Rest::OfSheet),
        }
    })?;
    tops.resize_with(names.len(), Vec::new);
    Ok(names.into_iter().zip(tops).collect())
}

fn cell_at(row: &SheetRow, column: Option<usize>) -> Cell {
    let Some(column) = column.and_then(|column| u32::try_from(column).ok()) else {
        return Cell::Missing;
    };
    let found = row.cells.binary_search_by_key(&column, |(at, _)| *at);
    found.ok().and_then(|at| row.cells.get(at)).map_or(Cell::Missing, |(_, cell)| cell.clone())
}

fn layer_header(name: &str, columns: Vec<String>) -> LayerHeader {
    LayerHeader {
        name: name.to_owned(),
        format: Format::Spreadsheet,
        columns,
        rows: None,
        crs: DeclaredCrs::None,
        encoding: None,
        geometry: GeometryHint::None,
    }
}
