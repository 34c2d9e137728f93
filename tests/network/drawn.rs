use geo::Geometry;
use geo::wkt;
use gisement::spatial::network::Access;
use gisement::spatial::network::Cost;
use gisement::spatial::network::Direction;
use gisement::spatial::network::RoadNetwork;
use gisement::spatial::network::RoadStretch;
use gisement::spatial::network::Toward;

fn stretch(line: &Geometry) -> RoadStretch<'_> {
    RoadStretch { line, speed_kmh: 60.0, direction: Direction::Both, level: 0, opens: true }
}

fn network(lines: &[Geometry]) -> RoadNetwork {
    RoadNetwork::build(lines.iter().map(stretch))
}

fn point(x: f64, y: f64) -> Geometry {
    Geometry::Point(geo::Point::new(x, y))
}

fn access(network: &RoadNetwork, x: f64, y: f64) -> Vec<Access> {
    network.accesses(&point(x, y), 1_000.0)
}

/// Least metres from one place to another; `None` when no way leads there. Asked of both directions of search.
fn metres(network: &RoadNetwork, from: (f64, f64), to: (f64, f64)) -> Option<f64> {
    cost(network, from, to, Cost::Meters)
}

fn cost(network: &RoadNetwork, from: (f64, f64), to: (f64, f64), cost: Cost) -> Option<f64> {
    let (start, end) = (access(network, from.0, from.1), access(network, to.0, to.1));
    let there = network.field(&start, Toward::Nodes, cost, f64::INFINITY).at(&end);
    let back = network.field(&end, Toward::Places, cost, f64::INFINITY).at(&start);
    match (there, back) {
        (Some(there), Some(back)) => assert!((there - back).abs() < 1e-9, "{there} {back}"),
        (there, back) => assert_eq!(there, back),
    }
    let limit = there.unwrap_or(1_000.0);
    let reach = network.reach(std::slice::from_ref(&end), cost, limit + 1e-9).from(&start);
    match there {
        Some(there) => assert!(reach.len() == 1 && (reach[0].1 - there).abs() < 1e-9),
        None => assert!(reach.is_empty()),
    }
    there
}

fn close(found: Option<f64>, expected: f64) {
    let found = found.unwrap();
    assert!((found - expected).abs() < 1e-9, "{found} is not {expected}");
}

#[test]
fn straight_parts_count_at_both_ends() {
    let lines = [wkt!(LINESTRING(0. 0., 1000. 0.)).into()];
    let roads = network(&lines);
    close(metres(&roads, (100.0, 30.0), (700.0, -40.0)), 30.0 + 600.0 + 40.0);
    // 30 + 40 m at 15 km/h, 600 m at 60 km/h.
    close(cost(&roads, (100.0, 30.0), (700.0, -40.0), Cost::Minutes), 70.0 / 250.0 + 0.6);
    // A place beside the end gets on at the end; one too far from any road does not.
    close(metres(&roads, (-30.0, 40.0), (0.0, 0.0)), 50.0);
    assert!(roads.accesses(&point(500.0, 1001.0), 1_000.0).is_empty());
}

#[test]
fn one_way_streets_are_driven_one_way() {
    // A ring of four streets, one way round it.
    let ring: Vec<Geometry> = vec![
        wkt!(LINESTRING(0. 0., 100. 0.)).into(),
        wkt!(LINESTRING(100. 0., 100. 100.)).into(),
        wkt!(LINESTRING(0. 100., 100. 100.)).into(),
        wkt!(LINESTRING(0. 100., 0. 0.)).into(),
    ];
    let ways = [Direction::Forward, Direction::Forward, Direction::Backward, Direction::Forward];
    let roads = RoadNetwork::build(
        ring.iter().zip(ways).map(|(line, direction)| RoadStretch { direction, ..stretch(line) }),
    );
    close(metres(&roads, (0.0, 0.0), (100.0, 0.0)), 100.0);
    close(metres(&roads, (100.0, 0.0), (0.0, 0.0)), 300.0);
    // On one street: on with the way, all around against it.
    close(metres(&roads, (20.0, 0.0), (70.0, 0.0)), 50.0);
    close(metres(&roads, (70.0, 0.0), (20.0, 0.0)), 350.0);
    close(metres(&roads, (80.0, 100.0), (30.0, 100.0)), 50.0);
    close(metres(&roads, (30.0, 100.0), (80.0, 100.0)), 350.0);
}

