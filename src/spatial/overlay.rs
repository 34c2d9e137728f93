//! What covers what, and by how much.
//!
//! Areas are in square metres and lengths in metres when coordinates are in metres. Operands must
//! be valid (see [`crate::spatial::repair`]); a geometry that is not areal has no area and covers
//! nothing. Measured against GEOS in `tests/overlay_against_geos.rs`: 1e-6 relative or 0.01 m².

use geo::Geometry;
use geo::MultiPolygon;
use geo::algorithm::bool_ops::OpType;
use thiserror::Error;

use crate::spatial::overlay_area::areal_extent;
use crate::spatial::overlay_area::intersection_area_direct;
use crate::spatial::overlay_cover::covered_by;
use crate::spatial::overlay_cover::length_inside;
use crate::spatial::overlay_pieces::clip_to_box;
use crate::spatial::overlay_pieces::cut_by;
use crate::spatial::overlay_place::thickest_common_place;
use crate::spatial::segment::Extent;
use crate::spatial::shape::area;

pub use crate::spatial::overlay_area::Position;
pub use crate::spatial::overlay_area::PreparedArea;

/// Why an overlay has no result.
#[derive(Debug, Clone, PartialEq, Error)]
pub enum OverlayError {
    /// The Boolean operation failed, or gave a wrong area, whichever way the coordinates were laid
    /// down: as given, turned, or rounded to grids of 1 µm to 1 cm.
    #[error(
        "the geometry around x = {x_m:.0} m, y = {y_m:.0} m cannot be cut, even after rounding its coordinates to 1 cm; \
         repair this feature in its source layer"
    )]
    Refused {
        /// Abscissa of the middle of the subject, in metres.
        x_m: f64,
        /// Ordinate of the middle of the subject, in metres.
        y_m: f64,
    },
}

/// Area in square metres common to `a` and `b`.
///
/// For one area asked about many others, build a [`PreparedArea`] once: it visits only the edges
/// near each candidate.
#[must_use]
pub fn intersection_area(a: &Geometry, b: &Geometry) -> f64 {
    intersection_area_direct(a, b)
}

/// Area in square metres of the part of `subject` covered by the union of `covers`: what two of
/// them cover together counts once.
#[must_use]
pub fn covered_area(subject: &Geometry, covers: &[&Geometry]) -> f64 {
    let extent = areal_extent(subject);
    let near: Vec<&Geometry> =
        covers.iter().copied().filter(|cover| areal_extent(cover).overlaps(&extent)).collect();
    match near.as_slice() {
        [] => 0.0,
        [only] => intersection_area(subject, only),
        several => {
            let prepared: Vec<PreparedArea> =
                several.iter().map(|cover| PreparedArea::new(cover)).collect();
            covered_area_prepared(subject, &prepared.iter().collect::<Vec<_>>())
        }
    }
}

/// As [`covered_area`], with covers prepared once for many subjects.
#[must_use]
pub fn covered_area_prepared(subject: &Geometry, covers: &[&PreparedArea]) -> f64 {
    match covers {
        [] => 0.0,
        [only] => only.intersection_area(subject),
        several => covered_by(&PreparedArea::new(subject), several),
    }
}

/// The part of `a` inside `b`, valid and ready to export; empty when they share no surface.
///
/// Vertices that the cut does not move stay within 1 µm of where they were; pieces under 1 cm² are
/// dropped.
///
/// # Errors
/// [`OverlayError::Refused`] when no Boolean operation is possible.
pub fn intersection_geometry(a: &Geometry, b: &Geometry) -> Result<MultiPolygon, OverlayError> {
    cut_by(a, &[b], OpType::Intersection, intersection_area(a, b))
}

/// The part of `subject` outside every one of `others`, valid and ready to export.
///
/// # Errors
/// [`OverlayError::Refused`] when no Boolean operation is possible.
pub fn difference_geometry(
    subject: &Geometry,
    others: &[&Geometry],
) -> Result<MultiPolygon, OverlayError> {
    let expected_m2 = (area(subject) - covered_area(subject, others)).max(0.0);
    cut_by(subject, others, OpType::Difference, expected_m2)
}

