//! Recognises a file's format by its first bytes, then by its extension.

use std::path::Path;

use super::error::ReadError;
use super::gzip::Source;
use super::gzip::head;
use super::gzip::is_gzip;
use super::gzip::read_up_to;
use super::layer::Format;
use super::want::Limits;
use super::zip_guard;

const LOOKED_AT_BYTES: usize = 4096;

/// The format, or an error that says what the file looks like and what to do.
pub(super) fn recognise(path: &Path) -> Result<Format, ReadError> {
    let extension = path.extension().and_then(|e| e.to_str()).unwrap_or("").to_ascii_lowercase();
    if path.is_dir() {
        return match extension.as_str() {
            "gdb" => Ok(Format::Gdal),
            _ => {
                Err(unknown(path, "it is a folder; name the files in it, for example FOLDER/*.shp"))
            }
        };
    }
    let mut buffer = [0_u8; LOOKED_AT_BYTES];
    let start = head(path, &mut buffer)?;
    if is_gzip(start) {
        return recognise_packed(path, &extension);
    }
    if start.is_empty() {
        return Err(unknown(path, "it is empty; take it again from its source"));
    }
    if let Some(known) = by_magic(path, start, &extension) {
        return known;
    }
    if start.len() >= 32 && extension == "dbf" {
        return Ok(Format::Dbf);
    }
    by_text(path, start, &extension)
}

fn by_magic(path: &Path, start: &[u8], extension: &str) -> Option<Result<Format, ReadError>> {
    let hint = |hint: &str| Some(Err(unknown(path, hint)));
    match start {
        [b'S', b'Q', b'L', b'i', b't', b'e', b' ', ..] => Some(Ok(Format::GeoPackage)),
        [0, 0, 0x27, 0x0a, ..] if extension == "shx" => {
            hint("it is the index of a shapefile; name the .shp beside it")
        }
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
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => hint("it is UTF-16 text; save it as UTF-8"),
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
    match (extension, first) {
        ("tab" | "mif" | "mid" | "gml" | "kml" | "fgb", _) => Ok(Format::Gdal),
        ("json" | "geojson" | "geojsonl" | "ndjson" | "jsonl", _) | (_, Some(b'{')) => {
            Ok(Format::GeoJson)
        }
        ("geo" | "gen" | "qal" | "scd" | "dic" | "vec", Some(b'B'))
            if start.starts_with(b"BOMT") =>
        {
            Err(unknown(path, "it belongs to an EDIGEO exchange; name the .THF beside it"))
        }
        ("prj" | "cpg" | "qmd" | "sbn" | "sbx", _) => {
            Err(unknown(path, "it belongs to a shapefile; name the .shp beside it"))
        }
        ("xml" | "gfs" | "xsd", Some(b'<')) => {
            Err(unknown(path, "it is XML but not named .gml or .kml; rename it if it is one"))
        }
        (_, Some(b'<')) => Ok(Format::Gdal),
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
        _ => "XML",
    };
    ReadError::NeedsGdal { path: path.to_owned(), format: format.to_owned() }
}
