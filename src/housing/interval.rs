//! Figures known only to lie between two bounds.

use crate::domain::Value;

/// A count that lies between two bounds; the upper one infinite when only the lower is known.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Interval {
    pub(super) low: f64,
    pub(super) high: f64,
}

impl Interval {
    pub(super) const NOTHING: Self = Self { low: 0.0, high: 0.0 };

    /// The bounds of a figure; `None` when it is unknown, or no figure.
    pub(super) fn of(value: &Value<'_>) -> Option<Self> {
        match value {
            Value::Number(number) => Some(Self { low: *number, high: *number }),
            Value::Between { low, high } => Some(Self { low: *low, high: *high }),
            _ => None,
        }
    }

    pub(super) fn plus(self, other: Self) -> Self {
        Self { low: self.low + other.low, high: self.high + other.high }
    }

    /// A share of it; `factor` is not negative.
    pub(super) fn times(self, factor: f64) -> Self {
        // Nothing of an unknown number is nothing.
        let high = if factor == 0.0 { 0.0 } else { self.high * factor };
        Self { low: self.low * factor, high }
    }

    /// What is left of it without a part of it.
    pub(super) fn without(self, part: Self) -> Self {
        let low = f64::max(self.low - part.high, 0.0);
        Self { low, high: f64::max(self.high - part.low, low) }
    }

    pub(super) fn middle(self) -> f64 {
        f64::midpoint(self.low, self.high)
    }

    pub(super) fn value(self) -> Value<'static> {
        if self.low < self.high {
            Value::Between { low: self.low, high: self.high }
        } else {
            Value::Number(self.low)
        }
    }
}

/// The sum of counts of which some may be unknown: "at least" what is known. `None` when all are unknown.
pub(super) fn sum(counts: impl Iterator<Item = Option<Interval>>) -> Option<Interval> {
    let mut total = Interval::NOTHING;
    let (mut any_known, mut any_unknown) = (false, false);
    for count in counts {
        match count {
            Some(count) => {
                total = total.plus(count);
                any_known = true;
            }
            None => any_unknown = true,
        }
    }
    if any_unknown {
        total.high = f64::INFINITY;
    }
    any_known.then_some(total)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECRET: Interval = Interval { low: 1.0, high: 10.0 };

    #[test]
    fn an_unknown_part_makes_a_sum_at_least() {
        let seven = Interval { low: 7.0, high: 7.0 };
        assert_eq!(
            sum([Some(SECRET), Some(seven)].into_iter()),
            Some(Interval { low: 8.0, high: 17.0 })
        );
        let at_least = sum([Some(seven), None].into_iter());
        assert_eq!(at_least, Some(Interval { low: 7.0, high: f64::INFINITY }));
        assert_eq!(sum([None, None].into_iter()), None);
    }

    #[test]
    fn a_part_is_taken_from_its_whole() {
        let twelve = Interval { low: 12.0, high: 12.0 };
        assert_eq!(twelve.without(SECRET), Interval { low: 2.0, high: 11.0 });
        assert_eq!(SECRET.without(SECRET), Interval { low: 0.0, high: 9.0 });
        assert_eq!(SECRET.without(twelve), Interval::NOTHING);
    }

    #[test]
    fn no_share_of_what_is_unbounded_is_nothing() {
        let open = Interval { low: 1.0, high: f64::INFINITY };
        assert_eq!(open.times(0.0), Interval::NOTHING);
        assert_eq!(open.times(0.5), Interval { low: 0.5, high: f64::INFINITY });
    }
}
