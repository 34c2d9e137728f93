//! Shapes as text in WGS 84, as the standard's CSV has them.

use geo::Coord;
use geo::Geometry;
use geo::Point;

use super::InventoryError;
use super::Work;
use crate::io::deliver::geojson;
use crate::spatial::shape;

impl Work<'_> {
    /// A shape as GeoJSON, longitude before latitude, seven decimals.
    pub(super) fn geojson(
        &self,
        id: &str,
        shape: &Geometry<f64>,
    ) -> Result<String, InventoryError> {
        let shape = geojson::projected(shape, &|at| self.wgs_84.point(at))
            .ok_or_else(|| InventoryError::Projection { what: id.to_owned() })?;
        Ok(::geojson::Geometry::new(::geojson::GeometryValue::from(&shape)).to_string())
    }

    /// The centroid as `longitude, latitude`; `None` for a shape without one.
    pub(super) fn centre(&self, shape: &Geometry<f64>) -> Option<String> {
        let at = self.wgs_84.point(shape::centroid(shape)?)?;
        let rounded = |number: f64| (number * 1e7).round() / 1e7;
        Some(format!("{}, {}", rounded(at.x), rounded(at.y)))
    }
}

/// A point of a shape.
pub(super) fn point_of(shape: &Geometry<f64>) -> Geometry<f64> {
    let at = shape::representative_point(shape).unwrap_or(Coord { x: 0.0, y: 0.0 });
    Geometry::Point(Point(at))
}
