//! What can be wrong with a name of a grid or with answers.

/// A grid that cannot be had.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum GridError {
    /// No published grid has this name.
    #[error("no published mutability grid `{id}`; there are: {known}")]
    NotPublished {
        /// What was asked for.
        id: String,
        /// All published identifiers.
        known: String,
    },
    /// The embedded text cannot be read: only a damaged build can cause it.
    #[error("grid `{id}`: {what}; build the program again")]
    Damaged {
        /// Identifier.
        id: String,
        /// What is wrong.
        what: String,
    },
}

/// Answers that cannot be used as they are written.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum AnswersError {
    /// Not JSON.
    #[error("not JSON: {message}")]
    Syntax {
        /// What the reader says, with line and column.
        message: String,
    },
    /// JSON, but no object of answers.
    #[error("no object of answers such as {{\"surfaceSite\": 16720}}, but {found}")]
    NotAnObject {
        /// What it is.
        found: &'static str,
    },
    /// A key that is no criterion and has something like it.
    #[error("unknown criterion `{key}`; did you mean {near}?")]
    Misspelt {
        /// The key.
        key: String,
        /// What is like it.
        near: String,
    },
    /// A key that is no criterion.
    #[error("unknown criterion `{key}`; criteria are: {known}")]
    UnknownCriterion {
        /// The key.
        key: String,
        /// All criteria.
        known: String,
    },
    /// An answer that stands twice.
    #[error("`{key}` stands twice; keep one answer")]
    Twice {
        /// The key.
        key: String,
    },
    /// A word that is none of the criterion's.
    #[error(
        "`{key}`: {value} is no answer; write one of {allowed}, \"ne-sait-pas\" (unknown) or null (searched, none)"
    )]
    Word {
        /// The criterion.
        key: &'static str,
        /// What was written.
        value: String,
        /// The words of the criterion.
        allowed: String,
    },
    /// Not yes or no.
    #[error(
        "`{key}`: {value} is no answer; write true, false, \"ne-sait-pas\" (unknown) or null (searched, none)"
    )]
    Flag {
        /// The criterion.
        key: &'static str,
        /// What was written.
        value: String,
    },
    /// Not a number that can be.
    #[error(
        "`{key}`: {value} is no answer; write {expected}, \"ne-sait-pas\" (unknown) or null (searched, none)"
    )]
    Number {
        /// The criterion.
        key: &'static str,
        /// What was written.
        value: String,
        /// What is accepted, with its unit.
        expected: &'static str,
    },
}
