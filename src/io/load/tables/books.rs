//! The reading of a table's files, and its books: every row is counted once, with its problem if it has one.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use super::TableResult;
use crate::domain::Areas;
use crate::domain::Balance;
use crate::domain::CodeInsee;
use crate::domain::CommuneTable;
use crate::domain::Fate;
use crate::domain::Place;
use crate::domain::Problem;
use crate::domain::ProblemCode;
use crate::domain::Territory;
use crate::domain::Value;
use crate::io::load::LoadError;
use crate::io::load::fields::Fields;
use crate::io::load::ingest::Ingest;
use crate::io::load::pieces::Pieces;
use crate::io::load::reach::Reach;
use crate::io::load::source::Source;
use crate::io::problem_words;
use crate::io::schema::Schema;
use crate::words::Told;

/// Longest part of a malformed code that is told: a footnote in the column of codes is no code.
const TOLD_CHARACTERS: usize = 40;

/// A file being read.
pub(super) struct OpenFile {
    /// Position among the files of the table.
    pub(super) number: usize,
    /// Path as messages show it.
    pub(super) shown: String,
    /// Our names of the columns that the file has, with the year its own names carry.
    pub(super) columns: Vec<(String, Option<u16>)>,
}

impl OpenFile {
    /// Whether the file has a column, by our name.
    pub(super) fn has(&self, ours: &str) -> bool {
        self.columns.iter().any(|(name, _)| name == ours)
    }
}

/// Where a row belongs.
pub(super) enum Belongs {
    /// To a commune of the territory.
    Inside(CodeInsee),
    /// To another commune.
    Outside(CodeInsee),
    /// To none: its code is malformed.
    Nowhere(String),
}

/// What was read so far.
pub(super) struct Books<'a> {
    source: &'a Source<'a>,
    territory: Option<&'a Territory>,
    balance: Balance,
    problems: Vec<(usize, Problem)>,
    schemas: BTreeSet<(&'static str, &'static str, &'static str)>,
    n_files: usize,
    found: Pieces,
    /// The row at hand, from 1.
    row: u64,
}

impl<'a> Books<'a> {
    /// `territory` is `None` for loose files: then every commune is ours.
    pub(super) fn new(
        source: &'a Source<'a>,
        territory: Option<&'a Territory>,
        found: Pieces,
    ) -> Self {
        Self {
            source,
            territory,
            balance: Balance::default(),
            problems: Vec::new(),
            schemas: BTreeSet::new(),
            n_files: 0,
            found,
            row: 0,
        }
    }

