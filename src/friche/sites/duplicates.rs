//! Which records are one site.

use std::collections::BTreeMap;

use geo::Geometry;
use rayon::prelude::*;

use crate::domain::Friche;
use crate::domain::ListedLand;
use crate::domain::Outline;
use crate::spatial::components::of_pairs;
use crate::spatial::index::SpatialIndex;
use crate::spatial::overlay::intersection_area;
use crate::spatial::shape;

/// Two outlines are one site when their common area is at least this share of the larger: a small site inside a large
/// one is another site.
pub const SAME_SHARE: f64 = 0.7;

/// Groups of positions of records of one site, each ascending, groups by their first.
pub(super) fn groups(records: &[(Friche, ListedLand)]) -> Vec<Vec<usize>> {
    let mut pairs = by_id(records);
    pairs.extend(by_parcels(records));
    pairs.extend(by_overlap(records));
    of_pairs(records.len(), &pairs)
}

/// Records that share a key, each paired with the first that has it.
fn alike<K: Ord>(keys: impl Iterator<Item = (usize, K)>) -> Vec<(usize, usize)> {
    let mut first: BTreeMap<K, usize> = BTreeMap::new();
    let mut pairs = Vec::new();
    for (at, key) in keys {
        let of = *first.entry(key).or_insert(at);
        if of != at {
            pairs.push((of, at));
        }
    }
    pairs
}

fn by_id(records: &[(Friche, ListedLand)]) -> Vec<(usize, usize)> {
    alike(records.iter().enumerate().map(|(at, (record, _))| (at, &record.id)))
}

/// The same parcels: as they are today, where all were found; else as they are listed.
fn by_parcels(records: &[(Friche, ListedLand)]) -> Vec<(usize, usize)> {
    let today = records
        .iter()
        .enumerate()
        .filter(|(_, (_, land))| land.is_whole())
        .map(|(at, (_, land))| (at, &land.parcels));
    let as_listed = records.iter().enumerate().filter_map(|(at, (record, _))| {
        let mut listed = record.parcels.clone();
        listed.sort_unstable();
        listed.dedup();
        (!listed.is_empty()).then_some((at, listed))
    });
    let mut pairs = alike(today);
    pairs.extend(alike(as_listed));
    pairs
}

fn by_overlap(records: &[(Friche, ListedLand)]) -> Vec<(usize, usize)> {
    let index = SpatialIndex::of_geometries(records.iter().map(|(record, _)| &record.geometry));
    let geometry = |at: usize| -> &Geometry<f64> { &records[at].0.geometry };
    // What is missing of an outline may be all that tells one site from another.
    let area = |(record, _): &(Friche, ListedLand)| match record.outline {
        Outline::SomeParcels => 0.0,
        _ => shape::area(&record.geometry),
    };
    let areas_m2: Vec<f64> = records.iter().map(area).collect();
    (0..records.len())
        .into_par_iter()
        .filter(|at| areas_m2[*at] > 0.0)
        .flat_map_iter(|at| {
            let near = index.intersecting(geometry(at), geometry);
            let areas_m2 = &areas_m2;
            near.into_iter()
                .map(|other| other as usize)
                .filter(move |other| *other > at)
                .filter_map(move |other| {
                    let (one_m2, other_m2) = (areas_m2[at], areas_m2[other]);
                    let wanted_m2 = SAME_SHARE * one_m2.max(other_m2);
                    // What is too small cannot cover enough: no need to overlay.
                    let is_one = one_m2.min(other_m2) >= wanted_m2
                        && intersection_area(geometry(at), geometry(other)) >= wanted_m2;
                    is_one.then_some((at, other))
                })
        })
        .collect()
}
