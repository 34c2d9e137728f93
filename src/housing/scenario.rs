//! Jobs on one site or several: the households they bring, and where these could be housed without counting a dwelling
//! twice.

use std::collections::BTreeMap;

use super::Demand;
use super::Jobs;
use super::reach::CommuneInReach;
use super::reach::HousingReach;
use super::sharing::share;
use crate::domain::CodeInsee;
use crate::evaluation::method::floating_catchment::Bands;
use crate::evaluation::method::floating_catchment::Bounds;

/// Households are whole: a thousandth is rounding.
const ROUNDING: f64 = 1e-3;

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

/// How many of the households of a site find a dwelling. `low` and `high` are those of the usual number of households.
#[derive(Debug, Clone, PartialEq)]
pub struct Housed {
    /// With the fewest dwellings that there may be.
    pub low: f64,
    /// With the most; all of them where no commune is reached, since neighbours of the territory are not counted.
    pub high: f64,
    /// Households in need of one: those that stay, see [`Demand::lasting_households`]; the usual number.
    pub needed: f64,
    /// The fewest and the most that may be in need; both the usual number where jobs are announced.
    pub needed_range: Bounds,
    /// Households without a dwelling: the fewest of them with the most dwellings, the most with the fewest.
    pub lacking: Bounds,
    /// The communes that would carry them with the fewest dwellings, the most households first.
    pub communes: Vec<Carrying>,
}

impl Housed {
    /// Whether there is enough: `Some(true)` even with the fewest dwellings for the most households, `Some(false)` not even
    /// with the most for the fewest, `None` where what is not known decides.
    #[must_use]
    pub fn is_enough(&self) -> Option<bool> {
        match (self.lacking.low > ROUNDING, self.lacking.high > ROUNDING) {
            (_, false) => Some(true),
            (true, true) => Some(false),
            (false, true) => None,
        }
    }

    /// Whether the number of households is a range: the jobs are those that land would hold.
    #[must_use]
    pub fn is_ranged(&self) -> bool {
        self.needed_range.high - self.needed_range.low > ROUNDING
    }
}

/// Houses the households of all sites together, in the order of the sites. A household looks first where it is near and
/// where there are many dwellings: minutes weigh as in [`Bands::luo_qi_2009`], beyond its last step as in it. A dwelling
/// houses one.
#[must_use]
pub fn house(sites: &[SiteWithJobs]) -> Vec<Housed> {
    let needs_of = |of: fn(&Jobs) -> f64| -> Vec<f64> {
        sites.iter().map(|site| of(&site.demand.lasting_households())).collect()
    };
    let [fewest, needs, most] =
        [needs_of(|jobs| jobs.low), needs_of(|jobs| jobs.usual), needs_of(|jobs| jobs.high)];
    let stocks = Stocks::of(sites, most.iter().sum());
    let usual =
        [share(&needs, &stocks.low, &stocks.pulls), share(&needs, &stocks.high, &stocks.pulls)];
    let is_ranged = fewest != needs || most != needs;
    let extreme = is_ranged.then(|| {
        [share(&most, &stocks.low, &stocks.pulls), share(&fewest, &stocks.high, &stocks.pulls)]
    });
    let worst_and_best = extreme.as_ref().unwrap_or(&usual);
    let one = |(at, site): (usize, &SiteWithJobs)| {
        // Where no commune of the territory is reached, nothing is known of others: all may find a dwelling there.
        let is_cut_off = site.reach.communes.is_empty();
        let most_housed = |shares: &[Vec<f64>], needed: f64| {
            if is_cut_off { needed } else { housed(shares, at).min(needed) }
        };
        let [least, highest] = &usual;
        let [worst, best] = worst_and_best;
        let needed = needs[at];
        let low = housed(least, at).min(needed);
        let lacking = Bounds {
            low: fewest[at] - most_housed(best, fewest[at]),
            high: most[at] - housed(worst, at).min(most[at]),
        };
        Housed {
            low,
            high: most_housed(highest, needed).max(low),
            needed,
            needed_range: Bounds { low: fewest[at], high: most[at] },
            // Sites that share may trade places between the two ends.
            lacking: Bounds { low: lacking.low.min(lacking.high), ..lacking },
            communes: carrying(site, &stocks, least.get(at).map_or(&[][..], Vec::as_slice)),
        }
    };
    sites.iter().enumerate().map(one).collect()
}

/// Households of a site that find a dwelling.
fn housed(shares: &[Vec<f64>], site: usize) -> f64 {
    shares.get(site).map_or(0.0, |row| row.iter().sum())
}

/// The dwellings of all communes that any site reaches.
struct Stocks {
    places: Vec<CodeInsee>,
    low: Vec<f64>,
    high: Vec<f64>,
    /// By site and commune; 0 out of reach.
    pulls: Vec<Vec<f64>>,
}

impl Stocks {
    /// `enough` households are all that there may be: what could be any number of dwellings is as many.
    fn of(sites: &[SiteWithJobs], enough: f64) -> Self {
        let bands = Bands::luo_qi_2009();
        let mut stocks: BTreeMap<CodeInsee, (f64, f64)> = BTreeMap::new();
        for commune in sites.iter().flat_map(|site| &site.reach.communes) {
            let high = commune.mobilisable.high.min(enough.max(commune.mobilisable.low));
            stocks.insert(commune.insee, (commune.mobilisable.low, high));
        }
        let places: Vec<CodeInsee> = stocks.keys().copied().collect();
        let of_site = |site: &SiteWithJobs| {
            let mut pulls = vec![0.0; places.len()];
            for commune in &site.reach.communes {
                if let Ok(at) = places.binary_search(&commune.insee) {
                    pulls[at] = bands.weight(commune.minutes.min(bands.farthest_min()));
                }
            }
            pulls
        };
        let pulls = sites.iter().map(of_site).collect();
        let (low, high) = stocks.values().copied().unzip();
        Self { places, low, high, pulls }
    }
}

/// The communes that house any of the households of a site, the most households first.
fn carrying(site: &SiteWithJobs, stocks: &Stocks, shares: &[f64]) -> Vec<Carrying> {
    let of_commune = |commune: &CommuneInReach| {
        let at = stocks.places.binary_search(&commune.insee).ok()?;
        let households = *shares.get(at)?;
        (households > 0.0).then_some(Carrying { commune: *commune, households })
    };
    let mut communes: Vec<Carrying> = site.reach.communes.iter().filter_map(of_commune).collect();
    communes.sort_by(|a, b| {
        b.households
            .total_cmp(&a.households)
            .then(a.commune.minutes.total_cmp(&b.commune.minutes))
            .then(a.commune.insee.cmp(&b.commune.insee))
    });
    communes
}
