//! Land units of a site, the vacant ones, and the rate of L318-8-2.

use super::cell::Filled;
use super::cell::Origin;
use super::cell::Vacancy;
use super::form::number;
use super::given::said;
use crate::domain::EconomicZone;
use crate::domain::Entity;
use crate::io::schema::StandardTable;

const TABLE: StandardTable = StandardTable::Sites;

/// Land units, vacant ones and the rate come from one source: what is counted where all is known, else what the layer
/// given says; over either the user's own word. The rate is a whole percent, as in the standard's example (2 of 15: 13).
pub(super) fn settle(cells: &mut [Filled], given: Option<&dyn Entity>) {
    let position = |ours| TABLE.fields().iter().position(|field| field.ours == ours);
    let (Some(all), Some(vacant), Some(rate), Some(built)) = (
        position("land_units"),
        position("vacant_land_units"),
        position("vacancy_percent"),
        position("built_land_units"),
    ) else {
        return;
    };
    let word_of = |ours: &str| {
        let field = TABLE.field(ours)?;
        said(given, field).value().map(str::to_owned)
    };
    let counted = cells[vacant].origin == Origin::Computed;
    if !counted && cells[vacant].origin == Origin::Given {
        match word_of("land_units") {
            Some(total) if cells[all].origin != Origin::Edited => {
                cells[all] = Filled { value: Some(total), origin: Origin::Given };
                if cells[built].origin == Origin::Computed {
                    cells[built] =
                        Filled::some_or_awaited(word_of("built_land_units"), Origin::Given);
                }
            }
            Some(_) => {}
            // Vacant units of an unknown number: no rate can be made of it.
            None => return,
        }
    }
    if cells[rate].origin == Origin::Edited {
        return;
    }
    let figure = |at: usize| cells[at].value.as_deref().and_then(|text| text.parse::<f64>().ok());
    if let (Some(total), Some(empty)) = (figure(all), figure(vacant))
        && total > 0.0
        && empty <= total
    {
        let value = Some(number((100.0 * empty / total).round()));
        let origin = match cells[vacant].origin {
            Origin::Given => Origin::Given,
            _ => Origin::Computed,
        };
        cells[rate] = Filled { value, origin };
    }
}

/// The counts of a row: one figure where somebody knows it, else what is counted with what is not known.
pub(super) fn vacancy(cells: &[Filled], zone: &EconomicZone) -> Vacancy {
    let figure = |ours| {
        let at = TABLE.fields().iter().position(|field| field.ours == ours)?;
        cells.get(at)?.value.as_deref()?.parse::<usize>().ok()
    };
    let units = figure("land_units").unwrap_or(zone.units.total);
    match figure("vacant_land_units") {
        Some(vacant) => Vacancy { units, low: vacant, high: vacant },
        None => {
            let low = zone.units.vacant;
            Vacancy { units, low, high: low + zone.units.unknown }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(all: &str, vacant: Option<&str>) -> Vec<Filled> {
        let computed = |value: Option<&str>| {
            Filled::some_or_awaited(value.map(str::to_owned), Origin::Computed)
        };
        TABLE
            .fields()
            .iter()
            .map(|field| match field.ours {
                "land_units" => computed(Some(all)),
                "vacant_land_units" => computed(vacant),
                _ => computed(None),
            })
            .collect()
    }

    fn rate(cells: &mut [Filled]) -> Option<String> {
        settle(cells, None);
        let at = TABLE.fields().iter().position(|field| field.ours == "vacancy_percent").unwrap();
        cells[at].value.clone()
    }

    #[test]
    fn two_of_fifteen_is_thirteen_and_an_unknown_count_gives_no_rate() {
        assert_eq!(rate(&mut cells("15", Some("2"))).as_deref(), Some("13"));
        assert_eq!(rate(&mut cells("15", None)), None);
        assert_eq!(rate(&mut cells("0", Some("0"))), None);
    }

    #[test]
    fn an_edited_count_makes_the_rate_and_an_edited_rate_stays() {
        let mut edited = cells("15", Some("2"));
        let at = |ours| TABLE.fields().iter().position(|field| field.ours == ours).unwrap();
        edited[at("vacant_land_units")] =
            Filled { value: Some("3".to_owned()), origin: Origin::Edited };
        assert_eq!(rate(&mut edited).as_deref(), Some("20"));
        edited[at("vacancy_percent")] =
            Filled { value: Some("18".to_owned()), origin: Origin::Edited };
        assert_eq!(rate(&mut edited).as_deref(), Some("18"));
    }
}
