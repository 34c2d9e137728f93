//! Terrains of one zone: contiguous open land of one class, put together.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use geo::BoundingRect;
use geo::Geometry;
use geo::Polygon;
use geo::Rect;
use rayon::prelude::*;

use super::constraints::grown;
use super::economic_zones::Refused;
use super::net::Standing;
use super::net::net_land;
use super::pieces::Piece;
use super::pieces::Surroundings;
use super::pieces::polygon_area;
use super::place_id::place_id;
use super::place_order::by_place;
use crate::domain::CodeInsee;
use crate::domain::EconomicZone;
use crate::domain::LayerKey;
use crate::domain::LayerView;
use crate::domain::RoadAttribute;
use crate::domain::Terrain;
use crate::domain::TerrainPart;
use crate::domain::Value;
use crate::spatial::components::of_pairs;
use crate::spatial::contiguity;
use crate::spatial::dissolve;
use crate::spatial::distance;
use crate::spatial::frontage;
use crate::spatial::index::SpatialIndex;
use crate::spatial::overlay;
use crate::spatial::overlay::PreparedArea;
use crate::spatial::shape;

/// Parcels that overlap by more than this are one piece of land, m².
const OVERLAP_M2: f64 = 1.0;

/// How two areas are contiguous.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Touch {
    /// Along a common border of so many metres.
    Border(f64),
    /// They overlap: two drawings of one border.
    Overlap,
    /// They face each other across a way.
    AcrossAWay,
}

/// One connected bit of open land of a piece.
struct Bit<'p> {
    piece: usize,
    polygon: &'p Polygon<f64>,
    shape: Geometry<f64>,
    frame: Rect<f64>,
}

