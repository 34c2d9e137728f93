//! Jobs on one site or several: the households they bring, and where these could be housed without counting a dwelling
//! twice.

use std::collections::BTreeMap;

use super::Demand;
use super::reach::CommuneInReach;
use super::reach::HousingReach;
use super::sharing::share;
use crate::domain::CodeInsee;
use crate::evaluation::method::floating_catchment::Bands;

/// A site with its jobs and the housing within its reach.
#[derive(Debug, Clone, PartialEq)]
pub struct SiteWithJobs {
    /// What it is called.
    pub name: String,
    /// What it brings.
    pub demand: Demand,
    /// What is within its reach.
    pub reach: HousingReach,
}

/// A commune that would house some of the households of a site.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Carrying {
    /// The commune.
    pub commune: CommuneInReach,
    /// Households that it would house.
    pub households: f64,
}

/// How many of the households of a site find a dwelling.
#[derive(Debug, Clone, PartialEq)]
pub struct Housed {
    /// With the fewest dwellings that there may be.
    pub low: f64,
    /// With the most; all of them where no commune is reached, since neighbours of the territory are not counted.
    pub high: f64,
    /// Households in need of one: those that stay, see [`Demand::lasting_households`].
    pub needed: f64,
    /// The communes that would carry them with the fewest dwellings, the most households first.
    pub communes: Vec<Carrying>,
}

impl Housed {
    /// Whether there is enough: `Some(true)` even with the fewest dwellings, `Some(false)` not even with the most, `None`
    /// where what is not known decides.
    #[must_use]
    pub fn is_enough(&self) -> Option<bool> {
        // Households are whole: a thousandth is rounding.
        let lacks = |housed: f64| self.needed - housed > 1e-3;
        match (lacks(self.low), lacks(self.high)) {
            (false, _) => Some(true),
            (true, true) => Some(false),
            (true, false) => None,
        }
    }
}

/// Houses the households of all sites together, in the order of the sites. A household looks first where it is near and
/// where there are many dwellings: minutes weigh as in [`Bands::luo_qi_2009`], beyond its last step as in it. A dwelling
/// houses one.
#[must_use]
pub fn house(sites: &[SiteWithJobs]) -> Vec<Housed> {
    let bands = Bands::luo_qi_2009();
    let needs: Vec<f64> = sites.iter().map(|site| site.demand.lasting_households().usual).collect();
    let enough: f64 = needs.iter().sum();
    let mut stocks: BTreeMap<CodeInsee, (f64, f64)> = BTreeMap::new();
    for commune in sites.iter().flat_map(|site| &site.reach.communes) {
        // What could be any number is as many as anybody needs.
        let high = commune.mobilisable.high.min(enough.max(commune.mobilisable.low));
        stocks.insert(commune.insee, (commune.mobilisable.low, high));
    }
    let places: Vec<CodeInsee> = stocks.keys().copied().collect();
    let pulls: Vec<Vec<f64>> = sites
        .iter()
        .map(|site| {
            let mut pulls = vec![0.0; places.len()];
            for commune in &site.reach.communes {
                if let Ok(at) = places.binary_search(&commune.insee) {
                    pulls[at] = bands.weight(commune.minutes.min(bands.farthest_min()));
                }
            }
            pulls
        })
        .collect();
    let low: Vec<f64> = stocks.values().map(|(low, _)| *low).collect();
    let high: Vec<f64> = stocks.values().map(|(_, high)| *high).collect();
    let least = share(&needs, &low, &pulls);
    let most = share(&needs, &high, &pulls);
    sites
        .iter()
        .zip(least.iter().zip(&most))
        .zip(&needs)
        .map(|((site, (least, most)), needed)| {
            let mut communes: Vec<Carrying> = site
                .reach
                .communes
                .iter()
                .filter_map(|commune| {
                    let at = places.binary_search(&commune.insee).ok()?;
                    let households = *least.get(at)?;
                    (households > 0.0).then_some(Carrying { commune: *commune, households })
                })
                .collect();
            communes.sort_by(|a, b| {
                b.households
                    .total_cmp(&a.households)
                    .then(a.commune.minutes.total_cmp(&b.commune.minutes))
                    .then(a.commune.insee.cmp(&b.commune.insee))
            });
            // Where no commune of the territory is reached, nothing is known of others.
            let is_known = !site.reach.communes.is_empty();
            let high = if is_known { most.iter().sum() } else { *needed };
            Housed { low: least.iter().sum(), high, needed: *needed, communes }
        })
        .collect()
}
