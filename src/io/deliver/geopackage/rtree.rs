//! The R-tree of a layer (extension gpkg_rtree_index), and the triggers that keep it while a person edits in QGIS.

use rusqlite::Connection;
use rusqlite::params;

use super::GEOMETRY_COLUMN;
use super::blob::Envelope;

/// Creates and fills the index. R-tree entries are single precision: SQLite rounds them outward.
pub(super) fn create(
    connection: &Connection,
    table: &str,
    entries: &[(i64, Envelope)],
) -> rusqlite::Result<()> {
    let c = GEOMETRY_COLUMN;
    connection.execute_batch(&format!(
        "CREATE VIRTUAL TABLE \"rtree_{table}_{c}\" USING rtree(id, minx, maxx, miny, maxy);"
    ))?;
    let mut insert = connection
        .prepare(&format!("INSERT INTO \"rtree_{table}_{c}\" VALUES (?1, ?2, ?3, ?4, ?5)"))?;
    for (fid, envelope) in entries {
        insert.execute(params![
            fid,
            envelope.min_x,
            envelope.max_x,
            envelope.min_y,
            envelope.max_y
        ])?;
    }
    connection.execute(
        "INSERT INTO gpkg_extensions VALUES (?1, ?2, 'gpkg_rtree_index', \
         'http://www.geopackage.org/spec121/#extension_rtree', 'write-only')",
        params![table, c],
    )?;
    Ok(())
}

/// The six triggers of GeoPackage 1.2 and 1.3 (annex F.3).
pub(super) fn create_triggers(connection: &Connection, table: &str) -> rusqlite::Result<()> {
    let (t, c, i) = (table, GEOMETRY_COLUMN, "fid");
    let bounds = format!(
        "NEW.\"{i}\", ST_MinX(NEW.\"{c}\"), ST_MaxX(NEW.\"{c}\"), ST_MinY(NEW.\"{c}\"), ST_MaxY(NEW.\"{c}\")"
    );
    let has = format!("(NEW.\"{c}\" NOTNULL AND NOT ST_IsEmpty(NEW.\"{c}\"))");
    let has_not = format!("(NEW.\"{c}\" ISNULL OR ST_IsEmpty(NEW.\"{c}\"))");
    let tree = format!("\"rtree_{t}_{c}\"");
    connection.execute_batch(&format!(
        "CREATE TRIGGER \"rtree_{t}_{c}_insert\" AFTER INSERT ON \"{t}\" WHEN {has} \
           BEGIN INSERT OR REPLACE INTO {tree} VALUES ({bounds}); END;
         CREATE TRIGGER \"rtree_{t}_{c}_update1\" AFTER UPDATE OF \"{c}\" ON \"{t}\" WHEN OLD.\"{i}\" = NEW.\"{i}\" AND {has} \
           BEGIN INSERT OR REPLACE INTO {tree} VALUES ({bounds}); END;
         CREATE TRIGGER \"rtree_{t}_{c}_update2\" AFTER UPDATE OF \"{c}\" ON \"{t}\" WHEN OLD.\"{i}\" = NEW.\"{i}\" AND {has_not} \
           BEGIN DELETE FROM {tree} WHERE id = OLD.\"{i}\"; END;
         CREATE TRIGGER \"rtree_{t}_{c}_update3\" AFTER UPDATE ON \"{t}\" WHEN OLD.\"{i}\" != NEW.\"{i}\" AND {has} \
           BEGIN DELETE FROM {tree} WHERE id = OLD.\"{i}\"; INSERT OR REPLACE INTO {tree} VALUES ({bounds}); END;
         CREATE TRIGGER \"rtree_{t}_{c}_update4\" AFTER UPDATE ON \"{t}\" WHEN OLD.\"{i}\" != NEW.\"{i}\" AND {has_not} \
           BEGIN DELETE FROM {tree} WHERE id IN (OLD.\"{i}\", NEW.\"{i}\"); END;
         CREATE TRIGGER \"rtree_{t}_{c}_delete\" AFTER DELETE ON \"{t}\" WHEN OLD.\"{c}\" NOT NULL \
           BEGIN DELETE FROM {tree} WHERE id = OLD.\"{i}\"; END;"
    ))
}
