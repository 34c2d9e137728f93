//! The errors of a table of jobs as sentences of the catalogue.

use super::JobsError;
use super::MOST;
use crate::words::Tell;
use crate::words::Told;

impl Tell for JobsError {
    fn told(&self) -> Told {
        match self {
            Self::Read(source) => source.told(),
            Self::Tables { file, n } => {
                Told::new("error_jobs.tables").with("file", file).with("n", n)
            }
            Self::NoColumn { file, column, present } => Told::new("error_jobs.no-column")
                .with("file", file)
                .with("column", column)
                .with_told("present", present.clone()),
            Self::NoSite { file, row } => {
                Told::new("error_jobs.no-site").with("file", file).with("row", row)
            }
            Self::Number { file, row, column, value } => Told::new("error_jobs.number")
                .with("file", file)
                .with("row", row)
                .with("column", column)
                .with("most", MOST)
                .with_told("value", value.clone()),
            Self::Rows { file, n, most } => {
                Told::new("error_jobs.rows").with("file", file).with("n", n).with("most", most)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::assert_told;

    #[test]
    fn every_error_is_told() {
        let file = || "emplois.csv".to_owned();
        assert_told(
            "error_jobs",
            &[
                JobsError::Tables { file: file(), n: 2 },
                JobsError::NoColumn {
                    file: file(),
                    column: "at",
                    present: Told::new("titles.list").with("list", "x"),
                },
                JobsError::NoSite { file: file(), row: 3 },
                JobsError::Number {
                    file: file(),
                    row: 3,
                    column: "jobs",
                    value: Told::new("titles.list").with("list", "-4"),
                },
                JobsError::Rows { file: file(), n: 0, most: 1_000 },
            ],
        );
    }
}
