//! What is said, before it is said in a language: a key of the catalogue and the values of its places.

use std::borrow::Cow;
use std::fmt;

use super::Lang;
use super::Words;

/// A sentence of the catalogue with its values. `Display` tells it in English.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    key: Cow<'static, str>,
    values: Vec<(&'static str, Part)>,
}

/// What stands in a place.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    /// The same in every language: a file, a number, a code, the words of another library.
    Text(String),
    /// English words of ours that the catalogue may know as a phrase.
    Phrase(String),
    /// Another sentence.
    Told(Told),
}

/// What can be told in the reader's language.
pub trait Tell {
    /// The sentence: a key of the catalogue with its values.
    fn told(&self) -> Told;
}

impl Told {
    /// The sentence of a key.
    #[must_use]
    pub fn new(key: impl Into<Cow<'static, str>>) -> Self {
        Self { key: key.into(), values: Vec::new() }
    }

    /// The key.
    #[must_use]
    pub fn key(&self) -> &str {
        &self.key
    }

    /// With a value that is the same in every language.
    #[must_use]
    pub fn with(mut self, place: &'static str, value: impl fmt::Display) -> Self {
        self.values.push((place, Part::Text(value.to_string())));
        self
    }

    /// With a detail in English that is told as a phrase where it is one of ours.
    #[must_use]
    pub fn with_phrase(mut self, place: &'static str, english: &str) -> Self {
        self.values.push((place, Part::Phrase(english.to_owned())));
        self
    }

    /// With another sentence.
    #[must_use]
    pub fn with_told(mut self, place: &'static str, told: Self) -> Self {
        self.values.push((place, Part::Told(told)));
        self
    }
}

impl Words {
    /// The sentence in this language.
    #[must_use]
    pub fn tell(&self, told: &Told) -> String {
        let values: Vec<(&str, String)> = told
            .values
            .iter()
            .map(|(place, part)| {
                let text = match part {
                    Part::Text(text) => text.clone(),
                    Part::Phrase(english) => {
                        self.phrase(english).unwrap_or_else(|| english.clone())
                    }
                    Part::Told(told) => self.tell(told),
                };
                (*place, text)
            })
            .collect();
        let values: Vec<(&str, &str)> =
            values.iter().map(|(place, text)| (*place, text.as_str())).collect();
        self.fill(&told.key, &values)
    }
}

impl fmt::Display for Told {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match Words::new(Lang::En) {
            Ok(words) => f.write_str(&words.tell(self)),
            Err(_damaged_build) => f.write_str(&self.key),
        }
    }
}

/// Demands of the errors of one section of the catalogue: the English of the catalogue is what `Display` says, French
/// says something else, every sentence of the section has its sample, and every sample has its sentence.
#[cfg(test)]
pub(crate) fn assert_told<E: Tell + fmt::Display>(section: &str, samples: &[E]) {
    use std::collections::BTreeSet;

    let english = Words::new(Lang::En).unwrap();
    let french = Words::new(Lang::Fr).unwrap();
    let mut told_keys = BTreeSet::new();
    for sample in samples {
        let told = sample.told();
        let key = told.key().to_owned();
        assert!(english.has(&key), "data/words.toml has no {key}");
        assert_eq!(english.tell(&told), sample.to_string(), "{key}");
        let in_french = french.tell(&told);
        if key.starts_with(section) {
            assert_ne!(in_french, sample.to_string(), "{key} is not French");
            told_keys.insert(key);
        }
    }
    let known: BTreeSet<String> = english.keys(section).map(str::to_owned).collect();
    assert_eq!(told_keys, known, "sentences of [{section}] and samples of the test differ");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_in_a_sentence_is_told_in_one_language() {
        let row = Told::new("problem.row").with("row", 7);
        let told = Told::new("problem.at").with_told("place", row).with("what", "x");
        assert_eq!(Words::new(Lang::Fr).unwrap().tell(&told), "ligne 7 : x");
        assert_eq!(told.to_string(), "row 7 : x");
    }
}