impl Surroundings<'_> {
    /// The terrains of a zone, in the order of their first parcel. `unit_of` gives the land unit of each piece.
    pub(super) fn terrains(
        &self,
        number: usize,
        zone: &EconomicZone,
        pieces: &[Piece],
        unit_of: &[usize],
    ) -> (Vec<Terrain>, Refused) {
        let bits: Vec<Bit<'_>> = pieces
            .iter()
            .enumerate()
            .filter(|(_, piece)| piece.availability.is_available())
            .flat_map(|(at, piece)| piece.open.iter().map(move |polygon| (at, polygon)))
            .filter_map(|(piece, polygon)| {
                let frame = polygon.bounding_rect()?;
                Some(Bit { piece, polygon, shape: Geometry::Polygon(polygon.clone()), frame })
            })
            .collect();
        let groups = of_pairs(bits.len(), &self.contiguous(&bits, pieces));
        let outcomes: Vec<Result<Terrain, (String, &'static str)>> = groups
            .into_par_iter()
            .map(|group| {
                let group: Vec<&Bit<'_>> = group.iter().map(|at| &bits[*at]).collect();
                self.terrain(number, zone, pieces, unit_of, &group)
            })
            .collect();
        let (mut terrains, mut refused) = (Vec::<Terrain>::new(), Refused::new());
        for outcome in outcomes {
            match outcome {
                Ok(terrain) => {
                    if terrain.net.is_none() && terrain.built_m2.is_some() {
                        refused.push((terrain.id.to_string(), "net"));
                    }
                    terrains.push(terrain);
                }
                Err(what) => refused.push(what),
            }
        }
        (terrains, refused)
    }

    /// Pairs of bits of one class that are contiguous.
    fn contiguous(&self, bits: &[Bit<'_>], pieces: &[Piece]) -> Vec<(usize, usize)> {
        let rules = self.rules;
        let reach_m = self.contact_reach_m(rules.across_ways);
        let index = SpatialIndex::build(&bits.iter().map(|bit| bit.frame).collect::<Vec<_>>());
        (0..bits.len())
            .into_par_iter()
            .flat_map_iter(|a| {
                let near = index.in_box(&grown(&bits[a].frame, reach_m));
                near.into_iter().map(move |b| (a, b as usize)).filter(|(a, b)| a < b)
            })
            .filter(|(a, b)| {
                let (one, other) = (&bits[*a], &bits[*b]);
                pieces[one.piece].availability == pieces[other.piece].availability
                    && self.contact(&one.shape, &other.shape, rules.across_ways).is_some()
            })
            .collect()
    }

    /// How far apart land may lie and still be contiguous, m.
    pub(super) fn contact_reach_m(&self, across_ways: bool) -> f64 {
        let rules = self.rules;
        if across_ways {
            rules.way_width_m.max(rules.contact_tolerance_m)
        } else {
            rules.contact_tolerance_m
        }
    }

    /// How two areas are contiguous; `None` where they are not.
    pub(super) fn contact(
        &self,
        one: &Geometry<f64>,
        other: &Geometry<f64>,
        across_ways: bool,
    ) -> Option<Touch> {
        let rules = self.rules;
        if !distance::is_within_distance(one, other, self.contact_reach_m(across_ways)) {
            return None;
        }
        let shared_m = contiguity::shared_border_m(one, other, rules.contact_tolerance_m);
        if shared_m >= rules.contact_m {
            return Some(Touch::Border(shared_m));
        }
        if overlay::intersection_area(one, other) > OVERLAP_M2 {
            return Some(Touch::Overlap);
        }
        let faces = || self.face_across_a_way(one, other) || self.face_across_a_way(other, one);
        (across_ways && faces()).then_some(Touch::AcrossAWay)
    }

    /// Whether two areas face each other across a way: land that the cadastre gives to no parcel.
    fn face_across_a_way(&self, one: &Geometry<f64>, other: &Geometry<f64>) -> bool {
        // Narrower than the limit, not as wide.
        let width_m = self.rules.way_width_m - 1e-3;
        let facing = contiguity::facing_across_m(one, other, width_m);
        if facing.between.is_empty() {
            return false;
        }
        let unparcelled = facing
            .between
            .iter()
            .filter(|at| {
                self.parcels.index().at_point(**at, |at| self.parcels.geometry(at)).is_empty()
                    && !self.constraints.forbid_at(**at)
            })
            .count();
        facing.length_m * unparcelled as f64 / facing.between.len() as f64 >= self.rules.contact_m
    }

    fn terrain(
        &self,
        number: usize,
        zone: &EconomicZone,
        pieces: &[Piece],
        unit_of: &[usize],
        group: &[&Bit<'_>],
    ) -> Result<Terrain, (String, &'static str)> {
        let mut areas: BTreeMap<usize, f64> = BTreeMap::new();
        for bit in group {
            *areas.entry(bit.piece).or_default() += polygon_area(bit.polygon);
        }
        let largest = areas
            .iter()
            .max_by(|a, b| a.1.total_cmp(b.1).then(b.0.cmp(a.0)))
            .map_or(0, |(piece, _)| *piece);
        let parcel_id = |piece: usize| self.parcels.entities[pieces[piece].parcel].id;
        let geometry = match group {
            [one] => one.shape.clone(),
            several => {
                let mut shapes: Vec<&Geometry<f64>> =
                    several.iter().map(|bit| &bit.shape).collect();
                shapes.sort_by(|a, b| by_place(a, b));
                dissolve::union(&shapes)
                    .map(Geometry::MultiPolygon)
                    .ok()
                    .ok_or_else(|| (parcel_id(largest).to_string(), "union"))?
            }
        };
        let parts: Vec<TerrainPart> = areas
            .iter()
            .map(|(piece, area_m2)| TerrainPart {
                parcel: pieces[*piece].parcel,
                id: parcel_id(*piece),
                area_m2: *area_m2,
                share: (area_m2 / pieces[*piece].area_m2 * pieces[*piece].share).min(1.0),
                reason: pieces[*piece].reason.clone(),
            })
            .collect();
        let units: BTreeSet<usize> = areas.keys().map(|piece| unit_of[*piece]).collect();
        let (at, name) =
            place_id(&geometry).ok_or_else(|| (parcel_id(largest).to_string(), "union"))?;
        // The commune of the place that names the terrain; of its largest parcel where outlines of communes are not given.
        let commune = self
            .territory
            .communes
            .index()
            .at_point(at, |at| self.territory.communes.geometry(at))
            .first()
            .and_then(|at| self.territory.communes.entities.get(*at as usize))
            .map(|commune| commune.insee)
            .or(self.commune_of(pieces[largest].parcel, zone));
        let insee = commune.map_or_else(|| "00000".to_owned(), |commune| commune.to_string());
        let gross_m2 = shape::area(&geometry);
        let own_pieces = || areas.keys().map(|piece| &pieces[*piece]);
        let pieces_m2: f64 = own_pieces().map(|piece| piece.area_m2).sum();
        let open_m2: f64 = own_pieces().flat_map(|piece| &piece.open).map(polygon_area).sum();
        let mut cut: BTreeMap<usize, f64> = BTreeMap::new();
        for (constraint, area_m2) in areas.keys().flat_map(|piece| &pieces[*piece].cut) {
            *cut.entry(*constraint).or_default() += area_m2;
        }
        let built_m2 = self.built_on(&geometry, areas.keys().map(|piece| &pieces[*piece]));
        // Where no layer of buildings speaks, what they leave is not known.
        let net = built_m2.and_then(|_| net_land(self, &geometry, gross_m2, Standing::Stays));
        Ok(Terrain {
            id: format!("{insee}-T-{name}").into(),
            zone: number,
            commune,
            availability: pieces[largest].availability,
            reason: pieces[largest].reason.clone(),
            pieces_m2,
            elsewhere_m2: (open_m2 - gross_m2).max(0.0),
            gross_m2,
            net,
            n_units: units.len(),
            built_m2,
            frontage_m: self.frontage(&geometry, commune),
            slope: self.slope(&geometry),
            planning: self.planning(&geometry),
            owner: self.owner(&parts),
            unsettled: self.constraints.unsettled(&geometry, commune),
            cut_off: cut
                .into_iter()
                .map(|(at, area_m2)| (self.constraints.rule(at).id.clone(), area_m2))
                .collect(),
            parts,
            geometry,
        })
    }

    /// Area under the buildings of some pieces, within the terrain; unknown when it is for one of them.
    fn built_on<'p>(
        &self,
        land: &Geometry<f64>,
        pieces: impl Iterator<Item = &'p Piece>,
    ) -> Option<f64> {
        let mut buildings: Vec<usize> = Vec::new();
        for piece in pieces {
            piece.built_m2?;
            buildings.extend(&piece.buildings);
        }
        let layer = self.buildings?;
        buildings.sort_by(|a, b| by_place(layer.geometry(*a), layer.geometry(*b)).then(a.cmp(b)));
        buildings.dedup();
        let over: Vec<&PreparedArea> = buildings.into_iter().map(|at| layer.area(at)).collect();
        Some(overlay::covered_area_prepared(land, &over))
    }

    /// Length of border along roads that open to plots; `None` where no layer of roads speaks. Motorways, slip roads,
    /// paths and private roads give no frontage.
    pub(super) fn frontage(&self, land: &Geometry<f64>, commune: Option<CodeInsee>) -> Option<f64> {
        let roads = self.territory.layer(LayerKey::ROADS).filter(|roads| roads.covers(commune))?;
        let opens = |at: usize| {
            roads.entity(at).is_some_and(|road| {
                road.attribute(RoadAttribute::OPENS) != Value::Flag(false)
                    && road.attribute(RoadAttribute::USUAL_KMH) != Value::Missing
            })
        };
        let reach_m = self.rules.frontage_m;
        let frame = grown(&land.bounding_rect()?, reach_m);
        let mut near: Vec<&Geometry<f64>> = roads
            .index()
            .in_box(&frame)
            .into_iter()
            .map(|at| at as usize)
            .filter(|at| opens(*at))
            .map(|at| roads.geometry(at))
            .collect();
        near.sort_by(|a, b| by_place(a, b));
        Some(frontage::frontage_m(land, &near, reach_m))
    }
}
