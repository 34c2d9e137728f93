//! One terrain in two communes: two parcels that share forty metres of the border.

use std::collections::BTreeMap;

use geo::Area;
use geo::BooleanOps;
use geo::Contains;
use geo::Intersects;
use geo_types::Coord;
use geo_types::LineString;
use geo_types::MultiPolygon;
use geo_types::Polygon;

use super::ground::carve;
use super::ground::clear;
use super::planter::parcel;
use super::planter::zone_of;
use crate::demo::commune_layout::LandUse;
use crate::demo::economic_records::ParcelOwner;
use crate::demo::economic_records::PlantedTerrain;
use crate::demo::power_diagram::distance;
use crate::demo::records::Demo;
use crate::demo::records::DemoCommune;
use crate::demo::records::EconomicSite;
use crate::demo::records::Parcel;
use crate::demo::warp::centimetre;
use crate::demo::zoning::ACTIVITY;

/// How far each parcel reaches from the border, m.
const DEPTH_M: f64 = 60.0;
/// Parcels drawn before the border was straightened leave it by some decimetres: what they miss, m².
const MISSED_M2: f64 = 20.0;

/// One side: a commune, a zone of it, the edge of the zone as it runs there.
#[derive(Debug, Clone, Copy)]
struct Side {
    commune: usize,
    zone: usize,
    from: Coord<f64>,
    to: Coord<f64>,
}

impl Side {
    /// The parcel: along the edge, the commune on its left.
    fn outline(&self) -> Polygon<f64> {
        let unit = (self.to - self.from) / distance(self.from, self.to);
        let inward = Coord { x: -unit.y, y: unit.x } * DEPTH_M;
        let ring =
            vec![self.from, self.to, centimetre(self.to + inward), centimetre(self.from + inward)];
        let mut ring = LineString::new(ring);
        ring.close();
        Polygon::new(ring, Vec::new())
    }
}

/// Draws the terrain at the first stretch of border where it fits.
pub(super) fn plant(demo: &mut Demo, used: &[usize]) {
    let Some(sides) = find(demo, used) else { return };
    let outlines = sides.map(|side| side.outline());
    let mut ids = Vec::new();
    for (side, outline) in sides.iter().zip(&outlines) {
        let commune = &mut demo.communes[side.commune];
        carve(commune, |parcel| parcel.land_use == LandUse::Farmland, &outlines, MISSED_M2);
        clear(commune, &outlines);
        notch(&mut commune.zones[side.zone].polygon, side, outline);
        commune.zones.push(zone_of(ACTIVITY, outline.clone()));
        let block = commune.parcels.iter().map(|parcel| parcel.block).max().unwrap_or(0) + 1;
        let one = parcel(&commune.figures.insee, 1, LandUse::Activity(8), block, outline.clone());
        let account = format!("{}P00001", commune.figures.insee);
        demo.economy.owners.push(ParcelOwner { parcel: one.id.clone(), class: "P4a", account });
        ids.push(one.id.clone());
        commune.parcels.push(one);
    }
    let area_m2: f64 = outlines.iter().map(Area::unsigned_area).sum();
    let first = &demo.communes[sides[0].commune].figures;
    // Around both, by their corners: the border lies inside.
    let (one, two) = (&outlines[0].exterior().0, &outlines[1].exterior().0);
    let ring = vec![one[1], one[2], one[3], one[0], two[2], two[3], one[1]];
    demo.sites.push(EconomicSite {
        id: format!("{}_SITE-ECO_{:05}", first.epci_siren, sides[0].commune * 10 + 9),
        name: format!("Terrain témoin intercommunal de {} (fictif)", first.name),
        commune: sides[0].commune,
        vocation: "industrielle",
        state: "existant et actif",
        created_year: 2018,
        parcels: 2,
        vacant_parcels: 2,
        extent: MultiPolygon::new(vec![Polygon::new(LineString::new(ring), Vec::new())]),
    });
    demo.economy.planted.push(PlantedTerrain {
        story: "deux-communes".to_owned(),
        parcels: ids,
        availability: "libre",
        gross_m2: area_m2,
        net_m2: Some(area_m2),
        order: None,
        note: "une parcelle de chaque côté de la limite communale",
    });
}

/// Cuts the outline out of the zone, along the edge that they share.
fn notch(zone: &mut Polygon<f64>, side: &Side, outline: &Polygon<f64>) {
    let inner = [outline.exterior().0[3], outline.exterior().0[2]];
    zone.exterior_mut(|ring| {
        let edge = ring.0.windows(2).position(|pair| pair[0] == side.from && pair[1] == side.to);
        if let Some(edge) = edge {
            ring.0.splice(edge + 1..edge + 1, inner);
        }
    });
}

fn bits(at: Coord<f64>) -> (u64, u64) {
    (at.x.to_bits(), at.y.to_bits())
}

fn find(demo: &Demo, used: &[usize]) -> Option<[Side; 2]> {
    let mut edges = BTreeMap::new();
    let mut sides = Vec::new();
    for (commune, drawn) in demo.communes.iter().enumerate() {
        if used.contains(&commune) {
            continue;
        }
        for (zone, of_zone) in drawn.zones.iter().enumerate().filter(|(_, zone)| zone.label == "A")
        {
            for pair in of_zone.polygon.exterior().0.windows(2) {
                let side = Side { commune, zone, from: pair[0], to: pair[1] };
                if (36.0..48.0).contains(&distance(side.from, side.to)) {
                    edges.insert((bits(side.from), bits(side.to)), side);
                    sides.push(side);
                }
            }
        }
    }
    sides.into_iter().find_map(|side| {
        let other = *edges.get(&(bits(side.to), bits(side.from)))?;
        let fits = other.commune != side.commune
            && [side, other].iter().all(|side| has_room(&demo.communes[side.commune], side, demo));
        fits.then_some([side, other])
    })
}

/// Whether the parcel lies in fields, within the zone, away from risks.
fn has_room(commune: &DemoCommune, side: &Side, demo: &Demo) -> bool {
    let outline = side.outline();
    let fields = |parcel: &&Parcel| parcel.land_use == LandUse::Farmland;
    let covered: f64 = commune
        .parcels
        .iter()
        .filter(fields)
        .filter(|parcel| parcel.polygon.intersects(&outline))
        .map(|parcel| parcel.polygon.intersection(&outline).unsigned_area())
        .sum();
    // Just off the edge, where the zone's own outline cannot disturb.
    let middle = (outline.exterior().0[0] + outline.exterior().0[2]) / 2.0;
    let within = LineString::new(
        outline.exterior().0.iter().map(|at| middle + (*at - middle) * 0.98).collect(),
    );
    covered > outline.unsigned_area() - MISSED_M2
        && commune.zones[side.zone].polygon.contains(&Polygon::new(within, Vec::new()))
        && !demo.hazards.iter().any(|hazard| hazard.polygon.intersects(&outline))
        && !demo.brownfields.iter().any(|friche| friche.extent.intersects(&outline))
}
