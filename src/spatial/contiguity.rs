//! How much border two areas share, and how much they face each other across a gap.

use geo::Coord;
use geo::Geometry;

use crate::spatial::border::directed_edges;
use crate::spatial::border::pieces;
use crate::spatial::border::tree_of;
use crate::spatial::edge_tree::EdgeTree;
use crate::spatial::overlay_area::areal_extent;
use crate::spatial::segment::Extent;

/// Sine of the angle under which two long edges run along each other: 5°.
const ALONG_SINE: f64 = 0.087_155_742_747_658_17;
/// Sine of the widest angle allowed to short edges, whose ends may each be off by the tolerance: 35°.
const WIDEST_SINE: f64 = 0.573_576_436_351_046;
/// Metres between two perpendiculars of [`facing_across_m`], at most.
const FACING_STEP_M: f64 = 1.0;
/// Areas closer than this touch: they do not face each other.
const TOUCHING_M: f64 = 0.01;

/// Length in metres of the border that areas `a` and `b` share: where the border of one lies within `tolerance_m` of
/// the other's and runs along it (within 5°, or the angle that moving the ends of the shorter edge by the tolerance
/// explains, 35° at most).
///
/// Borders digitised twice differ in length, so the mean of both is given: `a, b` and `b, a` give the same. A contact
/// shorter than twice the tolerance is a corner: 0. So are geometries that are not areal.
#[must_use]
pub fn shared_border_m(a: &Geometry, b: &Geometry, tolerance_m: f64) -> f64 {
    // Rounding must not part what is just at the tolerance.
    let tolerance_m = tolerance_m.max(0.0) + 1e-6;
    if !areal_extent(a).grown(tolerance_m).touches(&areal_extent(b)) {
        return 0.0;
    }
    let (along_a, along_b) = (along_m(a, b, tolerance_m), along_m(b, a, tolerance_m));
    // Summed in one order, so that both calls round alike.
    if along_a > 0.0 && along_b > 0.0 {
        along_a.min(along_b) / 2.0 + along_a.max(along_b) / 2.0
    } else {
        0.0
    }
}

/// Length of the border of `a` that runs along the border of `b`.
fn along_m(a: &Geometry, b: &Geometry, tolerance_m: f64) -> f64 {
    let other = tree_of([b]);
    let window = other.extent().grown(tolerance_m);
    let mut runs = Runs { bridge_m: 2.0 * tolerance_m, total_m: 0.0, first: None, run: None };
    let mut at_m = 0.0;
    for (from, to) in directed_edges(a) {
        let along = to - from;
        let length_m = along.x.hypot(along.y);
        let extent = Extent::of_segment(from, to);
        if extent.touches(&window) {
            let direction = along / length_m;
            let mut spans: Vec<(f64, f64)> = Vec::new();
            other.visit_edges(&extent.grown(tolerance_m), &mut |c, d| {
                spans.extend(span(from, direction, length_m, c, d, tolerance_m));
                true
            });
            spans.sort_by(|p, q| p.0.total_cmp(&q.0).then(p.1.total_cmp(&q.1)));
            for (start, end) in spans {
                runs.add(at_m + start, at_m + end);
            }
        }
        at_m += length_m;
    }
    runs.finish(at_m)
}

/// The part of an edge, as distances from its start, that the edge `cd` runs along.
fn span(
    from: Coord,
    direction: Coord,
    length_m: f64,
    c: Coord,
    d: Coord,
    tolerance_m: f64,
) -> Option<(f64, f64)> {
    let other = d - c;
    let other_m = other.x.hypot(other.y);
    if !(other_m > 0.0 && length_m > 0.0) {
        return None;
    }
    let sine = (direction.x * other.y - direction.y * other.x).abs() / other_m;
    let explained = (2.0 * tolerance_m / length_m.min(other_m)).min(WIDEST_SINE);
    if sine > ALONG_SINE.max(explained) {
        return None;
    }
    let place = |p: Coord| {
        let away = p - from;
        (away.x * direction.x + away.y * direction.y, away.y * direction.x - away.x * direction.y)
    };
    let (mut start, mut end) = (place(c), place(d));
    if start.0 > end.0 {
        std::mem::swap(&mut start, &mut end);
    }
    let slope = (end.1 - start.1) / (end.0 - start.0);
    let (mut low, mut high) = (start.0.max(0.0), end.0.min(length_m));
    // Where the other edge is within the tolerance on either side.
    if slope.abs() > 0.0 {
        let at = |offset: f64| start.0 + (offset - start.1) / slope;
        let (one, two) = (at(-tolerance_m), at(tolerance_m));
        low = low.max(one.min(two));
        high = high.min(one.max(two));
    } else if start.1.abs() > tolerance_m {
        return None;
    }
    (high > low).then_some((low, high))
}

/// Spans along a border, joined into runs when the gap between them is short: there the other border turns a corner
/// of its own within the tolerance.
struct Runs {
    bridge_m: f64,
    total_m: f64,
    /// The first run closed, which may go on from the last one where the ring closes.
    first: Option<(f64, f64)>,
    run: Option<(f64, f64)>,
}

