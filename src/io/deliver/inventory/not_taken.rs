//! Objects of the layers given that are in no row: told, never dropped in silence.

use std::collections::BTreeSet;

use super::given::said;
use super::previous::outline;
use crate::domain::LandStock;
use crate::domain::LayerKey;
use crate::domain::Territory;
use crate::io::schema::StandardTable;
use crate::spatial::shape;

/// A site or land of a layer given that the inventory does not hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotTaken {
    /// The table it would stand in.
    pub table: StandardTable,
    /// Its identifier.
    pub id: String,
    /// Why: a key of the catalogue under `not_taken`.
    pub why: &'static str,
    /// What it says, as columns and values: nothing that was given is lost.
    pub says: Vec<(String, String)>,
    /// Its shape as WKT in EPSG:2154.
    pub outline: String,
}

/// Sites that are no economic zone, and land that covers no land unit. Establishments outside the zones are not listed:
/// most of a commune's stand in its streets.
pub(super) fn of(territory: &Territory, stock: &LandStock) -> Vec<NotTaken> {
    let sites: BTreeSet<usize> = stock.zones.entities.iter().filter_map(|zone| zone.site).collect();
    let land: BTreeSet<usize> =
        stock.units.entities.iter().filter_map(|unit| unit.declared).collect();
    let mut left = Vec::new();
    for (key, table, taken, why) in [
        (LayerKey::SITES, StandardTable::Sites, sites, "no-zone"),
        (LayerKey::TERRAINS, StandardTable::Terrains, land, "no-unit"),
    ] {
        let Some(layer) = territory.layer(key) else { continue };
        for at in (0..layer.len()).filter(|at| !taken.contains(at)) {
            let Some(entity) = layer.entity(at) else { continue };
            let is_flat = shape::area(entity.geometry()) <= 0.0;
            let why = if is_flat { "no-area" } else { why };
            let fields = table.fields().iter().filter(|field| field.ours != "id");
            let says = fields.filter_map(|field| {
                let word = said(Some(entity), field).text()?.to_owned();
                Some((field.column(), word))
            });
            left.push(NotTaken {
                table,
                id: entity.id().into_owned(),
                why,
                says: says.collect(),
                outline: outline(entity.geometry()),
            });
        }
    }
    left
}
