//! The fields, in the order of the standard.

use super::Filler;
use super::FricheField;
use super::FricheForm;
use super::FricheForm::ActivityCodes;
use super::FricheForm::Closed;
use super::FricheForm::Commune;
use super::FricheForm::Date;
use super::FricheForm::Distances;
use super::FricheForm::Identifier;
use super::FricheForm::Integer;
use super::FricheForm::Made;
use super::FricheForm::OwnerCodes;
use super::FricheForm::Page;
use super::FricheForm::Pages;
use super::FricheForm::Parcels;
use super::FricheForm::Shape;
use super::FricheForm::Source;
use super::FricheForm::Word;
use super::FricheForm::Words;
use super::FricheForm::Year;
use super::FricheForm::ZoneForm;
use super::FricheForm::ZoneLabel;
use super::Held;

const fn new(ours: &'static str, name: &'static str, form: FricheForm, held: Held) -> FricheField {
    let filler = Filler::Given;
    FricheField { ours, name, form, required: false, list: &[], held, filler }
}

/// Kept in a field of its own.
const fn typed(ours: &'static str, name: &'static str, form: FricheForm) -> FricheField {
    new(ours, name, form, Held::Typed)
}

/// Kept in `described`.
const fn described(ours: &'static str, name: &'static str, form: FricheForm) -> FricheField {
    new(ours, name, form, Held::Described)
}

/// Neither read nor written: people are named there.
const fn closed(ours: &'static str, name: &'static str) -> FricheField {
    FricheField { filler: Filler::Epci, ..new(ours, name, Closed, Held::Nowhere) }
}

/// Made when it is written.
const fn made(ours: &'static str, name: &'static str, form: FricheForm) -> FricheField {
    FricheField { filler: Filler::Computed, ..new(ours, name, form, Held::Nowhere) }
}

const fn word(
    ours: &'static str,
    name: &'static str,
    list: &'static [&'static str],
) -> FricheField {
    FricheField { list, ..described(ours, name, Word) }
}

impl FricheField {
    const fn required(self) -> Self {
        Self { required: true, ..self }
    }

    const fn typed(self) -> Self {
        Self { held: Held::Typed, ..self }
    }

    const fn of_list(self, list: &'static [&'static str]) -> Self {
        Self { list, ..self }
    }

    const fn computed(self) -> Self {
        Self { filler: Filler::Computed, ..self }
    }
}

/// The 51 fields.
pub const FIELDS: &[FricheField] = &[
    typed("id", "site_id", Identifier).required(),
    made("name", "site_nom", Made).required(),
    word("site_type", "site_type", SITE_TYPES).typed().required(),
    closed("address", "site_adresse"),
    described("identified_on", "site_identif_date", Date).required(),
    described("updated_on", "site_actu_date", Date).required(),
    described("url", "site_url", Pages),
    described("ademe_url", "site_ademe_url", Page),
    word("securing", "site_securite", SECURING),
    word("occupancy", "site_occupation", OCCUPANCY),
    word("statut", "site_statut", STATUTS).typed(),
    described("project_url", "site_projet_url", Page),
    described("reconversion_year", "site_reconv_annee", Year),
    word("reconversion_kind", "site_reconv_type", RECONVERSIONS),
    closed("former_activity_label", "activite_libelle"),
    described("former_activity_code", "activite_code", ActivityCodes),
    described("activity_end_year", "activite_fin_annee", Year),
    made("commune_name", "comm_nom", Made).required(),
    typed("commune", "comm_insee", Commune).required().computed(),
    described("building_kind", "bati_type", Words).of_list(BUILDING_KINDS),
    described("building_count", "bati_nombre", Integer),
    described("building_area_m2", "bati_surface", Integer),
    word("building_pollution", "bati_pollution", BUILDING_POLLUTION),
    word("building_vacancy", "bati_vacance", BUILDING_VACANCY),
    word("building_heritage", "bati_patrimoine", HERITAGE),
    word("building_state", "bati_etat", BUILDING_STATES).typed(),
    described("premises_oldest_year", "local_ancien_annee", Year),
    described("premises_newest_year", "local_recent_annee", Year),
    described("owner_type", "proprio_type", OwnerCodes),
    typed("owner_kind", "proprio_personne", Words).of_list(OWNER_KINDS),
    closed("owner_name", "proprio_nom"),
    described("soil_pollution_year", "sol_pollution_annee", Year),
    word("pollution", "sol_pollution_existe", POLLUTION).typed(),
    word("soil_pollution_origin", "sol_pollution_origine", POLLUTION_ORIGINS),
    closed("soil_pollution_comment", "sol_pollution_commentaire"),
    described("soil_treatment_sheet", "sol_depollution_fiche", Page),
    typed("land_area_m2", "unite_fonciere_surface", Integer).computed(),
    typed("parcels", "unite_fonciere_refcad", Parcels),
    word("zone_type", "urba_zone_type", ZONE_TYPES).typed().computed(),
    described("zone_label", "urba_zone_lib", ZoneLabel).computed(),
    described("zone_form", "urba_zone_formdomi", ZoneForm),
    word("renewable_zone", "urba_zaer", &["oui", "non", "inconnu"]).required(),
    word("document_type", "urba_doc_type", DOCUMENT_TYPES).computed(),
    described("access_distances", "desserte_distance", Distances),
    closed("access_comment", "desserte_commentaire"),
    typed("source", "source_nom", Source).required(),
    described("source_url", "source_url", Pages),
    closed("source_producer", "source_producteur"),
    closed("source_contact", "source_contact"),
    made("point", "geompoint", Shape).required(),
    made("outline", "geomsurf", Shape),
];

