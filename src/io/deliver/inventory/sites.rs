//! `site_eco`: one row for each economic zone.

use super::InventoryError;
use super::Work;
use super::cell::Filled;
use super::cell::InventoryRow;
use super::cell::InventoryTable;
use super::cell::Origin;
use super::fill;
use super::fill::Computed;
use super::form::number;
use super::roads::Distances;
use super::site_counts;
use super::terrains::Terrains;
use crate::domain::EconomicZone;
use crate::domain::Entity;
use crate::domain::LandUnit;
use crate::domain::LayerKey;
use crate::domain::LayerView;
use crate::domain::Value;
use crate::domain::ZoneOrigin;
use crate::io::deliver::layer::Cell;
use crate::io::schema::StandardTable;
use crate::io::schema::words;
use crate::land::main_zone;
use crate::spatial::shape;
use crate::units::M2_PER_HA;

const TABLE: StandardTable = StandardTable::Sites;

/// Columns of ours.
const EXTRA: &[&str] = &[
    "zone_origine",
    "uf_inconnu_nbre",
    "uf_vacant_min",
    "uf_vacant_max",
    "taux_vacance_min",
    "taux_vacance_max",
];

/// How far from a zone a siding may lie and still serve it, m: the point is drawn where it leaves the line. Our judgement.
const SIDING_M: f64 = 100.0;

/// Share of a zone in one planning zone from which that zone says what it is.
const MOST: f64 = 0.5;

pub(super) fn table(
    work: &Work<'_>,
    terrains: &Terrains,
) -> Result<InventoryTable, InventoryError> {
    let given = work.territory.layer(LayerKey::SITES);
    let distances = Distances::new(work.territory);
    let zones = work.stock.zones.entities.iter().enumerate();
    let rows = zones
        .filter(|(at, _)| work.takes_zone(*at))
        .map(|(at, zone)| {
            let given = given.zip(zone.site).and_then(|(layer, site)| layer.entity(site));
            let land = Land::of(work, terrains, at);
            row(work, zone, &land, given, &distances)
        })
        .collect::<Result<Vec<_>, _>>()?;
    Ok(InventoryTable::new(TABLE, EXTRA, rows))
}

/// The land of one zone.
struct Land<'a> {
    units: Vec<&'a LandUnit>,
    /// `terr_utile`, `terr_stade_comm` and area in m² of each unit.
    stages: Vec<(bool, Option<String>, f64)>,
}

impl<'a> Land<'a> {
    fn of(work: &Work<'a>, terrains: &Terrains, zone: usize) -> Self {
        let mut land = Self { units: Vec::new(), stages: Vec::new() };
        for (row, at) in terrains.table.rows.iter().zip(&terrains.unit_of_row) {
            let Some(unit) = work.stock.units.entities.get(*at) else { continue };
            if unit.zone != zone {
                continue;
            }
            let table = StandardTable::Terrains;
            let is_usable = row.value(table, "usable") == Some("oui");
            let stage = row.cell(table, "sale_stage").filter(|cell| cell.is_filled());
            let stage = stage.and_then(|cell| cell.value.clone());
            land.units.push(unit);
            land.stages.push((is_usable, stage, shape::area(&unit.geometry)));
        }
        land
    }

    fn usable_ha(&self) -> f64 {
        let usable = self.stages.iter().filter(|(is_usable, _, _)| *is_usable);
        usable.map(|(_, _, area_m2)| area_m2).sum::<f64>() / M2_PER_HA
    }

    /// Area at one of these stages of sale; `None` while the stage of a usable unit is not known.
    fn at_stage_ha(&self, stages: &[&str]) -> Option<f64> {
        let mut area_m2 = 0.0;
        for (is_usable, stage, unit_m2) in &self.stages {
            match stage {
                Some(stage) if stages.contains(&stage.as_str()) => area_m2 += unit_m2,
                Some(_) => {}
                None if *is_usable => return None,
                None => {}
            }
        }
        (!self.stages.is_empty()).then_some(area_m2 / M2_PER_HA)
    }
}

fn row(
    work: &Work<'_>,
    zone: &EconomicZone,
    land: &Land<'_>,
    given: Option<&dyn Entity>,
    distances: &Distances<'_>,
) -> Result<InventoryRow, InventoryError> {
    let computed = computed(work, zone, land, distances)?;
    let mut filled = fill::row(TABLE, &zone.id, work.edits, given, &computed);
    site_counts::settle(&mut filled.cells, &mut filled.aside, given, &zone.units);
    say_synthetic(&mut filled.cells, work);
    let epci = zone.main_commune().and_then(|commune| work.territory.epci_of(commune));
    let vacancy = site_counts::vacancy(&filled.cells, zone);
    let count = |count: usize| Cell::Integer(i64::try_from(count).unwrap_or(i64::MAX));
    let percent = |count: usize| match vacancy.units {
        0 => Cell::Null,
        all => Cell::Real((1000.0 * count as f64 / all as f64).round() / 10.0),
    };
    let extra = vec![
        Cell::text(zone.origin.as_str()),
        count(vacancy.high - vacancy.low),
        count(vacancy.low),
        count(vacancy.high),
        percent(vacancy.low),
        percent(vacancy.high),
    ];
    // What a count of the layer given says is in its cell by now.
    let says = |column: &str, value: &str| {
        let fields = TABLE.fields().iter().zip(&filled.cells);
        let mut found = fields.filter(|(field, _)| field.column() == column);
        found.any(|(_, cell)| cell.value.as_deref() == Some(value))
    };
    let mut aside = filled.aside.clone();
    aside.retain(|(column, value)| !says(column, value));
    Ok(InventoryRow {
        id: zone.id.to_string(),
        epci: epci.map(|epci| epci.siren),
        geometry: zone.geometry.clone(),
        cells: filled.cells,
        aside,
        vacancy: Some(vacancy),
        extra,
    })
}

