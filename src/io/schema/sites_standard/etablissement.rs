//! `etablissement`.

use super::Filler;
use super::StandardField;
use super::StandardType as T;

const PLACE_QUALITIES: &[&str] = &[
    "non localisé",
    "localisation à la commune",
    "localisation au lieu-dit",
    "localisation à la rue (sans numéro)",
    "localisation à la plaque adresse",
    "localisation à la parcelle",
    "localisation au bâtiment",
];

const fn f(ours: &'static str, name: &'static str, kind: T) -> StandardField {
    StandardField::new(ours, name, kind)
}

// Names and address are those of a person where the firm is a sole trader: no edit of them is taken, contacts not at all.
pub(super) const FIELDS: &[StandardField] = &[
    f("id", "SIRET", T::Text).required().computed().fixed(),
    f("siren", "SIREN", T::Text).required().computed().fixed(),
    f("terrain", "terr_id", T::Text).required().computed().fixed(),
    f("address_id", "ban-id", T::Text).fixed(),
    f("building_id", "bat-id", T::Text),
    f("address", "etab_adresse", T::Text).fixed(),
    f("firm_name", "etab_raison_sociale", T::Text).required().fixed(),
    f("legal_form", "etab_nat_juridique", T::Text).required(),
    f("trade_name", "etab_nom", T::Text).required().fixed(),
    f("epci_name", "epci_nom", T::Text).required().computed(),
    f("epci", "epci_siren", T::Text).required().computed(),
    f("commune_name", "comm_nom", T::Text).required().computed(),
    f("commune", "comm_insee", T::Text).required().computed(),
    f("seat", "etab_siege", T::YesNo),
    f("created", "etab_creation_date", T::Date).required(),
    f("identified", "etab_identif_date", T::Date).required(),
    f("updated", "etab_actu_date", T::Date).required(),
    f("active", "etab_actif", T::YesNo),
    f("closed", "etab_fermeture_date", T::Date),
    f("description", "etab_description", T::Text),
    f("class", "etab_activite_code", T::Text).required(),
    f("activity_label", "etab_activite_libelle", T::Text).required(),
    f("staff_code", "etab_effectif_code", T::Text).required(),
    f("staff_label", "etab_effectif_libelle", T::Text).required(),
    f("staff_year", "etab_effectif_annee", T::Year).required(),
    f("source_info", "etab_source_info", T::Text).required().computed(),
    f("place_quality", "geocodage_qualite", T::Text).required().of(PLACE_QUALITIES),
    f("geometry", "etab_geompoint", T::GeoJson).required().computed().csv_only(),
    f("mail", "etab_contact_mail", T::Text).by(Filler::Epci).csv_only(),
    f("phone", "etab_contact_tel", T::Text).by(Filler::Epci).csv_only(),
    f("comment", "commentaire", T::Text).by(Filler::Epci).own(),
];
