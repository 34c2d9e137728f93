//! How much each condition takes away.

use super::Verdict;
use super::VerdictResult;

/// What one condition does to the candidates looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Exclusion {
    /// Candidates that fail it.
    pub failed: usize,
    /// Candidates that fail it and no other.
    pub alone: usize,
    /// Candidates of which it is not known whether they meet it.
    pub unknown: usize,
}

/// One for each condition, in their order.
pub(super) fn exclusions<'v>(
    n_conditions: usize,
    verdicts: impl Iterator<Item = &'v [Verdict]>,
) -> Vec<Exclusion> {
    let mut all = vec![Exclusion::default(); n_conditions];
    for of_candidate in verdicts {
        let failed: Vec<usize> = fails(of_candidate).collect();
        for (at, verdict) in of_candidate.iter().enumerate() {
            let Some(one) = all.get_mut(at) else { continue };
            one.unknown += usize::from(verdict.result == VerdictResult::Unknown);
            one.failed += usize::from(verdict.result == VerdictResult::Fail);
            one.alone += usize::from(failed == [at]);
        }
    }
    all
}

/// Positions of the conditions that a candidate fails.
pub(super) fn fails(verdicts: &[Verdict]) -> impl Iterator<Item = usize> + '_ {
    let failed = |(_, verdict): &(usize, &Verdict)| verdict.result == VerdictResult::Fail;
    verdicts.iter().enumerate().filter(failed).map(|(at, _)| at)
}
