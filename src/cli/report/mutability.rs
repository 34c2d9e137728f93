//! The uses of a site as a table, as JSON and as CSV.

use gisement::friche::mutability::Answers;
use gisement::friche::mutability::Detail;
use gisement::friche::mutability::Grid;
use gisement::friche::mutability::Mutability;
use gisement::friche::mutability::Points;
use gisement::friche::mutability::UseAssessment;
use gisement::friche::mutability::bounds;
use gisement::words::Words;
use serde_json::Value as Json;
use serde_json::json;

use super::mutability_words as told;
use super::table::Align;
use super::table::TextTable;
use crate::cli::CliError;

/// What stands for an index that says nothing.
const NO_INDEX: &str = "–";

/// Where a line of names goes on below, in characters.
const LINE: usize = 100;

/// The answer for a person: uses by rank, reliability, what counts for the best one, what is unknown.
pub(crate) fn table(grid: &Grid, answers: &Answers, found: &Mutability, words: &Words) -> String {
    let title = [("version", grid.version()), ("date", grid.date())];
    let mut text = format!("{}\n", words.fill("mutability.title", &title));
    text.push_str(&format!("{}\n\n", words.say("mutability.how")));
    text.push_str(&uses(grid, answers, found, words).text());
    text.push('\n');
    for one in found.by_rank().into_iter().filter(|one| one.is_excluded()) {
        let usage = told::usage(grid, one.usage, words);
        let because = because(one, words);
        let places = [("use", usage), ("because", because.as_str())];
        text.push_str(&format!("{}\n", words.fill("mutability.excluded", &places)));
    }
    text.push_str(&format!("{}\n", reliability(found, words)));
    if found.reliability.n_known == 0 {
        text.push_str(&format!("{}\n", words.say("mutability.none_known")));
    } else if let Some(best) = found.by_rank().first() {
        text.push_str(&what_counts(grid, best, words));
    }
    text.push_str(&unknown(found, words));
    text
}

fn uses(grid: &Grid, answers: &Answers, found: &Mutability, words: &Words) -> TextTable {
    let mut table = TextTable::new(&[
        (words.say("mutability.rank"), Align::Right),
        (words.say("mutability.use"), Align::Left),
        (words.say("mutability.index"), Align::Right),
        (words.say("mutability.potential"), Align::Left),
        (words.say("mutability.for"), Align::Right),
        (words.say("mutability.against"), Align::Right),
        (words.say("mutability.if_known"), Align::Right),
    ]);
    for one in found.by_rank() {
        let index = if one.has_points() {
            told::percent(one.index.percent(), words)
        } else {
            NO_INDEX.to_owned()
        };
        table.row(vec![
            words.count(one.rank),
            told::usage(grid, one.usage, words).to_owned(),
            index,
            potential(one, words).to_owned(),
            told::figure(one.advantages.get(), words),
            told::figure(one.constraints.get(), words),
            range(bounds(grid, answers, one.usage), words),
        ]);
    }
    table
}

/// Between which indexes a use could come to lie; one figure when nothing is open.
fn range((low, high): (f64, f64), words: &Words) -> String {
    if low == high {
        return told::percent(low, words);
    }
    let (low, high) = (words.number(low, 1), words.number(high, 1));
    words.fill("mutability.range", &[("low", &low), ("high", &high)])
}

fn potential<'a>(one: &UseAssessment, words: &'a Words) -> &'a str {
    let key = format!("mutability.potential-{}", one.potential().as_str());
    words.get(&key).unwrap_or_default()
}

/// The answers that exclude a use.
fn because(one: &UseAssessment, words: &Words) -> String {
    let of = one.excluded_because.iter();
    let details = of.filter_map(|key| one.details.iter().find(|detail| detail.key == *key));
    details.map(|detail| told::answered(detail, words)).collect::<Vec<_>>().join(", ")
}

