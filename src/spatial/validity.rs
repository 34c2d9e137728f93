//! What is wrong with a geometry, and where: the rules of OGC Simple Features for areas, plus what
//! no command can compute with (a coordinate that is not a number, a surface of 0 m²).
//!
//! Verdicts agree with GEOS `is_valid` (see `tests/overlay_against_geos.rs`) except that repeated
//! points and orientation, which GEOS ignores, are reported here (see [`FaultKind::is_valid_ogc`]).

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use geo::Coord;
use geo::Geometry;
use geo::LineString;
use geo::Polygon;

use crate::spatial::overlay_area::wind_edge;
use crate::spatial::ring_crossings::Contact;
use crate::spatial::ring_crossings::Rings;
use crate::spatial::segment::Extent;
use crate::spatial::segment::ring_area_twice;

/// A ring enclosing less than this (1 mm²) encloses nothing.
pub(crate) const NO_AREA_M2: f64 = 1e-6;

/// A kind of fault.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum FaultKind {
    /// A coordinate is infinite or not a number: the geometry is refused.
    NonFinite,
    /// The same point twice in a row: one is dropped.
    RepeatedPoint,
    /// A ring whose last point is not its first: closed. Only seen through
    /// [`crate::spatial::repair::closed_ring`], since `geo` closes rings on its own.
    UnclosedRing,
    /// Fewer than three distinct points in a ring, or two in a line: dropped, refused if nothing is left.
    TooFewPoints,
    /// A shell that turns clockwise or a hole that does not: turned over.
    WrongOrientation,
    /// A ring crosses or touches itself, doubles back, or crosses another ring of its polygon.
    SelfCrossing,
    /// A hole outside its shell: it removes nothing.
    HoleOutsideShell,
    /// A hole inside another hole of the same polygon: merged.
    NestedHoles,
    /// Rings that touch in a way that cuts the interior in two: split into parts.
    DisconnectedInterior,
    /// Parts that overlap, lie inside each other, or share an edge: merged.
    OverlappingParts,
    /// A surface of less than 1 mm²: the ring is dropped, refused if nothing is left.
    ZeroArea,
    /// A collection without any point, line or area: refused.
    NothingAreal,
    /// Still faulty after every attempt: refused.
    Irreparable,
}

impl FaultKind {
    /// True when the fault alone leaves nothing to keep.
    #[must_use]
    pub fn is_refusal(self) -> bool {
        matches!(self, Self::NonFinite | Self::NothingAreal | Self::Irreparable)
    }

    /// False for an orientation set right, which users need not hear about: whole formats
    /// (Shapefile) turn the other way.
    #[must_use]
    pub fn counts_as_repair(self) -> bool {
        self != Self::WrongOrientation
    }

    /// True for what the OGC rules allow: repeated points and any orientation.
    #[must_use]
    pub fn is_valid_ogc(self) -> bool {
        matches!(self, Self::WrongOrientation | Self::RepeatedPoint)
    }
}

/// A fault and its place.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Fault {
    /// What is wrong.
    pub kind: FaultKind,
    /// Where, in the coordinates of the geometry; (0, 0) when the geometry has no finite point.
    pub place: Coord,
}

/// The faults of a geometry; none for a clean one. One fault per ring and kind (per pair of rings
/// for crossings), in the order of the rings.
#[must_use]
pub fn check(geometry: &Geometry) -> Vec<Fault> {
    let mut faults = Vec::new();
    match geometry {
        Geometry::Point(point) => finite(&[point.0], &mut faults),
        Geometry::MultiPoint(many) => {
            many.0.iter().for_each(|point| finite(&[point.0], &mut faults));
            if many.0.is_empty() {
                faults.push(fault(FaultKind::TooFewPoints, None));
            }
        }
        Geometry::LineString(line) => check_lines(std::slice::from_ref(line), &mut faults),
        Geometry::MultiLineString(many) => check_lines(&many.0, &mut faults),
        Geometry::Polygon(polygon) => check_polygons(std::slice::from_ref(polygon), &mut faults),
        Geometry::MultiPolygon(many) => check_polygons(&many.0, &mut faults),
        Geometry::GeometryCollection(many) => {
            if many.0.is_empty() {
                faults.push(fault(FaultKind::NothingAreal, None));
            }
            many.0.iter().for_each(|part| faults.extend(check(part)));
        }
        Geometry::Line(line) => check_lines(&[LineString::from(line)], &mut faults),
        Geometry::Rect(rect) => check_polygons(&[rect.to_polygon()], &mut faults),
        Geometry::Triangle(triangle) => check_polygons(&[triangle.to_polygon()], &mut faults),
    }
    faults
}

