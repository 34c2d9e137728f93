//! The sites to visit first, and what to find out there.

use geo::Geometry;

use super::fields::field;
use super::fields::rounded_1;
use super::friches::sources;
use super::ranked::place;
use crate::domain::Territory;
use crate::evaluation::Ranking;
use crate::friche::mutability::CriterionKey;
use crate::friche::visits::Visit;
use crate::io::deliver::DeliverError;
use crate::io::deliver::layer::Cell;
use crate::io::deliver::layer::DeliveredLayer;
use crate::io::deliver::layer::FieldKind;
use crate::io::deliver::layer::GeometryKind;
use crate::io::deliver::layer::Row;
use crate::io::deliver::styles;
use crate::spatial::shape;
use crate::words::Words;

/// Name of the layer.
const VISITS: &str = "visits";

/// One row per visit, the one that would move the ranking most first.
///
/// # Errors
/// When a row does not fit the layer, which would be a fault of this program.
pub fn visits(
    territory: &Territory,
    ranking: &Ranking,
    visits: &[Visit],
    words: &Words,
) -> Result<DeliveredLayer, DeliverError> {
    let fields = vec![
        field("visit_order", FieldKind::Integer, words),
        field("site_id", FieldKind::Text, words),
        field("commune", FieldKind::Text, words),
        field("commune_name", FieldKind::Text, words),
        field("epci_name", FieldKind::Text, words),
        field("source", FieldKind::Text, words),
        field("rank", FieldKind::Integer, words),
        field("score", FieldKind::Real { decimals: 1 }, words),
        field("best_rank", FieldKind::Integer, words),
        field("worst_rank", FieldKind::Integer, words),
        field("places", FieldKind::Integer, words),
        field("first_question", FieldKind::Text, words),
        field("first_question_places", FieldKind::Integer, words),
        field("other_questions", FieldKind::Text, words),
    ];
    let count = |n: usize| Cell::Integer(i64::try_from(n).unwrap_or(i64::MAX));
    let sites = territory.friches.as_ref().map(|layer| &layer.entities[..]).unwrap_or_default();
    let rows = visits
        .iter()
        .enumerate()
        .filter_map(|(at, visit)| {
            let row = ranking.rows.get(visit.row)?;
            let site = sites.get(row.unit)?;
            let first = visit.swings.first();
            let others: Vec<String> =
                visit.swings.iter().skip(1).map(|swing| question(swing.criterion, words)).collect();
            let mut values = vec![count(at + 1), Cell::text(&row.id)];
            values.extend(place(territory, row.commune));
            values.extend([
                Cell::text_or_null(&sources(site)),
                row.rank.map_or(Cell::Null, count),
                Cell::real(row.score.map(rounded_1)),
                count(visit.best_rank),
                count(visit.worst_rank),
                count(visit.places()),
                first.map_or(Cell::Null, |swing| Cell::text(&question(swing.criterion, words))),
                first.map_or(Cell::Null, |swing| count(swing.places())),
                Cell::text_or_null(&others.join(" ; ")),
            ]);
            let geometry =
                shape::representative_point(&site.geometry).map(|at| Geometry::Point(at.into()));
            Some(Row { geometry, values })
        })
        .collect();
    let about = words.fill("layer_about.visits", &[("profile", &ranking.profile.id)]);
    let title = words.say("layer.visits");
    let style = styles::style(VISITS, words);
    DeliveredLayer::new(VISITS, title, &about, Some(GeometryKind::Point), fields, rows, style)
}

/// What a criterion asks, in words.
fn question(criterion: CriterionKey, words: &Words) -> String {
    words.say(&format!("mutability_criterion.{criterion}")).to_owned()
}
