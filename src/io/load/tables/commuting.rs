//! Flows between home and work: one row per pair of communes.

use std::collections::BTreeMap;

use super::TableResult;
use super::books::Belongs;
use super::books::Books;
use super::figure;
use crate::domain::Commuting;
use crate::domain::FlowEnd;
use crate::domain::ProblemCode;
use crate::domain::Territory;
use crate::io::load::LoadError;
use crate::io::load::pieces::Pieces;
use crate::io::load::source::Source;
use crate::io::schema::repeated;

/// Reads the files of the commuting table. Of files of several censuses the latest counts.
pub(super) fn load(
    source: &Source<'_>,
    territory: Option<&Territory>,
    found: Pieces,
) -> Result<TableResult, LoadError> {
    let mut censuses: BTreeMap<Option<u16>, Commuting> = BTreeMap::new();
    let mut books = Books::new(source, territory, found);
    books.read(
        |_| Ok(()),
        |books, file, fields| {
            let end = |belongs: Belongs| match belongs {
                Belongs::Inside(commune) => Ok(FlowEnd::Inside(commune)),
                Belongs::Outside(_) => Ok(FlowEnd::Outside),
                Belongs::Nowhere(code) => Err(code),
            };
            // Places abroad have codes that are no commune's; a home has to be one.
            let work = end(books.belongs(fields.code("workplace", 5))).unwrap_or(FlowEnd::Outside);
            let home = match end(books.belongs(fields.code("commune", 5))) {
                Ok(home) => home,
                Err(code) => {
                    let code = repeated::told("", &code, &[]);
                    return books.reject(file, ProblemCode::IdMalformed, code, None);
                }
            };
            let commune = match (home, work) {
                (FlowEnd::Inside(commune), _) | (_, FlowEnd::Inside(commune)) => commune,
                (FlowEnd::Outside, FlowEnd::Outside) => return books.outside(),
            };
            let people = figure::number(fields, "people").unwrap_or_else(|text| {
                let value = repeated::told("people", &text, &[]);
                books.problem(file, ProblemCode::NumberMalformed, value, Some(commune));
                None
            });
            let year = file.columns.iter().find(|(name, _)| name == "people");
            let census = censuses.entry(year.and_then(|(_, year)| *year)).or_default();
            if census.add(home, work, people) {
                books.keep(commune);
            } else {
                let value = fields.text("workplace").unwrap_or_default();
                let value = format!("{commune} → {value}");
                books.reject(file, ProblemCode::RowDuplicate, Ok(value), Some(commune));
            }
        },
    )?;
    let (year, flows) = censuses.pop_last().unwrap_or_default();
    let columns: Vec<String> = Commuting::COLUMNS.iter().map(|&name| name.to_owned()).collect();
    let vintages = year
        .map(|year| columns.iter().map(|column| (column.clone(), year.to_string())).collect())
        .unwrap_or_default();
    let mut result = books.finish(columns, flows.figures(), vintages)?;
    let communes = territory.map(|territory| &territory.communes.entities[..]).unwrap_or_default();
    let epcis = communes.iter().filter_map(|commune| Some((commune.insee, commune.epci?)));
    result.table.epcis = flows.figures_of(epcis);
    result.flows = flows.inside();
    Ok(result)
}
