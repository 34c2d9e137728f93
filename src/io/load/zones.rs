//! Planning zones.

use super::LoadError;
use super::layer::LayerResult;
use super::layer::Source;
use super::reach::Reach;
use crate::domain::CodeInsee;
use crate::domain::ProblemCode;
use crate::domain::TypeZone;
use crate::domain::ZoneUrba;
use crate::io::schema::ZoneWords;
use crate::io::schema::kind_of_zone;
use crate::io::schema::typezone_of;

pub(super) fn load(source: &Source<'_>, reach: &Reach) -> Result<LayerResult<ZoneUrba>, LoadError> {
    source.read(
        reach,
        |ingest, fields, geometry| {
            let label = fields.text("label").unwrap_or_default();
            let written = fields.text("typezone").unwrap_or_default();
            let typezone = typezone_of(written);
            if typezone == TypeZone::Unknown {
                ingest.problem(ProblemCode::UnknownWord, format!("TYPEZONE {written}"));
            }
            let main_use = fields.code("main_use", 0).unwrap_or_default();
            let allowed = fields.code("allowed", 0).unwrap_or_default();
            let conditional = fields.code("conditional", 0).unwrap_or_default();
            let forbidden = fields.code("forbidden", 0).unwrap_or_default();
            let (kind, kind_rule) = kind_of_zone(
                typezone,
                ZoneWords {
                    label,
                    long_label: fields.text("long_label").unwrap_or_default(),
                    main_use: &main_use,
                    allowed: &allowed,
                    conditional: &conditional,
                    forbidden: &forbidden,
                },
            );
            let document = fields.text("document");
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
                file: ingest.file.into(),
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
