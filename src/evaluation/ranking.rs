//! Candidates, their scores, and their order.

use rayon::prelude::*;

use super::Assessment;
use super::Condition;
use super::EvaluationError;
use super::Measured;
use super::Method;
use super::Profile;
use super::Robustness;
use super::Verdict;
use super::criterion::Passes;
use super::entities::check_names;
use super::entities::known_layers;
use super::entities::lacks;
use super::measuring::PreparedMeasure;
use super::robustness;
use super::scoring;
use crate::domain::CodeInsee;
use crate::domain::LayerView;
use crate::domain::Territory;

/// Units that a condition kept from being candidates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct LeftOut {
    /// The condition does not hold.
    pub failed: usize,
    /// It is not known whether it holds.
    pub unknown: usize,
}

/// One candidate with its score.
#[derive(Debug, Clone, PartialEq)]
pub struct Ranked {
    /// Identifier of the unit.
    pub id: String,
    /// Position of the unit in its layer.
    pub unit: usize,
    /// Commune of the unit.
    pub commune: Option<CodeInsee>,
    /// Score over the known criteria by the profile's method, 0 to 100; `None` when none is known. Weighted sum: their
    /// weighted mean. TOPSIS: 100 × closeness. PROMETHEE II: 50 × (1 + net flow), so 50 is as often beaten as beating.
    pub score: Option<f64>,
    /// The score if everything unknown were as bad as can be, 0 to 100.
    pub score_low: f64,
    /// The score if everything unknown were as good as can be, 0 to 100.
    pub score_high: f64,
    /// Share of the weight that rests on known values, 0 to 1.
    pub reliability: f64,
    /// Standing.
    pub verdict: Verdict,
    /// Rank from 1; `None` when vetoed or without score.
    pub rank: Option<usize>,
    /// One answer per criterion, in the order of the profile.
    pub assessments: Vec<Assessment>,
}

/// A ranking of the units of a territory by a profile.
#[derive(Debug, Clone, PartialEq)]
pub struct Ranking {
    /// The profile.
    pub profile: Profile,
    /// Number of units looked at.
    pub n_units: usize,
    /// Units that are no candidates, per condition id, in the order of the profile.
    pub left_out: Vec<(String, LeftOut)>,
    /// Candidates: ranked, then uncertain, then vetoed.
    pub rows: Vec<Ranked>,
    /// How much the order owes to the weights; `None` until somebody asks ([`Ranking::with_robustness`]).
    pub robustness: Option<Robustness>,
}

impl Ranking {
    /// The row of a unit.
    #[must_use]
    pub fn row(&self, id: &str) -> Option<&Ranked> {
        self.rows.iter().find(|row| row.id == id)
    }

    /// Where row `at` would stand among all rows, from 1, and its score, if its answers were these; 0 without a score.
    /// Best first, as the ranking is ordered; excluded rows stand last.
    #[must_use]
    pub fn placed(&self, at: usize, assessments: Vec<Assessment>) -> (usize, f64) {
        let Some(old) = self.rows.get(at) else { return (self.rows.len(), 0.0) };
        let new = Ranked {
            commune: old.commune,
            ..row(&self.profile, old.id.clone(), old.unit, assessments)
        };
        if self.profile.method == Method::Promethee2 {
            // Every row's score depends on all others.
            let mut rows = self.rows.clone();
            rows[at] = new;
            order(&self.profile, &mut rows);
            let place = rows.iter().position(|row| row.id == old.id).unwrap_or(at);
            return (place + 1, rows[place].score.unwrap_or(0.0));
        }
        // The rows are in order, so those before are a start of them; the row itself is not one of them.
        let is_before = |row: &Ranked| in_order(row, &new) == std::cmp::Ordering::Less;
        let before = self.rows.partition_point(is_before) - usize::from(is_before(old));
        (before + 1, new.score.unwrap_or(0.0))
    }

    /// With its robustness under [`robustness::DRAWS`] draws of [`robustness::SEED`]; without when fewer than two rows
    /// are ranked, since one alone is first in any case.
    ///
    /// [`robustness::DRAWS`]: super::robustness::DRAWS
    /// [`robustness::SEED`]: super::robustness::SEED
    #[must_use]
    pub fn with_robustness(mut self) -> Self {
        let n_ranked = self.rows.iter().filter(|row| row.verdict == Verdict::Ranked).count();
        self.robustness =
            (n_ranked >= 2).then(|| robustness(&self, robustness::DRAWS, robustness::SEED));
        self
    }
}

/// Ranks the units of `territory` by `profile`. The result does not depend on the number of threads.
///
/// # Errors
/// When the profile names layers or attributes that the territory does not have; see [`EvaluationError`].
pub fn rank(territory: &Territory, profile: &Profile) -> Result<Ranking, EvaluationError> {
    let units = check(territory, profile)?;
    let conditions: Vec<_> = profile
        .conditions
        .iter()
        .map(|condition| (condition, PreparedMeasure::new(&condition.measure, territory)))
        .collect();
    let criteria: Vec<_> = profile
        .criteria
        .iter()
        .map(|criterion| (criterion, PreparedMeasure::new(&criterion.measure, territory)))
        .collect();

    let outcomes: Vec<Result<Ranked, (usize, Passes)>> = (0..units.len())
        .into_par_iter()
        .filter_map(|at| units.entity(at).map(|unit| (at, unit)))
        .map(|(at, unit)| {
            for (which, (condition, measure)) in conditions.iter().enumerate() {
                let passes = condition.check(&measure.take(unit));
                if passes != Passes::Yes {
                    return Err((which, passes));
                }
            }
            let assessments = criteria
                .iter()
                .map(|(criterion, measure)| Assessment::of(criterion, measure.take(unit)))
                .collect();
            let mut row = row(profile, unit.id().into_owned(), at, assessments);
            row.commune = unit.commune();
            Ok(row)
        })
        .collect();

    let mut left_out = vec![LeftOut::default(); conditions.len()];
    let mut rows = Vec::new();
    for outcome in outcomes {
        match outcome {
            Ok(row) => rows.push(row),
            Err((which, Passes::Unknown)) => left_out[which].unknown += 1,
            Err((which, _)) => left_out[which].failed += 1,
        }
    }
    order(profile, &mut rows);
    Ok(Ranking {
        profile: profile.clone(),
        n_units: units.len(),
        left_out: profile
            .conditions
            .iter()
            .map(|condition| condition.id.clone())
            .zip(left_out)
            .collect(),
        rows,
        robustness: None,
    })
}

