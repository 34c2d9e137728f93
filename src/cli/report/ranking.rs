//! A ranking as a table and as JSON.

use gisement::domain::Entity;
use gisement::domain::Epci;
use gisement::domain::Parcel;
use gisement::domain::Territory;
use gisement::evaluation::Measured;
use gisement::evaluation::Ranked;
use gisement::evaluation::Ranking;
use gisement::evaluation::UnitKind;
use gisement::evaluation::Verdict;
use gisement::evaluation::robustness::Standing;
use gisement::units::Unit;
use gisement::words::Words;
use serde_json::Value as Json;
use serde_json::json;

use super::table::Align;
use super::table::TextTable;

/// The first `top` rows as a table, with title and what was left out.
pub(crate) fn table(territory: &Territory, ranking: &Ranking, top: usize, words: &Words) -> String {
    let title = match ranking.profile.unit {
        UnitKind::Terrain => "report.terrains_title",
        UnitKind::Parcel => "report.land_title",
        UnitKind::Friche => "report.friches_title",
        UnitKind::Commune => "report.housing_title",
        UnitKind::Epci => "report.housing_epci_title",
    };
    let shown = top.min(ranking.rows.len());
    let mut text = super::synthetic_line(territory, words);
    text.push_str(&words.fill(
        title,
        &[
            ("top", &words.count(shown)),
            ("n", &words.count(ranking.rows.len())),
            ("units", &words.count(ranking.n_units)),
        ],
    ));
    text.push_str(&format!(
        " – {}\n",
        words.fill("report.profile", &[("profile", &ranking.profile.id)])
    ));
    for (condition, (_, left_out)) in ranking.profile.conditions.iter().zip(&ranking.left_out) {
        let line = words.fill(
            "report.left_out",
            &[
                ("condition", words.pick(&condition.label.fr, &condition.label.en)),
                ("failed", &words.count(left_out.failed)),
                ("unknown", &words.count(left_out.unknown)),
            ],
        );
        text.push_str(&format!("  {line}\n"));
    }
    text.push_str(&super::terrain::refused(territory, ranking, words));
    if ranking.rows.is_empty() {
        text.push_str(words.say("report.none"));
        text.push('\n');
        return text;
    }
    text.push('\n');
    text.push_str(&rows(territory, ranking, shown, words).text());
    if super::housing::is_housing(ranking)
        && let Some(note) =
            super::housing::straight_access_note(territory, &ranking.rows[..shown], words)
    {
        text.push_str(&format!("{note}\n"));
    }
    if let Some(sentence) = super::robustness::leader(ranking, words) {
        text.push_str(&format!("\n{sentence}\n"));
    }
    text
}

/// How much a row's rank owes to the weights; `None` beyond the best rows.
fn standing<'a>(ranking: &'a Ranking, row: &Ranked) -> Option<&'a Standing> {
    ranking.robustness.as_ref()?.of(row)
}

/// Where the availability of a terrain, or the best use of a friche, stands in the table: behind its area.
const AFTER_AREA: usize = 5;

/// Where the name of the commune stands, which an EPCI has not.
const COMMUNE: usize = 2;

