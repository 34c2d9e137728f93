//! Parcels.

use super::LoadError;
use super::ingest::Ingest;
use super::layer::LayerResult;
use super::owners::Noted;
use super::parcel_id::idu_of;
use super::pieces::Pieces;
use super::reach::Reach;
use super::source::Source;
use crate::domain::Owners;
use crate::domain::Parcel;
use crate::domain::ParcelId;
use crate::domain::ProblemCode;
use crate::units::SquareMeters;

/// The parcels of our communes.
pub(super) fn load(
    source: &Source<'_>,
    reach: &Reach,
    found: Pieces,
) -> Result<LayerResult<Parcel>, LoadError> {
    load_noting(source, reach, found, None)
}

/// The parcels of our communes, and their owners where the configuration names a column about them.
pub(super) fn with_owners(
    source: &Source<'_>,
    reach: &Reach,
    found: Pieces,
) -> Result<(LayerResult<Parcel>, Option<Owners>), LoadError> {
    if !Noted::is_asked(source) {
        return Ok((load(source, reach, found)?, None));
    }
    let noted = Noted::default();
    let result = load_noting(source, reach, found, Some(&noted))?;
    let owners = noted.into_owners(result.layer.provenance.clone());
    Ok((result, Some(owners)))
}

fn load_noting(
    source: &Source<'_>,
    reach: &Reach,
    found: Pieces,
    noted: Option<&Noted>,
) -> Result<LayerResult<Parcel>, LoadError> {
    source.read(
        reach,
        found,
        |ingest, fields, geometry| {
            let id = match idu_of(fields, &ingest.piece().shown) {
                Ok(Some(idu)) => {
                    ingest.commune = idu.commune().or(ingest.commune);
                    ParcelId::Idu(idu)
                }
                Ok(None) => {
                    ingest.commune = ingest.commune.or_else(|| ingest.reach.commune_of(&geometry));
                    unnamed(ingest)
                }
                Err(text) => {
                    ingest.problem_of(ProblemCode::IdMalformed, "", &text, &[]);
                    return None;
                }
            };
            ingest.feature = Some(id.to_string());
            let is_ours = match ingest.commune {
                Some(commune) => ingest.reach.has(commune),
                None => ingest.reach.holds(&geometry),
            };
            if !is_ours {
                return ingest.leave();
            }
            let contenance = match fields.number("contenance_m2") {
                Ok(number) => number.and_then(SquareMeters::new),
                Err(text) => {
                    ingest.problem_of(ProblemCode::NumberMalformed, "", &text, &[]);
                    None
                }
            };
            if let (Some(noted), ParcelId::Idu(idu)) = (noted, id) {
                noted.note(ingest, fields, idu);
            }
            Some(Parcel { id, commune: ingest.commune, geometry, contenance })
        },
        Reach::is_near,
    )
}

fn unnamed(ingest: &Ingest<'_>) -> ParcelId {
    ParcelId::Unnamed {
        file: u32::try_from(ingest.file_number).unwrap_or(u32::MAX),
        row: u32::try_from(ingest.row).unwrap_or(u32::MAX),
    }
}
