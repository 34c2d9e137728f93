//! The inventory of economic zones as a table per EPCI and as JSON.

use std::collections::BTreeMap;
use std::path::PathBuf;

use gisement::domain::LandStock;
use gisement::domain::Territory;
use gisement::io::deliver::inventory::Edits;
use gisement::io::deliver::inventory::EpciCount;
use gisement::io::deliver::inventory::Inventory;
use gisement::io::deliver::inventory::Moved;
use gisement::units::M2_PER_HA;
use gisement::words::Words;
use serde_json::Value as Json;
use serde_json::json;

use super::synthetic_line;
use super::table::Align;
use super::table::TextTable;

/// Identifiers told of the objects that were not taken; the table `non_repris` has all.
const EXAMPLES: usize = 3;

/// What is said about the user's edits and about what could not be done.
pub(crate) struct Notes {
    n_edits: usize,
    moved: Vec<Moved>,
    /// Table, row, column, value, allowed words.
    outside: Vec<(&'static str, String, String, String, Vec<&'static str>)>,
    refused: Vec<(String, &'static str)>,
}

impl Notes {
    pub(crate) fn of(edits: &Edits, stock: &LandStock) -> Self {
        let outside = edits.outside_lists().map(|(table, id, field, value)| {
            (table.as_str(), id.to_owned(), field.column(), value.to_owned(), field.allowed())
        });
        Self {
            n_edits: edits.len(),
            moved: edits.moved().to_vec(),
            outside: outside.collect(),
            refused: stock.refused.clone(),
        }
    }
}

/// Everything that is told.
pub(crate) struct Told<'a> {
    pub(crate) territory: &'a Territory,
    pub(crate) made: &'a Inventory,
    pub(crate) counts: &'a [EpciCount],
    pub(crate) notes: &'a Notes,
}

impl Told<'_> {
    pub(crate) fn table(&self, files: &[PathBuf], words: &Words) -> String {
        let mut table = TextTable::new(&[
            (words.say("inventory.epci"), Align::Left),
            (words.say("inventory.zones"), Align::Right),
            (words.say("inventory.area"), Align::Right),
            (words.say("inventory.units"), Align::Right),
            (words.say("inventory.vacant"), Align::Right),
            (words.say("inventory.rate"), Align::Right),
            (words.say("inventory.required"), Align::Right),
        ]);
        for count in self.counts {
            table.row(cells(count, epci_name(count, words), words));
        }
        let total = total(self.counts);
        if self.counts.len() > 1 {
            table.row(cells(&total, words.say("inventory.total").to_owned(), words));
        }
        let title = words.fill("inventory.title", &[("date", &self.made.date)]);
        let mut text =
            format!("{}{title}\n\n{}", synthetic_line(self.territory, words), table.text());
        if total.vacant_low < total.vacant_high {
            text.push_str(&format!("\n{}\n", words.say("inventory.bounds")));
        }
        let notes = self.sentences(words);
        if !notes.is_empty() {
            text.push_str(&format!("\n{}\n", notes.join("\n")));
        }
        format!("{text}\n{}", crate::cli::export::list(files, words))
    }

    /// One sentence for each thing that a person must know.
    fn sentences(&self, words: &Words) -> Vec<String> {
        let mut said = Vec::new();
        if self.notes.n_edits > 0 {
            let n = words.count(self.notes.n_edits);
            said.push(words.fill("inventory.edits", &[("n", &n)]));
        }
        for moved in &self.notes.moved {
            let values =
                [("table", moved.table.as_str()), ("from", &moved.from), ("to", &moved.to)];
            said.push(words.fill("inventory.moved", &values));
        }
        for (table, id, field, value, allowed) in &self.notes.outside {
            let allowed = match allowed.as_slice() {
                [] => words.say("inventory.page").to_owned(),
                list => list.join(" ; "),
            };
            let values = [
                ("table", *table),
                ("id", id),
                ("field", field),
                ("value", value),
                ("allowed", &allowed),
            ];
            said.push(words.fill("inventory.outside", &values));
        }
        for one in self.made.given_outside() {
            let allowed = match one.field.allowed().as_slice() {
                [] => words.say("inventory.page").to_owned(),
                list => list.join(" ; "),
            };
            let (column, n) = (one.field.column(), words.count(one.rows));
            let values = [
                ("table", one.table.as_str()),
                ("field", &column),
                ("value", &one.value),
                ("n", &n),
                ("id", &one.first),
                ("allowed", &allowed),
            ];
            said.push(words.fill("inventory.given_outside", &values));
        }
        for (id, vacant) in self.made.too_many_vacant() {
            let values = [("id", id), ("vacant", vacant)];
            said.push(words.fill("inventory.too_many", &values));
        }
        for lost in &self.made.lost {
            let why = why_lost(lost.why.as_str(), words);
            let values = [
                ("table", lost.table.as_str()),
                ("id", &lost.id),
                ("field", &lost.column),
                ("value", &lost.value),
                ("why", why),
            ];
            said.push(words.fill("inventory.lost", &values));
        }
        let mut left: BTreeMap<(&str, &str), Vec<&str>> = BTreeMap::new();
        for object in &self.made.not_taken {
            left.entry((object.table.as_str(), object.why)).or_default().push(&object.id);
        }
        for ((table, why), ids) in left {
            let key = format!("not_taken.{why}");
            let (n, first) = (words.count(ids.len()), ids.iter().take(EXAMPLES).copied());
            let first = first.collect::<Vec<_>>().join(", ");
            let values = [("table", table), ("n", &n), ("ids", &first), ("why", words.say(&key))];
            said.push(words.fill("inventory.not_taken", &values));
        }
        for (table, field, n) in self.made.required_but_empty() {
            let n = words.count(n);
            let values = [("table", table.as_str()), ("field", field.name), ("n", &n)];
            said.push(words.fill("inventory.dates", &values));
        }
        for (id, what) in &self.notes.refused {
            said.push(words.fill("inventory.refused", &[("id", id), ("what", what)]));
        }
        said
    }

    pub(crate) fn json(&self, files: &[PathBuf], words: &Words) -> Json {
        let files: Vec<String> = files.iter().map(|file| file.display().to_string()).collect();
        let lost = self.made.lost.iter().map(|lost| {
            json!({"table": lost.table.as_str(), "id": lost.id, "field": lost.column,
                "value": lost.value, "why": lost.why.as_str()})
        });
        let moved = self.notes.moved.iter().map(
            |moved| json!({"table": moved.table.as_str(), "from": moved.from, "to": moved.to}),
        );
        let outside = self.notes.outside.iter().map(|(table, id, field, value, allowed)| {
            json!({"table": table, "id": id, "field": field, "value": value, "allowed": allowed})
        });
        let not_taken = self
            .made
            .not_taken
            .iter()
            .map(|left| json!({"table": left.table.as_str(), "id": left.id, "why": left.why}));
        let empty = self.made.required_but_empty();
        let empty = empty.iter().map(
            |(table, field, n)| json!({"table": table.as_str(), "field": field.name, "rows": n}),
        );
        json!({
            "date": self.made.date,
            "synthetic": self.territory.is_synthetic(),
            "epcis": self.counts.iter().map(|count| of_epci(count, words)).collect::<Vec<_>>(),
            "edits": {
                "kept": self.notes.n_edits,
                "moved": moved.collect::<Vec<_>>(),
                "lost": lost.collect::<Vec<_>>(),
                "outside_lists": outside.collect::<Vec<_>>(),
            },
            "given_outside_lists": self.made.given_outside().iter().map(|one| json!({
                "table": one.table.as_str(), "field": one.field.column(), "value": one.value,
                "rows": one.rows, "first": one.first, "allowed": one.field.allowed(),
            })).collect::<Vec<_>>(),
            "too_many_vacant": self.made.too_many_vacant().iter()
                .map(|(id, vacant)| json!({"id": id, "vacant": vacant})).collect::<Vec<_>>(),
            "not_taken": not_taken.collect::<Vec<_>>(),
            "required_but_empty": empty.collect::<Vec<_>>(),
            "refused": self.notes.refused.iter()
                .map(|(id, what)| json!({"id": id, "operation": what})).collect::<Vec<_>>(),
            "files": files,
        })
    }
}

