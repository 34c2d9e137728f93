//! Electricity substations.

use super::Column;
use super::FREE;
use super::Schema;

/// IGN BD TOPO v3 (`POSTE_DE_TRANSFORMATION`) and v2 (`POSTE_TRANSFORMATION`).
pub(super) const BDTOPO: Schema = Schema {
    id: "bdtopo-poste-transformation",
    layer: "substations",
    source: "BD TOPO – IGN",
    licence: "Licence Ouverte 2.0",
    columns: &[
        Column { ours: "id", theirs: &["cleabs", "id"] },
        Column { ours: "label", theirs: &["toponyme"] },
        Column { ours: "state", theirs: &["etat_de_l_objet", "etat"] },
        Column { ours: "importance", theirs: &["importance"] },
    ],
    required: &["id", "importance"],
    names: &["poste_de_transformation", "poste_transformation"],
    ..FREE
};

/// Substations of the transmission network (RTE, on ODRÉ).
pub(super) const RTE: Schema = Schema {
    id: "rte-postes-electriques",
    layer: "substations",
    source: "Postes électriques – RTE / ODRÉ",
    licence: "Licence Ouverte 2.0",
    columns: &[
        Column { ours: "id", theirs: &["code_poste", "code poste"] },
        Column { ours: "class", theirs: &["fonction"] },
        Column { ours: "state", theirs: &["etat"] },
        Column { ours: "voltage", theirs: &["tension"] },
    ],
    required: &["id"],
    names: &["~postes-electriques", "~postes_electriques"],
    signs: &["code_poste", "tension"],
    ..FREE
};

/// Any points or areas: Enedis `postes-source`.
pub(super) const ANY: Schema = Schema {
    id: "postes",
    layer: "substations",
    columns: &[
        Column { ours: "class", theirs: &["fonction", "type"] },
        Column { ours: "state", theirs: &["etat"] },
    ],
    names: &["~poste-source", "~postes-source", "~poste_source", "~postes_source", "~substation"],
    ..FREE
};
