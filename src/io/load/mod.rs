//! From `gisement.toml` to a [`Territory`]: every layer read, brought to Lambert-93, cleaned, counted.
//!
//! Reading never stops at the first bad row: rows become objects or problems, and the balance says how many.
//! It does stop at a file that is cut, missing or of an unknown reference system: a layer silently short is worse
//! than none.

mod communes;
mod coverage;
mod documents;
mod elevation;
mod error;
mod field_visits;
mod fields;
mod file_crs;
mod files;
mod friches;
mod housing_rules;
mod ingest;
mod layer;
mod loose;
mod loose_kind;
mod object_words;
mod objects;
mod own_inventory;
mod owners;
mod parcel_id;
mod parcels;
mod personal;
mod pieces;
mod plan;
mod previous;
mod reach;
mod reader_notes;
mod shaped;
mod source;
mod tables;
mod told;
mod zones;

pub use error::LoadError;
pub use files::find as find_files;
pub use loose::LooseCheck;
pub use loose::LooseLayer;
pub use loose::check_files;
pub use loose_kind::LooseKind;

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use crate::domain::LayerKey;
use crate::domain::ParcelRegister;
use crate::domain::Place;
use crate::domain::PlanningDocument;
use crate::domain::Problem;
use crate::domain::ProblemCode;
use crate::domain::Territory;
use crate::domain::ZoningAudit;
use crate::io::config::Config;
use layer::LayerResult;
use reach::Reach;
use source::Source;

/// Reads every layer that the configuration names.
///
/// # Errors
/// A missing or cut file, an unknown format or reference system, a layer without the columns it needs, a layer in
/// which no row could be kept; see [`LoadError`].
pub fn load(config: &Config) -> Result<Territory, LoadError> {
    let housing_rules = housing_rules::read(config)?;
    let territory = communes::load(config)?;
    let reach = Reach::new(&territory.communes.entities);
    let mut territory = territory;
    territory.housing_rules = housing_rules;
    let mut visits = None;
    for (key, layer_config) in &config.layers {
        let source = Source { config, layer: layer_config, key, lenient: false };
        let parts = || {
            let all = std::iter::once(layer_config).chain(&layer_config.more);
            all.map(|layer| Source { layer, ..source })
        };
        match key.as_str() {
            LayerKey::COMMUNES => {}
            LayerKey::PARCELS => {
                let mut owners = Vec::new();
                let mut result = layer::joined(parts().map(|part| {
                    let (result, more) = parcels::with_owners(&part, &reach, part.pieces()?)?;
                    owners.extend(more);
                    Ok(result)
                }))?;
                for more in owners {
                    territory.owners = Some(match territory.owners.take() {
                        Some(known) => known.joined_with(more),
                        None => more,
                    });
                }
                // A parcel stands once in a cadastre; the same file given twice must not double the land.
                result.keep_first_of_each(key, |parcel| parcel.id);
                let parcels = finish(&mut territory, key, result);
                if let Some((renumbering, problems)) = previous::load(&source, &reach, &parcels)? {
                    territory.renumbering = Some(renumbering);
                    territory.problems.extend(problems);
                }
                territory.parcels = Some(parcels);
            }
            LayerKey::ZONING => {
                let mut result =
                    layer::joined(parts().map(|part| zones::load(&part, &reach, part.pieces()?)))?;
                for part in parts() {
                    let beside = documents_beside(&part, &reach)?;
                    zones::cover_by_documents(&mut result.layer, &beside);
                    territory.documents.extend(beside);
                }
                territory.zoning = Some(finish(&mut territory, key, result));
            }
            LayerKey::FRICHES => {
                let numbered = parts().enumerate();
                let result = layer::joined(
                    numbered.map(|(at, part)| friches::load(&part, &reach, part.pieces()?, at)),
                )?;
                territory.friches = Some(finish(&mut territory, key, result));
            }
            LayerKey::FIELD_VISITS => {
                visits = Some(field_visits::load(&source, &reach, source.pieces()?)?);
            }
            LayerKey::OWNERS => {
                let result = owners::load(&source, &reach, source.pieces()?)?;
                territory.balance.insert(key.clone(), result.balance);
                territory.problems.extend(result.problems);
                territory.owners = Some(result.owners);
            }
            LayerKey::DOCUMENTS => {
                let result = documents::load(&source, &reach, source.pieces()?)?;
                territory.balance.insert(key.clone(), result.balance);
                territory.problems.extend(result.problems);
                territory.documents.extend(result.documents);
            }
            LayerKey::ELEVATION => {
                let result = elevation::load(&source, &reach)?;
                territory.balance.insert(key.clone(), result.balance);
                territory.problems.extend(result.problems);
                territory.elevation = Some(result.elevation);
            }
            key if LayerKey::TABLES.contains(&key) => {
                let result = tables::load(&source, Some(&territory), source.pieces()?)?;
                territory.balance.insert(key.to_owned(), result.balance);
                territory.problems.extend(result.problems);
                territory.tables.insert(key.to_owned(), result.table);
                territory.commuting_flows.extend(result.flows);
            }
            key => {
                let result = layer::joined(
                    parts().map(|part| objects::load(&part, &reach, part.pieces()?)),
                )?;
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
    if let Some(zoning) = &territory.zoning {
        let audit = ZoningAudit::of(zoning, &territory.communes);
        territory.problems.extend(audit.problems(zoning));
        territory.zoning_audit = Some(audit);
    }
    crate::friche::sites::join(&mut territory);
    if let Some(visits) = visits {
        field_visits::attach(&mut territory, visits);
    }
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
        register: ParcelRegister::default(),
        renumbering: None,
        zoning: None,
        documents: Vec::new(),
        zoning_audit: None,
        friches: None,
        objects: BTreeMap::new(),
        owners: None,
        tables: BTreeMap::new(),
        commuting_flows: Vec::new(),
        elevation: None,
        epci_areas: None,
        housing_rules: None,
        stock: None,
        declared: config.layers.keys().cloned().collect::<BTreeSet<_>>(),
        balance: BTreeMap::new(),
        problems: Vec::new(),
        network: std::sync::OnceLock::new(),
    }
}
