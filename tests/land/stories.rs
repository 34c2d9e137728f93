//! What becomes of parcels: one drawing, one story, one answer.

use gisement::domain::Availability;
use gisement::spatial::shape;

use super::drawn::Drawing;
use super::drawn::cm2;
use super::drawn::numbers;
use super::drawn::parcel;
use super::drawn::rules;
use super::drawn::told;

/// What the corners of a margin of 3 m lack to a rectangle: a quarter disc of 8 segments in each.
fn rounded_corners(margin_m: f64) -> f64 {
    let quarter = 8.0 * 0.5 * margin_m * margin_m * (std::f64::consts::FRAC_PI_2 / 8.0).sin();
    4.0 * (margin_m * margin_m - quarter)
}

#[test]
fn three_free_parcels_that_touch_are_one_terrain() {
    let stock = Drawing::zone_with(&[
        [0.0, 0.0, 100.0, 100.0],
        [100.0, 0.0, 200.0, 100.0],
        [100.0, 100.0, 200.0, 150.0],
    ])
    .surveyed();
    assert_eq!(told(&stock), [(vec![1, 2, 3], 25_000.0, 25_000.0)]);
    let terrain = &stock.terrains.entities[0];
    assert_eq!(terrain.availability, Availability::Libre);
    assert_eq!(terrain.reason.key, "no-building");
    assert_eq!(terrain.n_units, 3);
    assert!(terrain.id.starts_with("82112-T-"), "{}", terrain.id);
}

#[test]
fn parcels_that_touch_at_a_corner_or_along_less_than_a_metre_stay_two() {
    let stock =
        Drawing::zone_with(&[[0.0, 0.0, 50.0, 50.0], [50.0, 50.0, 100.0, 100.0]]).surveyed();
    assert_eq!(told(&stock).len(), 2);
    let stock =
        Drawing::zone_with(&[[0.0, 0.0, 50.0, 50.0], [50.0, 49.5, 100.0, 100.0]]).surveyed();
    assert_eq!(told(&stock).len(), 2);
    let stock =
        Drawing::zone_with(&[[0.0, 0.0, 50.0, 50.0], [50.0, 45.0, 100.0, 100.0]]).surveyed();
    assert_eq!(told(&stock).len(), 1);
}

#[test]
fn two_sheets_that_do_not_meet_to_the_centimetre_still_touch() {
    let stock = Drawing::zone_with(&[[0.0, 0.0, 50.0, 50.0], [50.12, 0.0, 100.0, 50.0]]).surveyed();
    assert_eq!(told(&stock).len(), 1);
}

#[test]
fn a_built_parcel_in_the_middle_is_a_hole() {
    // Eight free parcels around a built one.
    let mut parcels = Vec::new();
    for row in 0..3 {
        for column in 0..3 {
            let (x, y) = (f64::from(column) * 100.0, f64::from(row) * 100.0);
            parcels.push([x, y, x + 100.0, y + 100.0]);
        }
    }
    let mut drawing = Drawing::zone_with(&parcels);
    drawing.buildings = vec![[110.0, 110.0, 190.0, 190.0]];
    let stock = drawing.surveyed();
    assert_eq!(told(&stock), [(vec![1, 2, 3, 4, 6, 7, 8, 9], 80_000.0, 80_000.0)]);
    let piece = stock.pieces.iter().find(|piece| piece.parcel == 4).unwrap();
    assert_eq!(piece.availability, Availability::Bati);
    // A rectangle of one ring of parcels: 300 m by 100 m.
    let (_, long, short) = stock.terrains.entities[0].net.as_ref().unwrap().rectangle.unwrap();
    assert!((long * short - 30_000.0).abs() < 600.0, "{long} × {short}");
}

