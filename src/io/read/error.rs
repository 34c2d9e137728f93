//! Why a file could not be read: fatal for that file.

use std::io;
use std::path::PathBuf;

use thiserror::Error;

/// A file that cannot be read to its end. Rows already handed over must not be used as if they
/// were the whole layer.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum ReadError {
    /// No such file.
    #[error("{} does not exist; check the path", path.display())]
    NotFound {
        /// The file.
        path: PathBuf,
    },
    /// The system refuses.
    #[error("{} cannot be read: {source}; check the rights and the disk", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// Neither content nor extension is known.
    #[error("{} is in no format known here; {hint}", path.display())]
    UnknownFormat {
        /// The file.
        path: PathBuf,
        /// What it looks like and what to do.
        hint: String,
    },
    /// A known format that this build does not read.
    #[error(
        "{} is {format}, which this build does not read; use a build with the feature `gdal`, or save it as GeoPackage",
        path.display()
    )]
    NeedsGdal {
        /// The file.
        path: PathBuf,
        /// The format.
        format: String,
    },
    /// gzip data that end too soon.
    #[error(
        "{} is cut: its gzip data end after row {after_rows}; download it again",
        path.display()
    )]
    TruncatedGzip {
        /// The file.
        path: PathBuf,
        /// Whole rows before the cut.
        after_rows: u64,
    },
    /// gzip data that are damaged.
    #[error("{}: the gzip data are damaged after row {after_rows} ({what}); download it again", path.display())]
    BadGzip {
        /// The file.
        path: PathBuf,
        /// Whole rows before the damage.
        after_rows: u64,
        /// What is wrong.
        what: String,
    },
    /// gzip data that unpack to more than the limits allow.
    #[error(
        "{} unpacks to more than {limit}; if that is what it should hold, unpack it first",
        path.display()
    )]
    UnpacksTooLarge {
        /// The file.
        path: PathBuf,
        /// The limit that was met, in words.
        limit: String,
    },
    /// An archive that cannot be unpacked.
    #[error("{} cannot be unpacked: {what}; take it again from its source, or unpack it yourself", path.display())]
    BadArchive {
        /// The archive.
        path: PathBuf,
        /// What is wrong.
        what: String,
    },
    /// The file ends before its content does.
    #[error("{} is cut after row {after_rows} (byte {byte}); take it again from its source", path.display())]
    CutShort {
        /// The file.
        path: PathBuf,
        /// Whole rows before the cut.
        after_rows: u64,
        /// Where it ends, in bytes (once unpacked).
        byte: u64,
    },
    /// One feature is longer than the limit.
    #[error("{}: row {row} is longer than {limit} bytes; split the feature or raise the limit", path.display())]
    FeatureTooLarge {
        /// The file.
        path: PathBuf,
        /// The row.
        row: u64,
        /// The limit in bytes.
        limit: usize,
    },
    /// JSON, but no features.
    #[error("{} is JSON but not GeoJSON features: {what}; export it as GeoJSON", path.display())]
    NotAFeatureCollection {
        /// The file.
        path: PathBuf,
        /// What it is instead.
        what: String,
    },
    /// JSON that is broken between features.
    #[error("{} is not valid JSON after row {after_rows}, at byte {byte}: {what}; export it again", path.display())]
    BadJson {
        /// The file.
        path: PathBuf,
        /// Whole rows before.
        after_rows: u64,
        /// Where, in bytes (once unpacked).
        byte: u64,
        /// What was expected.
        what: &'static str,
    },
    /// The layer asked for is not there.
    #[error("{} has no layer \"{wanted}\"; it has: {}", path.display(), present.join(", "))]
    NoSuchLayer {
        /// The file.
        path: PathBuf,
        /// The layer asked for.
        wanted: String,
        /// The layers there are.
        present: Vec<String>,
    },
    /// Several layers and none asked for.
    #[error("{} has several layers; name one of: {}", path.display(), present.join(", "))]
    LayerNotNamed {
        /// The file.
        path: PathBuf,
        /// The layers there are.
        present: Vec<String>,
    },
    /// A required column is not there.
    #[error(
        "{} has none of the columns {}; it has: {}; rename one of them",
        path.display(), wanted.join(" / "), present.join(", ")
    )]
    MissingColumn {
        /// The file.
        path: PathBuf,
        /// The accepted spellings.
        wanted: Vec<String>,
        /// The columns there are.
        present: Vec<String>,
    },
    /// A shapefile or its table is damaged.
    #[error("{}: {what} (after row {after_rows}); export it again with all its files", path.display())]
    BadShapefile {
        /// The file.
        path: PathBuf,
        /// Whole rows before.
        after_rows: u64,
        /// What is wrong.
        what: String,
    },
    /// `.shp` and `.dbf` do not belong together.
    #[error(
        "{} has {shapes} shapes and its .dbf {records} records: they do not belong together; take both again from their source",
        path.display()
    )]
    ShapesAndRecordsDiffer {
        /// The file.
        path: PathBuf,
        /// Shapes in the `.shp`.
        shapes: u64,
        /// Records in the `.dbf`.
        records: u64,
    },
    /// A GeoPackage that SQLite cannot read, or that is none.
    #[error("{}: {what} (after row {after_rows}); export the GeoPackage again", path.display())]
    BadDatabase {
        /// The file.
        path: PathBuf,
        /// Whole rows before.
        after_rows: u64,
        /// What SQLite says.
        what: String,
    },
    /// Delimited text that is none.
    #[error("{} is not a table of text: {what} (after row {after_rows})", path.display())]
    BadDelimited {
        /// The file.
        path: PathBuf,
        /// Whole rows before.
        after_rows: u64,
        /// What is wrong.
        what: String,
    },
    /// Text that cannot be decoded.
    #[error("{}: {what} (after row {after_rows}); take it again from its source", path.display())]
    BadText {
        /// The file.
        path: PathBuf,
        /// Whole rows before.
        after_rows: u64,
        /// What is wrong.
        what: String,
    },
    /// An EDIGEO file that does not follow its norm.
    #[error("{}, line {line}: {what}; take the whole archive again from its source", path.display())]
    BadEdigeo {
        /// The file.
        path: PathBuf,
        /// The line.
        line: u64,
        /// What is wrong.
        what: String,
    },
    /// An EDIGEO exchange of which a file is not there.
    #[error(
        "{} needs {file}, which is not beside it; unpack the whole archive into one folder",
        path.display()
    )]
    MissingMember {
        /// The `.THF`.
        path: PathBuf,
        /// The file that is not there.
        file: String,
    },
    /// A spreadsheet that is damaged, protected or absurd.
    #[error("{}: {what} (after row {after_rows}); open it and save it again, or save the sheet as CSV", path.display())]
    BadSpreadsheet {
        /// The file.
        path: PathBuf,
        /// Whole rows before.
        after_rows: u64,
        /// What is wrong.
        what: String,
    },
    /// A grid of heights in text that is none.
    #[error("{}, line {line}: {what}; take the file again from its source", path.display())]
    BadGrid {
        /// The file.
        path: PathBuf,
        /// The line.
        line: u64,
        /// What is wrong.
        what: String,
    },
    /// A GeoTIFF that cannot be read as heights.
    #[error(
        "{}: {what}; open it in QGIS and save it again as GeoTIFF: one band of heights, square cells, north up",
        path.display()
    )]
    BadRaster {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        what: String,
    },
    /// A grid of heights that would fill the memory.
    #[error(
        "{} has {cells} cells, more than the {limit} that are read; take a coarser grid, or cut it to the territory (gdalwarp -te)",
        path.display()
    )]
    GridTooLarge {
        /// The file.
        path: PathBuf,
        /// Its cells.
        cells: u64,
        /// The most that are read.
        limit: u64,
    },
    /// Heights in another reference system: a grid cannot be turned without being drawn again.
    #[error(
        "{} is in {found}, and heights are read in Lambert-93 only; bring it there: gdalwarp -t_srs EPSG:2154",
        path.display()
    )]
    NotLambert93 {
        /// The file.
        path: PathBuf,
        /// The system it is in.
        found: String,
    },
    /// GDAL could not read it.
    #[error(
        "{}: GDAL says: {what} (after row {after_rows}); open it in QGIS, and if it looks whole there save it as GeoPackage",
        path.display()
    )]
    Gdal {
        /// The file.
        path: PathBuf,
        /// Whole rows before.
        after_rows: u64,
        /// What GDAL says.
        what: String,
    },
}

