//! Recognises a file's format by its first bytes, then by its extension.

use std::fs;
use std::path::Path;

use super::error::ReadError;
use super::format_xml;
use super::gzip::Source;
use super::gzip::head;
use super::gzip::is_gzip;
use super::gzip::read_up_to;
use super::json_dialect;
use super::json_dialect::Dialect;
use super::layer::Format;
use super::sidecar;
use super::utf16;
use super::want::Limits;
use super::zip_guard;

const LOOKED_AT_BYTES: usize = 4096;

/// The format, or an error that says what the file looks like and what to do.
pub(super) fn recognise(path: &Path) -> Result<Format, ReadError> {
    let extension = path.extension().and_then(|e| e.to_str()).unwrap_or("").to_ascii_lowercase();
    let kind = fs::metadata(path).map_err(|error| ReadError::from_io(path, error))?.file_type();
    if kind.is_dir() {
        return match extension.as_str() {
            "gdb" => Ok(Format::Gdal),
            _ => {
                Err(unknown(path, "it is a folder; name the files in it, for example FOLDER/*.shp"))
            }
        };
    }
    // Opening a pipe waits for its other end; a device has none.
    if !kind.is_file() {
        return Err(unknown(path, "it is a device or a pipe; save the data as a file first"));
    }
    let mut buffer = [0_u8; LOOKED_AT_BYTES];
    let start = head(path, &mut buffer)?;
    if is_gzip(start) {
        return recognise_packed(path, &extension);
    }
    if start.is_empty() {
        return Err(unknown(path, "it is empty; take it again from its source"));
    }
    if let Some(hint) = belongs_to_another(path, &extension) {
        return Err(unknown(path, hint));
    }
    if let Some(known) = by_magic(path, start, &extension) {
        return known;
    }
    if start.len() >= 32 && extension == "dbf" && first_character(start) != Some(b'<') {
        return Ok(Format::Dbf);
    }
    let format = match utf16::marked(start) {
        Some(encoding) => by_text(path, encoding.decode(start).0.as_bytes(), &extension),
        None => by_text(path, start, &extension),
    }?;
    // GDAL reads the two other dialects of JSON.
    let is_dialect = format == Format::GeoJson && json_dialect::of(path) != Dialect::GeoJson;
    Ok(if is_dialect { Format::Gdal } else { format })
}

/// Files that mean nothing alone, by their extension.
fn belongs_to_another(path: &Path, extension: &str) -> Option<&'static str> {
    match extension {
        "shx" => Some("it is the index of a shapefile; name the .shp beside it"),
        "prj" | "cpg" | "qmd" | "sbn" | "sbx" | "qix" => {
            Some("it belongs to a shapefile; name the .shp beside it")
        }
        "csvt" => Some("it says the types of a table; name the .csv beside it"),
        "dat" | "map" | "id" | "ind" => sidecar::find(path, "tab")
            .map(|_table| "it belongs to a MapInfo table; name the .tab beside it"),
        _ => None,
    }
}

fn by_magic(path: &Path, start: &[u8], extension: &str) -> Option<Result<Format, ReadError>> {
    let hint = |hint: &str| Some(Err(unknown(path, hint)));
    match start {
        [b'S', b'Q', b'L', b'i', b't', b'e', b' ', ..] => Some(Ok(Format::GeoPackage)),
        [0, 0, 0x27, 0x0a, ..] => Some(Ok(Format::Shapefile)),
        [b'f', b'g', b'b', 3, ..] => Some(Ok(Format::Gdal)),
        [b'P', b'A', b'R', b'1', ..] => hint("it is Parquet; save it as GeoPackage"),
        [b'P', b'K', 3, 4, ..]
            if matches!(extension, "xlsx" | "ods") || zip_guard::workbook_in(path).is_some() =>
        {
            Some(Ok(Format::Spreadsheet))
        }
        [0xd0, 0xcf, 0x11, 0xe0, ..] => {
            hint("it is an old .xls workbook, or a protected one; save it as .xlsx or CSV")
        }
        [b'P', b'K', 3, 4, ..] => hint("it is a zip archive; unpack it and name the files in it"),
        [b'7', b'z', 0xbc, 0xaf, ..] | [b'B', b'Z', b'h', ..] => {
            hint("it is a packed archive; unpack it and name the files in it")
        }
        _ if start.get(..64).is_some_and(|s| s.windows(9).any(|w| w == b"OSMHeader")) => {
            Some(Ok(Format::Gdal))
        }
        _ if start.get(257..262) == Some(b"ustar") => {
            hint("it is a tar archive; unpack it and name the files in it")
        }
        _ => None,
    }
}