#[test]
fn an_enclave_of_free_land_among_built_parcels_is_a_terrain() {
    let mut parcels = Vec::new();
    for row in 0..3 {
        for column in 0..3 {
            let (x, y) = (f64::from(column) * 100.0, f64::from(row) * 100.0);
            parcels.push([x, y, x + 100.0, y + 100.0]);
        }
    }
    let mut drawing = Drawing::zone_with(&parcels);
    drawing.buildings = parcels
        .iter()
        .enumerate()
        .filter(|(at, _)| *at != 4)
        .map(|(_, p)| [p[0] + 10.0, p[1] + 10.0, p[2] - 10.0, p[3] - 10.0])
        .collect();
    assert_eq!(told(&drawing.surveyed()), [(vec![5], 10_000.0, 10_000.0)]);
}

#[test]
fn a_red_flood_line_splits_a_parcel_and_keeps_its_margin() {
    let mut drawing = Drawing::zone_with(&[[0.0, 0.0, 300.0, 100.0]]);
    drawing.hazards = vec![("PPRI rouge", [140.0, -50.0, 160.0, 150.0])];
    let stock = drawing.surveyed();
    // 140 m on each side, less 5 m of margin along the line.
    assert_eq!(told(&stock), [(vec![1], 14_000.0, 13_500.0), (vec![1], 14_000.0, 13_500.0)]);
    let [one, two] = &stock.terrains.entities[..] else { panic!() };
    assert_ne!(one.id, two.id);
    assert_eq!(one.cut_off, [("flood_red".to_owned(), 2_000.0)]);
    assert_eq!(cm2(one.net.as_ref().unwrap().margins_m2), 500.0);
}

#[test]
fn a_parcel_under_red_flood_is_not_buildable() {
    let mut drawing = Drawing::zone_with(&[[0.0, 0.0, 100.0, 100.0], [100.0, 0.0, 200.0, 100.0]]);
    drawing.hazards = vec![("PPRI rouge", [-10.0, -10.0, 100.0, 110.0])];
    let stock = drawing.surveyed();
    assert_eq!(told(&stock), [(vec![2], 10_000.0, 9_500.0)]);
    assert_eq!(stock.pieces[0].availability, Availability::NonAmenageable);
    assert_eq!(stock.pieces[0].reason.about, "flood_red");
}

#[test]
fn a_terrain_lies_across_two_communes() {
    // The border is at x = 400.
    let mut drawing = Drawing::zone_with(&[[300.0, 0.0, 400.0, 100.0], [400.0, 0.0, 500.0, 100.0]]);
    drawing.parcels[1].0 = "82033000AB0002".to_owned();
    drawing.zones[0].3 = "200066322_PLUI_20200101";
    let stock = drawing.surveyed();
    assert_eq!(told(&stock), [(vec![1, 2], 20_000.0, 20_000.0)]);
    let zone = &stock.zones.entities[0];
    assert_eq!(zone.communes.len(), 2);
    assert!((zone.communes[0].1 - 0.5).abs() < 1e-9);
    let terrain = &stock.terrains.entities[0];
    assert!(terrain.id.starts_with(terrain.commune.unwrap().as_str()));
}

#[test]
fn where_two_documents_overlap_the_later_one_has_the_land_once() {
    let mut drawing = Drawing::zone_with(&[[0.0, 0.0, 100.0, 100.0], [100.0, 0.0, 200.0, 100.0]]);
    drawing.zones = vec![
        ("UX", "U", "Zone d'activités", "82112_PLU_20100101", [0.0, 0.0, 150.0, 100.0]),
        ("UY", "U", "Zone d'activités", "200066322_PLUI_20230101", [100.0, 0.0, 200.0, 100.0]),
    ];
    let stock = drawing.surveyed();
    let zones: Vec<(Option<&str>, f64)> = stock
        .zones
        .entities
        .iter()
        .map(|zone| (zone.name.as_deref(), cm2(shape::area(&zone.geometry))))
        .collect();
    assert_eq!(zones, [(Some("UY"), 10_000.0), (Some("UX"), 10_000.0)]);
    let gross: f64 = stock.terrains.entities.iter().map(|terrain| terrain.gross_m2).sum();
    assert_eq!(cm2(gross), 20_000.0);
}

