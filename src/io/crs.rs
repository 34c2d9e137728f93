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
    use std::sync::Mutex;

    let refused = |reason: String| CrsError::Definition { epsg, reason };
    let projection = proj::Proj::new_known_crs(&format!("EPSG:{epsg}"), "EPSG:2154", None)
        .map_err(|error| refused(error.to_string()))?;
    // A PROJ context belongs to one thread at a time.
    let projection = Mutex::new(projection);
    Ok(Transform::foreign(move |at| {
        let projection = projection.lock().ok()?;
        let (x, y) = projection.convert((at.x, at.y)).ok()?;
        (x.is_finite() && y.is_finite()).then_some(geo::Coord { x, y })
    }))
}

#[cfg(not(feature = "proj"))]
fn through_proj(epsg: u32) -> Result<Transform, CrsError> {
    Transform::to_lambert_93(epsg)
}
