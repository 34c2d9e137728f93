use geo::Geometry;
use gisement::demo::Scale;
use gisement::demo::generate;
use gisement::spatial::network::Direction;
use gisement::spatial::network::RoadNetwork;
use gisement::spatial::network::RoadStretch;

#[test]
fn the_demonstration_can_be_driven_from_end_to_end() {
    let demo = generate(32_82, Scale::Standard).unwrap();
    let lines: Vec<Geometry> =
        demo.roads.iter().map(|road| Geometry::LineString(road.line.clone())).collect();
    let roads = RoadNetwork::build(lines.iter().map(|line| RoadStretch {
        line,
        speed_kmh: 50.0,
        direction: Direction::Both,
        level: 0,
        opens: true,
    }));
    let report = roads.report();
    println!("{report:?}");
    assert_eq!(report.components, 1, "{report:?}");
}
