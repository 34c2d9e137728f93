//! Which records are one site.

use std::collections::BTreeMap;

use geo::Geometry;

use crate::domain::Friche;
use crate::domain::ListedLand;
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
    let mut pairs = Vec::new();
    for at in 0..records.len() {
        let area_m2 = shape::area(geometry(at));
        if area_m2 <= 0.0 {
            continue;
        }
        for other in index.intersecting(geometry(at), geometry) {
            let other = other as usize;
            let larger_m2 = area_m2.max(shape::area(geometry(other)));
            if other > at
                && intersection_area(geometry(at), geometry(other)) >= SAME_SHARE * larger_m2
            {
                pairs.push((at, other));
            }
        }
    }
    pairs
}
