//! The common outline of neighbouring communes.

use geo::Area;
use geo::BooleanOps;
use geo::Buffer;
use geo::Geometry;
use geo::MultiPolygon;
use geo::Polygon;

/// Cracks between communes that are closed before their common outline is drawn, metres on each side.
const CRACK_M: f64 = 5.0;
/// A hole in an EPCI smaller than this is a crack, not an enclave, square metres.
const ENCLAVE_M2: f64 = 100_000.0;

/// The polygons of an area.
pub(super) fn polygons(geometry: &Geometry<f64>) -> Vec<Polygon<f64>> {
    match geometry {
        Geometry::Polygon(polygon) => vec![polygon.clone()],
        Geometry::MultiPolygon(polygons) => polygons.0.clone(),
        _ => Vec::new(),
    }
}

/// The common outline of neighbours. Borders that do not match to the centimetre would leave cracks: each neighbour is
/// grown by a few metres first, which no map of a territory shows.
pub(super) fn outline(polygons: &[Polygon<f64>]) -> MultiPolygon<f64> {
    let mut parts: Vec<MultiPolygon<f64>> =
        polygons.iter().map(|polygon| polygon.buffer(CRACK_M)).collect();
    // Joined two by two: the outline of many neighbours grows slowly.
    while parts.len() > 1 {
        parts = parts
            .chunks(2)
            .map(|pair| match pair {
                [a, b] => a.union(b),
                rest => rest.first().cloned().unwrap_or_else(|| MultiPolygon(Vec::new())),
            })
            .collect();
    }
    let mut whole = parts.pop().unwrap_or_else(|| MultiPolygon(Vec::new()));
    // What is still open inside is a crack, unless it has the size of a real enclave.
    for polygon in &mut whole.0 {
        let holes: Vec<_> = polygon
            .interiors()
            .iter()
            .filter(|hole| Polygon::new((*hole).clone(), Vec::new()).unsigned_area() > ENCLAVE_M2)
            .cloned()
            .collect();
        *polygon = Polygon::new(polygon.exterior().clone(), holes);
    }
    whole
}
