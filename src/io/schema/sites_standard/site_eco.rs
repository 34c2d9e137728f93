//! `site_eco`.

use super::Filler;
use super::StandardField;
use super::StandardType as T;
use crate::io::schema::code_lists;

const OWNER_TYPES: &[&str] = &[
    "commune",
    "epci",
    "société d'économie mixte",
    "chambre de commerce et industrie",
    "Etat",
    "privé",
];
const URBANISATION: &[&str] = &["extension urbaine", "renouvellement urbain", "mixte"];

const fn f(ours: &'static str, name: &'static str, kind: T) -> StandardField {
    StandardField::new(ours, name, kind)
}

pub(super) const FIELDS: &[StandardField] = &[
    f("id", "site_id", T::Text).required().computed().fixed(),
    f("pole", "pole_id", T::Text).required(),
    f("name", "site_nom", T::Text).required(),
    f("class", "site_type", T::Text).required().of(code_lists::SITE_ECO[0].1),
    f("use", "site_vocadomi", T::Text).required().of(code_lists::SITE_ECO[2].1),
    f("state", "site_etat", T::Text).required().of(code_lists::SITE_ECO[1].1),
    f("gross_area_ha", "site_surf_brute", T::Number).required().computed().fixed(),
    f("usable_area_ha", "site_surf_utile", T::Number).required().computed().fixed(),
    f("created", "site_creation_date", T::Year),
    f("identified", "site_identif_date", T::Date).required(),
    f("updated", "site_actu_date", T::Date).required().computed(),
    f("producer", "source_producteur", T::Text).by(Filler::Epci),
    f("description", "site_description", T::Text),
    f("label", "site_quali_territoire", T::Text),
    f("urbanisation", "site_evol_urba", T::Text).of(URBANISATION),
    f("url", "site_url", T::Url),
    f("epci_name", "site_epci_nom", T::Text).required().computed(),
    f("epci", "site_epci_siren", T::Text).required().computed(),
    f("main_commune_name", "site_comm_nom", T::Text).required().computed(),
    f("main_commune", "site_comm_insee", T::Text).required().computed(),
    f("owner_type", "site_moa_type", T::Text).required().of(OWNER_TYPES),
    f("owner_name", "site_moa_nom", T::Text),
    f("developer_name", "site_moa_amngt", T::Text),
    f("seller_name", "site_moa_comm", T::Text),
    f("land_units", "site_uf_nbre", T::Number).computed(),
    f("vacant_land_units", "site_uf_vacant_nbre", T::Number).computed(),
    f("vacancy_percent", "site_taux_vacance", T::Number).computed(),
    f("built_land_units", "site_uf_bati_nbre", T::Number).computed(),
    f("establishments", "site_nb_etab", T::Number).computed(),
    f("jobs", "site_nb_emploi", T::Number),
    f("geometry", "site_geomsurf", T::GeoJson).required().computed().csv_only(),
    f("centre", "site_geompoint", T::GeoPoint).computed().csv_only(),
    f("media", "site_media", T::Url),
    f("for_sale_area_ha", "site_surf_comm_dispo", T::Number).computed().fixed(),
    f("reserved_area_ha", "site_surf_projet", T::Number).computed().fixed(),
    f("use_industry", "site_voca_industrielle", T::YesNo),
    f("use_retail", "site_voca_commerciale", T::YesNo),
    f("use_offices", "site_voca_tertiaire", T::YesNo),
    f("use_crafts", "site_voca_artisanale", T::YesNo),
    f("use_tourism", "site_voca_touristique", T::YesNo),
    f("use_port", "site_voca_portuaire", T::YesNo),
    f("use_airport", "site_voca_aeroportuaire", T::YesNo),
    f("network_rainwater", "reseau_eau_pluviale", T::YesNo),
    f("network_water", "reseau_eau_potable", T::YesNo),
    f("network_sewage", "reseau_assainissement", T::YesNo),
    f("network_gas", "reseau_gaz", T::YesNo),
    f("network_electricity", "reseau_electrique", T::YesNo),
    f("network_fibre", "reseau_fibre_optique", T::YesNo),
    f("network_rail_freight", "reseau_fret_ferroviaire", T::YesNo),
    f("network_waterway", "reseau_fluvial", T::YesNo),
    f("public_transport", "desserte_tc", T::YesNo),
    f("road", "desserte_route_nom", T::Text),
    f("motorway", "autoroute_nom", T::Text),
    f("motorway_km", "autoroute_echang_dist", T::Number),
    f("station", "gare_nom", T::Text),
    f("station_km", "gare_dist", T::Number),
    f("freight_station", "gare_fret_nom", T::Text),
    f("freight_station_km", "gare_fret_dist", T::Number),
    f("airport", "aeroport_nom", T::Text),
    f("airport_km", "aeroport_dist", T::Number),
    f("port", "port_nom", T::Text),
    f("port_km", "port_dist", T::Number),
    f("comment", "commentaire", T::Text).by(Filler::Epci).own(),
];
