//! Zip archives.

use std::fs::File;
use std::io::BufReader;
use std::path::Path;

use zip::ZipArchive;
use zip::result::ZipError;

use super::budget::Budget;
use super::budget::bad_archive;
use super::entry_name::is_wanted;
use super::entry_name::place_of;
use crate::io::read::ReadError;

pub(super) fn unpack(
    path: &Path,
    folder: &Path,
    budget: &mut Budget,
    over: &mut dyn FnMut(&Path),
) -> Result<(), ReadError> {
    let file = File::open(path).map_err(|error| ReadError::from_io(path, error))?;
    let broken = |error: ZipError| bad_archive(path, &error.to_string());
    let mut archive = ZipArchive::new(BufReader::new(file)).map_err(broken)?;
    for index in 0..archive.len() {
        budget.entry(path)?;
        // Names first, without unpacking: a document of 500 MB of PDF costs nothing.
        let (name, is_folder, is_link, is_encrypted) = {
            let entry = archive.by_index_raw(index).map_err(broken)?;
            // As written: the library would clean a name that leads elsewhere, and hide it.
            let name = entry.name().map_err(broken)?.into_owned();
            let written = String::from_utf8_lossy(entry.name_raw()).into_owned();
            let name = if place_of(&written).is_some() { name } else { written };
            (name, entry.is_dir(), entry.is_symlink(), entry.encrypted())
        };
        let place = place_of(&name).ok_or_else(|| {
            bad_archive(
                path,
                &format!("entry {} has a name that leads out of the archive", index + 1),
            )
        })?;
        if is_folder || is_link {
            continue;
        }
        if !is_wanted(&place) {
            over(&place);
            continue;
        }
        if is_encrypted {
            return Err(bad_archive(path, "it is encrypted; unpack it with its password"));
        }
        let mut entry = archive.by_index(index).map_err(broken)?;
        budget.write(path, &mut entry, &folder.join(place))?;
    }
    Ok(())
}
