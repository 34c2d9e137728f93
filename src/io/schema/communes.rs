//! Commune outlines.

use super::Column;
use super::FREE;
use super::Schema;

/// IGN Admin Express and BD TOPO.
pub(super) const ADMIN_EXPRESS: Schema = Schema {
    id: "admin-express",
    layer: "communes",
    source: "Admin Express – IGN",
    licence: "Licence Ouverte 2.0",
    columns: &[
        Column { ours: "insee", theirs: &["insee_com", "code_insee"] },
        Column { ours: "name", theirs: &["nom", "nom_com", "nom_officiel"] },
        Column { ours: "epci", theirs: &["siren_epci", "codes_siren_des_epci", "epci"] },
        Column { ours: "population", theirs: &["population"] },
    ],
    required: &["insee"],
    names: &["commune", "communes"],
    ..FREE
};

/// Etalab and the files derived from Admin Express by others.
pub(super) const ETALAB: Schema = Schema {
    id: "etalab-communes",
    layer: "communes",
    source: "Communes – IGN / Etalab",
    licence: "Licence Ouverte 2.0",
    columns: &[
        Column { ours: "insee", theirs: &["code", "insee", "id", "idu", "codgeo"] },
        Column { ours: "name", theirs: &["nom", "name", "tex2", "libgeo"] },
        Column { ours: "epci", theirs: &["siren_epci", "epci"] },
        Column { ours: "population", theirs: &["population"] },
    ],
    required: &["insee"],
    names: &["commune", "communes", "~communes-"],
    ..FREE
};
