//! Why one unit has its score: every criterion with value, curve, weight, points and source.

use gisement::domain::ANSWER;
use gisement::domain::Friche;
use gisement::domain::Provenance;
use gisement::domain::SUITABILITY;
use gisement::domain::Territory;
use gisement::evaluation::Assessment;
use gisement::evaluation::Condition;
use gisement::evaluation::Criterion;
use gisement::evaluation::Measure;
use gisement::evaluation::Measured;
use gisement::evaluation::Method;
use gisement::evaluation::Profile;
use gisement::evaluation::Ranked;
use gisement::evaluation::Ranking;
use gisement::evaluation::UnitKind;
use gisement::evaluation::losses;
use gisement::io::deliver::layers;
use gisement::units::Unit;
use gisement::words::Words;

use super::table::Align;
use super::table::TextTable;
use super::value;

/// Criteria named as costing most.
const COSTS_SHOWN: usize = 3;

pub(crate) fn text(
    territory: &Territory,
    ranking: &Ranking,
    row: &Ranked,
    words: &Words,
) -> String {
    let commune = super::housing::name(territory, row)
        .unwrap_or_else(|| words.say("product.unknown").to_owned());
    let unit = format!("unit.{}", ranking.profile.unit.as_str());
    let mut text = words.fill(
        "report.explain_title",
        &[("unit", words.say(&unit)), ("id", &row.id), ("commune", &commune)],
    );
    text.push_str(&format!(
        " – {}\n",
        words.fill("report.profile", &[("profile", &ranking.profile.id)])
    ));
    if territory.is_synthetic() {
        text.push_str(&format!("{}\n", words.say("product.synthetic")));
    }
    let n_ranked = ranking.rows.iter().filter(|row| row.rank.is_some()).count();
    text.push_str(&words.fill(
        "report.explain_score",
        &[
            ("score", &row.score.map_or_else(|| "–".to_owned(), |score| words.number(score, 1))),
            ("low", &words.number(row.score_low, 1)),
            ("high", &words.number(row.score_high, 1)),
            ("reliability", &words.quantity(row.reliability, Unit::Share)),
            (
                "rank",
                &row.rank.map_or_else(
                    || words.say("report.explain_no_rank").to_owned(),
                    |rank| words.count(rank),
                ),
            ),
            ("of", &words.count(n_ranked)),
        ],
    ));
    text.push_str("\n\n");
    if let Some(steps) = super::terrain::steps(territory, ranking, row, words) {
        text.push_str(&steps);
        text.push('\n');
    }
    text.push_str(&criteria(territory, ranking, row, words).text());
    text.push('\n');
    text.push_str(&sentences(ranking, row, words));
    text.push_str(&super::verdict_change::text(ranking, row, words));
    text.push_str(&super::verdict_change::sources(territory, ranking, row, words));
    text.push_str(words.say(match ranking.profile.method {
        Method::WeightedSum => "report.explain_known_only",
        Method::Topsis => "report.explain_topsis",
        Method::Promethee2 => "report.explain_promethee",
    }));
    text.push('\n');
    text.push_str(words.say("product.reserve"));
    text.push('\n');
    text
}

/// Why a unit is no candidate.
pub(crate) fn not_candidate(
    profile: &Profile,
    id: &str,
    why: &[(Condition, Measured)],
    words: &Words,
) -> String {
    let reasons: Vec<String> = why
        .iter()
        .map(|(condition, measured)| {
            let key = match measured {
                Measured::Unknown(_) => "report.condition_unknown",
                _ => "report.condition_failed",
            };
            let value = value::in_words(measured, condition.measure.unit(), words);
            let label = words.pick(&condition.label.fr, &condition.label.en);
            words.fill(key, &[("label", label), ("value", &value)])
        })
        .collect();
    let unit = format!("unit.{}", profile.unit.as_str());
    words.fill(
        "report.explain_not_candidate",
        &[("unit", words.say(&unit)), ("id", id), ("reason", &reasons.join(" ; "))],
    )
}

/// The same as JSON: each condition that is not met, with what was measured; `null` when that is not known.
pub(crate) fn not_candidate_json(
    profile: &Profile,
    id: &str,
    why: &[(Condition, Measured)],
) -> serde_json::Value {
    let conditions: Vec<serde_json::Value> = why
        .iter()
        .map(|(condition, measured)| {
            let value = measured.bounds().filter(|(low, high)| low == high).map(|(low, _)| low);
            serde_json::json!({
                "condition": condition.id,
                "result": if matches!(measured, Measured::Unknown(_)) { "unknown" } else { "fail" },
                "value": value,
            })
        })
        .collect();
    serde_json::json!({
        "profile": profile.id,
        "unit": profile.unit.as_str(),
        "id": id,
        "candidate": false,
        "conditions": conditions,
    })
}

