//! Makes a geometry valid, and says what it did.
//!
//! Never `buffer(0)`: it keeps one lobe of a bow-tie. Each ring is filled by the non-zero rule, so
//! every lobe and every ring traversed twice keeps its surface; then shells lose their holes and
//! parts are merged. A geometry without crossing keeps its vertices as they are.

use geo::Area;
use geo::BooleanOps;
use geo::Coord;
use geo::Geometry;
use geo::LineString;
use geo::MapCoords;
use geo::MultiLineString;
use geo::MultiPolygon;
use geo::Polygon;
use geo::algorithm::bool_ops::FillRule;
use geo::algorithm::bool_ops::OpType;

use std::panic::AssertUnwindSafe;
use std::panic::catch_unwind;

use crate::spatial::overlay_area::areal_extent;
use crate::spatial::overlay_area::steps_of_ring;
use crate::spatial::overlay_cover::swept_area;
use crate::spatial::overlay_pieces::Laying;
use crate::spatial::overlay_pieces::polygons_of;
use crate::spatial::ring_nesting::nested;
use crate::spatial::segment::ring_area_twice;
use crate::spatial::shape::perimeter;
use crate::spatial::validity::Fault;
use crate::spatial::validity::FaultKind;
use crate::spatial::validity::NO_AREA_M2;
use crate::spatial::validity::check;

/// A geometry after repair.
#[derive(Debug, Clone, PartialEq)]
pub struct Repaired {
    /// The valid geometry: shells counter-clockwise, holes clockwise. `None` when nothing usable is left.
    pub geometry: Option<Geometry>,
    /// What was wrong; empty for a clean geometry.
    pub faults: Vec<Fault>,
    /// Area before, in square metres: shells less holes as drawn, which for a self-crossing ring is
    /// the difference of its lobes. 0 when it is not areal or not finite.
    pub area_before_m2: f64,
    /// Area after, in square metres; 0 when nothing is left.
    pub area_after_m2: f64,
}

/// Repairs a geometry. A clean one comes back untouched, for about the price of [`check`].
#[must_use]
pub fn repair(geometry: Geometry) -> Repaired {
    let geometry = plain(geometry);
    let area_before_m2 = drawn_area(&geometry);
    let mut faults = check(&geometry);
    if faults.is_empty() {
        return Repaired {
            geometry: Some(geometry),
            faults,
            area_before_m2,
            area_after_m2: area_before_m2,
        };
    }
    let place = faults[0].place;
    let kept = if faults.iter().any(|fault| fault.kind.is_refusal()) {
        None
    } else {
        match geometry {
            Geometry::LineString(line) => cleaned_lines(vec![line]),
            Geometry::MultiLineString(many) => cleaned_lines(many.0),
            Geometry::Polygon(polygon) => cleaned_polygons(vec![polygon], &mut faults),
            Geometry::MultiPolygon(many) => cleaned_polygons(many.0, &mut faults),
            // Points have no fault but being infinite or absent; collections are unfolded above.
            _ => None,
        }
    };
    if kept.is_none() && area_before_m2 > 0.0 && !faults.iter().any(|fault| fault.kind.is_refusal())
    {
        faults.push(Fault { kind: FaultKind::ZeroArea, place });
    }
    Repaired {
        area_after_m2: kept.as_ref().map_or(0.0, drawn_area),
        geometry: kept,
        faults,
        area_before_m2,
    }
}

/// A ring from the points of a file: closed if it was not, and the fault when it was not.
#[must_use]
pub fn closed_ring(mut coords: Vec<Coord>) -> (LineString, Option<Fault>) {
    let (first, last) = (coords.first().copied(), coords.last().copied());
    match (first, last) {
        (Some(first), Some(last)) if first != last => {
            coords.push(first);
            let fault = Fault { kind: FaultKind::UnclosedRing, place: last };
            (LineString(coords), Some(fault))
        }
        _ => (LineString(coords), None),
    }
}

