//! Distances by road that the standard asks for, where the layer of roads is a network that leads there.

use crate::domain::EconomicZone;
use crate::domain::FARTHEST_ROAD_M;
use crate::domain::LayerKey;
use crate::domain::LayerView;
use crate::domain::Territory;
use crate::domain::Value;
use crate::spatial::network::Access;
use crate::spatial::network::Cost;
use crate::spatial::network::Field;
use crate::spatial::network::RoadNetwork;
use crate::spatial::network::Toward;
use crate::units::M_PER_KM;

/// One search over the network for each kind of place.
pub(super) struct Distances<'a> {
    roads: Option<(&'a RoadNetwork, &'a dyn LayerView)>,
    stations: Option<Field<'a>>,
    freight: Option<Field<'a>>,
}

impl<'a> Distances<'a> {
    pub(super) fn new(territory: &'a Territory) -> Self {
        let roads = territory.road_network().zip(territory.layer(LayerKey::ROADS));
        let stations = territory.layer(LayerKey::STATIONS);
        let field = |flag: &str| {
            let ((network, _), layer) = roads.zip(stations)?;
            let places: Vec<Access> = (0..layer.len())
                .filter_map(|at| layer.entity(at))
                .filter(|station| station.attribute(flag) == Value::Flag(true))
                .flat_map(|station| network.accesses(station.geometry(), FARTHEST_ROAD_M))
                .collect();
            (!places.is_empty())
                .then(|| network.field(&places, Toward::Places, Cost::Meters, f64::INFINITY))
        };
        Self { roads, stations: field("passengers"), freight: field("freight") }
    }

    /// To the nearest passenger station, km by road.
    pub(super) fn station_km(&self, zone: &EconomicZone) -> Option<String> {
        self.km(self.stations.as_ref(), zone)
    }

    /// To the nearest freight station, km by road.
    pub(super) fn freight_station_km(&self, zone: &EconomicZone) -> Option<String> {
        self.km(self.freight.as_ref(), zone)
    }

    fn km(&self, field: Option<&Field<'_>>, zone: &EconomicZone) -> Option<String> {
        let (network, _) = self.roads.filter(|(_, layer)| layer.covers(zone.main_commune()))?;
        let metres = field?.at(&network.accesses(&zone.geometry, FARTHEST_ROAD_M))?;
        Some(super::form::number((metres / M_PER_KM * 10.0).round() / 10.0))
    }
}
