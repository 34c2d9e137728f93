//! Natural and technological hazards, wetlands.

use super::Answered;
use super::Origin;
use super::around::Around;
use super::around::of_words;
use super::silent;
use crate::domain::Entity;
use crate::domain::Friche;
use crate::domain::LayerKey;
use crate::domain::Value;
use crate::evaluation::Filter;
use crate::evaluation::Test;
use crate::evaluation::Unknown;
use crate::friche::mutability::Answer;
use crate::spatial::shape;

/// A cavity up to this distance counts, metres.
const CAVITY_M: f64 = 500.0;
/// A sector of polluted soil up to this distance counts, metres.
const POLLUTED_SECTOR_M: f64 = 1_000.0;
/// An installation up to this distance counts, metres.
const INSTALLATION_M: f64 = 500.0;

const HAZARDS: &str = LayerKey::HAZARDS;

/// Published rule: by the middle of the site; outside of every zone there is no exposure.
pub(super) fn clay(around: &Around<'_>, site: &Friche) -> Answered {
    let layer = around.layer(HAZARDS, &of_words("theme", &["clay"]), site)?;
    let middle = shape::representative_point(site.geometry()).ok_or(Unknown::NoArea)?;
    let levels: Vec<String> = layer
        .index()
        .at_point(middle, |at| layer.geometry(at))
        .into_iter()
        .filter_map(|at| layer.entity(at as usize))
        .filter(|object| matches!(object.attribute("theme"), Value::Text(word) if word == "clay"))
        .map(|object| match object.attribute("level") {
            Value::Text(level) => level.into_owned(),
            _ => String::new(),
        })
        .collect();
    let has = |level: &str| levels.iter().any(|found| found == level);
    let word = if has("high") {
        "fort"
    } else if has("medium") || has("low") {
        "faible-ou-moyen"
    } else if levels.is_empty() || has("none") {
        "aucun"
    } else {
        return Err(silent("level"));
    };
    Ok((Answer::Word(word), Origin::Layer(HAZARDS)))
}

pub(super) fn cavities(around: &Around<'_>, site: &Friche) -> Answered {
    let found = around.nearest(HAZARDS, &of_words("theme", &["cavities"]), site, CAVITY_M)?;
    Ok((yes_or_no(found.is_some()), Origin::Layer(HAZARDS)))
}

/// Any flood zone on more than a sliver of the site, whatever the map it is from.
pub(super) fn flood(around: &Around<'_>, site: &Friche) -> Answered {
    let found = around.on_site(HAZARDS, &of_words("theme", &["flood", "flood_red"]), site)?;
    Ok((yes_or_no(!found.is_empty()), Origin::Layer(HAZARDS)))
}

/// A sector of polluted soil within 1 km, or an installation classée within 500 m. One that is known suffices; to say that
/// there is none, both must have been searched.
pub(super) fn technological(around: &Around<'_>, site: &Friche) -> Answered {
    let sectors = sectors_of_polluted_soil();
    let sector = around.nearest(HAZARDS, &sectors, site, POLLUTED_SECTOR_M).and_then(|found| {
        // A file of former sites says nothing about sectors.
        if around.has_polluted_sectors { Ok(found) } else { Err(silent("kind")) }
    });
    let installation =
        around.nearest(HAZARDS, &of_words("theme", &["technological"]), site, INSTALLATION_M);
    let origin = Origin::Layer(HAZARDS);
    match (sector, installation) {
        (Ok(Some(_)), _) | (_, Ok(Some(_))) => Ok((Answer::Flag(true), origin)),
        (Ok(None), Ok(None)) => Ok((Answer::Flag(false), origin)),
        (Err(why), _) | (_, Err(why)) => Err(why),
    }
}

pub(super) fn sectors_of_polluted_soil() -> Filter {
    let one_of = |word: &str| Test::OneOf(vec![word.to_owned()]);
    let tests = vec![("theme".to_owned(), one_of("pollution")), ("kind".to_owned(), one_of("SIS"))];
    Filter { tests }
}

pub(super) fn wetland(around: &Around<'_>, site: &Friche) -> Answered {
    let found = around.on_site(HAZARDS, &of_words("theme", &["wetland"]), site)?;
    Ok((yes_or_no(!found.is_empty()), Origin::Layer(HAZARDS)))
}

fn yes_or_no(yes: bool) -> Answer {
    Answer::Word(if yes { "oui" } else { "non" })
}
