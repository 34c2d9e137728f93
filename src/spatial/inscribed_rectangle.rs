//! The largest rectangle that fits inside an area, at any angle: how big a building could stand there.
//!
//! For each of some twenty angles (each 5° and along the longest edges), the area is turned and laid on a grid; the
//! largest rectangle of free cells is a seed; the largest seeds then grow against the real edges (`rectangle_search`). The
//! best two are refined in angle as well, and the best of all is measured against the area before it is given.

use geo::Coord;
use geo::Geometry;
use geo::LineString;
use geo::MultiPolygon;
use geo::Polygon;

use crate::spatial::border::directed_edges;
use crate::spatial::inscribed_circle::Circle;
use crate::spatial::inscribed_circle::largest_circle;
use crate::spatial::overlay::PreparedArea;
use crate::spatial::overlay_area::areal_extent;
use crate::spatial::rectangle_grid::largest_free;
use crate::spatial::rectangle_search::Frame;
use crate::spatial::rectangle_search::Span;

/// A rectangle at any angle.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct InscribedRectangle {
    /// Corners, counter-clockwise; the first side is the longer.
    pub corners: [Coord; 4],
    /// Longer side, in metres.
    pub length_m: f64,
    /// Shorter side, in metres.
    pub width_m: f64,
    /// Area, in square metres.
    pub area_m2: f64,
    /// Direction of the longer side, in degrees counter-clockwise from the east, from 0 to 180 (excluded).
    pub angle_deg: f64,
}

/// Longest edges whose angles are tried.
const LONGEST_EDGES: usize = 6;
/// Angles whose seeds, the largest, are grown; and of those, angles kept for the last refinement.
const GROWN: usize = 8;
const KEPT: usize = 2;
/// Turns and halvings of the turn in the last search.
const MOST_TURNS: usize = 40;
/// Share of its own area by which a rectangle may leave the area: rounding.
const OUTSIDE_SHARE: f64 = 1e-6;

/// The largest rectangle inside `area`, over all its parts, outside its holes. `None` when there is no surface, or none
/// thicker than rounding.
///
/// A search, not a proof: within 2 % of the optimum on shapes whose optimum is known. The rectangle is inside: less than
/// a millionth of it lies outside. `area` must be valid. Deterministic.
#[must_use]
pub fn largest_rectangle(area: &MultiPolygon) -> Option<InscribedRectangle> {
    let geometry = Geometry::MultiPolygon(area.clone());
    let extent = areal_extent(&geometry);
    let size_m = extent.width().max(extent.height());
    if !(size_m > 0.0 && size_m.is_finite()) {
        return None;
    }
    let circle = largest_circle(area, 0.01_f64.max(1e-3 * size_m))?;
    let edges: Vec<(Coord, Coord)> = directed_edges(&geometry)
        .into_iter()
        .map(|(from, to)| (from - circle.centre, to - circle.centre))
        .collect();
    let mut seeds: Vec<(f64, f64, Span)> = angles(&edges)
        .into_iter()
        .map(|angle| {
            let seed = seed(&Frame::turned(&edges, angle), &circle);
            (seed.area(), angle, seed)
        })
        .collect();
    largest_first(&mut seeds);
    seeds.truncate(GROWN);
    let mut found: Vec<(f64, f64, Span)> = seeds
        .into_iter()
        .filter_map(|(_, angle, seed)| {
            let span = Frame::turned(&edges, angle).grown(seed, Frame::QUICK)?;
            Some((span.area(), angle, span))
        })
        .collect();
    largest_first(&mut found);
    found.truncate(KEPT);
    let mut best: Option<(f64, f64, Span)> = None;
    for (_, angle, span) in found {
        let (angle, span) = refined(&edges, angle, span);
        if best.is_none_or(|(largest, _, _)| span.area() > largest) {
            best = Some((span.area(), angle, span));
        }
    }
    let (_, angle, span) = best?;
    inside(&PreparedArea::new(&geometry), circle.centre, angle, span)
}

