//! The land that a territory has to offer, as candidates: terrains of the survey, friches, declared terrains for sale.

use std::borrow::Cow;

use geo::BoundingRect;
use geo::Geometry;
use rayon::prelude::*;

use super::candidate::Candidate;
use super::candidate::FoundOut;
use super::candidate::Source;
use crate::domain::Availability;
use crate::domain::CodeInsee;
use crate::domain::Entity;
use crate::domain::Friche;
use crate::domain::LayerKey;
use crate::domain::LayerView;
use crate::domain::ParcelId;
use crate::domain::ParcelToday;
use crate::domain::StatutFriche;
use crate::domain::Territory;
use crate::domain::Value;
use crate::domain::plain;
use crate::land::Ground;
use crate::land::Plots;
use crate::land::Standing;
use crate::land::standard_state;
use crate::request::CandidateKind;
use crate::spatial::dissolve;
use crate::spatial::shape;

/// Share of a parcel that land must cover to hold it.
const HELD_SHARE: f64 = 0.5;

/// Stages of sale at which a declared terrain is offered.
const FOR_SALE: [&str; 2] = ["en vente", "en vente avec contraintes"];

/// Stages of sale at which it is promised to somebody.
const RESERVED: [&str; 2] =
    ["réservé par option de réservation", "réservé par une délibération de l'EPCI"];

/// Every candidate that is no assembly, by kind, in the order of the layers.
pub(super) fn gather<'a>(
    territory: &'a Territory,
    ground: &'a Ground<'a>,
    plots: &Plots,
) -> Vec<Candidate<'a>> {
    let mut all = terrains(territory, ground, plots);
    let friches = territory.friches.iter().flat_map(|layer| &layer.entities);
    let friches: Vec<&Friche> = friches.collect();
    all.par_extend(friches.par_iter().map(|friche| of_friche(territory, ground, friche)));
    if let Some(layer) = territory.layer(LayerKey::TERRAINS) {
        let found = (0..layer.len())
            .into_par_iter()
            .filter_map(|at| of_declared(territory, ground, layer.entity(at)?));
        all.par_extend(found);
    }
    all
}

fn terrains<'a>(
    territory: &'a Territory,
    ground: &'a Ground<'a>,
    plots: &Plots,
) -> Vec<Candidate<'a>> {
    let terrains = territory.stock.iter().flat_map(|stock| &stock.terrains.entities);
    let mut candidates: Vec<Candidate<'a>> = terrains
        .map(|terrain| Candidate {
            id: terrain.id.to_string(),
            kind: CandidateKind::Terrain,
            commune: terrain.commune,
            geometry: Cow::Borrowed(&terrain.geometry),
            parcels: terrain.parts.iter().map(|part| (part.id, part.area_m2)).collect(),
            classes: vec![terrain.availability],
            gross_m2: Some(terrain.gross_m2),
            works_stage: None,
            price_eur: Some(0.0),
            source: Source::Terrain(terrain),
            ground,
            found_out: FoundOut::default(),
        })
        .collect();
    for plot in &plots.plots {
        let Some(candidate) = candidates.get_mut(plot.terrain) else { continue };
        let price = plot.price_eur_m2.map(|price| price * plot.gross_m2);
        candidate.price_eur = candidate.price_eur.zip(price).map(|(sum, price)| sum + price);
    }
    for candidate in &mut candidates {
        candidate.price_eur = candidate.price_eur.filter(|price| *price > 0.0);
        candidate.works_stage = works_stage_of(territory, &candidate.geometry);
    }
    candidates
}

/// The stage of works of the declared terrain that covers most of some land, where it covers half of it.
fn works_stage_of(territory: &Territory, land: &Geometry<f64>) -> Option<Box<str>> {
    let layer = territory.layer(LayerKey::TERRAINS)?;
    let whole_m2 = shape::area(land);
    let mut best: Option<(f64, usize)> = None;
    for at in layer.index().in_box(&land.bounding_rect()?) {
        let common_m2 = layer.area(at as usize).intersection_area(land);
        if common_m2 > best.map_or(HELD_SHARE * whole_m2, |(best, _)| best) {
            best = Some((common_m2, at as usize));
        }
    }
    stage(layer.entity(best?.1)?, "works_stage")
}

/// A stage that an entity declares; `None` where it says nothing.
fn stage(entity: &dyn Entity, name: &str) -> Option<Box<str>> {
    match entity.attribute(name) {
        // Only a word of the standard: what else stands there may be anything.
        Value::Text(text) => standard_state(&text).map(Into::into),
        _ => None,
    }
}