/// The same geometry as one of the six types the house works on. A collection keeps its areas, or
/// failing that its lines, or its points.
fn plain(geometry: Geometry) -> Geometry {
    match geometry {
        Geometry::Line(line) => Geometry::LineString(LineString(vec![line.start, line.end])),
        Geometry::Rect(rect) => Geometry::Polygon(rect.to_polygon()),
        Geometry::Triangle(triangle) => Geometry::Polygon(triangle.to_polygon()),
        Geometry::GeometryCollection(many) => {
            let (mut areas, mut lines, mut points) = (Vec::new(), Vec::new(), Vec::new());
            for part in many.0.into_iter().map(plain) {
                match part {
                    Geometry::Polygon(one) => areas.push(one),
                    Geometry::MultiPolygon(more) => areas.extend(more.0),
                    Geometry::LineString(one) => lines.push(one),
                    Geometry::MultiLineString(more) => lines.extend(more.0),
                    Geometry::Point(one) => points.push(one),
                    Geometry::MultiPoint(more) => points.extend(more.0),
                    _ => {}
                }
            }
            if !areas.is_empty() {
                Geometry::MultiPolygon(MultiPolygon(areas))
            } else if !lines.is_empty() {
                Geometry::MultiLineString(MultiLineString(lines))
            } else if !points.is_empty() {
                Geometry::MultiPoint(geo::MultiPoint(points))
            } else {
                Geometry::GeometryCollection(geo::GeometryCollection(Vec::new()))
            }
        }
        other => other,
    }
}

/// Shells less holes, by the rings as drawn.
fn drawn_area(geometry: &Geometry) -> f64 {
    let half = |ring: &LineString| (ring_area_twice(&ring.0) / 2.0).abs();
    let area: f64 = polygons_of(geometry)
        .iter()
        .map(|polygon| half(polygon.exterior()) - polygon.interiors().iter().map(half).sum::<f64>())
        .sum();
    if area.is_finite() { area.max(0.0) } else { 0.0 }
}

fn cleaned_lines(lines: Vec<LineString>) -> Option<Geometry> {
    let mut kept: Vec<LineString> = lines
        .into_iter()
        .map(|mut line| {
            line.0.dedup();
            line
        })
        .filter(|line| line.0.len() >= 2)
        .collect();
    if kept.len() > 1 {
        return Some(Geometry::MultiLineString(MultiLineString(kept)));
    }
    kept.pop().map(Geometry::LineString)
}

fn cleaned_polygons(polygons: Vec<Polygon>, faults: &mut Vec<Fault>) -> Option<Geometry> {
    let place = faults.first().map_or(Coord { x: 0.0, y: 0.0 }, |fault| fault.place);
    let structural = faults.iter().any(|fault| {
        !matches!(
            fault.kind,
            FaultKind::RepeatedPoint
                | FaultKind::WrongOrientation
                | FaultKind::TooFewPoints
                | FaultKind::ZeroArea
        )
    });
    let light: Vec<Polygon> =
        polygons.into_iter().filter_map(|polygon| oriented(polygon, structural)).collect();
    if !structural || light.is_empty() {
        return as_geometry(light);
    }
    let start = light[0].exterior().0[0];
    let origin = Coord { x: start.x.round(), y: start.y.round() };
    let expected_m2 = surface(&light);
    let around_m = perimeter(&Geometry::MultiPolygon(MultiPolygon(light.clone())));
    for laying in Laying::ATTEMPTS {
        let there = |polygon: &Polygon| polygon.map_coords(|c| laying.there(c, origin));
        let laid: Vec<Polygon> = light.iter().map(there).collect();
        let Some(filled) = filled(&laid) else {
            continue;
        };
        let found = nested(filled.map_coords(|c| laying.back(c, origin)));
        let right_area = expected_m2.is_none_or(|expected_m2| {
            let found_m2: f64 = found.iter().map(|polygon| polygon.unsigned_area()).sum();
            let shift_m2 = 0.5 * laying.shift_m() * around_m;
            (found_m2 - expected_m2).abs() <= shift_m2 + 1e-6 * expected_m2 + NO_AREA_M2
        });
        if !right_area {
            continue;
        }
        let geometry = as_geometry(found)?;
        if check(&geometry).is_empty() {
            return Some(geometry);
        }
    }
    faults.push(Fault { kind: FaultKind::Irreparable, place });
    None
}

/// Rings with more edges than this in all are not measured twice.
const MEASURED_EDGES: usize = 4_000;

