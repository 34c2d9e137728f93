//! GeoJSON as text, in WGS 84 with seven decimals (about a centimetre), written straight to bytes.

use geo_types::Coord;
use geo_types::LineString;
use geo_types::MultiPolygon;
use geo_types::Polygon;

use crate::demo::DemoError;
use crate::demo::Lambert93;

/// What every GeoJSON file of the demonstration says of itself.
pub(super) const SYNTHETIC: &str = "données synthétiques – démonstration gisement";

/// A feature collection being written.
pub(super) struct Collection {
    bytes: Vec<u8>,
    projection: Lambert93,
    empty: bool,
    fine: bool,
}

impl Collection {
    pub(super) fn new(name: &str) -> Result<Self, DemoError> {
        let mut bytes = Vec::with_capacity(1 << 16);
        bytes.extend_from_slice(b"{\"type\":\"FeatureCollection\",\"name\":");
        bytes.extend_from_slice(quoted(name).as_bytes());
        bytes.extend_from_slice(b",\"description\":");
        bytes.extend_from_slice(quoted(SYNTHETIC).as_bytes());
        bytes.extend_from_slice(b",\"features\":[\n");
        Ok(Self { bytes, projection: Lambert93::new()?, empty: true, fine: false })
    }

    /// With nine decimals, a tenth of a millimetre: for outlines that must meet those of another file.
    pub(super) fn fine(name: &str) -> Result<Self, DemoError> {
        Ok(Self { fine: true, ..Self::new(name)? })
    }

    /// Opens a feature; `properties` is a JSON object.
    pub(super) fn feature(&mut self, id: Option<&str>, properties: &str) {
        if !self.empty {
            self.bytes.extend_from_slice(b",\n");
        }
        self.empty = false;
        self.bytes.extend_from_slice(b"{\"type\":\"Feature\",");
        if let Some(id) = id {
            self.bytes.extend_from_slice(b"\"id\":");
            self.bytes.extend_from_slice(quoted(id).as_bytes());
            self.bytes.push(b',');
        }
        self.bytes.extend_from_slice(b"\"properties\":");
        self.bytes.extend_from_slice(properties.as_bytes());
        self.bytes.extend_from_slice(b",\"geometry\":");
    }

    pub(super) fn polygon(&mut self, polygon: &Polygon<f64>) -> Result<(), DemoError> {
        self.bytes.extend_from_slice(b"{\"type\":\"Polygon\",\"coordinates\":");
        self.rings(polygon)?;
        self.bytes.extend_from_slice(b"}}");
        Ok(())
    }

    pub(super) fn multi_polygon(&mut self, parts: &MultiPolygon<f64>) -> Result<(), DemoError> {
        self.bytes.extend_from_slice(b"{\"type\":\"MultiPolygon\",\"coordinates\":[");
        for (rank, part) in parts.0.iter().enumerate() {
            if rank > 0 {
                self.bytes.push(b',');
            }
            self.rings(part)?;
        }
        self.bytes.extend_from_slice(b"]}}");
        Ok(())
    }

    pub(super) fn point(&mut self, at: Coord<f64>) -> Result<(), DemoError> {
        self.bytes.extend_from_slice(b"{\"type\":\"Point\",\"coordinates\":");
        self.position(at)?;
        self.bytes.extend_from_slice(b"}}");
        Ok(())
    }

    pub(super) fn lines(&mut self, lines: &[LineString<f64>]) -> Result<(), DemoError> {
        self.bytes.extend_from_slice(b"{\"type\":\"MultiLineString\",\"coordinates\":[");
        for (rank, line) in lines.iter().enumerate() {
            self.bytes.extend_from_slice(if rank > 0 { b",[" } else { b"[" });
            for (k, at) in line.0.iter().enumerate() {
                if k > 0 {
                    self.bytes.push(b',');
                }
                self.position(*at)?;
            }
            self.bytes.push(b']');
        }
        self.bytes.extend_from_slice(b"]}}");
        Ok(())
    }

    pub(super) fn finish(mut self) -> Vec<u8> {
        self.bytes.extend_from_slice(b"\n]}\n");
        self.bytes
    }

    fn rings(&mut self, polygon: &Polygon<f64>) -> Result<(), DemoError> {
        self.bytes.push(b'[');
        let rings = std::iter::once(polygon.exterior()).chain(polygon.interiors());
        for (rank, ring) in rings.enumerate() {
            self.bytes.extend_from_slice(if rank > 0 { b",[" } else { b"[" });
            for (k, at) in ring.0.iter().enumerate() {
                if k > 0 {
                    self.bytes.push(b',');
                }
                self.position(*at)?;
            }
            self.bytes.push(b']');
        }
        self.bytes.push(b']');
        Ok(())
    }

    fn position(&mut self, at: Coord<f64>) -> Result<(), DemoError> {
        let degrees = self.projection.to_degrees(at)?;
        self.bytes.push(b'[');
        let write = if self.fine { nine_decimals } else { seven_decimals };
        write(degrees.x, &mut self.bytes);
        self.bytes.push(b',');
        write(degrees.y, &mut self.bytes);
        self.bytes.push(b']');
        Ok(())
    }
}

/// A number with seven decimals, several times faster than the general formatter.
pub(super) fn seven_decimals(value: f64, out: &mut Vec<u8>) {
    decimals(value, *b".0000000", out);
}

fn nine_decimals(value: f64, out: &mut Vec<u8>) {
    decimals(value, *b".000000000", out);
}

fn decimals<const N: usize>(value: f64, mut digits: [u8; N], out: &mut Vec<u8>) {
    let one = 10_u64.pow((N - 1) as u32);
    let scaled = (value * one as f64).round() as i64;
    if scaled < 0 {
        out.push(b'-');
    }
    let (whole, mut rest) = (scaled.unsigned_abs() / one, scaled.unsigned_abs() % one);
    out.extend_from_slice(whole.to_string().as_bytes());
    for digit in digits[1..].iter_mut().rev() {
        *digit = b'0' + (rest % 10) as u8;
        rest /= 10;
    }
    out.extend_from_slice(&digits);
}

/// A JSON string.
pub(super) fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_seven_decimals() {
        let text = |value| {
            let mut out = Vec::new();
            seven_decimals(value, &mut out);
            String::from_utf8(out).unwrap()
        };
        assert_eq!(text(1.5), "1.5000000");
        assert_eq!(text(-0.000_000_14), "-0.0000001");
        assert_eq!(text(44.161_285_84), "44.1612858");
    }
}
