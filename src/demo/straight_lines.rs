//! The book of the straight lines of one commune: the points that lie on each, and the roads they carry.
//!
//! Every edge of every piece of land knows the line it lies on. A cut that ends on a line writes its end there, so
//! that, once all cuts are made, both sides of the line can read the same points: no T-junction is left unnoded and
//! no tolerance is needed to find it.

use std::collections::BTreeMap;

use geo_types::Coord;

use super::power_diagram::distance;

/// Ends nearer than this on one line become one point.
const SNAP_MM: i64 = 300;

/// What runs along a line. The order is that of importance.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum RoadClass {
    /// Motorway carriageways.
    Motorway,
    /// Slip road of a motorway.
    Ramp,
    /// Two times two lanes.
    Expressway,
    /// National road.
    National,
    /// Departmental road of regional interest.
    Departmental,
    /// Road from one village to the next.
    Local,
    /// Street of a town or of an economic zone.
    Street,
    /// Country lane.
    Lane,
}

#[derive(Debug, Clone)]
struct Line {
    start: Coord<f64>,
    unit: Coord<f64>,
    length_m: f64,
    points: BTreeMap<i64, Coord<f64>>,
    road: Option<RoadClass>,
    junctions: BTreeMap<i64, Coord<f64>>,
}

impl Line {
    fn at(&self, point: Coord<f64>) -> i64 {
        let from = point - self.start;
        ((from.x * self.unit.x + from.y * self.unit.y) * 1000.0).round() as i64
    }
}

/// All the lines of one commune.
#[derive(Debug, Clone, Default)]
pub(crate) struct LineBook(Vec<Line>);

/// Rank of a line in its book.
pub(crate) type LineId = usize;

impl LineBook {
    /// Writes a line with its two ends and a point about every `spacing_m`, so that the warp can bend it.
    pub(crate) fn add(
        &mut self,
        start: Coord<f64>,
        end: Coord<f64>,
        spacing_m: f64,
        road: Option<RoadClass>,
    ) -> LineId {
        let length_m = distance(start, end);
        let unit = if length_m > 0.0 { (end - start) / length_m } else { Coord { x: 1.0, y: 0.0 } };
        let mut line = Line {
            start,
            unit,
            length_m,
            points: BTreeMap::new(),
            road,
            junctions: BTreeMap::new(),
        };
        let steps = (length_m / spacing_m).floor() as usize;
        for step in 1..steps {
            let point = start + (end - start) * (step as f64 / steps as f64);
            line.points.insert(line.at(point), point);
        }
        line.points.insert(0, start);
        line.points.insert(line.at(end), end);
        self.0.push(line);
        self.0.len() - 1
    }

    /// Writes a line whose points are given (a border, which two communes must read alike).
    pub(crate) fn add_with_points(&mut self, points: &[Coord<f64>]) -> LineId {
        let (start, end) = match points {
            [first, .., last] => (*first, *last),
            _ => return self.add(Coord { x: 0.0, y: 0.0 }, Coord { x: 0.0, y: 0.0 }, 1.0, None),
        };
        let id = self.add(start, end, f64::INFINITY, None);
        let line = &mut self.0[id];
        for point in points {
            line.points.insert(line.at(*point), *point);
        }
        id
    }

    /// The point of the line at this place: a known one when there is one near, else this one, now known.
    pub(crate) fn snap(&mut self, id: LineId, point: Coord<f64>) -> Coord<f64> {
        let line = &mut self.0[id];
        let at = line.at(point);
        let near = line
            .points
            .range(at - SNAP_MM..=at + SNAP_MM)
            .min_by_key(|(other, _)| (**other - at).abs())
            .map(|(_, known)| *known);
        near.unwrap_or_else(|| {
            line.points.insert(at, point);
            point
        })
    }

    /// Says that another road meets the road of this line here. Returns false when the line is not a road.
    pub(crate) fn join(&mut self, id: LineId, point: Coord<f64>) -> bool {
        let line = &mut self.0[id];
        let meets = matches!(
            line.road,
            Some(
                RoadClass::Local
                    | RoadClass::Street
                    | RoadClass::Lane
                    | RoadClass::Departmental
                    | RoadClass::National
            )
        );
        if meets {
            line.junctions.insert(line.at(point), point);
        }
        meets
    }

    /// Raises or sets the class of the road along a line.
    pub(crate) fn set_road(&mut self, id: LineId, road: Option<RoadClass>) {
        self.0[id].road = road;
    }

    /// Appends to `ring` the points strictly between two places of a line, in the order from `from` to `to`.
    pub(crate) fn between(
        &self,
        id: LineId,
        from: Coord<f64>,
        to: Coord<f64>,
        ring: &mut Vec<Coord<f64>>,
    ) {
        let line = &self.0[id];
        let (a, b) = (line.at(from), line.at(to));
        if a < b {
            ring.extend(
                line.points.range(a + 1..b).map(|(_, p)| *p).filter(|p| *p != from && *p != to),
            );
        } else if b < a {
            let inside = line.points.range(b + 1..a).rev();
            ring.extend(inside.map(|(_, p)| *p).filter(|p| *p != from && *p != to));
        }
    }

    /// All the points of a line, in its order.
    pub(crate) fn points(&self, id: LineId) -> Vec<Coord<f64>> {
        self.0[id].points.values().copied().collect()
    }

    /// The stretches of road between junctions: line, class, start, end.
    pub(crate) fn roads(&self) -> Vec<(LineId, RoadClass, Coord<f64>, Coord<f64>)> {
        let mut stretches = Vec::new();
        for (id, line) in self.0.iter().enumerate() {
            let Some(class) = line.road else { continue };
            let end = line.points.values().next_back().copied().unwrap_or(line.start);
            let mut from = line.start;
            let last = (line.length_m * 1000.0).round() as i64;
            for (at, point) in &line.junctions {
                if *at > 0 && *at < last && *point != from && *point != end {
                    stretches.push((id, class, from, *point));
                    from = *point;
                }
            }
            stretches.push((id, class, from, end));
        }
        stretches
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_sides_read_the_same_points() {
        let mut book = LineBook::default();
        let (a, b) = (Coord { x: 0.0, y: 0.0 }, Coord { x: 100.0, y: 0.0 });
        let id = book.add(a, b, 40.0, Some(RoadClass::Lane));
        let cut = book.snap(id, Coord { x: 33.0, y: 0.0 });
        assert_eq!(book.snap(id, Coord { x: 33.2, y: 0.0 }), cut);
        let (mut there, mut back) = (Vec::new(), Vec::new());
        book.between(id, a, b, &mut there);
        book.between(id, b, a, &mut back);
        back.reverse();
        assert_eq!(there, back);
        assert_eq!(there.len(), 2);
        assert!(book.join(id, cut));
        assert_eq!(book.roads().len(), 2);
    }
}
