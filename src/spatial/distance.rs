//! Planar distance between any two geometries.
//!
//! `geo`'s distance is exact too, but tests every pair of segments of two lines, or builds a new
//! tree for two polygons at each call; here boxes reject first and large geometries get a tree once.

use geo::Coord;
use geo::Geometry;
use geo::Polygon;

use crate::spatial::edge_tree::EdgeTree;
use crate::spatial::edge_tree::Node;
use crate::spatial::edge_tree::collect_chains;
use crate::spatial::overlay_area::wind_edge;
use crate::spatial::overlay_pieces::polygons_of;
use crate::spatial::segment::Extent;
use crate::spatial::segment::point_segment_squared;
use crate::spatial::segment::segments_meet;

/// Pairs of edges above which a tree is built over the larger geometry.
const DIRECT_PAIRS: usize = 2_048;

/// Distance in metres between `a` and `b`: 0 when they touch, cross, or one contains the other;
/// `None` when one of them has no point.
///
/// Exact up to the rounding of one square root (about 1e-9 m at Lambert-93 coordinates).
#[must_use]
pub fn distance(a: &Geometry, b: &Geometry) -> Option<f64> {
    let squared = squared_below(a, b, f64::INFINITY);
    squared.is_finite().then(|| squared.sqrt())
}

/// True when `a` and `b` are at most `limit_m` metres apart. Faster than comparing [`distance`]:
/// boxes too far apart settle it. False for a limit that is negative or not a number.
#[must_use]
pub fn is_within_distance(a: &Geometry, b: &Geometry, limit_m: f64) -> bool {
    // Compared after the root, as the caller would do with `distance`.
    limit_m >= 0.0 && squared_below(a, b, generous_square(limit_m)).sqrt() <= limit_m
}

/// True when `a` and `b` share at least a point, borders included. Exact.
#[must_use]
pub fn intersects(a: &Geometry, b: &Geometry) -> bool {
    squared_below(a, b, f64::MIN_POSITIVE) <= 0.0
}

/// The square of a limit, rounded so as not to reject what is just at the limit.
pub(crate) fn generous_square(limit: f64) -> f64 {
    limit * limit * (1.0 + 1e-12) + f64::MIN_POSITIVE
}

/// The vertices of a geometry, one chain per line or ring.
struct Chains<'a> {
    lines: Vec<&'a [Coord]>,
    points: Vec<Coord>,
}

impl<'a> Chains<'a> {
    fn of(geometry: &'a Geometry) -> Self {
        let (mut lines, mut points) = (Vec::new(), Vec::new());
        collect_chains(geometry, &mut lines, &mut points);
        Self { lines, points }
    }

    fn all(&self) -> impl Iterator<Item = &[Coord]> {
        self.lines.iter().copied().chain(self.points.chunks(1))
    }

    fn len(&self) -> usize {
        self.points.len() + self.lines.iter().map(|line| line.len()).sum::<usize>()
    }

    fn extent(&self) -> Extent {
        Extent::of_coords(self.all().flatten())
    }

    /// Every edge; a lone point is an edge of length 0.
    fn edges(&self) -> impl Iterator<Item = (Coord, Coord)> {
        self.all().flat_map(|chain| {
            let lone = (chain.len() == 1).then(|| (chain[0], chain[0]));
            lone.into_iter().chain(chain.windows(2).map(|pair| (pair[0], pair[1])))
        })
    }
}

/// Squared distance when it is below `limit_squared`; otherwise some number that is not below it,
/// infinite when a geometry is empty.
fn squared_below(a: &Geometry, b: &Geometry, limit_squared: f64) -> f64 {
    let (first, second) = (Chains::of(a), Chains::of(b));
    let (first_extent, second_extent) = (first.extent(), second.extent());
    let apart = first_extent.distance_squared(&second_extent);
    if first.len() == 0 || second.len() == 0 {
        return f64::INFINITY;
    }
    if apart >= limit_squared {
        return apart;
    }
    if first_extent.touches(&second_extent)
        && (covers_a_part(a, &second) || covers_a_part(b, &first))
    {
        return 0.0;
    }
    let (small, large, large_extent) = if first.len() <= second.len() {
        (first, second, second_extent)
    } else {
        (second, first, first_extent)
    };
    let mut best = limit_squared;
    let mut found = f64::INFINITY;
    if small.len() * large.len() <= DIRECT_PAIRS {
        for (p, q) in small.edges() {
            let edge = Extent::of_segment(p, q);
            if edge.distance_squared(&large_extent) >= best {
                continue;
            }
            for (r, s) in large.edges() {
                if edge.distance_squared(&Extent::of_segment(r, s)) < best {
                    found = found.min(segments_squared(p, q, r, s));
                    best = best.min(found);
                }
            }
        }
    } else {
        let tree = EdgeTree::build(large.all());
        if let Some(root) = tree.root() {
            for (p, q) in small.edges() {
                nearest_edge(&tree, root, p, q, &Extent::of_segment(p, q), &mut best, &mut found);
                if found <= 0.0 {
                    break;
                }
            }
        }
    }
    found
}

