//! OGC GeoPackage, through SQLite, read-only.

use std::fmt::Write as _;
use std::ops::ControlFlow;
use std::path::Path;
use std::path::PathBuf;

use rusqlite::Connection;
use rusqlite::OpenFlags;
use rusqlite::types::ValueRef;

use super::encoding;
use super::error::ReadError;
use super::geopackage_blob;
use super::geopackage_guard::Guard;
use super::geopackage_layers;
use super::geopackage_layers::Table;
use super::gzip::head;
use super::layer::LayerHeader;
use super::layer::ReadNote;
use super::layer::SourceFacts;
use super::row::Cell;
use super::row::GeometryFault;
use super::row::Row;
use super::want::ColumnMatcher;
use super::want::GeometryFrom;
use super::want::Limits;
use super::want::Want;
use super::want::unbound;

/// The layers of the database: feature tables and attribute tables.
pub(super) fn probe(path: &Path) -> Result<Vec<LayerHeader>, ReadError> {
    let database = open(path)?;
    let _guard = Guard::set(path, &database, Limits::default())?;
    let tables = geopackage_layers::list(&database).map_err(|e| broken(path, 0, &e))?;
    Ok(tables.into_iter().map(|table| table.header).collect())
}

/// Reads one table.
pub(super) fn read(
    path: &Path,
    want: &Want,
    sink: &mut dyn FnMut(Row) -> ControlFlow<()>,
) -> Result<SourceFacts, ReadError> {
    let database = open(path)?;
    let guard = Guard::set(path, &database, want.limits)?;
    let tables = geopackage_layers::list(&database).map_err(|e| broken(path, 0, &e))?;
    let headers = tables.iter().map(|t| &t.header);
    let chosen = super::choose_layer(path, want, headers)?;
    let Some(table) = tables.into_iter().nth(chosen) else {
        return Err(broken(path, 0, "the layer is gone"));
    };
    let bound = ColumnMatcher::new(&want.columns).bind(&table.header.columns);
    let missing = unbound(&bound);
    want.require(path, &missing, &table.header.columns)?;
    rows(
        &guard,
        &database,
        want,
        &bound,
        SourceFacts::new(table.header.clone(), missing),
        &table,
        sink,
    )
}

fn rows(
    guard: &Guard<'_>,
    database: &Connection,
    want: &Want,
    bound: &[Option<usize>],
    mut facts: SourceFacts,
    table: &Table,
    sink: &mut dyn FnMut(Row) -> ControlFlow<()>,
) -> Result<SourceFacts, ReadError> {
    let geometry_column =
        table.geometry_column.as_ref().filter(|_| want.geometry == GeometryFrom::Native);
    let sql = select(table, geometry_column, bound, false);
    let failed = |e: rusqlite::Error| guard.fault(0, &e);
    let within = want.within.filter(|_| geometry_column.is_some());
    let by_index = within.zip(table.index.as_ref()).and_then(|(within, index)| {
        let index = quoted(index);
        // The R-tree's own numbers are rounded outwards: it lets through a little more, never less.
        let sql = select(table, geometry_column, bound, true);
        let sql = format!(
            "{sql} WHERE rowid IN (SELECT id FROM {index}
               WHERE maxx >= ?1 AND maxy >= ?2 AND minx <= ?3 AND miny <= ?4) ORDER BY rowid"
        );
        database.prepare(&sql).ok().map(|statement| (statement, within))
    });
    // Row order, or the answer would depend on the indexes. Views have no rowid.
    let (mut statement, within) = match by_index {
        Some((statement, within)) => (statement, Some(within)),
        None => {
            let ordered = database.prepare(&format!("{sql} ORDER BY rowid"));
            (ordered.or_else(|_no_rowid| database.prepare(&sql)).map_err(failed)?, None)
        }
    };
    let rowid_at = within.map(|_| statement.column_count() - 1);
    let bounds = within.as_ref().map_or(&[][..], <[f64; 4]>::as_slice);
    let mut cursor = statement.query(rusqlite::params_from_iter(bounds)).map_err(failed)?;
    let mut reduced = 0;
    let mut wrong_encoding = 0;
    loop {
        let row = cursor.next().map_err(|e| guard.fault(facts.rows_read, &e))?;
        let Some(row) = row else { break };
        guard.row_came(facts.rows_read + 1)?;
        let value = |index: usize| row.get_ref(index).map_err(|e| guard.fault(facts.rows_read, &e));
        let geometry = match geometry_column {
            None => Ok(None),
            Some(_) => match value(0)? {
                ValueRef::Null => Ok(None),
                ValueRef::Blob(blob) => geopackage_blob::decode(blob, &mut reduced),
                _ => Err(GeometryFault::malformed("it is not a GeoPackage geometry")),
            },
        };
        let mut next = usize::from(geometry_column.is_some());
        let mut cells = Vec::with_capacity(bound.len());
        for column in bound {
            cells.push(match column {
                None => Cell::Missing,
                Some(column) => {
                    let is_flag = table.flags.get(*column).copied().unwrap_or(false);
                    next += 1;
                    cell(value(next - 1)?, is_flag, &mut wrong_encoding)
                }
            });
        }
        let number = match rowid_at {
            Some(rowid_at) => match value(rowid_at)? {
                ValueRef::Integer(rowid) => u64::try_from(rowid).unwrap_or(0),
                _ => 0,
            },
            None => facts.rows_read + 1,
        };
        facts.rows_read += 1;
        if sink(Row { number, geometry, cells }).is_break() {
            facts.stopped = true;
            break;
        }
    }
    if within.is_some() && !facts.stopped {
        let rows = all_rows(database, table, facts.rows_read).map_err(failed)?;
        facts.rows_passed_over = rows.saturating_sub(facts.rows_read);
    }
    if reduced > 0 {
        facts.notes.push(ReadNote::CollectionsReduced { count: reduced });
    }
    if wrong_encoding > 0 {
        facts.notes.push(ReadNote::WrongEncoding { count: wrong_encoding });
    }
    Ok(facts)
}

