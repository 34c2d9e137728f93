//! Tar archives, packed or not.

use std::io::Read;
use std::path::Path;

use super::budget::Budget;
use super::budget::bad_archive;
use super::entry_name::is_wanted;
use super::entry_name::place_of;
use crate::io::read::ReadError;

/// Blocks of zeros may follow the end of an archive; more than this is not looked at.
const MOST_PADDING_BYTES: u64 = 64 << 20;

pub(super) fn unpack(
    path: &Path,
    stream: Box<dyn Read>,
    folder: &Path,
    budget: &mut Budget,
    over: &mut dyn FnMut(&Path),
) -> Result<(), ReadError> {
    let broken = |error: std::io::Error| bad_archive(path, &error.to_string());
    let mut archive = tar::Archive::new(stream);
    for (at, entry) in archive.entries().map_err(broken)?.enumerate() {
        budget.entry(path)?;
        let mut entry = entry.map_err(broken)?;
        let name = String::from_utf8_lossy(&entry.path_bytes()).into_owned();
        let kind = entry.header().entry_type();
        // Links and devices are nothing to read, and a way out of the folder.
        if !kind.is_file() {
            continue;
        }
        let place = place_of(&name).ok_or_else(|| {
            bad_archive(path, &format!("entry {} has a name that leads out of the archive", at + 1))
        })?;
        if !is_wanted(&place) {
            over(&place);
            continue;
        }
        let announced = entry.size();
        let to = folder.join(place);
        budget.write(path, &mut entry, &to)?;
        // The library ends an entry early when the stream does.
        let written = std::fs::metadata(&to).map_or(0, |metadata| metadata.len());
        if written != announced {
            return Err(bad_archive(
                path,
                &format!("it is cut inside entry {}; take it again from its source", at + 1),
            ));
        }
    }
    // The end of the archive may come before that of its packing, which alone tells whether the file is whole.
    let mut rest = archive.into_inner().take(MOST_PADDING_BYTES);
    std::io::copy(&mut rest, &mut std::io::sink()).map_err(broken)?;
    Ok(())
}
