//! The road layer as a network that can be driven.

use geo::Geometry;
use geo::Point;

use super::Entity;
use super::Layer;
use super::LayerKey;
use super::Object;
use super::Territory;
use super::Value;
use super::ZoneKind;
use super::ZoneUrba;
use crate::spatial::network::Direction;
use crate::spatial::network::RoadNetwork;
use crate::spatial::network::RoadStretch;
use crate::spatial::shape;

/// Attributes of a road that the network is built from. Producers' words become these in `io::schema`.
pub struct RoadAttribute;

impl RoadAttribute {
    /// `both`, `forward` or `backward`, seen from the first point; missing where it is not said: both.
    pub const DIRECTION: &'static str = "direction";
    /// Usual speed of cars by nature and importance, km/h: the territory's own where it names one, else the published one;
    /// missing where no car of the public drives.
    pub const USUAL_KMH: &'static str = "usual_kmh";
    /// The usual speed where the road runs through a zone of dwellings, km/h.
    pub const TOWN_KMH: &'static str = "town_kmh";
    /// Whether what lies beside it can get on it.
    pub const OPENS: &'static str = "opens";
    /// Whether the usual speed is the territory's own (`speeds_kmh`): then it wins over the producer's.
    pub const IS_OWN: &'static str = "own_speed";
    /// Mean speed that the producer gives, km/h. Where a car drives at all, it wins over the published usual ones, and is
    /// the same in town.
    pub const SPEED_KMH: &'static str = "speed_kmh";
    /// Level: 0 on the ground.
    pub const LEVEL: &'static str = "level";

    /// Those that loading works out.
    pub const DERIVED: [&'static str; 5] =
        [Self::DIRECTION, Self::USUAL_KMH, Self::TOWN_KMH, Self::IS_OWN, Self::OPENS];
}

impl Territory {
    /// The roads as a graph, built when first asked for and kept. `None` when no road layer is given, or no car drives
    /// on any line of it.
    ///
    /// The speed of a stretch is the territory's own for its class, else the producer's mean speed where given, else the
    /// published usual one of its kind. Those that are not the producer's are less in zones of dwellings (kind housing or
    /// mixed at the middle of the stretch) when zones are given.
    #[must_use]
    pub fn road_network(&self) -> Option<&RoadNetwork> {
        self.network
            .get_or_init(|| {
                let roads = self.objects.get(LayerKey::ROADS)?;
                let network = RoadNetwork::build(
                    roads.entities.iter().filter_map(|road| stretch(road, self.zoning.as_ref())),
                );
                (network.report().edges > 0).then_some(network)
            })
            .as_ref()
    }
}

/// A road as a stretch of the network; `None` where no car drives.
fn stretch<'a>(road: &'a Object, zoning: Option<&Layer<ZoneUrba>>) -> Option<RoadStretch<'a>> {
    let number = |name: &str| match road.attribute(name) {
        Value::Number(number) => Some(number),
        Value::Text(text) => text.parse().ok(),
        _ => None,
    };
    let usual = number(RoadAttribute::USUAL_KMH)?;
    let opens = road.attribute(RoadAttribute::OPENS) != Value::Flag(false);
    let is_own = road.attribute(RoadAttribute::IS_OWN) == Value::Flag(true);
    let given = number(RoadAttribute::SPEED_KMH).filter(|speed| *speed > 0.0 && !is_own);
    let speed_kmh = match given {
        Some(given) => given,
        None if opens && zoning.is_some_and(|zoning| is_in_town(&road.geometry, zoning)) => {
            number(RoadAttribute::TOWN_KMH).unwrap_or(usual)
        }
        None => usual,
    };
    let direction = match road.attribute(RoadAttribute::DIRECTION) {
        Value::Text(word) if word == "forward" => Direction::Forward,
        Value::Text(word) if word == "backward" => Direction::Backward,
        _ => Direction::Both,
    };
    // A ford counts as ground, and so does what is not said.
    let level = number(RoadAttribute::LEVEL).map_or(0, |level| level.round() as i32);
    Some(RoadStretch {
        line: &road.geometry,
        speed_kmh,
        direction,
        level,
        opens: opens && level == 0,
    })
}

/// Whether the middle of a road lies in a zone of dwellings.
fn is_in_town(road: &Geometry<f64>, zoning: &Layer<ZoneUrba>) -> bool {
    use super::LayerView;

    let Some(middle) = shape::representative_point(road) else { return false };
    zoning
        .index()
        .in_box(&geo::Rect::new(middle, middle))
        .into_iter()
        .filter_map(|at| zoning.entities.get(at as usize))
        .filter(|zone| matches!(zone.kind, ZoneKind::Housing | ZoneKind::Mixed))
        .any(|zone| {
            crate::spatial::distance::intersects(&Geometry::Point(Point(middle)), &zone.geometry)
        })
}
