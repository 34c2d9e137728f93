//! One GeoPackage (OGC 12-128r17, version 1.3) with styles, titles, value lists, metadata and a QGIS project.
//!
//! Version 1.3 and its set of R-tree triggers pass the validators of GDAL 3.6 and later; the journal mode is DELETE,
//! since WAL files freeze on network drives; rows and index entries come before the triggers, which call functions that
//! plain SQLite lacks.

mod blob;
mod describe;
mod project;
mod rtree;
mod tables;

use std::path::Path;

use rusqlite::Connection;
use rusqlite::types::Value;

use super::DeliverError;
use super::DeliveryInfo;
use super::atomic;
use super::layer::Cell;
use super::layer::DeliveredLayer;

/// Name of the geometry column of every layer.
pub const GEOMETRY_COLUMN: &str = "geom";
/// EPSG code of every layer.
const SRS: i64 = 2154;

/// Writes `layers` to `path`. The same layers give the same bytes.
///
/// # Errors
/// When the file cannot be written; what was there is then untouched.
pub fn write(
    path: &Path,
    layers: &[DeliveredLayer],
    info: &DeliveryInfo,
) -> Result<(), DeliverError> {
    let failed = |source| DeliverError::Database { path: path.to_path_buf(), source };
    let temporary = atomic::beside(path)?;
    let mut connection = Connection::open(temporary.path()).map_err(failed)?;
    let name = |part: Option<&std::ffi::OsStr>| {
        part.map_or_else(String::new, |text| text.to_string_lossy().into_owned())
    };
    let (file, stem) = (name(path.file_name()), name(path.file_stem()));
    fill(&mut connection, layers, info, &file, &stem).map_err(failed)?;
    connection.close().map_err(|(_, source)| failed(source))?;
    atomic::settle(temporary, path)
}

fn fill(
    connection: &mut Connection,
    layers: &[DeliveredLayer],
    info: &DeliveryInfo,
    file: &str,
    stem: &str,
) -> rusqlite::Result<()> {
    // The file is not the user's until it is renamed: a crash leaves a temporary file, whatever the journal.
    connection.execute_batch(
        "PRAGMA page_size = 4096; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; \
         PRAGMA application_id = 0x47504B47; PRAGMA user_version = 10300; PRAGMA encoding = 'UTF-8';",
    )?;
    let transaction = connection.transaction()?;
    tables::create(&transaction)?;
    let mut extent = blob::Envelope::default();
    for layer in layers {
        extent.join(&write_layer(&transaction, layer, info)?);
    }
    describe::styles(&transaction, layers, info)?;
    describe::columns(&transaction, layers)?;
    describe::metadata(&transaction, info)?;
    project::add(&transaction, file, stem, layers, extent, info)?;
    for layer in layers.iter().filter(|layer| layer.geometry().is_some()) {
        rtree::create_triggers(&transaction, layer.name())?;
    }
    transaction.commit()?;
    connection.execute_batch("PRAGMA journal_mode = DELETE; VACUUM;")?;
    Ok(())
}

fn write_layer(
    connection: &Connection,
    layer: &DeliveredLayer,
    info: &DeliveryInfo,
) -> rusqlite::Result<blob::Envelope> {
    tables::create_layer(connection, layer)?;
    let columns: Vec<String> = layer
        .geometry()
        .map(|_| GEOMETRY_COLUMN.to_owned())
        .into_iter()
        .chain(layer.fields().iter().map(|field| field.name.clone()))
        .collect();
    let places = vec!["?"; columns.len() + 1].join(", ");
    let mut insert = connection.prepare(&format!(
        "INSERT INTO \"{}\" (fid, {}) VALUES ({places})",
        layer.name(),
        columns.iter().map(|name| format!("\"{name}\"")).collect::<Vec<_>>().join(", "),
    ))?;
    let mut extent = blob::Envelope::default();
    let mut entries = Vec::with_capacity(layer.rows().len());
    for (at, row) in layer.rows().iter().enumerate() {
        let fid = at as i64 + 1;
        let mut values = vec![Value::Integer(fid)];
        if let Some(geometry) = &row.geometry {
            let (bytes, envelope) = blob::encode(geometry, SRS as i32);
            extent.join(&envelope);
            entries.push((fid, envelope));
            values.push(Value::Blob(bytes));
        }
        values.extend(row.values.iter().map(|cell| match cell {
            Cell::Null => Value::Null,
            Cell::Text(text) => Value::Text(text.to_string()),
            Cell::Integer(number) => Value::Integer(*number),
            Cell::Real(number) => Value::Real(*number),
            Cell::Flag(flag) => Value::Integer(i64::from(*flag)),
        }));
        insert.execute(rusqlite::params_from_iter(values))?;
    }
    tables::register(connection, layer, extent, info)?;
    if layer.geometry().is_some() {
        rtree::create(connection, layer.name(), &entries)?;
    }
    Ok(extent)
}
