//! The name of an inventory or study: free text that is made of known words, or its kind only.

use super::super::friches::source_trust_of;
use crate::domain::SourceTrust;
use crate::domain::plain;

/// Words that names of inventories, studies, calls and public bodies are made of, regions and departments included.
const VOCABULARY: &str = "\
a ademe agence agglo agglomeration ain aisne alpes amenagement anct ans appel appels ardeche ardennes ariege atlantique \
atlas au aude auvergne aveyron base bas basias basol bouches bourgogne bretagne brgm calvados cantal cartofriches \
casias cc centre cerema chambre charente cher cnig collecte collectivite commerce commune communes communaute comte \
contribution contributions cote corse correze creuse d dataviz ddt ddtm de departement departemental des dordogne doubs dreal \
drome du economie economique ecologie eco en epci epf epfl essonne est et etablissement etablissements etat etude etudes \
eure experimentation expertise fictif fictives fictive donnees finistere foncier fonciere fonciers fond fonds france franche \
fr friche friches gard garonne georisques gers gironde grand grande haut haute hautes hauts herault ign ile ille \
industrie industriel industriels indre interessante intercommunal intercommunalite inventaire inventaires isere jura l la \
landes le les ligne local locale locaux loir loire loiret lorraine lot lozere maine manche marne mayenne metropole metropolitaine \
meurthe meuse ministere morbihan moselle moyen mte mtes national nationale nievre nord normandie non nouvelle observatoire \
occitanie oise orientales orne ou outil par paris pas pays petr photovoltaique photovoltaiques plan pole polluees pollues \
pollution pour sur aux avec projet projets provence public publique publics puy pv pyrenees recensement recyclage region regional \
relance reperage retour rhin rhone saone sarthe savoie scot seine sevres sis site sites sol sols somme syndicat tarn \
terrain territoire territoires territorial tests ti transition urbanisme urbain utilisateur utilisateurs vaucluse vendee \
verifie verifies vert vienne ville visite visites vosges yonne yvelines";
/// The EPCIs of the territory, whose observatories are sources.
const EPCIS: &str = include_str!("../../../../data/territory/epcis.csv");

/// What may be kept of the name of a source: the whole when it is made of known words and numbers, else what kind of
/// source it is; and whether it is the whole. `None` when not even that is known.
#[must_use]
pub fn source_of(text: &str) -> Option<(String, bool)> {
    let text = text.trim();
    let is_known = |word: &str| {
        word.bytes().all(|byte| byte.is_ascii_digit())
            || VOCABULARY.split_whitespace().any(|known| known == word)
            || plain(EPCIS).split(|c: char| !c.is_alphanumeric()).any(|known| known == word)
    };
    let lower = plain(text);
    let mut parts = lower.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty());
    if parts.all(is_known) {
        return Some((text.to_owned(), true));
    }
    let kind = match source_trust_of(text)? {
        SourceTrust::Observatory => "Observatoire",
        SourceTrust::Call => "Appel à projet",
        SourceTrust::User => "Contribution utilisateur",
        SourceTrust::Study => "Étude",
        SourceTrust::Unverified => "Site Basias ou Basol non vérifié",
    };
    Some((kind.to_owned(), false))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_inventories_stay_and_names_of_people_do_not() {
        for whole in [
            "Friche étude Ademe 2021",
            "Friche étude Ademe 2021, intéressante pour du PV au sol",
            "Site Basias ou Basol non vérifié par le Cerema",
            "Appel à projet Fonds Friches",
            "Région Occitanie",
            "Contribution utilisateur",
            "Observatoire local des friches (fictif)",
            "BASIAS",
            "CC des Deux Rives",
            "EPF Occitanie, DDT 82",
        ] {
            assert_eq!(source_of(whole), Some((whole.to_owned(), true)), "{whole}");
        }
        let kind = |text: &str| source_of(text);
        assert_eq!(kind("Observatoire de Jeanne Dupont"), Some(("Observatoire".to_owned(), false)));
        assert_eq!(kind("jeanne dupont"), None);
    }

    #[test]
    fn the_kind_that_stands_in_has_the_trust_of_what_it_stands_for() {
        for text in [
            "Région de Jeanne",
            "Fonds vert Jeanne",
            "étude Jeanne",
            "Basol Jeanne",
            "contribution Jeanne",
        ] {
            let (kind, _) = source_of(text).unwrap();
            assert_eq!(source_trust_of(&kind), source_trust_of(text), "{text}");
            assert_eq!(source_of(&kind), Some((kind.clone(), true)));
        }
    }
}
