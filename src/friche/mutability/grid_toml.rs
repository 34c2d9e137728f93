//! A grid from its TOML.

use std::collections::BTreeMap;

use crate::evaluation::Label;
use crate::units::M_PER_KM;

use super::answer::Answer;
use super::criterion_key::CriterionKey;
use super::criterion_key::Form;
use super::criterion_key::NumberUnit;
use super::error::GridError;
use super::grid::Derived;
use super::grid::Exclusion;
use super::grid::Grid;
use super::grid::Limit;
use super::grid::Rule;
use super::grid::Scale;
use super::grid::Score;
use super::grid::Scores;
use super::points::Weight;
use super::usage::Use;

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct GridToml {
    id: String,
    version: String,
    date: String,
    label: Label,
    source: String,
    uses: Vec<Use>,
    #[serde(default)]
    labels: BTreeMap<Use, String>,
    derived: DerivedToml,
    criterion: Vec<CriterionToml>,
    #[serde(default)]
    exclusion: Vec<ExclusionToml>,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct DerivedToml {
    criterion: CriterionKey,
    from: CriterionKey,
    above: f64,
    unit: UnitToml,
    then: String,
    otherwise: String,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct CriterionToml {
    key: CriterionKey,
    weight: f64,
    unit: Option<UnitToml>,
    none: NoneToml,
    bins: Option<Vec<BinToml>>,
    values: Option<BTreeMap<String, Vec<f64>>>,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct BinToml {
    below: Option<f64>,
    up_to: Option<f64>,
    scores: Vec<f64>,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct ExclusionToml {
    uses: Vec<Use>,
    when: Vec<ConditionToml>,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct ConditionToml {
    criterion: CriterionKey,
    is: String,
}

#[derive(Clone, Copy, PartialEq, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
enum NoneToml {
    Ignored,
    LastBin,
}

/// The unit in which thresholds are published.
#[derive(Clone, Copy, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
enum UnitToml {
    M2,
    M,
    Km,
    Percent,
}

impl UnitToml {
    /// How many of the units of an answer one of these is; `None` when they measure different things.
    fn in_units_of(self, answer: NumberUnit) -> Option<f64> {
        match (self, answer) {
            (Self::M2, NumberUnit::SquareMeters)
            | (Self::M, NumberUnit::Meters)
            | (Self::Percent, NumberUnit::Percent) => Some(1.0),
            (Self::Km, NumberUnit::Meters) => Some(M_PER_KM),
            _ => None,
        }
    }
}

impl Grid {
    /// Reads a grid.
    ///
    /// # Errors
    /// [`GridError::Damaged`] when the text is not TOML, or says too little or too much about a criterion.
    pub(super) fn from_toml(name: &str, text: &str) -> Result<Self, GridError> {
        let damaged = |what: String| GridError::Damaged { id: name.to_owned(), what };
        let toml: GridToml = toml::from_str(text).map_err(|error| damaged(error.to_string()))?;
        if toml.uses != Use::ALL {
            return Err(damaged("uses: not the seven uses in their order".to_owned()));
        }
        let rules: Vec<Rule> =
            toml.criterion.into_iter().map(rule).collect::<Result<_, String>>().map_err(damaged)?;
        for (at, rule) in rules.iter().enumerate() {
            if rules[..at].iter().any(|before| before.key == rule.key) {
                return Err(damaged(format!("{}: stands twice", rule.key)));
            }
        }
        let exclusions: Result<Vec<Exclusion>, String> = toml
            .exclusion
            .into_iter()
            .map(|rule| {
                let when =
                    rule.when.iter().map(|one| Ok((one.criterion, word(one.criterion, &one.is)?)));
                Ok(Exclusion { uses: rule.uses, when: when.collect::<Result<_, String>>()? })
            })
            .collect();
        Ok(Self {
            id: toml.id,
            version: toml.version,
            date: toml.date,
            label: toml.label,
            source: toml.source,
            use_words: toml.labels.into_iter().collect(),
            derived: derived(&toml.derived).map_err(damaged)?,
            rules,
            exclusions: exclusions.map_err(damaged)?,
        })
    }
}

fn derived(toml: &DerivedToml) -> Result<Derived, String> {
    Ok(Derived {
        key: toml.criterion,
        from: toml.from,
        above: toml.above * factor(toml.from, Some(toml.unit))?,
        then: word(toml.criterion, &toml.then)?,
        otherwise: word(toml.criterion, &toml.otherwise)?,
    })
}

fn rule(toml: CriterionToml) -> Result<Rule, String> {
    let key = toml.key;
    let weight =
        Weight::new(toml.weight).ok_or_else(|| format!("{key}: weight {}", toml.weight))?;
    let none_is_last_bin = toml.none == NoneToml::LastBin;
    let scale = match (key.form(), toml.bins, toml.values) {
        (Form::Number(_), Some(bins), None) => bins_of(key, toml.unit, bins)?,
        (Form::Flag, None, Some(values)) if !none_is_last_bin && values.len() == 2 => {
            Scale::Flags {
                yes: of_value(key, &values, "true")?,
                no: of_value(key, &values, "false")?,
            }
        }
        (Form::Words(words), None, Some(values)) if !none_is_last_bin => {
            if let Some(other) = values.keys().find(|known| !words.contains(&known.as_str())) {
                return Err(format!("{key}: no such value as {other}"));
            }
            let known = words.iter().filter(|known| values.contains_key(**known));
            let known = known.map(|known| Ok((*known, of_value(key, &values, known)?)));
            Scale::Words(known.collect::<Result<_, String>>()?)
        }
        _ => return Err(format!("{key}: bins, values and unit do not fit the criterion")),
    };
    Ok(Rule { key, weight, none_is_last_bin, scale })
}

/// How many of the units of an answer one of the units of the file is.
fn factor(key: CriterionKey, unit: Option<UnitToml>) -> Result<f64, String> {
    let Form::Number(answer) = key.form() else {
        return Err(format!("{key}: has no unit"));
    };
    let factor = unit.and_then(|unit| unit.in_units_of(answer));
    factor.ok_or_else(|| format!("{key}: a unit that is not its own"))
}

fn bins_of(key: CriterionKey, unit: Option<UnitToml>, bins: Vec<BinToml>) -> Result<Scale, String> {
    let factor = factor(key, unit)?;
    let mut limits: Vec<(Limit, Scores)> = Vec::new();
    let mut beyond = None;
    for bin in bins {
        let scores = scores(key, &bin.scores)?;
        let limit = match (bin.below, bin.up_to) {
            _ if beyond.is_some() => return Err(format!("{key}: a bin after the last")),
            (Some(limit), None) => Limit::Below(limit * factor),
            (None, Some(limit)) => Limit::UpTo(limit * factor),
            (None, None) => {
                beyond = Some(scores);
                continue;
            }
            (Some(_), Some(_)) => return Err(format!("{key}: a bin with two limits")),
        };
        if limits.last().is_some_and(|(before, _)| before.get() >= limit.get()) {
            return Err(format!("{key}: bins are not in rising order"));
        }
        limits.push((limit, scores));
    }
    match beyond {
        Some(beyond) if !limits.is_empty() => Ok(Scale::Bins { bins: limits, beyond }),
        _ => Err(format!("{key}: bins do not cover all numbers")),
    }
}

fn of_value(
    key: CriterionKey,
    values: &BTreeMap<String, Vec<f64>>,
    value: &str,
) -> Result<Scores, String> {
    scores(key, values.get(value).ok_or_else(|| format!("{key}: nothing for {value}"))?)
}

fn scores(key: CriterionKey, numbers: &[f64]) -> Result<Scores, String> {
    let scores: Option<Vec<Score>> = numbers.iter().map(|number| Score::new(*number)).collect();
    scores
        .and_then(|scores| Scores::try_from(scores).ok())
        .ok_or_else(|| format!("{key}: seven scores of -2, -1, 0.5, 1 or 2 are needed"))
}

/// A word of a criterion, as an answer.
fn word(key: CriterionKey, text: &str) -> Result<Answer, String> {
    let found = match key.form() {
        Form::Words(words) => words.iter().find(|word| **word == text).copied(),
        Form::Number(_) | Form::Flag => None,
    };
    found.map(Answer::Word).ok_or_else(|| format!("{key}: no such value as {text}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::friche::mutability::PUBLISHED_GRIDS;

    fn told(change: (&str, &str)) -> String {
        let (_, text) = PUBLISHED_GRIDS[0];
        assert!(text.contains(change.0), "{}", change.0);
        Grid::from_toml("g", &text.replacen(change.0, change.1, 1)).unwrap_err().to_string()
    }

    #[test]
    fn a_damaged_grid_is_refused_with_the_place() {
        for (change, what) in [
            (("weight = 2", "weight = 0.3"), "surfaceSite: weight 0.3"),
            (("below = 10000", "below = 20000"), "surfaceSite: bins are not in rising order"),
            (("below = 10000, ", ""), "surfaceSite: a bin after the last"),
            (("unit = \"km\"", "unit = \"m2\""), "distanceAutoroute: a unit that is not its own"),
            (("[1, 1, 0.5,", "[1, 3, 0.5,"), "surfaceSite: seven scores"),
            (("prive = ", "privee = "), "typeProprietaire: no such value as privee"),
            (("key = \"surfaceBati\"", "key = \"surfaceSite\""), "surfaceSite: stands twice"),
            (("\nkey = \"surfaceSite\"", "\nkey = \"surface\""), "unknown variant `surface`"),
        ] {
            let message = told(change);
            assert!(message.contains(what), "{message} lacks {what}");
        }
    }
}
