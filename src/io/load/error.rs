//! What stops the reading of a territory.

use std::path::PathBuf;

use crate::domain::CodeInsee;
use crate::domain::ReferenceError;
use crate::domain::Siren;
use crate::housing::RulesError;
use crate::io::read::ReadError;
use crate::spatial::crs::CrsError;
use crate::words::Told;

/// A territory that cannot be read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum LoadError {
    /// No file answers to the path or glob.
    #[error("[layers.{layer}] {pattern}: no such file in {}; correct `path` in gisement.toml", .folder.display())]
    NoFile {
        /// Layer key.
        layer: String,
        /// Path or glob as configured.
        pattern: String,
        /// Folder it starts from.
        folder: PathBuf,
    },
    /// A glob that cannot be understood.
    #[error("[layers.{layer}] {pattern}: not a valid glob: {reason}")]
    BadGlob {
        /// Layer key.
        layer: String,
        /// Glob.
        pattern: String,
        /// Why.
        reason: String,
    },
    /// Files of deeds and files of medians in one layer.
    #[error(
        "[layers.{layer}] some files hold deeds and some medians by commune, which cannot be joined; keep either"
    )]
    SalesMixed {
        /// Layer key.
        layer: String,
    },
    /// The file of rules of housing cannot be read.
    #[error("[housing] rules = {}: cannot be read: {source}", .path.display())]
    RulesUnreadable {
        /// File.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The file of rules of housing cannot be used.
    #[error("{}: {source}", .path.display())]
    HousingRules {
        /// File.
        path: PathBuf,
        /// What is wrong with it.
        source: RulesError,
    },
    /// A file that cannot be read.
    #[error("[layers.{layer}] {source}")]
    Read {
        /// Layer key.
        layer: String,
        /// What is wrong with the file.
        source: ReadError,
    },
    /// The file says no reference system and none is configured.
    #[error(
        "[layers.{layer}] {file}: no reference system; add `crs = \"EPSG:2154\"` (or the one it is in) to [layers.{layer}]"
    )]
    NoCrs {
        /// Layer key.
        layer: String,
        /// File.
        file: String,
    },
    /// The file names a reference system that cannot be understood.
    #[error(
        "[layers.{layer}] {file}: unknown reference system `{found}`; add `crs = \"EPSG:…\"` to [layers.{layer}]"
    )]
    UnknownCrs {
        /// Layer key.
        layer: String,
        /// File.
        file: String,
        /// What the file says.
        found: String,
    },
    /// The reference system is understood and cannot be used.
    #[error("[layers.{layer}] {file}: {source}")]
    Crs {
        /// Layer key.
        layer: String,
        /// File.
        file: String,
        /// Why.
        source: CrsError,
    },
    /// No schema fits the columns of the file.
    #[error(
        "[layers.{layer}] {file}: columns are not those of any {layer} file known: missing {missing}; present: {present}; give `columns = {{ … }}` or correct the file"
    )]
    NoSchema {
        /// Layer key.
        layer: String,
        /// File.
        file: String,
        /// Columns that the closest schema needs.
        missing: String,
        /// Columns of the file, as far as they may be told.
        present: Told,
    },
    /// A folder or an archive without anything that a reader knows.
    #[error(
        "[layers.{layer}] {file}: holds no file that can be read as {layer}; give the right folder or archive"
    )]
    NothingInside {
        /// Layer key.
        layer: String,
        /// Folder or archive.
        file: String,
    },
    /// A hazard layer of which nothing says which hazard is which.
    #[error(
        "[layers.hazards] {file}: nothing says which hazard is which; add `class = \"<column>\"`, or `theme = \"flood\"` when the whole layer is one theme"
    )]
    NoClass {
        /// File.
        file: String,
    },
    /// A file of rents that does not say of which dwellings.
    #[error(
        "[layers.{layer}] {file}: rents of which dwellings? Keep the producer's file name (pred-app-…, pred-app12-…, pred-app3-…, pred-mai-…), or name the column that says it: columns = {{ kind = \"…\" }}"
    )]
    RentKind {
        /// Layer key.
        layer: String,
        /// File.
        file: String,
    },
    /// `schema = "…"` names none.
    #[error("[layers.{layer}] schema `{schema}` does not exist; for this layer there are: {known}")]
    UnknownSchema {
        /// Layer key.
        layer: String,
        /// What was written.
        schema: String,
        /// Schemas of the layer.
        known: String,
    },
    /// A configured column is not in the file.
    #[error("[layers.{layer}] {file}: no column `{column}`; the file has: {present}")]
    NoColumn {
        /// Layer key.
        layer: String,
        /// File.
        file: String,
        /// Column as configured.
        column: String,
        /// Columns of the file, as far as they may be told.
        present: Told,
    },
    /// The file holds no row.
    #[error(
        "[layers.{layer}] {file}: the layer is empty; remove it from gisement.toml, or give the right file"
    )]
    Empty {
        /// Layer key.
        layer: String,
        /// File.
        file: String,
    },
    /// Not one row could be kept.
    #[error("[layers.{layer}] none of the {read} rows can be used; first: {first}")]
    NothingUsable {
        /// Layer key.
        layer: String,
        /// Rows read.
        read: u64,
        /// The first problem.
        first: Told,
    },
    /// The configured EPCI has no commune in the embedded table or in the commune layer.
    #[error(
        "EPCI {siren}: no commune known; give a [layers.communes] whose communes carry the SIREN of their EPCI"
    )]
    UnknownEpci {
        /// SIREN.
        siren: Siren,
    },
    /// A configured commune is unknown.
    #[error("commune {insee}: not known; give a [layers.communes] that holds it")]
    UnknownCommune {
        /// Code.
        insee: CodeInsee,
    },
    /// A code in `covers` is malformed.
    #[error("[layers.{layer}] covers: {source}")]
    Covers {
        /// Layer key.
        layer: String,
        /// The code.
        source: crate::domain::BadCode,
    },
    /// The embedded table is damaged.
    #[error(transparent)]
    Reference(#[from] ReferenceError),
}
