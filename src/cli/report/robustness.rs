//! How much a ranking owes to its weights, in words and as JSON.

use gisement::evaluation::Ranked;
use gisement::evaluation::Ranking;
use gisement::evaluation::Robustness;
use gisement::evaluation::Verdict;
use gisement::evaluation::method::ahp::Ahp;
use gisement::evaluation::robustness::WATCHED;
use gisement::units::Unit;
use gisement::words::Words;
use serde_json::Value as Json;
use serde_json::json;

/// Decimals after which two weights are told as they are, even if they look the same.
const MOST_DECIMALS: usize = 6;

/// In how many weightings the leader leads, and which weight would unseat it. `None` when nothing was drawn.
pub(crate) fn leader(ranking: &Ranking, words: &Words) -> Option<String> {
    let robustness = ranking.robustness.as_ref()?;
    let id = robustness.leader.as_deref()?;
    let share = words.quantity(robustness.standings.first()?.first_share, Unit::Share);
    let Some((stability, change)) = robustness.weakest() else {
        return Some(words.fill("report.robust_firm", &[("id", id), ("share", &share)]));
    };
    let criterion = ranking.profile.criteria.iter().find(|one| one.id == stability.criterion)?;
    let label = words.pick(&criterion.label.fr, &criterion.label.en);
    let (now, then) = weights(stability.weight, change.weight, words);
    let key = if change.relative == 0.0 { "report.robust_level" } else { "report.robust_change" };
    let values = [
        ("id", id),
        ("share", &share),
        ("criterion", label),
        ("now", &now),
        ("then", &then),
        ("challenger", &change.challenger),
    ];
    Some(words.fill(key, &values))
}

/// Where one row stands in the weightings. `None` when nothing was drawn, or the row has no rank to move.
pub(crate) fn of_row(ranking: &Ranking, row: &Ranked, words: &Words) -> Option<String> {
    let robustness = ranking.robustness.as_ref()?;
    if row.verdict != Verdict::Ranked {
        return None;
    }
    let Some(standing) = robustness.of(row) else {
        return Some(words.fill("report.robust_beyond", &[("n", &words.count(WATCHED))]));
    };
    let told = words.fill(
        "report.robust_row",
        &[
            ("share", &words.quantity(standing.first_share, Unit::Share)),
            ("top10", &words.quantity(standing.top10_share, Unit::Share)),
            ("low", &words.count(standing.rank_low)),
            ("high", &words.count(standing.rank_high)),
            ("draws", &words.count(robustness.draws)),
        ],
    );
    let is_leader = robustness.leader.as_deref() == Some(row.id.as_str());
    let unseated = leader(ranking, words).filter(|_| is_leader);
    Some(unseated.map_or_else(|| told.clone(), |unseated| format!("{told} {unseated}")))
}

/// Two weights with as many decimals as it takes to tell them apart; whole numbers stay whole.
fn weights(now: f64, then: f64, words: &Words) -> (String, String) {
    let text = |weight: f64, decimals: usize| {
        words.number(weight, if weight.fract() == 0.0 { 0 } else { decimals })
    };
    let first = if now < 1.0 { 3 } else { 1 };
    let decimals = (first..MOST_DECIMALS)
        .find(|decimals| words.number(now, *decimals) != words.number(then, *decimals))
        .unwrap_or(MOST_DECIMALS);
    (text(now, decimals), text(then, decimals))
}

/// The robustness of a ranking; per criterion the nearest weight that unseats the leader, `null` when none does.
pub(crate) fn json(robustness: &Robustness) -> Json {
    let changes: Vec<Json> = robustness
        .stability
        .iter()
        .map(|stability| {
            json!({
                "criterion": stability.criterion,
                "weight": stability.weight,
                "change": stability.change.as_ref().map(|change| json!({
                    "weight": change.weight,
                    "relative_change": change.relative,
                    "challenger": change.challenger,
                })),
            })
        })
        .collect();
    json!({
        "draws": robustness.draws,
        "seed": robustness.seed,
        "leader": robustness.leader,
        "first_share": robustness.standings.first().map(|standing| standing.first_share),
        "smallest_changes": changes,
    })
}

/// How far the comparisons behind the weights agree with each other.
pub(crate) fn ahp_json(ahp: &Ahp) -> Json {
    json!({
        "lambda_max": ahp.lambda_max,
        "consistency_index": ahp.consistency_index,
        "consistency_ratio": ahp.consistency_ratio,
    })
}