/// The answer when there is no zone.
pub(crate) fn nothing(territory: &Territory, date: &str) -> Json {
    json!({"date": date, "synthetic": territory.is_synthetic(), "epcis": [], "files": []})
}

fn of_epci(count: &EpciCount, words: &Words) -> Json {
    let tenth = |number: f64| (number * 10.0).round() / 10.0;
    let rate = count.vacancy_percent();
    json!({
        "siren": count.siren.map(|siren| siren.to_string()),
        "name": epci_name(count, words),
        "zones": count.zones,
        "area_ha": (count.area_m2 / M2_PER_HA * 1e4).round() / 1e4,
        "land_units": count.units,
        "vacant": {"low": count.vacant_low, "high": count.vacant_high},
        "vacancy_percent": rate.map(|(low, high)| json!({"low": tenth(low), "high": tenth(high)})),
        "establishments": count.establishments,
        "required_filled_share": count.required_share().map(|share| (share * 1e4).round() / 1e4),
    })
}

fn why_lost<'a>(why: &str, words: &'a Words) -> &'a str {
    let key = format!("why_lost.{why}");
    words.get(&key).unwrap_or_default()
}

fn epci_name(count: &EpciCount, words: &Words) -> String {
    match count.siren {
        Some(siren) if count.name.is_empty() => siren.to_string(),
        Some(_) => count.name.clone(),
        None => words.say("inventory.no_epci").to_owned(),
    }
}

fn total(counts: &[EpciCount]) -> EpciCount {
    counts.iter().fold(EpciCount::default(), |sum, count| EpciCount {
        zones: sum.zones + count.zones,
        area_m2: sum.area_m2 + count.area_m2,
        units: sum.units + count.units,
        vacant_low: sum.vacant_low + count.vacant_low,
        vacant_high: sum.vacant_high + count.vacant_high,
        establishments: sum.establishments + count.establishments,
        required: sum.required + count.required,
        required_filled: sum.required_filled + count.required_filled,
        ..EpciCount::default()
    })
}

fn cells(count: &EpciCount, name: String, words: &Words) -> Vec<String> {
    let range = |low: String, high: String| {
        if low == high {
            low
        } else {
            words.fill("inventory.range", &[("low", &low), ("high", &high)])
        }
    };
    let percent = |number: f64| format!("{}\u{a0}%", words.number(number, 0));
    let unknown = || words.say("product.unknown").to_owned();
    vec![
        name,
        words.count(count.zones),
        words.number(count.area_m2 / M2_PER_HA, 1),
        words.count(count.units),
        range(words.count(count.vacant_low), words.count(count.vacant_high)),
        count
            .vacancy_percent()
            .map_or_else(unknown, |(low, high)| range(percent(low), percent(high))),
        count.required_share().map_or_else(unknown, |share| percent(100.0 * share)),
    ]
}
