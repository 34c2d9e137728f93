//! The road network: building it, and one search over all of it, beside `petgraph`'s own Dijkstra on the same arcs; from
//! many places to many sites; isochrones.
//!
//! `cargo bench --bench network -- --quick`

use std::collections::HashMap;
use std::hint::black_box;

use criterion::Criterion;
use criterion::criterion_group;
use criterion::criterion_main;
use geo::Geometry;
use geo::LineString;
use gisement::spatial::network::Cost;
use gisement::spatial::network::Direction;
use gisement::spatial::network::RoadNetwork;
use gisement::spatial::network::RoadStretch;
use gisement::spatial::network::Toward;
use petgraph::algo::dijkstra;
use petgraph::graph::DiGraph;
use petgraph::graph::NodeIndex;

/// Nodes of a side: 150 000 in all, joined by 300 000 edges.
const SIDE: usize = 387;

/// A place of the grid, shaken so that no two ways are of one length. The same at every run.
fn place(column: usize, row: usize) -> (f64, f64) {
    let shaken = |step: f64| (((column * SIDE + row) as f64) * step).fract() * 60.0;
    (
        550_000.0 + column as f64 * 100.0 + shaken(0.754_877_666_246_693),
        6_300_000.0 + row as f64 * 100.0 + shaken(0.569_840_290_998_053),
    )
}

fn grid() -> Vec<Geometry> {
    let mut lines = Vec::new();
    for column in 0..SIDE {
        for row in 0..SIDE {
            let here = place(column, row);
            if column + 1 < SIDE {
                lines.push(LineString::from(vec![here, place(column + 1, row)]).into());
            }
            if row + 1 < SIDE {
                lines.push(LineString::from(vec![here, place(column, row + 1)]).into());
            }
        }
    }
    lines
}

fn speed(at: usize) -> f64 {
    [25.0, 40.0, 55.0, 65.0, 75.0][at % 5]
}

fn stretches(lines: &[Geometry]) -> impl Iterator<Item = RoadStretch<'_>> {
    lines.iter().enumerate().map(|(at, line)| RoadStretch {
        line,
        speed_kmh: speed(at),
        direction: Direction::Both,
        level: 0,
        opens: true,
    })
}

/// The same graph for petgraph, minutes as weights; nodes are found by their places.
fn theirs(network: &RoadNetwork, lines: &[Geometry]) -> DiGraph<(), f64> {
    let mut graph = DiGraph::new();
    for _ in network.nodes() {
        graph.add_node(());
    }
    let places = network.nodes().iter().enumerate();
    let number_of: HashMap<(u64, u64), usize> =
        places.map(|(number, at)| ((at.x.to_bits(), at.y.to_bits()), number)).collect();
    let node_of = |at: geo::Coord| NodeIndex::new(number_of[&(at.x.to_bits(), at.y.to_bits())]);
    for (at, line) in lines.iter().enumerate() {
        let Geometry::LineString(line) = line else { continue };
        let (a, b) = (line.0[0], line.0[1]);
        let minutes = (b.x - a.x).hypot(b.y - a.y) / (speed(at) * 1000.0 / 60.0);
        graph.add_edge(node_of(a), node_of(b), minutes);
        graph.add_edge(node_of(b), node_of(a), minutes);
    }
    graph
}

fn bench(c: &mut Criterion) {
    let lines = grid();
    let network = RoadNetwork::build(stretches(&lines));
    let graph = theirs(&network, &lines);
    let middle = (network.nodes().len() / 2) as u32;
    let start: Vec<_> = network.at_node(middle).into_iter().collect();

    // The two agree before they race.
    let ours = network.field(&start, Toward::Nodes, Cost::Minutes, f64::INFINITY);
    let other = dijkstra(&graph, NodeIndex::new(middle as usize), None, |edge| *edge.weight());
    for (node, minutes) in &other {
        let here = ours.of_node(node.index() as u32).unwrap_or(f64::NAN);
        assert!((here - minutes).abs() <= 1e-9 * minutes.max(1.0), "{here} {minutes}");
    }
    assert_eq!(other.len(), network.nodes().len());

    let mut group = c.benchmark_group("network of 150 000 nodes and 300 000 edges");
    group.sample_size(10);
    group.bench_function("build", |b| b.iter(|| RoadNetwork::build(stretches(black_box(&lines)))));
    group.bench_function("one to all, minutes", |b| {
        b.iter(|| network.field(&start, Toward::Nodes, Cost::Minutes, f64::INFINITY).of_node(0));
    });
    group.bench_function("one to all, petgraph", |b| {
        b.iter(|| {
            let all =
                dijkstra(&graph, NodeIndex::new(middle as usize), None, |edge| *edge.weight());
            all.len()
        });
    });
    group.bench_function("within 10 minutes", |b| {
        b.iter(|| network.field(&start, Toward::Nodes, Cost::Minutes, 10.0).of_node(0));
    });
    let places: Vec<_> = (0..298)
        .filter_map(|at| network.at_node((at * 499) as u32).map(|place| vec![place]))
        .collect();
    group.bench_function("298 places, reach of 10 minutes", |b| {
        b.iter(|| network.reach(&places, Cost::Minutes, 10.0).from(&start).len());
    });
    let sites: Vec<_> = (0..200)
        .filter_map(|at| network.at_node((at * 733 + 11) as u32).map(|place| vec![place]))
        .collect();
    for limit in [30.0, f64::INFINITY] {
        group.bench_function(format!("298 places to 200 sites, {limit} minutes"), |b| {
            b.iter(|| network.travel(&places, &sites, Cost::Minutes, limit).len());
        });
    }
    group.bench_function("isochrones of 10, 20 and 30 minutes", |b| {
        b.iter(|| {
            let field = network.field(&start, Toward::Places, Cost::Minutes, 30.0);
            field.areas(None, &[10.0, 20.0, 30.0]).len()
        });
    });
    group.finish();
}

criterion_group!(benches, bench);
criterion_main!(benches);
