//! What hazards say about themselves, in our words: level of clay, state of an activity, kind of a protection.
//!
//! Sources: Géorisques (API v1, exports), INPN, COVADIS *SRCE*; the words that producers use, told apart without accents.

use super::words::plain;

/// Words that levels of clay are told in; see [`super::repeated`].
pub(crate) const CLAY_WORDS: &[&str] = &[
    "a priori nul",
    "non concerné",
    "non argileux",
    "aléa exposition fort forte",
    "moyen moyenne",
    "faible",
];
/// Words that states of installations and former sites are told in.
pub(crate) const ACTIVITY_WORDS: &[&str] = &[
    "en activité et partiellement en friche",
    "en exploitation avec titre",
    "en fonctionnement",
    "en service",
    "en cours",
    "en fin d'exploitation",
    "en cessation d'activité déclarée",
    "cessée",
    "activité terminée",
    "en arrêt",
    "arrêtée",
    "fermée",
    "récolement fait",
    "hors service",
    "abandonnée",
    "ancien site",
    "en construction",
    "en projet",
    "réaménagé",
    "en attente",
    "en instruction",
    "traité",
    "ouverte",
];

/// Whether a producer says that he does not know.
#[must_use]
pub(crate) fn is_unsaid(word: &str) -> bool {
    let plain = plain(word);
    let unsaid = ["inconnu", "ne sait pas", "non renseigne", "indetermine", "non communique"];
    unsaid.iter().any(|known| plain.contains(known))
}

/// Shrinking and swelling of clay: `none`, `low`, `medium`, `high`; `None` for another word. `NIVEAU` is 0 to 3.
#[must_use]
pub(crate) fn clay_level_of(word: &str) -> Option<&'static str> {
    let plain = plain(word);
    let says = |part: &str| plain.contains(part);
    Some(match plain.as_str() {
        "0" => "none",
        "1" => "low",
        "2" => "medium",
        "3" => "high",
        // « a priori nul », « non concerné ».
        _ if says("nul") || says("non concern") || says("non argileux") => "none",
        // « faible à moyen » counts as the stronger of both.
        _ if says("fort") => "high",
        _ if says("moyen") => "medium",
        _ if says("faible") => "low",
        _ => return None,
    })
}

/// State of an activity that was or is dangerous: `active`, `closed`, `other` (being built, given another use); `None`
/// for another word. Working and half abandoned is `active`.
#[must_use]
pub(crate) fn activity_state_of(word: &str) -> Option<&'static str> {
    let plain = plain(word);
    let says = |parts: &[&str]| parts.iter().any(|part| plain.contains(part));
    let active = [
        "en activite",
        "en exploitation",
        "en fonctionnement",
        "en service",
        "activite en cours",
        "exploitation en cours",
    ];
    let closed = [
        "fin d'exploitation",
        "fin dexploitation",
        "cessation",
        "cesse",
        "termine",
        "arret",
        "ferme",
        "recolement",
        "friche",
        "hors service",
        "abandon",
        "ancien",
    ];
    let other = ["construction", "projet", "reamenag", "en attente", "instruction", "traite"];
    if says(&active) || plain == "active" {
        Some("active")
    } else if says(&closed) {
        Some("closed")
    } else if says(&other) {
        Some("other")
    } else {
        None
    }
}

/// Which inventory of polluted soils a word or a name is of: `SIS`, `CASIAS` (formerly Basias), `BASOL` (now
/// *instructions*).
#[must_use]
pub(crate) fn soil_kind_of(text: &str) -> Option<&'static str> {
    let plain = plain(text);
    let mut words = plain.split(|letter: char| !letter.is_alphanumeric());
    let first = words.find_map(|word| match word {
        "sis" => Some("SIS"),
        "casias" | "basias" => Some("CASIAS"),
        "basol" | "instruction" | "instructions" => Some("BASOL"),
        _ => None,
    });
    first.or_else(|| plain.contains("secteur d'information sur les sols").then_some("SIS"))
}

