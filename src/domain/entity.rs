//! What every object of a layer can answer, whatever its noun.

use std::borrow::Cow;

use geo::Geometry;

use super::CodeInsee;
use super::Siren;
use crate::spatial::shape;
use crate::units::SquareMeters;

/// A number worked out from what is known, and what it could be if the rest were known.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Estimate {
    /// What the known parts give.
    pub value: f64,
    /// Smallest value it can have.
    pub low: f64,
    /// Largest value it can have.
    pub high: f64,
    /// Share of its weight that rests on known parts, 0 to 1.
    pub known: f64,
}

/// The value of one attribute of one object.
#[derive(Debug, Clone, PartialEq)]
pub enum Value<'a> {
    /// A word, usually from a code list.
    Text(Cow<'a, str>),
    /// A number, in the unit that the attribute's name carries.
    Number(f64),
    /// A number known only to lie in an interval: a statistic under secrecy.
    Between {
        /// Smallest value it can have.
        low: f64,
        /// Largest value it can have.
        high: f64,
    },
    /// A number that rests on part of what it is made of.
    Estimate(Estimate),
    /// Yes or no.
    Flag(bool),
    /// The source has the attribute but says nothing for this object.
    Missing,
    /// The object has no attribute of this name.
    NoSuchAttribute,
}

impl<'a> Value<'a> {
    /// A text value, or [`Value::Missing`] when empty.
    #[must_use]
    pub fn text(text: &'a str) -> Self {
        if text.is_empty() { Self::Missing } else { Self::Text(Cow::Borrowed(text)) }
    }

    /// A number, or [`Value::Missing`].
    #[must_use]
    pub fn number(number: Option<f64>) -> Self {
        number.map_or(Self::Missing, Self::Number)
    }
}

/// An object of a layer: it has an identifier, a place, a commune and named attributes.
pub trait Entity: Send + Sync {
    /// Identifier, unique in its layer.
    fn id(&self) -> Cow<'_, str>;

    /// Shape in EPSG:2154 metres.
    fn geometry(&self) -> &Geometry<f64>;

    /// The commune it is declared in, when its source says so.
    fn commune(&self) -> Option<CodeInsee>;

    /// The EPCI that it is, for units made of communes; `None` for all others.
    fn epci(&self) -> Option<Siren> {
        None
    }

    /// Area: computed where the shape has one; a noun may fall back on a declared figure.
    fn area(&self) -> Option<SquareMeters> {
        computed_area(self.geometry())
    }

    /// One attribute by the name our schemas give it.
    fn attribute(&self, name: &str) -> Value<'_>;
}

/// Area of a polygon or several; `None` for points and lines, which have none.
pub(super) fn computed_area(geometry: &Geometry<f64>) -> Option<SquareMeters> {
    match geometry {
        Geometry::Polygon(_) | Geometry::MultiPolygon(_) => {
            SquareMeters::new(shape::area(geometry))
        }
        _ => None,
    }
}
