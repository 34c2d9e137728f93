//! Several areas as one: adjacent parcels become a terrain.
//!
//! Neighbours are often drawn apart from each other: a vertex of one stands on an edge of the other, give or take the
//! rounding of a file. Before the union, vertices closer than the width to close are made one, and an edge that passes
//! that close to a vertex goes through it; both sides of a shared border are then the same points, and leave no slit.

use std::collections::BTreeMap;

use geo::Coord;
use geo::Geometry;
use geo::MultiPolygon;
use geo::Polygon;
use geo::Rect;

use crate::spatial::fill::filled;
use crate::spatial::fill::local_origin;
use crate::spatial::fill::step_m;
use crate::spatial::fill::turned_rings;
use crate::spatial::fill::wound_area;
use crate::spatial::index::SpatialIndex;
use crate::spatial::overlay::OverlayError;
use crate::spatial::overlay_area::areal_extent;
use crate::spatial::segment::Extent;
use crate::spatial::segment::point_segment_squared;
use crate::spatial::segment::ring_area_twice;
use crate::spatial::validity::NO_AREA_M2;

/// Width in metres of the slits that [`union`] closes.
pub const SLIT_M: f64 = 1e-3;

/// The union of areas, valid and ready to export; empty when nothing is areal. What two parts cover counts once.
///
/// Parts must be valid; points and lines add nothing. Slits narrower than [`SLIT_M`] and holes under 1 cm² are closed;
/// no vertex moves by more than [`SLIT_M`], and those away from other vertices stay within 1 µm (extents up to 1 km;
/// `i_overlay` keeps 30 bits of the extent: 0.1 mm at 100 km).
///
/// # Errors
/// [`OverlayError::Refused`] when no Boolean operation gives the area that sums over the edges give.
pub fn union(parts: &[&Geometry]) -> Result<MultiPolygon, OverlayError> {
    union_closing(parts, SLIT_M)
}

/// As [`union`], closing slits up to `slit_m` metres wide (0 to 1 m; more is 1 m): for files whose coordinates are
/// rounded to 1 cm or more. Vertices move by at most `slit_m`.
///
/// # Errors
/// As [`union`].
pub fn union_closing(parts: &[&Geometry], slit_m: f64) -> Result<MultiPolygon, OverlayError> {
    let extent = parts.iter().fold(Extent::EMPTY, |all, part| all.join(&areal_extent(part)));
    let has_surface = extent.width() > 0.0 && extent.height() > 0.0;
    if !has_surface {
        return Ok(MultiPolygon(Vec::new()));
    }
    let origin = local_origin(&extent);
    let rings: Vec<Vec<Coord>> = parts.iter().flat_map(|part| turned_rings(part, origin)).collect();
    let expected_m2 = wound_area(&rings);
    // Not a number: close nothing.
    let slit_m = if slit_m > 0.0 { slit_m.min(1.0) } else { 0.0 };
    let sewn = if slit_m > 0.0 && rings.len() > 1 {
        sew(&rings, slit_m)
    } else {
        Sewn { rings, moved_m2: 0.0 }
    };
    let mut union = filled(&sewn.rings, origin, expected_m2, sewn.moved_m2)?;
    union.0 = union.0.into_iter().map(|polygon| without_slits(polygon, slit_m)).collect();
    Ok(union)
}

/// Drops the holes whose mean width is below `slit_m`.
fn without_slits(polygon: Polygon, slit_m: f64) -> Polygon {
    let (shell, mut holes) = polygon.into_inner();
    holes.retain(|hole| {
        let around_m: f64 = hole.0.windows(2).map(step_m).sum();
        // A slit of width w and length l has an area of w l and a perimeter of 2 l.
        ring_area_twice(&hole.0).abs() >= slit_m * around_m
    });
    Polygon::new(shell, holes)
}

/// Rings after sewing.
struct Sewn {
    rings: Vec<Vec<Coord>>,
    /// Upper bound of the surface that the moved edges swept.
    moved_m2: f64,
}

