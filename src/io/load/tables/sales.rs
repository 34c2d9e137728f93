//! Sales of dwellings, building land and industrial premises: many rows per deed, gathered by deed before anything is counted.
//!
//! geo-dvf names the deed in every row. The DGFiP's own file does not, unless its reference of the document is filled
//! in: else rows in a run with the same date, nature and price are one deed, as they stand together.
//! A deed is known to span several communes by the rows given: files of communes alone do not show a neighbour's.

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::hash::DefaultHasher;
use std::hash::Hash;
use std::hash::Hasher;

use super::TableResult;
use super::books::Belongs;
use super::books::Books;
use super::books::OpenFile;
use super::figure;
use crate::domain::Building;
use crate::domain::CodeInsee;
use crate::domain::Deed;
use crate::domain::DeedRow;
use crate::domain::ProblemCode;
use crate::domain::Sales;
use crate::domain::SetAside;
use crate::domain::Siren;
use crate::domain::Territory;
use crate::io::load::LoadError;
use crate::io::load::fields::Fields;
use crate::io::load::pieces::Pieces;
use crate::io::load::source::Source;
use crate::io::schema::is_building_land;
use crate::io::schema::is_land_sale;
use crate::io::schema::is_market_sale;
use crate::io::schema::premises_of;
use crate::io::schema::repeated;

/// The communes among `communes` that belong to an EPCI, with it.
fn of_epcis(
    territory: Option<&Territory>,
    communes: &BTreeSet<CodeInsee>,
) -> impl Iterator<Item = (CodeInsee, Siren)> {
    communes.iter().filter_map(move |code| Some((*code, territory?.commune(*code)?.epci?)))
}

/// Where the first row of a deed stands.
#[derive(Debug, Clone)]
struct FirstRow {
    file_number: usize,
    file: String,
    row: u64,
    commune: CodeInsee,
    /// How the producer names the deed, where it does.
    name: Option<String>,
}

/// Reads the files of the sales table.
pub(super) fn load(
    source: &Source<'_>,
    territory: Option<&Territory>,
    found: Pieces,
) -> Result<TableResult, LoadError> {
    let mut gathering = Gathering::default();
    let mut books = Books::new(source, territory, found);
    books.read(
        |_| Ok(()),
        |books, file, fields| {
            let belongs = books.belongs(commune_code(fields));
            let (commune, inside) = match belongs {
                Belongs::Inside(commune) => (commune, true),
                Belongs::Outside(commune) => (commune, false),
                Belongs::Nowhere(code) => {
                    let code = repeated::told("", &code, &[]);
                    return books.reject(file, ProblemCode::IdMalformed, code, None);
                }
            };
            let name = deed_name(fields);
            if inside
                && let Some(name) = &name
                && gathering.is_of_another_file(name, commune, file.number)
            {
                let name = repeated::told("", name, &[]);
                return books.reject(file, ProblemCode::RowDuplicate, name, Some(commune));
            }
            gathering.turn_to(&name, file, fields, books.row());
            let row = deed_row(books, file, fields, commune, inside);
            gathering.take(row, file, books.row(), name);
            if inside {
                books.keep(commune);
            } else {
                books.outside();
            }
        },
    )?;
    let Gathering { sales, first, communes, .. } = gathering.finished();
    for (id, deed, reason) in sales.set_aside() {
        let Some(first) = first.get(id) else { continue };
        let code = match reason {
            SetAside::OtherNature => ProblemCode::DeedOtherNature,
            SetAside::SeveralCommunes => ProblemCode::DeedSeveralCommunes,
            SetAside::Mixed => ProblemCode::DeedMixed,
            SetAside::SeveralPrices => ProblemCode::DeedSeveralPrices,
        };
        let value = if reason == SetAside::SeveralCommunes {
            Ok(deed.communes().map(|code| code.to_string()).collect::<Vec<_>>().join(", "))
        } else {
            repeated::told("", first.name.as_deref().unwrap_or_default(), &[])
        };
        let FirstRow { file_number, file, row, commune, .. } = first;
        books.problem_at(*file_number, file, *row, code, value, Some(*commune));
    }
    let columns: Vec<String> = Sales::COLUMNS.iter().map(|&name| name.to_owned()).collect();
    let vintages = match sales.years() {
        None => BTreeMap::new(),
        Some((first, last)) => {
            let span = if first < last { format!("{first}-{last}") } else { last.to_string() };
            columns.iter().map(|column| (column.clone(), span.clone())).collect()
        }
    };
    let rows = sales.figures(communes.iter().copied());
    let mut result = books.finish(columns, rows, vintages)?;
    result.table.epcis = sales.figures_of(of_epcis(territory, &communes));
    Ok(result)
}

/// Deeds as they come in.
#[derive(Default)]
struct Gathering {
    sales: Sales,
    first: BTreeMap<String, FirstRow>,
    /// Communes of the territory with a row.
    communes: BTreeSet<CodeInsee>,
    /// The file that gave the rows of a deed in a commune.
    file_of: BTreeMap<(u64, CodeInsee), usize>,
    /// Deeds met only outside so far, by hash: should one come in later, it spans several communes.
    only_outside: BTreeMap<u64, CodeInsee>,
    run: Option<Run>,
}

/// Rows of one deed that stand together.
struct Run {
    id: String,
    /// What its rows have in common, where the deed has no name.
    key: String,
    file_number: usize,
    deed: Deed,
    first: Option<FirstRow>,
    outside: Option<CodeInsee>,
}

