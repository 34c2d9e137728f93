//! Areas meant to lie side by side without overlap or gap, seen as one: what they leave uncovered.
//!
//! Only the edges that two areas do not share are kept (`mosaic_rings`), so a mosaic of thousands of zones drawn on
//! one another's vertices costs little more than its border. Gaps are cut out by `geo`'s Boolean operations; their
//! areas are checked against a sum made without any.

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
use crate::spatial::mosaic_rings::unshared_rings;
use crate::spatial::overlay::OverlayError;
use crate::spatial::overlay::PreparedArea;
use crate::spatial::overlay_area::Step;
use crate::spatial::overlay_area::areal_extent;
use crate::spatial::overlay_area::common_area;
use crate::spatial::overlay_area::for_each_ring;
use crate::spatial::overlay_area::steps_of_tree;
use crate::spatial::overlay_cover::MAX_CUTS;
use crate::spatial::overlay_cover::SWEPT_EDGES;
use crate::spatial::overlay_cover::cut;
use crate::spatial::overlay_cover::swept_cover;
use crate::spatial::overlay_pieces::Laying;
use crate::spatial::overlay_pieces::SMALLEST_RING_M2;
use crate::spatial::overlay_pieces::clip_ring;
use crate::spatial::segment::Extent;
use crate::spatial::shape::area;

/// How far the frame around a mosaic stands from it, in metres.
const FRAME_M: f64 = 10.0;
/// How much the cut and the sum may differ: rounding over thousands of edges.
const TOLERANCE_M2: f64 = 0.1;
/// The same as a share of the box worked in: the sum of a large box has the rounding of large numbers.
const TOLERANCE_OF_BOX: f64 = 1e-9;

/// Steps of the grid that the cut works on, over the box it works in: a vertex moves by half a step, and an edge takes
/// area with it in proportion to its length.
const STEPS_OF_BOX: f64 = (1_u32 << 30) as f64;

/// Areas side by side. They must be valid (see [`crate::spatial::repair`]); what is no area counts for nothing.
#[derive(Debug, Clone)]
pub struct Mosaic {
    rings: Vec<(Extent, LineString)>,
    tree: EdgeTree,
}

impl Mosaic {
    /// A mosaic of `areas`, in any order.
    #[must_use]
    pub fn new<'a>(areas: impl IntoIterator<Item = &'a Geometry>) -> Self {
        let rings: Vec<(Extent, LineString)> = unshared_rings(areas)
            .into_iter()
            .map(|ring| (Extent::of_coords(&ring.0), ring))
            .collect();
        let tree = EdgeTree::build(rings.iter().map(|(_, ring)| ring.0.as_slice()));
        Self { rings, tree }
    }

    /// Whether the box of `geometry` meets that of the mosaic: where it does not, they have nothing in common.
    #[must_use]
    pub fn is_near(&self, geometry: &Geometry) -> bool {
        self.tree.extent().overlaps(&areal_extent(geometry))
    }

    /// The gaps enclosed by the mosaic: holes of the union of its areas, less the islands in them.
    ///
    /// # Errors
    /// [`OverlayError::Refused`] when no cut agrees with the areas summed.
    pub fn gaps(&self) -> Result<Vec<Polygon>, OverlayError> {
        let extent = self.tree.extent();
        if !(extent.width() > 0.0 && extent.height() > 0.0) {
            return Ok(Vec::new());
        }
        let frame = extent.grown(FRAME_M);
        let corners = [
            (frame.min_x, frame.min_y),
            (frame.max_x, frame.min_y),
            (frame.max_x, frame.max_y),
            (frame.min_x, frame.max_y),
        ];
        let shell = LineString::from(corners.to_vec());
        let subject = Geometry::Polygon(Polygon::new(shell, Vec::new()));
        let mut pieces = uncovered(&subject, &[self])?;
        // What reaches the frame is the world around.
        let inside = extent.grown(FRAME_M / 2.0);
        pieces.retain(|piece| Extent::of_coords(&piece.exterior().0).min_x > inside.min_x);
        Ok(pieces)
    }
}

