//! Whole files or none: written beside the target, synced, then renamed over it.

use std::fs::File;
use std::io::BufWriter;
use std::io::Write;
use std::path::Path;

use tempfile::NamedTempFile;

use super::DeliverError;

/// Writes `bytes` to `path`.
///
/// # Errors
/// When the folder does not exist or refuses; the file that was there is then untouched.
pub fn write(path: &Path, bytes: &[u8]) -> Result<(), DeliverError> {
    write_with(path, |out| out.write_all(bytes).map_err(failed(path)))
}

/// Writes to `path` what `fill` writes to the stream.
///
/// # Errors
/// As [`write`], and whatever `fill` returns.
pub fn write_with(
    path: &Path,
    fill: impl FnOnce(&mut dyn Write) -> Result<(), DeliverError>,
) -> Result<(), DeliverError> {
    let temporary = beside(path)?;
    let mut out = BufWriter::with_capacity(1 << 16, temporary);
    fill(&mut out)?;
    let temporary = out.into_inner().map_err(|error| failed(path)(error.into_error()))?;
    settle(temporary, path)
}

/// A temporary file in the folder of `path`, removed when dropped.
pub(super) fn beside(path: &Path) -> Result<NamedTempFile, DeliverError> {
    tempfile::Builder::new().prefix(".gisement-").tempfile_in(folder_of(path)).map_err(failed(path))
}

/// Syncs a temporary file and renames it to `path`.
pub(super) fn settle(temporary: NamedTempFile, path: &Path) -> Result<(), DeliverError> {
    readable_by_all(temporary.as_file()).map_err(failed(path))?;
    temporary.as_file().sync_all().map_err(failed(path))?;
    temporary.persist(path).map_err(|error| failed(path)(error.error))?;
    // The rename itself is on disk only when the folder is.
    #[cfg(unix)]
    File::open(folder_of(path)).and_then(|folder| folder.sync_all()).map_err(failed(path))?;
    Ok(())
}

fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Temporary files are private; results are for the team.
#[cfg(unix)]
fn readable_by_all(file: &File) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    file.set_permissions(std::fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
fn readable_by_all(_: &File) -> std::io::Result<()> {
    Ok(())
}

fn failed(path: &Path) -> impl Fn(std::io::Error) -> DeliverError + '_ {
    |source| DeliverError::Write { path: path.to_path_buf(), source }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_half_way_leaves_what_was_there_and_nothing_else() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a.csv");
        write(&path, b"before").unwrap();
        let error = write_with(&path, |out| {
            out.write_all(b"half").unwrap();
            Err(DeliverError::Stream(std::io::Error::other("disk full")))
        });
        assert!(error.is_err());
        assert_eq!(std::fs::read(&path).unwrap(), b"before");
        assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_missing_folder_is_named() {
        let error = write(Path::new("/nowhere/at all/a.csv"), b"x").unwrap_err().to_string();
        assert!(error.starts_with("/nowhere/at all/a.csv: cannot be written: "), "{error}");
    }
}