/// The conditions that keep a unit from being a candidate, with what was measured. Empty when it is one.
///
/// # Errors
/// As [`rank`], and when no unit has this identifier.
pub fn why_no_candidate(
    territory: &Territory,
    profile: &Profile,
    id: &str,
) -> Result<Vec<(Condition, Measured)>, EvaluationError> {
    let units = check(territory, profile)?;
    let unit = (0..units.len())
        .filter_map(|at| units.entity(at))
        .find(|unit| unit.id() == id)
        .ok_or_else(|| EvaluationError::NoSuchUnit {
            unit: profile.unit.as_str(),
            id: id.to_owned(),
        })?;
    Ok(profile
        .conditions
        .iter()
        .map(|condition| {
            (condition.clone(), PreparedMeasure::new(&condition.measure, territory).take(unit))
        })
        .filter(|(condition, measured)| condition.check(measured) != Passes::Yes)
        .collect())
}

/// One unit's answers as a row, without commune and rank.
pub(super) fn row(
    profile: &Profile,
    id: String,
    unit: usize,
    assessments: Vec<Assessment>,
) -> Ranked {
    let known = scoring::weighted(profile, &assessments, Assessment::voice);
    let certain = scoring::weighted(profile, &assessments, Assessment::certainty);
    let reliability = certain / profile.total_weight();
    let vetoed = assessments.iter().any(|assessment| assessment.vetoed);
    let verdict = if vetoed {
        Verdict::Vetoed
    } else if known > 0.0 && reliability >= profile.min_reliability {
        Verdict::Ranked
    } else {
        Verdict::Uncertain
    };
    let scores = scoring::of_one(profile, &assessments);
    Ranked {
        id,
        unit,
        commune: None,
        score: scores.score,
        score_low: scores.low,
        score_high: scores.high,
        reliability,
        verdict,
        rank: None,
        assessments,
    }
}

/// Best first; equal scores by reliability, then by identifier, so that the order is always the same.
pub(super) fn order(profile: &Profile, rows: &mut [Ranked]) {
    if profile.method == Method::Promethee2 {
        scoring::by_flows(profile, rows);
    }
    rows.sort_by(in_order);
    let mut rank = 0;
    for row in rows.iter_mut().filter(|row| row.verdict != Verdict::Vetoed && row.score.is_some()) {
        rank += 1;
        row.rank = Some(rank);
    }
}

/// Ranked before uncertain before excluded; best score first; equal ones by reliability, then by identifier.
fn in_order(a: &Ranked, b: &Ranked) -> std::cmp::Ordering {
    let score = |row: &Ranked| row.score.unwrap_or(f64::NEG_INFINITY);
    a.verdict
        .cmp(&b.verdict)
        .then_with(|| score(b).total_cmp(&score(a)))
        .then_with(|| b.reliability.total_cmp(&a.reliability))
        .then_with(|| a.id.cmp(&b.id))
}

/// Finds the units, and every layer and attribute that the profile names, before anything is measured.
fn check<'a>(
    territory: &'a Territory,
    profile: &Profile,
) -> Result<&'a dyn LayerView, EvaluationError> {
    let units_key = profile.unit.layer();
    let units = territory.layer(units_key).ok_or_else(|| EvaluationError::NoUnits {
        profile: profile.id.clone(),
        unit: profile.unit.as_str(),
        layer: units_key,
    })?;
    let measures = profile
        .conditions
        .iter()
        .map(|condition| (&*condition.id, &condition.measure))
        .chain(profile.criteria.iter().map(|criterion| (&*criterion.id, &criterion.measure)));
    check_names(territory, &profile.id, measures, (units_key, &|name| lacks(units, name)))?;
    check_rules(territory, profile)?;
    Ok(units)
}

/// The same for the hard constraints of a profile of terrains: one that names what is not there would forbid nothing.
fn check_rules(territory: &Territory, profile: &Profile) -> Result<(), EvaluationError> {
    for rule in profile.land.iter().flat_map(|land| &land.hard) {
        if !territory.knows_layer(&rule.layer) {
            return Err(EvaluationError::UnknownLayer {
                profile: profile.id.clone(),
                item: rule.id.clone(),
                layer: rule.layer.clone(),
                known: known_layers(territory),
            });
        }
        let Some(layer) = territory.layer(&rule.layer) else { continue };
        for (attribute, _) in &rule.filter.tests {
            if lacks(layer, attribute) {
                return Err(EvaluationError::UnknownAttribute {
                    profile: profile.id.clone(),
                    item: rule.id.clone(),
                    layer: rule.layer.clone(),
                    attribute: attribute.clone(),
                });
            }
        }
    }
    Ok(())
}
