//! The coordinates of a GeoJSON geometry, whatever its type turns out to be.

use std::fmt;

use geo::Coord;
use geo::LineString;
use geo::MultiLineString;
use geo::MultiPoint;
use geo::MultiPolygon;
use geo::Point;
use geo::Polygon;
use serde::de::DeserializeSeed;
use serde::de::Deserializer;
use serde::de::IgnoredAny;
use serde::de::MapAccess;
use serde::de::SeqAccess;
use serde::de::Visitor;

use super::geojson_geometry::Found;
use super::geojson_geometry::Kind;
use super::row::GeometryFault;

/// All positions of one geometry and where its lists end, whatever its type turns out to be: the
/// `type` member may come after the coordinates.
#[derive(Debug, Default)]
pub(super) struct Coordinates {
    positions: Vec<Coord<f64>>,
    /// `ends[0]`: positions at the end of each line or ring; `ends[1]`: lines at the end of each
    /// polygon; `ends[2]`: polygons at the end of each list of polygons.
    ends: [Vec<usize>; 3],
    fault: Option<GeometryFault>,
}

/// How deep the lists of a geometry are nested: 0 for a position. `None`: nothing but empty lists.
pub(super) type Level = Option<usize>;

impl Coordinates {
    pub(super) fn clear(&mut self) {
        self.positions.clear();
        self.ends.iter_mut().for_each(Vec::clear);
        self.fault = None;
    }

    fn blame(&mut self, fault: GeometryFault) {
        self.fault.get_or_insert(fault);
    }

    fn not_a_number(&mut self) -> Element {
        self.blame(GeometryFault::NonNumericCoordinate);
        Element::Neither
    }

    #[inline]
    pub(super) fn push(&mut self, x: f64, y: f64) {
        self.positions.push(Coord { x, y });
    }

    /// Ends a list of lists of this level.
    pub(super) fn close(&mut self, level: usize) {
        match level {
            1 => self.ends[0].push(self.positions.len()),
            2 => self.ends[1].push(self.ends[0].len()),
            3 => self.ends[2].push(self.ends[1].len()),
            _ => self.blame(GeometryFault::malformed("its lists are nested too deeply")),
        }
    }

    fn line(&self, index: usize) -> LineString<f64> {
        let start = if index == 0 { 0 } else { self.ends[0][index - 1] };
        LineString(self.positions[start..self.ends[0][index]].to_vec())
    }

    fn polygon(&self, first_line: usize, end_line: usize) -> Polygon<f64> {
        let holes = (first_line + 1..end_line).map(|index| self.line(index)).collect();
        Polygon::new(self.line(first_line), holes)
    }

    pub(super) fn build(&mut self, kind: &Kind, level: Level) -> Found {
        if let Some(fault) = self.fault.take() {
            return Err(fault);
        }
        let Some(level) = level else { return Ok(None) };
        if self.positions.iter().any(|c| !(c.x.is_finite() && c.y.is_finite())) {
            return Err(GeometryFault::NonFiniteCoordinate);
        }
        let lines = self.ends[0].len();
        Ok(Some(match (kind, level) {
            (Kind::Point, 0) => Point(self.positions[0]).into(),
            (Kind::MultiPoint, 1) => {
                MultiPoint(self.positions.iter().copied().map(Point).collect()).into()
            }
            (Kind::LineString, 1) => self.line(0).into(),
            (Kind::MultiLineString, 2) => {
                MultiLineString((0..lines).map(|index| self.line(index)).collect()).into()
            }
            (Kind::Polygon, 2) => self.polygon(0, lines).into(),
            (Kind::MultiPolygon, 3) => {
                let starts = std::iter::once(0).chain(self.ends[1].iter().copied());
                let polygons =
                    starts.zip(&self.ends[1]).map(|(start, &end)| self.polygon(start, end));
                MultiPolygon(polygons.collect()).into()
            }
            _ => {
                let what = format!("a {kind:?} with coordinates nested {level} deep");
                return Err(GeometryFault::malformed(what));
            }
        }))
    }
}

/// One element of a list: a number of a position, a list of this level, or neither.
enum Element {
    Number(f64),
    List(Level),
    Neither,
}

/// Parses a `coordinates` member into the buffer; answers how deep its lists are.
pub(super) struct ListSeed<'c>(pub &'c mut Coordinates);

impl<'de> DeserializeSeed<'de> for ListSeed<'_> {
    type Value = Level;

    fn deserialize<D: Deserializer<'de>>(self, input: D) -> Result<Level, D::Error> {
        let Self(coordinates) = self;
        match input.deserialize_any(ElementVisitor(coordinates))? {
            Element::List(level) => Ok(level),
            Element::Number(_) => {
                coordinates.blame(GeometryFault::IncompletePosition);
                Ok(None)
            }
            Element::Neither => Ok(None),
        }
    }
}

struct ElementVisitor<'c>(&'c mut Coordinates);

impl<'de> DeserializeSeed<'de> for ElementVisitor<'_> {
    type Value = Element;

    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, input: D) -> Result<Element, D::Error> {
        input.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for ElementVisitor<'_> {
    type Value = Element;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("coordinates")
    }

    fn visit_f64<E>(self, value: f64) -> Result<Element, E> {
        Ok(Element::Number(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Element, E> {
        Ok(Element::Number(value as f64))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Element, E> {
        Ok(Element::Number(value as f64))
    }

    fn visit_unit<E>(self) -> Result<Element, E> {
        Ok(self.0.not_a_number())
    }

    fn visit_bool<E>(self, _: bool) -> Result<Element, E> {
        Ok(self.0.not_a_number())
    }

    fn visit_str<E>(self, _: &str) -> Result<Element, E> {
        Ok(self.0.not_a_number())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Element, A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(self.0.not_a_number())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Element, A::Error> {
        let Self(coordinates) = self;
        let mut numbers = [0.0; 2];
        let mut count = 0;
        let mut level: Level = None;
        while let Some(element) = seq.next_element_seed(ElementVisitor(coordinates))? {
            match element {
                Element::Number(value) => {
                    if let Some(number) = numbers.get_mut(count) {
                        *number = value;
                    }
                    count += 1;
                }
                Element::List(inner) => match (level, inner) {
                    (Some(a), Some(b)) if a != b => {
                        coordinates
                            .blame(GeometryFault::malformed("its lists have unequal depths"));
                    }
                    (_, None) => {}
                    _ => level = inner,
                },
                Element::Neither => {}
            }
        }
        Ok(Element::List(match (count, level) {
            (0, None) => None,
            (0, Some(inner)) => {
                coordinates.close(inner + 1);
                Some(inner + 1)
            }
            (2.., None) => {
                coordinates.positions.push(Coord { x: numbers[0], y: numbers[1] });
                Some(0)
            }
            (1, None) => {
                coordinates.blame(GeometryFault::IncompletePosition);
                Some(0)
            }
            _ => {
                coordinates.blame(GeometryFault::malformed("it mixes numbers and lists"));
                None
            }
        }))
    }
}
