use std::borrow::Cow;

use geo::Geometry;
use geo::Point;
use gisement::domain::Entity;
use gisement::domain::LayerKey;
use gisement::domain::Territory;
use gisement::domain::TravelBy;
use gisement::domain::TravelPlace;
use gisement::spatial::network::Access;
use gisement::spatial::network::Cost;
use gisement::spatial::network::Direction;
use gisement::spatial::network::RoadNetwork;
use gisement::spatial::network::RoadStretch;
use gisement::spatial::network::Toward;
use gisement::units::Minutes;

use super::measures::Folder;
use super::measures::run;

/// A grid of 12 by 12 crossings with one-way streets, speeds from 20 to 80 km/h, shaken so that no two ways are alike.
fn grid() -> Vec<(Geometry, f64, Direction)> {
    let at = |column: usize, row: usize| {
        let shaken = |step: f64| (((column * 12 + row) as f64) * step).fract() * 60.0;
        (column as f64 * 100.0 + shaken(0.754_877), row as f64 * 100.0 + shaken(0.569_840))
    };
    let mut lines = Vec::new();
    for column in 0..12 {
        for row in 0..12 {
            for (next_column, next_row) in [(column + 1, row), (column, row + 1)] {
                if next_column < 12 && next_row < 12 {
                    let n = lines.len();
                    let line = vec![at(column, row), at(next_column, next_row)];
                    let way = match n % 5 {
                        0 => Direction::Forward,
                        1 => Direction::Backward,
                        _ => Direction::Both,
                    };
                    lines.push((
                        Geometry::LineString(line.into()),
                        20.0 + (n * 7 % 60) as f64,
                        way,
                    ));
                }
            }
        }
    }
    lines
}

#[test]
fn many_to_many_is_one_search_after_the_other() {
    let lines = grid();
    let roads = RoadNetwork::build(lines.iter().map(|(line, speed_kmh, direction)| RoadStretch {
        line,
        speed_kmh: *speed_kmh,
        direction: *direction,
        level: 0,
        opens: true,
    }));
    let place = |n: usize| -> Vec<Access> {
        let at = Point::new((n * 97 % 1130) as f64, (n * 61 % 1110) as f64);
        roads.accesses(&Geometry::Point(at), 500.0)
    };
    let some: Vec<Vec<Access>> = (0..9).map(place).collect();
    let many: Vec<Vec<Access>> = (20..70).map(place).collect();
    // Searched from the side that has fewer places: from either, the same ways.
    for (from, to) in [(&some, &many), (&many, &some)] {
        for (cost, limit) in [(Cost::Minutes, 1.5), (Cost::Meters, f64::INFINITY)] {
            let found = roads.travel(from, to, cost, limit);
            let mut expected = Vec::new();
            for (start, accesses) in (0_u32..).zip(from) {
                let field = roads.field(accesses, Toward::Nodes, cost, limit);
                for (end, accesses) in (0_u32..).zip(to) {
                    expected.extend(field.at(accesses).map(|cost| (start, end, cost)));
                }
            }
            assert!(!found.is_empty() && found.len() == expected.len());
            for (way, (from, to, cost)) in found.iter().zip(expected) {
                assert_eq!((way.from, way.to), (from, to));
                assert!((way.cost - cost).abs() < 1e-9, "{way:?} is not {cost}");
            }
        }
    }
}

fn places<'a>(territory: &'a Territory, key: &str) -> Vec<TravelPlace<'a>> {
    let layer = territory.layer(key).unwrap();
    let entities = (0..layer.len()).filter_map(|at| layer.entity(at));
    entities.filter_map(|entity| territory.travel_place(entity)).collect()
}

fn within(minutes: f64) -> Minutes {
    Minutes::new(minutes).unwrap()
}