#[test]
fn a_one_way_dead_end_is_left_by_nobody() {
    let lines: Vec<Geometry> =
        vec![wkt!(LINESTRING(0. 0., 100. 0.)).into(), wkt!(LINESTRING(100. 0., 200. 0.)).into()];
    let ways = [Direction::Both, Direction::Forward];
    let roads = RoadNetwork::build(
        lines.iter().zip(ways).map(|(line, direction)| RoadStretch { direction, ..stretch(line) }),
    );
    assert_eq!(roads.report().dead_ends, 2);
    close(metres(&roads, (0.0, 0.0), (150.0, 0.0)), 150.0);
    assert_eq!(metres(&roads, (150.0, 0.0), (0.0, 0.0)), None);
}

#[test]
fn pieces_that_no_road_joins_are_counted_and_unreachable() {
    let lines: Vec<Geometry> = vec![
        wkt!(LINESTRING(0. 0., 300. 0.)).into(),
        wkt!(LINESTRING(300. 0., 300. 300.)).into(),
        wkt!(LINESTRING(302. 300., 502. 300.)).into(),
    ];
    let roads = network(&lines);
    let report = roads.report();
    assert_eq!((report.nodes, report.edges, report.components), (5, 3, 2));
    assert!((report.length_m - 800.0).abs() < 1e-9);
    assert!((report.largest_share - 0.75).abs() < 1e-12);
    assert_eq!(metres(&roads, (0.0, 0.0), (502.0, 300.0)), None);
    let reach = roads.reach(&[access(&roads, 0.0, 0.0)], Cost::Meters, 50.0);
    assert!(reach.has_a_place_near(&access(&roads, 300.0, 100.0)));
    assert!(!reach.has_a_place_near(&access(&roads, 400.0, 300.0)));
}

#[test]
fn ends_that_miss_each_other_by_less_than_half_a_metre_meet() {
    let lines: Vec<Geometry> = vec![
        wkt!(LINESTRING(0. 0., 99.9 0.3)).into(),
        wkt!(LINESTRING(100. 0., 200. 0.)).into(),
        // Joined to the one that is joined: 0.8 m from the first, 0.4 m from the second.
        wkt!(LINESTRING(100. - 0.4, 100. - 50.)).into(),
        // 0.6 m away from all: not joined.
        wkt!(LINESTRING(100.7 0.6, 150. 90.)).into(),
        // Shorter than the tolerance: gone into its node.
        wkt!(LINESTRING(200. 0., 200.3 0.)).into(),
        wkt!(LINESTRING(200.3 0., 300. 0.)).into(),
    ];
    for order in [[0, 1, 2, 3, 4, 5], [5, 3, 1, 4, 2, 0]] {
        let lines = order.map(|at| lines[at].clone());
        let roads = network(&lines);
        let report = roads.report();
        assert_eq!((report.components, report.snapped_nodes, report.collapsed), (2, 2, 1));
        assert_eq!((report.nodes, report.edges), (7, 5));
        let length = 99.9_f64.hypot(0.3);
        close(metres(&roads, (0.0, 0.0), (300.0, 0.0)), length + 100.0 + 99.7);
        close(metres(&roads, (0.0, 0.0), (100.0, -50.0)), length + 49.6);
    }
}

