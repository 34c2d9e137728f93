//! Roads.

use super::Column;
use super::Schema;
use super::Shape;

/// IGN BD TOPO v3 (`TRONCON_DE_ROUTE`) and v2 (`ROUTE`).
pub(super) const BDTOPO: Schema = Schema {
    id: "bdtopo-route",
    layer: "roads",
    source: "BD TOPO – IGN",
    licence: "Licence Ouverte 2.0",
    columns: &[
        Column { ours: "id", theirs: &["cleabs", "id"] },
        Column { ours: "class", theirs: &["nature"] },
        Column { ours: "importance", theirs: &["importance"] },
        Column { ours: "direction", theirs: &["sens_de_circulation", "sens"] },
        Column { ours: "speed_kmh", theirs: &["vitesse_moyenne_vl", "vit_moy_vl"] },
        Column { ours: "number", theirs: &["cpx_numero", "numero"] },
    ],
    required: &["class", "importance"],
    shape: Shape::Native,
    epsg: None,
};

/// Any lines; `class` and `importance` from the configuration.
pub(super) const ANY: Schema = Schema {
    id: "routes",
    layer: "roads",
    source: "",
    licence: "",
    columns: &[],
    required: &[],
    shape: Shape::Native,
    epsg: None,
};