/// The surface that polygons with crossing rings must keep, without building it: what their shells
/// go round and their holes do not. `None` for very large ones.
fn surface(polygons: &[Polygon]) -> Option<f64> {
    let window = areal_extent(&Geometry::MultiPolygon(MultiPolygon(polygons.to_vec())));
    let mut edges = Vec::new();
    let mut first_rings = Vec::with_capacity(polygons.len());
    let mut rings = 0;
    for polygon in polygons {
        first_rings.push(rings);
        for ring in std::iter::once(polygon.exterior()).chain(polygon.interiors()) {
            let steps = steps_of_ring(&ring.0, &window);
            edges.extend(steps.into_iter().map(|step| (rings, step)));
            rings += 1;
        }
    }
    first_rings.push(rings);
    let around = |winding: f64| winding.abs() > 0.5;
    let covered = |windings: &[f64]| {
        first_rings.windows(2).any(|range| {
            let (shell, holes) = (range[0], range[0] + 1..range[1]);
            around(windings[shell]) && !windings[holes].iter().any(|hole| around(*hole))
        })
    };
    (edges.len() <= MEASURED_EDGES).then(|| swept_area(edges, rings, window.height(), covered))
}

fn as_geometry(mut polygons: Vec<Polygon>) -> Option<Geometry> {
    if polygons.len() > 1 {
        return Some(Geometry::MultiPolygon(MultiPolygon(polygons)));
    }
    polygons.pop().map(Geometry::Polygon)
}

/// Rings without repeated points, the right way round; rings with no surface dropped, unless they
/// `may_cross` (the lobes of a bow-tie cancel out). `None` when the shell goes.
fn oriented(polygon: Polygon, may_cross: bool) -> Option<Polygon> {
    let (shell, holes) = polygon.into_inner();
    let ring = |mut ring: LineString, hole: bool| {
        ring.0.dedup();
        let area_twice = ring_area_twice(&ring.0);
        if ring.0.len() < 4 || (!may_cross && area_twice.abs() / 2.0 < NO_AREA_M2) {
            return None;
        }
        if (area_twice > 0.0) == hole {
            ring.0.reverse();
        }
        Some(ring)
    };
    let shell = ring(shell, false)?;
    Some(Polygon::new(shell, holes.into_iter().filter_map(|hole| ring(hole, true)).collect()))
}

/// The surface of polygons whose rings may cross: each ring by the non-zero rule, shells less their
/// holes, parts merged. `None` when the Boolean operation panics.
fn filled(polygons: &[Polygon]) -> Option<MultiPolygon> {
    catch_unwind(AssertUnwindSafe(|| {
        let parts = polygons.iter().map(|polygon| {
            let shell = lobes(polygon.exterior());
            let holes = merged(polygon.interiors().iter().map(lobes).collect());
            if holes.0.is_empty() { shell } else { shell.difference(&holes) }
        });
        merged(parts.collect())
    }))
    .ok()
}

/// Every surface that a ring goes round, in whatever direction and however often.
fn lobes(ring: &LineString) -> MultiPolygon {
    let nothing = MultiPolygon(Vec::<Polygon>::new());
    let ring = Polygon::new(ring.clone(), Vec::new());
    ring.boolean_op_with_fill_rule(&nothing, OpType::Union, FillRule::NonZero)
}

