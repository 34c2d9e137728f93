//! PROMETHEE II: who is preferred to whom, on balance.
//!
//! Contract: one net flow per row, −1 to 1, without unit, summing to 0 over the rows; 0 for a row alone. Raw values in any
//! unit, thresholds of the preference functions in that unit.
//! Invariants: scaling all weights changes nothing; the order of the rows changes nothing. Flows compare with the
//! others: a new row can turn two others round, which no choice of preference function prevents
//! (Mareschal, De Smet & Nemery 2008).
//! Source: Brans & Vincke 1985; the oracle is pymcdm's PROMETHEE II.

use super::DecisionMatrix;
use super::Normalisation;
use super::OneCriterion;
use super::Preference;

/// The net flow of each row. Criteria beyond the end of `preferences` have [`Preference::Usual`].
#[must_use]
pub fn net_flows(matrix: &DecisionMatrix, preferences: &[Preference]) -> Vec<f64> {
    let mut flows = vec![0.0; matrix.n_rows];
    for (at, column) in matrix.columns.iter().enumerate() {
        let preference = preferences.get(at).copied().unwrap_or(Preference::Usual);
        let values = Normalisation::None.apply(&column.values, column.sense);
        let prepared = OneCriterion::new(values.clone(), preference);
        for (flow, value) in flows.iter_mut().zip(values) {
            *flow += column.weight * prepared.net_flow(value, Some(value));
        }
    }
    flows
}
