//! Candidate parcels, with their standing.

use rayon::prelude::*;

use super::fields::coded;
use super::fields::criterion_cells;
use super::fields::criterion_fields;
use super::fields::field;
use super::fields::rounded_1;
use super::fields::standing;
use super::fields::standing_fields;
use crate::domain::CodeInsee;
use crate::domain::Entity;
use crate::domain::LayerKey;
use crate::domain::Parcel;
use crate::domain::Territory;
use crate::domain::ZoneKind;
use crate::evaluation::Ranked;
use crate::evaluation::Ranking;
use crate::io::deliver::DeliverError;
use crate::io::deliver::layer::Cell;
use crate::io::deliver::layer::DeliveredLayer;
use crate::io::deliver::layer::FieldKind;
use crate::io::deliver::layer::GeometryKind;
use crate::io::deliver::layer::Row;
use crate::io::deliver::styles;
use crate::land::main_zone;
use crate::units::SquareMeters;
use crate::words::Words;

pub(super) fn parcels(
    territory: &Territory,
    ranking: &Ranking,
    top: Option<usize>,
    words: &Words,
) -> Result<DeliveredLayer, DeliverError> {
    let zone_kinds = ZoneKind::ALL.map(ZoneKind::as_str);
    let mut fields = vec![
        field("idu", FieldKind::Text, words),
        field("commune", FieldKind::Text, words),
        field("commune_name", FieldKind::Text, words),
        field("epci_name", FieldKind::Text, words),
        field("area_m2", FieldKind::Real { decimals: 1 }, words),
        field("contenance_m2", FieldKind::Real { decimals: 0 }, words),
        field("zone_label", FieldKind::Text, words),
        coded("zone_kind", "zone_kind", &zone_kinds, words),
    ];
    fields.extend(standing_fields(words));
    fields.extend(criterion_fields(ranking, words));
    let entities = territory.parcels.as_ref().map(|layer| &layer.entities[..]).unwrap_or_default();
    let rows = ranking.rows[..shown(ranking, top)]
        .par_iter()
        .filter_map(|row| entities.get(row.unit).map(|parcel| (row, parcel)))
        .map(|(row, parcel)| parcel_row(territory, ranking, row, parcel, words))
        .collect();
    let about = words.fill("layer_about.parcels", &[("profile", &ranking.profile.id)]);
    let style = styles::style(LayerKey::PARCELS, words);
    DeliveredLayer::new(
        LayerKey::PARCELS,
        words.say("layer.parcels"),
        &about,
        Some(GeometryKind::MultiPolygon),
        fields,
        rows,
        style,
    )
}

fn parcel_row(
    territory: &Territory,
    ranking: &Ranking,
    row: &Ranked,
    parcel: &Parcel,
    words: &Words,
) -> Row {
    let zone = main_zone(territory, &parcel.geometry);
    let mut values = vec![Cell::text(&row.id)];
    values.extend(place(territory, row.commune));
    values.extend([
        Cell::real(parcel.area().map(|area| rounded_1(area.get()))),
        Cell::real(parcel.contenance.map(SquareMeters::get)),
        zone.map_or(Cell::Null, |(zone, _)| Cell::text_or_null(&zone.label)),
        zone.map_or(Cell::Null, |(zone, _)| Cell::text(zone.kind.as_str())),
    ]);
    values.extend(standing(ranking, row, words));
    values.extend(criterion_cells(ranking, row));
    Row { geometry: Some(parcel.geometry.clone()), values }
}

/// Code and name of the commune, name of the EPCI.
pub(in crate::io::deliver) fn place(
    territory: &Territory,
    commune: Option<CodeInsee>,
) -> [Cell; 3] {
    let name =
        commune.and_then(|code| territory.commune(code)).map(|commune| commune.name.as_str());
    let epci = commune.and_then(|code| territory.epci_of(code)).map(|epci| epci.name.as_str());
    [
        commune.map_or(Cell::Null, |code| Cell::text(code.as_str())),
        Cell::text_or_null(name.unwrap_or_default()),
        Cell::text_or_null(epci.unwrap_or_default()),
    ]
}

pub(super) fn shown(ranking: &Ranking, top: Option<usize>) -> usize {
    top.unwrap_or(usize::MAX).min(ranking.rows.len())
}