/// Angles to try, in radians from 0 to a quarter turn: each 5°, and those of the longest edges.
fn angles(edges: &[(Coord, Coord)]) -> Vec<f64> {
    let mut angles: Vec<f64> = (0..18).map(|k| f64::from(k) * 5_f64.to_radians()).collect();
    let mut longest: Vec<(f64, f64)> = edges
        .iter()
        .map(|(from, to)| {
            let along = *to - *from;
            let angle = along.y.atan2(along.x).rem_euclid(std::f64::consts::FRAC_PI_2);
            (along.x.hypot(along.y), angle)
        })
        .collect();
    longest.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.total_cmp(&b.1)));
    let mut kept: Vec<f64> = Vec::new();
    for (_, angle) in longest {
        if kept.iter().all(|other| (other - angle).abs() > 1e-3) {
            kept.push(angle);
        }
        if kept.len() == LONGEST_EDGES {
            break;
        }
    }
    angles.extend(kept);
    angles
}

/// The largest first; of equals, the smallest angle.
fn largest_first(found: &mut [(f64, f64, Span)]) {
    found.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.total_cmp(&b.1)));
}

/// Where to start from: the largest rectangle of free cells, or the square in the largest circle.
fn seed(frame: &Frame, circle: &Circle) -> Span {
    // A little less than half the diagonal of the square, so that it is inside.
    let half_m = 0.7 * circle.radius_m;
    let square = Span { x0: -half_m, x1: half_m, y0: -half_m, y1: half_m };
    largest_free(frame).filter(|free| free.area() > square.area()).unwrap_or(square)
}

/// The rectangle grown with finer steps, and turned by less and less where that makes it larger.
fn refined(edges: &[(Coord, Coord)], angle: f64, span: Span) -> (f64, Span) {
    let mut angle = angle;
    let mut span = Frame::turned(edges, angle).grown(span, Frame::FINE).unwrap_or(span);
    let mut step = 2.5_f64.to_radians();
    // Halvings and turns together: a round area would let the rectangle turn for ever, gaining next to nothing.
    for _ in 0..MOST_TURNS {
        if step <= 0.05_f64.to_radians() {
            break;
        }
        let turned = [angle - step, angle + step].into_iter().filter_map(|other| {
            let frame = Frame::turned(edges, other);
            // What fits at one angle, made a little smaller, fits at the next.
            let seed = span.turned_by(other - angle);
            frame.grown(seed, Frame::QUICK).map(|grown| (other, grown))
        });
        let better = turned
            .filter(|(_, grown)| grown.area() > span.area() * (1.0 + 1e-6))
            .max_by(|a, b| a.1.area().total_cmp(&b.1.area()));
        match better {
            Some((other, grown)) => (angle, span) = (other, grown),
            None => step /= 2.0,
        }
    }
    let span = Frame::turned(edges, angle).grown(span, Frame::FINE).unwrap_or(span);
    (angle, span)
}

