//! One criterion in TOML.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::RawMeasure;
use super::check_measure;
use super::contradiction;
use super::preference;
use super::preference::RawPreference;
use crate::evaluation::Criterion;
use crate::evaluation::Curve;
use crate::evaluation::Label;
use crate::evaluation::Method;
use crate::evaluation::ProfileError;
use crate::evaluation::Veto;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawCriterion {
    pub(super) id: String,
    label: Label,
    measure: RawMeasure,
    curve: Option<Vec<(f64, f64)>>,
    categories: Option<BTreeMap<String, f64>>,
    other: Option<f64>,
    none_scores: Option<f64>,
    pub(super) weight: Option<f64>,
    preference: Option<RawPreference>,
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

/// Checks one criterion; its weight is its own or [ahp]'s.
pub(super) fn check(
    profile: &str,
    method: Method,
    raw: RawCriterion,
    weight: f64,
) -> Result<Criterion, ProfileError> {
    let id = raw.id;
    let range = |key, value: f64, expected| ProfileError::Range {
        profile: profile.to_owned(),
        item: id.clone(),
        key,
        value: value.to_string(),
        expected,
    };
    if !weight.is_finite() || weight < 0.0 {
        return Err(range("weight", weight, "give a weight of 0 or more"));
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
    if measure.can_find_none() != raw.none_scores.is_some() {
        return Err(contradiction(
            profile,
            &id,
            "a distance or duration with `within_m` or `within_min` goes with `none_scores`: say what finding nothing that near is worth",
        ));
    }
    let preference = preference::check(profile, &id, method, raw.preference)?;
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
        weight,
        preference,
        veto,
        source: raw.source,
    })
}
