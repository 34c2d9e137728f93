//! Establishments: the CNIG table `etablissement`, and SIRENE with coordinates (INSEE).
//!
//! Names and addresses are those of a person where the firm is a sole trader: they are read under the conditions of
//! [`super::personal`]. Contacts are not read at all.

use super::Column;
use super::FREE;
use super::Schema;
use super::TextShape;

/// `etablissement` of the CNIG standard *Sites économiques*.
pub(super) const CNIG: Schema = Schema {
    id: "cnig-etablissement",
    layer: "establishments",
    source: "Sites économiques (standard CNIG)",
    licence: "Licence Ouverte 2.0",
    columns: &[
        Column { ours: "id", theirs: &["siret"] },
        Column { ours: "siren", theirs: &["siren"] },
        Column { ours: "terrain", theirs: &["terr_id"] },
        Column { ours: "commune", theirs: &["comm_insee"] },
        Column { ours: "class", theirs: &["etab_activite_code"] },
        Column { ours: "activity_label", theirs: &["etab_activite_libelle"] },
        Column { ours: "active", theirs: &["etab_actif"] },
        Column { ours: "seat", theirs: &["etab_siege"] },
        Column { ours: "legal_form", theirs: &["etab_nat_juridique"] },
        Column { ours: "created", theirs: &["etab_creation_date"] },
        Column { ours: "closed", theirs: &["etab_fermeture_date"] },
        Column { ours: "identified", theirs: &["etab_identif_date"] },
        Column { ours: "updated", theirs: &["etab_actu_date"] },
        Column { ours: "staff_code", theirs: &["etab_effectif_code"] },
        Column { ours: "staff_label", theirs: &["etab_effectif_libelle"] },
        Column { ours: "staff_year", theirs: &["etab_effectif_annee"] },
        Column { ours: "place_quality", theirs: &["geocodage_qualite"] },
        Column { ours: "address_id", theirs: &["ban-id", "ban_id"] },
        Column { ours: "building_id", theirs: &["bat-id", "bat_id"] },
        Column { ours: "firm_name", theirs: &["etab_raison_sociale"] },
        Column { ours: "trade_name", theirs: &["etab_nom"] },
        Column { ours: "address", theirs: &["etab_adresse"] },
    ],
    required: &["id"],
    names: &["~etablissement"],
    signs: &["siret", "terr_id", "etab_actif"],
    text_shapes: &[TextShape::Column(&["etab_geompoint"])],
    ..FREE
};

/// SIRENE: establishments with coordinates, joined with their legal unit or not. Where the legal form is not there, no
/// name is kept.
pub(super) const SIRENE: Schema = Schema {
    id: "sirene-geolocalisee",
    layer: "establishments",
    source: "Base Sirene des entreprises et de leurs établissements – INSEE",
    licence: "Licence Ouverte 2.0",
    columns: &[
        Column { ours: "id", theirs: &["siret"] },
        Column { ours: "siren", theirs: &["siren"] },
        Column { ours: "commune", theirs: &["codecommuneetablissement", "plg_code_commune"] },
        Column { ours: "class", theirs: &["activiteprincipaleetablissement"] },
        Column { ours: "active", theirs: &["etatadministratifetablissement"] },
        Column { ours: "seat", theirs: &["etablissementsiege"] },
        Column { ours: "legal_form", theirs: &["categoriejuridiqueunitelegale"] },
        Column { ours: "diffusion", theirs: &["statutdiffusionetablissement"] },
        Column { ours: "created", theirs: &["datecreationetablissement"] },
        Column { ours: "state_since", theirs: &["datedebut"] },
        Column { ours: "updated", theirs: &["datederniertraitementetablissement"] },
        Column { ours: "staff_code", theirs: &["trancheeffectifsetablissement"] },
        Column { ours: "staff_year", theirs: &["anneeeffectifsetablissement"] },
        Column { ours: "place_quality", theirs: &["qualitexy", "qualite_xy"] },
        Column { ours: "firm_name", theirs: &["denominationunitelegale"] },
        Column {
            ours: "trade_name",
            theirs: &["enseigne1etablissement", "enseigne", "denominationusuelleetablissement"],
        },
    ],
    required: &["id", "active"],
    names: &["~sirene", "~stocketablissement", "~geolocalisationetablissement"],
    signs: &["siret", "etatadministratifetablissement"],
    text_shapes: &[
        TextShape::Pair(&["x", "x_l93"], &["y", "y_l93"]),
        TextShape::Pair(
            &["coordonneelambertabscisseetablissement", "coordonneelambertabscisse"],
            &["coordonneelambertordonneeetablissement", "coordonneelambertordonnee"],
        ),
        TextShape::Pair(&["x_longitude"], &["y_latitude"]),
    ],
    epsg: Some(2154),
    ..FREE
};
