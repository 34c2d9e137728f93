//! `gisement map isochrone --at ID|lon,lat`: the ground within so many minutes of a place.

use std::borrow::Cow;
use std::path::Path;

use geo::Contains;
use geo::Geometry;
use geo::Point;
use gisement::domain::CodeInsee;
use gisement::domain::Entity;
use gisement::domain::LayerKey;
use gisement::domain::LayerView;
use gisement::domain::Territory;
use gisement::domain::TravelPlace;
use gisement::io::config::Config;
use gisement::io::deliver::layers;
use gisement::io::load;
use gisement::land;
use gisement::render::IsochroneMap;
use gisement::spatial::crs::Transform;
use gisement::units::Minutes;
use gisement::words::Words;

use super::CliError;
use super::Outcome;
use super::args::Args;
use super::args::MapArgs;
use super::export;
use super::map;
use super::output;
use super::output::Talk;
use super::rank;

/// The longest drive that is drawn, minutes.
const MOST_MINUTES: f64 = 120.0;

/// EPSG code of longitude and latitude.
const WGS_84: u32 = 4326;

pub(crate) fn run(
    args: &Args,
    map: &MapArgs,
    words: &Words,
    talk: &Talk,
) -> Result<Outcome, CliError> {
    let at = map.at.as_deref().map(str::trim).ok_or(CliError::NoIsochronePlace)?;
    let minutes = minutes(&map.minutes)?;
    talk.say(words.say("report.reading"));
    let mut territory = load::load(&Config::read(&args.folder)?)?;
    if in_layers(&territory, at).is_none() && point(at).is_none() {
        // Terrains and zones are found by a survey.
        rank::prepare(&mut territory, &rank::read_profile(land::DEFAULT_PROFILE)?)?;
    }
    let found =
        find(&territory, at).ok_or_else(|| CliError::NoSuchIsochronePlace { at: at.to_owned() })?;
    let place = TravelPlace::new(Cow::Borrowed(&found.geometry), found.commune);
    let isochrones = territory.isochrones(&place, &minutes);
    let sources = layers::sources_in_brief(&territory, words);
    let (name, shape) = (&found.name, &found.geometry);
    let picture = IsochroneMap::new(&territory, name, shape, isochrones, map.width, sources, words);
    let drawn = picture.map();
    let files = match &map.out {
        Some(path) => vec![path.clone()],
        None => {
            let out = args.folder.join(export::RESULTS);
            std::fs::create_dir_all(&out)?;
            let name = format!("map-isochrone-{}", file_name(at));
            ["png", "svg"].map(|end| out.join(format!("{name}.{end}"))).to_vec()
        }
    };
    for path in &files {
        map::write_map(&drawn, Path::new(path))?;
    }
    output::answer(&export::list(&files, words))?;
    Ok(Outcome::Answered)
}

fn minutes(given: &[f64]) -> Result<Vec<Minutes>, CliError> {
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

/// What a place is called in a file name.
fn file_name(at: &str) -> String {
    at.chars().map(|c| if c.is_alphanumeric() || ".-_".contains(c) { c } else { '_' }).collect()
}

/// A place that was asked for.
struct Found {
    name: String,
    geometry: Geometry<f64>,
    commune: Option<CodeInsee>,
}

fn find(territory: &Territory, at: &str) -> Option<Found> {
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
