//! The rows as layers of a GeoPackage: the 51 columns with titles and lists of words, and a shape in EPSG:2154, the legal
//! system of mainland France and that of every other layer of this program.
//!
//! Each friche stands once, by its outline or, where nobody has drawn it, by a point: a file that is read again has no
//! friche twice. The columns with WKT in WGS 84 stay, so that both files have the same columns.

use super::Delivery;
use super::SiteRow;
use crate::io::deliver::DeliverError;
use crate::io::deliver::layer::Cell;
use crate::io::deliver::layer::DeliveredLayer;
use crate::io::deliver::layer::Field;
use crate::io::deliver::layer::FieldKind;
use crate::io::deliver::layer::GeometryKind;
use crate::io::deliver::layer::Row;
use crate::io::deliver::styles;
use crate::io::schema::friches_standard::FIELDS;
use crate::io::schema::friches_standard::FricheField;
use crate::io::schema::friches_standard::FricheForm;
use crate::words::Words;

/// Layer of friches with an outline.
const OUTLINES: &str = "friches_surface";
/// Layer of friches of which only a point is known.
const POINTS: &str = "friches_point";

/// The layers that have rows, in the order of the file.
pub(super) fn all(delivery: &Delivery, words: &Words) -> Result<Vec<DeliveredLayer>, DeliverError> {
    let rows = |outlined: bool| -> Vec<Row> {
        let chosen = delivery.rows.iter().filter(|row| row.outline.is_some() == outlined);
        chosen.map(|row| row_of(row, outlined)).collect()
    };
    let mut layers = Vec::new();
    for (name, kind, outlined) in
        [(POINTS, GeometryKind::Point, false), (OUTLINES, GeometryKind::MultiPolygon, true)]
    {
        let rows = rows(outlined);
        // A layer of nothing has no extent; QGIS would zoom to nowhere.
        if rows.is_empty() {
            continue;
        }
        layers.push(DeliveredLayer::new(
            name,
            words.say(&format!("layer.{name}")),
            words.say(&format!("layer_about.{name}")),
            Some(kind),
            FIELDS.iter().map(|field| column(field, words)).collect(),
            rows,
            styles::style(name, words),
        )?);
    }
    Ok(layers)
}

fn column(field: &FricheField, words: &Words) -> Field {
    let kind = match field.form {
        FricheForm::Integer => FieldKind::Integer,
        _ => FieldKind::Text,
    };
    // A field of several words is no choice of one.
    let is_choice = field.form == FricheForm::Word;
    let list = field.list.iter().filter(|_| is_choice);
    let list = list.map(|word| ((*word).to_owned(), (*word).to_owned()));
    Field::new(field.name, words.say(&format!("friche_standard.{}", field.name)), kind)
        .with_values(list.collect())
}

fn row_of(row: &SiteRow, outlined: bool) -> Row {
    let values = FIELDS.iter().zip(&row.values).map(|(field, value)| match value.as_deref() {
        None => Cell::Null,
        Some(text) if field.form == FricheForm::Integer => {
            text.parse().map_or(Cell::Null, Cell::Integer)
        }
        Some(text) => Cell::text(text),
    });
    let geometry = row.outline.clone().filter(|_| outlined).unwrap_or_else(|| row.point.clone());
    Row { geometry: Some(geometry), values: values.collect() }
}