fn reliability(found: &Mutability, words: &Words) -> String {
    let one = &found.reliability;
    let level = format!("mutability.level-{}", one.level().as_str());
    words.fill(
        "mutability.reliability",
        &[
            ("note", &told::figure(one.note(), words)),
            ("level", words.say(&level)),
            ("n_known", &words.count(one.n_known)),
            ("n_criteria", &words.count(one.n_criteria)),
            ("known", &told::figure(one.known.get(), words)),
            ("total", &told::figure(one.total.get(), words)),
        ],
    )
}

/// The points of a criterion on one side.
type Side = fn(&Detail) -> Points;

/// What speaks for and against a use, the heaviest first; what counts on both sides and what gives no points in one line
/// each.
fn what_counts(grid: &Grid, best: &UseAssessment, words: &Words) -> String {
    let usage = told::usage(grid, best.usage, words);
    let mut text = format!("\n{}\n", words.fill("mutability.best", &[("use", usage)]));
    let sides: [(&str, Side, Side); 2] = [
        ("mutability.for", |detail| detail.advantages, |detail| detail.constraints),
        ("mutability.against", |detail| detail.constraints, |detail| detail.advantages),
    ];
    for (title, here, there) in sides {
        let mut details: Vec<&Detail> = best
            .details
            .iter()
            .filter(|detail| here(detail) > Points::ZERO && there(detail) == Points::ZERO)
            .collect();
        // Stable: criteria of the same points stay in the order of the grid.
        details.sort_by_key(|detail| std::cmp::Reverse(here(detail)));
        text.push_str(&format!("  {}\n", words.say(title)));
        if details.is_empty() {
            text.push_str(&format!("    {}\n", words.say("mutability.nothing_for")));
        }
        for detail in details {
            let points = told::figure(here(detail).get(), words);
            text.push_str(&format!("    {points:>4}  {}\n", told::answered(detail, words)));
        }
    }
    let both =
        |detail: &&Detail| detail.advantages > Points::ZERO && detail.constraints > Points::ZERO;
    let no_points = |detail: &&Detail| detail.answer.is_known() && detail.score.is_none();
    let list = |details: Vec<&Detail>| {
        details.iter().map(|one| told::criterion(one.key, words)).collect::<Vec<_>>().join(", ")
    };
    for (key, names) in [
        ("mutability.neutral", list(best.details.iter().filter(both).collect())),
        ("mutability.no_points", list(best.details.iter().filter(no_points).collect())),
    ] {
        if !names.is_empty() {
            text.push_str(&wrapped(&words.fill(key, &[("list", &names)])));
        }
    }
    text
}

/// A long list of names over several lines, below each other.
fn wrapped(list: &str) -> String {
    let mut lines = vec!["  ".to_owned()];
    for (at, name) in list.split(", ").enumerate() {
        let comma = if at > 0 { ", " } else { "" };
        match lines.last_mut() {
            Some(line) if line.chars().count() + name.chars().count() < LINE => {
                line.push_str(&format!("{comma}{name}"));
            }
            Some(line) => {
                line.push_str(comma.trim_end());
                lines.push(format!("    {name}"));
            }
            None => {}
        }
    }
    format!("{}\n", lines.join("\n"))
}

fn unknown(found: &Mutability, words: &Words) -> String {
    if found.unknown.is_empty() {
        return String::new();
    }
    let mut text = format!("\n{}\n", words.say("mutability.unknown_title"));
    for (key, weight) in &found.unknown {
        let weight = told::figure(weight.get(), words);
        text.push_str(&format!("    {weight:>4}  {}\n", told::criterion(*key, words)));
    }
    text
}

