//! Reference systems: which ones are known, and the way to and from Lambert-93.
//!
//! Inside, everything is EPSG:2154 (RGF93 / Lambert-93), metres. WGS 84 and RGF93 longitudes and latitudes are
//! taken as equal, as IGN does: they differ by less than the data's own accuracy.

use geo::Coord;
use geo::Geometry;
use geo::MapCoordsInPlace;
use proj4rs::Proj;
use proj4rs::adaptors::transform_xy;

use crate::spatial::lambert::Conics;

/// EPSG code of the reference system used inside.
pub const LAMBERT_93: u32 = 2154;
/// EPSG code of longitude and latitude on WGS 84, in the order longitude, latitude.
pub const WGS_84: u32 = 4326;

/// A reference system that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CrsError {
    /// Not among the built-in systems.
    #[error(
        "EPSG:{epsg} is not among the built-in reference systems ({known}); build with the `proj` feature, or reproject the file to EPSG:2154"
    )]
    NotBuiltIn {
        /// Code asked for.
        epsg: u32,
        /// Codes that are built in.
        known: String,
    },
    /// Neither built in nor known to PROJ.
    #[error(
        "EPSG:{epsg} is no reference system that PROJ can bring to Lambert-93 ({reason}); correct the code, or reproject the file to EPSG:2154"
    )]
    NotInProj {
        /// Code asked for.
        epsg: u32,
        /// What PROJ says.
        reason: String,
    },
    /// The projection library refuses the definition.
    #[error("EPSG:{epsg}: {reason}")]
    Definition {
        /// Code asked for.
        epsg: u32,
        /// What the library says.
        reason: String,
    },
}

/// A way from one reference system to another. Cheap to clone per thread is not needed: it is `Sync`.
pub struct Transform {
    steps: Steps,
}

struct Projection {
    from: Proj,
    to: Proj,
    from_degrees: bool,
    to_degrees: bool,
}

enum Steps {
    Identity,
    Conics(Conics),
    Project(Box<Projection>),
    Foreign(Box<dyn Fn(Coord<f64>) -> Option<Coord<f64>> + Send + Sync>),
}

impl std::fmt::Debug for Transform {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self.steps {
            Steps::Identity => "Transform(identity)",
            Steps::Conics(_) => "Transform(conics)",
            Steps::Project(_) => "Transform(projection)",
            Steps::Foreign(_) => "Transform(foreign)",
        })
    }
}

impl Transform {
    /// The way from `epsg` to Lambert-93.
    ///
    /// # Errors
    /// When the system is not built in.
    pub fn to_lambert_93(epsg: u32) -> Result<Self, CrsError> {
        Self::between(epsg, LAMBERT_93)
    }

    /// The way from Lambert-93 to longitude and latitude in degrees.
    ///
    /// # Errors
    /// Never in practice: both systems are built in.
    pub fn to_wgs_84() -> Result<Self, CrsError> {
        Self::between(LAMBERT_93, WGS_84)
    }

    /// A way computed by another library.
    #[must_use]
    pub fn foreign(
        step: impl Fn(Coord<f64>) -> Option<Coord<f64>> + Send + Sync + 'static,
    ) -> Self {
        Self { steps: Steps::Foreign(Box::new(step)) }
    }

    fn between(from: u32, to: u32) -> Result<Self, CrsError> {
        if from == to {
            return Ok(Self { steps: Steps::Identity });
        }
        let defined = |epsg| {
            built_in(epsg).ok_or_else(|| CrsError::NotBuiltIn {
                epsg,
                known: BUILT_IN
                    .iter()
                    .map(|(code, _)| code.to_string())
                    .collect::<Vec<_>>()
                    .join(", "),
            })
        };
        if let Some(conics) = Conics::between(defined(from)?, defined(to)?) {
            return Ok(Self { steps: Steps::Conics(conics) });
        }
        let project = |epsg| {
            Proj::from_proj_string(defined(epsg)?)
                .map_err(|error| CrsError::Definition { epsg, reason: error.to_string() })
        };
        let (source, target) = (project(from)?, project(to)?);
        let (from_degrees, to_degrees) = (source.is_latlong(), target.is_latlong());
        Ok(Self {
            steps: Steps::Project(Box::new(Projection {
                from: source,
                to: target,
                from_degrees,
                to_degrees,
            })),
        })
    }

