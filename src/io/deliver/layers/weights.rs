//! What the order of each ranking owes to its weights: a table, one row for each criterion.

use super::fields::field;
use crate::evaluation::Ranking;
use crate::io::deliver::DeliverError;
use crate::io::deliver::layer::Cell;
use crate::io::deliver::layer::DeliveredLayer;
use crate::io::deliver::layer::FieldKind;
use crate::io::deliver::layer::Row;
use crate::words::Words;

/// The smallest change of each weight that unseats the leader. A cell is empty where no change between nothing and a
/// hundred times the weight does.
pub(super) fn layer<'a>(
    rankings: impl Iterator<Item = &'a Ranking>,
    words: &Words,
) -> Result<DeliveredLayer, DeliverError> {
    let weight = FieldKind::Real { decimals: 2 };
    let fields = vec![
        field("profile", FieldKind::Text, words),
        field("leader", FieldKind::Text, words),
        field("criterion", FieldKind::Text, words),
        field("weight", weight, words),
        field("weight_then", weight, words),
        field("challenger", FieldKind::Text, words),
    ];
    let mut rows = Vec::new();
    for ranking in rankings {
        let Some(robustness) = &ranking.robustness else { continue };
        for stability in &robustness.stability {
            let label = ranking
                .profile
                .criteria
                .iter()
                .find(|criterion| criterion.id == stability.criterion)
                .map_or(stability.criterion.as_str(), |criterion| {
                    words.pick(&criterion.label.fr, &criterion.label.en)
                });
            let change = stability.change.as_ref();
            rows.push(Row {
                geometry: None,
                values: vec![
                    Cell::text(&ranking.profile.id),
                    Cell::text_or_null(robustness.leader.as_deref().unwrap_or_default()),
                    Cell::text(label),
                    Cell::Real(stability.weight),
                    Cell::real(change.map(|change| (change.weight * 1e4).round() / 1e4)),
                    change.map_or(Cell::Null, |change| Cell::text(&change.challenger)),
                ],
            });
        }
    }
    let about = words.say("layer_about.weights");
    DeliveredLayer::new("weights", words.say("layer.weights"), about, None, fields, rows, None)
}
