//! Answers about land, access, dwellings and hazards: each at its threshold, with the distance known on paper.

use super::drawn::Box4;
use super::drawn::Drawing;
use super::drawn::SITE;
use super::drawn::area;
use super::drawn::east;
use super::drawn::feature;
use super::drawn::line_shape;

const SITE_ONLY: &str = "";

/// Asserts what one layer with one object makes of a criterion.
fn check(criterion: &str, key: &str, more: &str, cases: &[(String, &str)]) {
    for (object, expected) in cases {
        let drawing = Drawing::of_site(SITE_ONLY).layer(key, more, std::slice::from_ref(object));
        assert_eq!(drawing.says(criterion), *expected, "{criterion}: {object}");
    }
    let without = Drawing::of_site(SITE_ONLY).says(criterion);
    assert_eq!(without, format!("? layer-not-given {key}"), "{criterion}");
}

#[test]
fn the_town_centre_is_a_kilometre_from_the_town_hall() {
    let hall = |m: f64| east(m, "\"insee\":\"82112\"");
    check(
        "siteEnCentreVille",
        "town_halls",
        "",
        &[
            (hall(999.0), "true < town_halls"),
            (hall(1_000.0), "true < town_halls"),
            (hall(1_001.0), "false < town_halls"),
            // The town hall of the next commune says where the centre of that one is.
            (east(1_001.0, "\"insee\":\"82033\""), "? not-covered town_halls"),
        ],
    );
}

#[test]
fn a_stop_is_told_in_metres_and_none_within_two_kilometres_is_none() {
    let stop = |m: f64| east(m, "\"stop_id\":\"1\"");
    check(
        "distanceTransportCommun",
        "transport_stops",
        "",
        &[
            (stop(499.0), "499 < transport_stops"),
            (stop(501.0), "501 < transport_stops"),
            (stop(2_001.0), "none < transport_stops"),
        ],
    );
}

#[test]
fn a_station_alone_says_that_one_is_near_and_never_that_no_bus_is() {
    let station = |m: f64, passengers: &str| {
        let what = format!("\"code_uic\":\"1\",\"fret\":\"N\",\"voyageurs\":\"{passengers}\"");
        Drawing::of_site("").layer("stations", "", &[east(m, &what)])
    };
    assert_eq!(station(400.0, "O").says("distanceTransportCommun"), "400 < stations");
    let unknown = "? layer-not-given transport_stops";
    assert_eq!(station(600.0, "O").says("distanceTransportCommun"), unknown);
    assert_eq!(station(400.0, "N").says("distanceTransportCommun"), unknown);
    // With stops given, the nearer of the two.
    let both =
        station(400.0, "O").layer("transport_stops", "", &[east(700.0, "\"stop_id\":\"1\"")]);
    assert_eq!(both.says("distanceTransportCommun"), "400 < transport_stops");
}

#[test]
fn shops_count_within_half_a_kilometre_and_only_those_of_the_list() {
    let shop = |m: f64, kind: &str| east(m, &format!("\"kind\":\"{kind}\""));
    check(
        "proximiteCommercesServices",
        "amenities",
        "",
        &[
            (shop(500.0, "B104"), "true < amenities"),
            (shop(501.0, "D307"), "false < amenities"),
            (shop(10.0, "F101"), "false < amenities"),
        ],
    );
}

#[test]
fn power_siding_and_heat_are_looked_for_as_far_as_the_published_rule_says() {
    let post = |m: f64| east(m, "\"type\":\"HTA\"");
    check(
        "distanceRaccordementElectrique",
        "substations",
        "",
        &[
            (post(120.0), "120 < substations"),
            (post(5_000.0), "5000 < substations"),
            (post(5_001.0), "none < substations"),
        ],
    );
    let siding = |m: f64, state: &str| east(m, &format!("\"etat\":\"{state}\""));
    check(
        "distanceIte",
        "rail_sidings",
        "",
        &[
            (siding(999.0, "bon état"), "moins-1km-bon-etat < rail_sidings"),
            (siding(999.0, "mauvais état"), "moins-1km-mauvais-etat < rail_sidings"),
            (siding(999.0, "?"), "? no-value class"),
            (siding(1_001.0, "bon état"), "plus-1km < rail_sidings"),
        ],
    );
    let heat = |m: f64| feature(&line_shape(&[(100.0 + m, -50.0), (100.0 + m, 200.0)]), "\"a\":1");
    check(
        "distanceReseauChaleur",
        "heat_networks",
        "",
        &[(heat(320.0), "320 < heat_networks"), (heat(501.0), "none < heat_networks")],
    );
}

