//! Town centre, roads, stops, shops, power, sidings, heat.

use super::Answered;
use super::Origin;
use super::around::Around;
use super::around::of_words;
use super::silent;
use crate::domain::Entity;
use crate::domain::Friche;
use crate::domain::LayerKey;
use crate::domain::LayerView;
use crate::domain::Value;
use crate::domain::plain;
use crate::evaluation::Filter;
use crate::evaluation::Measured;
use crate::evaluation::Unknown;
use crate::friche::mutability::Answer;

/// A site is in the town centre up to this distance from the town hall, metres.
const TOWN_CENTRE_M: f64 = 1_000.0;
/// A motorway at least this far in a straight line is that far by road: the last class of distances begins here, metres.
const FAR_MOTORWAY_M: f64 = 5_000.0;
/// How far stops are looked for, metres.
const STOPS_M: f64 = 2_000.0;
/// A stop nearer than this is near, metres: the only class of distances that counts.
const NEAR_STOP_M: f64 = 500.0;
/// How far shops and services are looked for, metres.
const SHOPS_M: f64 = 500.0;
/// Shops and services that count: INSEE, base permanente des équipements.
const SHOPS: [&str; 12] = [
    "B104", "B105", "B201", "B202", "B204", "B206", "B207", "A203", "A206", "A207", "A208", "D307",
];
/// How far a connection to the grid is looked for, metres.
const POWER_M: f64 = 5_000.0;
/// How far a siding serves, metres.
const SIDING_M: f64 = 1_000.0;
/// How far a heat network is looked for, metres: that is where the last class of distances begins.
const HEAT_M: f64 = 500.0;

pub(super) fn in_town_centre(around: &Around<'_>, site: &Friche) -> Answered {
    let key = LayerKey::TOWN_HALLS;
    let near = around.nearest(key, &Filter::default(), site, TOWN_CENTRE_M)?.is_some();
    if !near && !is_of_commune(around.layer(key, &Filter::default(), site)?, site) {
        return Err(Unknown::NotCovered { layer: key.to_owned() });
    }
    Ok((Answer::Flag(near), Origin::Layer(key)))
}

/// Whether any object of a layer is in the commune of the site: a file of some communes says nothing about others.
fn is_of_commune(layer: &dyn LayerView, site: &Friche) -> bool {
    let communes = (0..layer.len()).filter_map(|at| layer.entity(at)?.commune());
    site.commune.is_none_or(|commune| communes.into_iter().any(|one| one == commune))
}

/// By road. A straight line says only that the road is at least as long, which is enough far away.
pub(super) fn motorway(around: &Around<'_>, site: &Friche) -> Answered {
    let origin = Origin::Layer(LayerKey::ROADS);
    match around.motorway(site) {
        Measured::Number(meters) => Ok((Answer::Number(meters), origin)),
        Measured::StraightLine(meters) if meters >= FAR_MOTORWAY_M => {
            Ok((Answer::Number(meters), origin))
        }
        Measured::NoneFound { .. } => Ok((Answer::NoneFound, origin)),
        Measured::Unknown(reason) => Err(reason),
        _ => Err(Unknown::NoWay { layer: LayerKey::ROADS.to_owned() }),
    }
}

/// The nearest stop or station. Stations alone can say that one is near, not that no bus is.
pub(super) fn public_transport(around: &Around<'_>, site: &Friche) -> Answered {
    let trains = Filter {
        tests: vec![(
            "passengers".to_owned(),
            crate::evaluation::Test::NoneOf(vec!["false".to_owned()]),
        )],
    };
    let station = around.nearest(LayerKey::STATIONS, &trains, site, STOPS_M);
    match around.nearest(LayerKey::TRANSPORT_STOPS, &Filter::default(), site, STOPS_M) {
        Ok(stop) => {
            let nearest = [stop, station.ok().flatten()].into_iter().flatten().reduce(f64::min);
            let answer = nearest.map_or(Answer::NoneFound, Answer::Number);
            Ok((answer, Origin::Layer(LayerKey::TRANSPORT_STOPS)))
        }
        Err(why) => match station {
            Ok(Some(meters)) if meters < NEAR_STOP_M => {
                Ok((Answer::Number(meters), Origin::Layer(LayerKey::STATIONS)))
            }
            _ => Err(why),
        },
    }
}

pub(super) fn shops(around: &Around<'_>, site: &Friche) -> Answered {
    let key = LayerKey::AMENITIES;
    let found = around.nearest(key, &of_words("kind", &SHOPS), site, SHOPS_M)?;
    Ok((Answer::Flag(found.is_some()), Origin::Layer(key)))
}

pub(super) fn power(around: &Around<'_>, site: &Friche) -> Answered {
    let key = LayerKey::SUBSTATIONS;
    let found = around.nearest(key, &Filter::default(), site, POWER_M)?;
    Ok((found.map_or(Answer::NoneFound, Answer::Number), Origin::Layer(key)))
}

/// The best siding within reach: one in good state before one that needs work. A siding whose state is not told is in
/// none of the published classes.
pub(super) fn siding(around: &Around<'_>, site: &Friche) -> Answered {
    let key = LayerKey::RAIL_SIDINGS;
    let layer = around.layer(key, &Filter::default(), site)?;
    let near = layer.index().within_distance(site.geometry(), SIDING_M, |at| layer.geometry(at));
    let states: Vec<Option<bool>> = near
        .into_iter()
        .filter_map(|at| layer.entity(at as usize))
        .map(|object| match object.attribute("class") {
            Value::Text(state) => is_in_good_state(&state),
            _ => None,
        })
        .collect();
    let origin = Origin::Layer(key);
    if states.is_empty() {
        return Ok((Answer::Word("plus-1km"), origin));
    }
    if states.contains(&Some(true)) {
        return Ok((Answer::Word("moins-1km-bon-etat"), origin));
    }
    if states.contains(&None) {
        return Err(Unknown::NoValue { attribute: "class".to_owned() });
    }
    Ok((Answer::Word("moins-1km-mauvais-etat"), origin))
}

/// Words for the state of a siding. `None` for others.
fn is_in_good_state(word: &str) -> Option<bool> {
    let word = plain(word);
    let says = |words: &[&str]| words.iter().any(|part| word.contains(part));
    if says(&["mauvais", "degrade", "deposee", "hors", "inutilis", "ferme", "abandon", "inactif"]) {
        Some(false)
    } else if says(&["bon", "moyen", "actif", "active", "service", "utilise", "ouvert"]) {
        Some(true)
    } else {
        None
    }
}

/// A network of which only the boiler house is drawn may pass nearer than it seems: that none is near, it cannot say.
pub(super) fn heat_network(around: &Around<'_>, site: &Friche) -> Answered {
    let key = LayerKey::HEAT_NETWORKS;
    let found = around.nearest(key, &Filter::default(), site, HEAT_M)?;
    let in_part = of_words("complete", &["false"]);
    let layer = around.layer(key, &in_part, site)?;
    let is_in_part = |at: usize| layer.entity(at).is_some_and(|network| in_part.keeps(network));
    match found {
        Some(meters) => Ok((Answer::Number(meters), Origin::Layer(key))),
        None if (0..layer.len()).any(is_in_part) => Err(silent("heat_line")),
        None => Ok((Answer::NoneFound, Origin::Layer(key))),
    }
}
