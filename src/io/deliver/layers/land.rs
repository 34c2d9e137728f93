//! Economic land: terrains with their standing, their net land, the zones and the parcels they are made of.

use geo::Geometry;
use rayon::prelude::*;

use super::fields::coded;
use super::fields::criterion_cells;
use super::fields::criterion_fields;
use super::fields::field;
use super::fields::reason_told;
use super::fields::rounded_1;
use super::fields::standing;
use super::fields::standing_fields;
use super::ranked::place;
use super::ranked::shown;
use crate::domain::Availability;
use crate::domain::EconomicZone;
use crate::domain::LandStock;
use crate::domain::Terrain;
use crate::domain::Territory;
use crate::evaluation::Ranking;
use crate::io::deliver::DeliverError;
use crate::io::deliver::layer::Cell;
use crate::io::deliver::layer::DeliveredLayer;
use crate::io::deliver::layer::Field;
use crate::io::deliver::layer::FieldKind;
use crate::io::deliver::layer::GeometryKind;
use crate::io::deliver::layer::Row;
use crate::io::deliver::styles;
use crate::words::Words;

const AREA: FieldKind = FieldKind::Real { decimals: 0 };
const LENGTH: FieldKind = FieldKind::Real { decimals: 1 };
const PERCENT: FieldKind = FieldKind::Real { decimals: 1 };

/// Ranked terrains.
pub(super) fn terrains(
    territory: &Territory,
    ranking: &Ranking,
    top: Option<usize>,
    words: &Words,
) -> Result<DeliveredLayer, DeliverError> {
    let mut fields = vec![
        field("terrain_id", FieldKind::Text, words),
        field("commune", FieldKind::Text, words),
        field("commune_name", FieldKind::Text, words),
        field("epci_name", FieldKind::Text, words),
        field("eco_zone", FieldKind::Text, words),
        availability_field(words),
        field("availability_rule", FieldKind::Text, words),
        field("gross_area_m2", AREA, words),
        field("net_area_m2", AREA, words),
    ];
    fields.extend(standing_fields(words));
    fields.extend([
        field("circle_diameter_m", LENGTH, words),
        field("rectangle_length_m", LENGTH, words),
        field("rectangle_width_m", LENGTH, words),
        field("frontage_m", LENGTH, words),
        field("slope_percent", PERCENT, words),
        field("typezone", FieldKind::Text, words),
        coded("owner", "owner", &["public", "private", "mixed"], words),
        field("parcel_count", FieldKind::Integer, words),
        field("n_units", FieldKind::Integer, words),
        field("parcel_list", FieldKind::Text, words),
        field("unsettled", FieldKind::Text, words),
        field("eco_zone_id", FieldKind::Text, words).hidden(),
    ]);
    fields.extend(criterion_fields(ranking, words));
    hide_repeated(&mut fields);
    let stock = territory.stock.as_ref();
    let entities = stock.map(|stock| &stock.terrains.entities[..]).unwrap_or_default();
    let rows = ranking.rows[..shown(ranking, top)]
        .par_iter()
        .filter_map(|row| entities.get(row.unit).map(|terrain| (row, terrain)))
        .map(|(row, terrain)| {
            let zone = stock.and_then(|stock| stock.zones.entities.get(terrain.zone));
            let mut values = vec![Cell::text(&row.id)];
            values.extend(place(territory, row.commune));
            values.extend([
                zone.map_or(Cell::Null, |zone| Cell::text_or_null(&zone_name(zone))),
                Cell::text(terrain.availability.as_str()),
                Cell::text(&reason_told(&terrain.reason, ranking.profile.land.as_ref(), words)),
                Cell::Real(rounded_1(terrain.gross_m2)),
                Cell::real(terrain.net_m2().map(rounded_1)),
            ]);
            values.extend(standing(ranking, row, words));
            values.extend(form(terrain));
            values.extend([
                Cell::text_or_null(terrain.planning.as_deref().unwrap_or_default()),
                Cell::text_or_null(terrain.owner.as_deref().unwrap_or_default()),
                Cell::Integer(terrain.parts.len() as i64),
                Cell::Integer(terrain.n_units as i64),
                Cell::text(&parcel_list(terrain)),
                Cell::text_or_null(&unsettled(terrain, ranking, words)),
                zone.map_or(Cell::Null, |zone| Cell::text(&zone.id)),
            ]);
            values.extend(criterion_cells(ranking, row));
            Row { geometry: Some(terrain.geometry.clone()), values }
        })
        .collect();
    let about = words.fill("layer_about.found_terrains", &[("profile", &ranking.profile.id)]);
    layer("terrains", "layer.found_terrains", &about, fields, rows, words)
}

