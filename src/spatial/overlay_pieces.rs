//! Intersections and differences as geometries: `geo`'s Boolean operations, clipped, centred, guarded.
//!
//! The integer grid of `i_overlay` is scaled to the joint extent of its operands: a parcel cut by a
//! region-wide zone would lose its millimetres. So the other operands are first clipped to a box
//! a little larger than the subject (their artificial edges stay outside it), and everything is
//! moved to a local origin.

use std::panic::AssertUnwindSafe;
use std::panic::catch_unwind;

use geo::BooleanOps;
use geo::Coord;
use geo::Geometry;
use geo::LineString;
use geo::MapCoords;
use geo::MultiPolygon;
use geo::Polygon;
use geo::algorithm::bool_ops::FillRule;
use geo::algorithm::bool_ops::OpType;

use crate::spatial::overlay::OverlayError;
use crate::spatial::overlay_area::areal_extent;
use crate::spatial::repair::repair;
use crate::spatial::segment::Extent;
use crate::spatial::segment::ring_area_twice;

/// Rings smaller than this are rounding, not land: 1 cm².
const SMALLEST_RING_M2: f64 = 1e-4;
/// Grid of the second attempt: 1 mm.
const RETRY_GRID_M: f64 = 1e-3;

/// The polygons of an areal geometry; empty for another geometry.
pub(crate) fn polygons_of(geometry: &Geometry) -> &[Polygon] {
    match geometry {
        Geometry::Polygon(one) => std::slice::from_ref(one),
        Geometry::MultiPolygon(many) => &many.0,
        _ => &[],
    }
}

/// Applies `operation` between `subject` and each of `others` in turn; the result is inside `subject`.
///
/// # Errors
/// [`OverlayError`] when the Boolean operation panics both as given and on a 1 mm grid.
pub(crate) fn cut_by(
    subject: &Geometry,
    others: &[&Geometry],
    operation: OpType,
) -> Result<MultiPolygon, OverlayError> {
    let extent = areal_extent(subject);
    if !(extent.width() > 0.0 && extent.height() > 0.0) {
        return Ok(MultiPolygon(Vec::new()));
    }
    // Whole metres, so that going and coming back loses nothing but the last bit.
    let origin = Coord {
        x: ((extent.min_x + extent.max_x) / 2.0).round(),
        y: ((extent.min_y + extent.max_y) / 2.0).round(),
    };
    let margin = 1.0 + 0.01 * extent.width().max(extent.height());
    let clip_box = extent.grown(margin);
    let local = |c: Coord| Coord { x: c.x - origin.x, y: c.y - origin.y };
    let mut result = MultiPolygon(polygons_of(subject).to_vec()).map_coords(local);
    for other in others {
        let clipped = clip_to_box(other, &clip_box).map_coords(local);
        if clipped.0.is_empty() {
            if operation == OpType::Intersection {
                return Ok(MultiPolygon(Vec::new()));
            }
            continue;
        }
        result = guarded(&result, &clipped, operation)
            .ok_or(OverlayError::Refused { x_m: origin.x, y_m: origin.y })?;
    }
    Ok(tidy(result).map_coords(|c| Coord { x: c.x + origin.x, y: c.y + origin.y }))
}

/// The Boolean operation, retried on a 1 mm grid if it panics.
pub(crate) fn guarded(
    a: &MultiPolygon,
    b: &MultiPolygon,
    operation: OpType,
) -> Option<MultiPolygon> {
    let attempt = |a: &MultiPolygon, b: &MultiPolygon| {
        catch_unwind(AssertUnwindSafe(|| {
            a.boolean_op_with_fill_rule(b, operation, FillRule::EvenOdd)
        }))
        .ok()
    };
    attempt(a, b).or_else(|| attempt(&snapped(a), &snapped(b)))
}

fn snapped(geometry: &MultiPolygon) -> MultiPolygon {
    geometry.map_coords(|c| Coord {
        x: (c.x / RETRY_GRID_M).round() * RETRY_GRID_M,
        y: (c.y / RETRY_GRID_M).round() * RETRY_GRID_M,
    })
}

/// Drops rings that are only rounding, and repairs what the coming back to floats has spoilt.
fn tidy(pieces: MultiPolygon) -> MultiPolygon {
    let kept: Vec<Polygon> = pieces
        .0
        .into_iter()
        .filter(|polygon| is_land(polygon.exterior()))
        .map(|polygon| {
            let (shell, mut holes) = polygon.into_inner();
            holes.retain(is_land);
            Polygon::new(shell, holes)
        })
        .collect();
    if kept.is_empty() {
        return MultiPolygon(kept);
    }
    match repair(Geometry::MultiPolygon(MultiPolygon(kept))).geometry {
        Some(Geometry::MultiPolygon(many)) => many,
        Some(Geometry::Polygon(one)) => MultiPolygon(vec![one]),
        _ => MultiPolygon(Vec::new()),
    }
}

fn is_land(ring: &LineString) -> bool {
    (ring_area_twice(&ring.0) / 2.0).abs() >= SMALLEST_RING_M2
}

/// Sutherland-Hodgman clip to a box. Right for areas and as an operand inside the box; its rings
/// may run along the box, so never export them.
pub(crate) fn clip_to_box(geometry: &Geometry, clip_box: &Extent) -> MultiPolygon {
    let mut kept = Vec::new();
    for polygon in polygons_of(geometry) {
        let shell = clip_ring(polygon.exterior(), clip_box);
        if shell.len() < 4 {
            continue;
        }
        let holes = polygon
            .interiors()
            .iter()
            .map(|hole| clip_ring(hole, clip_box))
            .filter(|hole| hole.len() >= 4)
            .map(LineString)
            .collect();
        kept.push(Polygon::new(LineString(shell), holes));
    }
    MultiPolygon(kept)
}

fn clip_ring(ring: &LineString, clip_box: &Extent) -> Vec<Coord> {
    let extent = Extent::of_coords(&ring.0);
    if !extent.overlaps(clip_box) {
        return Vec::new();
    }
    let mut coords = ring.0.clone();
    if extent.min_x < clip_box.min_x {
        coords = clip_side(&coords, |c| c.x - clip_box.min_x);
    }
    if extent.max_x > clip_box.max_x {
        coords = clip_side(&coords, |c| clip_box.max_x - c.x);
    }
    if extent.min_y < clip_box.min_y {
        coords = clip_side(&coords, |c| c.y - clip_box.min_y);
    }
    if extent.max_y > clip_box.max_y {
        coords = clip_side(&coords, |c| clip_box.max_y - c.y);
    }
    coords
}

/// Keeps the part of a closed ring where `inside` is not negative.
fn clip_side(ring: &[Coord], inside: impl Fn(Coord) -> f64) -> Vec<Coord> {
    let mut kept = Vec::with_capacity(ring.len() + 4);
    for pair in ring.windows(2) {
        let (from, to) = (inside(pair[0]), inside(pair[1]));
        if from >= 0.0 {
            kept.push(pair[0]);
        }
        if (from > 0.0 && to < 0.0) || (from < 0.0 && to > 0.0) {
            let share = from / (from - to);
            kept.push(Coord {
                x: pair[0].x + share * (pair[1].x - pair[0].x),
                y: pair[0].y + share * (pair[1].y - pair[0].y),
            });
        }
    }
    if let Some(first) = kept.first().copied() {
        kept.push(first);
    }
    kept
}