    /// Reads all files, in the order of their names. `opened` is told of each file, `take` of each of its rows: it
    /// counts the row, once.
    pub(super) fn read(
        &mut self,
        mut opened: impl FnMut(&OpenFile) -> Result<(), LoadError>,
        mut take: impl FnMut(&mut Self, &OpenFile, &Fields<'_>),
    ) -> Result<(), LoadError> {
        let source = self.source;
        let reach = Reach::unbounded();
        let found = std::mem::take(&mut self.found);
        for (number, piece) in found.pieces.iter().enumerate() {
            let plan = source.plan(piece)?;
            let columns = plan
                .names
                .iter()
                .zip(&plan.want.columns)
                .map(|(ours, theirs)| (ours.clone(), year_of(plan.schema, ours, theirs)))
                .collect();
            let file = OpenFile { number, shown: piece.shown.clone(), columns };
            opened(&file)?;
            self.n_files += 1;
            self.schemas.insert((plan.schema.id, plan.schema.source, plan.schema.licence));
            let mut ingest = Ingest::new(source, number, piece, &reach);
            ingest.read(&plan, |ingest, fields, _| {
                self.row = ingest.row;
                take(self, &file, fields);
            })?;
            self.problems.extend(ingest.problems.into_iter().map(|problem| (number, problem)));
        }
        Ok(())
    }

    /// Row number at hand, from 1.
    pub(super) fn row(&self) -> u64 {
        self.row
    }

    /// Where a code of five characters belongs; digits get their zeros back.
    pub(super) fn belongs(&self, code: Option<String>) -> Belongs {
        let code = code.unwrap_or_default();
        match code.parse::<CodeInsee>() {
            Ok(commune) if self.territory.is_none_or(|t| t.commune(commune).is_some()) => {
                Belongs::Inside(commune)
            }
            Ok(commune) => Belongs::Outside(commune),
            Err(_) => Belongs::Nowhere(code.chars().take(TOLD_CHARACTERS).collect()),
        }
    }

    /// Counts the row at hand as kept.
    pub(super) fn keep(&mut self, commune: CodeInsee) {
        self.balance.count(Some(commune), Fate::Kept, Areas::default());
    }

    /// Counts the row at hand as outside.
    pub(super) fn outside(&mut self) {
        self.balance.count(None, Fate::Outside, Areas::default());
    }

    /// Counts the row at hand as rejected, and says why. What a file says goes through [`repeated::told`].
    pub(super) fn reject(
        &mut self,
        file: &OpenFile,
        code: ProblemCode,
        value: Result<String, Told>,
        commune: Option<CodeInsee>,
    ) {
        self.problem(file, code, value, commune);
        self.balance.count(commune, Fate::Rejected, Areas::default());
    }

    /// Notes a problem of the row at hand. What a file says goes through [`repeated::told`].
    pub(super) fn problem(
        &mut self,
        file: &OpenFile,
        code: ProblemCode,
        value: Result<String, Told>,
        commune: Option<CodeInsee>,
    ) {
        let row = self.row;
        self.problem_at(file.number, &file.shown, row, code, value, commune);
    }

    /// Notes a problem of a row read before.
    pub(super) fn problem_at(
        &mut self,
        file_number: usize,
        file: &str,
        row: u64,
        code: ProblemCode,
        value: Result<String, Told>,
        commune: Option<CodeInsee>,
    ) {
        let (value, detail) = match value {
            Ok(value) => (value, None),
            Err(withheld) => (String::new(), Some(withheld)),
        };
        let problem = Problem {
            layer: self.source.key.to_owned(),
            file: file.to_owned(),
            row: Some(row),
            feature: None,
            code,
            value,
            detail,
            place: Place { at: None, commune },
        };
        self.problems.push((file_number, problem));
    }

    /// Closes the books.
    pub(super) fn finish(
        mut self,
        columns: Vec<String>,
        rows: BTreeMap<CodeInsee, Vec<Value<'static>>>,
        vintages: BTreeMap<String, String>,
    ) -> Result<TableResult, LoadError> {
        self.problems.sort_by_key(|(file, problem)| (*file, problem.row));
        let mut problems: Vec<Problem> =
            self.problems.into_iter().map(|(_, problem)| problem).collect();
        let total = self.balance.total;
        if !self.source.lenient && total.rejected > 0 && total.rejected == total.read {
            return Err(LoadError::NothingUsable {
                layer: self.source.key.to_owned(),
                read: total.read,
                first: problems
                    .first()
                    .map_or_else(|| Told::new("problem.none-told"), problem_words::told),
            });
        }
        let communes = self.territory.map(|territory| &territory.communes.entities[..]);
        for commune in communes.unwrap_or_default() {
            if !rows.contains_key(&commune.insee) {
                problems.push(Problem {
                    layer: self.source.key.to_owned(),
                    file: String::new(),
                    row: None,
                    feature: None,
                    code: ProblemCode::CommuneWithoutRow,
                    value: commune.name.clone(),
                    detail: None,
                    place: Place { at: None, commune: Some(commune.insee) },
                });
            }
        }
        let provenance = self.source.provenance(&self.schemas, self.n_files);
        let table = CommuneTable { columns, rows, vintages, provenance, ..CommuneTable::default() };
        Ok(TableResult { table, balance: self.balance, problems, flows: Vec::new() })
    }
}

/// The year that the file's own name of a column carries.
fn year_of(schema: &Schema, ours: &str, theirs: &[String]) -> Option<u16> {
    let column = schema.columns.iter().find(|column| column.ours == ours)?;
    column.year_of(theirs.first()?)
}
