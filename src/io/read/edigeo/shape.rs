//! The geometry of one object, from the nodes, arcs and faces that draw it.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use geo::Coord;
use geo::Geometry;
use geo::LineString;
use geo::MultiLineString;
use geo::MultiPoint;
use geo::Point;
use geo::orient::Direction;
use geo::orient::Orient;
use geo::winding_order::Winding;

use super::super::layer::GeometryHint;
use super::super::rings;
use super::super::row::GeometryFault;
use super::outline;
use super::vectors::Face;
use super::vectors::Object;
use super::vectors::Primitive;
use super::vectors::Vectors;

/// Which ring lies in which is found by looking at all pairs; a parcel with more rings than this
/// is damage, or made to take hours.
const MAX_RINGS: usize = 10_000;

/// The geometry of an object of a class with this kind of geometry.
pub(super) fn of(
    object: &Object,
    kind: GeometryHint,
    vectors: &Vectors,
) -> Result<Option<Geometry<f64>>, GeometryFault> {
    if object.n_dangling > 0 {
        let n = object.n_dangling;
        return Err(GeometryFault::malformed(format!(
            "{n} of the nodes, arcs or faces that draw it are not in the exchange"
        )));
    }
    if object.primitives.is_empty() {
        return Ok(None);
    }
    match kind {
        GeometryHint::Points => points(object, vectors),
        GeometryHint::Lines => lines(object, vectors),
        GeometryHint::Areas => area(object, vectors),
        GeometryHint::None | GeometryHint::Unknown => {
            Err(GeometryFault::malformed("its class has no kind of geometry"))
        }
    }
}

fn wrong(what: &str) -> GeometryFault {
    GeometryFault::malformed(format!("it is drawn by {what}, which its class does not allow"))
}

fn points(object: &Object, vectors: &Vectors) -> Result<Option<Geometry<f64>>, GeometryFault> {
    let points = object.primitives.iter().map(|primitive| match primitive {
        Primitive::Node(node) => vectors.nodes[*node].clone().map(Point),
        Primitive::Arc(_) | Primitive::Face(_) => Err(wrong("arcs or faces")),
    });
    let mut points = points.collect::<Result<Vec<_>, _>>()?;
    Ok(match (points.len(), points.pop()) {
        (1, Some(only)) => Some(only.into()),
        (_, last) => {
            points.extend(last);
            Some(MultiPoint(points).into())
        }
    })
}

fn lines(object: &Object, vectors: &Vectors) -> Result<Option<Geometry<f64>>, GeometryFault> {
    let lines = object.primitives.iter().map(|primitive| match primitive {
        Primitive::Arc(arc) => vectors.arcs[*arc].clone().map(LineString::new),
        Primitive::Node(_) | Primitive::Face(_) => Err(wrong("nodes or faces")),
    });
    let mut lines = lines.collect::<Result<Vec<_>, _>>()?;
    Ok(match (lines.len(), lines.pop()) {
        (1, Some(only)) => Some(only.into()),
        (_, last) => {
            lines.extend(last);
            Some(MultiLineString(lines).into())
        }
    })
}

/// An arc between two faces of the object is inside; so is one with the same face on both sides.
fn area(object: &Object, vectors: &Vectors) -> Result<Option<Geometry<f64>>, GeometryFault> {
    let mut faces = BTreeSet::new();
    // By arc: how many of its sides the object covers.
    let mut sides: BTreeMap<usize, usize> = BTreeMap::new();
    for primitive in &object.primitives {
        match *primitive {
            Primitive::Face(face) if faces.insert(face) => {
                let Face { arcs, n_dangling } = &vectors.faces[face];
                // A hole would go unnoticed with its arc.
                if *n_dangling > 0 {
                    return Err(GeometryFault::malformed(format!(
                        "{n_dangling} of the arcs of one of its faces are not in the exchange"
                    )));
                }
                if arcs.is_empty() {
                    return Err(GeometryFault::malformed("one of its faces has no arc"));
                }
                for &(arc, _) in arcs {
                    *sides.entry(arc).or_default() += 1;
                }
            }
            Primitive::Face(_) => {}
            Primitive::Arc(arc) => *sides.entry(arc).or_default() += 1,
            Primitive::Node(_) => return Err(wrong("nodes")),
        }
    }
    let outline = sides.into_iter().filter(|(_, sides)| sides % 2 == 1);
    let arcs = outline.map(|(arc, _)| vectors.arcs[arc].as_deref().map_err(Clone::clone));
    let arcs: Vec<&[Coord<f64>]> = arcs.collect::<Result<_, _>>()?;
    let mut rings = outline::rings(&arcs)?;
    if rings.len() > MAX_RINGS {
        return Err(GeometryFault::malformed(format!("it has more than {MAX_RINGS} rings")));
    }
    // The directions of the arcs tell nothing reliable; with one direction for all rings, nesting
    // decides which are holes.
    rings.iter_mut().for_each(Winding::make_ccw_winding);
    Ok(match rings::polygons(rings)? {
        Some(Geometry::Polygon(polygon)) => Some(polygon.orient(Direction::Default).into()),
        Some(Geometry::MultiPolygon(parts)) => Some(parts.orient(Direction::Default).into()),
        other => other,
    })
}
