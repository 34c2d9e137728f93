//! How a place gets on the network.

use geo::Coord;
use geo::Geometry;
use geo::Point;

use super::RoadNetwork;
use super::noding::separation;
use crate::spatial::distance::distance;
use crate::spatial::distance::is_within_distance;
use crate::spatial::edge_tree::collect_chains;
use crate::spatial::segment::segments_meet;

/// A point on an edge, and how far a place is from it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Access {
    /// Number of the edge.
    pub edge: u32,
    /// Where on it, in metres from its first node.
    pub along_m: f64,
    /// Straight line from the place to this point, in metres.
    pub distance_m: f64,
}

impl RoadNetwork {
    /// The nearest point of an edge that opens to what lies beside it, at most `max_m` metres away.
    #[must_use]
    pub fn snap(&self, place: &Geometry, max_m: f64) -> Option<Access> {
        let (edge, distance_m) = self.index.nearest(
            place,
            Some(max_m),
            |edge| self.edges[edge as usize].opens,
            |edge| &self.lines[edge],
        )?;
        Some(Access { edge, along_m: self.along(edge, place, distance_m), distance_m })
    }

    /// Where a place gets on the network: at every edge that touches it, else at the nearest one that is at most
    /// `max_m` metres away. Only edges that open to what lies beside them. Empty when all are farther.
    #[must_use]
    pub fn accesses(&self, place: &Geometry, max_m: f64) -> Vec<Access> {
        let touching = self
            .index
            .within_distance(place, self.tolerance_m, |edge| &self.lines[edge])
            .into_iter()
            .filter(|edge| self.edges[*edge as usize].opens);
        let mut found = Vec::new();
        for edge in touching {
            let ends = self.ends_on(edge, place);
            found.extend(ends.into_iter().flatten());
            if !matches!(ends, [Some(_), Some(_)])
                && let Some(distance_m) = distance(place, &self.lines[edge as usize])
            {
                found.push(Access {
                    edge,
                    along_m: self.along(edge, place, distance_m),
                    distance_m,
                });
            }
        }
        if found.is_empty() { self.snap(place, max_m).into_iter().collect() } else { found }
    }

    /// Both ends of every edge that runs along a line: what it takes to be on a road that is itself the destination,
    /// a motorway say. Lines that merely cross it, above or below, are not on it. Empty for a line that is no road of
    /// the network.
    #[must_use]
    pub fn running_along(&self, line: &Geometry) -> Vec<Access> {
        let near = self.index.within_distance(line, self.tolerance_m, |edge| &self.lines[edge]);
        near.into_iter()
            .filter(|edge| {
                let Geometry::LineString(own) = &self.lines[*edge as usize] else { return false };
                own.0.iter().all(|vertex| self.is_on(*vertex, line))
            })
            .flat_map(|edge| self.ends_on(edge, line).into_iter().flatten())
            .collect()
    }

    /// A node as a place on the network; `None` for a number that is no node, or of a road gone into it.
    #[must_use]
    pub fn at_node(&self, node: u32) -> Option<Access> {
        let edge = self.edges.iter().position(|edge| edge.from == node || edge.to == node)?;
        let found = &self.edges[edge];
        let along_m = if found.from == node { 0.0 } else { found.cost.meters };
        Some(Access { edge: edge as u32, along_m, distance_m: 0.0 })
    }

    fn is_on(&self, place: Coord, geometry: &Geometry) -> bool {
        is_within_distance(&Geometry::Point(Point(place)), geometry, self.tolerance_m)
    }

    /// The ends of an edge that lie on a geometry, reached without a step aside.
    fn ends_on(&self, edge: u32, geometry: &Geometry) -> [Option<Access>; 2] {
        let Geometry::LineString(line) = &self.lines[edge as usize] else { return [None, None] };
        let length_m = self.edges[edge as usize].cost.meters;
        let at = |vertex: Option<&Coord>, along_m: f64| {
            vertex.filter(|vertex| self.is_on(**vertex, geometry)).map(|_| Access {
                edge,
                along_m,
                distance_m: 0.0,
            })
        };
        [at(line.0.first(), 0.0), at(line.0.last(), length_m)]
    }

