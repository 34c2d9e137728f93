//! The geometry blob of a GeoPackage: a header, then WKB.

use geo::Geometry;

use super::row::GeometryFault;
use super::wkb;

const EMPTY: u8 = 0b0001_0000;
const EXTENDED: u8 = 0b0010_0000;

/// Decodes a blob. The envelope is skipped, never trusted.
pub(super) fn decode(
    blob: &[u8],
    reduced: &mut u64,
) -> Result<Option<Geometry<f64>>, GeometryFault> {
    let &[b'G', b'P', _version, flags, ..] = blob else {
        return Err(GeometryFault::malformed("it does not begin as a GeoPackage geometry"));
    };
    if flags & EXTENDED != 0 {
        return Err(GeometryFault::UnsupportedKind { kind: "extended GeoPackage".to_owned() });
    }
    if flags & EMPTY != 0 {
        return Ok(None);
    }
    let envelope_bytes = match flags >> 1 & 0b111 {
        0 => 0,
        1 => 32,
        2 | 3 => 48,
        4 => 64,
        other => return Err(GeometryFault::malformed(format!("envelope code {other}"))),
    };
    match blob.get(8 + envelope_bytes..) {
        Some(wkb) => wkb::decode(wkb, reduced),
        None => Err(GeometryFault::Cut { after_bytes: blob.len() }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn blob(flags: u8, envelope_bytes: usize) -> Vec<u8> {
        let mut blob = vec![b'G', b'P', 0, flags, 0x6a, 8, 0, 0];
        blob.resize(8 + envelope_bytes, 0xff);
        blob.extend([1, 1, 0, 0, 0]);
        blob.extend(1.0_f64.to_le_bytes());
        blob.extend(2.0_f64.to_le_bytes());
        blob
    }

    #[test]
    fn every_envelope() {
        let point: Geometry<f64> = geo::Point::new(1.0, 2.0).into();
        for (code, bytes) in [(0, 0), (1, 32), (2, 48), (3, 48), (4, 64)] {
            let blob = blob(code << 1 | 1, bytes);
            assert_eq!(decode(&blob, &mut 0), Ok(Some(point.clone())), "envelope {code}");
        }
        assert!(decode(&blob(5 << 1, 64), &mut 0).is_err());
        assert_eq!(decode(&blob(EMPTY, 0), &mut 0), Ok(None));
        assert!(decode(&blob(EXTENDED, 0), &mut 0).is_err());
        assert!(decode(b"GP\0\x09", &mut 0).is_err());
        assert!(decode(b"", &mut 0).is_err());
    }
}
