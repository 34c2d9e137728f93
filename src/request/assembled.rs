//! Plots put together, as one candidate.

use std::borrow::Cow;
use std::collections::BTreeMap;

use geo::Geometry;
use geo::MultiPolygon;

use super::Candidate;
use super::CandidateKind;
use super::candidate::FoundOut;
use super::candidate::Source;
use super::desk::Desk;
use crate::domain::Availability;
use crate::domain::CodeInsee;
use crate::land::Plot;
use crate::spatial::dissolve;

impl<'a> Desk<'a> {
    /// A plot by its position.
    pub(super) fn plot(&self, at: u32) -> &Plot {
        &self.plots.plots[at as usize]
    }

    /// Plots put together; `None` when their outlines cannot be joined.
    pub(super) fn assembled(&'a self, plots: &[u32]) -> Option<Candidate<'a>> {
        let parts: Vec<&Plot> = plots.iter().map(|at| self.plot(*at)).collect();
        let geometry = match parts.as_slice() {
            [one] => Cow::Borrowed(&one.geometry),
            several => {
                let shapes: Vec<&Geometry<f64>> =
                    several.iter().map(|plot| &plot.geometry).collect();
                Cow::Owned(Geometry::MultiPolygon(dissolve::union(&shapes).ok()?))
            }
        };
        let mut by_class: BTreeMap<Availability, f64> = BTreeMap::new();
        let mut by_commune: BTreeMap<CodeInsee, f64> = BTreeMap::new();
        for plot in &parts {
            *by_class.entry(plot.availability).or_default() += plot.gross_m2;
            if let Some(commune) = plot.commune {
                *by_commune.entry(commune).or_default() += plot.gross_m2;
            }
        }
        let mut classes: Vec<(Availability, f64)> = by_class.into_iter().collect();
        classes.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        let largest = by_commune.into_iter().max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)));
        let commune = largest.map(|(commune, _)| commune);
        let net = parts
            .iter()
            .map(|plot| plot.net.as_ref().zip(plot.net_m2))
            .collect::<Option<Vec<_>>>()
            .map(|nets| {
                let whole_mm2: f64 = nets.iter().map(|(_, net_m2)| (net_m2 * 1e6).round()).sum();
                (joined(nets.iter().map(|(net, _)| *net)), whole_mm2 / 1e6)
            });
        let price: Option<f64> =
            parts.iter().map(|plot| plot.price_eur_m2.map(|price| price * plot.gross_m2)).sum();
        let mut parcels: Vec<_> = parts.iter().map(|plot| (plot.id, plot.gross_m2)).collect();
        parcels.sort_by_key(|(id, _)| *id);
        let names: Vec<String> =
            parts.iter().map(|plot| format!("{}.{}", plot.id, plot.terrain)).collect();
        let insee = commune.map_or_else(|| "00000".to_owned(), |commune| commune.to_string());
        Some(Candidate {
            id: format!("{insee}-A-{:08x}", fnv1a(names.join(" ").as_bytes())),
            kind: CandidateKind::Assembly,
            commune,
            geometry,
            parcels,
            classes: classes.into_iter().map(|(class, _)| class).collect(),
            // Whole mm², as the search adds them up: the same bounds hold here as there.
            gross_m2: Some(
                parts.iter().map(|plot| (plot.gross_m2 * 1e6).round()).sum::<f64>() / 1e6,
            ),
            works_stage: None,
            price_eur: price,
            source: Source::Plots(net),
            ground: self.ground,
            found_out: FoundOut::default(),
        })
    }
}

/// Net land of several plots as one area: what touches is one piece.
fn joined<'n>(nets: impl Iterator<Item = &'n MultiPolygon<f64>>) -> MultiPolygon<f64> {
    let shapes: Vec<Geometry<f64>> = nets.map(|net| Geometry::MultiPolygon(net.clone())).collect();
    let whole = dissolve::union(&shapes.iter().collect::<Vec<_>>());
    // Refused, the pieces lie side by side: their sum stays right, and a rectangle across them is not seen.
    whole.unwrap_or_else(|_| {
        let pieces = shapes.into_iter().flat_map(|shape| match shape {
            Geometry::MultiPolygon(many) => many.0,
            _ => Vec::new(),
        });
        MultiPolygon(pieces.collect())
    })
}

/// FNV-1a, 32 bits: a short name that stays.
fn fnv1a(bytes: &[u8]) -> u32 {
    bytes.iter().fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(*byte)).wrapping_mul(0x0100_0193))
}
