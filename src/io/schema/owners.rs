//! Owners of parcels: which columns may be read (never a name), and what producers call the classes of owners.

use super::Column;
use super::FREE_TABLE;
use super::Schema;
use super::words::plain;
use crate::domain::OwnerClass;

const ID: Column = Column {
    ours: "id",
    theirs: &["idu", "idpar", "id_parcelle", "idparcelle", "geo_parcelle", "parcelle", "id"],
};
const CLASS: Column = Column {
    ours: "owner_class",
    theirs: &[
        "owner_class",
        "catpro3",
        "catpro3txt",
        "catpro2",
        "catpro2txt",
        "classe_proprietaire",
        "type_proprietaire",
        "groupe_personne",
        "groupe personne",
        "forme_juridique",
        "forme juridique",
    ],
};
const KEY: Column = Column {
    ours: "owner_key",
    theirs: &["owner_key", "idprocpte", "compte_communal", "compte communal", "cle_proprietaire"],
};

/// A table of the user: one row per parcel, a class, and a key where there is one. Fichiers fonciers (Cerema) fit.
pub(super) const CLASSES: Schema = Schema {
    id: "proprietaires",
    layer: "owners",
    source: "Table de propriétaires",
    columns: &[ID, CLASS, KEY],
    required: &["id", "owner_class"],
    names: &["~proprietaire", "~owners"],
    signs: &["idprocpte", "catpro3"],
    ..FREE_TABLE
};

/// The same without a class: the key alone groups parcels.
pub(super) const KEYS: Schema = Schema {
    id: "comptes-proprietaires",
    required: &["id", "owner_key"],
    signs: &["idprocpte", "idpar"],
    ..CLASSES
};

/// *Fichiers des parcelles des personnes morales* (DGFiP): the identifier in parts. Its SIREN, a legal person's number,
/// is the key.
pub(super) const LEGAL_PERSONS: Schema = Schema {
    id: "dgfip-personnes-morales",
    layer: "owners",
    source: "Parcelles des personnes morales – DGFiP",
    licence: "Licence Ouverte 2.0",
    columns: &[
        Column { ours: "department", theirs: &["département (champ géographique)"] },
        Column { ours: "commune_number", theirs: &["code commune (champ géographique)"] },
        Column { ours: "absorbed", theirs: &["préfixe (références cadastrales)"] },
        Column { ours: "section", theirs: &["section (références cadastrales)"] },
        Column { ours: "number", theirs: &["n° plan (références cadastrales)"] },
        Column { ours: "owner_class", theirs: &["groupe personne (propriétaire(s) parcelle)"] },
        Column { ours: "owner_key", theirs: &["n° siren (propriétaire(s) parcelle)"] },
    ],
    required: &["department", "commune_number", "section", "number", "owner_class"],
    names: &["~personnes-morales", "~personnes_morales", "~pm_"],
    signs: &["section (références cadastrales)", "groupe personne (propriétaire(s) parcelle)"],
    ..FREE_TABLE
};

/// The class of an owner: a code of Cerema's typology (`P5a`, `P5`, read by its first two characters), a group of the
/// DGFiP's file of legal persons (`4`), or words. `None` where none of them says it.
#[must_use]
pub fn owner_class_of(text: &str) -> Option<OwnerClass> {
    let text = text.trim();
    of_cerema(text).or_else(|| of_dgfip(text)).or_else(|| of_words(&plain(text)))
}

