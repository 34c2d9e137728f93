//! One layer from its files: schema recognised, reference system found, rows ingested, results put together.

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::ops::ControlFlow;
use std::path::Path;

use rayon::prelude::*;

use super::LoadError;
use super::file_crs;
use super::files;
use super::ingest::Fields;
use super::ingest::FileRows;
use super::ingest::Ingest;
use super::reach::Reach;
use crate::domain::Balance;
use crate::domain::CodeInsee;
use crate::domain::Coverage;
use crate::domain::Entity;
use crate::domain::Layer;
use crate::domain::LayerKey;
use crate::domain::Problem;
use crate::domain::Provenance;
use crate::io::config::Config;
use crate::io::config::Covers;
use crate::io::config::LayerConfig;
use crate::io::read;
use crate::io::read::LayerHeader;
use crate::io::read::Want;
use crate::io::schema::FREE;
use crate::io::schema::SCHEMAS;
use crate::io::schema::Schema;

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
}

/// A layer as read.
pub(super) struct LayerResult<E> {
    pub(super) layer: Layer<E>,
    pub(super) balance: Balance,
    pub(super) problems: Vec<Problem>,
}

/// How the rows of one file are to be understood.
pub(super) struct Plan {
    /// Our names of the columns asked for, in the order of the cells.
    pub(super) names: Vec<String>,
    pub(super) want: Want,
    pub(super) schema: &'static Schema,
}

