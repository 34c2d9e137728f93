//! The answer to a request as a text of one screen.

use gisement::domain::Territory;
use gisement::io::deliver::request as delivered;
use gisement::io::deliver::request::label;
use gisement::request::Answer;
use gisement::request::Answered;
use gisement::request::Limit;
use gisement::request::Verdict;
use gisement::request::VerdictResult;
use gisement::units::Unit;
use gisement::words::Words;

use super::table::Align;
use super::table::TextTable;

/// Near misses that are shown when nothing was found.
const NEAREST: usize = 3;

/// The whole answer.
pub(crate) fn text(
    territory: &Territory,
    answer: &Answer<'_>,
    top: usize,
    words: &Words,
) -> String {
    let mut text = super::synthetic_line(territory, words);
    text.push_str(&words.fill("request.title", &[("name", &answer.request.name)]));
    text.push_str("\n\n");
    text.push_str(&conditions(territory, answer, words));
    let kinds: Vec<String> = answer
        .looked_at
        .iter()
        .map(|(kind, n)| format!("{} {}", delivered::kind_told(*kind, words), words.count(*n)))
        .collect();
    text.push_str(&words.fill("request.looked_at", &[("list", &kinds.join(" ; "))]));
    text.push_str("\n\n");
    match answer.candidates.is_empty() {
        true => text.push_str(&nothing(answer, words)),
        false => text.push_str(&found(territory, answer, top, words)),
    }
    let shown = if answer.candidates.is_empty() { NEAREST } else { top };
    if !answer.near_misses.is_empty() {
        text.push_str(&format!("\n{}\n\n", words.say("request.near_title")));
        text.push_str(&near(territory, answer, shown, words));
    }
    text.push_str(&relaxations(answer, words));
    if !answer.refused.is_empty() {
        let (n, list) = (words.count(answer.refused.len()), answer.refused.join(", "));
        let told = words.fill("land.refused", &[("n", &n), ("list", &list)]);
        text.push_str(&format!("\n{told}\n"));
    }
    let drives = answer.candidates.iter().map(|one| &one.verdicts);
    if drives.flatten().any(|verdict| verdict.measured.is_straight_line()) {
        text.push_str(&format!("\n{}\n", words.say("request.straight_line")));
    }
    text
}

fn conditions(territory: &Territory, answer: &Answer<'_>, words: &Words) -> String {
    let mut table = TextTable::new(&[
        (words.say("request.condition"), Align::Left),
        (words.say("request.wants"), Align::Left),
        (words.say("request.failed"), Align::Right),
        (words.say("request.alone"), Align::Right),
        (words.say("request.unknown"), Align::Right),
    ]);
    for (asked, exclusion) in answer.asked.iter().zip(&answer.exclusions) {
        table.row(vec![
            label(asked, words).to_owned(),
            delivered::limits_told(territory, asked, words),
            words.count(exclusion.failed),
            words.count(exclusion.alone),
            words.count(exclusion.unknown),
        ]);
    }
    format!("{}\n", table.text())
}

/// The conditions that exclude the most.
fn nothing(answer: &Answer<'_>, words: &Words) -> String {
    let mut order: Vec<usize> = (0..answer.asked.len()).collect();
    order.sort_by_key(|at| {
        std::cmp::Reverse((answer.exclusions[*at].failed, answer.exclusions[*at].alone))
    });
    let list: Vec<String> = order
        .into_iter()
        .filter(|at| answer.exclusions[*at].failed > 0)
        .map(|at| {
            let n = words.count(answer.exclusions[at].failed);
            words.fill(
                "request.exclude_item",
                &[("label", label(&answer.asked[at], words)), ("n", &n)],
            )
        })
        .collect();
    let mut text = format!("{}\n", words.say("request.nothing"));
    if !list.is_empty() {
        text.push_str(&words.fill("request.excludes_most", &[("list", &list.join(" ; "))]));
        text.push('\n');
    }
    text
}

fn found(territory: &Territory, answer: &Answer<'_>, top: usize, words: &Words) -> String {
    let n = words.count(answer.candidates.len());
    let mut title = words.fill("request.found_title", &[("n", &n)]);
    let unsure = answer.candidates.iter().filter(|one| !one.is_sure()).count();
    if unsure > 0 {
        title.push_str(&format!(
            " – {}",
            words.fill("request.unsure_n", &[("n", &words.count(unsure))])
        ));
    }
    let has_price = answer.candidates.iter().any(|one| one.candidate.price_eur.is_some());
    let has_housing = answer.candidates.iter().any(|one| one.housing.is_some());
    let mut columns = vec![
        (words.say("report.rank"), Align::Right),
        (words.say("report.id"), Align::Left),
        (words.say("request.kind"), Align::Left),
        (words.say("request.place"), Align::Left),
        (words.say("request.net"), Align::Right),
        (words.say("request.gross"), Align::Right),
        (words.say("request.parcels"), Align::Right),
        (words.say("report.score"), Align::Right),
        (words.say("report.reliability"), Align::Right),
        (words.say("report.first"), Align::Right),
    ];
    if has_price {
        columns.push((words.say("request.price"), Align::Right));
    }
    if has_housing {
        columns.push((words.say("request.housing"), Align::Left));
    }
    columns.push((words.say("request.to_check"), Align::Left));
    let mut table = TextTable::new(&columns);
    for one in answer.candidates.iter().take(top) {
        table.row(row(territory, answer, one, (has_price, has_housing), words));
    }
    let mut text = format!("{title}\n\n{}", table.text());
    if let Some(more) = answer.candidates.len().checked_sub(top).filter(|more| *more > 0) {
        text.push_str(&format!("{}\n", words.fill("request.more", &[("n", &words.count(more))])));
    }
    for one in answer.candidates.iter().take(top).filter(|one| !one.same_land.is_empty()) {
        let list = one.same_land.join(", ");
        let line = words.fill("request.same_land", &[("id", &one.candidate.id), ("list", &list)]);
        text.push_str(&format!("  {line}\n"));
    }
    text
}

