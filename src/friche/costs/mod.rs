//! What a friche costs while nothing is done, and what it takes to clear it: rough ranges, never a price.
//!
//! Unit costs are published ([`UnitCosts`]); the areas are those of the site; what is not known about buildings and
//! pollution opens the range. Euros of the source, without tax, not discounted.

mod unit_costs;

pub use unit_costs::CostsError;
pub use unit_costs::UnitCosts;

use crate::domain::Entity;
use crate::domain::Friche;
use crate::domain::Territory;
use crate::domain::Value;
use crate::units::M2_PER_HA;

/// No building that was permitted later holds asbestos: the ban is of 1 July 1997.
const LAST_ASBESTOS_YEAR: f64 = 1997.0;

/// A sum of money that is known to lie between two bounds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Range {
    /// Least, euros.
    pub low: f64,
    /// Most, euros; `None` when nothing bounds it.
    pub high: Option<f64>,
}

impl Range {
    /// Both: unbounded when one of them is.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        let high = self.high.zip(other.high).map(|(one, other)| one + other);
        Self { low: self.low + other.low, high }
    }

    /// Bounds with two figures that count: more would read as a price.
    #[must_use]
    pub fn rounded(self) -> Self {
        Self { low: two_figures(self.low), high: self.high.map(two_figures) }
    }
}

fn two_figures(amount: f64) -> f64 {
    if amount <= 0.0 || !amount.is_finite() {
        return 0.0;
    }
    // Powers of ten are exact upwards; downwards one divides by them.
    let above = amount.log10().floor() as i32 - 1;
    let scale = 10_f64.powi(above.abs());
    if above >= 0 { (amount / scale).round() * scale } else { (amount * scale).round() / scale }
}

/// One cost of a site.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Cost {
    /// Code: `demolition`, `asbestos`, `clean_up`, `maintenance`, `security`, `dumping`; its words are in the catalogue
    /// (`cost.<code>`).
    pub code: &'static str,
    /// The range; `None` when what it applies to is not known.
    pub range: Option<Range>,
}

/// The costs of a site.
#[derive(Debug, Clone, PartialEq)]
pub struct SiteCosts {
    /// To clear it, once.
    pub doing: Vec<Cost>,
    /// While nothing is done, every year.
    pub waiting: Vec<Cost>,
}

impl SiteCosts {
    /// Sum of some costs: one that is not known leaves the sum without upper bound. `None` when none is known.
    #[must_use]
    pub fn total(costs: &[Cost]) -> Option<Range> {
        let known = costs.iter().filter_map(|cost| cost.range);
        let sum = known.reduce(Range::and)?;
        let all_known = costs.iter().all(|cost| cost.range.is_some());
        Some(Range { high: sum.high.filter(|_| all_known), ..sum })
    }
}

/// The costs of a site, from its answers ([`super::prepare`]) and its commune.
#[must_use]
pub fn costs(territory: &Territory, site: &Friche, units: &UnitCosts) -> SiteCosts {
    let number = |criterion: &str| match site.attribute(&format!("answer_{criterion}")) {
        Value::Number(number) => Some(number),
        _ => None,
    };
    let word = |criterion: &str| match site.attribute(&format!("answer_{criterion}")) {
        Value::Text(word) => Some(word.into_owned()),
        _ => None,
    };
    let site_m2 = number("surfaceSite");
    let state = word("etatBatiInfrastructure");
    let has_building = state.as_deref() != Some("pas-de-bati");
    let built_m2 = number("surfaceBati").or((!has_building).then_some(0.0));
    let pollution = word("presencePollution");
    let by_built = |unit: f64, shares| built_m2.map(|built_m2| units.range(unit, built_m2, shares));

    let demolished = UnitCosts::shares(&units.demolished, state.as_deref());
    let oldest = match site.attribute("premises_oldest_year") {
        Value::Text(year) => year.get(..4).and_then(|year| year.parse::<f64>().ok()),
        Value::Number(year) => Some(year),
        _ => None,
    };
    let is_young = oldest.is_some_and(|year| year > LAST_ASBESTOS_YEAR);
    let with_asbestos = if is_young {
        (0.0, 0.0)
    } else {
        UnitCosts::shares(&units.asbestos, pollution.as_deref())
    };
    let polluted = UnitCosts::shares(&units.polluted, pollution.as_deref());
    let clean_up = site_m2.map(|site_m2| units.range(units.clean_up_eur_m2, site_m2, polluted));

    let whole = (1.0, 1.0);
    let in_town = match word("zonageReglementaire").as_deref() {
        None => (0.0, 1.0),
        Some(zone) if zone.starts_with("zone-urbaine") || zone == "zone-vocation-activites" => {
            whole
        }
        Some(_) => (0.0, 0.0),
    };
    let security =
        site_m2.map(|site_m2| units.range(units.security_eur_ha, site_m2 / M2_PER_HA, in_town));
    let inhabitants = site
        .commune
        .and_then(|code| territory.commune(code))
        .and_then(|commune| commune.population)
        .map(f64::from);
    let dumping = inhabitants.map(|n| units.range(units.dumping_eur_inhabitant(), n, whole));
    SiteCosts {
        doing: vec![
            Cost { code: "demolition", range: by_built(units.demolition_eur_m2, demolished) },
            Cost { code: "asbestos", range: by_built(units.asbestos_eur_m2, with_asbestos) },
            Cost { code: "clean_up", range: clean_up },
        ],
        waiting: vec![
            Cost { code: "maintenance", range: by_built(units.maintenance_eur_m2, whole) },
            Cost { code: "security", range: security },
            Cost { code: "dumping", range: dumping },
        ],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_told_with_two_figures() {
        assert_eq!(two_figures(123_456.0), 120_000.0);
        assert_eq!(two_figures(99_900.0), 100_000.0);
        assert_eq!(two_figures(7.26), 7.3);
        assert_eq!((two_figures(0.0), two_figures(-3.0)), (0.0, 0.0));
    }

    #[test]
    fn a_cost_that_is_not_known_leaves_the_sum_open() {
        let known = Cost { code: "demolition", range: Some(Range { low: 1.0, high: Some(3.0) }) };
        let unknown = Cost { code: "clean_up", range: None };
        assert_eq!(SiteCosts::total(&[known]), Some(Range { low: 1.0, high: Some(3.0) }));
        assert_eq!(SiteCosts::total(&[known, unknown]), Some(Range { low: 1.0, high: None }));
        assert_eq!(SiteCosts::total(&[unknown]), None);
    }
}
