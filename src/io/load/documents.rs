//! Planning documents: `doc_urba` and `doc_urba_com`, given as a layer of their own or found beside the zones.

use std::collections::BTreeMap;

use super::LoadError;
use super::fields::Fields;
use super::ingest::Ingest;
use super::pieces::Pieces;
use super::reach::Reach;
use super::source::Source;
use crate::domain::Areas;
use crate::domain::Balance;
use crate::domain::CodeInsee;
use crate::domain::Fate;
use crate::domain::PlanningDocument;
use crate::domain::Problem;
use crate::domain::ProblemCode;
use crate::io::schema::DOCUMENT_WORDS;
use crate::io::schema::repeated;

/// Documents as read.
#[derive(Debug, Default)]
pub(super) struct DocumentResult {
    pub(super) documents: Vec<PlanningDocument>,
    pub(super) balance: Balance,
    pub(super) problems: Vec<Problem>,
}

/// Reads the rows of both tables and puts them together by document.
pub(super) fn load(
    source: &Source<'_>,
    reach: &Reach,
    found: Pieces,
) -> Result<DocumentResult, LoadError> {
    let mut by_id: BTreeMap<String, PlanningDocument> = BTreeMap::new();
    let mut result = DocumentResult { problems: found.problems, ..DocumentResult::default() };
    for (at, piece) in found.pieces.iter().enumerate() {
        let plan = source.plan(piece)?;
        let mut ingest = Ingest::new(source, at, piece, reach);
        ingest.read(&plan, |ingest, fields, _| row(ingest, fields, &mut by_id))?;
        result.balance.add(&ingest.balance);
        result.problems.extend(ingest.problems);
    }
    result.documents = by_id.into_values().collect();
    Ok(result)
}

fn row(
    ingest: &mut Ingest<'_>,
    fields: &Fields<'_>,
    by_id: &mut BTreeMap<String, PlanningDocument>,
) {
    let commune = fields.code("commune", 5);
    let Some(id) = fields.text("document") else {
        ingest.problem(ProblemCode::IdMissing, String::new());
        ingest.balance.count(None, Fate::Rejected, Areas::default());
        return;
    };
    if !repeated::is_repeatable(id, &[]) {
        ingest.problem_of(ProblemCode::IdMalformed, "", id, &[]);
        ingest.balance.count(None, Fate::Rejected, Areas::default());
        return;
    }
    ingest.feature = Some(id.to_owned());
    let commune: Option<CodeInsee> = match commune.map(|code| code.parse().map_err(|_bad| code)) {
        Some(Ok(commune)) => Some(commune),
        Some(Err(code)) => {
            ingest.problem_of(ProblemCode::CommuneMalformed, "", &code, &[]);
            None
        }
        None => None,
    };
    let ours = commune.is_none_or(|commune| ingest.reach.has(commune));
    ingest.balance.count(
        commune.filter(|_| ours),
        if ours { Fate::Kept } else { Fate::Outside },
        Areas::default(),
    );
    if !ours {
        return;
    }
    let document = by_id
        .entry(id.to_uppercase())
        .or_insert_with(|| PlanningDocument { id: id.into(), ..PlanningDocument::default() });
    document.communes.extend(commune);
    let fill = |place: &mut Option<Box<str>>, ours: &str| {
        if place.is_none() {
            let said = fields.code(ours, 0);
            *place =
                said.filter(|text| repeated::is_repeatable(text, DOCUMENT_WORDS)).map(Into::into);
        }
    };
    fill(&mut document.kind, "kind");
    fill(&mut document.state, "state");
    fill(&mut document.approved, "approved");
}
