//! Housing of a commune or an EPCI: what could be mobilised, how tight it is, as cells, as a text and as JSON.

use gisement::domain::HousingKind;
use gisement::domain::HousingRules;
use gisement::domain::LayerKey;
use gisement::domain::Territory;
use gisement::domain::Value;
use gisement::evaluation::Measure;
use gisement::evaluation::Ranked;
use gisement::evaluation::Ranking;
use gisement::evaluation::UnitKind;
use gisement::housing;
use gisement::housing::Tension;
use gisement::units::Unit;
use gisement::words::Words;
use serde_json::Value as Json;
use serde_json::json;

use super::table::Align;
use super::table::TextTable;

/// Whether a ranking is one of housing.
pub(crate) fn is_housing(ranking: &Ranking) -> bool {
    matches!(ranking.profile.unit, UnitKind::Commune | UnitKind::Epci)
}

/// A figure of a ranked commune or EPCI.
pub(crate) fn figure<'a>(territory: &'a Territory, row: &Ranked, column: &str) -> Value<'a> {
    let Some(table) = territory.tables.get(LayerKey::HOUSING) else { return Value::Missing };
    match (row.commune, row.id.parse()) {
        (Some(commune), _) => table.value(commune, column),
        (None, Ok(siren)) => table.value_of_epci(siren, column),
        (None, Err(_)) => Value::Missing,
    }
}

/// The name of a ranked commune or EPCI.
pub(crate) fn name(territory: &Territory, row: &Ranked) -> Option<String> {
    match row.commune {
        Some(code) => territory.commune(code).map(|commune| commune.name.clone()),
        None => {
            let siren = row.id.parse().ok()?;
            territory.epci(siren).map(|epci| epci.name.clone())
        }
    }
}

/// The tension of a row; `None` when the territory was not prepared.
pub(crate) fn tension(territory: &Territory, ranking: &Ranking, row: &Ranked) -> Option<Tension> {
    let rules = territory.housing_rules.as_ref()?;
    Some(housing::tension(&rules.tension, &ranking.profile, row))
}

/// A tension as people read it: `tendu (58,3 ; 41 à 72)`, `inconnue`.
pub(crate) fn tension_in_words(tension: Option<&Tension>, words: &Words) -> String {
    tension
        .map_or_else(|| words.say("product.unknown").to_owned(), |tension| tension.in_words(words))
}

/// A figure as people read it, with its bounds.
pub(crate) fn in_words(value: &Value<'_>, unit: Unit, words: &Words) -> String {
    match value {
        Value::Number(number) => words.quantity(*number, unit),
        Value::Between { low, high } if high.is_finite() => words.fill(
            "report.between",
            &[("low", &words.quantity(*low, unit)), ("high", &words.quantity(*high, unit))],
        ),
        Value::Between { low, .. } => {
            words.fill("report.at_least", &[("low", &words.quantity(*low, unit))])
        }
        Value::Estimate(estimate) => super::value::estimate(estimate, unit, words),
        _ => words.say("product.unknown").to_owned(),
    }
}

