//! The candidates and the near misses of an answer as layers.

use geo::Geometry;

use super::asks;
use super::fails_told;
use super::label;
use super::result_told;
use super::verdict_told;
use crate::domain::Territory;
use crate::evaluation::Measured;
use crate::io::deliver::DeliverError;
use crate::io::deliver::layer::Cell;
use crate::io::deliver::layer::DeliveredLayer;
use crate::io::deliver::layer::Field;
use crate::io::deliver::layer::FieldKind;
use crate::io::deliver::layer::GeometryKind;
use crate::io::deliver::layer::Row;
use crate::io::deliver::layers::honest;
use crate::io::deliver::layers::place;
use crate::io::deliver::layers::shape_as_area;
use crate::io::deliver::styles;
use crate::request::Answer;
use crate::request::Answered;
use crate::request::Asked;
use crate::request::AssemblyFacts;
use crate::request::Candidate;
use crate::request::CandidateKind;
use crate::request::Verdict;
use crate::request::VerdictResult;
use crate::units::PERCENT;
use crate::units::Unit;
use crate::words::Words;

/// Names of the layers.
const CANDIDATES: &str = "request_candidates";
const NEAR_MISSES: &str = "request_near_misses";

/// The candidates, the best first, with the verdict on each condition.
///
/// # Errors
/// When a row does not fit its layer, which would be a fault of this program.
pub fn candidates(
    territory: &Territory,
    answer: &Answer<'_>,
    words: &Words,
) -> Result<DeliveredLayer, DeliverError> {
    let real = |decimals| FieldKind::Real { decimals };
    let mut fields = vec![field("rank", FieldKind::Integer, words)];
    fields.extend(land_fields(words));
    fields.extend([
        field("score", real(1), words),
        field("score_low", real(1), words),
        field("score_high", real(1), words),
        field("reliability", real(0), words),
        field("first_share", real(1), words),
        coded("fits", &["sure", "to-check"], words),
        coded("housing_enough", &["yes", "no", "uncertain"], words),
        field("households", real(0), words),
        field("same_land", FieldKind::Text, words),
        field("to_ask", FieldKind::Text, words),
    ]);
    fields.extend(condition_fields(&answer.asked, words));
    let rows = answer.candidates.iter().map(|one| {
        let mut values = vec![Cell::Integer(one.row.rank.unwrap_or_default() as i64)];
        values.extend(land_cells(territory, &one.candidate, one.assembly.as_ref()));
        values.extend(standing_cells(answer, one, words));
        values.extend(condition_cells(territory, &answer.asked, &one.verdicts, words));
        row(&one.candidate, values)
    });
    let rows = rows.collect();
    layer(CANDIDATES, territory, answer, fields, rows, words)
}

/// The near misses, the nearest first, with what each fails.
///
/// # Errors
/// As [`candidates`].
pub fn near_misses(
    territory: &Territory,
    answer: &Answer<'_>,
    words: &Words,
) -> Result<DeliveredLayer, DeliverError> {
    let mut fields = land_fields(words);
    fields.extend([
        field("n_fails", FieldKind::Integer, words),
        field("fails", FieldKind::Text, words),
        field("to_ask", FieldKind::Text, words),
    ]);
    fields.extend(condition_fields(&answer.asked, words));
    let mut rows = Vec::new();
    for miss in &answer.near_misses {
        let Some((land, verdicts, assembly)) = answer.missed.get(miss.candidate) else { continue };
        let mut values = land_cells(territory, land, assembly.as_ref());
        values.extend([
            Cell::Integer(miss.fails.len() as i64),
            Cell::text(&fails_told(territory, &answer.asked, miss, verdicts, words)),
            Cell::text_or_null(&asks(&answer.asked, verdicts, words).join(" ; ")),
        ]);
        values.extend(condition_cells(territory, &answer.asked, verdicts, words));
        rows.push(row(land, values));
    }
    layer(NEAR_MISSES, territory, answer, fields, rows, words)
}

fn layer(
    name: &str,
    territory: &Territory,
    answer: &Answer<'_>,
    fields: Vec<Field>,
    rows: Vec<Row>,
    words: &Words,
) -> Result<DeliveredLayer, DeliverError> {
    let about = words.fill(&format!("layer_about.{name}"), &[("name", &answer.request.name)]);
    let made = DeliveredLayer::new(
        name,
        words.say(&format!("layer.{name}")),
        &about,
        Some(GeometryKind::MultiPolygon),
        fields,
        rows,
        styles::style(name, words),
    )?;
    Ok(honest(made, territory, words))
}

fn row(candidate: &Candidate<'_>, values: Vec<Cell>) -> Row {
    let geometry: Geometry<f64> = shape_as_area(&candidate.geometry, candidate.gross_m2);
    Row { geometry: Some(geometry), values }
}

fn field(name: &str, kind: FieldKind, words: &Words) -> Field {
    Field::new(name, words.say(&format!("field.{name}")), kind)
}

fn coded(name: &str, codes: &[&str], words: &Words) -> Field {
    let labels = codes
        .iter()
        .map(|code| ((*code).to_owned(), words.say(&format!("{name}.{code}")).to_owned()))
        .collect();
    field(name, FieldKind::Text, words).with_values(labels)
}

