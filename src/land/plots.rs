//! Plots: terrains taken apart into the parcels that they are made of, and which of those touch. What a company may buy
//! one by one, and what can be put together across classes, zones and ways.

use std::collections::BTreeMap;

use geo::BoundingRect;
use geo::Geometry;
use geo::MultiPolygon;
use geo::Rect;
use rayon::prelude::*;

use super::constraints::grown;
use super::ground::Ground;
use super::terrains::Touch;
use super::units::OneOwner;
use super::units::one_owner;
use crate::domain::Availability;
use crate::domain::CodeInsee;
use crate::domain::Entity;
use crate::domain::LandStock;
use crate::domain::LayerKey;
use crate::domain::ParcelId;
use crate::domain::Terrain;
use crate::domain::Value;
use crate::spatial::index::SpatialIndex;
use crate::spatial::overlay;
use crate::spatial::shape;

/// The part of a terrain on one parcel.
#[derive(Debug, Clone, PartialEq)]
pub struct Plot {
    /// Position of the terrain in the stock.
    pub terrain: usize,
    /// Position of the parcel in its layer.
    pub parcel: usize,
    /// Identifier of the parcel.
    pub id: ParcelId,
    /// Commune of the parcel, else of the terrain.
    pub commune: Option<CodeInsee>,
    /// Class.
    pub availability: Availability,
    /// Outline in EPSG:2154 metres.
    pub geometry: Geometry<f64>,
    /// Its area, m².
    pub gross_m2: f64,
    /// What can be built on; `None` where that of the terrain is not known.
    pub net: Option<MultiPolygon<f64>>,
    /// Area of that, m².
    pub net_m2: Option<f64>,
    /// A number for its owner, the same for all plots of one hand; `None` when nobody says.
    pub owner: Option<u32>,
    /// Price that the inventory declares, euros per m².
    pub price_eur_m2: Option<f64>,
}

/// Two plots that are contiguous.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Contact {
    /// Position of the first.
    pub a: u32,
    /// Position of the second, larger.
    pub b: u32,
    /// Common border, m; 0 where there is none to be seen.
    pub shared_m: f64,
    /// Whether a way lies between them.
    pub across_a_way: bool,
}

/// All plots of a stock.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Plots {
    /// The plots, in the order of terrains and parcels.
    pub plots: Vec<Plot>,
    /// Which of them are contiguous, in ascending order.
    pub contacts: Vec<Contact>,
    /// Plots that could not be cut out of their terrain, by the identifier of their parcel.
    pub refused: Vec<String>,
}

