//! How much an order owes to its weights.
//!
//! Two answers. SMAA (Lahdelma, Hokkanen & Salminen 1998): in which share of all weightings a row is first, and between
//! which ranks it moves. And the smallest change of one weight that unseats the leader, exactly.
//!
//! Both look at the rows that are known well enough to be ranked, as they are: what is known about a row, its verdict and
//! the flows on one criterion stay while weights move. Each row is weighed over its own known criteria, as in the
//! ranking.

mod model;
mod placing;
mod weight_change;
mod weights;

pub use model::UNWEIGHABLE;
pub use placing::Standing;
pub use weight_change::WeightChange;

use self::model::Model;
use super::Ranked;
use super::Ranking;
use super::Verdict;

/// Weightings drawn by the jobs: shares are exact to about half a percent.
pub const DRAWS: usize = 10_000;
/// Seed of the jobs' draws: the year of SMAA. A ranking has the same robustness on every machine.
pub const SEED: u64 = 1998;
/// Best rows whose standing is told; they are compared with all.
pub const WATCHED: usize = 200;

/// How much a ranking owes to its weights.
#[derive(Debug, Clone, PartialEq)]
pub struct Robustness {
    /// Number of weightings drawn.
    pub draws: usize,
    /// Seed of the draws.
    pub seed: u64,
    /// Identifier of the row of rank 1; `None` when no row is ranked.
    pub leader: Option<String>,
    /// Standing of the rows of rank 1, 2, … up to [`WATCHED`].
    pub standings: Vec<Standing>,
    /// Per criterion with a weight, in the order of the profile: what unseats the leader.
    pub stability: Vec<Stability>,
}

/// What a change of one weight does to the leader.
#[derive(Debug, Clone, PartialEq)]
pub struct Stability {
    /// Criterion.
    pub criterion: String,
    /// Its weight in the profile, above 0.
    pub weight: f64,
    /// The nearest weight that unseats the leader; `None` when none between 0 and 100 times the weight does.
    pub change: Option<WeightChange>,
}

impl Robustness {
    /// The standing of a row of the same ranking; `None` when it is not among the [`WATCHED`] best that are ranked.
    #[must_use]
    pub fn of(&self, row: &Ranked) -> Option<&Standing> {
        let rank = row.rank.filter(|_| row.verdict == Verdict::Ranked)?;
        self.standings.get(rank.checked_sub(1)?)
    }

    /// The criterion whose weight must move least, in proportion, to unseat the leader.
    #[must_use]
    pub fn weakest(&self) -> Option<(&Stability, &WeightChange)> {
        self.stability
            .iter()
            .filter_map(|stability| Some((stability, stability.change.as_ref()?)))
            .min_by(|a, b| a.1.relative.abs().total_cmp(&b.1.relative.abs()))
    }
}

/// The robustness of a ranking under `draws` weightings (at least one) that are uniform on the simplex of the criteria
/// with a weight. The result depends on the ranking, `draws` and `seed` only, not on the number of threads.
///
/// Cost: rows × criteria × draws; 5 000 × 16 × 10 000 took 1.4 s of processor, over all cores, in November 2026
/// (`benches/robustness.rs`); 50 000 rows took 10 s.
#[must_use]
pub fn robustness(ranking: &Ranking, draws: usize, seed: u64) -> Robustness {
    let profile = &ranking.profile;
    let weighted: Vec<usize> = (0..profile.criteria.len())
        .filter(|at| profile.criteria.get(*at).is_some_and(|criterion| criterion.weight > 0.0))
        .collect();
    let ranked: Vec<&Ranked> =
        ranking.rows.iter().filter(|row| row.verdict == Verdict::Ranked).collect();
    let model = Model::of(ranking, &ranked, &weighted);
    let placements = placing::place(&model, WATCHED, draws, seed);
    let now: Vec<f64> = weighted.iter().map(|at| profile.criteria[*at].weight).collect();
    let changes = weight_change::smallest(&model, &now);
    let stability = weighted
        .iter()
        .zip(changes)
        .map(|(at, change)| Stability {
            criterion: profile.criteria[*at].id.clone(),
            weight: profile.criteria[*at].weight,
            change: change.and_then(|change| change.named(&ranked)),
        })
        .collect();
    Robustness {
        draws: draws.max(1),
        seed,
        leader: ranked.first().map(|row| row.id.clone()),
        standings: placements.iter().map(|places| Standing::of(places)).collect(),
        stability,
    }
}

/// SMAA on plain scores: `values` are rows of scores (0 to 1, more is better), all known and of one length.
///
/// The answer is the rank acceptability index: one row per alternative, one column per rank from 1, each row and each
/// column summing to 1. Alternatives that tie share their ranks.
#[must_use]
pub fn rank_acceptability(values: &[Vec<f64>], draws: usize, seed: u64) -> Vec<Vec<f64>> {
    let model = Model::of_values(values);
    placing::place(&model, values.len(), draws, seed)
        .iter()
        .map(|places| placing::acceptability(places, values.len()))
        .collect()
}