/// The part of an area that a box holds, for further overlays inside the box only: its rings may run along the box. Spares a
/// buffer or a cut the far parts of a long river.
#[must_use]
pub fn clipped_for_overlay(area: &Geometry, frame: &geo::Rect<f64>) -> MultiPolygon {
    clip_to_box(area, &Extent::of_rect(frame))
}

/// A point inside both areas, where their common part is thick: to show where they overlap. `None` when they share no
/// surface, or one thinner than rounding.
#[must_use]
pub fn common_place(a: &PreparedArea, b: &PreparedArea) -> Option<geo::Coord> {
    thickest_common_place(a, b)
}

/// Length in metres of the part of a line inside `area`; what runs along its boundary counts.
/// 0 for anything but lines.
#[must_use]
pub fn length_within(line: &Geometry, area: &Geometry) -> f64 {
    length_within_prepared(line, &PreparedArea::new(area))
}

/// As [`length_within`], with an area prepared once for many lines.
#[must_use]
pub fn length_within_prepared(line: &Geometry, area: &PreparedArea) -> f64 {
    length_inside(line, area)
}

#[cfg(test)]
mod tests {
    use super::*;
    use geo::Coord;
    use geo::LineString;
    use geo::MapCoords;
    use geo::Polygon;
    use geo::wkt;

    fn polygon(p: Polygon) -> Geometry {
        Geometry::Polygon(p)
    }

    fn square(x: f64, y: f64, side: f64) -> Geometry {
        polygon(geo::Rect::new(Coord { x, y }, Coord { x: x + side, y: y + side }).to_polygon())
    }

    fn close(a: f64, b: f64) {
        assert!((a - b).abs() < 1e-9 * b.abs().max(1.0), "{a} is not {b}");
    }

    #[test]
    fn two_triangles_share_what_geometry_says() {
        let a = polygon(wkt!(POLYGON((0. 0., 4. 0., 0. 4., 0. 0.))));
        let b = polygon(wkt!(POLYGON((0. 0., 4. 0., 4. 4., 0. 0.))));
        // Their common part is the triangle (0 0, 4 0, 2 2): 4 m².
        close(intersection_area(&a, &b), 4.0);
        close(PreparedArea::new(&a).intersection_area(&b), 4.0);
        close(PreparedArea::new(&b).intersection_area_prepared(&PreparedArea::new(&a)), 4.0);
    }

    #[test]
    fn orientation_does_not_matter_and_holes_are_deducted() {
        let ring = wkt!(POLYGON((0. 0., 0. 10., 10. 10., 10. 0., 0. 0.), (2. 2., 2. 4., 4. 4., 4. 2., 2. 2.)));
        let zone = polygon(ring);
        close(PreparedArea::new(&zone).area_m2(), 96.0);
        close(intersection_area(&zone, &square(1.0, 1.0, 4.0)), 12.0);
        close(intersection_area(&square(2.5, 2.5, 1.0), &zone), 0.0);
        close(intersection_area(&square(-5.0, -5.0, 50.0), &zone), 96.0);
    }

    #[test]
    fn a_shared_edge_or_corner_has_no_area() {
        close(intersection_area(&square(0., 0., 3.), &square(3., 0., 3.)), 0.0);
        close(intersection_area(&square(0., 0., 3.), &square(3., 3., 3.)), 0.0);
        close(intersection_area(&square(0., 0., 3.), &square(0., 0., 3.)), 9.0);
    }

    #[test]
    fn covers_that_overlap_count_once() {
        let parcel = square(0., 0., 10.);
        let (a, b, c) = (square(-5., -5., 10.), square(0., 0., 5.), square(3., 3., 4.));
        close(covered_area(&parcel, &[&a, &b]), 25.0);
        close(covered_area(&parcel, &[&a, &b, &c]), 25.0 + 16.0 - 4.0);
        close(covered_area(&parcel, &[&a, &b, &c, &square(-1., -1., 30.)]), 100.0);
        close(covered_area(&parcel, &[]), 0.0);
        close(covered_area(&parcel, &[&square(50., 50., 3.)]), 0.0);
    }

