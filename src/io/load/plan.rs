//! How the rows of one file are to be understood: which columns are asked for, where the shape is.

use super::LoadError;
use super::pieces::Piece;
use super::source::Source;
use crate::io::read::GeometryFrom;
use crate::io::read::GeometryHint;
use crate::io::read::Want;
use crate::io::schema::Schema;
use crate::io::schema::Shape;
use crate::io::schema::titles::titles;

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
                present: titles(present, theirs),
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
}
