//! `terrain_eco`: one row for each land unit.

use super::InventoryError;
use super::Work;
use super::cell::InventoryRow;
use super::cell::InventoryTable;
use super::fill;
use super::fill::Computed;
use super::form::number;
use crate::domain::Availability;
use crate::domain::EconomicZone;
use crate::domain::Entity;
use crate::domain::LandUnit;
use crate::domain::LayerKey;
use crate::domain::Occupation;
use crate::domain::ParcelId;
use crate::domain::Reason;
use crate::io::deliver::layer::Cell;
use crate::io::schema::StandardTable;
use crate::io::schema::ownership_word;
use crate::spatial::shape;
use crate::units::M2_PER_HA;

const TABLE: StandardTable = StandardTable::Terrains;

/// Columns of ours.
const EXTRA: &[&str] =
    &["disponibilite", "disponibilite_motif", "occupation_motif", "terr_id_source"];

/// Uses that no establishment settles on: they do not count for the usable area of a site.
const NO_PLOT: [&str; 8] = [
    "voirie ou infrastructure",
    "parkings, stationnement",
    "zone de retournement poids-lourds",
    "autres équipements publics",
    "bassin d'orage ou de rétention",
    "espace vert",
    "espace naturel ou forestier",
    "espace agricole",
];

/// The table, and the position of the land unit of each row.
pub(super) struct Terrains {
    pub(super) table: InventoryTable,
    pub(super) unit_of_row: Vec<usize>,
}

pub(super) fn table(work: &Work<'_>) -> Result<Terrains, InventoryError> {
    let declared = work.territory.layer(LayerKey::TERRAINS);
    let units = &work.stock.units.entities;
    let mut n_units_of = std::collections::BTreeMap::new();
    for unit in units {
        if let Some(at) = unit.declared {
            *n_units_of.entry(at).or_insert(0_usize) += 1;
        }
    }
    let (mut rows, mut unit_of_row) = (Vec::new(), Vec::new());
    for (at, unit) in units.iter().enumerate().filter(|(_, unit)| work.takes_zone(unit.zone)) {
        let Some(zone) = work.stock.zones.entities.get(unit.zone) else { continue };
        let given = declared.zip(unit.declared).and_then(|(layer, at)| layer.entity(at));
        let is_alone = unit.declared.is_some_and(|at| n_units_of.get(&at) == Some(&1));
        rows.push(row(work, zone, unit, given, is_alone)?);
        unit_of_row.push(at);
    }
    Ok(Terrains { table: InventoryTable::new(TABLE, EXTRA, rows), unit_of_row })
}

fn row(
    work: &Work<'_>,
    zone: &EconomicZone,
    unit: &LandUnit,
    given: Option<&dyn Entity>,
    is_alone: bool,
) -> Result<InventoryRow, InventoryError> {
    let computed = computed(work, zone, unit)?;
    let mut filled = fill::row(TABLE, &unit.id, work.edits, given, &computed);
    settle_use(&mut filled.cells, unit);
    if !is_alone {
        // The price of a land that has become several units belongs to none of them.
        move_aside(&mut filled, "sale_amount_eur");
    }
    let commune = zone.main_commune().and_then(|commune| work.territory.epci_of(commune));
    let told = |reason: &Reason| Cell::text(&told(reason, work));
    let extra = vec![
        Cell::text(unit.availability.as_str()),
        told(&unit.reason),
        told(&unit.occupation_reason),
        given.map_or(Cell::Null, |given| Cell::text(&given.id())),
    ];
    Ok(InventoryRow {
        id: unit.id.to_string(),
        epci: commune.map(|epci| epci.siren),
        geometry: unit.geometry.clone(),
        cells: filled.cells,
        aside: filled.aside,
        vacancy: None,
        extra,
    })
}

fn computed(
    work: &Work<'_>,
    zone: &EconomicZone,
    unit: &LandUnit,
) -> Result<Computed, InventoryError> {
    let mut computed = Computed::new();
    let mut say = |ours, value: Option<String>| {
        if let Some(value) = value {
            computed.insert(ours, value);
        }
    };
    say("id", Some(unit.id.to_string()));
    say("site", Some(zone.id.to_string()));
    say("parcels", parcels(work, unit));
    say("gross_area_ha", Some(number(shape::area(&unit.geometry) / M2_PER_HA)));
    say("identified", Some(work.edits.identified(TABLE, &unit.id, &work.scope.date)));
    say("updated", Some(work.scope.date.clone()));
    say("ownership", unit.owner.map(|class| ownership_word(class).to_owned()));
    let is_forbidden =
        unit.availability == Availability::NonAmenageable && unit.reason.key == "hard";
    say("works_stage", is_forbidden.then(|| "non aménageable".to_owned()));
    let occupation = Some(unit.occupation).filter(|state| *state != Occupation::Unknown);
    say("occupation", occupation.map(|state| state.as_str().to_owned()));
    say("geometry", Some(work.geojson(&unit.id, &unit.geometry)?));
    Ok(computed)
}

/// Identifiers of its parcels; `None` when none has one.
fn parcels(work: &Work<'_>, unit: &LandUnit) -> Option<String> {
    let layer = work.territory.parcels.as_ref()?;
    let mut list: Vec<String> = unit
        .parcels
        .iter()
        .filter_map(|at| layer.entities.get(*at))
        .filter_map(|parcel| match parcel.id {
            ParcelId::Idu(idu) => Some(idu.to_string()),
            ParcelId::Unnamed { .. } => None,
        })
        .collect();
    list.sort_unstable();
    list.dedup();
    Some(list.join("|")).filter(|list| !list.is_empty())
}

/// Whether the unit counts for the usable area, where nobody said it: a parcel of an economic zone does, unless its use
/// or the law says otherwise. Its use may be the user's own word, so this comes after it.
fn settle_use(cells: &mut [super::Filled], unit: &LandUnit) {
    let position = |ours| TABLE.fields().iter().position(|field| field.ours == ours);
    let (Some(usable), Some(purpose)) = (position("usable"), position("use")) else { return };
    let purpose = cells.get(purpose).and_then(|cell| cell.value.as_deref()).unwrap_or_default();
    let counts = !NO_PLOT.contains(&purpose) && unit.availability != Availability::NonAmenageable;
    let word = if counts { "oui" } else { "non" }.to_owned();
    if let Some(cell) = cells.get_mut(usable).filter(|cell| !cell.is_filled()) {
        *cell = super::Filled { value: Some(word), origin: super::Origin::Computed };
    }
}

fn move_aside(filled: &mut fill::FilledRow, ours: &str) {
    let Some(at) = TABLE.fields().iter().position(|field| field.ours == ours) else { return };
    let Some(cell) = filled.cells.get_mut(at) else { return };
    if cell.origin == super::Origin::Given
        && let Some(value) = cell.value.take()
    {
        cell.origin = super::Origin::Awaited;
        filled.aside.push((TABLE.fields()[at].column(), value));
    }
}

/// A rule as a sentence.
fn told(reason: &Reason, work: &Work<'_>) -> String {
    let key = format!("rule.{}", reason.key);
    work.words.fill(&key, &[("about", &reason.about)])
}
