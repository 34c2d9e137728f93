//! Buildings on the parcels: houses, annexes, sheds, farms. A few straddle two parcels, as real ones do.

use geo_types::Coord;
use geo_types::LineString;
use geo_types::Polygon;

use super::chance::Chance;
use super::commune_layout::LandUse;
use super::commune_layout::Layout;
use super::parcelling::Plot;
use super::records::Building;
use super::warp::Warp;
use super::warp::centimetre;

/// What is built on a parcel.
struct Habit {
    /// Share of the parcels that carry a building.
    built: f64,
    /// Median area of the main building, m², and its spread.
    main_m2: f64,
    spread: f64,
    /// Largest share of the parcel under the main building.
    most_share: f64,
    /// Mean number of further, smaller buildings.
    annexes: f64,
}

fn habit(land_use: LandUse, area_m2: f64) -> Habit {
    let (built, main_m2, spread, most_share, annexes) = match land_use {
        LandUse::OldTown => (0.86, 95.0, 0.4, 0.72, 0.35),
        LandUse::Town => (0.8, 115.0, 0.4, 0.42, 0.55),
        LandUse::Suburb => (0.82, 125.0, 0.3, 0.3, 0.6),
        LandUse::Hamlet => (0.6, 140.0, 0.5, 0.4, 0.9),
        LandUse::Activity(_) => (0.7, area_m2 * 0.2, 0.6, 0.55, 0.5),
        LandUse::OpenExtension | LandUse::ClosedExtension => (0.03, 110.0, 0.4, 0.2, 0.5),
        LandUse::ActivityExtension => (0.04, 300.0, 0.5, 0.2, 0.3),
        // Farms, on the larger parcels only.
        LandUse::Farmland if area_m2 > 2_500.0 => (0.035, 190.0, 0.6, 0.2, 2.4),
        LandUse::Farmland => (0.02, 40.0, 0.8, 0.4, 0.2),
        LandUse::Wood | LandUse::Riverside => (0.006, 30.0, 0.8, 0.2, 0.1),
    };
    Habit { built, main_m2, spread, most_share, annexes }
}

/// The buildings of a commune.
pub(crate) fn buildings(
    layout: &Layout,
    plots: &[Plot],
    warp: &Warp,
    chance: &mut Chance,
) -> Vec<Building> {
    let mut buildings = Vec::new();
    for plot in plots {
        let land_use = layout.blocks[plot.block].land_use;
        let area_m2 = plot.piece.area_m2();
        let habit = habit(land_use, area_m2);
        if area_m2 < 45.0 || !chance.happens(habit.built) {
            continue;
        }
        let middle = plot.piece.middle();
        let axis = plot.piece.long_axis();
        let across = Coord { x: -axis.y, y: axis.x };
        let (low, high) = plot.piece.extent(across);
        let breadth = (high - low).max(4.0);
        let main_m2 = chance.lognormal(habit.main_m2, habit.spread).min(area_m2 * habit.most_share);
        if main_m2 < 8.0 {
            continue;
        }
        let main_depth = main_m2.sqrt().min(breadth * 0.72) * chance.between(0.75, 1.0);
        let mut size = (main_m2 / main_depth, main_depth);
        let (near, far) = plot.piece.extent(axis);
        size.0 = size.0.min((far - near) * 0.8);
        let slack = ((far - near) - size.0).max(0.0) * 0.3;
        // One house in thirty stands on the boundary.
        let aside = if chance.happens(0.033) { breadth * 0.5 } else { 0.0 };
        let at = middle + axis * (slack * chance.between(-0.6, 0.6)) + across * aside;
        let year = 1900 + chance.index(124);
        buildings.push(rectangle(at, axis, size, land_use, year, true, warp, chance));
        let mut annexes = habit.annexes;
        while annexes > 0.0 && chance.happens(annexes.min(1.0)) {
            let annex_m2 = match land_use {
                LandUse::Farmland => chance.lognormal(320.0, 0.7),
                LandUse::Activity(_) => chance.lognormal(120.0, 0.8),
                _ => chance.lognormal(19.0, 0.5),
            };
            let side = annex_m2.min(area_m2 * 0.12).sqrt();
            let reach = size.0 * 0.5 + side * 0.8 + 2.0;
            let turn = if chance.happens(0.5) { 1.0 } else { -1.0 };
            let spot =
                at + axis * (turn * reach) + across * (breadth * 0.2 * chance.between(-1.0, 1.0));
            if side > 2.0 && plot.piece.distance_m(spot) < 1e-9 {
                let size = (side * 1.25, side * 0.8);
                buildings.push(rectangle(spot, axis, size, land_use, year, false, warp, chance));
            }
            annexes -= 1.0;
        }
    }
    buildings
}

#[allow(clippy::too_many_arguments)]
fn rectangle(
    at: Coord<f64>,
    axis: Coord<f64>,
    size: (f64, f64),
    land_use: LandUse,
    year: usize,
    main: bool,
    warp: &Warp,
    chance: &mut Chance,
) -> Building {
    // Houses are rigid: only their place and direction pass through the warp.
    let centre = warp.place(at);
    let along = warp.turn(at, axis);
    let across = Coord { x: -along.y, y: along.x };
    let corner = |u: f64, v: f64| centimetre(centre + along * (u * size.0) + across * (v * size.1));
    let ring = if main && size.0 * size.1 > 90.0 && chance.happens(0.4) {
        vec![
            corner(-0.5, -0.5),
            corner(0.5, -0.5),
            corner(0.5, 0.5),
            corner(0.1, 0.5),
            corner(0.1, 0.2),
            corner(-0.5, 0.2),
            corner(-0.5, -0.5),
        ]
    } else {
        vec![
            corner(-0.5, -0.5),
            corner(0.5, -0.5),
            corner(0.5, 0.5),
            corner(-0.5, 0.5),
            corner(-0.5, -0.5),
        ]
    };
    let hard = main || (matches!(land_use, LandUse::Farmland) && chance.happens(0.3));
    let created =
        format!("{}-{:02}-{:02}", year.max(1970), 1 + chance.index(12), 1 + chance.index(28));
    Building { hard, created, polygon: Polygon::new(LineString::new(ring), Vec::new()) }
}
