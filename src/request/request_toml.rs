//! The TOML form of a request, and the checks that turn it into a [`LandRequest`].

mod condition;
mod place;

use serde::Deserialize;

use self::condition::RawCondition;
use self::place::RawPlace;
use super::AreaBasis;
use super::CandidateKind;
use super::LandRequest;
use super::RequestError;
use super::assembly::Aim;
use crate::domain::Availability;
use crate::units::M2_PER_HA;

/// Parcels in an assembly, unless the request says otherwise: who buys more has a zone to make, not a site to put together.
const MAX_UNITS: usize = 12;

/// Largest area that is asked for, ha: a slip of the pen beyond it.
const MOST_HA: f64 = 1e6;

/// Ids that the sections of a request give to their conditions.
pub(super) const RESERVED: [&str; 9] = [
    "area",
    "availability",
    "budget",
    "distance",
    "frontage",
    "place",
    "ready",
    "rectangle",
    "travel",
];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawRequest {
    name: String,
    jobs: Option<f64>,
    activity: Option<String>,
    ready_by: Option<String>,
    budget_eur: Option<f64>,
    #[serde(default)]
    area: RawArea,
    #[serde(default)]
    shape: RawShape,
    #[serde(default)]
    place: RawPlace,
    #[serde(default)]
    candidates: RawCandidates,
    #[serde(default)]
    assembly: RawAssembly,
    #[serde(default, rename = "must")]
    musts: Vec<RawCondition>,
    #[serde(default, rename = "should")]
    shoulds: Vec<RawCondition>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
struct RawArea {
    min_ha: Option<f64>,
    ideal_ha: Option<f64>,
    max_ha: Option<f64>,
    basis: Option<AreaBasis>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
struct RawShape {
    rectangle_m: Option<(f64, f64)>,
    frontage_m: Option<f64>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
struct RawCandidates {
    kinds: Option<Vec<String>>,
    availability: Option<Vec<String>>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
struct RawAssembly {
    order: Option<Vec<String>>,
    max_units: Option<usize>,
    across_ways: Option<bool>,
}

impl LandRequest {
    /// Reads a request from the text of a TOML file.
    ///
    /// # Errors
    /// Unknown keys, values out of range, keys that contradict each other; see [`RequestError`].
    pub fn from_toml(text: &str) -> Result<Self, RequestError> {
        let raw: RawRequest = toml::from_str(text).map_err(|error| RequestError::Syntax {
            message: error.to_string().trim_end().to_owned(),
        })?;
        let name = raw.name.trim().to_owned();
        if name.is_empty() {
            return Err(contradiction(
                "name",
                "give the request a name: that of a project, not of a person",
            ));
        }
        let [min_m2, ideal_m2, max_m2] = areas(&raw.area)?;
        let place = raw.place.check()?;
        let musts = raw.musts.into_iter().map(RawCondition::must).collect::<Result<Vec<_>, _>>()?;
        let shoulds =
            raw.shoulds.into_iter().map(RawCondition::should).collect::<Result<Vec<_>, _>>()?;
        condition::check_ids(&musts, &shoulds)?;
        let positive = |key: &str, value: Option<f64>| positive(key, value);
        if let Some((long, short)) = raw.shape.rectangle_m {
            positive("shape.rectangle_m", Some(long))?;
            positive("shape.rectangle_m", Some(short))?;
        }
        if let Some(activity) = raw.activity.as_deref().filter(|one| one.trim().is_empty()) {
            return Err(value("activity", activity, "name an activity of the rules of housing"));
        }
        Ok(Self {
            name,
            min_m2,
            ideal_m2,
            max_m2,
            basis: raw.area.basis.unwrap_or(AreaBasis::Net),
            rectangle_m: raw.shape.rectangle_m.map(|(a, b)| (a.max(b), a.min(b))),
            frontage_m: positive("shape.frontage_m", raw.shape.frontage_m)?,
            epcis: place.epcis,
            communes: place.communes,
            near: place.near,
            kinds: kinds(raw.candidates.kinds)?,
            availability: availability(raw.candidates.availability)?,
            order: order(raw.assembly.order)?,
            across_ways: raw.assembly.across_ways.unwrap_or(true),
            max_units: max_units(raw.assembly.max_units)?,
            ready_by: raw.ready_by.as_deref().map(month).transpose()?,
            budget_eur: positive("budget_eur", raw.budget_eur)?,
            jobs: positive("jobs", raw.jobs)?,
            activity: raw.activity,
            musts,
            shoulds,
        })
    }
}

/// Smallest, ideal and largest area, m².
fn areas(raw: &RawArea) -> Result<[Option<f64>; 3], RequestError> {
    let min = positive("area.min_ha", raw.min_ha)?;
    let ideal = positive("area.ideal_ha", raw.ideal_ha)?;
    let max = positive("area.max_ha", raw.max_ha)?;
    let given = [("area.min_ha", min), ("area.ideal_ha", ideal), ("area.max_ha", max)];
    let too_large = given.iter().find(|(_, ha)| ha.is_some_and(|ha| ha > MOST_HA));
    if let Some((key, Some(ha))) = too_large {
        return Err(value(key, &ha.to_string(), "give hectares, at most 1000000"));
    }
    let ascending = [("area.min_ha", min), ("area.ideal_ha", ideal), ("area.max_ha", max)];
    let given: Vec<(&str, f64)> =
        ascending.iter().filter_map(|(key, value)| Some((*key, (*value)?))).collect();
    for pair in given.windows(2) {
        if pair[0].1 > pair[1].1 {
            let expected = format!("it is below {} = {}", pair[0].0, pair[0].1);
            return Err(value(pair[1].0, &pair[1].1.to_string(), &expected));
        }
    }
    let m2 = |ha: Option<f64>| ha.map(|ha| ha * M2_PER_HA);
    Ok([m2(min), m2(ideal), m2(max)])
}

fn kinds(given: Option<Vec<String>>) -> Result<Vec<CandidateKind>, RequestError> {
    let known = CandidateKind::ALL.map(CandidateKind::as_str);
    let Some(given) = given else { return Ok(CandidateKind::ALL.to_vec()) };
    let mut kinds = given
        .iter()
        .map(|word| {
            let found = CandidateKind::ALL.into_iter().find(|kind| kind.as_str() == word);
            found.ok_or_else(|| unknown_word("candidates.kinds", word, &known))
        })
        .collect::<Result<Vec<_>, _>>()?;
    kinds.sort_unstable();
    kinds.dedup();
    match kinds.is_empty() {
        true => Err(contradiction("candidates.kinds", "the list is empty: nothing could be found")),
        false => Ok(kinds),
    }
}

/// The classes that land may have and still be offered.
fn offered() -> impl Iterator<Item = Availability> {
    Availability::ALL.into_iter().filter(|class| class.is_available())
}

fn availability(given: Option<Vec<String>>) -> Result<Vec<Availability>, RequestError> {
    let Some(given) = given else { return Ok(offered().collect()) };
    let known: Vec<&str> = offered().map(Availability::as_str).collect();
    let classes = given
        .iter()
        .map(|word| {
            let plain = crate::domain::plain(word);
            let found = offered().find(|class| crate::domain::plain(class.as_str()) == plain);
            found.ok_or_else(|| unknown_word("candidates.availability", word, &known))
        })
        .collect::<Result<Vec<_>, _>>()?;
    match classes.is_empty() {
        true => Err(contradiction(
            "candidates.availability",
            "the list is empty: nothing could be found",
        )),
        false => Ok(classes),
    }
}

fn order(given: Option<Vec<String>>) -> Result<Vec<Aim>, RequestError> {
    let Some(given) = given else { return Ok(Aim::ALL.to_vec()) };
    let known = Aim::ALL.map(Aim::as_str);
    let aims = given
        .iter()
        .map(|word| {
            let found = Aim::ALL.into_iter().find(|aim| aim.as_str() == word);
            found.ok_or_else(|| unknown_word("assembly.order", word, &known))
        })
        .collect::<Result<Vec<_>, _>>()?;
    let twice = aims.iter().enumerate().find(|(at, aim)| aims[..*at].contains(aim));
    match twice {
        Some((_, aim)) => Err(value("assembly.order", aim.as_str(), "each aim stands once")),
        None => Ok(aims),
    }
}

fn max_units(given: Option<usize>) -> Result<usize, RequestError> {
    match given {
        None => Ok(MAX_UNITS),
        Some(0) => Err(value("assembly.max_units", "0", "give a whole number from 1")),
        Some(most) => Ok(most),
    }
}

/// A month, `2027` (its last) or `2027-06`.
fn month(text: &str) -> Result<String, RequestError> {
    let text = text.trim();
    let wrong = || value("ready_by", text, "write a month such as \"2027-06\", or a year");
    let number = |part: &str, digits: usize| {
        let is_number = part.len() == digits && part.bytes().all(|b| b.is_ascii_digit());
        is_number.then(|| part.parse::<u16>().ok()).flatten()
    };
    let (year, month) = text.split_once('-').unwrap_or((text, "12"));
    match (number(year, 4), number(month, 2)) {
        (Some(2000..), Some(1..=12)) => Ok(format!("{year}-{month}")),
        _ => Err(wrong()),
    }
}

/// A number above 0.
pub(super) fn positive(key: &str, given: Option<f64>) -> Result<Option<f64>, RequestError> {
    match given {
        Some(number) if !(number > 0.0 && number.is_finite()) => {
            Err(value(key, &number.to_string(), "give a number above 0"))
        }
        other => Ok(other),
    }
}

pub(super) fn value(key: &str, value: &str, expected: &str) -> RequestError {
    RequestError::Value {
        key: key.to_owned(),
        value: value.to_owned(),
        expected: expected.to_owned(),
    }
}

pub(super) fn contradiction(key: &str, what: &str) -> RequestError {
    RequestError::Contradiction { key: key.to_owned(), what: what.to_owned() }
}

fn unknown_word(key: &str, word: &str, known: &[&str]) -> RequestError {
    value(key, &format!("\"{word}\""), &format!("allowed are {}", known.join(", ")))
}
