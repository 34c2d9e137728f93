//! The cells of one row by our names.

use crate::domain::Value;
use crate::io::read::Cell;
use crate::io::schema::words;

/// The cells of one row by our names.
pub(super) struct Fields<'a> {
    names: &'a [String],
    cells: &'a [Cell],
}

impl<'a> Fields<'a> {
    pub(super) fn new(names: &'a [String], cells: &'a [Cell]) -> Self {
        Self { names, cells }
    }

    /// The cell of one of our names; missing when the file has no such column.
    pub(super) fn cell(&self, ours: &str) -> &'a Cell {
        self.names
            .iter()
            .position(|name| name == ours)
            .and_then(|at| self.cells.get(at))
            .unwrap_or(&Cell::Missing)
    }

    /// The text of a cell, trimmed; `None` where the producer says nothing.
    pub(super) fn text(&self, ours: &str) -> Option<&'a str> {
        match self.cell(ours) {
            Cell::Text(text) => {
                let trimmed = text.trim();
                (!words::is_blank(trimmed)).then_some(trimmed)
            }
            _ => None,
        }
    }

    /// A code: text, or a number written back with its zeros.
    pub(super) fn code(&self, ours: &str, width: usize) -> Option<String> {
        match self.cell(ours) {
            Cell::Number(number) if number.fract() == 0.0 && *number >= 0.0 => {
                Some(format!("{number:0>width$.0}"))
            }
            Cell::Text(_) => self.text(ours).map(|text| {
                if text.bytes().all(|b| b.is_ascii_digit()) {
                    format!("{text:0>width$}")
                } else {
                    text.to_owned()
                }
            }),
            _ => None,
        }
    }

    /// A number; `Err` holds the text that is none.
    pub(super) fn number(&self, ours: &str) -> Result<Option<f64>, String> {
        match self.cell(ours) {
            Cell::Number(number) if number.is_finite() => Ok(Some(*number)),
            Cell::Text(text) if words::is_blank(text) => Ok(None),
            Cell::Text(text) => words::number(text).map(Some).ok_or_else(|| text.clone()),
            _ => Ok(None),
        }
    }

    /// A cell as an attribute value.
    pub(super) fn value(&self, ours: &str) -> Value<'static> {
        match self.cell(ours) {
            Cell::Missing => Value::Missing,
            Cell::Text(text) if words::is_blank(text) => Value::Missing,
            Cell::Text(text) => Value::Text(text.trim().to_owned().into()),
            Cell::Number(number) => Value::Number(*number),
            Cell::Flag(flag) => Value::Flag(*flag),
        }
    }
}
