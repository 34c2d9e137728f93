//! Economic sites, their land and their poles: the CNIG standard *Sites économiques*.
//!
//! What a new delivery of the inventory must not lose is read, but for what may name a person: the producer's mark, the
//! buyer of a land. Names of sites and of those who run them are read under the conditions of [`super::personal`].

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
        Column { ours: "built_land_units", theirs: &["site_uf_bati_nbre"] },
        Column { ours: "name", theirs: &["site_nom"] },
        Column { ours: "gross_area_ha", theirs: &["site_surf_brute"] },
        Column { ours: "usable_area_ha", theirs: &["site_surf_utile"] },
        Column { ours: "for_sale_area_ha", theirs: &["site_surf_comm_dispo"] },
        Column { ours: "reserved_area_ha", theirs: &["site_surf_projet"] },
        Column { ours: "created", theirs: &["site_creation_date"] },
        Column { ours: "identified", theirs: &["site_identif_date"] },
        Column { ours: "updated", theirs: &["site_actu_date"] },
        Column { ours: "description", theirs: &["site_description"] },
        Column { ours: "label", theirs: &["site_quali_territoire"] },
        Column { ours: "urbanisation", theirs: &["site_evol_urba"] },
        Column { ours: "url", theirs: &["site_url"] },
        Column { ours: "media", theirs: &["site_media"] },
        Column { ours: "epci", theirs: &["site_epci_siren"] },
        Column { ours: "main_commune", theirs: &["site_comm_insee"] },
        Column { ours: "owner_type", theirs: &["site_moa_type"] },
        Column { ours: "owner_name", theirs: &["site_moa_nom"] },
        Column { ours: "developer_name", theirs: &["site_moa_amngt"] },
        Column { ours: "seller_name", theirs: &["site_moa_comm"] },
        Column { ours: "establishments", theirs: &["site_nb_etab"] },
        Column { ours: "jobs", theirs: &["site_nb_emploi"] },
        Column { ours: "use_industry", theirs: &["site_voca_industrielle"] },
        Column { ours: "use_retail", theirs: &["site_voca_commerciale"] },
        Column { ours: "use_offices", theirs: &["site_voca_tertiaire"] },
        Column { ours: "use_crafts", theirs: &["site_voca_artisanale"] },
        Column { ours: "use_tourism", theirs: &["site_voca_touristique"] },
        Column { ours: "use_port", theirs: &["site_voca_portuaire"] },
        Column { ours: "use_airport", theirs: &["site_voca_aeroportuaire"] },
        Column { ours: "network_rainwater", theirs: &["reseau_eau_pluviale"] },
        Column { ours: "network_water", theirs: &["reseau_eau_potable"] },
        Column { ours: "network_sewage", theirs: &["reseau_assainissement"] },
        Column { ours: "network_gas", theirs: &["reseau_gaz"] },
        Column { ours: "network_electricity", theirs: &["reseau_electrique"] },
        Column { ours: "network_fibre", theirs: &["reseau_fibre_optique"] },
        Column { ours: "network_rail_freight", theirs: &["reseau_fret_ferroviaire"] },
        Column { ours: "network_waterway", theirs: &["reseau_fluvial"] },
        Column { ours: "public_transport", theirs: &["desserte_tc"] },
        Column { ours: "road", theirs: &["desserte_route_nom"] },
        Column { ours: "motorway", theirs: &["autoroute_nom"] },
        Column { ours: "motorway_km", theirs: &["autoroute_echang_dist"] },
        Column { ours: "station", theirs: &["gare_nom"] },
        Column { ours: "station_km", theirs: &["gare_dist"] },
        Column { ours: "freight_station", theirs: &["gare_fret_nom"] },
        Column { ours: "freight_station_km", theirs: &["gare_fret_dist"] },
        Column { ours: "airport", theirs: &["aeroport_nom"] },
        Column { ours: "airport_km", theirs: &["aeroport_dist"] },
        Column { ours: "port", theirs: &["port_nom"] },
        Column { ours: "port_km", theirs: &["port_dist"] },
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
        Column { ours: "usable", theirs: &["terr_utile"] },
        Column { ours: "ownership", theirs: &["terr_maitrise_fonc"] },
        Column { ours: "identified", theirs: &["terr_identif_date"] },
        Column { ours: "updated", theirs: &["terr_actu_date"] },
        Column { ours: "sold", theirs: &["terr_cession_date"] },
        Column { ours: "sale_amount_eur", theirs: &["terr_vente_montant"] },
        Column { ours: "price_eur_m2", theirs: &["terr_m2_prix"] },
        Column { ours: "cartofriches_url", theirs: &["terr_url_cartofriches"] },
        Column { ours: "comment", theirs: &["commentaire", "comment"] },
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
