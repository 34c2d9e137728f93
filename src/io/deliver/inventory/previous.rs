//! What the user has written into an earlier delivery.

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::ops::ControlFlow;
use std::path::Path;

use geo::Geometry;
use wkt::ToWkt;
use wkt::TryFromWkt;

use super::InventoryError;
use super::books::Books;
use super::form::form_value;
use super::form::number;
use super::lock;
use crate::domain::LayerKey;
use crate::io::read;
use crate::io::read::Cell;
use crate::io::read::GeometryFrom;
use crate::io::read::LayerHeader;
use crate::io::read::Want;
use crate::io::schema::StandardField;
use crate::io::schema::StandardTable;
use crate::io::schema::UNKNOWN;
use crate::io::schema::personal::Condition;
use crate::io::schema::personal::condition;

/// Table of the edits that could not be put anywhere.
pub(super) const LOST_TABLE: &str = "saisies_orphelines";
/// Its columns.
pub(super) const LOST_COLUMNS: [&str; 6] =
    ["couche", "identifiant", "champ", "valeur", "motif", "contour"];

/// What stands for a text that may name a person.
const WITHHELD: &str = "[…]";

/// Why an edit could not be put anywhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum WhyLost {
    /// Its row is gone and no other covers its place.
    RowGone,
    /// Its row is not in the scope of this run.
    OutOfScope,
    /// The cell is computed, or an identifier.
    NotEditable,
    /// The value is not of the field's type.
    Malformed,
    /// Another row with the same identifier says otherwise.
    Conflict,
}

impl WhyLost {
    /// All reasons.
    pub const ALL: [Self; 5] =
        [Self::RowGone, Self::OutOfScope, Self::NotEditable, Self::Malformed, Self::Conflict];

    /// The word in files, and the key of the catalogue under `why_lost`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::RowGone => "row-gone",
            Self::OutOfScope => "out-of-scope",
            Self::NotEditable => "not-editable",
            Self::Malformed => "malformed",
            Self::Conflict => "conflict",
        }
    }
}

/// An edit that could not be put anywhere: kept in a table of its own, and tried again at the next run.
#[derive(Debug, Clone, PartialEq)]
pub struct Lost {
    /// Table.
    pub table: StandardTable,
    /// Identifier of its row.
    pub id: String,
    /// Column.
    pub column: String,
    /// What the user wrote.
    pub value: String,
    /// Why.
    pub why: WhyLost,
    /// Shape of its row as WKT in EPSG:2154, when known.
    pub outline: Option<String>,
}

/// A row of the earlier delivery that the user has edited.
#[derive(Debug, Clone)]
pub(super) struct EditedRow {
    pub(super) table: StandardTable,
    pub(super) id: String,
    pub(super) geometry: Option<Geometry<f64>>,
    /// Column and value.
    pub(super) edits: BTreeMap<String, String>,
}

/// An earlier delivery: the user's edits in it, and what must outlive it.
#[derive(Debug, Default)]
pub struct Previous {
    pub(super) rows: Vec<EditedRow>,
    /// Keys of all its rows.
    pub(super) known: BTreeSet<(StandardTable, String)>,
    /// Days on which its rows were first identified.
    pub(super) identified: BTreeMap<(StandardTable, String), String>,
    /// Edits that are none: of computed cells, of a wrong type, of a row that stands twice.
    pub(super) refused: Vec<Lost>,
}

/// Reads an earlier delivery; nothing when there is none.
///
/// # Errors
/// When something else stands at its place, when it is damaged, and when another program holds it open.
pub fn read(path: &Path) -> Result<Previous, InventoryError> {
    if !path.exists() {
        return Ok(Previous::default());
    }
    let unreadable = |source| InventoryError::Unreadable { path: path.to_path_buf(), source };
    // The header first: what is no database, or lacks pages, is told as such.
    read::probe(path).map_err(unreadable)?;
    lock::refuse_if_held(path)?;
    let layers = read::probe(path).map_err(unreadable)?;
    let Some(books) = Books::of_file(path).map_err(unreadable)? else {
        return Err(InventoryError::Foreign { path: path.to_path_buf() });
    };
    let mut previous = Previous::default();
    for table in StandardTable::ALL {
        if let Some(header) = layers.iter().find(|layer| layer.name == table.as_str()) {
            previous.take_table(path, table, header, &books).map_err(unreadable)?;
        }
    }
    if layers.iter().any(|layer| layer.name == LOST_TABLE) {
        previous.take_lost(path).map_err(unreadable)?;
    }
    Ok(previous)
}

