//! Pieces: the part of each parcel that lies in an economic zone, what the law leaves of it, and its class.

use std::collections::BTreeMap;

use geo::BoundingRect;
use geo::Geometry;
use geo::MultiPolygon;
use geo::Polygon;
use rayon::prelude::*;

use super::availability::Facts;
use super::availability::classify;
use super::constraints::Constraints;
use super::declared::Declared;
use super::economic_zones::Refused;
use super::friches::FricheFinder;
use super::place_order::by_place;
use crate::domain::Availability;
use crate::domain::CodeInsee;
use crate::domain::EconomicZone;
use crate::domain::Entity;
use crate::domain::Layer;
use crate::domain::LayerKey;
use crate::domain::LayerView;
use crate::domain::Parcel;
use crate::domain::Reason;
use crate::domain::Territory;
use crate::evaluation::LandRules;
use crate::spatial::overlay;
use crate::spatial::overlay::PreparedArea;
use crate::spatial::shape;

/// Land smaller than this is two drawings of one border, m².
const SLIVER_M2: f64 = 1.0;

/// A share of a parcel smaller than this is one too…
const SLIVER_SHARE: f64 = 0.005;

/// …unless it is land that somebody could use, m².
const NO_SLIVER_M2: f64 = 100.0;

/// Whether a part of a parcel is only two drawings of one border.
fn is_sliver(part_m2: f64, whole_m2: f64) -> bool {
    part_m2 <= SLIVER_M2 || part_m2 <= (SLIVER_SHARE * whole_m2).min(NO_SLIVER_M2)
}

/// What hard constraints leave of a piece, in separate polygons, and what each takes.
type OpenLand = (Vec<Polygon<f64>>, Vec<(usize, f64)>);

/// What every zone is asked with.
pub(super) struct Surroundings<'a> {
    pub(super) territory: &'a Territory,
    pub(super) parcels: &'a Layer<Parcel>,
    pub(super) rules: &'a LandRules,
    pub(super) constraints: Constraints<'a>,
    pub(super) declared: Declared<'a>,
    pub(super) friches: FricheFinder<'a>,
    pub(super) buildings: Option<&'a dyn LayerView>,
}

/// A parcel, or the part of one, in a zone.
pub(super) struct Piece {
    /// Position in the layer of parcels.
    pub(super) parcel: usize,
    /// The part in the zone.
    pub(super) geometry: Geometry<f64>,
    pub(super) area_m2: f64,
    /// Share of the parcel that it is.
    pub(super) share: f64,
    /// What hard constraints leave of it, in separate polygons.
    pub(super) open: Vec<Polygon<f64>>,
    /// What each hard constraint takes: position in the rules, m². Where two overlap, both are told.
    pub(super) cut: Vec<(usize, f64)>,
    /// Buildings that stand on it, as positions in their layer.
    pub(super) buildings: Vec<usize>,
    /// Area under them; `None` where no layer speaks.
    pub(super) built_m2: Option<f64>,
    /// `terrain_eco` that covers it.
    pub(super) declared: Option<usize>,
    /// Friches on it, the one that covers most first.
    pub(super) friches: Vec<usize>,
    pub(super) availability: Availability,
    pub(super) reason: Reason,
}

impl<'a> Surroundings<'a> {
    pub(super) fn new(
        territory: &'a Territory,
        parcels: &'a Layer<Parcel>,
        rules: &'a LandRules,
    ) -> Self {
        Self {
            territory,
            parcels,
            rules,
            constraints: Constraints::new(territory, rules),
            declared: Declared::new(territory),
            friches: FricheFinder::new(territory),
            buildings: territory.layer(LayerKey::BUILDINGS),
        }
    }

    /// The commune of a parcel: its own, else that of the zone.
    pub(super) fn commune_of(&self, parcel: usize, zone: &EconomicZone) -> Option<CodeInsee> {
        self.parcels.entities.get(parcel).and_then(Entity::commune).or(zone.main_commune())
    }

