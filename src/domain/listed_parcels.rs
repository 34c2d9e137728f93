//! The parcels that a friche lists, looked up in today's cadastre.

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

impl Territory {
    /// The parcels that `friche` lists, in its order, each as it is today.
    #[must_use]
    pub fn parcels_of(&self, friche: &Friche) -> Vec<ListedParcel<'_>> {
        let look_up = |idu: Idu| {
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
        friche.parcels.iter().map(|idu| ListedParcel { idu: *idu, today: look_up(*idu) }).collect()
    }

    /// One problem for each parcel listed by a friche that is not in the cadastre of its commune.
    #[must_use]
    pub fn problems_of_listed_parcels(&self) -> Vec<Problem> {
        let friches = self.friches.iter().flat_map(|layer| &layer.entities);
        friches
            .flat_map(|friche| {
                let at = shape::representative_point(&friche.geometry);
                self.parcels_of(friche).into_iter().filter_map(move |listed| {
                    let (code, value) = match listed.today {
                        ParcelToday::Renumbered(former) => (
                            ProblemCode::ListedParcelRenumbered,
                            format!("{} → {}", listed.idu, former.successors_told()),
                        ),
                        ParcelToday::Missing => {
                            (ProblemCode::ParcelNotFound, listed.idu.to_string())
                        }
                        ParcelToday::Found(_) | ParcelToday::Unknown => return None,
                    };
                    Some(Problem {
                        layer: LayerKey::FRICHES.to_owned(),
                        file: String::new(),
                        row: None,
                        feature: Some(friche.id.to_string()),
                        code,
                        value,
                        detail: None,
                        place: Place { at, commune: friche.commune },
                    })
                })
            })
            .collect()
    }
}