    /// Where on an edge `place` is nearest: the first such point.
    fn along(&self, edge: u32, place: &Geometry, distance_m: f64) -> f64 {
        let length_m = self.edges[edge as usize].cost.meters;
        let Geometry::LineString(line) = &self.lines[edge as usize] else { return 0.0 };
        let (mut chains, mut points) = (Vec::new(), Vec::new());
        collect_chains(place, &mut chains, &mut points);
        let mut best = (f64::INFINITY, 0.0);
        let mut keep = |found: (f64, f64)| {
            if found.0 < best.0 || found.0 <= best.0 && found.1 < best.1 {
                best = found;
            }
        };
        points.iter().for_each(|point| keep(along_of(&line.0, *point)));
        for pair in chains.iter().flat_map(|chain| chain.windows(2)) {
            keep(along_of_segment(&line.0, pair[0], pair[1]));
        }
        // Inside an area, away from its outline: any point will do.
        let is_inside = distance_m <= 0.0 && best.0 > self.tolerance_m * self.tolerance_m;
        if is_inside { length_m / 2.0 } else { best.1.min(length_m) }
    }
}

/// The point of segment `ab` nearest to `p`: squared distance and share of the way, 0 to 1.
fn nearest_on(a: Coord, b: Coord, p: Coord) -> (f64, f64) {
    let (way, to_p) = (b - a, p - a);
    let squared = way.x * way.x + way.y * way.y;
    let share = if squared > 0.0 {
        ((to_p.x * way.x + to_p.y * way.y) / squared).clamp(0.0, 1.0)
    } else {
        0.0
    };
    let off = a + way * share - p;
    (off.x * off.x + off.y * off.y, share)
}

/// The point of a line nearest to `p`: squared distance, and metres from the first point.
pub(super) fn along_of(line: &[Coord], p: Coord) -> (f64, f64) {
    nearest_along(line, |a, b| nearest_on(a, b, p))
}

/// The same for a segment `cd` in place of a point.
fn along_of_segment(line: &[Coord], c: Coord, d: Coord) -> (f64, f64) {
    nearest_along(line, |a, b| {
        if segments_meet(a, b, c, d) {
            let (way, other) = (b - a, d - c);
            let across = way.x * other.y - way.y * other.x;
            if across.abs() > 0.0 {
                let share = ((c.x - a.x) * other.y - (c.y - a.y) * other.x) / across;
                return (0.0, share.clamp(0.0, 1.0));
            }
        }
        // Parallel or apart: the nearest point is at an end of one of them.
        let (_, c_share) = nearest_on(a, b, c);
        let (_, d_share) = nearest_on(a, b, d);
        let candidates = [
            (nearest_on(c, d, a).0, 0.0),
            (nearest_on(a, b, c).0, c_share),
            (nearest_on(a, b, d).0, d_share),
            (nearest_on(c, d, b).0, 1.0),
        ];
        let mut best = candidates[0];
        for found in &candidates[1..] {
            if found.0 < best.0 || found.0 <= best.0 && found.1 < best.1 {
                best = *found;
            }
        }
        best
    })
}

fn nearest_along(line: &[Coord], of: impl Fn(Coord, Coord) -> (f64, f64)) -> (f64, f64) {
    let (mut best, mut walked_m) = ((f64::INFINITY, 0.0), 0.0);
    for pair in line.windows(2) {
        let step_m = separation(pair[0], pair[1]);
        let (squared, share) = of(pair[0], pair[1]);
        if squared < best.0 {
            best = (squared, walked_m + step_m * share);
        }
        walked_m += step_m;
    }
    best
}