/// Rows of a table of which so many were read: as GDAL notes them beside the table, else counted.
fn all_rows(database: &Connection, table: &Table, read: u64) -> rusqlite::Result<u64> {
    match table.header.rows {
        Some(rows) if rows >= read => Ok(rows),
        _ => {
            let sql = format!("SELECT count(*) FROM {}", quoted(&table.header.name));
            let rows: i64 = database.query_row(&sql, [], |row| row.get(0))?;
            Ok(u64::try_from(rows).unwrap_or(0))
        }
    }
}

fn select(
    table: &Table,
    geometry: Option<&String>,
    bound: &[Option<usize>],
    with_rowid: bool,
) -> String {
    let columns = bound.iter().flatten().filter_map(|&column| table.header.columns.get(column));
    let names = geometry.into_iter().chain(columns).map(|name| quoted(name));
    let rowid = with_rowid.then(|| "rowid".to_owned());
    let names: Vec<String> = names.chain(rowid).collect();
    let mut sql = String::from("SELECT ");
    sql += if names.is_empty() { "1" } else { "" };
    let _infallible = write!(sql, "{} FROM {}", names.join(", "), quoted(&table.header.name));
    sql
}

/// An SQL identifier.
pub(super) fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

fn cell(value: ValueRef<'_>, is_flag: bool, wrong_encoding: &mut u64) -> Cell {
    match value {
        ValueRef::Null | ValueRef::Blob(_) => Cell::Missing,
        ValueRef::Integer(0 | 1) if is_flag => Cell::Flag(value == ValueRef::Integer(1)),
        ValueRef::Integer(number) => Cell::Number(number as f64),
        ValueRef::Real(number) if number.is_finite() => Cell::Number(number),
        ValueRef::Real(_) => Cell::Missing,
        ValueRef::Text(bytes) => {
            let (text, fits) = encoding::decode(bytes, encoding_rs::UTF_8);
            *wrong_encoding += u64::from(!fits);
            Cell::from_text(&text)
        }
    }
}

pub(super) fn broken(path: &Path, after_rows: u64, what: &(impl ToString + ?Sized)) -> ReadError {
    ReadError::BadDatabase { path: path.to_owned(), after_rows, what: what.to_string() }
}

/// Opens without writing anything beside the file: `immutable`, unless a write-ahead log holds
/// rows that would then be missed.
fn open(path: &Path) -> Result<Connection, ReadError> {
    whole(path)?;
    let log = with_suffix(path, "-wal");
    let has_log = std::fs::metadata(&log).is_ok_and(|log| log.len() > 0);
    let uri = uri(path, if has_log { "mode=ro" } else { "mode=ro&immutable=1" })?;
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY
        | OpenFlags::SQLITE_OPEN_URI
        | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let database =
        Connection::open_with_flags(uri, flags).map_err(|e| broken(path, 0, &e.to_string()))?;
    database
        .execute_batch(
            "PRAGMA trusted_schema = OFF; PRAGMA query_only = ON; PRAGMA cell_size_check = ON;",
        )
        .map_err(|e| broken(path, 0, &e.to_string()))?;
    Ok(database)
}

/// Refuses a database of which pages are missing: SQLite itself notices only when it needs them.
fn whole(path: &Path) -> Result<(), ReadError> {
    let mut header = [0_u8; 100];
    let header = head(path, &mut header)?;
    let size = std::fs::metadata(path).map_err(|error| ReadError::from_io(path, error))?.len();
    let word = |at: usize| match header.get(at..at + 4) {
        Some(&[a, b, c, d]) => u64::from(u32::from_be_bytes([a, b, c, d])),
        _ => 0,
    };
    let page_bytes = match word(16) & 0xffff_0000 {
        0x0001_0000 => 65_536,
        bits => bits >> 16,
    };
    // The page count is good only when the last writer kept it (SQLite 3.7 and later do).
    let count_is_good = word(24) == word(92);
    if header.len() < 100 || (count_is_good && size < page_bytes * word(28)) {
        return Err(ReadError::CutShort { path: path.to_owned(), after_rows: 0, byte: size });
    }
    Ok(())
}

fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}

/// A `file:` URI; everything but plain characters is escaped.
fn uri(path: &Path, query: &str) -> Result<String, ReadError> {
    let absolute = std::path::absolute(path).map_err(|error| ReadError::from_io(path, error))?;
    let mut uri = String::from("file:");
    // Byte by byte: a name need not be UTF-8.
    let bytes = absolute.as_os_str().as_encoded_bytes();
    if !bytes.starts_with(b"/") {
        uri.push('/');
    }
    for &byte in bytes {
        match byte {
            b'\\' if cfg!(windows) => uri.push('/'),
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'-' | b'_' | b'.' | b':' => {
                uri.push(char::from(byte));
            }
            _ => {
                let _infallible = write!(uri, "%{byte:02X}");
            }
        }
    }
    let _infallible = write!(uri, "?{query}");
    Ok(uri)
}