/// The union of surfaces, by halves. Even-odd within each: `i_overlay` turns some of the holes it
/// returns the way of shells, and the non-zero rule would fill them.
fn merged(mut surfaces: Vec<MultiPolygon>) -> MultiPolygon {
    if surfaces.len() > 1 {
        let second = merged(surfaces.split_off(surfaces.len() / 2));
        return merged(surfaces).union(&second);
    }
    surfaces.pop().unwrap_or(MultiPolygon(Vec::new()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use geo::wkt;

    fn repaired(polygon: Polygon) -> Repaired {
        let once = repair(Geometry::Polygon(polygon));
        if let Some(geometry) = &once.geometry {
            assert_eq!(check(geometry), [], "repaired twice");
        }
        once
    }

    fn close(a: f64, b: f64) {
        assert!((a - b).abs() < 1e-5, "{a} is not {b}");
    }

    #[test]
    fn a_bow_tie_keeps_both_lobes() {
        let r = repaired(wkt!(POLYGON((0. 0., 4. 4., 4. 0., 0. 4., 0. 0.))));
        close(r.area_after_m2, 8.0);
        close(r.area_before_m2, 0.0);
        assert_eq!(r.faults[0].kind, FaultKind::SelfCrossing);
        assert_eq!(r.faults[0].place, Coord { x: 2.0, y: 2.0 });
    }

    #[test]
    fn a_ring_traversed_twice_keeps_its_area() {
        close(
            repaired(
                wkt!(POLYGON((0. 0., 4. 0., 4. 4., 0. 4., 0. 0., 4. 0., 4. 4., 0. 4., 0. 0.))),
            )
            .area_after_m2,
            16.0,
        );
    }

    #[test]
    fn spikes_go_and_the_rest_stays() {
        let r = repaired(wkt!(POLYGON((0. 0., 4. 0., 9. 0., 4. 0., 4. 4., 0. 4., 0. 0.))));
        close(r.area_after_m2, 16.0);
        assert_eq!(repaired(wkt!(POLYGON((0. 0., 4. 0., 8. 0., 0. 0.)))).geometry, None);
    }

    #[test]
    fn holes_and_parts_are_sorted_out() {
        close(
            repaired(wkt!(POLYGON((0. 0., 4. 0., 4. 4., 0. 4., 0. 0.), (3. 3., 3. 6., 6. 6., 6. 3., 3. 3.)))).area_after_m2,
            15.0,
        );
        close(
            repaired(
                wkt!(POLYGON((0. 0., 4. 0., 4. 4., 0. 4., 0. 0.), (6. 6., 6. 7., 7. 7., 6. 6.))),
            )
            .area_after_m2,
            16.0,
        );
        let overlapping = Geometry::MultiPolygon(wkt!(MULTIPOLYGON(
            ((0. 0., 4. 0., 4. 4., 0. 4., 0. 0.)),
            ((2. 2., 6. 2., 6. 6., 2. 6., 2. 2.)),
            ((1. 1., 2. 1., 2. 2., 1. 1.))
        )));
        close(repair(overlapping).area_after_m2, 28.0);
        let r = repaired(
            wkt!(POLYGON((0. 0., 4. 0., 4. 4., 0. 4., 0. 0.), (0. 0., 1. 3., 4. 4., 3. 1., 0. 0.))),
        );
        assert!(matches!(r.geometry, Some(Geometry::MultiPolygon(many)) if many.0.len() == 2));
    }

    #[test]
    fn small_faults_do_not_move_vertices() {
        let r = repaired(wkt!(POLYGON((0.1 0.2, 0.1 4.3, 0.1 4.3, 4.7 4.3, 4.7 0.2, 0.1 0.2))));
        assert_eq!(
            r.geometry,
            Some(Geometry::Polygon(wkt!(POLYGON((0.1 0.2, 4.7 0.2, 4.7 4.3, 0.1 4.3, 0.1 0.2)))))
        );
        assert!(r.faults.iter().any(|fault| fault.kind.counts_as_repair()));
    }

    #[test]
    fn what_cannot_be_kept_is_refused() {
        let nan = Polygon::new(LineString::from(vec![(0., 0.), (f64::NAN, 0.), (4., 4.)]), vec![]);
        assert_eq!(repaired(nan).geometry, None);
        assert_eq!(repaired(wkt!(POLYGON((0. 0., 4. 0., 0. 0.)))).geometry, None);
        let empty = Geometry::GeometryCollection(geo::GeometryCollection(Vec::new()));
        assert_eq!(repair(empty).faults[0].kind, FaultKind::NothingAreal);
    }

    #[test]
    fn lines_lose_repeated_points_and_rings_are_closed() {
        let line = Geometry::LineString(LineString::from(vec![(0., 0.), (0., 0.), (1., 0.)]));
        assert_eq!(
            repair(line).geometry,
            Some(Geometry::LineString(LineString::from(vec![(0., 0.), (1., 0.)])))
        );
        let (ring, fault) = closed_ring(vec![
            Coord { x: 0., y: 0. },
            Coord { x: 1., y: 0. },
            Coord { x: 1., y: 1. },
        ]);
        assert!(ring.is_closed());
        assert_eq!(fault.map(|f| f.kind), Some(FaultKind::UnclosedRing));
    }
}
