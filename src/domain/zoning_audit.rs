//! Zoning is not a partition: where zones overlap, where none is, which stand twice.

use super::CodeInsee;
use super::Commune;
use super::Layer;
use super::LayerKey;
use super::LayerView;
use super::Place;
use super::Problem;
use super::ProblemCode;
use super::ZoneUrba;
use super::zoning_findings::CommuneAudit;
use super::zoning_findings::DocumentAudit;
use super::zoning_findings::Documents;
use super::zoning_findings::MINOR_SHARE;
use super::zoning_findings::Pieces;
use super::zoning_findings::SLIVER_M2;
use super::zoning_findings::ZoneOverlap;
use super::zoning_findings::ZoneTwin;
use super::zoning_findings::ZoningGap;
use super::zoning_gaps;
use super::zoning_overlaps;

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
