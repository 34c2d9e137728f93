//! Names inside archives and folders: where they may lead, and what the readers can do with the file.

use std::path::PathBuf;

/// What a file is to the readers, by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// A file that is read for itself.
    Data,
    /// A file that another one needs beside it (`.dbf` is both: a table without shapes is read for itself).
    Companion,
    /// An archive, perhaps with data in it.
    Archive,
    /// Nothing for the readers.
    Other,
}

/// Files read for themselves.
const DATA: [&str; 18] = [
    "shp", "dbf", "geojson", "json", "geojsonl", "ndjson", "jsonl", "gpkg", "sqlite", "csv", "txt",
    "tsv", "tab", "mif", "gml", "kml", "thf", "fgb",
];
/// Spreadsheets, read for themselves too.
const SHEETS: [&str; 2] = ["xlsx", "ods"];
/// Files that others need beside them: of shapefiles, MapInfo tables, GML and EDIGEO.
const COMPANIONS: [&str; 22] = [
    "shx", "prj", "cpg", "qix", "sbn", "sbx", "qpj", "dat", "map", "id", "ind", "mid", "xsd",
    "gfs", "vec", "geo", "gen", "qal", "scd", "dic", "csvt", "vrt",
];
const ARCHIVES: [&str; 8] = ["zip", "7z", "tar", "bz2", "tbz2", "tgz", "gz", "kmz"];

/// What the readers can do with a file of this name.
pub(super) fn role_of(name: &str) -> Role {
    let lower = name.to_ascii_lowercase();
    let extension = lower.rsplit_once('.').map_or("", |(_, extension)| extension);
    if DATA.contains(&extension) || SHEETS.contains(&extension) {
        Role::Data
    } else if COMPANIONS.contains(&extension) {
        Role::Companion
    } else if ARCHIVES.contains(&extension) {
        Role::Archive
    } else {
        Role::Other
    }
}

/// What systems leave in archives and folders without anybody wanting it.
pub(super) fn is_clutter(name: &str) -> bool {
    name.starts_with('.')
        || name.eq_ignore_ascii_case("thumbs.db")
        || name.eq_ignore_ascii_case("desktop.ini")
        || name == "__MACOSX"
}

/// The place of an entry under the folder it is unpacked to; `None` for a name that leads elsewhere or that no system
/// could write (absolute, `..`, a drive, control characters).
pub(super) fn place_of(name: &str) -> Option<PathBuf> {
    let mut place = PathBuf::new();
    if name.starts_with(['/', '\\']) || name.len() > 4096 {
        return None;
    }
    for part in name.split(['/', '\\']) {
        match part {
            "" | "." => {}
            ".." => return None,
            _ if part.len() > 255 || part.contains(':') || part.chars().any(char::is_control) => {
                return None;
            }
            _ => place.push(part),
        }
    }
    (place.components().count() > 0).then_some(place)
}

/// Whether an entry of an archive is worth unpacking.
pub(super) fn is_wanted(place: &std::path::Path) -> bool {
    let parts = || place.iter().map(|part| part.to_string_lossy());
    !parts().any(|part| is_clutter(&part))
        && (parts().next_back().is_some_and(|name| role_of(&name) != Role::Other)
            // A geodatabase is a folder of files with names of their own.
            || parts().any(|part| part.to_ascii_lowercase().ends_with(".gdb")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_lead_elsewhere_are_refused() {
        for name in [
            "/etc/passwd",
            "../x.shp",
            "a/../../x.shp",
            "\\\\server\\x",
            "C:\\x.shp",
            "a\nb.shp",
            "",
        ] {
            assert_eq!(place_of(name), None, "{name}");
        }
        assert_eq!(place_of("./a/b.shp"), Some(PathBuf::from("a/b.shp")));
        assert_eq!(place_of("a\\b.shp"), Some(PathBuf::from("a/b.shp")));
    }

    #[test]
    fn a_planning_document_is_unpacked_without_its_pdf() {
        for (name, wanted) in [
            ("82112_PLU_20210304/Donnees_geographiques/82112_ZONE_URBA_20210304.SHP", true),
            ("x/82112_ZONE_URBA_20210304.cpg", true),
            ("x/Pieces_ecrites/82112_reglement.pdf", false),
            ("__MACOSX/x/._zone.shp", false),
            ("x/Thumbs.db", false),
            ("data.gdb/a00000001.gdbtable", true),
            ("inner.zip", true),
        ] {
            assert_eq!(is_wanted(std::path::Path::new(name)), wanted, "{name}");
        }
    }
}
