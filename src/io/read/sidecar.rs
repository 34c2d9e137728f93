//! The files beside a file: same name, other extension, in any letter case.

use std::fs;
use std::fs::File;
use std::io::Read;
use std::path::Path;
use std::path::PathBuf;

/// A `.prj` or `.cpg` longer than this is something else.
const MAX_BYTES: u64 = 1 << 20;

/// The file beside `path` with this extension.
pub(super) fn find(path: &Path, extension: &str) -> Option<PathBuf> {
    for extension in [extension.to_owned(), extension.to_ascii_uppercase()] {
        let candidate = path.with_extension(extension);
        if candidate.is_file() {
            return Some(candidate);
        }
    }
    // `Zone.Shp` and the like: the smallest name, so that the answer does not depend on the disk.
    let stem = path.file_stem()?.to_str()?;
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let same = |candidate: &PathBuf| {
        let has = |part: Option<&std::ffi::OsStr>, wanted: &str| {
            part.and_then(|p| p.to_str()).is_some_and(|p| p.eq_ignore_ascii_case(wanted))
        };
        has(candidate.file_stem(), stem) && has(candidate.extension(), extension)
    };
    let entries = fs::read_dir(folder).ok()?;
    entries.filter_map(|entry| Some(entry.ok()?.path())).filter(same).min()
}

/// The content of a small file beside `path`.
pub(super) fn bytes(path: &Path, extension: &str) -> Option<Vec<u8>> {
    let file = File::open(find(path, extension)?).ok()?;
    let mut bytes = Vec::new();
    file.take(MAX_BYTES).read_to_end(&mut bytes).ok()?;
    Some(bytes)
}