/// The pieces of `subject` that no area of the mosaics covers, each valid but for points where it touches itself.
/// Pieces under 1 cm² are dropped.
///
/// # Errors
/// [`OverlayError::Refused`] when no cut agrees with the areas summed.
pub fn uncovered(subject: &Geometry, mosaics: &[&Mosaic]) -> Result<Vec<Polygon>, OverlayError> {
    let extent = areal_extent(subject);
    if !(extent.width() > 0.0 && extent.height() > 0.0) {
        return Ok(Vec::new());
    }
    let total_m2 = area(subject);
    let expected_m2 = (total_m2 - covered_area(subject, mosaics)).max(0.0);
    let tolerance_m2 = TOLERANCE_M2 + TOLERANCE_OF_BOX * extent.width() * extent.height();
    if expected_m2 < SMALLEST_RING_M2 {
        return Ok(Vec::new());
    }
    // Whole metres, so that going and coming back loses nothing but the last bit.
    let origin = Coord {
        x: ((extent.min_x + extent.max_x) / 2.0).round(),
        y: ((extent.min_y + extent.max_y) / 2.0).round(),
    };
    let (turned, clipped) = (turned_rings(subject), clipped_rings(mosaics, &extent));
    let step_m = extent.width().max(extent.height()) / STEPS_OF_BOX;
    let tolerance_m2 = tolerance_m2 + length_of(&clipped) * step_m / 2.0;
    for laying in Laying::ATTEMPTS {
        let there = |c: Coord| laying.there(c, origin);
        let attempt = catch_unwind(AssertUnwindSafe(|| {
            turned.map_coords(there).boolean_op_with_fill_rule(
                &clipped.map_coords(there),
                OpType::Difference,
                FillRule::NonZero,
            )
        }));
        let Ok(pieces) = attempt else {
            continue;
        };
        let pieces = pieces.map_coords(|c| laying.back(c, origin)).0;
        let found_m2: f64 = pieces.iter().map(area_of).sum();
        if (found_m2 - expected_m2).abs() > tolerance_m2 {
            continue;
        }
        let kept: Vec<Polygon> =
            pieces.into_iter().filter(|piece| area_of(piece) >= SMALLEST_RING_M2).collect();
        return Ok(kept);
    }
    Err(OverlayError::Refused { x_m: origin.x, y_m: origin.y })
}

/// Area in square metres of the part of `subject` under at least one area of the mosaics.
#[must_use]
pub fn covered_area(subject: &Geometry, mosaics: &[&Mosaic]) -> f64 {
    let subject = PreparedArea::new(subject);
    let window = subject.tree.extent();
    if !(window.width() > 0.0 && window.height() > 0.0) {
        return 0.0;
    }
    let trees: Vec<&EdgeTree> = mosaics.iter().map(|mosaic| &mosaic.tree).collect();
    covered_in(&subject, &trees, window, MAX_CUTS)
}

fn covered_in(subject: &PreparedArea, trees: &[&EdgeTree], window: Extent, cuts: u32) -> f64 {
    let mine = subject.steps(&window);
    if mine.is_empty() {
        return 0.0;
    }
    let theirs: Vec<Step> = trees.iter().flat_map(|tree| steps_of_tree(tree, &window)).collect();
    let fills_window = |step: &Step| {
        step.slope == 0.0
            && step.x1 <= 0.0
            && step.x2 >= window.width()
            && step.y1 >= window.height()
    };
    if theirs.iter().all(fills_window) {
        // However often it is covered, it counts once.
        let covers: f64 = theirs.iter().map(|step| step.gain).sum();
        let once: Vec<Step> =
            theirs.first().map(|step| Step { gain: 1.0, ..*step }).into_iter().collect();
        return if covers > 0.5 { common_area(&mine, &once, window.width()) } else { 0.0 };
    }
    if mine.len() + theirs.len() > SWEPT_EDGES && cuts > 0 {
        return cut(&window).map(|half| covered_in(subject, trees, half, cuts - 1)).iter().sum();
    }
    swept_cover(&mine, &[theirs], window.height())
}

/// The rings of an area, shells counter-clockwise and holes clockwise.
fn turned_rings(subject: &Geometry) -> MultiPolygon {
    let mut rings = Vec::new();
    for_each_ring(subject, &mut |ring, backwards| {
        let mut ring = ring.to_vec();
        if backwards {
            ring.reverse();
        }
        rings.push(Polygon::new(LineString(ring), Vec::new()));
    });
    MultiPolygon(rings)
}

/// The rings of the mosaics near a box, cut to it: rings far away would cost the near ones their precision.
fn clipped_rings(mosaics: &[&Mosaic], extent: &Extent) -> MultiPolygon {
    let clip_box = extent.grown(1.0 + 0.01 * extent.width().max(extent.height()));
    let rings = mosaics
        .iter()
        .flat_map(|mosaic| &mosaic.rings)
        .filter(|(of_ring, _)| of_ring.overlaps(&clip_box))
        .map(|(_, ring)| clip_ring(ring, &clip_box))
        .filter(|ring| ring.len() >= 4)
        .map(|ring| Polygon::new(LineString(ring), Vec::new()));
    MultiPolygon(rings.collect())
}

