//! Services and networks around the centres of communes: stops, shops, heat, districts, energy, grid, zonage ABC.

use geo_types::Coord;
use geo_types::LineString;
use geo_types::MultiPolygon;

use super::chance::Chance;
use super::chance::Purpose;
use super::dissolve::dissolve;
use super::perimeters::circle;
use super::power_diagram::distance;
use super::records::Demo;
use super::surroundings::Amenity;
use super::surroundings::GridZone;
use super::surroundings::HeatNetwork;
use super::surroundings::PriorityDistrict;
use super::surroundings::RenewableZone;
use super::surroundings::Stop;
use super::surroundings::Surroundings;
use super::warp::centimetre;

/// Shops and services of a centre, from this population on. `F101`, `C108` and `A401` are no shops.
const KINDS: [(&str, u32); 13] = [
    ("A401", 120),
    ("C108", 250),
    ("B207", 350),
    ("F101", 400),
    ("A208", 500),
    ("B202", 700),
    ("D307", 900),
    ("B105", 1_100),
    ("B204", 1_500),
    ("A207", 1_800),
    ("A203", 2_200),
    ("B206", 2_600),
    ("B104", 4_500),
];
/// Farthest that a shop lies from the centre, m.
const TOWN_M: f64 = 350.0;
/// One economic zone in so many has a zone of acceleration.
const SITES_PER_ZONE: usize = 6;
const GRID_STATES: [&str; 7] = [
    "TRES_FAVORABLE",
    "FAVORABLE",
    "SATUREE",
    "TRES_FAVORABLE",
    "EN_TENSION",
    "FAVORABLE",
    "SATUREE",
];

/// Draws them all, with chances of their own.
pub(super) fn draw(demo: &Demo, into: &mut Surroundings) {
    let mut chance = Chance::new(demo.seed, 0, Purpose::Services);
    stops(demo, &mut chance, into);
    for (rank, commune) in demo.communes.iter().enumerate() {
        let population = commune.figures.population;
        for (kind, _) in KINDS.iter().filter(|(_, least)| population >= *least) {
            for _ in 0..1 + population / 6_000 {
                let at = around(commune.centre, TOWN_M, &mut chance);
                into.amenities.push(Amenity { commune: rank, kind, at });
            }
        }
        into.housing_zones.push(match population {
            8_000.. => "B1",
            2_500.. => "B2",
            _ => "C",
        });
    }
    of_largest_towns(demo, &mut chance, into);
    renewable_zones(demo, &mut chance, into);
    grid_zones(demo, into);
}

/// A place up to so far from another.
pub(super) fn around(centre: Coord<f64>, radius_m: f64, chance: &mut Chance) -> Coord<f64> {
    let angle = chance.between(0.0, std::f64::consts::TAU);
    let away = radius_m * chance.unit().sqrt();
    centimetre(centre + Coord { x: angle.cos(), y: angle.sin() } * away)
}

fn stops(demo: &Demo, chance: &mut Chance, into: &mut Surroundings) {
    for commune in &demo.communes {
        let figures = &commune.figures;
        let count = match figures.population {
            5_000.. => 8,
            1_500.. => 4,
            500.. => 1,
            _ => u32::from(chance.happens(0.35)),
        };
        for number in 1..=count {
            let reach_m = if number == 1 { 60.0 } else { 900.0 };
            into.stops.push(Stop {
                code: format!("FICTIF:{}:{number}", figures.insee),
                name: format!("{} – arrêt fictif {number}", figures.name),
                location_type: 0,
                at: around(commune.centre, reach_m, chance),
            });
        }
    }
    for station in &demo.stations {
        for (location_type, what) in [(1, "gare routière"), (2, "entrée")] {
            into.stops.push(Stop {
                code: format!("FICTIF:{}:{location_type}", station.code_uic),
                name: format!("{} – {what} fictive", station.name),
                location_type,
                at: around(station.at, 40.0, chance),
            });
        }
    }
}

