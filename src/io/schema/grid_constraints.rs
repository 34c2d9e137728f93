//! Where the electricity grid takes no more production: zones of substations.

use super::Column;
use super::FREE;
use super::Schema;
use super::words::plain;

/// Enedis, map of zones under constraint for HTA and BT projects, as GeoJSON. From documentation, not seen as a whole
/// file.
pub(super) const ENEDIS: Schema = Schema {
    id: "enedis-zones-contrainte",
    layer: "grid_constraints",
    source: "Zones en contrainte pour les projets EnR – Enedis",
    licence: "",
    columns: &[
        Column { ours: "id", theirs: &["id", "id_zone", "code_poste", "code"] },
        Column { ours: "class", theirs: &["statut", "status", "etat", "etat_zone", "saturation"] },
    ],
    required: &["class"],
    names: &["~contrainte", "~capca", "~capacite"],
    epsg: Some(4326),
    ..FREE
};

/// Words of the column, and of what it is mistaken for; see [`super::repeated`].
pub(crate) const SATURATION_WORDS: &[&str] = &[
    "saturée",
    "saturation",
    "très favorable",
    "favorable",
    "en tension",
    "ELD",
    "fermée",
    "ouverte",
    "verte",
    "orange",
    "rouge",
];

/// Whether a zone is saturated, from the word of its state: only `SATUREE` is, `EN_TENSION` can still be connected.
/// `ELD`: another company runs the grid, of which nothing is said.
#[must_use]
pub(crate) fn saturation_of(word: &str) -> Saturation {
    match plain(word).replace(['_', '-'], " ").as_str() {
        "saturee" | "sature" | "saturation" => Saturation::Saturated,
        "tres favorable" | "favorable" | "en tension" | "tension" => Saturation::Open,
        "eld" => Saturation::Unsaid,
        _ => Saturation::UnknownWord,
    }
}

/// What the word of a zone says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Saturation {
    /// Nothing more can be connected without heavy works.
    Saturated,
    /// More can be connected.
    Open,
    /// Another company's grid: nothing is said.
    Unsaid,
    /// The word is of no list.
    UnknownWord,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_saturated_is_saturated() {
        for (word, is) in [
            ("SATUREE", Saturation::Saturated),
            ("Saturée", Saturation::Saturated),
            ("EN_TENSION", Saturation::Open),
            ("TRES_FAVORABLE", Saturation::Open),
            ("ELD", Saturation::Unsaid),
            ("fermée", Saturation::UnknownWord),
        ] {
            assert_eq!(saturation_of(word), is, "{word}");
        }
    }
}
