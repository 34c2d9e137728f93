//! One page about one candidate, as HTML that prints on A4: facts, plan, verdicts, reserves.

use quick_xml::escape::escape;

use super::asks;
use super::kind_told;
use super::label;
use super::limits_told;
use super::page::mark;
use super::page::page;
use super::page::section;
use super::place_told;
use super::verdict_told;
use crate::domain::Entity;
use crate::domain::Territory;
use crate::domain::Value;
use crate::io::deliver::layers;
use crate::request::Answer;
use crate::request::Answered;
use crate::request::AssemblyFacts;
use crate::request::CandidateKind;
use crate::request::Without;
use crate::request::assembly::Proof;
use crate::units::Unit;
use crate::words::Words;

/// Parcels that are named, and steps of acquisition: one page holds no more.
const PARCELS: usize = 8;
const STEPS: usize = 6;
/// Communes that are named as places to live.
const COMMUNES: usize = 4;

/// The page of a candidate; `map` is its plan as SVG.
#[must_use]
pub fn sheet(
    territory: &Territory,
    answer: &Answer<'_>,
    one: &Answered<'_>,
    map: &str,
    words: &Words,
) -> String {
    let land = &one.candidate;
    let place = place_told(territory, land);
    let title =
        words.fill("sheet.title", &[("kind", kind_told(land.kind, words)), ("place", &place)]);
    let mut body = String::new();
    body.push_str(&format!(
        "<p class=\"for\">{}</p>\n<h1>{}</h1>\n<p class=\"rank\">{}</p>\n",
        escape(words.fill("sheet.for", &[("name", &answer.request.name)])),
        escape(&title),
        escape(rank(answer, one, words)),
    ));
    body.push_str("<div class=\"columns\">\n");
    body.push_str(&facts(territory, one, words));
    body.push_str(&conditions(territory, answer, one, words));
    body.push_str("</div>\n");
    let alt = words.say("sheet.map");
    body.push_str(&format!(
        "<figure><div role=\"img\" aria-label=\"{}\">{}</div></figure>\n",
        escape(alt),
        inline(map)
    ));
    body.push_str("<div class=\"columns\">\n<div>\n");
    body.push_str(&wishes(answer, one, words));
    body.push_str(&housing(territory, answer, one, words));
    body.push_str("</div>\n<div>\n");
    if let Some(facts) = &one.assembly {
        body.push_str(&acquisition(facts, words));
    }
    body.push_str(&to_check(answer, one, words));
    body.push_str("</div>\n</div>\n");
    page(territory, answer, &title, &body, words)
}

/// The SVG without what only a file of its own has, and of the width of the page.
fn inline(map: &str) -> String {
    let start = map.find("<svg").unwrap_or(0);
    map[start..].to_owned()
}

fn rank(answer: &Answer<'_>, one: &Answered<'_>, words: &Words) -> String {
    let rank = words.count(one.row.rank.unwrap_or_default());
    let n = words.count(answer.candidates.len());
    let mut text = match one.row.score {
        Some(score) => words.fill(
            "sheet.rank",
            &[
                ("rank", &rank),
                ("n", &n),
                ("score", &words.number(score, 1)),
                ("low", &words.number(one.row.score_low, 1)),
                ("high", &words.number(one.row.score_high, 1)),
                ("reliability", &words.quantity(one.row.reliability, Unit::Share)),
            ],
        ),
        None => words.fill("sheet.rank_no_score", &[("rank", &rank), ("n", &n)]),
    };
    if let Some(standing) = &one.standing {
        let share = words.quantity(standing.first_share, Unit::Share);
        text.push(' ');
        text.push_str(&words.fill("sheet.acceptability", &[("share", &share)]));
    }
    text
}

