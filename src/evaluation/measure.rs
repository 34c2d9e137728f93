//! What can be measured about a unit, and the three kinds of answer.

use super::Filter;
use crate::units::Meters;
use crate::units::Unit;

/// Something that can be measured about a unit of land.
#[derive(Debug, Clone, PartialEq)]
pub enum Measure {
    /// Area of the unit, m².
    Area,
    /// Compactness 4πA/P² of the unit: 1 for a disc, towards 0 for a ribbon.
    Compactness,
    /// Share of the unit's area covered by the union of a layer's objects, 0 to 1. For a point: 1 inside, 0 outside.
    ShareWithin {
        /// Layer key.
        layer: String,
        /// Objects that count.
        filter: Filter,
    },
    /// Straight-line distance from the unit's outline to the nearest object, m; 0 when they touch.
    DistanceTo {
        /// Layer key.
        layer: String,
        /// Objects that count.
        filter: Filter,
        /// How far to look. Beyond it the answer is "searched, none".
        within: Option<Meters>,
    },
    /// Number of objects within a distance of the unit's outline.
    CountWithin {
        /// Layer key.
        layer: String,
        /// Objects that count.
        filter: Filter,
        /// Radius.
        radius: Meters,
    },
    /// An attribute of the unit itself.
    Attribute {
        /// Name.
        name: String,
    },
    /// A figure of the unit's commune, from a table.
    CommuneFigure {
        /// Table key.
        table: String,
        /// Column.
        name: String,
        /// Divide by this other column: both must be known.
        per: Option<String>,
    },
}

impl Measure {
    /// The layer or table that the measure looks at, other than the unit itself.
    #[must_use]
    pub fn layer(&self) -> Option<&str> {
        match self {
            Self::ShareWithin { layer, .. }
            | Self::DistanceTo { layer, .. }
            | Self::CountWithin { layer, .. } => Some(layer),
            Self::CommuneFigure { table, .. } => Some(table),
            Self::Area | Self::Compactness | Self::Attribute { .. } => None,
        }
    }

    /// The filter, for measures that have one.
    #[must_use]
    pub fn filter(&self) -> Option<&Filter> {
        match self {
            Self::ShareWithin { filter, .. }
            | Self::DistanceTo { filter, .. }
            | Self::CountWithin { filter, .. } => Some(filter),
            _ => None,
        }
    }

    /// The unit of a numeric answer. Attributes carry theirs in their name (`declared_area_m2`).
    #[must_use]
    pub fn unit(&self) -> Unit {
        match self {
            Self::Area => Unit::SquareMeter,
            Self::Compactness => Unit::Plain,
            Self::ShareWithin { .. } | Self::CommuneFigure { per: Some(_), .. } => Unit::Share,
            Self::DistanceTo { .. } => Unit::Meter,
            Self::CountWithin { .. } => Unit::Count,
            Self::Attribute { name } | Self::CommuneFigure { name, per: None, .. } => {
                if name.ends_with("_m2") {
                    Unit::SquareMeter
                } else if name.ends_with("_m") {
                    Unit::Meter
                } else if name.ends_with("_share") {
                    Unit::Share
                } else {
                    Unit::Count
                }
            }
        }
    }
}

/// The answer of a measure: a value, "searched and none", or "unknown, because".
#[derive(Debug, Clone, PartialEq)]
pub enum Measured {
    /// A number, in [`Measure::unit`].
    Number(f64),
    /// A number known only to lie between two bounds.
    Between {
        /// Smallest value it can have.
        low: f64,
        /// Largest value it can have.
        high: f64,
    },
    /// A word of a code list.
    Word(String),
    /// The layer was searched as far as the profile says, and nothing was found.
    NoneFound {
        /// How far the search went.
        within: Meters,
    },
    /// Not known.
    Unknown(Unknown),
}

/// Why a value is not known.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Unknown {
    /// The layer is not among the inputs.
    LayerNotGiven {
        /// Layer key.
        layer: String,
    },
    /// The layer does not speak for this commune.
    NotCovered {
        /// Layer key.
        layer: String,
    },
    /// The layer has no object that counts, anywhere.
    NothingInLayer {
        /// Layer key.
        layer: String,
    },
    /// The source says nothing for this unit.
    NoValue {
        /// Attribute.
        attribute: String,
    },
    /// The word is not in the profile's list.
    WordNotScored {
        /// The word.
        word: String,
    },
    /// The unit has no area: it is a point, with no declared area.
    NoArea,
    /// The shapes could not be overlaid, even after repair.
    NotComputable {
        /// Layer key.
        layer: String,
    },
}

impl Unknown {
    /// The stable code of the reason; its sentence is in the catalogue (`unknown.<code>`).
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::LayerNotGiven { .. } => "layer-not-given",
            Self::NotCovered { .. } => "not-covered",
            Self::NothingInLayer { .. } => "nothing-in-layer",
            Self::NoValue { .. } => "no-value",
            Self::WordNotScored { .. } => "word-not-scored",
            Self::NoArea => "no-area",
            Self::NotComputable { .. } => "not-computable",
        }
    }

    /// The layer, attribute or word that the reason is about; empty when it is about the unit itself.
    #[must_use]
    pub fn about(&self) -> &str {
        match self {
            Self::LayerNotGiven { layer }
            | Self::NotCovered { layer }
            | Self::NothingInLayer { layer }
            | Self::NotComputable { layer } => layer,
            Self::NoValue { attribute } => attribute,
            Self::WordNotScored { word } => word,
            Self::NoArea => "",
        }
    }
}
