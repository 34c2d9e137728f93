//! `[place]`: where the land may lie.

use serde::Deserialize;

use super::contradiction;
use super::positive;
use super::value;
use crate::domain::CodeInsee;
use crate::domain::Siren;
use crate::request::Near;
use crate::request::NearLimit;
use crate::request::RequestError;
use crate::spatial::crs::Transform;
use crate::units::M_PER_KM;

/// EPSG code of longitude and latitude.
const WGS_84: u32 = 4326;

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
pub(super) struct RawPlace {
    #[serde(default)]
    epci: Vec<String>,
    #[serde(default)]
    communes: Vec<String>,
    of: Option<(f64, f64)>,
    within_km: Option<f64>,
    within_min: Option<f64>,
}

/// The section, checked.
pub(super) struct Place {
    pub(super) epcis: Vec<Siren>,
    pub(super) communes: Vec<CodeInsee>,
    pub(super) near: Option<Near>,
}

impl RawPlace {
    pub(super) fn check(self) -> Result<Place, RequestError> {
        let epcis = self.epci.iter().map(|code| {
            let expected = "write the nine digits of a SIREN, such as \"200066322\"";
            code.parse().map_err(|_malformed| value("place.epci", &format!("\"{code}\""), expected))
        });
        let communes = self.communes.iter().map(|code| {
            let expected = "write the five characters of an INSEE code, such as \"82112\"";
            code.parse()
                .map_err(|_malformed| value("place.communes", &format!("\"{code}\""), expected))
        });
        Ok(Place {
            epcis: epcis.collect::<Result<_, _>>()?,
            communes: communes.collect::<Result<_, _>>()?,
            near: near(self.of, self.within_km, self.within_min)?,
        })
    }
}

fn near(
    of: Option<(f64, f64)>,
    within_km: Option<f64>,
    within_min: Option<f64>,
) -> Result<Option<Near>, RequestError> {
    let km = positive("place.within_km", within_km)?;
    let minutes = positive("place.within_min", within_min)?;
    let limit = match (of, km, minutes) {
        (None, None, None) => return Ok(None),
        (Some(_), Some(km), None) => NearLimit::Meters(km * M_PER_KM),
        (Some(_), None, Some(minutes)) => NearLimit::Minutes(minutes),
        (Some(_), None, None) => {
            return Err(contradiction(
                "place.of",
                "say how near: within_km (as the crow flies) or within_min (by car)",
            ));
        }
        (Some(_), Some(_), Some(_)) => {
            return Err(contradiction("place.within_km", "give within_km or within_min, not both"));
        }
        (None, _, _) => {
            return Err(contradiction("place.within_min", "say of which place: of = [lon, lat]"));
        }
    };
    let (lon, lat) = of.unwrap_or_default();
    let is_in_france = (-6.0..=10.5).contains(&lon) && (41.0..=51.6).contains(&lat);
    let to_lambert = Transform::to_lambert_93(WGS_84).ok().filter(|_| is_in_france);
    let at = to_lambert.and_then(|to_lambert| to_lambert.point(geo::Coord { x: lon, y: lat }));
    let expected =
        "write longitude and latitude of a place in metropolitan France, such as [1.36, 43.63]";
    let at = at.ok_or_else(|| value("place.of", &format!("[{lon}, {lat}]"), expected))?;
    Ok(Some(Near { lon_lat: (lon, lat), at, limit }))
}
