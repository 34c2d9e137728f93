//! Rows of the inventory: every field with its value as the standard writes it, and where the value comes from.

use geo::Geometry;

use crate::domain::Siren;
use crate::io::deliver::layer::Cell;
use crate::io::schema::StandardField;
use crate::io::schema::StandardTable;
use crate::io::schema::UNKNOWN;

/// Where a value comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Origin {
    /// Geometry, cadastre and tables.
    Computed,
    /// The layer given.
    Given,
    /// The user's edit of an earlier delivery.
    Edited,
    /// Nobody: it awaits the EPCI.
    Awaited,
}

impl Origin {
    /// The word in the books of the GeoPackage.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Computed => "calcul",
            Self::Given => "source",
            Self::Edited => "saisie",
            Self::Awaited => "attente",
        }
    }
}

/// A value and where it comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filled {
    /// As the standard writes it: decimal point, `2026-06-01`, `oui`; `None` where the cell stays empty.
    pub value: Option<String>,
    /// Where it comes from.
    pub origin: Origin,
}

impl Filled {
    /// A value of the layer given, of ours, or nothing.
    #[must_use]
    pub fn some_or_awaited(value: Option<String>, origin: Origin) -> Self {
        let origin = if value.is_some() { origin } else { Origin::Awaited };
        Self { value, origin }
    }

    /// Whether somebody has said it: neither empty nor `inconnu`.
    #[must_use]
    pub fn is_filled(&self) -> bool {
        self.value.as_deref().is_some_and(|value| value != UNKNOWN)
    }
}

/// Land units of a site and how many of them are vacant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Vacancy {
    /// Land units.
    pub units: usize,
    /// Vacant ones, at least.
    pub low: usize,
    /// Vacant ones, at most.
    pub high: usize,
}

/// A row of a table.
#[derive(Debug, Clone)]
pub struct InventoryRow {
    /// Its key.
    pub id: String,
    /// EPCI it belongs to, when known.
    pub epci: Option<Siren>,
    /// Shape in EPSG:2154 metres: an area, or a point for an establishment.
    pub geometry: Geometry<f64>,
    /// Every field, in the order of the table.
    pub cells: Vec<Filled>,
    /// What the layer given says and the cell does not, where both speak: column and value.
    pub aside: Vec<(String, String)>,
    /// Land units of a site and its vacant ones; `None` in other tables.
    pub vacancy: Option<Vacancy>,
    /// Columns of ours that say how a value came about, in the order of [`InventoryTable::extra`].
    pub extra: Vec<Cell>,
}

/// A table of the inventory.
#[derive(Debug, Clone)]
pub struct InventoryTable {
    /// Which.
    pub table: StandardTable,
    /// Names of the columns of ours that say how a value came about.
    pub extra: &'static [&'static str],
    /// Rows, in the order of zones, land units, establishments.
    pub rows: Vec<InventoryRow>,
}

impl InventoryRow {
    /// The cell of a field by our name.
    #[must_use]
    pub fn cell(&self, table: StandardTable, ours: &str) -> Option<&Filled> {
        let at = table.fields().iter().position(|field| field.ours == ours)?;
        self.cells.get(at)
    }

    /// The value of a field by our name.
    #[must_use]
    pub fn value(&self, table: StandardTable, ours: &str) -> Option<&str> {
        self.cell(table, ours)?.value.as_deref()
    }

    /// The fields that the user has edited, as names of columns.
    pub fn edited(&self, table: StandardTable) -> impl Iterator<Item = &'static StandardField> {
        let pairs = table.fields().iter().zip(&self.cells);
        pairs.filter(|(_, cell)| cell.origin == Origin::Edited).map(|(field, _)| field)
    }
}

impl InventoryTable {
    /// A table whose keys are unique: where a file has a key twice, the second is numbered.
    pub(super) fn new(
        table: StandardTable,
        extra: &'static [&'static str],
        mut rows: Vec<InventoryRow>,
    ) -> Self {
        let mut seen: std::collections::BTreeSet<String> = std::collections::BTreeSet::new();
        for row in &mut rows {
            let plain = row.id.clone();
            let mut number = 2;
            while !seen.insert(row.id.clone()) {
                row.id = format!("{plain}_{number}");
                number += 1;
            }
            if let Some(key) = row.cells.first_mut() {
                key.value = Some(row.id.clone());
            }
        }
        Self { table, extra, rows }
    }
}
