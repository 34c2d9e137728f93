//! Visits and potential friches as tables and as JSON.

use gisement::domain::LandUnit;
use gisement::domain::Territory;
use gisement::evaluation::Ranking;
use gisement::friche::mutability::CriterionKey;
use gisement::friche::potential::PotentialFriche;
use gisement::friche::visits::ANSWERED_BY_VISIT;
use gisement::friche::visits::Visit;
use gisement::io::deliver::layers;
use gisement::units::Unit;
use gisement::words::Words;
use serde_json::Value as Json;
use serde_json::json;

use super::mutability::csv_of;
use super::table::Align;
use super::table::TextTable;
use crate::cli::CliError;

/// The visits, the one that would move the ranking most first.
pub(crate) fn visits_table(
    territory: &Territory,
    ranking: &Ranking,
    visits: &[Visit],
    words: &Words,
) -> String {
    let mut text = super::synthetic_line(territory, words);
    let of = [("n", words.count(visits.len())), ("of", words.count(ranking.rows.len()))];
    let of = of.each_ref().map(|(place, value)| (*place, value.as_str()));
    text.push_str(&format!(
        "{} – {}\n",
        words.fill("visits.title", &of),
        words.fill("report.profile", &[("profile", &ranking.profile.id)])
    ));
    if visits.is_empty() {
        text.push_str(&format!("{}\n", words.say("visits.none")));
        return text;
    }
    let mut table = TextTable::new(&[
        (words.say("visits.order"), Align::Right),
        (words.say("report.id"), Align::Left),
        (words.say("report.commune"), Align::Left),
        (words.say("visits.now"), Align::Right),
        (words.say("visits.range"), Align::Left),
        (words.say("visits.places"), Align::Right),
        (words.say("visits.first_question"), Align::Left),
        (words.say("visits.alone"), Align::Left),
    ]);
    for (at, visit) in visits.iter().enumerate() {
        let Some(row) = ranking.rows.get(visit.row) else { continue };
        let commune = row.commune.and_then(|code| territory.commune(code));
        let range = |best: usize, worst: usize| {
            let (best, worst) = (words.count(best), words.count(worst));
            words.fill("visits.from_to", &[("best", &best), ("worst", &worst)])
        };
        let first = visit.swings.first();
        table.row(vec![
            words.count(at + 1),
            row.id.clone(),
            commune.map_or_else(String::new, |commune| commune.name.clone()),
            row.rank.map_or_else(|| "–".to_owned(), |rank| words.count(rank)),
            range(visit.best_rank, visit.worst_rank),
            words.count(visit.places()),
            first.map_or_else(String::new, |swing| {
                words.say(&format!("mutability_criterion.{}", swing.criterion)).to_owned()
            }),
            first.map_or_else(String::new, |swing| range(swing.best_rank, swing.worst_rank)),
        ]);
    }
    text.push('\n');
    text.push_str(&table.text());
    text.push_str(&format!("\n{}\n{}\n", words.say("visits.how"), words.say("visits.next")));
    text
}

/// The same for programs.
pub(crate) fn visits_json(territory: &Territory, ranking: &Ranking, visits: &[Visit]) -> Json {
    let rows: Vec<Json> = visits
        .iter()
        .filter_map(|visit| ranking.rows.get(visit.row).map(|row| (visit, row)))
        .map(|(visit, row)| {
            let questions: Vec<Json> = visit
                .swings
                .iter()
                .map(|swing| {
                    json!({
                        "criterion": swing.criterion.as_str(),
                        "best_rank": swing.best_rank,
                        "worst_rank": swing.worst_rank,
                        "places": swing.places(),
                        "best_score": swing.best_score,
                        "worst_score": swing.worst_score,
                    })
                })
                .collect();
            json!({
                "id": row.id,
                "commune": row.commune.map(|code| code.to_string()),
                "rank": row.rank,
                "score": row.score,
                "best_rank": visit.best_rank,
                "worst_rank": visit.worst_rank,
                "places": visit.places(),
                "questions": questions,
            })
        })
        .collect();
    json!({
        "profile": ranking.profile.id,
        "synthetic": territory.is_synthetic(),
        "n_candidates": ranking.rows.len(),
        "visits": rows,
    })
}

