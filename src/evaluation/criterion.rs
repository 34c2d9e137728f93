//! One line of a profile.

use super::Curve;
use super::Label;
use super::Measure;
use super::Measured;
use super::method::Preference;
use crate::domain::Estimate;

/// When a raw value excludes the unit, whatever its other scores.
#[derive(Debug, Clone, PartialEq)]
pub enum Veto {
    /// A number above this excludes.
    Above(f64),
    /// A number below this excludes.
    Below(f64),
    /// One of these words excludes.
    OneOf(Vec<String>),
}

impl Veto {
    /// Whether the answer excludes. What is unknown never does; an interval only when all of it does.
    #[must_use]
    pub fn excludes(&self, measured: &Measured) -> bool {
        match (self, measured) {
            (Self::Above(limit), answer) => answer.bounds().is_some_and(|(low, _)| low > *limit),
            (Self::Below(limit), answer) => answer.bounds().is_some_and(|(_, high)| high < *limit),
            (Self::OneOf(words), Measured::Word(word)) => words.contains(word),
            (Self::OneOf(_), _) => false,
        }
    }
}

/// A criterion: what is measured, how it becomes a score, how much it counts.
#[derive(Debug, Clone, PartialEq)]
pub struct Criterion {
    /// Stable identifier; names the column in every output.
    pub id: String,
    /// What a person reads.
    pub label: Label,
    /// What is measured.
    pub measure: Measure,
    /// From raw value to score.
    pub curve: Curve,
    /// Score of "searched, none"; present exactly when the measure can answer so.
    pub none_scores: Option<f64>,
    /// Weight, 0 or more; only its part of the sum of weights matters.
    pub weight: f64,
    /// What an advantage in score is worth; read by PROMETHEE II only.
    pub preference: Preference,
    /// Exclusion.
    pub veto: Option<Veto>,
    /// Where curve and weight come from: a publication, or "our judgement".
    pub source: String,
}

/// A condition that a unit must meet to be a candidate at all.
#[derive(Debug, Clone, PartialEq)]
pub struct Condition {
    /// Stable identifier.
    pub id: String,
    /// What a person reads.
    pub label: Label,
    /// What is measured.
    pub measure: Measure,
    /// Smallest value that passes, in the measure's unit.
    pub min: Option<f64>,
    /// Largest value that passes, in the measure's unit.
    pub max: Option<f64>,
    /// Words that pass.
    pub one_of: Option<Vec<String>>,
}

/// The result of a condition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Passes {
    /// It holds.
    Yes,
    /// It does not hold.
    No,
    /// Not known: the unit is no candidate, and is counted apart.
    Unknown,
}

impl Condition {
    /// Whether the answer meets the condition.
    #[must_use]
    pub fn check(&self, measured: &Measured) -> Passes {
        let limits = Limits { min: self.min, max: self.max, one_of: self.one_of.as_deref() };
        limits.check(measured)
    }
}

/// What an answer must meet.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Limits<'a> {
    /// Smallest value that passes, in the measure's unit.
    pub min: Option<f64>,
    /// Largest value that passes, in the measure's unit.
    pub max: Option<f64>,
    /// Words that pass.
    pub one_of: Option<&'a [String]>,
}

impl Limits<'_> {
    /// Whether the answer meets them. "Searched, none" is farther than any largest value, and than no smallest one.
    #[must_use]
    pub fn check(&self, measured: &Measured) -> Passes {
        let within = |number: f64| {
            self.min.is_none_or(|min| number >= min) && self.max.is_none_or(|max| number <= max)
        };
        let passes = match measured {
            Measured::Number(number) | Measured::StraightLine(number) => within(*number),
            Measured::Between { low, high }
            | Measured::StraightLineBetween { low, high }
            | Measured::Estimate(Estimate { low, high, .. }) => {
                let beyond = self.min.is_some_and(|min| *high < min)
                    || self.max.is_some_and(|max| *low > max);
                match (within(*low) && within(*high), beyond) {
                    (true, _) => true,
                    (false, true) => false,
                    (false, false) => return Passes::Unknown,
                }
            }
            Measured::Word(word) => self.one_of.is_some_and(|words| words.contains(word)),
            Measured::NoneFound { .. } | Measured::NoneInTime { .. } => {
                self.min.is_some() && self.max.is_none()
            }
            Measured::Unknown(_) => return Passes::Unknown,
        };
        if passes { Passes::Yes } else { Passes::No }
    }
}
