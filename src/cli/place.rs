//! Places that are asked for: by identifier, or by longitude and latitude.

use std::borrow::Cow;

use geo::Contains;
use geo::Geometry;
use geo::Point;
use gisement::domain::CodeInsee;
use gisement::domain::Entity;
use gisement::domain::LayerKey;
use gisement::domain::LayerView;
use gisement::domain::Territory;
use gisement::domain::TravelPlace;
use gisement::io::deliver::layers;
use gisement::spatial::crs::Transform;
use gisement::units::Minutes;

use super::CliError;

/// The longest drive that is drawn, minutes.
const MOST_MINUTES: f64 = 120.0;

/// EPSG code of longitude and latitude.
const WGS_84: u32 = 4326;

/// Drives asked for on the command line.
pub(crate) fn minutes(given: &[f64]) -> Result<Vec<Minutes>, CliError> {
    given
        .iter()
        .map(|value| {
            Minutes::new(*value)
                .filter(|minutes| minutes.get() > 0.0 && *value <= MOST_MINUTES)
                .ok_or(CliError::IsochroneMinutes {
                    value: value.to_string(),
                    most: MOST_MINUTES.to_string(),
                })
        })
        .collect()
}

/// A place that was asked for.
pub(crate) struct Found {
    /// What it is called.
    pub(crate) name: String,
    /// Its shape; of a commune the place where people live.
    pub(crate) geometry: Geometry<f64>,
    /// The commune that it lies in.
    pub(crate) commune: Option<CodeInsee>,
}

impl Found {
    /// As an end of ways.
    pub(crate) fn travel_place(&self) -> TravelPlace<'_> {
        TravelPlace::new(Cow::Borrowed(&self.geometry), self.commune)
    }
}

/// Whether a place can be found without a survey of land.
pub(crate) fn is_at_hand(territory: &Territory, at: &str) -> bool {
    in_layers(territory, at).is_some() || point(at).is_some()
}

/// The place of an identifier, or of `lon,lat`.
pub(crate) fn find(territory: &Territory, at: &str) -> Option<Found> {
    if let Some(terrain) = terrain(territory, at) {
        return Some(terrain);
    }
    if let Some(entity) = in_layers(territory, at) {
        return Some(of_entity(territory, entity));
    }
    let zones = territory.stock.iter().flat_map(|stock| &stock.zones.entities);
    if let Some(zone) = zones.into_iter().find(|zone| &*zone.id == at) {
        let name = Some(layers::zone_name(zone)).filter(|name| !name.is_empty());
        return Some(Found {
            name: name.unwrap_or_else(|| zone.id.to_string()),
            geometry: zone.geometry.clone(),
            commune: zone.main_commune(),
        });
    }
    let point = point(at)?;
    let communes = &territory.communes.entities;
    let holds = |geometry: &Geometry<f64>| geometry.contains(&point);
    let commune = communes.iter().find(|commune| holds(&commune.geometry));
    Some(Found {
        name: commune.map_or_else(|| at.to_owned(), |commune| format!("{at} ({})", commune.name)),
        geometry: Geometry::Point(point),
        commune: commune.map(|commune| commune.insee),
    })
}

/// A terrain, called after its zone: a reader of the map knows that name.
fn terrain(territory: &Territory, id: &str) -> Option<Found> {
    let stock = territory.stock.as_ref()?;
    let terrain = stock.terrains.entities.iter().find(|terrain| terrain.id() == id)?;
    let zone = stock.zones.entities.get(terrain.zone).map(layers::zone_name);
    let mut found = of_entity(territory, terrain);
    if let Some(zone) = zone.filter(|zone| !zone.is_empty()) {
        found.name = format!("{zone}, terrain {id}");
    }
    Some(found)
}

/// The layers whose objects can be named, the smallest kinds first.
const LAYERS: [&str; 6] = [
    LayerKey::LAND,
    LayerKey::PARCELS,
    LayerKey::FRICHES,
    LayerKey::COMMUNES,
    LayerKey::SITES,
    LayerKey::STATIONS,
];

fn in_layers<'a>(territory: &'a Territory, id: &str) -> Option<&'a dyn Entity> {
    LAYERS.into_iter().filter_map(|key| territory.layer(key)).find_map(|layer: &dyn LayerView| {
        (0..layer.len()).filter_map(|at| layer.entity(at)).find(|entity| entity.id() == id)
    })
}

/// Named after its identifier and the commune it lies in.
fn of_entity(territory: &Territory, entity: &dyn Entity) -> Found {
    let commune = entity.commune();
    let name = commune.and_then(|code| territory.commune(code)).map(|commune| &commune.name);
    let id = entity.id();
    let name = match name {
        Some(name) if commune.is_some_and(|code| code.as_str() == id) => name.clone(),
        Some(name) => format!("{id} ({name})"),
        None => id.to_string(),
    };
    let place = territory.travel_place(entity);
    let geometry =
        place.map_or_else(|| entity.geometry().clone(), |place| place.geometry().clone());
    Found { name, geometry, commune }
}

/// `lon,lat` in degrees as a place in Lambert-93; `None` for anything else, and for places outside its reach.
fn point(at: &str) -> Option<Point<f64>> {
    let (lon, lat) = at.split_once(',')?;
    let (lon, lat): (f64, f64) = (lon.trim().parse().ok()?, lat.trim().parse().ok()?);
    let is_in_france = (-6.0..=10.5).contains(&lon) && (41.0..=51.6).contains(&lat);
    let to_lambert = Transform::to_lambert_93(WGS_84).ok()?;
    let at = to_lambert.point(geo::Coord { x: lon, y: lat })?;
    is_in_france.then_some(Point(at))
}
