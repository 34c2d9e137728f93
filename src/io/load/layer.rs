//! One layer from its files: schema recognised, reference system found, rows ingested, results put together.

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::collections::HashSet;

use rayon::prelude::*;

use super::LoadError;
use super::ingest::Fields;
use super::ingest::FileRows;
use super::ingest::Ingest;
use super::pieces::Piece;
use super::pieces::Pieces;
use super::pieces::shape_fits;
use super::reach::Reach;
use crate::domain::Balance;
use crate::domain::CodeInsee;
use crate::domain::Coverage;
use crate::domain::Entity;
use crate::domain::Fate;
use crate::domain::Layer;
use crate::domain::LayerKey;
use crate::domain::Place;
use crate::domain::Problem;
use crate::domain::ProblemCode;
use crate::domain::Provenance;
use crate::domain::Severity;
use crate::io::config::Config;
use crate::io::config::Covers;
use crate::io::config::LayerConfig;
use crate::io::problem_words;
use crate::io::read::GeometryFrom;
use crate::io::read::GeometryHint;
use crate::io::read::LayerHeader;
use crate::io::read::Want;
use crate::io::schema::Schema;
use crate::io::schema::Shape;
use crate::spatial::shape;
use crate::words::Told;

/// Share of a commune that the zones of a plan must cover to speak for it.
const HALF: f64 = 0.5;
/// Share of a commune below which an object only laps over its border.
const EDGE: f64 = 1e-5;

/// Layers that list things over the whole territory: a commune without one has none that is listed. Only maps that are
/// drawn commune by commune (planning, hazards, cadastre) can leave a commune blank.
const INVENTORIES: [&str; 3] = [LayerKey::COMMUNES, LayerKey::FRICHES, LayerKey::SITES];

/// Communes, and how much of each is covered.
type Shares = Vec<(CodeInsee, f64)>;

/// A layer as configured.
pub(super) struct Source<'a> {
    pub(super) config: &'a Config,
    pub(super) layer: &'a LayerConfig,
    pub(super) key: &'a str,
    /// Loose files: an empty layer, or one of which nothing can be used, is an answer and no error.
    pub(super) lenient: bool,
}

/// A layer as read.
pub(super) struct LayerResult<E> {
    pub(super) layer: Layer<E>,
    pub(super) balance: Balance,
    pub(super) problems: Vec<Problem>,
    /// Reference system of the first file that has shapes.
    pub(super) epsg: Option<u32>,
}

/// The parts of a layer as one. It speaks for a commune where all its parts do: what one part alone covers says nothing
/// about the others.
pub(super) fn joined<E: Entity>(
    parts: impl Iterator<Item = Result<LayerResult<E>, LoadError>>,
) -> Result<LayerResult<E>, LoadError> {
    let mut parts = parts.collect::<Result<Vec<_>, _>>()?.into_iter();
    let Some(mut all) = parts.next() else {
        let layer = Layer::new(Vec::new(), Provenance::default(), Coverage::Everywhere);
        let (balance, problems) = (Balance::default(), Vec::new());
        return Ok(LayerResult { layer, balance, problems, epsg: None });
    };
    for part in parts {
        all.layer = all.layer.joined_with(part.layer);
        all.balance.add(&part.balance);
        all.problems.extend(part.problems);
    }
    Ok(all)
}

impl<E: Entity> LayerResult<E> {
    /// Keeps the first of the objects that share an identifier; the others are rejected and told.
    pub(super) fn keep_first_of_each<K: Eq + std::hash::Hash>(
        &mut self,
        key: &str,
        id_of: impl Fn(&E) -> K,
    ) {
        let mut seen = HashSet::with_capacity(self.layer.entities.len());
        let (balance, problems) = (&mut self.balance, &mut self.problems);
        self.layer.entities.retain(|entity| {
            let first = seen.insert(id_of(entity));
            if !first {
                let (commune, id) = (entity.commune(), entity.id().into_owned());
                balance.recount(
                    commune,
                    Fate::Kept,
                    Fate::Rejected,
                    shape::area(entity.geometry()),
                );
                problems.push(Problem {
                    layer: key.to_owned(),
                    file: String::new(),
                    row: None,
                    feature: Some(id.clone()),
                    code: ProblemCode::IdDuplicate,
                    value: id,
                    detail: None,
                    place: Place { at: shape::representative_point(entity.geometry()), commune },
                });
            }
            first
        });
    }
}

/// How the rows of one file are to be understood.
pub(super) struct Plan {
    /// Our names of the columns asked for, in the order of the cells.
    pub(super) names: Vec<String>,
    /// For each column of text that may hold the shape, best first, its cells behind those of `names`: one, or a pair.
    pub(super) text_shapes: Vec<usize>,
    pub(super) want: Want,
    pub(super) schema: &'static Schema,
}