fn computed(
    work: &Work<'_>,
    zone: &EconomicZone,
    land: &Land<'_>,
    distances: &Distances<'_>,
) -> Result<Computed, InventoryError> {
    let mut computed = Computed::new();
    let mut say = |ours, value: Option<String>| {
        if let Some(value) = value {
            computed.insert(ours, value);
        }
    };
    let commune = zone.main_commune();
    let epci = commune.and_then(|commune| work.territory.epci_of(commune));
    let units = &zone.units;
    say("id", Some(zone.id.to_string()));
    say("name", zone.name.as_deref().map(str::to_owned));
    say("class", reserve(work, zone));
    say("gross_area_ha", Some(number(shape::area(&zone.geometry) / M2_PER_HA)));
    say("usable_area_ha", Some(number(land.usable_ha())));
    let for_sale = land.at_stage_ha(&["en vente", "en vente avec contraintes"]);
    say("for_sale_area_ha", for_sale.map(number));
    let reserved = ["réservé par option de réservation", "réservé par une délibération de l'EPCI"];
    say("reserved_area_ha", land.at_stage_ha(&reserved).map(number));
    say("identified", Some(work.edits.identified(TABLE, &zone.id, &work.scope.date)));
    say("updated", Some(work.scope.date.clone()));
    say("epci_name", epci.map(|epci| epci.name.clone()));
    say("epci", epci.map(|epci| epci.siren.to_string()));
    let named = commune.and_then(|commune| work.territory.commune(commune));
    say("main_commune_name", named.map(|commune| commune.name.clone()));
    say("main_commune", commune.map(|commune| commune.to_string()));
    say("land_units", Some(units.total.to_string()));
    say("vacant_land_units", (units.unknown == 0).then(|| units.vacant.to_string()));
    let buildings_known = land.units.iter().all(|unit| unit.built_m2.is_some());
    say("built_land_units", buildings_known.then(|| units.built.to_string()));
    say("establishments", establishments(work, zone, land));
    say("geometry", Some(work.geojson(&zone.id, &zone.geometry)?));
    say("centre", work.centre(&zone.geometry));
    say("network_rail_freight", siding(work, zone).map(str::to_owned));
    say("station_km", distances.station_km(zone));
    say("freight_station_km", distances.freight_station_km(zone));
    Ok(computed)
}

/// A zone drawn by a planning document as one to be opened to urbanisation is what the standard calls so; whether another
/// is a ZAE is for the EPCI to say.
fn reserve(work: &Work<'_>, zone: &EconomicZone) -> Option<String> {
    if zone.origin != ZoneOrigin::Zoning {
        return None;
    }
    let (planned, share) = main_zone(work.territory, &zone.geometry)?;
    let is_reserve = planned.typezone.as_str().starts_with("AU") && share.get() >= MOST;
    is_reserve.then(|| "zone AU à vocation économique".to_owned())
}

/// Establishments of the zone's land that are not known to be closed; `None` where no layer speaks.
fn establishments(work: &Work<'_>, zone: &EconomicZone, land: &Land<'_>) -> Option<String> {
    let layer = work.territory.layer(LayerKey::ESTABLISHMENTS)?;
    if !layer.covers(zone.main_commune()) {
        return None;
    }
    let mut found: Vec<usize> =
        land.units.iter().flat_map(|unit| unit.establishments.iter().copied()).collect();
    found.sort_unstable();
    found.dedup();
    let is_open = |at: &usize| {
        let active = layer.entity(*at).map(|entity| entity.attribute("active"));
        active != Some(Value::Flag(false))
    };
    Some(found.iter().filter(|at| is_open(at)).count().to_string())
}

/// Whether a siding serves the zone; `None` where no layer speaks. A siding that is known to be gone serves nobody.
fn siding(work: &Work<'_>, zone: &EconomicZone) -> Option<&'static str> {
    let layer = work.territory.layer(LayerKey::RAIL_SIDINGS)?;
    if !layer.covers(zone.main_commune()) {
        return None;
    }
    let found = layer.index().nearest(
        &zone.geometry,
        Some(SIDING_M),
        |at| !is_gone(layer, at as usize),
        |at| layer.geometry(at),
    );
    Some(if found.is_some() { "oui" } else { "non" })
}

fn is_gone(layer: &dyn LayerView, at: usize) -> bool {
    match layer.entity(at).map(|entity| entity.attribute("class")) {
        Some(Value::Text(state)) => {
            let state = words::plain(&state);
            ["dispar", "depos", "demont", "supprim"].iter().any(|word| state.contains(word))
        }
        _ => false,
    }
}

/// Invented data say so in the only free text that the standard has.
fn say_synthetic(cells: &mut [Filled], work: &Work<'_>) {
    let at = TABLE.fields().iter().position(|field| field.ours == "description");
    if let Some(cell) = at.and_then(|at| cells.get_mut(at)) {
        mark_synthetic(cell, work);
    }
}

/// Puts the remark before a text that does not have it yet.
pub(super) fn mark_synthetic(cell: &mut Filled, work: &Work<'_>) {
    if !work.territory.is_synthetic() {
        return;
    }
    let remark = work.words.say("product.synthetic_short");
    cell.value = Some(match cell.value.take() {
        Some(text) if text.starts_with(remark) => text,
        Some(text) => format!("{remark} – {text}"),
        None => {
            cell.origin = Origin::Computed;
            remark.to_owned()
        }
    });
}
