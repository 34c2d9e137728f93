//! How many dwellings fall to each job, when all places of work within reach want them: floating catchments (E2SFCA).

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use super::interval::Interval;
use crate::domain::CodeInsee;
use crate::domain::Commune;
use crate::domain::EpciArea;
use crate::domain::LayerKey;
use crate::domain::Territory;
use crate::domain::TravelBy;
use crate::domain::Value;
use crate::evaluation::method::floating_catchment::Bands;
use crate::evaluation::method::floating_catchment::Bounds;
use crate::evaluation::method::floating_catchment::FloatingCatchment;
use crate::evaluation::method::floating_catchment::Way;
use crate::units::Minutes;

/// Column of the derived table: dwellings that could be mobilised within reach of a commune's jobs, for 1 000 of them.
pub const ACCESS: &str = "access_per_1000_jobs";

/// Column of the derived table: whether any of the ways that [`ACCESS`] rests on is a straight line.
pub const ACCESS_IS_STRAIGHT: &str = "access_is_straight_line";

/// Jobs that an access is told for.
const JOBS: f64 = 1_000.0;

/// What falls to each job of a commune.
#[derive(Debug, Clone, Copy)]
struct Access {
    bounds: Bounds,
    is_straight: bool,
}

/// Adds [`ACCESS`] and [`ACCESS_IS_STRAIGHT`] to the derived table ([`super::prepare`]), for communes as places of work, and for EPCIs as the mean over
/// their jobs. Minutes weigh as in [`Bands::luo_qi_2009`]: 10, 20 and 30.
///
/// Dwellings whose number is not known leave no upper bound; where a commune's jobs are not known, how many they take from
/// others is not known either, so that there is no lower one but 0. Without a table of jobs the column is missing
/// everywhere. Asked twice, nothing changes.
pub fn add_access(territory: &mut Territory) {
    let Some(access) = access(territory) else { return };
    let epcis: BTreeMap<_, _> = territory
        .epci_areas
        .iter()
        .flat_map(|layer| &layer.entities)
        .map(|epci| (epci.siren(), mean(territory, epci, &access)))
        .collect();
    let Some(table) = territory.tables.get_mut(LayerKey::HOUSING) else { return };
    table.columns.extend([ACCESS, ACCESS_IS_STRAIGHT].map(str::to_owned));
    for (insee, row) in &mut table.rows {
        row.extend(values(access.get(insee).copied()));
    }
    for (siren, row) in &mut table.epcis {
        row.extend(values(epcis.get(siren).copied().flatten()));
    }
}

fn values(access: Option<Access>) -> [Value<'static>; 2] {
    let Some(Access { bounds, is_straight }) = access else {
        return [Value::Missing, Value::Missing];
    };
    [Interval { low: bounds.low, high: bounds.high }.value(), Value::Flag(is_straight)]
}

fn jobs(territory: &Territory, insee: CodeInsee) -> Option<f64> {
    match territory.tables.get(LayerKey::HOUSING)?.value(insee, "jobs") {
        Value::Number(jobs) => Some(jobs),
        _ => None,
    }
}

/// By commune; `None` where there is no table, no jobs, or the column is there already.
fn access(territory: &Territory) -> Option<BTreeMap<CodeInsee, Access>> {
    let table = territory.tables.get(LayerKey::HOUSING)?;
    if table.columns.iter().any(|column| column == ACCESS) {
        return None;
    }
    let bands = Bands::luo_qi_2009();
    let (communes, places): (Vec<&Commune>, Vec<_>) = territory
        .communes
        .entities
        .iter()
        .filter_map(|commune| Some((commune, territory.travel_place(commune)?)))
        .unzip();
    let known: Vec<Option<f64>> =
        communes.iter().map(|commune| jobs(territory, commune.insee)).collect();
    if known.iter().all(Option::is_none) {
        return None;
    }
    let demand: Vec<f64> = known.iter().map(|jobs| jobs.unwrap_or(0.0)).collect();
    let supply: Vec<Bounds> = communes
        .iter()
        .map(|commune| match Interval::of(&table.value(commune.insee, "mobilisable")) {
            Some(Interval { low, high }) => Bounds { low, high },
            None => Bounds { low: 0.0, high: f64::INFINITY },
        })
        .collect();
    // From home to work: those who drive are those who would live there.
    let travel = territory.travel(&places, &places, Minutes::new(bands.farthest_min())?);
    let ways: Vec<Way> = travel
        .trips()
        .iter()
        .map(|trip| Way { demand: trip.to, supply: trip.from, minutes: trip.minutes })
        .collect();
    let access = FloatingCatchment::Enhanced(bands).access(&demand, &supply, &ways).ok()?;
    // What is left of the dwellings of a commune rests on all ways from it, so a straight one of any of those counts.
    let homes: BTreeSet<u32> = travel
        .trips()
        .iter()
        .filter(|trip| trip.by == TravelBy::StraightLine)
        .map(|trip| trip.from)
        .collect();
    let straight: BTreeSet<u32> = travel
        .trips()
        .iter()
        .filter(|trip| homes.contains(&trip.from))
        .map(|trip| trip.to)
        .collect();
    let all_known = known.iter().all(Option::is_some);
    let told = |(at, (commune, bounds)): (u32, (&&Commune, &Bounds))| {
        let low = if all_known { JOBS * bounds.low } else { 0.0 };
        let bounds = Bounds { low, high: JOBS * bounds.high };
        (commune.insee, Access { bounds, is_straight: straight.contains(&at) })
    };
    Some((0..).zip(communes.iter().zip(&access)).map(told).collect())
}

/// The mean over the jobs of an EPCI; `None` where it has none, or those of a commune are not known.
fn mean(
    territory: &Territory,
    epci: &EpciArea,
    access: &BTreeMap<CodeInsee, Access>,
) -> Option<Access> {
    let (mut total, mut low, mut high) = (0.0, 0.0, 0.0);
    let mut is_straight = false;
    for insee in &epci.communes {
        let jobs = jobs(territory, *insee)?;
        if jobs > 0.0 {
            let Access { bounds, is_straight: is_any } = access.get(insee)?;
            is_straight |= is_any;
            total += jobs;
            low += jobs * bounds.low;
            high += jobs * bounds.high;
        }
    }
    let bounds = Bounds { low: low / total, high: high / total };
    (total > 0.0).then_some(Access { bounds, is_straight })
}
