//! Turns of phrase: what a reader says about a file in English, told in French.
//!
//! An error carries its details as English text (`it holds two files named a.csv`), beside which the words of other
//! libraries stand in the same place. The catalogue's `phrase` section holds ours, with places where they vary; what is
//! not found there is somebody else's and stays as it is. `tests/phrases.rs` looks for phrases that nobody told.

use super::template::Piece;
use super::template::fill;
use super::template::pieces;

/// One phrase, in English and in the reader's language.
#[derive(Debug, Clone)]
pub(super) struct Phrase {
    english: String,
    told: String,
}

/// The phrases, the most telling first.
#[derive(Debug, Clone, Default)]
pub(super) struct Phrases(Vec<Phrase>);

impl Phrases {
    /// Of pairs: English, told.
    pub(super) fn new(pairs: impl Iterator<Item = (String, String)>) -> Self {
        let mut phrases: Vec<Phrase> =
            pairs.map(|(english, told)| Phrase { english, told }).collect();
        let fixed = |phrase: &Phrase| -> usize {
            pieces(&phrase.english)
                .iter()
                .map(|piece| if let Piece::Fixed(text) = piece { text.len() } else { 0 })
                .sum()
        };
        phrases.sort_by(|a, b| fixed(b).cmp(&fixed(a)).then_with(|| a.english.cmp(&b.english)));
        Self(phrases)
    }

    /// What an English text is in the reader's language, when it is one of ours.
    pub(super) fn tell(&self, english: &str) -> Option<String> {
        self.0.iter().find_map(|phrase| {
            let values = values_of(english, &pieces(&phrase.english))?;
            Some(fill(&phrase.told, |name| {
                values.iter().find(|(place, _)| *place == name).map(|(_, value)| *value)
            }))
        })
    }
}

/// What stands in the places of a pattern; `None` when the text is not of its form. A place whose name begins with `n_`
/// holds a whole number, any other one at least a character.
fn values_of<'p, 't>(text: &'t str, pattern: &[Piece<'p>]) -> Option<Vec<(&'p str, &'t str)>> {
    match pattern {
        [] => text.is_empty().then(Vec::new),
        [Piece::Fixed(fixed), rest @ ..] => values_of(text.strip_prefix(fixed)?, rest),
        [Piece::Place(name), rest @ ..] => {
            let ends = text.char_indices().map(|(at, _)| at).chain([text.len()]).skip(1);
            for end in ends {
                let (value, after) = text.split_at(end);
                if name.starts_with("n_") && !value.bytes().all(|b| b.is_ascii_digit()) {
                    return None;
                }
                if let Some(mut values) = values_of(after, rest) {
                    values.push((*name, value));
                    return Some(values);
                }
            }
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn phrases() -> Phrases {
        let pairs = [
            ("{n_bytes} bytes", "{n_bytes} octets"),
            ("it is a folder", "c'est un dossier"),
            ("part {n_part} starts at {n_at}", "la partie {n_part} commence en {n_at}"),
            ("it holds {name} twice", "{name} s'y trouve deux fois"),
        ];
        Phrases::new(pairs.map(|(en, fr)| (en.to_owned(), fr.to_owned())).into_iter())
    }

    #[test]
    fn ours_are_told_with_what_stands_in_them() {
        let tell = |english: &str| phrases().tell(english);
        assert_eq!(tell("it is a folder").as_deref(), Some("c'est un dossier"));
        assert_eq!(tell("64 bytes").as_deref(), Some("64 octets"));
        assert_eq!(tell("part 2 starts at 17").as_deref(), Some("la partie 2 commence en 17"));
        assert_eq!(
            tell("it holds {n_at} é.csv twice").as_deref(),
            Some("{n_at} é.csv s'y trouve deux fois")
        );
    }

    #[test]
    fn the_words_of_others_are_not_ours() {
        for foreign in
            ["database disk image is malformed", "needs more bytes", "it is a folder.", ""]
        {
            assert_eq!(phrases().tell(foreign), None, "{foreign}");
        }
    }
}
