//! `gisement.toml`: which territory, and what its layers are.

mod error;
mod layer;
mod template;
mod told;

pub use error::ConfigError;
pub use layer::Covers;
pub use layer::LayerConfig;
pub use layer::OnInvalid;
pub use layer::epsg_code;
pub use template::template;

use layer::Written;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::path::PathBuf;

use serde::Deserialize;

use crate::domain::CodeInsee;
use crate::domain::Siren;

/// Name of the configuration file in a territory's folder.
pub const FILE_NAME: &str = "gisement.toml";

/// Everything `gisement.toml` says.
#[derive(Debug, Clone)]
pub struct Config {
    /// Folder of the territory: relative paths start here.
    pub folder: PathBuf,
    /// Name for titles.
    pub name: Option<String>,
    /// EPCIs; empty means the eleven of the TI 32/82, unless communes are listed.
    pub epcis: Vec<Siren>,
    /// Communes, when the territory is not made of whole EPCIs.
    pub communes: Vec<CodeInsee>,
    /// The data are invented: every output says so.
    pub synthetic: bool,
    /// File with rules of housing of the territory's own, relative to its folder; the published ones when absent.
    pub housing_rules: Option<PathBuf>,
    /// Layers and tables by key.
    pub layers: BTreeMap<String, LayerConfig>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawConfig {
    #[serde(default)]
    territory: RawTerritory,
    #[serde(default)]
    housing: RawHousing,
    #[serde(default)]
    layers: BTreeMap<String, Written>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
struct RawHousing {
    rules: Option<PathBuf>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
struct RawTerritory {
    name: Option<String>,
    #[serde(default)]
    epci: Vec<String>,
    #[serde(default)]
    communes: Vec<String>,
    #[serde(default)]
    synthetic: bool,
}

impl Config {
    /// The configuration of no territory: for files that are looked at by themselves.
    #[must_use]
    pub fn nowhere() -> Self {
        Self {
            folder: PathBuf::new(),
            name: None,
            epcis: Vec::new(),
            communes: Vec::new(),
            synthetic: false,
            housing_rules: None,
            layers: BTreeMap::new(),
        }
    }

    /// Reads `gisement.toml` in `folder`.
    ///
    /// # Errors
    /// When there is none, when it is not TOML, names an unknown key, or holds a malformed code.
    pub fn read(folder: &Path) -> Result<Self, ConfigError> {
        let path = folder.join(FILE_NAME);
        let text = fs::read_to_string(&path).map_err(|source| {
            if source.kind() == std::io::ErrorKind::NotFound {
                ConfigError::NoConfig { folder: folder.to_path_buf() }
            } else {
                ConfigError::Unreadable { path: path.clone(), source }
            }
        })?;
        Self::from_toml(&text, folder, &path)
    }

    /// Reads a configuration from text; `path` is only for messages.
    ///
    /// # Errors
    /// As [`Config::read`].
    pub fn from_toml(text: &str, folder: &Path, path: &Path) -> Result<Self, ConfigError> {
        let raw: RawConfig = toml::from_str(text).map_err(|error| ConfigError::Syntax {
            path: path.to_path_buf(),
            message: error.to_string().trim_end().to_owned(),
        })?;
        let wrong_code = |source| ConfigError::Code { path: path.to_path_buf(), source };
        let epcis = raw.territory.epci.iter().map(|text| text.parse().map_err(wrong_code));
        let communes = raw.territory.communes.iter().map(|text| text.parse().map_err(wrong_code));
        let config = Self {
            folder: folder.to_path_buf(),
            name: raw.territory.name,
            epcis: epcis.collect::<Result<_, _>>()?,
            communes: communes.collect::<Result<_, _>>()?,
            synthetic: raw.territory.synthetic,
            housing_rules: raw.housing.rules,
            layers: raw.layers.into_iter().map(|(key, written)| (key, written.0)).collect(),
        };
        for (key, layer) in &config.layers {
            layer.check(key, path)?;
        }
        Ok(config)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Config, ConfigError> {
        Config::from_toml(text, Path::new("."), Path::new("gisement.toml"))
    }

    #[test]
    fn the_example_of_the_manual_is_read() {
        let config = read(
            "[territory]\nepci = [\"200034726\"]\n[layers.parcels]\npath = \"cadastre/*.json.gz\"\n\
             [layers.zoning]\npath = [\"plu/**/ZONE_URBA.shp\", \"plui/zone_urba.gpkg\"]\nvintage = \"2026-06\"\n",
        )
        .unwrap();
        assert_eq!(config.epcis.len(), 1);
        assert_eq!(config.layers["zoning"].path.len(), 2);
        assert_eq!(config.layers["zoning"].vintage.as_deref(), Some("2026-06"));
    }

    #[test]
    fn a_slip_of_the_pen_is_refused_with_its_line() {
        let error = read("[layers.parcels]\npaht = \"x\"\n").unwrap_err().to_string();
        assert!(error.starts_with("gisement.toml: TOML parse error at line 2"), "{error}");
        assert!(error.contains("unknown field `paht`"), "{error}");
    }

    #[test]
    fn a_layer_may_be_written_in_parts() {
        let config = read(
            "[[layers.hazards]]\npath = \"ppri.gpkg\"\nclass = \"typereg\"\n[[layers.hazards]]\npath = \"natura.shp\"\ntheme = \"nature\"\n",
        )
        .unwrap();
        let hazards = &config.layers["hazards"];
        assert_eq!((hazards.class.as_deref(), hazards.more.len()), (Some("typereg"), 1));
        assert_eq!(hazards.more[0].theme.as_deref(), Some("nature"));
        let error =
            read("[[layers.roads]]\npath = \"x\"\n[[layers.roads]]\npaht = \"y\"\n").unwrap_err();
        assert!(error.to_string().contains("line 4"), "{error}");
        let twice = "[[layers.vacancy]]\npath = \"a.csv\"\n[[layers.vacancy]]\npath = \"b.csv\"\n";
        assert!(read(twice).unwrap_err().to_string().contains("written several times"));
    }

    #[test]
    fn the_template_is_itself_read() {
        assert!(read(&template(&[], crate::words::Lang::Fr)).unwrap().layers.is_empty());
        assert!(read(&template(&[], crate::words::Lang::En)).unwrap().layers.is_empty());
    }
}
