//! Which JSON a file holds: GeoJSON, or one of the two others that GDAL knows.

use std::path::Path;

use serde::Deserialize;
use serde::de::IgnoredAny;

use super::gzip::Source;
use super::json_text::JsonStop;
use super::json_text::JsonText;
use super::want::Limits;

/// A spelling of features in JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Dialect {
    /// RFC 7946, or what its reader must judge.
    GeoJson,
    /// What ArcGIS servers answer (`f=json`).
    Esri,
    /// Shared arcs.
    Topo,
}

/// The dialect of a file; a text that cannot be walked is left to the GeoJSON reader, which says
/// what is wrong with it.
pub(super) fn of(path: &Path) -> Dialect {
    let limits = Limits::default();
    let Ok(source) = Source::open(path, limits) else { return Dialect::GeoJson };
    let mut text = JsonText::new(source, limits.feature_bytes);
    walk(&mut text).unwrap_or(Dialect::GeoJson)
}

fn walk(text: &mut JsonText) -> Result<Dialect, JsonStop> {
    text.expect(b'{', "an object")?;
    loop {
        let range = text.value()?;
        let key = text.slice(range).to_vec();
        text.expect(b':', "a colon")?;
        match key.as_slice() {
            // GeoJSON and TopoJSON say what they are; Esri JSON has no type.
            b"\"type\"" => {
                let range = text.value()?;
                let is_topology = text.slice(range) == b"\"Topology\"";
                return Ok(if is_topology { Dialect::Topo } else { Dialect::GeoJson });
            }
            b"\"geometryType\""
            | b"\"spatialReference\""
            | b"\"displayFieldName\""
            | b"\"fieldAliases\"" => return Ok(Dialect::Esri),
            b"\"features\"" => return of_first_feature(text),
            b"\"geometry\"" | b"\"properties\"" | b"\"coordinates\"" => {
                return Ok(Dialect::GeoJson);
            }
            _ => text.skip()?,
        }
        if !text.take(b',')? {
            return Ok(Dialect::GeoJson);
        }
    }
}

/// The members that tell a feature of one dialect from that of the other.
#[derive(Deserialize)]
struct Members {
    attributes: Option<IgnoredAny>,
    properties: Option<IgnoredAny>,
    r#type: Option<IgnoredAny>,
}

fn of_first_feature(text: &mut JsonText) -> Result<Dialect, JsonStop> {
    if !text.take(b'[')? || text.take(b']')? {
        return Ok(Dialect::GeoJson);
    }
    let range = text.value()?;
    Ok(match serde_json::from_slice(text.slice(range)) {
        Ok(Members { attributes: Some(_), properties: None, r#type: None }) => Dialect::Esri,
        _ => Dialect::GeoJson,
    })
}
