//! What unpacking may cost, over an archive and all the archives in it.

use std::fs::File;
use std::io;
use std::io::Read;
use std::io::Write;
use std::path::Path;

use crate::io::read::ReadError;

/// Limits of unpacking; the defaults let any real delivery through (a department of BD TOPO: 5 GB in 200 files).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes once unpacked, over all entries. Default 64 GiB.
    pub unpacked_bytes: u64,
    /// Unpacked/packed ratio of one archive, looked at after 64 MiB. Default 250 (shapefiles: 3 to 20).
    pub unpacked_ratio: u64,
    /// Entries over all archives. Default 100 000.
    pub entries: u64,
    /// Archives within archives. Default 4.
    pub depth: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { unpacked_bytes: 64 << 30, unpacked_ratio: 250, entries: 100_000, depth: 4 }
    }
}

/// The ratio means nothing before this many bytes are unpacked.
const RATIO_FROM_BYTES: u64 = 64 << 20;

/// What is left of the limits.
pub(super) struct Budget {
    limits: Limits,
    bytes: u64,
    entries: u64,
    /// Of the archive under way.
    packed_bytes: u64,
    unpacked_bytes: u64,
}

impl Budget {
    pub(super) fn new(limits: Limits) -> Self {
        Self { limits, bytes: 0, entries: 0, packed_bytes: 0, unpacked_bytes: 0 }
    }

    /// Begins with an archive at a depth (0: named by the user).
    pub(super) fn enter(&mut self, path: &Path, depth: usize) -> Result<(), ReadError> {
        if depth >= self.limits.depth {
            return Err(too_large(
                path,
                format!("{} archives one in the other", self.limits.depth),
            ));
        }
        let metadata = std::fs::metadata(path).map_err(|error| ReadError::from_io(path, error))?;
        self.packed_bytes = metadata.len().max(1);
        self.unpacked_bytes = 0;
        Ok(())
    }

    /// Counts one more entry.
    pub(super) fn entry(&mut self, archive: &Path) -> Result<(), ReadError> {
        self.entries += 1;
        if self.entries > self.limits.entries {
            return Err(too_large(archive, format!("{} files", self.limits.entries)));
        }
        Ok(())
    }

    /// Writes an entry to a new file, as far as the limits allow.
    pub(super) fn write(
        &mut self,
        archive: &Path,
        from: &mut dyn Read,
        to: &Path,
    ) -> Result<(), ReadError> {
        let disk = |error: io::Error| ReadError::from_io(to, error);
        if let Some(parent) = to.parent() {
            std::fs::create_dir_all(parent).map_err(disk)?;
        }
        let mut file = File::options().write(true).create_new(true).open(to).map_err(|error| {
            if error.kind() == io::ErrorKind::AlreadyExists {
                let name = to.file_name().unwrap_or_default().to_string_lossy();
                bad_archive(archive, &format!("it holds two files named {name}"))
            } else {
                disk(error)
            }
        })?;
        let mut chunk = vec![0_u8; 1 << 16];
        loop {
            let length = match from.read(&mut chunk) {
                Ok(0) => return Ok(()),
                Ok(length) => length,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(bad_archive(archive, &error.to_string())),
            };
            self.take(archive, length as u64)?;
            file.write_all(&chunk[..length]).map_err(disk)?;
        }
    }

    fn take(&mut self, archive: &Path, bytes: u64) -> Result<(), ReadError> {
        self.bytes += bytes;
        self.unpacked_bytes += bytes;
        if self.bytes > self.limits.unpacked_bytes {
            return Err(too_large(archive, format!("{} bytes", self.limits.unpacked_bytes)));
        }
        if self.unpacked_bytes > RATIO_FROM_BYTES
            && self.unpacked_bytes / self.packed_bytes > self.limits.unpacked_ratio
        {
            return Err(too_large(
                archive,
                format!("{} times its packed size", self.limits.unpacked_ratio),
            ));
        }
        Ok(())
    }
}

fn too_large(path: &Path, limit: String) -> ReadError {
    ReadError::UnpacksTooLarge { path: path.to_owned(), limit }
}

/// An archive that cannot be unpacked, and why.
pub(super) fn bad_archive(path: &Path, what: &str) -> ReadError {
    ReadError::BadArchive { path: path.to_owned(), what: what.to_owned() }
}
