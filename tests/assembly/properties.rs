//! What holds whatever the graph.

use gisement::request::assembly::Assembly;
use gisement::request::assembly::Edge;
use gisement::request::assembly::Found;
use gisement::request::assembly::Graph;
use gisement::request::assembly::GraphError;
use gisement::request::assembly::Need;
use gisement::request::assembly::NeedError;
use gisement::request::assembly::Unit;
use gisement::request::assembly::merge;
use gisement::request::assembly::search;
use gisement::request::assembly::search_component;
use proptest::prelude::*;
use rand::SeedableRng;
use rand::seq::SliceRandom;
use rand_chacha::ChaCha8Rng;

use super::common;
use super::families;

fn values(case: &common::Case, need: &Need, found: &Found) -> Option<Vec<f64>> {
    let first = found.assemblies.first()?;
    Some(case.values(need, first.units.iter().fold(0, |set, unit| set | 1 << unit)))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn holds(seed in any::<u64>()) {
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        let case = common::random(&mut rng, 20);
        let mut need = common::need(&mut rng);
        need.wanted = 1;
        let graph = Graph::new(&case.units, &case.edges).unwrap();
        let free = search(&graph, &need, &|_| true).unwrap();
        let best = values(&case, &need, &free);
        let joins = case.joins();
        for found in &free.assemblies {
            let set = found.units.iter().fold(0, |set, unit| set | 1 << unit);
            prop_assert!(common::Case::connected(&joins, set));
            prop_assert!((need.min_m2..=need.max_m2).contains(&case.area(set)));
        }
        // Stricter: never better.
        let strict = Need { max_m2: need.max_m2.min(need.min_m2 * 1.2), ..need.clone() };
        let odd = |units: &[u32]| units.iter().sum::<u32>() % 3 != 0;
        for less in [search(&graph, &strict, &|_| true).unwrap(), search(&graph, &need, &odd).unwrap()] {
            if let Some(less) = values(&case, &need, &less) {
                prop_assert!(common::compare(best.as_ref().unwrap(), &less).is_le());
            }
        }
        // The same by components, and with the units numbered otherwise.
        let parts = (0..graph.components().len())
            .map(|at| search_component(&graph, at, &need, &|_| true).unwrap())
            .collect();
        prop_assert_eq!(&merge(&graph, &need, parts).unwrap().assemblies, &free.assemblies);
        let mut new: Vec<u32> = (0..case.units.len() as u32).collect();
        new.shuffle(&mut rng);
        let mut units = case.units.clone();
        for (old, unit) in case.units.iter().enumerate() {
            units[new[old] as usize] = *unit;
        }
        let mut edges: Vec<Edge> = case
            .edges
            .iter()
            .map(|edge| Edge { between: edge.between.map(|at| new[at as usize]), ..*edge })
            .collect();
        edges.shuffle(&mut rng);
        let other = common::Case { units, edges };
        let graph = Graph::new(&other.units, &other.edges).unwrap();
        let found = search(&graph, &need, &|_| true).unwrap();
        prop_assert_eq!(values(&other, &need, &found), best);
    }
}

#[test]
fn ten_thousand_units_are_answered() {
    for blocks in [1, 200] {
        let (mut units, mut edges): (Vec<Unit>, Vec<Edge>) = (Vec::new(), Vec::new());
        for seed in 0..blocks {
            let size = 10_000 / blocks as usize;
            let (more, joins) = families::graph(
                size,
                families::Shape::Grid,
                families::Areas::Random,
                families::Owners::Some,
                seed,
            );
            let first = units.len() as u32;
            units.extend(more);
            edges.extend(
                joins
                    .iter()
                    .map(|edge| Edge { between: edge.between.map(|at| at + first), ..*edge }),
            );
        }
        let graph = Graph::new(&units, &edges).unwrap();
        let biggest = if blocks == 1 { 2_000_000.0 } else { 200_000.0 };
        for (order, step) in families::orders() {
            for min_m2 in [5_000.0, 60_000.0, biggest] {
                let need = Need {
                    min_m2,
                    max_m2: min_m2 * 1.5,
                    order: order.clone(),
                    excess_step_m2: step,
                    wanted: 2,
                    budget: 300_000,
                    ..Need::default()
                };
                let found = search(&graph, &need, &|_| true).unwrap();
                assert!(!found.assemblies.is_empty(), "{blocks} {order:?} {min_m2}");
                for Assembly { units, area_m2, .. } in &found.assemblies {
                    assert!((need.min_m2..=need.max_m2).contains(area_m2));
                    let mut open = vec![units[0]];
                    let mut seen = std::collections::BTreeSet::from([units[0]]);
                    let inside: Vec<&Edge> = edges
                        .iter()
                        .filter(|edge| {
                            edge.between.iter().all(|at| units.binary_search(at).is_ok())
                        })
                        .collect();
                    while let Some(unit) = open.pop() {
                        for edge in inside.iter().filter(|edge| edge.between.contains(&unit)) {
                            for at in edge.between {
                                if seen.insert(at) {
                                    open.push(at);
                                }
                            }
                        }
                    }
                    assert_eq!(seen.len(), units.len());
                }
            }
        }
    }
}

#[test]
fn what_cannot_be_searched_is_refused() {
    let unit = Unit { area_m2: 100.0, owner: None, cost: None, perimeter_m: 40.0 };
    let edge = |a, b| Edge { between: [a, b], shared_m: 1.0 };
    let error = |units: &[Unit], edges: &[Edge]| Graph::new(units, edges).unwrap_err();
    assert_eq!(error(&[unit], &[edge(0, 0)]), GraphError::Loop { edge: 0 });
    assert_eq!(error(&[unit], &[edge(0, 1)]), GraphError::NoUnit { edge: 0, unit: 1 });
    for area_m2 in [0.0, -1.0, f64::NAN, f64::INFINITY] {
        assert!(matches!(
            error(&[Unit { area_m2, ..unit }], &[]),
            GraphError::Area { unit: 0, .. }
        ));
    }
    let graph = Graph::new(&[unit, unit], &[edge(0, 1), edge(1, 0)]).unwrap();
    let need = |min_m2, max_m2| Need { min_m2, max_m2, ..Need::default() };
    assert_eq!(search(&graph, &need(0.0, 1.0), &|_| true), Err(NeedError::Min(0.0)));
    assert_eq!(search(&graph, &need(2.0, 1.0), &|_| true), Err(NeedError::Max(1.0)));
    let found = search(&graph, &need(150.0, 200.0), &|_| true).unwrap();
    assert_eq!(found.assemblies[0].perimeter_m, 78.0);
    let none = search(&graph, &need(250.0, 300.0), &|_| true).unwrap();
    assert!(none.assemblies.is_empty() && none.complete);
    let empty = Graph::new(&[], &[]).unwrap();
    assert!(search(&empty, &need(1.0, 2.0), &|_| true).unwrap().complete);
}
