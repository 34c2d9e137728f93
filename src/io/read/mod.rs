//! Raw readers: one file per format, each turning a file into rows. They know no producer's column
//! names and no noun of the domain; a schema says which columns it wants.
//!
//! [`probe`] tells what a file holds, cheaply; [`read`] hands its rows to a sink, one by one, so
//! that memory is bounded by a few hundred features. A file that is cut is an error, never a short layer; what
//! is wrong inside one row is that row's own fault.

mod ahead;
mod collection;
mod crs_of_file;
mod crs_wkt;
mod dbf;
mod delimited;
mod edigeo;
mod elevation;
mod encoding;
mod error;
mod format;
mod format_xml;
#[doc(hidden)]
pub mod fuzzing;
#[cfg(feature = "gdal")]
mod gdal;
mod geojson;
mod geojson_cell;
mod geojson_coordinates;
mod geojson_document;
mod geojson_feature;
mod geojson_geometry;
mod geojson_quick;
mod geojson_service;
mod geopackage;
mod geopackage_blob;
mod geopackage_guard;
mod geopackage_layers;
mod gzip;
mod json_dialect;
mod json_number;
mod json_repair;
mod json_text;
mod json_visit;
mod layer;
mod ods;
mod record_guard;
mod rings;
mod row;
mod shape;
mod shapefile;
mod shapefile_frames;
mod sheet_header;
mod sidecar;
mod spreadsheet;
mod text_geometry;
mod told;
mod told_fault;
mod utf16;
mod want;
mod wkb;
mod xlsx;
mod zip_guard;

use std::ops::ControlFlow;
use std::path::Path;

pub use self::crs_of_file::of_name as crs_of_name;
pub use self::crs_of_file::of_wkt as crs_of_wkt;
pub use self::edigeo::SheetName;
pub use self::elevation::ElevationHeader;
pub use self::elevation::MOST_CELLS;
pub use self::elevation::probe_elevation;
pub use self::elevation::read_elevation;
pub use self::error::ReadError;
pub use self::layer::DeclaredCrs;
pub use self::layer::Format;
pub use self::layer::GeometryHint;
pub use self::layer::LayerHeader;
pub use self::layer::ReadNote;
pub use self::layer::SourceFacts;
pub use self::row::Cell;
pub use self::row::GeometryFault;
pub use self::row::Row;
pub use self::text_geometry::geometry_of_cells;
pub use self::want::GeometryFrom;
pub use self::want::Limits;
pub use self::want::Want;

/// What receives the rows; `Break` stops the reading.
pub type Sink<'s> = &'s mut dyn FnMut(Row) -> ControlFlow<()>;

/// Recognises a file by content, then by extension.
///
/// # Errors
/// When it cannot be opened, or is in no format known here.
pub fn format_of(path: &Path) -> Result<Format, ReadError> {
    format::recognise(path)
}

/// The layers of a file: header and, for GeoJSON, the first features only.
///
/// # Errors
/// When the file cannot be opened, is in no format known here, or its header is damaged.
pub fn probe(path: &Path) -> Result<Vec<LayerHeader>, ReadError> {
    match format::recognise(path)? {
        Format::GeoJson => geojson::probe(path),
        Format::Shapefile | Format::Dbf => shapefile::probe(path),
        Format::GeoPackage => geopackage::probe(path),
        Format::Delimited => delimited::probe(path),
        Format::Edigeo => edigeo::probe(path),
        Format::Spreadsheet => spreadsheet::probe(path),
        #[cfg(feature = "gdal")]
        Format::Gdal => gdal::probe(path),
        #[cfg(not(feature = "gdal"))]
        Format::Gdal => Err(format::needs_gdal(path)),
    }
}

