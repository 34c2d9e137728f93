//! What lies within a margin of a geometry.
//!
//! The outline is the sum of one rectangle per edge, one sector per corner that points outwards, and the geometry
//! itself: all turn counter-clockwise, so whatever their overlaps, what the sum goes round at least once is the buffer,
//! narrow holes included. `geo`'s own buffer subtracts at inner corners, and cannot be measured before it is built.

use geo::Coord;
use geo::Geometry;
use geo::LineString;
use geo::MultiPolygon;
use geo::Polygon;

use crate::spatial::edge_tree::collect_chains;
use crate::spatial::fill::filled;
use crate::spatial::fill::local_origin;
use crate::spatial::fill::turned_rings;
use crate::spatial::fill::wound_area;
use crate::spatial::overlay::OverlayError;
use crate::spatial::overlay_pieces::polygons_of;
use crate::spatial::segment::Extent;
use crate::spatial::segment::turn;

/// Segments of a quarter of a circle, as `quadsegs = 8` of GEOS.
const QUARTER_SEGMENTS: f64 = 8.0;

/// The points within `margin_m` metres of a point, a line or an area, and the area itself: valid, ready to export.
///
/// Corners are round, drawn by chords of a 32nd of a turn whose ends are on the circle, so the outline is inside the
/// true one by at most 0.5 % of the margin, 1.1 % at a corner of less than 17°; a whole disc lacks 0.64 % of its area.
/// A margin of 0 gives the area itself, and nothing for points and lines; so does one that is negative or no number.
/// The geometry must be valid.
///
/// # Errors
/// [`OverlayError::Refused`] when no Boolean operation gives the area that sums over the edges give.
pub fn buffered(geometry: &Geometry, margin_m: f64) -> Result<MultiPolygon, OverlayError> {
    if !(margin_m > 0.0 && margin_m.is_finite()) {
        return Ok(MultiPolygon(polygons_of(geometry).to_vec()));
    }
    let (mut chains, mut points) = (Vec::new(), Vec::new());
    collect_chains(geometry, &mut chains, &mut points);
    let extent = Extent::of_coords(chains.iter().copied().flatten().chain(&points));
    let is_finite =
        [extent.min_x, extent.min_y, extent.max_x, extent.max_y].iter().all(|v| v.is_finite());
    if !is_finite {
        return Ok(MultiPolygon(Vec::new()));
    }
    let origin = local_origin(&extent);
    let mut outlines: Vec<Vec<Coord>> =
        points.iter().map(|point| disc(*point - origin, margin_m)).collect();
    let mut simple = outlines.len() == 1;
    add_outlines(geometry, origin, margin_m, &mut outlines, &mut simple);
    if simple && outlines.len() == 1 {
        let ring = outlines.remove(0).into_iter().map(|c| c + origin).collect();
        return Ok(MultiPolygon(vec![Polygon::new(LineString(ring), Vec::new())]));
    }
    filled(&outlines, origin, wound_area(&outlines), 0.0)
}

/// The outlines of the lines and areas of a geometry; `simple` when they do not cross themselves.
fn add_outlines(
    geometry: &Geometry,
    origin: Coord,
    margin_m: f64,
    outlines: &mut Vec<Vec<Coord>>,
    simple: &mut bool,
) {
    match geometry {
        Geometry::GeometryCollection(many) => {
            for part in &many.0 {
                add_outlines(part, origin, margin_m, outlines, simple);
            }
        }
        Geometry::LineString(line) => {
            outlines.extend(around_line(&line.0, origin, margin_m));
            *simple = line.0.len() == 2;
        }
        Geometry::MultiLineString(many) => {
            outlines.extend(many.0.iter().filter_map(|l| around_line(&l.0, origin, margin_m)));
        }
        _ => {
            for ring in turned_rings(geometry, origin) {
                *simple = is_convex(&ring);
                outlines.push(outline(&ring, margin_m));
            }
        }
    }
}

/// A line is a ring without surface that goes there and back.
fn around_line(line: &[Coord], origin: Coord, margin_m: f64) -> Option<Vec<Coord>> {
    let mut ring: Vec<Coord> = line.iter().map(|c| *c - origin).collect();
    ring.dedup();
    if let [lone] = ring.as_slice() {
        return Some(disc(*lone, margin_m));
    }
    let back: Vec<Coord> = ring.iter().rev().skip(1).copied().collect();
    ring.extend(back);
    (ring.len() >= 3).then(|| outline(&ring, margin_m))
}

/// True for a ring that never turns right; valid, it goes round once.
fn is_convex(ring: &[Coord]) -> bool {
    let corners = ring.len() - 1;
    (0..corners).all(|k| turn(ring[k], ring[k + 1], ring[(k + 1) % corners + 1]) >= 0)
}

/// The outline on the right of a closed ring, `margin_m` away: an arc where the ring turns left, and where it turns
/// right a way through the vertex, so that the edges' rectangles add up.
fn outline(ring: &[Coord], margin_m: f64) -> Vec<Coord> {
    let corners = ring.len() - 1;
    let mut out: Vec<Coord> = Vec::with_capacity(corners * 6 + 1);
    let right = |k: usize| {
        let along = ring[k + 1] - ring[k];
        let length_m = along.x.hypot(along.y);
        Coord { x: along.y / length_m, y: -along.x / length_m }
    };
    let mut normal = right(corners - 1);
    for (k, at) in ring[..corners].iter().enumerate() {
        let next = right(k);
        let sine = normal.x * next.y - normal.y * next.x;
        let cosine = normal.x * next.x + normal.y * next.y;
        out.push(*at + normal * margin_m);
        // Straight back is the end of a line: half a turn to the left.
        let angle = sine.atan2(cosine);
        if sine > 0.0 || cosine < -1.0 + 1e-12 {
            arc(*at, normal, angle.abs(), margin_m, &mut out);
        } else if sine < 0.0 {
            out.push(*at);
        }
        out.push(*at + next * margin_m);
        normal = next;
    }
    out.extend(out.first().copied());
    out.dedup();
    out
}

