//! Dwellings authorised and started per commune and year: Sitadel.

use super::Column;
use super::FREE_TABLE;
use super::Schema;
use super::words;
use crate::domain::PermitKind;

/// Annual series by commune (SDES, DiDo): `;`, UTF-8, a line of labels above the names in some extracts. One row per
/// year, commune and type of dwelling, the sum of all types among them; `LOG_COM` is blank for the last year.
pub(super) const SITADEL: Schema = Schema {
    id: "sitadel",
    layer: "permits",
    source: "Sitadel – SDES",
    licence: "Licence Ouverte 2.0",
    columns: &[
        Column { ours: "year", theirs: &["annee"] },
        Column { ours: "commune", theirs: &["comm", "com", "code_commune", "depcom"] },
        Column { ours: "kind", theirs: &["type_lgt"] },
        Column { ours: "authorised", theirs: &["log_aut"] },
        Column { ours: "started", theirs: &["log_com"] },
        Column { ours: "authorised_m2", theirs: &["sdp_aut"] },
        Column { ours: "started_m2", theirs: &["sdp_com"] },
    ],
    required: &["year", "commune", "authorised"],
    names: &["~sitadel", "~logements-autorises"],
    signs: &["annee", "log_aut"],
    ..FREE_TABLE
};

/// What `TYPE_LGT` means: `Tous Logements`, `Individuel pur`, `Individuel groupé`, `Collectif`, `Résidence`.
#[must_use]
pub fn permit_kind_of(word: &str) -> Option<PermitKind> {
    let plain = words::plain(word);
    Some(match plain.as_str() {
        "individuel pur" => PermitKind::DetachedHouse,
        "individuel groupe" => PermitKind::GroupedHouse,
        _ if plain.starts_with("tous") || plain == "ensemble" => PermitKind::All,
        _ if plain.starts_with("collectif") => PermitKind::Flat,
        _ if plain.starts_with("residence") || plain.starts_with("en residence") => {
            PermitKind::Residence
        }
        _ => return None,
    })
}

/// Words of the column; see [`super::repeated`].
pub(crate) const PERMIT_WORDS: &[&str] = &[
    "tous logements",
    "ensemble",
    "individuel pur",
    "individuel groupé",
    "collectif",
    "en résidence",
    "maison",
    "villa",
    "pavillon",
    "appartement",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_of_dwelling() {
        assert_eq!(permit_kind_of("Tous Logements"), Some(PermitKind::All));
        assert_eq!(permit_kind_of(" Individuel groupé "), Some(PermitKind::GroupedHouse));
        assert_eq!(permit_kind_of("Résidence"), Some(PermitKind::Residence));
        assert_eq!(permit_kind_of("Individuel"), None);
    }
}
