//! Places under no zone: gaps that a document encloses, and parts of communes.

use geo::BoundingRect;
use geo::Geometry;
use geo::Polygon;
use rayon::prelude::*;

use super::Commune;
use super::Layer;
use super::LayerView;
use super::ZoneUrba;
use super::zoning_findings::CommuneAudit;
use super::zoning_findings::Documents;
use super::zoning_findings::Pieces;
use super::zoning_findings::SLIVER_M2;
use super::zoning_findings::ZoningGap;
use super::zoning_overlaps::commune_at;
use crate::spatial::mosaic;
use crate::spatial::mosaic::Mosaic;
use crate::spatial::overlay;
use crate::spatial::overlay::PreparedArea;
use crate::spatial::shape;

/// The zones of each document as one; a zone that stands there again is left out.
pub(super) fn mosaics(
    zoning: &Layer<ZoneUrba>,
    documents: &Documents,
    stands_again: &[bool],
) -> Vec<Mosaic> {
    let mut members: Vec<Vec<&Geometry<f64>>> = vec![Vec::new(); documents.names.len()];
    for (zone, (document, again)) in
        zoning.entities.iter().zip(documents.of_zone.iter().zip(stands_again))
    {
        if !again {
            members[*document].push(&zone.geometry);
        }
    }
    members.into_par_iter().map(Mosaic::new).collect()
}

/// One gap counted, and the gap itself when it is over 1 m².
type CountedGap = (Pieces, Option<ZoningGap>);

/// The gaps that documents enclose.
pub(super) struct Enclosed {
    /// Per document; `None` where they could not be cut out.
    pub(super) pieces: Vec<Option<Pieces>>,
    /// Those over 1 m², by document, the largest first.
    pub(super) gaps: Vec<ZoningGap>,
}

pub(super) fn enclosed(
    zoning: &Layer<ZoneUrba>,
    communes: &Layer<Commune>,
    documents: &Documents,
    mosaics: &[Mosaic],
    stands_again: &[bool],
) -> Enclosed {
    let found: Vec<Option<Vec<CountedGap>>> = mosaics
        .par_iter()
        .enumerate()
        .map(|(document, mosaic)| {
            let gaps = mosaic.gaps().ok()?;
            let told = gaps.into_par_iter().map(|gap| {
                let gap = Geometry::Polygon(gap);
                let area_m2 = shape::area(&gap);
                let at = shape::representative_point(&gap);
                let mut counted = Pieces::default();
                let commune = at.and_then(|at| commune_at(communes, at));
                counted.add(area_m2, share_of_commune(communes, commune, area_m2), at);
                if counted.count == 0 {
                    return (counted, None);
                }
                let filled_m2 = filled_by_others(zoning, documents, document, stands_again, &gap);
                (counted, Some(ZoningGap { document, area_m2, filled_m2, at, commune }))
            });
            Some(told.collect())
        })
        .collect();
    let mut pieces = Vec::with_capacity(found.len());
    let mut gaps = Vec::new();
    for of_document in found {
        pieces.push(of_document.as_ref().map(|told| {
            let mut sum = Pieces::default();
            told.iter().for_each(|(counted, _)| sum.join(counted));
            sum
        }));
        let mut told: Vec<ZoningGap> =
            of_document.into_iter().flatten().filter_map(|(_, gap)| gap).collect();
        told.sort_by(|a, b| b.area_m2.total_cmp(&a.area_m2).then(order_of_place(a, b)));
        gaps.extend(told);
    }
    Enclosed { pieces, gaps }
}

/// The order of two gaps of one area: from south-west to north-east, so that nothing depends on the cutting.
fn order_of_place(a: &ZoningGap, b: &ZoningGap) -> std::cmp::Ordering {
    let place = |gap: &ZoningGap| gap.at.map_or((0.0, 0.0), |at| (at.x, at.y));
    let ((ax, ay), (bx, by)) = (place(a), place(b));
    ax.total_cmp(&bx).then(ay.total_cmp(&by))
}

/// Share of the commune's outline; the whole where none is known, so that nothing is called minor by ignorance.
fn share_of_commune(
    communes: &Layer<Commune>,
    commune: Option<super::CodeInsee>,
    area_m2: f64,
) -> f64 {
    let position = commune
        .and_then(|code| communes.entities.binary_search_by_key(&code, |one| one.insee).ok());
    position.map_or(1.0, |at| area_m2 / communes.area(at).area_m2())
}

/// Area of a gap that zones of other documents cover.
fn filled_by_others(
    zoning: &Layer<ZoneUrba>,
    documents: &Documents,
    document: usize,
    stands_again: &[bool],
    gap: &Geometry<f64>,
) -> f64 {
    let Some(frame) = gap.bounding_rect() else { return 0.0 };
    let others: Vec<&PreparedArea> = zoning
        .index()
        .in_box(&frame)
        .into_iter()
        .map(|zone| zone as usize)
        .filter(|zone| documents.of_zone[*zone] != document && !stands_again[*zone])
        .map(|zone| zoning.area(zone))
        .collect();
    overlay::covered_area_prepared(gap, &others)
}

/// What is zoned of each commune that the layer speaks for and whose outline is known.
pub(super) fn in_communes(
    zoning: &Layer<ZoneUrba>,
    communes: &Layer<Commune>,
    mosaics: &[Mosaic],
) -> Vec<CommuneAudit> {
    communes
        .entities
        .par_iter()
        .filter(|commune| commune.has_outline() && zoning.covers(Some(commune.insee)))
        .map(|commune| {
            let near: Vec<&Mosaic> =
                mosaics.iter().filter(|mosaic| mosaic.is_near(&commune.geometry)).collect();
            let area_m2 = shape::area(&commune.geometry);
            let covered_m2 = mosaic::covered_area(&commune.geometry, &near);
            let pieces = mosaic::uncovered(&commune.geometry, &near).ok();
            CommuneAudit {
                insee: commune.insee,
                area_m2,
                overlaps: Pieces::default(),
                twins: 0,
                uncovered_m2: (area_m2 - covered_m2).max(0.0),
                gaps: pieces.map(|pieces| counted(pieces, area_m2)),
            }
        })
        .collect()
}

fn counted(pieces: Vec<Polygon<f64>>, of_m2: f64) -> Pieces {
    let mut sum = Pieces::default();
    for piece in pieces {
        let piece = Geometry::Polygon(piece);
        let area_m2 = shape::area(&piece);
        // Only the largest is shown, and slivers never are.
        let shown = area_m2 > SLIVER_M2.max(sum.largest_m2);
        let at = if shown { shape::representative_point(&piece) } else { None };
        sum.add(area_m2, area_m2 / of_m2, at);
    }
    sum
}
