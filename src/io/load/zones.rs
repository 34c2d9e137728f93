//! Planning zones.

use std::collections::BTreeSet;

use super::LoadError;
use super::layer::LayerResult;
use super::pieces::Pieces;
use super::reach::Reach;
use super::source::Source;
use crate::domain::CodeInsee;
use crate::domain::Coverage;
use crate::domain::Layer;
use crate::domain::PlanningDocument;
use crate::domain::ProblemCode;
use crate::domain::TypeZone;
use crate::domain::ZoneUrba;
use crate::io::schema::ZONE_WORDS;
use crate::io::schema::ZoneWords;
use crate::io::schema::kind_of_sector;
use crate::io::schema::kind_of_zone;
use crate::io::schema::repeated;
use crate::io::schema::typezone_of;

pub(super) fn load(
    source: &Source<'_>,
    reach: &Reach,
    found: Pieces,
) -> Result<LayerResult<ZoneUrba>, LoadError> {
    source.read(
        reach,
        found,
        |ingest, fields, geometry| {
            let label = fields.text("label").unwrap_or_default();
            let sector = fields.code("sector", 2);
            let written = fields.text("typezone").unwrap_or_default();
            let main_use = fields.code("main_use", 0).unwrap_or_default();
            let allowed = fields.code("allowed", 0).unwrap_or_default();
            let conditional = fields.code("conditional", 0).unwrap_or_default();
            let forbidden = fields.code("forbidden", 0).unwrap_or_default();
            let (typezone, kind, kind_rule) = match &sector {
                Some(sector) => kind_of_sector(sector),
                None => {
                    let typezone = typezone_of(written);
                    let words = ZoneWords {
                        label,
                        long_label: fields.text("long_label").unwrap_or_default(),
                        main_use: &main_use,
                        allowed: &allowed,
                        conditional: &conditional,
                        forbidden: &forbidden,
                    };
                    let (kind, rule) = kind_of_zone(typezone, words);
                    (typezone, kind, rule)
                }
            };
            if typezone == TypeZone::Unknown {
                match &sector {
                    None => {
                        ingest.problem_of(
                            ProblemCode::UnknownWord,
                            "TYPEZONE",
                            written,
                            ZONE_WORDS,
                        );
                    }
                    Some(sector) => {
                        ingest.problem_of(ProblemCode::UnknownWord, "TYPESECT", sector, &[]);
                    }
                }
            }
            let document = fields.text("document");
            let is_one = document.is_none_or(|document| repeated::is_repeatable(document, &[]));
            if !is_one {
                ingest.problem(ProblemCode::ValueUnfit, "IDURBA".to_owned());
            }
            let document = document.filter(|_| is_one);
            let commune = ingest.commune.or_else(|| document.and_then(commune_of_document));
            ingest.commune = commune;
            let id = format!(
                "{}/{label}/{}-{}",
                document.unwrap_or("document"),
                ingest.file_number,
                ingest.row
            );
            ingest.feature = Some(id.clone());
            Some(ZoneUrba {
                id: id.into(),
                document: document.map(Into::into),
                file: ingest.piece().shown.as_str().into(),
                commune,
                label: label.into(),
                long_label: fields.text("long_label").map(Into::into),
                typezone,
                kind,
                kind_rule,
                geometry,
            })
        },
        Reach::holds,
    )
}

/// Adds to the communes that the zones speak for those of their documents that are in force.
pub(super) fn cover_by_documents(layer: &mut Layer<ZoneUrba>, documents: &[PlanningDocument]) {
    let present: BTreeSet<String> = layer
        .entities
        .iter()
        .filter_map(|zone| zone.document.as_deref())
        .map(str::to_uppercase)
        .collect();
    if let Coverage::Communes(covered) = &mut layer.coverage {
        let in_force = documents.iter().filter(|document| {
            !document.is_ended() && present.contains(&document.id.to_uppercase())
        });
        covered.extend(in_force.flat_map(|document| document.communes.iter().copied()));
    }
}

/// The commune of a communal document: `82112_PLU_20210304` and `DU_82112` start with its code; a PLUi starts with
/// nine digits of SIREN and has none.
fn commune_of_document(idurba: &str) -> Option<CodeInsee> {
    let code = idurba.trim_start_matches("DU_").split('_').next()?;
    code.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_communal_documents_have_a_commune() {
        assert_eq!(commune_of_document("82112_PLU_20210304").unwrap().as_str(), "82112");
        assert_eq!(commune_of_document("DU_32160").unwrap().as_str(), "32160");
        assert_eq!(commune_of_document("200066322_PLUi_20220101"), None);
    }
}
