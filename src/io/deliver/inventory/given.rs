//! What an object of a layer given says, as the standard writes it.

use std::borrow::Cow;

use super::form::form_value;
use super::form::is_allowed;
use super::form::number;
use crate::domain::Entity;
use crate::domain::Value;
use crate::io::schema::StandardField;
use crate::io::schema::StandardType;
use crate::io::schema::personal;
use crate::io::schema::repeated;

/// What a layer says for one field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Said {
    /// Nothing.
    Nothing,
    /// A value.
    Value(String),
    /// Something that is no value of the field's type: kept beside.
    Other(String),
}

impl Said {
    /// The value.
    pub(super) fn value(&self) -> Option<&str> {
        match self {
            Self::Value(value) => Some(value),
            Self::Nothing | Self::Other(_) => None,
        }
    }

    /// Whatever is said.
    pub(super) fn text(&self) -> Option<&str> {
        match self {
            Self::Value(text) | Self::Other(text) => Some(text),
            Self::Nothing => None,
        }
    }
}

/// What `entity` says for `field`.
pub(super) fn said(entity: Option<&dyn Entity>, field: &StandardField) -> Said {
    let Some(entity) = entity else { return Said::Nothing };
    match entity.attribute(field.ours) {
        Value::Missing | Value::NoSuchAttribute => Said::Nothing,
        Value::Flag(flag) => Said::Value(if flag { "oui" } else { "non" }.to_owned()),
        Value::Number(value) if field.kind == StandardType::Number => Said::Value(number(value)),
        Value::Number(value) => formed(field, Cow::Owned(number(value))),
        Value::Between { low, high } => Said::Other(format!("{low}-{high}")),
        Value::Estimate(estimate) => Said::Other(estimate.value.to_string()),
        Value::Text(text) => formed(field, text),
    }
}

fn formed(field: &StandardField, text: Cow<'_, str>) -> Said {
    // A word of no list was told when it was read; what may name a person goes no further.
    if !field.list.is_empty() && !repeated::is_repeatable(&text, &personal::words_of(field)) {
        return Said::Nothing;
    }
    // A page that is none and a yes that is neither would spoil the file: its schema refuses them.
    let is_closed = matches!(field.kind, StandardType::Url | StandardType::YesNo);
    match form_value(field, &text) {
        Some(value) if !is_closed || is_allowed(field, &value) => Said::Value(value),
        _ => Said::Other(text.into_owned()),
    }
}
