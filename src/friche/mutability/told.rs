//! The errors of mutability as sentences of the catalogue.

use crate::words::Tell;
use crate::words::Told;

use super::error::AnswersError;
use super::error::GridError;

impl Tell for GridError {
    fn told(&self) -> Told {
        match self {
            Self::NotPublished { id, known } => {
                Told::new("error_grid.not-published").with("id", id).with("known", known)
            }
            Self::Damaged { id, what } => {
                Told::new("error_grid.damaged").with("id", id).with("what", what)
            }
        }
    }
}

impl Tell for AnswersError {
    fn told(&self) -> Told {
        match self {
            Self::Syntax { message } => Told::new("error_answers.syntax").with("message", message),
            Self::NotAnObject { found } => {
                Told::new("error_answers.not-an-object").with_phrase("found", found)
            }
            Self::Misspelt { key, near } => {
                Told::new("error_answers.misspelt").with("key", key).with("near", near)
            }
            Self::UnknownCriterion { key, known } => {
                Told::new("error_answers.unknown-criterion").with("key", key).with("known", known)
            }
            Self::Twice { key } => Told::new("error_answers.twice").with("key", key),
            Self::Word { key, value, allowed } => Told::new("error_answers.word")
                .with("key", key)
                .with("value", value)
                .with("allowed", allowed),
            Self::Flag { key, value } => {
                Told::new("error_answers.flag").with("key", key).with("value", value)
            }
            Self::Number { key, value, expected } => Told::new("error_answers.number")
                .with("key", key)
                .with("value", value)
                .with_phrase("expected", expected),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::assert_told;

    #[test]
    fn every_error_is_told() {
        let text = str::to_owned;
        assert_told(
            "error_grid",
            &[
                GridError::NotPublished { id: text("v1.9"), known: text("mutafriches-v1.11") },
                GridError::Damaged { id: text("g"), what: text("x") },
            ],
        );
        assert_told(
            "error_answers",
            &[
                AnswersError::Syntax { message: text("EOF") },
                AnswersError::NotAnObject { found: "a list" },
                AnswersError::Misspelt { key: text("a"), near: text("`b`") },
                AnswersError::UnknownCriterion { key: text("a"), known: text("b, c") },
                AnswersError::Twice { key: text("a") },
                AnswersError::Word { key: "a", value: text("1"), allowed: text("\"b\"") },
                AnswersError::Flag { key: "a", value: text("1") },
                AnswersError::Number {
                    key: "a",
                    value: text("-1"),
                    expected: "an area in m², 0 or more",
                },
            ],
        );
    }
}
