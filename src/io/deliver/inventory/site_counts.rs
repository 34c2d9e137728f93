//! Land units of a site, the vacant ones, and the rate of L318-8-2.

use super::cell::Filled;
use super::cell::Origin;
use super::cell::Vacancy;
use super::form::number;
use super::given::said;
use crate::domain::EconomicZone;
use crate::domain::Entity;
use crate::domain::UnitCount;
use crate::io::schema::StandardTable;

const TABLE: StandardTable = StandardTable::Sites;

/// The rate of a row. Land units are counted here; a number of vacant ones that the layer given says stands while it is of
/// as many units and does not contradict what is known of them, else it goes beside. The user's own figures stand. The
/// rate is a whole percent, as in the standard's example (2 of 15: 13).
pub(super) fn settle(
    cells: &mut [Filled],
    aside: &mut Vec<(String, String)>,
    given: Option<&dyn Entity>,
    units: &UnitCount,
) {
    let position = |ours| TABLE.fields().iter().position(|field| field.ours == ours);
    let (Some(all), Some(vacant), Some(rate)) =
        (position("land_units"), position("vacant_land_units"), position("vacancy_percent"))
    else {
        return;
    };
    if cells[vacant].origin == Origin::Given {
        let total = TABLE.field("land_units").map(|field| said(given, field));
        let total = total.as_ref().and_then(|said| said.value());
        if !agrees(total, cells[vacant].value.as_deref(), units) {
            let word = cells[vacant].value.take().unwrap_or_default();
            aside.push((TABLE.fields()[vacant].column(), word));
            cells[vacant].origin = Origin::Awaited;
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

/// Whether counts that were given are of the units that are known, and within what is known of them.
fn agrees(total: Option<&str>, vacant: Option<&str>, units: &UnitCount) -> bool {
    let figure = |text: Option<&str>| text.and_then(|text| text.parse::<usize>().ok());
    let within = units.vacant..=units.vacant + units.unknown;
    figure(total) == Some(units.total) && figure(vacant).is_some_and(|n| within.contains(&n))
}

/// The counts of a row: one figure where somebody knows it, else what is counted with what is not known.
pub(super) fn vacancy(cells: &[Filled], zone: &EconomicZone) -> Vacancy {
    let figure = |ours| {
        let at = TABLE.fields().iter().position(|field| field.ours == ours)?;
        cells.get(at)?.value.as_deref()?.parse::<usize>().ok()
    };
    let units = figure("land_units").unwrap_or(zone.units.total);
    match figure("vacant_land_units") {
        Some(vacant) if vacant <= units => Vacancy { units, low: vacant, high: vacant },
        // A figure above the number of units is a slip of the pen: what is counted stands.
        _ => {
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
        settle(cells, &mut Vec::new(), None, &UnitCount::default());
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
    fn given_counts_stand_while_nothing_contradicts_them() {
        let units = UnitCount { total: 15, vacant: 2, unknown: 3, ..UnitCount::default() };
        assert!(agrees(Some("15"), Some("4"), &units));
        for (total, vacant) in
            [(Some("15"), "1"), (Some("15"), "6"), (Some("19"), "4"), (None, "4")]
        {
            assert!(!agrees(total, Some(vacant), &units), "{total:?} {vacant}");
        }
        let mut given = cells("15", None);
        let at = |ours| TABLE.fields().iter().position(|field| field.ours == ours).unwrap();
        given[at("vacant_land_units")] =
            Filled { value: Some("6".to_owned()), origin: Origin::Given };
        let mut aside = Vec::new();
        settle(&mut given, &mut aside, None, &units);
        assert_eq!(given[at("vacancy_percent")].value, None);
        assert_eq!(aside, [("site_uf_vacant_nbre".to_owned(), "6".to_owned())]);
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
