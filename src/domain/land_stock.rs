//! What a survey of the territory's economic land finds.

use geo::Geometry;

use super::Availability;
use super::EconomicZone;
use super::LandUnit;
use super::Layer;
use super::Reason;
use super::Terrain;

/// Economic zones, their land units, and the terrains that could be built on.
#[derive(Debug)]
pub struct LandStock {
    /// Economic zones, disjoint.
    pub zones: Layer<EconomicZone>,
    /// Land units, in the order of their zones.
    pub units: Layer<LandUnit>,
    /// Terrains, in the order of their zones.
    pub terrains: Layer<Terrain>,
    /// Every piece of a parcel in a zone, with its class; in the order of zones and parcels.
    pub pieces: Vec<LandPiece>,
    /// Identifiers of what could not be cut or joined, with the operation: told to the user, never dropped in silence.
    pub refused: Vec<(String, &'static str)>,
}

/// A parcel, or the part of one, in an economic zone.
#[derive(Debug, Clone, PartialEq)]
pub struct LandPiece {
    /// Position of the zone.
    pub zone: usize,
    /// Position in the layer of parcels.
    pub parcel: usize,
    /// Outline of the part in the zone, EPSG:2154 metres.
    pub geometry: Geometry<f64>,
    /// Its area, m².
    pub area_m2: f64,
    /// Class.
    pub availability: Availability,
    /// Why.
    pub reason: Reason,
}
