//! Whatever GDAL reads and the other readers do not: GML, KML, MapInfo, file geodatabases.

use std::cell::RefCell;
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Once;

use gdal::Dataset;
use gdal::DatasetOptions;
use gdal::GdalOpenFlags;
use gdal::errors::CplErrType;
use gdal::errors::GdalError;
use gdal::vector::FieldValue;
use gdal::vector::LayerAccess;

use super::crs_of_file;
use super::error::ReadError;
use super::gzip::head;
use super::layer::DeclaredCrs;
use super::layer::Format;
use super::layer::GeometryHint;
use super::layer::LayerHeader;
use super::layer::ReadNote;
use super::layer::SourceFacts;
use super::row::Cell;
use super::row::GeometryFault;
use super::row::Row;
use super::want::ColumnMatcher;
use super::want::GeometryFrom;
use super::want::Want;
use super::want::unbound;
use super::wkb;

/// The formats left to GDAL. A closed list: some of its drivers open what a file merely names,
/// other files or addresses on the network.
const DRIVERS: &[&str] = &[
    "GML",
    "LIBKML",
    "KML",
    "MapInfo File",
    "OpenFileGDB",
    "EDIGEO",
    "FlatGeobuf",
    "ESRIJSON",
    "TopoJSON",
    "GPX",
    "OSM",
];

/// The layers that GDAL finds.
pub(super) fn probe(path: &Path) -> Result<Vec<LayerHeader>, ReadError> {
    let dataset = open(path)?;
    Ok(headers(&dataset).into_iter().map(|(header, _failure)| header).collect())
}

/// The headers of all layers, each with what failed while GDAL looked at it: that layer would look
/// like one of fewer rows, the others can be read.
fn headers(dataset: &Dataset) -> Vec<(LayerHeader, Option<String>)> {
    dataset.layers().map(|layer| (header(&layer), take_failure())).collect()
}

/// Reads one layer.
pub(super) fn read(
    path: &Path,
    want: &Want,
    sink: &mut dyn FnMut(Row) -> ControlFlow<()>,
) -> Result<SourceFacts, ReadError> {
    let dataset = open(path)?;
    let headers = headers(&dataset);
    let chosen = super::choose_layer(path, want, headers.iter().map(|(header, _failure)| header))?;
    let (header, failure) = headers[chosen].clone();
    if let Some(what) = failure {
        return Err(failed(path, 0, &what));
    }
    let mut layer = dataset.layer(chosen).map_err(|e| failed(path, 0, &e.to_string()))?;
    let bound = ColumnMatcher::new(&want.columns).bind(&header.columns);
    let missing = unbound(&bound);
    want.require(path, &missing, &header.columns)?;
    let mut facts = SourceFacts::new(header, missing);
    let mut reduced = 0;
    let has_geometry =
        want.geometry == GeometryFrom::Native && facts.header.geometry != GeometryHint::None;
    let within = want.within.filter(|_| has_geometry);
    let rows = within.map(|[min_x, min_y, max_x, max_y]| {
        let rows = layer.feature_count();
        layer.set_spatial_filter_rect(min_x, min_y, max_x, max_y);
        rows
    });
    for feature in layer.features() {
        // By index: `geometry()` wraps a null geometry as if it were one.
        let geometry = match feature.geometry_by_index(0).ok() {
            Some(shape) if want.geometry == GeometryFrom::Native => match apart(|| shape.wkb()) {
                Ok(bytes) => wkb::decode(&bytes, &mut reduced),
                Err(_) => Err(GeometryFault::UnsupportedKind { kind: shape.geometry_name() }),
            },
            _ => Ok(None),
        };
        let cells = bound
            .iter()
            .map(|column| {
                let value = column.and_then(|column| feature.field(column).ok().flatten());
                value.map_or(Cell::Missing, cell)
            })
            .collect();
        facts.rows_read += 1;
        let number = within.and_then(|_| feature.fid()).unwrap_or(facts.rows_read);
        if sink(Row { number, geometry, cells }).is_break() {
            facts.stopped = true;
            break;
        }
    }
    // GDAL ends a damaged layer like a whole one; only its messages tell.
    if let (Some(what), false) = (take_failure(), facts.stopped) {
        return Err(failed(path, facts.rows_read, &what));
    }
    // A GML file of several types without a full schema: GDAL counts all and hands over one type.
    let announced = facts.header.rows.unwrap_or(0);
    if is_gml(&dataset) && !facts.stopped && announced > facts.rows_read {
        let found = facts.rows_read;
        let what = format!(
            "{announced} features are announced and {found} are found, \
             as happens when a file mixes several types of features"
        );
        return Err(failed(path, found, &what));
    }
    let matched = if headers.len() == 1 && !facts.stopped { matched_by_service(path) } else { 0 };
    if matched > facts.rows_read {
        facts.notes.push(ReadNote::Partial { rows: facts.rows_read, matched });
    }
    if let (Some(rows), false) = (rows, facts.stopped) {
        facts.rows_passed_over = rows.saturating_sub(facts.rows_read);
    }
    if reduced > 0 {
        facts.notes.push(ReadNote::CollectionsReduced { count: reduced });
    }
    Ok(facts)
}

