//! The files of an inventory.

use std::path::Path;
use std::path::PathBuf;

use super::Inventory;
use super::InventoryError;
use super::completeness;
use super::completeness::Completeness;
use super::counts::EpciCount;
use super::layers;
use super::standard_csv;
use crate::domain::Territory;
use crate::io::deliver::DeliverError;
use crate::io::deliver::DeliveryInfo;
use crate::io::deliver::csv;
use crate::io::deliver::geopackage;
use crate::io::deliver::layers::info;
use crate::words::Words;

/// Name of the GeoPackage in the folder of an inventory.
pub const GEOPACKAGE: &str = "inventaire.gpkg";
/// Name of the report.
const REPORT: &str = "completude.csv";

/// Writes the GeoPackage, the CSV of each table and the report; returns the files.
///
/// # Errors
/// When a file cannot be written. Each is whole or as it was before.
pub fn write(
    dir: &Path,
    inventory: &Inventory,
    territory: &Territory,
    lines: &[Completeness],
    counts: &[EpciCount],
    words: &Words,
) -> Result<Vec<PathBuf>, InventoryError> {
    std::fs::create_dir_all(dir)
        .map_err(|source| DeliverError::Write { path: dir.to_path_buf(), source })?;
    let general = info(territory, words);
    let title = words.fill("inventory.file_title", &[("name", &general.title)]);
    let timestamp = format!("{}T00:00:00.000Z", inventory.date);
    let about = DeliveryInfo { title, timestamp, ..general };
    let mut files = vec![dir.join(GEOPACKAGE)];
    let delivered = layers::all(inventory, territory, lines, counts, words)?;
    geopackage::write(&files[0], &delivered, &about)?;
    for table in &inventory.tables {
        let path = dir.join(format!("{}.csv", table.table.as_str()));
        standard_csv::write(&path, table)?;
        files.push(path);
    }
    let path = dir.join(REPORT);
    csv::write(&path, &completeness::layer(lines, counts, words)?)?;
    files.push(path);
    Ok(files)
}