    /// One point; `None` when it has no image (a latitude of 500, NaN…).
    #[must_use]
    pub fn point(&self, at: Coord<f64>) -> Option<Coord<f64>> {
        match &self.steps {
            Steps::Identity => Some(at),
            Steps::Conics(conics) => conics.point(at),
            Steps::Foreign(step) => step(at),
            Steps::Project(way) => {
                let Projection { from, to, from_degrees, to_degrees } = &**way;
                let (x, y) = if *from_degrees {
                    if at.x.abs() > 180.0 || at.y.abs() > 90.0 {
                        return None;
                    }
                    (at.x.to_radians(), at.y.to_radians())
                } else {
                    (at.x, at.y)
                };
                let (x, y) = transform_xy(from, to, x, y).ok()?;
                let (x, y) = if *to_degrees { (x.to_degrees(), y.to_degrees()) } else { (x, y) };
                (x.is_finite() && y.is_finite()).then_some(Coord { x, y })
            }
        }
    }

    /// All points of a geometry, in place. False when one of them has no image: the geometry is then unusable.
    #[must_use]
    pub fn geometry(&self, geometry: &mut Geometry<f64>) -> bool {
        if matches!(self.steps, Steps::Identity) {
            return true;
        }
        let step = |at: Coord<f64>| self.point(at).ok_or(());
        // Each kind by itself: asked of the enum, `geo` nests closures without end.
        let projected = match geometry {
            Geometry::Point(point) => point.try_map_coords_in_place(step),
            Geometry::MultiPoint(points) => points.try_map_coords_in_place(step),
            Geometry::LineString(line) => line.try_map_coords_in_place(step),
            Geometry::MultiLineString(lines) => lines.try_map_coords_in_place(step),
            Geometry::Polygon(polygon) => polygon.try_map_coords_in_place(step),
            Geometry::MultiPolygon(polygons) => polygons.try_map_coords_in_place(step),
            // Readers hand over no other kind.
            _ => Err(()),
        };
        projected.is_ok()
    }
}

/// The systems French open data comes in, with their definition.
///
/// Parameters: EPSG registry. 3942 to 3950 are the nine conformal conics (CC42 to CC50). 27572 (NTF Lambert II
/// étendu) uses the three-parameter shift, 2 to 3 m off where the official grid is not applied.
const BUILT_IN: &[(u32, &str)] = &[
    (
        2154,
        "+proj=lcc +lat_0=46.5 +lon_0=3 +lat_1=49 +lat_2=44 +x_0=700000 +y_0=6600000 +ellps=GRS80 +units=m +no_defs",
    ),
    (
        3857,
        "+proj=merc +a=6378137 +b=6378137 +lat_ts=0 +lon_0=0 +x_0=0 +y_0=0 +k=1 +units=m +no_defs",
    ),
    (
        3942,
        "+proj=lcc +lat_0=42 +lon_0=3 +lat_1=41.25 +lat_2=42.75 +x_0=1700000 +y_0=1200000 +ellps=GRS80 +units=m +no_defs",
    ),
    (
        3943,
        "+proj=lcc +lat_0=43 +lon_0=3 +lat_1=42.25 +lat_2=43.75 +x_0=1700000 +y_0=2200000 +ellps=GRS80 +units=m +no_defs",
    ),
    (
        3944,
        "+proj=lcc +lat_0=44 +lon_0=3 +lat_1=43.25 +lat_2=44.75 +x_0=1700000 +y_0=3200000 +ellps=GRS80 +units=m +no_defs",
    ),
    (
        3945,
        "+proj=lcc +lat_0=45 +lon_0=3 +lat_1=44.25 +lat_2=45.75 +x_0=1700000 +y_0=4200000 +ellps=GRS80 +units=m +no_defs",
    ),
    (
        3946,
        "+proj=lcc +lat_0=46 +lon_0=3 +lat_1=45.25 +lat_2=46.75 +x_0=1700000 +y_0=5200000 +ellps=GRS80 +units=m +no_defs",
    ),
    (
        3947,
        "+proj=lcc +lat_0=47 +lon_0=3 +lat_1=46.25 +lat_2=47.75 +x_0=1700000 +y_0=6200000 +ellps=GRS80 +units=m +no_defs",
    ),
    (
        3948,
        "+proj=lcc +lat_0=48 +lon_0=3 +lat_1=47.25 +lat_2=48.75 +x_0=1700000 +y_0=7200000 +ellps=GRS80 +units=m +no_defs",
    ),
    (
        3949,
        "+proj=lcc +lat_0=49 +lon_0=3 +lat_1=48.25 +lat_2=49.75 +x_0=1700000 +y_0=8200000 +ellps=GRS80 +units=m +no_defs",
    ),
    (
        3950,
        "+proj=lcc +lat_0=50 +lon_0=3 +lat_1=49.25 +lat_2=50.75 +x_0=1700000 +y_0=9200000 +ellps=GRS80 +units=m +no_defs",
    ),
    (4171, "+proj=longlat +ellps=GRS80 +no_defs"),
    (4326, "+proj=longlat +ellps=GRS80 +no_defs"),
    (
        27572,
        "+proj=lcc +lat_1=46.8 +lat_0=46.8 +lon_0=0 +k_0=0.99987742 +x_0=600000 +y_0=2200000 +a=6378249.2 +b=6356515 +towgs84=-168,-60,320,0,0,0,0 +pm=paris +units=m +no_defs",
    ),
    (32630, "+proj=utm +zone=30 +ellps=GRS80 +units=m +no_defs"),
    (32631, "+proj=utm +zone=31 +ellps=GRS80 +units=m +no_defs"),
    (32632, "+proj=utm +zone=32 +ellps=GRS80 +units=m +no_defs"),
];