/// Makes vertices closer than `slit_m` one, the first met, and lets edges go through the vertices closer than that.
fn sew(rings: &[Vec<Coord>], slit_m: f64) -> Sewn {
    let mut nodes = Nodes { cell_m: slit_m, cells: BTreeMap::new(), places: Vec::new() };
    let numbered: Vec<Vec<usize>> =
        rings.iter().map(|ring| ring.iter().map(|c| nodes.number(*c)).collect()).collect();
    let boxes: Vec<Rect> = nodes.places.iter().map(|c| Rect::new(*c, *c)).collect();
    let index = SpatialIndex::build(&boxes);
    let mut moved_m2 = 0.0;
    let mut sewn = Vec::with_capacity(rings.len());
    for (ring, numbers) in rings.iter().zip(&numbered) {
        let mut out: Vec<Coord> = Vec::with_capacity(ring.len());
        for (pair, ends) in ring.windows(2).zip(numbers.windows(2)) {
            let (from, to) = (nodes.places[ends[0]], nodes.places[ends[1]]);
            out.push(from);
            let mut shift_squared = squared(from, pair[0]).max(squared(to, pair[1]));
            for (_, node) in on_the_way(&nodes, &index, ends, slit_m) {
                let through = nodes.places[node];
                shift_squared = shift_squared.max(point_segment_squared(through, from, to));
                out.push(through);
            }
            moved_m2 += shift_squared.sqrt() * (step_m(pair) + 2.0 * slit_m);
        }
        out.extend(out.first().copied());
        out.dedup();
        // A part narrower than the slit may come to nothing: what it covered is in `moved_m2`.
        if out.len() >= 4 && ring_area_twice(&out).abs() / 2.0 >= NO_AREA_M2 {
            sewn.push(out);
        }
    }
    Sewn { rings: sewn, moved_m2 }
}

/// The nodes other than its ends that an edge passes within `slit_m`, by their place along it.
fn on_the_way(
    nodes: &Nodes,
    index: &SpatialIndex,
    ends: &[usize],
    slit_m: f64,
) -> Vec<(f64, usize)> {
    let (from, to) = (nodes.places[ends[0]], nodes.places[ends[1]]);
    let extent = Extent::of_segment(from, to).grown(slit_m);
    let near = index.in_box(&Rect::new(
        Coord { x: extent.min_x, y: extent.min_y },
        Coord { x: extent.max_x, y: extent.max_y },
    ));
    let (along, length_squared) = (to - from, squared(from, to));
    let mut on_the_way: Vec<(f64, usize)> = near
        .into_iter()
        .map(|node| node as usize)
        .filter(|node| !ends.contains(node))
        .filter_map(|node| {
            let away = nodes.places[node] - from;
            let share = (away.x * along.x + away.y * along.y) / length_squared;
            let passes = share > 0.0
                && share < 1.0
                && point_segment_squared(nodes.places[node], from, to) <= slit_m * slit_m;
            passes.then_some((share, node))
        })
        .collect();
    on_the_way.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    on_the_way
}

fn squared(a: Coord, b: Coord) -> f64 {
    (a.x - b.x).powi(2) + (a.y - b.y).powi(2)
}

/// Distinct places, none closer to another than `cell_m`.
struct Nodes {
    cell_m: f64,
    cells: BTreeMap<(i64, i64), Vec<usize>>,
    places: Vec<Coord>,
}

