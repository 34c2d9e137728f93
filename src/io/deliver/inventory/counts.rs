//! Figures per EPCI: zones, area, land units, vacancy with its bounds, how complete the required fields are.

use std::collections::BTreeMap;

use super::Inventory;
use crate::domain::Siren;
use crate::domain::Territory;
use crate::io::schema::StandardTable;
use crate::spatial::shape;

/// The inventory of one EPCI in figures.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct EpciCount {
    /// SIREN; `None` for zones that belong to no EPCI of the territory.
    pub siren: Option<Siren>,
    /// Name; empty without EPCI.
    pub name: String,
    /// Economic zones.
    pub zones: usize,
    /// Their area, m².
    pub area_m2: f64,
    /// Land units.
    pub units: usize,
    /// Vacant ones, at least.
    pub vacant_low: usize,
    /// Vacant ones, at most.
    pub vacant_high: usize,
    /// Establishments in the table, when there is one.
    pub establishments: usize,
    /// Cells that the standard requires.
    pub required: usize,
    /// Those of them that somebody has filled.
    pub required_filled: usize,
}

impl EpciCount {
    /// Vacant land units over all, in percent, at least and at most; `None` without land units.
    #[must_use]
    pub fn vacancy_percent(&self) -> Option<(f64, f64)> {
        let percent = |count: usize| 100.0 * count as f64 / self.units as f64;
        (self.units > 0).then(|| (percent(self.vacant_low), percent(self.vacant_high)))
    }

    /// Share of the required cells that are filled, 0 to 1; `None` without rows.
    #[must_use]
    pub fn required_share(&self) -> Option<f64> {
        (self.required > 0).then(|| self.required_filled as f64 / self.required as f64)
    }
}

/// Figures per EPCI, in the order of their SIREN; zones without EPCI first.
#[must_use]
pub fn counts(inventory: &Inventory, territory: &Territory) -> Vec<EpciCount> {
    let mut lines: BTreeMap<Option<Siren>, EpciCount> = BTreeMap::new();
    for table in &inventory.tables {
        for row in &table.rows {
            let line = lines.entry(row.epci).or_insert_with(|| EpciCount {
                siren: row.epci,
                name: row
                    .epci
                    .and_then(|siren| territory.epci(siren))
                    .map(|epci| epci.name.clone())
                    .unwrap_or_default(),
                ..EpciCount::default()
            });
            let required = table.table.fields().iter().zip(&row.cells);
            for (_, cell) in required.filter(|(field, _)| field.required) {
                line.required += 1;
                line.required_filled += usize::from(cell.is_filled());
            }
            match table.table {
                StandardTable::Sites => {
                    line.zones += 1;
                    line.area_m2 += shape::area(&row.geometry);
                    if let Some(vacancy) = row.vacancy {
                        line.units += vacancy.units;
                        line.vacant_low += vacancy.low;
                        line.vacant_high += vacancy.high;
                    }
                }
                StandardTable::Establishments => line.establishments += 1,
                StandardTable::Terrains => {}
            }
        }
    }
    lines.into_values().collect()
}
