//! RFC 7946 GeoJSON: WGS 84, shells counter-clockwise, one feature at a time.

use std::io::Write;
use std::path::Path;

use geo::Coord;
use geo::Geometry;
use geo::MapCoords;
use geo::orient::Direction;
use geo::orient::Orient;
use geojson::Feature;
use geojson::JsonObject;
use geojson::JsonValue;

use super::DeliverError;
use super::DeliveryInfo;
use super::atomic;
use super::layer::Cell;
use super::layer::DeliveredLayer;

/// Decimals of longitude and latitude: 7 are about one centimetre.
const SCALE: f64 = 1e7;

/// Writes a layer. `to_wgs_84` brings a point of the layer to longitude and latitude.
///
/// # Errors
/// When the file cannot be written or a point has no image.
pub fn write(
    path: &Path,
    layer: &DeliveredLayer,
    info: &DeliveryInfo,
    to_wgs_84: impl Fn(Coord<f64>) -> Option<Coord<f64>>,
) -> Result<(), DeliverError> {
    atomic::write_with(path, |out| write_to(out, layer, info, to_wgs_84))
}

/// As [`write`], to a stream.
///
/// # Errors
/// As [`write`].
pub fn write_to(
    out: &mut dyn Write,
    layer: &DeliveredLayer,
    info: &DeliveryInfo,
    to_wgs_84: impl Fn(Coord<f64>) -> Option<Coord<f64>>,
) -> Result<(), DeliverError> {
    let mut head = JsonObject::new();
    head.insert("type".to_owned(), "FeatureCollection".into());
    head.insert("name".to_owned(), layer.name().into());
    head.insert("title".to_owned(), layer.title().into());
    let description = format!("{} {}", layer.description(), info.abstract_);
    head.insert("description".to_owned(), description.trim().into());
    head.insert("sources".to_owned(), info.sources.clone().into());
    head.insert("licence".to_owned(), info.licence.clone().into());
    let head = serde_json::to_string(&head)?;
    // The head is an object: its closing brace makes way for the features.
    out.write_all(&head.as_bytes()[..head.len() - 1])?;
    out.write_all(b",\"features\":[\n")?;
    for (at, row) in layer.rows().iter().enumerate() {
        let geometry = match &row.geometry {
            None => None,
            Some(shape) => {
                let shape = projected(shape, &to_wgs_84).ok_or_else(|| {
                    DeliverError::Projection { layer: layer.name().to_owned(), row: at + 1 }
                })?;
                Some(geojson::Geometry::new(geojson::GeometryValue::from(&shape)))
            }
        };
        let properties: JsonObject = layer
            .fields()
            .iter()
            .zip(&row.values)
            .map(|(field, cell)| (field.name.clone(), value(cell)))
            .collect();
        let feature = Feature { geometry, properties: Some(properties), ..Feature::default() };
        if at > 0 {
            out.write_all(b",\n")?;
        }
        serde_json::to_writer(&mut *out, &feature)?;
    }
    out.write_all(b"\n]}\n")?;
    Ok(())
}

pub(super) fn projected(
    shape: &Geometry<f64>,
    to_wgs_84: &impl Fn(Coord<f64>) -> Option<Coord<f64>>,
) -> Option<Geometry<f64>> {
    let rounded = |number: f64| (number * SCALE).round() / SCALE;
    let shape = shape
        .try_map_coords(|at| {
            let at = to_wgs_84(at).ok_or(())?;
            Ok::<_, ()>(Coord { x: rounded(at.x), y: rounded(at.y) })
        })
        .ok()?;
    Some(match shape {
        Geometry::Polygon(polygon) => Geometry::Polygon(polygon.orient(Direction::Default)),
        Geometry::MultiPolygon(polygons) => {
            Geometry::MultiPolygon(polygons.orient(Direction::Default))
        }
        other => other,
    })
}

fn value(cell: &Cell) -> JsonValue {
    match cell {
        Cell::Null => JsonValue::Null,
        Cell::Text(text) => JsonValue::from(&**text),
        Cell::Integer(number) => JsonValue::from(*number),
        Cell::Real(number) => JsonValue::from(*number),
        Cell::Flag(flag) => JsonValue::from(*flag),
    }
}