/// The largest town has a heat network and a quartier prioritaire, the second a boiler house.
fn of_largest_towns(demo: &Demo, chance: &mut Chance, into: &mut Surroundings) {
    let mut ranks: Vec<usize> = (0..demo.communes.len()).collect();
    ranks.sort_by_key(|rank| std::cmp::Reverse((demo.communes[*rank].figures.population, *rank)));
    for (order, rank) in ranks.into_iter().take(2).enumerate() {
        let commune = &demo.communes[rank];
        let boiler = around(commune.centre, 200.0, chance);
        let pipes = if order == 0 {
            let end = |turn: f64| boiler + Coord { x: turn.cos(), y: turn.sin() } * 650.0;
            [0.3, 1.9, 3.6, 5.1]
                .map(|turn| LineString::new(vec![boiler, centimetre(end(turn))]))
                .to_vec()
        } else {
            Vec::new()
        };
        into.heat_networks.push(HeatNetwork {
            code: format!("{}{:02}C", commune.figures.department, 90 + order),
            boiler,
            pipes,
        });
        if order == 0 {
            let centre = commune.centre + Coord { x: 520.0, y: -310.0 };
            into.districts.push(PriorityDistrict {
                code: format!("QN0{}99F", commune.figures.department),
                commune: rank,
                polygon: circle(centre, 270.0, 0.1, chance),
            });
        }
    }
}

fn renewable_zones(demo: &Demo, chance: &mut Chance, into: &mut Surroundings) {
    for (rank, site) in demo.sites.iter().enumerate().step_by(SITES_PER_ZONE) {
        let Some(polygon) = site.extent.0.first() else { continue };
        let detail =
            if rank % (2 * SITES_PER_ZONE) == 0 { "SOLPV.OMBRIERE" } else { "SOLPV.TOITURE" };
        into.renewable_zones.push(RenewableZone {
            energy: "SOLPV",
            detail,
            zoning: "",
            polygon: polygon.clone(),
        });
    }
    for commune in demo.communes.iter().step_by(19) {
        let centre = around(commune.centre, 2_500.0, chance);
        let (energy, detail) =
            if chance.happens(0.5) { ("SOLPV", "SOLPV.SOL") } else { ("METHANISATION", "") };
        let polygon = circle(centre, chance.between(150.0, 400.0), 0.2, chance);
        into.renewable_zones.push(RenewableZone { energy, detail, zoning: "", polygon });
    }
    let protected = demo.hazards.iter().filter(|hazard| hazard.category == "ZNIEFF1").take(8);
    for (rank, hazard) in protected.enumerate() {
        let zoning = if rank % 2 == 0 {
            "Interdiction ZAER (loi APER) toutes ENR sauf toiture"
        } else {
            "Interdiction ZAER (loi APER) éolien uniquement"
        };
        let polygon = hazard.polygon.clone();
        into.renewable_zones.push(RenewableZone { energy: "", detail: "", zoning, polygon });
    }
}

/// The communes nearest to each substation; those of the last one are another company's.
fn grid_zones(demo: &Demo, into: &mut Surroundings) {
    let substations = &demo.economy.substations;
    let nearest = |centre: Coord<f64>| {
        (0..substations.len()).min_by(|a, b| {
            let away = |rank: usize| distance(substations[rank].at, centre);
            away(*a).total_cmp(&away(*b))
        })
    };
    let of_commune: Vec<Option<usize>> =
        demo.communes.iter().map(|commune| nearest(commune.centre)).collect();
    for (rank, substation) in substations.iter().enumerate() {
        let own = demo.communes.iter().zip(&of_commune).filter(|(_, of)| **of == Some(rank));
        let rings: Vec<Vec<Coord<f64>>> = own
            .map(|(commune, _)| {
                let ring = &commune.polygon.exterior().0;
                ring.split_last().map_or(Vec::new(), |(_, ring)| ring.to_vec())
            })
            .collect();
        let extent = MultiPolygon::new(dissolve(&rings));
        if extent.0.is_empty() {
            continue;
        }
        let is_last = rank + 1 == substations.len();
        let state = if is_last { "ELD" } else { GRID_STATES[rank % GRID_STATES.len()] };
        into.grid_zones.push(GridZone { code: substation.code.clone(), state, extent });
    }
}
