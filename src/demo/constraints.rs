//! Prescriptions of planning documents, servitudes, substations and sidings.

use geo_types::Coord;
use geo_types::LineString;
use geo_types::Polygon;

use super::chance::Chance;
use super::chance::Purpose;
use super::commune_layout::LandUse;
use super::economic_records::Economy;
use super::economic_records::Prescription;
use super::economic_records::RailSiding;
use super::economic_records::Servitude;
use super::economic_records::Substation;
use super::economy::protected_woods;
use super::power_diagram::distance;
use super::records::Demo;
use super::records::PlanningDocument;
use super::warp::centimetre;

/// A substation for every so many economic zones.
const SITES_PER_SUBSTATION: usize = 7;
/// Half-width of the strips along lines and pipes, m.
const LINE_M: f64 = 30.0;
const PIPE_M: f64 = 15.0;
/// Longest siding, and how near to the railway a zone must be, m.
const SIDING_M: f64 = 160.0;
const RAIL_NEAR_M: f64 = 900.0;

/// Everything that does not follow from parcels alone.
pub(super) fn draw(seed: u64, demo: &Demo, economy: &mut Economy) {
    let mut chance = Chance::new(seed, 0, Purpose::Networks);
    prescriptions(demo, &mut chance, economy);
    let middles: Vec<Coord<f64>> = demo
        .sites
        .iter()
        .filter_map(|site| {
            let ring = &site.extent.0.first()?.exterior().0;
            let sum = ring.iter().skip(1).fold(Coord { x: 0.0, y: 0.0 }, |sum, at| sum + *at);
            Some(sum / ring.len().saturating_sub(1).max(1) as f64)
        })
        .collect();
    for (rank, middle) in middles.iter().enumerate().step_by(SITES_PER_SUBSTATION) {
        let aside = Coord { x: chance.between(250.0, 600.0), y: chance.between(-400.0, 400.0) };
        economy.substations.push(Substation {
            code: format!("FICT{:02}", 1 + rank / SITES_PER_SUBSTATION),
            voltage: if rank % 2 == 0 { "63kV" } else { "225kV" },
            at: centimetre(*middle + aside),
        });
    }
    servitudes(demo, economy);
    for middle in middles {
        let points = demo.railways.iter().flat_map(|railway| &railway.line.0);
        let nearest = points.min_by(|a, b| distance(**a, middle).total_cmp(&distance(**b, middle)));
        let Some(from) = nearest.copied() else { continue };
        let away = distance(from, middle);
        if away > 1.0 && away < RAIL_NEAR_M && chance.happens(0.6) {
            let end = from + (middle - from) * (SIDING_M / away).min(1.0);
            let line = LineString::new(vec![from, centimetre(end)]);
            let state = if chance.happens(0.4) { "Utilisée" } else { "Inutilisée" };
            economy.sidings.push(RailSiding { state, line });
        }
    }
}

/// Land reserved in the extensions of towns, one perimeter of waiting, woods kept as they are.
fn prescriptions(demo: &Demo, chance: &mut Chance, economy: &mut Economy) {
    for (rank, commune) in demo.communes.iter().enumerate() {
        if commune.document == PlanningDocument::None {
            continue;
        }
        let mut add = |code, label: String, polygon: &Polygon<f64>| {
            economy.prescriptions.push(Prescription {
                commune: rank,
                code,
                label,
                polygon: polygon.clone(),
            });
        };
        for wood in protected_woods(commune) {
            add(("01", "00"), "Espace boisé classé (fictif)".to_owned(), &wood.polygon);
        }
        let extensions = commune.parcels.iter().filter(|parcel| {
            matches!(parcel.land_use, LandUse::OpenExtension | LandUse::ActivityExtension)
        });
        let mut number = 0;
        for parcel in extensions {
            if number < 4 && chance.happens(0.15) {
                number += 1;
                let what = ["voie", "bassin", "parking", "équipement"][number - 1];
                add(("05", "00"), format!("ER {number} – {what} (fictif)"), &parcel.polygon);
            }
        }
        if chance.happens(0.03)
            && let Some(parcel) =
                commune.parcels.iter().find(|parcel| parcel.land_use == LandUse::Suburb)
        {
            add(("05", "07"), "Périmètre d'attente (fictif)".to_owned(), &parcel.polygon);
        }
    }
}

/// Lines from one substation to the next, a pipe, the flood plan and the surroundings of monuments as servitudes.
fn servitudes(demo: &Demo, economy: &mut Economy) {
    let places: Vec<Coord<f64>> = economy.substations.iter().map(|one| one.at).collect();
    for (rank, pair) in places.windows(2).enumerate() {
        let (category, half, what) = match rank % 3 {
            0 => ("I1", PIPE_M, "Canalisation"),
            _ => ("I4", LINE_M, "Ligne électrique"),
        };
        economy.servitudes.extend(strip(pair[0], pair[1], half).map(|polygon| Servitude {
            category,
            name: format!("{what} {} (fictif)", rank + 1),
            polygon,
        }));
    }
    let of_plan = demo.hazards.iter().filter_map(|hazard| {
        let category = match (hazard.category, hazard.class.as_str()) {
            ("PPRI", "PPRI bleu") => "PM1",
            ("AC1", _) => "AC1",
            _ => return None,
        };
        let polygon = hazard.polygon.clone();
        Some(Servitude { category, name: hazard.name.clone(), polygon })
    });
    economy.servitudes.extend(of_plan);
}

fn strip(from: Coord<f64>, to: Coord<f64>, half_m: f64) -> Option<Polygon<f64>> {
    let length = distance(from, to);
    if length < 1.0 {
        return None;
    }
    let unit = (to - from) / length;
    let aside = Coord { x: -unit.y, y: unit.x } * half_m;
    let ring = [from - aside, to - aside, to + aside, from + aside, from - aside];
    let ring = ring.into_iter().map(centimetre).collect();
    Some(Polygon::new(LineString::new(ring), Vec::new()))
}
