//! Weights from pairwise comparisons (analytic hierarchy process).
//!
//! Contract: entry (i, j) says how many times as important i is as j, above 0; (j, i) is its inverse. Weights are 0 to
//! 1, sum to 1 and are the principal eigenvector; the consistency ratio is 0 for judgements that agree with each other.
//! Invariants: of a consistent matrix `aᵢⱼ = wᵢ / wⱼ` the weights are w; renaming the criteria renames the weights.
//! Source: Saaty 1980; random indices of Saaty for 1 to 10 criteria.

/// Mean consistency index of random matrices of 1, 2, … 10 criteria (Saaty 1980).
pub const RANDOM_INDEX: [f64; 10] = [0.0, 0.0, 0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49];
/// Above this ratio judgements contradict each other too much (Saaty 1980).
pub const MAX_RATIO: f64 = 0.10;
/// How far `aᵢⱼ · aⱼᵢ` may be from 1: people write 0.333333.
pub const RECIPROCAL_TOLERANCE: f64 = 1e-6;

/// The power method stops when no weight moves by more than this in a step.
const CONVERGED: f64 = 1e-14;
/// Steps after which the power method stops in any case; a dozen or two do for ten criteria.
const MAX_STEPS: usize = 10_000;

/// Comparisons that are none. Positions count from 0.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum PairwiseError {
    /// Not as many rows, or not as many values in a row, as criteria.
    #[error(
        "{found} rows or values for {expected} criteria; a comparison of n criteria is n rows of n values"
    )]
    Shape {
        /// Length found.
        found: usize,
        /// Number of criteria.
        expected: usize,
    },
    /// More criteria than Saaty's random indices reach, or none.
    #[error("{found} criteria cannot be compared at once; compare 1 to {}", RANDOM_INDEX.len())]
    Size {
        /// Number of criteria.
        found: usize,
    },
    /// An entry that is not above 0.
    #[error("entry ({row}, {column}) is {value}; give numbers above 0")]
    NotPositive {
        /// Row.
        row: usize,
        /// Column.
        column: usize,
        /// What was given.
        value: f64,
    },
    /// An entry that is not the inverse of its mirror image (on the diagonal: not 1).
    #[error("entry ({row}, {column}) is {value}; the opposite comparison asks for {expected}")]
    NotReciprocal {
        /// Row.
        row: usize,
        /// Column.
        column: usize,
        /// What was given.
        value: f64,
        /// The inverse of entry (column, row).
        expected: f64,
    },
}

/// Weights, and how far the comparisons agree with each other.
#[derive(Debug, Clone, PartialEq)]
pub struct Ahp {
    /// One weight per criterion: above 0, summing to 1.
    pub weights: Vec<f64>,
    /// Principal eigenvalue; n when all comparisons agree, else more.
    pub lambda_max: f64,
    /// `(λmax − n) / (n − 1)`; 0 for one criterion.
    pub consistency_index: f64,
    /// Consistency index over the random index; 0 for one or two criteria, which cannot contradict each other.
    pub consistency_ratio: f64,
    /// The comparison (i, j) that is farthest from `wᵢ / wⱼ`: the one to look at again. `None` when all agree.
    pub least_consistent: Option<(usize, usize)>,
}

/// Weights from a pairwise matrix.
///
/// # Errors
/// Wrong shape, more than ten criteria, entries that are not above 0 or not reciprocal; see [`PairwiseError`].
pub fn ahp(matrix: &[Vec<f64>]) -> Result<Ahp, PairwiseError> {
    check(matrix)?;
    let n = matrix.len();
    let mut weights = vec![1.0 / n as f64; n];
    for _ in 0..MAX_STEPS {
        let next = step(matrix, &weights);
        let moved = weights.iter().zip(&next).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max);
        weights = next;
        if moved < CONVERGED {
            break;
        }
    }
    let products = times(matrix, &weights);
    let lambda_max = products.iter().zip(&weights).map(|(p, w)| p / w).sum::<f64>() / n as f64;
    let consistency_index = if n > 1 { (lambda_max - n as f64) / (n - 1) as f64 } else { 0.0 };
    let random = RANDOM_INDEX[n - 1];
    let consistency_ratio = if random > 0.0 { consistency_index / random } else { 0.0 };
    let least_consistent = least_consistent(matrix, &weights);
    Ok(Ahp { weights, lambda_max, consistency_index, consistency_ratio, least_consistent })
}

