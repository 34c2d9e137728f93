//! Clay, cavities, wetlands, the ecological network, a regional park: what the ground and nature say of a site.

use geo_types::Coord;

use super::chance::Chance;
use super::chance::Purpose;
use super::perimeters::circle;
use super::records::Demo;
use super::services::around;
use super::surroundings::Cavity;
use super::surroundings::NaturalArea;
use super::surroundings::Surroundings;

/// Communes from one with cavities to the next.
const COMMUNES_PER_CAVITY: usize = 7;
/// Points of a river from one wetland and one corridor to the next.
const POINTS_PER_WETLAND: usize = 90;
const CAVITY_KINDS: [&str; 4] = ["cave", "carrière", "naturelle", "ouvrage civil"];

/// Draws them all, with chances of their own.
pub(super) fn draw(demo: &Demo, into: &mut Surroundings) {
    let mut chance = Chance::new(demo.seed, 0, Purpose::GroundRisks);
    for (rank, commune) in demo.communes.iter().enumerate() {
        into.clay.push(match chance.unit() {
            u if u < 0.15 => "Faible",
            u if u < 0.7 => "Moyen",
            _ => "Fort",
        });
        if rank % COMMUNES_PER_CAVITY == 0 {
            for number in 0..1 + chance.index(3) {
                let precise = chance.happens(0.7);
                into.cavities.push(Cavity {
                    code: format!("FICAA{:05}", 10 * rank + number),
                    commune: rank,
                    kind: CAVITY_KINDS[chance.index(CAVITY_KINDS.len())],
                    precise,
                    at: if precise {
                        around(commune.centre, 1_800.0, &mut chance)
                    } else {
                        commune.centre
                    },
                });
            }
        }
    }
    let points: Vec<Coord<f64>> =
        demo.rivers.iter().flat_map(|river| river.line.0.iter().copied()).collect();
    for (rank, at) in points.iter().enumerate().step_by(POINTS_PER_WETLAND) {
        into.wetlands.push(circle(*at, chance.between(60.0, 160.0), 0.3, &mut chance));
        let aim = if rank % (3 * POINTS_PER_WETLAND) == 0 {
            "à remettre en bon état"
        } else {
            "à préserver"
        };
        let polygon = circle(*at, chance.between(200.0, 420.0), 0.2, &mut chance);
        into.network.push(NaturalArea { class: "Corridor", aim, polygon });
    }
    let reservoirs = demo.hazards.iter().filter(|hazard| hazard.category == "ZNIEFF1");
    into.network.extend(reservoirs.map(|hazard| NaturalArea {
        class: "Réservoir de biodiversité",
        aim: "à préserver",
        polygon: hazard.polygon.clone(),
    }));
    // The southernmost commune and what lies around it.
    let south = demo.communes.iter().min_by(|a, b| a.centre.y.total_cmp(&b.centre.y));
    into.parks.extend(south.map(|commune| NaturalArea {
        class: "Parc naturel régional",
        aim: "",
        polygon: circle(commune.centre, 7_000.0, 0.1, &mut chance),
    }));
}
