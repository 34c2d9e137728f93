//! The least excess that two halves can come to, were all of their sets to join.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use super::halves::State;
use super::halves::Touch;
use super::local::Local;
use super::need::Aim;
use super::pool::Pool;

/// Areas looked up at most; with more of them the bound is seldom above 0.
const MOST_STEPS: usize = 4_000_000;

/// Different areas that are few.
const FEW: usize = 400;

/// Areas of sets, by the number of units.
type Areas = BTreeMap<u32, Vec<i64>>;

/// Excess in steps that no set that comes into the pool has less of.
///
/// Where areas are few and alike, many sums of them leave the same gap above the least area needed. Without this bound the
/// aims that follow could not be compared until all pairs were looked at one by one.
pub(super) fn least(
    local: &Local<'_>,
    pool: &Pool,
    sides: [&BTreeMap<Touch, Vec<State>>; 2],
) -> u64 {
    let plan = local.plan;
    let Some(place) = plan.order.iter().position(|aim| *aim == Aim::Excess) else { return 0 };
    if pool.worst()[place] == 0 {
        return 0;
    }
    let most = match plan.order.first() {
        Some(Aim::Units) => u32::try_from(pool.worst()[0]).unwrap_or(u32::MAX),
        Some(Aim::Owners) if local.estate.len() == local.ids.len() => {
            u32::try_from(pool.worst()[0]).unwrap_or(u32::MAX)
        }
        _ => u32::MAX,
    };
    let [left, right] = sides.map(areas);
    let mut steps = 0;
    let mut least = u64::MAX;
    for (units, areas) in &left {
        for (others, more) in &right {
            if units + others > most.min(plan.max_units) {
                continue;
            }
            steps +=
                areas.len().min(more.len()) * (areas.len().max(more.len()).ilog2() as usize + 1);
            if steps > MOST_STEPS {
                return 0;
            }
            let (few, many) = if areas.len() < more.len() { (areas, more) } else { (more, areas) };
            for area in few {
                // The areas next to the one that would be best, on both sides.
                for best in [plan.min, plan.best()] {
                    let at = many.partition_point(|other| area + other < best);
                    for other in [at.checked_sub(1), Some(at)].into_iter().flatten() {
                        if let Some(other) = many.get(other)
                            && plan.fits(area + other)
                        {
                            least = least.min(plan.excess(area + other, area + other));
                        }
                    }
                }
            }
        }
    }
    least
}

/// Whether each half has few different areas.
pub(super) fn are_few(sides: [&BTreeMap<Touch, Vec<State>>; 2]) -> bool {
    sides.into_iter().all(|side| {
        let mut seen = BTreeSet::new();
        side.values().flatten().all(|state| {
            seen.insert(state.area);
            seen.len() <= FEW
        })
    })
}

fn areas(side: &BTreeMap<Touch, Vec<State>>) -> Areas {
    let mut areas = Areas::new();
    for state in side.values().flatten() {
        areas.entry(state.units).or_default().push(state.area);
    }
    for areas in areas.values_mut() {
        areas.sort_unstable();
        areas.dedup();
    }
    areas
}
