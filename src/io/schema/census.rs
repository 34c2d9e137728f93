//! Dwellings and households per commune: the census.

use super::Column;
use super::FREE_TABLE;
use super::Schema;

/// `dossier_complet.csv` and `base-cc-logement-AAAA.CSV` (INSEE): `;`, UTF-8, figures weighted and so with decimals.
/// Names carry the year of the census (`P22_LOG`, `P16_LOG`, `P11_LOG` side by side); the latest wins.
pub(super) const INSEE: Schema = Schema {
    id: "insee-logement",
    layer: "census",
    source: "Recensement de la population – INSEE",
    licence: "Licence Ouverte 2.0",
    columns: &[
        Column { ours: "commune", theirs: &["codgeo", "com"] },
        Column { ours: "dwellings", theirs: &["p##_log"] },
        Column { ours: "main_homes", theirs: &["p##_rp"] },
        Column { ours: "second_homes", theirs: &["p##_rsecocc"] },
        Column { ours: "census_vacant", theirs: &["p##_logvac"] },
        Column { ours: "households", theirs: &["p##_men"] },
        Column { ours: "houses", theirs: &["p##_maison"] },
        Column { ours: "flats", theirs: &["p##_appart"] },
        Column { ours: "social_main_homes", theirs: &["p##_rp_lochlmv"] },
        Column { ours: "inhabitants", theirs: &["p##_pop"] },
    ],
    required: &["commune", "dwellings"],
    names: &["~dossier_complet", "~base-cc-logement"],
    signs: &["codgeo", "p##_log", "p##_rp"],
    ..FREE_TABLE
};
