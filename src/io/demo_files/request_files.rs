//! Requests of companies, and the truth about their answers.

use std::fs;
use std::path::Path;

use super::DemoFilesError;
use super::unwritten;
use crate::demo::PLANTED_REQUESTS;

/// Folder of the requests, in that of the territory.
const FOLDER: &str = "demandes";

/// Writes the requests, and `verite/demandes.csv`: the parcels that must be first in the answer of each. Nothing that
/// answers reads it.
pub(super) fn write(dir: &Path) -> Result<(), DemoFilesError> {
    let folder = dir.join(FOLDER);
    fs::create_dir_all(&folder).map_err(unwritten(&folder))?;
    let mut truth = String::from("demande;idu\n");
    for request in &PLANTED_REQUESTS {
        let path = folder.join(format!("{}.toml", request.file));
        fs::write(&path, request.toml).map_err(unwritten(&path))?;
        truth.push_str(&format!("{}.toml;{}\n", request.file, request.parcels.join("|")));
    }
    let path = dir.join("verite/demandes.csv");
    fs::write(&path, truth).map_err(unwritten(&path))
}
