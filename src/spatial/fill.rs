//! What rings go round counter-clockwise, once or more: its area by sums, its outline by `i_overlay`, the one checking
//! the other.

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

use crate::spatial::edge_tree::EdgeTree;
use crate::spatial::overlay::OverlayError;
use crate::spatial::overlay_area::for_each_ring;
use crate::spatial::overlay_area::steps_of_tree;
use crate::spatial::overlay_cover::MAX_CUTS;
use crate::spatial::overlay_cover::SWEPT_EDGES;
use crate::spatial::overlay_cover::cut;
use crate::spatial::overlay_cover::swept_area;
use crate::spatial::overlay_pieces::Laying;
use crate::spatial::overlay_pieces::SMALLEST_RING_M2;
use crate::spatial::overlay_pieces::tidy;
use crate::spatial::segment::Extent;
use crate::spatial::shape::area;

/// The rings of an areal geometry, moved by `-origin`: shells counter-clockwise, holes clockwise.
pub(crate) fn turned_rings(geometry: &Geometry, origin: Coord) -> Vec<Vec<Coord>> {
    let mut rings = Vec::new();
    for_each_ring(geometry, &mut |ring, backwards| {
        let mut ring: Vec<Coord> = ring.iter().map(|c| *c - origin).collect();
        ring.dedup();
        if backwards {
            ring.reverse();
        }
        if ring.len() >= 4 {
            rings.push(ring);
        }
    });
    rings
}

/// The middle of a box in whole metres, so that going there and coming back loses nothing but the last bit.
pub(crate) fn local_origin(extent: &Extent) -> Coord {
    Coord {
        x: ((extent.min_x + extent.max_x) / 2.0).round(),
        y: ((extent.min_y + extent.max_y) / 2.0).round(),
    }
}

/// Area in square metres that the rings go round at least once, counter-clockwise, wherever they cross.
pub(crate) fn wound_area(rings: &[Vec<Coord>]) -> f64 {
    let tree = EdgeTree::build(rings.iter().map(Vec::as_slice));
    let window = tree.extent();
    if !(window.width() > 0.0 && window.height() > 0.0) {
        return 0.0;
    }
    wound_in(&tree, window, MAX_CUTS)
}

fn wound_in(tree: &EdgeTree, window: Extent, cuts: u32) -> f64 {
    let steps = steps_of_tree(tree, &window);
    if steps.len() > SWEPT_EDGES && cuts > 0 {
        return cut(&window).map(|half| wound_in(tree, half, cuts - 1)).iter().sum();
    }
    let edges = steps.into_iter().map(|step| (0, step)).collect();
    swept_area(edges, 1, window.height(), |windings| windings[0] > 0.5)
}

/// The surface that `rings`, given about `origin`, go round at least once counter-clockwise: valid, ready to export,
/// back in the system of `origin`. Its area is `expected_m2` give or take `slack_m2`.
///
/// # Errors
/// [`OverlayError::Refused`] when no way of laying the coordinates down gives that area.
pub(crate) fn filled(
    rings: &[Vec<Coord>],
    origin: Coord,
    expected_m2: f64,
    slack_m2: f64,
) -> Result<MultiPolygon, OverlayError> {
    let around_m: f64 = rings.iter().flat_map(|ring| ring.windows(2)).map(step_m).sum();
    let drawn = MultiPolygon(
        rings.iter().map(|ring| Polygon::new(LineString(ring.clone()), Vec::new())).collect(),
    );
    let nowhere = Coord { x: 0.0, y: 0.0 };
    for laying in Laying::ATTEMPTS {
        let attempt = catch_unwind(AssertUnwindSafe(|| {
            drawn.map_coords(|c| laying.there(c, nowhere)).boolean_op_with_fill_rule(
                &MultiPolygon(Vec::new()),
                OpType::Union,
                FillRule::Positive,
            )
        }));
        let Ok(pieces) = attempt else {
            continue;
        };
        let dropped_m2 = SMALLEST_RING_M2
            * pieces.0.iter().map(|piece| 1 + piece.interiors().len()).sum::<usize>() as f64;
        let pieces = tidy(pieces.map_coords(|c| laying.back(c, origin)));
        let found_m2 = area(&Geometry::MultiPolygon(pieces.clone()));
        let tolerance_m2 =
            0.01 + 1e-6 * expected_m2 + dropped_m2 + laying.shift_m() * around_m + slack_m2;
        if (found_m2 - expected_m2).abs() <= tolerance_m2 {
            return Ok(pieces);
        }
    }
    Err(OverlayError::Refused { x_m: origin.x, y_m: origin.y })
}

pub(crate) fn step_m(pair: &[Coord]) -> f64 {
    (pair[1].x - pair[0].x).hypot(pair[1].y - pair[0].y)
}
