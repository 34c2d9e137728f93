//! Communes as places to house workers.

use super::fields::criterion_cells;
use super::fields::criterion_fields;
use super::fields::field;
use super::fields::standing;
use super::fields::standing_fields;
use crate::domain::Commune;
use crate::domain::LayerKey;
use crate::domain::Territory;
use crate::domain::Value;
use crate::evaluation::Ranking;
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
    ranking: &Ranking,
    top: Option<usize>,
    words: &Words,
) -> Result<DeliveredLayer, DeliverError> {
    let mut fields = vec![
        field("insee", FieldKind::Text, words),
        field("name", FieldKind::Text, words),
        field("epci_siren", FieldKind::Text, words),
        field("epci_name", FieldKind::Text, words),
        field("population", FieldKind::Integer, words),
        field("dwellings", FieldKind::Integer, words),
        field("vacant_2y_low", FieldKind::Integer, words),
        field("vacant_2y_high", FieldKind::Integer, words),
    ];
    fields.extend(standing_fields(words));
    fields.extend(criterion_fields(ranking, words));
    let outlined = territory.communes.entities.iter().any(Commune::has_outline);
    let kind = if outlined { GeometryKind::MultiPolygon } else { GeometryKind::Point };
    let vacancy = territory.tables.get(LayerKey::VACANCY);
    let rows = ranking
        .rows
        .iter()
        .take(top.unwrap_or(usize::MAX))
        .filter_map(|row| territory.communes.entities.get(row.unit).map(|commune| (row, commune)))
        .map(|(row, commune)| {
            let figure = |column| {
                bounds(&vacancy.map_or(Value::Missing, |table| table.value(commune.insee, column)))
            };
            let [dwellings, _] = figure("private_dwellings");
            let [low, high] = figure("vacant_2y");
            let epci = territory.epci_of(commune.insee).map(|epci| epci.name.as_str());
            let siren = commune.epci.as_ref().map(|siren| siren.as_str());
            let mut values = vec![
                Cell::text(commune.insee.as_str()),
                Cell::text(&commune.name),
                Cell::text_or_null(siren.unwrap_or_default()),
                Cell::text_or_null(epci.unwrap_or_default()),
                commune.population.map_or(Cell::Null, |number| Cell::Integer(i64::from(number))),
                dwellings,
                low,
                high,
            ];
            values.extend(standing(ranking, row, words));
            values.extend(criterion_cells(ranking, row));
            Row { geometry: Some(super::fields::outline(commune, outlined)), values }
        })
        .collect();
    let about = words.fill("layer_about.housing", &[("profile", &ranking.profile.id)]);
    let style = styles::style(if outlined { "housing" } else { "housing_points" }, words);
    DeliveredLayer::new(
        "housing",
        words.say("layer.housing"),
        &about,
        Some(kind),
        fields,
        rows,
        style,
    )
}

/// Low and high bound of a count: null when unknown, never zero.
fn bounds(value: &Value<'_>) -> [Cell; 2] {
    let cell = |number: f64| Cell::Integer(number.round() as i64);
    match value {
        Value::Number(number) => [cell(*number), cell(*number)],
        Value::Between { low, high } => [cell(*low), cell(*high)],
        _ => [Cell::Null, Cell::Null],
    }
}
