//! Geometry collections: reduced to one kind of geometry, when there is no doubt which.

use geo::Geometry;
use geo::MultiLineString;
use geo::MultiPoint;
use geo::MultiPolygon;

use super::row::GeometryFault;

/// The one geometry that a collection stands for: its polygons if it has some (`reduced` counts
/// the collections that lose lines or points by it), else its lines or points when it has nothing
/// else. Members may be of any kind but collections.
pub(super) fn one_geometry(
    members: Vec<Geometry<f64>>,
    reduced: &mut u64,
) -> Result<Option<Geometry<f64>>, GeometryFault> {
    let mut polygons = Vec::new();
    let mut lines = Vec::new();
    let mut points = Vec::new();
    for member in members {
        match member {
            Geometry::Polygon(polygon) => polygons.push(polygon),
            Geometry::MultiPolygon(many) => polygons.extend(many.0),
            Geometry::LineString(line) => lines.push(line),
            Geometry::MultiLineString(many) => lines.extend(many.0),
            Geometry::Point(point) => points.push(point),
            Geometry::MultiPoint(many) => points.extend(many.0),
            _ => return Err(GeometryFault::malformed("a collection inside a collection")),
        }
    }
    if !polygons.is_empty() {
        *reduced += u64::from(!lines.is_empty() || !points.is_empty());
        let single = if polygons.len() == 1 { polygons.pop() } else { None };
        return Ok(Some(single.map_or_else(|| MultiPolygon(polygons).into(), Geometry::Polygon)));
    }
    match (lines.len(), points.len()) {
        (0, 0) => Ok(None),
        (1, 0) => Ok(lines.pop().map(Geometry::LineString)),
        (_, 0) => Ok(Some(MultiLineString(lines).into())),
        (0, 1) => Ok(points.pop().map(Geometry::Point)),
        (0, _) => Ok(Some(MultiPoint(points).into())),
        _ => Err(GeometryFault::MixedCollection),
    }
}
