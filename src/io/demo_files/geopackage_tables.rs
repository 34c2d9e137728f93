//! The least GeoPackage (1.3) that QGIS and GDAL open: one feature table, no extension.

use std::path::Path;

use geo_types::Coord;
use geo_types::Geometry;
use geo_types::LineString;
use geo_types::Polygon;
use rusqlite::Connection;
use rusqlite::params_from_iter;
use rusqlite::types::Value;

/// A table to write.
pub(super) struct FeatureTable<'a> {
    pub(super) name: &'a str,
    pub(super) geometry_type: &'a str,
    /// Name and SQL type of each attribute.
    pub(super) columns: &'a [(&'a str, &'a str)],
}

/// Writes one table of a new file, geometries in EPSG:2154.
pub(super) fn write_table(
    path: &Path,
    table: &FeatureTable<'_>,
    rows: impl Iterator<Item = (Geometry<f64>, Vec<Value>)>,
) -> Result<(), rusqlite::Error> {
    let mut connection = Connection::open(path)?;
    connection.execute_batch(
        "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA page_size = 4096;",
    )?;
    let transaction = connection.transaction()?;
    transaction.execute_batch(&format!(
        "PRAGMA application_id = 1196444487; PRAGMA user_version = 10300;
         CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT NOT NULL, srs_id INTEGER PRIMARY KEY,
           organization TEXT NOT NULL, organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL,
           description TEXT);
         INSERT INTO gpkg_spatial_ref_sys VALUES
           ('Undefined Cartesian SRS', -1, 'NONE', -1, 'undefined', NULL),
           ('Undefined geographic SRS', 0, 'NONE', 0, 'undefined', NULL),
           ('WGS 84 geodetic', 4326, 'EPSG', 4326, '{WGS_84}', NULL),
           ('RGF93 v1 / Lambert-93', 2154, 'EPSG', 2154, '{LAMBERT_93}', NULL);
         CREATE TABLE gpkg_contents (table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL,
           identifier TEXT UNIQUE, description TEXT DEFAULT '',
           last_change DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')),
           min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE, srs_id INTEGER,
           CONSTRAINT fk_gc_r_srs_id FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id));
         CREATE TABLE gpkg_geometry_columns (table_name TEXT NOT NULL, column_name TEXT NOT NULL,
           geometry_type_name TEXT NOT NULL, srs_id INTEGER NOT NULL, z TINYINT NOT NULL, m TINYINT NOT NULL,
           CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, column_name),
           CONSTRAINT uk_gc_table_name UNIQUE (table_name),
           CONSTRAINT fk_gc_tn FOREIGN KEY (table_name) REFERENCES gpkg_contents(table_name),
           CONSTRAINT fk_gc_srs FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys (srs_id));"
    ))?;
    let name = table.name;
    let declared: String =
        table.columns.iter().map(|(column, kind)| format!(", \"{column}\" {kind}")).collect();
    transaction.execute_batch(&format!(
        "CREATE TABLE \"{name}\" (fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, geom {}{declared});",
        table.geometry_type
    ))?;
    let holders: String = table.columns.iter().map(|_| ", ?").collect();
    let names: String = table.columns.iter().map(|(column, _)| format!(", \"{column}\"")).collect();
    let (mut low, mut high) = ([f64::INFINITY; 2], [f64::NEG_INFINITY; 2]);
    {
        let mut insert = transaction
            .prepare(&format!("INSERT INTO \"{name}\" (geom{names}) VALUES (?{holders})"))?;
        for (geometry, values) in rows {
            let (blob, extent) = blob(&geometry);
            low = [low[0].min(extent[0]), low[1].min(extent[2])];
            high = [high[0].max(extent[1]), high[1].max(extent[3])];
            insert.execute(params_from_iter(std::iter::once(Value::Blob(blob)).chain(values)))?;
        }
    }
    if low[0] > high[0] {
        (low, high) = ([0.0; 2], [0.0; 2]);
    }
    // The date is fixed: the same demonstration gives the same bytes.
    transaction.execute(
        "INSERT INTO gpkg_contents VALUES (?1, 'features', ?1, ?2, '2026-01-01T00:00:00.000Z', ?3, ?4, ?5, ?6, 2154)",
        rusqlite::params![name, super::geojson_text::SYNTHETIC, low[0], low[1], high[0], high[1]],
    )?;
    transaction.execute(
        "INSERT INTO gpkg_geometry_columns VALUES (?1, 'geom', ?2, 2154, 0, 0)",
        rusqlite::params![name, table.geometry_type],
    )?;
    transaction.commit()
}

