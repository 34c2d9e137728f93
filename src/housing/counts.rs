//! Counts of one commune or one EPCI, each with its bounds.

use std::collections::BTreeMap;

use super::columns::COUNTS;
use super::columns::FLOWS;
use super::interval::Interval;
use super::interval::sum;
use crate::domain::Commune;
use crate::domain::EpciArea;
use crate::domain::HousingKind;
use crate::domain::HousingRules;
use crate::domain::LayerKey;
use crate::domain::Territory;
use crate::domain::Value;

/// Counts by the name of their column; one that is absent is unknown.
#[derive(Debug, Clone, Default)]
pub(super) struct Counts {
    of: BTreeMap<&'static str, Interval>,
    /// What the unit weighs in a mean over units: households where they are known.
    pub(super) households: Option<f64>,
}

impl Counts {
    pub(super) fn get(&self, column: &str) -> Option<Interval> {
        self.of.get(column).copied()
    }

    fn set(&mut self, column: &'static str, count: Option<Interval>) {
        if let Some(count) = count {
            self.of.insert(column, count);
        }
    }

    /// The counts of a commune.
    pub(super) fn of_commune(
        territory: &Territory,
        rules: &HousingRules,
        commune: &Commune,
    ) -> Self {
        let figure = |table: &str, column: &str| {
            let value = territory.tables.get(table)?.value(commune.insee, column);
            Interval::of(&value)
        };
        let embedded = commune.households.map(f64::from);
        let mut counts = Self { households: embedded, ..Self::default() };
        for (table, column) in COUNTS.into_iter().chain(FLOWS) {
            counts.set(column, figure(table, column));
        }
        counts.set("workers", figure(LayerKey::JOBS, "workers"));
        // Households of the census where it is given; else those that came with the communes.
        let households = match territory.tables.get(LayerKey::CENSUS) {
            Some(_) => figure(LayerKey::CENSUS, "households"),
            None => embedded.map(|number| Interval { low: number, high: number }),
        };
        counts.set("households", households);
        if has_one_vintage(territory, LayerKey::VACANCY, "vacant", "vacant_2y") {
            let both = counts.get("vacant").zip(counts.get("vacant_2y"));
            counts.set("vacant_recent", both.map(|(vacant, old)| vacant.without(old)));
        }
        counts.set("social_vacant", social_vacant(&figure));
        counts.mobilise(rules);
        counts.set("mobilisable", counts.mobilisable(rules));
        counts
    }

    /// The counts of an EPCI: sums over its communes, but for flows, which stay within the EPCI where they cross communes.
    pub(super) fn of_epci(
        territory: &Territory,
        rules: &HousingRules,
        epci: &EpciArea,
        communes: &[&Self],
    ) -> Self {
        let mut counts = Self { households: epci.households.map(f64::from), ..Self::default() };
        let made = ["workers", "households", "vacant_recent", "social_vacant"];
        for column in COUNTS.into_iter().map(|(_, column)| column).chain(made) {
            counts.set(column, sum(communes.iter().map(|one| one.get(column))));
        }
        for (table, column) in FLOWS {
            let flows = territory.tables.get(table);
            let value =
                flows.map_or(Value::Missing, |table| table.value_of_epci(epci.siren(), column));
            counts.set(column, Interval::of(&value));
        }
        counts.mobilise(rules);
        counts.set("mobilisable", sum(communes.iter().map(|one| one.get("mobilisable"))));
        counts
    }

    /// The part of each stock that could be mobilised.
    fn mobilise(&mut self, rules: &HousingRules) {
        for kind in HousingKind::ALL {
            let part = self.get(kind.stock()).map(|stock| stock.times(rules.share(kind)));
            self.set(kind.mobilisable(), part);
        }
    }

    /// What could be mobilised in a commune of all stocks. A stock of which nothing counts leaves the sum as it is, known or
    /// not; what is not known is no more than the dwellings that there are, where these are known.
    fn mobilisable(&self, rules: &HousingRules) -> Option<Interval> {
        let counted = || HousingKind::ALL.into_iter().filter(|kind| rules.share(*kind) > 0.0);
        let total = sum(counted().map(|kind| self.get(kind.mobilisable())))?;
        let Some(dwellings) = self.get("dwellings").filter(|_| total.high.is_infinite()) else {
            return Some(total);
        };
        let is_open = |kind: &HousingKind| {
            self.get(kind.mobilisable()).is_none_or(|part| part.high.is_infinite())
        };
        let known: f64 = counted()
            .filter(|kind| !is_open(kind))
            .filter_map(|kind| self.get(kind.mobilisable()))
            .map(|part| part.high)
            .sum();
        // A dwelling is of one stock: at most all that stand are of the one of which most counts. As many again may be under
        // way: no commune has more permits than dwellings.
        let most = |is_built: bool| {
            let open = counted().filter(|kind| kind.is_built() == is_built).filter(is_open);
            open.map(|kind| rules.share(kind)).fold(0.0, f64::max) * dwellings.high
        };
        Some(Interval { high: (known + most(true) + most(false)).max(total.low), ..total })
    }
}

/// Vacant social dwellings: counted, or by their rounded share.
fn social_vacant(figure: &impl Fn(&str, &str) -> Option<Interval>) -> Option<Interval> {
    let of = |column: &str| figure(LayerKey::SOCIAL_HOUSING, column);
    if let Some(count) = of("social_vacant") {
        return Some(count);
    }
    let (stock, percent) = of("social_dwellings").zip(of("social_vacancy_percent"))?;
    // The share is rounded to 0.1 %, and is of the dwellings offered: at most all of them.
    let bound = |stock: f64, percent: f64| stock * (percent / 100.0).clamp(0.0, 1.0);
    let high = bound(stock.high, percent.high + ROUNDED_PERCENT);
    // Dwellings not offered are no part of the share; how many are is not known, but those let are among them.
    let offered = of("social_let").map_or(0.0, |let_out| let_out.low);
    let low = bound(offered, percent.low - ROUNDED_PERCENT);
    Some(Interval { low: low.ceil().min(high.floor()), high: high.floor() })
}

/// Half of the last digit of a published share.
const ROUNDED_PERCENT: f64 = 0.05;

/// Whether two columns of a table are of the same year, so that one can be a part of the other.
fn has_one_vintage(territory: &Territory, table: &str, one: &str, other: &str) -> bool {
    let Some(table) = territory.tables.get(table) else { return false };
    table.vintages.get(one) == table.vintages.get(other)
}
