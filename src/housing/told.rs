//! The errors of this room as sentences of the catalogue.

use super::RulesError;
use crate::words::Tell;
use crate::words::Told;

impl Tell for RulesError {
    fn told(&self) -> Told {
        match self {
            Self::Syntax { message } => {
                Told::new("error_housing_rules.syntax").with("message", message)
            }
            Self::Range { item, value, expected } => Told::new("error_housing_rules.range")
                .with("item", item)
                .with("value", value)
                .with_phrase("expected", expected),
            Self::Kinds { item, expected } => {
                Told::new("error_housing_rules.kinds").with("item", item).with("expected", expected)
            }
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
            "error_housing_rules",
            &[
                RulesError::Syntax { message: text("TOML parse error at line 1") },
                RulesError::Range {
                    item: text("tension.min_known"),
                    value: text("-1"),
                    expected: "give a share of 0 to 1",
                },
                RulesError::Kinds { item: "brought", expected: text("construction, operation") },
            ],
        );
    }
}
