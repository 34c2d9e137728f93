use geo::Area;
use geo::BooleanOps;
use geo::BoundingRect;
use geo::Geometry;
use geo::Intersects;
use geo::MultiPolygon;
use geo::Point;
use geo::Validation;
use geo::wkt;
use gisement::domain::TravelBy;
use gisement::spatial::network::Access;
use gisement::spatial::network::Cost;
use gisement::spatial::network::Direction;
use gisement::spatial::network::OFF_ROAD_M;
use gisement::spatial::network::RoadNetwork;
use gisement::spatial::network::RoadStretch;
use gisement::spatial::network::Toward;
use gisement::units::Minutes;
use proptest::prelude::*;

use super::measures::Folder;
use super::measures::X;
use super::measures::Y;
use super::measures::run;

/// The most that an edge of an area lies beyond what is reached: the diagonal of a cell of 100 m, and a little of the next.
const SLACK_M: f64 = 155.0;

fn stretch(line: &Geometry) -> RoadStretch<'_> {
    RoadStretch { line, speed_kmh: 60.0, direction: Direction::Both, level: 0, opens: true }
}

fn access(roads: &RoadNetwork, x: f64, y: f64) -> Vec<Access> {
    roads.accesses(&Geometry::Point(Point::new(x, y)), 2_000.0)
}

#[test]
fn a_road_of_one_kilometre_a_minute() {
    let line: Geometry = wkt!(LINESTRING(0. 0., 30000. 0.)).into();
    let roads = RoadNetwork::build([stretch(&line)]);
    let start = access(&roads, 0.0, 0.0);
    let field = roads.field(&start, Toward::Nodes, Cost::Minutes, 20.0);
    let areas = field.areas(None, &[10.0, 20.0]);
    for (area, reached_m) in areas.iter().zip([10_000.0, 20_000.0]) {
        assert!(area.is_valid() && area.0.len() == 1);
        let extent = area.bounding_rect().unwrap();
        assert!(extent.max().x >= reached_m && extent.max().x <= reached_m + SLACK_M, "{extent:?}");
        // Beside the road there is time to leave it; 500 m off, no ground is reached by it.
        assert!(
            extent.max().y >= OFF_ROAD_M && extent.max().y <= OFF_ROAD_M + SLACK_M,
            "{extent:?}"
        );
    }
    // The last minute: 1 000 m on, or 250 m beside the road, a minute's walk at 15 km/h.
    assert!(!areas[0].intersects(&Point::new(9_000.0, 250.0 + SLACK_M)));
    assert!(areas[0].intersects(&Point::new(8_000.0, 400.0)));
    assert!(field.areas(None, &[]).is_empty());
}

#[test]
fn one_way_roads_and_roads_without_exits() {
    let lines: Vec<Geometry> = vec![
        wkt!(LINESTRING(0. 0., 8000. 0.)).into(),
        wkt!(LINESTRING(0. 0., 0. 8000.)).into(),
        wkt!(LINESTRING(-8000. 0., 0. 0.)).into(),
        wkt!(LINESTRING(-12000. 0., -8000. 0.)).into(),
    ];
    let ways = [Direction::Forward, Direction::Backward, Direction::Both, Direction::Both];
    let roads =
        RoadNetwork::build(lines.iter().zip(ways).enumerate().map(|(at, (line, direction))| {
            RoadStretch { direction, opens: at != 2, ..stretch(line) }
        }));
    let holds = |area: &MultiPolygon, x: f64, y: f64| area.intersects(&Point::new(x, y));
    let start = access(&roads, 0.0, 0.0);
    let out =
        roads.field(&start, Toward::Nodes, Cost::Minutes, 10.0).areas(None, &[10.0]).remove(0);
    let back =
        roads.field(&start, Toward::Places, Cost::Minutes, 10.0).areas(None, &[10.0]).remove(0);
    // Away from the place by the road that leaves it, to the place by the one that leads to it.
    assert!(holds(&out, 7_900.0, 0.0) && !holds(&out, 0.0, 7_900.0));
    assert!(holds(&back, 0.0, 7_900.0) && !holds(&back, 7_900.0, 0.0));
    // Nobody leaves a road without exits halfway; beyond it one is there after eight minutes.
    for area in [&out, &back] {
        assert!(
            !holds(area, -4_000.0, 0.0)
                && holds(area, -9_900.0, 0.0)
                && !holds(area, -10_300.0, 0.0)
        );
        assert!(area.is_valid() && area.0.len() == 2);
    }
}

