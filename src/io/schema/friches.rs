//! Friches: Cerema's Cartofriches and the CNIG standard it is made after.

use super::Column;
use super::FREE;
use super::Schema;
use super::TextShape;
use super::words::plain;
use crate::domain::SourceTrust;
use crate::domain::StatutFriche;

/// The columns of a schema of friches: its list of parcels, then what the versions of the standard and Cartofriches share.
/// Columns of free text are not among them: people are named there.
macro_rules! columns {
    ($parcels:expr) => {
        &[
            Column { ours: "id", theirs: &["site_id"] },
            Column { ours: "commune", theirs: &["comm_insee"] },
            Column { ours: "site_type", theirs: &["site_type"] },
            Column { ours: "statut", theirs: &["site_statut"] },
            Column { ours: "source", theirs: &["nom_prodcartofriches", "source_nom"] },
            Column { ours: "owner_kind", theirs: &["proprio_personne"] },
            Column { ours: "pollution", theirs: &["sol_pollution_existe"] },
            Column { ours: "building_state", theirs: &["bati_etat"] },
            Column { ours: "zone_type", theirs: &["urba_zone_type"] },
            Column { ours: "land_area_m2", theirs: &["unite_fonciere_surface"] },
            Column { ours: "site_area_m2", theirs: &["site_surface"] },
            Column { ours: "parcels", theirs: $parcels },
            Column { ours: "identified_on", theirs: &["site_identif_date"] },
            Column { ours: "updated_on", theirs: &["site_actu_date"] },
            Column { ours: "url", theirs: &["site_url"] },
            Column { ours: "ademe_url", theirs: &["site_ademe_url"] },
            Column { ours: "securing", theirs: &["site_securite"] },
            Column { ours: "occupancy", theirs: &["site_occupation"] },
            Column { ours: "project_url", theirs: &["site_projet_url", "site_projet"] },
            Column { ours: "reconversion_year", theirs: &["site_reconv_annee"] },
            Column { ours: "reconversion_kind", theirs: &["site_reconv_type"] },
            Column { ours: "former_activity_code", theirs: &["activite_code"] },
            Column { ours: "activity_end_year", theirs: &["activite_fin_annee"] },
            Column { ours: "building_kind", theirs: &["bati_type"] },
            Column { ours: "building_count", theirs: &["bati_nombre"] },
            Column { ours: "building_area_m2", theirs: &["bati_surface"] },
            Column { ours: "building_pollution", theirs: &["bati_pollution"] },
            Column { ours: "building_vacancy", theirs: &["bati_vacance"] },
            Column { ours: "building_heritage", theirs: &["bati_patrimoine"] },
            Column {
                ours: "premises_oldest_year",
                theirs: &["local_ancien_annee", "local_ancienne_annee"],
            },
            Column { ours: "premises_newest_year", theirs: &["local_recent_annee"] },
            Column { ours: "owner_type", theirs: &["proprio_type"] },
            Column { ours: "soil_pollution_year", theirs: &["sol_pollution_annee"] },
            Column { ours: "soil_pollution_origin", theirs: &["sol_pollution_origine"] },
            Column { ours: "soil_treatment_sheet", theirs: &["sol_depollution_fiche"] },
            Column { ours: "zone_label", theirs: &["urba_zone_lib"] },
            Column { ours: "zone_form", theirs: &["urba_zone_formdomi"] },
            Column { ours: "renewable_zone", theirs: &["urba_zaer"] },
            Column { ours: "document_type", theirs: &["urba_doc_type"] },
            Column { ours: "access_distances", theirs: &["desserte_distance"] },
            Column { ours: "source_url", theirs: &["source_url"] },
            Column { ours: "road_distance_m", theirs: &["desserte_distance_route"] },
            Column { ours: "rail_distance_m", theirs: &["desserte_distance_ferroviaire"] },
            Column { ours: "river_distance_m", theirs: &["desserte_distance_fluvial"] },
            Column { ours: "sea_distance_m", theirs: &["desserte_distance_maritime"] },
            Column { ours: "origin_kind", theirs: &["nature"] },
        ]
    };
}

/// Cartofriches as GeoJSON, GeoPackage or CSV: lists are Postgres arrays. The parcels stand in `l_idpar`; `l_idtup` has
/// them too, but for land of several parcels the number of the land unit in their place.
pub(super) const CARTOFRICHES: Schema = Schema {
    id: "cartofriches",
    layer: "friches",
    source: "Cartofriches – Cerema",
    licence: "Licence Ouverte 2.0",
    columns: columns!(&["l_idpar", "l_idtup"]),
    required: &["id", "commune", "parcels"],
    names: &["~cartofriches", "~friches"],
    signs: &["site_id", "comm_insee", "l_idtup"],
    text_shapes: TEXT_SHAPES,
    epsg: Some(4326),
    ..FREE
};

/// Where tables of friches keep their shape, best first.
const TEXT_SHAPES: &[TextShape] = &[
    TextShape::Column(&["geomsurf"]),
    TextShape::Column(&["geompoint"]),
    TextShape::Pair(&["longitude", "long"], &["latitude", "lat"]),
];