fn facts(territory: &Territory, one: &Answered<'_>, words: &Words) -> String {
    let land = &one.candidate;
    let unknown = || words.say("product.unknown").to_owned();
    let quantity = |number: Option<f64>, unit| {
        number.map_or_else(unknown, |number| words.quantity(number, unit))
    };
    let number = |name: &str| match land.attribute(name) {
        Value::Number(number) => Some(number),
        _ => None,
    };
    let text = |name: &str, section: &str| match land.attribute(name) {
        Value::Text(word) => words.get(&format!("{section}.{word}")).unwrap_or(&word).to_owned(),
        _ => unknown(),
    };
    let rectangle = land.net().and_then(|net| net.rectangle.as_ref()).map(|(_, long, short)| {
        let (long, short) =
            (words.quantity(*long, Unit::Meter), words.quantity(*short, Unit::Meter));
        words.fill("sheet.rectangle_value", &[("long", &long), ("short", &short)])
    });
    let classes: Vec<String> = land
        .classes
        .iter()
        .map(|class| words.say(&format!("availability.{}", class.as_str())).to_owned())
        .collect();
    let ids: Vec<String> = land.parcels.iter().map(|(id, _)| id.to_string()).collect();
    let parcels = match ids.len() {
        0 => unknown(),
        n if n > PARCELS => words.fill(
            "sheet.parcels_more",
            &[("list", &ids[..PARCELS].join(", ")), ("n", &words.count(n - PARCELS))],
        ),
        _ => ids.join(", "),
    };
    let price = land.price_eur.map(|price| format!("{} €", words.number(price, 0)));
    let rows = [
        ("sheet.id", land.id.clone()),
        ("sheet.where", place_told(territory, land)),
        ("sheet.net", quantity(land.net_m2(), Unit::SquareMeter)),
        ("sheet.gross", quantity(land.gross_m2, Unit::SquareMeter)),
        ("sheet.rectangle", rectangle.unwrap_or_else(unknown)),
        ("sheet.availability", classes.join(" ; ")),
        ("sheet.planning", text("planning", "planning_type")),
        ("sheet.frontage", quantity(number("frontage_m"), Unit::Meter)),
        ("sheet.slope", quantity(number("slope_share"), Unit::Share)),
        ("sheet.owner", text("owner", "owner")),
        ("sheet.price", price.unwrap_or_else(unknown)),
        ("sheet.parcels", parcels),
    ];
    let lines: Vec<String> = rows
        .iter()
        .map(|(key, value)| {
            format!(
                "<tr><th scope=\"row\">{}</th><td>{}</td></tr>\n",
                escape(words.say(key)),
                escape(value)
            )
        })
        .collect();
    format!(
        "<section><h2>{}</h2>\n<table>\n{}</table></section>\n",
        escape(words.say("sheet.facts")),
        lines.concat()
    )
}

fn conditions(
    territory: &Territory,
    answer: &Answer<'_>,
    one: &Answered<'_>,
    words: &Words,
) -> String {
    let rows: Vec<Vec<String>> = answer
        .asked
        .iter()
        .zip(&one.verdicts)
        .map(|(asked, verdict)| {
            vec![
                escape(label(asked, words)).into_owned(),
                escape(limits_told(territory, asked, words)).into_owned(),
                escape(verdict_told(territory, asked, verdict, words)).into_owned(),
                mark(verdict.result, words),
            ]
        })
        .collect();
    let heads = ["sheet.condition", "sheet.asked", "sheet.found", "sheet.verdict"];
    section("sheet.conditions", &heads, &rows, words)
}

fn wishes(answer: &Answer<'_>, one: &Answered<'_>, words: &Words) -> String {
    let pairs = answer.profile.criteria.iter().zip(&one.row.assessments);
    let rows: Vec<Vec<String>> = pairs
        .map(|(criterion, found)| {
            let unit = criterion.measure.unit();
            vec![
                escape(words.pick(&criterion.label.fr, &criterion.label.en)).into_owned(),
                escape(layers::measured_told(&found.measured, unit, words)).into_owned(),
                found
                    .score()
                    .map_or_else(|| "–".to_owned(), |score| words.number(score * 100.0, 0)),
                words.number(criterion.weight, 1),
            ]
        })
        .collect();
    let heads = ["sheet.wish", "sheet.found", "sheet.score", "sheet.weight"];
    section("sheet.wishes", &heads, &rows, words)
}

