//! The way from a file's reference system to Lambert-93: configured, declared by the file, or fixed by the schema.

use super::config::LayerConfig;
use super::load::LoadError;
use super::read::DeclaredCrs;
use super::read::Format;
use super::read::LayerHeader;
use super::schema::Schema;
use crate::spatial::crs::CrsError;
use crate::spatial::crs::Transform;
use crate::spatial::crs::WGS_84;
use crate::spatial::crs::is_built_in;

/// The transform for one file of a layer.
///
/// # Errors
/// A file that says nothing where nothing is configured, a system that cannot be understood or used.
pub(super) fn transform_of(
    layer: &str,
    config: &LayerConfig,
    schema: &Schema,
    header: &LayerHeader,
    file: &str,
) -> Result<Transform, LoadError> {
    let unknown = |found: &str| LoadError::UnknownCrs {
        layer: layer.to_owned(),
        file: file.to_owned(),
        found: found.chars().take(80).collect(),
    };
    let epsg = match (config.epsg(), &header.crs) {
        (Some(epsg), _) => epsg,
        (None, DeclaredCrs::Epsg(epsg)) => *epsg,
        (None, DeclaredCrs::Wkt(text) | DeclaredCrs::Named(text)) => return Err(unknown(text)),
        // RFC 7946: GeoJSON without `crs` is longitude and latitude.
        (None, DeclaredCrs::None) if header.format == Format::GeoJson => WGS_84,
        (None, DeclaredCrs::None) => schema
            .epsg
            .ok_or_else(|| LoadError::NoCrs { layer: layer.to_owned(), file: file.to_owned() })?,
    };
    to_lambert_93(epsg).map_err(|source| LoadError::Crs {
        layer: layer.to_owned(),
        file: file.to_owned(),
        source,
    })
}

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
