//! A text in the two languages of the product, as data files give it.

/// A text in the two languages of the product.
#[derive(Debug, Clone, PartialEq, Eq, Default, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Label {
    /// French.
    pub fr: String,
    /// English.
    pub en: String,
}
