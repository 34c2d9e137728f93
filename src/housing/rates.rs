//! Rates over groups of communes of which some figures are bounds and some unknown.

use super::counts::Counts;
use super::interval::Interval;
use crate::domain::Estimate;
use crate::domain::Value;

const PERCENT: f64 = 100.0;

/// What a rate is made of.
#[derive(Debug, Clone, Copy)]
pub(super) struct Parts<'a> {
    pub(super) part: &'a str,
    pub(super) whole: &'a str,
    /// Whether the part lies within the whole.
    pub(super) is_within: bool,
}

/// The rate of a group in percent. Known of all: a number, or bounds. Known of some: an estimate by those, with the bounds
/// that the others leave, known as far as they have its households. Known of none: missing.
pub(super) fn percent(units: &[&Counts], parts: Parts<'_>) -> Value<'static> {
    let most = if parts.is_within { 1.0 } else { f64::INFINITY };
    let (mut part, mut whole) = (Interval::NOTHING, Interval::NOTHING);
    // The whole of those whose part is unknown.
    let mut whole_of_unknown = Interval::NOTHING;
    let mut has_unknown_whole = false;
    let (mut known, mut total) = (0.0, 0.0);
    let weights = weights(units);
    for (unit, weight) in units.iter().zip(weights) {
        total += weight;
        match (unit.get(parts.part), unit.get(parts.whole)) {
            (Some(of_part), Some(of_whole)) => {
                part = part.plus(of_part);
                whole = whole.plus(of_whole);
                known += weight;
            }
            (None, Some(of_whole)) => whole_of_unknown = whole_of_unknown.plus(of_whole),
            (_, None) => has_unknown_whole = true,
        }
    }
    if known <= 0.0 || whole.high <= 0.0 {
        return Value::Missing;
    }
    let bounds = ratio(part, whole, most);
    if known >= total {
        let scaled = Interval { low: PERCENT * bounds.low, high: PERCENT * bounds.high };
        return scaled.value();
    }
    let all = whole.plus(whole_of_unknown);
    let (low, high) = if has_unknown_whole {
        (0.0, most)
    } else {
        let unknown_part = if parts.is_within { whole_of_unknown.high } else { f64::INFINITY };
        let widest = Interval { low: part.low, high: part.high + unknown_part };
        let bounds = ratio(widest, all, most);
        (bounds.low, bounds.high)
    };
    let value = bounds.middle().clamp(low, high);
    if !value.is_finite() {
        return Value::Between { low: PERCENT * low, high: f64::INFINITY };
    }
    Value::Estimate(Estimate {
        value: PERCENT * value,
        low: PERCENT * low,
        high: PERCENT * high,
        known: known / total,
    })
}

/// Bounds of a ratio, `most` at most.
fn ratio(part: Interval, whole: Interval, most: f64) -> Interval {
    let low = if whole.high > 0.0 && whole.high.is_finite() { part.low / whole.high } else { 0.0 };
    let high = if whole.low > 0.0 { part.high / whole.low } else { f64::INFINITY };
    let high = high.min(most);
    Interval { low: low.min(high), high }
}

/// What each unit counts for: its households; all the same where one does not know them.
pub(super) fn weights(units: &[&Counts]) -> Vec<f64> {
    let households: Option<Vec<f64>> = units.iter().map(|unit| unit.households).collect();
    match households {
        Some(weights) if weights.iter().all(|weight| *weight > 0.0) => weights,
        _ => vec![1.0; units.len()],
    }
}

/// A mean of figures that each are a value with bounds, weighed as above; an unknown one could be anything.
pub(super) fn mean(figures: &[Value<'_>], weights: &[f64]) -> Value<'static> {
    let (mut value, mut low, mut high, mut known, mut total) = (0.0, 0.0, 0.0, 0.0, 0.0);
    for (figure, weight) in figures.iter().zip(weights) {
        total += weight;
        let (of, least, most, share) = match figure {
            Value::Number(number) => (*number, *number, *number, 1.0),
            Value::Estimate(estimate) => {
                (estimate.value, estimate.low, estimate.high, estimate.known)
            }
            _ => {
                high = f64::INFINITY;
                continue;
            }
        };
        value += weight * of;
        low += weight * least;
        high += weight * most;
        known += weight * share;
    }
    let weighed: f64 = figures
        .iter()
        .zip(weights)
        .filter(|(figure, _)| matches!(figure, Value::Number(_) | Value::Estimate(_)))
        .map(|(_, weight)| weight)
        .sum();
    if weighed <= 0.0 {
        return Value::Missing;
    }
    let (low, high) = (low / total, high / total);
    let value = value / weighed;
    if low >= high && known >= total {
        return Value::Number(value);
    }
    Value::Estimate(Estimate {
        value,
        low: low.min(value),
        high: high.max(value),
        known: known / total,
    })
}