/// Length of all outer rings, in metres.
fn length_of(rings: &MultiPolygon) -> f64 {
    let lines = rings.0.iter().flat_map(|ring| ring.exterior().lines());
    lines.map(|line| line.dx().hypot(line.dy())).sum()
}

fn area_of(piece: &Polygon) -> f64 {
    let half = |ring: &LineString| (crate::spatial::segment::ring_area_twice(&ring.0) / 2.0).abs();
    half(piece.exterior()) - piece.interiors().iter().map(half).sum::<f64>()
}

#[cfg(test)]
mod tests {
    use super::*;
    use geo::Rect;
    use geo::wkt;

    fn square(x: f64, y: f64, side: f64) -> Geometry {
        let (x, y) = (600_000.0 + x, 6_300_000.0 + y);
        Geometry::Polygon(Rect::new((x, y), (x + side, y + side)).to_polygon())
    }

    /// Squares of a grid three by three, without those named.
    fn grid(without: &[i32]) -> Vec<Geometry> {
        (0..9)
            .filter(|k| !without.contains(k))
            .map(|k| square(f64::from(k % 3) * 10., f64::from(k / 3) * 10., 10.))
            .collect()
    }

    #[test]
    fn a_partition_has_no_gap() {
        let mosaic = Mosaic::new(&grid(&[]));
        assert_eq!(mosaic.gaps().unwrap(), []);
        assert_eq!(uncovered(&square(5., 5., 10.), &[&mosaic]).unwrap(), []);
        assert!((covered_area(&square(-5., -5., 100.), &[&mosaic]) - 900.0).abs() < 1e-6);
    }

    #[test]
    fn a_missing_middle_is_a_gap_and_a_missing_corner_is_none() {
        let gaps = Mosaic::new(&grid(&[4])).gaps().unwrap();
        assert_eq!(gaps.len(), 1);
        assert!((area_of(&gaps[0]) - 100.0).abs() < 1e-6);
        assert_eq!(Mosaic::new(&grid(&[0])).gaps().unwrap(), []);
        // Two missing squares that touch at a corner only are two gaps; the corner one opens outwards.
        assert_eq!(Mosaic::new(&grid(&[0, 4])).gaps().unwrap().len(), 1);
    }

    #[test]
    fn an_island_in_a_gap_is_no_gap() {
        let mut areas = grid(&[4]);
        areas.push(square(13., 13., 4.));
        let gaps = Mosaic::new(&areas).gaps().unwrap();
        assert_eq!(gaps.len(), 1);
        assert!((area_of(&gaps[0]) - 84.0).abs() < 1e-6);
    }

    #[test]
    fn what_is_covered_twice_counts_once() {
        let mut areas = grid(&[4]);
        areas.extend(grid(&[4, 8]));
        areas.push(square(-3., 2., 12.));
        let mosaic = Mosaic::new(&areas);
        assert!((covered_area(&square(0., 0., 30.), &[&mosaic]) - 800.0).abs() < 1e-6);
        let (one, other) = (Mosaic::new(&grid(&[4, 1])), Mosaic::new(&grid(&[4, 2])));
        let left = uncovered(&square(0., 0., 30.), &[&one, &other]).unwrap();
        assert_eq!(left.len(), 1);
        assert!((area_of(&left[0]) - 100.0).abs() < 1e-6);
    }

    #[test]
    fn a_vertex_on_a_neighbours_edge_leaves_no_gap() {
        let left = square(0., 0., 10.);
        let right = [square(10., 0., 5.), square(10., 5., 5.)];
        let mosaic = Mosaic::new(right.iter().chain([&left]));
        assert_eq!(mosaic.gaps().unwrap(), []);
        assert!((covered_area(&square(0., 0., 20.), &[&mosaic]) - 150.0).abs() < 1e-6);
    }

    #[test]
    fn holes_are_gaps_and_their_fillings_fill_them() {
        let ring: Geometry =
            wkt!(POLYGON((0. 0., 9. 0., 9. 9., 0. 9., 0. 0.), (3. 3., 3. 6., 6. 6., 6. 3., 3. 3.)))
                .into();
        let filling: Geometry = wkt!(POLYGON((3. 3., 6. 3., 6. 6., 3. 6., 3. 3.))).into();
        assert_eq!(Mosaic::new([&ring]).gaps().unwrap().len(), 1);
        assert_eq!(Mosaic::new([&ring, &filling]).gaps().unwrap(), []);
    }
}