#[test]
fn a_heat_network_of_which_only_the_boiler_house_is_drawn_says_where_one_is_and_never_that_none_is()
{
    let says = |m: f64, drawn: bool| {
        let network = east(m, &format!("\"identifiant_reseau\":\"8201C\",\"has_trace\":{drawn}"));
        Drawing::of_site("").layer("heat_networks", "", &[network]).says("distanceReseauChaleur")
    };
    assert_eq!(says(320.0, false), "320 < heat_networks");
    assert_eq!(says(501.0, false), "? no-value heat_line");
    assert_eq!(says(501.0, true), "none < heat_networks");
}

#[test]
fn a_motorway_is_measured_by_road_and_a_straight_line_only_says_that_it_is_far() {
    let motorway = |x: f64| {
        feature(
            &line_shape(&[(x, 50.0), (x, 3_050.0)]),
            "\"nature\":\"Type autoroutier\",\"importance\":\"1\",\"largeur\":10,\"nb_voies\":4",
        )
    };
    let road = |to: f64| {
        feature(
            &line_shape(&[(100.0, 50.0), (to, 50.0)]),
            "\"nature\":\"Route à 1 chaussée\",\"importance\":\"3\",\"largeur\":6,\"nb_voies\":2",
        )
    };
    let says = |features: &[String]| {
        Drawing::of_site("").layer("roads", "", features).says("distanceAutoroute")
    };
    assert_eq!(says(&[road(3_100.0), motorway(3_100.0)]), "3000 < roads");
    // Nothing leads there: 3 km in a straight line may be more than 5 by road, 6 km cannot be less.
    assert_eq!(says(&[motorway(3_100.0)]), "? no-way roads");
    assert_eq!(says(&[motorway(6_100.0)]), "6000 < roads");
}

#[test]
fn buildings_are_measured_where_they_cover_the_site() {
    // 20 m × 30 m on the site, of 40 m × 30 m; two that overlap count once.
    let on: Box4 = [80.0, 0.0, 120.0, 30.0];
    let again: Box4 = [80.0, 0.0, 100.0, 30.0];
    let far: Box4 = [-500.0, 0.0, -490.0, 10.0];
    let of = |places: &[Box4]| {
        let features: Vec<String> = places
            .iter()
            .map(|place| area(place, "\"commune\":\"82112\",\"type\":\"01\""))
            .collect();
        Drawing::of_site("").layer("buildings", "", &features)
    };
    assert_eq!(of(&[on, again]).says("surfaceBati"), "600 < buildings");
    assert_eq!(of(&[far]).says("surfaceBati"), "0 < buildings");
    // A layer of the other commune says nothing here; the inventory then may.
    let other = area(&[700.0, 0.0, 710.0, 10.0], "\"commune\":\"82033\",\"type\":\"01\"");
    let not_covered = Drawing::of_site("").layer("buildings", "", std::slice::from_ref(&other));
    assert_eq!(not_covered.says("surfaceBati"), "? not-covered buildings");
    let declared = Drawing::of_site(",\"bati_surface\":\"450\"").layer("buildings", "", &[other]);
    assert_eq!(declared.says("surfaceBati"), "450 < inventory");
    assert_eq!(Drawing::of_site("").says("surfaceSite"), "10000 < parcels");
}

