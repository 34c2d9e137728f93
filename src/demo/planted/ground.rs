//! Where a ground can lie: inside one block of fields, away from every risk, road and friche.

use geo::Area;
use geo::BooleanOps;
use geo::BoundingRect;
use geo::Contains;
use geo::Intersects;
use geo_types::Coord;
use geo_types::LineString;
use geo_types::Polygon;
use geo_types::Rect;

use crate::demo::commune_layout::LandUse;
use crate::demo::records::Demo;
use crate::demo::records::DemoCommune;
use crate::demo::records::Parcel;
use crate::demo::records::PlanningDocument;
use crate::demo::warp::centimetre;

/// Extent of a ground, m: eight plots, their ways, and a verge of 8 m.
pub(super) const WIDTH_M: f64 = 341.0;
pub(super) const HEIGHT_M: f64 = 241.0;
/// How far the ground keeps from risks, m.
const AWAY_M: f64 = 80.0;
/// Largest population of the commune without buildings.
const SMALL: u32 = 400;

/// A place for a ground.
#[derive(Debug, Clone, Copy)]
pub(super) struct Found {
    pub(super) commune: usize,
    /// Block of fields it lies in.
    pub(super) block: usize,
    /// Zone of the planning document it lies in.
    pub(super) zone: usize,
    /// South-west corner, on whole metres.
    pub(super) corner: Coord<f64>,
}

/// The outline of a rectangle, counter-clockwise.
pub(super) fn rectangle(corner: Coord<f64>, width: f64, height: f64) -> Polygon<f64> {
    let at = |x: f64, y: f64| corner + Coord { x, y };
    let ring = vec![at(0.0, 0.0), at(width, 0.0), at(width, height), at(0.0, height), at(0.0, 0.0)];
    Polygon::new(LineString::new(ring), Vec::new())
}

/// The first commune in which a ground fits: one with economic zones, or a small one without friches.
pub(super) fn find(demo: &Demo, used: &[usize], small: bool) -> Option<Found> {
    let mut with_sites: Vec<usize> = demo.sites.iter().map(|site| site.commune).collect();
    with_sites.sort_unstable();
    with_sites.dedup();
    let fits = |rank: &usize| {
        let commune = &demo.communes[*rank];
        let has_friche = demo.brownfields.iter().any(|friche| friche.commune == *rank);
        let in_reach = if small {
            commune.figures.population < SMALL && !has_friche
        } else {
            with_sites.binary_search(rank).is_ok()
        };
        in_reach && commune.document != PlanningDocument::None && !used.contains(rank)
    };
    (0..demo.communes.len()).filter(fits).find_map(|rank| in_commune(demo, rank))
}

fn in_commune(demo: &Demo, rank: usize) -> Option<Found> {
    let commune = &demo.communes[rank];
    let mut blocks: Vec<usize> = commune
        .parcels
        .iter()
        .filter(|parcel| parcel.land_use == LandUse::Farmland)
        .map(|parcel| parcel.block)
        .collect();
    blocks.sort_unstable();
    blocks.dedup();
    blocks.into_iter().find_map(|block| in_block(demo, commune, rank, block))
}

