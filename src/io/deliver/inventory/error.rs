//! What can go wrong with an inventory.

use std::path::PathBuf;

use crate::io::deliver::DeliverError;
use crate::io::read::ReadError;

/// An inventory that could not be made. What stood at its place is untouched.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum InventoryError {
    /// A GeoPackage that this program did not write.
    #[error(
        "{}: this GeoPackage is not an inventory of gisement and is left as it is; move it away, or name another folder with --out", .path.display()
    )]
    Foreign {
        /// File.
        path: PathBuf,
    },
    /// Another program holds the GeoPackage open.
    #[error(
        "{}: another program holds this file open; save and close it there (QGIS: remove its layers), then run again", .path.display()
    )]
    Locked {
        /// File.
        path: PathBuf,
    },
    /// The GeoPackage of the earlier delivery cannot be read: its edits would be lost.
    #[error(
        "{}: the earlier inventory cannot be read, and the edits in it would be lost: {source}; restore it from a copy, or move it away", .path.display()
    )]
    Unreadable {
        /// File.
        path: PathBuf,
        /// Why.
        source: ReadError,
    },
    /// SQLite refuses to open it.
    #[error(
        "{}: the earlier inventory cannot be opened, and the edits in it would be lost: {source}; restore it from a copy, or move it away", .path.display()
    )]
    Damaged {
        /// File.
        path: PathBuf,
        /// Why.
        source: rusqlite::Error,
    },
    /// Nothing says what day the inventory is of.
    #[error(
        "no layer says its vintage, and the standard wants a date in every row; give vintage = \"2026-06\" in gisement.toml, or --date 2026-06-01"
    )]
    NoDate,
    /// A shape without image in WGS 84.
    #[error("`{what}`: a point has no image in WGS 84; check the reference system of its layer")]
    Projection {
        /// Identifier.
        what: String,
    },
    /// A file cannot be written.
    #[error(transparent)]
    Deliver(#[from] DeliverError),
}
