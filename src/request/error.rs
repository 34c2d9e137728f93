//! What can be wrong with a request.

/// A request that cannot be answered as it is written.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum RequestError {
    /// Not TOML, an unknown key, or a value of the wrong type; the message holds line and column.
    #[error("this is no request: {message}")]
    Syntax {
        /// What the TOML reader says, with the place.
        message: String,
    },
    /// A value that its key does not take.
    #[error("{key} = {value} is not allowed; {expected}")]
    Value {
        /// Key in the file, with its section: `area.min_ha`.
        key: String,
        /// What was written.
        value: String,
        /// What is accepted.
        expected: String,
    },
    /// Keys that contradict each other, or one that is missing.
    #[error("{key}: {what}")]
    Contradiction {
        /// Key in the file, with its section.
        key: String,
        /// What is wrong and what to write instead.
        what: String,
    },
    /// A condition names a layer that nobody declares.
    #[error("`{item}`: unknown layer `{layer}`; layers are: {known}")]
    UnknownLayer {
        /// Id of the condition.
        item: String,
        /// Layer named.
        layer: String,
        /// Layers that exist.
        known: String,
    },
    /// A condition names an attribute that its layer does not have.
    #[error(
        "`{item}`: layer `{layer}` has no attribute `{attribute}`; add it to `columns` of [layers.{layer}], or correct the request"
    )]
    UnknownAttribute {
        /// Id of the condition.
        item: String,
        /// Layer.
        layer: String,
        /// Attribute named.
        attribute: String,
    },
    /// Another error of a measure or a profile.
    #[error(transparent)]
    Evaluation(#[from] crate::evaluation::EvaluationError),
    /// The territory has no parcels: there is no land to look at.
    #[error("a request is answered from parcels; add [layers.parcels] to gisement.toml")]
    NoParcels,
    /// The parcels that touch could not be told.
    #[error("the graph of parcels is damaged: {what}; please report it")]
    Graph {
        /// What the search says.
        what: String,
    },
}