impl Source<'_> {
    /// Reads all pieces of the layer. `make` turns one row into an object.
    pub(super) fn read<E: Entity>(
        &self,
        reach: &Reach,
        found: Pieces,
        make: impl Fn(&mut Ingest<'_>, &Fields<'_>, geo::Geometry<f64>) -> Option<E> + Sync,
        near: impl Fn(&Reach, &geo::Geometry<f64>) -> bool + Sync,
    ) -> Result<LayerResult<E>, LoadError> {
        let Pieces { pieces, mut problems } = found;
        let parts: Vec<Result<FileRows<E>, LoadError>> = pieces
            .par_iter()
            .enumerate()
            .map(|(at, piece)| self.read_piece(at, piece, reach, &make, &near))
            .collect();
        let mut entities = Vec::new();
        let mut balance = Balance::default();
        let mut epsg = None;
        for part in parts {
            let rows = part?;
            entities.extend(rows.entities);
            balance.add(&rows.balance);
            problems.extend(rows.problems);
            epsg = epsg.or(rows.epsg);
        }
        let total = balance.total;
        if !self.lenient && total.rejected > 0 && total.rejected == total.read {
            return Err(LoadError::NothingUsable {
                layer: self.key.to_owned(),
                read: total.read,
                first: problems
                    .iter()
                    .find(|problem| problem.code.severity() == Severity::Error)
                    .map_or_else(|| Told::new("problem.none-told"), problem_words::told),
            });
        }
        let schemas: BTreeSet<_> = pieces
            .iter()
            .map(|piece| (piece.schema.id, piece.schema.source, piece.schema.licence))
            .collect();
        let provenance = self.provenance(&schemas, pieces.len());
        let coverage = self.coverage(&entities, reach)?;
        let layer = Layer::new(entities, provenance, coverage);
        Ok(LayerResult { layer, balance, problems, epsg })
    }

    fn read_piece<E: Entity>(
        &self,
        at: usize,
        piece: &Piece,
        reach: &Reach,
        make: &(impl Fn(&mut Ingest<'_>, &Fields<'_>, geo::Geometry<f64>) -> Option<E> + Sync),
        near: &(impl Fn(&Reach, &geo::Geometry<f64>) -> bool + Sync),
    ) -> Result<FileRows<E>, LoadError> {
        let plan = self.plan(piece)?;
        let mut ingest = Ingest::new(self, at, piece, reach);
        let mut entities = Vec::new();
        ingest.read(&plan, |ingest, fields, geometry| {
            entities.extend(ingest.finish_row(fields, geometry, make, near));
        })?;
        let Ingest { balance, problems, settled, .. } = ingest;
        Ok(FileRows { entities, balance, problems, epsg: settled.map(|settled| settled.epsg) })
    }

    /// Refuses a configured schema that this layer does not have.
    pub(super) fn check_schema(&self) -> Result<(), LoadError> {
        match &self.layer.schema {
            Some(id) if self.schemas().all(|schema| schema.id != id) => {
                Err(LoadError::UnknownSchema {
                    layer: self.key.to_owned(),
                    schema: id.clone(),
                    known: self.schemas().map(|schema| schema.id).collect::<Vec<_>>().join(", "),
                })
            }
            _ => Ok(()),
        }
    }

    /// Chooses the columns to ask for.
    pub(super) fn plan(&self, piece: &Piece) -> Result<Plan, LoadError> {
        let (schema, header) = (piece.schema, &piece.header);
        let present = &header.columns;
        let mut names = Vec::new();
        let mut columns = Vec::new();
        let mut ask = |ours: &str, theirs: &str| {
            if !names.iter().any(|name| name == ours) {
                names.push(ours.to_owned());
                columns.push(vec![theirs.to_owned()]);
            }
        };
        // The configuration comes first: it corrects the schema.
        let class = self.layer.class.as_ref().map(|column| ("class", column));
        let configured =
            self.layer.columns.iter().map(|(ours, theirs)| (ours.as_str(), theirs)).chain(class);
        for (ours, theirs) in configured {
            let found = present.iter().find(|name| name.trim().eq_ignore_ascii_case(theirs.trim()));
            let found = found.ok_or_else(|| LoadError::NoColumn {
                layer: self.key.to_owned(),
                file: piece.shown.clone(),
                column: theirs.clone(),
                present: present.join(", "),
            })?;
            ask(ours, found);
        }
        for column in schema.columns {
            if let Some(theirs) = column.find(present) {
                ask(column.ours, theirs);
            }
        }
        let is_native = header.geometry != GeometryHint::None;
        let mut text_shapes = Vec::new();
        if schema.shape == Shape::Here && !is_native {
            for shape in schema.text_shapes_in(present) {
                text_shapes.push(shape.len());
                columns.extend(shape.into_iter().map(|theirs| vec![theirs.to_owned()]));
            }
        }
        let native = schema.shape == Shape::Here && is_native;
        let want = Want {
            columns,
            layer: Some(header.name.clone()),
            geometry: if native { GeometryFrom::Native } else { GeometryFrom::None },
            ..Want::default()
        };
        Ok(Plan { names, text_shapes, want, schema })
    }

    /// Whether the schema fits, counting columns that the configuration renames.
    pub(super) fn fits(&self, schema: &Schema, header: &LayerHeader) -> bool {
        let present = &header.columns;
        shape_fits(schema, header)
            && schema.required.iter().all(|ours| {
                self.layer.columns.contains_key(*ours)
                    || (*ours == "class" && self.layer.class.is_some())
                    || schema
                        .columns
                        .iter()
                        .find(|column| column.ours == *ours)
                        .is_some_and(|column| column.find(present).is_some())
            })
    }

    pub(super) fn no_schema(&self, present: &[String], file: &str) -> LoadError {
        let missing = self
            .schemas()
            .map(|schema| {
                let missing = schema
                    .required
                    .iter()
                    .filter_map(|ours| schema.columns.iter().find(|column| column.ours == *ours))
                    .filter(|column| column.find(present).is_none())
                    .map(|column| column.theirs.first().copied().unwrap_or(column.ours))
                    .collect::<Vec<_>>();
                (missing, schema.required.len())
            })
            .enumerate()
            // The schema that lacks least of what it needs; the first of equals.
            .min_by_key(|(at, (missing, needed))| (100 * missing.len() / (*needed).max(1), *at))
            .map(|(_, (missing, _))| missing)
            .unwrap_or_default();
        let missing = if missing.is_empty() { "a shape".to_owned() } else { missing.join(", ") };
        LoadError::NoSchema {
            layer: self.key.to_owned(),
            file: file.to_owned(),
            missing,
            present: if present.is_empty() { "none".to_owned() } else { present.join(", ") },
        }
    }

    /// Origin of the layer: what the configuration says, else what the schemas say.
    pub(super) fn provenance(
        &self,
        schemas: &BTreeSet<(&'static str, &'static str, &'static str)>,
        n_files: usize,
    ) -> Provenance {
        let joined = |which: fn(&(&'static str, &'static str, &'static str)) -> &'static str| {
            let mut texts: Vec<&str> =
                schemas.iter().map(which).filter(|text| !text.is_empty()).collect();
            texts.sort_unstable();
            texts.dedup();
            texts.join(" ; ")
        };
        let licence = joined(|schema| schema.2);
        Provenance {
            source: self.layer.source.clone().unwrap_or_else(|| joined(|schema| schema.1)),
            schema: joined(|schema| schema.0),
            vintage: self.layer.vintage.clone(),
            licence: self
                .layer
                .licence
                .clone()
                .or_else(|| (!licence.is_empty()).then_some(licence)),
            n_files,
            synthetic: self.config.synthetic,
        }
    }

    /// The communes the layer speaks for: as configured, else everywhere for inventories, networks and points, else the
    /// communes in which it has an object.
    fn coverage<E: Entity>(&self, entities: &[E], reach: &Reach) -> Result<Coverage, LoadError> {
        match &self.layer.covers {
            Some(Covers::Word(_)) => Ok(Coverage::Everywhere),
            Some(Covers::Communes(codes)) => {
                Ok(Coverage::Communes(
                    codes.iter().map(|code| code.parse()).collect::<Result<_, _>>().map_err(
                        |source| LoadError::Covers { layer: self.key.to_owned(), source },
                    )?,
                ))
            }
            None if INVENTORIES.contains(&self.key)
                || entities.iter().all(|entity| !is_areal(entity.geometry())) =>
            {
                Ok(Coverage::Everywhere)
            }
            None => Ok(Coverage::Communes(self.communes_spoken_for(entities, reach))),
        }
    }

    /// The communes that the objects declare, and those that they cover by enough.
    ///
    /// A plan of several communes names none of them: it speaks for a commune when its zones cover half of it. For other
    /// layers an object in the commune is enough, if it is more than a neighbour's edge drawn over the border.
    fn communes_spoken_for<E: Entity>(&self, entities: &[E], reach: &Reach) -> BTreeSet<CodeInsee> {
        let enough = if self.key == LayerKey::ZONING { HALF } else { EDGE };
        let parts: Vec<(BTreeSet<CodeInsee>, Shares)> = entities
            .par_chunks(1024)
            .map(|chunk| {
                let (mut declared, mut shares) = (BTreeSet::new(), Shares::new());
                for entity in chunk {
                    match entity.commune() {
                        Some(commune) => {
                            declared.insert(commune);
                        }
                        None => shares.extend(reach.shares_of_communes(entity.geometry())),
                    }
                }
                (declared, shares)
            })
            .collect();
        let mut spoken_for = BTreeSet::new();
        let mut covered: BTreeMap<CodeInsee, f64> = BTreeMap::new();
        for (declared, shares) in parts {
            spoken_for.extend(declared);
            for (commune, share) in shares {
                *covered.entry(commune).or_default() += share;
            }
        }
        spoken_for.extend(
            covered.into_iter().filter(|(_, share)| *share >= enough).map(|(commune, _)| commune),
        );
        spoken_for
    }
}

fn is_areal(geometry: &geo::Geometry<f64>) -> bool {
    matches!(geometry, geo::Geometry::Polygon(_) | geo::Geometry::MultiPolygon(_))
}