fn by_text(path: &Path, start: &[u8], extension: &str) -> Result<Format, ReadError> {
    let first = first_character(start);
    if extension == "thf" || is_edigeo_volume(start) {
        return Ok(Format::Edigeo);
    }
    if first == Some(b'<') {
        return format_xml::recognise(start, extension).map_err(|hint| unknown(path, hint));
    }
    match (extension, first) {
        // Some programs write tables of text under MapInfo's extension.
        ("tab", _) if !starts_as_mapinfo(start) && looks_delimited(start) => Ok(Format::Delimited),
        ("tab" | "mif" | "mid" | "gml" | "kml" | "fgb", _) => Ok(Format::Gdal),
        ("json" | "geojson" | "geojsonl" | "ndjson" | "jsonl", _) | (_, Some(b'{')) => {
            Ok(Format::GeoJson)
        }
        ("geo" | "gen" | "qal" | "scd" | "dic" | "vec", Some(b'B'))
            if start.starts_with(b"BOMT") =>
        {
            Err(unknown(path, "it belongs to an EDIGEO exchange; name the .THF beside it"))
        }
        ("shp" | "gpkg" | "sqlite", _) => Err(unknown(
            path,
            "its content is not what its name says; take it again from its source",
        )),
        ("csv" | "txt" | "tsv", _) if !start.contains(&0) => Ok(Format::Delimited),
        _ if !start.contains(&0) && looks_delimited(start) => Ok(Format::Delimited),
        _ => Err(unknown(path, "save it as GeoPackage, GeoJSON, Shapefile or CSV")),
    }
}

fn recognise_packed(path: &Path, extension: &str) -> Result<Format, ReadError> {
    let mut source = Source::open(path, Limits::default())?;
    let mut start = vec![0_u8; LOOKED_AT_BYTES];
    let length =
        read_up_to(&mut source, &mut start).map_err(|error| source.fault(path, 0, error))?;
    start.truncate(length);
    let inner = path.file_stem().map(Path::new).and_then(Path::extension);
    let inner = inner.and_then(|e| e.to_str()).unwrap_or(extension).to_ascii_lowercase();
    if start.get(257..262) == Some(b"ustar") {
        return Err(unknown(
            path,
            "it is a packed tar archive; unpack it and name the files in it",
        ));
    }
    match by_text(path, &start, &inner) {
        Ok(format @ (Format::GeoJson | Format::Delimited)) if !start.contains(&0) => Ok(format),
        Err(said) if first_character(&start) == Some(b'<') => Err(said),
        _ => Err(unknown(path, "it is gzip around something else than GeoJSON or CSV; unpack it")),
    }
}

fn first_character(start: &[u8]) -> Option<u8> {
    let start = start.strip_prefix(b"\xef\xbb\xbf").unwrap_or(start);
    start.iter().copied().find(|b| !b.is_ascii_whitespace() && *b != 0x1e)
}

/// Whether it is the file of an EDIGEO exchange that names the others.
fn is_edigeo_volume(start: &[u8]) -> bool {
    start.starts_with(b"BOMT") && start.windows(11).any(|window| window == b"RTYSA03:GTS")
}

fn starts_as_mapinfo(start: &[u8]) -> bool {
    let start = start.trim_ascii_start();
    start.get(..6).is_some_and(|word| word.eq_ignore_ascii_case(b"!table"))
}

/// Whether the first line has one of the delimiters.
fn looks_delimited(start: &[u8]) -> bool {
    let line = start.split(|&b| b == b'\n').next().unwrap_or_default();
    line.len() < start.len() && line.iter().any(|b| matches!(b, b';' | b',' | b'\t' | b'|'))
}

fn unknown(path: &Path, hint: &str) -> ReadError {
    ReadError::UnknownFormat { path: path.to_owned(), hint: hint.to_owned() }
}

/// Names the format that only GDAL reads.
#[cfg(not(feature = "gdal"))]
pub(super) fn needs_gdal(path: &Path) -> ReadError {
    let extension = path.extension().and_then(|e| e.to_str()).unwrap_or("").to_ascii_lowercase();
    let format = match extension.as_str() {
        "gml" => "GML",
        "kml" => "KML",
        "tab" | "mif" | "mid" => "MapInfo",
        "gdb" => "an ESRI file geodatabase",
        "fgb" => "FlatGeobuf",
        "pbf" | "osm" => "OpenStreetMap data",
        _ => match json_dialect::of(path) {
            Dialect::Esri => "Esri JSON",
            Dialect::Topo => "TopoJSON",
            Dialect::GeoJson => "XML",
        },
    };
    ReadError::NeedsGdal { path: path.to_owned(), format: format.to_owned() }
}
