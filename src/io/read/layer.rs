//! What is known of a layer before and after reading it.

use std::fmt;

/// The formats that are recognised, whether or not this build reads them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Format {
    /// GeoJSON: a collection, a single feature, or one feature per line; plain or gzip.
    GeoJson,
    /// ESRI Shapefile.
    Shapefile,
    /// dBase table without shapes.
    Dbf,
    /// OGC GeoPackage.
    GeoPackage,
    /// Text with `,`, `;`, `|` or tabs; plain or gzip.
    Delimited,
    /// EDIGEO, by the `.THF` of an exchange unpacked into a folder.
    Edigeo,
    /// Spreadsheet: `.xlsx` or `.ods`, one layer per sheet.
    Spreadsheet,
    /// Whatever GDAL recognises, in the builds that have it.
    Gdal,
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::GeoJson => "GeoJSON",
            Self::Shapefile => "Shapefile",
            Self::Dbf => "dBase",
            Self::GeoPackage => "GeoPackage",
            Self::Delimited => "delimited text",
            Self::Edigeo => "EDIGEO",
            Self::Spreadsheet => "spreadsheet",
            Self::Gdal => "GDAL",
        })
    }
}

/// The reference system as the file declares it. Nothing is assumed: GeoJSON without a `crs`
/// member is [`DeclaredCrs::None`] here, although RFC 7946 then means WGS 84.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum DeclaredCrs {
    /// An EPSG code, declared or recognised without doubt from a name or from parameters.
    Epsg(u32),
    /// WKT (OGC or ESRI) that is none of the systems known here.
    Wkt(String),
    /// A name that is none of the systems known here.
    Named(String),
    /// The file says nothing.
    #[default]
    None,
}

/// What kind of geometry the file announces.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum GeometryHint {
    /// A table without geometry.
    None,
    /// Points.
    Points,
    /// Lines.
    Lines,
    /// Polygons.
    Areas,
    /// Several kinds, or the format does not say.
    #[default]
    Unknown,
}

/// A layer before its rows.
#[derive(Debug, Clone, PartialEq)]
pub struct LayerHeader {
    /// Name: the table of a database, else the file's name without extension.
    pub name: String,
    /// The format it was recognised as.
    pub format: Format,
    /// Column names in file order, geometry not counted. GeoJSON: of the features looked at.
    pub columns: Vec<String>,
    /// Number of rows as the file announces it, a hint only.
    pub rows: Option<u64>,
    /// Reference system.
    pub crs: DeclaredCrs,
    /// Encoding of the text, as decided, for the formats that leave it open.
    pub encoding: Option<String>,
    /// Kind of geometry announced.
    pub geometry: GeometryHint,
}

/// What was read, once a layer is done.
#[derive(Debug, Clone, PartialEq)]
pub struct SourceFacts {
    /// The layer; GeoJSON: with all the columns and the reference system met on the way.
    pub header: LayerHeader,
    /// Rows handed to the sink.
    pub rows_read: u64,
    /// Rows that lie outside [`Want::within`](super::Want::within) and were not decoded. Read and passed over are together
    /// the rows of the file (marked as deleted ones apart), unless the sink stopped.
    pub rows_passed_over: u64,
    /// Positions in [`Want::columns`](super::Want::columns) of the columns that are not there.
    pub missing_columns: Vec<usize>,
    /// The sink asked to stop: the file was not read, nor checked, to its end.
    pub stopped: bool,
    /// What a reader put right or left out on the way.
    pub notes: Vec<ReadNote>,
}

impl SourceFacts {
    pub(super) const fn new(header: LayerHeader, missing_columns: Vec<usize>) -> Self {
        Self {
            header,
            rows_read: 0,
            rows_passed_over: 0,
            missing_columns,
            stopped: false,
            notes: Vec::new(),
        }
    }
}

/// Something a person should know about a file that was read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ReadNote {
    /// The content is gzip although the name does not end in `.gz`.
    #[error("the content is gzip although the name does not say so")]
    GzipUnderPlainName,
    /// No `.dbf` beside the `.shp`.
    #[error("there is no .dbf beside the .shp: the rows have no columns")]
    NoTable,
    /// No `.QAL` beside the `.THF`.
    #[error("there is no .QAL beside the .THF: the rows have no dates")]
    NoQuality,
    /// A page of a web service's answer: more rows match than it holds.
    #[error(
        "the file holds {rows} of the {matched} rows that its web service has: download the others too"
    )]
    Partial {
        /// Rows in the file.
        rows: u64,
        /// Rows that the service has.
        matched: u64,
    },
    /// A page of a web service's answer that was cut at the service's limit.
    #[error("its web service stopped at its limit of rows: download the others too")]
    LimitReached,
    /// The header of a `.shp` announces another length than the file has, and whole records fill it.
    #[error(
        "the header of the .shp announces {announced} bytes and the file has {bytes}; all its records were read"
    )]
    WrongLength {
        /// Bytes as the header announces them.
        announced: u64,
        /// Bytes there are.
        bytes: u64,
    },
    /// Bytes behind the last record of a `.shp`.
    #[error("{count} bytes follow the last record of the .shp and were not looked at")]
    TrailingBytes {
        /// How many.
        count: u64,
    },
    /// The records are in the order of the `.shx`, not of the `.shp`.
    #[error("the records of the .shp were read in the order of its .shx, which is another one")]
    IndexFollowed,
    /// Rows marked as deleted in a `.dbf`, left out.
    #[error("{count} rows are marked as deleted in the .dbf and were left out")]
    DeletedRows {
        /// How many.
        count: u64,
    },
    /// The `.cpg` names an encoding that is not known here.
    #[error(
        "the .cpg names an encoding that is not known here: the text was read as UTF-8 if it is, else as Windows-1252"
    )]
    UnknownEncoding,
    /// The declared encoding does not fit; the values concerned were read as Windows-1252.
    #[error("{count} values are not in the declared encoding and were read as Windows-1252")]
    WrongEncoding {
        /// How many.
        count: u64,
    },
    /// Values of a `.dbf` of kinds that are not read.
    #[error(
        "{count} values of memo, currency or time columns of the .dbf are not read here and count as missing"
    )]
    UnreadValues {
        /// How many.
        count: u64,
    },
    /// Number fields with something else than a number, read as missing.
    #[error("{count} values of number columns are not numbers and were read as missing")]
    BadNumbers {
        /// How many.
        count: u64,
    },
    /// Rows with more or fewer fields than the header; absent fields are missing.
    #[error("{count} rows have not as many fields as the header, the first one is row {first_row}")]
    RaggedRows {
        /// How many.
        count: u64,
        /// The first one.
        first_row: u64,
    },
    /// Geometry collections of which only the polygons were kept.
    #[error("{count} geometry collections were reduced to their polygons")]
    CollectionsReduced {
        /// How many.
        count: u64,
    },
    /// JSON rows with NaN or Infinity, which JSON does not have; read as null.
    #[error("{count} rows contain NaN or Infinity, which JSON does not have; read as null")]
    BareNan {
        /// How many.
        count: u64,
    },
}
