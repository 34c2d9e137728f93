//! Which layers of which files belong to a layer of the territory: files found, archives opened, kinds recognised.

use std::path::PathBuf;
use std::sync::Arc;

use super::LoadError;
use super::files;
use super::source::Source;
use super::source::recognised;
use crate::domain::Place;
use crate::domain::Problem;
use crate::domain::ProblemCode;
use crate::io::read;
use crate::io::read::LayerHeader;
use crate::io::read::ReadError;
use crate::io::schema::FREE;
use crate::io::schema::SCHEMAS;
use crate::io::schema::Schema;
use crate::io::unpack;
use crate::io::unpack::Limits;
use crate::io::unpack::Opened;

/// One layer of one file, and the schema to read it by.
#[derive(Debug, Clone)]
pub(super) struct Piece {
    /// Where the file is; for an archive, where it was unpacked to.
    pub(super) path: PathBuf,
    /// What messages call it.
    pub(super) shown: String,
    pub(super) header: LayerHeader,
    pub(super) schema: &'static Schema,
    /// Keeps the temporary folder of an archive until the piece is read.
    opened: Arc<Opened>,
}

impl Piece {
    /// What errors call the file: its path, or its place in the archive it came from.
    pub(super) fn told_as(&self) -> PathBuf {
        if self.opened.is_plain_file { self.path.clone() } else { PathBuf::from(&self.shown) }
    }
}

/// The pieces of a layer, and what was passed over on the way.
#[derive(Debug, Default)]
pub(super) struct Pieces {
    pub(super) pieces: Vec<Piece>,
    pub(super) problems: Vec<Problem>,
}

/// A file or archive as named by the user, with the headers of the files in it.
pub(super) struct Container {
    opened: Arc<Opened>,
    files: Vec<(usize, Result<Vec<LayerHeader>, ReadError>)>,
}

impl Container {
    /// Opens and probes; `shown` is what messages call it.
    pub(super) fn open(path: &std::path::Path, shown: &str) -> Result<Self, ReadError> {
        let opened = Arc::new(unpack::open(path, shown, Limits::default())?);
        let files = opened
            .files
            .iter()
            .enumerate()
            .map(|(at, file)| {
                let told = |error: ReadError| {
                    if opened.is_plain_file { error } else { error.told_of(file.shown.as_ref()) }
                };
                (at, read::probe(&file.path).map_err(told))
            })
            .collect();
        Ok(Self { opened, files })
    }

    /// The layers that some schema of `schemas` fits, each with the best. Of several layers in a container, those whose
    /// name is that of the kind, when there are any; a schema without demands takes only what is alone or so named.
    pub(super) fn pieces(
        &self,
        fits: impl Fn(&LayerHeader) -> Option<&'static Schema>,
    ) -> Vec<Piece> {
        let mut all: Vec<(Piece, bool)> = Vec::new();
        let n_layers: usize = self.headers().count();
        for (at, header) in self.headers() {
            let Some(schema) = fits(header) else { continue };
            let is_named = schema.is_named(&header.name);
            if n_layers > 1 && schema.required.is_empty() && !is_named {
                continue;
            }
            let piece = self.piece(at, header, schema);
            all.push((piece, is_named));
        }
        let any_named = all.iter().any(|(_, is_named)| *is_named);
        all.into_iter().filter(|(_, named)| *named || !any_named).map(|(piece, _)| piece).collect()
    }

    /// Every layer for which there is a schema, whatever the others are.
    pub(super) fn all(
        &self,
        schema: impl Fn(&LayerHeader) -> Option<&'static Schema>,
    ) -> Vec<Piece> {
        self.headers()
            .filter_map(|(at, header)| schema(header).map(|schema| self.piece(at, header, schema)))
            .collect()
    }

    fn piece(&self, at: usize, header: &LayerHeader, schema: &'static Schema) -> Piece {
        let file = &self.opened.files[at];
        Piece {
            path: file.path.clone(),
            shown: file.shown.clone(),
            header: header.clone(),
            schema,
            opened: Arc::clone(&self.opened),
        }
    }

    /// Names of files that no reader knows.
    pub(super) fn passed_over(&self) -> &[String] {
        &self.opened.passed_over
    }

    /// All layers that could be probed, with the place of their file.
    pub(super) fn headers(&self) -> impl Iterator<Item = (usize, &LayerHeader)> {
        self.files
            .iter()
            .filter_map(|(at, headers)| headers.as_ref().ok().map(|headers| (*at, headers)))
            .flat_map(|(at, headers)| headers.iter().map(move |header| (at, header)))
    }

    /// Whether the user named one plain file.
    pub(super) fn is_plain_file(&self) -> bool {
        self.opened.is_plain_file
    }

    /// Files that could not be probed, with what is wrong; taken out.
    pub(super) fn take_failures(&mut self) -> Vec<(String, ReadError)> {
        let opened = Arc::clone(&self.opened);
        let (failed, kept): (Vec<_>, Vec<_>) =
            std::mem::take(&mut self.files).into_iter().partition(|(_, headers)| headers.is_err());
        self.files = kept;
        failed
            .into_iter()
            .filter_map(|(at, headers)| {
                headers.err().map(|error| (opened.files[at].shown.clone(), error))
            })
            .collect()
    }