/// Geometry in the binary form of GeoPackage, and its extent (least x, most x, least y, most y).
fn blob(geometry: &Geometry<f64>) -> (Vec<u8>, [f64; 4]) {
    let mut body = Vec::with_capacity(512);
    let mut extent = [f64::INFINITY, f64::NEG_INFINITY, f64::INFINITY, f64::NEG_INFINITY];
    append(geometry, &mut body, &mut extent);
    let mut blob = Vec::with_capacity(body.len() + 40);
    blob.extend_from_slice(b"GP\x00\x03");
    blob.extend_from_slice(&2154_i32.to_le_bytes());
    for bound in extent {
        blob.extend_from_slice(&bound.to_le_bytes());
    }
    blob.extend(body);
    (blob, extent)
}

fn append(geometry: &Geometry<f64>, body: &mut Vec<u8>, extent: &mut [f64; 4]) {
    let head = |body: &mut Vec<u8>, kind: u32| {
        body.push(1);
        body.extend_from_slice(&kind.to_le_bytes());
    };
    match geometry {
        Geometry::LineString(line) => {
            head(body, 2);
            positions(line, body, extent);
        }
        Geometry::Polygon(polygon) => {
            head(body, 3);
            rings(polygon, body, extent);
        }
        Geometry::MultiPolygon(parts) => {
            head(body, 6);
            body.extend_from_slice(&(parts.0.len() as u32).to_le_bytes());
            for part in &parts.0 {
                head(body, 3);
                rings(part, body, extent);
            }
        }
        // The demonstration writes nothing else; an empty collection is the honest form of "not written".
        _ => {
            head(body, 7);
            body.extend_from_slice(&0_u32.to_le_bytes());
        }
    }
}

fn rings(polygon: &Polygon<f64>, body: &mut Vec<u8>, extent: &mut [f64; 4]) {
    body.extend_from_slice(&(1 + polygon.interiors().len() as u32).to_le_bytes());
    positions(polygon.exterior(), body, extent);
    for hole in polygon.interiors() {
        positions(hole, body, extent);
    }
}

fn positions(line: &LineString<f64>, body: &mut Vec<u8>, extent: &mut [f64; 4]) {
    body.extend_from_slice(&(line.0.len() as u32).to_le_bytes());
    for Coord { x, y } in &line.0 {
        body.extend_from_slice(&x.to_le_bytes());
        body.extend_from_slice(&y.to_le_bytes());
        *extent = [extent[0].min(*x), extent[1].max(*x), extent[2].min(*y), extent[3].max(*y)];
    }
}

const WGS_84: &str = r#"GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563]],PRIMEM["Greenwich",0],UNIT["degree",0.0174532925199433],AUTHORITY["EPSG","4326"]]"#;

/// WKT 1 of Lambert-93, as GDAL writes it.
pub(super) const LAMBERT_93: &str = r#"PROJCS["RGF93 v1 / Lambert-93",GEOGCS["RGF93 v1",DATUM["Reseau_Geodesique_Francais_1993_v1",SPHEROID["GRS 1980",6378137,298.257222101]],PRIMEM["Greenwich",0],UNIT["degree",0.0174532925199433],AUTHORITY["EPSG","4171"]],PROJECTION["Lambert_Conformal_Conic_2SP"],PARAMETER["latitude_of_origin",46.5],PARAMETER["central_meridian",3],PARAMETER["standard_parallel_1",49],PARAMETER["standard_parallel_2",44],PARAMETER["false_easting",700000],PARAMETER["false_northing",6600000],UNIT["metre",1],AXIS["Easting",EAST],AXIS["Northing",NORTH],AUTHORITY["EPSG","2154"]]"#;
