//! The TOML form of the rules of land: `[land]` and `[[land.hard]]` of a profile.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::HardConstraint;
use super::Label;
use super::LandRules;
use super::ProfileError;
use super::profile_measure::RawTest;
use super::profile_measure::check_filter;
use crate::domain::ZoneKind;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawLand {
    zone_kinds: Vec<String>,
    site_types: Vec<String>,
    free_share: f64,
    free_m2: f64,
    dense_share: f64,
    covering_share: f64,
    hard_share: f64,
    building_margin_m: f64,
    contact_m: f64,
    contact_tolerance_m: f64,
    across_ways: bool,
    way_width_m: f64,
    frontage_m: f64,
    #[serde(default)]
    hard: Vec<RawHard>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawHard {
    id: String,
    label: Label,
    layer: String,
    #[serde(default, rename = "where")]
    filter: BTreeMap<String, RawTest>,
    #[serde(default)]
    margin_m: f64,
    source: String,
}

/// Checks the rules of a profile.
pub(super) fn check(profile: &str, raw: RawLand) -> Result<LandRules, ProfileError> {
    let range = |item: &str, key: &'static str, value: f64, expected: &'static str| {
        Err(ProfileError::Range {
            profile: profile.to_owned(),
            item: item.to_owned(),
            key,
            value: value.to_string(),
            expected,
        })
    };
    let shares = [
        ("free_share", raw.free_share),
        ("dense_share", raw.dense_share),
        ("covering_share", raw.covering_share),
        ("hard_share", raw.hard_share),
    ];
    for (key, value) in shares {
        if !(0.0..=1.0).contains(&value) {
            return range("land", key, value, "give a share between 0 and 1");
        }
    }
    let lengths = [
        ("free_m2", raw.free_m2),
        ("building_margin_m", raw.building_margin_m),
        ("contact_m", raw.contact_m),
        ("contact_tolerance_m", raw.contact_tolerance_m),
        ("way_width_m", raw.way_width_m),
        ("frontage_m", raw.frontage_m),
    ];
    for (key, value) in lengths {
        if !(0.0..=1000.0).contains(&value) {
            return range("land", key, value, "give a number between 0 and 1 000");
        }
    }
    for (key, value) in [("covering_share", raw.covering_share), ("hard_share", raw.hard_share)] {
        if value == 0.0 {
            return range("land", key, value, "give a share above 0");
        }
    }
    if raw.dense_share < raw.free_share {
        return range("land", "dense_share", raw.dense_share, "give a share above free_share");
    }
    let kinds = ZoneKind::ALL.map(ZoneKind::as_str);
    if let Some(kind) = raw.zone_kinds.iter().find(|kind| !kinds.contains(&kind.as_str())) {
        return Err(ProfileError::Range {
            profile: profile.to_owned(),
            item: "land".to_owned(),
            key: "zone_kinds",
            value: kind.clone(),
            expected: "write kinds of zones: activity, mixed, housing, equipment, open, closed, agricultural, natural, unknown",
        });
    }
    let mut hard: Vec<HardConstraint> = Vec::new();
    for one in raw.hard {
        if !(0.0..=1000.0).contains(&one.margin_m) {
            return range(&one.id, "margin_m", one.margin_m, "give a number between 0 and 1 000");
        }
        if hard.iter().any(|known| known.id == one.id) {
            return Err(ProfileError::Contradiction {
                profile: profile.to_owned(),
                item: one.id,
                what: "this id stands twice; give each item its own".to_owned(),
            });
        }
        hard.push(HardConstraint {
            filter: check_filter(profile, &one.id, one.filter)?,
            id: one.id,
            label: one.label,
            layer: one.layer,
            margin_m: one.margin_m,
            source: one.source,
        });
    }
    Ok(LandRules {
        zone_kinds: raw.zone_kinds,
        site_types: raw.site_types,
        free_share: raw.free_share,
        free_m2: raw.free_m2,
        dense_share: raw.dense_share,
        covering_share: raw.covering_share,
        hard_share: raw.hard_share,
        building_margin_m: raw.building_margin_m,
        contact_m: raw.contact_m,
        contact_tolerance_m: raw.contact_tolerance_m,
        across_ways: raw.across_ways,
        way_width_m: raw.way_width_m,
        frontage_m: raw.frontage_m,
        hard,
    })
}
