//! Limits on a database: a view is a program, and a cell may be as large as the file says.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;
use std::sync::atomic::Ordering;

use rusqlite::Connection;
use rusqlite::ErrorCode;
use rusqlite::limits::Limit;

use super::error::ReadError;
use super::want::Limits;

/// Instructions of SQLite's machine between two looks at the count.
const STEP: u64 = 1_000_000;
/// Most of them before the next row. A row of a table takes some tens; the R-tree's answer takes four for each row that
/// meets the box, so that this lets fifty million of them through.
const MOST_BETWEEN_ROWS: u64 = 200_000_000;

/// Watches the reading of one layer.
pub(super) struct Guard<'a> {
    path: &'a Path,
    since_row: Arc<AtomicU64>,
    cell_bytes: usize,
    /// Most rows: a row of a table takes a byte of the file at least.
    most_rows: u64,
}

impl<'a> Guard<'a> {
    /// Sets the limits of the connection.
    ///
    /// # Errors
    /// The file cannot be looked at, or SQLite refuses a limit.
    pub(super) fn set(
        path: &'a Path,
        database: &Connection,
        limits: Limits,
    ) -> Result<Self, ReadError> {
        let length = i32::try_from(limits.feature_bytes).unwrap_or(i32::MAX);
        database
            .set_limit(Limit::SQLITE_LIMIT_LENGTH, length)
            .map_err(|error| super::geopackage::broken(path, 0, &error.to_string()))?;
        let since_row = Arc::new(AtomicU64::new(0));
        let counted = Arc::clone(&since_row);
        let stop = move || counted.fetch_add(STEP, Ordering::Relaxed) >= MOST_BETWEEN_ROWS;
        database.progress_handler(i32::try_from(STEP).unwrap_or(i32::MAX), Some(stop));
        let most_rows =
            std::fs::metadata(path).map_err(|error| ReadError::from_io(path, error))?.len();
        Ok(Self { path, since_row, cell_bytes: limits.feature_bytes, most_rows })
    }

    /// A row has come, the so-many-th.
    ///
    /// # Errors
    /// More rows than the file can hold.
    pub(super) fn row_came(&self, rows: u64) -> Result<(), ReadError> {
        self.since_row.store(0, Ordering::Relaxed);
        if rows > self.most_rows {
            let what = "the view gives more rows than the file has bytes; export it as a table";
            return Err(super::geopackage::broken(self.path, rows, what));
        }
        Ok(())
    }

    /// What SQLite's error means after these rows.
    pub(super) fn fault(&self, after_rows: u64, error: &rusqlite::Error) -> ReadError {
        match error.sqlite_error_code() {
            Some(ErrorCode::TooBig) => ReadError::FeatureTooLarge {
                path: self.path.to_owned(),
                row: after_rows + 1,
                limit: self.cell_bytes,
            },
            Some(ErrorCode::OperationInterrupted) => {
                let what = "the view takes too long before its next row; export it as a table";
                super::geopackage::broken(self.path, after_rows, what)
            }
            _ => super::geopackage::broken(self.path, after_rows, &error.to_string()),
        }
    }
}
