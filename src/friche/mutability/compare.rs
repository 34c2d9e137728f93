//! Why two versions judge the same site differently.

use super::answer::Answers;
use super::assess::Detail;
use super::assess::Mutability;
use super::assess::UseAssessment;
use super::assess::assess;
use super::criterion_key::CriterionKey;
use super::grid::Grid;
use super::points::Index;
use super::points::Points;
use super::usage::Use;

/// What became of a criterion between two versions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// The later version has it, the earlier one has not.
    Added,
    /// The earlier version has it, the later one has not.
    Removed,
    /// Its weight changed.
    Weight,
    /// The same answer means something else for the use.
    Score,
}

impl Change {
    /// A word for programs: `added`, `removed`, `weight`, `score`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Removed => "removed",
            Self::Weight => "weight",
            Self::Score => "score",
        }
    }
}

/// A criterion whose points for one use differ.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Cause {
    /// The criterion.
    pub key: CriterionKey,
    /// What became of it.
    pub change: Change,
    /// Points for and against in the first version.
    pub before: (Points, Points),
    /// Points for and against in the second version.
    pub after: (Points, Points),
}

/// One use by two versions.
#[derive(Debug, Clone, PartialEq)]
pub struct UseChange {
    /// The use.
    pub usage: Use,
    /// Index by the first version.
    pub before: Index,
    /// Index by the second version.
    pub after: Index,
    /// Rank by the first and by the second version.
    pub ranks: (usize, usize),
    /// Criteria that exclude the use by the first and by the second version.
    pub excluded_because: (Vec<CriterionKey>, Vec<CriterionKey>),
    /// The criteria whose points differ, in the order of the criteria. Empty when the index is the same for that reason.
    pub causes: Vec<Cause>,
}

impl UseChange {
    /// What was added to the index, in percent points with one decimal.
    #[must_use]
    pub fn difference(&self) -> f64 {
        (f64::from(self.after.tenths()) - f64::from(self.before.tenths())) / 10.0
    }
}

/// The same answers by two versions.
#[derive(Debug, Clone, PartialEq)]
pub struct Comparison {
    /// By the first version.
    pub before: Mutability,
    /// By the second version.
    pub after: Mutability,
    /// One entry a use, in the published order.
    pub uses: Vec<UseChange>,
    /// Criteria that only the second version has.
    pub added: Vec<CriterionKey>,
    /// Criteria that only the first version has.
    pub removed: Vec<CriterionKey>,
}

/// Scores a site by two grids and says why they differ.
#[must_use]
pub fn compare(first: &Grid, second: &Grid, answers: &Answers) -> Comparison {
    let (before, after) = (assess(first, answers), assess(second, answers));
    let uses = before.uses.iter().zip(&after.uses).map(|(was, is)| use_change(was, is)).collect();
    Comparison {
        uses,
        added: only_in(second, first),
        removed: only_in(first, second),
        before,
        after,
    }
}

fn only_in(grid: &Grid, other: &Grid) -> Vec<CriterionKey> {
    let keys = grid.rules().iter().map(|rule| rule.key());
    keys.filter(|key| other.rule(*key).is_none()).collect()
}

fn use_change(was: &UseAssessment, is: &UseAssessment) -> UseChange {
    let causes = CriterionKey::ALL.into_iter().filter_map(|key| {
        let of = |one: &UseAssessment| one.details.iter().find(|detail| detail.key == key).copied();
        cause(key, of(was), of(is))
    });
    UseChange {
        usage: was.usage,
        before: was.index,
        after: is.index,
        ranks: (was.rank, is.rank),
        excluded_because: (was.excluded_because.clone(), is.excluded_because.clone()),
        causes: causes.collect(),
    }
}

fn cause(key: CriterionKey, was: Option<Detail>, is: Option<Detail>) -> Option<Cause> {
    let change = match (was, is) {
        (None, None) => return None,
        (None, Some(_)) => Change::Added,
        (Some(_), None) => Change::Removed,
        (Some(was), Some(is)) if was.weight != is.weight => Change::Weight,
        (Some(_), Some(_)) => Change::Score,
    };
    let points = |detail: Option<Detail>| {
        detail.map(|detail| (detail.advantages, detail.constraints)).unwrap_or_default()
    };
    let (before, after) = (points(was), points(is));
    (before != after).then_some(Cause { key, change, before, after })
}