#[test]
fn auc_is_available_and_the_aus_beside_it_is_not() {
    let mut drawing = Drawing::zone_with(&[[0.0, 0.0, 100.0, 100.0], [100.0, 0.0, 200.0, 100.0]]);
    drawing.sites =
        vec![("82112_SITE-ECO_1", "zone d'activité économique", [0.0, 0.0, 200.0, 100.0])];
    drawing.zones = vec![
        ("1AUX", "AUc", "À urbaniser, activités", "82112_PLU_20200101", [0.0, 0.0, 120.0, 100.0]),
        (
            "2AUX",
            "AUs",
            "À urbaniser fermée, activités",
            "82112_PLU_20200101",
            [120.0, 0.0, 200.0, 100.0],
        ),
    ];
    let stock = drawing.surveyed();
    // 20 m of the second parcel are open; the rest waits for a change of the plan.
    assert_eq!(told(&stock), [(vec![1, 2], 12_000.0, 12_000.0)]);
    let terrain = &stock.terrains.entities[0];
    assert_eq!(terrain.planning.as_deref(), Some("AUc"));
    assert_eq!(terrain.cut_off, [("closed_zone".to_owned(), 8_000.0)]);
    // Without the inventory, a closed zone is no economic zone.
    drawing.sites.clear();
    assert_eq!(told(&drawing.surveyed()), [(vec![1, 2], 12_000.0, 12_000.0)]);
}

#[test]
fn parcels_that_face_each_other_across_a_way_join_only_when_allowed() {
    let apart = |width: f64| {
        Drawing::zone_with(&[[0.0, 0.0, 100.0, 100.0], [100.0 + width, 0.0, 200.0, 100.0]])
    };
    let across = gisement::evaluation::LandRules { across_ways: true, ..rules() };
    assert_eq!(told(&apart(9.0).surveyed()).len(), 2);
    assert_eq!(told(&apart(9.0).surveyed_by(&across)), [(vec![1, 2], 19_100.0, 19_100.0)]);
    assert_eq!(told(&apart(13.0).surveyed_by(&across)).len(), 2);
    // What lies between is somebody's parcel, built on: no way.
    let mut drawing = apart(9.0);
    drawing.parcels.push((parcel(3), [100.0, -20.0, 109.0, 120.0]));
    drawing.buildings = vec![[101.0, 0.0, 108.0, 100.0]];
    assert_eq!(told(&drawing.surveyed_by(&across)).len(), 2);
}

#[test]
fn a_sliver_of_a_parcel_is_not_part_of_the_zone() {
    let mut drawing = Drawing::zone_with(&[[0.0, 0.0, 100.0, 100.0]]);
    // 0.4 m of a field of 2 ha laps into the zone: 40 m², under half a per cent.
    drawing.parcels.push((parcel(2), [99.6, 0.0, 300.0, 100.0]));
    let stock = drawing.surveyed();
    assert_eq!(told(&stock), [(vec![1], 10_000.0, 10_000.0)]);
    assert_eq!(stock.pieces.len(), 1);
}

#[test]
fn a_zone_that_cuts_a_parcel_takes_its_part_of_it() {
    let mut drawing = Drawing::zone_with(&[[0.0, 0.0, 200.0, 100.0]]);
    drawing.zones[0].4 = [-50.0, -50.0, 150.0, 150.0];
    let stock = drawing.surveyed();
    assert_eq!(told(&stock), [(vec![1], 15_000.0, 15_000.0)]);
    assert!((stock.terrains.entities[0].parts[0].share - 0.75).abs() < 1e-9);
}

#[test]
fn without_a_planning_document_the_zoning_is_unknown_not_forbidden() {
    let mut drawing = Drawing::zone_with(&[[0.0, 0.0, 100.0, 100.0]]);
    drawing.zones.clear();
    drawing.sites =
        vec![("82112_SITE-ECO_1", "zone d'activité économique", [0.0, 0.0, 100.0, 100.0])];
    let stock = drawing.surveyed();
    assert_eq!(told(&stock), [(vec![1], 10_000.0, 10_000.0)]);
    let terrain = &stock.terrains.entities[0];
    assert_eq!(terrain.planning, None);
    let unsettled: Vec<&str> = terrain.unsettled.iter().map(String::as_str).collect();
    assert!(
        unsettled.contains(&"closed_zone") && unsettled.contains(&"flood_red"),
        "{unsettled:?}"
    );
}

