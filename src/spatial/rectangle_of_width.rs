//! The longest rectangle of a given width that fits inside an area, at any angle: whether the building that a company
//! plans could stand there.
//!
//! At one angle the answer is exact: the band of that width that holds the rectangle touches a corner of the area with its
//! upper or lower side, else it could be moved until it does. Each such band is cut by the edges that cross it. Angles are
//! tried each 10° and along the longest edges, and the best is refined.

use geo::Coord;
use geo::Geometry;
use geo::MultiPolygon;

use crate::spatial::border::directed_edges;

/// A rectangle at any angle.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RectangleOfWidth {
    /// Corners, counter-clockwise.
    pub corners: [Coord; 4],
    /// The side along which it is longest, m; may be less than its width.
    pub length_m: f64,
}

/// Longest edges whose angles are tried.
const LONGEST_EDGES: usize = 8;
/// Corners of an area from which bands are laid; of more, every n-th. An area of a thousand corners is a smooth one.
const MOST_CORNERS: usize = 150;
/// Angles between those tried, degrees, and the last step of the refinement.
const STEP_DEG: f64 = 10.0;
const FINEST_DEG: f64 = 0.02;
/// How much a band is narrowed on both sides, m: an edge that runs along its side does not cross it.
const SKIN_M: f64 = 1e-6;
/// What is shorter is a corner, m.
const SHORTEST_M: f64 = 0.01;

/// The longest rectangle of width `width_m` inside `area`, over all its parts, outside its holes. `None` when none fits.
///
/// A search over angles, not a proof. Deterministic.
#[must_use]
pub fn longest_of_width(area: &MultiPolygon, width_m: f64) -> Option<RectangleOfWidth> {
    let geometry = Geometry::MultiPolygon(area.clone());
    let edges = directed_edges(&geometry);
    let centre = edges.first()?.0;
    let edges: Vec<(Coord, Coord)> =
        edges.into_iter().map(|(from, to)| (from - centre, to - centre)).collect();
    let at =
        |angle: f64| longest_at(&edges, angle, width_m).map(|band| (band.length(), angle, band));
    let longer =
        |a: &(f64, f64, Band), b: &(f64, f64, Band)| a.0.total_cmp(&b.0).then(b.1.total_cmp(&a.1));
    let mut best = angles(&edges).into_iter().filter_map(at).max_by(longer)?;
    let mut step = STEP_DEG / 2.0;
    while step > FINEST_DEG {
        let turned = [best.1 - step.to_radians(), best.1 + step.to_radians()];
        match turned.into_iter().filter_map(at).max_by(longer).filter(|other| other.0 > best.0) {
            Some(better) => best = better,
            None => step /= 2.0,
        }
    }
    let (length_m, angle, band) = best;
    let (sine, cosine) = angle.sin_cos();
    let back = |x: f64, y: f64| Coord {
        x: centre.x + x * cosine - y * sine,
        y: centre.y + x * sine + y * cosine,
    };
    let corners = [
        back(band.x0, band.y0),
        back(band.x1, band.y0),
        back(band.x1, band.y1),
        back(band.x0, band.y1),
    ];
    Some(RectangleOfWidth { corners, length_m })
}

/// Angles to try, in radians from 0 to half a turn.
fn angles(edges: &[(Coord, Coord)]) -> Vec<f64> {
    let half_turn = std::f64::consts::PI;
    let mut angles: Vec<f64> = (0..18).map(|k| (f64::from(k) * STEP_DEG).to_radians()).collect();
    let mut longest: Vec<(f64, f64)> = edges
        .iter()
        .map(|(from, to)| {
            let along = *to - *from;
            (along.x.hypot(along.y), along.y.atan2(along.x).rem_euclid(half_turn))
        })
        .collect();
    longest.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.total_cmp(&b.1)));
    for (_, angle) in longest.into_iter().take(LONGEST_EDGES) {
        // A rectangle longer across an edge than along it lies at a right angle to it.
        angles.push(angle);
        angles.push((angle + half_turn / 2.0).rem_euclid(half_turn));
    }
    angles
}

/// A free stretch of a band, in the turned system.
#[derive(Debug, Clone, Copy)]
struct Band {
    x0: f64,
    x1: f64,
    y0: f64,
    y1: f64,
}

impl Band {
    fn length(&self) -> f64 {
        self.x1 - self.x0
    }
}

/// The longest free stretch of any band of this width, at one angle.
fn longest_at(edges: &[(Coord, Coord)], angle: f64, width_m: f64) -> Option<Band> {
    let (sine, cosine) = angle.sin_cos();
    let turn =
        |at: &Coord| Coord { x: at.x * cosine + at.y * sine, y: at.y * cosine - at.x * sine };
    let edges: Vec<(Coord, Coord)> = edges.iter().map(|(a, b)| (turn(a), turn(b))).collect();
    let every = edges.len().div_ceil(MOST_CORNERS).max(1);
    let starts = edges.iter().step_by(every).flat_map(|(from, _)| [from.y, from.y - width_m]);
    // A band that leaves the area on a side holds nothing.
    let heights = || edges.iter().map(|(from, _)| from.y);
    let lowest = heights().fold(f64::INFINITY, f64::min) - SKIN_M;
    let highest = heights().fold(f64::NEG_INFINITY, f64::max) + SKIN_M;
    let mut starts: Vec<f64> =
        starts.filter(|y0| *y0 >= lowest && y0 + width_m <= highest).collect();
    starts.sort_by(f64::total_cmp);
    starts.dedup_by(|a, b| (*a - *b).abs() < SKIN_M);
    let mut room = Vec::new();
    starts
        .into_iter()
        .filter_map(|y0| longest_in(&edges, y0, y0 + width_m, &mut room))
        .max_by(|a, b| a.length().total_cmp(&b.length()).then(b.y0.total_cmp(&a.y0)))
}

