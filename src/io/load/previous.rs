//! An earlier cadastre, read as parcels are, to follow the parcels that are no longer there.

use std::collections::BTreeMap;

use super::LoadError;
use super::layer::LayerResult;
use super::parcels;
use super::reach::Reach;
use super::source::Source;
use crate::domain::CodeInsee;
use crate::domain::Fate;
use crate::domain::Layer;
use crate::domain::Parcel;
use crate::domain::Problem;
use crate::domain::Renumbering;
use crate::spatial::shape;

/// Reads `[layers.parcels] previous` and compares it with today's parcels. `None` when it is not configured.
pub(super) fn load(
    source: &Source<'_>,
    reach: &Reach,
    today: &Layer<Parcel>,
) -> Result<Option<(Renumbering, Vec<Problem>)>, LoadError> {
    if source.layer.previous.is_empty() {
        return Ok(None);
    }
    let mut layer = source.layer.clone();
    layer.path = std::mem::take(&mut layer.previous);
    layer.vintage = None;
    let earlier = Source { layer: &layer, ..*source };
    // A commune that has since merged into one of ours is no longer known by its code: rows are chosen by place.
    let mut result = parcels::load(&earlier, &Reach::unbounded(), earlier.pieces()?)?;
    drop_outsiders(&mut result, reach);
    result.keep_first_of_each(source.key, |parcel| parcel.id);
    let mut renumbering = Renumbering::of(&result.layer, today);
    renumbering.balance = result.balance;
    let mut problems = result.problems;
    problems.extend(renumbering.problems());
    Ok(Some((renumbering, problems)))
}

/// Keeps the parcels of our communes, and those of former communes that lay for the most part in ours.
fn drop_outsiders(result: &mut LayerResult<Parcel>, reach: &Reach) {
    let inside = |parcel: &Parcel| reach.commune_of(&parcel.geometry).is_some();
    let mut foreign: BTreeMap<CodeInsee, (usize, usize)> = BTreeMap::new();
    for parcel in &result.layer.entities {
        if let Some(code) = parcel.commune.filter(|code| !reach.has(*code)) {
            let (of_ours, all) = foreign.entry(code).or_default();
            *of_ours += usize::from(inside(parcel));
            *all += 1;
        }
    }
    let balance = &mut result.balance;
    result.layer.entities.retain(|parcel| {
        let stays = match parcel.commune {
            Some(code) if reach.has(code) => true,
            Some(code) => foreign.get(&code).is_some_and(|(ours, all)| 2 * ours > *all),
            None => inside(parcel),
        };
        if !stays {
            let area_m2 = shape::area(&parcel.geometry);
            balance.recount(parcel.commune, Fate::Kept, Fate::Outside, area_m2);
        }
        stays
    });
    // What is wrong with a neighbour's row is the neighbour's business.
    result.problems.retain(|problem| {
        problem.place.commune.is_none_or(|code| {
            reach.has(code) || foreign.get(&code).is_some_and(|(ours, all)| 2 * ours > *all)
        })
    });
}
