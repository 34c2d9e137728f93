//! Two versions of the algorithm on the same answers, as a table, as JSON and as CSV.

use gisement::friche::mutability::Answers;
use gisement::friche::mutability::Cause;
use gisement::friche::mutability::Comparison;
use gisement::friche::mutability::CriterionKey;
use gisement::friche::mutability::Grid;
use gisement::friche::mutability::Mutability;
use gisement::friche::mutability::Points;
use gisement::friche::mutability::UseChange;
use gisement::words::Words;
use serde_json::Value as Json;
use serde_json::json;

use super::mutability;
use super::mutability_words as told;
use super::table::Align;
use super::table::TextTable;
use crate::cli::CliError;

/// The answer for a person: uses by their rank in the second version, and why each moved.
pub(crate) fn table(first: &Grid, second: &Grid, found: &Comparison, words: &Words) -> String {
    let title = [
        ("first", first.version()),
        ("first_date", first.date()),
        ("second", second.version()),
        ("second_date", second.date()),
    ];
    let mut text = format!("{}\n\n", words.fill("mutability.compare_title", &title));
    let mut rows = TextTable::new(&[
        (words.say("mutability.use"), Align::Left),
        (first.version(), Align::Right),
        (second.version(), Align::Right),
        (words.say("mutability.difference"), Align::Right),
        (words.say("mutability.rank"), Align::Left),
    ]);
    let by_rank = by_rank(found);
    for one in &by_rank {
        let rank = |rank: usize, because: &[CriterionKey]| {
            if because.is_empty() {
                words.count(rank)
            } else {
                words.say("mutability.no_rank").to_owned()
            }
        };
        let before = rank(one.ranks.0, &one.excluded_because.0);
        let after = rank(one.ranks.1, &one.excluded_because.1);
        rows.row(vec![
            told::usage(second, one.usage, words).to_owned(),
            told::percent(one.before.percent(), words),
            told::percent(one.after.percent(), words),
            signed(one.difference(), words),
            words.fill("mutability.ranks", &[("before", &before), ("after", &after)]),
        ]);
    }
    text.push_str(&rows.text());
    text.push_str(&format!("\n{}", criteria(second, found, words)));
    let note = |one: &Mutability| told::figure(one.reliability.note(), words);
    let notes = (note(&found.before), note(&found.after));
    let places = [("before", notes.0.as_str()), ("after", notes.1.as_str())];
    text.push_str(&format!("{}\n\n", words.fill("mutability.note_change", &places)));
    text.push_str(&why(second, &by_rank, words));
    text
}

fn by_rank(found: &Comparison) -> Vec<&UseChange> {
    let mut uses: Vec<&UseChange> = found.uses.iter().collect();
    uses.sort_by_key(|one| one.ranks.1);
    uses
}

/// The criteria that came and went.
fn criteria(second: &Grid, found: &Comparison, words: &Words) -> String {
    let told_of = |keys: &[CriterionKey], by: &Mutability| {
        let names = keys.iter().map(|key| {
            let name = told::criterion(*key, words);
            if by.unknown.iter().any(|(unknown, _)| unknown == key) {
                words.fill("mutability.unknown_here", &[("criterion", name)])
            } else {
                name.to_owned()
            }
        });
        names.collect::<Vec<_>>().join(", ")
    };
    let lists = [
        ("mutability.added", told_of(&found.added, &found.after)),
        ("mutability.removed", told_of(&found.removed, &found.before)),
    ];
    let lines = lists.iter().filter(|(_, list)| !list.is_empty()).map(|(key, list)| {
        format!("{}\n", words.fill(key, &[("version", second.version()), ("list", list)]))
    });
    lines.collect()
}

fn why(second: &Grid, uses: &[&UseChange], words: &Words) -> String {
    let mut text = String::new();
    for one in uses {
        let mut lines: Vec<String> = one.causes.iter().map(|cause| because(cause, words)).collect();
        lines.extend(exclusion(second, one, words));
        if lines.is_empty() {
            continue;
        }
        let usage = told::usage(second, one.usage, words);
        text.push_str(&format!("  {usage} ({})\n", signed(one.difference(), words)));
        for line in lines {
            text.push_str(&format!("    {line}\n"));
        }
    }
    if text.is_empty() {
        return format!("{}\n", words.say("mutability.same"));
    }
    format!("{}\n{text}", words.say("mutability.why"))
}