#[test]
fn minutes_between_sites_communes_and_stations() {
    let folder = Folder::new();
    let territory = folder.load();
    // In the order of their codes: 82033 (7 000, 0), 82112 (0, 0), 82113 (14 000, 0).
    let communes = places(&territory, LayerKey::COMMUNES);
    let table = territory.travel(&communes, &communes, within(10.0));
    let found: Vec<(u32, u32, f64)> = table
        .trips()
        .iter()
        .map(|trip| (trip.from, trip.to, (trip.minutes * 1e6).round() / 1e6))
        .collect();
    let expected =
        [(0, 0, 0.0), (0, 1, 7.0), (0, 2, 7.0), (1, 0, 7.0), (1, 1, 0.0), (2, 0, 7.0), (2, 2, 0.0)];
    assert_eq!(found, expected);
    assert!(!table.has_straight_lines() && table.between(1, 2).is_none());
    assert!(territory.travel(&communes, &communes, within(14.1)).between(1, 2).is_some());

    // Parcels: one beside the road, one off it, one on a road that leads nowhere.
    let parcels = places(&territory, LayerKey::PARCELS);
    let table = territory.travel(&parcels, &communes, within(8.5));
    let by_road = table.between(0, 0).unwrap();
    assert!(by_road.by == TravelBy::Road && (by_road.minutes - (7.0 + 20.0 / 250.0)).abs() < 1e-9);
    let straight = table.between(1, 1).unwrap();
    assert!(straight.by == TravelBy::StraightLine && (straight.minutes - 5.1 * 1.3).abs() < 1e-9);
    assert!(table.has_straight_lines() && table.from(2).is_empty());
    assert_eq!([0, 1, 2, 9].map(|at| table.is_cut_off(at)), [false, false, true, false]);

    let stations = places(&territory, LayerKey::STATIONS);
    let table = territory.travel(&parcels[..1], &stations, within(3.0));
    // 20 m and 300 m at 15 km/h, 900 m at 60 km/h; the other is across the road.
    assert!((table.between(0, 0).unwrap().minutes - (320.0 / 250.0 + 0.9 + 0.1)).abs() < 0.11);
    assert_eq!(table.from(0).len(), 2);
}

#[test]
fn without_roads_every_way_is_a_straight_line() {
    let territory = Folder::new().without_roads().load();
    let communes = places(&territory, LayerKey::COMMUNES);
    let table = territory.travel(&communes, &communes, within(9.2));
    let trip = table.between(1, 0).unwrap();
    assert!(trip.by == TravelBy::StraightLine && (trip.minutes - 7.0 * 1.3).abs() < 1e-9);
    assert!(table.trips().iter().all(|trip| trip.by == TravelBy::StraightLine));
    assert!(table.between(1, 2).is_none() && !table.is_cut_off(1));
}

#[test]
fn people_of_a_commune_live_around_its_town_hall() {
    let folder = Folder::new();
    let at = |x: f64| super::measures::point(x, 40.0);
    let hall = |id: &str, x: f64| (at(x), format!("\"ID\":\"{id}\",\"INSEE_COM\":\"82033\""));
    folder.features("CHFLIEU_COMMUNE", &[hall("m2", 3_000.0), hall("m1", 5_000.0)]);
    folder.add("[layers.town_halls]\npath = \"CHFLIEU_COMMUNE.geojson\"\n");
    let territory = folder.load();
    let commune = territory.commune("82033".parse().unwrap()).unwrap();
    let main = territory.main_place(commune).unwrap();
    assert!((main.x - super::measures::X - 5_000.0).abs() < 1e-6, "{main:?}");
    // The others have none given: the middle of their outline.
    let other = territory.commune("82113".parse().unwrap()).unwrap();
    assert!((territory.main_place(other).unwrap().x - super::measures::X - 14_000.0).abs() < 1.0);
    assert_eq!(commune.id(), "82033");
}

#[test]
fn places_that_touch_are_no_minutes_apart() {
    let folder = Folder::new();
    let territory = folder.load();
    let parcel = &territory.parcels.as_ref().unwrap().entities[1];
    let inside =
        Geometry::Point(Point::new(super::measures::X + 50.0, super::measures::Y + 5_150.0));
    let from = [territory.travel_place(parcel).unwrap()];
    let to = [TravelPlace::new(Cow::Owned(inside), None)];
    assert!(territory.travel(&from, &to, within(1.0)).between(0, 0).unwrap().minutes <= 0.0);
}

#[test]
fn check_tells_the_pieces_that_no_road_joins() {
    let folder = Folder::new();
    let told = run(&folder, &["check"]);
    // The lone road of 1 000 m beside 18 000 m of main road.
    for text in ["Réseau routier", "rien ne relie au plus grand : 1 ", "5,26", "Moissac"] {
        assert!(told.contains(text), "{text}: {told}");
    }
    let json: serde_json::Value =
        serde_json::from_str(&run(&folder, &["check", "--format", "json"])).unwrap();
    let network = &json["road_network"];
    assert_eq!((&network["pieces"], &network["edges"]), (&2.into(), &3.into()));
    assert_eq!(network["disconnected"][0]["length_m"], 1000.0);
    assert_eq!(network["disconnected"][0]["commune"], "Moissac");

    let without = run(&folder.without_roads(), &["check", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&without).unwrap();
    assert_eq!(json["road_network"], serde_json::Value::Null);
}
