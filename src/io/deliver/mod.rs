//! What is handed out: one GeoPackage with styles, GeoJSON, CSV. Files appear whole or not at all.

pub mod atomic;
pub mod csv;
mod error;
pub mod friches_standard;
pub mod geojson;
pub mod geopackage;
pub mod inventory;
pub mod layer;
pub mod layers;
pub mod request;
pub mod styles;
mod told;

pub use error::DeliverError;

/// What a delivery says about itself, in the metadata of its files.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DeliveryInfo {
    /// Title.
    pub title: String,
    /// What it is, and what it is not.
    pub abstract_: String,
    /// Licences of the sources.
    pub licence: String,
    /// One line per source: producer, product, vintage.
    pub sources: Vec<String>,
    /// How it was made.
    pub lineage: String,
    /// Date that files carry, ISO 8601 in UTC (`2026-06-01T00:00:00.000Z`); fixed by the data, never the clock's.
    pub timestamp: String,
    /// Language of titles: `fr` or `en`.
    pub language: String,
}