/// Net land of the ranked terrains, one row each; a terrain of which nothing is left has none.
pub(super) fn net(
    territory: &Territory,
    ranking: &Ranking,
    words: &Words,
) -> Result<DeliveredLayer, DeliverError> {
    let fields = vec![
        field("terrain_id", FieldKind::Text, words),
        field("net_area_m2", AREA, words),
        field("circle_diameter_m", LENGTH, words),
        field("rectangle_length_m", LENGTH, words),
        field("rectangle_width_m", LENGTH, words),
    ];
    let stock = territory.stock.as_ref();
    let entities = stock.map(|stock| &stock.terrains.entities[..]).unwrap_or_default();
    let rows = ranking
        .rows
        .iter()
        .filter_map(|row| entities.get(row.unit))
        .filter_map(|terrain| {
            let net = terrain.net.as_ref().filter(|net| !net.geometry.0.is_empty())?;
            let mut values = vec![Cell::text(&terrain.id), Cell::Real(rounded_1(net.area_m2))];
            values.extend(form(terrain).into_iter().take(3));
            Some(Row { geometry: Some(Geometry::MultiPolygon(net.geometry.clone())), values })
        })
        .collect();
    let about = words.say("layer_about.terrain_net");
    layer("terrain_net", "layer.terrain_net", about, fields, rows, words)
}

/// Economic zones.
pub(super) fn zones(
    territory: &Territory,
    stock: &LandStock,
    words: &Words,
) -> Result<DeliveredLayer, DeliverError> {
    let fields = vec![
        field("eco_zone_id", FieldKind::Text, words),
        field("eco_zone", FieldKind::Text, words),
        coded("origin", "zone_origin", &["site", "zoning"], words),
        field("kind_rule", FieldKind::Text, words),
        field("commune", FieldKind::Text, words),
        field("commune_name", FieldKind::Text, words),
        field("epci_name", FieldKind::Text, words),
        field("communes", FieldKind::Text, words),
        field("area_ha", FieldKind::Real { decimals: 2 }, words),
        field("built_percent", PERCENT, words),
        field("n_units", FieldKind::Integer, words),
        field("units_built", FieldKind::Integer, words),
        field("units_occupied", FieldKind::Integer, words),
        field("units_vacant", FieldKind::Integer, words),
        field("units_unknown", FieldKind::Integer, words),
        field("vacancy_low_percent", PERCENT, words),
        field("vacancy_high_percent", PERCENT, words),
    ];
    let rows = stock
        .zones
        .entities
        .iter()
        .map(|zone| {
            let count = |count: usize| Cell::Integer(count as i64);
            let vacancy = zone.units.vacancy_percent();
            let mut values = vec![
                Cell::text(&zone.id),
                Cell::text_or_null(&zone_name(zone)),
                Cell::text(zone.origin.as_str()),
                Cell::text_or_null(&zone.rule),
            ];
            values.extend(place(territory, zone.main_commune()));
            let communes: Vec<&str> = zone
                .communes
                .iter()
                .filter_map(|(code, _)| territory.commune(*code))
                .map(|commune| commune.name.as_str())
                .collect();
            values.extend([
                Cell::text_or_null(&communes.join(", ")),
                Cell::Real((crate::spatial::shape::area(&zone.geometry) / 100.0).round() / 100.0),
                Cell::real(zone.built_share.map(|share| rounded_1(share * 100.0))),
                count(zone.units.total),
                count(zone.units.built),
                count(zone.units.occupied),
                count(zone.units.vacant),
                count(zone.units.unknown),
                Cell::real(vacancy.map(|(low, _)| rounded_1(low))),
                Cell::real(vacancy.map(|(_, high)| rounded_1(high))),
            ]);
            Row { geometry: Some(zone.geometry.clone()), values }
        })
        .collect();
    let about = words.say("layer_about.economic_zones");
    layer("economic_zones", "layer.economic_zones", about, fields, rows, words)
}

