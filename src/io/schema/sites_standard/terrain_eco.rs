//! `terrain_eco`.

use super::Filler;
use super::StandardField;
use super::StandardType as T;
use crate::io::schema::code_lists;

const fn f(ours: &'static str, name: &'static str, kind: T) -> StandardField {
    StandardField::new(ours, name, kind)
}

pub(super) const FIELDS: &[StandardField] = &[
    f("id", "terr_id", T::Text).required().computed().fixed(),
    f("site", "site_id", T::Text).required().computed().fixed(),
    f("parcels", "terr_refcad", T::Text).computed().fixed(),
    f("gross_area_ha", "terr_surf_brute", T::Number).required().computed().fixed(),
    f("usable", "terr_utile", T::YesNo),
    f("identified", "terr_identif_date", T::Date).required(),
    f("updated", "terr_actu_date", T::Date).required().computed(),
    f("ownership", "terr_maitrise_fonc", T::Text).required().of(code_lists::TERRAIN_ECO[3].1),
    f("works_stage", "terr_stade_amngt", T::Text).required().of(code_lists::TERRAIN_ECO[0].1),
    f("sale_stage", "terr_stade_comm", T::Text).required().of(code_lists::TERRAIN_ECO[1].1),
    f("occupation", "terr_etat_occup", T::Text).required().of(code_lists::TERRAIN_ECO[2].1),
    f("use", "terr_usage", T::Text).required().of(code_lists::TERRAIN_ECO[4].1),
    f("cartofriches_url", "terr_url_cartofriches", T::Url),
    f("geometry", "terr_geomsurf", T::GeoJson).required().computed().csv_only(),
    f("turnkey", "terr_cle_en_main", T::YesNo),
    // May be a person: neither read nor taken from the user's edits.
    f("buyer", "terr_acquereur", T::Text).by(Filler::Epci).csv_only(),
    f("sold", "terr_cession_date", T::Date),
    f("sale_amount_eur", "terr_vente_montant", T::Number),
    f("price_eur_m2", "terr_m2_prix", T::Number),
    f("comment", "commentaire", T::Text).by(Filler::Epci).own(),
];
