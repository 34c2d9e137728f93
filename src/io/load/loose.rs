//! Loose files checked without a territory: what they hold, what is wrong with it.

use std::path::Path;
use std::path::PathBuf;

use rayon::prelude::*;

use super::LoadError;
use super::documents;
use super::field_visits;
use super::friches;
use super::ingest::Ingest;
use super::layer::LayerResult;
use super::loose_kind::LooseKind;
use super::objects;
use super::owners;
use super::parcels;
use super::pieces::Container;
use super::pieces::Piece;
use super::pieces::Pieces;
use super::reach::Reach;
use super::source::Source;
use super::source::recognised;
use super::source::shape_fits;
use super::tables;
use super::zones;
use crate::domain::Areas;
use crate::domain::Balance;
use crate::domain::Coverage;
use crate::domain::Fate;
use crate::domain::Layer;
use crate::domain::LayerKey;
use crate::domain::Problem;
use crate::domain::Provenance;
use crate::domain::Tally;
use crate::domain::ZoningAudit;
use crate::io::config::Config;
use crate::io::config::LayerConfig;
use crate::io::read::LayerHeader;
use crate::io::schema::FREE;
use crate::io::schema::FREE_TABLE;
use crate::io::schema::SCHEMAS;
use crate::io::schema::Schema;
use crate::io::schema::Shape;

/// One layer of one file, as checked.
#[derive(Debug)]
pub struct LooseLayer {
    /// The file as named, or its place in an archive or folder.
    pub path: String,
    /// Name of the layer in the file.
    pub layer: String,
    /// What it was read as: the word of the user, else the key of the layer that it was recognised as; `free` or
    /// `table` when it was not.
    pub read_as: String,
    /// Schema.
    pub schema: &'static str,
    /// Reference system, when there are shapes.
    pub epsg: Option<u32>,
    /// Encoding of the text, for the formats that leave it open.
    pub encoding: Option<String>,
    /// Rows and areas.
    pub tally: Tally,
    /// What is wrong.
    pub problems: Vec<Problem>,
}

/// What came of loose files.
#[derive(Debug, Default)]
pub struct LooseCheck {
    /// Layers read, in the order of the files.
    pub layers: Vec<LooseLayer>,
    /// Files that could not be read.
    pub unreadable: Vec<(String, LoadError)>,
    /// Files of archives and folders that are of no kind known here.
    pub passed_over: Vec<String>,
}

/// Checks files, folders and archives. `crs` overrides what they say.
#[must_use]
pub fn check_files(paths: &[PathBuf], kind: Option<LooseKind>, crs: Option<&str>) -> LooseCheck {
    let mut check = LooseCheck::default();
    for path in paths {
        let part = check_path(path, kind, crs);
        check.layers.extend(part.layers);
        check.unreadable.extend(part.unreadable);
        check.passed_over.extend(part.passed_over);
    }
    check
}

fn check_path(path: &Path, kind: Option<LooseKind>, crs: Option<&str>) -> LooseCheck {
    let mut check = LooseCheck::default();
    let shown = path.display().to_string();
    let read_as = kind.map_or("files", LooseKind::as_str);
    let failed = |source| LoadError::Read { layer: read_as.to_owned(), source };
    let mut container = match Container::open(path, &shown) {
        Ok(container) => container,
        Err(error) => {
            check.unreadable.push((shown, failed(error)));
            return check;
        }
    };
    for (file, error) in container.take_failures() {
        // Beside the data of a document lie lists and forms that are none.
        if container.is_plain_file() || SCHEMAS.iter().any(|schema| schema.is_named(stem(&file))) {
            check.unreadable.push((file, failed(error)));
        } else {
            check.passed_over.push(file);
        }
    }
    let pieces = pieces_of(&container, kind);
    if !container.is_plain_file() {
        check.passed_over.extend(container.passed_over().iter().cloned());
        let known = container.pieces(recognised);
        let files = container.files_without(&pieces);
        let unknown = |file: &String| !known.iter().any(|piece| &piece.shown == file);
        check.passed_over.extend(files.into_iter().filter(unknown));
    }
    if pieces.is_empty() && check.unreadable.is_empty() && container.pieces(recognised).is_empty() {
        let error = nothing_of(&container, kind, &shown);
        check.unreadable.push((shown, error));
    }
    let parts: Vec<Result<LooseLayer, (String, LoadError)>> =
        pieces.into_par_iter().map(|piece| read(piece, kind, crs)).collect();
    for part in parts {
        match part {
            Ok(layer) => check.layers.push(layer),
            Err(failure) => check.unreadable.push(failure),
        }
    }
    check.passed_over.sort();
    check
}