fn fault(kind: FaultKind, place: Option<Coord>) -> Fault {
    Fault { kind, place: place.unwrap_or(Coord { x: 0.0, y: 0.0 }) }
}

fn is_finite(c: &Coord) -> bool {
    c.x.is_finite() && c.y.is_finite()
}

fn finite(coords: &[Coord], faults: &mut Vec<Fault>) {
    if !coords.iter().all(is_finite) {
        let place = coords.iter().copied().find(is_finite);
        faults.push(fault(FaultKind::NonFinite, place));
    }
}

fn first_repeated(coords: &[Coord]) -> Option<Coord> {
    coords.windows(2).find(|pair| pair[0] == pair[1]).map(|pair| pair[0])
}

fn check_lines(lines: &[LineString], faults: &mut Vec<Fault>) {
    if lines.is_empty() {
        faults.push(fault(FaultKind::TooFewPoints, None));
    }
    for line in lines {
        finite(&line.0, faults);
        if let Some(place) = first_repeated(&line.0) {
            faults.push(fault(FaultKind::RepeatedPoint, Some(place)));
        }
        if line.0.iter().all(|c| Some(c) == line.0.first()) {
            faults.push(fault(FaultKind::TooFewPoints, line.0.first().copied()));
        }
    }
}

/// What a ring of [`Rings`] is.
#[derive(Clone, Copy)]
struct Role {
    polygon: usize,
    hole: bool,
}

fn check_polygons(polygons: &[Polygon], faults: &mut Vec<Fault>) {
    if polygons.is_empty() {
        faults.push(fault(FaultKind::TooFewPoints, None));
    }
    let mut rings = Rings {
        coords: Vec::with_capacity(polygons.iter().map(|p| p.exterior().0.len()).sum()),
        starts: vec![0],
    };
    let mut roles: Vec<Role> = Vec::with_capacity(polygons.len());
    for (polygon, shape) in polygons.iter().enumerate() {
        let shell = std::iter::once((shape.exterior(), false));
        for (ring, hole) in shell.chain(shape.interiors().iter().map(|ring| (ring, true))) {
            if check_ring(&ring.0, hole, &mut rings, faults) {
                roles.push(Role { polygon, hole });
            }
        }
    }
    if faults.iter().any(|fault| fault.kind == FaultKind::NonFinite) {
        return;
    }
    let mut crossed: BTreeSet<(usize, usize)> = BTreeSet::new();
    let mut touches: Vec<Contact> = Vec::new();
    rings.contacts(&mut |contact| {
        let (a, b) = (roles[contact.ring_a].polygon, roles[contact.ring_b].polygon);
        if contact.crossing {
            if crossed.insert((contact.ring_a, contact.ring_b)) {
                let kind =
                    if a == b { FaultKind::SelfCrossing } else { FaultKind::OverlappingParts };
                faults.push(fault(kind, Some(contact.place)));
            }
        } else if a == b {
            touches.push(contact);
        }
    });
    for k in 0..rings.count() {
        // A ring with two equal lobes has no signed area, but it crosses itself: not this fault.
        let ring = rings.ring(k);
        if ring_area_twice(ring).abs() / 2.0 < NO_AREA_M2 && !crossed.contains(&(k, k)) {
            faults.push(fault(FaultKind::ZeroArea, ring.first().copied()));
        }
    }
    if rings.count() > 1 {
        check_connection(&roles, &touches, faults);
        check_nesting(&rings, &roles, &crossed, faults);
    }
}

