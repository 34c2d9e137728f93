//! What was wrong with the files, where it was.

use geo::Coord;
use geo::Geometry;

use super::fields::coded;
use super::fields::field;
use crate::domain::Problem;
use crate::domain::Territory;
use crate::io::deliver::DeliverError;
use crate::io::deliver::layer::Cell;
use crate::io::deliver::layer::DeliveredLayer;
use crate::io::deliver::layer::FieldKind;
use crate::io::deliver::layer::GeometryKind;
use crate::io::deliver::layer::Row;
use crate::io::deliver::styles;
use crate::io::problem_words;
use crate::spatial::shape;
use crate::words::Words;

pub(super) fn layer(territory: &Territory, words: &Words) -> Result<DeliveredLayer, DeliverError> {
    let fields = vec![
        field("layer", FieldKind::Text, words),
        field("file", FieldKind::Text, words),
        field("row", FieldKind::Integer, words),
        field("feature", FieldKind::Text, words),
        field("code", FieldKind::Text, words),
        coded("severity", "severity", &["error", "repair", "warning"], words),
        field("message", FieldKind::Text, words),
        field("commune", FieldKind::Text, words),
        coded("located", "located", &["feature", "commune", "territory"], words),
    ];
    let middle = middle_of(territory);
    let rows = territory
        .problems
        .iter()
        .map(|problem| {
            let (at, located) = place_of(problem, territory, middle);
            Row {
                geometry: Some(Geometry::Point(at.into())),
                values: vec![
                    Cell::text(&problem.layer),
                    Cell::text_or_null(&problem.file),
                    problem.row.map_or(Cell::Null, |row| Cell::Integer(row as i64)),
                    Cell::text_or_null(problem.feature.as_deref().unwrap_or_default()),
                    Cell::text(problem.code.as_str()),
                    Cell::text(problem.code.severity().as_str()),
                    Cell::text(&problem_words::in_words(problem, words)),
                    problem.place.commune.map_or(Cell::Null, |code| Cell::text(code.as_str())),
                    Cell::text(located),
                ],
            }
        })
        .collect();
    let style = styles::style("anomalies", words);
    DeliveredLayer::new(
        "anomalies",
        words.say("layer.anomalies"),
        words.say("layer_about.anomalies"),
        Some(GeometryKind::Point),
        fields,
        rows,
        style,
    )
}

/// Every anomaly has a point, so that none is missing in QGIS; `located` says how much the point is worth.
fn place_of(
    problem: &Problem,
    territory: &Territory,
    middle: Coord<f64>,
) -> (Coord<f64>, &'static str) {
    if let Some(at) = problem.place.at {
        return (at, "feature");
    }
    let commune = problem.place.commune.and_then(|code| territory.commune(code));
    commune
        .and_then(|commune| shape::representative_point(&commune.geometry))
        .map_or((middle, "territory"), |at| (at, "commune"))
}

fn middle_of(territory: &Territory) -> Coord<f64> {
    let points: Vec<Coord<f64>> = territory
        .communes
        .entities
        .iter()
        .filter_map(|commune| shape::representative_point(&commune.geometry))
        .collect();
    let n = points.len().max(1) as f64;
    let sum = points.iter().fold(Coord { x: 0.0, y: 0.0 }, |sum, at| sum + *at);
    Coord { x: sum.x / n, y: sum.y / n }
}
