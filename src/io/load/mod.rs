//! From `gisement.toml` to a [`Territory`]: every layer read, brought to Lambert-93, cleaned, counted.
//!
//! Reading never stops at the first bad row: rows become objects or problems, and the balance says how many.
//! It does stop at a file that is cut, missing or of an unknown reference system: a layer silently short is worse
//! than none.

mod communes;
mod error;
mod file_crs;
mod files;
mod friches;
mod ingest;
mod layer;
mod objects;
mod parcels;
mod reach;
mod tables;
mod zones;

pub use error::LoadError;
pub use files::find as find_files;

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use crate::domain::LayerKey;
use crate::domain::Territory;
use crate::io::config::Config;
use layer::LayerResult;
use layer::Source;
use reach::Reach;

/// Reads every layer that the configuration names.
///
/// # Errors
/// A missing or cut file, an unknown format or reference system, a layer without the columns it needs, a layer in
/// which no row could be kept; see [`LoadError`].
pub fn load(config: &Config) -> Result<Territory, LoadError> {
    let territory = communes::load(config)?;
    let reach = Reach::new(&territory.communes.entities);
    let mut territory = territory;
    for (key, layer_config) in &config.layers {
        let source = Source { config, layer: layer_config, key };
        match key.as_str() {
            LayerKey::COMMUNES => {}
            LayerKey::PARCELS => {
                let result = parcels::load(&source, &reach)?;
                territory.parcels = Some(finish(&mut territory, key, result));
            }
            LayerKey::ZONING => {
                let result = zones::load(&source, &reach)?;
                territory.zoning = Some(finish(&mut territory, key, result));
            }
            LayerKey::FRICHES => {
                let result = friches::load(&source, &reach)?;
                territory.friches = Some(finish(&mut territory, key, result));
            }
            key if LayerKey::TABLES.contains(&key) => {
                let result = tables::load(&source, &territory)?;
                territory.balance.insert(key.to_owned(), result.balance);
                territory.problems.extend(result.problems);
                territory.tables.insert(key.to_owned(), result.table);
                territory.commuting_flows.extend(result.flows);
            }
            key => {
                let result = objects::load(&source, &reach)?;
                let layer = finish(&mut territory, key, result);
                territory.objects.insert(key.to_owned(), layer);
            }
        }
    }
    Ok(territory)
}

/// Files the result of a layer in the territory's books, and hands the layer back.
fn finish<E>(
    territory: &mut Territory,
    key: &str,
    result: LayerResult<E>,
) -> crate::domain::Layer<E> {
    territory.balance.insert(key.to_owned(), result.balance);
    territory.problems.extend(result.problems);
    result.layer
}

/// A territory without layers yet.
fn empty(
    config: &Config,
    epcis: Vec<crate::domain::Epci>,
    communes: crate::domain::Layer<crate::domain::Commune>,
) -> Territory {
    Territory {
        name: config.name.clone().unwrap_or_default(),
        epcis,
        communes,
        parcels: None,
        zoning: None,
        friches: None,
        objects: BTreeMap::new(),
        tables: BTreeMap::new(),
        commuting_flows: Vec::new(),
        declared: config.layers.keys().cloned().collect::<BTreeSet<_>>(),
        balance: BTreeMap::new(),
        problems: Vec::new(),
    }
}
