//! Zoning is not a partition: where zones overlap, where none is, which stand twice.

use std::collections::BTreeMap;

use geo::Coord;

use super::CodeInsee;
use super::Commune;
use super::Layer;
use super::LayerKey;
use super::LayerView;
use super::Place;
use super::Problem;
use super::ProblemCode;
use super::ZoneUrba;
use super::zoning_gaps;
use super::zoning_overlaps;

/// Below this, an overlap or a gap is rounding of coordinates and not counted at all.
pub(super) const ROUNDING_M2: f64 = 0.01;
/// Up to this, it is a sliver: counted apart, never told.
pub(super) const SLIVER_M2: f64 = 1.0;
/// Up to this share of the smaller zone, or of the commune, an overlap or a gap is minor: told, and counted apart.
pub(super) const MINOR_SHARE: f64 = 0.005;

/// A number of pieces of overlap or gap, with their areas in square metres.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Pieces {
    /// Pieces over 1 m².
    pub count: usize,
    /// Of those, how many are at most 0.5 % of the smaller zone, or of the commune.
    pub minor: usize,
    /// Pieces of 0.01 to 1 m², not in `count`; smaller ones are rounding.
    pub slivers: usize,
    /// Area of the pieces over 1 m².
    pub total_m2: f64,
    /// Area of the largest of them; 0 when there is none.
    pub largest_m2: f64,
    /// A point in the largest.
    pub largest_at: Option<Coord<f64>>,
}

impl Pieces {
    /// Counts one more piece: `share` is of the smaller zone or of the commune.
    pub(super) fn add(&mut self, area_m2: f64, share: f64, at: Option<Coord<f64>>) {
        if area_m2 <= ROUNDING_M2 {
            return;
        }
        if area_m2 <= SLIVER_M2 {
            self.slivers += 1;
            return;
        }
        self.count += 1;
        self.minor += usize::from(share <= MINOR_SHARE);
        self.total_m2 += area_m2;
        if area_m2 > self.largest_m2 {
            (self.largest_m2, self.largest_at) = (area_m2, at);
        }
    }

    /// Counts the pieces of another place.
    pub(super) fn join(&mut self, other: &Self) {
        self.count += other.count;
        self.minor += other.minor;
        self.slivers += other.slivers;
        self.total_m2 += other.total_m2;
        if other.largest_m2 > self.largest_m2 {
            (self.largest_m2, self.largest_at) = (other.largest_m2, other.largest_at);
        }
    }
}

/// Two zones that overlap by more than 1 m².
#[derive(Debug, Clone, PartialEq)]
pub struct ZoneOverlap {
    /// Positions of the two zones in the layer, the lower first.
    pub zones: (usize, usize),
    /// Common area in square metres.
    pub area_m2: f64,
    /// The same as a share of the smaller zone, 0 to 1.
    pub share: f64,
    /// A point in both.
    pub at: Option<Coord<f64>>,
    /// Commune of that point, where outlines are known.
    pub commune: Option<CodeInsee>,
    /// Whether the two belong to one document.
    pub same_document: bool,
}

/// A zone that stands in the layer again with the same outline.
#[derive(Debug, Clone, PartialEq)]
pub struct ZoneTwin {
    /// Position of the first, which is the one counted.
    pub first: usize,
    /// Position of the one that stands there again.
    pub again: usize,
    /// Area in square metres.
    pub area_m2: f64,
    /// A point in it.
    pub at: Option<Coord<f64>>,
    /// Commune of that point, where outlines are known.
    pub commune: Option<CodeInsee>,
    /// Whether label and type agree: a copy; else two readings of one outline.
    pub same_label: bool,
}

/// A hole of more than 1 m² that the zones of a document leave among themselves.
#[derive(Debug, Clone, PartialEq)]
pub struct ZoningGap {
    /// Position of the document in [`ZoningAudit::documents`].
    pub document: usize,
    /// Area in square metres, islands deducted.
    pub area_m2: f64,
    /// Area in it that zones of other documents cover.
    pub filled_m2: f64,
    /// A point in it.
    pub at: Option<Coord<f64>>,
    /// Commune of that point, where outlines are known.
    pub commune: Option<CodeInsee>,
}

impl ZoningGap {
    /// Whether another document covers it, all but a sliver: a commune with its own plan amid a larger one.
    #[must_use]
    pub fn is_filled(&self) -> bool {
        self.area_m2 - self.filled_m2 <= SLIVER_M2
    }
}

