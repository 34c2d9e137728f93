//! Tables with one row per commune.

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::ops::ControlFlow;

use super::LoadError;
use super::ingest::Fields;
use super::layer::Source;
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
use crate::io::read;
use crate::io::schema::SCHEMAS;
use crate::io::schema::words;

/// A table as read.
pub(super) struct TableResult {
    pub(super) table: CommuneTable,
    pub(super) balance: Balance,
    pub(super) problems: Vec<Problem>,
}

/// Bounds of a count under statistical secrecy: LOVAC's `s` is 1 to 10, never 0.
const SECRET: (f64, f64) = (1.0, 10.0);

/// Reads the files of a table, in the order of their names; a later file fills what earlier ones leave empty.
pub(super) fn load(source: &Source<'_>, territory: &Territory) -> Result<TableResult, LoadError> {
    let columns = columns_of(source);
    let found = source.pieces()?;
    let n_pieces = found.pieces.len();
    let mut rows: BTreeMap<CodeInsee, Vec<Value<'static>>> = BTreeMap::new();
    let mut balance = Balance::default();
    let mut problems = found.problems;
    let mut schemas = BTreeSet::new();
    for piece in &found.pieces {
        let file = piece.shown.clone();
        let plan = source.plan(piece)?;
        schemas.insert((plan.schema.id, plan.schema.source, plan.schema.licence));
        let facts = read::read(&piece.path, &plan.want, &mut |row| {
            let fields = Fields::new(&plan.names, &row.cells);
            let mut note = |code, value, commune| {
                problems.push(Problem {
                    layer: source.key.to_owned(),
                    file: file.clone(),
                    row: Some(row.number),
                    feature: None,
                    code,
                    value,
                    detail: None,
                    place: Place { at: None, commune },
                });
            };
            let code = fields.code("commune", 5).unwrap_or_default();
            let Ok(commune) = code.parse::<CodeInsee>() else {
                note(ProblemCode::IdMalformed, code, None);
                balance.count(None, Fate::Rejected, Areas::default());
                return ControlFlow::Continue(());
            };
            if territory.commune(commune).is_none() {
                balance.count(None, Fate::Outside, Areas::default());
                return ControlFlow::Continue(());
            }
            let row = rows.entry(commune).or_insert_with(|| vec![Value::Missing; columns.len()]);
            for (at, column) in columns.iter().enumerate() {
                if row[at] != Value::Missing {
                    continue;
                }
                row[at] = figure(&fields, column).unwrap_or_else(|text| {
                    note(ProblemCode::NumberMalformed, format!("{column}: {text}"), Some(commune));
                    Value::Missing
                });
            }
            balance.count(Some(commune), Fate::Kept, Areas::default());
            ControlFlow::Continue(())
        })
        .map_err(|source_error| LoadError::Read {
            layer: source.key.to_owned(),
            source: source_error,
        })?;
        if facts.rows_read == 0 {
            return Err(LoadError::Empty { layer: source.key.to_owned(), file });
        }
    }
    derive(&columns, &mut rows);
    for commune in &territory.communes.entities {
        if !rows.contains_key(&commune.insee) {
            problems.push(Problem {
                layer: source.key.to_owned(),
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
    let provenance = source.provenance(&schemas, n_pieces);
    Ok(TableResult { table: CommuneTable { columns, rows, provenance }, balance, problems })
}

/// Our names of the columns, over all schemas of the table.
fn columns_of(source: &Source<'_>) -> Vec<String> {
    let mut names: BTreeSet<String> = source.layer.columns.keys().cloned().collect();
    let schemas = SCHEMAS.iter().filter(|schema| schema.layer == source.key);
    names.extend(schemas.flat_map(|schema| schema.columns).map(|column| column.ours.to_owned()));
    names.remove("commune");
    names.into_iter().collect()
}

/// One figure: a number, an interval under secrecy, or nothing.
fn figure(fields: &Fields<'_>, column: &str) -> Result<Value<'static>, String> {
    if fields.text(column).is_some_and(|text| words::plain(text) == "s") {
        return Ok(Value::Between { low: SECRET.0, high: SECRET.1 });
    }
    fields.number(column).map(Value::number)
}

/// Fills dwellings vacant for two years from a published share, where the count itself is not given.
fn derive(columns: &[String], rows: &mut BTreeMap<CodeInsee, Vec<Value<'static>>>) {
    let at = |name: &str| columns.iter().position(|column| column == name);
    let (Some(count), Some(percent), Some(stock)) =
        (at("vacant_2y"), at("vacant_2y_percent"), at("private_dwellings"))
    else {
        return;
    };
    for row in rows.values_mut() {
        if let (Value::Missing, Value::Number(percent), Value::Number(stock)) =
            (&row[count], &row[percent], &row[stock])
        {
            // The share is rounded to 0.1 %: the count lies within half of that.
            let bound = |percent: f64| (stock * percent.max(0.0) / 100.0).round();
            row[count] = Value::Between { low: bound(percent - 0.05), high: bound(percent + 0.05) };
        }
    }
}
