//! Files of rules: the published one, and those of a user.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::domain::Brought;
use crate::domain::HousingKind;
use crate::domain::HousingRules;
use crate::domain::JobDensity;
use crate::domain::JobKind;
use crate::domain::Label;
use crate::domain::MobilisableShare;
use crate::domain::TensionClass;
use crate::domain::TensionRules;

/// Identifier and text of every published file of rules; the last is the one in use.
pub const PUBLISHED_RULES: &[(&str, &str)] =
    &[("reperes-v1", include_str!("../../data/housing/reperes-v1.toml"))];

/// A file of rules that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RulesError {
    /// Not TOML, or a key that is none of ours, or one that is missing.
    #[error("rules of housing: {message}")]
    Syntax {
        /// What the parser says, with the line.
        message: String,
    },
    /// A figure outside its range.
    #[error("rules of housing: {item} = {value}; {expected}")]
    Range {
        /// Which figure.
        item: String,
        /// What it is.
        value: String,
        /// What it must be.
        expected: &'static str,
    },
    /// A kind of stock or job without its table, or a table that is of no kind.
    #[error("rules of housing: {item}: expected exactly {expected}")]
    Kinds {
        /// The table.
        item: &'static str,
        /// The kinds.
        expected: String,
    },
}

/// The published rules in use.
///
/// # Errors
/// When the embedded file is damaged.
pub fn published_rules() -> Result<HousingRules, RulesError> {
    let text = PUBLISHED_RULES.last().map_or("", |(_, text)| *text);
    rules_from_toml(text)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawRules {
    id: String,
    title: Label,
    mobilisable: BTreeMap<String, RawShare>,
    jobs_per_hectare: Vec<RawDensity>,
    brought: BTreeMap<String, RawBrought>,
    prices: RawPrices,
    tension: RawTension,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawShare {
    share: f64,
    source: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawDensity {
    activity: String,
    label: Label,
    low: f64,
    usual: f64,
    high: f64,
    source: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawBrought {
    label: Label,
    jobs_per_job: f64,
    newcomers: f64,
    households_per_newcomer: f64,
    dwelling: Label,
    source: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawPrices {
    full_trust_sales: f64,
    #[serde(rename = "source")]
    _source: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawTension {
    criteria: Vec<String>,
    min_known: f64,
    source: String,
    class: Vec<RawClass>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawClass {
    id: String,
    label: Label,
    up_to: f64,
}

/// Reads rules from the text of a TOML file, and checks every figure.
///
/// # Errors
/// See [`RulesError`].
pub fn rules_from_toml(text: &str) -> Result<HousingRules, RulesError> {
    let raw: RawRules = toml::from_str(text)
        .map_err(|error| RulesError::Syntax { message: error.to_string().trim_end().to_owned() })?;
    Ok(HousingRules {
        id: raw.id,
        title: raw.title,
        mobilisable: mobilisable(raw.mobilisable)?,
        jobs_per_hectare: raw
            .jobs_per_hectare
            .into_iter()
            .map(density)
            .collect::<Result<Vec<_>, _>>()?,
        brought: brought(raw.brought)?,
        full_trust_sales: within(
            "prices.full_trust_sales",
            raw.prices.full_trust_sales,
            (1.0, f64::MAX),
            "give a number of sales, 1 or more",
        )?,
        tension: tension(raw.tension)?,
        is_of_territory: false,
    })
}

const A_SHARE: &str = "give a share of 0 to 1";

fn within(
    item: &str,
    value: f64,
    (least, most): (f64, f64),
    expected: &'static str,
) -> Result<f64, RulesError> {
    if value.is_finite() && (least..=most).contains(&value) {
        return Ok(value);
    }
    Err(RulesError::Range { item: item.to_owned(), value: value.to_string(), expected })
}

fn mobilisable(
    raw: BTreeMap<String, RawShare>,
) -> Result<BTreeMap<HousingKind, MobilisableShare>, RulesError> {
    let names = HousingKind::ALL.map(HousingKind::as_str);
    let mut shares = BTreeMap::new();
    for (name, RawShare { share, source }) in raw {
        let Some(kind) = HousingKind::ALL.into_iter().find(|kind| kind.as_str() == name) else {
            return Err(kinds("mobilisable", &names));
        };
        let share = within(&format!("mobilisable.{name}.share"), share, (0.0, 1.0), A_SHARE)?;
        shares.insert(kind, MobilisableShare { share, source });
    }
    if shares.len() == names.len() { Ok(shares) } else { Err(kinds("mobilisable", &names)) }
}

fn kinds(item: &'static str, names: &[&str]) -> RulesError {
    RulesError::Kinds { item, expected: names.join(", ") }
}

fn density(raw: RawDensity) -> Result<JobDensity, RulesError> {
    let RawDensity { activity, label, low, usual, high, source } = raw;
    let expected = "give low, usual and high in this order, jobs per hectare";
    let item = |which| format!("jobs_per_hectare {activity}.{which}");
    within(&item("low"), low, (0.0, usual), expected)?;
    within(&item("usual"), usual, (low, high), expected)?;
    within(&item("high"), high, (usual, f64::MAX), expected)?;
    Ok(JobDensity { activity, label, low, usual, high, source })
}

fn brought(raw: BTreeMap<String, RawBrought>) -> Result<BTreeMap<JobKind, Brought>, RulesError> {
    let names = JobKind::ALL.map(JobKind::as_str);
    let mut all = BTreeMap::new();
    for (name, raw) in raw {
        let Some(kind) = JobKind::ALL.into_iter().find(|kind| kind.as_str() == name) else {
            return Err(kinds("brought", &names));
        };
        let item = |which| format!("brought.{name}.{which}");
        let (share, factor) = ((0.0, 1.0), (0.0, 10.0));
        let per_job = "give jobs of this kind per job announced, 0 to 10";
        all.insert(
            kind,
            Brought {
                jobs_per_job: within(&item("jobs_per_job"), raw.jobs_per_job, factor, per_job)?,
                newcomers: within(&item("newcomers"), raw.newcomers, share, A_SHARE)?,
                households_per_newcomer: within(
                    &item("households_per_newcomer"),
                    raw.households_per_newcomer,
                    share,
                    A_SHARE,
                )?,
                label: raw.label,
                dwelling: raw.dwelling,
                source: raw.source,
            },
        );
    }
    if all.len() == names.len() { Ok(all) } else { Err(kinds("brought", &names)) }
}

fn tension(raw: RawTension) -> Result<TensionRules, RulesError> {
    let mut last = 0.0;
    let mut classes = Vec::new();
    for RawClass { id, label, up_to } in raw.class {
        let item = format!("tension.class {id}.up_to");
        let expected = "give thresholds of 0 to 100 in growing order";
        let up_to = within(&item, up_to, (last, 100.0), expected)?;
        last = up_to;
        classes.push(TensionClass { id, label, up_to });
    }
    let ends = "end the last class at 100, so that every index has one";
    within("tension.class up_to", last, (100.0, 100.0), ends)?;
    Ok(TensionRules {
        criteria: raw.criteria,
        min_known: within("tension.min_known", raw.min_known, (0.0, 1.0), A_SHARE)?,
        classes,
        source: raw.source,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// FNV-1a of the published texts, 64 bits: enough to notice a change.
    fn checksum(text: &str) -> u64 {
        text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        })
    }

    #[test]
    fn published_rules_are_read_and_never_change() {
        let expected: &[(&str, u64)] = &[("reperes-v1", 0xb3e51dda24164620)];
        assert_eq!(expected.len(), PUBLISHED_RULES.len());
        for ((id, text), (known, sum)) in PUBLISHED_RULES.iter().zip(expected) {
            assert_eq!(id, known);
            assert_eq!(rules_from_toml(text).unwrap().id, *id);
            assert_eq!(checksum(text), *sum, "{id} was published; a change is a new version");
        }
    }

    #[test]
    fn slips_are_told_with_the_figure() {
        let published = PUBLISHED_RULES[0].1;
        for (old, new, told) in [
            ("share = 0.20", "share = 1.2", "mobilisable.private_vacant_2y.share = 1.2"),
            ("[mobilisable.started]", "[mobilisable.begun]", "expected exactly private_vacant_2y"),
            ("up_to = 35", "up_to = 55", "tension.class balanced.up_to = 50"),
            ("up_to = 100", "up_to = 90", "end the last class at 100"),
            ("usual = 24", "usual = 2", "jobs_per_hectare average.low = 15"),
            ("newcomers = 0.6", "newcommers = 0.6", "unknown field `newcommers`"),
            ("[brought.induced]", "[brought.indirect]", "expected exactly construction"),
        ] {
            let text = published.replacen(old, new, 1);
            assert_ne!(text, published, "{old}");
            let error = rules_from_toml(&text).unwrap_err().to_string();
            assert!(error.contains(told), "{error}");
        }
    }
}