#[test]
fn vacancy_is_a_percentage_with_one_decimal_and_secrecy_answers_when_its_classes_are_one() {
    let of = |vacant: &str, all: &str, commune: &str| {
        let text = format!(
            "CODGEO_25;pp_total_25;pp_vacant_25;pp_vacant_plus_2ans_25\n{commune};{all};{vacant};3\n"
        );
        Drawing::of_site("").text("vacancy", "", "lovac.csv", &text).says("tauxLogementsVacants")
    };
    // 67 of 830: 8.072 %. 88 of 1 250: 7.04 %, in the class up to 7.
    assert_eq!(of("67", "830", "82112"), "8.1 < vacancy");
    assert_eq!(of("88", "1250", "82112"), "7 < vacancy");
    // 1 to 10 of 200: at most 5 %, one class. Of 120: up to 8.3 %, three classes.
    assert_eq!(of("s", "200", "82112"), "5 < vacancy");
    assert_eq!(of("s", "120", "82112"), "? no-value vacant");
    assert_eq!(of("5", "0", "82112"), "? no-value private_dwellings");
    assert_eq!(of("5", "100", "82033"), "? no-value vacant");
    assert_eq!(Drawing::of_site("").says("tauxLogementsVacants"), "? layer-not-given vacancy");
}

/// Hazards by class, over the territory.
fn hazards(objects: &[String]) -> Drawing {
    Drawing::of_site("").layer("hazards", "class = \"classe\"\ncovers = \"territory\"", objects)
}

fn class(word: &str) -> String {
    format!("\"classe\":\"{word}\"")
}

#[test]
fn hazards_count_up_to_their_distance() {
    for (criterion, object, expected) in [
        ("risqueCavitesSouterraines", east(499.0, &class("Cavité")), "oui < hazards"),
        ("risqueCavitesSouterraines", east(501.0, &class("Cavité")), "non < hazards"),
        ("presenceRisquesTechnologiques", east(999.0, &class("SIS")), "true < hazards"),
        ("presenceRisquesTechnologiques", east(499.0, &class("ICPE")), "true < hazards"),
        // Nor do sectors without installations.
        (
            "presenceRisquesTechnologiques",
            east(1_001.0, &class("SIS")),
            "? nothing-in-layer hazards",
        ),
        // Without sectors of polluted soil, that no installation is near does not say that there is no hazard.
        (
            "presenceRisquesTechnologiques",
            east(501.0, &class("ICPE")),
            "? nothing-in-layer hazards",
        ),
        ("presenceRisquesTechnologiques", east(100.0, &class("CASIAS")), "? no-value kind"),
        (
            "risqueRetraitGonflementArgile",
            area(&SITE, &class("Argile : aléa fort")),
            "fort < hazards",
        ),
        (
            "risqueRetraitGonflementArgile",
            area(&SITE, &class("Argile : aléa moyen")),
            "faible-ou-moyen < hazards",
        ),
        (
            "risqueRetraitGonflementArgile",
            area(&[60., 60., 100., 100.], &class("Argile : aléa fort")),
            "aucun < hazards",
        ),
        ("presenceZoneHumide", area(&SITE, &class("Zone humide")), "oui < hazards"),
        (
            "presenceZoneHumide",
            area(&[200., 0., 300., 100.], &class("Zone humide")),
            "non < hazards",
        ),
    ] {
        assert_eq!(hazards(std::slice::from_ref(&object)).says(criterion), expected, "{object}");
        assert_eq!(Drawing::of_site("").says(criterion), "? layer-not-given hazards");
    }
    let both = [east(1_001.0, &class("SIS")), east(501.0, &class("ICPE"))];
    assert_eq!(hazards(&both).says("presenceRisquesTechnologiques"), "false < hazards");
}

#[test]
fn a_sliver_of_flood_is_a_border_drawn_twice() {
    // The site has 10 000 m²: 0.5 % is 50 m², a strip of half a metre.
    for (width, expected) in [(0.49, "non < hazards"), (0.51, "oui < hazards")] {
        let zone = area(&[100.0 - width, 0.0, 300.0, 100.0], &class("PPRI"));
        assert_eq!(hazards(&[zone]).says("risqueInondation"), expected, "{width} m");
    }
    let red = area(&[50.0, 0.0, 300.0, 100.0], &class("PPRI rouge"));
    assert_eq!(hazards(&[red]).says("risqueInondation"), "oui < hazards");
}

#[test]
fn a_map_of_the_other_commune_says_nothing_here() {
    let zone = area(&[500.0, 0.0, 900.0, 400.0], &class("PPRI"));
    let drawing = Drawing::of_site("").layer("hazards", "class = \"classe\"", &[zone]);
    assert_eq!(drawing.says("risqueInondation"), "? not-covered hazards");
    assert_eq!(drawing.says("presenceZoneHumide"), "? not-covered hazards");
}
