//! What is known of one friche: its records and parcels, its uses, who answered what, what it costs.

use gisement::domain::Friche;
use gisement::domain::ListedLand;
use gisement::domain::Territory;
use gisement::evaluation::Ranked;
use gisement::friche;
use gisement::friche::SiteMutability;
use gisement::friche::costs::Cost;
use gisement::friche::costs::Range;
use gisement::friche::costs::SiteCosts;
use gisement::friche::costs::UnitCosts;
use gisement::friche::costs::costs;
use gisement::friche::enrichment::Origin;
use gisement::friche::mutability::Grid;
use gisement::io::deliver::DeliverError;
use gisement::units::Unit;
use gisement::words::Words;
use serde_json::Value as Json;
use serde_json::json;

use super::mutability;
use super::mutability_words as told;
use super::table::Align;
use super::table::TextTable;
use super::value;
use crate::cli::CliError;

/// The friche of a row.
pub(crate) fn of_row<'a>(territory: &'a Territory, row: &Ranked) -> Option<&'a Friche> {
    territory.friches.as_ref()?.entities.get(row.unit)
}

/// The use that suits a site best, with its index, and how far its source is to be trusted; empty where not known.
pub(crate) fn in_brief(site: &Friche, words: &Words) -> [String; 2] {
    let best = site.suitability.as_ref().and_then(|found| found.best());
    let best = best.map(|best| {
        let name = words.get(&format!("use_short.{}", best.code)).unwrap_or(&best.code).to_owned();
        format!("{name} {}", words.quantity(best.index.value, Unit::Percent))
    });
    let trust = match (&site.visit, site.source_trust) {
        (Some(_), _) => Some("visit"),
        (None, trust) => trust.map(gisement::domain::SourceTrust::as_str),
    };
    let trust = trust.map(|trust| words.say(&format!("trust_short.{trust}")).to_owned());
    [best.unwrap_or_default(), trust.unwrap_or_default()]
}

/// Everything about a site beside its score.
pub(crate) fn text(
    territory: &Territory,
    site: &Friche,
    grid: Option<&Grid>,
    words: &Words,
) -> Result<String, CliError> {
    let mut text = format!("\n{}\n", words.say("friche.title"));
    text.push_str(&records(territory, site, words));
    if let Some(grid) = grid {
        let known = friche::of_site(territory, site, grid);
        let answers = friche::answers(&known.found);
        text.push_str(&format!(
            "\n{}\n",
            mutability::table(grid, &answers, &known.mutability, words)
        ));
        text.push_str(&format!("{}\n\n", words.say("friche.answers_title")));
        text.push_str(&answers_table(&known, words).text());
        text.push_str(&format!("\n{}", money(territory, site, words)?));
    }
    Ok(text)
}

/// Records, outline and parcels, a line each.
fn records(territory: &Territory, site: &Friche, words: &Words) -> String {
    let mut lines = Vec::new();
    for record in &site.records {
        let trust = record.trust.map_or_else(
            || words.say("product.unknown").to_owned(),
            |trust| words.say(&format!("trust.{}", trust.as_str())).to_owned(),
        );
        let source = record.source.as_deref().unwrap_or_else(|| words.say("product.unknown"));
        lines.push(
            words.fill(
                "friche.record",
                &[("id", &record.id), ("source", source), ("trust", &trust)],
            ),
        );
    }
    if let Some(visit) = &site.visit {
        let day = visit.day.as_deref().unwrap_or_else(|| words.say("product.unknown"));
        lines.push(words.fill("friche.visited", &[("day", day)]));
    }
    let outline = words.say(&format!("outline.{}", site.outline.as_str())).to_owned();
    lines.push(words.fill("friche.outline", &[("outline", &outline)]));
    let land = territory.land_of(site);
    if !site.parcels.is_empty() {
        lines.push(parcels(site, &land, words));
    }
    lines.iter().map(|line| format!("  {line}\n")).collect()
}

fn parcels(site: &Friche, land: &ListedLand, words: &Words) -> String {
    let mut line = words.fill(
        "friche.parcels",
        &[
            ("listed", &words.count(site.parcels.len())),
            ("found", &words.count(land.parcels.len())),
            ("renumbered", &words.count(land.renumbered.len())),
            ("missing", &words.count(land.missing.len())),
            ("unknown", &words.count(land.unknown.len())),
        ],
    );
    if !land.missing.is_empty() {
        let ids: Vec<&str> = land.missing.iter().map(|idu| idu.as_str()).collect();
        line.push_str(&words.fill("friche.missing", &[("list", &ids.join(", "))]));
    }
    line
}

/// Every criterion, its answer, and who gave it or why nobody did.
fn answers_table(known: &SiteMutability, words: &Words) -> TextTable {
    let mut table = TextTable::new(&[
        (words.say("report.criterion"), Align::Left),
        (words.say("friche.answer"), Align::Left),
        (words.say("friche.origin"), Align::Left),
    ]);
    for one in &known.found {
        let (answer, origin) = match &one.answer {
            Ok((answer, origin)) => {
                (told::answer(one.criterion, *answer, words), origin_told(origin, words))
            }
            Err(reason) => {
                (words.say("product.unknown").to_owned(), value::why_unknown(reason, words))
            }
        };
        table.row(vec![told::criterion(one.criterion, words).to_owned(), answer, origin]);
    }
    table
}

fn origin_told(origin: &Origin, words: &Words) -> String {
    match origin {
        Origin::Visit { day: Some(day) } => words.fill("friche.by_visit_of", &[("day", day)]),
        Origin::Visit { day: None } => words.say("friche.by_visit").to_owned(),
        Origin::Layer(key) => words.get(&format!("layer.{key}")).unwrap_or(key).to_owned(),
        Origin::Inventory => words.say("friche.by_inventory").to_owned(),
        Origin::Derived => words.say("friche.by_derivation").to_owned(),
    }
}

