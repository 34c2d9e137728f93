//! The inventory as layers of a GeoPackage: the tables of the standard with titles and lists of words, the report, and
//! the books.

use super::Inventory;
use super::books;
use super::cell::InventoryRow;
use super::cell::InventoryTable;
use super::completeness;
use super::completeness::Completeness;
use super::counts::EpciCount;
use super::previous::LOST_COLUMNS;
use super::previous::LOST_TABLE;
use crate::domain::Availability;
use crate::domain::Territory;
use crate::io::deliver::DeliverError;
use crate::io::deliver::layer::Cell;
use crate::io::deliver::layer::DeliveredLayer;
use crate::io::deliver::layer::Field;
use crate::io::deliver::layer::FieldKind;
use crate::io::deliver::layer::GeometryKind;
use crate::io::deliver::layer::Row;
use crate::io::deliver::styles;
use crate::io::schema::StandardField;
use crate::io::schema::StandardTable;
use crate::io::schema::StandardType;
use crate::words::Words;

/// Column of the fields that the user has edited.
const EDITED: &str = "saisie";
/// Column of what the layer given says where the cell says something else.
const ASIDE: &str = "fourni";

/// All layers, in the order of the file.
pub(super) fn all(
    inventory: &Inventory,
    territory: &Territory,
    lines: &[Completeness],
    counts: &[EpciCount],
    words: &Words,
) -> Result<Vec<DeliveredLayer>, DeliverError> {
    let mut layers = Vec::new();
    // From the top of the map: points, land, outlines of zones.
    for table in inventory.tables.iter().rev() {
        // A layer of nothing has no extent; QGIS would zoom to nowhere.
        if !table.rows.is_empty() {
            layers.push(standard(table, territory, words)?);
        }
    }
    layers.push(completeness::layer(lines, counts, words)?);
    if !inventory.not_taken.is_empty() {
        layers.push(not_taken(inventory, words)?);
    }
    if !inventory.lost.is_empty() {
        layers.push(lost(inventory, words)?);
    }
    layers.push(text_table(
        books::BOOKS_TABLE,
        &books::COLUMNS,
        books::rows(&inventory.tables),
        words,
    )?);
    Ok(layers)
}

fn standard(
    table: &InventoryTable,
    territory: &Territory,
    words: &Words,
) -> Result<DeliveredLayer, DeliverError> {
    let name = table.table.as_str();
    let own =
        |name: &str, kind| Field::new(name, words.say(&format!("inventory_field.{name}")), kind);
    let shown = || table.table.fields().iter().filter(|field| field.in_geopackage);
    let mut fields: Vec<Field> = shown().map(|field| standard_field(field, words)).collect();
    fields.extend(table.extra.iter().map(|extra| extra_field(own(extra, kind_of(extra)), words)));
    fields.extend([own(EDITED, FieldKind::Text), own(ASIDE, FieldKind::Text)]);
    let rows = table
        .rows
        .iter()
        .map(|row| Row { geometry: Some(row.geometry.clone()), values: values(table, row) });
    let kind = match table.table {
        StandardTable::Establishments => GeometryKind::Point,
        _ => GeometryKind::MultiPolygon,
    };
    let layer = DeliveredLayer::new(
        name,
        words.say(&format!("layer.{name}")),
        words.say(&format!("layer_about.{name}")),
        Some(kind),
        fields,
        rows.collect(),
        styles::style(name, words),
    )?;
    Ok(if territory.is_synthetic() {
        let field = Field::new("data_nature", words.say("field.data_nature"), FieldKind::Text);
        layer.with_remark(field, words.say("product.synthetic_short"))
    } else {
        layer
    })
}

/// A field of the standard: its list becomes a list to choose from.
fn standard_field(field: &StandardField, words: &Words) -> Field {
    let column = field.column();
    let kind = match field.kind {
        StandardType::Number => FieldKind::Real { decimals: 4 },
        _ => FieldKind::Text,
    };
    let list = field.allowed().into_iter().map(|word| (word.to_owned(), word.to_owned()));
    Field::new(&column, words.say(&format!("standard.{column}")), kind).with_values(list.collect())
}

fn kind_of(extra: &str) -> FieldKind {
    match extra {
        "uf_inconnu_nbre" | "uf_vacant_min" | "uf_vacant_max" => FieldKind::Integer,
        "taux_vacance_min" | "taux_vacance_max" => FieldKind::Real { decimals: 1 },
        _ => FieldKind::Text,
    }
}

fn extra_field(field: Field, words: &Words) -> Field {
    let values = match field.name.as_str() {
        "disponibilite" => Availability::ALL
            .map(|class| (class.as_str().to_owned(), class.as_str().to_owned()))
            .to_vec(),
        "zone_origine" => ["site", "zoning"]
            .map(|code| (code.to_owned(), words.say(&format!("zone_origin.{code}")).to_owned()))
            .to_vec(),
        _ => Vec::new(),
    };
    field.with_values(values)
}

fn values(table: &InventoryTable, row: &InventoryRow) -> Vec<Cell> {
    let pairs = table.table.fields().iter().zip(&row.cells);
    let mut values: Vec<Cell> = pairs
        .filter(|(field, _)| field.in_geopackage)
        .map(|(field, cell)| match (field.kind, cell.value.as_deref()) {
            (_, None) => Cell::Null,
            (StandardType::Number, Some(text)) => Cell::real(text.parse().ok()),
            (_, Some(text)) => Cell::text(text),
        })
        .collect();
    values.extend(row.extra.iter().cloned());
    let edited: Vec<String> = row.edited(table.table).map(StandardField::column).collect();
    let aside: Vec<String> =
        row.aside.iter().map(|(column, value)| format!("{column} = {value}")).collect();
    values.push(Cell::text_or_null(&edited.join(", ")));
    values.push(Cell::text_or_null(&aside.join(" ; ")));
    values
}

fn not_taken(inventory: &Inventory, words: &Words) -> Result<DeliveredLayer, DeliverError> {
    let rows = inventory.not_taken.iter().map(|left| {
        let why = words.say(&format!("not_taken.{}", left.why)).to_owned();
        let said: Vec<String> =
            left.says.iter().map(|(column, value)| format!("{column} = {value}")).collect();
        row([left.table.as_str(), &left.id, &why, &said.join(" ; "), &left.outline])
    });
    let columns = ["couche", "identifiant", "motif", "fourni", "contour"];
    text_table("non_repris", &columns, rows.collect(), words)
}

fn lost(inventory: &Inventory, words: &Words) -> Result<DeliveredLayer, DeliverError> {
    let rows = inventory.lost.iter().map(|lost| {
        let outline = lost.outline.as_deref().unwrap_or_default();
        let (table, why) = (lost.table.as_str(), lost.why.as_str());
        row([table, &lost.id, &lost.column, &lost.value, why, outline])
    });
    text_table(LOST_TABLE, &LOST_COLUMNS, rows.collect(), words)
}

fn row<const N: usize>(texts: [&str; N]) -> Row {
    Row { geometry: None, values: texts.into_iter().map(Cell::text_or_null).collect() }
}

fn text_table(
    name: &str,
    columns: &[&str],
    rows: Vec<Row>,
    words: &Words,
) -> Result<DeliveredLayer, DeliverError> {
    let title = |column: &str| words.say(&format!("inventory_field.{column}")).to_owned();
    let fields = columns.iter().map(|name| Field::new(name, &title(name), FieldKind::Text));
    DeliveredLayer::new(
        name,
        words.say(&format!("layer.{name}")),
        words.say(&format!("layer_about.{name}")),
        None,
        fields.collect(),
        rows,
        None,
    )
}
