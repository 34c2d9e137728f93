//! Planning zones with the purpose deduced.

use super::fields::coded;
use super::fields::field;
use super::fields::rounded_1;
use crate::domain::Entity;
use crate::domain::LayerKey;
use crate::domain::Territory;
use crate::domain::ZoneKind;
use crate::io::deliver::DeliverError;
use crate::io::deliver::layer::Cell;
use crate::io::deliver::layer::DeliveredLayer;
use crate::io::deliver::layer::FieldKind;
use crate::io::deliver::layer::GeometryKind;
use crate::io::deliver::layer::Row;
use crate::io::deliver::styles;
use crate::words::Words;

pub(super) fn layer(territory: &Territory, words: &Words) -> Result<DeliveredLayer, DeliverError> {
    let kinds = ZoneKind::ALL.map(ZoneKind::as_str);
    let fields = vec![
        field("zone_id", FieldKind::Text, words),
        field("document", FieldKind::Text, words),
        field("commune", FieldKind::Text, words),
        field("label", FieldKind::Text, words),
        field("long_label", FieldKind::Text, words),
        field("typezone", FieldKind::Text, words),
        coded("kind", "zone_kind", &kinds, words),
        field("kind_rule", FieldKind::Text, words),
        field("area_ha", FieldKind::Real { decimals: 2 }, words),
    ];
    let zones = territory.zoning.as_ref().map(|layer| &layer.entities[..]).unwrap_or_default();
    let rows = zones
        .iter()
        .map(|zone| Row {
            geometry: Some(zone.geometry.clone()),
            values: vec![
                Cell::text(&zone.id),
                Cell::text_or_null(zone.document.as_deref().unwrap_or_default()),
                zone.commune.map_or(Cell::Null, |code| Cell::text(code.as_str())),
                Cell::text_or_null(&zone.label),
                Cell::text_or_null(zone.long_label.as_deref().unwrap_or_default()),
                Cell::text(zone.typezone.as_str()),
                Cell::text(zone.kind.as_str()),
                Cell::text(&zone.kind_rule),
                Cell::real(zone.area().map(|area| rounded_1(area.ha() * 10.0) / 10.0)),
            ],
        })
        .collect();
    let style = styles::style(LayerKey::ZONING, words);
    DeliveredLayer::new(
        LayerKey::ZONING,
        words.say("layer.zoning"),
        words.say("layer_about.zoning"),
        Some(GeometryKind::MultiPolygon),
        fields,
        rows,
        style,
    )
}
