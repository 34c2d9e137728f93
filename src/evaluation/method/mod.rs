//! Multi-criteria methods on plain matrices: rows are alternatives, columns are criteria.
//!
//! `floating_catchment` is no method on a matrix: it shares supplies among places by the way between them.
//!
//! Nothing here knows profiles, units or unknown values; `evaluation::scoring` brings those. Each method equals the
//! oracle of `tests/methods_oracle.rs` to 1e-9.

pub mod ahp;
pub mod floating_catchment;
pub mod normalisation;
pub mod one_criterion;
pub mod preference;
pub mod promethee;
pub mod topsis;
pub mod weighted_sum;

pub use normalisation::Normalisation;
pub use one_criterion::OneCriterion;
pub use preference::Preference;

/// Whether more is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sense {
    /// More is better.
    Benefit,
    /// Less is better.
    Cost,
}

/// A matrix that no method can use.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum MatrixError {
    /// A row or a list beside the matrix has another length than there are criteria.
    #[error("{what} has {found} values for {expected} criteria; give one per criterion")]
    Shape {
        /// `row 3`, `weights`, `senses`.
        what: String,
        /// Its length.
        found: usize,
        /// Number of criteria: the length of the first row.
        expected: usize,
    },
    /// No row, or a row of nothing.
    #[error("the matrix is empty; give at least one alternative and one criterion")]
    Empty,
    /// A value that is no number.
    #[error("row {row}, column {column} is {value}; give finite numbers")]
    NotFinite {
        /// Row, from 0.
        row: usize,
        /// Column, from 0.
        column: usize,
        /// What was given.
        value: f64,
    },
    /// A weight below 0 or not finite, or no weight above 0.
    #[error("weight {column} is {value}; give weights of 0 or more, one at least above 0")]
    Weight {
        /// Column, from 0.
        column: usize,
        /// What was given.
        value: f64,
    },
}

/// Alternatives by criteria, checked: every method on it is total.
///
/// Invariants: at least one row and one column, all values finite, weights 0 or more and summing to 1.
#[derive(Debug, Clone, PartialEq)]
pub struct DecisionMatrix {
    n_rows: usize,
    columns: Vec<Column>,
}

/// One criterion of a [`DecisionMatrix`].
#[derive(Debug, Clone, PartialEq)]
struct Column {
    values: Vec<f64>,
    weight: f64,
    sense: Sense,
}

impl DecisionMatrix {
    /// Checks `rows` (values in any unit), `weights` (0 or more, any sum) and `senses`, one per criterion.
    ///
    /// # Errors
    /// Lengths that differ, values that are not finite, weights below 0 or all 0; see [`MatrixError`].
    pub fn new(rows: &[Vec<f64>], weights: &[f64], senses: &[Sense]) -> Result<Self, MatrixError> {
        let expected = rows.first().map_or(0, Vec::len);
        if expected == 0 {
            return Err(MatrixError::Empty);
        }
        let shape = |what: String, found: usize| {
            if found == expected {
                Ok(())
            } else {
                Err(MatrixError::Shape { what, found, expected })
            }
        };
        shape("weights".to_owned(), weights.len())?;
        shape("senses".to_owned(), senses.len())?;
        for (row, values) in rows.iter().enumerate() {
            shape(format!("row {row}"), values.len())?;
            if let Some((column, value)) = values.iter().enumerate().find(|(_, v)| !v.is_finite()) {
                return Err(MatrixError::NotFinite { row, column, value: *value });
            }
        }
        let wrong = |weight: &f64| !weight.is_finite() || *weight < 0.0;
        if let Some((column, value)) = weights.iter().enumerate().find(|(_, w)| wrong(w)) {
            return Err(MatrixError::Weight { column, value: *value });
        }
        let total: f64 = weights.iter().sum();
        if total <= 0.0 {
            return Err(MatrixError::Weight { column: 0, value: 0.0 });
        }
        let columns = weights
            .iter()
            .zip(senses)
            .enumerate()
            .map(|(at, (weight, sense))| Column {
                values: rows.iter().map(|row| row[at]).collect(),
                weight: weight / total,
                sense: *sense,
            })
            .collect();
        Ok(Self { n_rows: rows.len(), columns })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_matrix_that_no_method_can_use_is_refused() {
        let new = |rows: &[Vec<f64>], weights: &[f64]| {
            DecisionMatrix::new(rows, weights, &[Sense::Benefit; 2]).map_err(|e| e.to_string())
        };
        assert!(new(&[vec![1.0, 2.0]], &[1.0, 0.0]).is_ok());
        for (rows, weights, says) in [
            (vec![], vec![1.0, 1.0], "the matrix is empty"),
            (vec![vec![1.0, 2.0], vec![1.0]], vec![1.0, 1.0], "row 1 has 1 values for 2 criteria"),
            (vec![vec![1.0, 2.0]], vec![1.0], "weights has 1 values"),
            (vec![vec![1.0, f64::NAN]], vec![1.0, 1.0], "row 0, column 1 is NaN"),
            (vec![vec![1.0, 2.0]], vec![1.0, -1.0], "weight 1 is -1"),
            (vec![vec![1.0, 2.0]], vec![0.0, 0.0], "weight 0 is 0"),
        ] {
            let said = new(&rows, &weights).unwrap_err();
            assert!(said.starts_with(says), "{said}");
        }
    }
}
