//! Communes with their counts.

use std::collections::BTreeMap;

use super::Rankings;
use super::fields::field;
use crate::domain::CodeInsee;
use crate::domain::Commune;
use crate::domain::Entity;
use crate::domain::LayerKey;
use crate::domain::Territory;
use crate::io::deliver::DeliverError;
use crate::io::deliver::layer::Cell;
use crate::io::deliver::layer::DeliveredLayer;
use crate::io::deliver::layer::FieldKind;
use crate::io::deliver::layer::GeometryKind;
use crate::io::deliver::layer::Row;
use crate::io::deliver::styles;
use crate::words::Words;

pub(super) fn layer(
    territory: &Territory,
    rankings: &Rankings,
    words: &Words,
) -> Result<DeliveredLayer, DeliverError> {
    let fields = vec![
        field("insee", FieldKind::Text, words),
        field("name", FieldKind::Text, words),
        field("epci_siren", FieldKind::Text, words),
        field("epci_name", FieldKind::Text, words),
        field("petr", FieldKind::Text, words),
        field("department", FieldKind::Text, words),
        field("population", FieldKind::Integer, words),
        field("area_ha", FieldKind::Real { decimals: 1 }, words),
        field("n_parcels", FieldKind::Integer, words),
        field("n_candidates", FieldKind::Integer, words),
        field("n_friches", FieldKind::Integer, words),
    ];
    let parcels = territory
        .parcels
        .as_ref()
        .map(|layer| tally(layer.entities.iter().filter_map(Entity::commune)));
    let candidates = rankings
        .land
        .as_ref()
        .map(|ranking| tally(ranking.rows.iter().filter_map(|row| row.commune)));
    let friches = territory
        .friches
        .as_ref()
        .map(|layer| tally(layer.entities.iter().filter_map(Entity::commune)));
    let outlined = territory.communes.entities.iter().any(Commune::has_outline);
    let kind = if outlined { GeometryKind::MultiPolygon } else { GeometryKind::Point };
    let rows = territory
        .communes
        .entities
        .iter()
        .map(|commune| {
            let epci = territory.epci_of(commune.insee);
            let text = |value: Option<&str>| Cell::text_or_null(value.unwrap_or_default());
            let values = vec![
                Cell::text(commune.insee.as_str()),
                Cell::text(&commune.name),
                text(commune.epci.as_ref().map(|siren| siren.as_str())),
                text(epci.map(|epci| epci.name.as_str())),
                text(epci.and_then(|epci| epci.petr.as_deref())),
                Cell::text(&commune.department),
                commune.population.map_or(Cell::Null, |number| Cell::Integer(i64::from(number))),
                Cell::real(commune.area().map(|area| super::fields::rounded_1(area.ha()))),
                count(parcels.as_ref(), commune.insee),
                count(candidates.as_ref(), commune.insee),
                count(friches.as_ref(), commune.insee),
            ];
            Row { geometry: Some(super::fields::outline(commune, outlined)), values }
        })
        .collect();
    let style = styles::style(if outlined { LayerKey::COMMUNES } else { "communes_points" }, words);
    DeliveredLayer::new(
        LayerKey::COMMUNES,
        words.say("layer.communes"),
        words.say("layer_about.communes"),
        Some(kind),
        fields,
        rows,
        style,
    )
}

fn tally(communes: impl Iterator<Item = CodeInsee>) -> BTreeMap<CodeInsee, i64> {
    let mut counts = BTreeMap::new();
    for commune in communes {
        *counts.entry(commune).or_insert(0) += 1;
    }
    counts
}

/// The count of a commune: 0 when the layer has none there, null when the layer is not given.
fn count(counts: Option<&BTreeMap<CodeInsee, i64>>, commune: CodeInsee) -> Cell {
    counts.map_or(Cell::Null, |counts| Cell::Integer(counts.get(&commune).copied().unwrap_or(0)))
}
