//! Unités foncières: contiguous parcels of one owner, inside one economic zone.

use std::borrow::Cow;

use geo::Geometry;

use super::Availability;
use super::CodeInsee;
use super::Entity;
use super::Occupation;
use super::OwnerClass;
use super::Reason;
use super::Value;

/// A land unit, or the part of it that lies in the zone.
#[derive(Debug, Clone, PartialEq)]
pub struct LandUnit {
    /// Identifier made from the place, in the form of the CNIG standard.
    pub id: Box<str>,
    /// Position of its zone.
    pub zone: usize,
    /// Positions of its parcels in the layer of parcels, ascending.
    pub parcels: Vec<usize>,
    /// Commune of its first parcel.
    pub commune: Option<CodeInsee>,
    /// Outline in EPSG:2154 metres, cut by the zone.
    pub geometry: Geometry<f64>,
    /// Class of its largest piece.
    pub availability: Availability,
    /// Why.
    pub reason: Reason,
    /// Whether it is in use.
    pub occupation: Occupation,
    /// Who or what says so.
    pub occupation_reason: Reason,
    /// Area under buildings, m²; `None` where no layer of buildings speaks.
    pub built_m2: Option<f64>,
    /// `terrain_eco` that covers it, as a position in that layer.
    pub declared: Option<usize>,
    /// Establishments on it, as positions in that layer.
    pub establishments: Vec<usize>,
    /// Friche on it, as a position in that layer.
    pub friche: Option<usize>,
    /// Class of its owner, from the table of owners.
    pub owner: Option<OwnerClass>,
}

impl Entity for LandUnit {
    fn id(&self) -> Cow<'_, str> {
        Cow::Borrowed(&self.id)
    }

    fn geometry(&self) -> &Geometry<f64> {
        &self.geometry
    }

    fn commune(&self) -> Option<CodeInsee> {
        self.commune
    }

    fn attribute(&self, name: &str) -> Value<'_> {
        match name {
            "id" => Value::text(&self.id),
            "availability" => Value::text(self.availability.as_str()),
            "occupation" => Value::text(self.occupation.as_str()),
            "built_m2" => Value::number(self.built_m2),
            "owner" => self.owner.map_or(Value::Missing, |owner| Value::text(owner.as_str())),
            "n_parcels" => Value::Number(self.parcels.len() as f64),
            _ => Value::NoSuchAttribute,
        }
    }
}
