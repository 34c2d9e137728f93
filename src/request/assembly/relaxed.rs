//! What an assembly cannot be better than, were all units of a piece to join.

use std::collections::BTreeMap;

use super::graph::Graph;
use super::graph::UNKNOWN;
use super::need;
use super::need::Aim;
use super::need::Plan;
use super::need::Rank;

/// Values that no assembly of some units is better than; `None` if there can be none.
pub(super) fn rank(graph: &Graph, plan: &Plan, piece: &[u32]) -> Option<Rank> {
    let mut areas: Vec<i64> = piece.iter().map(|unit| graph.area[*unit as usize]).collect();
    let units = fewest(&mut areas, plan.min)?;
    if units > u64::from(plan.max_units) || areas.last().is_none_or(|least| *least > plan.max) {
        return None;
    }
    let mut rank = [0; 5];
    for (rank, aim) in rank.iter_mut().zip(&plan.order) {
        *rank = match aim {
            Aim::Owners => {
                let mut estates: BTreeMap<u32, i64> = BTreeMap::new();
                for unit in piece {
                    *estates.entry(graph.owner[*unit as usize]).or_insert(0) +=
                        graph.area[*unit as usize];
                }
                fewest(&mut estates.into_values().collect::<Vec<_>>(), plan.min)?
            }
            Aim::Units => units,
            Aim::Excess => plan.excess(plan.min, plan.max),
            Aim::Cost => need::cost(cheapest(graph, plan.min, piece)),
            Aim::Shape => 0,
        };
    }
    Some(rank)
}

/// How many of the largest areas are enough; sorts them, the largest first.
fn fewest(areas: &mut [i64], mut missing: i64) -> Option<u64> {
    areas.sort_unstable_by_key(|area| -area);
    for (count, area) in (1..).zip(areas.iter()) {
        missing -= area;
        if missing <= 0 {
            return Some(count);
        }
    }
    None
}

fn cheapest(graph: &Graph, mut missing: i64, piece: &[u32]) -> i64 {
    let figures = piece.iter().map(|unit| (graph.cost[*unit as usize], graph.area[*unit as usize]));
    let mut known: Vec<(i64, i64)> = figures.filter(|(cost, _)| *cost < UNKNOWN).collect();
    known.sort_unstable_by(|a, b| {
        (i128::from(a.0) * i128::from(b.1)).cmp(&(i128::from(b.0) * i128::from(a.1)))
    });
    let mut sum = 0;
    for (cost, area) in known {
        if area >= missing {
            return sum + (i128::from(cost) * i128::from(missing) / i128::from(area)) as i64;
        }
        sum += cost;
        missing -= area;
    }
    UNKNOWN
}
