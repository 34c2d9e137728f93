//! One shape of a shapefile as a geometry.

use geo::Coord;
use geo::Geometry;
use geo::LineString;
use geo::MultiLineString;
use geo::MultiPoint;
use geo::Point;
use shapefile::Shape;
use shapefile::record::traits::HasXY;

use super::rings;
use super::row::GeometryFault;

type Found = Result<Option<Geometry<f64>>, GeometryFault>;

/// Values below this stand for "no data" in shapefiles.
const NO_DATA: f64 = -1e38;

/// Checks the counts of a record against its length, before anything is allocated after them.
pub(super) fn check_counts(record: &[u8]) -> Result<(), GeometryFault> {
    let word = |at: usize| {
        let bytes = record.get(at..at + 4)?;
        Some(i64::from(i32::from_le_bytes(bytes.try_into().ok()?)))
    };
    let cut = || GeometryFault::Cut { after_bytes: record.len() };
    let kind = word(0).ok_or_else(cut)?;
    let (parts, points, fixed) = match kind {
        3 | 5 | 13 | 15 | 23 | 25 => (word(36).ok_or_else(cut)?, word(40).ok_or_else(cut)?, 44),
        8 | 18 | 28 => (0, word(36).ok_or_else(cut)?, 40),
        0 | 1 | 11 | 21 => return Ok(()),
        31 => return Err(GeometryFault::UnsupportedKind { kind: "MultiPatch".to_owned() }),
        other => return Err(GeometryFault::UnsupportedKind { kind: format!("shape {other}") }),
    };
    let left = record.len() as i64 - fixed;
    for (of_what, count, bytes) in [("parts", parts, 4), ("points", points, 16)] {
        if count < 0 || count * bytes > left {
            return Err(GeometryFault::ImpossibleCount {
                of_what,
                announced: count.unsigned_abs(),
                bytes: record.len(),
            });
        }
    }
    let mut last = 0;
    for part in 0..parts {
        let start = word(44 + 4 * part as usize).ok_or_else(cut)?;
        if start < last || start > points {
            return Err(GeometryFault::malformed(format!(
                "part {} starts at point {start} of {points}",
                part + 1
            )));
        }
        last = start;
    }
    Ok(())
}

/// Bytes that hold a record's kind and box.
pub(super) const BOX_BYTES: usize = 36;

/// Whether a record, of which these are the first bytes, lies outside a box (min x, min y, max x, max y) or nowhere. In
/// doubt it does not: whoever decodes it will say what is wrong with it.
pub(super) fn is_outside(record: &[u8], within: [f64; 4]) -> bool {
    let number = |at: usize| {
        let bytes = record.get(at..at + 8)?;
        bytes.try_into().ok().map(f64::from_le_bytes)
    };
    let bounds = match record {
        [0, 0, 0, 0, ..] => return true,
        [1 | 11 | 21, 0, 0, 0, ..] => [4, 12, 4, 12],
        [3 | 5 | 8 | 13 | 15 | 18 | 23 | 25 | 28, 0, 0, 0, ..] => [4, 12, 20, 28],
        _ => return false,
    };
    match bounds.map(number) {
        [Some(min_x), Some(min_y), Some(max_x), Some(max_y)] => {
            max_x < within[0] || max_y < within[1] || min_x > within[2] || min_y > within[3]
        }
        _ => false,
    }
}

/// Polygons with their holes, lines, points; `Ok(None)` for a null or empty shape.
pub(super) fn geometry(shape: Shape) -> Found {
    match shape {
        Shape::NullShape => Ok(None),
        Shape::Point(p) => point(&p),
        Shape::PointM(p) => point(&p),
        Shape::PointZ(p) => point(&p),
        Shape::Multipoint(m) => points(m.points()),
        Shape::MultipointM(m) => points(m.points()),
        Shape::MultipointZ(m) => points(m.points()),
        Shape::Polyline(p) => lines(p.parts()),
        Shape::PolylineM(p) => lines(p.parts()),
        Shape::PolylineZ(p) => lines(p.parts()),
        Shape::Polygon(p) => areas(p.rings().iter().map(shapefile::PolygonRing::points)),
        Shape::PolygonM(p) => areas(p.rings().iter().map(shapefile::PolygonRing::points)),
        Shape::PolygonZ(p) => areas(p.rings().iter().map(shapefile::PolygonRing::points)),
        Shape::Multipatch(_) => {
            Err(GeometryFault::UnsupportedKind { kind: "MultiPatch".to_owned() })
        }
    }
}

fn coord(point: &impl HasXY) -> Result<Coord<f64>, GeometryFault> {
    let (x, y) = (point.x(), point.y());
    if x.is_finite() && y.is_finite() && x > NO_DATA && y > NO_DATA {
        Ok(Coord { x, y })
    } else {
        Err(GeometryFault::NonFiniteCoordinate)
    }
}

fn line<P: HasXY>(points: &[P]) -> Result<LineString<f64>, GeometryFault> {
    points.iter().map(coord).collect::<Result<Vec<_>, _>>().map(LineString)
}

fn point(point: &impl HasXY) -> Found {
    // How GDAL and QGIS write an empty point.
    if point.x().is_nan() && point.y().is_nan() {
        return Ok(None);
    }
    coord(point).map(|c| Some(Point(c).into()))
}

fn points<P: HasXY>(points: &[P]) -> Found {
    let points = points.iter().map(|p| coord(p).map(Point)).collect::<Result<Vec<_>, _>>()?;
    Ok((!points.is_empty()).then(|| MultiPoint(points).into()))
}

fn lines<P: HasXY>(parts: &[Vec<P>]) -> Found {
    let parts = parts.iter().filter(|part| !part.is_empty()).map(|part| line(part));
    let mut lines = parts.collect::<Result<Vec<_>, _>>()?;
    Ok(match lines.len() {
        0 => None,
        1 => lines.pop().map(Geometry::LineString),
        _ => Some(MultiLineString(lines).into()),
    })
}

fn areas<'p, P: HasXY + 'p>(rings: impl Iterator<Item = &'p [P]>) -> Found {
    let rings = rings.filter(|ring| !ring.is_empty()).map(line);
    rings::polygons(rings.collect::<Result<Vec<_>, _>>()?)
}