fn rows(territory: &Territory, ranking: &Ranking, shown: usize, words: &Words) -> TextTable {
    let is_housing = super::housing::is_housing(ranking);
    let is_epci = ranking.profile.unit == UnitKind::Epci;
    let is_terrain = ranking.profile.unit == UnitKind::Terrain;
    let area_title = if is_terrain { "report.net_area" } else { "report.area" };
    let mut titles = vec![
        (words.say("report.rank"), Align::Right),
        (words.say("report.id"), Align::Left),
        (words.say("report.commune"), Align::Left),
        (words.say("report.epci"), Align::Left),
        (words.say(area_title), Align::Right),
        (words.say("report.score"), Align::Right),
        (words.say("report.bounds"), Align::Left),
        (words.say("report.first"), Align::Right),
        (words.say("report.reliability"), Align::Right),
        (words.say("report.verdict"), Align::Left),
        (words.say("report.weak_point"), Align::Left),
    ];
    if is_terrain {
        titles.insert(AFTER_AREA, (words.say("report.availability"), Align::Left));
    }
    let is_friche = ranking.profile.unit == UnitKind::Friche;
    if is_friche {
        titles.insert(AFTER_AREA, (words.say("report.best_use"), Align::Left));
        titles.insert(AFTER_AREA + 1, (words.say("report.listed_by"), Align::Left));
    }
    if is_housing {
        titles.insert(AFTER_AREA, (words.say("report.mobilisable"), Align::Left));
        titles.insert(AFTER_AREA + 1, (words.say("report.vacant_2y"), Align::Left));
        titles.insert(AFTER_AREA + 2, (words.say("report.tension"), Align::Left));
    }
    if is_epci {
        titles.remove(COMMUNE);
    }
    let mut table = TextTable::new(&titles);
    for row in ranking.rows.iter().take(shown) {
        let commune = row.commune.and_then(|code| territory.commune(code));
        let terrain = super::terrain::of_row(territory, row)
            .map(|(_, terrain)| terrain)
            .filter(|_| is_terrain);
        let area = match terrain {
            Some(terrain) => terrain.net_m2(),
            None => territory
                .layer(ranking.profile.unit.layer())
                .and_then(|layer| layer.entity(row.unit))
                .and_then(Entity::area)
                .map(|area| area.get()),
        };
        let mut cells = vec![
            row.rank.map_or_else(|| "–".to_owned(), |rank| rank.to_string()),
            row.id.clone(),
            commune.map_or_else(String::new, |commune| commune.name.clone()),
            epci_of(territory, row).map_or_else(String::new, |epci| epci.name.clone()),
            area.map_or_else(
                || words.say("product.unknown").to_owned(),
                |area| words.quantity(area, Unit::SquareMeter),
            ),
            row.score.map_or_else(|| "–".to_owned(), |score| words.number(score, 1)),
            format!("{}–{}", words.number(row.score_low, 0), words.number(row.score_high, 0)),
            standing(ranking, row)
                .map_or_else(|| "–".to_owned(), |s| words.quantity(s.first_share, Unit::Share)),
            words.quantity(row.reliability, Unit::Share),
            words.say(&format!("verdict.{}", row.verdict.as_str())).to_owned(),
            weak_point(ranking, row, words),
        ];
        if let Some(terrain) = terrain {
            let key = format!("availability.{}", terrain.availability.as_str());
            cells.insert(AFTER_AREA, words.say(&key).to_owned());
        }
        if let Some(site) = super::friche::of_row(territory, row).filter(|_| is_friche) {
            let [best, trust] = super::friche::in_brief(site, words);
            cells.insert(AFTER_AREA, best);
            cells.insert(AFTER_AREA + 1, trust);
        }
        if is_housing {
            let count = |column: &str| {
                let figure = super::housing::figure(territory, row, column);
                super::housing::in_words(&figure, Unit::Count, words)
            };
            let tension = super::housing::tension(territory, ranking, row);
            cells.insert(AFTER_AREA, count("mobilisable"));
            cells.insert(AFTER_AREA + 1, count("vacant_2y"));
            cells.insert(AFTER_AREA + 2, super::housing::tension_in_words(tension.as_ref(), words));
        }
        if is_epci {
            cells.remove(COMMUNE);
        }
        table.row(cells);
    }
    table
}

/// The EPCI of a row, or that it is.
fn epci_of<'a>(territory: &'a Territory, row: &Ranked) -> Option<&'a Epci> {
    match row.commune {
        Some(code) => territory.epci_of(code),
        None => territory.epci(row.id.parse().ok()?),
    }
}

/// The criterion that costs a row most; for an excluded row, the one that excludes it.
fn weak_point(ranking: &Ranking, row: &Ranked, words: &Words) -> String {
    let criteria = &ranking.profile.criteria;
    let pairs = || criteria.iter().zip(&row.assessments);
    let worst = match row.verdict {
        Verdict::Vetoed => pairs().find(|(_, assessment)| assessment.vetoed),
        _ => pairs()
            .filter_map(|pair| pair.1.score().map(|score| (pair, pair.0.weight * (1.0 - score))))
            .filter(|(_, cost)| *cost > 0.0)
            .max_by(|a, b| a.1.total_cmp(&b.1))
            .map(|(pair, _)| pair),
    };
    worst.map_or_else(String::new, |(criterion, assessment)| {
        format!(
            "{} ({})",
            words.pick(&criterion.label.fr, &criterion.label.en),
            super::value::in_words(&assessment.measured, criterion.measure.unit(), words)
        )
    })
}

