//! Railway stations.

use super::Column;
use super::FREE;
use super::Schema;

/// SNCF's list of stations. A station on two lines stands twice, under one code.
pub(super) const SNCF: Schema = Schema {
    id: "sncf-gares",
    layer: "stations",
    source: "Liste des gares – SNCF",
    licence: "Licence Ouverte 2.0",
    columns: &[
        Column { ours: "id", theirs: &["code_uic"] },
        Column { ours: "label", theirs: &["libelle"] },
        Column { ours: "freight", theirs: &["fret"] },
        Column { ours: "passengers", theirs: &["voyageurs"] },
    ],
    required: &["id", "freight", "passengers"],
    names: &["~liste-des-gares", "~gares"],
    signs: &["code_uic", "fret", "voyageurs"],
    ..FREE
};

/// Any points; `freight` and `passengers` from the configuration.
pub(super) const ANY: Schema = Schema { id: "gares", layer: "stations", names: &["gares"], ..FREE };