impl Runs {
    fn add(&mut self, start: f64, end: f64) {
        match &mut self.run {
            Some(run) if start <= run.1 + self.bridge_m => run.1 = run.1.max(end),
            _ => {
                self.close();
                self.run = Some((start, end));
            }
        }
    }

    fn close(&mut self) {
        if let Some((start, end)) = self.run.take() {
            if self.first.is_none() && start <= self.bridge_m {
                self.first = Some((start, end));
            } else {
                self.count(end - start);
            }
        }
    }

    fn count(&mut self, length_m: f64) {
        if length_m >= self.bridge_m {
            self.total_m += length_m;
        }
    }

    fn finish(mut self, around_m: f64) -> f64 {
        let last = self.run;
        match (self.first, last) {
            (Some((_, first_end)), Some((start, end))) if end + self.bridge_m >= around_m => {
                self.count(first_end + around_m - start);
            }
            (first, last) => {
                for (start, end) in first.into_iter().chain(last) {
                    self.count(end - start);
                }
            }
        }
        self.total_m
    }
}

/// What of one area faces another across a gap.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Facing {
    /// Length in metres of the facing border.
    pub length_m: f64,
    /// Middles of the perpendiculars, in the order of the border: the caller checks what lies there.
    pub between: Vec<Coord>,
}

/// The border of area `a` that faces area `b`: each edge is divided into equal pieces of at most 1 m, and a piece counts
/// when the perpendicular from its middle, outwards, enters `b` within `max_gap_m` without meeting `a` before.
///
/// What touches (less than 1 cm apart) or overlaps does not face: see [`shared_border_m`]. Not symmetric: a long border
/// seen from a short one is short. Empty when one of them is not areal.
#[must_use]
pub fn facing_across_m(a: &Geometry, b: &Geometry, max_gap_m: f64) -> Facing {
    let mut facing = Facing::default();
    let near = max_gap_m > 0.0 && areal_extent(a).grown(max_gap_m).touches(&areal_extent(b));
    if !near {
        return facing;
    }
    let mine = tree_of([a]);
    let theirs = {
        let chains: Vec<Vec<Coord>> = directed_edges(b).iter().map(|(p, q)| vec![*p, *q]).collect();
        EdgeTree::build(chains.iter().map(Vec::as_slice))
    };
    let window = areal_extent(b).grown(max_gap_m);
    for (from, to) in directed_edges(a) {
        if !Extent::of_segment(from, to).touches(&window) {
            continue;
        }
        let along = to - from;
        let length_m = along.x.hypot(along.y);
        let outwards = Coord { x: along.y / length_m, y: -along.x / length_m };
        let count = pieces(length_m, FACING_STEP_M);
        for k in 0..count {
            let start = from + along * ((f64::from(k) + 0.5) / f64::from(count));
            let ray = Ray { start, outwards, reach_m: max_gap_m };
            let Some((gap_m, enters)) = ray.first_edge(&theirs, 0.0) else {
                continue;
            };
            let own = ray.first_edge(&mine, 1e-6);
            if enters && gap_m >= TOUCHING_M && own.is_none_or(|(own_m, _)| own_m > gap_m) {
                facing.length_m += length_m / f64::from(count);
                facing.between.push(start + outwards * (gap_m / 2.0));
            }
        }
    }
    facing
}

/// A perpendicular of a border.
struct Ray {
    start: Coord,
    outwards: Coord,
    reach_m: f64,
}

