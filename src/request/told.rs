//! The errors of requests as sentences of the catalogue.

use super::RequestError;
use crate::words::Tell;
use crate::words::Told;

impl Tell for RequestError {
    fn told(&self) -> Told {
        match self {
            Self::Syntax { message } => Told::new("error_request.syntax").with("message", message),
            Self::Value { key, value, expected } => Told::new("error_request.value")
                .with("key", key)
                .with("value", value)
                .with_phrase("expected", expected),
            Self::Contradiction { key, what } => {
                Told::new("error_request.contradiction").with("key", key).with_phrase("what", what)
            }
            Self::UnknownLayer { item, layer, known } => Told::new("error_request.unknown-layer")
                .with("item", item)
                .with("layer", layer)
                .with("known", known),
            Self::UnknownAttribute { item, layer, attribute } => {
                Told::new("error_request.unknown-attribute")
                    .with("item", item)
                    .with("layer", layer)
                    .with("attribute", attribute)
            }
            Self::Evaluation(source) => source.told(),
            Self::NoParcels => Told::new("error_request.no-parcels"),
            Self::Graph { what } => Told::new("error_request.graph").with_phrase("what", what),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::assert_told;

    #[test]
    fn every_error_is_told() {
        let text = |text: &str| text.to_owned();
        assert_told(
            "error_request",
            &[
                RequestError::Syntax { message: text("line 3") },
                RequestError::Value {
                    key: text("area.min_ha"),
                    value: text("-1"),
                    expected: text("give a number above 0"),
                },
                RequestError::Contradiction {
                    key: text("place.within_km"),
                    what: text("give within_km or within_min, not both"),
                },
                RequestError::UnknownLayer {
                    item: text("rail"),
                    layer: text("rails"),
                    known: text("railways"),
                },
                RequestError::UnknownAttribute {
                    item: text("rail"),
                    layer: text("railways"),
                    attribute: text("kind"),
                },
                RequestError::NoParcels,
                RequestError::Graph { what: text("an area is no number") },
            ],
        );
    }
}
