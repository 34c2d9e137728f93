//! Class limits from values: round for reading, quantiles for balance. Same values, same limits, in any order.

use crate::render::map::Words;
use crate::render::number::format_round_number;

/// Limits between classes, ascending, without repeats: `n` limits make `n + 1` classes. A value equal to a limit is in
/// the class above it.
#[derive(Debug, Clone, PartialEq)]
pub struct Breaks(Vec<f64>);

impl Breaks {
    /// Limits given by the caller, for example by a published method. Sorted; repeats and values that are not finite
    /// are left out.
    #[must_use]
    pub fn at(limits: &[f64]) -> Self {
        let mut limits = finite_sorted(limits);
        limits.dedup();
        Self(limits)
    }

    /// Equal steps of 1, 2, 2.5 or 5 times a power of ten over the range of `values`: at most `classes` classes, and as
    /// near to it as round steps allow. No limit if the values are all equal, or none is finite.
    #[must_use]
    pub fn round_steps(values: &[f64], classes: usize) -> Self {
        let sorted = finite_sorted(values);
        let (Some(&low), Some(&high)) = (sorted.first(), sorted.last()) else {
            return Self(vec![]);
        };
        if high <= low || classes < 2 {
            return Self(vec![]);
        }
        let mut power = 10f64.powf(((high - low) / classes as f64).log10().floor());
        loop {
            for lead in [1.0, 2.0, 2.5, 5.0] {
                let step = lead * power;
                let (first, last) = ((low / step).floor() + 1.0, (high / step).ceil() - 1.0);
                if last - first + 2.0 <= classes as f64 {
                    let count = (last - first + 1.0).max(0.0) as usize;
                    // Multiplied rather than added up, so that 0.3 is not 0.30000000000000004 of sums.
                    let limits = (0..count).map(|n| tidy((first + n as f64) * step, step));
                    return Self(limits.collect());
                }
            }
            power *= 10.0;
        }
    }

    /// Limits that put about as many values in each class, then rounded to two significant digits of their spread, so
    /// that they can be read. Fewer classes when limits fall together.
    #[must_use]
    pub fn quantiles(values: &[f64], classes: usize) -> Self {
        let sorted = finite_sorted(values);
        let (Some(&low), Some(&high)) = (sorted.first(), sorted.last()) else {
            return Self(vec![]);
        };
        let mut limits = Vec::new();
        for rank in 1..classes.max(1) {
            let exact = quantile(&sorted, rank as f64 / classes as f64);
            let gap = (high - low) / classes as f64;
            let step = 10f64.powf(gap.log10().floor() - 1.0);
            let limit = if step > 0.0 && step.is_finite() {
                tidy((exact / step).round() * step, step)
            } else {
                exact
            };
            if limit > low && limit <= high && limits.last().is_none_or(|l| limit > *l) {
                limits.push(limit);
            }
        }
        Self(limits)
    }

    /// The limits, ascending.
    #[must_use]
    pub fn limits(&self) -> &[f64] {
        &self.0
    }

    /// Number of classes: one more than limits.
    #[must_use]
    pub fn class_count(&self) -> usize {
        self.0.len() + 1
    }

    /// Class of a value, from 0; `None` if it is not finite, which is "unknown" and belongs to no class.
    #[must_use]
    pub fn class_of(&self, value: f64) -> Option<usize> {
        value.is_finite().then(|| self.0.partition_point(|limit| *limit <= value))
    }

    /// Labels for a legend, one per class, from three patterns: `below` ("moins de {b}"), `between` ("{a} à {b}"),
    /// `above` ("{a} et plus"). With no limit at all, one empty label.
    #[must_use]
    pub fn labels(&self, below: &str, between: &str, above: &str, words: &Words) -> Vec<String> {
        let text = |value: &f64| format_round_number(*value, words);
        let (Some(first), Some(last)) = (self.0.first(), self.0.last()) else {
            return vec![String::new()];
        };
        let mut labels = vec![below.replace("{b}", &text(first))];
        for pair in self.0.windows(2) {
            labels.push(between.replace("{a}", &text(&pair[0])).replace("{b}", &text(&pair[1])));
        }
        labels.push(above.replace("{a}", &text(last)));
        labels
    }
}

