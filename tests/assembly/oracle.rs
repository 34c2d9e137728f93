//! Against twelve parcels enumerated by another program.

use gisement::request::assembly::Aim;
use gisement::request::assembly::Edge;
use gisement::request::assembly::Graph;
use gisement::request::assembly::Need;
use gisement::request::assembly::Unit;
use gisement::request::assembly::connected_sets;
use gisement::request::assembly::search;
use serde_json::Value;

#[test]
fn equals_the_oracle() {
    let text = std::fs::read_to_string(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/tests/reference/assembly.json"
    ))
    .unwrap();
    let oracle: Value = serde_json::from_str(&text).unwrap();
    let oracle = &oracle["assembly"];
    let numbers = |value: &Value| -> Vec<f64> {
        value.as_array().unwrap().iter().map(|number| number.as_f64().unwrap()).collect()
    };
    let units: Vec<Unit> = numbers(&oracle["area_m2"])
        .into_iter()
        .zip(numbers(&oracle["cost"]))
        .map(|(area_m2, cost)| Unit { area_m2, owner: None, cost: Some(cost), perimeter_m: 100.0 })
        .collect();
    let edges: Vec<Edge> = oracle["edges"]
        .as_array()
        .unwrap()
        .iter()
        .map(|edge| Edge {
            between: [numbers(edge)[0] as u32, numbers(edge)[1] as u32],
            shared_m: 1.0,
        })
        .collect();
    let graph = Graph::new(&units, &edges).unwrap();
    assert_eq!(connected_sets(&graph, 10_000), oracle["connected_subsets"].as_u64());
    for (target, wanted) in oracle["targets"].as_object().unwrap() {
        let best = |aim| {
            let need = Need {
                min_m2: target.parse().unwrap(),
                order: vec![aim],
                excess_step_m2: 1.0,
                ..Need::default()
            };
            search(&graph, &need, &|_| true).unwrap().assemblies[0].clone()
        };
        let set = |value: &Value| -> Vec<u32> {
            numbers(value).into_iter().map(|number| number as u32).collect()
        };
        assert_eq!(Some(best(Aim::Units).units.len() as u64), wanted["min_parcels"].as_u64());
        assert_eq!(best(Aim::Cost).cost, wanted["min_cost"].as_f64());
        assert_eq!(Some(best(Aim::Excess).excess_m2), wanted["min_excess_area"].as_f64());
        let excess = |set: &[u32]| {
            let area: f64 = set.iter().map(|at| units[*at as usize].area_m2).sum();
            area - target.parse::<f64>().unwrap()
        };
        // Where several sets are as tight, the oracle has kept another one.
        assert_eq!(best(Aim::Cost).units, set(&wanted["min_cost_set"]), "{target}");
        assert_eq!(
            best(Aim::Excess).excess_m2,
            excess(&set(&wanted["min_excess_set"])),
            "{target}"
        );
    }
}
