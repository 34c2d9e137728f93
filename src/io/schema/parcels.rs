//! Cadastral parcels.

use super::Column;
use super::Schema;
use super::Shape;

/// Cadastre as published by Etalab, per commune or department.
pub(super) const ETALAB: Schema = Schema {
    id: "etalab-parcelles",
    layer: "parcels",
    source: "Cadastre – DGFiP / Etalab",
    licence: "Licence Ouverte 2.0",
    columns: &[
        Column { ours: "id", theirs: &["id", "idu"] },
        Column { ours: "commune", theirs: &["commune", "code_insee"] },
        Column { ours: "contenance_m2", theirs: &["contenance"] },
    ],
    required: &["id"],
    shape: Shape::Native,
    epsg: None,
};

/// Parcels without attributes: a shapefile whose .dbf is missing.
pub(super) const UNNAMED: Schema = Schema {
    id: "parcelles-sans-attributs",
    layer: "parcels",
    source: "Cadastre",
    licence: "",
    columns: &[Column { ours: "contenance_m2", theirs: &["contenance"] }],
    required: &[],
    shape: Shape::Native,
    epsg: None,
};