impl Previous {
    /// Whether the user has written anything.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty() && self.refused.is_empty()
    }

    fn take_table(
        &mut self,
        path: &Path,
        table: StandardTable,
        header: &LayerHeader,
        books: &Books,
    ) -> Result<(), read::ReadError> {
        let fields: Vec<&'static StandardField> = table
            .fields()
            .iter()
            .filter(|field| field.in_geopackage)
            .filter(|field| header.columns.contains(&field.column()))
            .collect();
        let want = Want {
            columns: fields.iter().map(|field| vec![field.column()]).collect(),
            layer: Some(table.as_str().to_owned()),
            ..Want::default()
        };
        read::read(path, &want, &mut |row| {
            let values: Vec<Option<String>> = row.cells.iter().map(text_of).collect();
            let geometry = row.geometry.ok().flatten();
            self.take_row(table, &fields, &values, geometry, books);
            ControlFlow::Continue(())
        })?;
        Ok(())
    }

    fn take_row(
        &mut self,
        table: StandardTable,
        fields: &[&'static StandardField],
        values: &[Option<String>],
        geometry: Option<Geometry<f64>>,
        books: &Books,
    ) {
        let key = fields.iter().position(|field| field.ours == "id");
        let id = key.and_then(|at| values.get(at).cloned().flatten()).unwrap_or_default();
        let is_ours = books.knows(table, &id);
        let is_second = is_ours && !self.known.insert((table, id.clone()));
        let mut edits = BTreeMap::new();
        for (field, value) in fields.iter().zip(values) {
            let column = field.column();
            let written = books.cell(table, &id, &column);
            if field.ours == "identified"
                && let Some(day) = value.as_deref().and_then(|day| form_value(field, day))
                && is_ours
            {
                self.identified.entry((table, id.clone())).or_insert(day);
            }
            // An emptied cell gives the value back to the computation.
            let Some(value) = value else { continue };
            let is_same = written.is_some_and(|written| same(field, &written.value, value));
            let is_edit = !is_same || written.is_some_and(|written| written.is_edit);
            let is_empty_word = !is_ours && value == UNKNOWN;
            if !is_edit || is_empty_word || (!is_ours && field.ours == "id") {
                continue;
            }
            let refused = |why| Lost {
                table,
                id: id.clone(),
                column: column.clone(),
                value: shown(table, field, value),
                why,
                outline: geometry.as_ref().map(outline),
            };
            if !field.is_editable {
                // What a row of the user's own has in computed columns is a copy, as QGIS makes it.
                if is_ours {
                    self.refused.push(refused(WhyLost::NotEditable));
                }
                continue;
            }
            match form_value(field, value) {
                Some(formed) if is_second => {
                    if self.says_otherwise(table, &id, &column, &formed) {
                        self.refused.push(refused(WhyLost::Conflict));
                    }
                }
                Some(formed) => {
                    edits.insert(column, formed);
                }
                None => self.refused.push(refused(WhyLost::Malformed)),
            }
        }
        if !edits.is_empty() {
            self.rows.push(EditedRow { table, id, geometry, edits });
        }
    }

    fn says_otherwise(&self, table: StandardTable, id: &str, column: &str, value: &str) -> bool {
        let first = self.rows.iter().find(|row| row.table == table && row.id == id);
        first.and_then(|row| row.edits.get(column)).is_none_or(|known| known != value)
    }

    /// Edits that an earlier run could not put anywhere are tried again, but for those that are none.
    fn take_lost(&mut self, path: &Path) -> Result<(), read::ReadError> {
        let want = Want {
            columns: LOST_COLUMNS.iter().map(|name| vec![(*name).to_owned()]).collect(),
            layer: Some(LOST_TABLE.to_owned()),
            geometry: GeometryFrom::None,
            ..Want::default()
        };
        let mut by_row: BTreeMap<(StandardTable, String), EditedRow> = BTreeMap::new();
        let mut refused = Vec::new();
        read::read(path, &want, &mut |row| {
            let mut texts = row.cells.iter().map(text_of);
            let mut next = || texts.next().flatten();
            let (table, id, column, value, why, outline) =
                (next(), next().unwrap_or_default(), next(), next(), next(), next());
            let table = table.as_deref().and_then(StandardTable::of_name);
            let (Some(table), Some(column), Some(value)) = (table, column, value) else {
                return ControlFlow::Continue(());
            };
            let why = WhyLost::ALL.into_iter().find(|known| Some(known.as_str()) == why.as_deref());
            match why {
                Some(why @ (WhyLost::NotEditable | WhyLost::Malformed | WhyLost::Conflict)) => {
                    refused.push(Lost { table, id, column, value, why, outline });
                }
                _ => {
                    let geometry = || Geometry::try_from_wkt_str(outline.as_deref()?).ok();
                    let row = by_row.entry((table, id.clone())).or_insert_with(|| EditedRow {
                        table,
                        id,
                        geometry: geometry(),
                        edits: BTreeMap::new(),
                    });
                    row.edits.insert(column, value);
                }
            }
            ControlFlow::Continue(())
        })?;
        for lost in refused {
            if !self.refused.contains(&lost) {
                self.refused.push(lost);
            }
        }
        self.rows.extend(by_row.into_values());
        Ok(())
    }
}

/// An edit as it is told: what may name a person is not carried on.
fn shown(table: StandardTable, field: &StandardField, value: &str) -> String {
    let layer = match table {
        StandardTable::Establishments => LayerKey::ESTABLISHMENTS,
        StandardTable::Terrains => LayerKey::TERRAINS,
        StandardTable::Sites => LayerKey::SITES,
    };
    match condition(layer, field.ours, field.name) {
        Some(Condition::LegalPerson) => WITHHELD.to_owned(),
        _ => value.to_owned(),
    }
}

/// The outline of a row as text.
pub(super) fn outline(geometry: &Geometry<f64>) -> String {
    geometry.wkt_string()
}

fn text_of(cell: &Cell) -> Option<String> {
    match cell {
        Cell::Missing => None,
        Cell::Text(text) => Some(text.trim().to_owned()),
        Cell::Number(value) => Some(number(*value)),
        Cell::Flag(flag) => Some(if *flag { "oui" } else { "non" }.to_owned()),
    }
}

/// Whether a cell still says what was written into it.
fn same(field: &StandardField, written: &str, found: &str) -> bool {
    let form = |text: &str| form_value(field, text);
    written.trim() == found || (form(found).is_some() && form(written) == form(found))
}
