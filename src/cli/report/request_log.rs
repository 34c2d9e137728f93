//! The open requests of the log, and what changed since their last answers.

use gisement::domain::Territory;
use gisement::io::request_log::Entry;
use gisement::io::request_log::LoggedAnswer;
use gisement::request::Change;
use gisement::request::changes;
use gisement::words::Words;

/// Changes that are told of each request.
const TOLD: usize = 8;

/// Each open request with its answer of now and what changed since the one before.
pub(crate) fn text(
    territory: &Territory,
    rows: &[(Entry, Option<LoggedAnswer>, LoggedAnswer)],
    closed: usize,
    words: &Words,
) -> String {
    let mut text = super::synthetic_line(territory, words);
    let (open, closed) = (words.count(rows.len()), words.count(closed));
    text.push_str(&words.fill("request.log_title", &[("open", &open), ("closed", &closed)]));
    text.push('\n');
    for (entry, before, now) in rows {
        let n = words.count(now.candidates.len());
        let line = words.fill(
            "request.log_item",
            &[("file", &entry.name()), ("name", &entry.request.name), ("n", &n)],
        );
        text.push_str(&format!("\n{line}\n"));
        text.push_str(&since(before.as_ref(), now, words));
    }
    text
}

fn since(before: Option<&LoggedAnswer>, now: &LoggedAnswer, words: &Words) -> String {
    let Some(before) = before else {
        return format!("  {}\n", words.say("request.log_first"));
    };
    let found = changes(&before.candidates, &now.candidates);
    if found.is_empty() {
        return format!("  {}\n", words.say("request.log_same"));
    }
    let mut lines: Vec<String> =
        found.iter().take(TOLD).map(|change| told(change, words)).collect();
    if let Some(more) = found.len().checked_sub(TOLD).filter(|more| *more > 0) {
        lines.push(words.fill("report.and_more", &[("n", &words.count(more))]));
    }
    lines.iter().map(|line| format!("  {line}\n")).collect()
}

fn told(change: &Change, words: &Words) -> String {
    let rank = |rank: &usize| words.count(*rank);
    match change {
        Change::Appeared(id, now) => {
            words.fill("request.appeared", &[("id", id), ("rank", &rank(now))])
        }
        Change::Gone(id, before) => {
            words.fill("request.gone", &[("id", id), ("rank", &rank(before))])
        }
        Change::Moved(id, before, now) => {
            words.fill("request.moved", &[("id", id), ("from", &rank(before)), ("to", &rank(now))])
        }
        Change::Confirmed(id) => words.fill("request.confirmed", &[("id", id)]),
        Change::Doubted(id) => words.fill("request.doubted", &[("id", id)]),
    }
}
