//! Friches.

use geo::Geometry;

use super::LoadError;
use super::fields::Fields;
use super::ingest::Ingest;
use super::layer::LayerResult;
use super::parcel_id::listed_idu;
use super::pieces::Pieces;
use super::reach::Reach;
use super::source::Source;
use crate::domain::Friche;
use crate::domain::FricheRecord;
use crate::domain::Idu;
use crate::domain::Outline;
use crate::domain::ProblemCode;
use crate::io::read::Cell;
use crate::io::schema::friches_standard;
use crate::io::schema::friches_standard::DRIFT;
use crate::io::schema::friches_standard::FIELDS;
use crate::io::schema::friches_standard::FricheField;
use crate::io::schema::friches_standard::Held;
use crate::io::schema::friches_standard::Refused;
use crate::io::schema::source_trust_of;
use crate::io::schema::statut_of;
use crate::io::schema::words;
use crate::spatial::shape;
use crate::units::SquareMeters;
use crate::words::Told;

/// Reads the friches of one part of a layer; parts are counted from 0.
pub(super) fn load(
    source: &Source<'_>,
    reach: &Reach,
    found: Pieces,
    part: usize,
) -> Result<LayerResult<Friche>, LoadError> {
    // A site that stands twice is joined with itself later: nothing of it is lost.
    let one = |ingest: &mut Ingest<'_>, fields: &Fields<'_>, geometry| {
        friche(ingest, fields, geometry, part)
    };
    source.read(reach, found, one, Reach::is_near)
}

/// One row as a friche. What a cell says is of a list or a form, or it is told without its text: a column of words may
/// hold the name of a person.
fn friche(
    ingest: &mut Ingest<'_>,
    fields: &Fields<'_>,
    geometry: Geometry<f64>,
    part: usize,
) -> Option<Friche> {
    let id = identifier(ingest, fields, part);
    let parcels = listed_parcels(ingest, fields);
    let is_drawn = shape::representative_point(&geometry).is_some();
    if !is_drawn {
        by_parcels(ingest, &parcels)?;
    }
    let here = ingest.reach.commune_of(&geometry);
    if let (Some(declared), Some(here)) = (ingest.commune, here)
        && declared != here
    {
        ingest.problem(ProblemCode::OtherCommune, format!("{declared} / {here}"));
    }
    let said = |ingest: &mut Ingest<'_>, ours| {
        FricheField::of(ours).and_then(|field| taken(ingest, fields, field)).map(Into::into)
    };
    // "inconnu" is kept of the status only: it is the producer's way of leaving a cell empty.
    let statut = match text_of(fields.cell("statut")).as_deref().and_then(statut_of) {
        Some(statut) => Some(statut),
        None => said(ingest, "statut").and_then(|text: Box<str>| statut_of(&text)),
    };
    let site_type = said(ingest, "site_type");
    // The standard joins kinds by `|`, Cartofriches by a comma, which is how published profiles name them.
    let owner_kind =
        said(ingest, "owner_kind").map(|kinds: Box<str>| kinds.replace('|', ", ").into());
    let pollution = said(ingest, "pollution");
    let building_state = said(ingest, "building_state");
    let declared_zone_type = said(ingest, "zone_type");
    let described = FIELDS
        .iter()
        .chain(DRIFT)
        .filter(|field| field.held == Held::Described)
        .filter_map(|field| Some((field.ours, taken(ingest, fields, field)?.into())))
        .collect();
    let mut area = |column| match fields.number(column) {
        Ok(number) => number.filter(|area| *area > 0.0).and_then(SquareMeters::new),
        Err(text) => {
            ingest.problem_of(ProblemCode::NumberMalformed, "", &text, &[]);
            None
        }
    };
    let declared_area = area("land_area_m2").or_else(|| area("site_area_m2"));
    let trust = fields.text("source").and_then(source_trust_of);
    let origin = source_name(ingest, fields);
    let commune = ingest.commune.or(here);
    let is_ours = match commune {
        Some(commune) => ingest.reach.has(commune),
        None => ingest.reach.holds(&geometry),
    };
    if !is_ours {
        return ingest.leave();
    }
    let geometry = in_one_part(geometry);
    let outline = match &geometry {
        _ if !is_drawn => Outline::Awaited,
        Geometry::Polygon(_) | Geometry::MultiPolygon(_) => Outline::Polygon,
        _ => Outline::Point,
    };
    let origin: Option<Box<str>> = origin.map(Into::into);
    let record = FricheRecord { id: id.clone().into(), source: origin.clone(), trust };
    Some(Friche {
        id: id.into(),
        commune,
        site_type,
        statut,
        source: origin,
        source_trust: trust,
        owner_kind,
        pollution,
        building_state,
        declared_zone_type,
        declared_area,
        parcels,
        described,
        geometry,
        outline,
        records: vec![record],
        visit: None,
        suitability: None,
    })
}