/// What one document leaves to be desired.
#[derive(Debug, Clone, PartialEq)]
pub struct DocumentAudit {
    /// Its identifier; the file where zones name none.
    pub document: String,
    /// Number of zones, twins included.
    pub zones: usize,
    /// Zones that stand there again.
    pub twins: usize,
    /// Overlaps among its zones.
    pub overlaps: Pieces,
    /// Gaps enclosed by its zones; `None` where they could not be cut out: unknown, not none.
    pub gaps: Option<Pieces>,
}

/// What is zoned of a commune that the layer speaks for.
#[derive(Debug, Clone, PartialEq)]
pub struct CommuneAudit {
    /// Code.
    pub insee: CodeInsee,
    /// Area of its outline in square metres.
    pub area_m2: f64,
    /// Overlaps that have their place in it, of one document or of two.
    pub overlaps: Pieces,
    /// Zones that stand there again.
    pub twins: usize,
    /// The part of it under no zone, slivers and rounding included, in square metres.
    pub uncovered_m2: f64,
    /// The pieces of that part; `None` where they could not be cut out: unknown, not none.
    pub gaps: Option<Pieces>,
}

/// What a zoning layer would have to be, and is not: a partition of the communes it speaks for.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ZoningAudit {
    /// Per document, in the order of their names.
    pub documents: Vec<DocumentAudit>,
    /// Per commune that the layer speaks for and whose outline is known, in the order of their codes.
    pub communes: Vec<CommuneAudit>,
    /// Overlaps between zones of different documents.
    pub between_documents: Pieces,
    /// Communes without a document (règlement national d'urbanisme): not covered, which is no gap.
    pub not_covered: Vec<CodeInsee>,
    /// Communes with a document whose outline is not known: what is uncovered of them is unknown.
    pub without_outline: Vec<CodeInsee>,
    /// Every overlap over 1 m², in the order of the zones.
    pub overlaps: Vec<ZoneOverlap>,
    /// Every zone that stands there again, in the order of the layer.
    pub twins: Vec<ZoneTwin>,
    /// Every enclosed gap over 1 m², by document, the largest first.
    pub gaps: Vec<ZoningGap>,
}

/// Documents of a layer: their names, and the document of each zone.
pub(super) struct Documents {
    pub(super) names: Vec<String>,
    pub(super) of_zone: Vec<usize>,
}

impl Documents {
    /// Identifiers differ in case from one file of a document to another (`…_PLUI_…`, `…_PLUi_…`): they are one.
    fn of(zones: &[ZoneUrba]) -> Self {
        let name_of = |zone: &ZoneUrba| zone.document.as_deref().unwrap_or(&zone.file).to_owned();
        let mut numbers: BTreeMap<String, (usize, String)> = BTreeMap::new();
        for zone in zones {
            let name = name_of(zone);
            numbers.entry(name.to_lowercase()).or_insert((0, name));
        }
        for (number, (_, entry)) in numbers.iter_mut().enumerate() {
            entry.0 = number;
        }
        let number = |zone| numbers.get(&name_of(zone).to_lowercase()).map_or(0, |entry| entry.0);
        let of_zone = zones.iter().map(number).collect();
        Self { of_zone, names: numbers.into_values().map(|(_, name)| name).collect() }
    }
}

impl ZoningAudit {
    /// Audits the zones of a territory. The same whatever the number of threads.
    #[must_use]
    pub fn of(zoning: &Layer<ZoneUrba>, communes: &Layer<Commune>) -> Self {
        let documents = Documents::of(&zoning.entities);
        let pairs = zoning_overlaps::pairs(zoning, communes, &documents);
        let stands_again: Vec<bool> = {
            let mut again = vec![false; zoning.entities.len()];
            pairs.twins.iter().for_each(|twin| again[twin.again] = true);
            again
        };
        let mosaics = zoning_gaps::mosaics(zoning, &documents, &stands_again);
        let enclosed = zoning_gaps::enclosed(zoning, communes, &documents, &mosaics, &stands_again);
        let mut audit = Self {
            documents: documents
                .names
                .iter()
                .enumerate()
                .map(|(number, name)| DocumentAudit {
                    document: name.clone(),
                    zones: documents.of_zone.iter().filter(|of| **of == number).count(),
                    twins: 0,
                    overlaps: pairs.within[number],
                    gaps: enclosed.pieces[number],
                })
                .collect(),
            communes: zoning_gaps::in_communes(zoning, communes, &mosaics),
            between_documents: pairs.between,
            gaps: enclosed.gaps,
            ..Self::default()
        };
        for commune in &communes.entities {
            if !zoning.covers(Some(commune.insee)) {
                audit.not_covered.push(commune.insee);
            } else if !commune.has_outline() {
                audit.without_outline.push(commune.insee);
            }
        }
        audit.place_in_communes(&pairs.overlaps, &pairs.twins);
        for twin in &pairs.twins {
            audit.documents[documents.of_zone[twin.again]].twins += 1;
        }
        audit.overlaps = pairs.overlaps;
        audit.overlaps.retain(|overlap| overlap.area_m2 > SLIVER_M2);
        audit.twins = pairs.twins;
        audit
    }

