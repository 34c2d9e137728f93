//! The friches of a territory in the CNIG standard *Friches* v1.0.6: the 51 fields in order, as CSV and as GeoPackage,
//! and what is still to be filled.
//!
//! What a record says is written in the standard's words; commune, parcels, planning zone, areas and shapes are computed
//! where it says nothing. A value that nobody knows is `inconnu` where the standard requires a word, else the cell is
//! empty: nothing is invented, a date least of all. Fields of free text stay empty, since people are named there; the name
//! of a site is composed of its kind, commune and identifier, never the producer's.

mod files;
mod layers;
mod report;
mod row;
mod shapes;

pub use report::FieldCount;
pub use row::SiteRow;

use std::path::Path;
use std::path::PathBuf;

use super::DeliverError;
use crate::domain::Territory;
use crate::spatial::crs::LAMBERT_93;
use crate::spatial::crs::Transform;
use crate::spatial::crs::WGS_84;
use crate::words::Lang;
use crate::words::Words;

/// Folder of the files inside a folder of results.
pub const FOLDER: &str = "friches-cnig";

/// The friches, ready to be written.
#[derive(Debug)]
pub struct Delivery {
    /// One row per friche, in the order of the layer.
    pub rows: Vec<SiteRow>,
}

/// Puts the rows together. Without friches there are none. `words` say that data are invented, where they are; what is the
/// standard's is French in any language.
///
/// # Errors
/// [`DeliverError::Projection`] when a shape has no longitude and latitude.
pub fn build(territory: &Territory, words: &Words) -> Result<Delivery, DeliverError> {
    let Some(layer) = &territory.friches else { return Ok(Delivery { rows: Vec::new() }) };
    let failed = |what: String| DeliverError::Layer { layer: FOLDER.to_owned(), what };
    // The standard's values are French, whatever the language of titles.
    let french = Words::new(Lang::Fr).map_err(|error| failed(error.to_string()))?;
    let work = Work {
        territory,
        to_wgs_84: Transform::to_wgs_84().map_err(|error| failed(error.to_string()))?,
        to_lambert_93: Transform::to_lambert_93(WGS_84)
            .map_err(|error| failed(format!("{LAMBERT_93}: {error}")))?,
        french: &french,
        synthetic: territory.is_synthetic().then(|| words.say("product.synthetic_short")),
    };
    let rows = layer.entities.iter().enumerate();
    let rows = rows.map(|(at, friche)| {
        work.row(friche)
            .ok_or_else(|| DeliverError::Projection { layer: FOLDER.to_owned(), row: at + 1 })
    });
    Ok(Delivery { rows: rows.collect::<Result<_, _>>()? })
}

/// Writes `friches.csv`, `friches.gpkg` and `completude.csv` into the folder `out`, which is made; returns the files. No
/// friches: nothing is written, and the list is empty.
///
/// # Errors
/// As [`build`], and when a file cannot be written. Each file is whole or as it was before.
pub fn write(
    territory: &Territory,
    out: &Path,
    words: &Words,
) -> Result<Vec<PathBuf>, DeliverError> {
    build(territory, words)?.write(territory, out, words)
}

impl Delivery {
    /// How often each field is filled, in the order of the standard.
    #[must_use]
    pub fn completeness(&self) -> Vec<FieldCount> {
        report::completeness(&self.rows)
    }

    /// As [`write`].
    ///
    /// # Errors
    /// When a file cannot be written.
    pub fn write(
        &self,
        territory: &Territory,
        out: &Path,
        words: &Words,
    ) -> Result<Vec<PathBuf>, DeliverError> {
        if self.rows.is_empty() {
            return Ok(Vec::new());
        }
        files::write(self, territory, out, words)
    }
}

/// What every row is made with.
struct Work<'a> {
    territory: &'a Territory,
    to_wgs_84: Transform,
    to_lambert_93: Transform,
    french: &'a Words,
    /// What invented data say of themselves in every row; neither of the two cells that hold it is read again.
    synthetic: Option<&'a str>,
}