#[test]
fn reserved_land_is_cut_off_and_other_prescriptions_are_not() {
    let mut drawing = Drawing::zone_with(&[[0.0, 0.0, 100.0, 100.0]]);
    drawing.prescriptions =
        vec![("05", "07", [0.0, 0.0, 30.0, 100.0]), ("39", "00", [50.0, 0.0, 100.0, 100.0])];
    assert_eq!(told(&drawing.surveyed()), [(vec![1], 7_000.0, 7_000.0)]);
}

#[test]
fn buildings_and_their_margin_are_taken_from_the_net_area() {
    let mut drawing = Drawing::zone_with(&[[0.0, 0.0, 100.0, 100.0]]);
    drawing.buildings = vec![[40.0, 40.0, 60.0, 60.0]];
    let stock = drawing.surveyed();
    let taken = 26.0 * 26.0 - rounded_corners(3.0);
    let [(_, gross, net)] = &told(&stock)[..] else { panic!() };
    assert_eq!(*gross, 10_000.0);
    assert!((net - (10_000.0 - taken)).abs() < 1e-3, "{net}");
    let terrain = &stock.terrains.entities[0];
    assert_eq!(terrain.availability, Availability::SousDensifie);
    assert_eq!(terrain.reason.about, "4.0");
}

#[test]
fn a_built_share_decides_between_free_underdense_and_built() {
    let class = |side: f64| {
        let mut drawing = Drawing::zone_with(&[[0.0, 0.0, 100.0, 100.0]]);
        drawing.buildings = vec![[10.0, 10.0, 10.0 + side, 10.0 + side]];
        drawing.surveyed().pieces[0].availability
    };
    assert_eq!(class(4.0), Availability::Libre);
    assert_eq!(class(8.0), Availability::SousDensifie);
    assert_eq!(class(31.0), Availability::SousDensifie);
    assert_eq!(class(32.0), Availability::Bati);
}

#[test]
fn identifiers_survive_a_new_numbering_and_a_moved_edge() {
    let before = Drawing::zone_with(&[[0.0, 0.0, 100.0, 100.0], [100.0, 0.0, 200.0, 100.0]]);
    let mut after = before.clone();
    // The second parcel is divided in two and everything has another number.
    after.parcels = vec![
        (parcel(11), [0.0, 0.0, 100.0, 100.0]),
        (parcel(12), [100.0, 0.0, 150.0, 100.0]),
        (parcel(13), [150.0, 0.0, 200.0, 100.0]),
    ];
    let id = |drawing: &Drawing| drawing.surveyed().terrains.entities[0].id.clone();
    assert_eq!(id(&before), id(&after));
    assert_eq!(id(&before), id(&before));
}

#[test]
fn terrains_are_of_one_class() {
    let mut drawing = Drawing::zone_with(&[[0.0, 0.0, 100.0, 100.0], [100.0, 0.0, 200.0, 100.0]]);
    drawing.buildings = vec![[120.0, 20.0, 140.0, 40.0]];
    let stock = drawing.surveyed();
    let classes: Vec<(Vec<u32>, Availability)> = stock
        .terrains
        .entities
        .iter()
        .map(|terrain| (numbers(terrain), terrain.availability))
        .collect();
    assert_eq!(classes, [(vec![1], Availability::Libre), (vec![2], Availability::SousDensifie)]);
}

