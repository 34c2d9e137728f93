//! Where the workers of a site could live: the communes from which it is reached in so many minutes, and what could be
//! mobilised there.

use crate::domain::BoundedSum;
use crate::domain::CodeInsee;
use crate::domain::Commune;
use crate::domain::CommuneTable;
use crate::domain::HousingKind;
use crate::domain::LayerKey;
use crate::domain::Territory;
use crate::domain::TravelBy;
use crate::domain::TravelPlace;
use crate::domain::Value;
use crate::evaluation::method::floating_catchment::Bounds;
use crate::units::Minutes;

/// Drives from home to work that are looked at unless others are asked for, minutes.
pub const BANDS_MIN: [f64; 3] = [10.0, 20.0, 30.0];

/// Column of the derived table with the dwellings that could be mobilised, of all kinds.
const MOBILISABLE: &str = "mobilisable";

/// Its column with all dwellings of the census.
const DWELLINGS: &str = "dwellings";

/// A commune from which a site is reached.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CommuneInReach {
    /// The commune.
    pub insee: CodeInsee,
    /// Minutes by car from where its people live to the site.
    pub minutes: f64,
    /// What they rest on.
    pub by: TravelBy,
    /// What could be mobilised there.
    pub mobilisable: Bounds,
}

/// What lies within so many minutes.
#[derive(Debug, Clone, PartialEq)]
pub struct ReachBand {
    /// The minutes.
    pub within: Minutes,
    /// Communes within them.
    pub n_communes: usize,
    /// Communes within them of which no stock at all is known.
    pub n_unknown: usize,
    /// Communes within them of which each kind is not known, in the order of [`HousingKind::ALL`].
    pub n_unknown_of: Vec<(HousingKind, usize)>,
    /// What could be mobilised of each kind, in the order of [`HousingKind::ALL`].
    pub kinds: Vec<(HousingKind, Bounds)>,
    /// What could be mobilised of all kinds.
    pub all: Bounds,
}

/// The housing within reach of a site.
#[derive(Debug, Clone, PartialEq)]
pub struct HousingReach {
    /// By minutes, in the order asked for; each holds those of fewer minutes.
    pub bands: Vec<ReachBand>,
    /// The communes within the most minutes, the nearest first.
    pub communes: Vec<CommuneInReach>,
    /// Whether no commune of the territory reaches the site: too far, or on a piece of the network of its own.
    pub is_cut_off: bool,
}

impl HousingReach {
    /// Whether any minutes rest on a straight line.
    #[must_use]
    pub fn has_straight_lines(&self) -> bool {
        self.communes.iter().any(|commune| commune.by == TravelBy::StraightLine)
    }
}

/// The housing within reach of some sites, each by itself, in their order. Communes of the territory only.
///
/// `None` when no figures of housing were made ([`super::prepare`]).
#[must_use]
pub fn reach(
    territory: &Territory,
    sites: &[TravelPlace<'_>],
    minutes: &[Minutes],
) -> Option<Vec<HousingReach>> {
    let figures = territory.tables.get(LayerKey::HOUSING)?;
    let places: Vec<(&Commune, TravelPlace<'_>)> = territory
        .communes
        .entities
        .iter()
        .filter_map(|commune| Some((commune, territory.travel_place(commune)?)))
        .collect();
    let homes: Vec<TravelPlace<'_>> = places.iter().map(|(_, place)| place.clone()).collect();
    let most = minutes.iter().copied().max_by(|a, b| a.get().total_cmp(&b.get()))?;
    let travel = territory.travel(&homes, sites, most);
    let mut reached: Vec<Vec<CommuneInReach>> = vec![Vec::new(); sites.len()];
    for trip in travel.trips() {
        let (Some(of_site), Some((commune, _))) =
            (reached.get_mut(trip.to as usize), places.get(trip.from as usize))
        else {
            continue;
        };
        of_site.push(CommuneInReach {
            insee: commune.insee,
            minutes: trip.minutes,
            by: trip.by,
            mobilisable: mobilisable(figures, commune.insee),
        });
    }
    let of_site = |mut communes: Vec<CommuneInReach>| {
        communes.sort_by(|a, b| a.minutes.total_cmp(&b.minutes).then(a.insee.cmp(&b.insee)));
        let bands = minutes.iter().map(|within| band(figures, &communes, *within)).collect();
        HousingReach { bands, is_cut_off: communes.is_empty(), communes }
    };
    Some(reached.into_iter().map(of_site).collect())
}

fn band(figures: &CommuneTable, communes: &[CommuneInReach], within: Minutes) -> ReachBand {
    let near = || communes.iter().take_while(|commune| commune.minutes <= within.get());
    let codes = || near().map(|commune| commune.insee);
    let sums = HousingKind::ALL.map(|kind| (kind, figures.sum(codes(), kind.mobilisable())));
    let add = |sum: Bounds, one: &CommuneInReach| Bounds {
        low: sum.low + one.mobilisable.low,
        high: sum.high + one.mobilisable.high,
    };
    ReachBand {
        within,
        n_communes: codes().count(),
        n_unknown: figures.sum(codes(), MOBILISABLE).n_unknown,
        n_unknown_of: sums.map(|(kind, sum)| (kind, sum.n_unknown)).to_vec(),
        kinds: sums.map(|(kind, sum)| (kind, bounds(&sum))).to_vec(),
        all: near().fold(Bounds { low: 0.0, high: 0.0 }, add),
    }
}

/// What could be mobilised in a commune: where no stock is known, no more than the dwellings that there are.
fn mobilisable(figures: &CommuneTable, commune: CodeInsee) -> Bounds {
    match figures.value(commune, MOBILISABLE) {
        Value::Number(number) => Bounds { low: number, high: number },
        Value::Between { low, high } => Bounds { low, high },
        _ => match figures.value(commune, DWELLINGS) {
            // Twice: those that stand, and as many with a permit.
            Value::Number(dwellings) => Bounds { low: 0.0, high: 2.0 * dwellings },
            _ => Bounds { low: 0.0, high: f64::INFINITY },
        },
    }
}

/// The bounds of a sum: "at least" where a commune has no figure.
fn bounds(sum: &BoundedSum) -> Bounds {
    Bounds { low: sum.low, high: if sum.n_unknown > 0 { f64::INFINITY } else { sum.high } }
}