fn row(
    territory: &Territory,
    answer: &Answer<'_>,
    one: &Answered<'_>,
    (has_price, has_housing): (bool, bool),
    words: &Words,
) -> Vec<String> {
    let land = &one.candidate;
    let area = |m2: Option<f64>| {
        m2.map_or_else(|| "–".to_owned(), |m2| words.quantity(m2, Unit::SquareMeter))
    };
    let mut cells = vec![
        one.row.rank.map_or_else(String::new, |rank| rank.to_string()),
        land.id.clone(),
        delivered::kind_told(land.kind, words).to_owned(),
        delivered::place_told(territory, land),
        area(land.net_m2()),
        area(land.gross_m2),
        words.count(land.parcels.len()),
        one.row.score.map_or_else(|| "–".to_owned(), |score| words.number(score, 1)),
        words.quantity(one.row.reliability, Unit::Share),
        one.standing.as_ref().map_or_else(
            || "–".to_owned(),
            |standing| words.quantity(standing.first_share, Unit::Share),
        ),
    ];
    if has_price {
        let price = land.price_eur.map(|price| format!("{} €", words.number(price, 0)));
        cells.push(price.unwrap_or_else(|| "–".to_owned()));
    }
    if has_housing {
        let word = one.housing.as_ref().map_or("–", |(_, housed)| match housed.is_enough() {
            Some(true) => words.say("request.housing_enough"),
            Some(false) => words.say("request.housing_short"),
            None => words.say("request.housing_open"),
        });
        cells.push(word.to_owned());
    }
    cells.push(unknown(answer, &one.verdicts, words));
    cells
}

/// The conditions of which nothing is known.
fn unknown(answer: &Answer<'_>, verdicts: &[Verdict], words: &Words) -> String {
    let pairs = answer.asked.iter().zip(verdicts);
    let unknown = pairs.filter(|(_, verdict)| verdict.result == VerdictResult::Unknown);
    unknown.map(|(asked, _)| label(asked, words)).collect::<Vec<_>>().join(" ; ")
}

fn near(territory: &Territory, answer: &Answer<'_>, top: usize, words: &Words) -> String {
    let mut table = TextTable::new(&[
        (words.say("report.id"), Align::Left),
        (words.say("request.kind"), Align::Left),
        (words.say("request.place"), Align::Left),
        (words.say("request.net"), Align::Right),
        (words.say("request.parcels"), Align::Right),
        (words.say("request.fails"), Align::Left),
    ]);
    for miss in answer.near_misses.iter().take(top) {
        let Some((land, verdicts, _)) = answer.missed.get(miss.candidate) else { continue };
        let net = land
            .net_m2()
            .map_or_else(|| "–".to_owned(), |m2| words.quantity(m2, Unit::SquareMeter));
        table.row(vec![
            land.id.clone(),
            delivered::kind_told(land.kind, words).to_owned(),
            delivered::place_told(territory, land),
            net,
            words.count(land.parcels.len()),
            delivered::fails_told(territory, &answer.asked, miss, verdicts, words),
        ]);
    }
    table.text()
}

fn relaxations(answer: &Answer<'_>, words: &Words) -> String {
    let fewest = 3;
    if answer.candidates.len() >= fewest {
        return String::new();
    }
    let mut text = format!("\n{}\n", words.say("request.relax_title"));
    if answer.relaxations.is_empty() {
        text.push_str(&format!("  {}\n", words.say("request.relax_none")));
    }
    for one in &answer.relaxations {
        let asked = &answer.asked[one.condition];
        let key = match (one.limit, one.candidates) {
            (Limit::Min, 1) => "request.relax_min_one",
            (Limit::Max, 1) => "request.relax_max_one",
            (Limit::Min, _) => "request.relax_min",
            (Limit::Max, _) => "request.relax_max",
        };
        let line = words.fill(
            key,
            &[
                ("label", label(asked, words)),
                ("from", &words.quantity(one.from, asked.unit)),
                ("to", &words.quantity(one.to, asked.unit)),
                ("n", &words.count(one.candidates)),
            ],
        );
        text.push_str(&format!("  {line}\n"));
    }
    text
}
