//! Sites out of records: inventories list the same place several times, and draw it well, badly or not at all.
//!
//! A site has the outline of the parcels that it lists, as they are in the cadastre given; else the polygon of its
//! inventory; else the parcels that could be found; else a point. Records are one site when they have the same identifier, the same
//! parcels, or outlines of which each covers [`SAME_SHARE`] of the other.

mod duplicates;
mod merging;
mod outline;

pub use duplicates::SAME_SHARE;

use std::collections::BTreeSet;

use rayon::prelude::*;

use crate::domain::Fate;
use crate::domain::Friche;
use crate::domain::Idu;
use crate::domain::Layer;
use crate::domain::LayerKey;
use crate::domain::ListedLand;
use crate::domain::Outline;
use crate::domain::Place;
use crate::domain::Problem;
use crate::domain::ProblemCode;
use crate::domain::Territory;
use crate::spatial::shape;

/// Gives each record of the territory's friches its outline, and joins the records of one site. Tells which were joined
/// in the territory's problems. The result does not depend on the number of threads.
pub fn join(territory: &mut Territory) {
    let Some(layer) = territory.friches.take() else { return };
    let drawn: Vec<(Friche, ListedLand)> = layer
        .entities
        .par_iter()
        .map(|record| {
            let land = territory.land_of(record);
            (outline::drawn(territory, record.clone(), &land), land)
        })
        .collect();
    let mut sites = Vec::with_capacity(drawn.len());
    for group in duplicates::groups(&drawn) {
        let records: Vec<Friche> = group.iter().map(|at| drawn[*at].0.clone()).collect();
        let listed = records.iter().flat_map(|record| record.parcels.iter().copied()).collect();
        let Some(site) = merging::merged(records) else { continue };
        territory.problems.extend(territory.problems_of_listed(&site, &listed));
        if site.outline == Outline::Awaited {
            let records = group.iter().map(|at| &drawn[*at].0);
            reject(territory, &site, records, &listed);
            continue;
        }
        territory.problems.extend(told(&site));
        sites.push(site);
    }
    let joined = Layer::new(sites, layer.provenance, layer.coverage).with_themes(layer.themes);
    territory.friches = Some(joined);
}

/// A site that nobody draws, and none of whose parcels is found, cannot be shown or measured: its rows are rejected.
fn reject<'a>(
    territory: &mut Territory,
    site: &Friche,
    records: impl Iterator<Item = &'a Friche>,
    listed: &BTreeSet<Idu>,
) {
    if let Some(balance) = territory.balance.get_mut(LayerKey::FRICHES) {
        for record in records {
            balance.recount(record.commune, Fate::Kept, Fate::Rejected, 0.0);
        }
    }
    let listed: Vec<&str> = listed.iter().map(Idu::as_str).collect();
    territory.problems.push(Problem {
        layer: LayerKey::FRICHES.to_owned(),
        file: String::new(),
        row: None,
        feature: Some(site.id.to_string()),
        code: ProblemCode::SiteNowhere,
        value: listed.join(", "),
        detail: None,
        place: Place { at: None, commune: site.commune },
    });
}

/// What is told of a site of several records.
fn told(site: &Friche) -> Option<Problem> {
    let ids: Vec<&str> = site.records.iter().map(|record| &*record.id).collect();
    (ids.len() > 1).then(|| Problem {
        layer: LayerKey::FRICHES.to_owned(),
        file: String::new(),
        row: None,
        feature: Some(site.id.to_string()),
        code: ProblemCode::SitesJoined,
        value: ids.join(" + "),
        detail: None,
        place: Place { at: shape::representative_point(&site.geometry), commune: site.commune },
    })
}
