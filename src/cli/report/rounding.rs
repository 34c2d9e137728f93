//! Bounds as whole numbers: the low one down, the high one up, and nothing beyond what is asked.

use gisement::evaluation::method::floating_catchment::Bounds;
use gisement::housing::Housed;

/// What a sum of parts may be off without meaning anything.
const NOISE: f64 = 1e-6;

/// Households that lack less than this lack nothing.
const NOTHING: f64 = 1e-3;

/// The largest whole number that is not above; what noise keeps below a whole number is that number.
pub(super) fn down(value: f64) -> f64 {
    // Adding zero turns a negative zero into zero.
    (value + NOISE).floor() + 0.0
}

/// The smallest whole number that is not below.
pub(super) fn up(value: f64) -> f64 {
    (value - NOISE).ceil() + 0.0
}

/// Bounds rounded outward.
pub(super) fn outward(bounds: Bounds) -> Bounds {
    Bounds { low: down(bounds.low), high: up(bounds.high) }
}

/// Households housed, whole: all of them are as many as are told to be in need, and never more.
pub(super) fn housed(housed: &Housed) -> Bounds {
    let needed = housed.needed.round();
    let whole = |value: f64, round: fn(f64) -> f64| {
        if housed.needed - value <= NOTHING { needed } else { round(value).min(needed) }
    };
    let low = whole(housed.low, down);
    // Where some lack a dwelling, one less is told than are in need.
    let is_lacking = housed.needed - housed.low > NOTHING;
    let low = if is_lacking { low.min(needed - 1.0).max(0.0) } else { low };
    Bounds { low, high: whole(housed.high, up).max(low) }
}

/// What is missing for certain: the fewest households, with the most dwellings.
pub(super) struct Short {
    /// Households in need.
    pub(super) needed: f64,
    /// Of which housed.
    pub(super) housed: f64,
    /// The difference of the two as they are told.
    pub(super) lacking: f64,
    /// Digits after the comma: one where whole households would hide what is missing.
    pub(super) decimals: usize,
}

impl Short {
    pub(super) fn of(housed: &Housed) -> Self {
        let needed = housed.needed_range.low;
        let most = needed - housed.lacking.low;
        let (whole, up_to) = (needed.round(), up(most));
        if up_to < whole {
            return Self { needed: whole, housed: up_to, lacking: whole - up_to, decimals: 0 };
        }
        let tenth = |value: f64| (value * 10.0).round() / 10.0;
        let lacking = tenth(housed.lacking.low).max(0.1);
        Self { needed: tenth(needed), housed: tenth(needed) - lacking, lacking, decimals: 1 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(low: f64, high: f64, needed: f64) -> Housed {
        Housed {
            low,
            high,
            needed,
            needed_range: Bounds { low: needed, high: needed },
            lacking: Bounds { low: needed - high, high: needed - low },
            communes: Vec::new(),
        }
    }

    #[test]
    fn never_more_than_are_in_need() {
        for (low, high, needed, told) in [
            (11.0, 11.04, 11.04, (10.0, 11.0)),
            (11.04, 11.04, 11.04, (11.0, 11.0)),
            (11.6, 11.6, 11.6, (12.0, 12.0)),
            (3.2, 11.6, 11.6, (3.0, 12.0)),
            (3.2, 7.1, 11.6, (3.0, 8.0)),
            (11.1, 11.4, 11.4, (10.0, 11.0)),
            (22.999_999_999, 40.0, 40.0, (23.0, 40.0)),
        ] {
            let found = housed(&of(low, high, needed));
            assert_eq!((found.low, found.high), told, "{low} {high} of {needed}");
        }
    }

    #[test]
    fn noise_is_no_dwelling() {
        let margin = outward(Bounds { low: -0.2, high: 0.2 * 115.0 });
        assert_eq!((margin.low, margin.high), (-1.0, 23.0));
        assert_eq!(up(-0.3).to_string(), "0");
    }

    #[test]
    fn what_is_missing_adds_up_as_told() {
        let short = Short::of(&of(2.0, 7.1, 11.6));
        assert_eq!(
            (short.needed, short.housed, short.lacking, short.decimals),
            (12.0, 8.0, 4.0, 0)
        );
        let short = Short::of(&of(2.0, 11.1, 11.4));
        assert_eq!((short.needed, short.lacking, short.decimals), (11.4, 0.3, 1));
        assert!((short.housed - 11.1).abs() < 1e-9);
    }
}