/// A file's name without folder and extension.
fn stem(file: &str) -> &str {
    let name = file.rsplit('/').next().unwrap_or(file);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

fn nothing_of(container: &Container, kind: Option<LooseKind>, shown: &str) -> LoadError {
    let key = kind.map_or("files", |kind| kind.keys().first().copied().unwrap_or("files"));
    let header = container.headers().next().map(|(_, header)| header.columns.clone());
    with_source(key, None, |source| match header {
        Some(columns) if kind.is_some() => source.no_schema(&columns, shown),
        _ => LoadError::NothingInside { layer: key.to_owned(), file: shown.to_owned() },
    })
}

/// What is to be read of a file: what is of the kind asked for, or else, in a plain file, every layer.
fn pieces_of(container: &Container, kind: Option<LooseKind>) -> Vec<Piece> {
    let Some(kind) = kind else {
        let known = container.pieces(recognised);
        return if known.is_empty() || container.is_plain_file() {
            container.all(|header| Some(recognised(header).unwrap_or_else(|| free(header))))
        } else {
            known
        };
    };
    let keys = kind.keys();
    let fits = |schema: &&&'static Schema, header: &LayerHeader| {
        keys.contains(&schema.layer) && shape_fits(schema, header) && schema.fits(&header.columns)
    };
    let demanding = |header: &LayerHeader| {
        let all = || SCHEMAS.iter().filter(|s| !s.required.is_empty() && fits(s, header));
        let named = all().find(|schema| schema.is_named(&header.name));
        named.or_else(|| all().next()).copied()
    };
    let known = container.pieces(demanding);
    if !known.is_empty() {
        return known;
    }
    let lax = |header: &LayerHeader| {
        let any = SCHEMAS.iter().find(|s| s.required.is_empty() && fits(s, header)).copied();
        // Asked for as a table, a layer is one, shapes or not.
        any.or((kind == LooseKind::Table).then_some(&FREE_TABLE))
    };
    let is_one_layer = container.is_plain_file() && container.headers().count() == 1;
    if is_one_layer || container.pieces(recognised_elsewhere(&keys)).is_empty() {
        container.all(lax)
    } else {
        container.pieces(lax)
    }
}

/// Recognises what is of none of these layers: a sheet without buildings is no layer of buildings.
fn recognised_elsewhere(keys: &[&'static str]) -> impl Fn(&LayerHeader) -> Option<&'static Schema> {
    move |header| {
        recognised(header).filter(|schema| {
            !keys.contains(&schema.layer) && schema.is_given_away_by(&header.columns)
        })
    }
}

fn free(header: &LayerHeader) -> &'static Schema {
    if shape_fits(&FREE, header) { &FREE } else { &FREE_TABLE }
}

fn read(
    piece: Piece,
    kind: Option<LooseKind>,
    crs: Option<&str>,
) -> Result<LooseLayer, (String, LoadError)> {
    let (path, layer) = (piece.shown.clone(), piece.header.name.clone());
    let (schema, encoding) = (piece.schema, piece.header.encoding.clone());
    let read_as = match (kind, schema.layer) {
        (Some(kind), _) => kind.as_str().to_owned(),
        (None, "") if schema.shape == Shape::None => LooseKind::Table.as_str().to_owned(),
        (None, "") => "free".to_owned(),
        (None, key) => key.to_owned(),
    };
    let result = with_source(schema.layer, crs, |source| rows(source, piece));
    match result {
        Ok(rows) => Ok(LooseLayer {
            path,
            layer,
            read_as,
            schema: schema.id,
            epsg: rows.epsg,
            encoding,
            tally: rows.balance.total,
            problems: rows.problems,
        }),
        Err(error) => Err((path, error)),
    }
}

/// The books of one piece; its objects are not kept.
struct Rows {
    epsg: Option<u32>,
    balance: Balance,
    problems: Vec<Problem>,
}

impl<E> From<LayerResult<E>> for Rows {
    fn from(result: LayerResult<E>) -> Self {
        Self { epsg: result.epsg, balance: result.balance, problems: result.problems }
    }
}

fn rows(source: &Source<'_>, piece: Piece) -> Result<Rows, LoadError> {
    let reach = Reach::unbounded();
    let is_table = piece.schema.shape == Shape::None;
    let found = Pieces { pieces: vec![piece], problems: Vec::new() };
    Ok(match source.key {
        LayerKey::PARCELS => {
            let mut result = parcels::load(source, &reach, found)?;
            result.keep_first_of_each(source.key, |parcel| parcel.id);
            result.into()
        }
        LayerKey::ZONING => {
            let mut result = zones::load(source, &reach, found)?;
            let communes = Layer::new(Vec::new(), Provenance::default(), Coverage::Everywhere);
            let audit = ZoningAudit::of(&result.layer, &communes);
            result.problems.extend(audit.problems(&result.layer));
            result.into()
        }
        LayerKey::FRICHES => friches::load(source, &reach, found, 0)?.into(),
        LayerKey::DOCUMENTS => {
            let result = documents::load(source, &reach, found)?;
            Rows { epsg: None, balance: result.balance, problems: result.problems }
        }
        LayerKey::FIELD_VISITS => {
            let result = field_visits::load(source, &reach, found)?;
            Rows { epsg: None, balance: result.balance, problems: result.problems }
        }
        LayerKey::OWNERS => {
            let result = owners::load(source, &reach, found)?;
            Rows { epsg: None, balance: result.balance, problems: result.problems }
        }
        key if LayerKey::TABLES.contains(&key) => {
            let result = tables::load(source, None, found)?;
            Rows { epsg: None, balance: result.balance, problems: result.problems }
        }
        _ if is_table => table_rows(source, &reach, &found.pieces[0])?,
        _ => objects::load(source, &reach, found)?.into(),
    })
}

fn table_rows(source: &Source<'_>, reach: &Reach, piece: &Piece) -> Result<Rows, LoadError> {
    let plan = source.plan(piece)?;
    let mut ingest = Ingest::new(source, 0, piece, reach);
    ingest.read(&plan, |ingest, _, _| {
        ingest.balance.count(None, Fate::Kept, Areas::default());
    })?;
    Ok(Rows { epsg: None, balance: ingest.balance, problems: ingest.problems })
}

/// A source without a territory.
fn with_source<T>(key: &str, crs: Option<&str>, run: impl FnOnce(&Source<'_>) -> T) -> T {
    let layer = LayerConfig { crs: crs.map(str::to_owned), ..LayerConfig::default() };
    let config = Config::nowhere();
    run(&Source { config: &config, layer: &layer, key, lenient: true })
}