/// The first `top` rows as JSON; all when `top` is `None`. Numbers keep their precision, unknown is `null` with a reason.
pub(crate) fn json(territory: &Territory, ranking: &Ranking, top: Option<usize>) -> Json {
    let shown = top.unwrap_or(usize::MAX);
    let rows: Vec<Json> =
        ranking.rows.iter().take(shown).map(|row| row_json(territory, ranking, row)).collect();
    let left_out: Vec<Json> = ranking
        .left_out
        .iter()
        .map(|(id, left)| json!({"condition": id, "failed": left.failed, "unknown": left.unknown}))
        .collect();
    json!({
        "profile": ranking.profile.id,
        "unit": ranking.profile.unit.as_str(),
        "method": ranking.profile.method.as_str(),
        "synthetic": territory.is_synthetic(),
        "n_units": ranking.n_units,
        "n_candidates": ranking.rows.len(),
        "ahp": ranking.profile.comparisons.as_ref().map(super::robustness::ahp_json),
        "robustness": ranking.robustness.as_ref().map(super::robustness::json),
        "left_out": left_out,
        "refused": super::terrain::refused_json(territory, ranking),
        "rows": rows,
    })
}

/// One row as JSON.
pub(crate) fn row_json(territory: &Territory, ranking: &Ranking, row: &Ranked) -> Json {
    let commune = row.commune.and_then(|code| territory.commune(code));
    let epci = row.commune.and_then(|code| territory.epci_of(code));
    let entity =
        territory.layer(ranking.profile.unit.layer()).and_then(|layer| layer.entity(row.unit));
    let criteria: Vec<Json> = ranking
        .profile
        .criteria
        .iter()
        .zip(&row.assessments)
        .map(|(criterion, assessment)| {
            let mut item = json!({
                "id": criterion.id,
                "unit": criterion.measure.unit().to_string(),
                "score": assessment.score(),
                "score_low": assessment.bounds.0,
                "score_high": assessment.bounds.1,
                "weight": criterion.weight,
                "vetoed": assessment.vetoed,
            });
            let (key, value) = match &assessment.measured {
                Measured::Number(number) | Measured::StraightLine(number) => {
                    ("value", json!(number))
                }
                Measured::Word(word) => ("value", json!(word)),
                Measured::Estimate(estimate) => ("value", json!(estimate.value)),
                // An upper bound that nobody knows is `null`: JSON has no infinity.
                Measured::Between { low, high } | Measured::StraightLineBetween { low, high } => {
                    ("value", json!({"low": low, "high": high}))
                }
                Measured::NoneFound { within } => ("none_within_m", json!(within.get())),
                Measured::NoneInTime { within } => ("none_within_min", json!(within.get())),
                Measured::Unknown(reason) => {
                    ("unknown", json!({"code": reason.code(), "about": reason.about()}))
                }
            };
            item[key] = value;
            if let Measured::Estimate(estimate) = &assessment.measured {
                item["value_low"] = json!(estimate.low);
                item["value_high"] = json!(estimate.high);
                item["known_share"] = json!(estimate.known);
            }
            if assessment.measured.is_straight_line() {
                item["straight_line"] = json!(true);
            }
            item
        })
        .collect();
    let standing = standing(ranking, row);
    let mut item = json!({
        "id": row.id,
        "unit": ranking.profile.unit.as_str(),
        "commune": row.commune.map(|code| code.to_string()),
        "commune_name": commune.map(|commune| commune.name.clone()),
        "epci": epci.map(|epci| epci.siren.to_string()),
        "epci_name": epci.map(|epci| epci.name.clone()),
        "area_m2": entity.and_then(Entity::area).map(|area| area.get()),
        "score": row.score,
        "score_low": row.score_low,
        "score_high": row.score_high,
        "rank": row.rank,
        "first_share": standing.map(|standing| standing.first_share),
        "rank_low": standing.map(|standing| standing.rank_low),
        "rank_high": standing.map(|standing| standing.rank_high),
        "top10_share": standing.map(|standing| standing.top10_share),
        "reliability": row.reliability,
        "verdict": row.verdict.as_str(),
        "criteria": criteria,
    });
    match ranking.profile.unit {
        UnitKind::Terrain => super::terrain::json(territory, ranking, row, &mut item),
        UnitKind::Parcel => {
            item["parcels"] = json!([row.id]);
            let parcel: Option<&Parcel> =
                territory.parcels.as_ref().and_then(|layer| layer.entities.get(row.unit));
            item["contenance_m2"] =
                json!(parcel.and_then(|parcel| parcel.contenance).map(|area| area.get()));
        }
        UnitKind::Friche => {
            if let Some(site) = super::friche::of_row(territory, row) {
                super::friche::row_json(territory, site, &mut item);
            }
        }
        UnitKind::Commune | UnitKind::Epci => {
            super::housing::json_of(territory, ranking, row, &mut item);
        }
    }
    item
}