fn check(matrix: &[Vec<f64>]) -> Result<(), PairwiseError> {
    let n = matrix.len();
    if n == 0 || n > RANDOM_INDEX.len() {
        return Err(PairwiseError::Size { found: n });
    }
    if let Some(row) = matrix.iter().find(|row| row.len() != n) {
        return Err(PairwiseError::Shape { found: row.len(), expected: n });
    }
    for (row, values) in matrix.iter().enumerate() {
        for (column, value) in values.iter().enumerate() {
            if !value.is_finite() || *value <= 0.0 {
                return Err(PairwiseError::NotPositive { row, column, value: *value });
            }
        }
    }
    for (row, values) in matrix.iter().enumerate() {
        for (column, value) in values.iter().enumerate().take(row + 1) {
            let expected = if row == column { 1.0 } else { 1.0 / matrix[column][row] };
            if (value / expected - 1.0).abs() > RECIPROCAL_TOLERANCE {
                return Err(PairwiseError::NotReciprocal { row, column, value: *value, expected });
            }
        }
    }
    Ok(())
}

fn times(matrix: &[Vec<f64>], vector: &[f64]) -> Vec<f64> {
    matrix.iter().map(|row| row.iter().zip(vector).map(|(a, w)| a * w).sum()).collect()
}

/// One step of the power method: multiplied, then scaled to a sum of 1.
fn step(matrix: &[Vec<f64>], weights: &[f64]) -> Vec<f64> {
    let next = times(matrix, weights);
    let sum: f64 = next.iter().sum();
    next.into_iter().map(|weight| weight / sum).collect()
}

fn least_consistent(matrix: &[Vec<f64>], weights: &[f64]) -> Option<(usize, usize)> {
    let n = matrix.len();
    let pairs = (0..n).flat_map(|row| (row + 1..n).map(move |column| (row, column)));
    let off = |(row, column): (usize, usize)| {
        (matrix[row][column] * weights[column] / weights[row]).ln().abs()
    };
    pairs
        .map(|pair| (pair, off(pair)))
        .filter(|(_, off)| *off > RECIPROCAL_TOLERANCE)
        .max_by(|a, b| a.1.total_cmp(&b.1).then_with(|| b.0.cmp(&a.0)))
        .map(|(pair, _)| pair)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn consistent_comparisons_give_their_weights_back(raw in proptest::collection::vec(0.1..10.0_f64, 1..=10)) {
            let total: f64 = raw.iter().sum();
            let matrix: Vec<Vec<f64>> =
                raw.iter().map(|a| raw.iter().map(|b| a / b).collect()).collect();
            let found = ahp(&matrix).unwrap();
            for (weight, given) in found.weights.iter().zip(&raw) {
                prop_assert!((weight - given / total).abs() < 1e-12);
            }
            prop_assert!(found.consistency_ratio.abs() < 1e-12);
            prop_assert_eq!(found.least_consistent, None);
        }
    }

    #[test]
    fn what_is_no_comparison_is_refused() {
        let says = |matrix: &[Vec<f64>]| ahp(matrix).unwrap_err().to_string();
        assert!(says(&[]).starts_with("0 criteria"));
        assert!(says(&vec![vec![1.0; 11]; 11]).starts_with("11 criteria"));
        assert!(says(&[vec![1.0, 2.0], vec![0.5]]).starts_with("1 rows or values for 2"));
        assert!(says(&[vec![1.0, 0.0], vec![0.5, 1.0]]).starts_with("entry (0, 1) is 0"));
        assert!(says(&[vec![1.0, 2.0], vec![0.4, 1.0]]).contains("(1, 0) is 0.4; the opposite"));
        assert!(says(&[vec![1.1, 2.0], vec![0.5, 1.0]]).contains("(0, 0) is 1.1"));
        assert!(ahp(&[vec![1.0, 3.0], vec![0.333_333_3, 1.0]]).is_ok());
    }

    #[test]
    fn the_comparison_that_disagrees_most_is_named() {
        // Weights 8, 4, 2, 1, but for the first against the last: a half instead of 8. (Of three criteria all comparisons
        // would be equally far off.)
        let matrix = [
            vec![1.0, 2.0, 4.0, 0.5],
            vec![0.5, 1.0, 2.0, 4.0],
            vec![0.25, 0.5, 1.0, 2.0],
            vec![2.0, 0.25, 0.5, 1.0],
        ];
        let found = ahp(&matrix).unwrap();
        assert!(found.consistency_ratio > MAX_RATIO);
        assert_eq!(found.least_consistent, Some((0, 3)));
    }
}
