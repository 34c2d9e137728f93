//! TOPSIS: near to the ideal, far from its opposite.
//!
//! Contract: one closeness per row, 0 (the anti-ideal) to 1 (the ideal), `d⁻ / (d⁺ + d⁻)` with Euclidean distances in
//! weighted normalised space. 0.5 where ideal and anti-ideal are the same place, since nothing tells the rows apart.
//! Invariants: scaling all weights changes nothing. With anchors taken from the rows ([`scores`], as published) a new
//! row can turn two others round; with fixed anchors ([`Distances`]) it never does.
//! Source: Hwang & Yoon 1981; the oracle is pymcdm's TOPSIS.

use super::DecisionMatrix;
use super::Normalisation;

/// The closeness of each row to the best values found among the rows.
#[must_use]
pub fn scores(matrix: &DecisionMatrix, normalisation: Normalisation) -> Vec<f64> {
    let mut distances = vec![Distances::default(); matrix.n_rows];
    for column in &matrix.columns {
        let normalised = normalisation.apply(&column.values, column.sense);
        let best = normalised.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let worst = normalised.iter().copied().fold(f64::INFINITY, f64::min);
        for (distance, value) in distances.iter_mut().zip(normalised) {
            distance.add(column.weight, value - best, value - worst);
        }
    }
    distances.iter().map(Distances::closeness).collect()
}

/// Squared distances of one row from ideal and anti-ideal, added up criterion by criterion.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Distances {
    to_ideal: f64,
    to_anti_ideal: f64,
}

impl Distances {
    /// Adds one criterion: its weight, and how far the row is from the ideal and the anti-ideal value (either sign).
    pub fn add(&mut self, weight: f64, from_ideal: f64, from_anti_ideal: f64) {
        self.to_ideal += (weight * from_ideal).powi(2);
        self.to_anti_ideal += (weight * from_anti_ideal).powi(2);
    }

    /// Adds one criterion scored from 0 to 1 against fixed anchors: the ideal is 1, the anti-ideal 0.
    pub fn add_score(&mut self, weight: f64, score: f64) {
        self.add(weight, 1.0 - score, score);
    }

    /// `d⁻ / (d⁺ + d⁻)`: 0 to 1, and 0.5 without any distance.
    #[must_use]
    pub fn closeness(&self) -> f64 {
        let (plus, minus) = (self.to_ideal.sqrt(), self.to_anti_ideal.sqrt());
        if plus + minus > 0.0 { minus / (plus + minus) } else { 0.5 }
    }
}
