//! A table of jobs per site: what `gisement housing --add` reads.

mod told;

use std::ops::ControlFlow;
use std::path::Path;

use crate::io::read;
use crate::io::read::Cell;
use crate::io::read::GeometryFrom;
use crate::io::read::ReadError;
use crate::io::read::Want;
use crate::io::schema::SITE_JOBS;
use crate::io::schema::repeated;
use crate::io::schema::titles::titles;
use crate::words::Told;

/// Sites in one table, at most: each is a search over the road network.
const MOST_SITES: usize = 1_000;

/// Jobs or hectares of one site, at most: beyond, it is a slip of the hand.
pub const MOST: f64 = 1_000_000.0;

/// One row: a site, and the jobs it brings or the land they would stand on.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct SiteJobs {
    /// Row in the file, from 1.
    pub row: u64,
    /// Identifier of the site, or `lon,lat`.
    pub at: String,
    /// Jobs announced.
    pub jobs: Option<f64>,
    /// Code of an activity of the rules.
    pub activity: Option<String>,
    /// Hectares that the jobs would stand on.
    pub hectares: Option<f64>,
}

/// A table of jobs that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum JobsError {
    /// The file cannot be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// It holds several tables or none.
    #[error("{file}: {n} tables; give a file with one")]
    Tables {
        /// The file.
        file: String,
        /// How many it holds.
        n: usize,
    },
    /// A column is missing.
    #[error(
        "{file}: no column `{column}`; a table of jobs has at, jobs, activity, hectares (present: {present})"
    )]
    NoColumn {
        /// The file.
        file: String,
        /// The column.
        column: &'static str,
        /// Those that are there, as far as they may be told.
        present: Told,
    },
    /// A row without a site.
    #[error("{file}, row {row}: no site; give an identifier or lon,lat in the column `at`")]
    NoSite {
        /// The file.
        file: String,
        /// The row.
        row: u64,
    },
    /// A number that is none, or not above zero.
    #[error(
        "{file}, row {row}: {column} = {value}; give a number above 0 and at most {MOST}, or leave it empty"
    )]
    Number {
        /// The file.
        file: String,
        /// The row.
        row: u64,
        /// The column.
        column: &'static str,
        /// What stands there, as far as it may be told.
        value: Told,
    },
    /// Nothing to answer.
    #[error("{file}: {n} rows; give 1 to {most}")]
    Rows {
        /// The file.
        file: String,
        /// Rows there are.
        n: usize,
        /// Most that are read.
        most: usize,
    },
}

/// Reads a table of jobs: text with any usual separator, or a sheet.
///
/// # Errors
/// See [`JobsError`].
pub fn read(path: &Path) -> Result<Vec<SiteJobs>, JobsError> {
    let file = path.display().to_string();
    let headers = read::probe(path)?;
    let [header] = &headers[..] else { return Err(JobsError::Tables { file, n: headers.len() }) };
    let found = SITE_JOBS.each_ref().map(|column| column.find(&header.columns));
    if found[0].is_none() || found[1].is_none() && found[3].is_none() {
        let column = if found[0].is_none() { "at" } else { "jobs" };
        return Err(JobsError::NoColumn { file, column, present: titles(&header.columns, column) });
    }
    let columns = found.iter().flatten().map(|name| vec![(*name).to_owned()]).collect();
    let want = Want {
        columns,
        layer: Some(header.name.clone()),
        geometry: GeometryFrom::None,
        ..Want::default()
    };
    let (mut rows, mut failure, mut n) = (Vec::new(), None, 0_usize);
    read::read(path, &want, &mut |row| {
        n += 1;
        let mut cells = row.cells.into_iter();
        let cells = found.each_ref().map(|name| match name {
            Some(_) => cells.next().unwrap_or(Cell::Missing),
            None => Cell::Missing,
        });
        match site(&file, row.number, &cells) {
            Ok(site) if n <= MOST_SITES => rows.extend(site),
            Ok(_) => {}
            Err(error) => {
                failure = Some(error);
                return ControlFlow::Break(());
            }
        }
        ControlFlow::Continue(())
    })?;
    match failure {
        Some(error) => Err(error),
        None if rows.is_empty() || n > MOST_SITES => {
            Err(JobsError::Rows { file, n, most: MOST_SITES })
        }
        None => Ok(rows),
    }
}

/// One row; `None` for one that is empty.
fn site(file: &str, row: u64, cells: &[Cell; 4]) -> Result<Option<SiteJobs>, JobsError> {
    let [at, jobs, activity, hectares] = cells;
    if cells.iter().all(|cell| text(cell).is_none()) {
        return Ok(None);
    }
    let number = |column, cell: &Cell| -> Result<Option<f64>, JobsError> {
        let Some(said) = text(cell) else { return Ok(None) };
        let number = match cell {
            Cell::Number(number) => Some(*number),
            _ => crate::io::schema::words::number(&said),
        };
        match number.filter(|number| *number > 0.0 && *number <= MOST) {
            Some(number) => Ok(Some(number)),
            None => {
                let value = repeated::told("", &said, &[]).map_or_else(
                    |withheld| withheld,
                    |text| Told::new("titles.list").with("list", text),
                );
                Err(JobsError::Number { file: file.to_owned(), row, column, value })
            }
        }
    };
    let at = text(at).ok_or_else(|| JobsError::NoSite { file: file.to_owned(), row })?;
    Ok(Some(SiteJobs {
        row,
        at,
        jobs: number("jobs", jobs)?,
        activity: text(activity),
        hectares: number("hectares", hectares)?,
    }))
}

fn text(cell: &Cell) -> Option<String> {
    match cell {
        Cell::Missing => None,
        Cell::Text(text) => Some(text.trim().to_owned()).filter(|text| !text.is_empty()),
        Cell::Number(number) => Some(number.to_string()),
        Cell::Flag(flag) => Some(flag.to_string()),
    }
}