/// Costs of clearing and of waiting, as ranges with their source.
fn money(territory: &Territory, site: &Friche, words: &Words) -> Result<String, CliError> {
    let units = UnitCosts::published().map_err(DeliverError::from)?;
    let found = costs(territory, site, &units);
    let mut table = TextTable::new(&[
        (words.say("cost.title"), Align::Left),
        (words.say("cost.range"), Align::Left),
    ]);
    for (title, total, costs) in [
        ("cost.doing", "cost.doing_total", &found.doing),
        ("cost.waiting", "cost.waiting_total", &found.waiting),
    ] {
        table.row(vec![words.say(title).to_owned(), String::new()]);
        for cost in costs {
            let name = words.say(&format!("cost.{}", cost.code)).to_owned();
            table.row(vec![format!("  {name}"), range(cost.range, words)]);
        }
        let sum = range(SiteCosts::total(costs), words);
        table.row(vec![format!("  {}", words.say(total)), sum]);
    }
    let source = words.fill("cost.source", &[("source", &units.source)]);
    Ok(format!("{}\n{source}\n", table.text()))
}

/// Sums below this are told as such, euros.
const SMALLEST_EUR: f64 = 100.0;

fn range(range: Option<Range>, words: &Words) -> String {
    let Some(range) = range.map(|range| range.rounded()) else {
        return words.say("product.unknown").to_owned();
    };
    let amount = |euros: f64| words.number(euros, 0);
    let low = amount(range.low);
    match range.high {
        Some(high) if high <= 0.0 => words.say("cost.none").to_owned(),
        // Less than anybody would budget: its figures would pretend to a precision that it has not.
        Some(high) if high < SMALLEST_EUR => {
            words.fill("cost.under", &[("amount", &amount(SMALLEST_EUR))])
        }
        Some(high) if range.low <= 0.0 => words.fill("cost.up_to", &[("high", &amount(high))]),
        None if range.low <= 0.0 => words.say("product.unknown").to_owned(),
        Some(high) if high == range.low => words.fill("cost.about", &[("amount", &low)]),
        Some(high) => words.fill("cost.between", &[("low", &low), ("high", &amount(high))]),
        None => words.fill("cost.at_least", &[("low", &low)]),
    }
}

/// What JSON says of a friche in every ranking.
pub(crate) fn row_json(territory: &Territory, site: &Friche, item: &mut Json) {
    let land = territory.land_of(site);
    let ids = |idus: &[gisement::domain::Idu]| -> Vec<String> {
        idus.iter().map(ToString::to_string).collect()
    };
    let records: Vec<Json> = site
        .records
        .iter()
        .map(|record| {
            json!({
                "id": record.id,
                "source": record.source,
                "trust": record.trust.map(gisement::domain::SourceTrust::as_str),
            })
        })
        .collect();
    item["parcels"] = json!(site.parcels.iter().map(ToString::to_string).collect::<Vec<_>>());
    item["parcels_found"] = json!(land.parcels.len());
    item["parcels_renumbered"] = json!(ids(&land.renumbered));
    item["parcels_missing"] = json!(ids(&land.missing));
    item["parcels_unknown"] = json!(ids(&land.unknown));
    item["outline"] = json!(site.outline.as_str());
    item["statut"] = json!(site.statut.map(gisement::domain::StatutFriche::as_str));
    item["source"] = json!(site.source);
    item["records"] = json!(records);
    let Some(suitability) = &site.suitability else { return };
    let uses: Vec<Json> = suitability
        .uses
        .iter()
        .map(|suited| {
            json!({
                "use": suited.code,
                "index": suited.index.value,
                "lowest": suited.index.low,
                "highest": suited.index.high,
                "rank": suited.rank,
                "excluded": suited.excluded,
            })
        })
        .collect();
    item["mutability"] = json!({
        "profile": suitability.method,
        "best_use": suitability.best().map(|best| &best.code),
        "uses": uses,
        "reliability": suitability.reliability,
        "n_known": suitability.answers.len(),
    });
}

/// What `explain` adds to that: who answered what, points for and against, costs.
pub(crate) fn details_json(
    territory: &Territory,
    site: &Friche,
    grid: Option<&Grid>,
    words: &Words,
    item: &mut Json,
) -> Result<(), CliError> {
    let Some(grid) = grid else { return Ok(()) };
    let known = friche::of_site(territory, site, grid);
    let answers = friche::answers(&known.found);
    item["mutability"] = mutability::json(grid, &answers, &known.mutability, words);
    let found: Vec<Json> = known
        .found
        .iter()
        .map(|one| match &one.answer {
            Ok((answer, origin)) => json!({
                "criterion": one.criterion.as_str(),
                "value": told::json(*answer),
                "origin": origin.as_str(),
            }),
            Err(reason) => json!({
                "criterion": one.criterion.as_str(),
                "unknown": {"code": reason.code(), "about": reason.about()},
            }),
        })
        .collect();
    item["answers"] = json!(found);
    let units = UnitCosts::published().map_err(DeliverError::from)?;
    let sums = costs(territory, site, &units);
    let list = |costs: &[Cost]| -> Vec<Json> {
        costs
            .iter()
            .map(|cost| {
                json!({"cost": cost.code, "low_eur": cost.range.map(|r| r.rounded().low),
                "high_eur": cost.range.and_then(|r| r.rounded().high)})
            })
            .collect()
    };
    item["costs"] = json!({
        "source": units.source,
        "doing": list(&sums.doing),
        "waiting_per_year": list(&sums.waiting),
    });
    Ok(())
}