    /// Names of the files that hold none of `pieces`.
    pub(super) fn files_without(&self, pieces: &[Piece]) -> Vec<String> {
        self.opened
            .files
            .iter()
            .map(|file| file.shown.clone())
            .filter(|shown| !pieces.iter().any(|piece| &piece.shown == shown))
            .collect()
    }
}

impl Source<'_> {
    /// The pieces of this layer.
    ///
    /// # Errors
    /// A pattern that names no file, a file named by the user that cannot be read, an archive in which nothing
    /// belongs to this layer.
    pub(super) fn pieces(&self) -> Result<Pieces, LoadError> {
        self.pieces_of(&self.layer.path)
    }

    /// The same from other patterns than the layer's own.
    pub(super) fn pieces_of(&self, patterns: &[String]) -> Result<Pieces, LoadError> {
        self.check_schema()?;
        let mut found = Pieces::default();
        for path in files::find(self.key, &self.config.folder, patterns)? {
            let shown = files::shown(&self.config.folder, &path);
            let mut container =
                Container::open(&path, &shown).map_err(|source| self.unreadable(source))?;
            let pieces = self.pieces_in(&mut container, &shown, &mut found.problems)?;
            found.pieces.extend(pieces);
        }
        Ok(found)
    }

    /// The pieces of this kind in the folders and archives that the layer names, where there are any: nothing is
    /// missing when there are none.
    pub(super) fn pieces_beside(&self) -> Result<Pieces, LoadError> {
        let mut found = Pieces::default();
        for path in files::find(self.key, &self.config.folder, &self.layer.path)? {
            let shown = files::shown(&self.config.folder, &path);
            let container =
                Container::open(&path, &shown).map_err(|source| self.unreadable(source))?;
            let of_kind =
                |header: &LayerHeader| recognised(header).filter(|schema| schema.layer == self.key);
            found.pieces.extend(container.pieces(of_kind));
        }
        Ok(found)
    }

    fn pieces_in(
        &self,
        container: &mut Container,
        shown: &str,
        problems: &mut Vec<Problem>,
    ) -> Result<Vec<Piece>, LoadError> {
        for (file, error) in container.take_failures() {
            // A damaged zone_urba in an archive is a hole in the map; a damaged anything else is not ours.
            let name = file.rsplit('/').next().unwrap_or(&file);
            let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
            if container.is_plain_file() || self.schemas().any(|schema| schema.is_named(stem)) {
                return Err(self.unreadable(error));
            }
            problems.push(self.skipped(file));
        }
        let pieces = match &self.layer.layer {
            Some(name) => self.named_layer(container, name, shown)?,
            None => {
                let several = container.headers().nth(1).is_some();
                container.pieces(|header| {
                    self.schema_of(header).filter(|_| !several || !self.is_of_another_kind(header))
                })
            }
        };
        if pieces.is_empty() {
            let first = container.headers().next().map(|(_, header)| header.clone());
            let n_layers = container.headers().count();
            return Err(match first {
                Some(header) if n_layers == 1 || self.schemas().all(|s| !s.required.is_empty()) => {
                    self.no_schema(&header.columns, shown)
                }
                Some(_) => self.unreadable(ReadError::LayerNotNamed {
                    path: shown.into(),
                    present: container.headers().map(|(_, header)| header.name.clone()).collect(),
                }),
                None => {
                    LoadError::NothingInside { layer: self.key.to_owned(), file: shown.to_owned() }
                }
            });
        }
        if !container.is_plain_file() {
            // What belongs to another layer is read when that layer is asked for.
            let known = container.pieces(recognised);
            let of_somebody = |file: &String| known.iter().any(|piece| &piece.shown == file);
            for file in container.files_without(&pieces).iter().filter(|file| !of_somebody(file)) {
                problems.push(self.skipped(file.clone()));
            }
        }
        Ok(pieces)
    }

    /// Whether a layer of a file bears the name of another kind and not of this one: `terrain_eco` has a `site_id`, and is
    /// no site for that.
    fn is_of_another_kind(&self, header: &LayerHeader) -> bool {
        let named = |schema: &&&Schema| schema.is_named(&header.name);
        let ours = self.schemas().any(|schema| schema.is_named(&header.name));
        !ours && SCHEMAS.iter().filter(named).any(|other| other.fits(&header.columns))
    }

    fn named_layer(
        &self,
        container: &Container,
        name: &str,
        shown: &str,
    ) -> Result<Vec<Piece>, LoadError> {
        let pieces = container.pieces(|header| {
            header.name.eq_ignore_ascii_case(name).then(|| self.schema_of(header).unwrap_or(&FREE))
        });
        if container.headers().any(|(_, header)| header.name.eq_ignore_ascii_case(name)) {
            return Ok(pieces);
        }
        Err(self.unreadable(ReadError::NoSuchLayer {
            path: shown.into(),
            wanted: name.to_owned(),
            present: container.headers().map(|(_, header)| header.name.clone()).collect(),
        }))
    }

    fn skipped(&self, file: String) -> Problem {
        Problem {
            layer: self.key.to_owned(),
            file,
            row: None,
            feature: None,
            code: ProblemCode::FileSkipped,
            value: String::new(),
            detail: None,
            place: Place::default(),
        }
    }
}