pub(crate) fn built_in(epsg: u32) -> Option<&'static str> {
    BUILT_IN.iter().find(|(code, _)| *code == epsg).map(|(_, definition)| *definition)
}

/// Whether a system can be used without the `proj` feature.
#[must_use]
pub fn is_built_in(epsg: u32) -> bool {
    built_in(epsg).is_some()
}

/// Guesses the reference system of coordinates that come without one: longitudes and latitudes of metropolitan
/// France, Lambert-93, or a conformal conic zone. `None` when the range fits none of them.
#[must_use]
pub fn guess(at: Coord<f64>) -> Option<u32> {
    let within = |value: f64, low: f64, high: f64| (low..=high).contains(&value);
    if within(at.x, -6.0, 10.0) && within(at.y, 41.0, 52.0) {
        return Some(WGS_84);
    }
    if within(at.x, 0.0, 1_300_000.0) && within(at.y, 6_000_000.0, 7_200_000.0) {
        return Some(LAMBERT_93);
    }
    if within(at.x, 1_000_000.0, 2_400_000.0) {
        // CC zones have their origin at 1 700 000 and (zone - 41) x 1 000 000 + 200 000, 2° of latitude high.
        return (42..=50_u32).find_map(|zone| {
            let origin = f64::from(zone - 41) * 1_000_000.0 + 200_000.0;
            within(at.y, origin - 150_000.0, origin + 150_000.0).then_some(3900 + zone)
        });
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Answers of PROJ, made by `tests/reference/crs_answers.py`.
    const PROJ_ANSWERS: &[(u32, f64, f64, f64, f64)] = include!("crs_answers.in");

    #[test]
    fn agrees_with_proj_to_a_millimeter() {
        assert!(PROJ_ANSWERS.len() > 20);
        for &(epsg, x, y, x_93, y_93) in PROJ_ANSWERS {
            let image = Transform::to_lambert_93(epsg).unwrap().point(Coord { x, y }).unwrap();
            let off = (image.x - x_93).hypot(image.y - y_93);
            assert!(off < 0.001, "EPSG:{epsg} ({x}, {y}) is {off} m off");
        }
    }

    #[test]
    fn there_and_back_is_the_same_place() {
        let there = Transform::to_lambert_93(WGS_84).unwrap();
        let back = Transform::to_wgs_84().unwrap();
        let home = Coord { x: 1.107, y: 44.039 };
        let again = back.point(there.point(home).unwrap()).unwrap();
        assert!((again.x - home.x).abs() < 1e-9 && (again.y - home.y).abs() < 1e-9);
    }

    #[test]
    fn an_unknown_system_is_named_with_the_way_out() {
        let error = Transform::to_lambert_93(9999).unwrap_err();
        assert!(
            error
                .to_string()
                .starts_with("EPSG:9999 is not among the built-in reference systems (2154, ")
        );
        assert!(error.to_string().contains("`proj` feature"));
    }

    #[test]
    fn a_place_off_the_earth_has_no_image() {
        let transform = Transform::to_lambert_93(WGS_84).unwrap();
        assert_eq!(transform.point(Coord { x: 1.0, y: 444.0 }), None);
        assert_eq!(transform.point(Coord { x: f64::NAN, y: 44.0 }), None);
    }

    #[test]
    fn ranges_tell_the_usual_systems_apart() {
        assert_eq!(guess(Coord { x: 1.1, y: 44.0 }), Some(4326));
        assert_eq!(guess(Coord { x: 553_000.0, y: 6_330_000.0 }), Some(2154));
        assert_eq!(guess(Coord { x: 1_549_000.0, y: 3_206_000.0 }), Some(3944));
        assert_eq!(guess(Coord { x: 5.0, y: 5.0 }), None);
    }
}
