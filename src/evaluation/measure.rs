//! What can be measured about a unit, and the three kinds of answer.

use super::Filter;
use crate::domain::Estimate;
use crate::units::Meters;
use crate::units::Minutes;
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
    /// Sum of a number that a layer's objects carry, over those within a distance of the unit's outline. Objects that
    /// lack the number make the sum a lower bound; when all lack it, it is unknown.
    SumWithin {
        /// Layer key.
        layer: String,
        /// Objects that count.
        filter: Filter,
        /// Attribute that is summed: a count, a surface. Negative values allow no bound.
        name: String,
        /// Radius.
        radius: Meters,
    },
    /// Shortest way by road from the unit to the nearest object, m; as the crow flies, and said so, where no road of
    /// the network is within 2 km of either.
    RoadDistanceTo {
        /// Layer key.
        layer: String,
        /// Objects that count.
        filter: Filter,
        /// How far to look. Beyond it the answer is "searched, none".
        within: Option<Meters>,
    },
    /// Quickest way by road from the unit to the nearest object, minutes; else as for distances.
    RoadMinutesTo {
        /// Layer key.
        layer: String,
        /// Objects that count.
        filter: Filter,
        /// How far to look. Beyond it the answer is "searched, none".
        within: Option<Minutes>,
    },
    /// Sum of a figure per commune over the communes of the territory whose main place can be driven to within a time.
    ReachOf {
        /// Table key.
        table: String,
        /// Column that is summed.
        name: String,
        /// Longest drive.
        within: Minutes,
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
            | Self::CountWithin { layer, .. }
            | Self::SumWithin { layer, .. }
            | Self::RoadDistanceTo { layer, .. }
            | Self::RoadMinutesTo { layer, .. } => Some(layer),
            Self::CommuneFigure { table, .. } | Self::ReachOf { table, .. } => Some(table),
            Self::Area | Self::Compactness | Self::Attribute { .. } => None,
        }
    }

    /// The filter, for measures that have one.
    #[must_use]
    pub fn filter(&self) -> Option<&Filter> {
        match self {
            Self::ShareWithin { filter, .. }
            | Self::DistanceTo { filter, .. }
            | Self::CountWithin { filter, .. }
            | Self::SumWithin { filter, .. }
            | Self::RoadDistanceTo { filter, .. }
            | Self::RoadMinutesTo { filter, .. } => Some(filter),
            Self::Area
            | Self::Compactness
            | Self::Attribute { .. }
            | Self::CommuneFigure { .. }
            | Self::ReachOf { .. } => None,
        }
    }

    /// Whether the answer can be "searched, none": the search has an end.
    #[must_use]
    pub fn can_find_none(&self) -> bool {
        matches!(
            self,
            Self::DistanceTo { within: Some(_), .. }
                | Self::RoadDistanceTo { within: Some(_), .. }
                | Self::RoadMinutesTo { within: Some(_), .. }
        )
    }

    /// The unit of a numeric answer. Attributes carry theirs in their name (`declared_area_m2`).
    #[must_use]
    pub fn unit(&self) -> Unit {
        match self {
            Self::Area => Unit::SquareMeter,
            Self::Compactness => Unit::Plain,
            Self::ShareWithin { .. } | Self::CommuneFigure { per: Some(_), .. } => Unit::Share,
            Self::DistanceTo { .. } | Self::RoadDistanceTo { .. } => Unit::Meter,
            Self::RoadMinutesTo { .. } => Unit::Minute,
            Self::CountWithin { .. } => Unit::Count,
            Self::Attribute { name }
            | Self::CommuneFigure { name, per: None, .. }
            | Self::SumWithin { name, .. }
            | Self::ReachOf { name, .. } => {
                if name.ends_with("_eur_m2") {
                    Unit::EuroPerSquareMeter
                } else if name.ends_with("_m2") {
                    Unit::SquareMeter
                } else if name.ends_with("_m") {
                    Unit::Meter
                } else if name.ends_with("_share") {
                    Unit::Share
                } else if name.ends_with("_percent") {
                    Unit::Percent
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
        /// Largest value it can have; infinite when only the smallest is known.
        high: f64,
    },
    /// A number that rests on part of what it is made of, in [`Measure::unit`]: scored as it is known, with the bounds
    /// and the certainty of what is not.
    Estimate(Estimate),
    /// A number that should go by road and goes as the crow flies, in [`Measure::unit`]. Scored as a number; told
    /// everywhere.
    StraightLine(f64),
    /// The same, known only to lie between two bounds.
    StraightLineBetween {
        /// Smallest value it can have.
        low: f64,
        /// Largest value it can have; infinite when only the smallest is known.
        high: f64,
    },
    /// A word of a code list.
    Word(String),
    /// The layer was searched as far as the profile says, and nothing was found.
    NoneFound {
        /// How far the search went.
        within: Meters,
    },
    /// The same for a search in minutes.
    NoneInTime {
        /// How far the search went.
        within: Minutes,
    },
    /// Not known.
    Unknown(Unknown),
}

impl Measured {
    /// Smallest and largest value of a numeric answer: equal when it is exact, the largest infinite when only a lower
    /// bound is known. `None` for words, "none" and "unknown".
    #[must_use]
    pub fn bounds(&self) -> Option<(f64, f64)> {
        match self {
            Self::Number(number) | Self::StraightLine(number) => Some((*number, *number)),
            Self::Between { low, high } | Self::StraightLineBetween { low, high } => {
                Some((*low, *high))
            }
            Self::Estimate(estimate) => Some((estimate.low, estimate.high)),
            Self::Word(_) | Self::NoneFound { .. } | Self::NoneInTime { .. } | Self::Unknown(_) => {
                None
            }
        }
    }

    /// Whether the answer rests on a straight line where a road was asked for.
    #[must_use]
    pub fn is_straight_line(&self) -> bool {
        matches!(self, Self::StraightLine(_) | Self::StraightLineBetween { .. })
    }

    /// Whether the search ended without finding anything.
    #[must_use]
    pub fn is_none(&self) -> bool {
        matches!(self, Self::NoneFound { .. } | Self::NoneInTime { .. })
    }
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
    /// No road leads from the unit's piece of the network to any object of the layer.
    NoWay {
        /// Layer or table key.
        layer: String,
    },
    /// The unit has no area: its outline is not known in full, and none is declared.
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
            Self::NoWay { .. } => "no-way",
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
            | Self::NoWay { layer }
            | Self::NotComputable { layer } => layer,
            Self::NoValue { attribute } => attribute,
            Self::WordNotScored { word } => word,
            Self::NoArea => "",
        }
    }
}
