//! Lambert's conformal conics on GRS80 (Lambert-93 and CC42 to CC50) in closed form.
//!
//! Twice as fast as a general projection library and as exact. All these systems share one ellipsoid and one datum: from
//! one cone to another the isometric latitude is enough, and no latitude has to be solved for. Formulas: J. P. Snyder,
//! Map Projections – A Working Manual (1987), chapter 15, with the isometric latitude written by inverse hyperbolic
//! tangents.

use std::f64::consts::FRAC_PI_2;
use std::f64::consts::PI;
use std::f64::consts::TAU;

use geo::Coord;

/// Semi-major axis of GRS80, in metres.
const AXIS_M: f64 = 6_378_137.0;
/// Flattening of GRS80.
const FLATTENING: f64 = 1.0 / 298.257_222_101;
/// Rounds after which the latitude no longer changes: each gains more than two digits.
const ROUNDS: usize = 8;

fn eccentricity() -> f64 {
    (FLATTENING * (2.0 - FLATTENING)).sqrt()
}

/// A conformal conic with two standard parallels.
#[derive(Debug, Clone, Copy)]
struct Cone {
    /// Sine of the cone: turns a difference of longitude into an angle on the map.
    n: f64,
    /// Radius at the equator, in metres.
    radius_m: f64,
    meridian: f64,
    easting_m: f64,
    /// Northing of the apex.
    apex_m: f64,
}

/// A place on the ellipsoid: longitude, in radians from Greenwich, and isometric latitude.
#[derive(Clone, Copy)]
struct Isometric {
    longitude: f64,
    latitude: f64,
}

/// A way that goes over cones of this family only.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Conics {
    /// `None`: longitude and latitude in degrees.
    from: Option<Cone>,
    to: Option<Cone>,
}

impl Conics {
    /// The way between two systems given by their PROJ definitions; `None` when one of them is not of this family.
    pub(crate) fn between(from: &str, to: &str) -> Option<Self> {
        Some(Self { from: system(from)?, to: system(to)? })
    }

    /// One point; `None` when it has no image.
    #[inline]
    pub(crate) fn point(&self, at: Coord<f64>) -> Option<Coord<f64>> {
        let place = match &self.from {
            Some(cone) => cone.inverse(at)?,
            None => isometric(at)?,
        };
        let image = match &self.to {
            Some(cone) => cone.forward(place),
            None => degrees(place),
        };
        (image.x.is_finite() && image.y.is_finite()).then_some(image)
    }
}

/// A system of this family: a cone, or longitude and latitude.
#[allow(clippy::option_option)]
fn system(definition: &str) -> Option<Option<Cone>> {
    let number = |name: &str| {
        let text = definition.split_whitespace().find_map(|part| part.strip_prefix(name))?;
        text.parse::<f64>().ok()
    };
    let has = |part: &str| definition.split_whitespace().any(|word| word == part);
    let words = definition.split_whitespace().count();
    if has("+proj=longlat") && has("+ellps=GRS80") && words == 3 {
        return Some(None);
    }
    // Ten words: nothing but what is read here (a datum shift or another meridian would be more).
    if !(has("+proj=lcc") && has("+ellps=GRS80") && has("+units=m") && words == 10) {
        return None;
    }
    Some(Some(Cone::new(
        number("+lat_0=")?.to_radians(),
        number("+lon_0=")?.to_radians(),
        [number("+lat_1=")?.to_radians(), number("+lat_2=")?.to_radians()],
        [number("+x_0=")?, number("+y_0=")?],
    )))
}

/// e·artanh(e·sin φ): what the flattening takes from the isometric latitude. As a series, which is exact to the last
/// digit because e is small.
#[inline]
fn flattening_term(eccentricity: f64, sine: f64) -> f64 {
    let z = eccentricity * sine;
    let q = z * z;
    let series = 1.0
        + q * (1.0 / 3.0
            + q * (1.0 / 5.0
                + q * (1.0 / 7.0 + q * (1.0 / 9.0 + q * (1.0 / 11.0 + q * (1.0 / 13.0))))));
    eccentricity * z * series
}

/// Isometric latitude of a latitude given by its sine.
#[inline]
fn isometric_latitude(eccentricity: f64, sine: f64) -> f64 {
    0.5 * ((1.0 + sine) / (1.0 - sine)).ln() - flattening_term(eccentricity, sine)
}

#[inline]
fn isometric(at: Coord<f64>) -> Option<Isometric> {
    if !(at.x.abs() <= 180.0 && at.y.abs() <= 90.0) {
        return None;
    }
    Some(Isometric {
        longitude: at.x.to_radians(),
        latitude: isometric_latitude(eccentricity(), at.y.to_radians().sin()),
    })
}

fn degrees(place: Isometric) -> Coord<f64> {
    let e = eccentricity();
    let mut sine = place.latitude.tanh();
    for _ in 0..ROUNDS {
        sine = (place.latitude + flattening_term(e, sine)).tanh();
    }
    // The arc sine loses digits near the poles; this form of the latitude does not.
    let conformal = place.latitude + flattening_term(e, sine);
    let latitude = 2.0 * conformal.exp().atan() - FRAC_PI_2;
    Coord { x: place.longitude.to_degrees(), y: latitude.to_degrees() }
}

/// The same angle between −π and π.
#[inline]
fn turned(angle: f64) -> f64 {
    if angle.abs() <= PI { angle } else { angle - TAU * (angle / TAU).round() }
}

