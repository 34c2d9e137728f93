//! Jobs and workers per commune: the census.

use super::Column;
use super::FREE_TABLE;
use super::Schema;

/// `dossier_complet.csv` and `base-cc-emploi-pop-active-AAAA.CSV` (INSEE). `EMPLT` counts jobs where they are, `ACTOCC`
/// people in work where they live; `ACTOCC15P` is their full number, from 15 years on.
pub(super) const INSEE: Schema = Schema {
    id: "insee-emploi",
    layer: "jobs",
    source: "Recensement de la population – INSEE",
    licence: "Licence Ouverte 2.0",
    columns: &[
        Column { ours: "commune", theirs: &["codgeo", "com"] },
        Column { ours: "jobs", theirs: &["p##_emplt"] },
        Column { ours: "workers", theirs: &["p##_actocc15p", "p##_actocc"] },
        Column { ours: "active", theirs: &["p##_act15p", "p##_act1564"] },
        Column { ours: "unemployed", theirs: &["p##_chom1564"] },
    ],
    required: &["commune", "jobs"],
    names: &["~dossier_complet", "~base-cc-emploi"],
    signs: &["codgeo", "p##_emplt"],
    ..FREE_TABLE
};