/// What `explain` says beyond the score: the stocks and what of each could be mobilised, the demand, the tension.
pub(crate) fn text(
    territory: &Territory,
    ranking: &Ranking,
    row: &Ranked,
    words: &Words,
) -> String {
    let Some(rules) = &territory.housing_rules else { return String::new() };
    let of = |column: &str| in_words(&figure(territory, row, column), unit_of(column), words);
    let mut stocks = TextTable::new(&[
        (words.say("housing.stock"), Align::Left),
        (words.say("housing.dwellings"), Align::Left),
        (words.say("housing.share"), Align::Right),
        (words.say("housing.mobilisable"), Align::Left),
        (words.say("housing.vintage"), Align::Left),
        (words.say("report.why"), Align::Left),
    ]);
    for kind in HousingKind::ALL {
        let source = rules.mobilisable.get(&kind).map_or("", |share| share.source.as_str());
        let is_known = figure(territory, row, kind.stock()) != Value::Missing;
        let vintage =
            if is_known { vintage(territory, kind.stock(), words) } else { String::new() };
        stocks.row(vec![
            words.say(&format!("housing_kind.{}", kind.as_str())).to_owned(),
            of(kind.stock()),
            words.quantity(rules.share(kind), Unit::Share),
            of(kind.mobilisable()),
            vintage,
            source.to_owned(),
        ]);
    }
    stocks.row(vec![
        words.say("housing.total").to_owned(),
        String::new(),
        String::new(),
        of("mobilisable"),
        String::new(),
        String::new(),
    ]);
    let tension = tension(territory, ranking, row);
    let bounds = tension.as_ref().map_or_else(String::new, |tension| {
        words.fill(
            "housing.tension_line",
            &[
                ("class", &tension.in_words(words)),
                ("low", &words.number(tension.low.floor(), 0)),
                ("high", &words.number(tension.high.ceil(), 0)),
                ("known", &words.quantity(tension.known, Unit::Share)),
                ("classes", &classes(territory, words)),
                ("source", &rules.tension.source),
            ],
        )
    });
    let demand = words.fill(
        "housing.demand_line",
        &[
            ("jobs", &of("jobs")),
            ("workers", &of("workers")),
            ("concentration", &of("job_concentration_percent")),
            ("contained", &of("self_containment_percent")),
            ("sufficient", &of("self_sufficiency_percent")),
        ],
    );
    let mut access = words.fill("housing.access_line", &[("access", &of(housing::ACCESS))]);
    if has_straight_access(territory, row) {
        access.push_str(&format!(" {}", words.say("housed.straight_line")));
    }
    format!(
        "\n{}\n{}\n{bounds}\n{demand}\n{access}\n",
        words.fill("housing.title", &[("rules", &rules_told(rules, words))]),
        stocks.text()
    )
}

/// Whether what falls to each job of a row rests on straight lines.
pub(crate) fn has_straight_access(territory: &Territory, row: &Ranked) -> bool {
    figure(territory, row, housing::ACCESS_IS_STRAIGHT) == Value::Flag(true)
}

/// A note under a table of communes and EPCIs of which some have an access that rests on straight lines.
pub(crate) fn straight_access_note(
    territory: &Territory,
    rows: &[Ranked],
    words: &Words,
) -> Option<String> {
    let n = rows.iter().filter(|row| has_straight_access(territory, row)).count();
    (n > 0).then(|| words.fill("housing.straight_access", &[("n", &words.count(n))]))
}

/// The name of the rules: a file of the territory's own says so, whatever identifier it has.
pub(crate) fn rules_told(rules: &HousingRules, words: &Words) -> String {
    if rules.is_of_territory {
        words.fill("housing.rules_of_territory", &[("rules", &rules.id)])
    } else {
        rules.id.clone()
    }
}

/// The classes of tension with their thresholds: `détendu jusqu'à 35, …`.
fn classes(territory: &Territory, words: &Words) -> String {
    let rules = territory.housing_rules.iter();
    let told: Vec<String> = rules
        .flat_map(|rules| &rules.tension.classes)
        .map(|class| {
            words.fill(
                "housing.class_up_to",
                &[
                    ("class", words.pick(&class.label.fr, &class.label.en)),
                    ("up_to", &words.number(class.up_to, 0)),
                ],
            )
        })
        .collect();
    told.join(", ")
}

fn vintage(territory: &Territory, column: &str, words: &Words) -> String {
    let table = territory.tables.get(LayerKey::HOUSING);
    let vintage = table.and_then(|table| table.vintages.get(column));
    vintage.map_or_else(|| words.say("product.no_vintage").to_owned(), Clone::clone)
}

/// Sources and years of the figures that a column of housing is made of; `None` for any other measure.
pub(crate) fn sources(territory: &Territory, measure: &Measure, words: &Words) -> Option<String> {
    let (Measure::CommuneFigure { table, name, .. } | Measure::ReachOf { table, name, .. }) =
        measure
    else {
        return None;
    };
    if table != LayerKey::HOUSING {
        return None;
    }
    let figures = territory.tables.get(LayerKey::HOUSING)?;
    let origins: Vec<String> = figures
        .made_of
        .get(name)?
        .iter()
        .filter_map(|key| {
            let (_, provenance) = territory.provenances().find(|(known, _)| *known == key)?;
            Some(gisement::io::deliver::layers::origin(key, provenance, words))
        })
        .collect();
    if origins.is_empty() {
        return Some("–".to_owned());
    }
    let years = figures.vintages.get(name);
    let years = years.map_or_else(
        || words.say("product.no_vintage").to_owned(),
        |years| words.fill("product.vintage", &[("vintage", years)]),
    );
    Some(format!("{}, {years}", origins.join(" ; ")))
}

