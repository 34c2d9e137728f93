//! Edits of an earlier delivery, put on the rows of this one: by identifier, else by place.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use geo::Geometry;

use super::Scope;
use super::form::is_allowed;
use super::previous::EditedRow;
use super::previous::Lost;
use super::previous::Previous;
use super::previous::WhyLost;
use super::previous::outline;
use super::zone_epci;
use crate::domain::LandStock;
use crate::domain::LayerKey;
use crate::domain::Territory;
use crate::io::schema::StandardField;
use crate::io::schema::StandardTable;
use crate::spatial::overlay::PreparedArea;
use crate::spatial::shape;

/// Share of a new row that an old one must cover to hand its edits on.
const COVERING_SHARE: f64 = 0.5;

/// Edits that went from a row that is gone to the one in its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moved {
    /// Table.
    pub table: StandardTable,
    /// Identifier of the row that is gone.
    pub from: String,
    /// Identifier of the row that has its edits now.
    pub to: String,
}

/// The user's edits, by the row of this run that they are of.
#[derive(Debug, Default)]
pub struct Edits {
    cells: BTreeMap<(StandardTable, String), BTreeMap<String, String>>,
    identified: BTreeMap<(StandardTable, String), String>,
    moved: Vec<Moved>,
    lost: Vec<Lost>,
}

impl Edits {
    /// The edit of a field, by our name.
    #[must_use]
    pub fn get(&self, table: StandardTable, id: &str, ours: &str) -> Option<&str> {
        let row = self.cells.get(&(table, id.to_owned()))?;
        row.get(&table.field(ours)?.column()).map(String::as_str)
    }

    /// Number of cells edited.
    #[must_use]
    pub fn len(&self) -> usize {
        self.cells.values().map(BTreeMap::len).sum()
    }

    /// Whether no cell is edited.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.cells.is_empty()
    }

    /// Edits that changed their row.
    #[must_use]
    pub fn moved(&self) -> &[Moved] {
        &self.moved
    }

    /// Edits that are of no list of the standard: row, field and value. They are kept.
    pub fn outside_lists(
        &self,
    ) -> impl Iterator<Item = (StandardTable, &str, &'static StandardField, &str)> {
        self.cells.iter().flat_map(|((table, id), row)| {
            row.iter().filter_map(move |(column, value)| {
                let field = table.field_of_column(column)?;
                (!is_allowed(field, value)).then_some((*table, id.as_str(), field, value.as_str()))
            })
        })
    }

    /// The day on which a row was first identified; `today` for a new one.
    pub(super) fn identified(&self, table: StandardTable, id: &str, today: &str) -> String {
        let known = self.identified.get(&(table, id.to_owned()));
        known.map_or_else(|| today.to_owned(), Clone::clone)
    }

    pub(super) fn into_lost(self) -> Vec<Lost> {
        self.lost
    }
}

/// A row of this run that edits can be of.
struct Target<'a> {
    id: &'a str,
    geometry: Option<&'a Geometry<f64>>,
    is_in_scope: bool,
}

/// Puts the edits of an earlier delivery on the rows of this run.
#[must_use]
pub fn settle(
    previous: Previous,
    territory: &Territory,
    stock: &LandStock,
    scope: &Scope,
) -> Edits {
    let mut edits = Edits { lost: previous.refused, ..Edits::default() };
    edits.identified = previous.identified;
    for table in StandardTable::ALL {
        let rows: Vec<EditedRow> =
            previous.rows.iter().filter(|row| row.table == table).cloned().collect();
        let ids = establishment_ids(territory);
        let targets = targets(table, stock, territory, scope, &ids);
        edits.settle_table(table, rows, &targets, &previous.known);
    }
    edits
}

fn establishment_ids(territory: &Territory) -> Vec<String> {
    let layer = territory.layer(LayerKey::ESTABLISHMENTS);
    layer
        .into_iter()
        .flat_map(|layer| (0..layer.len()).filter_map(move |at| layer.entity(at)))
        .map(|entity| entity.id().into_owned())
        .collect()
}