fn of_friche<'a>(
    territory: &'a Territory,
    ground: &'a Ground<'a>,
    friche: &'a Friche,
) -> Candidate<'a> {
    let class = match friche.statut {
        Some(StatutFriche::AvecProjet | StatutFriche::Reconvertie) => Availability::EnProjet,
        _ => Availability::Friche,
    };
    let listed = territory.parcels_of(friche).into_iter().filter_map(|listed| match listed.today {
        ParcelToday::Found(at) => Some(at),
        _ => None,
    });
    let parcels = held(territory, &friche.geometry, listed);
    Candidate {
        id: friche.id.to_string(),
        kind: CandidateKind::Friche,
        commune: friche.commune.or_else(|| commune_at(territory, &friche.geometry)),
        geometry: Cow::Borrowed(&friche.geometry),
        parcels,
        classes: vec![class],
        gross_m2: friche.area().map(|area| area.get()).filter(|area| *area > 0.0),
        works_stage: None,
        price_eur: None,
        // What stands on a friche is pulled down or used again.
        source: Source::Listed(friche, Standing::IsReused),
        ground,
        found_out: FoundOut::default(),
    }
}

fn of_declared<'a>(
    territory: &'a Territory,
    ground: &'a Ground<'a>,
    entity: &'a dyn Entity,
) -> Option<Candidate<'a>> {
    let sale = stage(entity, "sale_stage").map(|stage| plain(&stage))?;
    let is_of = |stages: &[&str]| stages.iter().any(|stage| plain(stage) == sale);
    let class = match (is_of(&FOR_SALE), is_of(&RESERVED)) {
        (true, _) => Availability::Libre,
        (_, true) => Availability::EnProjet,
        _ => return None,
    };
    let listed: Vec<usize> = match (entity.attribute("parcels"), &territory.parcels) {
        (Value::Text(list), Some(all)) => list
            .split('|')
            .filter_map(|idu| idu.trim().parse().ok())
            .filter_map(|idu| territory.register.position(all, idu))
            .collect(),
        _ => Vec::new(),
    };
    let geometry = match shape::area(entity.geometry()) > 0.0 {
        true => Cow::Borrowed(entity.geometry()),
        false => {
            outline_of(territory, &listed).map_or(Cow::Borrowed(entity.geometry()), Cow::Owned)
        }
    };
    let parcels = held(territory, &geometry, listed.into_iter());
    let area_m2 = shape::area(&geometry);
    let price = match entity.attribute("price_eur_m2") {
        Value::Number(price) if price > 0.0 => Some(price * area_m2),
        _ => None,
    };
    Some(Candidate {
        id: entity.id().into_owned(),
        kind: CandidateKind::Site,
        commune: entity.commune().or_else(|| commune_at(territory, &geometry)),
        parcels,
        classes: vec![class],
        gross_m2: Some(area_m2).filter(|area| *area > 0.0),
        works_stage: stage(entity, "works_stage"),
        price_eur: price,
        source: Source::Listed(entity, Standing::Stays),
        geometry,
        ground,
        found_out: FoundOut::default(),
    })
}

/// The outline of some parcels; `None` when there are none, or they cannot be joined.
fn outline_of(territory: &Territory, parcels: &[usize]) -> Option<Geometry<f64>> {
    let all = territory.parcels.as_ref()?;
    let shapes: Vec<&Geometry<f64>> =
        parcels.iter().filter_map(|at| all.entities.get(*at)).map(|one| &one.geometry).collect();
    let joined = dissolve::union(&shapes).ok()?;
    (!joined.0.is_empty()).then_some(Geometry::MultiPolygon(joined))
}

/// The parcels that a piece of land holds: those listed, else those of which it covers more than half.
fn held(
    territory: &Territory,
    land: &Geometry<f64>,
    listed: impl Iterator<Item = usize>,
) -> Vec<(ParcelId, f64)> {
    let Some(all) = &territory.parcels else { return Vec::new() };
    let area = |at: usize| all.entities.get(at).map(|one| (one.id, shape::area(&one.geometry)));
    let mut parcels: Vec<(ParcelId, f64)> = listed.filter_map(area).collect();
    if let Some(frame) = land.bounding_rect().filter(|_| parcels.is_empty()) {
        let covered = all.index().in_box(&frame).into_iter().filter_map(|at| {
            let parcel = all.entities.get(at as usize)?;
            let common_m2 = all.area(at as usize).intersection_area(land);
            let is_held = common_m2 > HELD_SHARE * shape::area(&parcel.geometry);
            is_held.then_some((parcel.id, common_m2))
        });
        parcels.extend(covered);
    }
    parcels.sort_by_key(|(id, _)| *id);
    parcels.dedup_by_key(|(id, _)| *id);
    parcels
}

/// The commune that land lies in, by a point of it.
pub(super) fn commune_at(territory: &Territory, land: &Geometry<f64>) -> Option<CodeInsee> {
    let at = shape::representative_point(land)?;
    let communes = &territory.communes;
    let found = communes.index().at_point(at, |at| communes.geometry(at)).into_iter().next()?;
    communes.entities.get(found as usize).map(|commune| commune.insee)
}
