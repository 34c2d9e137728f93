//! Well-known binary geometries (ISO and extended codes), decoded with every count checked
//! against the bytes that are there.

use geo::Coord;
use geo::Geometry;
use geo::LineString;
use geo::MultiLineString;
use geo::MultiPoint;
use geo::MultiPolygon;
use geo::Point;
use geo::Polygon;

use super::collection::one_geometry;
use super::row::GeometryFault;

/// Collections inside collections deeper than this are refused.
const MAX_DEPTH: usize = 8;

/// Decodes one geometry; `Ok(None)` when it is empty. `reduced` counts the collections of which
/// only the polygons are kept.
pub(super) fn decode(
    bytes: &[u8],
    reduced: &mut u64,
) -> Result<Option<Geometry<f64>>, GeometryFault> {
    let mut cursor = Cursor { bytes, at: 0, little: true };
    cursor.geometry(0, reduced)
}

struct Cursor<'b> {
    bytes: &'b [u8],
    at: usize,
    little: bool,
}

/// What precedes the numbers of a geometry.
struct Head {
    kind: u32,
    /// Bytes of one position.
    stride: usize,
}

impl Cursor<'_> {
    fn array<const N: usize>(&mut self) -> Result<[u8; N], GeometryFault> {
        let cut = GeometryFault::Cut { after_bytes: self.bytes.len() };
        let bytes = self.bytes.get(self.at..self.at + N).ok_or(cut)?;
        self.at += N;
        let mut array = [0; N];
        array.copy_from_slice(bytes);
        Ok(array)
    }

    fn u32(&mut self) -> Result<u32, GeometryFault> {
        let bytes = self.array()?;
        Ok(if self.little { u32::from_le_bytes(bytes) } else { u32::from_be_bytes(bytes) })
    }

    /// A count of things of at least `least_bytes` each.
    fn count(&mut self, of_what: &'static str, least_bytes: usize) -> Result<usize, GeometryFault> {
        let announced = self.u32()?;
        let left = self.bytes.len() - self.at;
        match usize::try_from(announced) {
            Ok(count) if count.checked_mul(least_bytes).is_some_and(|need| need <= left) => {
                Ok(count)
            }
            _ => Err(GeometryFault::ImpossibleCount {
                of_what,
                announced: u64::from(announced),
                bytes: left,
            }),
        }
    }

    fn head(&mut self) -> Result<Head, GeometryFault> {
        self.little = match self.array::<1>()?[0] {
            0 => false,
            1 => true,
            other => {
                return Err(GeometryFault::malformed(format!("byte order {other}, not 0 or 1")));
            }
        };
        let mut code = self.u32()?;
        // Extended codes (PostGIS): flags for Z, M and a reference system in the high bits.
        let extra = (code >> 31) + (code >> 30 & 1);
        if code & 0x2000_0000 != 0 {
            self.u32()?;
        }
        code &= 0x0fff_ffff;
        let (dimensions, kind) = (code / 1000, code % 1000);
        let numbers = match (dimensions, extra) {
            (0, extra) => 2 + extra as usize,
            (1 | 2, 0) => 3,
            (3, 0) => 4,
            _ => return Err(GeometryFault::UnsupportedKind { kind: format!("WKB {code}") }),
        };
        Ok(Head { kind, stride: 8 * numbers })
    }

    fn positions(&mut self, count: usize, stride: usize) -> Result<Vec<Coord<f64>>, GeometryFault> {
        let cut = GeometryFault::Cut { after_bytes: self.bytes.len() };
        let bytes = self.bytes.get(self.at..self.at + count * stride).ok_or(cut)?;
        self.at += count * stride;
        let little = self.little;
        let number = |bytes: &[u8]| {
            let mut array = [0; 8];
            array.copy_from_slice(bytes);
            if little { f64::from_le_bytes(array) } else { f64::from_be_bytes(array) }
        };
        let mut finite = true;
        let positions = bytes
            .chunks_exact(stride)
            .map(|p| {
                let coord = Coord { x: number(&p[..8]), y: number(&p[8..16]) };
                finite &= coord.x.is_finite() && coord.y.is_finite();
                coord
            })
            .collect();
        if finite { Ok(positions) } else { Err(GeometryFault::NonFiniteCoordinate) }
    }

    fn line(&mut self, stride: usize) -> Result<LineString<f64>, GeometryFault> {
        let count = self.count("positions", stride)?;
        self.positions(count, stride).map(LineString)
    }

    /// `None` for a point of NaN, which is how WKB writes an empty point.
    fn point(&mut self, stride: usize) -> Result<Option<Point<f64>>, GeometryFault> {
        let start = self.at;
        match self.positions(1, stride) {
            Ok(positions) => Ok(positions.first().copied().map(Point)),
            Err(GeometryFault::NonFiniteCoordinate) => {
                let all_nan = self.bytes[start..start + 16].chunks_exact(8).all(|bytes| {
                    let mut array = [0; 8];
                    array.copy_from_slice(bytes);
                    if self.little { f64::from_le_bytes(array) } else { f64::from_be_bytes(array) }
                        .is_nan()
                });
                if all_nan { Ok(None) } else { Err(GeometryFault::NonFiniteCoordinate) }
            }
            Err(fault) => Err(fault),
        }
    }

    fn polygon(&mut self, stride: usize) -> Result<Option<Polygon<f64>>, GeometryFault> {
        let count = self.count("rings", 4)?;
        let mut rings = Vec::with_capacity(count);
        for _ in 0..count {
            rings.push(self.line(stride)?);
        }
        let mut rings = rings.into_iter();
        let outer = rings.next().filter(|ring| !ring.0.is_empty());
        Ok(outer.map(|outer| Polygon::new(outer, rings.filter(|r| !r.0.is_empty()).collect())))
    }

    /// The members of a multi-geometry, each with its own head of this kind.
    fn members<T>(
        &mut self,
        kind: u32,
        mut one: impl FnMut(&mut Self, usize) -> Result<Option<T>, GeometryFault>,
    ) -> Result<Vec<T>, GeometryFault> {
        let count = self.count("members", 9)?;
        let mut members = Vec::with_capacity(count);
        for _ in 0..count {
            let head = self.head()?;
            if (8..=17).contains(&head.kind) {
                return Err(GeometryFault::UnsupportedKind { kind: kind_name(head.kind) });
            }
            if head.kind != kind {
                let what = format!("a member of type {} where {kind} is due", head.kind);
                return Err(GeometryFault::malformed(what));
            }
            members.extend(one(self, head.stride)?);
        }
        Ok(members)
    }

    fn geometry(
        &mut self,
        depth: usize,
        reduced: &mut u64,
    ) -> Result<Option<Geometry<f64>>, GeometryFault> {
        let head = self.head()?;
        let stride = head.stride;
        let line = |cursor: &mut Self, stride| {
            cursor.line(stride).map(|line| (!line.0.is_empty()).then_some(line))
        };
        Ok(match head.kind {
            1 => self.point(stride)?.map(Geometry::Point),
            2 => line(self, stride)?.map(Geometry::LineString),
            3 => self.polygon(stride)?.map(Geometry::Polygon),
            4 => some(self.members(1, Self::point)?, |m| MultiPoint(m).into()),
            // WFS services write MultiCurve and MultiSurface where every part is straight.
            5 | 11 => some(self.members(2, line)?, |m| MultiLineString(m).into()),
            6 | 12 => some(self.members(3, Self::polygon)?, |m| MultiPolygon(m).into()),
            7 if depth < MAX_DEPTH => {
                let count = self.count("members", 5)?;
                let mut members = Vec::with_capacity(count);
                for _ in 0..count {
                    members.extend(self.geometry(depth + 1, reduced)?);
                }
                one_geometry(members, reduced)?
            }
            kind => return Err(GeometryFault::UnsupportedKind { kind: kind_name(kind) }),
        })
    }
}

