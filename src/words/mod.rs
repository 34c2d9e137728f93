//! What people read: one catalogue, French and English, and the way numbers are written in each.
//!
//! The texts are in `data/words.toml`. A key without an entry would be shown as the key itself; a test makes sure
//! that there is none.
#![deny(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    clippy::print_stdout,
    clippy::print_stderr
)]

mod number;
mod phrase;
mod template;
mod told;

pub use told::Tell;
pub use told::Told;
#[cfg(test)]
pub(crate) use told::assert_told;

use std::collections::BTreeMap;

const CATALOGUE: &str = include_str!("../../data/words.toml");
/// The section that is searched by what the English says.
const PHRASES: &str = "phrase";

/// Language of what people read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Lang {
    /// French: the default.
    #[default]
    Fr,
    /// English: on request.
    En,
}

impl Lang {
    /// The two-letter code.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Fr => "fr",
            Self::En => "en",
        }
    }
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    fr: String,
    en: String,
}

/// The catalogue in one language.
#[derive(Debug, Clone)]
pub struct Words {
    lang: Lang,
    texts: BTreeMap<String, String>,
    phrases: phrase::Phrases,
}

/// The embedded catalogue cannot be read: only a damaged build can cause it.
#[derive(Debug, thiserror::Error)]
#[error("data/words.toml: {0}")]
pub struct CatalogueError(#[from] toml::de::Error);

impl Words {
    /// The catalogue in `lang`.
    ///
    /// # Errors
    /// When the embedded catalogue is damaged.
    pub fn new(lang: Lang) -> Result<Self, CatalogueError> {
        let sections: BTreeMap<String, BTreeMap<String, Entry>> = toml::from_str(CATALOGUE)?;
        let phrases =
            sections.get(PHRASES).into_iter().flat_map(BTreeMap::values).map(|entry| match lang {
                Lang::Fr => (entry.en.clone(), entry.fr.clone()),
                Lang::En => (entry.en.clone(), entry.en.clone()),
            });
        let phrases = phrase::Phrases::new(phrases);
        let texts = sections
            .into_iter()
            .flat_map(|(section, entries)| {
                entries.into_iter().map(move |(key, entry)| {
                    let text = match lang {
                        Lang::Fr => entry.fr,
                        Lang::En => entry.en,
                    };
                    (format!("{section}.{key}"), text)
                })
            })
            .collect();
        Ok(Self { lang, texts, phrases })
    }

    /// The language.
    #[must_use]
    pub fn lang(&self) -> Lang {
        self.lang
    }

    /// Whether the catalogue has this key.
    #[must_use]
    pub fn has(&self, key: &str) -> bool {
        self.texts.contains_key(key)
    }

    /// The text of a key, when there is one.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&str> {
        self.texts.get(key).map(String::as_str)
    }

    /// The text of a key; the key itself when there is none.
    #[must_use]
    pub fn say<'a>(&'a self, key: &'a str) -> &'a str {
        self.texts.get(key).map_or(key, String::as_str)
    }

    /// The text of a key with `{name}` places filled in.
    #[must_use]
    pub fn fill(&self, key: &str, values: &[(&str, &str)]) -> String {
        template::fill(self.say(key), |name| {
            values.iter().find(|(place, _)| *place == name).map(|(_, value)| *value)
        })
    }

    /// The keys of a section, in order.
    pub fn keys<'a>(&'a self, section: &'a str) -> impl Iterator<Item = &'a str> {
        let of_section =
            move |key: &&str| key.strip_prefix(section).is_some_and(|rest| rest.starts_with('.'));
        self.texts.keys().map(String::as_str).filter(of_section)
    }

    /// What a turn of phrase of this program, given in English, is in this language; `None` for the words of others.
    #[must_use]
    pub fn phrase(&self, english: &str) -> Option<String> {
        self.phrases.tell(english)
    }

    /// The label of the language, from a pair.
    #[must_use]
    pub fn pick<'a>(&self, fr: &'a str, en: &'a str) -> &'a str {
        match self.lang {
            Lang::Fr => fr,
            Lang::En => en,
        }
    }

    /// A number as it is written in the language: `1 234,5` or `1,234.5`.
    #[must_use]
    pub fn number(&self, value: f64, decimals: usize) -> String {
        number::write(self.lang, value, decimals)
    }

    /// A count.
    #[must_use]
    pub fn count(&self, value: usize) -> String {
        number::write(self.lang, value as f64, 0)
    }

    /// A number with its unit, rescaled for reading: 12 345 m² is `1,23 ha`.
    #[must_use]
    pub fn quantity(&self, value: f64, unit: crate::units::Unit) -> String {
        let (figure, decimals, symbol) = unit.for_reading(value);
        let figure = self.number(figure, decimals);
        if symbol.is_empty() { figure } else { format!("{figure}\u{a0}{symbol}") }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::Unit;

    #[test]
    fn both_languages_hold_every_key() {
        let fr = Words::new(Lang::Fr).unwrap();
        let en = Words::new(Lang::En).unwrap();
        assert!(fr.texts.keys().eq(en.texts.keys()));
        assert!(fr.texts.values().all(|text| !text.trim().is_empty()));
    }

    #[test]
    fn both_languages_fill_the_same_places() {
        let places = |text: &str| {
            let mut found: Vec<String> = template::pieces(text)
                .iter()
                .filter_map(|piece| match piece {
                    template::Piece::Place(name) => Some((*name).to_owned()),
                    template::Piece::Fixed(_) => None,
                })
                .collect();
            found.sort();
            found
        };
        let fr = Words::new(Lang::Fr).unwrap();
        let en = Words::new(Lang::En).unwrap();
        for (key, text) in &fr.texts {
            assert_eq!(places(text), places(en.say(key)), "{key}");
        }
    }

    #[test]
    fn every_problem_and_every_unknown_has_a_sentence() {
        let words = Words::new(Lang::Fr).unwrap();
        for code in crate::domain::ProblemCode::ALL {
            assert!(words.has(&format!("problem.{}", code.as_str())), "{}", code.as_str());
            assert!(words.has(&format!("hint.{}", code.as_str())), "hint.{}", code.as_str());
        }
    }

    #[test]
    fn quantities_are_told_as_people_write_them() {
        let words = Words::new(Lang::Fr).unwrap();
        assert_eq!(words.quantity(12_345.0, Unit::SquareMeter), "1,23\u{a0}ha");
        assert_eq!(words.quantity(1_340.0, Unit::Meter), "1,3\u{a0}km");
        assert_eq!(words.quantity(0.5, Unit::Share), "50\u{a0}%");
    }
}