    /// The pieces of a zone, in the order of the parcels' identifiers.
    pub(super) fn pieces(&self, zone: &EconomicZone) -> (Vec<Piece>, Refused) {
        let Some(frame) = zone.geometry.bounding_rect() else { return Default::default() };
        let area = PreparedArea::new(&zone.geometry);
        let found: Vec<Result<Option<Piece>, (String, &'static str)>> = self
            .parcels
            .index()
            .in_box(&frame)
            .into_par_iter()
            .map(|parcel| self.piece(parcel as usize, zone, &area))
            .collect();
        let (mut pieces, mut refused) = (Vec::<Piece>::new(), Refused::new());
        for outcome in found {
            match outcome {
                Ok(piece) => pieces.extend(piece),
                Err(what) => refused.push(what),
            }
        }
        let id_of = |piece: &Piece| self.parcels.entities[piece.parcel].id;
        pieces.sort_by(|a, b| {
            id_of(a).cmp(&id_of(b)).then_with(|| by_place(&a.geometry, &b.geometry))
        });
        refused.sort();
        (pieces, refused)
    }

    /// The part of one parcel in the zone, unless it is a sliver.
    fn piece(
        &self,
        at: usize,
        zone: &EconomicZone,
        area: &PreparedArea,
    ) -> Result<Option<Piece>, (String, &'static str)> {
        let parcel = &self.parcels.entities[at];
        let whole_m2 = shape::area(&parcel.geometry);
        let inside_m2 = area.intersection_area(&parcel.geometry);
        if is_sliver(inside_m2, whole_m2) {
            return Ok(None);
        }
        let refused = |operation| (parcel.id().into_owned(), operation);
        let outside_m2 = whole_m2 - inside_m2;
        let geometry = if is_sliver(outside_m2, whole_m2) {
            parcel.geometry.clone()
        } else {
            let cut = overlay::intersection_geometry(&parcel.geometry, &zone.geometry)
                .ok()
                .ok_or_else(|| refused("intersection"))?;
            Geometry::MultiPolygon(without_slivers(cut))
        };
        let area_m2 = shape::area(&geometry);
        if area_m2 <= SLIVER_M2 {
            return Ok(None);
        }
        let (open, cut) = self.open_land(&geometry).ok_or_else(|| refused("difference"))?;
        let commune = self.commune_of(at, zone);
        let (buildings, built_m2) = self.built(&open, commune);
        let open_m2: f64 = open.iter().map(polygon_area).sum();
        let least = self.rules.covering_share;
        let declared = self.declared.covering(at, &geometry, area_m2, least);
        let friches = self.friches.on(at, &geometry, area_m2, least);
        let (availability, reason) = classify(&Facts {
            rules: self.rules,
            hard_share: 1.0 - open_m2 / area_m2,
            hard: cut
                .iter()
                .map(|(constraint, _)| self.constraints.rule(*constraint).id.as_str())
                .collect(),
            declared: declared.map(|at| self.declared.state(at)),
            friches: friches.iter().filter_map(|at| self.friches.friche(*at)).collect(),
            built_m2,
            open_m2,
        });
        Ok(Some(Piece {
            parcel: at,
            geometry,
            area_m2,
            share: (area_m2 / whole_m2).min(1.0),
            open,
            cut,
            buildings,
            built_m2,
            declared,
            friches,
            availability,
            reason,
        }))
    }

    /// `None` when the cut is refused.
    pub(super) fn open_land(&self, land: &Geometry<f64>) -> Option<OpenLand> {
        let mut taken: BTreeMap<usize, f64> = BTreeMap::new();
        let mut over = Vec::new();
        let near = self.constraints.near(land);
        for forbidding in &near {
            let common_m2 = overlay::intersection_area(land, &forbidding.geometry);
            if common_m2 > SLIVER_M2 {
                *taken.entry(forbidding.constraint).or_default() += common_m2;
                over.push(&*forbidding.geometry);
            }
        }
        let open = if over.is_empty() {
            polygons(land.clone())
        } else {
            without_slivers(overlay::difference_geometry(land, &over).ok()?).0
        };
        Some((open, taken.into_iter().collect()))
    }

    /// Buildings on the open part of a piece, and the area under them.
    fn built(
        &self,
        open: &[Polygon<f64>],
        commune: Option<CodeInsee>,
    ) -> (Vec<usize>, Option<f64>) {
        let Some(layer) = self.buildings.filter(|layer| layer.covers(commune)) else {
            return (Vec::new(), None);
        };
        let land = Geometry::MultiPolygon(MultiPolygon(open.to_vec()));
        let Some(frame) = land.bounding_rect() else { return (Vec::new(), Some(0.0)) };
        let mut found = Vec::new();
        let mut near: Vec<usize> =
            layer.index().in_box(&frame).into_iter().map(|at| at as usize).collect();
        near.sort_by(|a, b| by_place(layer.geometry(*a), layer.geometry(*b)));
        for at in near {
            if layer.area(at).intersection_area(&land) > 0.0 {
                found.push(at);
            }
        }
        // Their union: two layers of buildings draw the same walls twice.
        let over: Vec<&PreparedArea> = found.iter().map(|at| layer.area(*at)).collect();
        let built_m2 = overlay::covered_area_prepared(&land, &over);
        (found, Some(built_m2))
    }
}

/// The polygons of an area.
pub(super) fn polygons(land: Geometry<f64>) -> Vec<Polygon<f64>> {
    match land {
        Geometry::Polygon(one) => vec![one],
        Geometry::MultiPolygon(many) => many.0,
        _ => Vec::new(),
    }
}

/// Area of a polygon, m².
pub(super) fn polygon_area(polygon: &Polygon<f64>) -> f64 {
    use geo::Area;
    polygon.unsigned_area()
}

fn without_slivers(land: MultiPolygon<f64>) -> MultiPolygon<f64> {
    MultiPolygon(land.0.into_iter().filter(|one| polygon_area(one) > SLIVER_M2).collect())
}
