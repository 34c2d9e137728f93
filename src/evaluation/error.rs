//! What can be wrong with a profile, alone or against a territory.

/// A profile that cannot be used as it is written.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum ProfileError {
    /// Not TOML, an unknown key, or a value of the wrong type; the message holds line and column.
    #[error("{message}")]
    Syntax {
        /// What the TOML reader says, with the place.
        message: String,
    },
    /// A number outside its range.
    #[error("profile `{profile}`, `{item}`: {key} = {value} is not allowed; {expected}")]
    Range {
        /// Profile id.
        profile: String,
        /// Criterion or condition id.
        item: String,
        /// Key in the file.
        key: &'static str,
        /// What was written.
        value: String,
        /// What is accepted.
        expected: &'static str,
    },
    /// A combination of keys that says nothing, or two things.
    #[error("profile `{profile}`, `{item}`: {what}")]
    Contradiction {
        /// Profile id.
        profile: String,
        /// Criterion or condition id.
        item: String,
        /// What is wrong and what to write instead.
        what: String,
    },
    /// An entry of `[ahp]` that is no comparison.
    #[error("profile `{profile}`, `ahp`: `{row}` against `{column}` is {value}; {expected}")]
    Comparison {
        /// Profile id.
        profile: String,
        /// Criterion that is compared.
        row: String,
        /// Criterion that it is compared with.
        column: String,
        /// What was written.
        value: String,
        /// What is accepted.
        expected: &'static str,
    },
    /// Comparisons that contradict each other more than Saaty's limit allows.
    #[error(
        "profile `{profile}`, `ahp`: the comparisons contradict each other, consistency ratio {ratio} above 0.10; look again at `{row}` against `{column}` first, or write force = true in [ahp]"
    )]
    Inconsistent {
        /// Profile id.
        profile: String,
        /// Consistency ratio.
        ratio: String,
        /// First criterion of the comparison that fits the others least.
        row: String,
        /// Second criterion of it.
        column: String,
    },
    /// No published profile has this id.
    #[error("no published profile `{id}`; there are: {known}")]
    NotPublished {
        /// What was asked for.
        id: String,
        /// Ids that exist.
        known: String,
    },
}

/// A profile that does not fit the territory it is asked about.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum EvaluationError {
    /// The units to rank are not given.
    #[error(
        "profile `{profile}` ranks {unit}s, but no layer `{layer}` is given; add [layers.{layer}] to gisement.toml"
    )]
    NoUnits {
        /// Profile id.
        profile: String,
        /// Kind of unit.
        unit: &'static str,
        /// Layer that holds them.
        layer: &'static str,
    },
    /// The profile names a layer that nobody declares.
    #[error("profile `{profile}`, `{item}`: unknown layer `{layer}`; layers are: {known}")]
    UnknownLayer {
        /// Profile id.
        profile: String,
        /// Criterion or condition id.
        item: String,
        /// Layer named.
        layer: String,
        /// Layers that exist.
        known: String,
    },
    /// The profile names an attribute that the layer does not have.
    #[error(
        "profile `{profile}`, `{item}`: layer `{layer}` has no attribute `{attribute}`; add it to `columns` of [layers.{layer}], or correct the profile"
    )]
    UnknownAttribute {
        /// Profile id.
        profile: String,
        /// Criterion or condition id.
        item: String,
        /// Layer.
        layer: String,
        /// Attribute named.
        attribute: String,
    },
    /// The profile asks what follows from a version of the method of mutability, and names none.
    #[error(
        "profile `{profile}`, `{item}`: `{attribute}` needs a version of the method; add `mutability = \"mutafriches-v1.19\"` to the profile"
    )]
    NoMethod {
        /// Profile id.
        profile: String,
        /// Criterion or condition id.
        item: String,
        /// Attribute named.
        attribute: String,
    },
    /// No unit has this identifier.
    #[error("no {unit} `{id}` in this territory")]
    NoSuchUnit {
        /// Kind of unit.
        unit: &'static str,
        /// Identifier asked for.
        id: String,
    },
}
