//! One piece of land that may answer a request, whatever its kind.

use std::borrow::Cow;
use std::sync::OnceLock;

use geo::Geometry;
use geo::MultiPolygon;

use crate::domain::Availability;
use crate::domain::CodeInsee;
use crate::domain::Entity;
use crate::domain::NetLand;
use crate::domain::ParcelId;
use crate::domain::Terrain;
use crate::domain::Value;
use crate::land::Ground;
use crate::land::Standing;
use crate::request::CandidateKind;
use crate::spatial::inscribed_circle;
use crate::spatial::inscribed_rectangle;
use crate::units::SquareMeters;

/// Precision of the largest circle, m.
const CIRCLE_PRECISION_M: f64 = 0.1;

/// A piece of land with what is known of it. What takes long to find out is found out when first asked for.
pub struct Candidate<'a> {
    /// Identifier, unique among the candidates of a territory.
    pub id: String,
    /// Kind.
    pub kind: CandidateKind,
    /// Commune that it lies in.
    pub commune: Option<CodeInsee>,
    /// Outline in EPSG:2154 metres; a point where a friche has no outline.
    pub geometry: Cow<'a, Geometry<f64>>,
    /// Its parcels with the area of each in it, m², in the order of the cadastre.
    pub parcels: Vec<(ParcelId, f64)>,
    /// Classes of its land, those with most land first.
    pub classes: Vec<Availability>,
    /// Its area, m²; `None` when it is not known.
    pub gross_m2: Option<f64>,
    /// Stage of works that an inventory declares, as `terrain_eco` spells it.
    pub works_stage: Option<Box<str>>,
    /// Price of all of it by what inventories declare, euros.
    pub price_eur: Option<f64>,
    /// What it was found as.
    pub(super) source: Source<'a>,
    pub(super) ground: &'a Ground<'a>,
    pub(super) found_out: FoundOut,
}

/// What a candidate was found as.
pub(super) enum Source<'a> {
    /// A terrain of the survey.
    Terrain(&'a Terrain),
    /// A friche or a declared terrain, with what becomes of its buildings.
    Listed(&'a dyn Entity, Standing),
    /// Plots put together, with their net land, m²; `None` where that of one is not known.
    Plots(Option<(MultiPolygon<f64>, f64)>),
}

/// What takes long.
#[derive(Default)]
pub(super) struct FoundOut {
    net: OnceLock<Option<NetLand>>,
    frontage_m: OnceLock<Option<f64>>,
    slope: OnceLock<Option<f64>>,
    planning: OnceLock<Option<Box<str>>>,
}

impl<'a> Candidate<'a> {
    /// Its net land, with the largest circle and rectangle; `None` when it is not known.
    #[must_use]
    pub fn net(&self) -> Option<&NetLand> {
        if let Source::Terrain(terrain) = &self.source {
            return terrain.net.as_ref();
        }
        let net = self.found_out.net.get_or_init(|| match &self.source {
            Source::Terrain(_) => None,
            Source::Listed(_, standing) => self.ground.net(&self.geometry, self.commune, *standing),
            Source::Plots(net) => {
                net.as_ref().map(|(geometry, area_m2)| measured(geometry, *area_m2))
            }
        });
        net.as_ref()
    }

    /// Net area, m²; `None` when it is not known.
    #[must_use]
    pub fn net_m2(&self) -> Option<f64> {
        match &self.source {
            // Without the circle and the rectangle, which take long.
            Source::Plots(net) => net.as_ref().map(|(_, area_m2)| *area_m2),
            _ => self.net().map(|net| net.area_m2),
        }
    }

    /// The terrain of the survey that it is.
    #[must_use]
    pub fn terrain(&self) -> Option<&'a Terrain> {
        match &self.source {
            Source::Terrain(terrain) => Some(terrain),
            _ => None,
        }
    }

    /// The friche or the declared terrain that it is.
    #[must_use]
    pub fn listed(&self) -> Option<&'a dyn Entity> {
        match &self.source {
            Source::Listed(entity, _) => Some(*entity),
            _ => None,
        }
    }

    /// Hard constraints that no layer speaks of here, by their id in the rules.
    #[must_use]
    pub fn unsettled(&self) -> Vec<String> {
        match &self.source {
            Source::Terrain(terrain) => terrain.unsettled.clone(),
            _ => self.ground.unsettled(&self.geometry, self.commune),
        }
    }

    fn frontage_m(&self) -> Option<f64> {
        let find = || self.ground.frontage_m(&self.geometry, self.commune);
        *self.found_out.frontage_m.get_or_init(find)
    }

    fn slope(&self) -> Option<f64> {
        *self.found_out.slope.get_or_init(|| self.ground.slope(&self.geometry))
    }

    fn planning(&self) -> Option<&str> {
        let find = || self.ground.planning(&self.geometry);
        self.found_out.planning.get_or_init(find).as_deref()
    }
}

