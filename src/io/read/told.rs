//! The errors of reading as sentences of the catalogue.

use super::error::ReadError;
use crate::words::Tell;
use crate::words::Told;

impl Tell for ReadError {
    fn told(&self) -> Told {
        let at =
            |key: &'static str, path: &std::path::Path| Told::new(key).with("path", path.display());
        match self {
            Self::NotFound { path } => at("error_read.not-found", path),
            Self::Unreadable { path, source } => {
                at("error_read.unreadable", path).with("source", source)
            }
            Self::UnknownFormat { path, hint } => {
                at("error_read.unknown-format", path).with_phrase("hint", hint)
            }
            Self::NeedsGdal { path, format } => {
                at("error_read.needs-gdal", path).with_phrase("format", format)
            }
            Self::TruncatedGzip { path, after_rows } => {
                at("error_read.truncated-gzip", path).with("after_rows", after_rows)
            }
            Self::BadGzip { path, after_rows, what } => at("error_read.bad-gzip", path)
                .with("after_rows", after_rows)
                .with_phrase("what", what),
            Self::UnpacksTooLarge { path, limit } => {
                at("error_read.unpacks-too-large", path).with_phrase("limit", limit)
            }
            Self::BadArchive { path, what } => {
                at("error_read.bad-archive", path).with_phrase("what", what)
            }
            Self::BadEdigeo { path, line, what } => {
                at("error_read.bad-edigeo", path).with("line", line).with_phrase("what", what)
            }
            Self::MissingMember { path, file } => {
                at("error_read.missing-member", path).with("file", file)
            }
            Self::BadSpreadsheet { path, after_rows, what } => {
                at("error_read.bad-spreadsheet", path)
                    .with("after_rows", after_rows)
                    .with_phrase("what", what)
            }
            Self::BadText { path, after_rows, what } => at("error_read.bad-text", path)
                .with("after_rows", after_rows)
                .with_phrase("what", what),
            Self::CutShort { path, after_rows, byte } => {
                at("error_read.cut-short", path).with("after_rows", after_rows).with("byte", byte)
            }
            Self::FeatureTooLarge { path, row, limit } => {
                at("error_read.feature-too-large", path).with("row", row).with("limit", limit)
            }
            Self::NotAFeatureCollection { path, what } => {
                at("error_read.not-a-feature-collection", path).with_phrase("what", what)
            }
            Self::BadJson { path, after_rows, byte, what } => at("error_read.bad-json", path)
                .with("after_rows", after_rows)
                .with("byte", byte)
                .with_phrase("what", what),
            Self::NoSuchLayer { path, wanted, present } => at("error_read.no-such-layer", path)
                .with("wanted", wanted)
                .with("present", present.join(", ")),
            Self::LayerNotNamed { path, present } => {
                at("error_read.layer-not-named", path).with("present", present.join(", "))
            }
            Self::MissingColumn { path, wanted, present } => at("error_read.missing-column", path)
                .with("wanted", wanted.join(" / "))
                .with("present", present.join(", ")),
            Self::BadShapefile { path, after_rows, what } => at("error_read.bad-shapefile", path)
                .with("after_rows", after_rows)
                .with_phrase("what", what),
            Self::ShapesAndRecordsDiffer { path, shapes, records } => {
                at("error_read.shapes-and-records-differ", path)
                    .with("shapes", shapes)
                    .with("records", records)
            }
            Self::BadDatabase { path, after_rows, what } => at("error_read.bad-database", path)
                .with("after_rows", after_rows)
                .with_phrase("what", what),
            Self::BadDelimited { path, after_rows, what } => at("error_read.bad-delimited", path)
                .with("after_rows", after_rows)
                .with_phrase("what", what),
            Self::BadGrid { path, line, what } => {
                at("error_read.bad-grid", path).with("line", line).with_phrase("what", what)
            }
            Self::BadRaster { path, what } => {
                at("error_read.bad-raster", path).with_phrase("what", what)
            }
            Self::GridTooLarge { path, cells, limit } => {
                at("error_read.grid-too-large", path).with("cells", cells).with("limit", limit)
            }
            Self::NotLambert93 { path, found } => {
                at("error_read.not-lambert-93", path).with("found", found)
            }
            Self::Gdal { path, after_rows, what } => {
                at("error_read.gdal", path).with("after_rows", after_rows).with("what", what)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Error;
    use std::path::PathBuf;

    use super::*;
    use crate::words::assert_told;

    #[test]
    fn every_error_is_told() {
        let path = || PathBuf::from("a/b.gpkg");
        let text = str::to_owned;
        let names = || vec![text("a"), text("b")];
        assert_told(
            "error_read",
            &[
                ReadError::NotFound { path: path() },
                ReadError::Unreadable { path: path(), source: Error::other("disk on fire") },
                ReadError::UnknownFormat { path: path(), hint: text("it is a spreadsheet") },
                ReadError::NeedsGdal { path: path(), format: text("GML") },
                ReadError::TruncatedGzip { path: path(), after_rows: 3 },
                ReadError::BadGzip { path: path(), after_rows: 3, what: text("bad checksum") },
                ReadError::UnpacksTooLarge { path: path(), limit: text("64 bytes") },
                ReadError::BadArchive { path: path(), what: text("no end") },
                ReadError::BadEdigeo { path: path(), line: 3, what: text("no end") },
                ReadError::MissingMember { path: path(), file: text("X.SCD") },
                ReadError::BadSpreadsheet { path: path(), after_rows: 3, what: text("no sheet") },
                ReadError::BadText { path: path(), after_rows: 3, what: text("no text") },
                ReadError::CutShort { path: path(), after_rows: 3, byte: 17 },
                ReadError::FeatureTooLarge { path: path(), row: 3, limit: 17 },
                ReadError::NotAFeatureCollection { path: path(), what: text("it is a list") },
                ReadError::BadJson { path: path(), after_rows: 3, byte: 17, what: "a colon" },
                ReadError::NoSuchLayer { path: path(), wanted: text("c"), present: names() },
                ReadError::LayerNotNamed { path: path(), present: names() },
                ReadError::MissingColumn { path: path(), wanted: names(), present: names() },
                ReadError::BadShapefile { path: path(), after_rows: 3, what: text("no head") },
                ReadError::ShapesAndRecordsDiffer { path: path(), shapes: 3, records: 4 },
                ReadError::BadDatabase { path: path(), after_rows: 3, what: text("malformed") },
                ReadError::BadDelimited { path: path(), after_rows: 3, what: text("no line") },
                ReadError::BadGrid { path: path(), line: 3, what: text("no number") },
                ReadError::BadRaster { path: path(), what: text("no head") },
                ReadError::GridTooLarge { path: path(), cells: 17, limit: 3 },
                ReadError::NotLambert93 { path: path(), found: text("EPSG:4326") },
                ReadError::Gdal { path: path(), after_rows: 3, what: text("no driver") },
            ],
        );
    }
}
