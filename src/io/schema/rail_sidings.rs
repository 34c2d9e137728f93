//! Private sidings: installations terminales embranchées (ITE).

use super::Column;
use super::FREE;
use super::Schema;

/// ITE 3000 (Cerema): sidings with the state they were found in.
pub(super) const ITE_3000: Schema = Schema {
    id: "cerema-ite-3000",
    layer: "rail_sidings",
    source: "ITE 3000 – Cerema",
    licence: "Licence Ouverte 2.0",
    columns: &[
        Column { ours: "id", theirs: &["id_ite", "ite_id", "num_ite", "code_ite", "id"] },
        Column { ours: "class", theirs: &["etat", "etat_ite", "etat_usage", "statut"] },
        Column { ours: "commune", theirs: &["code_insee", "insee", "insee_com"] },
    ],
    required: &["class"],
    names: &["ite", "~ite3000", "~ite_3000", "~ite-3000"],
    ..FREE
};

/// Any points or lines.
pub(super) const ANY: Schema = Schema {
    id: "embranchements",
    layer: "rail_sidings",
    columns: &[Column { ours: "class", theirs: &["etat", "statut"] }],
    names: &["ite", "~embranchement", "~siding"],
    ..FREE
};
