//! From what a user names (a file, a folder, an archive, an archive in an archive) to files that a reader can open.
//!
//! An archive is unpacked into a temporary folder that lives as long as the [`Opened`] that names its files. Only what
//! the readers know is unpacked: a planning document is mostly PDF. What an archive can cost is bounded by [`Limits`].

mod archive;
mod budget;
mod entry_name;
mod sevenz;
mod tar_archive;
mod zip_archive;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::path::PathBuf;

use tempfile::TempDir;

use self::budget::Budget;
pub use self::budget::Limits;
use self::entry_name::Role;
use self::entry_name::is_clutter;
use self::entry_name::role_of;
use super::read::ReadError;

/// Folders nested deeper than this are not walked.
const MAX_FOLDER_DEPTH: usize = 16;

/// What a path turned out to hold.
#[derive(Debug, Default)]
pub struct Opened {
    /// Files for the readers, in the order of their names.
    pub files: Vec<OpenedFile>,
    /// Names of files that no reader knows (PDF, pictures, project files), in order.
    pub passed_over: Vec<String>,
    /// Whether it was one plain file, named as such by the user.
    pub is_plain_file: bool,
    folders: Vec<TempDir>,
}

/// One file that a reader can open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenedFile {
    /// Where it is.
    pub path: PathBuf,
    /// What messages call it: `plu.zip/82112_ZONE_URBA_20210304.shp`.
    pub shown: String,
}

/// Opens a file, a folder or an archive; `shown` is what messages call it.
///
/// # Errors
/// When it does not exist or cannot be read, when an archive is damaged, encrypted, holds names that lead out of its
/// folder, or exceeds the limits. Nothing is left behind.
pub fn open(path: &Path, shown: &str, limits: Limits) -> Result<Opened, ReadError> {
    let mut opened = Opened::default();
    let metadata = fs::metadata(path).map_err(|error| ReadError::from_io(path, error))?;
    if metadata.is_dir() {
        let mut budget = Budget::new(limits);
        if is_database_folder(path) {
            opened.files.push(OpenedFile { path: path.to_owned(), shown: shown.to_owned() });
            opened.is_plain_file = true;
            return Ok(opened);
        }
        walk(path, shown, 0, &mut budget, &mut opened)?;
    } else if !metadata.is_file() {
        return Err(ReadError::UnknownFormat {
            path: path.to_owned(),
            hint: "it is neither a file nor a folder; name a file".to_owned(),
        });
    } else {
        let mut budget = Budget::new(limits);
        let kind = archive::kind_of(path)?;
        opened.is_plain_file = kind.is_none();
        file(path, shown, kind, 0, &mut budget, &mut opened)?;
    }
    let tables = tables_of_shapes(&opened.files);
    opened.files.retain(|file| !tables.contains(&file.path));
    opened.files.sort_by(|a, b| a.shown.cmp(&b.shown));
    opened.passed_over.sort();
    Ok(opened)
}

/// The `.dbf` that belong to a `.shp`: they are read with it.
fn tables_of_shapes(files: &[OpenedFile]) -> BTreeSet<PathBuf> {
    let ends_in = |file: &OpenedFile, end: &str| {
        file.path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case(end))
    };
    let stem = |file: &OpenedFile| file.path.with_extension("").to_string_lossy().to_lowercase();
    let shapes: BTreeSet<String> =
        files.iter().filter(|file| ends_in(file, "shp")).map(stem).collect();
    files
        .iter()
        .filter(|file| ends_in(file, "dbf") && shapes.contains(&stem(file)))
        .map(|file| file.path.clone())
        .collect()
}

/// An ESRI file geodatabase is a folder that stands for one file.
fn is_database_folder(path: &Path) -> bool {
    path.extension().is_some_and(|end| end.eq_ignore_ascii_case("gdb"))
}

/// Adds a file, or what it holds when it is an archive.
fn file(
    path: &Path,
    shown: &str,
    kind: Option<archive::Kind>,
    depth: usize,
    budget: &mut Budget,
    opened: &mut Opened,
) -> Result<(), ReadError> {
    let Some(kind) = kind else {
        opened.files.push(OpenedFile { path: path.to_owned(), shown: shown.to_owned() });
        return Ok(());
    };
    budget.enter(path, depth)?;
    let folder = tempfile::tempdir().map_err(|error| ReadError::from_io(path, error))?;
    archive::unpack(path, kind, folder.path(), budget, shown, &mut opened.passed_over)
        .map_err(|error| error.told_of(Path::new(shown)))?;
    let inside = folder.path().to_owned();
    opened.folders.push(folder);
    walk(&inside, shown, depth + 1, budget, opened)
}

/// Adds the files of a folder and of the folders and archives in it.
fn walk(
    folder: &Path,
    shown: &str,
    depth: usize,
    budget: &mut Budget,
    opened: &mut Opened,
) -> Result<(), ReadError> {
    let mut stack = vec![(folder.to_owned(), shown.to_owned(), 0)];
    while let Some((folder, shown, level)) = stack.pop() {
        let entries = fs::read_dir(&folder).map_err(|error| ReadError::from_io(&folder, error))?;
        let mut paths = Vec::new();
        for entry in entries {
            paths.push(entry.map_err(|error| ReadError::from_io(&folder, error))?.path());
        }
        paths.sort();
        for path in paths {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            let shown = format!("{}/{name}", shown.trim_end_matches('/'));
            if is_clutter(&name) {
                continue;
            }
            if path.is_dir() && !is_database_folder(&path) {
                // A link to a folder above would never end.
                if level < MAX_FOLDER_DEPTH && !path.is_symlink() {
                    stack.push((path, shown, level + 1));
                }
                continue;
            }
            match role_of(&name) {
                Role::Data => {
                    opened.files.push(OpenedFile { path, shown });
                }
                Role::Archive => {
                    let kind = archive::kind_of(&path)?;
                    file(&path, &shown, kind, depth, budget, opened)?;
                }
                Role::Companion => {}
                Role::Other => opened.passed_over.push(shown),
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests;
