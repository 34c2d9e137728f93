//! Roads and railways.

use super::Column;
use super::FREE;
use super::Schema;

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
        Column { ours: "direction", theirs: &["sens_de_circulation", "sens_circu", "sens"] },
        Column { ours: "speed_kmh", theirs: &["vitesse_moyenne_vl", "vit_moy_vl"] },
        Column { ours: "number", theirs: &["cpx_numero", "numero"] },
        Column { ours: "level", theirs: &["position_par_rapport_au_sol", "pos_sol"] },
    ],
    required: &["class", "importance"],
    names: &["troncon_de_route", "route", "route_primaire", "route_secondaire"],
    signs: &["nature", "importance", "largeur", "nb_voies"],
    ..FREE
};

/// Any lines; `class` and `importance` from the configuration.
pub(super) const ANY: Schema = Schema {
    id: "routes",
    layer: "roads",
    names: &["~troncon_de_route", "routes", "roads"],
    ..FREE
};

/// IGN BD TOPO v3 (`TRONCON_DE_VOIE_FERREE`) and v2 (`TRONCON_VOIE_FERREE`).
pub(super) const RAILWAYS: Schema = Schema {
    id: "bdtopo-voie-ferree",
    layer: "railways",
    source: "BD TOPO – IGN",
    licence: "Licence Ouverte 2.0",
    columns: &[
        Column { ours: "id", theirs: &["cleabs", "id"] },
        Column { ours: "class", theirs: &["nature"] },
        Column { ours: "use", theirs: &["usage"] },
        Column { ours: "state", theirs: &["etat", "etat_de_l_objet"] },
        Column { ours: "electrified", theirs: &["electrifie"] },
        Column { ours: "tracks", theirs: &["nb_voies", "nombre_de_voies"] },
    ],
    required: &["class", "electrified"],
    names: &["troncon_de_voie_ferree", "troncon_voie_ferree"],
    signs: &["nature", "electrifie", "nb_voies"],
    ..FREE
};

/// Any lines of railway.
pub(super) const ANY_RAILWAYS: Schema =
    Schema { id: "voies-ferrees", layer: "railways", names: &["~voie_ferree", "~railway"], ..FREE };