/// The parcels listed; what does not have their form is told.
fn listed_parcels(ingest: &mut Ingest<'_>, fields: &Fields<'_>) -> Vec<Idu> {
    let mut parcels = Vec::new();
    for item in words::list(fields.text("parcels").unwrap_or_default()) {
        match listed_idu(item) {
            Ok(idu) => parcels.push(idu),
            Err(text) => ingest.problem_of(ProblemCode::ListedParcelMalformed, "", &text, &[]),
        }
    }
    parcels
}

/// A row that draws nothing: its commune is that of its parcels, and its outline theirs, once the cadastre is read.
/// `None` where it lists no parcel in good form: then it is nowhere.
fn by_parcels(ingest: &mut Ingest<'_>, parcels: &[Idu]) -> Option<()> {
    let Some(first) = parcels.first() else {
        ingest.problem(ProblemCode::GeometryMissing, String::new());
        return None;
    };
    let communes = || parcels.iter().filter_map(|idu| idu.commune());
    ingest.commune = ingest
        .commune
        .or_else(|| communes().find(|commune| ingest.reach.has(*commune)))
        .or_else(|| first.commune());
    ingest.problem(ProblemCode::OutlineByParcels, String::new());
    Some(())
}

/// The identifier; one is made where there is none, or where it may be a name. Of the parts of a layer, each counts its
/// files from 0: what is made in one must not be the same as in another, or two sites would be joined.
fn identifier(ingest: &mut Ingest<'_>, fields: &Fields<'_>, part: usize) -> String {
    let made = match part {
        0 => format!("sans-id-{}-{}", ingest.file_number, ingest.row),
        part => format!("sans-id-{part}-{}-{}", ingest.file_number, ingest.row),
    };
    let (id, problem) = match fields.code("id", 0) {
        Some(id) if friches_standard::is_identifier(&id) => (id, None),
        Some(_) => (made, Some(ProblemCode::IdUnfit)),
        None => (made, Some(ProblemCode::IdMissing)),
    };
    ingest.feature = Some(id.clone());
    if let Some(code) = problem {
        ingest.problem(code, id.clone());
    }
    id
}

/// What a cell says, in the standard's spelling; told where it says what the field cannot hold.
fn taken(ingest: &mut Ingest<'_>, fields: &Fields<'_>, field: &FricheField) -> Option<String> {
    let text = text_of(fields.cell(field.ours))?;
    match friches_standard::take(field, &text) {
        Ok(None) => None,
        Ok(Some(taken)) => {
            if let Some(earlier) = taken.earlier {
                let told = format!("{}: {earlier} → {}", field.name, taken.value);
                ingest.problem(ProblemCode::WordOfEarlierVersion, told);
            }
            Some(taken.value)
        }
        Err(Refused::NoWord) => {
            let wanted = Told::new("problem.words-wanted")
                .with("column", field.name)
                .with("words", field.list.join(" | "));
            ingest.problem_told(ProblemCode::UnknownWord, wanted);
            None
        }
        Err(Refused::NoNumber) => {
            ingest.problem(ProblemCode::NumberMalformed, format!("{}: …", field.name));
            None
        }
        Err(Refused::NoForm) => {
            ingest.problem(ProblemCode::ValueUnfit, field.name.to_owned());
            None
        }
    }
}

/// The name of the inventory or study; its kind where the text may name a person.
fn source_name(ingest: &mut Ingest<'_>, fields: &Fields<'_>) -> Option<String> {
    let found = friches_standard::source_of(fields.text("source")?);
    if !matches!(found, Some((_, true)))
        && let Some(field) = FricheField::of("source")
    {
        ingest.problem(ProblemCode::ValueUnfit, field.name.to_owned());
    }
    found.map(|(name, _)| name)
}

/// A cell as text, as a person would type it.
fn text_of(cell: &Cell) -> Option<String> {
    match cell {
        Cell::Missing => None,
        Cell::Text(text) => Some(text.clone()),
        Cell::Number(number) => Some(number.to_string()),
        Cell::Flag(flag) => Some(if *flag { "oui" } else { "non" }.to_owned()),
    }
}

/// A shape of one part is that part: a GeoPackage has shapes of parts only, and the same friche is the same in every file.
fn in_one_part(geometry: Geometry<f64>) -> Geometry<f64> {
    match geometry {
        Geometry::MultiPoint(points) if points.0.len() == 1 => Geometry::Point(points.0[0]),
        Geometry::MultiPolygon(mut parts) if parts.0.len() == 1 => {
            parts.0.pop().map_or(Geometry::MultiPolygon(parts), Geometry::Polygon)
        }
        other => other,
    }
}