/// Reads one layer, row by row, in file order.
///
/// The sink may have received rows when an error comes back: they are not the whole layer and must
/// not be used as if they were.
///
/// # Errors
/// When the file cannot be opened, lacks the layer or a required column, is damaged or cut, or
/// exceeds the limits. Faults of single rows are in the rows.
pub fn read(path: &Path, want: &Want, sink: Sink<'_>) -> Result<SourceFacts, ReadError> {
    let Some(wider) = text_geometry::with_its_columns(want) else {
        return read_native(path, want, sink);
    };
    let wanted = want.columns.len();
    let mut facts =
        read_native(path, &wider, &mut |row| sink(text_geometry::taken_from(row, wanted)))?;
    facts.missing_columns.retain(|&column| column < wanted);
    Ok(facts)
}

fn read_native(path: &Path, want: &Want, sink: Sink<'_>) -> Result<SourceFacts, ReadError> {
    let format = format::recognise(path)?;
    if let (Some(wanted), true) = (&want.layer, has_one_layer(format)) {
        let name = layer_name(path);
        if !wanted.eq_ignore_ascii_case(&name) {
            let (path, wanted) = (path.to_owned(), wanted.clone());
            return Err(ReadError::NoSuchLayer { path, wanted, present: vec![name] });
        }
    }
    match format {
        // Only GeoJSON takes long enough to decode that handing its rows from thread to thread pays; for the others it
        // was measured not to (benches/README.md).
        Format::GeoJson => ahead::read(path, want, sink, geojson::read),
        Format::Shapefile | Format::Dbf => shapefile::read(path, want, sink),
        Format::GeoPackage => geopackage::read(path, want, sink),
        Format::Delimited => delimited::read(path, want, sink),
        Format::Edigeo => edigeo::read(path, want, sink),
        Format::Spreadsheet => spreadsheet::read(path, want, sink),
        #[cfg(feature = "gdal")]
        Format::Gdal => gdal::read(path, want, sink),
        #[cfg(not(feature = "gdal"))]
        Format::Gdal => Err(format::needs_gdal(path)),
    }
}

const fn has_one_layer(format: Format) -> bool {
    matches!(format, Format::GeoJson | Format::Shapefile | Format::Dbf | Format::Delimited)
}

/// A file's name without its extensions: `cadastre-32013-parcelles` of
/// `cadastre-32013-parcelles.json.gz`.
fn layer_name(path: &Path) -> String {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let name = name.strip_suffix(".gz").unwrap_or(&name);
    match name.rsplit_once('.') {
        Some((stem, _)) if !stem.is_empty() => stem.to_owned(),
        _ => name.to_owned(),
    }
}

/// The layer to read among several: the one named, the only one, the only one with the required
/// columns (and with geometry, when it is wanted from the format).
fn choose_layer<'l>(
    path: &Path,
    want: &Want,
    layers: impl Iterator<Item = &'l LayerHeader>,
) -> Result<usize, ReadError> {
    let layers: Vec<&LayerHeader> = layers.collect();
    let present = || layers.iter().map(|layer| layer.name.clone()).collect();
    if let Some(wanted) = &want.layer {
        let exact = layers.iter().position(|layer| &layer.name == wanted);
        let folded = || layers.iter().position(|l| l.name.eq_ignore_ascii_case(wanted));
        return exact.or_else(folded).ok_or_else(|| ReadError::NoSuchLayer {
            path: path.to_owned(),
            wanted: wanted.clone(),
            present: present(),
        });
    }
    if layers.is_empty() {
        let wanted = "*".to_owned();
        return Err(ReadError::NoSuchLayer { path: path.to_owned(), wanted, present: present() });
    }
    let matcher = want::ColumnMatcher::new(&want.columns);
    let fits = |layer: &LayerHeader| {
        let missing = want::unbound(&matcher.bind(&layer.columns));
        let has_geometry =
            want.geometry != GeometryFrom::Native || layer.geometry != GeometryHint::None;
        has_geometry && want.require(path, &missing, &layer.columns).is_ok()
    };
    let fitting: Vec<usize> = (0..layers.len()).filter(|&index| fits(layers[index])).collect();
    match (layers.len(), fitting.as_slice()) {
        (1, _) => Ok(0),
        (_, &[only]) => Ok(only),
        _ => Err(ReadError::LayerNotNamed { path: path.to_owned(), present: present() }),
    }
}
