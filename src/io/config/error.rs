//! What can be wrong with `gisement.toml`.

use std::path::PathBuf;

use crate::domain::BadCode;

/// A configuration that cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ConfigError {
    /// The folder has no configuration.
    #[error("{}: no gisement.toml here; make one with `gisement init {}`, or name the folder with -C", .folder.display(), .folder.display())]
    NoConfig {
        /// Folder looked in.
        folder: PathBuf,
    },
    /// The file exists and cannot be read.
    #[error("{}: cannot be read: {source}", .path.display())]
    Unreadable {
        /// File.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// Not TOML, or a key that does not exist.
    #[error("{}: {message}", .path.display())]
    Syntax {
        /// File.
        path: PathBuf,
        /// What the TOML reader says, with line and column.
        message: String,
    },
    /// A malformed SIREN or INSEE code.
    #[error("{}: {source}", .path.display())]
    Code {
        /// File.
        path: PathBuf,
        /// The code.
        source: BadCode,
    },
    /// A layer lacks something its kind needs.
    #[error("{}: [layers.{key}] {what}", .path.display())]
    Layer {
        /// File.
        path: PathBuf,
        /// Layer key.
        key: String,
        /// What is missing or wrong, and what to write.
        what: String,
    },
    /// `init` would overwrite a configuration.
    #[error("{}: exists already; remove it first, or choose another folder", .path.display())]
    Exists {
        /// File.
        path: PathBuf,
    },
}
