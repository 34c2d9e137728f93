//! Tables with one row per commune: LOVAC, RPLS, census, jobs, rents, zonage ABC.
//!
//! Several files of one table complete each other: for each figure the latest year that has one wins, and where years
//! are not said, the first file.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use super::TableResult;
use super::books::Belongs;
use super::books::Books;
use super::books::OpenFile;
use super::figure;
use crate::domain::CodeInsee;
use crate::domain::LayerKey;
use crate::domain::ProblemCode;
use crate::domain::Sales;
use crate::domain::Territory;
use crate::domain::Value;
use crate::io::load::LoadError;
use crate::io::load::fields::Fields;
use crate::io::load::pieces::Pieces;
use crate::io::load::source::Source;
use crate::io::schema::RENT_KINDS;
use crate::io::schema::RENT_WORDS;
use crate::io::schema::SCHEMAS;
use crate::io::schema::housing_zone_of;
use crate::io::schema::is_of_one_rent_kind;
use crate::io::schema::rent_kind_of;
use crate::io::schema::rent_level_of;
use crate::io::schema::repeated;

/// Columns that say what a row is about, and are no figures.
const KEYS: [&str; 2] = ["commune", "kind"];

/// A figure and the year it is of.
#[derive(Debug, Clone)]
struct Dated {
    value: Value<'static>,
    year: Option<u16>,
}

