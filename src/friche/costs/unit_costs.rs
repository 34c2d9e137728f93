//! Published unit costs, as data.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::Range;

const BENEFRICHES: &str = include_str!("../../../data/costs/benefriches-v1.toml");

/// A file of unit costs cannot be read: only a damaged build can cause it for the embedded one.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("data/costs: {what}")]
pub struct CostsError {
    /// What is wrong.
    pub what: String,
}

/// Least and most share of an area that a cost applies to, 0 to 1.
pub(super) type Shares = (f64, f64);

/// Unit costs, and the shares of a site that they apply to.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UnitCosts {
    /// Identifier with version.
    pub id: String,
    /// Where the figures come from.
    pub source: String,
    /// How far a real cost may lie from a unit cost, as a share of it.
    spread: f64,
    pub(super) demolition_eur_m2: f64,
    pub(super) asbestos_eur_m2: f64,
    pub(super) clean_up_eur_m2: f64,
    pub(super) maintenance_eur_m2: f64,
    pub(super) security_eur_ha: f64,
    dumping_t_per_inhabitant: f64,
    dumping_share: f64,
    dumping_eur_t: f64,
    pub(super) demolished: BTreeMap<String, Shares>,
    pub(super) asbestos: BTreeMap<String, Shares>,
    pub(super) polluted: BTreeMap<String, Shares>,
}

impl UnitCosts {
    /// The published unit costs.
    ///
    /// # Errors
    /// When the embedded file is damaged.
    pub fn published() -> Result<Self, CostsError> {
        let wrong = |what: String| CostsError { what };
        let costs: Self = toml::from_str(BENEFRICHES).map_err(|error| wrong(error.to_string()))?;
        let shares = [&costs.demolished, &costs.asbestos, &costs.polluted];
        let fits = |(low, high): &Shares| (0.0..=1.0).contains(low) && (*low..=1.0).contains(high);
        let has_shares =
            shares.iter().all(|table| table.values().all(fits) && table.contains_key(UNKNOWN));
        if !has_shares {
            Err(wrong("shares lie in 0 to 1, the least first, and `unknown` has one".to_owned()))
        } else if !(0.0..1.0).contains(&costs.spread) {
            Err(wrong("`spread` lies in 0 to 1".to_owned()))
        } else {
            Ok(costs)
        }
    }

    /// What a quantity costs, of which at least and at most some share applies: a range even where the share is known.
    pub(super) fn range(&self, unit: f64, quantity: f64, (low, high): Shares) -> Range {
        Range {
            low: unit * (1.0 - self.spread) * quantity * low,
            high: Some(unit * (1.0 + self.spread) * quantity * high),
        }
    }

    /// Euros a year of dumped waste for an inhabitant of the commune.
    pub(super) fn dumping_eur_inhabitant(&self) -> f64 {
        self.dumping_t_per_inhabitant * self.dumping_share * self.dumping_eur_t
    }

    /// The shares for a word, or for what is not known.
    pub(super) fn shares(table: &BTreeMap<String, Shares>, word: Option<&str>) -> Shares {
        word.and_then(|word| table.get(word))
            .or_else(|| table.get(UNKNOWN))
            .copied()
            .unwrap_or((0.0, 1.0))
    }
}

/// Key of what is not known.
const UNKNOWN: &str = "unknown";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_published_figures_are_those_of_the_source() {
        let costs = UnitCosts::published().unwrap();
        assert_eq!(costs.demolition_eur_m2, 75.0);
        assert_eq!(costs.clean_up_eur_m2, 66.0);
        assert!((costs.dumping_eur_inhabitant() - 0.0423).abs() < 1e-12);
    }
}
