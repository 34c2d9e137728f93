//! The planning zone that a piece of land mostly lies in.

use geo::BoundingRect;
use geo::Geometry;

use crate::domain::LayerView;
use crate::domain::Territory;
use crate::domain::ZoneUrba;
use crate::spatial::shape;
use crate::units::Share;

/// Shares below this are slivers: counted in sums, not worth a word.
const SLIVER: f64 = 0.005;

/// The zone with the largest share of `land`, and that share. For a point, a zone that holds it.
///
/// `None` where no zone covers more than a sliver, or no zoning is given. Equal shares: the first zone of the layer.
#[must_use]
pub fn main_zone<'a>(
    territory: &'a Territory,
    land: &Geometry<f64>,
) -> Option<(&'a ZoneUrba, Share)> {
    let zoning = territory.zoning.as_ref()?;
    let whole = shape::area(land);
    if whole <= 0.0 {
        let at = shape::representative_point(land)?;
        let zone = zoning.index().at_point(at, |zone| zoning.geometry(zone)).into_iter().next()?;
        return zoning.entities.get(zone as usize).zip(Share::new(1.0));
    }
    let frame = land.bounding_rect()?;
    let mut best: Option<(&ZoneUrba, f64)> = None;
    for at in zoning.index().in_box(&frame) {
        let Some(zone) = zoning.entities.get(at as usize) else { continue };
        let share = zoning.area(at as usize).intersection_area(land) / whole;
        if share > best.map_or(SLIVER, |(_, share)| share) {
            best = Some((zone, share));
        }
    }
    best.and_then(|(zone, share)| Share::new(share.min(1.0)).map(|share| (zone, share)))
}
