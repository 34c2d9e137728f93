//! The tables of a GeoPackage that are layers, as its own catalogue lists them.

use rusqlite::Connection;
use rusqlite::OptionalExtension;

use super::crs_of_file;
use super::geopackage::quoted;
use super::layer::DeclaredCrs;
use super::layer::Format;
use super::layer::GeometryHint;
use super::layer::LayerHeader;

/// A layer and what is needed to read it.
pub(super) struct Table {
    pub header: LayerHeader,
    pub geometry_column: Option<String>,
    /// Name of the table's R-tree, whose numbers are the table's rowids.
    pub index: Option<String>,
    /// For each column whether it is declared BOOLEAN (SQLite itself has no truth values).
    pub flags: Vec<bool>,
}

/// All feature and attribute tables, in the catalogue's order of names.
pub(super) fn list(database: &Connection) -> Result<Vec<Table>, String> {
    let has = |table: &str| {
        let sql = "SELECT 1 FROM sqlite_master WHERE type IN ('table','view') AND lower(name) = ?1";
        database.query_row(sql, [table], |_| Ok(())).optional().map(|found| found.is_some())
    };
    let words = |e: rusqlite::Error| e.to_string();
    if !has("gpkg_contents").map_err(words)? {
        return Err("it is an SQLite database but not a GeoPackage (no gpkg_contents): \
                    open it in QGIS and save its layer as GeoPackage"
            .to_owned());
    }
    let with_geometry = has("gpkg_geometry_columns").map_err(words)?;
    let with_counts = has("gpkg_ogr_contents").map_err(words)?;
    let mut statement = database
        .prepare(
            "SELECT table_name, lower(data_type) FROM gpkg_contents
             WHERE lower(data_type) IN ('features', 'attributes', 'aspatial')
               AND EXISTS (SELECT 1 FROM sqlite_master WHERE type IN ('table','view')
                           AND lower(name) = lower(table_name))
             ORDER BY table_name",
        )
        .map_err(words)?;
    let names: Vec<(String, String)> = statement
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))
        .and_then(Iterator::collect)
        .map_err(words)?;
    names
        .into_iter()
        .map(|(name, kind)| {
            let geometry = if with_geometry && kind == "features" {
                geometry_of(database, &name).map_err(words)?
            } else {
                None
            };
            let rows = if with_counts { announced_rows(database, &name) } else { None };
            table(database, name, geometry, rows).map_err(words)
        })
        .collect()
}

struct GeometryColumn {
    name: String,
    hint: GeometryHint,
    crs: DeclaredCrs,
}

fn geometry_of(database: &Connection, table: &str) -> rusqlite::Result<Option<GeometryColumn>> {
    let sql = "SELECT column_name, upper(geometry_type_name), srs_id FROM gpkg_geometry_columns
               WHERE lower(table_name) = lower(?1)";
    let found: Option<(String, String, i64)> = database
        .query_row(sql, [table], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .optional()?;
    let Some((name, kind, srs)) = found else { return Ok(None) };
    let hint = match kind.as_str() {
        "POINT" | "MULTIPOINT" => GeometryHint::Points,
        "LINESTRING" | "MULTILINESTRING" => GeometryHint::Lines,
        "POLYGON" | "MULTIPOLYGON" => GeometryHint::Areas,
        _ => GeometryHint::Unknown,
    };
    Ok(Some(GeometryColumn { name, hint, crs: crs_of(database, srs)? }))
}

fn crs_of(database: &Connection, srs: i64) -> rusqlite::Result<DeclaredCrs> {
    // 0 and -1 are the standard's "undefined" systems.
    if srs <= 0 {
        return Ok(DeclaredCrs::None);
    }
    let sql = "SELECT upper(organization), organization_coordsys_id, definition
               FROM gpkg_spatial_ref_sys WHERE srs_id = ?1";
    let found: Option<(Option<String>, Option<u32>, Option<String>)> = database
        .query_row(sql, [srs], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .optional()?;
    Ok(match found {
        Some((Some(organization), Some(code), _)) if organization == "EPSG" => {
            DeclaredCrs::Epsg(code)
        }
        Some((_, _, Some(definition))) if definition != "undefined" => {
            crs_of_file::of_wkt(&definition)
        }
        _ => DeclaredCrs::Named(format!("srs_id {srs}")),
    })
}

/// The R-tree of a geometry column, as the standard's extension names it. Only of real tables (a view has no rowids), and
/// not where a column of that name hides the rowid.
fn index_of(
    database: &Connection,
    header: &LayerHeader,
    geometry: &str,
) -> rusqlite::Result<Option<String>> {
    if header.columns.iter().any(|column| column.eq_ignore_ascii_case("rowid")) {
        return Ok(None);
    }
    let name = format!("rtree_{}_{geometry}", header.name);
    let sql = "SELECT tree.name FROM sqlite_master AS tree, sqlite_master AS layer
               WHERE lower(tree.name) = lower(?1) AND tree.type = 'table'
                 AND lower(layer.name) = lower(?2) AND layer.type = 'table'";
    database.query_row(sql, [&name, &header.name], |row| row.get(0)).optional()
}

fn announced_rows(database: &Connection, table: &str) -> Option<u64> {
    let sql = "SELECT feature_count FROM gpkg_ogr_contents WHERE lower(table_name) = lower(?1)";
    let count: Option<i64> = database.query_row(sql, [table], |row| row.get(0)).ok()?;
    count.and_then(|count| u64::try_from(count).ok())
}

fn table(
    database: &Connection,
    name: String,
    geometry: Option<GeometryColumn>,
    rows: Option<u64>,
) -> rusqlite::Result<Table> {
    let mut statement = database.prepare(&format!("PRAGMA table_info({})", quoted(&name)))?;
    let described: Vec<(String, String)> = statement
        .query_map([], |row| Ok((row.get(1)?, row.get(2)?)))?
        .collect::<rusqlite::Result<_>>()?;
    let (hint, crs, geometry_column) = match geometry {
        Some(column) => (column.hint, column.crs, Some(column.name)),
        None => (GeometryHint::None, DeclaredCrs::None, None),
    };
    let is_geometry =
        |column: &str| geometry_column.as_ref().is_some_and(|g| g.eq_ignore_ascii_case(column));
    let (columns, flags) = described
        .into_iter()
        .filter(|(column, _)| !is_geometry(column))
        .map(|(column, declared)| {
            let is_flag = declared.to_ascii_uppercase().starts_with("BOOL");
            (column, is_flag)
        })
        .unzip();
    let header = LayerHeader {
        name,
        format: Format::GeoPackage,
        columns,
        rows,
        crs,
        encoding: None,
        geometry: hint,
    };
    let index = match &geometry_column {
        Some(geometry) => index_of(database, &header, geometry)?,
        None => None,
    };
    Ok(Table { header, geometry_column, index, flags })
}
