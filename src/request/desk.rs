//! The desk that requests come to: the land of a territory, gathered once for any number of them.

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::sync::Arc;

use super::Candidate;
use super::RequestError;
use super::gather::gather;
use crate::domain::ParcelId;
use crate::domain::Territory;
use crate::evaluation::PreparedProfile;
use crate::evaluation::Profile;
use crate::land::Ground;
use crate::land::Plots;

/// The land of a territory, as candidates and as plots that can be put together.
pub struct Desk<'a> {
    pub(super) territory: &'a Territory,
    pub(super) ground: &'a Ground<'a>,
    /// The profile that orders candidates of a request without wishes.
    pub(super) usual: PreparedProfile<'a>,
    pub(super) fixed: Vec<Arc<Candidate<'a>>>,
    pub(super) plots: Plots,
    /// The parcels of each terrain, sorted: an assembly of the same is that terrain.
    pub(super) terrains: BTreeSet<Vec<ParcelId>>,
}

impl<'a> Desk<'a> {
    /// Gathers the land of a territory that [`crate::land::prepare`] has surveyed by the rules of `usual`.
    ///
    /// # Errors
    /// [`RequestError::NoParcels`] when it was not surveyed.
    pub fn new(
        territory: &'a Territory,
        ground: &'a Ground<'a>,
        usual: &'a Profile,
    ) -> Result<Self, RequestError> {
        let stock = territory.stock.as_ref().ok_or(RequestError::NoParcels)?;
        let plots = ground.plots(stock);
        let mut fixed: Vec<Arc<Candidate<'a>>> =
            gather(territory, ground, &plots).into_iter().map(Arc::new).collect();
        // One name, one piece of land: an inventory may call a friche as another calls a terrain.
        let mut seen: BTreeMap<String, usize> = BTreeMap::new();
        for candidate in &mut fixed {
            let n = seen.entry(candidate.id.clone()).or_default();
            *n += 1;
            if *n > 1
                && let Some(candidate) = Arc::get_mut(candidate)
            {
                candidate.id = format!("{}-{n}", candidate.id);
            }
        }
        let terrains = stock.terrains.entities.iter().map(|terrain| {
            let mut parcels: Vec<ParcelId> = terrain.parts.iter().map(|part| part.id).collect();
            parcels.sort();
            parcels
        });
        let terrains = terrains.collect();
        let usual = PreparedProfile::new(territory, usual);
        Ok(Self { territory, ground, usual, fixed, plots, terrains })
    }

    /// The candidates that are no assemblies.
    pub fn candidates(&self) -> impl Iterator<Item = &Candidate<'a>> {
        self.fixed.iter().map(AsRef::as_ref)
    }

    /// The plots, and which of them are contiguous.
    #[must_use]
    pub fn plots(&self) -> &Plots {
        &self.plots
    }

    /// The territory.
    #[must_use]
    pub fn territory(&self) -> &'a Territory {
        self.territory
    }
}