fn because(cause: &Cause, words: &Words) -> String {
    let change = format!("mutability.change-{}", cause.change.as_str());
    let figure = |points: Points| told::figure(points.get(), words);
    words.fill(
        "mutability.cause",
        &[
            ("change", words.say(&change)),
            ("criterion", told::criterion(cause.key, words)),
            ("for_before", &figure(cause.before.0)),
            ("for_after", &figure(cause.after.0)),
            ("against_before", &figure(cause.before.1)),
            ("against_after", &figure(cause.after.1)),
        ],
    )
}

/// What a rule that excludes has to do with it.
fn exclusion(second: &Grid, one: &UseChange, words: &Words) -> Option<String> {
    let version = ("version", second.version());
    match (one.excluded_because.0.is_empty(), one.excluded_because.1.is_empty()) {
        (true, false) => {
            let list = told::criteria(&one.excluded_because.1, words);
            Some(words.fill("mutability.now_excluded", &[version, ("because", &list)]))
        }
        (false, true) => Some(words.fill("mutability.no_longer_excluded", &[version])),
        _ => None,
    }
}

/// A difference with its sign.
fn signed(difference: f64, words: &Words) -> String {
    let figure = words.number(difference, 1);
    if difference > 0.0 { format!("+{figure}") } else { figure }
}

/// The answer for a program. Uses stand in the published order.
pub(crate) fn json(
    first: &Grid,
    second: &Grid,
    answers: &Answers,
    found: &Comparison,
    words: &Words,
) -> Json {
    let names = |keys: &[CriterionKey]| keys.iter().map(ToString::to_string).collect::<Vec<_>>();
    let points = |points: (
        gisement::friche::mutability::Points,
        gisement::friche::mutability::Points,
    )| { json!({"advantages": points.0.get(), "constraints": points.1.get()}) };
    let uses: Vec<Json> = found
        .uses
        .iter()
        .map(|one| {
            let causes: Vec<Json> = one
                .causes
                .iter()
                .map(|cause| {
                    json!({
                        "criterion": cause.key.as_str(),
                        "change": cause.change.as_str(),
                        "before": points(cause.before),
                        "after": points(cause.after),
                    })
                })
                .collect();
            json!({
                "use": one.usage.as_str(),
                "label": told::usage(second, one.usage, words),
                "before": one.before.percent(),
                "after": one.after.percent(),
                "difference": one.difference(),
                "rank_before": one.ranks.0,
                "rank_after": one.ranks.1,
                "excluded_before": names(&one.excluded_because.0),
                "excluded_after": names(&one.excluded_because.1),
                "because": causes,
            })
        })
        .collect();
    json!({
        "compare": [first.id(), second.id()],
        "uses": uses,
        "criteria_added": names(&found.added),
        "criteria_removed": names(&found.removed),
        "before": mutability::json(first, answers, &found.before, words),
        "after": mutability::json(second, answers, &found.after, words),
    })
}

/// The answer for a spreadsheet: a line a use, by rank in the second version.
pub(crate) fn csv(
    first: &Grid,
    second: &Grid,
    found: &Comparison,
    words: &Words,
) -> Result<Vec<u8>, CliError> {
    let header = [
        "use",
        "label",
        "first",
        "second",
        "before",
        "after",
        "difference",
        "rank_before",
        "rank_after",
        "because",
    ];
    let rows = by_rank(found).into_iter().map(|one| {
        let mut causes: Vec<String> =
            one.causes.iter().map(|cause| because(cause, words)).collect();
        causes.extend(exclusion(second, one, words));
        vec![
            one.usage.to_string(),
            told::usage(second, one.usage, words).to_owned(),
            first.id().to_owned(),
            second.id().to_owned(),
            mutability::comma(one.before.percent()),
            mutability::comma(one.after.percent()),
            mutability::comma(one.difference()),
            one.ranks.0.to_string(),
            one.ranks.1.to_string(),
            causes.join(" | "),
        ]
    });
    mutability::csv_of(&header, rows)
}