/// Which protection of nature a word or a name is of: `reserve` (national, regional, of Corsica), `natura2000`,
/// `znieff1`, `znieff2`, `znieff` where the type is not said, `pnr`, `biotope`.
#[must_use]
pub(crate) fn nature_kind_of(text: &str) -> Option<&'static str> {
    let plain = plain(text).replace(['_', '-'], " ");
    let compact: String = plain.chars().filter(|letter| letter.is_alphanumeric()).collect();
    let is_word = |wanted: &[&str]| plain.split(' ').any(|word| wanted.contains(&word));
    let says = |parts: &[&str]| parts.iter().any(|part| compact.contains(part));
    if says(&["znieff"]) {
        return Some(match () {
            () if says(&[
                "znieffdetypeii",
                "znieffdetype2",
                "znieff2",
                "zniefftype2",
                "zniefftypeii",
            ]) =>
            {
                "znieff2"
            }
            () if says(&[
                "znieffdetypei",
                "znieffdetype1",
                "znieff1",
                "zniefftype1",
                "zniefftypei",
            ]) =>
            {
                "znieff1"
            }
            () => "znieff",
        });
    }
    if says(&["natura", "n2000"]) || is_word(&["sic", "zps", "zsc", "psic"]) {
        Some("natura2000")
    } else if says(&["reservenaturelle", "reservesnaturelles"])
        || is_word(&["rnn", "rnr", "rnc", "ac3"])
    {
        Some("reserve")
    } else if says(&["parcnaturelregional", "parcsnaturelsregionaux"]) || is_word(&["pnr"]) {
        Some("pnr")
    } else if says(&["biotope"]) || is_word(&["apb", "apn"]) {
        Some("biotope")
    } else {
        None
    }
}

/// What a piece of the ecological network is: `reservoir`, `corridor_to_preserve`, `corridor_to_restore`, `corridor`
/// where the aim is not said.
#[must_use]
pub(crate) fn network_kind_of(text: &str) -> Option<&'static str> {
    let plain = plain(text);
    let says = |parts: &[&str]| parts.iter().any(|part| plain.contains(part));
    if says(&["reservoir", "resv"]) {
        Some("reservoir")
    } else if says(&["corridor", "corr", "continuite"]) {
        Some(if says(&["restaurer", "remettre", "remise", "restauration"]) {
            "corridor_to_restore"
        } else if says(&["preserver", "preservation", "maintenir"]) {
            "corridor_to_preserve"
        } else {
            "corridor"
        })
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn states_of_installations_and_of_former_sites() {
        for (word, state) in [
            ("En exploitation avec titre", Some("active")),
            ("En fonctionnement", Some("active")),
            ("En activité et partiellement en friche", Some("active")),
            ("En fin d'exploitation", Some("closed")),
            ("En cessation d'activité", Some("closed")),
            ("Activité terminée", Some("closed")),
            ("En arrêt", Some("closed")),
            ("En friche", Some("closed")),
            ("En construction", Some("other")),
            ("Réaménagé", Some("other")),
            ("bleu", None),
        ] {
            assert_eq!(activity_state_of(word), state, "{word}");
        }
        assert!(is_unsaid("Ne sait pas") && is_unsaid("Indéterminé") && !is_unsaid("En arrêt"));
    }

    #[test]
    fn levels_of_clay() {
        for (word, level) in [
            ("Faible", Some("low")),
            ("Exposition moyenne", Some("medium")),
            ("Fort", Some("high")),
            ("A priori nul", Some("none")),
            ("3", Some("high")),
            ("rouge", None),
        ] {
            assert_eq!(clay_level_of(word), level, "{word}");
        }
    }

    #[test]
    fn protections_by_their_words_and_by_the_names_of_files() {
        for (text, kind) in [
            ("ZNIEFF de type 1", Some("znieff1")),
            ("ZNIEFF de type II", Some("znieff2")),
            ("znieff2_32", Some("znieff2")),
            ("ZNIEFF", Some("znieff")),
            ("Natura 2000", Some("natura2000")),
            ("zps", Some("natura2000")),
            ("Réserve naturelle nationale", Some("reserve")),
            ("N_PNR_S", Some("pnr")),
            ("Arrêté de protection de biotope", Some("biotope")),
            ("PPRI rouge", None),
        ] {
            assert_eq!(nature_kind_of(text), kind, "{text}");
        }
    }

    #[test]
    fn soils_and_the_ecological_network() {
        assert_eq!(soil_kind_of("georisques_sis_32"), Some("SIS"));
        assert_eq!(soil_kind_of("Basias"), Some("CASIAS"));
        assert_eq!(soil_kind_of("assises"), None);
        assert_eq!(network_kind_of("N_SRCE_RESERVOIR_S_73"), Some("reservoir"));
        assert_eq!(network_kind_of("Corridor à remettre en bon état"), Some("corridor_to_restore"));
        assert_eq!(network_kind_of("Corridor"), Some("corridor"));
    }
}
