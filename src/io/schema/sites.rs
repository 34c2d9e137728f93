//! Economic sites, their land, their poles and their establishments: the CNIG standard *Sites économiques*.
//!
//! Names of sites and firms are not read: `site_nom` carries people's names, `etab_raison_sociale` is one for a sole trader.

use super::Column;
use super::FREE;
use super::Schema;
use super::TextShape;
use super::code_lists;

const SOURCE: &str = "Sites économiques (standard CNIG)";

/// `site_eco`, and Fusac which has the same columns.
pub(super) const CNIG: Schema = Schema {
    id: "cnig-site-eco",
    layer: "sites",
    source: SOURCE,
    licence: "Licence Ouverte 2.0",
    columns: &[
        Column { ours: "id", theirs: &["site_id"] },
        Column { ours: "class", theirs: &["site_type"] },
        Column { ours: "state", theirs: &["site_etat"] },
        Column { ours: "use", theirs: &["site_vocadomi", "site_vocad"] },
        Column { ours: "pole", theirs: &["pole_id"] },
        Column { ours: "land_units", theirs: &["site_uf_nbre", "site_uf_nb"] },
        Column { ours: "vacant_land_units", theirs: &["site_uf_vacant_nbre", "site_uf_va"] },
    ],
    required: &["id"],
    names: &["~site_eco", "~site-eco"],
    signs: &["site_id", "site_type", "site_etat"],
    text_shapes: &[TextShape::Column(&["site_geomsurf"]), TextShape::Column(&["site_geompoint"])],
    code_lists: code_lists::SITE_ECO,
    ..FREE
};

/// `terrain_eco`: land for sale or taken, in hectares.
pub(super) const TERRAINS: Schema = Schema {
    id: "cnig-terrain-eco",
    layer: "terrains",
    source: SOURCE,
    licence: "Licence Ouverte 2.0",
    columns: &[
        Column { ours: "id", theirs: &["terr_id"] },
        Column { ours: "site", theirs: &["site_id"] },
        Column { ours: "parcels", theirs: &["terr_refcad", "terr_refca"] },
        Column { ours: "gross_area_ha", theirs: &["terr_surf_brute", "terr_surf_"] },
        Column { ours: "works_stage", theirs: &["terr_stade_amngt"] },
        Column { ours: "sale_stage", theirs: &["terr_stade_comm"] },
        Column { ours: "occupation", theirs: &["terr_etat_occup", "terr_etat_"] },
        Column { ours: "turnkey", theirs: &["terr_cle_en_main", "terr_cle_e"] },
        Column { ours: "use", theirs: &["terr_usage"] },
    ],
    required: &["id"],
    names: &["~terrain_eco", "~terrain-eco"],
    signs: &["terr_id", "terr_refcad"],
    text_shapes: &[TextShape::Column(&["terr_geomsurf"])],
    code_lists: code_lists::TERRAIN_ECO,
    ..FREE
};

/// `pole_eco`: a group of sites.
pub(super) const POLES: Schema = Schema {
    id: "cnig-pole-eco",
    layer: "poles",
    source: SOURCE,
    licence: "Licence Ouverte 2.0",
    columns: &[
        Column { ours: "id", theirs: &["pole_id"] },
        Column { ours: "use", theirs: &["pole_vocadomi"] },
        Column { ours: "sites", theirs: &["pole_nb_site"] },
        Column { ours: "jobs", theirs: &["pole_nb_emploi"] },
    ],
    required: &["id"],
    names: &["~pole_eco", "~pole-eco"],
    signs: &["pole_id", "pole_nb_site"],
    text_shapes: &[TextShape::Column(&["pole_geompoint"])],
    ..FREE
};

/// `etablissement`: who is on the land, by SIRET and activity, never by name.
pub(super) const ESTABLISHMENTS: Schema = Schema {
    id: "cnig-etablissement",
    layer: "establishments",
    source: SOURCE,
    licence: "Licence Ouverte 2.0",
    columns: &[
        Column { ours: "id", theirs: &["siret"] },
        Column { ours: "terrain", theirs: &["terr_id"] },
        Column { ours: "commune", theirs: &["comm_insee"] },
        Column { ours: "class", theirs: &["etab_activite_code"] },
        Column { ours: "active", theirs: &["etab_actif"] },
        Column { ours: "staff_code", theirs: &["etab_effectif_code"] },
    ],
    required: &["id"],
    names: &["~etablissement"],
    signs: &["siret", "terr_id", "etab_actif"],
    text_shapes: &[TextShape::Column(&["etab_geompoint"])],
    ..FREE
};

/// IGN BD TOPO v3 (`ZONE_D_ACTIVITE_OU_D_INTERET`) and v2 (`SURFACE_ACTIVITE`).
pub(super) const BDTOPO: Schema = Schema {
    id: "bdtopo-zone-activite",
    layer: "sites",
    source: "BD TOPO – IGN",
    licence: "Licence Ouverte 2.0",
    columns: &[
        Column { ours: "id", theirs: &["cleabs", "id"] },
        Column { ours: "class", theirs: &["categorie"] },
        Column { ours: "use", theirs: &["nature"] },
        Column { ours: "state", theirs: &["etat", "etat_de_l_objet"] },
    ],
    required: &["id", "class"],
    names: &["zone_d_activite_ou_d_interet", "surface_activite"],
    signs: &["categorie", "nature", "nat_detail"],
    ..FREE
};

/// Any outlines of economic sites.
pub(super) const ANY: Schema =
    Schema { id: "sites", layer: "sites", names: &["~zae", "~zone_activite"], ..FREE };