fn nearest_edge(
    tree: &EdgeTree,
    node: &Node,
    p: Coord,
    q: Coord,
    edge: &Extent,
    best: &mut f64,
    found: &mut f64,
) {
    if EdgeTree::is_leaf(node) {
        let coords = tree.leaf_coords(node);
        let lone = [coords[0], coords[0]];
        let pairs = if coords.len() == 1 { &lone[..] } else { coords };
        for pair in pairs.windows(2) {
            if edge.distance_squared(&Extent::of_segment(pair[0], pair[1])) < *best {
                *found = found.min(segments_squared(p, q, pair[0], pair[1]));
                *best = best.min(*found);
            }
        }
        return;
    }
    // The nearest child first, so that the others are rejected by what it finds.
    let children = tree.children(node);
    let mut order: [(f64, usize); 8] = [(f64::INFINITY, 0); 8];
    for (k, child) in children.iter().enumerate() {
        order[k] = (edge.distance_squared(&child.extent), k);
    }
    let order = &mut order[..children.len()];
    order.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    for (squared, k) in order.iter() {
        if squared >= best {
            break;
        }
        nearest_edge(tree, &children[*k], p, q, edge, best, found);
    }
}

fn segments_squared(a: Coord, b: Coord, c: Coord, d: Coord) -> f64 {
    if segments_meet(a, b, c, d) {
        return 0.0;
    }
    point_segment_squared(a, c, d)
        .min(point_segment_squared(b, c, d))
        .min(point_segment_squared(c, a, b))
        .min(point_segment_squared(d, a, b))
}

/// True when a part of `others` starts inside a polygon of `area`.
fn covers_a_part(area: &Geometry, others: &Chains) -> bool {
    polygons_of(area).iter().any(|polygon| {
        let extent = Extent::of_coords(&polygon.exterior().0);
        others.all().filter_map(|chain| chain.first()).any(|point| {
            extent.touches(&Extent::of_segment(*point, *point)) && covers_point(polygon, *point)
        })
    })
}

/// True when `point` is inside `polygon` or on its boundary. Exact.
pub(crate) fn covers_point(polygon: &Polygon, point: Coord) -> bool {
    let wound = |ring: &geo::LineString| {
        let mut winding = 0;
        let on_edge =
            ring.0.windows(2).any(|pair| wind_edge(pair[0], pair[1], point, &mut winding));
        (on_edge, winding != 0)
    };
    match wound(polygon.exterior()) {
        (true, _) => true,
        (false, false) => false,
        (false, true) => !polygon.interiors().iter().any(|hole| wound(hole) == (false, true)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use geo::wkt;

    fn between(a: impl Into<Geometry>, b: impl Into<Geometry>) -> f64 {
        let (a, b) = (a.into(), b.into());
        let there = distance(&a, &b).expect("not empty");
        assert_eq!(Some(there), distance(&b, &a), "symmetric");
        assert!(is_within_distance(&a, &b, there));
        assert!(there <= 0.0 || !is_within_distance(&a, &b, there * 0.999));
        assert_eq!(there <= 0.0, intersects(&a, &b));
        there
    }

    #[test]
    fn every_pair_of_types_has_its_distance() {
        let square =
            wkt!(POLYGON((0. 0., 4. 0., 4. 4., 0. 4., 0. 0.), (1. 1., 1. 3., 3. 3., 3. 1., 1. 1.)));
        assert_eq!(between(square.clone(), wkt!(POINT(7. 8.))), 5.0);
        assert_eq!(between(square.clone(), wkt!(POINT(4. 4.))), 0.0);
        // In the hole: the distance to its edge, not 0.
        assert_eq!(between(square.clone(), wkt!(POINT(2. 2.5))), 0.5);
        assert_eq!(between(square.clone(), wkt!(LINESTRING(0.5 0.5, 0.6 0.6))), 0.0);
        assert_eq!(between(wkt!(LINESTRING(0. 0., 4. 4.)), wkt!(LINESTRING(0. 4., 4. 0.))), 0.0);
        assert_eq!(between(wkt!(MULTIPOINT(0. 0., 9. 0.)), wkt!(POINT(12. 4.))), 5.0);
        assert_eq!(
            between(
                square,
                wkt!(MULTIPOLYGON(((9. 0., 9. 9., 8. 9., 9. 0.)), ((2. 1.5, 2.5 2., 2. 2., 2. 1.5))))
            ),
            0.5
        );
    }

    #[test]
    fn an_empty_geometry_is_at_no_distance() {
        let nothing = Geometry::MultiPoint(geo::MultiPoint(vec![]));
        assert_eq!(distance(&nothing, &wkt!(POINT(1. 1.)).into()), None);
        assert!(!is_within_distance(&nothing, &wkt!(POINT(1. 1.)).into(), 1e9));
        assert!(!intersects(&nothing, &nothing));
    }
}
