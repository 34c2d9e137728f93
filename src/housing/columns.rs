//! The columns of the derived table, and the figures of producers that each is made of.

use crate::domain::LayerKey;

/// A figure of a producer: table and column.
pub type Figure = (&'static str, &'static str);

const VACANCY: &str = LayerKey::VACANCY;
const SOCIAL: &str = LayerKey::SOCIAL_HOUSING;
const PERMITS: &str = LayerKey::PERMITS;
const CENSUS: &str = LayerKey::CENSUS;
const JOBS: &str = LayerKey::JOBS;
const COMMUTING: &str = LayerKey::COMMUTING;
const RENTS: &str = LayerKey::RENTS;
const SALES: &str = LayerKey::SALES;

/// Counts taken as they are, under the same name, and added up over the communes of an EPCI.
pub(super) const COUNTS: [Figure; 15] = [
    (VACANCY, "private_dwellings"),
    (VACANCY, "vacant"),
    (VACANCY, "vacant_2y"),
    (SOCIAL, "social_dwellings"),
    (SOCIAL, "social_let"),
    (PERMITS, "authorised"),
    (PERMITS, "authorised_per_year"),
    (PERMITS, "started"),
    (PERMITS, "started_per_year"),
    (PERMITS, "authorised_not_started"),
    (CENSUS, "dwellings"),
    (CENSUS, "main_homes"),
    (CENSUS, "second_homes"),
    (CENSUS, "census_vacant"),
    (JOBS, "jobs"),
];

/// Counts that are no sums for an EPCI: a flow within it is not the sum of those within its communes.
pub(super) const FLOWS: [Figure; 3] =
    [(COMMUTING, "resident_workers"), (COMMUTING, "workers_at_home"), (COMMUTING, "jobs_held")];

/// A rate in percent: one count over another.
pub(super) struct Rate {
    pub(super) name: &'static str,
    pub(super) part: &'static str,
    pub(super) whole: &'static str,
    /// Whether the part lies within the whole, so that the rate is 100 % at most.
    pub(super) is_within: bool,
}

const fn rate(
    name: &'static str,
    part: &'static str,
    whole: &'static str,
    is_within: bool,
) -> Rate {
    Rate { name, part, whole, is_within }
}

/// The rates. Vacancy of LOVAC and of the census never meet in one. Those over households are what tension is made of: an
/// added dwelling of any kind lowers none of them, and households are known where the stock is under secrecy.
pub(super) const RATES: [Rate; 15] = [
    rate("structural_vacancy_percent", "vacant_2y", "private_dwellings", true),
    rate("vacancy_percent", "vacant", "private_dwellings", true),
    rate("census_vacancy_percent", "census_vacant", "dwellings", true),
    rate("second_homes_percent", "second_homes", "dwellings", true),
    rate("construction_percent", "started_per_year", "dwellings", false),
    rate("social_percent", "social_dwellings", "main_homes", false),
    rate("job_concentration_percent", "jobs", "workers", false),
    rate("self_containment_percent", "workers_at_home", "resident_workers", true),
    rate("self_sufficiency_percent", "workers_at_home", "jobs_held", true),
    rate("mobilisable_percent", "mobilisable", "households", false),
    rate("vacant_2y_of_households_percent", "vacant_2y", "households", false),
    rate("vacant_of_households_percent", "vacant", "households", false),
    rate("census_vacant_of_households_percent", "census_vacant", "households", false),
    rate("started_of_households_percent", "started_per_year", "households", false),
    rate("social_of_households_percent", "social_dwellings", "households", false),
];

/// Rents: our column, the producer's column; its bounds end in `_low` and `_high`.
pub(super) const RENTS_OF: [(&str, &str); 2] =
    [("flat_rent_eur_m2", "flat_rent"), ("house_rent_eur_m2", "house_rent")];

/// The median price and the sales it rests on.
pub(super) const PRICES: [(&str, &str); 2] = [("price_eur_m2", "price_m2"), ("price_n", "price_n")];

/// The figures of producers that a column is made of; empty for a column that the table does not have, and for totals
/// over stocks, which are made of many.
#[must_use]
pub fn made_of(column: &str) -> Vec<Figure> {
    let counts = COUNTS.iter().chain(&FLOWS);
    if let Some(figure) = counts.into_iter().find(|(_, name)| *name == column) {
        return vec![*figure];
    }
    if let Some(rate) = RATES.iter().find(|rate| rate.name == column) {
        return [made_of(rate.part), made_of(rate.whole)].concat();
    }
    if let Some((_, theirs)) = RENTS_OF.iter().find(|(ours, _)| *ours == column) {
        return vec![(RENTS, *theirs)];
    }
    if let Some((_, theirs)) = PRICES.iter().find(|(ours, _)| *ours == column) {
        return vec![(SALES, *theirs)];
    }
    match column {
        "workers" => vec![(JOBS, "workers")],
        "households" => vec![(CENSUS, "households")],
        "vacant_recent" => vec![(VACANCY, "vacant"), (VACANCY, "vacant_2y")],
        "social_vacant" => vec![(SOCIAL, "social_vacant")],
        "mobilisable" => vec![
            (VACANCY, "vacant_2y"),
            (SOCIAL, "social_vacant"),
            (PERMITS, "started"),
            (CENSUS, "second_homes"),
        ],
        _ => crate::domain::HousingKind::ALL
            .into_iter()
            .find(|kind| kind.mobilisable() == column)
            .map_or_else(Vec::new, |kind| made_of(kind.stock())),
    }
}
