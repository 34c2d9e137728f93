//! stub
use geo::*;
/// stub
#[derive(Debug)]
pub struct Elevation;
/// stub
pub struct MeanSlope {
    /// x
    pub share: f64,
}
impl Elevation {
    /// stub
    pub fn mean_slope(&self, _: &Geometry) -> Option<MeanSlope> {
        None
    }
}
