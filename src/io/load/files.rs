//! Paths and globs of a layer, as a sorted list of files.

use std::path::Path;
use std::path::PathBuf;

use super::LoadError;

/// The files, folders and archives that the patterns of one layer name: sorted, each once. A pattern that names none is
/// an error: a layer that is silently empty would read as "nothing there". A glob names folders only where it names no
/// file.
///
/// # Errors
/// [`LoadError::NoFile`] and [`LoadError::BadGlob`].
pub fn find(layer: &str, folder: &Path, patterns: &[String]) -> Result<Vec<PathBuf>, LoadError> {
    let mut files = Vec::new();
    for pattern in patterns {
        let none = || LoadError::NoFile {
            layer: layer.to_owned(),
            pattern: pattern.clone(),
            folder: folder.to_path_buf(),
        };
        let exact = folder.join(pattern);
        if exact.exists() {
            files.push(exact);
            continue;
        }
        let bad = |reason: String| LoadError::BadGlob {
            layer: layer.to_owned(),
            pattern: pattern.clone(),
            reason,
        };
        // Only the pattern may hold wildcards: a folder called "données [2026]" is taken as it is.
        let escaped = glob::Pattern::escape(&folder.to_string_lossy());
        let full = format!("{escaped}/{pattern}");
        let full = if Path::new(pattern).is_absolute() { pattern.clone() } else { full };
        let options = glob::MatchOptions { case_sensitive: false, ..glob::MatchOptions::new() };
        let found = glob::glob_with(&full, options).map_err(|error| bad(error.to_string()))?;
        let mut paths = Vec::new();
        for entry in found {
            paths.push(entry.map_err(|error| bad(error.to_string()))?);
        }
        if paths.iter().any(|path| path.is_file()) {
            paths.retain(|path| path.is_file());
        }
        if paths.is_empty() {
            return Err(none());
        }
        files.extend(paths);
    }
    files.sort();
    files.dedup();
    Ok(files)
}

/// A path as messages show it: relative to the territory's folder, with `/` on every system.
pub(super) fn shown(folder: &Path, path: &Path) -> String {
    path.strip_prefix(folder).unwrap_or(path).to_string_lossy().replace('\\', "/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn globs_are_sorted_and_never_silently_empty() {
        let dir = tempfile::tempdir().unwrap();
        let sub = dir.path().join("a [1]/plu");
        std::fs::create_dir_all(&sub).unwrap();
        for name in ["b_ZONE_URBA.shp", "a_zone_urba.SHP", "other.txt"] {
            std::fs::write(sub.join(name), "").unwrap();
        }
        let folder = dir.path().join("a [1]");
        let files = find("zoning", &folder, &["**/*zone_urba.shp".to_owned()]).unwrap();
        let names: Vec<_> = files.iter().map(|file| shown(&folder, file)).collect();
        assert_eq!(names, ["plu/a_zone_urba.SHP", "plu/b_ZONE_URBA.shp"]);
        let error = find("zoning", &folder, &["*.gpkg".to_owned()]).unwrap_err();
        assert!(
            error.to_string().starts_with("[layers.zoning] *.gpkg: no such file in "),
            "{error}"
        );
    }
}
