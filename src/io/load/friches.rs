//! Friches.

use geo::Geometry;

use super::LoadError;
use super::layer::LayerResult;
use super::parcel_id::listed_idu;
use super::pieces::Pieces;
use super::reach::Reach;
use super::source::Source;
use crate::domain::Friche;
use crate::domain::FricheRecord;
use crate::domain::Outline;
use crate::domain::ProblemCode;
use crate::io::schema::source_trust_of;
use crate::io::schema::statut_of;
use crate::io::schema::words;
use crate::units::SquareMeters;

pub(super) fn load(
    source: &Source<'_>,
    reach: &Reach,
    found: Pieces,
) -> Result<LayerResult<Friche>, LoadError> {
    // A site that stands twice is joined with itself later: nothing of it is lost.
    source.read(
        reach,
        found,
        |ingest, fields, geometry| {
            let id = fields.text("id").map_or_else(
                || format!("sans-id-{}-{}", ingest.file_number, ingest.row),
                str::to_owned,
            );
            ingest.feature = Some(id.clone());
            if fields.text("id").is_none() {
                ingest.problem(ProblemCode::IdMissing, id.clone());
            }
            let here = ingest.reach.commune_of(&geometry);
            if let (Some(declared), Some(here)) = (ingest.commune, here)
                && declared != here
            {
                ingest.problem(ProblemCode::OtherCommune, format!("{declared} / {here}"));
            }
            let statut = fields.text("statut").and_then(|text| {
                let statut = statut_of(text);
                if statut.is_none() {
                    ingest.problem(ProblemCode::UnknownWord, format!("site_statut {text}"));
                }
                statut
            });
            let mut area = |column| match fields.number(column) {
                Ok(number) => number.filter(|area| *area > 0.0).and_then(SquareMeters::new),
                Err(text) => {
                    ingest.problem(ProblemCode::NumberMalformed, text);
                    None
                }
            };
            let declared_area = area("land_area_m2").or_else(|| area("site_area_m2"));
            let mut parcels = Vec::new();
            for item in words::list(fields.text("parcels").unwrap_or_default()) {
                match listed_idu(item) {
                    Ok(idu) => parcels.push(idu),
                    Err(text) => ingest.problem(ProblemCode::ListedParcelMalformed, text),
                }
            }
            // "inconnu" is the producer's way of leaving a cell empty.
            let known = |column| {
                fields.text(column).filter(|text| words::plain(text) != "inconnu").map(Into::into)
            };
            let commune = ingest.commune.or(here);
            let is_ours = match commune {
                Some(commune) => ingest.reach.has(commune),
                None => ingest.reach.holds(&geometry),
            };
            if !is_ours {
                return ingest.leave();
            }
            let origin: Option<&str> = fields.text("source");
            let source_trust = origin.and_then(source_trust_of);
            let geometry = point_of_one(geometry);
            let outline = match &geometry {
                Geometry::Polygon(_) | Geometry::MultiPolygon(_) => Outline::Polygon,
                _ => Outline::Point,
            };
            let record = FricheRecord {
                id: id.clone().into(),
                source: origin.map(Into::into),
                trust: source_trust,
            };
            Some(Friche {
                id: id.into(),
                commune,
                site_type: known("site_type"),
                statut,
                source: origin.map(Into::into),
                source_trust,
                owner_kind: known("owner_kind"),
                pollution: known("pollution"),
                building_state: known("building_state"),
                declared_zone_type: known("zone_type"),
                declared_area,
                parcels,
                geometry,
                outline,
                records: vec![record],
                visit: None,
                suitability: None,
            })
        },
        Reach::is_near,
    )
}

/// A multipoint of one point is that point.
fn point_of_one(geometry: Geometry<f64>) -> Geometry<f64> {
    match geometry {
        Geometry::MultiPoint(points) if points.0.len() == 1 => Geometry::Point(points.0[0]),
        other => other,
    }
}
