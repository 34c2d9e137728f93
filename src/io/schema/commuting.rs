//! Flows between home and work: MOBPRO.

use super::Column;
use super::FREE_TABLE;
use super::Schema;

/// `base-flux-mobilite-domicile-lieu-travail-AAAA.csv` (INSEE), 2006 and later: `;`, UTF-8, one row per pair of
/// communes, weighted people. The workplace may be abroad (`SU…`, `BE…`, `99999`): then it is no commune.
pub(super) const MOBPRO: Schema = Schema {
    id: "mobpro",
    layer: "commuting",
    source: "Mobilités professionnelles (MOBPRO) – INSEE",
    licence: "Licence Ouverte 2.0",
    columns: &[
        Column { ours: "commune", theirs: &["codgeo"] },
        Column { ours: "workplace", theirs: &["dclt"] },
        Column { ours: "people", theirs: &["nbflux_c##_actocc15p"] },
    ],
    required: &["commune", "workplace", "people"],
    names: &["~mobilite", "~mobpro"],
    signs: &["codgeo", "dclt"],
    ..FREE_TABLE
};
