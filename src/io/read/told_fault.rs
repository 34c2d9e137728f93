//! The faults of single geometries as sentences of the catalogue.

use super::row::GeometryFault;
use crate::words::Tell;
use crate::words::Told;

impl Tell for GeometryFault {
    fn told(&self) -> Told {
        match self {
            Self::NonFiniteCoordinate => Told::new("fault.non-finite-coordinate"),
            Self::NonNumericCoordinate => Told::new("fault.non-numeric-coordinate"),
            Self::IncompletePosition => Told::new("fault.incomplete-position"),
            Self::Shortened => Told::new("fault.shortened"),
            Self::Cut { after_bytes } => Told::new("fault.cut").with("after_bytes", after_bytes),
            Self::ImpossibleCount { of_what, announced, bytes } => {
                Told::new("fault.impossible-count")
                    .with_phrase("of_what", of_what)
                    .with("announced", announced)
                    .with("bytes", bytes)
            }
            Self::UnsupportedKind { kind } => {
                Told::new("fault.unsupported-kind").with_phrase("kind", kind)
            }
            Self::MixedCollection => Told::new("fault.mixed-collection"),
            Self::Malformed { what } => Told::new("fault.malformed").with_phrase("what", what),
            Self::UnreadableRow { what } => {
                Told::new("fault.unreadable-row").with_phrase("what", what)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Lang;
    use crate::words::Words;
    use crate::words::assert_told;

    #[test]
    fn every_fault_is_told() {
        assert_told(
            "fault",
            &[
                GeometryFault::NonFiniteCoordinate,
                GeometryFault::NonNumericCoordinate,
                GeometryFault::IncompletePosition,
                GeometryFault::Shortened,
                GeometryFault::Cut { after_bytes: 17 },
                GeometryFault::ImpossibleCount { of_what: "rings", announced: 9, bytes: 17 },
                GeometryFault::UnsupportedKind { kind: "CurvePolygon".to_owned() },
                GeometryFault::MixedCollection,
                GeometryFault::malformed("it has no type"),
                GeometryFault::UnreadableRow { what: "it is not a GeoJSON feature".to_owned() },
            ],
        );
    }

    #[test]
    fn a_fault_is_told_in_french_down_to_its_details() {
        let french = Words::new(Lang::Fr).unwrap();
        let rings = GeometryFault::ImpossibleCount { of_what: "rings", announced: 9, bytes: 17 };
        let part = GeometryFault::malformed("part 2 starts at point 7 of 5");
        assert_eq!(
            french.tell(&rings.told()),
            "la géométrie annonce 9 anneaux, plus que ses 17 octets n'en peuvent contenir ; elle est abîmée"
        );
        assert_eq!(
            french.tell(&part.told()),
            "la géométrie ne suit pas son format : la partie 2 commence au point 7 sur 5"
        );
    }
}
