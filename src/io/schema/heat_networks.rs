//! Heat networks.

use super::Column;
use super::FREE;
use super::Schema;

/// France Chaleur Urbaine: courses of the networks; of one in five only the boiler house is published, as a point, so
/// that a distance to it is the longest there can be. From documentation, not seen as a whole file.
pub(super) const FRANCE_CHALEUR_URBAINE: Schema = Schema {
    id: "france-chaleur-urbaine",
    layer: "heat_networks",
    source: "France Chaleur Urbaine – ministère de la Transition écologique",
    licence: "Licence Ouverte 2.0",
    columns: &[
        Column {
            ours: "id",
            theirs: &["identifiant reseau", "identifiant_reseau", "id_fcu", "id_sncu"],
        },
        Column { ours: "complete", theirs: &["has_trace", "trace_complet"] },
    ],
    required: &["id"],
    names: &["~reseaux_de_chaleur", "~reseaux-de-chaleur", "~reseau_chaleur", "~chaleur"],
    signs: &["identifiant_reseau", "has_trace"],
    epsg: Some(4326),
    ..FREE
};

/// Any lines, areas or points.
pub(super) const ANY: Schema =
    Schema { id: "reseaux-chaleur", layer: "heat_networks", names: &["~chaleur"], ..FREE };
