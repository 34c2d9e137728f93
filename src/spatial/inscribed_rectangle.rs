//! stub
use geo::*;
/// stub
pub struct InscribedRectangle {
    /// x
    pub corners: [Coord; 4],
    /// x
    pub length_m: f64,
    /// x
    pub width_m: f64,
}
/// stub
pub fn largest_rectangle(_: &MultiPolygon) -> Option<InscribedRectangle> {
    None
}
