//! Communes and EPCIs as places to house workers.

use geo::Geometry;

use super::fields::coded;
use super::fields::criterion_cells;
use super::fields::criterion_fields;
use super::fields::disc;
use super::fields::field;
use super::fields::outline;
use super::fields::rounded_1;
use super::fields::standing;
use super::fields::standing_fields;
use crate::domain::Commune;
use crate::domain::Entity;
use crate::domain::EpciArea;
use crate::domain::HousingKind;
use crate::domain::LayerKey;
use crate::domain::Territory;
use crate::domain::Value;
use crate::evaluation::Ranked;
use crate::evaluation::Ranking;
use crate::evaluation::UnitKind;
use crate::housing;
use crate::io::deliver::DeliverError;
use crate::io::deliver::layer::Cell;
use crate::io::deliver::layer::DeliveredLayer;
use crate::io::deliver::layer::Field;
use crate::io::deliver::layer::FieldKind;
use crate::io::deliver::layer::GeometryKind;
use crate::io::deliver::layer::Row;
use crate::io::deliver::styles;
use crate::words::Words;

/// Counts that have a column for each bound, before those of each kind of stock.
const COUNTS: [&str; 3] = ["private_dwellings", "vacant_2y", "mobilisable"];

/// Rates that have a column for each bound.
const RATES: [&str; 3] = ["structural_vacancy_percent", "vacancy_percent", housing::ACCESS];

/// A ranked commune or EPCI.
enum Place<'a> {
    Commune(&'a Commune),
    Epci(&'a EpciArea),
}

/// The rows of one ranking, or of several of the same profile; named after the first.
pub(super) fn layer(
    territory: &Territory,
    rankings: &[&Ranking],
    top: Option<usize>,
    words: &Words,
) -> Result<DeliveredLayer, DeliverError> {
    let of = |unit| rankings.iter().find(|ranking| ranking.profile.unit == unit).copied();
    let communes = of(UnitKind::Commune);
    let epcis = of(UnitKind::Epci);
    let Some(first) = communes.or(epcis) else {
        return DeliveredLayer::new("housing", "", "", None, Vec::new(), Vec::new(), None);
    };
    let mut fields = fields(territory, words);
    fields.extend(standing_fields(words));
    fields.extend(criterion_fields(first, words));
    let outlined = territory.communes.entities.iter().any(Commune::has_outline);
    let kind = if outlined { GeometryKind::MultiPolygon } else { GeometryKind::Point };
    let rows = rankings
        .iter()
        .flat_map(|ranking| {
            let shown = ranking.rows.iter().take(top.unwrap_or(usize::MAX));
            shown.map(move |row| (*ranking, row))
        })
        .filter_map(|(ranking, row)| Some((ranking, row, place(territory, ranking, row)?)))
        .map(|(ranking, row, place)| {
            let mut values = cells(territory, ranking, row, &place);
            values.extend(standing(ranking, row, words));
            values.extend(criterion_cells(ranking, row));
            Row { geometry: Some(shape(&place, outlined)), values }
        })
        .collect();
    let key = if communes.is_some() { "housing" } else { "housing_epcis" };
    let about = words.fill(&format!("layer_about.{key}"), &[("profile", &first.profile.id)]);
    let style = if outlined { key.to_owned() } else { format!("{key}_points") };
    let title = words.say(&format!("layer.{key}")).to_owned();
    let style = styles::style(&style, words);
    DeliveredLayer::new(key, &title, &about, Some(kind), fields, rows, style)
}

fn place<'a>(territory: &'a Territory, ranking: &Ranking, row: &Ranked) -> Option<Place<'a>> {
    match ranking.profile.unit {
        UnitKind::Epci => territory.epci_areas.as_ref()?.entities.get(row.unit).map(Place::Epci),
        _ => territory.communes.entities.get(row.unit).map(Place::Commune),
    }
}

fn shape(place: &Place<'_>, outlined: bool) -> Geometry<f64> {
    match place {
        Place::Commune(commune) => outline(commune, outlined),
        Place::Epci(epci) => match (epci.geometry(), outlined) {
            (Geometry::Point(centre), true) => disc(*centre, epci.communes_area),
            (shape, _) => shape.clone(),
        },
    }
}