impl Source<'_> {
    /// Reads all files of the layer. `make` turns one row into an object.
    pub(super) fn read<E: Entity>(
        &self,
        reach: &Reach,
        make: impl Fn(&mut Ingest<'_>, &Fields<'_>, geo::Geometry<f64>) -> Option<E> + Sync,
        near: impl Fn(&Reach, &geo::Geometry<f64>) -> bool + Sync,
    ) -> Result<LayerResult<E>, LoadError> {
        let paths = files::find(self.key, &self.config.folder, &self.layer.path)?;
        let parts: Vec<Result<(FileRows<E>, &'static Schema), LoadError>> = paths
            .par_iter()
            .enumerate()
            .map(|(at, path)| self.read_file(at, path, reach, &make, &near))
            .collect();
        let mut entities = Vec::new();
        let mut balance = Balance::default();
        let mut problems = Vec::new();
        let mut schemas = BTreeSet::new();
        for part in parts {
            let (rows, schema) = part?;
            entities.extend(rows.entities);
            balance.add(&rows.balance);
            problems.extend(rows.problems);
            schemas.insert((schema.id, schema.source, schema.licence));
        }
        if balance.total.rejected > 0 && balance.total.rejected == balance.total.read {
            return Err(LoadError::NothingUsable {
                layer: self.key.to_owned(),
                read: balance.total.read,
                first: problems
                    .first()
                    .map(crate::io::problem_words::in_english)
                    .unwrap_or_default(),
            });
        }
        let provenance = self.provenance(&schemas, paths.len());
        let coverage = self.coverage(&entities, reach)?;
        Ok(LayerResult { layer: Layer::new(entities, provenance, coverage), balance, problems })
    }

    fn read_file<E: Entity>(
        &self,
        at: usize,
        path: &Path,
        reach: &Reach,
        make: &(impl Fn(&mut Ingest<'_>, &Fields<'_>, geo::Geometry<f64>) -> Option<E> + Sync),
        near: &(impl Fn(&Reach, &geo::Geometry<f64>) -> bool + Sync),
    ) -> Result<(FileRows<E>, &'static Schema), LoadError> {
        let file = files::shown(&self.config.folder, path);
        let header = self.header(path, &file)?;
        let plan = self.plan(&header, &file)?;
        let transform = file_crs::transform_of(self.key, self.layer, plan.schema, &header, &file)?;
        let mut ingest = Ingest::new(self, at, &file, reach, &transform);
        let mut entities = Vec::new();
        let facts = read::read(path, &plan.want, &mut |row| {
            entities.extend(ingest.row(&plan.names, row, make, near));
            ControlFlow::Continue(())
        })
        .map_err(|source| LoadError::Read { layer: self.key.to_owned(), source })?;
        if facts.rows_read == 0 {
            return Err(LoadError::Empty { layer: self.key.to_owned(), file });
        }
        let Ingest { balance, problems, .. } = ingest;
        Ok((FileRows { entities, balance, problems }, plan.schema))
    }

    /// The layer of the file to read: the configured one, the only one, or the first that a schema fits.
    pub(super) fn header(&self, path: &Path, file: &str) -> Result<LayerHeader, LoadError> {
        let mut headers = read::probe(path)
            .map_err(|source| LoadError::Read { layer: self.key.to_owned(), source })?;
        let chosen = match &self.layer.layer {
            Some(name) => headers.iter().position(|header| header.name.eq_ignore_ascii_case(name)),
            None => headers
                .iter()
                .position(|header| {
                    self.schemas()
                        .any(|schema| !schema.required.is_empty() && schema.fits(&header.columns))
                })
                .or(Some(0)),
        };
        match chosen {
            Some(at) if at < headers.len() => Ok(headers.swap_remove(at)),
            _ => Err(LoadError::Read {
                layer: self.key.to_owned(),
                source: read::ReadError::NoSuchLayer {
                    path: path.to_path_buf(),
                    wanted: self.layer.layer.clone().unwrap_or_else(|| file.to_owned()),
                    present: headers.iter().map(|header| header.name.clone()).collect(),
                },
            }),
        }
    }

    fn schemas(&self) -> impl Iterator<Item = &'static Schema> {
        SCHEMAS.iter().copied().filter(|schema| schema.layer == self.key)
    }

    /// Chooses the schema and the columns to ask for.
    pub(super) fn plan(&self, header: &LayerHeader, file: &str) -> Result<Plan, LoadError> {
        let present = &header.columns;
        let schema = match &self.layer.schema {
            Some(id) => self.schemas().find(|schema| schema.id == id).ok_or_else(|| {
                LoadError::UnknownSchema {
                    layer: self.key.to_owned(),
                    schema: id.clone(),
                    known: self.schemas().map(|schema| schema.id).collect::<Vec<_>>().join(", "),
                }
            })?,
            None => match self.schemas().find(|schema| self.fits(schema, present)) {
                Some(schema) => schema,
                None if self.schemas().next().is_none() => &FREE,
                None => return Err(self.no_schema(present, file)),
            },
        };
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
                file: file.to_owned(),
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
        let want = Want {
            columns,
            layer: Some(header.name.clone()),
            geometry: schema.geometry_from(),
            ..Want::default()
        };
        Ok(Plan { names, want, schema })
    }

    /// Whether the schema fits, counting columns that the configuration renames.
    fn fits(&self, schema: &Schema, present: &[String]) -> bool {
        schema.required.iter().all(|ours| {
            self.layer.columns.contains_key(*ours)
                || (*ours == "class" && self.layer.class.is_some())
                || schema
                    .columns
                    .iter()
                    .find(|column| column.ours == *ours)
                    .is_some_and(|column| column.find(present).is_some())
        })
    }

    fn no_schema(&self, present: &[String], file: &str) -> LoadError {
        let missing = self
            .schemas()
            .map(|schema| {
                schema
                    .required
                    .iter()
                    .filter_map(|ours| schema.columns.iter().find(|column| column.ours == *ours))
                    .filter(|column| column.find(present).is_none())
                    .map(|column| column.theirs.first().copied().unwrap_or(column.ours))
                    .collect::<Vec<_>>()
            })
            .min_by_key(Vec::len)
            .unwrap_or_default();
        LoadError::NoSchema {
            layer: self.key.to_owned(),
            file: file.to_owned(),
            missing: missing.join(", "),
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
