//! OpenDocument spreadsheets, row by row.
//!
//! The format says "this cell 16 384 times, this row a million times" in one line. Repetitions of blanks are counted
//! and never made; what is repeated with content is made, up to a limit.

use std::fs::File;
use std::io::BufRead;
use std::io::BufReader;
use std::ops::ControlFlow;
use std::path::Path;

use quick_xml::events::BytesStart;
use quick_xml::events::Event;
use zip::ZipArchive;

use super::error::ReadError;
use super::row::Cell;
use super::sheet_header::SheetRow;
use super::xlsx::Rest;
use super::xlsx::RowSink;
use super::zip_guard::bad;

/// Columns and rows of the largest sheet that programs make.
const MOST_COLUMNS: u32 = 16_384;
const MOST_ROWS: u32 = 1_048_576;
/// Cells with content in one file: above the largest French table by far, seconds of work.
const MOST_CELLS: u64 = 100_000_000;
/// Longest text of one cell.
const TEXT_BYTES: usize = 1 << 20;

/// Walks through all sheets, and gives their names in order.
pub(super) fn walk(path: &Path, sink: RowSink<'_>) -> Result<Vec<String>, ReadError> {
    let file = File::open(path).map_err(|error| ReadError::from_io(path, error))?;
    let mut archive = ZipArchive::new(BufReader::new(file))
        .map_err(|_damaged| bad(path, 0, "the zip archive is damaged or cut"))?;
    let content = archive
        .by_name("content.xml")
        .map_err(|_missing| bad(path, 0, "it has no content, or is protected by a password"))?;
    let mut walker = Walker {
        path,
        xml: quick_xml::Reader::from_reader(BufReader::new(content)),
        names: Vec::new(),
        rows: 0,
        cells: 0,
        skipping: None,
    };
    walker.xml.config_mut().expand_empty_elements = true;
    walker.document(sink)?;
    Ok(walker.names)
}

struct Walker<'a, R> {
    path: &'a Path,
    xml: quick_xml::Reader<R>,
    names: Vec<String>,
    /// Rows with content so far, for messages.
    rows: u64,
    /// Cells with content so far.
    cells: u64,
    /// What the sink wants no more of.
    skipping: Option<Rest>,
}

