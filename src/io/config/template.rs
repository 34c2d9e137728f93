//! The `gisement.toml` that `gisement init` writes: every layer shown, none demanded.

use crate::domain::Siren;
use crate::words::Lang;

/// The text of a new configuration for `epcis` (empty: the eleven of the TI 32/82).
#[must_use]
pub fn template(epcis: &[Siren], lang: Lang) -> String {
    let list = epcis.iter().map(|siren| format!("\"{siren}\"")).collect::<Vec<_>>().join(", ");
    let body = match lang {
        Lang::Fr => include_str!("template.fr.toml"),
        Lang::En => include_str!("template.en.toml"),
    };
    let line = if epcis.is_empty() { "# epci = []".to_owned() } else { format!("epci = [{list}]") };
    body.replace("# @epci", &line)
}