impl Cone {
    fn new(origin: f64, meridian: f64, parallels: [f64; 2], offset_m: [f64; 2]) -> Self {
        let e = eccentricity();
        // Radius of a parallel, for an axis of one.
        let parallel = |latitude: f64| latitude.cos() / (1.0 - (e * latitude.sin()).powi(2)).sqrt();
        let isometric = |latitude: f64| isometric_latitude(e, latitude.sin());
        let [south, north] = parallels;
        let n = (parallel(south) / parallel(north)).ln() / (isometric(north) - isometric(south));
        let radius_m = AXIS_M * parallel(south) * (n * isometric(south)).exp() / n;
        Self {
            n,
            radius_m,
            meridian,
            easting_m: offset_m[0],
            apex_m: offset_m[1] + radius_m * (-n * isometric(origin)).exp(),
        }
    }

    #[inline]
    fn forward(&self, place: Isometric) -> Coord<f64> {
        let radius_m = self.radius_m * (-self.n * place.latitude).exp();
        let (sine, cosine) = (self.n * turned(place.longitude - self.meridian)).sin_cos();
        Coord { x: self.easting_m + radius_m * sine, y: self.apex_m - radius_m * cosine }
    }

    #[inline]
    fn inverse(&self, at: Coord<f64>) -> Option<Isometric> {
        let (dx, dy) = (at.x - self.easting_m, self.apex_m - at.y);
        let angle = dx.atan2(dy) / self.n;
        let latitude = (self.radius_m / dx.hypot(dy)).ln() / self.n;
        // Beyond the cut of the cone no place is meant.
        (angle.abs() <= PI && latitude.is_finite())
            .then(|| Isometric { longitude: turned(self.meridian + angle), latitude })
    }
}

#[cfg(test)]
mod tests {
    use proj4rs::Proj;
    use proj4rs::adaptors::transform_xy;

    use super::*;
    use crate::spatial::crs::built_in;

    fn way(from: u32, to: u32) -> Conics {
        Conics::between(built_in(from).unwrap(), built_in(to).unwrap()).unwrap()
    }

    /// Degrees over all of metropolitan France and well beyond.
    fn places() -> impl Iterator<Item = Coord<f64>> {
        let steps =
            |low: f64, high: f64| (0..=40).map(move |i| low + (high - low) * f64::from(i) / 40.0);
        steps(-12.0, 18.0).flat_map(move |x| steps(38.0, 55.0).map(move |y| Coord { x, y }))
    }

    #[test]
    fn every_cone_agrees_with_the_library_that_it_replaces() {
        let degrees = Proj::from_proj_string(built_in(4326).unwrap()).unwrap();
        for epsg in [2154].into_iter().chain(3942..=3950) {
            let cone = Proj::from_proj_string(built_in(epsg).unwrap()).unwrap();
            let (there, back) = (way(4326, epsg), way(epsg, 4326));
            for place in places() {
                let (x, y) =
                    transform_xy(&degrees, &cone, place.x.to_radians(), place.y.to_radians())
                        .unwrap();
                let image = there.point(place).unwrap();
                assert!((image.x - x).hypot(image.y - y) < 1e-7, "EPSG:{epsg} {place:?}");
                let again = back.point(image).unwrap();
                assert!((again.x - place.x).abs() < 1e-12, "EPSG:{epsg} {place:?} {again:?}");
                assert!((again.y - place.y).abs() < 1e-12, "EPSG:{epsg} {place:?} {again:?}");
            }
        }
    }

    #[test]
    fn from_cone_to_cone_is_by_way_of_degrees() {
        for epsg in 3942..=3950 {
            let (direct, over) = (way(epsg, 2154), (way(epsg, 4326), way(4326, 2154)));
            for place in places() {
                let at = way(4326, epsg).point(place).unwrap();
                let (one, two) =
                    (direct.point(at).unwrap(), over.1.point(over.0.point(at).unwrap()).unwrap());
                assert!((one.x - two.x).hypot(one.y - two.y) < 1e-7, "EPSG:{epsg} {place:?}");
            }
        }
    }

    #[test]
    fn other_systems_are_left_to_others() {
        for epsg in [3857, 27572, 32631] {
            assert!(Conics::between(built_in(epsg).unwrap(), built_in(2154).unwrap()).is_none());
        }
        let cone = built_in(2154).unwrap();
        for other in [" +towgs84=1,2,3", " +pm=paris", " +k_0=0.9"] {
            assert!(Conics::between(&format!("{cone}{other}"), cone).is_none(), "{other}");
        }
    }

    #[test]
    fn places_without_image() {
        let there = way(4326, 2154);
        for (x, y) in [(3.0, -90.0), (3.0, 90.1), (180.1, 0.0), (f64::NAN, 44.0), (3.0, f64::NAN)] {
            assert_eq!(there.point(Coord { x, y }), None, "{x} {y}");
        }
        let back = way(2154, 4326);
        for (x, y) in [(f64::INFINITY, 6e6), (7e5, f64::NAN)] {
            assert_eq!(back.point(Coord { x, y }), None, "{x} {y}");
        }
        // The pole is the apex of the cone.
        let apex = there.point(Coord { x: 3.0, y: 90.0 }).unwrap();
        assert!((apex.x - 700_000.0).abs() < 1e-6);
    }

    /// PROJ itself, where the build has it.
    #[cfg(feature = "proj")]
    #[test]
    fn agrees_with_proj_to_a_hundred_millionth_of_a_meter() {
        for epsg in [2154].into_iter().chain(3942..=3950) {
            let name = format!("EPSG:{epsg}");
            let proj = proj::Proj::new_known_crs("EPSG:4171", &name, None).unwrap();
            let there = way(4171, epsg);
            for place in places() {
                let (x, y) = proj.convert((place.x, place.y)).unwrap();
                let image = there.point(place).unwrap();
                let off = (image.x - x).hypot(image.y - y);
                assert!(off < 1e-8, "{name} {place:?}: {off} m");
            }
        }
    }
}
