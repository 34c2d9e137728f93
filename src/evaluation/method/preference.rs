//! The six preference functions of Brans & Vincke (1985).

/// How much a difference on one criterion is worth, 0 (none) to 1 (strict preference).
///
/// Thresholds are in the unit of the criterion (for scores: 0 to 1); `q` is what does not matter yet, `p` what matters
/// fully, `s` where the curve of Gauss turns. A difference of 0 or less is worth 0 in all of them.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Preference {
    /// Any advantage counts fully (type I).
    Usual,
    /// Advantages up to `q` count nothing, larger ones fully (type II, quasi).
    UShape {
        /// Indifference, 0 or more.
        q: f64,
    },
    /// Proportional up to `p` (type III).
    VShape {
        /// Strict preference, above 0.
        p: f64,
    },
    /// Nothing up to `q`, half up to `p`, then fully (type IV).
    Level {
        /// Indifference, 0 or more.
        q: f64,
        /// Strict preference, `q` or more.
        p: f64,
    },
    /// Nothing up to `q`, proportional from there to `p` (type V).
    Linear {
        /// Indifference, 0 or more.
        q: f64,
        /// Strict preference, above `q`.
        p: f64,
    },
    /// `1 − exp(−d² / 2s²)` (type VI).
    Gaussian {
        /// Where the curve turns, above 0.
        s: f64,
    },
}

impl Preference {
    /// The preference for an advantage of `difference`: 0 to 1, never falling as the difference grows.
    #[must_use]
    pub fn of(self, difference: f64) -> f64 {
        let d = difference;
        let step = |yes: bool| if yes { 1.0 } else { 0.0 };
        if d <= 0.0 {
            return 0.0;
        }
        match self {
            Self::Usual => 1.0,
            Self::UShape { q } => step(d > q),
            Self::VShape { p } => (d / p).min(1.0),
            Self::Level { q, p } => f64::midpoint(step(d > q), step(d > p)),
            Self::Linear { q, p } => {
                if d <= q {
                    0.0
                } else {
                    ((d - q) / (p - q)).min(1.0)
                }
            }
            Self::Gaussian { s } => -(-(d * d) / (2.0 * s * s)).exp_m1(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_type_on_paper() {
        let at = |preference: Preference| [0.0, 0.1, 0.2, 0.3, 0.4, 0.5].map(|d| preference.of(d));
        assert_eq!(at(Preference::Usual), [0.0, 1.0, 1.0, 1.0, 1.0, 1.0]);
        assert_eq!(at(Preference::UShape { q: 0.2 }), [0.0, 0.0, 0.0, 1.0, 1.0, 1.0]);
        assert_eq!(at(Preference::VShape { p: 0.4 }), [0.0, 0.25, 0.5, 0.3 / 0.4, 1.0, 1.0]);
        assert_eq!(at(Preference::Level { q: 0.1, p: 0.3 }), [0.0, 0.0, 0.5, 0.5, 1.0, 1.0]);
        let linear = Preference::Linear { q: 0.25, p: 0.75 };
        assert_eq!([0.25, 0.5, 0.75, 1.0].map(|d| linear.of(d)), [0.0, 0.5, 1.0, 1.0]);
        let gaussian = Preference::Gaussian { s: 0.5 }.of(0.5);
        assert!((gaussian - (1.0 - (-0.5_f64).exp())).abs() < 1e-15);
        assert_eq!(Preference::Gaussian { s: 0.5 }.of(-1.0), 0.0);
    }
}
