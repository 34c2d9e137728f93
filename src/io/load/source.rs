//! A layer as configured, and the schemas that fit what it finds.

use std::collections::BTreeSet;

use super::LoadError;
use crate::domain::Provenance;
use crate::io::config::Config;
use crate::io::config::LayerConfig;
use crate::io::read::GeometryHint;
use crate::io::read::LayerHeader;
use crate::io::read::ReadError;
use crate::io::schema::FREE;
use crate::io::schema::FREE_TABLE;
use crate::io::schema::SCHEMAS;
use crate::io::schema::Schema;
use crate::io::schema::Shape;
use crate::io::schema::titles::titles;

/// A layer as configured.
pub(super) struct Source<'a> {
    pub(super) config: &'a Config,
    pub(super) layer: &'a LayerConfig,
    pub(super) key: &'a str,
    /// Loose files: an empty layer, or one of which nothing can be used, is an answer and no error.
    pub(super) lenient: bool,
}

impl Source<'_> {
    /// The schemas of this layer.
    pub(super) fn schemas(&self) -> impl Iterator<Item = &'static Schema> {
        SCHEMAS.iter().copied().filter(|schema| schema.layer == self.key)
    }

    /// The schema for a layer of a file: the configured one, else the first that fits, one that is named so first.
    pub(super) fn schema_of(&self, header: &LayerHeader) -> Option<&'static Schema> {
        if let Some(id) = &self.layer.schema {
            return self.schemas().find(|schema| schema.id == id);
        }
        if self.schemas().next().is_none() {
            let is_table = header.geometry == GeometryHint::None && !has_text_shape(&FREE, header);
            return Some(if is_table { &FREE_TABLE } else { &FREE });
        }
        let fitting = || self.schemas().filter(|schema| self.fits(schema, header));
        fitting()
            .find(|schema| !schema.required.is_empty() && schema.is_named(&header.name))
            .or_else(|| fitting().next())
    }

    /// Whether the schema fits, counting columns that the configuration renames.
    pub(super) fn fits(&self, schema: &Schema, header: &LayerHeader) -> bool {
        let present = &header.columns;
        shape_fits(schema, header)
            && (!schema.named_only
                || schema.is_named(&header.name)
                || self.layer.schema.as_deref() == Some(schema.id))
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
            present: titles(present, ""),
        }
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

    /// A file that cannot be read, told of this layer.
    pub(super) fn unreadable(&self, source: ReadError) -> LoadError {
        LoadError::Read { layer: self.key.to_owned(), source }
    }
}

/// The schema that a layer nobody described is recognised by: by its name and columns, else by its columns alone.
pub(super) fn recognised(header: &LayerHeader) -> Option<&'static Schema> {
    let fits =
        |schema: &&&'static Schema| shape_fits(schema, header) && schema.fits(&header.columns);
    let named = || SCHEMAS.iter().filter(|schema| schema.is_named(&header.name)).filter(fits);
    named()
        .find(|schema| !schema.required.is_empty())
        .or_else(|| SCHEMAS.iter().filter(fits).find(|s| s.is_given_away_by(&header.columns)))
        .or_else(|| named().next())
        .copied()
}

/// Whether a table of text has a column for the shape.
pub(super) fn has_text_shape(schema: &Schema, header: &LayerHeader) -> bool {
    !schema.text_shapes_in(&header.columns).is_empty()
}

/// Whether a layer of a file can have the shape that a schema wants.
pub(super) fn shape_fits(schema: &Schema, header: &LayerHeader) -> bool {
    schema.shape == Shape::None
        || header.geometry != GeometryHint::None
        || has_text_shape(schema, header)
        || schema.has_parcels(&header.columns)
}
