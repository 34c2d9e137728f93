//! Friches: Cerema's Cartofriches and the CNIG standard it is made after.

use super::Column;
use super::FREE;
use super::Schema;
use super::TextShape;
use super::words::plain;
use crate::domain::SourceTrust;
use crate::domain::StatutFriche;

/// Cartofriches as GeoJSON, GeoPackage or CSV: lists are Postgres arrays, the parcels stand in `l_idtup`.
pub(super) const CARTOFRICHES: Schema = Schema {
    id: "cartofriches",
    layer: "friches",
    source: "Cartofriches – Cerema",
    licence: "Licence Ouverte 2.0",
    columns: &[
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
        // `l_idtup` holds land units (`uf32…`) where several parcels have one owner.
        Column { ours: "parcels", theirs: &["l_idpar", "l_idtup"] },
    ],
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

/// CNIG friches of April 2022, before the columns got their names of today.
pub(super) const CNIG_2022: Schema = Schema {
    id: "cnig-friches-2022-04",
    layer: "friches",
    source: "Friches (standard CNIG 2022-04)",
    licence: "Licence Ouverte 2.0",
    columns: &[
        Column { ours: "id", theirs: &["site_numero"] },
        Column { ours: "commune", theirs: &["comm_code"] },
        Column { ours: "source", theirs: &["source_nom"] },
        Column { ours: "owner_kind", theirs: &["prop_actuel_type"] },
        Column { ours: "pollution", theirs: &["pollution_existe"] },
        Column { ours: "zone_type", theirs: &["urba_zone_type"] },
        Column { ours: "land_area_m2", theirs: &["tup_surface"] },
        Column { ours: "parcels", theirs: &["tup_refcad"] },
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
    columns: &[
        Column { ours: "id", theirs: &["site_id"] },
        Column { ours: "commune", theirs: &["comm_insee"] },
        Column { ours: "site_type", theirs: &["site_type"] },
        Column { ours: "statut", theirs: &["site_statut"] },
        Column { ours: "source", theirs: &["source_nom"] },
        Column { ours: "owner_kind", theirs: &["proprio_personne"] },
        Column { ours: "pollution", theirs: &["sol_pollution_existe"] },
        Column { ours: "building_state", theirs: &["bati_etat"] },
        Column { ours: "zone_type", theirs: &["urba_zone_type"] },
        Column { ours: "land_area_m2", theirs: &["unite_fonciere_surface"] },
        Column { ours: "parcels", theirs: &["unite_fonciere_refcad"] },
    ],
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
    fn a_word_of_no_list_is_no_statut() {
        assert_eq!(statut_of("Friche sans projet"), Some(StatutFriche::SansProjet));
        assert_eq!(statut_of("en friche"), None);
    }
}
