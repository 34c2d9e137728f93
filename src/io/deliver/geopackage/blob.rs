//! Geometry blobs: GeoPackage header with envelope, then little-endian WKB.

use geo::Coord;
use geo::Geometry;
use geo::LineString;
use geo::Polygon;

/// Extent of shapes, in the layer's units. Starts empty.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Envelope {
    pub(super) min_x: f64,
    pub(super) max_x: f64,
    pub(super) min_y: f64,
    pub(super) max_y: f64,
}

impl Default for Envelope {
    fn default() -> Self {
        Self {
            min_x: f64::INFINITY,
            max_x: f64::NEG_INFINITY,
            min_y: f64::INFINITY,
            max_y: f64::NEG_INFINITY,
        }
    }
}

impl Envelope {
    fn hold(&mut self, at: Coord<f64>) {
        self.min_x = self.min_x.min(at.x);
        self.max_x = self.max_x.max(at.x);
        self.min_y = self.min_y.min(at.y);
        self.max_y = self.max_y.max(at.y);
    }

    pub(super) fn join(&mut self, other: &Self) {
        self.min_x = self.min_x.min(other.min_x);
        self.max_x = self.max_x.max(other.max_x);
        self.min_y = self.min_y.min(other.min_y);
        self.max_y = self.max_y.max(other.max_y);
    }

    pub(super) fn is_empty(&self) -> bool {
        self.min_x > self.max_x
    }
}

/// The blob of a geometry, and its envelope. Polygons and lines are written as their multi kind: one layer, one kind.
pub(super) fn encode(geometry: &Geometry<f64>, srs: i32) -> (Vec<u8>, Envelope) {
    let mut envelope = Envelope::default();
    geo::CoordsIter::coords_iter(geometry).for_each(|at| envelope.hold(at));
    let is_point = matches!(geometry, Geometry::Point(_));
    let mut out = Vec::with_capacity(64 + 16 * geo::CoordsIter::coords_count(geometry));
    out.extend_from_slice(b"GP\0");
    // Flags: little-endian; envelope kind 1 (x, y), none for points.
    out.push(if is_point { 0b0000_0001 } else { 0b0000_0011 });
    out.extend_from_slice(&srs.to_le_bytes());
    if !is_point {
        for bound in [envelope.min_x, envelope.max_x, envelope.min_y, envelope.max_y] {
            out.extend_from_slice(&bound.to_le_bytes());
        }
    }
    wkb(&mut out, geometry);
    (out, envelope)
}

fn wkb(out: &mut Vec<u8>, geometry: &Geometry<f64>) {
    match geometry {
        Geometry::Point(point) => {
            head(out, 1);
            coord(out, point.0);
        }
        Geometry::MultiPoint(points) => {
            head(out, 4);
            count(out, points.0.len());
            for point in points {
                head(out, 1);
                coord(out, point.0);
            }
        }
        Geometry::LineString(line) => lines(out, std::slice::from_ref(line)),
        Geometry::MultiLineString(several) => lines(out, &several.0),
        Geometry::Polygon(polygon) => polygons(out, std::slice::from_ref(polygon)),
        Geometry::MultiPolygon(several) => polygons(out, &several.0),
        // The delivered layer's constructor lets no other kind through.
        _ => {
            head(out, 7);
            count(out, 0);
        }
    }
}

fn lines(out: &mut Vec<u8>, lines: &[LineString<f64>]) {
    head(out, 5);
    count(out, lines.len());
    for line in lines {
        head(out, 2);
        ring(out, line);
    }
}

fn polygons(out: &mut Vec<u8>, polygons: &[Polygon<f64>]) {
    head(out, 6);
    count(out, polygons.len());
    for polygon in polygons {
        head(out, 3);
        count(out, 1 + polygon.interiors().len());
        ring(out, polygon.exterior());
        for hole in polygon.interiors() {
            ring(out, hole);
        }
    }
}

fn head(out: &mut Vec<u8>, kind: u32) {
    out.push(1);
    out.extend_from_slice(&kind.to_le_bytes());
}

fn count(out: &mut Vec<u8>, n: usize) {
    out.extend_from_slice(&u32::try_from(n).unwrap_or(u32::MAX).to_le_bytes());
}

fn ring(out: &mut Vec<u8>, line: &LineString<f64>) {
    count(out, line.0.len());
    for at in &line.0 {
        coord(out, *at);
    }
}

fn coord(out: &mut Vec<u8>, at: Coord<f64>) {
    out.extend_from_slice(&at.x.to_le_bytes());
    out.extend_from_slice(&at.y.to_le_bytes());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_point_is_the_bytes_of_the_standard() {
        let (bytes, _) = encode(&Geometry::Point(geo::Point::new(1.0, 2.0)), 2154);
        let mut expected = b"GP\0\x01".to_vec();
        expected.extend_from_slice(&2154_i32.to_le_bytes());
        expected.extend_from_slice(&[1, 1, 0, 0, 0]);
        expected.extend_from_slice(&1.0_f64.to_le_bytes());
        expected.extend_from_slice(&2.0_f64.to_le_bytes());
        assert_eq!(bytes, expected);
    }

    #[test]
    fn a_polygon_is_a_multipolygon_with_its_envelope() {
        let square = Polygon::new(
            LineString::from(vec![(0.0, 0.0), (2.0, 0.0), (2.0, 3.0), (0.0, 0.0)]),
            Vec::new(),
        );
        let (bytes, envelope) = encode(&Geometry::Polygon(square), 2154);
        assert_eq!((envelope.max_x, envelope.max_y), (2.0, 3.0));
        assert_eq!(bytes[3], 0b11);
        assert_eq!(&bytes[40..45], &[1, 6, 0, 0, 0]);
        assert_eq!(bytes.len(), 8 + 32 + 5 + 4 + 5 + 4 + 4 + 4 * 16);
    }
}