/// The answer for a program. Uses stand in the published order.
pub(crate) fn json(grid: &Grid, answers: &Answers, found: &Mutability, words: &Words) -> Json {
    let names = |keys: &[_]| keys.iter().map(ToString::to_string).collect::<Vec<String>>();
    let uses: Vec<Json> =
        found.uses.iter().map(|one| use_json(grid, answers, one, words)).collect();
    let unknown: Vec<Json> = found
        .unknown
        .iter()
        .map(|(key, weight)| json!({"criterion": key.as_str(), "weight": weight.get()}))
        .collect();
    json!({
        "profile": found.profile,
        "date": grid.date(),
        "source": grid.source(),
        "uses": uses,
        "reliability": {
            "note": found.reliability.note(),
            "level": found.reliability.level().as_str(),
            "known_weight": found.reliability.known.get(),
            "total_weight": found.reliability.total.get(),
            "known_criteria": found.reliability.n_known,
            "criteria": found.reliability.n_criteria,
        },
        "unknown": unknown,
        "not_in_version": names(&found.not_in_version),
        "word_of_another_version": names(&found.word_of_another_version),
        "not_scored": answers.not_scored(),
    })
}

fn use_json(grid: &Grid, answers: &Answers, one: &UseAssessment, words: &Words) -> Json {
    let (lowest, highest) = bounds(grid, answers, one.usage);
    let because: Vec<&str> = one.excluded_because.iter().map(|key| key.as_str()).collect();
    let details: Vec<Json> = one
        .details
        .iter()
        .filter(|detail| detail.answer.is_known())
        .map(|detail| {
            json!({
                "criterion": detail.key.as_str(),
                "value": told::json(detail.answer),
                "derived": detail.is_derived,
                "weight": detail.weight.get(),
                "score": detail.score.map(|score| score.get()),
                "advantages": detail.advantages.get(),
                "constraints": detail.constraints.get(),
            })
        })
        .collect();
    json!({
        "use": one.usage.as_str(),
        "label": told::usage(grid, one.usage, words),
        "index": one.index.percent(),
        "advantages": one.advantages.get(),
        "constraints": one.constraints.get(),
        "rank": one.rank,
        "excluded": one.is_excluded(),
        "excluded_because": because,
        "potential": one.potential().as_str(),
        "lowest": lowest,
        "highest": highest,
        "details": details,
    })
}

/// The answer for a spreadsheet: a line a use, by rank; `;`, decimal comma, as every table of this program.
pub(crate) fn csv(
    grid: &Grid,
    answers: &Answers,
    found: &Mutability,
    words: &Words,
) -> Result<Vec<u8>, CliError> {
    let header = [
        "profile",
        "use",
        "label",
        "rank",
        "index",
        "lowest",
        "highest",
        "potential",
        "advantages",
        "constraints",
        "excluded",
        "excluded_because",
        "reliability",
    ];
    let rows = found.by_rank().into_iter().map(|one| {
        let (lowest, highest) = bounds(grid, answers, one.usage);
        let because: Vec<&str> = one.excluded_because.iter().map(|key| key.as_str()).collect();
        vec![
            found.profile.clone(),
            one.usage.to_string(),
            told::usage(grid, one.usage, words).to_owned(),
            one.rank.to_string(),
            comma(one.index.percent()),
            comma(lowest),
            comma(highest),
            potential(one, words).to_owned(),
            comma(one.advantages.get()),
            comma(one.constraints.get()),
            words.say(if one.is_excluded() { "product.yes" } else { "product.no" }).to_owned(),
            because.join(" "),
            comma(found.reliability.note()),
        ]
    });
    csv_of(&header, rows)
}

/// A number as a French spreadsheet reads it.
pub(crate) fn comma(number: f64) -> String {
    number.to_string().replace('.', ",")
}

/// CSV that French Excel opens: `;`, UTF-8 with BOM, CRLF.
pub(crate) fn csv_of(
    header: &[&str],
    rows: impl Iterator<Item = Vec<String>>,
) -> Result<Vec<u8>, CliError> {
    let mut bytes = "\u{feff}".as_bytes().to_vec();
    let mut writer = csv::WriterBuilder::new()
        .delimiter(b';')
        .terminator(csv::Terminator::CRLF)
        .from_writer(&mut bytes);
    let refused = |error: csv::Error| CliError::Output(std::io::Error::other(error));
    writer.write_record(header).map_err(refused)?;
    for row in rows {
        writer.write_record(row).map_err(refused)?;
    }
    writer.flush()?;
    drop(writer);
    Ok(bytes)
}