impl ReadError {
    /// The same error told of another path: of the archive that a file was unpacked from, not of a temporary folder
    /// that nobody knows.
    #[must_use]
    pub fn told_of(mut self, shown: &std::path::Path) -> Self {
        let path = match &mut self {
            Self::NotFound { path }
            | Self::Unreadable { path, .. }
            | Self::UnknownFormat { path, .. }
            | Self::NeedsGdal { path, .. }
            | Self::TruncatedGzip { path, .. }
            | Self::BadGzip { path, .. }
            | Self::UnpacksTooLarge { path, .. }
            | Self::BadArchive { path, .. }
            | Self::BadEdigeo { path, .. }
            | Self::BadSpreadsheet { path, .. }
            | Self::BadText { path, .. }
            | Self::MissingMember { path, .. }
            | Self::CutShort { path, .. }
            | Self::FeatureTooLarge { path, .. }
            | Self::NotAFeatureCollection { path, .. }
            | Self::BadJson { path, .. }
            | Self::NoSuchLayer { path, .. }
            | Self::LayerNotNamed { path, .. }
            | Self::MissingColumn { path, .. }
            | Self::BadShapefile { path, .. }
            | Self::ShapesAndRecordsDiffer { path, .. }
            | Self::BadDatabase { path, .. }
            | Self::BadDelimited { path, .. }
            | Self::BadGrid { path, .. }
            | Self::BadRaster { path, .. }
            | Self::GridTooLarge { path, .. }
            | Self::NotLambert93 { path, .. }
            | Self::Gdal { path, .. } => path,
        };
        *path = shown.to_owned();
        self
    }

    /// A system error, with "does not exist" told apart.
    pub(in crate::io) fn from_io(path: &std::path::Path, source: io::Error) -> Self {
        let path = path.to_owned();
        match source.kind() {
            io::ErrorKind::NotFound => Self::NotFound { path },
            _ => Self::Unreadable { path, source },
        }
    }
}
