//! Weights of a profile: each criterion's own, or from the comparisons of `[ahp]`.

use serde::Deserialize;

use super::contradiction;
use super::criterion::RawCriterion;
use crate::evaluation::ProfileError;
use crate::evaluation::method::ahp::Ahp;
use crate::evaluation::method::ahp::MAX_RATIO;
use crate::evaluation::method::ahp::PairwiseError;
use crate::evaluation::method::ahp::ahp;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawAhp {
    criteria: Vec<String>,
    matrix: Vec<Vec<f64>>,
    #[serde(default)]
    force: bool,
}

/// The weights, in the order of the criteria.
pub(super) struct Weights {
    pub(super) each: Vec<f64>,
    pub(super) comparisons: Option<Ahp>,
}

/// Finds the weight of each criterion.
pub(super) fn weights(
    profile: &str,
    raw: Option<&RawAhp>,
    criteria: &[RawCriterion],
) -> Result<Weights, ProfileError> {
    let Some(raw) = raw else {
        let own = |criterion: &RawCriterion| {
            criterion.weight.ok_or_else(|| {
                contradiction(
                    profile,
                    &criterion.id,
                    "`weight` is missing; give one, or compare the criteria in [ahp]",
                )
            })
        };
        let each = criteria.iter().map(own).collect::<Result<_, _>>()?;
        return Ok(Weights { each, comparisons: None });
    };
    for (at, name) in raw.criteria.iter().enumerate() {
        if !criteria.iter().any(|criterion| criterion.id == *name) {
            return Err(contradiction(
                profile,
                name,
                "[ahp] compares it, but no criterion has this id; write an id of the profile",
            ));
        }
        if raw.criteria[..at].contains(name) {
            return Err(contradiction(
                profile,
                name,
                "[ahp] names it twice; name each criterion once",
            ));
        }
    }
    let found = compare(profile, raw)?;
    let weight = |criterion: &RawCriterion| {
        let at = raw.criteria.iter().position(|name| *name == criterion.id);
        let compared = at.and_then(|at| found.weights.get(at).copied());
        let wrong = |what| Err(contradiction(profile, &criterion.id, what));
        match (compared, criterion.weight) {
            (Some(_), Some(_)) => wrong("its weight comes from [ahp]; take `weight` away"),
            (Some(weight), None) => Ok(weight),
            // A criterion that only excludes.
            (None, None) => Ok(0.0),
            (None, Some(weight)) if weight == 0.0 => Ok(0.0),
            (None, Some(_)) => wrong(
                "[ahp] does not compare it, so it has no weight; compare it, or take `weight` away",
            ),
        }
    };
    let each = criteria.iter().map(weight).collect::<Result<_, _>>()?;
    Ok(Weights { each, comparisons: Some(found) })
}

fn compare(profile: &str, raw: &RawAhp) -> Result<Ahp, ProfileError> {
    let named = |at: usize| raw.criteria.get(at).cloned().unwrap_or_default();
    if raw.matrix.len() != raw.criteria.len() {
        return Err(misshapen(profile));
    }
    let comparison = |row, column, value: f64, expected| ProfileError::Comparison {
        profile: profile.to_owned(),
        row: named(row),
        column: named(column),
        value: value.to_string(),
        expected,
    };
    let found = ahp(&raw.matrix).map_err(|error| match error {
        PairwiseError::Shape { .. } => misshapen(profile),
        PairwiseError::Size { found } => ProfileError::Range {
            profile: profile.to_owned(),
            item: "ahp".to_owned(),
            key: "criteria",
            value: found.to_string(),
            expected: "compare 1 to 10 criteria at once",
        },
        PairwiseError::NotPositive { row, column, value } => {
            comparison(row, column, value, "give a number above 0")
        }
        PairwiseError::NotReciprocal { row, column, value, .. } if row == column => {
            comparison(row, column, value, "a criterion compared with itself is 1")
        }
        PairwiseError::NotReciprocal { row, column, value, .. } => {
            comparison(row, column, value, "it must be 1 divided by the opposite comparison")
        }
    })?;
    if found.consistency_ratio > MAX_RATIO && !raw.force {
        let (row, column) = found.least_consistent.unwrap_or_default();
        return Err(ProfileError::Inconsistent {
            profile: profile.to_owned(),
            ratio: format!("{:.3}", found.consistency_ratio),
            row: named(row),
            column: named(column),
        });
    }
    Ok(found)
}

fn misshapen(profile: &str) -> ProfileError {
    contradiction(
        profile,
        "ahp",
        "`matrix` needs one row per name in `criteria`, and as many values in each row",
    )
}