/// Columns with bounds: name, decimals.
fn bounded() -> impl Iterator<Item = (&'static str, FieldKind)> {
    let kinds = HousingKind::ALL.map(HousingKind::mobilisable);
    let counts = COUNTS.into_iter().chain(kinds).map(|name| (name, FieldKind::Integer));
    counts.chain(RATES.map(|name| (name, FieldKind::Real { decimals: 1 })))
}

fn fields(territory: &Territory, words: &Words) -> Vec<Field> {
    let index = FieldKind::Real { decimals: 1 };
    let classes = territory.housing_rules.iter().flat_map(|rules| &rules.tension.classes);
    let classes = classes
        .map(|class| (class.id.clone(), words.pick(&class.label.fr, &class.label.en).to_owned()))
        .collect();
    let mut fields = vec![
        coded("place_kind", "housing_unit", &["commune", "epci"], words),
        field("code", FieldKind::Text, words),
        field("name", FieldKind::Text, words),
        field("epci_siren", FieldKind::Text, words),
        field("epci_name", FieldKind::Text, words),
        field("population", FieldKind::Integer, words),
        field("tension_class", FieldKind::Text, words).with_values(classes),
        field("tension", index, words),
        field("tension_low", index, words),
        field("tension_high", index, words),
        field("tension_known", FieldKind::Real { decimals: 0 }, words),
    ];
    for (name, kind) in bounded() {
        let label = words.say(&format!("housing_column.{name}")).to_owned();
        for (bound, end) in [("housing.low", "low"), ("housing.high", "high")] {
            let title = words.fill(bound, &[("label", &label)]);
            fields.push(Field::new(&format!("{name}_{end}"), &title, kind));
        }
    }
    fields
}

fn cells(territory: &Territory, ranking: &Ranking, row: &Ranked, place: &Place<'_>) -> Vec<Cell> {
    let (name, epci, population) = match place {
        Place::Commune(commune) => {
            (&commune.name, territory.epci_of(commune.insee), commune.population)
        }
        Place::Epci(epci) => (&epci.epci.name, Some(&epci.epci), epci.population),
    };
    let rules = territory.housing_rules.as_ref();
    let tension = rules.map(|rules| housing::tension(&rules.tension, &ranking.profile, row));
    let of_tension = |of: fn(&housing::Tension) -> Option<f64>| {
        Cell::real(tension.as_ref().and_then(of).map(rounded_1))
    };
    let class = tension.as_ref().and_then(|tension| tension.class.as_ref());
    let mut cells = vec![
        Cell::text(ranking.profile.unit.as_str()),
        Cell::text(&row.id),
        Cell::text(name),
        epci.map_or(Cell::Null, |epci| Cell::text(epci.siren.as_str())),
        epci.map_or(Cell::Null, |epci| Cell::text(&epci.name)),
        population.map_or(Cell::Null, |number| Cell::Integer(i64::from(number))),
        class.map_or(Cell::Null, |class| Cell::text(&class.id)),
        of_tension(|tension| tension.index),
        of_tension(|tension| Some(tension.low)),
        of_tension(|tension| Some(tension.high)),
        of_tension(|tension| Some((100.0 * tension.known).round())),
    ];
    let table = territory.tables.get(LayerKey::HOUSING);
    for (column, kind) in bounded() {
        let value = table.map_or(Value::Missing, |table| match place {
            Place::Commune(commune) => table.value(commune.insee, column),
            Place::Epci(epci) => table.value_of_epci(epci.siren(), column),
        });
        cells.extend(bounds(&value, kind));
    }
    cells
}

/// Low and high bound: null when unknown, never zero; a high bound that nobody knows is null.
fn bounds(value: &Value<'_>, kind: FieldKind) -> [Cell; 2] {
    let cell = |number: f64| match kind {
        _ if !number.is_finite() => Cell::Null,
        FieldKind::Integer => Cell::Integer(number.round() as i64),
        _ => Cell::Real(rounded_1(number)),
    };
    match value {
        Value::Number(number) => [cell(*number), cell(*number)],
        Value::Between { low, high } => [cell(*low), cell(*high)],
        Value::Estimate(estimate) => [cell(estimate.low), cell(estimate.high)],
        _ => [Cell::Null, Cell::Null],
    }
}
