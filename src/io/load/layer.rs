//! One layer from its files: schema recognised, reference system found, rows ingested, results put together.

use std::collections::BTreeSet;
use std::collections::HashSet;

use rayon::prelude::*;

use super::LoadError;
use super::fields::Fields;
use super::ingest::FileRows;
use super::ingest::Ingest;
use super::pieces::Piece;
use super::pieces::Pieces;
use super::reach::Reach;
use super::source::Source;
use crate::domain::Balance;
use crate::domain::Coverage;
use crate::domain::Entity;
use crate::domain::Fate;
use crate::domain::Layer;
use crate::domain::Place;
use crate::domain::Problem;
use crate::domain::ProblemCode;
use crate::domain::Provenance;
use crate::domain::Severity;
use crate::io::problem_words;
use crate::spatial::shape;
use crate::words::Told;

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
        let themes = self.coverage_by_theme(&entities, reach)?;
        let layer = Layer::new(entities, provenance, coverage).with_themes(themes);
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
}
