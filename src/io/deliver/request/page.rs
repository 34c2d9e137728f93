//! What every page of an answer has: head, look, tables, signs of verdicts, sources, reserves.

use std::collections::BTreeSet;

use quick_xml::escape::escape;

use super::result_told;
use crate::domain::LayerKey;
use crate::domain::Territory;
use crate::housing;
use crate::io::deliver::layers;
use crate::request::Answer;
use crate::request::Question;
use crate::request::VerdictResult;
use crate::words::Lang;
use crate::words::Words;

/// How a page looks. Colours pass WCAG AA on white; the page prints on A4 without the browser's help.
const CSS: &str = include_str!("sheet.css");

/// A page around a body: head, banner of invented data, sources, reserves.
pub(super) fn page(
    territory: &Territory,
    answer: &Answer<'_>,
    title: &str,
    body: &str,
    words: &Words,
) -> String {
    let lang = match words.lang() {
        Lang::Fr => "fr",
        Lang::En => "en",
    };
    let notice = match territory.is_synthetic() {
        true => format!("<p class=\"notice\">{}</p>\n", escape(words.say("product.synthetic"))),
        false => String::new(),
    };
    let used = used_layers(answer);
    let sources = layers::sources_of(territory, &|key| used.contains(key), words).join(" · ");
    let version = env!("CARGO_PKG_VERSION");
    let made = match layers::newest_vintage(territory) {
        Some(date) => words.fill("sheet.made", &[("version", version), ("date", &date)]),
        None => words.fill("sheet.made_undated", &[("version", version)]),
    };
    format!(
        "<!DOCTYPE html>\n<html lang=\"{lang}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{}</title>\n\
         <style>\n{CSS}</style>\n</head>\n<body>\n{notice}<main>\n{body}</main>\n<footer>\n<p><strong>{}</strong></p>\n\
         <p>{}</p>\n<p>{}</p>\n</footer>\n</body>\n</html>\n",
        escape(title),
        escape(words.say("product.reserve")),
        escape(words.fill("sheet.sources", &[("list", &sources)])),
        escape(&made),
    )
}

/// The layers that an answer rests on: those of land, those that conditions and wishes name, those of housing.
fn used_layers<'n>(answer: &'n Answer<'_>) -> BTreeSet<&'n str> {
    let measures = answer.asked.iter().filter_map(|asked| match &asked.question {
        Question::Measure(measure) => layers::answered_by(measure),
        Question::MinutesTo(_) => Some(LayerKey::ROADS),
        _ => None,
    });
    let wishes = answer.profile.criteria.iter();
    let mut used: BTreeSet<&str> = measures
        .chain(wishes.filter_map(|criterion| layers::answered_by(&criterion.measure)))
        .chain(answer.rules.hard.iter().map(|rule| rule.layer.as_str()))
        .chain(LAND)
        .collect();
    if answer.candidates.iter().any(|one| one.housing.is_some()) {
        used.extend(housing::made_of("mobilisable").into_iter().map(|(table, _)| table));
    }
    used
}

/// Layers that every piece of land rests on.
const LAND: [&str; 9] = [
    LayerKey::COMMUNES,
    LayerKey::PARCELS,
    LayerKey::BUILDINGS,
    LayerKey::ZONING,
    LayerKey::FRICHES,
    LayerKey::SITES,
    LayerKey::TERRAINS,
    LayerKey::ROADS,
    LayerKey::OWNERS,
];

/// A verdict as a sign and a word: colour alone says nothing to who does not see it.
pub(super) fn mark(result: VerdictResult, words: &Words) -> String {
    let sign = match result {
        VerdictResult::Pass => "✓",
        VerdictResult::Fail => "✗",
        VerdictResult::Unknown => "?",
    };
    let word = result_told(result, words);
    format!("<span class=\"{}\">{sign} {}</span>", result.as_str(), escape(word))
}

/// A titled table; cells are HTML already.
pub(super) fn section(title: &str, heads: &[&str], rows: &[Vec<String>], words: &Words) -> String {
    if rows.is_empty() {
        return String::new();
    }
    let heads: Vec<String> = heads
        .iter()
        .map(|key| format!("<th scope=\"col\">{}</th>", escape(words.say(key))))
        .collect();
    let lines: Vec<String> = rows
        .iter()
        .map(|cells| {
            let mut cells = cells.iter();
            let first = cells.next().map_or("", String::as_str);
            let rest: Vec<String> = cells.map(|cell| format!("<td>{cell}</td>")).collect();
            format!("<tr><th scope=\"row\">{first}</th>{}</tr>\n", rest.concat())
        })
        .collect();
    format!(
        "<section><h2>{}</h2>\n<table>\n<thead><tr>{}</tr></thead>\n<tbody>\n{}</tbody>\n</table></section>\n",
        escape(words.say(title)),
        heads.concat(),
        lines.concat()
    )
}
