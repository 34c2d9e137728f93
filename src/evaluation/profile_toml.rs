//! The TOML form of a profile, and the checks that turn it into a [`Profile`].

mod ahp;
mod criterion;
mod preference;

use std::collections::BTreeMap;

use serde::Deserialize;

use self::ahp::RawAhp;
use self::criterion::RawCriterion;
use super::Condition;
use super::Filter;
use super::Label;
use super::Measure;
use super::Method;
use super::Profile;
use super::ProfileError;
use super::Test;
use super::UnitKind;
use crate::units::Meters;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawProfile {
    id: String,
    title: Label,
    unit: UnitKind,
    method: Method,
    #[serde(default = "half")]
    min_reliability: f64,
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

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawMeasure {
    #[serde(default)]
    area: bool,
    #[serde(default)]
    compactness: bool,
    share_within: Option<String>,
    distance_to: Option<String>,
    count_within: Option<String>,
    attribute: Option<String>,
    commune_figure: Option<String>,
    #[serde(rename = "of")]
    table: Option<String>,
    per: Option<String>,
    #[serde(default, rename = "where")]
    filter: BTreeMap<String, RawTest>,
    within_m: Option<f64>,
    radius_m: Option<f64>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum RawTest {
    OneOf(Vec<Scalar>),
    Compare(RawCompare),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawCompare {
    min: Option<f64>,
    max: Option<f64>,
    not: Option<Vec<Scalar>>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Scalar {
    Text(String),
    Flag(bool),
    Number(f64),
}

impl Scalar {
    fn word(self) -> String {
        match self {
            Self::Text(text) => text,
            Self::Flag(flag) => flag.to_string(),
            Self::Number(number) => number.to_string(),
        }
    }
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
    Ok(Profile {
        id: profile,
        title: raw.title,
        unit: raw.unit,
        method: raw.method,
        comparisons: weights.comparisons,
        min_reliability: raw.min_reliability,
        conditions,
        criteria,
    })
}

fn contradiction(profile: &str, item: &str, what: &str) -> ProfileError {
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

fn check_measure(profile: &str, item: &str, raw: RawMeasure) -> Result<Measure, ProfileError> {
    let wrong = |what: &str| contradiction(profile, item, what);
    let meters = |key, value: f64| {
        Meters::new(value).filter(|meters| meters.get() > 0.0).ok_or(ProfileError::Range {
            profile: profile.to_owned(),
            item: item.to_owned(),
            key,
            value: value.to_string(),
            expected: "give a length above 0 in metres",
        })
    };
    let named = [
        raw.area,
        raw.compactness,
        raw.share_within.is_some(),
        raw.distance_to.is_some(),
        raw.count_within.is_some(),
        raw.attribute.is_some(),
        raw.commune_figure.is_some(),
    ];
    if named.iter().filter(|given| **given).count() != 1 {
        return Err(wrong(
            "a measure is exactly one of area, compactness, share_within, distance_to, count_within, attribute, commune_figure",
        ));
    }
    let looks_at_layer =
        raw.share_within.is_some() || raw.distance_to.is_some() || raw.count_within.is_some();
    if !raw.filter.is_empty() && !looks_at_layer {
        return Err(wrong(
            "`where` filters a layer: use it with share_within, distance_to or count_within",
        ));
    }
    if raw.within_m.is_some() && raw.distance_to.is_none() {
        return Err(wrong("`within_m` goes with distance_to"));
    }
    if raw.radius_m.is_some() != raw.count_within.is_some() {
        return Err(wrong("`count_within` and `radius_m` go together"));
    }
    if raw.table.is_some() != raw.commune_figure.is_some() {
        return Err(wrong("`commune_figure` and `of` (the table) go together"));
    }
    if raw.per.is_some() && raw.commune_figure.is_none() {
        return Err(wrong("`per` goes with commune_figure"));
    }
    let filter = Filter {
        tests: raw
            .filter
            .into_iter()
            .map(|(attribute, test)| check_test(profile, item, test).map(|test| (attribute, test)))
            .collect::<Result<Vec<_>, _>>()?,
    };
    Ok(if raw.area {
        Measure::Area
    } else if raw.compactness {
        Measure::Compactness
    } else if let Some(layer) = raw.share_within {
        Measure::ShareWithin { layer, filter }
    } else if let Some(layer) = raw.distance_to {
        let within = raw.within_m.map(|value| meters("within_m", value)).transpose()?;
        Measure::DistanceTo { layer, filter, within }
    } else if let (Some(layer), Some(radius)) = (raw.count_within, raw.radius_m) {
        Measure::CountWithin { layer, filter, radius: meters("radius_m", radius)? }
    } else if let (Some(name), Some(table)) = (raw.commune_figure, raw.table) {
        Measure::CommuneFigure { table, name, per: raw.per }
    } else if let Some(name) = raw.attribute {
        Measure::Attribute { name }
    } else {
        return Err(wrong("the measure is not complete"));
    })
}

fn check_test(profile: &str, item: &str, raw: RawTest) -> Result<Test, ProfileError> {
    let words = |scalars: Vec<Scalar>| scalars.into_iter().map(Scalar::word).collect();
    match raw {
        RawTest::OneOf(scalars) => Ok(Test::OneOf(words(scalars))),
        RawTest::Compare(RawCompare { min: None, max: None, not: Some(scalars) }) => {
            Ok(Test::NoneOf(words(scalars)))
        }
        RawTest::Compare(RawCompare { min, max, not: None }) if min.is_some() || max.is_some() => {
            Ok(Test::Range { min, max })
        }
        RawTest::Compare(_) => Err(contradiction(
            profile,
            item,
            "a test in `where` is a list of words, { min, max } or { not = [words] }",
        )),
    }
}
