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
            (None, Some(0.0)) => Ok(0.0),
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

#[cfg(test)]
mod tests {
    use crate::evaluation::Profile;

    /// Criteria a, b and c with these weights, and an `[ahp]`; what is said of it.
    fn read(weights: [&str; 3], ahp: &str) -> Result<Vec<f64>, String> {
        let mut text = "id = \"p-v1\"\ntitle = { fr = \"a\", en = \"b\" }\nunit = \"parcel\"\n\
                        method = \"topsis\"\n"
            .to_owned();
        for (id, weight) in ["a", "b", "c"].into_iter().zip(weights) {
            text.push_str(&format!(
                "[[criterion]]\nid = \"{id}\"\nlabel = {{ fr = \"a\", en = \"b\" }}\nsource = \"test\"\n\
                 measure = {{ area = true }}\ncurve = [[0, 0], [1, 1]]\n{weight}\n"
            ));
        }
        let profile = Profile::from_toml(&(text + ahp)).map_err(|error| error.to_string())?;
        Ok(profile.criteria.iter().map(|criterion| criterion.weight).collect())
    }

    #[test]
    fn compared_criteria_get_their_weights() {
        let ahp = "[ahp]\ncriteria = [\"c\", \"a\"]\nmatrix = [[1, 4], [0.25, 1]]\n";
        let weights = read(["", "weight = 0", ""], ahp).unwrap();
        for (found, expected) in weights.iter().zip([0.2, 0.0, 0.8]) {
            assert!((found - expected).abs() < 1e-12, "{weights:?}");
        }
    }

    #[test]
    fn what_does_not_go_together_is_refused() {
        let of = |criteria: &str, matrix: &str| {
            format!("[ahp]\ncriteria = [{criteria}]\nmatrix = [{matrix}]\n")
        };
        let two = |matrix: &str| of("\"a\", \"b\"", matrix);
        let good = two("[1, 2], [0.5, 1]");
        for (weights, ahp, says) in [
            (["weight = 1", "weight = 1", ""], String::new(), "`c`: `weight` is missing"),
            (["weight = 1", "", ""], good.clone(), "`a`: its weight comes from [ahp]"),
            (["", "", "weight = 2"], good, "`c`: [ahp] does not compare it"),
            ([""; 3], of("\"a\", \"d\"", "[1, 2], [0.5, 1]"), "`d`: [ahp] compares it, but no"),
            ([""; 3], of("\"a\", \"a\"", "[1, 2], [0.5, 1]"), "`a`: [ahp] names it twice"),
            ([""; 3], two("[1, 2]"), "`ahp`: `matrix` needs one row per name"),
            ([""; 3], two("[1, 2], [0.5]"), "`ahp`: `matrix` needs one row per name"),
            ([""; 3], of("", ""), "`ahp`: criteria = 0 is not allowed; compare 1 to 10"),
            ([""; 3], two("[1, -2], [0.5, 1]"), "`a` against `b` is -2; give a number above 0"),
            ([""; 3], two("[1, 2], [0.4, 1]"), "`b` against `a` is 0.4; it must be 1 divided by"),
            ([""; 3], two("[2, 2], [0.5, 1]"), "`a` against `a` is 2; a criterion compared with"),
            (
                [""; 3],
                of("\"a\", \"b\", \"c\"", "[1, 5, 0.2], [0.2, 1, 5], [5, 0.2, 1]"),
                "contradict each other, consistency ratio",
            ),
            (
                ["preference = \"usual\"\nweight = 1", "weight = 1", "weight = 1"],
                String::new(),
                "`a`: `preference` goes with the method promethee-2",
            ),
        ] {
            let said = read(weights, &ahp).unwrap_err();
            assert!(said.starts_with("profile `p-v1`, ") && said.contains(says), "{said}");
        }
    }
}
