//! The errors of this room as sentences of the catalogue.

use crate::evaluation::EvaluationError;
use crate::evaluation::ProfileError;
use crate::words::Tell;
use crate::words::Told;

impl Tell for ProfileError {
    fn told(&self) -> Told {
        match self {
            Self::Syntax { message } => Told::new("error_profile.syntax").with("message", message),
            Self::Range { profile, item, key, value, expected } => Told::new("error_profile.range")
                .with("profile", profile)
                .with("item", item)
                .with_phrase("key", key)
                .with("value", value)
                .with_phrase("expected", expected),
            Self::Contradiction { profile, item, what } => Told::new("error_profile.contradiction")
                .with("profile", profile)
                .with("item", item)
                .with_phrase("what", what),
            Self::Comparison { profile, row, column, value, expected } => {
                Told::new("error_profile.comparison")
                    .with("profile", profile)
                    .with("row", row)
                    .with("column", column)
                    .with("value", value)
                    .with_phrase("expected", expected)
            }
            Self::Inconsistent { profile, ratio, row, column } => {
                Told::new("error_profile.inconsistent")
                    .with("profile", profile)
                    .with("ratio", ratio)
                    .with("row", row)
                    .with("column", column)
            }
            Self::NotPublished { id, known } => {
                Told::new("error_profile.not-published").with("id", id).with("known", known)
            }
        }
    }
}

impl Tell for EvaluationError {
    fn told(&self) -> Told {
        match self {
            Self::NoUnits { profile, unit, layer } => Told::new("error_evaluation.no-units")
                .with("profile", profile)
                .with_phrase("unit", unit)
                .with("layer", layer),
            Self::UnknownLayer { profile, item, layer, known } => {
                Told::new("error_evaluation.unknown-layer")
                    .with("profile", profile)
                    .with("item", item)
                    .with("layer", layer)
                    .with("known", known)
            }
            Self::UnknownAttribute { profile, item, layer, attribute } => {
                Told::new("error_evaluation.unknown-attribute")
                    .with("profile", profile)
                    .with("item", item)
                    .with("layer", layer)
                    .with("attribute", attribute)
            }
            Self::NoMethod { profile, item, attribute } => Told::new("error_evaluation.no-method")
                .with("profile", profile)
                .with("item", item)
                .with("attribute", attribute),
            Self::NoSuchUnit { unit, id } => {
                Told::new("error_evaluation.no-such-unit").with_phrase("unit", unit).with("id", id)
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
            "error_profile",
            &[
                ProfileError::Syntax { message: text("TOML parse error at line 1") },
                ProfileError::Range {
                    profile: text("p-v1"),
                    item: text("flood"),
                    key: "weight",
                    value: text("-1"),
                    expected: "give a weight of 0 or more",
                },
                ProfileError::Contradiction {
                    profile: text("p-v1"),
                    item: text("flood"),
                    what: text("a curve needs at least two points"),
                },
                ProfileError::Comparison {
                    profile: text("p-v1"),
                    row: text("flood"),
                    column: text("area"),
                    value: text("-1"),
                    expected: "give a number above 0",
                },
                ProfileError::Inconsistent {
                    profile: text("p-v1"),
                    ratio: text("0.217"),
                    row: text("flood"),
                    column: text("area"),
                },
                ProfileError::NotPublished { id: text("p-v9"), known: text("p-v1, p-v2") },
            ],
        );
        assert_told(
            "error_evaluation",
            &[
                EvaluationError::NoUnits {
                    profile: text("p-v1"),
                    unit: "parcel",
                    layer: "parcels",
                },
                EvaluationError::UnknownLayer {
                    profile: text("p-v1"),
                    item: text("flood"),
                    layer: text("hasards"),
                    known: text("hazards, roads"),
                },
                EvaluationError::UnknownAttribute {
                    profile: text("p-v1"),
                    item: text("flood"),
                    layer: text("hazards"),
                    attribute: text("teme"),
                },
                EvaluationError::NoMethod {
                    profile: text("p-v1"),
                    item: text("use"),
                    attribute: text("suitability_industry_percent"),
                },
                EvaluationError::NoSuchUnit { unit: "parcel", id: text("82112000AB0001") },
            ],
        );
    }
}
