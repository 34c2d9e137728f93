//! Roads, railways and rivers as BD TOPO names them, and risks, in GeoPackages; stations as the SNCF lists them.

use std::fs;
use std::path::Path;

use geo_types::Geometry;
use rusqlite::types::Value;

use super::DemoFilesError;
use super::geojson_text::Collection;
use super::geojson_text::quoted;
use super::geopackage_tables::FeatureTable;
use super::geopackage_tables::write_table;
use super::unwritten;
use crate::demo::Demo;
use crate::demo::HazardArea;
use crate::demo::Lambert93;
use crate::demo::RoadClass;
use crate::demo::Waterway;

fn text(value: &str) -> Value {
    if value.is_empty() { Value::Null } else { Value::Text(value.to_owned()) }
}

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

/// NATURE, IMPORTANCE, LARGEUR (m), VITESSE_MOYENNE_VL (km/h), CPX_CLASSEMENT_ADMINISTRATIF, SENS, NB_VOIES.
fn habits(
    class: RoadClass,
) -> (&'static str, &'static str, f64, i64, &'static str, &'static str, i64) {
    match class {
        RoadClass::Motorway => ("Type autoroutier", "1", 24.0, 125, "Autoroute", "Double sens", 4),
        RoadClass::Ramp => ("Bretelle", "2", 7.0, 50, "", "Double sens", 1),
        RoadClass::Expressway => {
            ("Route à 2 chaussées", "2", 15.0, 100, "Nationale", "Double sens", 4)
        }
        RoadClass::National => ("Route à 1 chaussée", "2", 8.0, 75, "Nationale", "Double sens", 2),
        RoadClass::Departmental => {
            ("Route à 1 chaussée", "3", 7.0, 70, "Départementale", "Double sens", 2)
        }
        RoadClass::Local => {
            ("Route à 1 chaussée", "4", 5.0, 55, "Départementale", "Double sens", 2)
        }
        RoadClass::Street => ("Route à 1 chaussée", "5", 5.0, 25, "", "Double sens", 2),
        RoadClass::Lane => ("Route à 1 chaussée", "5", 4.0, 40, "", "Double sens", 1),
    }
}

/// Writes `troncon_de_route.gpkg`, `troncon_de_voie_ferree.gpkg`, `gares.geojson` into `dir`.
pub(super) fn write(dir: &Path, demo: &Demo) -> Result<(), DemoFilesError> {
    let columns = [
        ("ID", "TEXT"),
        ("NATURE", "TEXT"),
        ("IMPORTANCE", "TEXT"),
        ("FICTIF", "TEXT"),
        ("POS_SOL", "TEXT"),
        ("ETAT", "TEXT"),
        ("NB_VOIES", "INTEGER"),
        ("LARGEUR", "REAL"),
        ("SENS", "TEXT"),
        ("VITESSE_MOYENNE_VL", "INTEGER"),
        ("CPX_NUMERO", "TEXT"),
        ("CPX_CLASSEMENT_ADMINISTRATIF", "TEXT"),
    ];
    let roads =
        FeatureTable { name: "troncon_de_route", geometry_type: "LINESTRING", columns: &columns };
    let rows = demo.roads.iter().enumerate().map(|(rank, road)| {
        let (nature, importance, width, speed, ranking, sense, lanes) = habits(road.class);
        let values = vec![
            Value::Text(format!("TRONROUT{:016}", rank + 1)),
            text(nature),
            text(importance),
            text("Non"),
            text("0"),
            text("En service"),
            Value::Integer(lanes),
            Value::Real(width),
            text(sense),
            Value::Integer(speed),
            text(&road.number),
            text(ranking),
        ];
        (Geometry::LineString(road.line.clone()), values)
    });
    table(&dir.join("troncon_de_route.gpkg"), &roads, rows)?;
    let columns = [
        ("ID", "TEXT"),
        ("NATURE", "TEXT"),
        ("ETAT", "TEXT"),
        ("ELECTRIFIE", "TEXT"),
        ("LARGEUR", "TEXT"),
        ("NB_VOIES", "TEXT"),
        ("USAGE", "TEXT"),
        ("TOPONYME", "TEXT"),
    ];
    let rails = FeatureTable {
        name: "troncon_de_voie_ferree",
        geometry_type: "LINESTRING",
        columns: &columns,
    };
    let rows = demo.railways.iter().enumerate().map(|(rank, railway)| {
        let main = railway.code == "640000";
        let values = vec![
            Value::Text(format!("TRONFERR{:016}", rank + 1)),
            text("Voie ferrée principale"),
            text("En service"),
            text(if main { "Oui" } else { "Non" }),
            text("Normale"),
            text(if main { "2" } else { "1" }),
            text("Mixte"),
            text(&railway.name),
        ];
        (Geometry::LineString(railway.line.clone()), values)
    });
    table(&dir.join("troncon_de_voie_ferree.gpkg"), &rails, rows)?;
    stations(&dir.join("gares.geojson"), demo)
}

