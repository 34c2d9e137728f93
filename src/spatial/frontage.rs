//! How much of an area's border faces a public road.

use geo::Coord;
use geo::Geometry;

use crate::spatial::border::directed_edges;
use crate::spatial::border::nearest_point;
use crate::spatial::border::pieces;
use crate::spatial::border::tree_of;
use crate::spatial::overlay::Position;
use crate::spatial::overlay::PreparedArea;
use crate::spatial::segment::Extent;

/// Half the width of a departmental road with its verge and ditch, in metres: a reach for [`frontage_m`] where the
/// width of the road is not known.
pub const USUAL_REACH_M: f64 = 15.0;
/// Metres between two questions along the border, at most.
const STEP_M: f64 = 1.0;
/// Cosine of the widest angle between the outward perpendicular and the way to the road: 60°.
const FACING_COSINE: f64 = 0.5;

/// Length in metres of the border of `area` that faces one of `roads`, given by their axes.
///
/// Each edge is divided into equal pieces of at most 1 m; a piece counts when the road axis nearest to its middle is
/// within `reach_m` (half the road's width and its verge), outside the area, and lies outwards within 60° of the
/// perpendicular: the sides and the back of a shallow plot do not count. Whether a third parcel lies between is not
/// checked. 0 when nothing is in reach or `area` is not areal.
#[must_use]
pub fn frontage_m(area: &Geometry, roads: &[&Geometry], reach_m: f64) -> f64 {
    let axes = tree_of(roads.iter().copied());
    let near = axes.extent().grown(reach_m);
    let edges = directed_edges(area);
    let inside = PreparedArea::new(area);
    let mut total_m = 0.0;
    for (from, to) in edges {
        if !(reach_m > 0.0 && Extent::of_segment(from, to).touches(&near)) {
            continue;
        }
        let along = to - from;
        let length_m = along.x.hypot(along.y);
        let outwards = Coord { x: along.y / length_m, y: -along.x / length_m };
        let count = pieces(length_m, STEP_M);
        for k in 0..count {
            let at = from + along * ((f64::from(k) + 0.5) / f64::from(count));
            let Some((axis, away_m)) = nearest_point(&axes, at, reach_m * (1.0 + 1e-12)) else {
                continue;
            };
            let way = axis - at;
            let faces = way.x * outwards.x + way.y * outwards.y >= FACING_COSINE * away_m;
            if faces && inside.position(axis) != Position::Inside {
                total_m += length_m / f64::from(count);
            }
        }
    }
    total_m
}

#[cfg(test)]
mod tests {
    use super::*;
    use geo::LineString;
    use geo::Polygon;

    const X: f64 = 563_211.37;
    const Y: f64 = 6_301_877.91;

    fn plot(w: f64, h: f64) -> Geometry {
        let ring: LineString =
            [(0., 0.), (w, 0.), (w, h), (0., h)].iter().map(|(x, y)| (X + x, Y + y)).collect();
        Geometry::Polygon(Polygon::new(ring, vec![]))
    }

    fn road(points: &[(f64, f64)]) -> Geometry {
        Geometry::LineString(points.iter().map(|(x, y)| (X + x, Y + y)).collect())
    }

    fn close(a: f64, b: f64, tolerance: f64) {
        assert!((a - b).abs() <= tolerance, "{a} is not {b}");
    }

    #[test]
    fn the_side_along_the_road_counts_and_no_other() {
        let along = road(&[(-100., -6.), (200., -6.)]);
        close(frontage_m(&plot(60., 40.), &[&along], 15.0), 60.0, 1e-6);
        // A plot so shallow that its back is within reach too.
        close(frontage_m(&plot(60., 5.), &[&along], 15.0), 60.0, 1e-6);
        assert_eq!(frontage_m(&plot(60., 40.), &[&along], 5.0), 0.0);
        assert_eq!(frontage_m(&plot(60., 40.), &[], 15.0), 0.0);
        assert_eq!(frontage_m(&plot(60., 40.), &[&along], f64::NAN), 0.0);
    }

    #[test]
    fn a_corner_plot_has_two_fronts_and_a_dead_end_one_short() {
        let corner = road(&[(-100., -6.), (66., -6.), (66., 300.)]);
        close(frontage_m(&plot(60., 40.), &[&corner], 15.0), 100.0, 1e-6);
        let halfway = road(&[(-100., -6.), (30., -6.)]);
        // Up to its end, then as far as 60° from the perpendicular: 6 tan 60° = 10.4 m.
        close(frontage_m(&plot(60., 40.), &[&halfway], 15.0), 30.0 + 10.39, 1.0);
    }

    #[test]
    fn a_road_inside_is_no_front() {
        let through = road(&[(-100., 20.), (200., 20.)]);
        close(frontage_m(&plot(60., 40.), &[&through], 15.0), 0.0, 1e-6);
        let private = road(&[(10., 20.), (50., 20.)]);
        assert_eq!(frontage_m(&plot(60., 40.), &[&private], 50.0), 0.0);
    }
}
