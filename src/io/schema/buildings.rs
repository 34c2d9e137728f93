//! Buildings.

use super::Column;
use super::FREE;
use super::Schema;

/// IGN BD TOPO v3 (`BATIMENT`, USAGE1).
pub(super) const BDTOPO: Schema = Schema {
    id: "bdtopo-batiment",
    layer: "buildings",
    source: "BD TOPO – IGN",
    licence: "Licence Ouverte 2.0",
    columns: &[
        Column { ours: "id", theirs: &["cleabs", "id"] },
        Column { ours: "class", theirs: &["usage1", "usage_1"] },
        Column { ours: "nature", theirs: &["nature"] },
        Column { ours: "dwellings", theirs: &["nb_logts", "nombre_de_logements"] },
        Column { ours: "height_m", theirs: &["hauteur"] },
    ],
    required: &["id", "class"],
    names: &["batiment", "batiments"],
    signs: &["usage1", "nb_logts"],
    ..FREE
};

/// IGN BD TOPO v2: one file per kind (`BATI_INDUSTRIEL`, `BATI_REMARQUABLE`, `BATI_INDIFFERENCIE`).
pub(super) const BDTOPO_V2: Schema = Schema {
    id: "bdtopo-v2-bati",
    layer: "buildings",
    source: "BD TOPO v2 – IGN",
    licence: "Licence Ouverte 2.0",
    columns: &[
        Column { ours: "id", theirs: &["id"] },
        Column { ours: "class", theirs: &["nature"] },
        Column { ours: "nature", theirs: &["nature"] },
        Column { ours: "height_m", theirs: &["hauteur"] },
    ],
    required: &["id", "height_m"],
    names: &["bati_industriel", "bati_remarquable", "bati_indifferencie", "construction_legere"],
    signs: &["origin_bat", "hauteur"],
    ..FREE
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
    names: &["batiments", "~batiment"],
    signs: &["type", "commune", "created", "updated"],
    ..FREE
};

/// EDIGEO sheets: `DUR` is 01 (hard) or 02 (light).
pub(super) const EDIGEO: Schema = Schema {
    id: "edigeo-batiment",
    layer: "buildings",
    source: "Plan cadastral informatisé (EDIGEO) – DGFiP",
    licence: "Licence Ouverte 2.0",
    columns: &[Column { ours: "class", theirs: &["dur"] }],
    required: &["class"],
    names: &["batiment_id"],
    ..FREE
};

/// Any outlines.
pub(super) const ANY: Schema = Schema {
    id: "batiments",
    layer: "buildings",
    names: &["~batiment", "~building", "bati"],
    ..FREE
};
