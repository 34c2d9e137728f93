//! The one table that every output is made from.

use geo::Geometry;

use super::DeliverError;
use super::styles::Style;

/// Kind of shape of all rows of a layer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GeometryKind {
    /// Points.
    Point,
    /// Lines, one or several parts.
    MultiLineString,
    /// Areas, one or several parts.
    MultiPolygon,
}

impl GeometryKind {
    /// The name in the GeoPackage standard.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Point => "POINT",
            Self::MultiLineString => "MULTILINESTRING",
            Self::MultiPolygon => "MULTIPOLYGON",
        }
    }

    fn fits(self, geometry: &Geometry<f64>) -> bool {
        match self {
            Self::Point => matches!(geometry, Geometry::Point(_)),
            Self::MultiLineString => {
                matches!(geometry, Geometry::LineString(_) | Geometry::MultiLineString(_))
            }
            Self::MultiPolygon => {
                matches!(geometry, Geometry::Polygon(_) | Geometry::MultiPolygon(_))
            }
        }
    }
}

/// Kind of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldKind {
    /// Text; codes too, so that their zeros stay.
    Text,
    /// Whole numbers.
    Integer,
    /// Numbers with decimals.
    Real {
        /// Decimals shown where a table must choose.
        decimals: usize,
    },
    /// Yes or no.
    Flag,
}

/// A column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// Name in the file: ASCII, with its unit as a suffix.
    pub name: String,
    /// What a person reads.
    pub title: String,
    /// Kind.
    pub kind: FieldKind,
    /// Code and label of every allowed value, for columns of codes.
    pub values: Vec<(String, String)>,
    /// Technical: kept in the file, hidden in tables.
    pub hidden: bool,
}

impl Field {
    /// A visible column of free values.
    #[must_use]
    pub fn new(name: &str, title: &str, kind: FieldKind) -> Self {
        Self {
            name: name.to_owned(),
            title: title.to_owned(),
            kind,
            values: Vec::new(),
            hidden: false,
        }
    }

    /// The same column, limited to codes with labels.
    #[must_use]
    pub fn with_values(self, values: Vec<(String, String)>) -> Self {
        Self { values, ..self }
    }

    /// The same column, hidden.
    #[must_use]
    pub fn hidden(self) -> Self {
        Self { hidden: true, ..self }
    }
}

/// A value of a row.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// Not known.
    Null,
    /// Text.
    Text(Box<str>),
    /// Whole number.
    Integer(i64),
    /// Number.
    Real(f64),
    /// Yes or no.
    Flag(bool),
}

impl Cell {
    /// A text.
    #[must_use]
    pub fn text(text: &str) -> Self {
        Self::Text(text.into())
    }

    /// A text, null when empty.
    #[must_use]
    pub fn text_or_null(text: &str) -> Self {
        if text.is_empty() { Self::Null } else { Self::text(text) }
    }

    /// A number, null when unknown.
    #[must_use]
    pub fn real(number: Option<f64>) -> Self {
        number.map_or(Self::Null, Self::Real)
    }

    fn fits(&self, kind: FieldKind) -> bool {
        match (self, kind) {
            (Self::Null, _)
            | (Self::Text(_), FieldKind::Text)
            | (Self::Integer(_), FieldKind::Integer | FieldKind::Real { .. })
            | (Self::Flag(_), FieldKind::Flag) => true,
            (Self::Real(number), FieldKind::Real { .. }) => number.is_finite(),
            _ => false,
        }
    }
}

/// A row.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// Shape in EPSG:2154 metres; none exactly when the layer is a table.
    pub geometry: Option<Geometry<f64>>,
    /// Values, in the order of the fields.
    pub values: Vec<Cell>,
}

/// A layer ready to be written: its rows fit its fields.
#[derive(Debug, Clone, PartialEq)]
pub struct DeliveredLayer {
    name: String,
    title: String,
    description: String,
    geometry: Option<GeometryKind>,
    fields: Vec<Field>,
    rows: Vec<Row>,
    style: Option<Style>,
}

