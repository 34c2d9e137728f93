//! Rents asked per commune: carte des loyers.

use super::Column;
use super::FREE_TABLE;
use super::Schema;
use super::words;

/// Carte des loyers 2022 and later: `;`, Windows-1252, quoted texts, decimal commas; one file per kind of dwelling,
/// the kind only in the name of the file (`pred-app-mef-dhup.csv`, `pred-app12-…`, `pred-app3-…`, `pred-mai-…`).
/// `lwr.IPm2` and `upr.IPm2` bound the prediction at 95 %; `TYPPRED` says whether the commune itself had adverts
/// enough, or the mesh of communes around it.
pub(super) const CARTE_DES_LOYERS: Schema = Schema {
    id: "carte-des-loyers",
    layer: "rents",
    source: "Carte des loyers – DGALN / ANIL",
    licence: "Licence Ouverte 2.0",
    columns: &[
        Column { ours: "commune", theirs: &["insee_c", "insee", "codgeo"] },
        Column { ours: "rent", theirs: &["loypredm2"] },
        Column { ours: "rent_low", theirs: &["lwr.ipm2", "lwr_ipm2"] },
        Column { ours: "rent_high", theirs: &["upr.ipm2", "upr_ipm2"] },
        Column { ours: "rent_level", theirs: &["typpred"] },
        Column { ours: "rent_n", theirs: &["nbobs_com", "nbobs_commune"] },
        Column { ours: "rent_n_mesh", theirs: &["nbobs_mail", "nbobs_maille"] },
        Column { ours: "kind", theirs: &["type_bien", "typebien", "typologie"] },
    ],
    required: &["commune", "rent"],
    names: &["~pred-app", "~pred-mai", "~carte-loyers", "~loyers"],
    signs: &["loypredm2"],
    ..FREE_TABLE
};

/// Rents by commune with a column for each kind of dwelling: what is made of the carte des loyers by those who join it to
/// other figures of communes.
pub(super) const BY_COMMUNE: Schema = Schema {
    id: "loyers-par-commune",
    layer: "rents",
    source: "Loyers par commune (d'après la carte des loyers)",
    columns: &[
        Column { ours: "commune", theirs: &["insee_com", "codgeo", "insee_c", "insee"] },
        Column { ours: "flat_rent", theirs: &["loyer_m2_appartement"] },
        Column { ours: "house_rent", theirs: &["loyer_m2_maison"] },
    ],
    required: &["commune", "flat_rent"],
    ..FREE_TABLE
};

/// Whether a column is of one kind of dwelling: then the file needs not say which it is about.
#[must_use]
pub fn is_of_one_rent_kind(column: &str) -> bool {
    RENT_KINDS
        .iter()
        .any(|kind| column.strip_prefix(kind).is_some_and(|rest| rest.starts_with("_rent")))
}

/// Kinds of dwelling that have a rent of their own: how their columns begin.
pub const RENT_KINDS: [&str; 4] = ["house", "flat", "flat_small", "flat_large"];

/// Words of columns of kinds and of `typpred`; see [`super::repeated`].
pub(crate) const RENT_WORDS: &[&str] = &[
    "maison",
    "maisons",
    "appartement",
    "appartements",
    "villa",
    "pavillon",
    "commune",
    "maille",
    "epci",
    "zone",
];

/// The kind of dwelling that a file name or a cell speaks of: `house`, `flat`, `flat_small` (1 or 2 rooms),
/// `flat_large` (3 rooms and more).
#[must_use]
pub fn rent_kind_of(text: &str) -> Option<&'static str> {
    let plain = words::plain(text);
    // Numbers of rooms are sought in words of their own: a year such as 2012 is none.
    let parts: Vec<&str> =
        plain.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty()).collect();
    let has = |wanted: &[&str]| parts.iter().any(|part| wanted.contains(part));
    let begins = |start: &str| parts.iter().any(|part| part.starts_with(start));
    let rooms = |number: &str| {
        parts.windows(2).any(|pair| pair[0] == number && pair[1].starts_with("piece"))
    };
    if has(&["house", "mai"]) || begins("maison") {
        return Some("house");
    }
    let small =
        has(&["app12", "appart12", "t1", "t1t2", "t2", "1p", "12p", "2p", "1p2p"]) || rooms("2");
    let large =
        has(&["app3", "appart3", "t3", "t3p", "3p", "3pp", "t3plus", "3plus"]) || rooms("3");
    match (small, large) {
        (true, false) => Some("flat_small"),
        (false, true) => Some("flat_large"),
        (true, true) => None,
        (false, false) => (begins("app") || begins("flat")).then_some("flat"),
    }
}

/// What `TYPPRED` says: the prediction is of the commune, of the mesh around it, or of its EPCI.
#[must_use]
pub fn rent_level_of(word: &str) -> Option<&'static str> {
    match words::plain(word).as_str() {
        "commune" => Some("commune"),
        "maille" => Some("mesh"),
        "epci" => Some("epci"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_by_the_name_of_the_file() {
        for (name, kind) in [
            ("pred-app-mef-dhup.csv", Some("flat")),
            ("pred-app12-mef-dhup.csv", Some("flat_small")),
            ("pred-app3-mef-dhup.csv", Some("flat_large")),
            ("pred-mai-mef-dhup.csv", Some("house")),
            ("loyers_maisons_2023.csv", Some("house")),
            ("Loyers appartements T1-T2 2024.csv", Some("flat_small")),
            ("loyers-appartements-3p-et-plus.csv", Some("flat_large")),
            ("indicateurs-loyers-appartements.csv", Some("flat")),
            ("Indicateurs de loyers appartement 1 à 2 pièces.csv", Some("flat_small")),
            ("pred-app-mef-dhup-2024-12.csv", Some("flat")),
            ("loyers-2024.csv", None),
        ] {
            assert_eq!(rent_kind_of(name), kind, "{name}");
        }
    }
}
