//! Pairs of zones that overlap, and zones that stand twice.

use geo::BoundingRect;
use geo::Coord;
use rayon::prelude::*;

use super::CodeInsee;
use super::Commune;
use super::Layer;
use super::LayerView;
use super::ZoneUrba;
use super::zoning_findings::Documents;
use super::zoning_findings::Pieces;
use super::zoning_findings::ROUNDING_M2;
use super::zoning_findings::SLIVER_M2;
use super::zoning_findings::ZoneOverlap;
use super::zoning_findings::ZoneTwin;
use crate::spatial::overlay;
use crate::spatial::shape;

/// Two outlines are the same when no more than rounding and this share of them differs.
const SAME_SHARE: f64 = 1e-6;

/// What comes of comparing every zone with those near it.
pub(super) struct Pairs {
    /// Overlaps over 0.01 m², in the order of the zones; twins apart.
    pub(super) overlaps: Vec<ZoneOverlap>,
    pub(super) twins: Vec<ZoneTwin>,
    /// Overlaps within each document.
    pub(super) within: Vec<Pieces>,
    /// Overlaps between documents.
    pub(super) between: Pieces,
}

/// Common area of the zones `a < b`.
struct Common {
    a: usize,
    b: usize,
    area_m2: f64,
}

pub(super) fn pairs(
    zoning: &Layer<ZoneUrba>,
    communes: &Layer<Commune>,
    documents: &Documents,
) -> Pairs {
    let zones = &zoning.entities;
    let common: Vec<Common> =
        (0..zones.len()).into_par_iter().flat_map_iter(|a| common_with_later(zoning, a)).collect();

    // Of several with one outline the first stands for all.
    let mut stands_for: Vec<usize> = (0..zones.len()).collect();
    let mut twins = Vec::new();
    for pair in &common {
        if stands_for[pair.a] == pair.a && stands_for[pair.b] == pair.b && is_same(zoning, pair) {
            stands_for[pair.b] = pair.a;
            twins.push(twin(zoning, communes, pair));
        }
    }
    twins.sort_by_key(|twin| twin.again);

    let overlaps: Vec<ZoneOverlap> = common
        .into_par_iter()
        .filter(|pair| stands_for[pair.a] == pair.a && stands_for[pair.b] == pair.b)
        .map(|pair| {
            let smaller_m2 = zoning.area(pair.a).area_m2().min(zoning.area(pair.b).area_m2());
            let at = overlay::common_place(zoning.area(pair.a), zoning.area(pair.b));
            ZoneOverlap {
                zones: (pair.a, pair.b),
                area_m2: pair.area_m2,
                share: (pair.area_m2 / smaller_m2).min(1.0),
                at,
                commune: at.and_then(|at| commune_at(communes, at)),
                same_document: documents.of_zone[pair.a] == documents.of_zone[pair.b],
            }
        })
        .collect();

    let mut within = vec![Pieces::default(); documents.names.len()];
    let mut between = Pieces::default();
    for overlap in &overlaps {
        let counted = if overlap.same_document {
            &mut within[documents.of_zone[overlap.zones.0]]
        } else {
            &mut between
        };
        counted.add(overlap.area_m2, overlap.share, overlap.at);
    }
    Pairs { overlaps, twins, within, between }
}

/// The zones after `a` that share more than rounding with it.
fn common_with_later(zoning: &Layer<ZoneUrba>, a: usize) -> Vec<Common> {
    let Some(frame) = zoning.geometry(a).bounding_rect() else { return Vec::new() };
    let near = zoning.index().in_box(&frame);
    near.into_iter()
        .map(|b| b as usize)
        .filter(|b| *b > a)
        .map(|b| Common {
            a,
            b,
            area_m2: zoning.area(a).intersection_area_prepared(zoning.area(b)),
        })
        .filter(|common| common.area_m2 > ROUNDING_M2)
        .collect()
}

/// Whether two zones have one outline, however its vertices are written down.
fn is_same(zoning: &Layer<ZoneUrba>, pair: &Common) -> bool {
    let apart_m2 =
        zoning.area(pair.a).area_m2() + zoning.area(pair.b).area_m2() - 2.0 * pair.area_m2;
    pair.area_m2 > SLIVER_M2 && apart_m2 <= ROUNDING_M2 + SAME_SHARE * pair.area_m2
}

fn twin(zoning: &Layer<ZoneUrba>, communes: &Layer<Commune>, pair: &Common) -> ZoneTwin {
    let (first, again) = (&zoning.entities[pair.a], &zoning.entities[pair.b]);
    let at = shape::representative_point(&again.geometry);
    ZoneTwin {
        first: pair.a,
        again: pair.b,
        area_m2: pair.area_m2,
        at,
        commune: at.and_then(|at| commune_at(communes, at)).or(again.commune),
        same_label: first.label == again.label && first.typezone == again.typezone,
    }
}

/// The commune at a place, where outlines are known.
pub(super) fn commune_at(communes: &Layer<Commune>, at: Coord<f64>) -> Option<CodeInsee> {
    let found = communes.index().at_point(at, |i| communes.geometry(i));
    let communes = found.into_iter().filter_map(|i| communes.entities.get(i as usize));
    communes.filter(|commune| commune.has_outline()).map(|commune| commune.insee).next()
}
