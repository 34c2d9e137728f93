//! From values in any unit to numbers that add up.

use super::Sense;

/// How a column of raw values is brought to one scale, more being better afterwards.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Normalisation {
    /// Values as they are; a cost changes its sign.
    None,
    /// `(x − min) / (max − min)`, for a cost `(max − x) / (max − min)`: 0 to 1. All 1 where all are equal.
    MinMax,
    /// `x / √Σx²`, for a cost `1 − x / √Σx²` (Hwang & Yoon 1981). All 0 (cost: 1) where all are 0.
    Vector,
}

impl Normalisation {
    /// The column normalised; same length. A single row, or no row, is a column like any other.
    #[must_use]
    pub fn apply(self, values: &[f64], sense: Sense) -> Vec<f64> {
        match self {
            Self::None => match sense {
                Sense::Benefit => values.to_vec(),
                Sense::Cost => values.iter().map(|value| -value).collect(),
            },
            Self::MinMax => {
                let (min, max) =
                    values.iter().fold((f64::INFINITY, f64::NEG_INFINITY), |(min, max), v| {
                        (v.min(min), v.max(max))
                    });
                let scale = |value: f64| match sense {
                    _ if max <= min => 1.0,
                    Sense::Benefit => (value - min) / (max - min),
                    Sense::Cost => (max - value) / (max - min),
                };
                values.iter().map(|value| scale(*value)).collect()
            }
            Self::Vector => {
                let norm = values.iter().map(|value| value * value).sum::<f64>().sqrt();
                let scale = |value: f64| {
                    let share = if norm > 0.0 { value / norm } else { 0.0 };
                    match sense {
                        Sense::Benefit => share,
                        Sense::Cost => 1.0 - share,
                    }
                };
                values.iter().map(|value| scale(*value)).collect()
            }
        }
    }
}
