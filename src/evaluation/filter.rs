//! Which objects of a layer a measure looks at.

use crate::domain::CodeInsee;
use crate::domain::Entity;
use crate::domain::LayerView;
use crate::domain::Value;

/// A test on one attribute.
#[derive(Debug, Clone, PartialEq)]
pub enum Test {
    /// The value is one of these words (numbers and flags are compared as text: `1`, `true`).
    OneOf(Vec<String>),
    /// The value is none of these words. A missing value passes.
    NoneOf(Vec<String>),
    /// The number lies in this range, ends included.
    Range {
        /// Lower end, in the attribute's unit.
        min: Option<f64>,
        /// Upper end, in the attribute's unit.
        max: Option<f64>,
    },
}

/// Tests that an object must all pass.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Filter {
    /// Attribute and test, in the order of the profile.
    pub tests: Vec<(String, Test)>,
}

impl Filter {
    /// Whether every object passes.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.tests.is_empty()
    }

    /// Whether `layer` speaks, for `commune`, of what the filter looks for: of each theme that it names, if it names some.
    #[must_use]
    pub fn covered(&self, layer: &dyn LayerView, commune: Option<CodeInsee>) -> bool {
        let themes = self.tests.iter().find_map(|(attribute, test)| match test {
            Test::OneOf(words) if attribute == "theme" => Some(words),
            _ => None,
        });
        match themes {
            Some(themes) => themes.iter().all(|theme| layer.covers_theme(theme, commune)),
            None => layer.covers(commune),
        }
    }

    /// Whether `entity` passes every test.
    #[must_use]
    pub fn keeps(&self, entity: &dyn Entity) -> bool {
        self.tests.iter().all(|(attribute, test)| test.passes(&entity.attribute(attribute)))
    }
}

impl Test {
    fn passes(&self, value: &Value<'_>) -> bool {
        match self {
            Self::OneOf(words) => word(value).is_some_and(|word| words.contains(&word)),
            Self::NoneOf(words) => word(value).is_none_or(|word| !words.contains(&word)),
            Self::Range { min, max } => {
                let Value::Number(number) = value else { return false };
                min.is_none_or(|min| *number >= min) && max.is_none_or(|max| *number <= max)
            }
        }
    }
}

/// A value as the text that a filter compares.
pub(super) fn word(value: &Value<'_>) -> Option<String> {
    match value {
        Value::Text(text) => Some(text.to_string()),
        Value::Number(number) => Some(number.to_string()),
        Value::Flag(flag) => Some(flag.to_string()),
        Value::Between { .. } | Value::Estimate(_) | Value::Missing | Value::NoSuchAttribute => {
            None
        }
    }
}
