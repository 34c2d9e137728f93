//! Dwellings authorised and started: many rows per commune, one for each year and kind of dwelling.

use super::TableResult;
use super::books::Belongs;
use super::books::Books;
use super::books::OpenFile;
use super::figure;
use crate::domain::CodeInsee;
use crate::domain::PermitFigures;
use crate::domain::PermitKind;
use crate::domain::Permits;
use crate::domain::ProblemCode;
use crate::domain::Territory;
use crate::io::load::LoadError;
use crate::io::load::fields::Fields;
use crate::io::load::pieces::Pieces;
use crate::io::load::source::Source;
use crate::io::schema::PERMIT_WORDS;
use crate::io::schema::permit_kind_of;
use crate::io::schema::repeated;
use crate::words::Told;

/// Reads the files of the permits table.
pub(super) fn load(
    source: &Source<'_>,
    territory: Option<&Territory>,
    found: Pieces,
) -> Result<TableResult, LoadError> {
    let mut permits = Permits::default();
    let mut books = Books::new(source, territory, found);
    books.read(
        |_| Ok(()),
        |books, file, fields| {
            let commune = match books.belongs(fields.code("commune", 5)) {
                Belongs::Inside(commune) => commune,
                Belongs::Outside(_) => return books.outside(),
                Belongs::Nowhere(code) => {
                    let code = repeated::told("", &code, &[]);
                    return books.reject(file, ProblemCode::IdMalformed, code, None);
                }
            };
            let (year, kind) = match year_and_kind(file, fields) {
                Ok(both) => both,
                Err((code, value)) => return books.reject(file, code, value, Some(commune)),
            };
            let figures = figures(books, file, fields, commune);
            if permits.add(commune, year, kind, figures) {
                books.keep(commune);
            } else {
                let value = Ok(format!("{commune}, {year}"));
                books.reject(file, ProblemCode::RowDuplicate, value, Some(commune));
            }
        },
    )?;
    let rows = permits.figures();
    books.finish(Permits::columns(), rows, permits.vintages())
}

/// What the row is about. A file without a column of kinds holds totals.
fn year_and_kind(
    file: &OpenFile,
    fields: &Fields<'_>,
) -> Result<(u16, PermitKind), (ProblemCode, Result<String, Told>)> {
    let malformed =
        |text: String| (ProblemCode::NumberMalformed, repeated::told("year", &text, &[]));
    let year = fields.number("year").map_err(malformed)?.unwrap_or_default();
    if !(1900.0..2200.0).contains(&year) || year.fract() != 0.0 {
        return Err(malformed(year.to_string()));
    }
    let kind = if file.has("kind") {
        let word = fields.text("kind").unwrap_or_default();
        permit_kind_of(word)
            .ok_or_else(|| (ProblemCode::UnknownWord, repeated::told("", word, PERMIT_WORDS)))?
    } else {
        PermitKind::All
    };
    Ok((year as u16, kind))
}

fn figures(
    books: &mut Books<'_>,
    file: &OpenFile,
    fields: &Fields<'_>,
    commune: CodeInsee,
) -> PermitFigures {
    let mut read = |column: &str| {
        figure::number(fields, column).unwrap_or_else(|text| {
            let value = repeated::told(column, &text, &[]);
            books.problem(file, ProblemCode::NumberMalformed, value, Some(commune));
            None
        })
    };
    PermitFigures {
        authorised: read("authorised"),
        started: read("started"),
        authorised_m2: read("authorised_m2"),
        started_m2: read("started_m2"),
    }
}