/// Faults of one ring by itself; adds it to `rings`, without repeated points, unless it is too short.
fn check_ring(ring: &[Coord], hole: bool, rings: &mut Rings, faults: &mut Vec<Fault>) -> bool {
    finite(ring, faults);
    let start = rings.coords.len();
    match first_repeated(ring) {
        None => rings.coords.extend_from_slice(ring),
        Some(place) => {
            faults.push(fault(FaultKind::RepeatedPoint, Some(place)));
            rings.coords.extend_from_slice(ring);
            let mut distinct = rings.coords.split_off(start);
            distinct.dedup();
            rings.coords.append(&mut distinct);
        }
    }
    if rings.coords.len() - start < 4 {
        rings.coords.truncate(start);
        faults.push(fault(FaultKind::TooFewPoints, ring.first().copied()));
        return false;
    }
    rings.starts.push(rings.coords.len());
    let area_twice = ring_area_twice(&rings.coords[start..]);
    if area_twice.abs() / 2.0 >= NO_AREA_M2 && (area_twice > 0.0) == hole {
        faults.push(fault(FaultKind::WrongOrientation, ring.first().copied()));
    }
    true
}

/// Rings and the points where they touch make a graph; a cycle in it encloses a piece of interior.
fn check_connection(roles: &[Role], touches: &[Contact], faults: &mut Vec<Fault>) {
    let mut incidences: Vec<(usize, u64, u64, usize, Coord)> =
        Vec::with_capacity(touches.len() * 2);
    for touch in touches {
        for ring in [touch.ring_a, touch.ring_b] {
            // Adding 0.0 makes -0.0 and 0.0 the same point.
            let (x, y) = ((touch.place.x + 0.0).to_bits(), (touch.place.y + 0.0).to_bits());
            incidences.push((roles[ring].polygon, x, y, ring, touch.place));
        }
    }
    incidences.sort_by_key(|(polygon, x, y, ring, _)| (*polygon, *x, *y, *ring));
    incidences.dedup_by_key(|(polygon, x, y, ring, _)| (*polygon, *x, *y, *ring));
    let mut group: Vec<usize> = (0..roles.len()).collect();
    let mut of_point: BTreeMap<(usize, u64, u64), usize> = BTreeMap::new();
    for (polygon, x, y, ring, place) in incidences {
        let point = *of_point.entry((polygon, x, y)).or_insert_with(|| {
            group.push(group.len());
            group.len() - 1
        });
        let (a, b) = (leader(&mut group, point), leader(&mut group, ring));
        if a == b {
            faults.push(fault(FaultKind::DisconnectedInterior, Some(place)));
        }
        group[a] = b;
    }
}

fn leader(group: &mut [usize], mut member: usize) -> usize {
    while group[member] != member {
        group[member] = group[group[member]];
        member = group[member];
    }
    member
}

/// Holes outside shells, holes in holes, parts in parts: only for rings that do not cross.
fn check_nesting(
    rings: &Rings,
    roles: &[Role],
    crossed: &BTreeSet<(usize, usize)>,
    faults: &mut Vec<Fault>,
) {
    let extents: Vec<Extent> =
        (0..rings.count()).map(|k| Extent::of_coords(rings.ring(k))).collect();
    let clean = |a: usize, b: usize| !crossed.contains(&(a.min(b), a.max(b)));
    let mut shell_of: BTreeMap<usize, usize> = BTreeMap::new();
    for (k, role) in roles.iter().enumerate().filter(|(_, role)| !role.hole) {
        shell_of.insert(role.polygon, k);
    }
    for (k, role) in roles.iter().enumerate() {
        let place = rings.ring(k).first().copied();
        if role.hole {
            match shell_of.get(&role.polygon) {
                Some(shell) if clean(*shell, k) && !inside(rings.ring(k), rings.ring(*shell)) => {
                    faults.push(fault(FaultKind::HoleOutsideShell, place));
                }
                _ => {}
            }
        }
        for (other, other_role) in roles.iter().enumerate() {
            if other == k || !extents[k].touches(&extents[other]) || !clean(k, other) {
                continue;
            }
            let same = role.polygon == other_role.polygon;
            if role.hole && other_role.hole && same && inside(rings.ring(k), rings.ring(other)) {
                faults.push(fault(FaultKind::NestedHoles, place));
            }
            if !role.hole && !other_role.hole && !same && inside(rings.ring(k), rings.ring(other)) {
                // Inside the other part's shell is fine when it is inside one of its holes.
                let in_hole = roles.iter().enumerate().any(|(hole, hole_role)| {
                    hole_role.hole
                        && hole_role.polygon == other_role.polygon
                        && extents[hole].touches(&extents[k])
                        && inside(rings.ring(k), rings.ring(hole))
                });
                if !in_hole {
                    faults.push(fault(FaultKind::OverlappingParts, place));
                }
            }
        }
    }
}

