//! Geometry kept in the columns of a table of text: WKT, or a pair of coordinates.

use std::str::FromStr;

use geo::CoordsIter;
use geo::Geometry;
use geo::Point;
use serde::de::DeserializeSeed;

use super::collection::one_geometry;
use super::geojson_coordinates::Coordinates;
use super::geojson_geometry::GeometryCounts;
use super::geojson_geometry::GeometrySeed;
use super::row::Cell;
use super::row::GeometryFault;
use super::row::Row;
use super::want::GeometryFrom;
use super::want::Want;
use super::wkb;

/// Parentheses nested deeper than this are no geometry.
const MAX_DEPTH: usize = 16;

/// The wish with the columns of the geometry added behind the others, all required, when the
/// geometry is in columns; `None` when it is not.
pub(super) fn with_its_columns(want: &Want) -> Option<Want> {
    let added = match &want.geometry {
        GeometryFrom::Native | GeometryFrom::None => return None,
        GeometryFrom::Wkt(spellings) => vec![spellings.clone()],
        GeometryFrom::LonLat(x, y) => vec![x.clone(), y.clone()],
    };
    let mut wider = want.clone();
    let first = wider.columns.len();
    wider.required.extend(first..first + added.len());
    wider.columns.extend(added);
    wider.geometry = GeometryFrom::None;
    Some(wider)
}

/// Takes the geometry's columns, the last ones, off a row and makes the geometry of them.
pub(super) fn taken_from(row: Row, wanted_columns: usize) -> Row {
    let mut cells = row.cells;
    let added = cells.split_off(wanted_columns.min(cells.len()));
    let text = |cell: &Cell| match cell {
        Cell::Text(text) => text.clone(),
        Cell::Number(number) => number.to_string(),
        Cell::Missing | Cell::Flag(_) => String::new(),
    };
    let geometry = row.geometry.and_then(|_none| match added.as_slice() {
        [wkt] => of_wkt(&text(wkt)),
        [x, y] => of_pair(&text(x), &text(y)),
        _ => Ok(None),
    });
    Row { number: row.number, geometry, cells }
}

/// A geometry from one cell (WKT, GeoJSON, hexadecimal WKB, `x, y` or a list of addresses) or from two (x, then y).
///
/// # Errors
/// What is wrong with the text.
pub fn geometry_of_cells(cells: &[Cell]) -> Result<Option<Geometry<f64>>, GeometryFault> {
    let text = |cell: &Cell| match cell {
        Cell::Text(text) => text.clone(),
        Cell::Number(number) => number.to_string(),
        Cell::Missing | Cell::Flag(_) => String::new(),
    };
    match cells {
        [one] => of_text(&text(one)),
        [x, y] => of_pair(&text(x), &text(y)),
        _ => Ok(None),
    }
}

fn of_text(text: &str) -> Result<Option<Geometry<f64>>, GeometryFault> {
    let text = text.trim();
    let is_hex = || text.len() >= 42 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    match text.bytes().next() {
        None => Ok(None),
        Some(b'{') => of_geojson(text),
        Some(b'[') => of_addresses(text),
        Some(_) if is_hex() => wkb::decode(&of_hex(text), &mut 0),
        Some(b'-' | b'+' | b'.' | b'0'..=b'9') => {
            let numbers: Vec<&str> =
                text.split([',', ';', ' ', '\t']).filter(|part| !part.is_empty()).collect();
            match numbers.as_slice() {
                [x, y] => of_pair(x, y),
                _ => Err(GeometryFault::IncompletePosition),
            }
        }
        Some(_) => of_wkt(text),
    }
}

fn of_geojson(text: &str) -> Result<Option<Geometry<f64>>, GeometryFault> {
    let mut input = serde_json::Deserializer::from_str(text);
    let (mut coordinates, mut counts) = (Coordinates::default(), GeometryCounts::default());
    let seed = GeometrySeed { coordinates: &mut coordinates, counts: &mut counts };
    let found = seed.deserialize(&mut input).and_then(|found| input.end().map(|()| found));
    // Only the place is told: the parser's own words could repeat a value.
    found.map_err(|error| {
        GeometryFault::malformed(format!("its GeoJSON breaks at character {}", error.column()))
    })?
}

