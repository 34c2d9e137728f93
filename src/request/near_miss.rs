//! Candidates that fail one or two conditions, and by how much.

use super::Asked;
use super::Limit;
use super::Verdict;
use super::exclusion::fails;
use crate::evaluation::Measured;

/// Conditions that a near miss may fail.
pub(super) const MOST_FAILS: usize = 2;

/// One condition that a candidate fails.
#[derive(Debug, Clone, PartialEq)]
pub struct Fail {
    /// Position of the condition.
    pub condition: usize,
    /// What was measured.
    pub measured: Measured,
    /// Which limit is missed; `None` for words.
    pub limit: Option<Limit>,
    /// How far the limit must be moved for the candidate to pass, in the unit of the condition: to the last digit, so that a
    /// hair less would not do. `None` for words, and where only "farther than was searched" is known.
    pub gap: Option<f64>,
}

/// A candidate that fails one or two conditions.
#[derive(Debug, Clone, PartialEq)]
pub struct NearMiss {
    /// Position of the candidate among those of the answer.
    pub candidate: usize,
    /// What it fails.
    pub fails: Vec<Fail>,
}

/// The limit that a measured value misses, and where it would have to be for the value to pass. An interval passes when all of
/// it does.
pub(super) fn needed(asked: &Asked, measured: &Measured) -> Option<(Limit, f64)> {
    let (low, high) = measured.bounds()?;
    let above = asked.max.filter(|max| high > *max).map(|_| (Limit::Max, high));
    let below = asked.min.filter(|min| low < *min).map(|_| (Limit::Min, low));
    above.or(below).filter(|(_, to)| to.is_finite())
}

/// What a candidate fails, in the order of the conditions.
pub(super) fn fails_of(asked: &[Asked], verdicts: &[Verdict]) -> Vec<Fail> {
    fails(verdicts)
        .map(|at| {
            let measured = verdicts[at].measured.clone();
            let needed = needed(&asked[at], &measured);
            let gap = needed.and_then(|(limit, to)| gap(&asked[at], limit, to));
            Fail { condition: at, measured, limit: needed.map(|(limit, _)| limit), gap }
        })
        .collect()
}

/// The least number that moves a limit as far as needed: added to the largest value, or taken off the smallest, it gives a
/// limit that lets `to` pass, in the arithmetic of the machine.
fn gap(asked: &Asked, limit: Limit, to: f64) -> Option<f64> {
    let from = match limit {
        Limit::Min => asked.min?,
        Limit::Max => asked.max?,
    };
    let passes = |gap: f64| match limit {
        Limit::Min => from - gap <= to,
        Limit::Max => from + gap >= to,
    };
    let mut gap = (to - from).abs();
    // Rounding of the difference may fall a digit short.
    while !passes(gap) {
        gap = gap.next_up();
    }
    Some(gap)
}

/// The nearest first: fewer conditions failed, then the smaller sum of gaps in parts of their limits; gaps that nobody knows
/// stand behind; of equals, the identifier decides.
pub(super) fn order(asked: &[Asked], misses: &mut [NearMiss], id_of: impl Fn(usize) -> String) {
    let distance = |miss: &NearMiss| -> f64 {
        let each = miss.fails.iter().map(|fail| {
            let asked = &asked[fail.condition];
            let limit = match fail.limit {
                Some(Limit::Min) => asked.min,
                Some(Limit::Max) => asked.max,
                None => None,
            };
            match (fail.gap, limit) {
                (Some(gap), Some(limit)) if limit != 0.0 => gap / limit.abs(),
                (Some(gap), _) => gap,
                // Words and what lies beyond the search: farther than twice any limit.
                (None, _) => 2.0,
            }
        });
        each.sum()
    };
    misses.sort_by(|a, b| {
        a.fails
            .len()
            .cmp(&b.fails.len())
            .then_with(|| distance(a).total_cmp(&distance(b)))
            .then_with(|| id_of(a.candidate).cmp(&id_of(b.candidate)))
    });
}