    #[test]
    fn far_from_the_origin_nothing_is_lost() {
        let far =
            |g: Geometry| g.map_coords(|c| Coord { x: c.x + 563_211.37, y: c.y + 6_301_877.91 });
        let a = far(polygon(wkt!(POLYGON((0. 0., 40. 3., 37. 31., 2. 29., 0. 0.)))));
        let cover: Vec<Geometry> =
            (0..7).map(|i| far(square(f64::from(i) * 6.0 - 2.0, 0.0, 7.0))).collect();
        let near_a = polygon(wkt!(POLYGON((0. 0., 40. 3., 37. 31., 2. 29., 0. 0.))));
        let near: Vec<Geometry> =
            (0..7).map(|i| square(f64::from(i) * 6.0 - 2.0, 0.0, 7.0)).collect();
        let (far_m2, near_m2) = (
            covered_area(&a, &cover.iter().collect::<Vec<_>>()),
            covered_area(&near_a, &near.iter().collect::<Vec<_>>()),
        );
        assert!((far_m2 - near_m2).abs() < 1e-6, "{far_m2} {near_m2}");
    }

    #[test]
    fn pieces_are_valid_and_sum_to_the_whole() {
        let parcel = polygon(
            wkt!(POLYGON((600000. 6300000., 600040. 6300003., 600037. 6300031., 600002. 6300029., 600000. 6300000.))),
        );
        let zone = polygon(
            wkt!(POLYGON((500000. 6200000., 600020. 6300010., 700000. 6400000., 500000. 6400000., 500000. 6200000.))),
        );
        let inside = intersection_geometry(&parcel, &zone).expect("cut");
        let outside = difference_geometry(&parcel, &[&zone]).expect("cut");
        let area =
            |m: &MultiPolygon| crate::spatial::shape::area(&Geometry::MultiPolygon(m.clone()));
        assert!((area(&inside) - intersection_area(&parcel, &zone)).abs() < 1e-3);
        assert!(
            (area(&inside) + area(&outside) - crate::spatial::shape::area(&parcel)).abs() < 1e-3
        );
        for piece in [inside, outside] {
            assert!(crate::spatial::validity::check(&Geometry::MultiPolygon(piece)).is_empty());
        }
    }

    #[test]
    fn a_line_is_measured_inside_and_along_the_edge() {
        let area = square(0., 0., 10.);
        let line = |coords: Vec<(f64, f64)>| Geometry::LineString(LineString::from(coords));
        close(length_within(&line(vec![(-5., 5.), (15., 5.)]), &area), 10.0);
        close(length_within(&line(vec![(0., -5.), (0., 15.)]), &area), 10.0);
        close(length_within(&line(vec![(2., 2.), (2., 5.), (20., 5.)]), &area), 11.0);
        close(length_within(&line(vec![(11., 11.), (12., 12.)]), &area), 0.0);
        close(length_within(&line(vec![(-5., 5.), (5., 15.)]), &area), 0.0);
        close(length_within(&area, &area), 0.0);
    }

    /// A cover whose edges leave the halves of the parcel's box through their tops: found by the
    /// property test on 2026-11-24, when an edge was not cut at the top of the window.
    #[test]
    fn the_same_cover_twice_covers_no_more() {
        let comb = |n: i32, dx: f64| {
            let mut coords: Vec<(f64, f64)> = Vec::new();
            for i in 0..n {
                let angle = f64::from(i) / f64::from(n) * std::f64::consts::TAU;
                let radius = if i % 2 == 0 { 20.0 } else { 5.0 };
                coords.push((dx + radius * angle.cos(), radius * angle.sin()));
            }
            polygon(Polygon::new(LineString::from(coords), vec![]))
        };
        let (a, b) = (comb(60, 0.0), comb(54, 7.3));
        let once = intersection_area(&a, &b);
        close(covered_area(&a, &[&b, &b]), once);
        close(covered_area(&a, &[&b, &b, &b]), once);
    }
}