impl DeliveredLayer {
    /// Checks that names are ASCII and unique and that every row fits.
    ///
    /// # Errors
    /// [`DeliverError::Layer`] and [`DeliverError::Row`], which name the layer, the row and the column.
    pub fn new(
        name: &str,
        title: &str,
        description: &str,
        geometry: Option<GeometryKind>,
        fields: Vec<Field>,
        rows: Vec<Row>,
        style: Option<Style>,
    ) -> Result<Self, DeliverError> {
        let wrong = |what: String| DeliverError::Layer { layer: name.to_owned(), what };
        let plain = |text: &str| {
            !text.is_empty()
                && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
        };
        if !plain(name) {
            return Err(wrong("a table name is made of a-z, 0-9 and _".to_owned()));
        }
        for (at, field) in fields.iter().enumerate() {
            if !plain(&field.name) || matches!(field.name.as_str(), "fid" | "geom") {
                return Err(wrong(format!("`{}` cannot name a column", field.name)));
            }
            if fields[..at].iter().any(|earlier| earlier.name == field.name) {
                return Err(wrong(format!("column `{}` stands twice", field.name)));
            }
        }
        for (at, row) in rows.iter().enumerate() {
            let wrong =
                |what: String| DeliverError::Row { layer: name.to_owned(), row: at + 1, what };
            if row.values.len() != fields.len() {
                return Err(wrong(format!(
                    "{} values for {} columns",
                    row.values.len(),
                    fields.len()
                )));
            }
            if let Some((field, _)) =
                fields.iter().zip(&row.values).find(|(field, cell)| !cell.fits(field.kind))
            {
                return Err(wrong(format!("the value of `{}` is not of its kind", field.name)));
            }
            let shape_fits = match (geometry, &row.geometry) {
                (Some(kind), Some(shape)) => kind.fits(shape),
                (None, None) => true,
                _ => false,
            };
            if !shape_fits {
                return Err(wrong("the shape is not of the layer's kind".to_owned()));
            }
        }
        Ok(Self {
            name: name.to_owned(),
            title: title.to_owned(),
            description: description.to_owned(),
            geometry,
            fields,
            rows,
            style,
        })
    }

    /// The same layer with one more column that says the same in every row.
    #[must_use]
    pub fn with_remark(mut self, field: Field, remark: &str) -> Self {
        self.fields.push(field);
        for row in &mut self.rows {
            row.values.push(Cell::text(remark));
        }
        self
    }

    /// Table name: ASCII.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What a person reads.
    #[must_use]
    pub fn title(&self) -> &str {
        &self.title
    }

    /// What the layer holds, in a sentence.
    #[must_use]
    pub fn description(&self) -> &str {
        &self.description
    }

    /// Kind of shape; `None` for a table.
    #[must_use]
    pub fn geometry(&self) -> Option<GeometryKind> {
        self.geometry
    }

    /// Columns.
    #[must_use]
    pub fn fields(&self) -> &[Field] {
        &self.fields
    }

    /// Rows.
    #[must_use]
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// Look.
    #[must_use]
    pub fn style(&self) -> Option<&Style> {
        self.style.as_ref()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_that_does_not_fit_is_named() {
        let field = Field::new("score", "Note", FieldKind::Real { decimals: 1 });
        let row = Row { geometry: None, values: vec![Cell::Real(f64::NAN)] };
        let layer = DeliveredLayer::new("t", "T", "", None, vec![field.clone()], vec![row], None);
        assert_eq!(
            layer.unwrap_err().to_string(),
            "layer `t`, row 1: the value of `score` is not of its kind"
        );
        let twice =
            DeliveredLayer::new("t", "T", "", None, vec![field.clone(), field], Vec::new(), None);
        assert_eq!(twice.unwrap_err().to_string(), "layer `t`: column `score` stands twice");
    }
}
