//! Prescriptions and informations of planning documents: CNIG `prescription_surf|lin|pct`, `info_surf|lin|pct`.

use super::Column;
use super::FREE;
use super::Schema;

/// Prescriptions, 2013 to 2024; before 2017 there is no sub-type.
pub(super) const PRESCRIPTIONS: Schema = Schema {
    id: "cnig-prescription",
    layer: "prescriptions",
    source: "Documents d'urbanisme (prescriptions) – Géoportail de l'urbanisme",
    licence: "Licence Ouverte 2.0",
    columns: &[
        Column { ours: "label", theirs: &["libelle"] },
        Column { ours: "class", theirs: &["typepsc"] },
        Column { ours: "subclass", theirs: &["stypepsc"] },
        Column { ours: "document", theirs: &["idurba", "gpu_doc_id", "partition"] },
        Column { ours: "commune", theirs: &["insee"] },
    ],
    required: &["class"],
    names: &["~prescription"],
    signs: &["libelle", "typepsc"],
    ..FREE
};

/// Informations: zones d'aménagement, preemption, noise, polluted soils.
pub(super) const INFORMATIONS: Schema = Schema {
    id: "cnig-information",
    layer: "informations",
    source: "Documents d'urbanisme (informations) – Géoportail de l'urbanisme",
    licence: "Licence Ouverte 2.0",
    columns: &[
        Column { ours: "label", theirs: &["libelle"] },
        Column { ours: "class", theirs: &["typeinf"] },
        Column { ours: "subclass", theirs: &["stypeinf"] },
        Column { ours: "document", theirs: &["idurba", "gpu_doc_id", "partition"] },
        Column { ours: "commune", theirs: &["insee"] },
    ],
    required: &["class"],
    names: &["~info_surf", "~info_lin", "~info_pct"],
    signs: &["libelle", "typeinf"],
    ..FREE
};