/// Reads a table with one row per commune.
pub(super) fn load(
    source: &Source<'_>,
    territory: Option<&Territory>,
    found: Pieces,
) -> Result<TableResult, LoadError> {
    let is_rents = source.key == LayerKey::RENTS;
    let secret = (source.key == LayerKey::VACANCY).then_some(figure::LOVAC_SECRET);
    let columns = columns_of(source, is_rents);
    let place = |name: &str| columns.iter().position(|column| column == name);
    let mut rows: BTreeMap<CodeInsee, Vec<Dated>> = BTreeMap::new();
    let mut seen: BTreeSet<(usize, CodeInsee, &'static str)> = BTreeSet::new();
    let mut books = Books::new(source, territory, found);
    books.read(
        |file| check_kind(source, file, is_rents),
        |books, file, fields| {
            let commune = match books.belongs(fields.code("commune", 5)) {
                Belongs::Inside(commune) => commune,
                Belongs::Outside(_) => return books.outside(),
                Belongs::Nowhere(code) => {
                    let code = repeated::told("", &code, &[]);
                    return books.reject(file, ProblemCode::IdMalformed, code, None);
                }
            };
            let kind = match kind_of(file, fields, is_rents) {
                Ok(kind) => kind,
                Err(word) => {
                    let word = repeated::told("", &word, RENT_WORDS);
                    return books.reject(file, ProblemCode::UnknownWord, word, Some(commune));
                }
            };
            if !seen.insert((file.number, commune, kind)) {
                let value = Ok(commune.to_string());
                return books.reject(file, ProblemCode::RowDuplicate, value, Some(commune));
            }
            let empty = Dated { value: Value::Missing, year: None };
            let row = rows.entry(commune).or_insert_with(|| vec![empty; columns.len()]);
            for (name, year) in &file.columns {
                let Some(cell) = place(&named(kind, name)).and_then(|at| row.get_mut(at)) else {
                    continue;
                };
                let value = match read_value(fields, name, secret) {
                    Ok(value) => value,
                    Err((code, text)) => {
                        let value = repeated::told(name, &text, RENT_WORDS);
                        books.problem(file, code, value, Some(commune));
                        Value::Missing
                    }
                };
                let is_better = cell.value == Value::Missing || *year > cell.year;
                if value != Value::Missing && is_better {
                    *cell = Dated { value, year: *year };
                }
            }
            books.keep(commune);
        },
    )?;
    let vintages = vintages(&columns, &rows);
    let mut rows: BTreeMap<CodeInsee, Vec<Value<'static>>> = rows
        .into_iter()
        .map(|(commune, row)| (commune, row.into_iter().map(|dated| dated.value).collect()))
        .collect();
    derive(&columns, &mut rows);
    books.finish(columns, rows, vintages)
}

/// Our names of the columns, over all schemas of the table.
fn columns_of(source: &Source<'_>, is_rents: bool) -> Vec<String> {
    let configured = source.layer.columns.keys().map(String::as_str);
    let schemas = SCHEMAS.iter().filter(|schema| schema.layer == source.key);
    let names: BTreeSet<&str> = configured
        .chain(schemas.flat_map(|schema| schema.columns).map(|column| column.ours))
        .filter(|name| !KEYS.contains(name))
        .collect();
    if is_rents {
        let plain = || names.iter().filter(|name| !is_of_one_rent_kind(name));
        let of_kind =
            |kind: &&'static str| plain().map(|name| named(kind, name)).collect::<Vec<_>>();
        return RENT_KINDS.iter().flat_map(of_kind).collect();
    }
    if source.key == LayerKey::SALES {
        // Columns of deeds are no figures of communes.
        return Sales::COLUMNS.iter().map(|&name| name.to_owned()).collect();
    }
    names.into_iter().map(str::to_owned).collect()
}

/// The name of a column: rents have one for each kind of dwelling.
fn named(kind: &str, name: &str) -> String {
    if kind.is_empty() { name.to_owned() } else { format!("{kind}_{name}") }
}

/// Refuses a file of rents that does not say which dwellings they are of.
fn check_kind(source: &Source<'_>, file: &OpenFile, is_rents: bool) -> Result<(), LoadError> {
    if is_rents && !file.has("kind") && !says_kinds(file) && rent_kind_of(file_name(file)).is_none()
    {
        return Err(LoadError::RentKind { layer: source.key.to_owned(), file: file.shown.clone() });
    }
    Ok(())
}

/// Whether the columns of a file of rents say which dwellings they are of.
fn says_kinds(file: &OpenFile) -> bool {
    file.columns.iter().any(|(name, _)| is_of_one_rent_kind(name))
}

/// The kind of dwelling of a row; `""` in tables that have no kinds.
fn kind_of(file: &OpenFile, fields: &Fields<'_>, is_rents: bool) -> Result<&'static str, String> {
    if !is_rents || says_kinds(file) {
        return Ok("");
    }
    match fields.text("kind") {
        Some(word) => rent_kind_of(word).ok_or_else(|| word.to_owned()),
        None => rent_kind_of(file_name(file)).ok_or_else(String::new),
    }
}

/// The name without its folders: a folder of a user's own says nothing about what is in it.
fn file_name(file: &OpenFile) -> &str {
    file.shown.rsplit('/').next().unwrap_or(&file.shown)
}

fn read_value(
    fields: &Fields<'_>,
    name: &str,
    secret: Option<(f64, f64)>,
) -> Result<Value<'static>, (ProblemCode, String)> {
    if name == "rent_level" {
        let Some(word) = fields.text(name) else { return Ok(Value::Missing) };
        let level = rent_level_of(word).map(|level| Value::Text(level.into()));
        return level.ok_or_else(|| (ProblemCode::UnknownWord, word.to_owned()));
    }
    if name == "abc" {
        let Some(word) = fields.text(name) else { return Ok(Value::Missing) };
        let zone = housing_zone_of(word).map(|zone| Value::Text(zone.into()));
        return zone.ok_or_else(|| (ProblemCode::UnknownWord, word.to_owned()));
    }
    figure::figure(fields, name, secret).map_err(|text| (ProblemCode::NumberMalformed, text))
}

/// The years that the figures of each column are of.
fn vintages(
    columns: &[String],
    rows: &BTreeMap<CodeInsee, Vec<Dated>>,
) -> BTreeMap<String, String> {
    let years = |at: usize| {
        rows.values()
            .filter_map(move |row| row.get(at))
            .filter(|dated| dated.value != Value::Missing)
            .filter_map(|dated| dated.year)
    };
    let told = |(at, column): (usize, &String)| {
        let (first, last) = (years(at).min()?, years(at).max()?);
        let span = if first < last { format!("{first}-{last}") } else { last.to_string() };
        Some((column.clone(), span))
    };
    columns.iter().enumerate().filter_map(told).collect()
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
