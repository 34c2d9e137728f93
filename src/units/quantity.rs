//! Newtypes for the quantities that cross public functions, and the units of a measure.

use std::fmt;

use super::M_PER_KM;
use super::M2_PER_HA;
use super::M2_PER_KM2;

macro_rules! quantity {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, PartialOrd, Default)]
        pub struct $name(f64);

        impl $name {
            /// The quantity, or `None` when the number is not finite.
            #[must_use]
            pub fn new(value: f64) -> Option<Self> {
                value.is_finite().then_some(Self(value))
            }

            /// The bare number, in the unit named by the type.
            #[must_use]
            pub fn get(self) -> f64 {
                self.0
            }
        }
    };
}

quantity!(
    /// A length in metres. Finite.
    Meters
);
quantity!(
    /// A duration in minutes. Finite.
    Minutes
);
quantity!(
    /// An area in square metres. Finite.
    SquareMeters
);
quantity!(
    /// A part of a whole, 0 to 1; above 1 only where overlapping parts are summed on purpose.
    Share
);

impl Meters {
    /// The same length in kilometres.
    #[must_use]
    pub fn km(self) -> f64 {
        self.0 / M_PER_KM
    }
}

impl SquareMeters {
    /// The same area in hectares.
    #[must_use]
    pub fn ha(self) -> f64 {
        self.0 / M2_PER_HA
    }

    /// An area given in square kilometres; `None` when not finite.
    #[must_use]
    pub fn from_km2(km2: f64) -> Option<Self> {
        Self::new(km2 * M2_PER_KM2)
    }

    /// The part of `whole` that this area is; 0 when `whole` is not positive.
    #[must_use]
    pub fn share_of(self, whole: Self) -> Share {
        if whole.0 > 0.0 { Share(self.0 / whole.0) } else { Share(0.0) }
    }
}

impl Share {
    /// The same share in percent, 0 to 100.
    #[must_use]
    pub fn percent(self) -> f64 {
        self.0 * 100.0
    }
}

/// What a measured number counts. Decides how it is told to a person, never how it is computed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unit {
    /// Square metres; told in hectares from 1 ha on.
    SquareMeter,
    /// Metres; told in kilometres from 1 km on.
    Meter,
    /// Minutes; told with a decimal below ten.
    Minute,
    /// A share of 0 to 1; told in percent.
    Share,
    /// A number of 0 to 100, told in percent as it is.
    Percent,
    /// Euros per square metre.
    EuroPerSquareMeter,
    /// A number of objects.
    Count,
    /// A number without unit, such as compactness.
    Plain,
    /// A word from a code list.
    Category,
}

impl Unit {
    /// The suffix that a column holding this unit carries (`area_m2`, `rail_m`); empty when none.
    #[must_use]
    pub fn column_suffix(self) -> &'static str {
        match self {
            Self::SquareMeter => "_m2",
            Self::Meter => "_m",
            Self::Minute => "_min",
            Self::Share => "_share",
            Self::Percent => "_percent",
            Self::EuroPerSquareMeter => "_eur_m2",
            Self::Count => "_n",
            Self::Plain | Self::Category => "",
        }
    }

    /// A number of this unit as a person reads it: the figure rescaled, its decimals, its symbol.
    ///
    /// 12 345 m² is `(1.23, 2, "ha")`, 850 m is `(850.0, 0, "m")`, a share of 0.5 is `(50.0, 0, "%")`.
    #[must_use]
    pub fn for_reading(self, value: f64) -> (f64, usize, &'static str) {
        match self {
            Self::SquareMeter if value.abs() >= M2_PER_HA => (value / M2_PER_HA, 2, "ha"),
            Self::SquareMeter => (value, 0, "m²"),
            Self::Meter if value.abs() >= M_PER_KM => (value / M_PER_KM, 1, "km"),
            Self::Meter => (value, 0, "m"),
            Self::Minute if value.abs() < 10.0 => (value, 1, "min"),
            Self::Minute => (value, 0, "min"),
            Self::Share => (value * 100.0, 0, "%"),
            Self::Percent => (value, 1, "%"),
            Self::EuroPerSquareMeter if value.abs() < 100.0 => (value, 1, "€/m²"),
            Self::EuroPerSquareMeter => (value, 0, "€/m²"),
            Self::Count | Self::Category => (value, 0, ""),
            Self::Plain => (value, 2, ""),
        }
    }
}

impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::SquareMeter => "m²",
            Self::Meter => "m",
            Self::Minute => "min",
            Self::Share => "share 0-1",
            Self::Percent => "%",
            Self::EuroPerSquareMeter => "€/m²",
            Self::Count => "count",
            Self::Plain => "number",
            Self::Category => "category",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn conversions_are_the_textbook_ones() {
        assert_eq!(SquareMeters::new(25_000.0).unwrap().ha(), 2.5);
        assert_eq!(Meters::new(1_340.0).unwrap().km(), 1.34);
        assert_eq!(SquareMeters::from_km2(7.76).unwrap().get(), 7_760_000.0);
        assert_eq!(Unit::SquareMeter.for_reading(12_345.0), (1.2345, 2, "ha"));
        assert_eq!(Unit::Minute.for_reading(7.26), (7.26, 1, "min"));
        assert_eq!(Unit::Share.for_reading(0.25), (25.0, 0, "%"));
        assert_eq!(Unit::EuroPerSquareMeter.for_reading(35.5), (35.5, 1, "€/m²"));
        assert_eq!(Unit::EuroPerSquareMeter.for_reading(12_345.0), (12_345.0, 0, "€/m²"));
    }

    #[test]
    fn what_is_not_finite_is_no_quantity() {
        assert!(Meters::new(f64::NAN).is_none());
        assert!(SquareMeters::new(f64::INFINITY).is_none());
    }

    #[test]
    fn a_share_of_nothing_is_zero_not_infinite() {
        let some = SquareMeters::new(3.0).unwrap();
        assert_eq!(some.share_of(SquareMeters::default()).get(), 0.0);
    }
}