impl Ray {
    /// Distance to the first edge met more than `after_m` away, and whether the ray enters through it an area that lies
    /// on the edge's left.
    fn first_edge(&self, edges: &EdgeTree, after_m: f64) -> Option<(f64, bool)> {
        let end = self.start + self.outwards * self.reach_m;
        let mut first: Option<(f64, bool)> = None;
        edges.visit_edges(&Extent::of_segment(self.start, end), &mut |c, d| {
            let (along, away) = (d - c, c - self.start);
            let cross = self.outwards.x * along.y - self.outwards.y * along.x;
            if cross != 0.0 {
                let distance_m = (away.x * along.y - away.y * along.x) / cross;
                let share = (away.x * self.outwards.y - away.y * self.outwards.x) / cross;
                let met = (0.0..=1.0).contains(&share)
                    && distance_m >= after_m
                    && distance_m <= self.reach_m;
                if met && first.is_none_or(|(nearest_m, _)| distance_m < nearest_m) {
                    // Entering: the edge crosses the ray from left to right, its left being ahead.
                    first = Some((distance_m, cross < 0.0));
                }
            }
            true
        });
        first
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use geo::Polygon;

    fn area(corners: &[(f64, f64)]) -> Geometry {
        let ring = corners.iter().map(|(x, y)| (563_211.37 + x, 6_301_877.91 + y)).collect();
        Geometry::Polygon(Polygon::new(ring, vec![]))
    }

    fn block(x: f64, y: f64, w: f64, h: f64) -> Geometry {
        area(&[(x, y), (x + w, y), (x + w, y + h), (x, y + h)])
    }

    fn shared(a: &Geometry, b: &Geometry, tolerance_m: f64) -> f64 {
        let there = shared_border_m(a, b, tolerance_m);
        assert_eq!(there, shared_border_m(b, a, tolerance_m), "symmetric");
        there
    }

    fn close(a: f64, b: f64, tolerance: f64) {
        assert!((a - b).abs() <= tolerance, "{a} is not {b}");
    }

    #[test]
    fn a_side_is_shared_whatever_the_other_sides_do() {
        let long = block(0., 0., 100., 20.);
        close(shared(&long, &block(30., 20., 25., 40.), 0.2), 25.0, 0.01);
        // 8 cm apart, 8 cm over.
        close(shared(&long, &block(30., 20.08, 25., 40.), 0.2), 25.0, 0.01);
        close(shared(&long, &block(30., 19.92, 25., 40.), 0.2), 25.0, 0.01);
        assert_eq!(shared(&long, &block(30., 20.3, 25., 40.), 0.2), 0.0);
        assert_eq!(shared(&long, &block(300., 20., 25., 40.), 0.2), 0.0);
        // Round the corner of an L: two sides.
        let l = area(&[(0., 0.), (50., 0.), (50., 10.), (10., 10.), (10., 50.), (0., 50.)]);
        close(shared(&l, &block(10., 10., 40., 40.), 0.2), 80.0, 0.01);
    }

    #[test]
    fn a_corner_is_no_border() {
        let one = block(0., 0., 10., 10.);
        assert_eq!(shared(&one, &block(10., 10., 10., 10.), 0.2), 0.0);
        assert_eq!(shared(&one, &block(10.1, 10.1, 10., 10.), 0.2), 0.0);
        let leaning = area(&[(10., 10.), (18., 13.), (12., 20.)]);
        assert_eq!(shared(&one, &leaning, 0.2), 0.0);
        let tip = area(&[(10., 5.), (20., 0.), (20., 10.)]);
        assert_eq!(shared(&one, &tip, 0.2), 0.0);
    }

    #[test]
    fn a_border_digitised_twice_is_shared_all_along() {
        // Vertices each 5 m on one side, each 7 m on the other, off by up to 0.2 m.
        let jitter = |k: f64, phase: f64| 0.1 * (k * 2.399 + phase).sin();
        let mut lower: Vec<(f64, f64)> = vec![(105.0, -30.0), (0.0, -30.0)];
        lower.reverse();
        lower.extend((0..=21).rev().map(|k| {
            let x = f64::from(k) * 5.0;
            (x, jitter(f64::from(k), 0.3))
        }));
        let mut upper: Vec<(f64, f64)> =
            (0..=15).map(|k| (f64::from(k) * 7.0, jitter(f64::from(k), 1.9))).collect();
        upper.extend([(105.0, 30.0), (0.0, 30.0)]);
        close(shared(&area(&lower), &area(&upper), 0.25), 105.0, 1.05);
    }

    #[test]
    fn a_border_that_goes_round_the_start_of_the_ring_is_one() {
        let inner = area(&[(20., 10.), (20., 20.), (10., 20.), (10., 10.)]);
        let around = Geometry::Polygon(Polygon::new(
            area_ring(&[(0., 0.), (30., 0.), (30., 30.), (0., 30.)]),
            vec![area_ring(&[(10., 10.), (10., 20.), (20., 20.), (20., 10.)])],
        ));
        close(shared(&inner, &around, 0.1), 40.0, 0.01);
    }

    fn area_ring(corners: &[(f64, f64)]) -> geo::LineString {
        match area(corners) {
            Geometry::Polygon(polygon) => polygon.exterior().clone(),
            _ => unreachable!("areas are polygons"),
        }
    }

    #[test]
    fn a_street_is_faced_across() {
        let here = block(0., 0., 50., 20.);
        let facing = facing_across_m(&here, &block(10., 28., 30., 20.), 15.0);
        close(facing.length_m, 30.0, 1.0);
        assert_eq!(facing.between.len(), 30);
        assert!(facing.between.iter().all(|c| (c.y - 6_301_877.91 - 24.0).abs() < 1e-6));
        assert_eq!(facing_across_m(&here, &block(10., 36., 30., 20.), 15.0), Facing::default());
        // Contact is no gap, and neither is what is seen through the area itself.
        assert_eq!(facing_across_m(&here, &block(10., 20., 30., 20.), 15.0), Facing::default());
        let u = area(&[
            (0., 0.),
            (30., 0.),
            (30., 20.),
            (25., 20.),
            (25., 5.),
            (5., 5.),
            (5., 20.),
            (0., 20.),
        ]);
        close(facing_across_m(&u, &block(32., 0., 9., 20.), 40.0).length_m, 20.0, 0.5);
    }
}