impl<R: BufRead> Walker<'_, R> {
    fn document(&mut self, sink: RowSink<'_>) -> Result<(), ReadError> {
        let mut buffer = Vec::new();
        let mut index = 0_u32;
        loop {
            buffer.clear();
            match self.xml.read_event_into(&mut buffer) {
                Ok(Event::Start(start)) if start.name().as_ref() == "table:table" => {
                    let name = attribute(&start, "table:name").unwrap_or_default();
                    self.names.push(name);
                    index = 0;
                    if self.skipping == Some(Rest::OfSheet) {
                        self.skipping = None;
                    }
                }
                Ok(Event::Start(start)) if start.name().as_ref() == "table:table-row" => {
                    let times = repeats(&start, "table:number-rows-repeated");
                    self.row(index, times, sink)?;
                    index = index.saturating_add(times).min(MOST_ROWS);
                }
                Ok(Event::Eof) => return Ok(()),
                Ok(_) => {}
                Err(_) => return Err(self.damaged()),
            }
            if self.skipping == Some(Rest::OfFile) {
                return Ok(());
            }
        }
    }

    /// One row element, handed over as often as it is repeated.
    fn row(&mut self, index: u32, times: u32, sink: RowSink<'_>) -> Result<(), ReadError> {
        let mut buffer = Vec::new();
        let mut row = SheetRow { index, cells: Vec::new() };
        let mut column = 0_u32;
        loop {
            buffer.clear();
            match self.xml.read_event_into(&mut buffer) {
                Ok(Event::Start(start))
                    if matches!(
                        start.name().as_ref(),
                        "table:table-cell" | "table:covered-table-cell"
                    ) =>
                {
                    let repeated = repeats(&start, "table:number-columns-repeated");
                    let typed = typed_value(&start);
                    let text = self.text_of_cell()?;
                    let cell = typed.unwrap_or_else(|| Cell::from_text(&text));
                    let end = column.saturating_add(repeated).min(MOST_COLUMNS);
                    if !cell.is_missing() && self.skipping.is_none() {
                        self.count(u64::from(end.saturating_sub(column)))?;
                        row.cells.extend((column..end).map(|at| (at, cell.clone())));
                    }
                    column = end;
                }
                Ok(Event::End(end)) if end.name().as_ref() == "table:table-row" => break,
                Ok(Event::Eof) | Err(_) => return Err(self.damaged()),
                Ok(_) => {}
            }
        }
        if row.cells.is_empty() || self.skipping.is_some() {
            return Ok(());
        }
        let sheet = self.names.len().saturating_sub(1);
        let last = index.saturating_add(times).min(MOST_ROWS);
        self.count(row.cells.len() as u64 * u64::from(last.saturating_sub(index).max(1) - 1))?;
        for at in index..last {
            self.rows += 1;
            if let ControlFlow::Break(rest) = sink(sheet, SheetRow { index: at, ..row.clone() }) {
                self.skipping = Some(rest);
                break;
            }
        }
        Ok(())
    }

    /// The paragraphs of a cell, to its end.
    fn text_of_cell(&mut self) -> Result<String, ReadError> {
        let mut buffer = Vec::new();
        let mut text = String::new();
        let mut depth = 0_u32;
        let mut in_note = 0_u32;
        loop {
            buffer.clear();
            match self.xml.read_event_into(&mut buffer) {
                Ok(Event::Start(start)) => {
                    depth += 1;
                    match start.name().as_ref() {
                        "office:annotation" => in_note += 1,
                        "text:p" if in_note == 0 && !text.is_empty() => text.push('\n'),
                        "text:s" | "text:tab" if in_note == 0 => text.push(' '),
                        _ => {}
                    }
                }
                Ok(Event::End(_)) if depth == 0 => return Ok(text),
                Ok(Event::End(end)) => {
                    depth -= 1;
                    if end.name().as_ref() == "office:annotation" {
                        in_note = in_note.saturating_sub(1);
                    }
                }
                Ok(Event::Text(part)) if in_note == 0 && depth > 0 => {
                    text.push_str(part.xml10_content().as_ref());
                }
                Ok(Event::GeneralRef(reference)) if in_note == 0 => {
                    text.push_str(&resolved(&reference));
                }
                Ok(Event::Eof) | Err(_) => return Err(self.damaged()),
                Ok(_) => {}
            }
            if text.len() > TEXT_BYTES {
                return Err(bad(
                    self.path,
                    self.rows,
                    "a cell holds more than a million characters",
                ));
            }
        }
    }

    fn count(&mut self, cells: u64) -> Result<(), ReadError> {
        self.cells += cells;
        if self.cells > MOST_CELLS {
            return Err(bad(
                self.path,
                self.rows,
                "it repeats cells with content beyond all measure",
            ));
        }
        Ok(())
    }

    fn damaged(&self) -> ReadError {
        bad(self.path, self.rows, "the content of a sheet is damaged or cut")
    }
}

/// The value that the attributes of a cell give; `None` when its paragraphs are to be read.
fn typed_value(start: &BytesStart<'_>) -> Option<Cell> {
    match attribute(start, "office:value-type")?.as_str() {
        "float" | "percentage" | "currency" => {
            let number = attribute(start, "office:value")?.trim().parse::<f64>().ok()?;
            number.is_finite().then_some(Cell::Number(number))
        }
        "boolean" => Some(Cell::Flag(attribute(start, "office:boolean-value")? == "true")),
        "date" => Some(Cell::from_text(&attribute(start, "office:date-value")?)),
        _ => None,
    }
}

fn attribute(start: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = start.try_get_attribute(name).ok()??;
    Some(found.normalized_value(quick_xml::XmlVersion::Explicit1_0).ok()?.into_owned())
}

/// How often an element stands for itself: at least once.
fn repeats(start: &BytesStart<'_>, name: &str) -> u32 {
    attribute(start, name).and_then(|text| text.trim().parse().ok()).unwrap_or(1).max(1)
}

/// What `&name;` stands for. Entities that a document defines itself are not looked up.
fn resolved(reference: &quick_xml::events::BytesRef<'_>) -> String {
    if let Ok(Some(letter)) = reference.resolve_char_ref() {
        return letter.to_string();
    }
    let name = reference.xml10_content();
    quick_xml::escape::resolve_predefined_entity(&name).unwrap_or_default().to_owned()
}
