//! Shapes as the standard's CSV has them: WKT, longitude before latitude, seven decimals (about a centimetre).
//!
//! The standard's own example has latitude first, against its reference to WKT in WGS 84 as GeoJSON and every GIS read it;
//! ours is the order that QGIS and Cartofriches have. The point is taken from the outline as it is written, so that a file
//! that is read and written again stays the same to the byte.

use geo::Geometry;
use wkt::ToWkt;

use super::Work;
use crate::io::deliver::geojson;
use crate::spatial::shape;

/// The shapes of a row.
pub(super) struct Shapes {
    /// A point inside, EPSG:2154.
    pub(super) point: Geometry<f64>,
    /// The same as WKT in WGS 84.
    pub(super) point_wkt: String,
    /// The outline, EPSG:2154, when the friche has an area.
    pub(super) outline: Option<Geometry<f64>>,
    /// The same as WKT in WGS 84.
    pub(super) outline_wkt: Option<String>,
}

impl Work<'_> {
    /// The shapes of a friche; `None` when one has no image in WGS 84.
    pub(super) fn shapes(&self, geometry: &Geometry<f64>) -> Option<Shapes> {
        let is_areal = matches!(geometry, Geometry::Polygon(_) | Geometry::MultiPolygon(_));
        let outline_84 = if is_areal { Some(self.degrees(geometry)?) } else { None };
        let shape = match &outline_84 {
            Some(outline) => {
                let mut as_written = outline.clone();
                self.to_lambert_93.geometry(&mut as_written).then_some(as_written)?
            }
            None => geometry.clone(),
        };
        let point = Geometry::Point(shape::representative_point(&shape)?.into());
        let point_wkt = self.degrees(&point)?.wkt_string();
        let outline = is_areal.then(|| geometry.clone());
        Some(Shapes { point, point_wkt, outline, outline_wkt: outline_84.map(|o| o.wkt_string()) })
    }

    fn degrees(&self, geometry: &Geometry<f64>) -> Option<Geometry<f64>> {
        geojson::projected(geometry, &|at| self.to_wgs_84.point(at))
    }
}
