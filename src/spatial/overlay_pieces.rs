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
use crate::spatial::ring_nesting::nested;
use crate::spatial::segment::Extent;
use crate::spatial::segment::ring_area_twice;
use crate::spatial::shape::area;
use crate::spatial::shape::perimeter;

/// Rings smaller than this are rounding, not land: 1 cm².
pub(crate) const SMALLEST_RING_M2: f64 = 1e-4;

/// A way of laying coordinates down for a Boolean operation.
///
/// `i_overlay` 4.5 sometimes panics on aligned edges (an assertion of its debug builds, maybe a
/// wrong result of its release builds), so every result is compared with an area computed by other
/// means, and tried again laid down otherwise.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Laying {
    /// As given, about a local origin.
    Straight,
    /// Turned by an angle that aligns nothing.
    Turned,
    /// Rounded to a grid of so many metres.
    Grid(f64),
}

/// Cosine and sine of the angle of [`Laying::Turned`], about 31.8 degrees.
const TURN: (f64, f64) = (0.849_892_692_987_763_1, 0.526_956_053_968_254_5);

impl Laying {
    pub(crate) const ATTEMPTS: [Self; 7] = [
        Self::Straight,
        Self::Turned,
        Self::Grid(1e-6),
        Self::Grid(1e-5),
        Self::Grid(1e-4),
        Self::Grid(1e-3),
        Self::Grid(1e-2),
    ];

    /// How far a vertex may move, in metres.
    pub(crate) fn shift_m(self) -> f64 {
        match self {
            Self::Straight | Self::Turned => 1e-6,
            Self::Grid(size_m) => size_m,
        }
    }

    pub(crate) fn there(self, c: Coord, origin: Coord) -> Coord {
        let (x, y) = (c.x - origin.x, c.y - origin.y);
        match self {
            Self::Straight => Coord { x, y },
            Self::Turned => Coord { x: TURN.0 * x - TURN.1 * y, y: TURN.1 * x + TURN.0 * y },
            Self::Grid(size_m) => {
                Coord { x: (x / size_m).round() * size_m, y: (y / size_m).round() * size_m }
            }
        }
    }

    pub(crate) fn back(self, c: Coord, origin: Coord) -> Coord {
        let (x, y) = match self {
            Self::Turned => (TURN.0 * c.x + TURN.1 * c.y, TURN.0 * c.y - TURN.1 * c.x),
            Self::Straight | Self::Grid(_) => (c.x, c.y),
        };
        Coord { x: x + origin.x, y: y + origin.y }
    }
}

/// The polygons of an areal geometry; empty for another geometry.
pub(crate) fn polygons_of(geometry: &Geometry) -> &[Polygon] {
    match geometry {
        Geometry::Polygon(one) => std::slice::from_ref(one),
        Geometry::MultiPolygon(many) => &many.0,
        _ => &[],
    }
}

/// Applies `operation` between `subject` and each of `others` in turn; the result is inside
/// `subject`, and its area is `expected_m2`, known by other means.
///
/// # Errors
/// [`OverlayError`] when no way of laying the coordinates down gives that area.
pub(crate) fn cut_by(
    subject: &Geometry,
    others: &[&Geometry],
    operation: OpType,
    expected_m2: f64,
) -> Result<MultiPolygon, OverlayError> {
    let extent = areal_extent(subject);
    let has_surface = extent.width() > 0.0 && extent.height() > 0.0;
    if !has_surface {
        return Ok(MultiPolygon(Vec::new()));
    }
    // Whole metres, so that going and coming back loses nothing but the last bit.
    let origin = Coord {
        x: ((extent.min_x + extent.max_x) / 2.0).round(),
        y: ((extent.min_y + extent.max_y) / 2.0).round(),
    };
    let clip_box = extent.grown(1.0 + 0.01 * extent.width().max(extent.height()));
    let clipped: Vec<MultiPolygon> =
        others.iter().map(|other| clip_to_box(other, &clip_box)).collect();
    let subject = MultiPolygon(polygons_of(subject).to_vec());
    for laying in Laying::ATTEMPTS {
        let there = |c: Coord| laying.there(c, origin);
        let attempt = catch_unwind(AssertUnwindSafe(|| {
            clipped.iter().fold(subject.map_coords(there), |rest, other| {
                rest.boolean_op_with_fill_rule(
                    &other.map_coords(there),
                    operation,
                    FillRule::EvenOdd,
                )
            })
        }));
        let Ok(pieces) = attempt else {
            continue;
        };
        let dropped_m2 = SMALLEST_RING_M2 * pieces.0.len() as f64;
        let pieces = tidy(pieces.map_coords(|c| laying.back(c, origin)));
        let found_m2 = area(&Geometry::MultiPolygon(pieces.clone()));
        let around_m = perimeter(&Geometry::MultiPolygon(subject.clone()));
        let tolerance_m2 = 0.01 + 1e-6 * expected_m2 + dropped_m2 + laying.shift_m() * around_m;
        if (found_m2 - expected_m2).abs() <= tolerance_m2 {
            return Ok(pieces);
        }
    }
    Err(OverlayError::Refused { x_m: origin.x, y_m: origin.y })
}

/// Drops rings that are only rounding, and repairs what the coming back to floats has spoilt.
pub(crate) fn tidy(pieces: MultiPolygon) -> MultiPolygon {
    let kept: Vec<Polygon> = nested(pieces)
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

pub(crate) fn clip_ring(ring: &LineString, clip_box: &Extent) -> Vec<Coord> {
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
