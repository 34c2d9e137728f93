//! Two to five candidates side by side, as a page and as a table.

use quick_xml::escape::escape;

use super::kind_told;
use super::label;
use super::page::mark;
use super::page::page;
use super::page::section;
use super::place_told;
use super::result_told;
use super::verdict_told;
use crate::domain::Territory;
use crate::io::deliver::DeliverError;
use crate::io::deliver::layer::Cell;
use crate::io::deliver::layer::DeliveredLayer;
use crate::io::deliver::layer::Field;
use crate::io::deliver::layer::FieldKind;
use crate::io::deliver::layer::Row;
use crate::io::deliver::layers;
use crate::request::Answer;
use crate::request::Answered;
use crate::request::VerdictResult;
use crate::units::Unit;
use crate::words::Words;

/// Fewest and most candidates that are compared.
pub const COMPARED: (usize, usize) = (2, 5);

/// Name of the table.
const COMPARISON: &str = "comparison";

/// One line of the comparison: what is compared, and what is said of each candidate.
struct Line {
    title: String,
    cells: Vec<(String, Option<VerdictResult>)>,
}

/// The comparison as a page.
#[must_use]
pub fn comparison_page(
    territory: &Territory,
    answer: &Answer<'_>,
    compared: &[&Answered<'_>],
    words: &Words,
) -> String {
    let title = words.say("sheet.comparison");
    let lines = lines(territory, answer, compared, words);
    let rows: Vec<Vec<String>> = lines
        .iter()
        .map(|line| {
            let cells = line.cells.iter().map(|(text, verdict)| match verdict {
                Some(verdict) => format!("{}<br>{}", escape(text), mark(*verdict, words)),
                None => escape(text).into_owned(),
            });
            std::iter::once(escape(&line.title).into_owned()).chain(cells).collect()
        })
        .collect();
    let table = section("sheet.side_by_side", &[], &rows, words);
    // The head of the table names the candidates.
    let heads: Vec<String> = compared
        .iter()
        .map(|one| format!("<th scope=\"col\">{}</th>", escape(&one.candidate.id)))
        .collect();
    let head = format!(
        "<thead><tr><th scope=\"col\">{}</th>{}</tr></thead>",
        escape(words.say("sheet.criterion")),
        heads.concat()
    );
    let table = table.replacen("<thead><tr></tr></thead>", &head, 1);
    let body = format!(
        "<p class=\"for\">{}</p>\n<h1>{}</h1>\n{table}",
        escape(words.fill("sheet.for", &[("name", &answer.request.name)])),
        escape(title)
    );
    page(territory, answer, title, &body, words)
}

/// The comparison as a table without shape: one row for each line, one column for each candidate.
///
/// # Errors
/// When a row does not fit, which would be a fault of this program.
pub fn comparison_table(
    territory: &Territory,
    answer: &Answer<'_>,
    compared: &[&Answered<'_>],
    words: &Words,
) -> Result<DeliveredLayer, DeliverError> {
    let mut fields = vec![Field::new("criterion", words.say("sheet.criterion"), FieldKind::Text)];
    fields.extend(compared.iter().enumerate().map(|(at, one)| {
        Field::new(&format!("candidate_{}", at + 1), &one.candidate.id, FieldKind::Text)
    }));
    let rows = lines(territory, answer, compared, words).into_iter().map(|line| {
        let cells = line.cells.iter().map(|(text, verdict)| {
            let verdict = verdict.map(|one| result_told(one, words));
            Cell::text(
                &verdict.map_or_else(|| text.clone(), |verdict| format!("{text} – {verdict}")),
            )
        });
        let values = std::iter::once(Cell::text(&line.title)).chain(cells).collect();
        Row { geometry: None, values }
    });
    let title = words.say("sheet.comparison");
    let layer = DeliveredLayer::new(COMPARISON, title, title, None, fields, rows.collect(), None)?;
    Ok(layers::honest(layer, territory, words))
}

fn lines(
    territory: &Territory,
    answer: &Answer<'_>,
    compared: &[&Answered<'_>],
    words: &Words,
) -> Vec<Line> {
    let plain = |key: &str, say: &dyn Fn(&Answered<'_>) -> String| Line {
        title: words.say(key).to_owned(),
        cells: compared.iter().map(|one| (say(one), None)).collect(),
    };
    let area = |m2: Option<f64>| {
        m2.map_or_else(
            || words.say("product.unknown").to_owned(),
            |m2| words.quantity(m2, Unit::SquareMeter),
        )
    };
    let mut lines = vec![
        plain("sheet.kind", &|one| kind_told(one.candidate.kind, words).to_owned()),
        plain("sheet.where", &|one| place_told(territory, &one.candidate)),
        plain("sheet.n_parcels", &|one| words.count(one.candidate.parcels.len())),
        plain("sheet.net", &|one| area(one.candidate.net_m2())),
        plain("sheet.gross", &|one| area(one.candidate.gross_m2)),
        plain("sheet.score_of_100", &|one| {
            one.row.score.map_or_else(|| "–".to_owned(), |score| words.number(score, 1))
        }),
        plain("sheet.reliability", &|one| words.quantity(one.row.reliability, Unit::Share)),
        plain("sheet.price", &|one| {
            let price = one.candidate.price_eur;
            price.map_or_else(
                || words.say("product.unknown").to_owned(),
                |price| format!("{} €", words.number(price, 0)),
            )
        }),
    ];
    if compared.iter().any(|one| one.housing.is_some()) {
        lines.push(plain("sheet.housing", &|one| {
            let enough = one.housing.as_ref().map(|(_, housed)| housed.is_enough());
            let key = match enough {
                Some(Some(true)) => "request.housing_enough",
                Some(Some(false)) => "request.housing_short",
                Some(None) => "request.housing_open",
                None => "product.unknown",
            };
            words.say(key).to_owned()
        }));
    }
    for (at, asked) in answer.asked.iter().enumerate() {
        lines.push(Line {
            title: label(asked, words).to_owned(),
            cells: compared
                .iter()
                .map(|one| {
                    let verdict = &one.verdicts[at];
                    (verdict_told(territory, asked, verdict, words), Some(verdict.result))
                })
                .collect(),
        });
    }
    for (at, criterion) in answer.profile.criteria.iter().enumerate() {
        let told = |one: &Answered<'_>| {
            let found = &one.row.assessments[at];
            let value = layers::measured_told(&found.measured, criterion.measure.unit(), words);
            match found.score() {
                Some(score) => format!("{value} ({} /100)", words.number(score * 100.0, 0)),
                None => value,
            }
        };
        lines.push(Line {
            title: words.pick(&criterion.label.fr, &criterion.label.en).to_owned(),
            cells: compared.iter().map(|one| (told(one), None)).collect(),
        });
    }
    lines
}
