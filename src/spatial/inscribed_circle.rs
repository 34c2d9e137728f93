//! The largest circle that fits inside an area: how thick it is, and where.
//!
//! Quad-tree search: squares over the area, the most promising first; a square whose centre is `d` from the border can
//! hold no centre further from it than `d` plus its half diagonal. The method is Mapbox's polylabel.

use std::cmp::Ordering;
use std::collections::BinaryHeap;

use geo::Coord;
use geo::Geometry;
use geo::MultiPolygon;

use crate::spatial::border::nearest_point;
use crate::spatial::overlay::Position;
use crate::spatial::overlay::PreparedArea;
use crate::spatial::overlay_area::areal_extent;

/// A circle.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Circle {
    /// Its centre, in the system of the area.
    pub centre: Coord,
    /// Its radius, in metres.
    pub radius_m: f64,
}

/// The largest circle inside `area`, over all its parts, outside its holes: its radius is within `precision_m` of the
/// largest possible, never above it. `None` when there is no surface.
///
/// A precision below a millionth of the extent (or that is no number) counts as that. Deterministic; of several circles
/// as large, any one.
#[must_use]
pub fn largest_circle(area: &MultiPolygon, precision_m: f64) -> Option<Circle> {
    let geometry = Geometry::MultiPolygon(area.clone());
    let extent = areal_extent(&geometry);
    let side_m = extent.width().max(extent.height());
    if !(side_m > 0.0 && side_m.is_finite()) {
        return None;
    }
    let precision_m = precision_m.max(1e-6 * side_m);
    let search = Search { area: PreparedArea::new(&geometry) };
    let mut waiting = BinaryHeap::new();
    let middle = |low: f64, high: f64| low + (high - low) / 2.0;
    let centre =
        Coord { x: middle(extent.min_x, extent.max_x), y: middle(extent.min_y, extent.max_y) };
    let mut order = 0;
    let mut best = search.square(centre, side_m / 2.0, &mut order);
    waiting.push(best);
    while let Some(square) = waiting.pop() {
        if square.most_m <= best.depth_m.max(0.0) + precision_m {
            break;
        }
        let half_m = square.half_m / 2.0;
        for (east, north) in [(-1.0, -1.0), (1.0, -1.0), (-1.0, 1.0), (1.0, 1.0)] {
            let centre =
                Coord { x: square.centre.x + east * half_m, y: square.centre.y + north * half_m };
            let quarter = search.square(centre, half_m, &mut order);
            if quarter.depth_m > best.depth_m {
                best = quarter;
            }
            if quarter.most_m > best.depth_m.max(0.0) + precision_m {
                waiting.push(quarter);
            }
        }
    }
    (best.depth_m > 0.0).then_some(Circle { centre: best.centre, radius_m: best.depth_m })
}

struct Search {
    area: PreparedArea,
}

impl Search {
    fn square(&self, centre: Coord, half_m: f64, order: &mut u32) -> Square {
        let away_m =
            nearest_point(&self.area.tree, centre, f64::MAX).map_or(0.0, |(_, away_m)| away_m);
        let inside = self.area.position(centre) == Position::Inside;
        let depth_m = if inside { away_m } else { -away_m };
        *order += 1;
        Square {
            centre,
            half_m,
            depth_m,
            most_m: depth_m + half_m * std::f64::consts::SQRT_2,
            order: *order,
        }
    }
}

/// A square that may hold a better centre; the one that may hold the best comes first, then the oldest.
#[derive(Debug, Clone, Copy)]
struct Square {
    centre: Coord,
    half_m: f64,
    /// Distance from the centre to the border, negative outside.
    depth_m: f64,
    most_m: f64,
    order: u32,
}

impl Ord for Square {
    fn cmp(&self, other: &Self) -> Ordering {
        self.most_m.total_cmp(&other.most_m).then(other.order.cmp(&self.order))
    }
}

impl PartialOrd for Square {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Square {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Square {}

#[cfg(test)]
mod tests {
    use super::*;
    use geo::wkt;

    fn radius(area: &MultiPolygon) -> f64 {
        largest_circle(area, 0.01).expect("surface").radius_m
    }

    fn within(radius_m: f64, truth_m: f64) {
        assert!(radius_m <= truth_m + 1e-9 && radius_m >= truth_m - 0.01, "{radius_m} {truth_m}");
    }

    #[test]
    fn known_shapes_have_known_circles() {
        within(radius(&wkt!(MULTIPOLYGON(((0. 0., 20. 0., 20. 8., 0. 8., 0. 0.))))), 4.0);
        // A right triangle 3-4-5 times ten: (30 + 40 - 50) / 2.
        within(radius(&wkt!(MULTIPOLYGON(((0. 0., 30. 0., 0. 40., 0. 0.))))), 10.0);
        // A square courtyard in the middle: the circle fits in a corner, between two walls and the courtyard's corner.
        let r = 10.0 * 2_f64.sqrt() / (1.0 + 2_f64.sqrt());
        within(
            radius(
                &wkt!(MULTIPOLYGON(((0. 0., 30. 0., 30. 30., 0. 30., 0. 0.), (10. 10., 10. 20., 20. 20., 20. 10., 10. 10.)))),
            ),
            r,
        );
        // The second part is the thicker.
        within(
            radius(
                &wkt!(MULTIPOLYGON(((0. 0., 90. 0., 90. 2., 0. 2., 0. 0.)), ((0. 5., 6. 5., 6. 11., 0. 11., 0. 5.)))),
            ),
            3.0,
        );
        assert_eq!(largest_circle(&MultiPolygon(vec![]), 0.01), None);
    }

    #[test]
    fn a_thread_has_its_half_width() {
        within(
            radius(&wkt!(MULTIPOLYGON(((0. 0., 3000. 3000., 2999.9 3000.1, -0.1 0.1, 0. 0.))))),
            0.070_711,
        );
    }
}
