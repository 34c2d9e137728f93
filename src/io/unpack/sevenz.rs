//! 7z archives, the form in which IGN publishes.

use std::path::Path;

use sevenz_rust2::ArchiveReader;
use sevenz_rust2::EntryDecision;
use sevenz_rust2::Error;
use sevenz_rust2::Password;

use super::budget::Budget;
use super::budget::bad_archive;
use super::entry_name::is_wanted;
use super::entry_name::place_of;
use crate::io::read::ReadError;

/// Memory for a dictionary, in KiB: the 256 MiB of 7-Zip's strongest setting (`-mx=9`), and room for its tables.
const MEMORY_KIB: usize = 320 << 10;

pub(super) fn unpack(
    path: &Path,
    folder: &Path,
    budget: &mut Budget,
    over: &mut dyn FnMut(&Path),
) -> Result<(), ReadError> {
    let file = std::fs::File::open(path).map_err(|error| ReadError::from_io(path, error))?;
    let broken = |error: &Error| bad_archive(path, &error.to_string());
    let mut archive = ArchiveReader::new_with_memory_limit(file, Password::empty(), MEMORY_KIB)
        .map_err(|error| broken(&error))?;
    archive.set_thread_count(1);
    let mut refused = None;
    let mut number = 0;
    let outcome = archive.for_each_entries_with_decision(|entry, from| {
        number += 1;
        let done = budget.entry(path).and_then(|()| {
            let place = place_of(entry.name()).ok_or_else(|| {
                bad_archive(
                    path,
                    &format!("entry {number} has a name that leads out of the archive"),
                )
            })?;
            if entry.is_directory() {
                return Ok(());
            }
            if !is_wanted(&place) {
                over(&place);
                return Ok(());
            }
            budget.write(path, from, &folder.join(place))
        });
        Ok(match done {
            Ok(()) => EntryDecision::Continue,
            Err(error) => {
                refused = Some(error);
                EntryDecision::Stop
            }
        })
    });
    match (refused, outcome) {
        (Some(error), _) => Err(error),
        (None, Err(error)) => Err(broken(&error)),
        (None, Ok(())) => Ok(()),
    }
}
