//! The parcels that a friche lists, looked up in today's cadastre.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use super::FormerParcel;
use super::Friche;
use super::Idu;
use super::LayerView;
use super::Place;
use super::Problem;
use super::ProblemCode;
use super::Territory;
use crate::domain::LayerKey;
use crate::spatial::shape;

/// What a listed idu is today.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum ParcelToday<'a> {
    /// It is in the cadastre, at this position of the layer.
    Found(usize),
    /// It is in the earlier cadastre only; its land belongs to the successors named there.
    Renumbered(&'a FormerParcel),
    /// It is not in the cadastre of its commune, and no successor is known.
    Missing,
    /// No cadastre of its commune is given: nothing can be said.
    Unknown,
}

/// A parcel that an inventory lists.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ListedParcel<'a> {
    /// Its idu as listed.
    pub idu: Idu,
    /// What it is today.
    pub today: ParcelToday<'a>,
}

/// The land of a site by the parcels that it lists.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ListedLand {
    /// Positions of the parcels of today, ascending.
    pub parcels: Vec<usize>,
    /// Listed parcels that bear other numbers today, and whose successors are among `parcels`.
    pub renumbered: Vec<Idu>,
    /// Listed parcels that are not in the cadastre of their commune, or of whose land no parcel of today is the most part.
    pub missing: Vec<Idu>,
    /// Listed parcels of communes whose cadastre is not given.
    pub unknown: Vec<Idu>,
}

impl ListedLand {
    /// Whether every listed parcel is accounted for, and there is one.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        !self.parcels.is_empty() && self.missing.is_empty() && self.unknown.is_empty()
    }
}

/// A parcel of today belongs to a site when at least this share of it lies on the parcels that the site lists.
const MOST: f64 = 0.5;

impl Territory {
    /// The land of a site: its listed parcels as they are today, renumbered ones by the parcels that lie for the most
    /// part on their land.
    #[must_use]
    pub fn land_of(&self, friche: &Friche) -> ListedLand {
        let mut land = ListedLand::default();
        let (mut taken, mut former) = (BTreeMap::<usize, f64>::new(), Vec::new());
        let mut seen = BTreeSet::new();
        for listed in self.parcels_of(friche) {
            // Listed twice is listed once: its land must not count double.
            if !seen.insert(listed.idu) {
                continue;
            }
            match listed.today {
                ParcelToday::Found(position) => land.parcels.push(position),
                ParcelToday::Renumbered(one) => {
                    for successor in &one.successors {
                        *taken.entry(successor.position).or_default() +=
                            successor.share * one.area_m2;
                    }
                    former.push(one);
                }
                ParcelToday::Missing => land.missing.push(listed.idu),
                ParcelToday::Unknown => land.unknown.push(listed.idu),
            }
        }
        let is_of_site = |position: usize| {
            let area_m2 = self
                .parcels
                .as_ref()
                .and_then(|layer| layer.entities.get(position))
                .map_or(0.0, |parcel| shape::area(&parcel.geometry));
            taken.get(&position).is_some_and(|common_m2| *common_m2 >= MOST * area_m2)
        };
        for one in former {
            let successors: Vec<usize> =
                one.successors.iter().map(|successor| successor.position).collect();
            if successors.iter().any(|position| is_of_site(*position)) {
                land.parcels.extend(successors.into_iter().filter(|at| is_of_site(*at)));
                land.renumbered.push(one.idu);
            } else {
                land.missing.push(one.idu);
            }
        }
        land.parcels.sort_unstable();
        land.parcels.dedup();
        land
    }

    /// The parcels that `friche` lists, in its order, each as it is today.
    #[must_use]
    pub fn parcels_of(&self, friche: &Friche) -> Vec<ListedParcel<'_>> {
        friche.parcels.iter().map(|idu| self.look_up(*idu)).collect()
    }

    /// What a parcel that an inventory lists is today.
    fn look_up(&self, idu: Idu) -> ListedParcel<'_> {
        let today = || {
            let Some(parcels) = &self.parcels else { return ParcelToday::Unknown };
            if let Some(position) = self.register.position(parcels, idu) {
                return ParcelToday::Found(position);
            }
            match self.renumbering.as_ref().and_then(|known| known.former(idu)) {
                Some(former) if !former.successors.is_empty() => ParcelToday::Renumbered(former),
                Some(_) => ParcelToday::Missing,
                None if parcels.covers(idu.commune()) => ParcelToday::Missing,
                None => ParcelToday::Unknown,
            }
        };
        ListedParcel { idu, today: today() }
    }

    /// One problem for each parcel that a record of `site` lists and that is not in the cadastre of its commune.
    #[must_use]
    pub fn problems_of_listed(&self, site: &Friche, listed: &BTreeSet<Idu>) -> Vec<Problem> {
        let at = shape::representative_point(&site.geometry);
        let told = |listed: ListedParcel<'_>| {
            let (code, value) = match listed.today {
                ParcelToday::Renumbered(former) => (
                    ProblemCode::ListedParcelRenumbered,
                    format!("{} → {}", listed.idu, former.successors_told()),
                ),
                ParcelToday::Missing => (ProblemCode::ParcelNotFound, listed.idu.to_string()),
                ParcelToday::Found(_) | ParcelToday::Unknown => return None,
            };
            Some(Problem {
                layer: LayerKey::FRICHES.to_owned(),
                file: String::new(),
                row: None,
                feature: Some(site.id.to_string()),
                code,
                value,
                detail: None,
                place: Place { at, commune: site.commune },
            })
        };
        listed.iter().filter_map(|idu| told(self.look_up(*idu))).collect()
    }
}