impl Ground<'_> {
    /// Takes the terrains of a stock apart. The same for any number of threads.
    #[must_use]
    pub fn plots(&self, stock: &LandStock) -> Plots {
        let piece_of: BTreeMap<(usize, usize), usize> = stock
            .pieces
            .iter()
            .enumerate()
            .map(|(at, piece)| ((piece.zone, piece.parcel), at))
            .collect();
        let cut: Vec<Vec<Result<Plot, String>>> = stock
            .terrains
            .entities
            .par_iter()
            .enumerate()
            .map(|(at, terrain)| {
                let of_part = |part: usize| {
                    let parcel = terrain.parts.get(part).map(|part| (terrain.zone, part.parcel))?;
                    let piece = stock.pieces.get(*piece_of.get(&parcel)?)?;
                    Some(self.plot(at, terrain, part, &piece.geometry))
                };
                (0..terrain.parts.len()).filter_map(of_part).collect()
            })
            .collect();
        let mut all = Plots::default();
        for plot in cut.into_iter().flatten() {
            match plot {
                Ok(plot) => all.plots.push(plot),
                Err(parcel) => all.refused.push(parcel),
            }
        }
        self.number_owners(&mut all.plots);
        all.contacts = self.contacts(&all.plots);
        all
    }

    fn plot(
        &self,
        at: usize,
        terrain: &Terrain,
        part: usize,
        piece: &Geometry<f64>,
    ) -> Result<Plot, String> {
        let part = &terrain.parts[part];
        let is_whole = terrain.parts.len() == 1;
        let refused = |_| part.id.to_string();
        let geometry = if is_whole {
            terrain.geometry.clone()
        } else {
            let cut = overlay::intersection_geometry(&terrain.geometry, piece).map_err(refused)?;
            Geometry::MultiPolygon(cut)
        };
        let net = match &terrain.net {
            None => None,
            Some(net) if is_whole => Some(net.geometry.clone()),
            Some(net) => {
                let net = Geometry::MultiPolygon(net.geometry.clone());
                Some(overlay::intersection_geometry(&net, piece).map_err(refused)?)
            }
        };
        let gross_m2 = shape::area(&geometry);
        let entities = &self.around.parcels.entities;
        let least = self.around.rules.covering_share;
        let declared = self.around.declared.covering(part.parcel, &geometry, gross_m2, least);
        Ok(Plot {
            terrain: at,
            parcel: part.parcel,
            id: part.id,
            commune: entities.get(part.parcel).and_then(Entity::commune).or(terrain.commune),
            availability: terrain.availability,
            net_m2: net
                .as_ref()
                .map(|net| if is_whole { terrain.net_m2().unwrap_or(0.0) } else { area(net) }),
            geometry,
            gross_m2,
            net,
            owner: None,
            price_eur_m2: declared.and_then(|at| self.declared_price(at)),
        })
    }

    /// The price that a declared terrain is offered at, euros per m².
    fn declared_price(&self, at: usize) -> Option<f64> {
        let layer = self.around.territory.layer(LayerKey::TERRAINS)?;
        match layer.entity(at)?.attribute("price_eur_m2") {
            Value::Number(price) if price > 0.0 => Some(price),
            _ => None,
        }
    }

    /// Gives plots of one hand one number.
    fn number_owners(&self, plots: &mut [Plot]) {
        let Some(owners) = &self.around.territory.owners else { return };
        let mut numbers: BTreeMap<OneOwner, u32> = BTreeMap::new();
        for plot in plots {
            let ParcelId::Idu(idu) = plot.id else { continue };
            let Some(one) = owners.of(idu).and_then(|owner| one_owner(owner, idu.commune())) else {
                continue;
            };
            let next = numbers.len() as u32;
            plot.owner = Some(*numbers.entry(one).or_insert(next));
        }
    }

    fn contacts(&self, plots: &[Plot]) -> Vec<Contact> {
        let frames: Vec<Option<Rect<f64>>> =
            plots.iter().map(|plot| plot.geometry.bounding_rect()).collect();
        let index = SpatialIndex::of_geometries(plots.iter().map(|plot| &plot.geometry));
        // Which of those across a way count is for a request to say.
        let reach_m = self.around.contact_reach_m(true);
        let mut contacts: Vec<Contact> = (0..plots.len())
            .into_par_iter()
            .flat_map_iter(|a| {
                let near = frames[a].map(|frame| index.in_box(&grown(&frame, reach_m)));
                near.into_iter().flatten().map(move |b| (a, b as usize)).filter(|(a, b)| a < b)
            })
            .filter_map(|(a, b)| {
                let touch = self.around.contact(&plots[a].geometry, &plots[b].geometry, true)?;
                let (shared_m, across_a_way) = match touch {
                    Touch::Border(shared_m) => (shared_m, false),
                    Touch::Overlap => (0.0, false),
                    Touch::AcrossAWay => (0.0, true),
                };
                Some(Contact { a: a as u32, b: b as u32, shared_m, across_a_way })
            })
            .collect();
        contacts.sort_by_key(|contact| (contact.a, contact.b));
        contacts
    }
}

fn area(many: &MultiPolygon<f64>) -> f64 {
    use geo::Area;
    many.unsigned_area()
}
