//! One `[layers.<key>]` of the configuration.

use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;

use serde::Deserialize;
use serde::Deserializer;
use serde::de::MapAccess;
use serde::de::SeqAccess;
use serde::de::Visitor;
use serde::de::value::MapAccessDeserializer;

use super::ConfigError;
use crate::domain::LayerKey;

/// What to do with an outline that crosses itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum OnInvalid {
    /// Repair it, keep it, and say so.
    #[default]
    Repair,
    /// Reject it, and say so.
    Refuse,
}

/// A layer: where its files are and how to understand them.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LayerConfig {
    /// Files or globs, relative to the territory's folder.
    #[serde(deserialize_with = "one_or_several")]
    pub path: Vec<String>,
    /// Files or globs of an earlier cadastre, to follow parcels that have changed their number (parcels only).
    #[serde(default, deserialize_with = "one_or_several")]
    pub previous: Vec<String>,
    /// Layer inside a file that holds several.
    pub layer: Option<String>,
    /// Reference system, as `EPSG:2154`; overrides what the file says.
    pub crs: Option<String>,
    /// Schema to read by; recognised from the columns when absent.
    pub schema: Option<String>,
    /// Date or period of the data.
    pub vintage: Option<String>,
    /// Producer and product, for maps and tables.
    pub source: Option<String>,
    /// Licence.
    pub licence: Option<String>,
    /// Column that holds the class of each object.
    pub class: Option<String>,
    /// Theme of the whole layer (hazards): flood, flood_red, technological, nuclear, pollution, nature, heritage, clay, cavities,
    /// wetland, ecological_network, regional_park, other.
    pub theme: Option<String>,
    /// Theme of each class (hazards), where the words do not say it.
    #[serde(default)]
    pub themes: BTreeMap<String, String>,
    /// Usual speed of cars by class of road, or by its importance where no class of that name is there, km/h (roads); 0
    /// where no car drives. It stands in for the published speed of that kind; a speed of the line itself still wins.
    #[serde(default)]
    pub speeds_kmh: BTreeMap<String, f64>,
    /// What a usual speed is multiplied by in zones of dwellings (roads), above 0 and up to 1.
    pub town_factor: Option<f64>,
    /// Attributes to keep beside those of the schema: our name = the file's column.
    #[serde(default)]
    pub columns: BTreeMap<String, String>,
    /// Communes the layer speaks for: `"territory"` or a list of codes. Deduced from the objects when absent.
    pub covers: Option<Covers>,
    /// What to do with outlines that cross themselves.
    #[serde(default)]
    pub on_invalid: OnInvalid,
    /// Further parts of the layer, each with its own files and columns: `[[layers.hazards]]` written several times.
    #[serde(skip)]
    pub more: Vec<LayerConfig>,
}

/// A layer as written: once, as a table, or in parts, as an array of tables. Read by a visitor, so that an error keeps
/// its line.
#[derive(Debug)]
pub(super) struct Written(pub(super) LayerConfig);

impl<'de> Deserialize<'de> for Written {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct WrittenVisitor;

        impl<'de> Visitor<'de> for WrittenVisitor {
            type Value = Written;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("[layers.<key>] or several [[layers.<key>]]")
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Written, A::Error> {
                LayerConfig::deserialize(MapAccessDeserializer::new(map)).map(Written)
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut parts: A) -> Result<Written, A::Error> {
                let none = || serde::de::Error::custom("an empty list of layers");
                let mut first: LayerConfig = parts.next_element()?.ok_or_else(none)?;
                while let Some(part) = parts.next_element()? {
                    first.more.push(part);
                }
                Ok(Written(first))
            }
        }

        deserializer.deserialize_any(WrittenVisitor)
    }
}

/// Which communes a layer speaks for, as configured.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
pub enum Covers {
    /// The word `territory`.
    Word(String),
    /// Codes.
    Communes(Vec<String>),
}

/// Themes of hazards that profiles filter by.
pub(crate) const THEMES: [&str; 13] = [
    "flood",
    "flood_red",
    "technological",
    "nuclear",
    "pollution",
    "nature",
    "heritage",
    "clay",
    "cavities",
    "wetland",
    "ecological_network",
    "regional_park",
    "other",
];