fn finite_sorted(values: &[f64]) -> Vec<f64> {
    let mut sorted: Vec<f64> = values.iter().copied().filter(|v| v.is_finite()).collect();
    sorted.sort_by(f64::total_cmp);
    sorted
}

/// The multiple of `step` nearest to `value`, as its decimal writing reads: 0.3, not 0.30000000000000004.
fn tidy(value: f64, step: f64) -> f64 {
    let decimals = (2.0 - step.log10().floor()).clamp(0.0, 15.0) as usize;
    format!("{value:.decimals$}").parse().unwrap_or(value)
}

/// Linear interpolation between order statistics: type 7 of Hyndman and Fan (1996), the default of R and NumPy.
fn quantile(sorted: &[f64], share: f64) -> f64 {
    let at = share * (sorted.len().saturating_sub(1)) as f64;
    let (low, high) = (at.floor() as usize, at.ceil() as usize);
    match (sorted.get(low), sorted.get(high)) {
        (Some(a), Some(b)) => a + (b - a) * (at - at.floor()),
        _ => f64::NAN,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::sample::words;

    #[test]
    fn quantiles_of_numpy() {
        // numpy.quantile([3, 1, 4, 1, 5, 9, 2, 6], [0.25, 0.5, 0.75]) -> [1.75, 3.5, 5.25]
        let sorted = finite_sorted(&[3.0, 1.0, 4.0, 1.0, 5.0, 9.0, 2.0, 6.0]);
        for (share, expected) in [(0.25, 1.75), (0.5, 3.5), (0.75, 5.25)] {
            assert!((quantile(&sorted, share) - expected).abs() < 1e-12);
        }
        assert_eq!(Breaks::quantiles(&sorted, 4).limits(), [1.8, 3.5, 5.3]);
    }

    #[test]
    fn round_steps_are_round_and_few() {
        assert_eq!(Breaks::round_steps(&[3.0, 97.0], 5).limits(), [20.0, 40.0, 60.0, 80.0]);
        assert_eq!(Breaks::round_steps(&[0.02, 0.58], 3).limits(), [0.2, 0.4]);
        assert_eq!(Breaks::round_steps(&[-1.2, 1.1], 5).limits(), [-1.0, 0.0, 1.0]);
        assert!(Breaks::round_steps(&[7.0, 7.0], 5).limits().is_empty());
        assert!(Breaks::round_steps(&[f64::NAN], 5).limits().is_empty());
    }

    #[test]
    fn order_does_not_matter_and_unknown_has_no_class() {
        let breaks = Breaks::quantiles(&[1.0, f64::NAN, 8.0, 3.0, 5.0], 2);
        assert_eq!(breaks, Breaks::quantiles(&[8.0, 5.0, 3.0, 1.0], 2));
        assert_eq!(breaks.limits(), [4.0]);
        assert_eq!(breaks.class_of(3.9), Some(0));
        assert_eq!(breaks.class_of(4.0), Some(1));
        assert_eq!(breaks.class_of(f64::NAN), None);
    }

    #[test]
    fn equal_values_make_one_class() {
        assert_eq!(Breaks::quantiles(&[2.0; 9], 5).class_count(), 1);
        assert_eq!(Breaks::quantiles(&[], 5).class_count(), 1);
    }

    #[test]
    fn labels_say_the_limits() {
        let labels = Breaks::at(&[0.5, 1000.0]).labels(
            "moins de {b} ha",
            "{a} à {b} ha",
            "{a} ha et plus",
            &words(),
        );
        assert_eq!(labels, ["moins de 0,5 ha", "0,5 à 1\u{202f}000 ha", "1\u{202f}000 ha et plus"]);
    }
}
