//! Which objects of a layer cover a piece of land, and how much of it.

use geo::BoundingRect;
use geo::Geometry;

use crate::domain::LayerView;

/// Objects that cover at least `least_share` of a piece of `area_m2`, by position, with the share of the piece that each
/// covers (0 to 1). An object without surface covers nothing.
pub(super) fn covering(
    layer: &dyn LayerView,
    land: &Geometry<f64>,
    area_m2: f64,
    least_share: f64,
) -> Vec<(usize, f64)> {
    let Some(frame) = land.bounding_rect() else { return Vec::new() };
    layer
        .index()
        .in_box(&frame)
        .into_iter()
        .map(|at| at as usize)
        .map(|at| (at, layer.area(at).intersection_area(land) / area_m2))
        .filter(|(_, share)| *share > 0.0 && *share >= least_share)
        .collect()
}