/// The rectangle in the system of the area, made smaller until it is inside.
fn inside(
    area: &PreparedArea,
    centre: Coord,
    angle: f64,
    mut span: Span,
) -> Option<InscribedRectangle> {
    let (sine, cosine) = angle.sin_cos();
    let back = |x: f64, y: f64| Coord {
        x: centre.x + x * cosine - y * sine,
        y: centre.y + x * sine + y * cosine,
    };
    let mut less = 1e-9;
    while less < 0.5 {
        let mut corners = [
            back(span.x0, span.y0),
            back(span.x1, span.y0),
            back(span.x1, span.y1),
            back(span.x0, span.y1),
        ];
        let ring = LineString(corners.to_vec());
        let rectangle = Geometry::Polygon(Polygon::new(ring, Vec::new()));
        let outside_m2 = span.area() - area.intersection_area(&rectangle);
        if span.area() > 0.0 && outside_m2 < OUTSIDE_SHARE * span.area() {
            let (mut length_m, mut width_m) = (span.x1 - span.x0, span.y1 - span.y0);
            let mut angle_deg = angle.to_degrees();
            if width_m > length_m {
                corners.rotate_left(1);
                std::mem::swap(&mut length_m, &mut width_m);
                angle_deg += 90.0;
            }
            return Some(InscribedRectangle {
                corners,
                length_m,
                width_m,
                area_m2: length_m * width_m,
                angle_deg: angle_deg.rem_euclid(180.0),
            });
        }
        span = span.smaller(less);
        less *= 4.0;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use geo::MapCoords;
    use geo::wkt;

    const X: f64 = 563_211.37;
    const Y: f64 = 6_301_877.91;

    /// Turned by some degrees and moved to real coordinates; the share of the known optimum that is found.
    fn share(area: &MultiPolygon, degrees: f64, optimum_m2: f64) -> f64 {
        let (sine, cosine) = degrees.to_radians().sin_cos();
        let there = area.map_coords(|c| Coord {
            x: X + c.x * cosine - c.y * sine,
            y: Y + c.x * sine + c.y * cosine,
        });
        let found = largest_rectangle(&there).expect("surface");
        assert!(found.length_m >= found.width_m && (0.0..180.0).contains(&found.angle_deg));
        let side = found.corners[1] - found.corners[0];
        assert!((side.x.hypot(side.y) - found.length_m).abs() < 1e-6);
        let ring = LineString(found.corners.to_vec());
        let rectangle = Geometry::Polygon(Polygon::new(ring, vec![]));
        let inside =
            crate::spatial::overlay::intersection_area(&rectangle, &Geometry::MultiPolygon(there));
        assert!(found.area_m2 - inside < 1e-6 * found.area_m2, "outside");
        found.area_m2 / optimum_m2
    }

    fn assert_close(area: &MultiPolygon, optimum_m2: f64, least: f64) {
        for degrees in [0.0, 7.3, 22.5, 31.8, 45.0, 61.1, 88.0, 133.7] {
            let share = share(area, degrees, optimum_m2);
            assert!(share > least && share < 1.0 + 1e-6, "{share} at {degrees}°");
        }
    }

    #[test]
    fn a_rectangle_is_its_own_largest() {
        assert_close(
            &wkt!(MULTIPOLYGON(((0. 0., 90. 0., 90. 35., 0. 35., 0. 0.)))),
            3_150.0,
            0.995,
        );
        assert_close(
            &wkt!(MULTIPOLYGON(((0. 0., 400. 0., 400. 3., 0. 3., 0. 0.)))),
            1_200.0,
            0.995,
        );
    }

    #[test]
    fn l_and_u_give_their_largest_arm() {
        assert_close(
            &wkt!(MULTIPOLYGON(((0. 0., 60. 0., 60. 20., 25. 20., 25. 50., 0. 50., 0. 0.)))),
            1_250.0,
            0.98,
        );
        assert_close(
            &wkt!(MULTIPOLYGON(((0. 0., 60. 0., 60. 50., 40. 50., 40. 12., 15. 12., 15. 50., 0. 50., 0. 0.)))),
            1_000.0,
            0.98,
        );
    }

    #[test]
    fn a_disc_gives_a_square_and_a_triangle_half_of_it() {
        let disc: LineString = (0..64)
            .map(|k| f64::from(k) / 64.0 * std::f64::consts::TAU)
            .map(|angle| (50.0 * angle.cos(), 50.0 * angle.sin()))
            .collect();
        assert_close(&MultiPolygon(vec![Polygon::new(disc, vec![])]), 5_000.0, 0.98);
        assert_close(&wkt!(MULTIPOLYGON(((0. 0., 80. 0., 30. 60., 0. 0.)))), 1_200.0, 0.98);
    }

    #[test]
    fn holes_and_other_parts_are_respected() {
        // 100 x 60 with a pond: the best is the whole height on its left, 45 x 60.
        assert_close(
            &wkt!(MULTIPOLYGON(((0. 0., 100. 0., 100. 60., 0. 60., 0. 0.), (45. 10., 45. 35., 70. 35., 70. 10., 45. 10.)))),
            2_700.0,
            0.98,
        );
        assert_close(
            &wkt!(MULTIPOLYGON(((0. 0., 10. 0., 10. 10., 0. 10., 0. 0.)), ((20. 0., 50. 0., 50. 30., 20. 30., 20. 0.)))),
            900.0,
            0.98,
        );
        assert_eq!(largest_rectangle(&MultiPolygon(vec![])), None);
    }
}
