//! WGS 84 degrees to Lambert-93 metres and back, for the one projection the demonstration needs.
//!
//! RGF93 and WGS 84 are taken as one (they differ by less than a metre, and nothing here was surveyed).

use geo_types::Coord;
use proj4rs::Proj;
use proj4rs::adaptors::transform_xy;

use super::DemoError;

const LAMBERT_93: &str = "+proj=lcc +lat_0=46.5 +lon_0=3 +lat_1=49 +lat_2=44 +x_0=700000 +y_0=6600000 \
                          +ellps=GRS80 +units=m +no_defs";
const DEGREES: &str = "+proj=longlat +ellps=GRS80 +no_defs";

/// The two ends of the projection. Cheap to use, costly to make: one per thread is enough.
#[derive(Debug)]
pub struct Lambert93 {
    plane: Proj,
    globe: Proj,
}

impl Lambert93 {
    /// Prepares the projection.
    ///
    /// # Errors
    /// [`DemoError::Projection`] when the definition is refused, which a build of this version never does.
    pub fn new() -> Result<Self, DemoError> {
        let refused = |error: proj4rs::errors::Error| DemoError::Projection(error.to_string());
        Ok(Self {
            plane: Proj::from_proj_string(LAMBERT_93).map_err(refused)?,
            globe: Proj::from_proj_string(DEGREES).map_err(refused)?,
        })
    }

    /// Longitude and latitude in degrees to EPSG:2154 metres.
    ///
    /// # Errors
    /// [`DemoError::Projection`] for a position the projection does not know (a pole, NaN).
    pub fn to_plane(&self, lon_deg: f64, lat_deg: f64) -> Result<Coord<f64>, DemoError> {
        transform_xy(&self.globe, &self.plane, lon_deg.to_radians(), lat_deg.to_radians())
            .map(|(x, y)| Coord { x, y })
            .map_err(|error| DemoError::Projection(format!("{lon_deg}, {lat_deg}: {error}")))
    }

    /// EPSG:2154 metres to longitude (x) and latitude (y) in degrees.
    ///
    /// # Errors
    /// [`DemoError::Projection`] for a position the projection does not know.
    pub fn to_degrees(&self, at: Coord<f64>) -> Result<Coord<f64>, DemoError> {
        transform_xy(&self.plane, &self.globe, at.x, at.y)
            .map(|(lon, lat)| Coord { x: lon.to_degrees(), y: lat.to_degrees() })
            .map_err(|error| DemoError::Projection(format!("{}, {}: {error}", at.x, at.y)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn caussade_station_is_where_the_railway_says() {
        // SNCF list of stations: x_l93, y_l93, x_wgs84, y_wgs84 of Caussade.
        let projection = Lambert93::new().unwrap();
        let at = projection.to_plane(1.533047244838831, 44.16128580816961).unwrap();
        assert!((at.x - 582_680.968).abs() < 0.01 && (at.y - 6_341_342.961).abs() < 0.01, "{at:?}");
        let back = projection.to_degrees(at).unwrap();
        assert!(
            (back.x - 1.533047244838831).abs() < 1e-9 && (back.y - 44.16128580816961).abs() < 1e-9
        );
    }
}
