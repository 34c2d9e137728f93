//! Quartiers prioritaires de la politique de la ville (QPV).

use super::Column;
use super::FREE;
use super::Schema;

/// ANCT, geography of 2024 (codes `QN…`). The service of the Géoplateforme still gives that of 2015 (`QP…`), which is
/// repealed; both have these columns. A district may lie in several communes, which `insee_com` lists: its outline says
/// where it is.
pub(super) const QPV: Schema = Schema {
    id: "anct-qpv",
    layer: "priority_districts",
    source: "Quartiers prioritaires de la politique de la ville – ANCT",
    licence: "Licence Ouverte 2.0",
    columns: &[
        Column { ours: "id", theirs: &["code_qp"] },
        Column { ours: "label", theirs: &["lib_qp", "nom_qp"] },
    ],
    required: &["id"],
    names: &["~qpv", "~qp2024", "~quartiers_prioritaires", "~quartiers-prioritaires"],
    signs: &["code_qp", "lib_qp"],
    ..FREE
};

/// Any areas.
pub(super) const ANY: Schema =
    Schema { id: "quartiers", layer: "priority_districts", names: &["~qpv"], ..FREE };
