//! The TOML form of a profile, and the checks that turn it into a [`Profile`].

mod ahp;
mod criterion;
mod preference;

use serde::Deserialize;

use self::ahp::RawAhp;
use self::criterion::RawCriterion;
use super::Condition;
use super::Label;
use super::Method;
use super::Profile;
use super::ProfileError;
use super::UnitKind;
use super::land_rules_toml;
use super::land_rules_toml::RawLand;
use super::profile_measure::RawMeasure;
use super::profile_measure::check_measure;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawProfile {
    id: String,
    title: Label,
    unit: UnitKind,
    method: Method,
    #[serde(default = "half")]
    min_reliability: f64,
    mutability: Option<String>,
    land: Option<RawLand>,
    #[serde(default, rename = "candidate")]
    candidates: Vec<RawCondition>,
    ahp: Option<RawAhp>,
    #[serde(rename = "criterion")]
    criteria: Vec<RawCriterion>,
}

fn half() -> f64 {
    0.5
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawCondition {
    id: String,
    label: Label,
    measure: RawMeasure,
    min: Option<f64>,
    max: Option<f64>,
    one_of: Option<Vec<String>>,
}

/// Reads and checks.
pub(super) fn read(text: &str) -> Result<Profile, ProfileError> {
    let raw: RawProfile = toml::from_str(text).map_err(|error| ProfileError::Syntax {
        message: error.to_string().trim_end().to_owned(),
    })?;
    let profile = raw.id;
    let range = |item: &str, key, value: f64, expected| ProfileError::Range {
        profile: profile.clone(),
        item: item.to_owned(),
        key,
        value: value.to_string(),
        expected,
    };
    if !(0.0..=1.0).contains(&raw.min_reliability) {
        return Err(range(
            "profile",
            "min_reliability",
            raw.min_reliability,
            "give a number from 0 to 1",
        ));
    }
    if raw.criteria.is_empty() {
        return Err(contradiction(&profile, "criterion", "at least one [[criterion]] is needed"));
    }
    let mut seen: Vec<&str> = Vec::new();
    for id in raw.candidates.iter().map(|c| &c.id).chain(raw.criteria.iter().map(|c| &c.id)) {
        if id.is_empty()
            || !id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
        {
            return Err(contradiction(
                &profile,
                id,
                "an id is made of a-z, 0-9 and _: it names a column",
            ));
        }
        if seen.contains(&id.as_str()) {
            return Err(contradiction(
                &profile,
                id,
                "this id stands twice; give each item its own",
            ));
        }
        seen.push(id);
    }
    let conditions = raw
        .candidates
        .into_iter()
        .map(|condition| check_condition(&profile, condition))
        .collect::<Result<Vec<_>, _>>()?;
    let weights = ahp::weights(&profile, raw.ahp.as_ref(), &raw.criteria)?;
    let criteria = raw
        .criteria
        .into_iter()
        .zip(weights.each)
        .map(|(criterion, weight)| criterion::check(&profile, raw.method, criterion, weight))
        .collect::<Result<Vec<_>, _>>()?;
    let total: f64 = criteria.iter().map(|criterion| criterion.weight).sum();
    if total <= 0.0 {
        return Err(range("profile", "weight", total, "at least one weight must be above 0"));
    }
    let land = raw.land.map(|land| land_rules_toml::check(&profile, land)).transpose()?;
    if land.is_some() != (raw.unit == UnitKind::Terrain) {
        return Err(contradiction(
            &profile,
            "land",
            "a profile of terrains needs the rules [land], and no other profile takes them",
        ));
    }
    if raw.mutability.is_some() && raw.unit != UnitKind::Friche {
        return Err(contradiction(
            &profile,
            "mutability",
            "only a profile of friches names a method",
        ));
    }
    Ok(Profile {
        id: profile,
        title: raw.title,
        unit: raw.unit,
        mutability: raw.mutability,
        land,
        method: raw.method,
        comparisons: weights.comparisons,
        min_reliability: raw.min_reliability,
        conditions,
        criteria,
    })
}

pub(super) fn contradiction(profile: &str, item: &str, what: &str) -> ProfileError {
    ProfileError::Contradiction {
        profile: profile.to_owned(),
        item: item.to_owned(),
        what: what.to_owned(),
    }
}

fn check_condition(profile: &str, raw: RawCondition) -> Result<Condition, ProfileError> {
    let measure = check_measure(profile, &raw.id, raw.measure)?;
    if raw.min.is_none() && raw.max.is_none() && raw.one_of.is_none() {
        return Err(contradiction(
            profile,
            &raw.id,
            "a candidate condition needs min, max or one_of",
        ));
    }
    Ok(Condition {
        id: raw.id,
        label: raw.label,
        measure,
        min: raw.min,
        max: raw.max,
        one_of: raw.one_of,
    })
}
