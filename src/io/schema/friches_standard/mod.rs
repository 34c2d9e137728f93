//! The CNIG standard *Friches* v1.0.6 as it is written: 51 fields in order, what is required, lists of words, forms.
//!
//! Source: schema.json of <https://github.com/cnigfr/schema-friches> (v1.0.6), whose facts are in
//! `tests/reference/friches.tsv`. Which of them are read, and how, is [`read`]: a cell that is not of its list or form is
//! never kept, so that a person's name that strays into a column goes no further.

mod fields;
mod read;
mod source;

pub use fields::DRIFT;
pub use fields::FIELDS;
pub use read::Refused;
pub use read::Taken;
pub use read::is_identifier;
pub(crate) use read::is_public_page;
pub use read::take;
pub use source::source_of;

use super::sites_standard::Filler;

/// What a cell of a field looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FricheForm {
    /// Free text in which people are named: neither read nor written.
    Closed,
    /// Identifier of the site.
    Identifier,
    /// One word of the field's list.
    Word,
    /// Words of the field's list, split by `|`.
    Words,
    /// Day, `2026-06-01`.
    Date,
    /// Year, `2026`.
    Year,
    /// Whole number.
    Integer,
    /// Address of a page of a public body.
    Page,
    /// Several of them, split by `|`.
    Pages,
    /// Codes of former activities: `B05.10Z|V89.04Z`.
    ActivityCodes,
    /// Codes of kinds of owners: `P5a|X1a`.
    OwnerCodes,
    /// Parcels.
    Parcels,
    /// Label of a planning zone: `UX`, `1AUe`.
    ZoneLabel,
    /// Code of the main form of a planning zone: `0202`.
    ZoneForm,
    /// Three distances: road, rail, water.
    Distances,
    /// Short name of the inventory or study.
    Source,
    /// Code of a commune.
    Commune,
    /// Text that this program makes.
    Made,
    /// Shape as WKT, longitude before latitude.
    Shape,
}

/// Where a field stands in [`crate::domain::Friche`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Held {
    /// In a field of its own.
    Typed,
    /// Under its name in `described`.
    Described,
    /// Nowhere: made when it is written, or left empty.
    Nowhere,
}

/// A field of the standard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FricheField {
    /// Our name.
    pub ours: &'static str,
    /// The standard's name, as it heads a CSV.
    pub name: &'static str,
    /// What its cells look like.
    pub form: FricheForm,
    /// Whether the standard wants a value in every row.
    pub required: bool,
    /// Words that it may hold, all of them; empty where the standard has no list.
    pub list: &'static [&'static str],
    /// Where it is kept.
    pub held: Held,
    /// Who can fill it.
    pub filler: Filler,
}

impl FricheField {
    /// Whether it may name a person, so that it is neither read nor written.
    #[must_use]
    pub fn is_personal(&self) -> bool {
        self.form == FricheForm::Closed
    }

    /// The type and the format that schema.json has for it.
    #[must_use]
    pub fn json_type(&self) -> (&'static str, &'static str) {
        match self.form {
            FricheForm::Integer => ("integer", ""),
            FricheForm::Date => ("date", "%Y-%m-%d"),
            FricheForm::Year => ("date", "%Y"),
            FricheForm::Page => ("string", "uri"),
            _ => ("string", ""),
        }
    }

    /// The field of a name of ours.
    #[must_use]
    pub fn of(ours: &str) -> Option<&'static Self> {
        FIELDS.iter().chain(DRIFT).find(|field| field.ours == ours)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::domain::Friche;
    use crate::words::Lang;
    use crate::words::Words;

    /// The facts of the CNIG's own schema.json, taken from it by `tests/reference/friches.py`.
    const FACTS: &str = include_str!("../../../../tests/reference/friches.tsv");

    #[test]
    fn order_types_lists_and_what_is_required_are_those_of_the_cnigs_schema() {
        let facts: Vec<Vec<&str>> =
            FACTS.lines().skip(1).map(|line| line.split('\t').collect()).collect();
        assert_eq!((facts.len(), FIELDS.len()), (51, 51));
        for (fact, field) in facts.iter().zip(FIELDS) {
            assert_eq!(fact[0], field.name);
            assert_eq!((fact[1], fact[2]), field.json_type(), "{}", field.name);
            assert_eq!(fact[3] == "yes", field.required, "{}", field.name);
            let list = match field.form {
                // The list of a field of several words stands inside its pattern.
                FricheForm::Words => {
                    fact[5].split(")(").nth(1).and_then(|rest| rest.split("))").next())
                }
                _ => Some(fact[4]),
            };
            assert_eq!(list.unwrap_or_default(), field.list.join("|"), "{}", field.name);
        }
    }

    #[test]
    fn what_is_described_is_what_a_friche_can_hold() {
        let described: BTreeSet<&str> = FIELDS
            .iter()
            .chain(DRIFT)
            .filter(|field| field.held == Held::Described)
            .map(|field| field.ours)
            .collect();
        assert_eq!(described, Friche::DESCRIBED.into_iter().collect());
    }

    #[test]
    fn names_are_unique_and_have_titles() {
        for lang in [Lang::Fr, Lang::En] {
            let words = Words::new(lang).unwrap();
            for field in FIELDS {
                assert!(words.has(&format!("friche_standard.{}", field.name)), "{}", field.name);
            }
        }
        let all: Vec<&FricheField> = FIELDS.iter().chain(DRIFT).collect();
        for (at, field) in all.iter().enumerate() {
            let twice = all[..at].iter().any(|o| o.name == field.name || o.ours == field.ours);
            assert!(!twice, "{}", field.name);
        }
    }

    #[test]
    fn what_may_name_a_person_is_held_nowhere() {
        for name in [
            "site_nom",
            "site_adresse",
            "activite_libelle",
            "proprio_nom",
            "sol_pollution_commentaire",
            "desserte_commentaire",
            "source_producteur",
            "source_contact",
        ] {
            let field = FIELDS.iter().find(|field| field.name == name).unwrap();
            assert_eq!(field.held, Held::Nowhere, "{name}");
        }
        assert!(FIELDS.iter().all(|field| !field.is_personal() || field.held == Held::Nowhere));
    }
}