/// Parcels of the zones, with their availability and the rule that decides.
pub(super) fn parcels(
    territory: &Territory,
    stock: &LandStock,
    ranking: &Ranking,
    words: &Words,
) -> Result<DeliveredLayer, DeliverError> {
    let fields = vec![
        field("idu", FieldKind::Text, words),
        field("commune", FieldKind::Text, words),
        field("commune_name", FieldKind::Text, words),
        field("epci_name", FieldKind::Text, words),
        field("eco_zone_id", FieldKind::Text, words),
        availability_field(words),
        field("availability_rule", FieldKind::Text, words),
        field("area_m2", AREA, words),
    ];
    let parcels = territory.parcels.as_ref().map(|layer| &layer.entities[..]).unwrap_or_default();
    let rows = stock
        .pieces
        .par_iter()
        .filter_map(|piece| parcels.get(piece.parcel).map(|parcel| (piece, parcel)))
        .map(|(piece, parcel)| {
            let zone = stock.zones.entities.get(piece.zone);
            let mut values = vec![Cell::text(&parcel.id.to_string())];
            values.extend(place(territory, parcel.commune));
            values.extend([
                zone.map_or(Cell::Null, |zone| Cell::text(&zone.id)),
                Cell::text(piece.availability.as_str()),
                Cell::text(&reason_told(&piece.reason, ranking.profile.land.as_ref(), words)),
                Cell::Real(rounded_1(piece.area_m2)),
            ]);
            Row { geometry: Some(piece.geometry.clone()), values }
        })
        .collect();
    let about = words.say("layer_about.land_parcels");
    layer("land_parcels", "layer.land_parcels", about, fields, rows, words)
}

fn layer(
    name: &str,
    title: &str,
    about: &str,
    fields: Vec<Field>,
    rows: Vec<Row>,
    words: &Words,
) -> Result<DeliveredLayer, DeliverError> {
    let style = styles::style(name, words);
    let kind = Some(GeometryKind::MultiPolygon);
    DeliveredLayer::new(name, words.say(title), about, kind, fields, rows, style)
}

/// A criterion that is a column already is hidden under its second name: a table shows each title once.
fn hide_repeated(fields: &mut [Field]) {
    for at in 1..fields.len() {
        let (before, rest) = fields.split_at_mut(at);
        if let Some(field) = rest.first_mut() {
            field.hidden |= before.iter().any(|other| !other.hidden && other.title == field.title);
        }
    }
}

fn availability_field(words: &Words) -> Field {
    let codes = Availability::ALL.map(Availability::as_str);
    coded("availability", "availability", &codes, words)
}

/// The name of a zone, or what stands for it.
pub fn zone_name(zone: &EconomicZone) -> String {
    zone.name.as_deref().unwrap_or_default().to_owned()
}

fn form(terrain: &Terrain) -> Vec<Cell> {
    let net = terrain.net.as_ref();
    let circle = net.and_then(|net| net.circle);
    let rectangle = net.and_then(|net| net.rectangle.as_ref());
    vec![
        Cell::real(circle.map(|(_, radius)| rounded_1(2.0 * radius))),
        Cell::real(rectangle.map(|(_, long, _)| rounded_1(*long))),
        Cell::real(rectangle.map(|(_, _, short)| rounded_1(*short))),
        Cell::real(terrain.frontage_m.map(rounded_1)),
        Cell::real(terrain.slope.map(|slope| rounded_1(slope * 100.0))),
    ]
}

fn parcel_list(terrain: &Terrain) -> String {
    let ids: Vec<String> = terrain.parts.iter().map(|part| part.id.to_string()).collect();
    ids.join("|")
}

fn unsettled(terrain: &Terrain, ranking: &Ranking, words: &Words) -> String {
    let rules = ranking.profile.land.as_ref();
    let labels: Vec<String> = terrain
        .unsettled
        .iter()
        .map(|id| super::fields::constraint_told(id, rules, words))
        .collect();
    labels.join(" ; ")
}
