//! The TOML form of a measure, and the checks that turn it into a [`Measure`].

use std::collections::BTreeMap;

use serde::Deserialize;

use super::Filter;
use super::Measure;
use super::ProfileError;
use super::Test;
use super::profile_toml::contradiction;
use crate::units::Meters;
use crate::units::Minutes;

/// A measure as TOML has it, in a profile or a request: `{ distance_to = "roads", within_m = 5000 }`.
#[derive(Deserialize)]
#[serde(transparent)]
pub struct MeasureToml(RawMeasure);

impl MeasureToml {
    /// The measure. `owner` and `item` name the profile and the criterion in errors.
    ///
    /// # Errors
    /// Keys that do not go together, lengths and durations that are none.
    pub fn check(self, owner: &str, item: &str) -> Result<Measure, ProfileError> {
        check_measure(owner, item, self.0)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawMeasure {
    #[serde(default)]
    area: bool,
    #[serde(default)]
    compactness: bool,
    share_within: Option<String>,
    distance_to: Option<String>,
    count_within: Option<String>,
    sum_within: Option<String>,
    road_distance_to: Option<String>,
    road_minutes_to: Option<String>,
    reach_of: Option<String>,
    attribute: Option<String>,
    commune_figure: Option<String>,
    of: Option<String>,
    per: Option<String>,
    #[serde(default, rename = "where")]
    filter: BTreeMap<String, RawTest>,
    within_m: Option<f64>,
    within_min: Option<f64>,
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

/// What a `measure = { … }` says.
pub(super) fn check_measure(
    profile: &str,
    item: &str,
    raw: RawMeasure,
) -> Result<Measure, ProfileError> {
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
    let minutes = |value: f64| {
        Minutes::new(value).filter(|minutes| minutes.get() > 0.0).ok_or(ProfileError::Range {
            profile: profile.to_owned(),
            item: item.to_owned(),
            key: "within_min",
            value: value.to_string(),
            expected: "give a duration above 0 in minutes",
        })
    };
    let named = [
        raw.area,
        raw.compactness,
        raw.share_within.is_some(),
        raw.distance_to.is_some(),
        raw.count_within.is_some(),
        raw.sum_within.is_some(),
        raw.road_distance_to.is_some(),
        raw.road_minutes_to.is_some(),
        raw.reach_of.is_some(),
        raw.attribute.is_some(),
        raw.commune_figure.is_some(),
    ];
    if named.iter().filter(|given| **given).count() != 1 {
        return Err(wrong(
            "a measure is exactly one of area, compactness, share_within, distance_to, count_within, sum_within, road_distance_to, road_minutes_to, reach_of, attribute, commune_figure",
        ));
    }
    let looks_at_layer = raw.share_within.is_some()
        || raw.distance_to.is_some()
        || raw.count_within.is_some()
        || raw.sum_within.is_some()
        || raw.road_distance_to.is_some()
        || raw.road_minutes_to.is_some();
    if !raw.filter.is_empty() && !looks_at_layer {
        return Err(wrong(
            "`where` filters a layer: use it with share_within, distance_to, count_within, sum_within, road_distance_to or road_minutes_to",
        ));
    }
    if raw.within_m.is_some() && raw.distance_to.is_none() && raw.road_distance_to.is_none() {
        return Err(wrong("`within_m` goes with distance_to or road_distance_to"));
    }
    if raw.within_min.is_some() && raw.road_minutes_to.is_none() && raw.reach_of.is_none() {
        return Err(wrong("`within_min` goes with road_minutes_to or reach_of"));
    }
    if raw.radius_m.is_some() != (raw.count_within.is_some() || raw.sum_within.is_some()) {
        return Err(wrong("`count_within` and `sum_within` go with `radius_m`, and it with them"));
    }
    if raw.sum_within.is_some() && raw.of.is_none() {
        return Err(wrong("`sum_within` needs `of`, the attribute that is summed"));
    }
    if raw.reach_of.is_some() && (raw.of.is_none() || raw.within_min.is_none()) {
        return Err(wrong(
            "`reach_of` needs `of`, the column that is summed, and `within_min`, the longest drive",
        ));
    }
    if raw.commune_figure.is_some() && raw.of.is_none() {
        return Err(wrong("`commune_figure` and `of` (the table) go together"));
    }
    let takes_of =
        raw.commune_figure.is_some() || raw.sum_within.is_some() || raw.reach_of.is_some();
    if raw.of.is_some() && !takes_of {
        return Err(wrong("`of` goes with commune_figure, sum_within or reach_of"));
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
    } else if let (Some(layer), Some(name), Some(radius)) =
        (raw.sum_within, raw.of.clone(), raw.radius_m)
    {
        Measure::SumWithin { layer, filter, name, radius: meters("radius_m", radius)? }
    } else if let Some(layer) = raw.road_distance_to {
        let within = raw.within_m.map(|value| meters("within_m", value)).transpose()?;
        Measure::RoadDistanceTo { layer, filter, within }
    } else if let Some(layer) = raw.road_minutes_to {
        let within = raw.within_min.map(minutes).transpose()?;
        Measure::RoadMinutesTo { layer, filter, within }
    } else if let (Some(table), Some(name), Some(within)) =
        (raw.reach_of, raw.of.clone(), raw.within_min)
    {
        Measure::ReachOf { table, name, within: minutes(within)? }
    } else if let (Some(name), Some(table)) = (raw.commune_figure, raw.of) {
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