impl Nodes {
    /// The number of the nearest place within `cell_m` of `c`, or of a new one.
    fn number(&mut self, c: Coord) -> usize {
        let cell = |v: f64| (v / self.cell_m).floor() as i64;
        let (column, row) = (cell(c.x), cell(c.y));
        let mut best: Option<(f64, usize)> = None;
        for x in column - 1..=column + 1 {
            for (_, here) in self.cells.range((x, row - 1)..=(x, row + 1)) {
                for node in here {
                    let away = squared(self.places[*node], c);
                    if away <= self.cell_m * self.cell_m
                        && best.is_none_or(|(nearest, number)| (away, *node) < (nearest, number))
                    {
                        best = Some((away, *node));
                    }
                }
            }
        }
        if let Some((_, node)) = best {
            return node;
        }
        self.places.push(c);
        self.cells.entry((column, row)).or_default().push(self.places.len() - 1);
        self.places.len() - 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spatial::shape::area;
    use crate::spatial::shape::perimeter;
    use crate::spatial::validity::check;

    const X: f64 = 563_211.37;
    const Y: f64 = 6_301_877.91;

    fn parcel(corners: &[(f64, f64)]) -> Geometry {
        let ring = corners.iter().map(|(x, y)| (X + x, Y + y)).collect();
        Geometry::Polygon(Polygon::new(ring, vec![]))
    }

    fn of(parts: &[Geometry]) -> MultiPolygon {
        let union = union(&parts.iter().collect::<Vec<_>>()).expect("union");
        let geometry = Geometry::MultiPolygon(union.clone());
        assert_eq!(check(&geometry), [], "valid");
        union
    }

    fn size(union: &MultiPolygon) -> (f64, f64) {
        let geometry = Geometry::MultiPolygon(union.clone());
        (area(&geometry), perimeter(&geometry))
    }

    #[test]
    fn parcels_around_a_t_junction_leave_no_slit() {
        // One long parcel, two short ones on its upper edge, whose corners miss the edge by less than 1 mm.
        let union = of(&[
            parcel(&[(0., 0.), (61.3, 4.7), (60.1, 30.2), (-1.2, 25.4)]),
            parcel(&[(-1.2, 25.4), (29.117_2, 27.774_9), (27.3, 55.), (-3., 52.)]),
            parcel(&[(29.117_6, 27.775_4), (60.100_4, 30.2), (58.8, 57.9), (27.3, 55.)]),
        ]);
        assert_eq!((union.0.len(), union.0[0].interiors().len()), (1, 0));
        let (area_m2, around_m) = size(&union);
        let outline = parcel(&[
            (0., 0.),
            (61.3, 4.7),
            (60.1, 30.2),
            (58.8, 57.9),
            (27.3, 55.),
            (-3., 52.),
            (-1.2, 25.4),
        ]);
        assert!((area_m2 - area(&outline)).abs() < 0.1, "{area_m2} {}", area(&outline));
        assert!((around_m - perimeter(&outline)).abs() < 0.01, "{around_m}");
    }

    #[test]
    fn a_slit_from_the_edge_inwards_is_closed_and_a_lane_is_not() {
        let pair = |gap: f64| {
            of(&[
                parcel(&[(0., 0.), (20., 0.), (20., 40.), (0., 40.)]),
                parcel(&[(20. + gap, 0.), (45., 0.), (45., 40.), (20.0, 40.)]),
            ])
        };
        let closed = pair(0.000_9);
        assert_eq!(closed.0.len(), 1);
        assert!((size(&closed).1 - 170.0).abs() < 0.01, "{}", size(&closed).1);
        let (lane_m2, around_m) = size(&pair(0.5));
        assert!((lane_m2 - (1_800.0 - 10.0)).abs() < 1e-3 && around_m > 249.0, "{around_m}");
    }

    #[test]
    fn courtyards_stay_and_pinholes_go() {
        let ring = |hole: f64| {
            // Four parcels around a square courtyard.
            let far = 10.0 + hole;
            of(&[
                parcel(&[(0., 0.), (far, 0.), (far, 10.), (0., 10.)]),
                parcel(&[(far, 0.), (30., 0.), (30., far), (far, far)]),
                parcel(&[(10., far), (30., far), (30., 30.), (10., 30.)]),
                parcel(&[(0., 10.), (10., 10.), (10., 30.), (0., 30.)]),
            ])
        };
        let courtyard = ring(5.0);
        assert_eq!(courtyard.0[0].interiors().len(), 1);
        assert!((size(&courtyard).0 - 875.0).abs() < 1e-3);
        assert_eq!(ring(0.009).0[0].interiors().len(), 0);
        assert!((size(&ring(0.009)).0 - 900.0).abs() < 1e-3);
    }

    #[test]
    fn overlaps_count_once_and_what_is_apart_stays_apart() {
        let union = of(&[
            parcel(&[(0., 0.), (0., 10.), (10., 10.), (10., 0.)]),
            parcel(&[(5., 5.), (15., 5.), (15., 15.), (5., 15.)]),
            parcel(&[(100., 0.), (110., 0.), (110., 10.)]),
        ]);
        assert_eq!(union.0.len(), 2);
        assert!((size(&union).0 - 225.0).abs() < 1e-3);
        let line = Geometry::LineString(vec![(0., 0.), (1., 1.)].into());
        assert_eq!(super::union(&[&line]), Ok(MultiPolygon(vec![])));
        assert_eq!(super::union(&[]), Ok(MultiPolygon(vec![])));
    }

    #[test]
    fn a_wider_slit_is_closed_on_request() {
        let parts = [
            parcel(&[(0., 0.), (20., 0.), (20., 40.), (0., 40.)]),
            parcel(&[(20.008, 0.), (45., 0.), (45., 40.), (20.004, 40.), (20.009, 17.)]),
        ];
        let parts: Vec<&Geometry> = parts.iter().collect();
        assert_eq!(super::union(&parts).expect("union").0.len(), 2);
        assert_eq!(union_closing(&parts, 0.011).expect("union").0.len(), 1);
    }
}
