//! Words for a person: tables and sentences made from results.

pub(crate) mod balance;
pub(crate) mod error;
pub(crate) mod explanation;
pub(crate) mod friche;
pub(crate) mod friche_lists;
pub(crate) mod housed;
pub(crate) mod housing;
pub(crate) mod housing_answer;
pub(crate) mod inventory;
pub(crate) mod land_parcel;
pub(crate) mod loose;
pub(crate) mod mutability;
pub(crate) mod mutability_change;
pub(crate) mod mutability_words;
pub(crate) mod network;
pub(crate) mod problems;
pub(crate) mod ranking;
pub(crate) mod renumbering;
pub(crate) mod request;
pub(crate) mod request_log;
pub(crate) mod robustness;
mod rounding;
pub(crate) mod table;
pub(crate) mod terrain;
pub(crate) mod value;
pub(crate) mod verdict_change;
pub(crate) mod zoning;

use gisement::domain::Territory;
use gisement::words::Words;

use table::Align;
use table::TextTable;

/// The line that heads every answer about invented data; empty for real ones.
pub(crate) fn synthetic_line(territory: &Territory, words: &Words) -> String {
    if territory.is_synthetic() {
        format!("{}\n", words.say("product.synthetic"))
    } else {
        String::new()
    }
}

/// Problems as a table: layer (where there are several), severity, count, example, and below each the way out.
pub(crate) fn problems_table<'a>(
    groups: impl Iterator<Item = (Option<String>, &'a problems::Group<'a>)>,
    words: &Words,
) -> String {
    let groups: Vec<_> = groups.collect();
    if groups.is_empty() {
        return format!("{}\n", words.say("report.no_problem"));
    }
    let has_layers = groups.iter().any(|(layer, _)| layer.is_some());
    let mut columns = vec![
        (words.say("field.severity"), Align::Left),
        (words.say("report.problem_count"), Align::Right),
        (words.say("report.problem_example"), Align::Left),
    ];
    if has_layers {
        columns.insert(0, (words.say("report.layer"), Align::Left));
    }
    let mut table = TextTable::new(&columns);
    let mut hints: Vec<&str> = Vec::new();
    for (layer, group) in &groups {
        let mut row = vec![
            words.say(&format!("severity.{}", group.code.severity().as_str())).to_owned(),
            words.count(group.count),
            group.example(words),
        ];
        if has_layers {
            row.insert(0, layer.clone().unwrap_or_default());
        }
        table.row(row);
        let hint = group.hint(words);
        if !hint.is_empty() && !hints.contains(&hint) {
            hints.push(hint);
        }
    }
    let mut text = format!("{}\n\n{}", words.say("report.problems_title"), table.text());
    if !hints.is_empty() {
        text.push_str(&format!("\n{}\n\n", words.say("report.hints_title")));
        for hint in hints {
            text.push_str(&format!("  {hint}\n"));
        }
    }
    text
}