#[test]
fn an_end_inside_a_line_of_its_level_is_a_junction() {
    let lines: Vec<Geometry> = vec![
        wkt!(LINESTRING(0. 0., 60. 0., 200. 0.)).into(),
        wkt!(LINESTRING(100. 80., 100. 0.2)).into(),
        wkt!(LINESTRING(50. - 30., 50. - 0.1)).into(),
    ];
    let roads = network(&lines);
    assert_eq!((roads.report().t_junctions, roads.report().edges), (2, 5));
    assert_eq!(roads.report().components, 1);
    close(metres(&roads, (100.0, 80.0), (200.0, 0.0)), 79.8 + 100.0);
    close(metres(&roads, (50.0, -30.0), (100.0, 80.0)), 29.9 + 50.0 + 79.8);
    // 0.6 m short of the line: no junction.
    let apart = [lines[0].clone(), wkt!(LINESTRING(100. 80., 100. 0.6)).into()];
    assert_eq!(network(&apart).report().components, 2);
}

#[test]
fn a_bridge_crosses_without_meeting() {
    let below: Geometry = wkt!(LINESTRING(0. 0., 200. 0.)).into();
    let ramp: Geometry = wkt!(LINESTRING(100. 100., 100. 30.)).into();
    let bridge: Geometry = wkt!(LINESTRING(100. 30., 100. -30.)).into();
    // It ends over the road below, as a bridge cut at the edge of the data does.
    let cut: Geometry = wkt!(LINESTRING(150. 50., 150. 0.)).into();
    let roads = RoadNetwork::build([
        stretch(&below),
        stretch(&ramp),
        RoadStretch { level: 1, opens: false, ..stretch(&bridge) },
        RoadStretch { level: 1, opens: false, ..stretch(&cut) },
    ]);
    assert_eq!((roads.report().t_junctions, roads.report().components), (0, 3));
    // The ramp and the bridge meet at their ends, whatever their levels.
    close(metres(&roads, (100.0, 100.0), (100.0, 30.0)), 70.0);
    // Under the bridge the road below is the nearest that opens, and nothing gets on the bridge itself.
    let under = access(&roads, 100.0, 1.0);
    assert_eq!(under.len(), 1);
    close(metres(&roads, (100.0, 1.0), (0.0, 0.0)), 101.0);
    assert_eq!(metres(&roads, (100.0, 1.0), (100.0, 100.0)), None);
}

#[test]
fn of_two_roads_between_two_places_each_question_takes_its_own() {
    let short: Geometry = wkt!(LINESTRING(0. 0., 1000. 0.)).into();
    let quick: Geometry = wkt!(LINESTRING(0. 0., 500. 500., 1000. 0.)).into();
    let roads = RoadNetwork::build([
        RoadStretch { speed_kmh: 30.0, ..stretch(&short) },
        RoadStretch { speed_kmh: 90.0, ..stretch(&quick) },
    ]);
    close(metres(&roads, (0.0, 0.0), (1000.0, 0.0)), 1000.0);
    let long = 2.0 * 500.0_f64.hypot(500.0);
    close(cost(&roads, (0.0, 0.0), (1000.0, 0.0), Cost::Minutes), long / 1500.0);
}

#[test]
fn an_area_gets_on_where_it_touches_a_road_else_at_the_nearest_point() {
    let lines: Vec<Geometry> = vec![
        wkt!(LINESTRING(0. 0., 1000. 0.)).into(),
        wkt!(LINESTRING(1000. 0., 1000. 500.)).into(),
    ];
    let roads = network(&lines);
    let beside: Geometry = wkt!(POLYGON((400. 20., 600. 30., 600. 90., 400. 90., 400. 20.))).into();
    let found = roads.accesses(&beside, 100.0);
    assert_eq!(found.len(), 1);
    assert!((found[0].along_m - 400.0).abs() < 1e-9 && (found[0].distance_m - 20.0).abs() < 1e-9);
    // Over the corner: both roads are at hand, at no distance.
    let over: Geometry =
        wkt!(POLYGON((900. -50., 1100. -50., 1100. 50., 900. 50., 900. -50.))).into();
    let on_it = roads.accesses(&over, 100.0);
    let from_start = roads.field(&access(&roads, 0.0, 0.0), Toward::Nodes, Cost::Meters, 1e9);
    assert!(on_it.iter().all(|access| access.distance_m <= 0.0));
    close(from_start.at(&on_it), 900.0);
    let from_top = roads.field(&access(&roads, 1000.0, 500.0), Toward::Nodes, Cost::Meters, 1e9);
    close(from_top.at(&on_it), 450.0);
    // Inside an area that swallows a road without touching its ends.
    let around: Geometry = wkt!(POLYGON((-9. -9., 1009. -9., 1009. 9., -9. 9., -9. -9.))).into();
    assert!(roads.accesses(&around, 1.0).iter().all(|access| access.distance_m <= 0.0));
}

