//! Visits of friches by the user: a table of answers by site.

use std::collections::BTreeMap;

use super::LoadError;
use super::fields::Fields;
use super::ingest::Ingest;
use super::pieces::Pieces;
use super::reach::Reach;
use super::source::Source;
use crate::domain::Areas;
use crate::domain::Balance;
use crate::domain::Fate;
use crate::domain::FieldVisit;
use crate::domain::Friche;
use crate::domain::LayerKey;
use crate::domain::Place;
use crate::domain::Problem;
use crate::domain::ProblemCode;
use crate::domain::Territory;
use crate::domain::plain;
use crate::friche::enrichment::read_visit_answer;
use crate::friche::mutability::CriterionKey;
use crate::friche::mutability::Form;
use crate::io::read::Cell;
use crate::io::schema::repeated;

/// One row of the file.
struct Row {
    site: String,
    visit: FieldVisit,
    file: String,
    row: u64,
}

/// Visits as read.
pub(super) struct VisitsResult {
    rows: Vec<Row>,
    pub(super) balance: Balance,
    pub(super) problems: Vec<Problem>,
}

/// Reads the rows of all files, in the order of their names.
pub(super) fn load(
    source: &Source<'_>,
    reach: &Reach,
    found: Pieces,
) -> Result<VisitsResult, LoadError> {
    let mut result =
        VisitsResult { rows: Vec::new(), balance: Balance::default(), problems: found.problems };
    for (at, piece) in found.pieces.iter().enumerate() {
        let plan = source.plan(piece)?;
        let mut ingest = Ingest::new(source, at, piece, reach);
        ingest.read(&plan, |ingest, fields, _| {
            let row = row(ingest, fields);
            let fate = if row.is_some() { Fate::Kept } else { Fate::Rejected };
            ingest.balance.count(None, fate, Areas::default());
            result.rows.extend(row);
        })?;
        result.balance.add(&ingest.balance);
        result.problems.extend(ingest.problems);
    }
    Ok(result)
}

fn row(ingest: &mut Ingest<'_>, fields: &Fields<'_>) -> Option<Row> {
    let Some(site) = fields.code("id", 0) else {
        ingest.problem(ProblemCode::IdMissing, String::new());
        return None;
    };
    ingest.feature = Some(site.clone()).filter(|id| repeated::is_repeatable(id, &[]));
    let mut visit = FieldVisit { day: day(fields), ..FieldVisit::default() };
    if visit.day.is_none() && fields.text("day").is_some() {
        ingest.problem(ProblemCode::UnknownWord, "day (2026-06-01)".to_owned());
    }
    if let Some(said) = written(fields, "request_waiting") {
        visit.request_waiting = match plain(&said).as_str() {
            "oui" | "true" | "1" => Some(true),
            "non" | "false" | "0" => Some(false),
            _ => {
                ingest.problem(ProblemCode::UnknownWord, "request_waiting (oui, non)".to_owned());
                None
            }
        };
    }
    for criterion in CriterionKey::ALL {
        let Some(said) = written(fields, criterion.as_str()) else { continue };
        if matches!(plain(&said).replace(' ', "-").as_str(), "ne-sait-pas" | "inconnu") {
            continue;
        }
        if read_visit_answer(criterion, &said).is_some() {
            visit.answers.insert(criterion.as_str().into(), said.into());
        } else {
            // The text itself is not told: a column chosen by mistake may hold names.
            let (code, allowed) = allowed(criterion);
            ingest.problem(code, format!("{criterion} ({allowed})"));
        }
    }
    Some(Row { site, visit, file: ingest.piece().shown.clone(), row: ingest.row })
}

/// What may be written for a criterion.
fn allowed(criterion: CriterionKey) -> (ProblemCode, String) {
    match criterion.form() {
        Form::Words(words) => (ProblemCode::UnknownWord, words.join(", ")),
        Form::Flag => (ProblemCode::UnknownWord, "oui, non".to_owned()),
        Form::Number(unit) => (ProblemCode::ValueUnfit, unit.symbol().to_owned()),
    }
}

/// A cell as a person wrote it.
fn written(fields: &Fields<'_>, ours: &str) -> Option<String> {
    match fields.cell(ours) {
        Cell::Number(number) => Some(number.to_string()),
        Cell::Flag(flag) => Some(flag.to_string()),
        _ => fields.text(ours).map(str::to_owned),
    }
}

/// A day, in the form of the standard or of the country; `None` for anything else.
fn day(fields: &Fields<'_>) -> Option<Box<str>> {
    let text = fields.text("day")?;
    let parts: Vec<&str> = text.split(['-', '/', 'T', ' ']).take(3).collect();
    let [first, month, last] = parts.as_slice() else { return None };
    let (year, day) = if first.len() == 4 { (first, last) } else { (last, first) };
    let digits = |part: &str, len| part.len() == len && part.bytes().all(|b| b.is_ascii_digit());
    let within = |part: &str, last: u8| part.parse().is_ok_and(|n: u8| (1..=last).contains(&n));
    let is_day = within(month, 12) && within(day, 31);
    (digits(year, 4) && digits(month, 2) && digits(day, 2) && is_day)
        .then(|| format!("{year}-{month}-{day}").into())
}

/// Gives each visit to the site that has a record of its identifier; the newest visit speaks first.
pub(super) fn attach(territory: &mut Territory, mut found: VisitsResult) {
    found.rows.sort_by(|a, b| b.visit.day.cmp(&a.visit.day));
    let mut by_id: BTreeMap<String, FieldVisit> = BTreeMap::new();
    let known: std::collections::BTreeSet<&str> = territory
        .friches
        .iter()
        .flat_map(|layer| &layer.entities)
        .flat_map(|site| &site.records)
        .map(|record| &*record.id)
        .collect();
    for row in found.rows {
        if known.contains(row.site.as_str()) {
            match by_id.entry(row.site) {
                std::collections::btree_map::Entry::Occupied(mut visit) => {
                    visit.get_mut().complete(row.visit);
                }
                std::collections::btree_map::Entry::Vacant(place) => {
                    place.insert(row.visit);
                }
            }
        } else {
            found.balance.recount(None, Fate::Kept, Fate::Rejected, 0.0);
            let site = repeated::told("", &row.site, &[]);
            found.problems.push(Problem {
                layer: LayerKey::FIELD_VISITS.to_owned(),
                file: row.file,
                row: Some(row.row),
                feature: None,
                code: ProblemCode::VisitOfNoSite,
                value: site.clone().unwrap_or_default(),
                detail: site.err(),
                place: Place::default(),
            });
        }
    }
    for site in territory.friches.iter_mut().flat_map(|layer| &mut layer.entities) {
        let ids: Vec<String> = site.records.iter().map(|record| record.id.to_string()).collect();
        visited(site, ids.iter().filter_map(|id| by_id.get(id)).cloned());
    }
    territory.balance.insert(LayerKey::FIELD_VISITS.to_owned(), found.balance);
    territory.problems.extend(found.problems);
}

fn visited(site: &mut Friche, visits: impl Iterator<Item = FieldVisit>) {
    let mut visits: Vec<FieldVisit> = visits.collect();
    visits.sort_by(|a, b| b.day.cmp(&a.day));
    for visit in visits {
        match &mut site.visit {
            Some(known) => known.complete(visit),
            none => *none = Some(visit),
        }
    }
}
