//! The TOML form of a profile, and the checks that turn it into a [`Profile`].

use std::collections::BTreeMap;

use serde::Deserialize;

use super::Condition;
use super::Criterion;
use super::Curve;
use super::Filter;
use super::Label;
use super::Measure;
use super::Method;
use super::Profile;
use super::ProfileError;
use super::Test;
use super::UnitKind;
use super::Veto;
use super::land_rules_toml;
use super::land_rules_toml::RawLand;
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
    land: Option<RawLand>,
    #[serde(default, rename = "candidate")]
    candidates: Vec<RawCondition>,
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
struct RawCriterion {
    id: String,
    label: Label,
    measure: RawMeasure,
    curve: Option<Vec<(f64, f64)>>,
    categories: Option<BTreeMap<String, f64>>,
    other: Option<f64>,
    none_scores: Option<f64>,
    weight: f64,
    veto: Option<RawVeto>,
    source: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawVeto {
    above: Option<f64>,
    below: Option<f64>,
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
pub(super) enum RawTest {
    OneOf(Vec<Scalar>),
    Compare(RawCompare),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawCompare {
    min: Option<f64>,
    max: Option<f64>,
    not: Option<Vec<Scalar>>,
}

#[derive(Deserialize)]
#[serde(untagged)]
pub(super) enum Scalar {
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
    let criteria = raw
        .criteria
        .into_iter()
        .map(|criterion| check_criterion(&profile, criterion))
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
    Ok(Profile {
        id: profile,
        title: raw.title,
        unit: raw.unit,
        land,
        method: raw.method,
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

fn check_criterion(profile: &str, raw: RawCriterion) -> Result<Criterion, ProfileError> {
    let id = raw.id;
    let range = |key, value: f64, expected| ProfileError::Range {
        profile: profile.to_owned(),
        item: id.clone(),
        key,
        value: value.to_string(),
        expected,
    };
    if !raw.weight.is_finite() || raw.weight < 0.0 {
        return Err(range("weight", raw.weight, "give a weight of 0 or more"));
    }
    let score_range = "a score lies between 0 and 1";
    for score in raw.other.iter().chain(&raw.none_scores) {
        if !(0.0..=1.0).contains(score) {
            return Err(range("other or none_scores", *score, score_range));
        }
    }
    let curve = match (raw.curve, raw.categories) {
        (Some(points), None) => {
            if points.len() < 2 {
                return Err(contradiction(profile, &id, "a curve needs at least two points"));
            }
            if let Some((_, score)) = points.iter().find(|(_, y)| !(0.0..=1.0).contains(y)) {
                return Err(range("curve", *score, score_range));
            }
            if let Some(pair) = points.windows(2).find(|pair| pair[1].0 <= pair[0].0) {
                return Err(range(
                    "curve",
                    pair[1].0,
                    "raw values must increase from point to point",
                ));
            }
            if raw.other.is_some() {
                return Err(contradiction(
                    profile,
                    &id,
                    "`other` goes with `categories`, not with `curve`",
                ));
            }
            Curve::Linear(points)
        }
        (None, Some(scores)) => {
            if let Some(score) = scores.values().find(|score| !(0.0..=1.0).contains(*score)) {
                return Err(range("categories", *score, score_range));
            }
            Curve::Categories { scores, other: raw.other }
        }
        _ => {
            return Err(contradiction(
                profile,
                &id,
                "give exactly one of `curve` and `categories`",
            ));
        }
    };
    let measure = check_measure(profile, &id, raw.measure)?;
    let can_find_none = matches!(measure, Measure::DistanceTo { within: Some(_), .. });
    if can_find_none != raw.none_scores.is_some() {
        return Err(contradiction(
            profile,
            &id,
            "`within_m` and `none_scores` go together: say what finding nothing that near is worth",
        ));
    }
    let veto = match raw.veto {
        None => None,
        Some(RawVeto { above: Some(limit), below: None, one_of: None }) => Some(Veto::Above(limit)),
        Some(RawVeto { above: None, below: Some(limit), one_of: None }) => Some(Veto::Below(limit)),
        Some(RawVeto { above: None, below: None, one_of: Some(words) }) => Some(Veto::OneOf(words)),
        Some(_) => {
            return Err(contradiction(
                profile,
                &id,
                "a veto is one of `above`, `below` and `one_of`",
            ));
        }
    };
    Ok(Criterion {
        id,
        label: raw.label,
        measure,
        curve,
        none_scores: raw.none_scores,
        weight: raw.weight,
        veto,
        source: raw.source,
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
    let filter = check_filter(profile, item, raw.filter)?;
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

/// The tests of a `where`.
pub(super) fn check_filter(
    profile: &str,
    item: &str,
    raw: BTreeMap<String, RawTest>,
) -> Result<Filter, ProfileError> {
    let tests = raw
        .into_iter()
        .map(|(attribute, test)| check_test(profile, item, test).map(|test| (attribute, test)));
    Ok(Filter { tests: tests.collect::<Result<Vec<_>, _>>()? })
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
