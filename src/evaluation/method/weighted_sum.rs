//! Weighted sum.
//!
//! Contract: one number per row, `Σ wⱼ·nⱼ` with weights that sum to 1; 0 to 1 with [`Normalisation::MinMax`].
//! Invariants: scaling all weights changes nothing; without normalisation a row's number does not depend on the others.
//! Source: Fishburn 1967; the oracle is pymcdm's WSM.

use super::DecisionMatrix;
use super::Normalisation;

/// The weighted sum of each row; more is better.
#[must_use]
pub fn scores(matrix: &DecisionMatrix, normalisation: Normalisation) -> Vec<f64> {
    let mut sums = vec![0.0; matrix.n_rows];
    for column in &matrix.columns {
        let normalised = normalisation.apply(&column.values, column.sense);
        for (sum, value) in sums.iter_mut().zip(normalised) {
            *sum += column.weight * value;
        }
    }
    sums
}
