//! The derived table: what the tables of producers say of housing, per commune and per EPCI, in columns that measures read.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use super::columns::COUNTS;
use super::columns::FLOWS;
use super::columns::PRICES;
use super::columns::RATES;
use super::columns::RENTS_OF;
use super::columns::made_of;
use super::counts::Counts;
use super::rates;
use super::rates::Parts;
use crate::domain::CodeInsee;
use crate::domain::CommuneTable;
use crate::domain::EpciArea;
use crate::domain::Estimate;
use crate::domain::HousingKind;
use crate::domain::HousingRules;
use crate::domain::LayerKey;
use crate::domain::Siren;
use crate::domain::Territory;
use crate::domain::Value;

/// Columns of counts that are made here.
const MADE: [&str; 4] = ["workers", "households", "vacant_recent", "social_vacant"];

/// Year of the households that come with the communes (`data/territory`).
const EMBEDDED_YEAR: &str = "2021";

/// Names of all columns, in the order of the rows.
pub(super) fn columns() -> Vec<&'static str> {
    counts()
        .chain(RATES.iter().map(|rate| rate.name))
        .chain(RENTS_OF.iter().map(|(ours, _)| *ours))
        .chain(PRICES.iter().map(|(ours, _)| *ours))
        .collect()
}

fn counts() -> impl Iterator<Item = &'static str> {
    COUNTS
        .into_iter()
        .chain(FLOWS)
        .map(|(_, column)| column)
        .chain(MADE)
        .chain(HousingKind::ALL.map(HousingKind::mobilisable))
        .chain(["mobilisable"])
}

/// The table of a territory. Every commune and every EPCI has a row; what no table says is missing in it.
pub(super) fn table(
    territory: &Territory,
    rules: &HousingRules,
    epcis: &[EpciArea],
) -> CommuneTable {
    let of_commune: BTreeMap<CodeInsee, Counts> = territory
        .communes
        .entities
        .iter()
        .map(|commune| (commune.insee, Counts::of_commune(territory, rules, commune)))
        .collect();
    let rents = |code: CodeInsee| RENTS_OF.map(|(_, theirs)| rent(territory, code, theirs));
    let commune_row = |(code, counts): (&CodeInsee, &Counts)| {
        let value = |column: &str| figure(territory, LayerKey::SALES, *code, column);
        (*code, row(counts, &[counts], rents(*code), price(rules, value)))
    };
    let epci_row = |epci: &EpciArea| {
        let members: Vec<&Counts> =
            epci.communes.iter().filter_map(|code| of_commune.get(code)).collect();
        let counts = Counts::of_epci(territory, rules, epci, &members);
        let weights = rates::weights(&members);
        let of_communes: Vec<[Value<'static>; 2]> =
            epci.communes.iter().map(|code| rents(*code)).collect();
        let mean = |at: usize| {
            let figures: Vec<Value<'static>> =
                of_communes.iter().map(|rents| rents[at].clone()).collect();
            rates::mean(&figures, &weights)
        };
        let value = |column: &str| figure_of_epci(territory, LayerKey::SALES, epci.siren(), column);
        (epci.siren(), row(&counts, &members, [mean(0), mean(1)], price(rules, value)))
    };
    CommuneTable {
        columns: columns().into_iter().map(str::to_owned).collect(),
        rows: of_commune.iter().map(commune_row).collect(),
        epcis: epcis.iter().map(epci_row).collect(),
        vintages: vintages(territory),
        made_of: tables(territory),
        provenance: Default::default(),
    }
}

/// One row: own counts, rates over the `units` that it is made of, rents, prices.
fn row(
    own: &Counts,
    units: &[&Counts],
    rents: [Value<'static>; 2],
    prices: [Value<'static>; 2],
) -> Vec<Value<'static>> {
    let count = |column: &str| own.get(column).map_or(Value::Missing, |count| count.value());
    let rate = |rate: &super::columns::Rate| {
        let parts = Parts { part: rate.part, whole: rate.whole, is_within: rate.is_within };
        // Flows within an EPCI are counted for it alone.
        let is_flow = FLOWS.iter().any(|(_, column)| *column == rate.part);
        if is_flow { rates::percent(&[own], parts) } else { rates::percent(units, parts) }
    };
    counts().map(count).chain(RATES.iter().map(rate)).chain(rents).chain(prices).collect()
}

fn figure(territory: &Territory, table: &str, commune: CodeInsee, column: &str) -> Option<f64> {
    match territory.tables.get(table)?.value(commune, column) {
        Value::Number(number) => Some(number),
        _ => None,
    }
}

fn figure_of_epci(territory: &Territory, table: &str, epci: Siren, column: &str) -> Option<f64> {
    match territory.tables.get(table)?.value_of_epci(epci, column) {
        Value::Number(number) => Some(number),
        _ => None,
    }
}

/// A predicted rent with the bounds of its prediction, where they are given.
fn rent(territory: &Territory, commune: CodeInsee, column: &str) -> Value<'static> {
    let of =
        |suffix: &str| figure(territory, LayerKey::RENTS, commune, &format!("{column}{suffix}"));
    match (of(""), of("_low"), of("_high")) {
        (Some(value), Some(low), Some(high)) if low <= value && value <= high => {
            Value::Estimate(Estimate { value, low, high, known: 1.0 })
        }
        (value, _, _) => Value::number(value),
    }
}

/// The median price and its sales. One that rests on few sales is known in proportion to them, and could be anything.
fn price(rules: &HousingRules, of: impl Fn(&str) -> Option<f64>) -> [Value<'static>; 2] {
    let [price, n] = PRICES.map(|(_, theirs)| of(theirs));
    let trust = n.map_or(1.0, |n| (n / rules.full_trust_sales).min(1.0));
    let told = match price {
        Some(value) if trust < 1.0 => {
            Value::Estimate(Estimate { value, low: 0.0, high: f64::INFINITY, known: trust })
        }
        price => Value::number(price),
    };
    [told, Value::number(n)]
}

/// The tables that each column is made of, each once.
fn tables(territory: &Territory) -> BTreeMap<String, Vec<String>> {
    // Households come with the communes where no census is given: it is not missing then.
    let is_needed = |(table, column): (&str, &str)| {
        column != "households" || territory.tables.contains_key(table)
    };
    let of = |column: &'static str| {
        let mut keys: Vec<String> = Vec::new();
        for (table, _) in made_of(column).into_iter().filter(|figure| is_needed(*figure)) {
            if !keys.iter().any(|known| known == table) {
                keys.push(table.to_owned());
            }
        }
        (column.to_owned(), keys)
    };
    columns().into_iter().map(of).collect()
}

/// The years of each column: those of the figures it is made of, `2025 / 2022` where they differ.
fn vintages(territory: &Territory) -> BTreeMap<String, String> {
    let year = |(table, column): (&str, &str)| {
        let table = territory.tables.get(table)?;
        table.vintages.get(column).cloned().or_else(|| table.provenance.vintage.clone())
    };
    let told = |column: &'static str| {
        let mut figures = made_of(column);
        if column == "mobilisable_percent" {
            figures = made_of("mobilisable");
        }
        let mut seen = BTreeSet::new();
        let mut years: Vec<String> =
            figures.into_iter().filter_map(year).filter(|year| seen.insert(year.clone())).collect();
        if column == "households" && !territory.tables.contains_key(LayerKey::CENSUS) {
            years.push(EMBEDDED_YEAR.to_owned());
        }
        (!years.is_empty()).then(|| (column.to_owned(), years.join(" / ")))
    };
    columns().into_iter().filter_map(told).collect()
}