fn open(path: &Path) -> Result<Dataset, ReadError> {
    catch_messages();
    take_failure();
    let open_flags = GdalOpenFlags::GDAL_OF_VECTOR | GdalOpenFlags::GDAL_OF_READONLY;
    // Nothing is written beside the user's file (GDAL's GML reader does, unasked), nothing fetched.
    // Other drivers ignore the two options.
    let open_options = Some(["WRITE_GFS=NO", "DOWNLOAD_SCHEMA=NO"].as_slice());
    let allowed_drivers = Some(DRIVERS);
    let options =
        DatasetOptions { open_flags, open_options, allowed_drivers, ..DatasetOptions::default() };
    let opened = Dataset::open_ex(path, options).map_err(|error| {
        let said = take_failure().or_else(|| match error {
            GdalError::NullPointer { msg, .. } => Some(msg).filter(|msg| !msg.is_empty()),
            other => Some(other.to_string()),
        });
        let unsaid = || "it is damaged, or a file that it refers to is missing".to_owned();
        failed(path, 0, &said.unwrap_or_else(unsaid))
    })?;
    // A GML file is gone through when it is opened; GDAL makes short layers of what it could read.
    take_failure().map_or(Ok(opened), |what| Err(failed(path, 0, &what)))
}

/// How many rows a web service has, as the head of its GML tells (WFS 2); 0 when nothing tells.
fn matched_by_service(path: &Path) -> u64 {
    let mut buffer = [0_u8; 4096];
    let start = if path.is_file() { head(path, &mut buffer).unwrap_or_default() } else { &[] };
    let start = String::from_utf8_lossy(start);
    let after = start.split_once("numberMatched=\"").map(|(_, after)| after);
    after.and_then(|after| after.split('"').next()?.parse().ok()).unwrap_or(0)
}

fn is_gml(dataset: &Dataset) -> bool {
    dataset.driver().short_name() == "GML"
}

fn failed(path: &Path, after_rows: u64, what: &str) -> ReadError {
    ReadError::Gdal { path: path.to_owned(), after_rows, what: what.to_owned() }
}

fn header(layer: &gdal::vector::Layer<'_>) -> LayerHeader {
    let crs = layer.spatial_ref().map_or(DeclaredCrs::None, |system| {
        match system.authority().ok().as_deref().map(crs_of_file::of_name) {
            Some(known @ DeclaredCrs::Epsg(_)) => known,
            _ => system.to_wkt().map_or(DeclaredCrs::None, |text| crs_of_file::of_wkt(&text)),
        }
    });
    let kind = gdal::vector::geometry_type_to_name(layer.defn().geometry_type()).to_lowercase();
    let geometry = match kind {
        k if k.contains("point") => GeometryHint::Points,
        k if k.contains("line") => GeometryHint::Lines,
        k if k.contains("polygon") => GeometryHint::Areas,
        k if k.contains("none") => GeometryHint::None,
        _ => GeometryHint::Unknown,
    };
    LayerHeader {
        name: layer.name(),
        format: Format::Gdal,
        columns: layer.defn().fields().map(|field| field.name()).collect(),
        rows: layer.try_feature_count(),
        crs,
        encoding: None,
        geometry,
    }
}

fn cell(value: FieldValue) -> Cell {
    match value {
        FieldValue::IntegerValue(n) => Cell::Number(f64::from(n)),
        FieldValue::Integer64Value(n) => Cell::Number(n as f64),
        FieldValue::RealValue(n) if n.is_finite() => Cell::Number(n),
        FieldValue::RealValue(_) => Cell::Missing,
        FieldValue::StringValue(text) => Cell::from_text(&text),
        FieldValue::DateValue(date) => Cell::Text(date.to_string()),
        FieldValue::DateTimeValue(time) => Cell::Text(time.to_string()),
        FieldValue::StringListValue(list) => Cell::from_text(&list.join(",")),
        FieldValue::IntegerListValue(list) => Cell::from_text(&joined(&list)),
        FieldValue::Integer64ListValue(list) => Cell::from_text(&joined(&list)),
        FieldValue::RealListValue(list) => Cell::from_text(&joined(&list)),
    }
}

fn joined<T: ToString>(list: &[T]) -> String {
    list.iter().map(T::to_string).collect::<Vec<_>>().join(",")
}

thread_local! {
    /// GDAL calls its handler on the thread that fails.
    static FAILURE: RefCell<Option<String>> = const { RefCell::new(None) };
}

fn take_failure() -> Option<String> {
    FAILURE.with(|failure| failure.borrow_mut().take())
}

/// Runs what may fail for one row only: its failure does not count for the layer.
fn apart<T>(run: impl FnOnce() -> T) -> T {
    let before = take_failure();
    let answer = run();
    FAILURE.with(|failure| *failure.borrow_mut() = before);
    answer
}

/// A reference system that GDAL does not know loses no row: the layer then declares none, and whoever
/// needs one asks for it.
fn is_about_reference_system(message: &str) -> bool {
    ["PROJ:", "Cannot import", "EPSG"].iter().any(|word| message.contains(word))
}

/// Keeps GDAL's failures for the answer; its warnings no longer go to stderr.
fn catch_messages() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        gdal::config::set_error_handler(|kind, _code, message| {
            let fails = matches!(kind, CplErrType::Failure | CplErrType::Fatal);
            if fails && !is_about_reference_system(message) {
                FAILURE.with(|failure| {
                    failure.borrow_mut().get_or_insert_with(|| message.to_owned());
                });
            }
        });
    });
}
