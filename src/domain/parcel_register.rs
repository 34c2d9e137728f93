//! Parcels by their idu.

use std::sync::OnceLock;

use super::Idu;
use super::Layer;
use super::Parcel;
use super::ParcelId;

/// Where each idu stands in a layer of parcels; built when first asked, 20 bytes for each parcel.
#[derive(Debug, Default)]
pub struct ParcelRegister {
    sorted: OnceLock<Vec<(Idu, u32)>>,
}

impl ParcelRegister {
    /// Position in `parcels` of the one called `idu`. Always ask with the same layer.
    #[must_use]
    pub fn position(&self, parcels: &Layer<Parcel>, idu: Idu) -> Option<usize> {
        let sorted = self.sorted.get_or_init(|| sorted_idus(&parcels.entities));
        let at = sorted.binary_search_by_key(&idu, |(known, _)| *known).ok()?;
        sorted.get(at).map(|(_, position)| *position as usize)
    }
}

/// The idus of parcels that have one, with their positions, in the order of the idus.
pub(super) fn sorted_idus(parcels: &[Parcel]) -> Vec<(Idu, u32)> {
    // Positions are u32: the country has 95 million parcels.
    let mut sorted: Vec<(Idu, u32)> = parcels
        .iter()
        .enumerate()
        .filter_map(|(at, parcel)| match parcel.id {
            ParcelId::Idu(idu) => u32::try_from(at).ok().map(|at| (idu, at)),
            ParcelId::Unnamed { .. } => None,
        })
        .collect();
    sorted.sort_unstable();
    sorted
}
