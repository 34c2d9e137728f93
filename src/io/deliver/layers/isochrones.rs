//! From where one drives to the zones of the best terrains, in so many minutes.

use std::borrow::Cow;

use geo::Geometry;
use geo::Intersects;
use geo::MultiPolygon;
use geo::Point;
use rayon::prelude::*;

use super::fields::coded;
use super::fields::field;
use super::land::zone_name;
use super::ranked::place;
use crate::domain::Commune;
use crate::domain::EconomicZone;
use crate::domain::Isochrone;
use crate::domain::LandStock;
use crate::domain::Territory;
use crate::domain::TravelPlace;
use crate::evaluation::Ranking;
use crate::io::deliver::DeliverError;
use crate::io::deliver::layer::Cell;
use crate::io::deliver::layer::DeliveredLayer;
use crate::io::deliver::layer::FieldKind;
use crate::io::deliver::layer::GeometryKind;
use crate::io::deliver::layer::Row;
use crate::io::deliver::styles;
use crate::units::Minutes;
use crate::words::Words;

/// Name of the layer.
const ISOCHRONES: &str = "isochrones";
/// Terrains whose zones are told.
const TERRAINS: usize = 10;
/// Minutes, the most first: the nearer lies on top.
const MINUTES: [f64; 3] = [30.0, 20.0, 10.0];

/// One row per zone and time, zones in the order of their best terrain.
pub(super) fn layer(
    territory: &Territory,
    stock: &LandStock,
    ranking: &Ranking,
    words: &Words,
) -> Result<DeliveredLayer, DeliverError> {
    let fields = vec![
        field("eco_zone_id", FieldKind::Text, words),
        field("eco_zone", FieldKind::Text, words),
        field("commune", FieldKind::Text, words),
        field("commune_name", FieldKind::Text, words),
        field("epci_name", FieldKind::Text, words),
        field("minutes", FieldKind::Integer, words),
        coded("travel_by", "travel_by", &["road", "straight-line"], words),
        field("communes_reached", FieldKind::Integer, words),
        field("inhabitants_reached", FieldKind::Integer, words),
    ];
    let minutes: Vec<Minutes> = MINUTES.into_iter().filter_map(Minutes::new).collect();
    let mains: Vec<(&Commune, Point)> = territory
        .communes
        .entities
        .iter()
        .filter_map(|commune| Some((commune, Point(territory.main_place(commune)?))))
        .collect();
    let rows: Vec<Vec<Row>> = best_zones(stock, ranking)
        .into_par_iter()
        .map(|zone| {
            let from = TravelPlace::new(Cow::Borrowed(&zone.geometry), zone.main_commune());
            let found = territory.isochrones(&from, &minutes);
            let some = found.into_iter().filter(|isochrone| !isochrone.area.0.is_empty());
            some.map(|isochrone| row(territory, zone, isochrone, &mains)).collect()
        })
        .collect();
    let about = words.fill("layer_about.isochrones", &[("profile", &ranking.profile.id)]);
    DeliveredLayer::new(
        ISOCHRONES,
        words.say("layer.isochrones"),
        &about,
        Some(GeometryKind::MultiPolygon),
        fields,
        rows.into_iter().flatten().collect(),
        styles::style(ISOCHRONES, words),
    )
}

/// The zones of the best terrains, each once.
fn best_zones<'a>(stock: &'a LandStock, ranking: &Ranking) -> Vec<&'a EconomicZone> {
    let mut seen: Vec<usize> = Vec::new();
    for row in ranking.rows.iter().filter(|row| row.rank.is_some()).take(TERRAINS) {
        let zone = stock.terrains.entities.get(row.unit).map(|terrain| terrain.zone);
        seen.extend(zone.filter(|zone| !seen.contains(zone)));
    }
    seen.into_iter().filter_map(|zone| stock.zones.entities.get(zone)).collect()
}

fn row(
    territory: &Territory,
    zone: &EconomicZone,
    isochrone: Isochrone,
    mains: &[(&Commune, Point)],
) -> Row {
    let (n_communes, inhabitants) = within(&isochrone.area, mains);
    let mut values = vec![Cell::text(&zone.id), Cell::text_or_null(&zone_name(zone))];
    values.extend(place(territory, zone.main_commune()));
    values.extend([
        Cell::Integer(isochrone.within.get().round() as i64),
        Cell::text(isochrone.by.as_str()),
        Cell::Integer(n_communes),
        inhabitants.map_or(Cell::Null, Cell::Integer),
    ]);
    Row { geometry: Some(Geometry::MultiPolygon(isochrone.area)), values }
}

/// The communes whose main place lies in an area, and how many people live in them; `None` where one does not say.
fn within(area: &MultiPolygon<f64>, mains: &[(&Commune, Point)]) -> (i64, Option<i64>) {
    let inside = mains.iter().filter(|(_, main)| area.intersects(main));
    inside.fold((0, Some(0)), |(n, people), (commune, _)| {
        (n + 1, people.zip(commune.population).map(|(sum, more)| sum + i64::from(more)))
    })
}
