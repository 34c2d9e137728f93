//! What would change the verdict on a row, which data it rests on, and who can say what is unknown.

use gisement::domain::Territory;
use gisement::evaluation::Assessment;
use gisement::evaluation::Criterion;
use gisement::evaluation::Measured;
use gisement::evaluation::Method;
use gisement::evaluation::Ranked;
use gisement::evaluation::Ranking;
use gisement::evaluation::UnitKind;
use gisement::evaluation::Verdict;
use gisement::io::deliver::layers;
use gisement::words::Words;

/// Changes named.
const SHOWN: usize = 3;

/// The changes of one criterion that would move the row most.
pub(crate) fn text(ranking: &Ranking, row: &Ranked, words: &Words) -> String {
    let label =
        |criterion: &Criterion| words.pick(&criterion.label.fr, &criterion.label.en).to_owned();
    let mut lines = Vec::new();
    for (criterion, _) in pairs(ranking, row).filter(|(_, assessment)| assessment.vetoed) {
        lines.push(words.fill("land.change_veto", &[("label", &label(criterion))]));
    }
    // Other methods score on a scale of their own: what one criterion changes is told by their robustness.
    let is_sum = ranking.profile.method == Method::WeightedSum;
    let mut gains: Vec<(f64, &Criterion)> = pairs(ranking, row)
        .filter(|(criterion, assessment)| {
            is_sum
                && criterion.weight > 0.0
                && assessment.score().is_some_and(|score| score < 0.999)
        })
        .filter_map(|(criterion, _)| Some((score_with(ranking, row, criterion, 1.0)?, criterion)))
        .collect();
    gains.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.id.cmp(&b.1.id)));
    for (score, criterion) in gains.into_iter().take(SHOWN) {
        let better = ranking.rows.iter().filter(|other| {
            other.verdict == Verdict::Ranked
                && other.id != row.id
                && other.score.is_some_and(|other| other > score)
        });
        let rank = words.count(better.count() + 1);
        lines.push(words.fill(
            "land.change_gain",
            &[("label", &label(criterion)), ("score", &words.number(score, 1)), ("rank", &rank)],
        ));
    }
    let mut lessons: Vec<(f64, f64, f64, &Criterion)> = pairs(ranking, row)
        .filter(|(criterion, assessment)| {
            is_sum && criterion.weight > 0.0 && !assessment.is_known()
        })
        .filter_map(|(criterion, _)| {
            let low = score_with(ranking, row, criterion, 0.0)?;
            let high = score_with(ranking, row, criterion, 1.0)?;
            Some((high - low, low, high, criterion))
        })
        .collect();
    lessons.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.3.id.cmp(&b.3.id)));
    for (_, low, high, criterion) in lessons.into_iter().take(SHOWN) {
        lines.push(words.fill(
            "land.change_learn",
            &[
                ("label", &label(criterion)),
                ("low", &words.number(low, 1)),
                ("high", &words.number(high, 1)),
            ],
        ));
    }
    if lines.is_empty() {
        return String::new();
    }
    let title = words.say("land.change_title");
    let list: Vec<String> = lines.iter().map(|line| format!("  – {line}\n")).collect();
    format!("{title}{}\n{}", words.pick("\u{a0}:", ":"), list.concat())
}

/// Vintages of the layers that the row rests on, and where to ask for what is unknown.
pub(crate) fn sources(
    territory: &Territory,
    ranking: &Ranking,
    row: &Ranked,
    words: &Words,
) -> String {
    let layer_name = |key: &str| {
        let kind = words.get(&format!("kind.{key}"));
        kind.or_else(|| words.get(&format!("layer.{key}"))).unwrap_or(key).to_owned()
    };
    let rules = ranking.profile.land.iter();
    let used: std::collections::BTreeSet<&str> = ranking
        .profile
        .criteria
        .iter()
        .filter_map(|criterion| match ranking.profile.unit {
            UnitKind::Terrain => who_knows(criterion),
            _ => criterion.measure.layer(),
        })
        .chain(super::housing::tables_used(territory, ranking))
        .chain(rules.flat_map(|rules| rules.hard.iter().map(|rule| rule.layer.as_str())))
        .chain(
            match ranking.profile.unit {
                UnitKind::Terrain => ["terrains", "friches", "sites"].as_slice(),
                _ => &[],
            }
            .iter()
            .copied(),
        )
        .collect();
    let vintages: Vec<String> = territory
        .provenances()
        .filter(|(key, _)| used.contains(key) || *key == "parcels")
        .map(|(key, provenance)| {
            let vintage = provenance.vintage.as_deref();
            let vintage = vintage.unwrap_or_else(|| words.say("product.no_vintage"));
            format!("{} {vintage}", layer_name(key))
        })
        .collect();
    let mut asked: Vec<String> = pairs(ranking, row)
        .filter(|(_, assessment)| matches!(assessment.measured, Measured::Unknown(_)))
        .filter_map(|(criterion, _)| {
            let key = who_knows(criterion)?;
            let who = words.get(&format!("ask.{key}"))?;
            let what = words.pick(&criterion.label.fr, &criterion.label.en);
            Some(words.fill("land.ask_item", &[("what", what), ("who", who)]))
        })
        .collect();
    asked.dedup();
    let mut text = String::new();
    if !vintages.is_empty() {
        text.push_str(&words.fill("land.vintages", &[("list", &vintages.join(" ; "))]));
        text.push('\n');
    }
    if !asked.is_empty() {
        text.push_str(&words.fill("land.ask", &[("list", &asked.join(" ; "))]));
        text.push('\n');
    }
    text
}

/// The layer that answers a criterion, or would.
pub(crate) fn who_knows(criterion: &Criterion) -> Option<&str> {
    layers::answered_by(&criterion.measure)
}

fn pairs<'a>(
    ranking: &'a Ranking,
    row: &'a Ranked,
) -> impl Iterator<Item = (&'a Criterion, &'a Assessment)> {
    ranking.profile.criteria.iter().zip(&row.assessments)
}

/// The weighted sum of a row if one criterion had this score.
fn score_with(ranking: &Ranking, row: &Ranked, changed: &Criterion, score: f64) -> Option<f64> {
    let (mut sum, mut known) = (0.0, 0.0);
    for (criterion, assessment) in pairs(ranking, row) {
        let (voice, found) = if criterion.id == changed.id {
            (1.0, Some(score))
        } else {
            (assessment.voice(), assessment.score())
        };
        if let Some(found) = found {
            sum += criterion.weight * voice * found;
            known += criterion.weight * voice;
        }
    }
    (known > 0.0).then(|| 100.0 * sum / known)
}