fn targets<'a>(
    table: StandardTable,
    stock: &'a LandStock,
    territory: &Territory,
    scope: &Scope,
    establishments: &'a [String],
) -> Vec<Target<'a>> {
    let takes = |zone: usize| zone_epci(territory, stock, zone, scope);
    match table {
        StandardTable::Sites => {
            let zones = stock.zones.entities.iter().enumerate();
            zones
                .map(|(at, zone)| Target {
                    id: &zone.id,
                    geometry: Some(&zone.geometry),
                    is_in_scope: takes(at),
                })
                .collect()
        }
        StandardTable::Terrains => stock
            .units
            .entities
            .iter()
            .map(|unit| Target {
                id: &unit.id,
                geometry: Some(&unit.geometry),
                is_in_scope: takes(unit.zone),
            })
            .collect(),
        StandardTable::Establishments => {
            let placed: BTreeSet<usize> = stock
                .units
                .entities
                .iter()
                .filter(|unit| takes(unit.zone))
                .flat_map(|unit| unit.establishments.iter().copied())
                .collect();
            establishments
                .iter()
                .enumerate()
                .map(|(at, id)| Target { id, geometry: None, is_in_scope: placed.contains(&at) })
                .collect()
        }
    }
}

impl Edits {
    fn settle_table(
        &mut self,
        table: StandardTable,
        rows: Vec<EditedRow>,
        targets: &[Target<'_>],
        known: &BTreeSet<(StandardTable, String)>,
    ) {
        let by_id: BTreeMap<&str, &Target<'_>> =
            targets.iter().rev().map(|target| (target.id, target)).collect();
        let mut gone = Vec::new();
        for row in rows {
            match by_id.get(row.id.as_str()) {
                Some(target) if target.is_in_scope => self.put(table, &row.id, &row.edits),
                Some(_) => self.lose(&row, WhyLost::OutOfScope),
                None => gone.push(row),
            }
        }
        if gone.is_empty() {
            return;
        }
        let mut handed_on = vec![false; gone.len()];
        let areas: Vec<Option<PreparedArea>> =
            gone.iter().map(|row| row.geometry.as_ref().map(PreparedArea::new)).collect();
        // A row that was there before has its own edits, or none by the user's choice.
        let is_new = |target: &&Target<'_>| !known.contains(&(table, target.id.to_owned()));
        for target in targets.iter().filter(is_new) {
            let Some(geometry) = target.geometry else { continue };
            let whole = shape::area(geometry);
            let covering = areas.iter().enumerate().filter_map(|(at, area)| {
                let share = area.as_ref()?.intersection_area(geometry) / whole;
                (share >= COVERING_SHARE).then_some((at, share))
            });
            let best = covering.max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)));
            let Some((at, _)) = best else { continue };
            handed_on[at] = true;
            if target.is_in_scope {
                self.put(table, target.id, &gone[at].edits.clone());
                let (from, to) = (gone[at].id.clone(), target.id.to_owned());
                self.moved.push(Moved { table, from, to });
            } else {
                self.lose(&gone[at], WhyLost::OutOfScope);
            }
        }
        for (row, _) in gone.iter().zip(handed_on).filter(|(_, handed_on)| !handed_on) {
            self.lose(row, WhyLost::RowGone);
        }
    }

    /// The first edit of a cell stays: rows of the file come before those that an earlier run set aside.
    fn put(&mut self, table: StandardTable, id: &str, edits: &BTreeMap<String, String>) {
        let row = self.cells.entry((table, id.to_owned())).or_default();
        for (column, value) in edits {
            row.entry(column.clone()).or_insert_with(|| value.clone());
        }
    }

    fn lose(&mut self, row: &EditedRow, why: WhyLost) {
        for (column, value) in &row.edits {
            self.lost.push(Lost {
                table: row.table,
                id: row.id.clone(),
                column: column.clone(),
                value: value.clone(),
                why,
                outline: row.geometry.as_ref().map(outline),
            });
        }
    }
}