    fn place_in_communes(&mut self, overlaps: &[ZoneOverlap], twins: &[ZoneTwin]) {
        let communes = &mut self.communes;
        let at = |commune: Option<CodeInsee>, communes: &[CommuneAudit]| {
            let code = commune?;
            communes.binary_search_by_key(&code, |audit| audit.insee).ok()
        };
        for overlap in overlaps {
            if let Some(k) = at(overlap.commune, communes) {
                communes[k].overlaps.add(overlap.area_m2, overlap.share, overlap.at);
            }
        }
        for twin in twins {
            if let Some(k) = at(twin.commune, communes) {
                communes[k].twins += 1;
            }
        }
    }

    /// Whether the layer is a partition, but for slivers.
    #[must_use]
    pub fn is_partition(&self) -> bool {
        self.overlaps.is_empty()
            && self.twins.is_empty()
            && self.documents.iter().all(|one| one.gaps.is_some_and(|gaps| gaps.count == 0))
            && self.communes.iter().all(|one| one.gaps.is_some_and(|gaps| gaps.count == 0))
    }

    /// What people should look at, as problems with their place.
    #[must_use]
    pub fn problems(&self, zoning: &Layer<ZoneUrba>) -> Vec<Problem> {
        let zones = &zoning.entities;
        let told = |code, zone: Option<&ZoneUrba>, value: String, at, commune| Problem {
            layer: LayerKey::ZONING.to_owned(),
            file: zone.map(|zone| zone.file.to_string()).unwrap_or_default(),
            row: None,
            feature: zone.map(|zone| zone.id.to_string()),
            code,
            value,
            detail: None,
            place: Place { at, commune },
        };
        let overlaps = self.overlaps.iter().filter_map(|one| {
            let (a, b) = (zones.get(one.zones.0)?, zones.get(one.zones.1)?);
            let value = format!("{} ; {}", b.id, square_meters(one.area_m2));
            Some(told(ProblemCode::ZonesOverlap, Some(a), value, one.at, one.commune))
        });
        let twins = self.twins.iter().filter_map(|one| {
            let (first, again) = (zones.get(one.first)?, zones.get(one.again)?);
            let code = if one.same_label {
                ProblemCode::ZoneDuplicated
            } else {
                ProblemCode::ZoneOutlineShared
            };
            let value = format!("{} ; {}", first.id, square_meters(one.area_m2));
            Some(told(code, Some(again), value, one.at, one.commune))
        });
        let gaps = self.gaps.iter().filter(|gap| !gap.is_filled()).filter_map(|gap| {
            // Where no document is claimed to be, nothing is missing.
            if gap.commune.is_some_and(|code| self.not_covered.binary_search(&code).is_ok()) {
                return None;
            }
            let document = &self.documents.get(gap.document)?.document;
            let mut problem = told(
                ProblemCode::ZoningGap,
                None,
                square_meters(gap.area_m2 - gap.filled_m2),
                gap.at,
                gap.commune,
            );
            problem.feature = Some(document.clone());
            Some(problem)
        });
        let communes = self.communes.iter().filter_map(|one| {
            let share = one.uncovered_m2 / one.area_m2;
            if share <= MINOR_SHARE {
                return None;
            }
            let value = format!("{} ({:.1} %)", square_meters(one.uncovered_m2), share * 100.0);
            let at = one.gaps.and_then(|gaps| gaps.largest_at);
            let mut problem =
                told(ProblemCode::CommunePartlyZoned, None, value, at, Some(one.insee));
            problem.feature = Some(one.insee.to_string());
            Some(problem)
        });
        let unknown = self.documents.iter().filter(|one| one.gaps.is_none()).map(|one| {
            let mut problem =
                told(ProblemCode::ZoningGapsUnknown, None, one.document.clone(), None, None);
            problem.feature = Some(one.document.clone());
            problem
        });
        overlaps.chain(twins).chain(gaps).chain(communes).chain(unknown).collect()
    }
}

/// An area as problems write it: the same in both languages, whole numbers for lack of a decimal sign.
fn square_meters(area_m2: f64) -> String {
    format!("{area_m2:.0} m²")
}