impl Gathering {
    /// Whether another file gave rows of this deed in this commune: the same sales twice.
    fn is_of_another_file(&mut self, name: &str, commune: CodeInsee, file_number: usize) -> bool {
        *self.file_of.entry((hash_of(name), commune)).or_insert(file_number) != file_number
    }

    /// Begins a new run when the row belongs to another deed than the one before.
    fn turn_to(&mut self, name: &Option<String>, file: &OpenFile, fields: &Fields<'_>, row: u64) {
        let key = match name {
            Some(name) => name.clone(),
            None => ["date", "nature", "price"]
                .map(|column| fields.code(column, 0).unwrap_or_default())
                .join("|"),
        };
        let goes_on =
            self.run.as_ref().is_some_and(|run| run.key == key && run.file_number == file.number);
        if goes_on {
            return;
        }
        self.close_run();
        // A deed without name is known by its place; the byte 0x1f is in no name.
        let id = name.clone().unwrap_or_else(|| format!("\u{1f}{:06}\u{1f}{row:012}", file.number));
        self.run = Some(Run {
            id,
            key,
            file_number: file.number,
            deed: Deed::default(),
            first: None,
            outside: None,
        });
    }

    fn take(&mut self, row: DeedRow, file: &OpenFile, number: u64, name: Option<String>) {
        let Some(run) = &mut self.run else { return };
        if row.inside {
            self.communes.insert(row.commune);
            if run.first.is_none() {
                run.first = Some(FirstRow {
                    file_number: file.number,
                    file: file.shown.clone(),
                    row: number,
                    commune: row.commune,
                    name,
                });
            }
        } else {
            run.outside = Some(row.commune);
        }
        run.deed.add(row);
    }

    /// Files the run: under its deed when it touches the territory, else only its name is kept.
    fn close_run(&mut self) {
        let Some(mut run) = self.run.take() else { return };
        let hash = hash_of(&run.id);
        if !run.deed.touches_territory() && !self.sales.has(&run.id) {
            if let Some(commune) = run.outside {
                self.only_outside.insert(hash, commune);
            }
            return;
        }
        if let Some(commune) = self.only_outside.get(&hash) {
            run.deed.also_in(*commune);
        }
        if let Some(first) = run.first {
            self.first.entry(run.id.clone()).or_insert(first);
        }
        self.sales.add(&run.id, run.deed);
    }

    fn finished(mut self) -> Self {
        self.close_run();
        self
    }
}

/// The same number for the same name, in every run of the program.
fn hash_of(name: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    name.hash(&mut hasher);
    hasher.finish()
}

/// Code of the commune: as it stands, or put together from department and number (`82` and `121`, `974` and `11`).
fn commune_code(fields: &Fields<'_>) -> Option<String> {
    if let Some(code) = fields.code("commune", 5) {
        return Some(code);
    }
    let department = fields.code("department", 2)?;
    let number = fields.code("commune_number", 3)?;
    Some(format!("{}{number}", department.get(..2)?))
}

/// How the producer names the deed; `None` where it does not.
fn deed_name(fields: &Fields<'_>) -> Option<String> {
    fields.code("mutation", 0).or_else(|| {
        let document = fields.code("document", 0)?;
        Some(format!("{} {document}", fields.code("service", 0).unwrap_or_default()))
    })
}

fn deed_row(
    books: &mut Books<'_>,
    file: &OpenFile,
    fields: &Fields<'_>,
    commune: CodeInsee,
    inside: bool,
) -> DeedRow {
    let mut read = |column: &str| {
        figure::number(fields, column).unwrap_or_else(|text| {
            if inside {
                let value = repeated::told(column, &text, &[]);
                books.problem(file, ProblemCode::NumberMalformed, value, Some(commune));
            }
            None
        })
    };
    let price = read("price");
    let built_m2 = read("built_m2").filter(|area| *area > 0.0);
    let land_m2 = read("land_m2").filter(|area| *area > 0.0);
    let text = |column: &str| fields.code(column, 0).unwrap_or_default();
    let joined = |columns: &[&str]| columns.iter().map(|&c| text(c)).collect::<Vec<_>>().join(" ");
    let premises = fields.code("premises", 0);
    let building = premises.as_deref().and_then(premises_of).map(|premises| Building {
        premises,
        built_m2,
        id: fields.code("premises_id", 0),
    });
    if inside
        && building.is_none()
        && let Some(word) = premises
    {
        let word = repeated::told("", &word, &[]);
        books.problem(file, ProblemCode::UnknownWord, word, Some(commune));
    }
    let parcel = match fields.code("parcel", 0) {
        Some(parcel) => parcel,
        None => {
            format!("{commune} {}", joined(&["parcel_prefix", "parcel_section", "parcel_number"]))
        }
    };
    DeedRow {
        commune,
        inside,
        year: year_in(&text("date")),
        is_market_sale: is_market_sale(&text("nature")),
        is_land_sale: is_land_sale(&text("nature")),
        disposition: text("disposition"),
        price,
        parcel,
        land: joined(&["culture", "culture_special", "land_m2"]),
        is_building_land: is_building_land(&text("culture")),
        land_m2,
        building,
    }
}

/// The year of `2023-12-31` or `31/12/2023`.
fn year_in(date: &str) -> Option<u16> {
    let four = date.split(['-', '/', ' ', 'T']).find(|part| part.len() == 4)?;
    four.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_of_both_forms() {
        assert_eq!(year_in("2023-12-31"), Some(2023));
        assert_eq!(year_in("31/12/2023"), Some(2023));
        assert_eq!(year_in(""), None);
    }
}