fn some<T>(members: Vec<T>, build: impl FnOnce(Vec<T>) -> Geometry<f64>) -> Option<Geometry<f64>> {
    (!members.is_empty()).then(|| build(members))
}

fn kind_name(code: u32) -> String {
    match code {
        7 => "deeply nested GeometryCollection",
        8 => "CircularString",
        9 => "CompoundCurve",
        10 => "CurvePolygon",
        13 => "Curve",
        14 => "Surface",
        15 => "PolyhedralSurface",
        16 => "TIN",
        17 => "Triangle",
        _ => return format!("WKB {code}"),
    }
    .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hex(text: &str) -> Vec<u8> {
        let digits: Vec<u8> = text.bytes().filter(u8::is_ascii_hexdigit).collect();
        let pairs = digits.chunks(2).map(|pair| std::str::from_utf8(pair).unwrap());
        pairs.map(|pair| u8::from_str_radix(pair, 16).unwrap()).collect()
    }

    /// `POLYGON Z ((0 0 5, 1 0 5, 0 1 5, 0 0 5))` as GDAL writes it in ISO WKB.
    const POLYGON_Z: &str = "01 eb030000 01000000 04000000
        0000000000000000 0000000000000000 0000000000001440
        000000000000f03f 0000000000000000 0000000000001440
        0000000000000000 000000000000f03f 0000000000001440
        0000000000000000 0000000000000000 0000000000001440";

    #[test]
    fn both_byte_orders_and_all_dimensions() {
        let ring = LineString::from(vec![(0.0, 0.0), (1.0, 0.0), (0.0, 1.0), (0.0, 0.0)]);
        let expected = Geometry::Polygon(Polygon::new(ring, Vec::new()));
        assert_eq!(decode(&hex(POLYGON_Z), &mut 0), Ok(Some(expected)));
        let point = Some(Geometry::Point(Point::new(1.0, 2.0)));
        for wkb in [
            "01 01000000 000000000000f03f 0000000000000040",
            "00 00000001 3ff0000000000000 4000000000000000",
            "01 e9030000 000000000000f03f 0000000000000040 0000000000000840",
            "01 d1070000 000000000000f03f 0000000000000040 0000000000000840",
            "01 b90b0000 000000000000f03f 0000000000000040 0000000000000840 0000000000000840",
            "01 01000080 000000000000f03f 0000000000000040 0000000000000840",
            "01 01000020 6a080000 000000000000f03f 0000000000000040",
        ] {
            assert_eq!(decode(&hex(wkb), &mut 0), Ok(point.clone()), "{wkb}");
        }
        let empty = "01 01000000 000000000000f87f 000000000000f87f";
        assert_eq!(decode(&hex(empty), &mut 0), Ok(None));
    }

    #[test]
    fn every_cut_and_every_changed_byte_is_answered() {
        let whole = hex(POLYGON_Z);
        for length in 0..whole.len() {
            assert!(decode(&whole[..length], &mut 0).is_err(), "cut at {length}");
        }
        for at in 0..whole.len() {
            for value in 0..=255 {
                let mut damaged = whole.clone();
                damaged[at] = value;
                let _ = decode(&damaged, &mut 0);
            }
        }
    }

    #[test]
    fn a_multi_surface_of_straight_polygons_is_read() {
        let surface = hex(&format!("01 0c000000 01000000 {POLYGON_Z}"));
        assert!(
            matches!(decode(&surface, &mut 0), Ok(Some(Geometry::MultiPolygon(m))) if m.0.len() == 1)
        );
        let curved = hex("01 0c000000 01000000 01 0a000000 00000000");
        let fault = GeometryFault::UnsupportedKind { kind: "CurvePolygon".into() };
        assert_eq!(decode(&curved, &mut 0), Err(fault));
    }

    #[test]
    fn counts_are_not_trusted() {
        let fault = decode(&hex("01 03000000 ffffffff"), &mut 0);
        assert_eq!(
            fault,
            Err(GeometryFault::ImpossibleCount {
                of_what: "rings",
                announced: 0xffff_ffff,
                bytes: 0
            })
        );
        let curve = decode(&hex("01 0a000000 00000000"), &mut 0);
        assert_eq!(curve, Err(GeometryFault::UnsupportedKind { kind: "CurvePolygon".into() }));
        let deep = hex(&"01 07000000 01000000".repeat(100));
        assert!(matches!(decode(&deep, &mut 0), Err(GeometryFault::UnsupportedKind { .. })));
    }
}
