//! An inventory of ours read as a layer: what this program computed is no word of the EPCI, only what somebody wrote is.

use super::LoadError;
use super::fields::Fields;
use super::pieces::Pieces;
use super::source::Source;
use crate::domain::LayerKey;
use crate::domain::Value;
use crate::io::deliver::inventory::Books;
use crate::io::deliver::inventory::form_value;
use crate::io::read::Format;
use crate::io::schema::StandardTable;

/// The books of the files of a layer, where they are inventories of ours.
pub(super) struct OwnInventory {
    table: Option<StandardTable>,
    books: Vec<Option<Books>>,
}

impl OwnInventory {
    /// Looks for books in the GeoPackages of a layer that an inventory can hold.
    pub(super) fn of(source: &Source<'_>, found: &Pieces) -> Result<Self, LoadError> {
        let table = match source.key {
            LayerKey::SITES => Some(StandardTable::Sites),
            LayerKey::TERRAINS => Some(StandardTable::Terrains),
            LayerKey::ESTABLISHMENTS => Some(StandardTable::Establishments),
            _ => None,
        };
        let pieces = found.pieces.iter().filter(|_| table.is_some());
        let books = pieces
            .map(|piece| match piece.header.format {
                Format::GeoPackage => {
                    Books::of_file(&piece.path).map_err(|error| source.unreadable(error))
                }
                _ => Ok(None),
            })
            .collect::<Result<_, _>>()?;
        Ok(Self { table, books })
    }

    /// The table of the inventory that the layer is of.
    pub(super) fn table(&self) -> Option<StandardTable> {
        self.table
    }

    /// Whether the cell of one of our names holds what this program computed: written by it and left as it was.
    pub(super) fn computed(&self, file: usize, id: &str, ours: &str, fields: &Fields<'_>) -> bool {
        let Some(table) = self.table else { return false };
        let Some(books) = self.books.get(file).and_then(Option::as_ref) else { return false };
        let Some(field) = table.field(ours) else { return false };
        let Some(written) = books.cell(table, id, &field.column()).filter(|cell| cell.is_ours)
        else {
            return false;
        };
        let found = match fields.value(ours) {
            Value::Text(text) => text.into_owned(),
            Value::Number(number) => number.to_string(),
            Value::Flag(flag) => if flag { "oui" } else { "non" }.to_owned(),
            _ => return false,
        };
        found == written.value
            || (form_value(field, &found).is_some()
                && form_value(field, &found) == form_value(field, &written.value))
    }
}