fn in_block(demo: &Demo, commune: &DemoCommune, rank: usize, block: usize) -> Option<Found> {
    let fields: Vec<&Parcel> = commune.parcels.iter().filter(|p| p.block == block).collect();
    let mut extent: Option<Rect<f64>> = None;
    for bounds in fields.iter().filter_map(|parcel| parcel.polygon.bounding_rect()) {
        extent = Some(extent.map_or(bounds, |known| {
            let low = Coord {
                x: known.min().x.min(bounds.min().x),
                y: known.min().y.min(bounds.min().y),
            };
            let high = Coord {
                x: known.max().x.max(bounds.max().x),
                y: known.max().y.max(bounds.max().y),
            };
            Rect::new(low, high)
        }));
    }
    let middle = extent?.center();
    let corner =
        Coord { x: (middle.x - WIDTH_M / 2.0).round(), y: (middle.y - HEIGHT_M / 2.0).round() };
    let ground = rectangle(corner, WIDTH_M, HEIGHT_M);
    let grown = |by: f64| {
        rectangle(corner - Coord { x: by, y: by }, WIDTH_M + 2.0 * by, HEIGHT_M + 2.0 * by)
    };
    let covered: f64 =
        fields.iter().map(|parcel| parcel.polygon.intersection(&ground).unsigned_area()).sum();
    if covered < WIDTH_M * HEIGHT_M - 0.5 {
        return None;
    }
    let around = grown(AWAY_M);
    let near = around.bounding_rect()?;
    let touched = |polygon: &Polygon<f64>| {
        polygon.bounding_rect().is_some_and(|bounds| bounds.intersects(&near))
            && polygon.intersects(&around)
    };
    let is_threatened = demo.hazards.iter().any(|hazard| touched(&hazard.polygon))
        || demo.brownfields.iter().any(|friche| friche.extent.0.iter().any(touched))
        || demo.economy.servitudes.iter().any(|servitude| touched(&servitude.polygon))
        || demo.economy.prescriptions.iter().any(|one| touched(&one.polygon));
    if is_threatened {
        return None;
    }
    let inside = grown(2.0);
    let zone = commune.zones.iter().position(|zone| zone.polygon.contains(&inside))?;
    Some(Found { commune: rank, block, zone, corner })
}

/// Cuts the fields of some blocks around outlines; what is left of a field stays a field, in several parts if need be.
pub(super) fn carve(
    commune: &mut DemoCommune,
    is_near: impl Fn(&Parcel) -> bool,
    outlines: &[Polygon<f64>],
    least_m2: f64,
) {
    let mut last: std::collections::BTreeMap<String, u32> = std::collections::BTreeMap::new();
    for parcel in &commune.parcels {
        let highest = last.entry(parcel.section.clone()).or_default();
        *highest = (*highest).max(parcel.number);
    }
    let insee = commune.figures.insee.clone();
    let mut carved = Vec::with_capacity(commune.parcels.len() + 8);
    for parcel in std::mem::take(&mut commune.parcels) {
        let meets = |outline: &Polygon<f64>| outline.intersects(&parcel.polygon);
        if !is_near(&parcel) || !outlines.iter().any(meets) {
            carved.push(parcel);
            continue;
        }
        let mut rest = geo_types::MultiPolygon::new(vec![parcel.polygon.clone()]);
        for outline in outlines {
            rest = rest.difference(outline);
        }
        let parts: Vec<Polygon<f64>> =
            rest.0.into_iter().filter_map(|part| on_grid(&part, least_m2)).collect();
        for (rank, polygon) in parts.into_iter().enumerate() {
            let mut part = Parcel { polygon, ..parcel.clone() };
            part.contenance_m2 = part.polygon.unsigned_area().round().max(1.0) as u32;
            if rank > 0 {
                let number = last.entry(part.section.clone()).or_default();
                *number += 1;
                part.number = *number;
                part.id = format!("{insee}000{:0>2}{:04}", part.section, part.number);
            }
            carved.push(part);
        }
    }
    commune.parcels = carved;
}

/// A polygon on the grid of one centimetre; `None` where little is left of it.
fn on_grid(polygon: &Polygon<f64>, least_m2: f64) -> Option<Polygon<f64>> {
    let ring = |line: &LineString<f64>| {
        let mut points: Vec<Coord<f64>> = line.0.iter().map(|at| centimetre(*at)).collect();
        points.dedup();
        LineString::new(points)
    };
    let holes = polygon.interiors().iter().map(ring).filter(|hole| hole.0.len() > 3).collect();
    let shell = ring(polygon.exterior());
    let placed = Polygon::new(shell, holes);
    (placed.exterior().0.len() > 3 && placed.unsigned_area() > least_m2).then_some(placed)
}

/// Takes away the buildings that stand on outlines or touch them.
pub(super) fn clear(commune: &mut DemoCommune, outlines: &[Polygon<f64>]) {
    commune
        .buildings
        .retain(|building| !outlines.iter().any(|outline| outline.intersects(&building.polygon)));
}
