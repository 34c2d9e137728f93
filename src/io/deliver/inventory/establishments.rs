//! `etablissement`: one row for each establishment that stands on a land unit.

use std::collections::BTreeMap;

use super::InventoryError;
use super::Work;
use super::cell::Filled;
use super::cell::InventoryRow;
use super::cell::InventoryTable;
use super::cell::Origin;
use super::fill;
use super::fill::Computed;
use super::given::said;
use super::shapes::point_of;
use super::sites::mark_synthetic;
use crate::domain::CodeInsee;
use crate::domain::Entity;
use crate::domain::LandUnit;
use crate::domain::LayerKey;
use crate::domain::LayerView;
use crate::io::schema::NO_OBJECT;
use crate::io::schema::StandardTable;
use crate::io::schema::UNKNOWN;
use crate::io::schema::place_quality_word;
use crate::io::schema::staff_label;

const TABLE: StandardTable = StandardTable::Establishments;

pub(super) fn table(work: &Work<'_>) -> Result<InventoryTable, InventoryError> {
    let mut units_of: BTreeMap<usize, Vec<&LandUnit>> = BTreeMap::new();
    for unit in work.stock.units.entities.iter().filter(|unit| work.takes_zone(unit.zone)) {
        for at in &unit.establishments {
            units_of.entry(*at).or_default().push(unit);
        }
    }
    let layer = work.territory.layer(LayerKey::ESTABLISHMENTS);
    let rows = units_of
        .into_iter()
        .filter_map(|(at, units)| layer.and_then(|layer| layer.entity(at)).map(|e| (e, units)))
        .map(|(entity, units)| row(work, layer, entity, &units))
        .collect::<Result<Vec<_>, _>>()?;
    Ok(InventoryTable::new(TABLE, &[], rows))
}

fn row(
    work: &Work<'_>,
    layer: Option<&dyn LayerView>,
    entity: &dyn Entity,
    units: &[&LandUnit],
) -> Result<InventoryRow, InventoryError> {
    let id = entity.id().into_owned();
    let commune = entity.commune().or_else(|| units.iter().find_map(|unit| unit.commune));
    let computed = computed(work, layer, entity, units, commune)?;
    let mut filled = fill::row(TABLE, &id, work.edits, Some(entity), &computed);
    if is_person(entity) {
        withhold_names(&mut filled.cells);
    }
    let description = TABLE.fields().iter().position(|field| field.ours == "description");
    if let Some(cell) = description.and_then(|at| filled.cells.get_mut(at)) {
        mark_synthetic(cell, work);
    }
    let epci = commune.and_then(|commune| work.territory.epci_of(commune));
    Ok(InventoryRow {
        id,
        epci: epci.map(|epci| epci.siren),
        geometry: point_of(entity.geometry()),
        cells: filled.cells,
        aside: filled.aside,
        vacancy: None,
        extra: Vec::new(),
    })
}

fn computed(
    work: &Work<'_>,
    layer: Option<&dyn LayerView>,
    entity: &dyn Entity,
    units: &[&LandUnit],
    commune: Option<CodeInsee>,
) -> Result<Computed, InventoryError> {
    let mut computed = Computed::new();
    let mut say = |ours, value: Option<String>| {
        if let Some(value) = value {
            computed.insert(ours, value);
        }
    };
    let id = entity.id();
    let value_of = |ours: &str| {
        let field = TABLE.field(ours)?;
        said(Some(entity), field).value().map(str::to_owned)
    };
    say("id", Some(id.to_string()));
    let is_siret = id.len() == 14 && id.bytes().all(|b| b.is_ascii_digit());
    say("siren", id.get(..9).filter(|_| is_siret).map(str::to_owned));
    let mut land: Vec<&str> = units.iter().map(|unit| &*unit.id).collect();
    land.sort_unstable();
    say("terrain", Some(land.join("|")));
    let epci = commune.and_then(|commune| work.territory.epci_of(commune));
    say("epci_name", epci.map(|epci| epci.name.clone()));
    say("epci", epci.map(|epci| epci.siren.to_string()));
    let named = commune.and_then(|commune| work.territory.commune(commune));
    say("commune_name", named.map(|commune| commune.name.clone()));
    say("commune", commune.map(|commune| commune.to_string()));
    say("identified", Some(work.edits.identified(TABLE, &id, &work.scope.date)));
    say("updated", Some(work.scope.date.clone()));
    let code = value_of("staff_code");
    say("staff_label", code.as_deref().and_then(staff_label).map(str::to_owned));
    let quality = value_of("place_quality");
    let word = quality.as_deref().and_then(place_quality_word);
    say("place_quality", word.map(str::to_owned));
    let source = layer.map(|layer| layer.provenance().source.clone());
    say("source_info", source.filter(|source| !source.is_empty()));
    let place = match point_of(entity.geometry()) {
        geo::Geometry::Point(at) => geo::Geometry::MultiPoint(vec![at].into()),
        other => other,
    };
    say("geometry", Some(work.geojson(&id, &place)?));
    Ok(computed)
}

/// Whether the firm is a natural person: INSEE, *catégories juridiques*, first level 1.
fn is_person(entity: &dyn Entity) -> bool {
    let form = TABLE.field("legal_form").map(|field| said(Some(entity), field));
    form.is_some_and(|form| form.value().is_some_and(|code| code.starts_with('1')))
}

/// A natural person has no name to be filled in later: the standard's word for that is not "unknown".
fn withhold_names(cells: &mut [Filled]) {
    for (field, cell) in TABLE.fields().iter().zip(cells) {
        let is_name = matches!(field.ours, "firm_name" | "trade_name");
        if is_name && cell.value.as_deref() == Some(UNKNOWN) {
            *cell = Filled { value: Some(NO_OBJECT.to_owned()), origin: Origin::Computed };
        }
    }
}
