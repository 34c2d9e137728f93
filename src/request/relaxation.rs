//! For each condition alone, how far it would have to give way for one, three, ten candidates.

use super::Asked;
use super::Verdict;
use super::exclusion::fails;
use super::near_miss::needed;

/// Numbers of candidates that a relaxation is looked for.
const WANTED: [usize; 3] = [1, 3, 10];

/// One of the two limits of a condition.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Limit {
    /// The smallest value that passes.
    Min,
    /// The largest.
    Max,
}

impl Limit {
    /// The word used in requests and in JSON.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Min => "min",
            Self::Max => "max",
        }
    }
}

/// A limit moved, all else as asked, and what that gives.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Relaxation {
    /// Position of the condition.
    pub condition: usize,
    /// The limit that is moved.
    pub limit: Limit,
    /// Where it is, in the unit of the condition.
    pub from: f64,
    /// Where it would be.
    pub to: f64,
    /// Candidates that there would be in all, those that there are without it included.
    pub candidates: usize,
}

/// The smallest relaxation of each limit that gives at least one, three, ten candidates, where there are fewer as it is and
/// there is one that does. `verdicts` are those of every candidate looked at.
pub(super) fn relaxations(asked: &[Asked], verdicts: &[&[Verdict]]) -> Vec<Relaxation> {
    let n_now = verdicts.iter().filter(|one| fails(one).next().is_none()).count();
    let mut found = Vec::new();
    for (condition, one) in asked.iter().enumerate() {
        for limit in [Limit::Min, Limit::Max] {
            let from = match limit {
                Limit::Min => one.min,
                Limit::Max => one.max,
            };
            let Some(from) = from else { continue };
            let mut reached: Vec<f64> = verdicts
                .iter()
                .filter(|verdicts| fails(verdicts).eq([condition]))
                .filter_map(|verdicts| needed(one, &verdicts[condition].measured))
                .filter(|(missed, _)| *missed == limit)
                .map(|(_, to)| to)
                .collect();
            // The nearest to the limit first.
            reached.sort_by(|a, b| (a - from).abs().total_cmp(&(b - from).abs()));
            let mut before = None;
            for wanted in WANTED {
                let Some(more) = wanted.checked_sub(n_now).filter(|more| *more > 0) else {
                    continue;
                };
                let Some(to) = reached.get(more - 1).copied() else { continue };
                let candidates = n_now
                    + reached
                        .iter()
                        .filter(|one| (**one - from).abs() <= (to - from).abs())
                        .count();
                // Several candidates at one value: the same relaxation gives them all.
                if before != Some(to) {
                    found.push(Relaxation { condition, limit, from, to, candidates });
                }
                before = Some(to);
            }
        }
    }
    found
}