/// The longest stretch of the band from `y0` to `y1` that no edge crosses and that lies inside.
fn longest_in(
    edges: &[(Coord, Coord)],
    y0: f64,
    y1: f64,
    crossed: &mut Vec<(f64, f64)>,
) -> Option<Band> {
    let (low, high) = (y0 + SKIN_M, y1 - SKIN_M);
    let middle = f64::midpoint(y0, y1);
    crossed.clear();
    for (from, to) in edges {
        if from.y.max(to.y) <= low || from.y.min(to.y) >= high {
            continue;
        }
        let x_at = |y: f64| {
            let share = (y - from.y) / (to.y - from.y);
            from.x + share * (to.x - from.x)
        };
        let (a, b) = if (to.y - from.y).abs() < f64::EPSILON {
            (from.x, to.x)
        } else {
            (x_at(from.y.clamp(low, high)), x_at(to.y.clamp(low, high)))
        };
        crossed.push((a.min(b), a.max(b)));
    }
    crossed.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)));
    let mut end = crossed.first()?.1;
    let mut best: Option<Band> = None;
    for (from, to) in crossed.iter().copied() {
        if from - end > SHORTEST_M {
            let free = Band { x0: end, x1: from, y0, y1 };
            let is_longer = best.is_none_or(|best| free.length() > best.length());
            if is_longer && is_inside(edges, f64::midpoint(end, from), middle) {
                best = Some(free);
            }
        }
        end = end.max(to);
    }
    best
}

/// Whether a place lies inside, by the number of edges to its right.
fn is_inside(edges: &[(Coord, Coord)], x: f64, y: f64) -> bool {
    let mut inside = false;
    for (from, to) in edges {
        if (from.y > y) != (to.y > y)
            && from.x + (y - from.y) / (to.y - from.y) * (to.x - from.x) > x
        {
            inside = !inside;
        }
    }
    inside
}

#[cfg(test)]
mod tests {
    use geo::Area;
    use geo::BooleanOps;
    use geo::Polygon;
    use geo::Rotate;
    use geo::polygon;

    use super::*;

    fn length(area: &MultiPolygon, width_m: f64) -> f64 {
        let Some(found) = longest_of_width(area, width_m) else { return 0.0 };
        // It is inside, and has the width.
        let drawn = Polygon::new(found.corners.to_vec().into(), vec![]);
        assert!(
            (drawn.unsigned_area() - found.length_m * width_m).abs() < 1e-6 * drawn.unsigned_area()
        );
        let outside = drawn.difference(area).unsigned_area();
        assert!(outside < 1e-3, "{outside} m² outside");
        found.length_m
    }

    fn multi(polygon: Polygon) -> MultiPolygon {
        MultiPolygon(vec![polygon])
    }

    #[test]
    fn what_was_drawn_is_found_at_any_angle() {
        let rectangle =
            polygon![(x: 0.0, y: 0.0), (x: 120.0, y: 0.0), (x: 120.0, y: 80.0), (x: 0.0, y: 80.0)];
        for angle in [0.0, 12.3, 45.0, 77.7, 133.0] {
            let area = multi(rectangle.rotate_around_centroid(angle));
            assert!((length(&area, 80.0) - 120.0).abs() < 1e-3, "{angle}");
            assert!((length(&area, 120.0) - 80.0).abs() < 1e-3, "{angle}");
            // Wider than its diagonal, nothing fits.
            assert_eq!(longest_of_width(&area, 145.0), None, "{angle}");
            // A narrow one may lie along the diagonal, which is 144 m long.
            assert!(length(&area, 2.0) > 140.0 && length(&area, 2.0) < 144.3);
        }
    }

    #[test]
    fn the_largest_rectangle_is_not_always_the_one_that_is_asked_for() {
        // 300 × 40 along the road, 90 × 90 behind.
        let area = multi(polygon![
            (x: 0.0, y: 0.0), (x: 300.0, y: 0.0), (x: 300.0, y: 40.0),
            (x: 90.0, y: 40.0), (x: 90.0, y: 90.0), (x: 0.0, y: 90.0)
        ]);
        assert!((length(&area, 40.0) - 300.0).abs() < 1e-3);
        assert!((length(&area, 80.0) - 90.0).abs() < 2.0);
        assert!((length(&area, 90.0) - 90.0).abs() < 1e-3);
    }

    #[test]
    fn holes_and_gaps_are_not_built_on() {
        let with_hole = Polygon::new(
            vec![(0.0, 0.0), (100.0, 0.0), (100.0, 100.0), (0.0, 100.0), (0.0, 0.0)].into(),
            vec![vec![(40.0, 40.0), (60.0, 40.0), (60.0, 60.0), (40.0, 60.0), (40.0, 40.0)].into()],
        );
        let area = multi(with_hole);
        assert!((length(&area, 40.0) - 100.0).abs() < 1e-3);
        assert!(length(&area, 45.0) < 70.0);
        let two = MultiPolygon(vec![
            polygon![(x: 0.0, y: 0.0), (x: 50.0, y: 0.0), (x: 50.0, y: 50.0), (x: 0.0, y: 50.0)],
            polygon![(x: 60.0, y: 0.0), (x: 90.0, y: 0.0), (x: 90.0, y: 50.0), (x: 60.0, y: 50.0)],
        ]);
        assert!((length(&two, 50.0) - 50.0).abs() < 1e-3);
        assert_eq!(longest_of_width(&MultiPolygon(vec![]), 10.0), None);
    }
}
