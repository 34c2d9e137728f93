//! Buildings.

use super::Column;
use super::Schema;
use super::Shape;

/// IGN BD TOPO v3 (USAGE1) and v2 (nature).
pub(super) const BDTOPO: Schema = Schema {
    id: "bdtopo-batiment",
    layer: "buildings",
    source: "BD TOPO – IGN",
    licence: "Licence Ouverte 2.0",
    columns: &[
        Column { ours: "id", theirs: &["cleabs", "id"] },
        Column { ours: "class", theirs: &["usage1", "usage_1", "nature"] },
    ],
    required: &["id", "class"],
    shape: Shape::Native,
    epsg: None,
};

/// Etalab: `type` is 01 (hard) or 02 (light).
pub(super) const ETALAB: Schema = Schema {
    id: "etalab-batiments",
    layer: "buildings",
    source: "Cadastre – DGFiP / Etalab",
    licence: "Licence Ouverte 2.0",
    columns: &[
        Column { ours: "commune", theirs: &["commune"] },
        Column { ours: "class", theirs: &["type"] },
    ],
    required: &["commune", "class"],
    shape: Shape::Native,
    epsg: None,
};

/// Any outlines.
pub(super) const ANY: Schema = Schema {
    id: "batiments",
    layer: "buildings",
    source: "",
    licence: "",
    columns: &[],
    required: &[],
    shape: Shape::Native,
    epsg: None,
};
