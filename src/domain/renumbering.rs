//! Parcels of an earlier cadastre that are not in today's: what has become of their land.

use geo::BoundingRect;
use geo::Coord;
use rayon::prelude::*;

use super::Balance;
use super::CodeInsee;
use super::Idu;
use super::Layer;
use super::LayerKey;
use super::LayerView;
use super::Parcel;
use super::ParcelId;
use super::Place;
use super::Problem;
use super::ProblemCode;
use super::Provenance;
use super::parcel_register::sorted_idus;
use crate::spatial::shape;

/// Up to this share of the old parcel, an overlap is a border drawn anew, not a successor.
const SLIVER_SHARE: f64 = 0.005;
/// Up to this area too, in square metres, unless it is most of a parcel as small as that.
const SLIVER_M2: f64 = 1.0;
/// Share that is most of a parcel.
const MOST: f64 = 0.5;
/// Successors named in a problem before "+n".
const SUCCESSORS_SHOWN: usize = 4;

/// A parcel of today on the land of a former one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Successor {
    /// Its name today.
    pub parcel: ParcelId,
    /// Its position in today's layer.
    pub position: usize,
    /// Share of the former parcel's area that it holds, 0 to 1. Where parcels of today overlap, what they hold
    /// together is divided among them, so that the shares never sum to more than 1.
    pub share: f64,
}

/// A parcel of the earlier cadastre whose idu is not in today's.
#[derive(Debug, Clone, PartialEq)]
pub struct FormerParcel {
    /// Its idu.
    pub idu: Idu,
    /// Its commune then.
    pub commune: Option<CodeInsee>,
    /// Its area in square metres.
    pub area_m2: f64,
    /// A point in it.
    pub at: Option<Coord<f64>>,
    /// The parcels of today on its land, the largest share first; none when it has gone into land without parcels
    /// (a road, a river).
    pub successors: Vec<Successor>,
}

impl FormerParcel {
    /// Its successors as text, the same in both languages: `82112000AB0123 (60 %), …`.
    #[must_use]
    pub fn successors_told(&self) -> String {
        let mut told: Vec<String> = self
            .successors
            .iter()
            .take(SUCCESSORS_SHOWN)
            .map(|one| format!("{} ({:.0} %)", one.parcel, one.share * 100.0))
            .collect();
        if self.successors.len() > SUCCESSORS_SHOWN {
            told.push(format!("+{}", self.successors.len() - SUCCESSORS_SHOWN));
        }
        told.join(", ")
    }
}

/// What became of the parcels of an earlier cadastre.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Renumbering {
    /// Parcels that are no longer there, in the order of their idus.
    pub former: Vec<FormerParcel>,
    /// Parcels of the earlier cadastre that are there today under the same idu, whatever their shape.
    pub unchanged: usize,
    /// Parcels that cannot be followed: without idu or area, or of a commune of which today's cadastre says nothing.
    pub not_compared: usize,
    /// Origin of the earlier cadastre.
    pub provenance: Provenance,
    /// Rows of the earlier cadastre.
    pub balance: Balance,
}

impl Renumbering {
    /// Follows every parcel of `earlier` that is not in `today`. The same whatever the number of threads.
    #[must_use]
    pub fn of(earlier: &Layer<Parcel>, today: &Layer<Parcel>) -> Self {
        let known = sorted_idus(&today.entities);
        let is_known = |idu: Idu| known.binary_search_by_key(&idu, |(idu, _)| *idu).is_ok();
        let then = sorted_idus(&earlier.entities);
        let gone: Vec<(Idu, u32)> =
            then.iter().copied().filter(|(idu, _)| !is_known(*idu)).collect();
        let followed: Vec<Option<FormerParcel>> = gone
            .par_iter()
            .map(|(idu, at)| follow(*idu, earlier.entities.get(*at as usize)?, today))
            .collect();
        let unchanged = then.len() - gone.len();
        let former: Vec<FormerParcel> = followed.into_iter().flatten().collect();
        Self {
            not_compared: earlier.entities.len() - unchanged - former.len(),
            former,
            unchanged,
            provenance: earlier.provenance.clone(),
            balance: Balance::default(),
        }
    }

    /// A former parcel by its idu; `None` when it is there today, or was not in the earlier cadastre.
    #[must_use]
    pub fn former(&self, idu: Idu) -> Option<&FormerParcel> {
        let at = self.former.binary_search_by_key(&idu, |one| one.idu).ok()?;
        self.former.get(at)
    }

    /// How many have successors, and how many have none.
    #[must_use]
    pub fn counts(&self) -> (usize, usize) {
        let renumbered = self.former.iter().filter(|one| !one.successors.is_empty()).count();
        (renumbered, self.former.len() - renumbered)
    }

    /// One problem for each parcel that is no longer there.
    #[must_use]
    pub fn problems(&self) -> Vec<Problem> {
        let told = |one: &FormerParcel| Problem {
            layer: LayerKey::PARCELS.to_owned(),
            file: String::new(),
            row: None,
            feature: Some(one.idu.to_string()),
            code: if one.successors.is_empty() {
                ProblemCode::ParcelVanished
            } else {
                ProblemCode::ParcelRenumbered
            },
            value: if one.successors.is_empty() {
                format!("{:.0} m²", one.area_m2)
            } else {
                one.successors_told()
            },
            detail: None,
            place: Place { at: one.at, commune: one.commune },
        };
        self.former.iter().map(told).collect()
    }
}

/// The parcels of today on the land of one that is gone; `None` where that cannot be known.
fn follow(idu: Idu, parcel: &Parcel, today: &Layer<Parcel>) -> Option<FormerParcel> {
    let area_m2 = shape::area(&parcel.geometry);
    let frame = parcel.geometry.bounding_rect().filter(|_| area_m2 > 0.0)?;
    let mut successors: Vec<Successor> = today
        .index()
        .in_box(&frame)
        .into_iter()
        .filter_map(|position| {
            let position = position as usize;
            let found = today.entities.get(position)?;
            let common_m2 = today.area(position).intersection_area(&parcel.geometry);
            let share = (common_m2 / area_m2).min(1.0);
            let sliver = share <= SLIVER_SHARE || (common_m2 <= SLIVER_M2 && share < MOST);
            (!sliver).then_some(Successor { parcel: found.id, position, share })
        })
        .collect();
    if successors.is_empty() && !today.covers(parcel.commune) {
        return None;
    }
    let sum: f64 = successors.iter().map(|one| one.share).sum();
    if sum > 1.0 {
        successors.iter_mut().for_each(|one| one.share /= sum);
    }
    successors.sort_by(|a, b| b.share.total_cmp(&a.share).then(a.parcel.cmp(&b.parcel)));
    let at = shape::representative_point(&parcel.geometry);
    Some(FormerParcel { idu, commune: parcel.commune, area_m2, at, successors })
}