/// The first place of a list of addresses, as the services of the State write it in one cell:
/// `[{"type_adresse": "Adresse", …, "longitude": "0.58", "latitude": "43.65"}]`. A list without a place is no shape.
fn of_addresses(text: &str) -> Result<Option<Geometry<f64>>, GeometryFault> {
    let broken = |error: serde_json::Error| {
        GeometryFault::malformed(format!("its list breaks at character {}", error.column()))
    };
    let list: Vec<Address> = serde_json::from_str(text).map_err(broken)?;
    let placed = list.into_iter().find_map(|address| address.longitude.zip(address.latitude));
    placed.map_or(Ok(None), |(x, y)| of_pair(&text_of(&x), &text_of(&y)))
}

/// Of an address, the place alone.
#[derive(serde::Deserialize)]
struct Address {
    longitude: Option<serde_json::Value>,
    latitude: Option<serde_json::Value>,
}

fn text_of(value: &serde_json::Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// Bytes of hexadecimal digits; a last odd digit is left out.
fn of_hex(text: &str) -> Vec<u8> {
    let digit = |byte: u8| char::from(byte).to_digit(16).unwrap_or(0) as u8;
    text.as_bytes().chunks_exact(2).map(|pair| digit(pair[0]) << 4 | digit(pair[1])).collect()
}

/// A point from two numbers; decimal commas and blanks between digits are accepted.
pub(super) fn of_pair(x: &str, y: &str) -> Result<Option<Geometry<f64>>, GeometryFault> {
    let number = |text: &str| -> Result<f64, GeometryFault> {
        let text: String = text
            .chars()
            .filter(|c| !c.is_whitespace())
            .map(|c| if c == ',' { '.' } else { c })
            .collect();
        let value: f64 =
            text.parse().map_err(|_not_a_number| GeometryFault::NonNumericCoordinate)?;
        if value.is_finite() { Ok(value) } else { Err(GeometryFault::NonFiniteCoordinate) }
    };
    match (x.trim().is_empty(), y.trim().is_empty()) {
        (true, true) => Ok(None),
        (false, false) => Ok(Some(Point::new(number(x)?, number(y)?).into())),
        _ => Err(GeometryFault::IncompletePosition),
    }
}

/// A geometry from WKT in any letter case; `SRID=…;` is skipped.
pub(super) fn of_wkt(text: &str) -> Result<Option<Geometry<f64>>, GeometryFault> {
    let text = text.trim();
    let text = match text.split_once(';') {
        Some((srid, rest)) if srid.to_ascii_uppercase().starts_with("SRID=") => rest.trim(),
        _ => text,
    };
    if text.is_empty() {
        return Ok(None);
    }
    if text.contains("...") || text.contains('…') {
        return Err(GeometryFault::Shortened);
    }
    let mut depth = 0_usize;
    for byte in text.bytes() {
        depth = match byte {
            b'(' => depth + 1,
            b')' => depth.saturating_sub(1),
            _ => depth,
        };
        if depth > MAX_DEPTH {
            return Err(GeometryFault::malformed("parentheses are nested too deeply"));
        }
    }
    if depth > 0 {
        return Err(GeometryFault::Cut { after_bytes: text.len() });
    }
    let parsed = wkt::Wkt::<f64>::from_str(text).map_err(GeometryFault::malformed)?;
    let geometry = Geometry::try_from(parsed)
        .map_err(|_not_a_geometry| GeometryFault::malformed("it is an empty point"));
    let geometry = match geometry {
        Ok(Geometry::GeometryCollection(members)) => one_geometry(members.0, &mut 0)?,
        Ok(geometry) => Some(geometry).filter(|g| g.coords_count() > 0),
        Err(_) if text.to_ascii_uppercase().ends_with("EMPTY") => None,
        Err(fault) => return Err(fault),
    };
    match &geometry {
        Some(g) if g.coords_iter().any(|c| !(c.x.is_finite() && c.y.is_finite())) => {
            Err(GeometryFault::NonFiniteCoordinate)
        }
        _ => Ok(geometry),
    }
}

#[cfg(test)]
mod tests {
    use geo::Area;

    use super::*;

    #[test]
    fn wkt_in_any_case_and_dimension() {
        for text in [
            "MultiPolygon (((0 0, 2 0, 2 1, 0 0)))",
            "MULTIPOLYGON(((0 0,2 0,2 1,0 0)))",
            "multipolygon z (((0 0 9,2 0 9,2 1 9,0 0 9)))",
            "SRID=2154;POLYGON((0 0,2 0,2 1,0 0))",
            "GEOMETRYCOLLECTION(POINT(0 0), POLYGON((0 0,2 0,2 1,0 0)))",
        ] {
            let area = of_wkt(text).unwrap().unwrap().unsigned_area();
            assert!((area - 1.0).abs() < 1e-12, "{text}");
        }
        assert_eq!(of_wkt("POINT EMPTY"), Ok(None));
        assert_eq!(of_wkt("MULTIPOLYGON EMPTY"), Ok(None));
        assert_eq!(of_wkt("  "), Ok(None));
    }

    #[test]
    fn geometries_as_tables_write_them() {
        let of = |text: &str| geometry_of_cells(&[Cell::Text(text.to_owned())]);
        let point = Ok(Some(Geometry::from(Point::new(3.9815, 49.2527))));
        assert_eq!(of("3.9815, 49.2527"), point);
        assert_eq!(of("3.9815;49.2527"), point);
        assert_eq!(of(r#"{"type": "Point", "coordinates": [3.9815, 49.2527]}"#), point);
        assert_eq!(of("POINT(3.9815 49.2527)"), point);
        assert_eq!(
            of("0101000000000000000000F03F0000000000000040"),
            Ok(Some(Point::new(1.0, 2.0).into()))
        );
        assert_eq!(of(""), Ok(None));
        assert_eq!(of("856"), Err(GeometryFault::IncompletePosition));
        assert!(of("{\"type\": \"Polygon\", \"coordinates\": ...}").is_err());
        let pair = [Cell::Text("1,5".to_owned()), Cell::Number(43.9)];
        assert_eq!(geometry_of_cells(&pair), Ok(Some(Point::new(1.5, 43.9).into())));
    }

    #[test]
    fn faults() {
        assert_eq!(of_wkt("MULTIPOLYGON(((0 0, 1 1, ...)))"), Err(GeometryFault::Shortened));
        assert_eq!(of_wkt("POLYGON((0 0, 1 1"), Err(GeometryFault::Cut { after_bytes: 17 }));
        assert!(matches!(of_wkt("POLYGON((0 0, a b))"), Err(GeometryFault::Malformed { .. })));
        assert!(of_wkt(&format!("{}{}", "(".repeat(1 << 20), ")".repeat(1 << 20))).is_err());
    }

    #[test]
    fn pairs() {
        let point = |x, y| Ok(Some(Geometry::from(Point::new(x, y))));
        assert_eq!(of_pair("1,5", " 43.9 "), point(1.5, 43.9));
        assert_eq!(of_pair("567 890,5", "6 298 000"), point(567_890.5, 6_298_000.0));
        assert_eq!(of_pair("", " "), Ok(None));
        assert_eq!(of_pair("1", ""), Err(GeometryFault::IncompletePosition));
        assert_eq!(of_pair("x", "1"), Err(GeometryFault::NonNumericCoordinate));
        assert_eq!(of_pair("NaN", "1"), Err(GeometryFault::NonFiniteCoordinate));
    }
}
