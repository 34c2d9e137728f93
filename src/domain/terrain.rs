//! Terrains: pieces of land that a company could build on.

use std::borrow::Cow;

use geo::Coord;
use geo::Geometry;
use geo::MultiPolygon;

use super::Availability;
use super::CodeInsee;
use super::Entity;
use super::ParcelId;
use super::Reason;
use super::Value;

/// A maximal set of contiguous parcels of one class of availability, inside one economic zone and outside what the law
/// forbids to build on.
#[derive(Debug, Clone, PartialEq)]
pub struct Terrain {
    /// Identifier made from the place: it stays when parcels are renumbered or an edge moves a little.
    pub id: Box<str>,
    /// Position of its economic zone.
    pub zone: usize,
    /// Commune of the place that names it.
    pub commune: Option<CodeInsee>,
    /// The parcels it is made of, in the order of the layer.
    pub parts: Vec<TerrainPart>,
    /// Class of all its parcels.
    pub availability: Availability,
    /// Why its largest parcel has that class.
    pub reason: Reason,
    /// Outline in EPSG:2154 metres.
    pub geometry: Geometry<f64>,
    /// Area of its parcels in the zone before anything is cut off, m².
    pub pieces_m2: f64,
    /// Open land of these parcels that belongs to other terrains, m².
    pub elsewhere_m2: f64,
    /// Gross area, m².
    pub gross_m2: f64,
    /// What can be built on.
    pub net: Option<NetLand>,
    /// Number of land units (unités foncières).
    pub n_units: usize,
    /// Area under buildings, m²; `None` where no layer of buildings speaks.
    pub built_m2: Option<f64>,
    /// Length of its border along a public road, m; `None` without a layer of roads.
    pub frontage_m: Option<f64>,
    /// Mean slope as a tangent (0.05 is 5 %); `None` without elevation.
    pub slope: Option<f64>,
    /// `typezone` of the planning zone that holds most of it.
    pub planning: Option<Box<str>>,
    /// Class of the owner of most of it: `public`, `private`, `mixed`; `None` without a table of owners.
    pub owner: Option<Box<str>>,
    /// Hard constraints that no layer speaks of here, by their id in the rules: they could still forbid building.
    pub unsettled: Vec<String>,
    /// What was cut off its parcels because a hard constraint covers it: id of the constraint and m².
    pub cut_off: Vec<(String, f64)>,
}

/// A parcel, or the part of one, in a terrain.
#[derive(Debug, Clone, PartialEq)]
pub struct TerrainPart {
    /// Position in the layer of parcels.
    pub parcel: usize,
    /// Identifier.
    pub id: ParcelId,
    /// Area of the part, m².
    pub area_m2: f64,
    /// Share of the parcel that it is, 0 to 1.
    pub share: f64,
    /// Why it has its class.
    pub reason: Reason,
}

/// What is left of a terrain when buildings, forbidden land and the margins around both are taken away.
#[derive(Debug, Clone, PartialEq)]
pub struct NetLand {
    /// Outline in EPSG:2154 metres; may be in several pieces, or empty.
    pub geometry: MultiPolygon<f64>,
    /// Its area, m².
    pub area_m2: f64,
    /// Taken by buildings and their margin, m².
    pub buildings_m2: f64,
    /// Taken by margins of hard constraints (outside those of buildings), m².
    pub margins_m2: f64,
    /// Centre and radius of the largest circle that fits, m; `None` when nothing is left.
    pub circle: Option<(Coord<f64>, f64)>,
    /// Corners of the largest rectangle that fits, with its sides (long, short), m.
    pub rectangle: Option<([Coord<f64>; 4], f64, f64)>,
}

impl Terrain {
    /// Net area, m².
    #[must_use]
    pub fn net_m2(&self) -> Option<f64> {
        self.net.as_ref().map(|net| net.area_m2)
    }

    /// Shorter side of the largest rectangle, m.
    #[must_use]
    pub fn width_m(&self) -> Option<f64> {
        self.net.as_ref().map(|net| net.rectangle.as_ref().map_or(0.0, |(_, _, short)| *short))
    }
}

impl Entity for Terrain {
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
        let text = |value: &Option<Box<str>>| match value {
            Some(word) => Value::Text(Cow::Owned(word.to_string())),
            None => Value::Missing,
        };
        let net = |value: &dyn Fn(&NetLand) -> f64| Value::number(self.net.as_ref().map(value));
        match name {
            "id" => Value::text(&self.id),
            "availability" => Value::text(self.availability.as_str()),
            "gross_area_m2" => Value::Number(self.gross_m2),
            "net_area_m2" => Value::number(self.net_m2()),
            "net_share" => net(&|net| net.area_m2 / self.gross_m2),
            "built_share" => Value::number(self.built_m2.map(|built| built / self.gross_m2)),
            "circle_diameter_m" => net(&|net| net.circle.map_or(0.0, |(_, radius)| 2.0 * radius)),
            "rectangle_width_m" => Value::number(self.width_m()),
            "rectangle_length_m" => {
                net(&|net| net.rectangle.as_ref().map_or(0.0, |(_, long, _)| *long))
            }
            // How much of the net land one rectangle takes: 1 for a rectangle, little for a ribbon that bends.
            "rectangle_share" => net(&|net| match &net.rectangle {
                Some((_, long, short)) if net.area_m2 > 0.0 => {
                    (long * short / net.area_m2).min(1.0)
                }
                _ => 0.0,
            }),
            "frontage_m" => Value::number(self.frontage_m),
            "slope_share" => Value::number(self.slope),
            "planning" => text(&self.planning),
            "owner" => text(&self.owner),
            "n_parcels" => Value::Number(self.parts.len() as f64),
            "n_units" => Value::Number(self.n_units as f64),
            _ => Value::NoSuchAttribute,
        }
    }
}
