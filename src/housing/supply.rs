//! Dwellings that stand empty, per EPCI, with the bounds that statistical secrecy leaves.

use crate::domain::BoundedSum;
use crate::domain::CodeInsee;
use crate::domain::Epci;
use crate::domain::LayerKey;
use crate::domain::Territory;

/// What an EPCI has.
#[derive(Debug, Clone, PartialEq)]
pub struct EpciSupply {
    /// The EPCI.
    pub epci: Epci,
    /// Its communes in the territory.
    pub n_communes: usize,
    /// Private dwellings.
    pub private_dwellings: BoundedSum,
    /// Private dwellings vacant for more than two years.
    pub vacant_2y: BoundedSum,
}

/// The supply of every EPCI, in the order of their SIREN. Empty when no vacancy table is given.
///
/// A figure under secrecy (1 to 10 dwellings) widens the bounds; a commune without figure is counted apart.
#[must_use]
pub fn supply(territory: &Territory) -> Vec<EpciSupply> {
    let Some(vacancy) = territory.tables.get(LayerKey::VACANCY) else { return Vec::new() };
    territory
        .epcis
        .iter()
        .map(|epci| {
            let communes: Vec<CodeInsee> = territory
                .communes
                .entities
                .iter()
                .filter(|commune| commune.epci == Some(epci.siren))
                .map(|commune| commune.insee)
                .collect();
            EpciSupply {
                epci: epci.clone(),
                n_communes: communes.len(),
                private_dwellings: vacancy.sum(communes.iter().copied(), "private_dwellings"),
                vacant_2y: vacancy.sum(communes.iter().copied(), "vacant_2y"),
            }
        })
        .collect()
}