/// Writes `troncon_hydrographique.gpkg` into `dir`.
pub(super) fn rivers(dir: &Path, rivers: &[Waterway]) -> Result<(), DemoFilesError> {
    let columns =
        [("ID", "TEXT"), ("NATURE", "TEXT"), ("PERSISTANCE", "TEXT"), ("CPX_TOPONYME", "TEXT")];
    let lines = FeatureTable {
        name: "troncon_hydrographique",
        geometry_type: "LINESTRING",
        columns: &columns,
    };
    let rows = rivers.iter().enumerate().map(|(rank, river)| {
        let values = vec![
            Value::Text(format!("TRON_EAU{:016}", rank + 1)),
            text("Ecoulement naturel"),
            text("Permanent"),
            text(&river.name),
        ];
        (Geometry::LineString(river.line.clone()), values)
    });
    table(&dir.join("troncon_hydrographique.gpkg"), &lines, rows)
}

/// Writes the areas of some categories as one GeoPackage.
pub(super) fn hazards(
    path: &Path,
    name: &str,
    areas: &[HazardArea],
    categories: &[&str],
) -> Result<(), DemoFilesError> {
    let columns = [("id_zone", "TEXT"), ("categorie", "TEXT"), ("classe", "TEXT"), ("nom", "TEXT")];
    let zones = FeatureTable { name, geometry_type: "POLYGON", columns: &columns };
    let chosen = areas.iter().filter(|area| categories.contains(&area.category));
    let rows = chosen.enumerate().map(|(rank, area)| {
        let values = vec![
            Value::Text(format!("{}-{:04}", area.category, rank + 1)),
            text(area.category),
            text(&area.class),
            text(&area.name),
        ];
        (Geometry::Polygon(area.polygon.clone()), values)
    });
    table(path, &zones, rows)
}

fn stations(path: &Path, demo: &Demo) -> Result<(), DemoFilesError> {
    let projection = Lambert93::new()?;
    let mut collection = Collection::new("gares")?;
    for (rank, station) in demo.stations.iter().enumerate() {
        let commune = &demo.communes[station.commune].figures;
        let degrees = projection.to_degrees(station.at)?;
        let department = match commune.department.as_str() {
            "32" => "GERS",
            "47" => "LOT-ET-GARONNE",
            _ => "TARN-ET-GARONNE",
        };
        let properties = format!(
            "{{\"code_uic\":\"{}\",\"libelle\":{},\"fret\":\"{}\",\"voyageurs\":\"O\",\"code_ligne\":\"{}\",\
             \"rg_troncon\":1,\"pk\":\"{:03}+000\",\"commune\":{},\"departemen\":\"{department}\",\
             \"x_l93\":{},\"y_l93\":{},\"x_wgs84\":{},\"y_wgs84\":{}}}",
            station.code_uic,
            quoted(&station.name),
            if station.freight { "O" } else { "N" },
            station.line_code,
            150 + rank * 9,
            quoted(&commune.name.to_uppercase()),
            station.at.x,
            station.at.y,
            degrees.x,
            degrees.y,
        );
        collection.feature(None, &properties);
        collection.point(station.at)?;
    }
    fs::write(path, collection.finish()).map_err(unwritten(path))
}