fn criteria(territory: &Territory, ranking: &Ranking, row: &Ranked, words: &Words) -> TextTable {
    let mut table = TextTable::new(&[
        (words.say("report.criterion"), Align::Left),
        (words.say("report.value"), Align::Left),
        (words.say("report.normalized"), Align::Right),
        (words.say("report.weight"), Align::Right),
        (words.say("report.contribution"), Align::Right),
        (words.say("report.source"), Align::Left),
        (words.say("report.why"), Align::Left),
    ]);
    let known: f64 = pairs(ranking, row)
        .map(|(criterion, assessment)| criterion.weight * assessment.voice())
        .sum();
    for (criterion, assessment) in pairs(ranking, row) {
        let points = assessment
            .score()
            // Other methods do not add up: a criterion has no points of its own.
            .filter(|_| known > 0.0 && ranking.profile.method == Method::WeightedSum)
            .map(|score| {
                let weight = criterion.weight * assessment.voice();
                words.number(100.0 * weight * score / known, 1)
            });
        table.row(vec![
            words.pick(&criterion.label.fr, &criterion.label.en).to_owned(),
            value::in_words(&assessment.measured, criterion.measure.unit(), words),
            assessment.score().map_or_else(|| "–".to_owned(), |score| words.number(score, 2)),
            words.number(criterion.weight, 1),
            points.unwrap_or_else(|| "–".to_owned()),
            origin(territory, ranking, row, criterion, words),
            criterion.source.clone(),
        ]);
    }
    table
}

fn pairs<'a>(
    ranking: &'a Ranking,
    row: &'a Ranked,
) -> impl Iterator<Item = (&'a Criterion, &'a Assessment)> {
    ranking.profile.criteria.iter().zip(&row.assessments)
}

/// Where an answer comes from. What a friche answers about its mutability may come from any layer, or from a visit.
fn origin(
    territory: &Territory,
    ranking: &Ranking,
    row: &Ranked,
    criterion: &Criterion,
    words: &Words,
) -> String {
    let site = match ranking.profile.unit {
        UnitKind::Friche => super::friche::of_row(territory, row),
        _ => None,
    };
    match site.and_then(|site| origin_of_answer(site, criterion)) {
        None => data_of(territory, ranking, criterion, words),
        Some(origin) => match territory.provenances().find(|(key, _)| *key == origin) {
            Some((key, provenance)) => of_layer(key, provenance, words),
            None => words.get(&format!("friche.by_{origin}")).unwrap_or(origin).to_owned(),
        },
    }
}

/// Who answers a criterion about the mutability of a site: the key of a layer, `visit`, `inventory`, `derivation`; for an index,
/// the method. `None` for any other criterion, and where nobody answers.
fn origin_of_answer<'a>(site: &'a Friche, criterion: &Criterion) -> Option<&'a str> {
    let Measure::Attribute { name } = &criterion.measure else { return None };
    let found = site.suitability.as_ref()?;
    match name.strip_prefix(ANSWER) {
        Some(key) => match &*found.answers.get(key)?.origin {
            "derived" => Some("derivation"),
            origin => Some(origin),
        },
        None => name.starts_with(SUITABILITY).then_some(&*found.method),
    }
}

/// Source and vintage of the layer that a criterion looks at.
fn data_of(
    territory: &Territory,
    ranking: &Ranking,
    criterion: &Criterion,
    words: &Words,
) -> String {
    let of_unit = || match ranking.profile.unit {
        UnitKind::Terrain => super::verdict_change::who_knows(criterion),
        unit => Some(unit.layer()),
    };
    if let Some(sources) = super::housing::sources(territory, &criterion.measure, words) {
        return sources;
    }
    let Some(key) = criterion.measure.layer().or_else(of_unit) else { return "–".to_owned() };
    let Some((_, provenance)) = territory.provenances().find(|(known, _)| *known == key) else {
        return "–".to_owned();
    };
    of_layer(key, provenance, words)
}

fn of_layer(key: &str, provenance: &Provenance, words: &Words) -> String {
    let vintage = provenance.vintage.as_deref().map_or_else(
        || words.say("product.no_vintage").to_owned(),
        |vintage| words.fill("product.vintage", &[("vintage", vintage)]),
    );
    format!("{}, {vintage}", layers::origin(key, provenance, words))
}

fn sentences(ranking: &Ranking, row: &Ranked, words: &Words) -> String {
    let label =
        |criterion: &Criterion| words.pick(&criterion.label.fr, &criterion.label.en).to_owned();
    let mut costs: Vec<(f64, &Criterion)> = losses(ranking, row)
        .into_iter()
        .zip(&ranking.profile.criteria)
        .filter_map(|(lost, criterion)| Some((lost.filter(|lost| *lost > 0.05)?, criterion)))
        .collect();
    costs.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.id.cmp(&b.1.id)));
    let costs: Vec<String> = costs
        .into_iter()
        .take(COSTS_SHOWN)
        .map(|(lost, criterion)| {
            words.fill(
                "report.explain_cost_item",
                &[("label", &label(criterion)), ("points", &words.number(lost, 1))],
            )
        })
        .collect();
    let vetoes: Vec<String> = pairs(ranking, row)
        .filter(|(_, assessment)| assessment.vetoed)
        .map(|(criterion, assessment)| {
            let value = value::in_words(&assessment.measured, criterion.measure.unit(), words);
            format!("{} ({value})", label(criterion))
        })
        .collect();
    let unknown: Vec<String> = pairs(ranking, row)
        .filter_map(|(criterion, assessment)| match &assessment.measured {
            Measured::Unknown(reason) => {
                Some(format!("{} ({})", label(criterion), value::why_unknown(reason, words)))
            }
            _ => None,
        })
        .collect();
    let mut text = String::new();
    for (key, list) in [
        ("report.explain_veto", vetoes),
        ("report.explain_cost", costs),
        ("report.explain_unknown", unknown),
    ] {
        if !list.is_empty() {
            text.push_str(&words.fill(key, &[("list", &list.join(" ; "))]));
            text.push('\n');
        }
    }
    if let Some(sentence) = super::robustness::of_row(ranking, row, words) {
        text.push_str(&sentence);
        text.push('\n');
    }
    text
}