/// Cerema, *typologie des propriétaires* (catpro2, catpro3): https://doc-datafoncier.cerema.fr
fn of_cerema(text: &str) -> Option<OwnerClass> {
    let bytes = text.as_bytes();
    let is_code = matches!(bytes.len(), 2 | 3)
        && bytes[0].is_ascii_alphabetic()
        && bytes[1].is_ascii_digit()
        && bytes.get(2).is_none_or(u8::is_ascii_alphabetic);
    if !is_code {
        return None;
    }
    Some(match (bytes[0].to_ascii_uppercase(), bytes[1]) {
        (b'P', b'1') => OwnerClass::State,
        (b'P', b'2') => OwnerClass::Region,
        (b'P', b'3') => OwnerClass::Department,
        (b'P', b'4') => OwnerClass::Intercommunal,
        (b'P', b'5') => OwnerClass::Commune,
        (b'P', _) => OwnerClass::OtherAuthority,
        (b'F', b'1') => OwnerClass::SocialLandlord,
        (b'F', b'2') => OwnerClass::LandAgency,
        (b'F', b'4') => OwnerClass::MixedCompany,
        (b'F', b'5') => OwnerClass::Developer,
        (b'F', b'6' | b'7') => OwnerClass::Investor,
        (b'G', _) => OwnerClass::PropertyCompany,
        (b'E', _) => OwnerClass::Education,
        (b'S', _) => OwnerClass::Health,
        (b'L', _) => OwnerClass::Leisure,
        (b'M', b'2') | (b'Z', b'4') => OwnerClass::PublicBody,
        (b'Z', _) => OwnerClass::Company,
        (b'X', _) => OwnerClass::NaturalPerson,
        (b'A' | b'R' | b'M' | b'F', _) => OwnerClass::LegalPerson,
        _ => return None,
    })
}

/// Groups of legal persons of the DGFiP (MAJIC).
fn of_dgfip(text: &str) -> Option<OwnerClass> {
    Some(match text.trim_start_matches('0') {
        "" if text == "0" || text == "00" => OwnerClass::LegalPerson,
        "1" => OwnerClass::State,
        "2" => OwnerClass::Region,
        "3" => OwnerClass::Department,
        "4" => OwnerClass::Commune,
        "5" => OwnerClass::SocialLandlord,
        "6" => OwnerClass::MixedCompany,
        "7" | "8" => OwnerClass::PropertyCompany,
        "9" => OwnerClass::PublicBody,
        _ => return None,
    })
}

/// Words that give a class away, tried in order: a word that contains another comes before it.
const WORDS: &[(OwnerClass, &[&str])] = &[
    (
        OwnerClass::NaturalPerson,
        &["personne physique", "particulier", "indivision", "natural_person"],
    ),
    (OwnerClass::SocialLandlord, &["logement social", "hlm", "social_landlord", "bailleur social"]),
    (OwnerClass::LandAgency, &["etablissement public foncier", "epf", "land_agency"]),
    (
        OwnerClass::MixedCompany,
        &["economie mixte", "spla", "publique locale", "mixed_company", "sem ou"],
    ),
    (OwnerClass::Intercommunal, &["intercommunal", "epci", "communaute", "syndicat", "metropole"]),
    (OwnerClass::OtherAuthority, &["collectivite territoriale", "other_authority"]),
    (OwnerClass::Investor, &["investisseur", "promoteur", "investor", "credit bail", "banque"]),
    (OwnerClass::Education, &["enseignement", "universite", "recherche", "education"]),
    (OwnerClass::Health, &["sante", "hopital", "structure sociale", "health"]),
    (OwnerClass::Leisure, &["tourisme", "sportive", "culte", "culture", "leisure"]),
    (OwnerClass::Company, &["industriel", "commercial", "company"]),
    (
        OwnerClass::PropertyCompany,
        &["gestion fonciere", "copropriete", "coproprietaire", "immobilier", "property"],
    ),
    (OwnerClass::Developer, &["amenageur", "amenagement", "developer"]),
    (OwnerClass::Department, &["departement", "department"]),
    (OwnerClass::Region, &["region"]),
    (OwnerClass::Commune, &["commune"]),
    (
        OwnerClass::PublicBody,
        &["etablissement public", "personne morale publique", "chambre", "public_body"],
    ),
    (OwnerClass::LegalPerson, &["personne morale", "legal_person", "societe", "association"]),
];

