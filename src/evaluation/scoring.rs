//! From the answers of a unit to its score, by the method of the profile.
//!
//! What is unknown counts neither for nor against: sums, distances and flows run over the known criteria. Bounds put the
//! worst and the best score in its place and weigh all criteria.

use rayon::prelude::*;

use super::Assessment;
use super::Method;
use super::Profile;
use super::Ranked;
use super::Ranking;
use super::Verdict;
use super::method::OneCriterion;
use super::method::topsis::Distances;

/// Score and bounds of one row, each 0 to 100.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Scores {
    pub(super) score: Option<f64>,
    pub(super) low: f64,
    pub(super) high: f64,
}

impl Scores {
    /// Bounds that do not exclude the score: it weighs what is known in part only in part, and they weigh it in full.
    fn holding_the_score(self) -> Self {
        let (low, high) = (self.low, self.high);
        self.score.map_or(self, |score| Self { low: low.min(score), high: high.max(score), ..self })
    }
}

/// Sum of weight times `value` over the criteria.
pub(super) fn weighted(
    profile: &Profile,
    assessments: &[Assessment],
    value: impl Fn(&Assessment) -> f64,
) -> f64 {
    let pairs = profile.criteria.iter().zip(assessments);
    pairs.map(|(criterion, assessment)| criterion.weight * value(assessment)).sum()
}

/// Scores of a row by itself. PROMETHEE II has none before all rows are there: see [`by_flows`].
pub(super) fn of_one(profile: &Profile, assessments: &[Assessment]) -> Scores {
    let known = weighted(profile, assessments, Assessment::voice);
    let total = profile.total_weight();
    match profile.method {
        Method::WeightedSum => {
            let score = weighted(profile, assessments, |found| {
                found.voice() * found.score().unwrap_or(0.0)
            });
            Scores {
                score: (known > 0.0).then(|| 100.0 * score / known),
                low: 100.0 * weighted(profile, assessments, |found| found.bounds.0) / total,
                high: 100.0 * weighted(profile, assessments, |found| found.bounds.1) / total,
            }
            .holding_the_score()
        }
        Method::Topsis => Scores {
            score: (known > 0.0).then(|| closeness(profile, assessments, of_known)),
            low: closeness(profile, assessments, |found| Some((1.0, found.bounds.0))),
            high: closeness(profile, assessments, |found| Some((1.0, found.bounds.1))),
        }
        .holding_the_score(),
        Method::Promethee2 => Scores { score: None, low: 0.0, high: 100.0 },
    }
}

/// What an answer brings in, and its score.
fn of_known(found: &Assessment) -> Option<(f64, f64)> {
    found.score().map(|score| (found.voice(), score))
}

fn closeness(
    profile: &Profile,
    assessments: &[Assessment],
    value: impl Fn(&Assessment) -> Option<(f64, f64)>,
) -> f64 {
    let mut distances = Distances::default();
    for (criterion, assessment) in profile.criteria.iter().zip(assessments) {
        if let Some((voice, score)) = value(assessment) {
            distances.add_score(criterion.weight * voice, score);
        }
    }
    100.0 * distances.closeness()
}

/// Scores all rows by PROMETHEE II.
///
/// Bounds replace the row's own unknown scores by 0 and 1 while the others stay as they are known, and never exclude
/// the score itself.
pub(super) fn by_flows(profile: &Profile, rows: &mut [Ranked]) {
    let flows = Flows::new(profile, rows);
    let total = profile.total_weight();
    rows.par_iter_mut().for_each(|row| {
        let (mut known, mut sum, mut low, mut high) = (0.0, 0.0, 0.0, 0.0);
        for (at, (criterion, assessment)) in
            profile.criteria.iter().zip(&row.assessments).enumerate()
        {
            let compared = row.verdict != Verdict::Vetoed;
            let worth = |score: f64| flows.worth(at, score, assessment, compared);
            if let Some(score) = assessment.score() {
                let weight = criterion.weight * assessment.voice();
                known += weight;
                sum += weight * worth(score);
            }
            low += criterion.weight * worth(assessment.bounds.0);
            high += criterion.weight * worth(assessment.bounds.1);
        }
        row.score = (known > 0.0).then(|| 100.0 * sum / known);
        let score = row.score.unwrap_or(100.0 * low / total);
        row.score_low = (100.0 * low / total).min(score);
        row.score_high = (100.0 * high / total).max(row.score.unwrap_or(0.0));
    });
}

/// The criteria of a profile, ready for comparisons between the rows that no veto excludes.
pub(super) struct Flows(Vec<OneCriterion>);

impl Flows {
    pub(super) fn new(profile: &Profile, rows: &[Ranked]) -> Self {
        let one = |at: usize, preference| {
            let compared = rows.iter().filter(|row| row.verdict != Verdict::Vetoed);
            let scores = compared.filter_map(|row| row.assessments.get(at)?.score());
            OneCriterion::new(scores.collect(), preference)
        };
        let criteria = profile.criteria.iter().enumerate();
        Self(criteria.map(|(at, criterion)| one(at, criterion.preference)).collect())
    }

    /// `(φ + 1) / 2` of a `score` on criterion `at`, 0 to 1, against the other rows that are known there. `found` is what
    /// the row has among the compared, if it is `compared`.
    pub(super) fn worth(&self, at: usize, score: f64, found: &Assessment, compared: bool) -> f64 {
        let own = found.score().filter(|_| compared);
        self.0.get(at).map_or(0.5, |one| f64::midpoint(1.0, one.net_flow(score, own)))
    }
}

/// What each criterion costs a row: the points of score, 0 to 100, that it would gain if its answer there were the best
/// there is and all else stayed. `None` where the answer is unknown; in the order of the profile.
#[must_use]
pub fn losses(ranking: &Ranking, row: &Ranked) -> Vec<Option<f64>> {
    let profile = &ranking.profile;
    let known = weighted(profile, &row.assessments, Assessment::voice);
    let known = known.max(f64::MIN_POSITIVE);
    let flows = (profile.method == Method::Promethee2).then(|| Flows::new(profile, &ranking.rows));
    let compared = row.verdict != Verdict::Vetoed;
    let loss = |at: usize, weight: f64, found: &Assessment| {
        let score = found.score()?;
        let weight = weight * found.voice();
        Some(match (&flows, profile.method) {
            (_, Method::Topsis) => {
                let mut better = row.assessments.clone();
                if let Some(found) = better.get_mut(at) {
                    // The answer is better, not better known: its weight in the score stays.
                    found.estimated = Some((1.0, found.voice()));
                    found.bounds = (1.0, 1.0);
                }
                closeness(profile, &better, of_known) - row.score?
            }
            (Some(flows), _) => {
                let worth = |score| flows.worth(at, score, found, compared);
                100.0 * weight * (worth(1.0) - worth(score)) / known
            }
            (None, _) => 100.0 * weight * (1.0 - score) / known,
        })
    };
    let pairs = profile.criteria.iter().zip(&row.assessments).enumerate();
    pairs.map(|(at, (criterion, found))| loss(at, criterion.weight, found)).collect()
}
