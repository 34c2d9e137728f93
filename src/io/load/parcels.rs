//! Parcels.

use std::collections::HashSet;

use super::LoadError;
use super::layer::LayerResult;
use super::layer::Source;
use super::reach::Reach;
use crate::domain::Fate;
use crate::domain::Idu;
use crate::domain::Parcel;
use crate::domain::ParcelId;
use crate::domain::Place;
use crate::domain::Problem;
use crate::domain::ProblemCode;
use crate::spatial::shape;
use crate::units::SquareMeters;

pub(super) fn load(source: &Source<'_>, reach: &Reach) -> Result<LayerResult<Parcel>, LoadError> {
    let mut result = read(source, reach)?;
    drop_outsiders(&mut result, reach);
    drop_duplicates(&mut result);
    Ok(result)
}

/// The parcels as the files have them: neighbours and repetitions are still there.
pub(super) fn read(source: &Source<'_>, reach: &Reach) -> Result<LayerResult<Parcel>, LoadError> {
    source.read(
        reach,
        |ingest, fields, geometry| {
            let id = match fields.text("id") {
                Some(text) => match text.parse::<Idu>() {
                    Ok(idu) => {
                        ingest.commune = idu.commune().or(ingest.commune);
                        ParcelId::Idu(idu)
                    }
                    Err(_) => {
                        ingest.problem(ProblemCode::IdMalformed, text.to_owned());
                        return None;
                    }
                },
                None => {
                    ingest.commune = ingest.commune.or_else(|| ingest.reach.commune_of(&geometry));
                    ParcelId::Unnamed {
                        file: u32::try_from(ingest.file_number).unwrap_or(u32::MAX),
                        row: u32::try_from(ingest.row).unwrap_or(u32::MAX),
                    }
                }
            };
            let contenance = match fields.number("contenance_m2") {
                Ok(number) => number.and_then(SquareMeters::new),
                Err(text) => {
                    ingest.problem(ProblemCode::NumberMalformed, text);
                    None
                }
            };
            Some(Parcel { id, commune: ingest.commune, geometry, contenance })
        },
        Reach::is_near,
    )
}

/// The commune of a parcel is known from its identifier, after the row was read: neighbours leave here.
fn drop_outsiders(result: &mut LayerResult<Parcel>, reach: &Reach) {
    let balance = &mut result.balance;
    result.layer.entities.retain(|parcel| {
        let stays = match parcel.commune {
            Some(commune) => reach.has(commune),
            None => reach.holds(&parcel.geometry),
        };
        if !stays {
            balance.recount(parcel.commune, Fate::Kept, Fate::Outside);
        }
        stays
    });
}

/// A parcel stands once in a cadastre; the same file given twice must not double the land.
pub(super) fn drop_duplicates(result: &mut LayerResult<Parcel>) {
    let mut seen = HashSet::with_capacity(result.layer.entities.len());
    let (balance, problems) = (&mut result.balance, &mut result.problems);
    result.layer.entities.retain(|parcel| {
        let first = seen.insert(parcel.id);
        if !first {
            balance.recount(parcel.commune, Fate::Kept, Fate::Rejected);
            problems.push(Problem {
                layer: "parcels".to_owned(),
                file: String::new(),
                row: None,
                feature: Some(parcel.id.to_string()),
                code: ProblemCode::IdDuplicate,
                value: parcel.id.to_string(),
                place: Place {
                    at: shape::representative_point(&parcel.geometry),
                    commune: parcel.commune,
                },
            });
        }
        first
    });
}