/// Short words that are a class when they stand alone (legal forms of the DGFiP, acronyms).
const ALONE: &[(OwnerClass, &[&str])] = &[
    (OwnerClass::State, &["etat", "state", "etat francais", "etat etranger"]),
    (OwnerClass::Commune, &["com", "mairie", "ville"]),
    (OwnerClass::Department, &["dep", "dept"]),
    (OwnerClass::Region, &["reg"]),
    (OwnerClass::MixedCompany, &["sem", "saem", "spl"]),
    (OwnerClass::Intercommunal, &["cc", "ca", "cu", "sivom", "sivu"]),
    (OwnerClass::PropertyCompany, &["sci", "scpi", "gfa"]),
    (OwnerClass::Company, &["sa", "sas", "sasu", "sarl", "eurl", "snc", "scop"]),
    (OwnerClass::PublicBody, &["epic", "epa", "ep", "cci"]),
];

fn of_words(plain: &str) -> Option<OwnerClass> {
    // Our own words first: `company` stands in two of them.
    let ours = OwnerClass::ALL.into_iter().find(|class| class.as_str() == plain);
    let alone = || ALONE.iter().find(|(_, words)| words.contains(&plain)).map(|found| found.0);
    let within = || {
        let holds = |words: &[&str]| words.iter().any(|word| plain.contains(word));
        WORDS.iter().find(|(_, words)| holds(words)).map(|found| found.0)
    };
    ours.or_else(alone).or_else(within)
}

/// The word of the CNIG list `terr_maitrise_fonc` for a class.
#[must_use]
pub fn ownership_word(class: OwnerClass) -> &'static str {
    match class {
        OwnerClass::NaturalPerson => "personne physique",
        OwnerClass::State => "Etat",
        OwnerClass::Region => "région",
        OwnerClass::Department => "département",
        OwnerClass::Intercommunal => "EPCI, structure intercommunale",
        OwnerClass::Commune => "commune",
        OwnerClass::OtherAuthority => "autre collectivité territoriale",
        OwnerClass::SocialLandlord => "organisme de logement social",
        OwnerClass::LandAgency => "établissement public foncier",
        OwnerClass::MixedCompany => "SEM ou SPLA",
        OwnerClass::Developer => "aménageur",
        OwnerClass::Investor => "investisseur professionnel",
        OwnerClass::Health => "établissement de santé et structure sociale",
        OwnerClass::Leisure => {
            "établissement de tourisme et structure de loisir sportive ou cultuelle"
        }
        OwnerClass::Company => "établissement industriel et commercial",
        OwnerClass::PropertyCompany => "organisation de gestion foncière et immobilière",
        OwnerClass::Education => "établissement d'enseignement d'étude et de recherche",
        OwnerClass::PublicBody | OwnerClass::LegalPerson => "autre",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn producers_words_and_codes_have_their_class() {
        for (text, class) in [
            ("P5a", OwnerClass::Commune),
            ("COMMUNE", OwnerClass::Commune),
            ("4", OwnerClass::Commune),
            ("INTERCOMMUNALITE", OwnerClass::Intercommunal),
            ("Communauté de communes", OwnerClass::Intercommunal),
            ("ETAT FRANCAIS", OwnerClass::State),
            ("Etat", OwnerClass::State),
            ("X1a", OwnerClass::NaturalPerson),
            ("Personne physique", OwnerClass::NaturalPerson),
            ("personne morale", OwnerClass::LegalPerson),
            ("0", OwnerClass::LegalPerson),
            ("SCI", OwnerClass::PropertyCompany),
            ("EPF – ETABLISSEMENT PUBLIC FONCIER D ETAT", OwnerClass::LandAgency),
            ("SEM – SOCIETE D ECONOMIE MIXTE", OwnerClass::MixedCompany),
            ("Z1a", OwnerClass::Company),
            ("établissement public", OwnerClass::PublicBody),
            ("Région", OwnerClass::Region),
        ] {
            assert_eq!(owner_class_of(text), Some(class), "{text}");
        }
        assert_eq!(owner_class_of("DUPONT"), None);
    }

    #[test]
    fn our_words_and_those_of_the_standard_come_back() {
        for class in OwnerClass::ALL {
            assert_eq!(owner_class_of(class.as_str()), Some(class));
            let word = ownership_word(class);
            if word != "autre" {
                assert_eq!(owner_class_of(word), Some(class), "{word}");
            }
        }
    }
}
