//! From `gisement.toml` to a [`Territory`]: every layer read, brought to Lambert-93, cleaned, counted.
//!
//! Reading never stops at the first bad row: rows become objects or problems, and the balance says how many.
//! It does stop at a file that is cut, missing or of an unknown reference system: a layer silently short is worse
//! than none.

mod communes;
mod documents;
mod error;
mod file_crs;
mod files;
mod friches;
mod ingest;
mod layer;
mod loose;
mod objects;
mod parcel_id;
mod parcels;
mod pieces;
mod reach;
mod tables;
mod told;
mod zones;

pub use error::LoadError;
pub use files::find as find_files;
pub use loose::LooseCheck;
pub use loose::LooseKind;
pub use loose::LooseLayer;
pub use loose::check_files;

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use crate::domain::LayerKey;
use crate::domain::Place;
use crate::domain::PlanningDocument;
use crate::domain::Problem;
use crate::domain::ProblemCode;
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
        let source = Source { config, layer: layer_config, key, lenient: false };
        match key.as_str() {
            LayerKey::COMMUNES => {}
            LayerKey::PARCELS => {
                let result = parcels::load(&source, &reach, source.pieces()?)?;
                territory.parcels = Some(finish(&mut territory, key, result));
            }
            LayerKey::ZONING => {
                let mut result = zones::load(&source, &reach, source.pieces()?)?;
                let beside = documents_beside(&source, &reach)?;
                zones::cover_by_documents(&mut result.layer, &beside);
                territory.documents.extend(beside);
                territory.zoning = Some(finish(&mut territory, key, result));
            }
            LayerKey::FRICHES => {
                let result = friches::load(&source, &reach, source.pieces()?)?;
                territory.friches = Some(finish(&mut territory, key, result));
            }
            LayerKey::DOCUMENTS => {
                let result = documents::load(&source, &reach, source.pieces()?)?;
                territory.balance.insert(key.clone(), result.balance);
                territory.problems.extend(result.problems);
                territory.documents.extend(result.documents);
            }
            key if LayerKey::TABLES.contains(&key) => {
                let result = tables::load(&source, &territory)?;
                territory.balance.insert(key.to_owned(), result.balance);
                territory.problems.extend(result.problems);
                territory.tables.insert(key.to_owned(), result.table);
            }
            key => {
                let result = objects::load(&source, &reach, source.pieces()?)?;
                let layer = finish(&mut territory, key, result);
                territory.objects.insert(key.to_owned(), layer);
            }
        }
    }
    let documents = std::mem::take(&mut territory.documents);
    if let Some(zoning) = &mut territory.zoning
        && config.layers.get(LayerKey::ZONING).is_some_and(|layer| layer.covers.is_none())
    {
        zones::cover_by_documents(zoning, &documents);
    }
    territory.documents = documents;
    let changes = area_changes(&territory);
    territory.problems.extend(changes);
    Ok(territory)
}

/// The planning documents that lie in the same folders and archives as the zones.
fn documents_beside(
    source: &Source<'_>,
    reach: &Reach,
) -> Result<Vec<PlanningDocument>, LoadError> {
    if source.config.layers.contains_key(LayerKey::DOCUMENTS) {
        return Ok(Vec::new());
    }
    let documents = Source { key: LayerKey::DOCUMENTS, ..*source };
    let found = documents.pieces_beside()?;
    Ok(documents::load(&documents, reach, found)?.documents)
}

/// Communes in which the area kept is not the area read, told so that the anomalies layer shows where.
fn area_changes(territory: &Territory) -> Vec<Problem> {
    let mut problems = Vec::new();
    for (layer, balance) in &territory.balance {
        for (commune, tally) in &balance.communes {
            if tally.area.has_changed() {
                problems.push(Problem {
                    layer: layer.clone(),
                    file: String::new(),
                    row: None,
                    feature: None,
                    code: ProblemCode::AreaChanged,
                    value: format!("{:.1} m² → {:.1} m²", tally.area.read_m2, tally.area.kept_m2),
                    detail: None,
                    place: Place { at: None, commune: *commune },
                });
            }
        }
    }
    problems
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
        documents: Vec::new(),
        friches: None,
        objects: BTreeMap::new(),
        tables: BTreeMap::new(),
        declared: config.layers.keys().cloned().collect::<BTreeSet<_>>(),
        balance: BTreeMap::new(),
        problems: Vec::new(),
    }
}