/// The points between the ends of an arc that starts at `normal` and turns left by `angle`.
fn arc(centre: Coord, normal: Coord, angle: f64, margin_m: f64, out: &mut Vec<Coord>) {
    let quantum = std::f64::consts::FRAC_PI_2 / QUARTER_SEGMENTS;
    let segments = (angle / quantum + 0.5).floor();
    let mut k = 1.0;
    while k < segments {
        let (sine, cosine) = (angle * k / segments).sin_cos();
        let direction = Coord {
            x: normal.x * cosine - normal.y * sine,
            y: normal.x * sine + normal.y * cosine,
        };
        out.push(centre + direction * margin_m);
        k += 1.0;
    }
}

fn disc(centre: Coord, radius_m: f64) -> Vec<Coord> {
    let east = Coord { x: 1.0, y: 0.0 };
    let mut ring = vec![centre + east * radius_m];
    arc(centre, east, std::f64::consts::TAU, radius_m, &mut ring);
    ring.push(ring[0]);
    ring
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spatial::shape::area;
    use crate::spatial::validity::check;
    use geo::MapCoords;
    use geo::wkt;
    use std::f64::consts::PI;

    /// Area of a disc of 32 chords, of radius 1.
    const DISC: f64 = 16.0 * 0.195_090_322_016_128_27;

    fn buffered_area(geometry: impl Into<Geometry>, margin_m: f64) -> f64 {
        let far = geometry
            .into()
            .map_coords(|c: Coord| Coord { x: c.x + 563_211.37, y: c.y + 6_301_877.91 });
        let buffer = Geometry::MultiPolygon(buffered(&far, margin_m).expect("buffer"));
        assert_eq!(check(&buffer), [], "valid");
        area(&buffer)
    }

    fn close(a: f64, b: f64) {
        assert!((a - b).abs() < 1e-5, "{a} is not {b}");
    }

    #[test]
    fn points_lines_and_areas_have_the_area_that_geometry_says() {
        close(buffered_area(wkt!(POINT(1. 2.)), 3.0), 9.0 * DISC);
        assert!((DISC / PI - 0.993_6).abs() < 1e-4);
        close(buffered_area(wkt!(LINESTRING(0. 0., 30. 40.)), 3.0), 300.0 + 9.0 * DISC);
        let square = wkt!(POLYGON((0. 0., 10. 0., 10. 10., 0. 10., 0. 0.)));
        close(buffered_area(square.clone(), 3.0), 100.0 + 120.0 + 9.0 * DISC);
        close(buffered_area(square.clone(), 0.0), 100.0);
        close(buffered_area(square, f64::NAN), 100.0);
        assert_eq!(buffered(&wkt!(POINT(1. 2.)).into(), 0.0), Ok(MultiPolygon(vec![])));
    }

    #[test]
    fn inner_corners_are_sharp_and_outer_ones_round() {
        let l = wkt!(POLYGON((0. 0., 20. 0., 20. 10., 10. 10., 10. 20., 0. 20., 0. 0.)));
        // Five outer corners, one inner one where two rectangles overlap in a square.
        close(buffered_area(l, 3.0), 300.0 + 3.0 * 80.0 + 1.25 * 9.0 * DISC - 9.0);
        // A bend of a right angle: a quarter disc outside, a square counted once inside.
        close(
            buffered_area(wkt!(LINESTRING(0. 0., 20. 0., 20. 20.)), 2.0),
            160.0 + 1.25 * 4.0 * DISC - 4.0,
        );
    }

    #[test]
    fn holes_shrink_and_close() {
        let with_hole = |s: f64| {
            let (low, high) = (50.0 - s, 50.0 + s);
            Polygon::new(
                vec![(0., 0.), (100., 0.), (100., 100.), (0., 100.)].into(),
                vec![vec![(low, low), (low, high), (high, high), (high, low)].into()],
            )
        };
        let shell = 10_000.0 + 1_200.0 + 9.0 * DISC;
        close(buffered_area(with_hole(10.0), 3.0), shell - 14.0 * 14.0);
        // Narrower than twice the margin, by far and by little: nothing is left of it.
        close(buffered_area(with_hole(0.5), 3.0), shell);
        close(buffered_area(with_hole(2.9), 3.0), shell);
    }

    #[test]
    fn parts_that_meet_become_one() {
        let two = wkt!(MULTIPOLYGON(((0. 0., 4. 0., 4. 4., 0. 4., 0. 0.)), ((6. 0., 9. 0., 9. 4., 6. 4., 6. 0.))));
        let near = buffered(&two.clone().into(), 2.0).expect("buffer");
        assert_eq!(near.0.len(), 1);
        assert_eq!(buffered(&two.into(), 0.5).expect("buffer").0.len(), 2);
        let dots = wkt!(MULTIPOINT(0. 0., 3. 0., 40. 0.));
        assert_eq!(buffered(&dots.into(), 2.0).expect("buffer").0.len(), 2);
    }
}
