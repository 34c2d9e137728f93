//! From a raw value to a score between 0 (worst) and 1 (best).

use std::collections::BTreeMap;

/// How a raw value becomes a score.
#[derive(Debug, Clone, PartialEq)]
pub enum Curve {
    /// Straight lines between points `(raw value, score)`, flat before the first and after the last.
    ///
    /// Fixed anchors: a candidate's score does not depend on which others are in the list.
    Linear(Vec<(f64, f64)>),
    /// A score per word of a code list.
    Categories {
        /// Word to score.
        scores: BTreeMap<String, f64>,
        /// Score of a word that is not in the list; without it such a word is unknown.
        other: Option<f64>,
    },
}

impl Curve {
    /// Score of a number, 0 to 1; `None` on a category curve.
    #[must_use]
    pub fn of_number(&self, raw: f64) -> Option<f64> {
        let Self::Linear(points) = self else { return None };
        let (first, last) = (points.first()?, points.last()?);
        if raw <= first.0 {
            return Some(first.1);
        }
        if raw >= last.0 {
            return Some(last.1);
        }
        points.windows(2).find_map(|pair| match *pair {
            [(x0, y0), (x1, y1)] if raw <= x1 => Some(y0 + (y1 - y0) * (raw - x0) / (x1 - x0)),
            _ => None,
        })
    }

    /// Lowest and highest score that a number between `low` and `high` can have.
    #[must_use]
    pub fn of_interval(&self, low: f64, high: f64) -> Option<(f64, f64)> {
        let Self::Linear(points) = self else { return None };
        let inner = points.iter().filter(|(x, _)| *x > low && *x < high).map(|(_, y)| *y);
        let ends = [self.of_number(low)?, self.of_number(high)?];
        let scores = ends.into_iter().chain(inner);
        Some(scores.fold((f64::INFINITY, f64::NEG_INFINITY), |(least, most), score| {
            (least.min(score), most.max(score))
        }))
    }

    /// Score of a word, 0 to 1; `None` when the list does not know it, or on a linear curve.
    #[must_use]
    pub fn of_word(&self, word: &str) -> Option<f64> {
        match self {
            Self::Categories { scores, other } => scores.get(word).copied().or(*other),
            Self::Linear(_) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn flood() -> Curve {
        Curve::Linear(vec![(0.0, 1.0), (0.3, 0.4), (1.0, 0.0)])
    }

    #[test]
    fn linear_between_points_and_flat_outside() {
        assert_eq!(flood().of_number(-1.0), Some(1.0));
        assert_eq!(flood().of_number(0.3), Some(0.4));
        assert!((flood().of_number(0.15).unwrap() - 0.7).abs() < 1e-12);
        assert_eq!(flood().of_number(7.0), Some(0.0));
    }

    #[test]
    fn an_interval_sees_the_peak_inside_it() {
        let hill = Curve::Linear(vec![(0.0, 0.0), (1.0, 1.0), (2.0, 0.0)]);
        assert_eq!(hill.of_interval(0.5, 2.0), Some((0.0, 1.0)));
        assert_eq!(hill.of_interval(0.5, 0.5), Some((0.5, 0.5)));
    }

    #[test]
    fn a_word_outside_the_list_is_unknown_unless_said_otherwise() {
        let scores = BTreeMap::from([("friche sans projet".to_owned(), 1.0)]);
        let strict = Curve::Categories { scores: scores.clone(), other: None };
        assert_eq!(strict.of_word("autre"), None);
        let lenient = Curve::Categories { scores, other: Some(0.2) };
        assert_eq!(lenient.of_word("autre"), Some(0.2));
    }
}
