//! The inventory of economic zones (code de l'urbanisme, L318-8-2) in the CNIG standard *Sites économiques*: rows from a
//! surveyed territory, files, and the user's edits of an earlier delivery.
//!
//! What the layers given say is kept, what geometry and tables can say is computed, the rest is left to the EPCI: empty
//! where the standard allows it, else the standard's own word `inconnu`; never guessed.

mod books;
mod cell;
mod completeness;
mod counts;
mod edits;
mod error;
mod establishments;
mod fill;
mod form;
mod given;
mod layers;
mod lock;
mod not_taken;
mod previous;
mod roads;
mod shapes;
mod site_counts;
mod sites;
mod standard_csv;
mod terrains;
mod told;
mod write;

pub use books::BOOKS_TABLE;
pub(crate) use books::Books;
pub use cell::Filled;
pub use cell::InventoryRow;
pub use cell::InventoryTable;
pub use cell::Origin;
pub use cell::Vacancy;
pub use completeness::Completeness;
pub use completeness::completeness;
pub use counts::EpciCount;
pub use counts::counts;
pub use edits::Edits;
pub use edits::Moved;
pub use edits::settle;
pub use error::InventoryError;
pub use form::day;
pub use form::form_value;
pub use not_taken::NotTaken;
pub use previous::Lost;
pub use previous::Previous;
pub use previous::WhyLost;
pub use previous::read;
pub use write::GEOPACKAGE;
pub use write::write;

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use crate::domain::LandStock;
use crate::domain::LayerKey;
use crate::domain::Siren;
use crate::domain::Territory;
use crate::io::schema::StandardField;
use crate::io::schema::StandardTable;
use crate::land::OfficerWord;
use crate::spatial::crs::Transform;
use crate::words::Words;

/// What to take up, and how.
#[derive(Debug, Clone)]
pub struct Scope {
    /// The day of the inventory, `2026-06-01`.
    pub date: String,
    /// The EPCIs to take up; empty for all.
    pub epcis: BTreeSet<Siren>,
}

/// A value of a layer given that the standard does not have.
#[derive(Debug, Clone)]
pub struct GivenOutside {
    /// Table.
    pub table: StandardTable,
    /// Field.
    pub field: &'static StandardField,
    /// As it was given.
    pub value: String,
    /// The first row that has it.
    pub first: String,
    /// How many rows have it.
    pub rows: usize,
}

/// The inventory, before it is written.
#[derive(Debug)]
pub struct Inventory {
    /// Its day.
    pub date: String,
    /// Sites, land, and establishments where a layer of them is given.
    pub tables: Vec<InventoryTable>,
    /// Sites and land of the layers given that are not in it, and why.
    pub not_taken: Vec<NotTaken>,
    /// Edits that could not be put anywhere: kept beside.
    pub lost: Vec<Lost>,
}

impl Inventory {
    /// A table, when it is there.
    #[must_use]
    pub fn table(&self, table: StandardTable) -> Option<&InventoryTable> {
        self.tables.iter().find(|known| known.table == table)
    }

    /// What the layers given say against the standard, once for each table, field and value: words of no list, which are
    /// kept, and what the schema refuses, which stands in the column `fourni` only.
    #[must_use]
    pub fn given_outside(&self) -> Vec<GivenOutside> {
        let mut found: BTreeMap<(usize, usize, String), GivenOutside> = BTreeMap::new();
        for (at, table) in self.tables.iter().enumerate() {
            let fields = table.table.fields();
            for row in &table.rows {
                let given = row.cells.iter().enumerate().filter_map(|(field, cell)| {
                    let value = cell.value.as_deref().filter(|_| cell.origin == Origin::Given)?;
                    Some((field, value))
                });
                let aside = row.aside.iter().filter_map(|(column, value)| {
                    let field = fields.iter().position(|field| field.column() == *column)?;
                    Some((field, value.as_str()))
                });
                for (field, value) in given.chain(aside) {
                    if form::is_allowed(&fields[field], value) {
                        continue;
                    }
                    let one = found.entry((at, field, value.to_owned())).or_insert_with(|| {
                        GivenOutside {
                            table: table.table,
                            field: &fields[field],
                            value: value.to_owned(),
                            first: row.id.clone(),
                            rows: 0,
                        }
                    });
                    one.rows += 1;
                }
            }
        }
        found.into_values().collect()
    }

