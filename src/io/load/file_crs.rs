//! The reference system of a file: configured, declared by the file, or fixed by the schema.

use super::LoadError;
use crate::io::config::LayerConfig;
use crate::io::crs::to_lambert_93;
use crate::io::read::DeclaredCrs;
use crate::io::read::Format;
use crate::io::read::LayerHeader;
use crate::io::schema::Schema;
use crate::spatial::crs::Transform;
use crate::spatial::crs::WGS_84;

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