#[test]
fn what_an_older_document_says_is_no_longer_in_force() {
    let mut drawing = Drawing::zone_with(&[[0.0, 0.0, 100.0, 100.0]]);
    drawing.zones = vec![
        ("UX", "U", "Zone d'activités", "82112_PLU_20230101", [0.0, 0.0, 100.0, 100.0]),
        ("A", "A", "Zone agricole", "82112_PLU_20100101", [0.0, 0.0, 200.0, 100.0]),
    ];
    let stock = drawing.surveyed();
    assert_eq!(told(&stock), [(vec![1], 10_000.0, 10_000.0)]);
    assert_eq!(stock.terrains.entities[0].planning.as_deref(), Some("U"));
    // The other way round, the later document closes the land.
    drawing.zones[0].3 = "82112_PLU_20100101";
    drawing.zones[1].3 = "82112_PLU_20230101";
    assert_eq!(told(&drawing.surveyed()), []);
}

#[test]
fn land_left_beside_a_flood_counts_however_small_its_share() {
    let mut drawing = Drawing::zone_with(&[[0.0, 0.0, 2000.0, 100.0]]);
    drawing.hazards = vec![("PPRI rouge", [60.0, -10.0, 2010.0, 110.0])];
    // 97 % of the parcel is red; 60 m by 100 m are not.
    assert_eq!(told(&drawing.surveyed()), [(vec![1], 6_000.0, 5_500.0)]);
}

#[test]
fn a_large_part_of_a_huge_parcel_is_no_sliver() {
    let mut drawing = Drawing::zone_with(&[[0.0, 0.0, 100.0, 100.0]]);
    drawing.parcels = vec![(parcel(1), [60.0, 0.0, 10_060.0, 100.0])];
    // 40 m by 100 m of 100 ha.
    assert_eq!(told(&drawing.surveyed()), [(vec![1], 4_000.0, 4_000.0)]);
}

#[test]
fn parcels_that_overlap_make_one_terrain_and_buildings_drawn_twice_count_once() {
    let mut drawing = Drawing::zone_with(&[[0.0, 0.0, 100.0, 100.0], [1.0, 1.0, 101.0, 101.0]]);
    assert_eq!(told(&drawing.surveyed()), [(vec![1, 2], 10_199.0, 10_199.0)]);
    drawing.parcels.truncate(1);
    drawing.buildings = vec![[40.0, 40.0, 64.0, 64.0], [40.0, 40.0, 64.0, 64.0]];
    let stock = drawing.surveyed();
    assert_eq!(stock.pieces[0].reason.about, "5.8");
    assert_eq!(stock.terrains.entities[0].built_m2.map(cm2), Some(576.0));
}

#[test]
fn a_line_that_reserves_land_is_told_since_it_has_no_surface_to_cut_off() {
    let mut drawing = Drawing::zone_with(&[[0.0, 0.0, 100.0, 100.0]]);
    let at = |x: f64| format!("[{},{}]", super::drawn::X + x, super::drawn::Y + 50.0);
    let line = format!(
        "{{\"type\":\"Feature\",\"geometry\":{{\"type\":\"LineString\",\"coordinates\":[{},{}]}},\"properties\":{{\"LIBELLE\":\"ER\",\"TYPEPSC\":\"05\",\"STYPEPSC\":\"01\",\"TXT\":\"\"}}}}",
        at(-20.0),
        at(120.0)
    );
    drawing.more = vec![(
        "prescription_lin.geojson",
        "[layers.prescriptions]\npath = \"prescription_lin.geojson\"\ncovers = \"territory\"\n",
        super::drawn::collection(&[line]),
    )];
    let stock = drawing.surveyed();
    assert_eq!(told(&stock), [(vec![1], 10_000.0, 10_000.0)]);
    assert!(stock.terrains.entities[0].unsettled.contains(&"reserved".to_owned()));
}

#[test]
fn facing_parcels_join_whatever_their_numbers() {
    let across = gisement::evaluation::LandRules { across_ways: true, ..rules() };
    let count = |first: u32, second: u32| {
        let mut drawing =
            Drawing::zone_with(&[[0.0, 0.0, 100.0, 100.0], [0.0, 109.0, 60.0, 180.0]]);
        drawing.parcels[0].0 = parcel(first);
        drawing.parcels[1].0 = parcel(second);
        told(&drawing.surveyed_by(&across)).len()
    };
    assert_eq!((count(1, 2), count(2, 1)), (1, 1));
}
