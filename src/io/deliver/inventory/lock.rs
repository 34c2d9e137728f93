//! Whether another program works in a GeoPackage: what it has not written yet would be lost, and what it writes later
//! would go into a file that is no longer there.

use std::path::Path;
use std::path::PathBuf;
use std::time::Duration;

use rusqlite::Connection;
use rusqlite::ErrorCode;
use rusqlite::OpenFlags;

use super::InventoryError;

/// Refuses a file that another program holds open. A log that a crashed program left is written into the file, as SQLite
/// does at every opening.
pub(super) fn refuse_if_held(path: &Path) -> Result<(), InventoryError> {
    let failed = |source: rusqlite::Error| match source.sqlite_error_code() {
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => {
            InventoryError::Locked { path: path.to_path_buf() }
        }
        _ => InventoryError::Damaged { path: path.to_path_buf(), source },
    };
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let database = Connection::open_with_flags(path, flags).map_err(failed)?;
    database.busy_timeout(Duration::ZERO).map_err(failed)?;
    let tried = database.execute_batch("BEGIN EXCLUSIVE; ROLLBACK;");
    // A file that may not be written, or no database at all: the reading tells it better.
    let is_held = tried.err().is_some_and(|error| {
        matches!(
            error.sqlite_error_code(),
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked)
        )
    });
    // In WAL mode readers do not stop a writer; the log stays as long as one of them is there.
    let log = beside(path, "-wal");
    drop(database);
    if is_held || std::fs::metadata(&log).is_ok_and(|log| log.len() > 0) || has_shared_memory(path)
    {
        return Err(InventoryError::Locked { path: path.to_path_buf() });
    }
    Ok(())
}

/// Whether the memory that programs share over a WAL file is still there: the last one to close it takes it away.
fn has_shared_memory(path: &Path) -> bool {
    beside(path, "-shm").exists()
}

fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn database(path: &Path, mode: &str) -> Connection {
        let database = Connection::open(path).unwrap();
        let sql =
            format!("PRAGMA journal_mode = {mode}; CREATE TABLE t (a); INSERT INTO t VALUES (1);");
        database.execute_batch(&sql).unwrap();
        database
    }

    #[test]
    fn a_program_that_writes_or_reads_along_holds_the_file() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a.gpkg");
        let other = database(&path, "DELETE");
        assert!(refuse_if_held(&path).is_ok());
        other.execute_batch("BEGIN IMMEDIATE; INSERT INTO t VALUES (2);").unwrap();
        assert!(matches!(refuse_if_held(&path), Err(InventoryError::Locked { .. })));
        other.execute_batch("ROLLBACK").unwrap();
        assert!(refuse_if_held(&path).is_ok());
        let wal = dir.path().join("b.gpkg");
        let other = database(&wal, "WAL");
        assert!(matches!(refuse_if_held(&wal), Err(InventoryError::Locked { .. })));
        drop(other);
        assert!(refuse_if_held(&wal).is_ok());
    }
}