#[test]
fn a_search_stops_at_its_limit() {
    let lines: Vec<Geometry> = (0..10)
        .map(|at| {
            let x = f64::from(at) * 100.0;
            geo::LineString::from(vec![(x, 0.0), (x + 100.0, 0.0)]).into()
        })
        .collect();
    let roads = network(&lines);
    let start = access(&roads, 0.0, 0.0);
    let field = roads.field(&start, Toward::Nodes, Cost::Meters, 350.0);
    let reached: Vec<(u32, f64)> = field.reached().collect();
    assert_eq!(reached, [(0, 0.0), (1, 100.0), (2, 200.0), (3, 300.0)]);
    close(field.at(&access(&roads, 350.0, 0.0)), 350.0);
    assert_eq!(field.at(&access(&roads, 351.0, 0.0)), None);
    // Many places at once: the nearest one counts.
    let both = [start, access(&roads, 900.0, 0.0)].concat();
    let field = roads.field(&both, Toward::Places, Cost::Meters, f64::INFINITY);
    close(field.at(&access(&roads, 640.0, 10.0)), 270.0);
}

#[test]
fn what_cannot_be_driven_is_counted_not_kept() {
    let line: Geometry = wkt!(LINESTRING(0. 0., 10. 0.)).into();
    let dot: Geometry = wkt!(LINESTRING(5. 5., 5. 5.)).into();
    let place = point(1.0, 1.0);
    let roads = RoadNetwork::build([
        stretch(&line),
        stretch(&dot),
        stretch(&place),
        RoadStretch { speed_kmh: 0.0, ..stretch(&line) },
        RoadStretch { speed_kmh: f64::NAN, ..stretch(&line) },
    ]);
    assert_eq!((roads.report().unusable, roads.report().edges), (4, 1));
    let nothing = RoadNetwork::build([]);
    assert_eq!(nothing.report().components, 0);
    assert!(nothing.accesses(&place, 1e9).is_empty());
    let empty = nothing.field(&[], Toward::Nodes, Cost::Minutes, 1.0);
    assert_eq!((empty.at(&[]), empty.of_node(3)), (None, None));
}

#[test]
fn a_road_that_is_the_destination_is_reached_at_its_ends() {
    let lines: Vec<Geometry> = vec![
        wkt!(LINESTRING(0. 0., 500. 0.)).into(),
        wkt!(LINESTRING(500. 0., 600. 50.)).into(),
        wkt!(LINESTRING(550. -100., 550. 100.)).into(),
    ];
    let roads = RoadNetwork::build(lines.iter().enumerate().map(|(at, line)| RoadStretch {
        opens: at != 1,
        level: if at == 2 { 1 } else { 0 },
        ..stretch(line)
    }));
    let ramp = roads.running_along(&lines[1]);
    assert_eq!(ramp.len(), 2);
    let field = roads.field(&ramp, Toward::Places, Cost::Meters, f64::INFINITY);
    close(field.at(&access(&roads, 100.0, 0.0)), 400.0);
    // The road above crosses the ramp, and does not lead to it.
    assert_eq!(field.at(&access(&roads, 550.0, -90.0)), None);
}
