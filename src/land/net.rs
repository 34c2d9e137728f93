//! Net usable land: what is left beside buildings, forbidden land, and the margins around both.

use geo::BoundingRect;
use geo::Geometry;
use geo::MultiPolygon;

use super::constraints::grown;
use super::pieces::Surroundings;
use super::place_order::by_place;
use crate::domain::NetLand;
use crate::spatial::buffer;
use crate::spatial::inscribed_circle;
use crate::spatial::inscribed_rectangle;
use crate::spatial::overlay;
use crate::spatial::shape;

/// Precision of the largest circle, m.
const CIRCLE_PRECISION_M: f64 = 0.1;

/// What becomes of the buildings that stand on a terrain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// They stay: they and their margin are taken off.
    Stays,
    /// They are pulled down or used again: only what the law forbids is taken off.
    IsReused,
}

/// The net land of a terrain of `gross_m2`; `None` when an overlay is refused: it is unknown then.
pub(super) fn net_land(
    around: &Surroundings<'_>,
    land: &Geometry<f64>,
    gross_m2: f64,
    standing: Standing,
) -> Option<NetLand> {
    let frame = land.bounding_rect()?;
    let grown_shape = |geometry: &Geometry<f64>, margin_m: f64| {
        buffer::buffered(geometry, margin_m).map(Geometry::MultiPolygon).ok()
    };
    let margin_m = around.rules.building_margin_m;
    let mut built = Vec::new();
    if let Some(layer) = around.buildings.filter(|_| standing == Standing::Stays) {
        let mut near: Vec<&Geometry<f64>> = layer
            .index()
            .in_box(&grown(&frame, margin_m))
            .into_iter()
            .map(|at| layer.geometry(at as usize))
            .collect();
        near.sort_by(|a, b| by_place(a, b));
        for building in near {
            let building = grown_shape(building, margin_m)?;
            if overlay::intersection_area(land, &building) > 0.0 {
                built.push(building);
            }
        }
    }
    let mut margins = Vec::new();
    for forbidding in around.constraints.near(land) {
        let margin_m = around.constraints.rule(forbidding.constraint).margin_m;
        // Without a margin, the cut has taken it already.
        if margin_m > 0.0 {
            // A river runs far beyond the terrain: what is farther than the margin cannot reach it.
            let near = grown(&frame, 2.0 * margin_m + 1.0);
            let near = overlay::clipped_for_overlay(&forbidding.geometry, &near);
            let margin = grown_shape(&Geometry::MultiPolygon(near), margin_m)?;
            if overlay::intersection_area(land, &margin) > 0.0 {
                margins.push(margin);
            }
        }
    }
    let without = |land: &Geometry<f64>, taken: &[Geometry<f64>]| {
        if taken.is_empty() {
            return Some(land.clone());
        }
        overlay::difference_geometry(land, &taken.iter().collect::<Vec<_>>())
            .map(Geometry::MultiPolygon)
            .ok()
    };
    let beside_buildings = without(land, &built)?;
    let left = without(&beside_buildings, &margins)?;
    let (beside_m2, area_m2) = (shape::area(&beside_buildings), shape::area(&left));
    let geometry = match left {
        Geometry::MultiPolygon(many) => many,
        Geometry::Polygon(one) => MultiPolygon(vec![one]),
        _ => MultiPolygon(Vec::new()),
    };
    Some(NetLand {
        area_m2,
        buildings_m2: (gross_m2 - beside_m2).max(0.0),
        margins_m2: (beside_m2 - area_m2).max(0.0),
        circle: inscribed_circle::largest_circle(&geometry, CIRCLE_PRECISION_M)
            .map(|circle| (circle.centre, circle.radius_m)),
        rectangle: inscribed_rectangle::largest_rectangle(&geometry)
            .map(|found| (found.corners, found.length_m, found.width_m)),
        geometry,
    })
}