/// CNIG friches of April 2022, before the columns got their names of today. Its codes for pollution, its occupancy and
/// its texts have no list that could tell a word from a name: they are not read.
pub(super) const CNIG_2022: Schema = Schema {
    id: "cnig-friches-2022-04",
    layer: "friches",
    source: "Friches (standard CNIG 2022-04)",
    licence: "Licence Ouverte 2.0",
    columns: &[
        Column { ours: "id", theirs: &["site_numero"] },
        Column { ours: "commune", theirs: &["comm_code"] },
        Column { ours: "source", theirs: &["source_nom"] },
        Column { ours: "owner_type", theirs: &["prop_actuel_type"] },
        Column { ours: "zone_type", theirs: &["urba_zone_type"] },
        Column { ours: "land_area_m2", theirs: &["tup_surface"] },
        Column { ours: "parcels", theirs: &["tup_refcad"] },
        Column { ours: "url", theirs: &["fiche_url"] },
        Column { ours: "former_activity_code", theirs: &["activite_code"] },
        Column { ours: "activity_end_year", theirs: &["activite_fin_date"] },
        Column { ours: "building_count", theirs: &["bati_nb"] },
        Column { ours: "premises_oldest_year", theirs: &["local_ancien_annee"] },
        Column { ours: "premises_newest_year", theirs: &["local_recent_annee"] },
        Column { ours: "soil_pollution_year", theirs: &["pollution_annee"] },
        Column { ours: "soil_pollution_origin", theirs: &["pollution_origine"] },
        Column { ours: "soil_treatment_sheet", theirs: &["depollution_fiche_url"] },
        Column { ours: "zone_label", theirs: &["urba_zone_lib"] },
        Column { ours: "document_type", theirs: &["urba_doc_type"] },
        Column { ours: "source_url", theirs: &["source_url"] },
    ],
    required: &["id", "commune", "parcels"],
    names: &["~friche"],
    signs: &["site_numero", "comm_code", "tup_refcad"],
    text_shapes: TEXT_SHAPES,
    epsg: Some(4326),
    ..FREE
};

/// CNIG friches 1.0.3 to 1.0.6 as CSV: lists are split by `|`, shapes are WKT.
pub(super) const CNIG: Schema = Schema {
    id: "cnig-friches",
    layer: "friches",
    source: "Friches (standard CNIG)",
    licence: "Licence Ouverte 2.0",
    columns: columns!(&["unite_fonciere_refcad"]),
    required: &["id", "commune", "parcels"],
    names: &["~friche"],
    signs: &["site_id", "comm_insee", "unite_fonciere_refcad"],
    text_shapes: TEXT_SHAPES,
    epsg: Some(4326),
    ..FREE
};

/// `site_statut`, with Cartofriches' own `friche potentielle`. `None` for a word of no list.
#[must_use]
pub fn statut_of(text: &str) -> Option<StatutFriche> {
    Some(match plain(text).as_str() {
        "friche potentielle" => StatutFriche::Potentielle,
        "friche sans projet" => StatutFriche::SansProjet,
        "friche avec projet" => StatutFriche::AvecProjet,
        "friche reconvertie" => StatutFriche::Reconvertie,
        "inconnu" => StatutFriche::Inconnu,
        "autre" => StatutFriche::Autre,
        "sans objet" => StatutFriche::SansObjet,
        _ => return None,
    })
}

/// How far the origin of a record is to be trusted, from the words Cartofriches uses. `None` when they say nothing.
#[must_use]
pub fn source_trust_of(source: &str) -> Option<SourceTrust> {
    let plain = plain(source);
    let says = |words: &[&str]| words.iter().any(|word| plain.contains(word));
    if says(&["non verifie", "basias", "basol", "casias"]) {
        Some(SourceTrust::Unverified)
    } else if says(&[
        "fonds friches",
        "fond friche",
        "fonds vert",
        "appel a projet",
        "recyclage foncier",
    ]) {
        Some(SourceTrust::Call)
    } else if says(&["etude", "ademe", "photovolta"]) {
        Some(SourceTrust::Study)
    } else if says(&["utilisateur", "contribution"]) {
        Some(SourceTrust::User)
    } else if says(&[
        "observatoire",
        "region",
        "epf",
        "communaute",
        "cc ",
        "agglo",
        "departement",
        "ddt",
        "scot",
        "petr",
    ]) {
        Some(SourceTrust::Observatory)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::io::schema::friches_standard::DRIFT;
    use crate::io::schema::friches_standard::FIELDS;
    use crate::io::schema::friches_standard::Held;

    #[test]
    fn the_origins_of_the_real_file_are_told_apart() {
        for (source, trust) in [
            ("Friche étude Ademe 2021", Some(SourceTrust::Study)),
            ("Site Basias ou Basol non vérifié par le Cerema", Some(SourceTrust::Unverified)),
            ("Appel à projet Fonds Friches", Some(SourceTrust::Call)),
            ("Région Occitanie", Some(SourceTrust::Observatory)),
            ("Contribution utilisateur", Some(SourceTrust::User)),
            ("on ne sait pas", None),
        ] {
            assert_eq!(source_trust_of(source), trust, "{source}");
        }
    }

    #[test]
    fn columns_have_the_names_of_the_standard_and_none_may_name_a_person() {
        for field in FIELDS.iter().chain(DRIFT) {
            let column = CARTOFRICHES.columns.iter().find(|column| column.ours == field.ours);
            assert_eq!(column.is_some(), field.held != Held::Nowhere, "{}", field.name);
            let cnig = CNIG.columns.iter().find(|column| column.ours == field.ours);
            let spelled = cnig.is_none_or(|column| column.theirs.contains(&field.name));
            assert!(spelled, "{}", field.name);
        }
    }

    #[test]
    fn a_word_of_no_list_is_no_statut() {
        assert_eq!(statut_of("Friche sans projet"), Some(StatutFriche::SansProjet));
        assert_eq!(statut_of("en friche"), None);
    }
}