#[test]
fn the_place_itself_is_in_and_nothing_is_nothing() {
    let line: Geometry = wkt!(LINESTRING(0. 0., 3000. 0.)).into();
    let roads = RoadNetwork::build([stretch(&line)]);
    let far = access(&roads, 1500.0, 1900.0);
    let field = roads.field(&far, Toward::Places, Cost::Minutes, 5.0);
    let area = field.areas(Some(geo::Coord { x: 1500.0, y: 1900.0 }), &[5.0]).remove(0);
    // The road is 7.6 minutes away: only the place is reached, and what lies around it.
    assert!(
        area.intersects(&Point::new(1500.0, 1900.0)) && !area.intersects(&Point::new(1500.0, 0.0))
    );
    let nothing = roads.field(&[], Toward::Places, Cost::Minutes, 5.0);
    assert!(nothing.areas(None, &[5.0])[0].0.is_empty());
}

/// A shaken grid of roads of all speeds, some one way.
fn shaken_grid() -> impl Strategy<Value = (Vec<Geometry>, Vec<(f64, Direction)>)> {
    let n = 7_usize;
    let shifts = prop::collection::vec((0.0..400.0_f64, 0.0..400.0_f64), n * n);
    let kinds = prop::collection::vec((15.0..110.0_f64, 0_u8..6), 2 * n * n);
    (shifts, kinds).prop_map(move |(shifts, kinds)| {
        let at = |column: usize, row: usize| {
            let (dx, dy) = shifts[column * n + row];
            (500_000.0 + column as f64 * 900.0 + dx, 6_300_000.0 + row as f64 * 900.0 + dy)
        };
        let mut lines = Vec::new();
        for column in 0..n {
            for row in 0..n {
                for (next_column, next_row) in [(column + 1, row), (column, row + 1)] {
                    if next_column < n && next_row < n {
                        let line = vec![at(column, row), at(next_column, next_row)];
                        lines.push(Geometry::LineString(line.into()));
                    }
                }
            }
        }
        let kinds = kinds
            .into_iter()
            .map(|(speed, way)| {
                let way = match way {
                    0 => Direction::Forward,
                    1 => Direction::Backward,
                    _ => Direction::Both,
                };
                (speed, way)
            })
            .collect();
        (lines, kinds)
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn areas_are_valid_lie_in_each_other_and_hold_all_that_is_reached(
        (lines, kinds) in shaken_grid(), from in 0.0..5000.0_f64, is_back in any::<bool>(),
    ) {
        let roads = RoadNetwork::build(lines.iter().zip(&kinds).map(|(line, (speed_kmh, direction))| {
            RoadStretch { speed_kmh: *speed_kmh, direction: *direction, ..stretch(line) }
        }));
        let start = access(&roads, 500_000.0 + from, 6_302_000.0);
        let toward = if is_back { Toward::Places } else { Toward::Nodes };
        let limits = [2.0, 4.0, 7.0];
        let field = roads.field(&start, toward, Cost::Minutes, 7.0);
        let areas = field.areas(None, &limits);
        for area in &areas {
            prop_assert!(area.is_valid());
        }
        for pair in areas.windows(2) {
            prop_assert!(pair[0].difference(&pair[1]).unsigned_area() < 1e-3);
        }
        for (limit, area) in limits.iter().zip(&areas) {
            for (node, cost) in field.reached() {
                let at = Point(roads.nodes()[node as usize]);
                prop_assert!(cost > *limit || area.intersects(&at), "{cost} of {limit} at {at:?}");
            }
            // Points along the roads: what costs at most the limit is in, what no road comes near is out.
            for line in &lines {
                let Geometry::LineString(line) = line else { continue };
                for share in [0.1, 0.35, 0.5, 0.8] {
                    let at = Point(line.0[0] + (line.0[1] - line.0[0]) * share);
                    let cost = field.at(&roads.accesses(&Geometry::Point(at), 1.0));
                    prop_assert!(cost.is_none_or(|cost| cost > *limit - 1e-9) || area.intersects(&at));
                }
            }
        }
    }
}

fn minutes(all: &[f64]) -> Vec<Minutes> {
    all.iter().map(|one| Minutes::new(*one).unwrap()).collect()
}

#[test]
fn without_a_road_the_ground_is_a_circle_and_says_so() {
    let folder = Folder::new();
    let territory = folder.load();
    let places = territory.parcels.as_ref().unwrap();
    let of = |number: usize| {
        let place = territory.travel_place(&places.entities[number]).unwrap();
        territory.isochrones(&place, &minutes(&[3.0, 6.0]))
    };
    // P1 is beside the road: 6 minutes go 5.9 km along it, 1 000 m a minute, after 20 m at 15 km/h.
    let by_road = of(0);
    assert!(by_road.iter().all(|one| one.by == TravelBy::Road && one.area.is_valid()));
    assert!(by_road[1].area.intersects(&Point::new(X + 5_900.0, Y)));
    assert!(!by_road[0].area.intersects(&Point::new(X + 5_900.0, Y)));
    // P2 is 2 km from any road: 3 minutes at 60 km/h, 1.3 times as long as the crow flies.
    let straight = of(1);
    assert!(straight.iter().all(|one| one.by == TravelBy::StraightLine && one.area.is_valid()));
    let extent = straight[0].area.bounding_rect().unwrap();
    assert!((extent.width() / 2.0 - 3_000.0 / 1.3).abs() < 1.0, "{extent:?}");
}

#[test]
fn a_map_of_a_place_is_drawn_and_wrong_places_are_told() {
    let folder = Folder::new();
    let told = run(&folder, &["map", "isochrone", "--at", "82112000AB0001", "--minutes", "5,10"]);
    assert!(told.contains("map-isochrone-82112000AB0001.png"), "{told}");
    let svg =
        std::fs::read_to_string(folder.path("results/map-isochrone-82112000AB0001.svg")).unwrap();
    for text in ["5 minutes ou moins", "10 minutes ou moins", "Par la route", "82112000AB0001"] {
        assert!(svg.contains(text), "{text}");
    }
    // 82033 lies seven minutes along the road, 82112 beside the parcel, 82113 fourteen.
    run(
        &folder,
        &[
            "map",
            "isochrone",
            "--at",
            "82112000AB0002",
            "--out",
            &folder.path("b.svg").display().to_string(),
        ],
    );
    let svg = std::fs::read_to_string(folder.path("b.svg")).unwrap();
    assert!(svg.contains("vol d"), "a straight line is told");
    for (at, what) in [
        (&["--at", "nowhere"][..], "ni un identifiant de ce territoire"),
        (&[][..], "dire le lieu avec --at"),
        (&["--at", "82033", "--minutes", "0"][..], "durées au-dessus de 0"),
        (&["--at", "82033", "--minutes", "10,900"][..], "jusqu'à 120"),
    ] {
        let ran = folder.command(&[&["map", "isochrone"], at].concat());
        assert_eq!(ran.status.code(), Some(2));
        let error = String::from_utf8_lossy(&ran.stderr).into_owned();
        assert!(error.contains(what), "{error}");
    }
}
