//! Unités foncières of one zone: contiguous parcels of one owner where owners are known, else the parcel.

use std::collections::BTreeMap;

use geo::BoundingRect;
use geo::Geometry;
use geo::Rect;

use super::constraints::grown;
use super::economic_zones::Refused;
use super::occupation::Users;
use super::pieces::Piece;
use super::pieces::Surroundings;
use super::place_id::place_id;
use super::place_order::by_place;
use crate::domain::CodeInsee;
use crate::domain::EconomicZone;
use crate::domain::LandUnit;
use crate::domain::Owner;
use crate::domain::OwnerClass;
use crate::domain::ParcelId;
use crate::spatial::components::of_pairs;
use crate::spatial::contiguity;
use crate::spatial::dissolve;
use crate::spatial::distance;

/// Who holds parcels that one key or one class of owner shows to be of one hand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum OneOwner {
    Key(u32),
    /// The commune of a commune's own land; none for the classes of which there is one owner in a region.
    Class(OwnerClass, Option<CodeInsee>),
}

/// One owner by the key of the table; without a key, by a class of which a commune has one owner only.
pub(super) fn one_owner(owner: Owner, commune: Option<CodeInsee>) -> Option<OneOwner> {
    if let Some(key) = owner.key {
        return Some(OneOwner::Key(key));
    }
    match owner.class? {
        class @ OwnerClass::Commune => Some(OneOwner::Class(class, commune)),
        class @ (OwnerClass::State
        | OwnerClass::Region
        | OwnerClass::Department
        | OwnerClass::Intercommunal) => Some(OneOwner::Class(class, None)),
        // Two firms, or two families, are of one class and not of one hand.
        _ => None,
    }
}

impl Surroundings<'_> {
    /// The land units of a zone, and the unit of each piece.
    pub(super) fn units(
        &self,
        number: usize,
        zone: &EconomicZone,
        pieces: &[Piece],
        users: &Users<'_>,
    ) -> (Vec<LandUnit>, Vec<usize>, Refused) {
        let groups = of_pairs(pieces.len(), &self.of_one_owner(pieces));
        let mut unit_of = vec![0; pieces.len()];
        let mut units = Vec::with_capacity(groups.len());
        let mut refused = Refused::new();
        for group in groups {
            for piece in &group {
                unit_of[*piece] = units.len();
            }
            units.push(self.unit(number, zone, pieces, &group, users, &mut refused));
        }
        (units, unit_of, refused)
    }

    /// Pairs of contiguous pieces that one owner holds.
    fn of_one_owner(&self, pieces: &[Piece]) -> Vec<(usize, usize)> {
        let Some(owners) = &self.territory.owners else { return Vec::new() };
        let mut by_owner: BTreeMap<OneOwner, Vec<usize>> = BTreeMap::new();
        for (at, piece) in pieces.iter().enumerate() {
            let ParcelId::Idu(idu) = self.parcels.entities[piece.parcel].id else { continue };
            if let Some(one) = owners.of(idu).and_then(|owner| one_owner(owner, idu.commune())) {
                by_owner.entry(one).or_default().push(at);
            }
        }
        let tolerance_m = self.rules.contact_tolerance_m;
        let frames: Vec<Option<Rect<f64>>> =
            pieces.iter().map(|piece| piece.geometry.bounding_rect()).collect();
        let mut pairs = Vec::new();
        for held in by_owner.into_values() {
            for (at, a) in held.iter().enumerate() {
                for b in &held[at + 1..] {
                    let (Some(one), Some(other)) = (&frames[*a], &frames[*b]) else { continue };
                    if !super::economic_zones::overlap(&grown(one, tolerance_m), other) {
                        continue;
                    }
                    let (one, other) = (&pieces[*a].geometry, &pieces[*b].geometry);
                    if distance::is_within_distance(one, other, tolerance_m)
                        && contiguity::shared_border_m(one, other, tolerance_m)
                            >= self.rules.contact_m
                    {
                        pairs.push((*a, *b));
                    }
                }
            }
        }
        pairs
    }

    fn unit(
        &self,
        number: usize,
        zone: &EconomicZone,
        pieces: &[Piece],
        group: &[usize],
        users: &Users<'_>,
        refused: &mut Refused,
    ) -> LandUnit {
        let largest = group
            .iter()
            .copied()
            .max_by(|a, b| pieces[*a].area_m2.total_cmp(&pieces[*b].area_m2).then(b.cmp(a)))
            .unwrap_or_default();
        let geometry = match group {
            [one] => pieces[*one].geometry.clone(),
            several => {
                let mut shapes: Vec<&Geometry<f64>> =
                    several.iter().map(|at| &pieces[*at].geometry).collect();
                shapes.sort_by(|a, b| by_place(a, b));
                dissolve::union(&shapes).map(Geometry::MultiPolygon).unwrap_or_else(|_| {
                    refused.push((
                        self.parcels.entities[pieces[largest].parcel].id.to_string(),
                        "union",
                    ));
                    pieces[largest].geometry.clone()
                })
            }
        };
        let commune = self.commune_of(pieces[largest].parcel, zone);
        let insee = commune.map_or_else(|| "00000".to_owned(), |commune| commune.to_string());
        let name = place_id(&geometry).map(|(_, name)| name).unwrap_or_default();
        let built_m2 = group.iter().map(|at| pieces[*at].built_m2).sum::<Option<f64>>();
        let declared = pieces[largest].declared;
        let friche = group.iter().find_map(|at| pieces[*at].friches.first().copied());
        let establishments = users.on(&geometry);
        let is_built = built_m2.map(|built_m2| built_m2 > self.rules.free_m2);
        let (occupation, occupation_reason) = users.occupation(
            declared.map(|at| self.declared.state(at)),
            friche.and_then(|at| self.friches.friche(at)),
            &establishments,
            is_built,
            commune,
        );
        LandUnit {
            id: format!("{insee}_TERRAIN-ECO_{name}").into(),
            zone: number,
            parcels: group.iter().map(|at| pieces[*at].parcel).collect(),
            commune,
            availability: pieces[largest].availability,
            reason: pieces[largest].reason.clone(),
            occupation,
            occupation_reason,
            built_m2,
            declared,
            establishments,
            friche,
            owner: self.main_owner(pieces, group),
            geometry,
        }
    }

    /// The class of owner that holds most of a unit.
    fn main_owner(&self, pieces: &[Piece], group: &[usize]) -> Option<OwnerClass> {
        let owners = self.territory.owners.as_ref()?;
        let mut areas: BTreeMap<OwnerClass, f64> = BTreeMap::new();
        for at in group {
            let ParcelId::Idu(idu) = self.parcels.entities[pieces[*at].parcel].id else { continue };
            if let Some(class) = owners.of(idu).and_then(|owner| owner.class) {
                *areas.entry(class).or_default() += pieces[*at].area_m2;
            }
        }
        areas
            .into_iter()
            .max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)))
            .map(|(class, _)| class)
    }
}