/// Above it, km/h, no car drives on a road: a slip of the pen.
const FASTEST_KMH: f64 = 200.0;

impl LayerConfig {
    /// Checks what one layer alone can show.
    pub(super) fn check(&self, key: &str, path: &Path) -> Result<(), ConfigError> {
        let wrong = |what: String| ConfigError::Layer {
            path: path.to_path_buf(),
            key: key.to_owned(),
            what,
        };
        for part in &self.more {
            part.check(key, path)?;
        }
        let in_parts_allowed = !LayerKey::TABLES.contains(&key)
            && ![LayerKey::COMMUNES, LayerKey::OWNERS, LayerKey::ELEVATION, LayerKey::FIELD_VISITS]
                .contains(&key);
        if !self.more.is_empty() && !in_parts_allowed {
            return Err(wrong(
                "is written several times; write it once, with a list of paths".to_owned(),
            ));
        }
        if self.path.is_empty() {
            return Err(wrong("names no file; give `path = \"…\"`".to_owned()));
        }
        if key != LayerKey::PARCELS && !self.previous.is_empty() {
            return Err(wrong(
                "has `previous`, which only [layers.parcels] understands; remove it".to_owned(),
            ));
        }
        self.check_speeds(key).map_err(wrong)?;
        if !key.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_') {
            return Err(wrong("is not a layer name: use a-z, 0-9 and _".to_owned()));
        }
        if let Some(crs) = &self.crs
            && epsg_code(crs).is_none()
        {
            return Err(wrong(format!("crs = \"{crs}\" is not understood; write \"EPSG:2154\"")));
        }
        if let Some(Covers::Word(word)) = &self.covers
            && word != "territory"
        {
            return Err(wrong(format!(
                "covers = \"{word}\" is not understood; write \"territory\" or a list of INSEE codes"
            )));
        }
        match self
            .theme
            .iter()
            .chain(self.themes.values())
            .find(|theme| !THEMES.contains(&theme.as_str()))
        {
            Some(theme) => Err(wrong(format!(
                "theme \"{theme}\" does not exist; themes are {}",
                THEMES.join(", ")
            ))),
            None => Ok(()),
        }
    }

    /// Checks what is said of speeds.
    fn check_speeds(&self, key: &str) -> Result<(), String> {
        if self.speeds_kmh.is_empty() && self.town_factor.is_none() {
            return Ok(());
        }
        if key != LayerKey::ROADS {
            let name = if self.town_factor.is_some() { "town_factor" } else { "speeds_kmh" };
            return Err(format!("has `{name}`, which only [layers.roads] understands; remove it"));
        }
        let is_speed = |speed: f64| (0.0..=FASTEST_KMH).contains(&speed);
        if let Some((class, speed)) = self.speeds_kmh.iter().find(|(_, speed)| !is_speed(**speed)) {
            return Err(format!(
                "speeds_kmh: {speed} of \"{class}\" is no speed; write km/h from 0 (no car drives) to 200"
            ));
        }
        match self.town_factor.filter(|factor| !(*factor > 0.0 && *factor <= 1.0)) {
            Some(factor) => Err(format!(
                "town_factor = {factor} is no share; write a number above 0 and up to 1, such as 0.7"
            )),
            None => Ok(()),
        }
    }

    /// The configured reference system.
    #[must_use]
    pub fn epsg(&self) -> Option<u32> {
        self.crs.as_deref().and_then(epsg_code)
    }
}

/// The number of `EPSG:2154`, in any case, with or without the prefix.
#[must_use]
pub fn epsg_code(text: &str) -> Option<u32> {
    let text = text.trim();
    let digits = match text.get(..5) {
        Some(prefix) if prefix.eq_ignore_ascii_case("EPSG:") => text.get(5..)?,
        _ => text,
    };
    digits.trim().parse().ok()
}

fn one_or_several<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Paths {
        One(String),
        Several(Vec<String>),
    }
    Ok(match Paths::deserialize(deserializer)? {
        Paths::One(path) => vec![path],
        Paths::Several(paths) => paths,
    })
}
