//! WGS 84 degrees to Lambert-93 metres and back, for the one projection the demonstration needs.
//!
//! RGF93 and WGS 84 are taken as one (they differ by less than a metre, and nothing here was surveyed).

use geo_types::Coord;

use super::DemoError;
use crate::spatial::crs::CrsError;
use crate::spatial::crs::Transform;
use crate::spatial::crs::WGS_84;

/// The two ends of the projection. Cheap to use, costly to make: one per thread is enough.
#[derive(Debug)]
pub struct Lambert93 {
    there: Transform,
    back: Transform,
}

impl Lambert93 {
    /// Prepares the projection.
    ///
    /// # Errors
    /// [`DemoError::Projection`] when the definition is refused, which a build of this version never does.
    pub fn new() -> Result<Self, DemoError> {
        let refused = |error: CrsError| DemoError::Projection(error.to_string());
        Ok(Self {
            there: Transform::to_lambert_93(WGS_84).map_err(refused)?,
            back: Transform::to_wgs_84().map_err(refused)?,
        })
    }

    /// Longitude and latitude in degrees to EPSG:2154 metres.
    ///
    /// # Errors
    /// [`DemoError::Projection`] for a position the projection does not know (a pole, NaN).
    pub fn to_plane(&self, lon_deg: f64, lat_deg: f64) -> Result<Coord<f64>, DemoError> {
        self.there
            .point(Coord { x: lon_deg, y: lat_deg })
            .ok_or_else(|| DemoError::Projection(format!("{lon_deg}, {lat_deg}")))
    }

    /// EPSG:2154 metres to longitude (x) and latitude (y) in degrees.
    ///
    /// # Errors
    /// [`DemoError::Projection`] for a position the projection does not know.
    pub fn to_degrees(&self, at: Coord<f64>) -> Result<Coord<f64>, DemoError> {
        self.back.point(at).ok_or_else(|| DemoError::Projection(format!("{}, {}", at.x, at.y)))
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
