//! Which fields are filled, and who can fill the others.

use super::SiteRow;
use crate::io::deliver::DeliverError;
use crate::io::deliver::layer::Cell;
use crate::io::deliver::layer::DeliveredLayer;
use crate::io::deliver::layer::Field;
use crate::io::deliver::layer::FieldKind;
use crate::io::deliver::layer::Row;
use crate::io::schema::Filler;
use crate::io::schema::UNKNOWN;
use crate::io::schema::friches_standard::FIELDS;
use crate::io::schema::friches_standard::FricheField;
use crate::words::Words;

/// Who fills a field in which people are named.
const NOBODY: &str = "nobody";

/// How often a field is filled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FieldCount {
    /// Field.
    pub field: &'static FricheField,
    /// Rows that say something.
    pub filled: usize,
    /// Rows that say nothing, or `inconnu`.
    pub unknown: usize,
    /// Rows whose cell is empty: where the field is required, the file does not fit the standard.
    pub empty: usize,
}

impl FieldCount {
    /// Whether the standard requires a value that is missing in some rows.
    #[must_use]
    pub fn is_against_standard(&self) -> bool {
        self.field.required && self.empty > 0
    }

    /// Who can fill it: a key of the catalogue's section `filler`.
    fn who(&self) -> &'static str {
        if self.field.is_personal() { NOBODY } else { self.field.filler.as_str() }
    }
}

/// Counts each field, in the order of the standard.
pub(super) fn completeness(rows: &[SiteRow]) -> Vec<FieldCount> {
    let counts = FIELDS.iter().enumerate().map(|(at, field)| {
        let cells = || rows.iter().map(|row| row.values.get(at).and_then(Option::as_deref));
        let filled = cells().filter(|cell| cell.is_some_and(|text| text != UNKNOWN)).count();
        let empty = cells().filter(Option::is_none).count();
        FieldCount { field, filled, unknown: rows.len() - filled, empty }
    });
    counts.collect()
}

/// The report as a table.
pub(super) fn layer(counts: &[FieldCount], words: &Words) -> Result<DeliveredLayer, DeliverError> {
    let field =
        |name: &str, kind| Field::new(name, words.say(&format!("completeness_field.{name}")), kind);
    let who = [Filler::Computed, Filler::Given, Filler::Epci].map(Filler::as_str);
    let who = who.into_iter().chain([NOBODY]);
    let who = who.map(|code| (code.to_owned(), words.say(&format!("filler.{code}")).to_owned()));
    let fields = vec![
        field("champ", FieldKind::Text),
        field("libelle", FieldKind::Text),
        field("obligatoire", FieldKind::Flag),
        field("rempli_par", FieldKind::Text).with_values(who.collect()),
        field("lignes", FieldKind::Integer),
        field("remplies", FieldKind::Integer),
        field("inconnues", FieldKind::Integer),
        field("vides", FieldKind::Integer),
        field("part_remplie", FieldKind::Real { decimals: 1 }),
    ];
    let integer = |count: usize| Cell::Integer(i64::try_from(count).unwrap_or(i64::MAX));
    let rows = counts.iter().map(|count| {
        let all = count.filled + count.unknown;
        let share = 100.0 * count.filled as f64 / all.max(1) as f64;
        let values = vec![
            Cell::text(count.field.name),
            Cell::text(words.say(&format!("friche_standard.{}", count.field.name))),
            Cell::Flag(count.field.required),
            Cell::text(count.who()),
            integer(all),
            integer(count.filled),
            integer(count.unknown),
            integer(count.empty),
            Cell::Real((share * 10.0).round() / 10.0),
        ];
        Row { geometry: None, values }
    });
    let (title, about) = ("layer.friches_completude", "layer_about.friches_completude");
    let rows = rows.collect();
    DeliveredLayer::new("completude", words.say(title), words.say(about), None, fields, rows, None)
}
