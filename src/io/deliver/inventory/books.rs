//! The books of a delivered GeoPackage: every cell as it was written, and where its value came from. They tell an edit of
//! the user from a value of ours, here and when the file is read as a layer.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::path::Path;

use super::cell::InventoryTable;
use super::cell::Origin;
use crate::io::deliver::layer::Cell as OutCell;
use crate::io::deliver::layer::Row;
use crate::io::read;
use crate::io::read::Cell;
use crate::io::read::GeometryFrom;
use crate::io::read::ReadError;
use crate::io::read::Want;
use crate::io::schema::StandardTable;

/// Table of the books.
pub const BOOKS_TABLE: &str = "gisement_calcule";
/// Its columns.
pub(super) const COLUMNS: [&str; 5] = ["couche", "identifiant", "champ", "valeur", "origine"];

/// A cell as it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Written {
    /// Value.
    pub(crate) value: String,
    /// Whether it was computed, and is no word of anybody.
    pub(crate) is_ours: bool,
    /// Whether it was the user's edit.
    pub(crate) is_edit: bool,
}

/// The books of one file: by table, identifier and column.
#[derive(Debug, Default)]
pub(crate) struct Books {
    cells: BTreeMap<(StandardTable, String), BTreeMap<String, Written>>,
}

impl Books {
    /// Whether a row was written by us.
    pub(crate) fn knows(&self, table: StandardTable, id: &str) -> bool {
        self.cells.contains_key(&(table, id.to_owned()))
    }

    /// A cell as it was written; `None` where it was left empty.
    pub(crate) fn cell(&self, table: StandardTable, id: &str, column: &str) -> Option<&Written> {
        self.cells.get(&(table, id.to_owned()))?.get(column)
    }
}

/// The rows of the books: cells with a value, in the order of tables, rows and fields.
pub(super) fn rows(tables: &[InventoryTable]) -> Vec<Row> {
    let mut rows = Vec::new();
    for table in tables {
        for row in &table.rows {
            for (field, cell) in table.table.fields().iter().zip(&row.cells) {
                let Some(value) = cell.value.as_deref().filter(|_| field.in_geopackage) else {
                    continue;
                };
                let values = [
                    table.table.as_str(),
                    row.id.as_str(),
                    &field.column(),
                    value,
                    cell.origin.as_str(),
                ];
                let values = values.into_iter().map(OutCell::text).collect();
                rows.push(Row { geometry: None, values });
            }
        }
    }
    rows
}

impl Books {
    /// The books of a GeoPackage; `None` when it has none: then it is not ours.
    pub(crate) fn of_file(path: &Path) -> Result<Option<Self>, ReadError> {
        of_file(path)
    }
}

fn of_file(path: &Path) -> Result<Option<Books>, ReadError> {
    let layers = read::probe(path)?;
    if !layers.iter().any(|layer| layer.name == BOOKS_TABLE) {
        return Ok(None);
    }
    let columns = COLUMNS.iter().map(|name| vec![(*name).to_owned()]).collect::<Vec<_>>();
    let want = Want {
        required: (0..columns.len()).collect(),
        columns,
        layer: Some(BOOKS_TABLE.to_owned()),
        geometry: GeometryFrom::None,
        ..Want::default()
    };
    let mut books = Books::default();
    read::read(path, &want, &mut |row| {
        let texts: Vec<Option<&str>> = row
            .cells
            .iter()
            .map(|cell| match cell {
                Cell::Text(text) => Some(text.as_str()),
                _ => None,
            })
            .collect();
        if let [Some(table), Some(id), Some(column), Some(value), Some(origin)] = texts.as_slice()
            && let Some(table) = StandardTable::of_name(table)
        {
            let written = Written {
                value: (*value).to_owned(),
                is_ours: [Origin::Computed, Origin::Awaited].iter().any(|o| o.as_str() == *origin),
                is_edit: *origin == Origin::Edited.as_str(),
            };
            let row = books.cells.entry((table, (*id).to_owned())).or_default();
            row.insert((*column).to_owned(), written);
        }
        ControlFlow::Continue(())
    })?;
    Ok(Some(books))
}
