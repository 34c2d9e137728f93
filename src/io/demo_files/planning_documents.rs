//! Planning documents in the CNIG form of 2017: a Shapefile per PLU, a GeoPackage per PLUi.

use std::fs;
use std::path::Path;

use geo_types::Geometry;
use geo_types::Polygon;
use rayon::iter::IntoParallelIterator;
use rayon::iter::ParallelIterator;
use rusqlite::types::Value;
use shapefile::PolygonRing;
use shapefile::dbase::FieldName;
use shapefile::dbase::FieldValue;
use shapefile::dbase::Record;
use shapefile::dbase::TableWriterBuilder;

use super::DemoFilesError;
use super::geopackage_tables::FeatureTable;
use super::geopackage_tables::LAMBERT_93;
use super::geopackage_tables::write_table;
use super::unwritten;
use crate::demo::Demo;
use crate::demo::DemoCommune;
use crate::demo::PlanningDocument;
use crate::demo::Zone;

const FIELDS: [(&str, u8); 8] = [
    ("LIBELLE", 12),
    ("LIBELONG", 254),
    ("TYPEZONE", 3),
    ("DESTDOMI", 2),
    ("NOMFIC", 80),
    ("URLFIC", 254),
    ("IDURBA", 30),
    ("DATVALID", 8),
];

fn values(zone: &Zone, document: &str, date: &str) -> [String; 8] {
    let (code, _) = document.split_once('_').unwrap_or((document, ""));
    [
        zone.label.clone(),
        zone.long_label.clone(),
        zone.zone_type.to_owned(),
        zone.destination.to_owned(),
        format!("{code}_reglement_{date}.pdf"),
        String::new(),
        document.to_owned(),
        date.to_owned(),
    ]
}

/// Writes every document of the territory under `dir`.
pub(super) fn write(dir: &Path, demo: &Demo) -> Result<(), DemoFilesError> {
    let plus: Vec<&DemoCommune> =
        demo.communes.iter().filter(|c| c.document == PlanningDocument::Plu).collect();
    plus.into_par_iter().try_for_each(|commune| plu(dir, commune))?;
    demo.plui_epcis.iter().try_for_each(|siren| plui(dir, demo, siren))
}

fn plu(dir: &Path, commune: &DemoCommune) -> Result<(), DemoFilesError> {
    let (insee, date) = (&commune.figures.insee, &commune.document_date);
    let document = format!("{insee}_PLU_{date}");
    let folder = dir.join(&document).join("Donnees_geographiques");
    fs::create_dir_all(&folder).map_err(unwritten(&folder))?;
    let path = folder.join(format!("{insee}_ZONE_URBA_{date}.shp"));
    let refused = |error: &dyn std::fmt::Display| DemoFilesError::Format {
        path: path.clone(),
        what: error.to_string(),
    };
    let mut table = TableWriterBuilder::new();
    for (name, length) in FIELDS {
        let name = FieldName::try_from(name).map_err(|error| refused(&error))?;
        table = table.add_character_field(name, length);
    }
    let mut writer = shapefile::Writer::from_path(&path, table).map_err(|error| refused(&error))?;
    for zone in &commune.zones {
        let mut record = Record::default();
        for ((name, _), value) in FIELDS.iter().zip(values(zone, &document, date)) {
            let value = (!value.is_empty()).then_some(value);
            record.insert((*name).to_owned(), FieldValue::Character(value));
        }
        writer
            .write_shape_and_record(&shape(&zone.polygon), &record)
            .map_err(|error| refused(&error))?;
    }
    drop(writer);
    undate(&path.with_extension("dbf"))?;
    for (extension, text) in [("cpg", "UTF-8"), ("prj", LAMBERT_93)] {
        let side = path.with_extension(extension);
        fs::write(&side, text).map_err(unwritten(&side))?;
    }
    Ok(())
}

/// Sets the date of the last change to 2026-01-01: the same demonstration gives the same bytes.
fn undate(path: &Path) -> Result<(), DemoFilesError> {
    let mut bytes = fs::read(path).map_err(unwritten(path))?;
    if let Some(date) = bytes.get_mut(1..4) {
        date.copy_from_slice(&[126, 1, 1]);
    }
    fs::write(path, bytes).map_err(unwritten(path))
}

fn shape(polygon: &Polygon<f64>) -> shapefile::Polygon {
    let points = |ring: &geo_types::LineString<f64>| -> Vec<shapefile::Point> {
        ring.0.iter().map(|at| shapefile::Point::new(at.x, at.y)).collect()
    };
    let mut rings = vec![PolygonRing::Outer(points(polygon.exterior()))];
    rings.extend(polygon.interiors().iter().map(|hole| PolygonRing::Inner(points(hole))));
    shapefile::Polygon::with_rings(rings)
}

fn plui(dir: &Path, demo: &Demo, siren: &str) -> Result<(), DemoFilesError> {
    let members = || demo.communes.iter().filter(|commune| commune.figures.epci_siren == siren);
    let Some(date) = members().next().map(|commune| commune.document_date.clone()) else {
        return Ok(());
    };
    let document = format!("{siren}_PLUi_{date}");
    let folder = dir.join(&document);
    fs::create_dir_all(&folder).map_err(unwritten(&folder))?;
    let path = folder.join("zone_urba.gpkg");
    let columns = FIELDS.map(|(name, _)| (name, "TEXT"));
    let table = FeatureTable { name: "zone_urba", geometry_type: "POLYGON", columns: &columns };
    let rows = members().flat_map(|commune| commune.zones.iter()).map(|zone| {
        let values = values(zone, &document, &date).map(Value::Text);
        (Geometry::Polygon(zone.polygon.clone()), values.to_vec())
    });
    write_table(&path, &table, rows)
        .map_err(|error| DemoFilesError::Format { path: path.clone(), what: error.to_string() })
}
