//! Etalab's cadastre: one gzipped GeoJSON per commune and layer.

use std::fs;
use std::io::Write as _;
use std::path::Path;

use flate2::Compression;
use flate2::write::GzEncoder;
use rayon::iter::IntoParallelRefIterator;
use rayon::iter::ParallelIterator;

use super::DemoFilesError;
use super::geojson_text::Collection;
use super::geojson_text::quoted;
use super::unwritten;
use crate::demo::Demo;
use crate::demo::DemoCommune;
use crate::demo::Parcel;

/// Date of the edition of the cadastre in the demonstration.
pub(super) const EDITION: &str = "2026-07-01";

/// Writes the parcels and buildings of every commune, in parallel.
pub(super) fn write(dir: &Path, communes: &[DemoCommune]) -> Result<(), DemoFilesError> {
    communes.par_iter().try_for_each(|commune| {
        let insee = &commune.figures.insee;
        let parcels = parcels(insee, &commune.parcels)?;
        compress(&dir.join(format!("cadastre-{insee}-parcelles.json.gz")), &parcels)?;
        // A sheet whose buildings are not drawn yet has no file of buildings.
        if commune.buildings.is_empty() {
            return Ok(());
        }
        let buildings = buildings(commune)?;
        compress(&dir.join(format!("cadastre-{insee}-batiments.json.gz")), &buildings)
    })
}

fn compress(path: &Path, bytes: &[u8]) -> Result<(), DemoFilesError> {
    let mut encoder = GzEncoder::new(Vec::with_capacity(bytes.len() / 4), Compression::fast());
    let packed =
        encoder.write_all(bytes).and_then(|()| encoder.finish()).map_err(unwritten(path))?;
    fs::write(path, packed).map_err(unwritten(path))
}

/// Writes the earlier cadastre of the communes in which a friche lists a number of then.
pub(super) fn write_earlier(dir: &Path, demo: &Demo) -> Result<(), DemoFilesError> {
    demo.inventories.earlier.iter().try_for_each(|earlier| {
        let insee = &demo.communes[earlier.commune].figures.insee;
        let parcels = parcels(insee, &earlier.parcels)?;
        compress(&dir.join(format!("cadastre-{insee}-parcelles.json.gz")), &parcels)
    })
}

fn parcels(insee: &str, parcels: &[Parcel]) -> Result<Vec<u8>, DemoFilesError> {
    let mut collection = Collection::new(&format!("cadastre-{insee}-parcelles"))?;
    for parcel in parcels {
        let properties = format!(
            "{{\"id\":\"{}\",\"commune\":\"{insee}\",\"prefixe\":\"000\",\"section\":\"{}\",\"numero\":\"{}\",\
             \"contenance\":{},\"arpente\":{},\"created\":\"{}\",\"updated\":\"{EDITION}\"}}",
            parcel.id,
            parcel.section,
            parcel.number,
            parcel.contenance_m2,
            parcel.surveyed,
            parcel.created
        );
        collection.feature(Some(&parcel.id), &properties);
        collection.polygon(&parcel.polygon)?;
    }
    Ok(collection.finish())
}

fn buildings(commune: &DemoCommune) -> Result<Vec<u8>, DemoFilesError> {
    let insee = &commune.figures.insee;
    let mut collection = Collection::new(&format!("cadastre-{insee}-batiments"))?;
    for building in &commune.buildings {
        let properties = format!(
            "{{\"type\":{},\"nom\":null,\"commune\":\"{insee}\",\"created\":\"{}\",\"updated\":\"{EDITION}\"}}",
            quoted(if building.hard { "01" } else { "02" }),
            building.created
        );
        collection.feature(None, &properties);
        collection.polygon(&building.polygon)?;
    }
    Ok(collection.finish())
}