/// A table to fill on the spot, read again as `[layers.field_visits]`: a line per site, a column per question; `;` and a
/// mark of UTF-8, as spreadsheets of the country want it. What is known already is written in.
pub(crate) fn visit_sheet(
    territory: &Territory,
    ranking: &Ranking,
    visits: &[Visit],
) -> Result<Vec<u8>, CliError> {
    let mut header = vec!["site_id", "commune", "visite_date"];
    header.extend(ANSWERED_BY_VISIT.map(CriterionKey::as_str));
    header.push("demande_en_attente");
    let sites = territory.friches.as_ref().map(|layer| &layer.entities[..]).unwrap_or_default();
    let rows = visits.iter().filter_map(|visit| ranking.rows.get(visit.row)).map(|row| {
        let commune = row.commune.and_then(|code| territory.commune(code));
        let name = commune.map_or_else(String::new, |commune| commune.name.clone());
        let visit = sites.get(row.unit).and_then(|site| site.visit.as_ref());
        let mut cells = vec![row.id.clone(), name, String::new()];
        cells.extend(ANSWERED_BY_VISIT.map(|key| {
            let said = visit.and_then(|visit| visit.answers.get(key.as_str()));
            said.map_or_else(String::new, |said| said.to_string())
        }));
        cells.push(String::new());
        cells
    });
    csv_of(&header, rows)
}

/// Potential friches, the strongest signs first; `all` of them, of which `found` are shown.
pub(crate) fn potential_table(
    territory: &Territory,
    found: &[PotentialFriche],
    all: usize,
    words: &Words,
) -> String {
    let mut text = super::synthetic_line(territory, words);
    let n = [("n", words.count(found.len())), ("of", words.count(all))];
    let n = n.each_ref().map(|(place, value)| (*place, value.as_str()));
    text.push_str(&format!("{}\n", words.fill("potential.title", &n)));
    if found.is_empty() {
        text.push_str(&format!("{}\n", words.say("potential.none")));
        return text;
    }
    let mut table = TextTable::new(&[
        (words.say("report.id"), Align::Left),
        (words.say("report.commune"), Align::Left),
        (words.say("potential.built"), Align::Right),
        (words.say("potential.signs"), Align::Left),
        (words.say("potential.parcels"), Align::Left),
    ]);
    for (one, unit) in of_units(territory, found) {
        let commune = unit.commune.and_then(|code| territory.commune(code));
        let built_m2 = unit.built_m2.map(|built_m2| words.quantity(built_m2, Unit::SquareMeter));
        let signs: Vec<String> =
            one.signs.iter().map(|(sign, about)| layers::sign_told(*sign, about, words)).collect();
        table.row(vec![
            unit.id.to_string(),
            commune.map_or_else(String::new, |commune| commune.name.clone()),
            built_m2.unwrap_or_default(),
            signs.join(" ; "),
            parcels(territory, unit).join(", "),
        ]);
    }
    text.push('\n');
    text.push_str(&table.text());
    text.push_str(&format!("\n{}\n", words.say("potential.reserve")));
    text
}

/// The same for programs.
pub(crate) fn potential_json(territory: &Territory, found: &[PotentialFriche]) -> Json {
    let rows: Vec<Json> = of_units(territory, found)
        .map(|(one, unit)| {
            let signs: Vec<Json> = one
                .signs
                .iter()
                .map(|(sign, about)| json!({"sign": sign.as_str(), "about": about}))
                .collect();
            json!({
                "id": unit.id,
                "commune": unit.commune.map(|code| code.to_string()),
                "parcels": parcels(territory, unit),
                "built_m2": unit.built_m2,
                "strength": one.strength(),
                "signs": signs,
                "to_check": true,
            })
        })
        .collect();
    json!({"synthetic": territory.is_synthetic(), "potential": rows})
}

fn of_units<'a>(
    territory: &'a Territory,
    found: &'a [PotentialFriche],
) -> impl Iterator<Item = (&'a PotentialFriche, &'a LandUnit)> {
    found.iter().filter_map(|one| {
        let stock = territory.stock.as_ref()?;
        stock.units.entities.get(one.unit).map(|unit| (one, unit))
    })
}

fn parcels(territory: &Territory, unit: &LandUnit) -> Vec<String> {
    unit.parcels
        .iter()
        .filter_map(|at| territory.parcels.as_ref()?.entities.get(*at))
        .map(|parcel| parcel.id.to_string())
        .collect()
}
