//! The ground within so many minutes of a place.

use geo::Centroid;
use geo::Coord;
use geo::LineString;
use geo::MultiPolygon;
use geo::Polygon;

use super::Territory;
use super::TravelBy;
use super::TravelPlace;
use super::straight_line_minutes;
use crate::spatial::network::Cost;
use crate::spatial::network::Toward;
use crate::spatial::shape;
use crate::units::Minutes;

/// Points of a circle.
const CIRCLE_POINTS: u32 = 180;

/// The ground from which a place is reached within so many minutes.
#[derive(Debug, Clone, PartialEq)]
pub struct Isochrone {
    /// The minutes.
    pub within: Minutes,
    /// The ground, EPSG:2154 metres. The ground of more minutes holds that of fewer.
    pub area: MultiPolygon<f64>,
    /// What it rests on: roads, or a circle as the crow flies.
    pub by: TravelBy,
}

impl Territory {
    /// From where a place is reached by car within each of some minutes, in their order: what workers drive in the
    /// morning. One-way roads count; ground up to [`OFF_ROAD_M`](crate::spatial::network::OFF_ROAD_M) from a road is
    /// reached by it.
    ///
    /// Where the place is on no road of the network, or there is none, circles: see [`straight_line_minutes`]. Empty
    /// areas for a shape of nothing.
    #[must_use]
    pub fn isochrones(&self, place: &TravelPlace<'_>, minutes: &[Minutes]) -> Vec<Isochrone> {
        let limits: Vec<f64> = minutes.iter().map(|minutes| minutes.get()).collect();
        let most = limits.iter().copied().fold(0.0, f64::max);
        let at = shape::representative_point(place.geometry());
        let accesses = self.road_accesses(place);
        let (areas, by) = match self.road_network().filter(|_| !accesses.is_empty()) {
            Some(network) => {
                let field = network.field(&accesses, Toward::Places, Cost::Minutes, most);
                (field.areas(at, &limits), TravelBy::Road)
            }
            None => {
                let middle = place.geometry().centroid().map(|point| point.0).or(at);
                let circles = limits.iter().map(|minutes| circle(middle, *minutes)).collect();
                (circles, TravelBy::StraightLine)
            }
        };
        minutes
            .iter()
            .zip(areas)
            .map(|(within, area)| Isochrone { within: *within, area, by })
            .collect()
    }
}

/// The circle that so many minutes reach as the crow flies.
fn circle(middle: Option<Coord>, minutes: f64) -> MultiPolygon<f64> {
    let radius_m = minutes / straight_line_minutes(1.0);
    let Some(middle) = middle.filter(|_| radius_m > 0.0) else {
        return MultiPolygon::new(Vec::new());
    };
    let ring: Vec<Coord> = (0..=CIRCLE_POINTS)
        .map(|point| {
            let angle =
                std::f64::consts::TAU * f64::from(point % CIRCLE_POINTS) / f64::from(CIRCLE_POINTS);
            middle + Coord { x: angle.cos(), y: angle.sin() } * radius_m
        })
        .collect();
    MultiPolygon::new(vec![Polygon::new(LineString::new(ring), Vec::new())])
}
