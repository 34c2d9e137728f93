//! Problems as sentences, from the catalogue.

use crate::domain::Problem;
use crate::words::Lang;
use crate::words::Words;

/// The sentence of a problem: file, row, object, what is wrong, and what was done about it.
#[must_use]
pub fn in_words(problem: &Problem, words: &Words) -> String {
    let mut place = problem.file.clone();
    if let Some(row) = problem.row {
        if !place.is_empty() {
            place.push_str(", ");
        }
        place.push_str(&words.fill("problem.row", &[("row", &row.to_string())]));
    }
    if let Some(feature) = &problem.feature {
        place.push_str(&format!(" ({feature})"));
    }
    let what =
        words.fill(&format!("problem.{}", problem.code.as_str()), &[("value", &problem.value)]);
    if place.is_empty() { what } else { format!("{place} : {what}") }
}

/// The sentence in English, for library errors.
#[must_use]
pub fn in_english(problem: &Problem) -> String {
    Words::new(Lang::En).map(|words| in_words(problem, &words)).unwrap_or_default()
}
