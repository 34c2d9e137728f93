//! The order of places: west to east, south to north. What is put together in this order comes out the same, to the last
//! bit, however the rows of the files were ordered.

use std::cmp::Ordering;

use geo::BoundingRect;
use geo::CoordsIter;
use geo::Geometry;

/// Compares two shapes by the corners of their boxes, then by their points.
pub(super) fn by_place(a: &Geometry<f64>, b: &Geometry<f64>) -> Ordering {
    let corners = |shape: &Geometry<f64>| {
        shape
            .bounding_rect()
            .map_or([f64::NAN; 4], |r| [r.min().x, r.min().y, r.max().x, r.max().y])
    };
    let (one, other) = (corners(a), corners(b));
    let by_box = one.iter().zip(&other).map(|(a, b)| a.total_cmp(b)).find(|order| order.is_ne());
    by_box.unwrap_or_else(|| {
        let points = a.coords_iter().zip(b.coords_iter());
        points
            .map(|(a, b)| a.x.total_cmp(&b.x).then(a.y.total_cmp(&b.y)))
            .find(|order| order.is_ne())
            .unwrap_or_else(|| a.coords_count().cmp(&b.coords_count()))
    })
}
