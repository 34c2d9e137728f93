//! What is known of a site: per criterion a value, "searched, none found", or nothing.

use std::collections::BTreeMap;

use super::criterion_key::CriterionKey;
use super::criterion_key::Form;

/// The answer to one criterion. Three kinds, as everywhere: a value, none found, unknown.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Answer {
    /// One of the published words, such as `zone-urbaine-u`.
    Word(&'static str),
    /// Yes or no.
    Flag(bool),
    /// A number in the unit of the criterion ([`CriterionKey::form`]): m², metres or percent. Finite, not negative.
    Number(f64),
    /// Searched, and there is none (`null`): counts as known. Scores as the grid says, most often not at all.
    NoneFound,
    /// Nobody knows (`ne-sait-pas`, or no answer): never moves an index, lowers reliability.
    Unknown,
}

impl Answer {
    /// Whether this counts as known for the reliability.
    #[must_use]
    pub fn is_known(self) -> bool {
        !matches!(self, Self::Unknown)
    }
}

/// What is known of one site.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Answers {
    given: BTreeMap<CriterionKey, Answer>,
    not_scored: Vec<String>,
}

impl Answers {
    /// No answer at all.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Gives an answer; a later one to the same criterion replaces it.
    ///
    /// Returns `false`, and changes nothing, when the answer is not of the form of the criterion: a word that is not on
    /// its list, a number that is negative, not finite or above 100 %.
    pub fn set(&mut self, key: CriterionKey, answer: Answer) -> bool {
        let fits = match (key.form(), answer) {
            (_, Answer::NoneFound | Answer::Unknown) | (Form::Flag, Answer::Flag(_)) => true,
            (Form::Words(words), Answer::Word(word)) => words.contains(&word),
            (Form::Number(unit), Answer::Number(number)) => unit.allows(number),
            _ => false,
        };
        if fits {
            self.given.insert(key, answer);
        }
        fits
    }

    /// The answer that was given, [`Answer::Unknown`] when none was.
    #[must_use]
    pub fn get(&self, key: CriterionKey) -> Answer {
        self.given.get(&key).copied().unwrap_or(Answer::Unknown)
    }

    /// The answers given, in the order of the criteria.
    pub fn iter(&self) -> impl Iterator<Item = (CriterionKey, Answer)> {
        self.given.iter().map(|(key, answer)| (*key, *answer))
    }

    /// Facts of the file that no version of the algorithm scores (a commune's name, an identifier), by their key.
    #[must_use]
    pub fn not_scored(&self) -> &[String] {
        &self.not_scored
    }

    /// Notes a fact that no version scores, once.
    pub(super) fn note_not_scored(&mut self, key: &str) {
        if !self.not_scored.iter().any(|known| known == key) {
            self.not_scored.push(key.to_owned());
        }
    }
}