/// What Cartofriches says beside the standard. The standard has no place for it.
pub const DRIFT: &[FricheField] = &[
    described("road_distance_m", "desserte_distance_route", Integer),
    described("rail_distance_m", "desserte_distance_ferroviaire", Integer),
    described("river_distance_m", "desserte_distance_fluvial", Integer),
    described("sea_distance_m", "desserte_distance_maritime", Integer),
    word(
        "origin_kind",
        "nature",
        &[
            "MTE",
            "MTE non vérifié",
            "fond friche",
            "Ademe",
            "observatoire local",
            "retour utilisateur",
        ],
    ),
];

const SITE_TYPES: &[&str] = &[
    "friche industrielle",
    "friche commerciale",
    "friche hospitalière",
    "friche agro-industrielle",
    "friche carrière ou mine",
    "friche militaire",
    "friche d'habitat",
    "friche d'équipement public",
    "friche portuaire",
    "friche aéroportuaire",
    "friche ferroviaire",
    "friche logistique",
    "friche loisir tourisme hôtellerie",
    "friche enseignement",
    "friche cultuelle",
    "mixte - dominante habitat",
    "mixte - autre",
    "inconnu",
    "autre",
    "sans objet",
];

const SECURING: &[&str] = &[
    "évacuation des produits dangereux et déchets présents sur le site",
    "interdictions ou limitations d'accès au site",
    "suppression des risques d'incendie et d'explosion",
    "surveillance des effets de l'installation sur son environnement",
    "mesures de gestion de pollution ou restrictions temporaires",
    "existence d'une attestation de mise en sécurité",
    "inconnu",
    "autre",
    "sans objet",
];

const OCCUPANCY: &[&str] = &[
    "totalement inoccupé",
    "partiellement inoccupé",
    "occupation transitoire ou temporaire",
    "occupation illicite supposée",
    "occupation illicite avérée",
    "inconnu",
    "autre",
    "sans objet",
];

const STATUTS: &[&str] = &[
    "friche potentielle",
    "friche sans projet",
    "friche avec projet",
    "friche reconvertie",
    "inconnu",
    "autre",
    "sans objet",
];

const RECONVERSIONS: &[&str] = &[
    "habitat",
    "bureau",
    "commerce",
    "industrie",
    "autres activités économiques",
    "équipement public",
    "aménagement d'espace public",
    "renaturation",
    "panneaux photovoltaïques",
    "énergie, hors photovoltaïque",
    "mixte",
    "inconnu",
    "autre",
    "sans objet",
];

const BUILDING_KINDS: &[&str] = &[
    "industriel",
    "commercial",
    "résidentiel",
    "secteur tertiaire",
    "inconnu",
    "autre",
    "sans objet",
];

const BUILDING_POLLUTION: &[&str] = &["amiante", "plomb", "inconnu", "autre", "sans objet"];

const BUILDING_VACANCY: &[&str] =
    &["occupé", "partiellement occupé", "vacant", "inconnu", "autre", "sans objet"];

const HERITAGE: &[&str] = &[
    "aucun",
    "présence d'un bâtiment d'intérêt",
    "présence d'un bâtiment classé",
    "inconnu",
    "autre",
    "sans objet",
];

const BUILDING_STATES: &[&str] = &[
    "dégradation inexistante ou faible",
    "dégradation moyenne",
    "dégradation très importante",
    "dégradation hétérogène",
    "inconnu",
    "autre",
    "sans objet",
];

const OWNER_KINDS: &[&str] =
    &["personne physique", "personne morale", "inconnu", "autre", "sans objet"];

const POLLUTION: &[&str] = &[
    "pollution inexistante",
    "pollution traitée",
    "pollution peu probable",
    "pollution supposée",
    "pollution avérée",
    "inconnu",
    "autre",
    "sans objet",
];

const POLLUTION_ORIGINS: &[&str] = &[
    "dépôt de déchets, stockages de produits",
    "pollution due au fonctionnement de l'installation",
    "origine accidentelle (transport, transbordement, manipulation,...)",
    "retombées atmosphériques",
    "inconnu",
    "autre",
    "sans objet",
];

const ZONE_TYPES: &[&str] =
    &["U", "AUc", "AUs", "A", "N", "Zc", "ZCa", "ZnC", "RNU", "inconnu", "autre", "sans objet"];

const DOCUMENT_TYPES: &[&str] =
    &["RNU", "CC", "PLU", "PLUI", "PSMV", "inconnu", "autre", "sans objet"];
