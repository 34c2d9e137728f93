//! Cadastral parcels.

use super::Column;
use super::FREE;
use super::Schema;

/// Cadastre as published by Etalab, per commune or department.
pub(super) const ETALAB: Schema = Schema {
    id: "etalab-parcelles",
    layer: "parcels",
    source: "Cadastre – DGFiP / Etalab",
    licence: "Licence Ouverte 2.0",
    columns: &[
        Column { ours: "id", theirs: &["id"] },
        Column { ours: "commune", theirs: &["commune"] },
        Column { ours: "contenance_m2", theirs: &["contenance"] },
    ],
    required: &["id", "commune"],
    names: &["parcelles", "parcelle", "~parcelle"],
    signs: &["id", "commune", "section", "numero"],
    ..FREE
};

/// IGN Parcellaire Express and API Carto: the identifier stands in parts, and in `idu` from 2.0 on.
pub(super) const PARCELLAIRE_EXPRESS: Schema = Schema {
    id: "parcellaire-express",
    layer: "parcels",
    source: "Parcellaire Express (PCI) – IGN / DGFiP",
    licence: "Licence Ouverte 2.0",
    columns: &[
        Column { ours: "id", theirs: &["idu"] },
        Column { ours: "department", theirs: &["code_dep"] },
        Column { ours: "commune_number", theirs: &["code_com"] },
        Column { ours: "arrondissement_number", theirs: &["code_arr"] },
        Column { ours: "commune", theirs: &["code_insee"] },
        Column { ours: "absorbed", theirs: &["com_abs", "prefixe"] },
        Column { ours: "section", theirs: &["section"] },
        Column { ours: "number", theirs: &["numero"] },
        Column { ours: "contenance_m2", theirs: &["contenance"] },
    ],
    required: &["section", "number"],
    names: &["parcelle", "parcelles", "~parcelle"],
    signs: &["section", "numero", "com_abs", "code_com"],
    ..FREE
};

/// EDIGEO sheets of DGFiP: the identifier lacks the department, which the name of the sheet gives.
pub(super) const EDIGEO: Schema = Schema {
    id: "edigeo-parcelle",
    layer: "parcels",
    source: "Plan cadastral informatisé (EDIGEO) – DGFiP",
    licence: "Licence Ouverte 2.0",
    columns: &[
        Column { ours: "edigeo_id", theirs: &["idu"] },
        Column { ours: "contenance_m2", theirs: &["supf"] },
    ],
    required: &["edigeo_id", "contenance_m2"],
    names: &["parcelle_id"],
    signs: &["idu", "supf"],
    ..FREE
};

/// Parcels known by their identifier alone.
pub(super) const IDU: Schema = Schema {
    id: "parcelles-idu",
    layer: "parcels",
    source: "Cadastre",
    columns: &[
        Column {
            ours: "id",
            theirs: &["id", "idu", "id_parcelle", "idpar", "idparcelle", "geo_parcelle"],
        },
        Column { ours: "contenance_m2", theirs: &["contenance", "dcntpa", "supf"] },
    ],
    required: &["id"],
    names: &["~parcelle"],
    ..FREE
};

/// Parcels without attributes: a shapefile whose .dbf is missing.
pub(super) const UNNAMED: Schema = Schema {
    id: "parcelles-sans-attributs",
    layer: "parcels",
    source: "Cadastre",
    columns: &[Column { ours: "contenance_m2", theirs: &["contenance"] }],
    names: &["parcelle", "parcelles", "~parcelle"],
    ..FREE
};