/// True when `ring`, which does not cross `other`, lies inside it: decided by its first vertex, or
/// middle of an edge, that is not on `other`.
fn inside(ring: &[Coord], other: &[Coord]) -> bool {
    let middles = ring
        .windows(2)
        .map(|pair| Coord { x: (pair[0].x + pair[1].x) / 2.0, y: (pair[0].y + pair[1].y) / 2.0 });
    for point in ring.iter().copied().chain(middles) {
        let mut winding = 0;
        let mut on_edge = false;
        for pair in other.windows(2) {
            on_edge |= wind_edge(pair[0], pair[1], point, &mut winding);
        }
        if !on_edge {
            return winding != 0;
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;
    use geo::MultiPolygon;
    use geo::wkt;

    fn kinds(geometry: &Geometry) -> Vec<FaultKind> {
        check(geometry).iter().map(|fault| fault.kind).collect()
    }

    fn kinds_of(polygon: Polygon) -> Vec<FaultKind> {
        kinds(&Geometry::Polygon(polygon))
    }

    #[test]
    fn clean_polygons_have_no_fault() {
        assert!(kinds_of(wkt!(POLYGON((0. 0., 4. 0., 4. 4., 0. 4., 0. 0.), (1. 1., 1. 2., 2. 2., 2. 1., 1. 1.)))).is_empty());
        // A hole that touches the shell at one vertex is valid.
        assert!(
            kinds_of(
                wkt!(POLYGON((0. 0., 4. 0., 4. 4., 0. 4., 0. 0.), (0. 0., 1. 2., 2. 1., 0. 0.)))
            )
            .is_empty()
        );
        // Two holes that touch at a vertex too.
        assert!(kinds_of(wkt!(POLYGON((0. 0., 9. 0., 9. 9., 0. 9., 0. 0.), (1. 1., 2. 3., 3. 2., 1. 1.), (3. 2., 4. 5., 5. 4., 3. 2.)))).is_empty());
        // Parts that touch at a point, and a part inside another's hole.
        assert!(
            kinds(&Geometry::MultiPolygon(
                wkt!(MULTIPOLYGON(((0. 0., 1. 0., 1. 1., 0. 0.)), ((1. 1., 2. 1., 2. 2., 1. 1.))))
            ))
            .is_empty()
        );
        let island = wkt!(MULTIPOLYGON(
            ((0. 0., 9. 0., 9. 9., 0. 9., 0. 0.), (1. 1., 1. 8., 8. 8., 8. 1., 1. 1.)),
            ((2. 2., 4. 2., 4. 4., 2. 4., 2. 2.))
        ));
        assert!(kinds(&Geometry::MultiPolygon(island)).is_empty());
    }

    #[test]
    fn each_fault_is_named() {
        use FaultKind::*;
        assert_eq!(
            kinds_of(wkt!(POLYGON((0. 0., 0. 4., 4. 4., 4. 0., 0. 0.)))),
            [WrongOrientation]
        );
        assert_eq!(
            kinds_of(wkt!(POLYGON((0. 0., 4. 0., 4. 0., 4. 4., 0. 4., 0. 0.)))),
            [RepeatedPoint]
        );
        assert_eq!(kinds_of(wkt!(POLYGON((0. 0., 4. 0., 0. 0.)))), [TooFewPoints]);
        assert_eq!(kinds_of(wkt!(POLYGON((0. 0., 4. 4., 4. 0., 0. 4., 0. 0.)))), [SelfCrossing]);
        // A spike, and a ring that touches itself at a vertex.
        assert_eq!(
            kinds_of(wkt!(POLYGON((0. 0., 4. 0., 9. 0., 4. 0., 4. 4., 0. 4., 0. 0.)))),
            [SelfCrossing]
        );
        assert_eq!(
            kinds_of(wkt!(POLYGON((0. 0., 4. 0., 4. 4., 2. 0., 0. 4., 0. 0.)))),
            [SelfCrossing]
        );
        assert_eq!(
            kinds_of(
                wkt!(POLYGON((0. 0., 4. 0., 4. 4., 0. 4., 0. 0.), (6. 6., 6. 7., 7. 7., 6. 6.)))
            ),
            [HoleOutsideShell]
        );
        assert_eq!(
            kinds_of(
                wkt!(POLYGON((0. 0., 9. 0., 9. 9., 0. 9., 0. 0.), (1. 1., 1. 8., 8. 8., 8. 1., 1. 1.), (2. 2., 2. 3., 3. 3., 2. 2.)))
            ),
            [NestedHoles]
        );
        // A hole from side to side through two vertices cuts the shell in two.
        assert_eq!(
            kinds_of(
                wkt!(POLYGON((0. 0., 4. 0., 4. 4., 0. 4., 0. 0.), (0. 0., 1. 3., 4. 4., 3. 1., 0. 0.)))
            ),
            [DisconnectedInterior]
        );
        // A hole that crosses the shell through a vertex of the shell.
        assert!(
            kinds_of(
                wkt!(POLYGON((0. 0., 4. 0., 4. 4., 0. 4., 0. 0.), (4. 4., 5. 3., 3. 1., 4. 4.)))
            )
            .contains(&SelfCrossing)
        );
        let two = |other| {
            Geometry::MultiPolygon(MultiPolygon(vec![
                wkt!(POLYGON((0. 0., 4. 0., 4. 4., 0. 4., 0. 0.))),
                other,
            ]))
        };
        assert_eq!(
            kinds(&two(wkt!(POLYGON((4. 0., 8. 0., 8. 4., 4. 4., 4. 0.))))),
            [OverlappingParts]
        );
        assert_eq!(kinds(&two(wkt!(POLYGON((1. 1., 2. 1., 2. 2., 1. 1.))))), [OverlappingParts]);
        assert_eq!(kinds_of(wkt!(POLYGON((0. 0., 1e-4 0., 1e-4 1e-4, 0. 0.)))), [ZeroArea]);
        assert_eq!(kinds_of(wkt!(POLYGON((0. 0., 4. 0., 4. 4., 0. 0.))).clone()), []);
        let bad = Polygon::new(LineString::from(vec![(0., 0.), (f64::NAN, 0.), (4., 4.)]), vec![]);
        assert!(kinds_of(bad).contains(&NonFinite));
    }

    #[test]
    fn a_large_ring_is_checked_like_a_small_one() {
        let ring = |n: usize, knot: bool| {
            let mut coords: Vec<Coord> = (0..n)
                .map(|i| {
                    let angle = i as f64 / n as f64 * std::f64::consts::TAU;
                    let radius = 1_000.0 + 30.0 * (angle * 41.0).sin();
                    Coord { x: 5e5 + radius * angle.cos(), y: 6.3e6 + radius * angle.sin() }
                })
                .collect();
            if knot {
                coords.swap(n / 3, n / 3 + 2);
            }
            Geometry::Polygon(Polygon::new(LineString(coords), vec![]))
        };
        assert!(check(&ring(16_000, false)).is_empty());
        assert_eq!(kinds(&ring(16_000, true)), [FaultKind::SelfCrossing]);
    }
}
