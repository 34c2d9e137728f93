//! Which fields are filled, by whom, and which await the EPCI.

use std::collections::BTreeMap;

use super::Inventory;
use super::cell::Origin;
use super::counts::EpciCount;
use crate::domain::Siren;
use crate::io::deliver::DeliverError;
use crate::io::deliver::layer::Cell;
use crate::io::deliver::layer::DeliveredLayer;
use crate::io::deliver::layer::Field;
use crate::io::deliver::layer::FieldKind;
use crate::io::deliver::layer::Row;
use crate::io::schema::Filler;
use crate::io::schema::StandardField;
use crate::io::schema::StandardTable;
use crate::words::Words;

/// One field of one table in one EPCI.
#[derive(Debug, Clone, PartialEq)]
pub struct Completeness {
    /// EPCI; `None` for rows that belong to none.
    pub epci: Option<Siren>,
    /// Table.
    pub table: StandardTable,
    /// Field.
    pub field: &'static StandardField,
    /// Rows of the table in the EPCI.
    pub rows: usize,
    /// Filled by this program.
    pub computed: usize,
    /// Filled by the layer given.
    pub given: usize,
    /// Filled by the user.
    pub edited: usize,
    /// What the figure of the whole EPCI lies between, where the field is one that can be bounded.
    pub bounds: Option<(f64, f64)>,
}

impl Completeness {
    /// Rows in which somebody has filled it.
    #[must_use]
    pub fn filled(&self) -> usize {
        self.computed + self.given + self.edited
    }

    /// Rows that await somebody.
    #[must_use]
    pub fn awaits(&self) -> usize {
        self.rows - self.filled()
    }
}

/// The completeness of an inventory: per EPCI, table and field of the standard, in that order.
#[must_use]
pub fn completeness(inventory: &Inventory, counts: &[EpciCount]) -> Vec<Completeness> {
    let mut lines: BTreeMap<(Option<Siren>, StandardTable, usize), Completeness> = BTreeMap::new();
    for table in &inventory.tables {
        for row in &table.rows {
            let pairs = table.table.fields().iter().zip(&row.cells).enumerate();
            for (at, (field, cell)) in pairs.filter(|(_, (field, _))| field.is_standard) {
                let line = lines.entry((row.epci, table.table, at)).or_insert(Completeness {
                    epci: row.epci,
                    table: table.table,
                    field,
                    rows: 0,
                    computed: 0,
                    given: 0,
                    edited: 0,
                    bounds: bounds(counts, row.epci, table.table, field),
                });
                line.rows += 1;
                match cell.origin {
                    _ if !cell.is_filled() => {}
                    Origin::Computed => line.computed += 1,
                    Origin::Given => line.given += 1,
                    Origin::Edited => line.edited += 1,
                    Origin::Awaited => {}
                }
            }
        }
    }
    lines.into_values().collect()
}

fn bounds(
    counts: &[EpciCount],
    epci: Option<Siren>,
    table: StandardTable,
    field: &StandardField,
) -> Option<(f64, f64)> {
    let count = counts.iter().find(|count| count.siren == epci)?;
    match (table, field.ours) {
        (StandardTable::Sites, "vacant_land_units") => {
            Some((count.vacant_low as f64, count.vacant_high as f64))
        }
        (StandardTable::Sites, "vacancy_percent") => count.vacancy_percent(),
        _ => None,
    }
}

/// The report as a table.
pub(super) fn layer(
    lines: &[Completeness],
    counts: &[EpciCount],
    words: &Words,
) -> Result<DeliveredLayer, DeliverError> {
    let field =
        |name: &str, kind| Field::new(name, words.say(&format!("completeness_field.{name}")), kind);
    let coded = |name: &str, section: &str, codes: &[&str]| {
        let labels = codes
            .iter()
            .map(|code| ((*code).to_owned(), words.say(&format!("{section}.{code}")).to_owned()));
        field(name, FieldKind::Text).with_values(labels.collect())
    };
    let percent = FieldKind::Real { decimals: 1 };
    let fillers = [Filler::Computed, Filler::Given, Filler::Epci].map(Filler::as_str);
    let fields = vec![
        field("epci_siren", FieldKind::Text),
        field("epci_nom", FieldKind::Text),
        field("couche", FieldKind::Text),
        field("champ", FieldKind::Text),
        field("libelle", FieldKind::Text),
        field("obligatoire", FieldKind::Flag),
        coded("rempli_par", "filler", &fillers),
        field("lignes", FieldKind::Integer),
        field("remplies", FieldKind::Integer),
        field("calculees", FieldKind::Integer),
        field("fournies", FieldKind::Integer),
        field("saisies", FieldKind::Integer),
        field("en_attente", FieldKind::Integer),
        field("part_remplie", percent),
        field("borne_basse", percent),
        field("borne_haute", percent),
    ];
    let rows = lines.iter().map(|line| {
        let name = counts.iter().find(|count| count.siren == line.epci);
        let count = |count: usize| Cell::Integer(i64::try_from(count).unwrap_or(i64::MAX));
        let tenth = |number: f64| (number * 10.0).round() / 10.0;
        let share = 100.0 * line.filled() as f64 / line.rows.max(1) as f64;
        let siren = line.epci.map(|siren| siren.to_string()).unwrap_or_default();
        let values = vec![
            Cell::text_or_null(&siren),
            Cell::text_or_null(name.map(|count| count.name.as_str()).unwrap_or_default()),
            Cell::text(line.table.as_str()),
            Cell::text(line.field.name),
            Cell::text(words.say(&format!("standard.{}", line.field.column()))),
            Cell::Flag(line.field.required),
            Cell::text(line.field.filler.as_str()),
            count(line.rows),
            count(line.filled()),
            count(line.computed),
            count(line.given),
            count(line.edited),
            count(line.awaits()),
            Cell::Real(tenth(share)),
            Cell::real(line.bounds.map(|(low, _)| tenth(low))),
            Cell::real(line.bounds.map(|(_, high)| tenth(high))),
        ];
        Row { geometry: None, values }
    });
    DeliveredLayer::new(
        "completude",
        words.say("layer.completude"),
        words.say("layer_about.completude"),
        None,
        fields,
        rows.collect(),
        None,
    )
}
