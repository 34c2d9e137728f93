//! What may name a person, and when it is read all the same. The value is judged on the way in: what does not pass is
//! never stored. What of a text that is wrong may be told is in [`super::repeated`].

use super::SCHEMAS;
use super::StandardField;
use super::StandardTable;
use super::StandardType;
use super::friches_standard;
use super::repeated;
use super::words::plain;
use crate::domain::LayerKey;

/// When a value that may name a person is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Condition {
    /// The firm is a legal person, and INSEE spreads its data.
    LegalPerson,
    /// The site is an economic zone, which has a name of its own; an isolated firm is often called after its owner.
    EconomicZone,
    /// A body other than a private person runs the site.
    PublicDeveloper,
}

/// Layer, our name of the column, condition.
const GUARDED: &[(&str, &str, Condition)] = &[
    ("establishments", "firm_name", Condition::LegalPerson),
    ("establishments", "trade_name", Condition::LegalPerson),
    ("establishments", "activity_label", Condition::LegalPerson),
    ("establishments", "description", Condition::LegalPerson),
    ("establishments", "address", Condition::LegalPerson),
    ("establishments", "address_id", Condition::LegalPerson),
    ("sites", "name", Condition::EconomicZone),
    ("sites", "description", Condition::EconomicZone),
    ("sites", "label", Condition::EconomicZone),
    ("sites", "owner_name", Condition::PublicDeveloper),
    ("sites", "developer_name", Condition::PublicDeveloper),
    ("sites", "seller_name", Condition::PublicDeveloper),
];

/// Columns of an economic site that name public things: a road, a station, a port.
const PUBLIC_THINGS: &[&str] =
    &["road", "motorway", "station", "freight_station", "airport", "port"];
/// Words that the tables of economic sites use beside those of their lists.
const USUAL_WORDS: &[&str] = &[
    "oui",
    "non",
    "peut-être",
    "partiel",
    "partiellement",
    "en projet",
    "prévu",
    "à l'étude",
    "en cours",
    "salarié",
    "salariés et plus",
    "non employeur",
    "agro-alimentaire",
    "agroalimentaire",
    "agricole",
    "artisanat",
    "industrie",
    "industriel",
    "commerce",
    "commercial",
    "tertiaire",
    "bureaux",
    "services",
    "tourisme",
    "loisirs",
    "hôtellerie",
    "restauration",
    "énergie",
    "déchets",
    "zone d'activités",
    "zone industrielle",
    "zone artisanale",
    "zone commerciale",
    "site",
    "loué",
    "libre",
];
/// Layers of which the identifiers are codes that a body of the State makes of the names of places (RTE: `MOISS`).
const PUBLIC_CODES: &[&str] = &[LayerKey::SUBSTATIONS];

/// Whether the identifier of a row may be kept: where it may be repeated, or is made of the name of a place.
pub(crate) fn is_identifier(layer: &str, id: &str) -> bool {
    PUBLIC_CODES.contains(&layer) || repeated::is_repeatable(id, &[])
}

/// The words that a field of the tables of economic sites may hold, for [`repeated::is_repeatable`].
pub(crate) fn words_of(field: &StandardField) -> Vec<&'static str> {
    field.allowed().into_iter().chain(USUAL_WORDS.iter().copied()).collect()
}

/// Columns by whose words the survey of land goes: every word is kept, and written only where it may be repeated.
const OF_THE_SURVEY: &[&str] =
    &["class", "state", "use", "works_stage", "sale_stage", "occupation", "ownership"];

/// Whether a text in a table of economic sites may be kept, where no condition is on its column: what the survey goes by,
/// the name of a public thing, the page of a public body, and what may be repeated.
pub(crate) fn is_kept(table: StandardTable, ours: &str, text: &str) -> bool {
    let Some(field) = table.field(ours) else { return true };
    let is_public = table == StandardTable::Sites && PUBLIC_THINGS.contains(&ours);
    if is_public || !field.list.is_empty() && OF_THE_SURVEY.contains(&ours) {
        return true;
    }
    if field.kind == StandardType::Url {
        let is_page = friches_standard::is_public_page;
        return is_page(text) || is_page(&format!("https://{text}"));
    }
    repeated::is_repeatable(text, &words_of(field))
}

/// The condition on a column of a layer, by our name of it or by the file's: a configuration cannot rename it away.
pub(crate) fn condition(layer: &str, ours: &str, theirs: &str) -> Option<Condition> {
    let of_layer = || GUARDED.iter().filter(|guarded| guarded.0 == layer);
    let by_our_name = of_layer().find(|guarded| guarded.1 == ours);
    let by_spelling = || {
        of_layer().find(|guarded| {
            let schemas = SCHEMAS.iter().filter(|schema| schema.layer == layer);
            let mut columns = schemas.flat_map(|schema| schema.columns);
            columns.any(|column| {
                column.ours == guarded.1
                    && column.theirs.iter().any(|known| known.eq_ignore_ascii_case(theirs.trim()))
            })
        })
    };
    by_our_name.or_else(by_spelling).map(|guarded| guarded.2)
}

/// Whether a firm is a legal person whose data are spread: its legal form (INSEE, *catégories juridiques*) is known and
/// no sole trader's (1000), and SIRENE does not withhold it (`P` in part, `N` not spread).
pub(crate) fn is_legal_person(legal_form: Option<&str>, diffusion: Option<&str>) -> bool {
    let form = legal_form.map(str::trim).unwrap_or_default();
    let is_code = matches!(form.len(), 1..=4) && form.bytes().all(|byte| byte.is_ascii_digit());
    let withheld = diffusion.is_some_and(|word| !word.trim().eq_ignore_ascii_case("o"));
    is_code && !form.starts_with(['0', '1']) && !withheld
}

/// Whether `site_type` says economic zone.
pub(crate) fn is_economic_zone(site_type: Option<&str>) -> bool {
    site_type.is_some_and(|word| plain(word) == "zone d'activite economique")
}

/// Whether `site_moa_type` names a body that is no private person.
pub(crate) fn is_public_developer(moa_type: Option<&str>) -> bool {
    let known =
        ["commune", "epci", "societe d'economie mixte", "chambre de commerce et industrie", "etat"];
    moa_type.is_some_and(|word| known.contains(&plain(word).as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sole_traders_and_withheld_firms_are_not_named() {
        assert!(is_legal_person(Some("5710"), None));
        assert!(is_legal_person(Some("5710"), Some("O")));
        for (form, diffusion) in [
            (Some("1000"), Some("O")),
            (Some("1"), None),
            (None, Some("O")),
            (Some("SARL"), None),
            (Some("5710"), Some("P")),
            (Some("5710"), Some("N")),
        ] {
            assert!(!is_legal_person(form, diffusion), "{form:?} {diffusion:?}");
        }
    }

    #[test]
    fn a_column_keeps_its_condition_under_another_name() {
        let renamed = condition("establishments", "note", "ETAB_RAISON_SOCIALE");
        assert_eq!(renamed, Some(Condition::LegalPerson));
        assert_eq!(condition("establishments", "note", "etab_actif"), None);
        assert_eq!(condition("friches", "name", "nom"), None);
    }

    #[test]
    fn only_zones_have_names() {
        assert!(is_economic_zone(Some("Zone d'activité économique")));
        assert!(!is_economic_zone(Some("établissement économique isolé")));
        assert!(!is_economic_zone(None));
        assert!(is_public_developer(Some("EPCI")) && !is_public_developer(Some("privé")));
    }
}