fn land_fields(words: &Words) -> Vec<Field> {
    let real = |decimals| FieldKind::Real { decimals };
    let kinds = CandidateKind::ALL
        .map(|kind| (kind.as_str().to_owned(), super::kind_told(kind, words).to_owned()));
    vec![
        field("candidate_id", FieldKind::Text, words),
        Field::new("kind", words.say("field.candidate_kind"), FieldKind::Text)
            .with_values(kinds.to_vec()),
        field("commune", FieldKind::Text, words),
        field("commune_name", FieldKind::Text, words),
        field("epci_name", FieldKind::Text, words),
        field("net_area_m2", real(0), words),
        field("gross_area_m2", real(0), words),
        field("availability", FieldKind::Text, words),
        Field::new("n_parcels", words.say("field.candidate_parcels"), FieldKind::Integer),
        field("parcel_list", FieldKind::Text, words),
        field("n_owners", FieldKind::Integer, words),
        field("pivots", FieldKind::Text, words),
        field("price_eur", real(0), words),
    ]
}

fn land_cells(
    territory: &Territory,
    land: &Candidate<'_>,
    assembly: Option<&AssemblyFacts>,
) -> Vec<Cell> {
    let classes: Vec<&str> = land.classes.iter().map(|class| class.as_str()).collect();
    let parcels: Vec<String> = land.parcels.iter().map(|(id, _)| id.to_string()).collect();
    let pivots: Vec<String> =
        assembly.iter().flat_map(|facts| facts.pivots()).map(|id| id.to_string()).collect();
    let owners = assembly.filter(|facts| facts.owners_unknown == 0).map(|facts| facts.owners);
    let mut cells = vec![Cell::text(&land.id), Cell::text(land.kind.as_str())];
    cells.extend(place(territory, land.commune));
    cells.extend([
        Cell::real(land.net_m2().map(f64::round)),
        Cell::real(land.gross_m2.map(f64::round)),
        Cell::text_or_null(&classes.join(" ; ")),
        Cell::Integer(parcels.len() as i64),
        Cell::text_or_null(&parcels.join(", ")),
        owners.map_or(Cell::Null, |owners| Cell::Integer(owners as i64)),
        Cell::text_or_null(&pivots.join(", ")),
        Cell::real(land.price_eur.map(f64::round)),
    ]);
    cells
}

fn standing_cells(answer: &Answer<'_>, one: &Answered<'_>, words: &Words) -> Vec<Cell> {
    let tenth = |number: f64| Cell::Real((number * 10.0).round() / 10.0 + 0.0);
    let housing = one.housing.as_ref();
    let enough = housing.map(|(_, housed)| match housed.is_enough() {
        Some(true) => "yes",
        Some(false) => "no",
        None => "uncertain",
    });
    vec![
        one.row.score.map_or(Cell::Null, tenth),
        tenth(one.row.score_low),
        tenth(one.row.score_high),
        Cell::Real((one.row.reliability * PERCENT).round()),
        one.standing.as_ref().map_or(Cell::Null, |standing| tenth(standing.first_share * PERCENT)),
        Cell::text(if one.is_sure() { "sure" } else { "to-check" }),
        enough.map_or(Cell::Null, Cell::text),
        Cell::real(housing.map(|(_, housed)| housed.needed.round())),
        Cell::text_or_null(&one.same_land.join(", ")),
        Cell::text_or_null(&asks(&answer.asked, &one.verdicts, words).join(" ; ")),
    ]
}

/// Two columns for each condition: the verdict, and what was measured in the unit of the column's name.
fn condition_fields(asked: &[Asked], words: &Words) -> Vec<Field> {
    let codes = [VerdictResult::Pass, VerdictResult::Fail, VerdictResult::Unknown];
    let labels: Vec<(String, String)> = codes
        .iter()
        .map(|code| {
            let told = result_told(*code, words);
            (code.as_str().to_owned(), told.to_owned())
        })
        .collect();
    asked
        .iter()
        .flat_map(|one| {
            let title = label(one, words);
            let kind = match one.unit {
                Unit::Category => FieldKind::Text,
                _ if one.one_of.is_some() => FieldKind::Text,
                _ => FieldKind::Real { decimals: 3 },
            };
            let suffix = one.unit.column_suffix();
            [
                Field::new(&format!("c_{}", one.id), title, FieldKind::Text)
                    .with_values(labels.clone()),
                Field::new(&format!("v_{}{suffix}", one.id), title, kind),
                Field::new(&format!("t_{}", one.id), title, FieldKind::Text).hidden(),
            ]
        })
        .collect()
}

fn condition_cells(
    territory: &Territory,
    asked: &[Asked],
    verdicts: &[Verdict],
    words: &Words,
) -> Vec<Cell> {
    asked
        .iter()
        .zip(verdicts)
        .flat_map(|(one, verdict)| {
            let is_text = one.unit == Unit::Category || one.one_of.is_some();
            let value = match &verdict.measured {
                Measured::Word(word) if is_text => Cell::text(word),
                Measured::Number(number) | Measured::StraightLine(number) if !is_text => {
                    Cell::Real((number * 1000.0).round() / 1000.0 + 0.0)
                }
                _ => Cell::Null,
            };
            [
                Cell::text(verdict.result.as_str()),
                value,
                Cell::text(&verdict_told(territory, one, verdict, words)),
            ]
        })
        .collect()
}
