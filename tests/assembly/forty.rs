//! Pieces of forty units: proven, and equal to a sweep that knows nothing of the search.

use std::collections::BTreeMap;

use gisement::request::assembly::Aim;
use gisement::request::assembly::Edge;
use gisement::request::assembly::Graph;
use gisement::request::assembly::Need;
use gisement::request::assembly::Proof;
use gisement::request::assembly::Unit;
use gisement::request::assembly::search;

use super::families::Areas;
use super::families::Owners;
use super::families::Shape;

use super::families;

/// Least price of a connected set for each area that there is: the units are swept in order, and all that is kept of those
/// behind is which of the units at the front are connected.
fn sweep(areas: &[u64], prices: &[u64], edges: &[Edge]) -> BTreeMap<u64, u64> {
    let n = areas.len();
    let mut near = vec![Vec::new(); n];
    let mut last: Vec<usize> = (0..n).collect();
    for edge in edges {
        let [a, b] = edge.between.map(|at| at as usize);
        near[a].push(b);
        near[b].push(a);
        last[a] = last[a].max(b);
        last[b] = last[b].max(a);
    }
    let mut done: BTreeMap<u64, u64> = BTreeMap::new();
    // The units at the front that are taken, each with the lowest unit at the front of its part.
    let mut states: BTreeMap<(Vec<(usize, usize)>, u64), u64> = BTreeMap::from([((vec![], 0), 0)]);
    for at in 0..n {
        let mut next: BTreeMap<(Vec<(usize, usize)>, u64), u64> = BTreeMap::new();
        for ((front, area), price) in states {
            for taken in [false, true] {
                let (mut front, mut area, mut price) = (front.clone(), area, price);
                if taken {
                    if front.is_empty() && area > 0 {
                        continue;
                    }
                    let joined: Vec<usize> = front
                        .iter()
                        .filter(|(unit, _)| near[at].contains(unit))
                        .map(|(_, part)| *part)
                        .collect();
                    for (_, part) in &mut front {
                        if joined.contains(part) {
                            *part = n + 1;
                        }
                    }
                    front.push((at, n + 1));
                    area += areas[at];
                    price += prices[at];
                }
                let parts = |front: &[(usize, usize)]| {
                    let mut parts: Vec<usize> = front.iter().map(|(_, part)| *part).collect();
                    parts.sort_unstable();
                    parts.dedup();
                    parts
                };
                let before = parts(&front);
                front.retain(|(unit, _)| last[*unit] > at);
                let after = parts(&front);
                if after.len() < before.len() {
                    // A part has left the front: it is all there is, or can never join.
                    if before.len() == 1 {
                        let least = done.entry(area).or_insert(price);
                        *least = (*least).min(price);
                    }
                    continue;
                }
                if before.len() == 1 && taken {
                    let least = done.entry(area).or_insert(price);
                    *least = (*least).min(price);
                }
                let names: BTreeMap<usize, usize> =
                    front.iter().rev().map(|(unit, part)| (*part, *unit)).collect();
                for (_, part) in &mut front {
                    *part = names[part];
                }
                let least = next.entry((front, area)).or_insert(price);
                *least = (*least).min(price);
            }
        }
        states = next;
    }
    done
}

fn case(shape: Shape, areas: Areas, seed: u64) -> (Vec<Unit>, Vec<Edge>) {
    let (mut units, edges) = families::graph(40, shape, areas, Owners::Each, seed);
    // Few sums, so that the sweep stays small.
    for unit in &mut units {
        unit.area_m2 = (unit.area_m2 / 500.0).round().max(1.0) * 500.0;
        unit.cost = Some(unit.cost.unwrap_or(unit.area_m2).round());
    }
    (units, edges)
}

#[test]
fn forty_units_equal_the_sweep() {
    for shape in [Shape::Grid, Shape::Triangles, Shape::Row] {
        for areas in [Areas::Small, Areas::Equal] {
            let (units, edges) = case(shape, areas, 3);
            let graph = Graph::new(&units, &edges).unwrap();
            let whole: Vec<u64> = units.iter().map(|unit| unit.area_m2 as u64).collect();
            let costs: Vec<u64> = units.iter().map(|unit| unit.cost.unwrap() as u64).collect();
            let by_cost = sweep(&whole, &costs, &edges);
            let by_units = sweep(&whole, &[1; 40], &edges);
            let total: u64 = whole.iter().sum();
            for min in [20_000, total / 2 / 500 * 500, total * 3 / 4] {
                let enough =
                    |of: &BTreeMap<u64, u64>| of.range(min..).map(|(_, price)| *price).min();
                let Some(cost) = enough(&by_cost) else { continue };
                let fewest = enough(&by_units).unwrap();
                let (least, price) = by_cost.range(min..).next().unwrap();
                let best = |order: &[Aim]| {
                    let need = Need {
                        min_m2: min as f64,
                        order: order.to_vec(),
                        excess_step_m2: 1.0,
                        ..Need::default()
                    };
                    let mut found = search(&graph, &need, &|_| true).unwrap();
                    assert_eq!(
                        found.proofs,
                        [Proof::Optimal],
                        "{shape:?} {areas:?} {min} {order:?}"
                    );
                    found.assemblies.remove(0)
                };
                assert_eq!(best(&[Aim::Cost]).cost, Some(cost as f64), "{shape:?} {areas:?} {min}");
                assert_eq!(best(&[Aim::Units, Aim::Cost]).units.len() as u64, fewest);
                let tight = best(&[Aim::Excess, Aim::Cost]);
                assert_eq!((tight.area_m2, tight.cost), (*least as f64, Some(*price as f64)));
            }
        }
    }
}

#[test]
fn forty_units_are_proven() {
    // Few of the cases of `examples/worst.rs`, which take longer.
    for (shape, seed) in
        [(Shape::Grid, 5), (Shape::Triangles, 6), (Shape::Voronoi, 7), (Shape::Row, 8)]
    {
        for areas in [Areas::Random, Areas::Equal, Areas::Two] {
            for owners in [Owners::Each, Owners::Few] {
                let (units, edges) = families::graph(40, shape, areas, owners, seed);
                let graph = Graph::new(&units, &edges).unwrap();
                let (order, step) = families::orders().swap_remove(0);
                for (min_m2, max_m2) in families::needs(&units) {
                    let need = Need {
                        min_m2,
                        max_m2,
                        order: order.clone(),
                        excess_step_m2: step,
                        ..Need::default()
                    };
                    let found = search(&graph, &need, &|_| true).unwrap();
                    assert!(
                        found.complete || found.proofs == [Proof::Optimal],
                        "{shape:?} {areas:?} {owners:?} {min_m2}"
                    );
                }
            }
        }
    }
}