fn measured(geometry: &MultiPolygon<f64>, area_m2: f64) -> NetLand {
    NetLand {
        geometry: geometry.clone(),
        area_m2,
        buildings_m2: 0.0,
        margins_m2: 0.0,
        circle: inscribed_circle::largest_circle(geometry, CIRCLE_PRECISION_M)
            .map(|circle| (circle.centre, circle.radius_m)),
        rectangle: inscribed_rectangle::largest_rectangle(geometry)
            .map(|found| (found.corners, found.length_m, found.width_m)),
    }
}

impl Entity for Candidate<'_> {
    fn id(&self) -> Cow<'_, str> {
        Cow::Borrowed(&self.id)
    }

    fn geometry(&self) -> &Geometry<f64> {
        &self.geometry
    }

    fn commune(&self) -> Option<CodeInsee> {
        self.commune
    }

    fn area(&self) -> Option<SquareMeters> {
        self.gross_m2.and_then(SquareMeters::new)
    }

    fn attribute(&self, name: &str) -> Value<'_> {
        if let Source::Terrain(terrain) = &self.source {
            return match terrain.attribute(name) {
                Value::Missing if name == "net_area_m2" => self.own(name),
                Value::NoSuchAttribute => self.own(name),
                known => known,
            };
        }
        match (self.own(name), &self.source) {
            (Value::NoSuchAttribute, Source::Listed(entity, _)) => entity.attribute(name),
            (own, _) => own,
        }
    }
}

impl Candidate<'_> {
    /// The attributes that every kind has: those of terrains, under their names.
    fn own(&self, name: &str) -> Value<'_> {
        let net = |value: &dyn Fn(&NetLand) -> f64| Value::number(self.net().map(value));
        let text = |text: Option<&str>| {
            text.map_or(Value::Missing, |text| Value::Text(text.to_owned().into()))
        };
        match name {
            "id" => Value::text(&self.id),
            "kind" => Value::text(self.kind.as_str()),
            "availability" => text(self.classes.first().map(|class| class.as_str())),
            "gross_area_m2" => Value::number(self.gross_m2),
            // What can be built on is no more than the land.
            "net_area_m2" => match (self.net_m2(), self.gross_m2) {
                (Some(net_m2), _) => Value::Number(net_m2),
                (None, Some(high)) => Value::Between { low: 0.0, high },
                (None, None) => Value::Missing,
            },
            "net_share" => {
                Value::number(self.net_m2().zip(self.gross_m2).map(|(net, gross)| net / gross))
            }
            "circle_diameter_m" => net(&|net| net.circle.map_or(0.0, |(_, radius)| 2.0 * radius)),
            "rectangle_width_m" => net(&|net| net.rectangle.as_ref().map_or(0.0, |found| found.2)),
            "rectangle_length_m" => net(&|net| net.rectangle.as_ref().map_or(0.0, |found| found.1)),
            "rectangle_share" => net(&|net| match &net.rectangle {
                Some((_, long, short)) if net.area_m2 > 0.0 => {
                    (long * short / net.area_m2).min(1.0)
                }
                _ => 0.0,
            }),
            "frontage_m" => Value::number(self.frontage_m()),
            "slope_share" => Value::number(self.slope()),
            "planning" => text(self.planning()),
            "owner" => text(self.ground.owner(&self.parcels).as_deref()),
            "n_parcels" => Value::Number(self.parcels.len() as f64),
            "works_stage" => text(self.works_stage.as_deref()),
            "price_eur" => Value::number(self.price_eur),
            "built_share" | "n_units" => Value::Missing,
            _ => Value::NoSuchAttribute,
        }
    }
}
