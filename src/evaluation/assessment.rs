//! What one unit was found to be on one criterion.

use super::Criterion;
use super::Measured;
use super::Unknown;
use crate::domain::Estimate;

/// Where a unit stands in a ranking.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// Known well enough to be compared.
    Ranked,
    /// Less is known than the profile demands: stands behind all that are better known.
    Uncertain,
    /// Excluded by a veto: has no rank.
    Vetoed,
}

impl Verdict {
    /// The code used in every output.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Ranked => "ranked",
            Self::Uncertain => "uncertain",
            Self::Vetoed => "vetoed",
        }
    }
}

/// The answer of one criterion for one unit.
#[derive(Debug, Clone, PartialEq)]
pub struct Assessment {
    /// Raw answer.
    pub measured: Measured,
    /// Lowest and highest score it can stand for, 0 to 1; equal when the answer is exact, `(0, 1)` when unknown.
    pub bounds: (f64, f64),
    /// Where a number is an estimate: its score, and the share of it that is known.
    pub estimated: Option<(f64, f64)>,
    /// Whether the criterion excludes the unit.
    pub vetoed: bool,
}

impl Assessment {
    /// Scores a raw answer on the criterion's curve.
    #[must_use]
    pub fn of(criterion: &Criterion, measured: Measured) -> Self {
        let vetoed = criterion.veto.as_ref().is_some_and(|veto| veto.excludes(&measured));
        let bounds = match &measured {
            Measured::Number(number) | Measured::StraightLine(number) => {
                criterion.curve.of_number(*number).map(|v| (v, v))
            }
            Measured::Between { low, high } | Measured::StraightLineBetween { low, high } => {
                criterion.curve.of_interval(*low, *high)
            }
            Measured::Estimate(Estimate { low, high, .. }) => {
                criterion.curve.of_interval(*low, *high)
            }
            Measured::Word(word) => criterion.curve.of_word(word).map(|v| (v, v)),
            Measured::NoneFound { .. } | Measured::NoneInTime { .. } => {
                criterion.none_scores.map(|v| (v, v))
            }
            Measured::Unknown(_) => None,
        };
        let estimated = match &measured {
            Measured::Estimate(Estimate { value, known, .. }) => {
                criterion.curve.of_number(*value).map(|score| (score, *known))
            }
            _ => None,
        };
        match (bounds, measured) {
            (Some(bounds), measured) => Self { measured, bounds, estimated, vetoed },
            (None, Measured::Word(word)) => Self {
                measured: Measured::Unknown(Unknown::WordNotScored { word }),
                bounds: (0.0, 1.0),
                estimated,
                vetoed,
            },
            (None, measured) => Self { measured, bounds: (0.0, 1.0), estimated, vetoed },
        }
    }

    /// Whether an answer was found at all. An estimate that rests on nothing is none.
    #[must_use]
    pub fn is_known(&self) -> bool {
        match self.estimated {
            Some((_, known)) => known > 0.0,
            None => !matches!(self.measured, Measured::Unknown(_)),
        }
    }

    /// The score told when one number is wanted: that of an estimate, else the middle of the bounds. `None` when unknown.
    #[must_use]
    pub fn score(&self) -> Option<f64> {
        let middle = || f64::midpoint(self.bounds.0, self.bounds.1);
        self.is_known().then(|| self.estimated.map_or_else(middle, |(score, _)| score))
    }

    /// How much of its criterion's weight the answer brings into a score, 0 to 1: all for a value, none for the unknown; an
    /// estimate as much as is known of it, so that an index made of little knowledge counts for little; an interval the less
    /// the more of the curve it spans, so that a missing figure raises no score by its open end.
    #[must_use]
    pub fn voice(&self) -> f64 {
        match self.estimated {
            _ if !self.is_known() => 0.0,
            Some((_, known)) => known.clamp(0.0, 1.0),
            None => (1.0 - (self.bounds.1 - self.bounds.0)).clamp(0.0, 1.0),
        }
    }

    /// How much of the weight rests on knowledge, 0 to 1: what the answer brings in.
    #[must_use]
    pub fn certainty(&self) -> f64 {
        self.voice()
    }
}