fn housing(
    territory: &Territory,
    answer: &Answer<'_>,
    one: &Answered<'_>,
    words: &Words,
) -> String {
    let (Some((_, housed)), Some(jobs)) = (&one.housing, answer.request.jobs) else {
        return String::new();
    };
    let whole = |number: f64| words.number(number, 0);
    let most = housed.high.min(housed.needed);
    let count = if housed.low >= housed.needed - 1e-3 {
        words.say("sheet.housing_all").to_owned()
    } else if (most - housed.low).abs() < 1.0 {
        whole(housed.low.floor())
    } else {
        let (low, high) = (whole(housed.low.floor()), whole(most.ceil()));
        words.fill("sheet.housing_between", &[("low", &low), ("high", &high)])
    };
    let verdict = match housed.is_enough() {
        Some(true) => words.say("request.housing_enough"),
        Some(false) => words.say("request.housing_short"),
        None => words.say("request.housing_open"),
    };
    let mut text = words.fill(
        "sheet.housing_text",
        &[
            ("jobs", &whole(jobs)),
            ("households", &whole(housed.needed)),
            ("housed", &count),
            ("verdict", verdict),
        ],
    );
    let communes: Vec<String> = housed
        .communes
        .iter()
        .take(COMMUNES)
        .filter_map(|carrying| {
            let name = &territory.commune(carrying.commune.insee)?.name;
            let minutes = words.quantity(carrying.commune.minutes, Unit::Minute);
            Some(format!("{name} ({minutes})"))
        })
        .collect();
    if !communes.is_empty() {
        text.push(' ');
        text.push_str(&words.fill("sheet.housing_communes", &[("list", &communes.join(", "))]));
    }
    format!(
        "<section><h2>{}</h2>\n<p>{}</p></section>\n",
        escape(words.say("sheet.housing")),
        escape(&text)
    )
}

fn acquisition(facts: &AssemblyFacts, words: &Words) -> String {
    let (n, unknown) = (words.count(facts.owners), words.count(facts.owners_unknown));
    let owners = words.fill("sheet.owners", &[("n", &n), ("unknown", &unknown)]);
    let proof = match facts.proof {
        Some(Proof::Optimal) => words.say("sheet.proof_optimal"),
        Some(Proof::Bounded { .. }) => words.say("sheet.proof_bounded"),
        None => "",
    };
    let steps: Vec<String> = facts
        .acquisition
        .iter()
        .take(STEPS)
        .map(|step| {
            let list: Vec<String> = step.replaced_by.iter().map(ToString::to_string).collect();
            let key = format!("without.{}", step.without.as_str());
            let what = match step.without {
                Without::Replaced => words.fill(&key, &[("list", &list.join(", "))]),
                _ => words.say(&key).to_owned(),
            };
            format!(
                "<li><strong>{}</strong> – {}</li>\n",
                escape(step.unit.to_string()),
                escape(&what)
            )
        })
        .collect();
    format!(
        "<section><h2>{}</h2>\n<ol>\n{}</ol>\n<p>{} {}</p></section>\n",
        escape(words.say("sheet.acquisition")),
        steps.concat(),
        escape(&owners),
        escape(proof)
    )
}

fn to_check(answer: &Answer<'_>, one: &Answered<'_>, words: &Words) -> String {
    let mut lines = asks(&answer.asked, &one.verdicts, words);
    if lines.is_empty() {
        lines.push(words.say("sheet.nothing_to_check").to_owned());
    }
    let rules = Some(answer.rules);
    let unsettled: Vec<String> = one
        .candidate
        .unsettled()
        .iter()
        .map(|id| layers::constraint_told(id, rules, words))
        .collect();
    if !unsettled.is_empty() {
        lines.push(words.fill("sheet.unsettled", &[("list", &unsettled.join(", "))]));
    }
    if !one.same_land.is_empty() {
        lines.push(words.fill("sheet.same_land", &[("list", &one.same_land.join(", "))]));
    }
    if one.candidate.kind == CandidateKind::Friche {
        lines.push(words.say("sheet.standing_buildings").to_owned());
    }
    let items: Vec<String> =
        lines.iter().map(|line| format!("<li>{}</li>\n", escape(line))).collect();
    format!(
        "<section><h2>{}</h2>\n<ul>\n{}</ul></section>\n",
        escape(words.say("sheet.to_check")),
        items.concat()
    )
}
