//! Prescriptions and servitudes as the CNIG has them, substations as RTE lists them, sidings as Cerema does.

use std::fs;
use std::path::Path;

use geo_types::Geometry;
use rusqlite::types::Value;

use super::DemoFilesError;
use super::geojson_text::Collection;
use super::geopackage_tables::FeatureTable;
use super::geopackage_tables::write_table;
use super::unwritten;
use crate::demo::Demo;
use crate::demo::PlanningDocument;

fn table(
    path: &Path,
    table: &FeatureTable<'_>,
    rows: impl Iterator<Item = (Geometry<f64>, Vec<Value>)>,
) -> Result<(), DemoFilesError> {
    write_table(path, table, rows).map_err(|error| DemoFilesError::Format {
        path: path.to_path_buf(),
        what: error.to_string(),
    })
}

fn text(value: impl Into<String>) -> Value {
    Value::Text(value.into())
}

/// Writes `prescription_surf.gpkg`.
pub(super) fn prescriptions(path: &Path, demo: &Demo) -> Result<(), DemoFilesError> {
    let columns =
        ["LIBELLE", "TXT", "TYPEPSC", "STYPEPSC", "IDURBA", "DATVALID"].map(|name| (name, "TEXT"));
    let layer =
        FeatureTable { name: "prescription_surf", geometry_type: "POLYGON", columns: &columns };
    let rows = demo.economy.prescriptions.iter().map(|one| {
        let commune = &demo.communes[one.commune];
        let date = &commune.document_date;
        let document = match commune.document {
            PlanningDocument::Plui => format!("{}_PLUi_{date}", commune.figures.epci_siren),
            _ => format!("{}_PLU_{date}", commune.figures.insee),
        };
        let values = vec![
            text(&one.label),
            text("données synthétiques"),
            text(one.code.0),
            text(one.code.1),
            text(document),
            text(date),
        ];
        (Geometry::Polygon(one.polygon.clone()), values)
    });
    table(path, &layer, rows)
}

/// Writes `assiette_sup_s.gpkg`.
pub(super) fn servitudes(path: &Path, demo: &Demo) -> Result<(), DemoFilesError> {
    let columns = ["idass", "nomass", "typeass", "suptype"].map(|name| (name, "TEXT"));
    let layer =
        FeatureTable { name: "assiette_sup_s", geometry_type: "POLYGON", columns: &columns };
    let rows = demo.economy.servitudes.iter().enumerate().map(|(rank, one)| {
        let values = vec![
            text(format!("{}-FICTIF-{:04}", one.category, rank + 1)),
            text(&one.name),
            text("Assiette de servitude (fictive)"),
            text(one.category),
        ];
        (Geometry::Polygon(one.polygon.clone()), values)
    });
    table(path, &layer, rows)
}

/// Writes `postes-electriques-rte.geojson`.
pub(super) fn substations(path: &Path, demo: &Demo) -> Result<(), DemoFilesError> {
    let mut collection = Collection::new("postes-electriques-rte")?;
    for one in &demo.economy.substations {
        let properties = format!(
            "{{\"code_poste\":\"{}\",\"nom_poste\":\"Poste fictif {}\",\"fonction\":\"POSTE DE TRANSFORMATION\",\
             \"etat\":\"EN EXPLOITATION\",\"tension\":\"{}\"}}",
            one.code, one.code, one.voltage
        );
        collection.feature(None, &properties);
        collection.point(one.at)?;
    }
    fs::write(path, collection.finish()).map_err(unwritten(path))
}

/// Writes `ite_3000.gpkg`.
pub(super) fn sidings(path: &Path, demo: &Demo) -> Result<(), DemoFilesError> {
    let columns = [("id_ite", "TEXT"), ("etat", "TEXT")];
    let layer = FeatureTable { name: "ite_3000", geometry_type: "LINESTRING", columns: &columns };
    let rows = demo.economy.sidings.iter().enumerate().map(|(rank, one)| {
        let values = vec![text(format!("ITE-FICTIVE-{:03}", rank + 1)), text(one.state)];
        (Geometry::LineString(one.line.clone()), values)
    });
    table(path, &layer, rows)
}
