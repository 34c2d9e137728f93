//! Assemblies grown unit by unit, and the surroundings of a unit, in pieces of any size.

use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::collections::BinaryHeap;

use super::graph::Graph;
use super::graph::UNKNOWN;
use super::local::Earlier;
use super::need;
use super::need::Aim;
use super::need::Plan;
use super::pool::Meter;
use super::pool::Pool;

/// Starts of growth in a piece.
const STARTS: usize = 128;

/// Units within some steps of one.
pub(super) struct Ball {
    /// In ascending order, as many as there was room for.
    pub(super) units: Vec<u32>,
    /// Steps at which the first unit was left out for want of room; `None` if none was.
    pub(super) cut_at: Option<u32>,
}

/// At most so many units within some steps of one, by way of units whose turn comes after its own.
pub(super) fn ball(
    graph: &Graph,
    root: u32,
    turns: &[u32],
    [turn, steps]: [u32; 2],
    room: usize,
) -> Ball {
    let mut units = vec![root];
    let mut seen = BTreeSet::from([root]);
    let (mut at, mut depth) = (0, 0);
    while at < units.len() && depth < steps {
        depth += 1;
        let end = units.len();
        for from in at..end {
            for (other, _) in graph.near(units[from]) {
                if turns[*other as usize] <= turn || !seen.insert(*other) {
                    continue;
                }
                if units.len() >= room {
                    units.sort_unstable();
                    return Ball { units, cut_at: Some(depth) };
                }
                units.push(*other);
            }
        }
        at = end;
    }
    units.sort_unstable();
    Ball { units, cut_at: None }
}

/// Grows an assembly from some units, the first of the order and others spread over it, and offers them to the pool.
pub(super) fn seeds(
    graph: &Graph,
    plan: &Plan,
    order: &[u32],
    turns: &[u32],
    earlier: &[Earlier],
    pool: &mut Pool,
    meter: &mut Meter,
) {
    let spread = order.len().div_ceil(STARTS).max(1);
    let first = order.iter().take(STARTS / 4);
    for start in first.chain(order.iter().step_by(spread)) {
        if meter.left() == 0 {
            return;
        }
        let Some(units) = grow(graph, plan, *start, turns, meter) else { continue };
        let units = trimmed(graph, plan, units, meter);
        let sums = need::sums(graph, &units);
        let fits = plan.fits(sums.area) && sums.units <= plan.max_units;
        if fits && differs(graph, &units, sums.area, earlier) {
            pool.offer(plan.rank(&sums), units.iter().copied());
        }
    }
}

/// Whether units share at most half of their area, or of the other's if that is less, with each earlier assembly.
pub(super) fn differs(graph: &Graph, units: &[u32], area: i64, earlier: &[Earlier]) -> bool {
    earlier.iter().all(|other| {
        let both = units.iter().filter(|unit| other.units.binary_search(unit).is_ok());
        let both: i64 = both.map(|unit| graph.area[*unit as usize]).sum();
        2 * both <= area.min(other.area)
    })
}

/// Adds what seems best by the first aim until there is enough; in ascending order.
fn grow(
    graph: &Graph,
    plan: &Plan,
    start: u32,
    turns: &[u32],
    meter: &mut Meter,
) -> Option<Vec<u32>> {
    let mut taken = BTreeSet::new();
    let mut owners = BTreeSet::new();
    let mut seen = BTreeSet::from([start]);
    let mut area = 0;
    // What comes first is taken first: the same owner, then the largest or, where cost comes first, the cheapest.
    let by_cost = plan.order.first() == Some(&Aim::Cost);
    let worth = |unit: u32| {
        let (area, cost) = (graph.area[unit as usize], graph.cost[unit as usize]);
        match (by_cost, cost < UNKNOWN) {
            (false, _) => area,
            (true, true) => -((i128::from(cost) * 1000 / i128::from(area)) as i64),
            (true, false) => i64::MIN,
        }
    };
    let (mut kin, mut others) = (BinaryHeap::new(), BinaryHeap::new());
    others.push((worth(start), Reverse(start)));
    loop {
        meter.spend(1);
        let (_, Reverse(unit)) = kin.pop().or_else(|| others.pop())?;
        if !taken.insert(unit) {
            continue;
        }
        area += graph.area[unit as usize];
        if area > plan.max || taken.len() > plan.max_units as usize {
            return None;
        }
        if area >= plan.min {
            return Some(taken.into_iter().collect());
        }
        owners.insert(graph.owner[unit as usize]);
        for (other, _) in graph.near(unit) {
            if turns[*other as usize] == 0 {
                continue;
            }
            let new = seen.insert(*other);
            let item = (worth(*other), Reverse(*other));
            if owners.contains(&graph.owner[*other as usize]) {
                // Taken once, however often it is here.
                kin.push(item);
            } else if new {
                others.push(item);
            }
        }
    }
}

/// Leaves out units that are not needed, the smallest first, as long as the others hang together.
fn trimmed(graph: &Graph, plan: &Plan, mut units: Vec<u32>, meter: &mut Meter) -> Vec<u32> {
    let mut area: i64 = units.iter().map(|unit| graph.area[*unit as usize]).sum();
    let mut order = units.clone();
    order.sort_by_key(|unit| (graph.area[*unit as usize], *unit));
    for unit in order {
        let own = graph.area[unit as usize];
        if area - own < plan.min {
            break;
        }
        meter.spend(1);
        let left: Vec<u32> = units.iter().copied().filter(|other| *other != unit).collect();
        if hangs_together(graph, &left) {
            units = left;
            area -= own;
        }
    }
    units
}

/// Whether units in ascending order hang together.
pub(super) fn hangs_together(graph: &Graph, units: &[u32]) -> bool {
    let Some(start) = units.first() else { return false };
    let mut seen = BTreeSet::from([*start]);
    let mut open = vec![*start];
    while let Some(unit) = open.pop() {
        for (other, _) in graph.near(unit) {
            if units.binary_search(other).is_ok() && seen.insert(*other) {
                open.push(*other);
            }
        }
    }
    seen.len() == units.len()
}
