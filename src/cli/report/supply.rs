//! Vacant dwellings per EPCI as a table and as JSON.

use gisement::housing::EpciSupply;
use gisement::words::Words;
use serde_json::Value as Json;
use serde_json::json;

use super::table::Align;
use super::table::TextTable;

pub(crate) fn table(supply: &[EpciSupply], words: &Words) -> String {
    let mut table = TextTable::new(&[
        (words.say("report.epci"), Align::Left),
        (words.say("report.supply_communes"), Align::Right),
        (words.say("report.supply_dwellings"), Align::Right),
        (words.say("report.supply_low"), Align::Right),
        (words.say("report.supply_high"), Align::Right),
        (words.say("report.supply_secret"), Align::Right),
        (words.say("report.supply_unknown"), Align::Right),
    ]);
    for line in supply {
        let stock = &line.private_dwellings;
        let no_figure = line.vacant_2y.n_known + line.vacant_2y.n_secret == 0;
        let figure = |number: f64| {
            if no_figure {
                words.say("product.unknown").to_owned()
            } else {
                words.number(number, 0)
            }
        };
        table.row(vec![
            line.epci.name.clone(),
            words.count(line.n_communes),
            if stock.n_known == 0 {
                words.say("product.unknown").to_owned()
            } else {
                words.number(stock.low, 0)
            },
            figure(line.vacant_2y.low),
            figure(line.vacant_2y.high),
            words.count(line.vacant_2y.n_secret),
            words.count(line.vacant_2y.n_unknown),
        ]);
    }
    format!("{}\n\n{}", words.say("report.supply_title"), table.text())
}

pub(crate) fn json(supply: &[EpciSupply]) -> Json {
    supply
        .iter()
        .map(|line| {
            json!({
                "kind": "epci",
                "code": line.epci.siren.to_string(),
                "name": line.epci.name,
                "n_communes": line.n_communes,
                "private_dwellings": {"low": line.private_dwellings.low, "high": line.private_dwellings.high,
                    "unknown_communes": line.private_dwellings.n_unknown},
                "vacant_2y": {"low": line.vacant_2y.low, "high": line.vacant_2y.high,
                    "secret_communes": line.vacant_2y.n_secret, "unknown_communes": line.vacant_2y.n_unknown},
            })
        })
        .collect()
}
