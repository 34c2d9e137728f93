//! Exact arithmetic of the algorithm: weights are halves, scores are halves, so points are quarters.

use std::ops::Add;
use std::ops::AddAssign;

/// Points for or against a use, counted in quarters. Never negative.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Points {
    quarters: u32,
}

impl Points {
    /// No points.
    pub const ZERO: Self = Self { quarters: 0 };

    /// So many quarters of a point.
    #[must_use]
    pub fn of_quarters(quarters: u32) -> Self {
        Self { quarters }
    }

    /// The number of quarters.
    #[must_use]
    pub fn quarters(self) -> u32 {
        self.quarters
    }

    /// The points; exact, since a quarter is.
    #[must_use]
    pub fn get(self) -> f64 {
        f64::from(self.quarters) / 4.0
    }
}

impl Add for Points {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self { quarters: self.quarters + other.quarters }
    }
}

impl AddAssign for Points {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

/// The weight of a criterion or of several, counted in halves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Weight {
    halves: u32,
}

impl Weight {
    /// The weight, when it is a positive multiple of one half that can be added up without care (100 at most).
    #[must_use]
    pub fn new(weight: f64) -> Option<Self> {
        // 0.5, 1.0, 1.5, … 100: a comparison finds the one, no cast can lose anything.
        (1..=200_u32)
            .find(|halves| f64::from(*halves) / 2.0 == weight)
            .map(|halves| Self { halves })
    }

    /// The number of halves.
    #[must_use]
    pub fn halves(self) -> u32 {
        self.halves
    }

    /// The weight; exact, since a half is.
    #[must_use]
    pub fn get(self) -> f64 {
        f64::from(self.halves) / 2.0
    }
}

impl Add for Weight {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self { halves: self.halves + other.halves }
    }
}

impl std::iter::Sum for Weight {
    fn sum<I: Iterator<Item = Self>>(weights: I) -> Self {
        weights.fold(Self::default(), Add::add)
    }
}

/// A mutability index: the points for a use in percent of all its points, counted in tenths of a percent (0 to 1000).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Index {
    tenths: u32,
}

impl Index {
    /// `for_it` in percent of `for_it + against`, rounded to a tenth, halves up; 0 when there are no points at all.
    #[must_use]
    pub fn of(for_it: Points, against: Points) -> Self {
        let (part, whole) = (u64::from(for_it.quarters), u64::from((for_it + against).quarters));
        // floor(1000·part/whole + 1/2), in whole numbers. A part is never above its whole: 1000 at most.
        let tenths = (2000 * part + whole).checked_div(2 * whole).unwrap_or(0);
        Self { tenths: u32::try_from(tenths).unwrap_or(1000) }
    }

    /// The number of tenths of a percent, 0 to 1000.
    #[must_use]
    pub fn tenths(self) -> u32 {
        self.tenths
    }

    /// The index in percent, 0 to 100, with one decimal.
    #[must_use]
    pub fn percent(self) -> f64 {
        f64::from(self.tenths) / 10.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn index(part: u32, rest: u32) -> u32 {
        Index::of(Points::of_quarters(part), Points::of_quarters(rest)).tenths()
    }

    #[test]
    fn an_index_is_rounded_to_a_tenth_halves_up() {
        // 20 of 28.5 points: 70.175… %.
        assert_eq!(index(80, 34), 702);
        // 1 of 16: 6.25 % exactly. 3 of 16: 18.75 %.
        assert_eq!((index(1, 15), index(3, 13)), (63, 188));
        assert_eq!((index(0, 7), index(7, 0), index(0, 0)), (0, 1000, 0));
    }

    #[test]
    fn weights_are_halves() {
        assert_eq!(Weight::new(1.5).unwrap().halves(), 3);
        for wrong in [0.0, -1.0, 0.3, 100.5, f64::NAN, f64::INFINITY] {
            assert!(Weight::new(wrong).is_none(), "{wrong}");
        }
    }
}