/// Keys of the tables that the figures of a ranking of housing are made of.
pub(crate) fn tables_used<'a>(territory: &'a Territory, ranking: &Ranking) -> Vec<&'a str> {
    let Some(figures) = territory.tables.get(LayerKey::HOUSING).filter(|_| is_housing(ranking))
    else {
        return Vec::new();
    };
    let measures = ranking.profile.criteria.iter().map(|criterion| &criterion.measure);
    measures
        .filter_map(|measure| match measure {
            Measure::CommuneFigure { table, name, .. } if table == LayerKey::HOUSING => {
                figures.made_of.get(name)
            }
            _ => None,
        })
        .flatten()
        .map(String::as_str)
        .collect()
}

fn unit_of(column: &str) -> Unit {
    let measure = Measure::Attribute { name: column.to_owned() };
    measure.unit()
}

/// Adds to a row of JSON: kind, code, name, tension, every figure with its bounds.
pub(crate) fn json_of(territory: &Territory, ranking: &Ranking, row: &Ranked, item: &mut Json) {
    item["kind"] = json!(ranking.profile.unit.as_str());
    item["code"] = json!(row.id);
    item["name"] = json!(name(territory, row));
    item["tension"] = tension(territory, ranking, row).map_or(Json::Null, |tension| {
        json!({
            "class": tension.class.as_ref().map(|class| &class.id),
            "label": tension.class.as_ref().map(|class| json!({"fr": class.label.fr, "en": class.label.en})),
            "index": tension.index,
            "low": tension.low,
            "high": tension.high,
            "known_share": tension.known,
        })
    });
    let columns = territory.tables.get(LayerKey::HOUSING).map(|table| &table.columns);
    item["access_straight_line"] = json!(has_straight_access(territory, row));
    let figures = columns.into_iter().flatten();
    for column in figures.filter(|column| *column != housing::ACCESS_IS_STRAIGHT) {
        item[column.as_str()] = value_json(&figure(territory, row, column));
    }
    // Without the derived table the figure itself is told all the same.
    if item.get("vacant_2y").is_none() {
        item["vacant_2y"] = value_json(&Value::Missing);
    }
    if item["vacant_2y"]["low"].is_null()
        && let Some(table) = territory.tables.get(LayerKey::VACANCY)
        && let Some(commune) = row.commune
    {
        item["vacant_2y"] = value_json(&table.value(commune, "vacant_2y"));
    }
    if ranking.profile.unit == UnitKind::Epci {
        epci_json(territory, row, item);
    }
}

fn epci_json(territory: &Territory, row: &Ranked, item: &mut Json) {
    let epci = territory.epci_areas.as_ref().and_then(|layer| layer.entities.get(row.unit));
    item["epci"] = json!(row.id);
    item["epci_name"] = json!(name(territory, row));
    item["n_communes"] = json!(epci.map(|epci| epci.communes.len()));
    let supply = housing::supply(territory);
    let Some(supply) = supply.iter().find(|supply| supply.epci.siren.as_str() == row.id) else {
        return;
    };
    for (column, sum) in
        [("private_dwellings", supply.private_dwellings), ("vacant_2y", supply.vacant_2y)]
    {
        if item[column].is_object() {
            item[column]["secret_communes"] = json!(sum.n_secret);
            item[column]["unknown_communes"] = json!(sum.n_unknown);
        }
    }
}

/// Bounds of a figure; an upper one that nobody knows is `null`, and both are where the figure is unknown.
fn value_json(value: &Value<'_>) -> Json {
    match value {
        Value::Number(number) => json!({"low": number, "high": number}),
        // JSON has no infinity.
        Value::Between { low, high } => {
            json!({"low": low, "high": high.is_finite().then_some(high)})
        }
        Value::Estimate(estimate) => json!({
            "low": estimate.low,
            "high": estimate.high,
            "value": estimate.value,
            "known_share": estimate.known,
        }),
        _ => json!({"low": null, "high": null}),
    }
}