    /// Sites with more vacant land units than land units, by an officer's figure: it is kept, and counts for nothing.
    #[must_use]
    pub fn too_many_vacant(&self) -> Vec<(&str, &str)> {
        let sites = self.table(StandardTable::Sites).into_iter().flat_map(|table| &table.rows);
        sites
            .filter_map(|row| {
                let vacant = row.value(StandardTable::Sites, "vacant_land_units")?;
                let units = row.vacancy?.units as f64;
                let is_more = vacant.parse::<f64>().is_ok_and(|vacant| vacant > units);
                is_more.then_some((row.id.as_str(), vacant))
            })
            .collect()
    }

    /// Fields that the standard requires and that have no word for "unknown", empty in some rows: dates and years.
    #[must_use]
    pub fn required_but_empty(&self) -> Vec<(StandardTable, &'static StandardField, usize)> {
        let mut found = Vec::new();
        for table in &self.tables {
            for (at, field) in table.table.fields().iter().enumerate() {
                let is_empty = |row: &&InventoryRow| {
                    row.cells.get(at).is_some_and(|cell| cell.value.is_none())
                };
                let n = table.rows.iter().filter(is_empty).count();
                if field.required && n > 0 {
                    found.push((table.table, field, n));
                }
            }
        }
        found
    }
}

/// The officer's words about land units among the edits, for [`crate::land::hear`]: to be heard before anything is counted.
#[must_use]
pub fn officer_words(stock: &LandStock, edits: &Edits) -> Vec<OfficerWord> {
    let units = stock.units.entities.iter().enumerate();
    units
        .filter_map(|(unit, land)| {
            let said = |ours| edits.get(StandardTable::Terrains, &land.id, ours).map(str::to_owned);
            let word = OfficerWord {
                unit,
                works_stage: said("works_stage"),
                sale_stage: said("sale_stage"),
                occupation: said("occupation"),
            };
            let is_said = word.works_stage.is_some()
                || word.sale_stage.is_some()
                || word.occupation.is_some();
            is_said.then_some(word)
        })
        .collect()
}

/// Puts the inventory together.
///
/// # Errors
/// [`InventoryError::Projection`] when a shape has no image in WGS 84.
pub fn build(
    territory: &Territory,
    stock: &LandStock,
    edits: Edits,
    scope: &Scope,
    words: &Words,
) -> Result<Inventory, InventoryError> {
    let wgs_84 = Transform::to_wgs_84()
        .map_err(|error| InventoryError::Projection { what: error.to_string() })?;
    let work = Work { territory, stock, edits: &edits, scope, wgs_84, words };
    let terrains = terrains::table(&work)?;
    let sites = sites::table(&work, &terrains)?;
    let mut tables = vec![sites, terrains.table];
    if territory.layer(LayerKey::ESTABLISHMENTS).is_some() {
        tables.push(establishments::table(&work)?);
    }
    let not_taken = not_taken::of(territory, stock);
    let lost = edits.into_lost();
    Ok(Inventory { date: scope.date.clone(), tables, not_taken, lost })
}

/// What every table is made with.
struct Work<'a> {
    territory: &'a Territory,
    stock: &'a LandStock,
    edits: &'a Edits,
    scope: &'a Scope,
    wgs_84: Transform,
    words: &'a Words,
}

impl Work<'_> {
    /// Whether a zone is to be taken up.
    fn takes_zone(&self, zone: usize) -> bool {
        zone_epci(self.territory, self.stock, zone, self.scope)
    }
}

/// Whether a zone belongs to an EPCI of the scope.
fn zone_epci(territory: &Territory, stock: &LandStock, zone: usize, scope: &Scope) -> bool {
    if scope.epcis.is_empty() {
        return true;
    }
    let zone = stock.zones.entities.get(zone);
    let commune = zone.and_then(crate::domain::EconomicZone::main_commune);
    let epci = commune.and_then(|commune| territory.epci_of(commune));
    epci.is_some_and(|epci| scope.epcis.contains(&epci.siren))
}
