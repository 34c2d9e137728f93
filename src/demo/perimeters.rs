//! Risks and protections: flood plains, technological perimeters, polluted soils, heritage, nature.

use geo_types::Coord;
use geo_types::LineString;
use geo_types::Polygon;

use super::chance::Chance;
use super::chance::Purpose;
use super::flood_plain::PlainField;
use super::flood_plain::inner_and_outer;
use super::places::AxisKind;
use super::places::Places;
use super::records::Brownfield;
use super::records::DemoCommune;
use super::records::HazardArea;
use super::warp::centimetre;

/// Share of the half-width of a flood plain under the strict rule.
const RED_SHARE: f64 = 0.55;

/// All the areas under a risk or a protection. `courses` gives the rivers: rank of the axis and its course.
pub(crate) fn hazards(
    seed: u64,
    places: &Places,
    communes: &[DemoCommune],
    courses: &[(usize, Vec<Coord<f64>>)],
    economic_centres: &[(usize, Coord<f64>)],
    brownfields: &[Brownfield],
) -> Vec<HazardArea> {
    let mut chance = Chance::new(seed, 0, Purpose::Hazards);
    let mut areas = Vec::new();
    for (axis, course) in courses {
        let axis = &places.axes[*axis];
        let AxisKind::River { plain_low_m, plain_high_m } = axis.kind else { continue };
        let field = PlainField::new(course, (plain_low_m, plain_high_m), chance.between(0.0, 6.0));
        let (red, blue) = inner_and_outer(&field, RED_SHARE);
        let name = format!("PPRI {} (fictif)", axis.name);
        let area = |class: &str, polygon| HazardArea {
            category: "PPRI",
            class: class.to_owned(),
            name: name.clone(),
            polygon,
        };
        areas.extend(red.into_iter().map(|polygon| area("PPRI rouge", polygon)));
        areas.extend(blue.into_iter().map(|polygon| area("PPRI bleu", polygon)));
        if plain_high_m > 2_500.0 {
            let banks =
                PlainField::new(course, (350.0, 900.0), chance.between(0.0, 6.0)).rings(1.0);
            let banks: Vec<_> =
                banks.into_iter().filter(|r| super::power_diagram::area(r) > 0.0).collect();
            areas.extend(super::dissolve::assemble(banks, Vec::new()).into_iter().map(|polygon| {
                HazardArea {
                    category: "NATURA2000",
                    class: "Natura 2000".to_owned(),
                    name: format!("{} (site fictif)", axis.name),
                    polygon,
                }
            }));
        }
    }
    for (commune, category, radius_m, label) in &places.perimeters {
        let (category, class) = match category.as_str() {
            "PM6" => ("PM6", "INB"),
            _ => ("PPRT", "PPRT"),
        };
        let centre = economic_centres
            .iter()
            .find(|(other, _)| other == commune)
            .map_or(communes[*commune].centre, |(_, centre)| *centre);
        areas.push(HazardArea {
            category,
            class: class.to_owned(),
            name: format!("{label} – {} (fictif)", communes[*commune].figures.name),
            polygon: circle(
                centre,
                *radius_m,
                if category == "PPRT" { 0.2 } else { 0.0 },
                &mut chance,
            ),
        });
    }
    for commune in communes {
        if chance.happens(0.13) {
            areas.push(HazardArea {
                category: "AC1",
                class: "Abords de monument historique".to_owned(),
                name: format!("Périmètre de 500 m, {} (fictif)", commune.figures.name),
                polygon: circle(commune.centre, 500.0, 0.0, &mut chance),
            });
        }
        if chance.happens(0.12) {
            let angle = chance.between(0.0, std::f64::consts::TAU);
            let away = 500.0 * commune.figures.area_km2.sqrt();
            let centre = commune.centre + Coord { x: angle.cos(), y: angle.sin() } * away;
            let radius_m = chance.lognormal(420.0, 0.5).max(120.0);
            areas.push(HazardArea {
                category: "ZNIEFF1",
                class: "ZNIEFF de type 1".to_owned(),
                name: format!("Coteaux de {} (fictif)", commune.figures.name),
                polygon: circle(centre, radius_m, 0.35, &mut chance),
            });
        }
    }
    for site in brownfields {
        if site.soil_pollution == "pollution avérée" {
            areas.extend(site.extent.0.iter().map(|polygon| HazardArea {
                category: "SIS",
                class: "SIS".to_owned(),
                name: site.name.clone(),
                polygon: polygon.clone(),
            }));
        }
    }
    areas
}

/// A round area, uneven by a share of its radius.
pub(super) fn circle(
    centre: Coord<f64>,
    radius_m: f64,
    uneven: f64,
    chance: &mut Chance,
) -> Polygon<f64> {
    let phases: [f64; 3] = std::array::from_fn(|_| chance.between(0.0, std::f64::consts::TAU));
    let mut ring: Vec<Coord<f64>> = (0..72)
        .map(|k| {
            let turn = std::f64::consts::TAU * f64::from(k) / 72.0;
            let swell: f64 =
                phases.iter().zip([2.0, 3.0, 5.0]).map(|(p, n)| (n * turn + p).sin() / n).sum();
            let radius = radius_m * (1.0 + uneven * swell);
            centimetre(centre + Coord { x: turn.cos(), y: turn.sin() } * radius)
        })
        .collect();
    ring.push(ring[0]);
    Polygon::new(LineString::new(ring), Vec::new())
}
