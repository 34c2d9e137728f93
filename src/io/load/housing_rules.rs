//! The rules of housing of a territory's own.

use std::fs;

use super::LoadError;
use crate::domain::HousingRules;
use crate::housing::rules_from_toml;
use crate::io::config::Config;

/// Reads the file that `[housing] rules` names; `None` when it names none.
pub(super) fn read(config: &Config) -> Result<Option<HousingRules>, LoadError> {
    let Some(file) = &config.housing_rules else { return Ok(None) };
    let path = config.folder.join(file);
    let text = fs::read_to_string(&path)
        .map_err(|source| LoadError::RulesUnreadable { path: path.clone(), source })?;
    let rules =
        rules_from_toml(&text).map_err(|source| LoadError::HousingRules { path, source })?;
    Ok(Some(HousingRules { is_of_territory: true, ..rules }))
}
