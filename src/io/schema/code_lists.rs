//! Code lists of the standards: the words a column may hold. A word of no list is told, and kept as it is.
//!
//! Sources: CNIG *Sites économiques* v2024-10 (text of the standard: its schema.json leaves most lists open),
//! CNIG *PLU* v2024 (rev. 2025-06), CNIG *Carte communale* 2025-11.

use super::words::plain;

/// Our name of a column, and the words it may hold.
pub(crate) type CodeList = (&'static str, &'static [&'static str]);

/// What every list of the economic sites may say besides its own words.
const ALWAYS: &[&str] = &["inconnu", "autre", "sans objet"];

/// `site_type`, `site_etat`, `site_vocadomi`.
pub(super) const SITE_ECO: &[CodeList] = &[
    (
        "class",
        &[
            "zone d'activité économique",
            "site économique historique hors ZAE",
            "établissement économique isolé",
            "zone AU à vocation économique",
        ],
    ),
    (
        "state",
        &["en projet", "création", "existant et actif", "projet de déclassement", "déclassé"],
    ),
    (
        "use",
        &[
            "industrielle",
            "commerciale",
            "tertiaire",
            "artisanale",
            "touristique",
            "portuaire",
            "aéroportuaire, aéronautique",
            "entrepôts, logistique",
            "logistique agricole",
            "mixte",
        ],
    ),
];

/// `terr_stade_amngt`, `terr_stade_comm`, `terr_etat_occup`, `terr_maitrise_fonc`, `terr_usage`.
pub(super) const TERRAIN_ECO: &[CodeList] = &[
    (
        "works_stage",
        &[
            "non aménageable",
            "non aménagé, non viabilisé",
            "viabilisation en cours",
            "viabilisé non aménagé",
            "viabilisé et aménagé",
        ],
    ),
    (
        "sale_stage",
        &[
            "non commercialisé",
            "non commercialisable",
            "en vente",
            "en vente avec contraintes",
            "vendu, commercialisation achevée",
            "réservé par option de réservation",
            "réservé par une délibération de l'EPCI",
        ],
    ),
    ("occupation", &["inoccupé", "occupation transitoire", "occupé", "vacant", "friche"]),
    (
        "ownership",
        &[
            "personne physique",
            "Etat",
            "région",
            "département",
            "EPCI, structure intercommunale",
            // As the standard's own example has it.
            "structure intercommunale",
            "commune",
            "autre collectivité territoriale",
            "organisme de logement social",
            "établissement public foncier",
            "SEM ou SPLA",
            "aménageur",
            "investisseur professionnel",
            "établissement de santé et structure sociale",
            "établissement de tourisme et structure de loisir sportive ou cultuelle",
            "établissement industriel et commercial",
            "organisation de gestion foncière et immobilière",
            "établissement d'enseignement d'étude et de recherche",
        ],
    ),
    (
        "use",
        &[
            "voirie ou infrastructure",
            "parkings, stationnement",
            "zone de retournement poids-lourds",
            "autres équipements publics",
            "bâti productif",
            "bâti résidentiel",
            "bassin d'orage ou de rétention",
            "espace vert",
            "espace naturel ou forestier",
            "espace agricole",
            "zone de service partagée entre entreprises",
            "carrières, zones d'extraction",
            "dépôt, stockage",
            "production d'énergie renouvelable",
        ],
    ),
];

/// Whether a word is of a list: without regard to case and accents.
pub(crate) fn holds(list: &CodeList, word: &str) -> bool {
    let word = plain(word);
    list.1.iter().chain(ALWAYS).any(|known| plain(known) == word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_cut_at_its_comma_is_of_no_list() {
        let uses = &SITE_ECO[2];
        assert!(holds(uses, "entrepôts, logistique") && holds(uses, "Entrepots, Logistique"));
        assert!(!holds(uses, "entrepôts"));
        assert!(holds(uses, "inconnu"));
        assert!(!holds(&SITE_ECO[1], "logistique"));
    }
}
