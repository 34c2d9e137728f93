//! The way to Lambert-93: built in, else through PROJ where the program was built with it.

use crate::spatial::crs::CrsError;
use crate::spatial::crs::Transform;
use crate::spatial::crs::is_built_in;

/// A transform to Lambert-93: built in, else through PROJ where the program was built with it.
///
/// # Errors
/// When neither knows the system.
pub fn to_lambert_93(epsg: u32) -> Result<Transform, CrsError> {
    if is_built_in(epsg) {
        return Transform::to_lambert_93(epsg);
    }
    through_proj(epsg)
}

#[cfg(feature = "proj")]
fn through_proj(epsg: u32) -> Result<Transform, CrsError> {
    use std::cell::RefCell;
    use std::collections::BTreeMap;

    fn projection(epsg: u32) -> Result<proj::Proj, CrsError> {
        proj::Proj::new_known_crs(&format!("EPSG:{epsg}"), "EPSG:2154", None)
            .map_err(|error| CrsError::NotInProj { epsg, reason: error.to_string() })
    }

    thread_local! {
        // A PROJ context belongs to one thread; making one costs milliseconds, so each thread keeps its own.
        static PROJECTIONS: RefCell<BTreeMap<u32, Option<proj::Proj>>> =
            const { RefCell::new(BTreeMap::new()) };
    }

    // Made once here, so that an unknown code is an error now and not a row fault later.
    projection(epsg)?;
    Ok(Transform::foreign(move |at| {
        PROJECTIONS.with_borrow_mut(|known| {
            let projection = known.entry(epsg).or_insert_with(|| projection(epsg).ok());
            let (x, y) = projection.as_ref()?.convert((at.x, at.y)).ok()?;
            (x.is_finite() && y.is_finite()).then_some(geo::Coord { x, y })
        })
    }))
}

#[cfg(not(feature = "proj"))]
fn through_proj(epsg: u32) -> Result<Transform, CrsError> {
    Transform::to_lambert_93(epsg)
}

#[cfg(all(test, feature = "proj"))]
mod tests {
    use super::*;

    #[test]
    fn proj_knows_what_is_not_built_in() {
        // EPSG:9794 is RGF93 v2b / Lambert-93: the same place to within centimetres.
        let transform = to_lambert_93(9794).unwrap();
        let at = geo::Coord { x: 548_288.0, y: 6_328_485.0 };
        let image = transform.point(at).unwrap();
        assert!((image.x - at.x).abs() < 0.5 && (image.y - at.y).abs() < 0.5, "{image:?}");
        assert!(to_lambert_93(99_999).is_err());
    }
}
