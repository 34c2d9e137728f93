//! The files: CSV as the standard's example has it (UTF-8 without mark, comma, CRLF), GeoPackage, report.

use std::io::Write;
use std::path::Path;
use std::path::PathBuf;

use super::Delivery;
use super::layers;
use super::report;
use crate::domain::Territory;
use crate::io::deliver::DeliverError;
use crate::io::deliver::DeliveryInfo;
use crate::io::deliver::atomic;
use crate::io::deliver::csv;
use crate::io::deliver::geopackage;
use crate::io::deliver::layers::honest;
use crate::io::deliver::layers::info;
use crate::io::schema::friches_standard::FIELDS;
use crate::words::Words;

const CSV: &str = "friches.csv";
const GEOPACKAGE: &str = "friches.gpkg";
const REPORT: &str = "completude.csv";

pub(super) fn write(
    delivery: &Delivery,
    territory: &Territory,
    out: &Path,
    words: &Words,
) -> Result<Vec<PathBuf>, DeliverError> {
    std::fs::create_dir_all(out)
        .map_err(|source| DeliverError::Write { path: out.to_path_buf(), source })?;
    let files: Vec<PathBuf> =
        [GEOPACKAGE, CSV, REPORT].into_iter().map(|name| out.join(name)).collect();
    let general = info(territory, words);
    let title = words.fill("friches_standard.file_title", &[("name", &general.title)]);
    let report = honest(report::layer(&delivery.completeness(), words)?, territory, words);
    let mut all = layers::all(delivery, words)?;
    all.push(report.clone());
    geopackage::write(&out.join(GEOPACKAGE), &all, &DeliveryInfo { title, ..general })?;
    atomic::write_with(&out.join(CSV), |stream| table(stream, delivery))?;
    csv::write(&out.join(REPORT), &report)?;
    Ok(files)
}

fn table(out: &mut dyn Write, delivery: &Delivery) -> Result<(), DeliverError> {
    let mut csv = ::csv::WriterBuilder::new()
        .delimiter(b',')
        .terminator(::csv::Terminator::CRLF)
        .from_writer(out);
    csv.write_record(FIELDS.iter().map(|field| field.name))?;
    for row in &delivery.rows {
        csv.write_record(row.values.iter().map(|value| value.as_deref().unwrap_or_default()))?;
    }
    csv.flush()?;
    Ok(())
}
