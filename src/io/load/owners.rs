//! Owners of parcels, from a table of their own or from columns of the parcels.

use std::collections::BTreeSet;
use std::collections::HashSet;
use std::sync::Mutex;
use std::sync::PoisonError;

use super::LoadError;
use super::fields::Fields;
use super::ingest::Ingest;
use super::parcel_id::idu_of;
use super::pieces::Pieces;
use super::reach::Reach;
use super::source::Source;
use crate::domain::Areas;
use crate::domain::Balance;
use crate::domain::CodeInsee;
use crate::domain::Fate;
use crate::domain::Idu;
use crate::domain::OwnedParcel;
use crate::domain::Owners;
use crate::domain::Problem;
use crate::domain::ProblemCode;
use crate::domain::Provenance;
use crate::domain::Severity;
use crate::io::problem_words;
use crate::io::schema::owner_class_of;
use crate::words::Told;

/// Our names of the two columns that say something about an owner.
const CLASS: &str = "owner_class";
const KEY: &str = "owner_key";

/// Owners as read.
pub(super) struct OwnersResult {
    pub(super) owners: Owners,
    pub(super) balance: Balance,
    pub(super) problems: Vec<Problem>,
}

/// Reads the rows of all files, in the order of their names.
pub(super) fn load(
    source: &Source<'_>,
    reach: &Reach,
    found: Pieces,
) -> Result<OwnersResult, LoadError> {
    let Pieces { pieces, mut problems } = found;
    let (mut rows, mut seen, mut balance) = (Vec::new(), HashSet::new(), Balance::default());
    for (at, piece) in pieces.iter().enumerate() {
        let plan = source.plan(piece)?;
        let mut ingest = Ingest::new(source, at, piece, reach);
        ingest.read(&plan, |ingest, fields, _| {
            let (row, fate) = owned(ingest, fields, &mut seen);
            let commune = ingest.commune.filter(|_| fate != Fate::Outside);
            ingest.balance.count(commune, fate, Areas::default());
            rows.extend(row);
        })?;
        balance.add(&ingest.balance);
        problems.extend(ingest.problems);
    }
    let total = balance.total;
    if !source.lenient && total.rejected > 0 && total.rejected == total.read {
        let first = problems.iter().find(|problem| problem.code.severity() == Severity::Error);
        return Err(LoadError::NothingUsable {
            layer: source.key.to_owned(),
            read: total.read,
            first: first.map_or_else(|| Told::new("problem.none-told"), problem_words::told),
        });
    }
    let schemas: BTreeSet<_> = pieces
        .iter()
        .map(|piece| (piece.schema.id, piece.schema.source, piece.schema.licence))
        .collect();
    let owners = Owners::new(rows, source.provenance(&schemas, pieces.len()));
    Ok(OwnersResult { owners, balance, problems })
}

fn owned(
    ingest: &mut Ingest<'_>,
    fields: &Fields<'_>,
    seen: &mut HashSet<Idu>,
) -> (Option<OwnedParcel>, Fate) {
    let idu = match idu_of(fields, &ingest.piece().shown) {
        Ok(Some(idu)) => idu,
        Ok(None) => {
            ingest.problem(ProblemCode::IdMissing, String::new());
            return (None, Fate::Rejected);
        }
        Err(text) => {
            ingest.problem_of(ProblemCode::IdMalformed, "", &text, &[]);
            return (None, Fate::Rejected);
        }
    };
    ingest.feature = Some(idu.to_string());
    ingest.commune = idu.commune();
    if !ingest.commune.is_some_and(|commune: CodeInsee| ingest.reach.has(commune)) {
        return (None, Fate::Outside);
    }
    if !seen.insert(idu) {
        ingest.problem(ProblemCode::IdDuplicate, idu.to_string());
        return (None, Fate::Rejected);
    }
    (Some(row_of(ingest, fields, idu)), Fate::Kept)
}

/// What a row says of its parcel's owner. A class that is no word of ours is told without its text: a column chosen by
/// mistake may hold names.
fn row_of(ingest: &mut Ingest<'_>, fields: &Fields<'_>, idu: Idu) -> OwnedParcel {
    let word = fields.code(CLASS, 0);
    let class = word.as_deref().and_then(owner_class_of);
    if word.is_some() && class.is_none() {
        ingest.problem(ProblemCode::UnknownWord, CLASS.to_owned());
    }
    OwnedParcel { idu, class, key: fields.code(KEY, 0) }
}

/// What the rows of a layer of parcels say of owners, while files are read side by side.
#[derive(Default)]
pub(super) struct Noted(Mutex<Vec<(usize, u64, OwnedParcel)>>);

impl Noted {
    /// Whether the configuration names a column about owners.
    pub(super) fn is_asked(source: &Source<'_>) -> bool {
        [CLASS, KEY].iter().any(|name| source.layer.columns.contains_key(*name))
    }

    /// Notes the row at hand.
    pub(super) fn note(&self, ingest: &mut Ingest<'_>, fields: &Fields<'_>, idu: Idu) {
        let row = row_of(ingest, fields, idu);
        let entry = (ingest.file_number, ingest.row, row);
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(entry);
    }

    /// The owners noted, in the order of files and rows.
    pub(super) fn into_owners(self, provenance: Provenance) -> Owners {
        let mut rows = self.0.into_inner().unwrap_or_else(PoisonError::into_inner);
        rows.sort_by_key(|(file, row, _)| (*file, *row));
        Owners::new(rows.into_iter().map(|(_, _, row)| row).collect(), provenance)
    }
}
