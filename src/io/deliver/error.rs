//! What can go wrong while writing.

use std::path::PathBuf;

/// A delivery that could not be written. Nothing is left of it, and what stood there before is untouched.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum DeliverError {
    /// The file system refuses.
    #[error("{}: cannot be written: {source}; check the folder, its rights and the space left", .path.display())]
    Write {
        /// File.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The output stream refuses.
    #[error("output: {0}")]
    Stream(#[from] std::io::Error),
    /// SQLite refuses.
    #[error("{}: {source}", .path.display())]
    Database {
        /// File.
        path: PathBuf,
        /// Why.
        source: rusqlite::Error,
    },
    /// JSON cannot be made of a value.
    #[error("GeoJSON: {0}")]
    Json(#[from] serde_json::Error),
    /// CSV cannot be made.
    #[error("CSV: {0}")]
    Csv(#[from] ::csv::Error),
    /// The embedded unit costs cannot be read: a damaged build.
    #[error("unit costs: {0}")]
    Costs(#[from] crate::friche::costs::CostsError),
    /// A row that does not fit its layer: a fault of this program.
    #[error("layer `{layer}`, row {row}: {what}")]
    Row {
        /// Layer.
        layer: String,
        /// Row, from 1.
        row: usize,
        /// What does not fit.
        what: String,
    },
    /// A layer that cannot be a table: a fault of this program.
    #[error("layer `{layer}`: {what}")]
    Layer {
        /// Layer.
        layer: String,
        /// What is wrong.
        what: String,
    },
    /// A point that has no longitude and latitude.
    #[error("layer `{layer}`, row {row}: a point has no image in WGS 84")]
    Projection {
        /// Layer.
        layer: String,
        /// Row, from 1.
        row: usize,
    },
}
