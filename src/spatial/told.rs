//! The errors of this room as sentences of the catalogue.

use crate::spatial::crs::CrsError;
use crate::spatial::overlay::OverlayError;
use crate::words::Tell;
use crate::words::Told;

impl Tell for CrsError {
    fn told(&self) -> Told {
        match self {
            Self::NotBuiltIn { epsg, known } => {
                Told::new("error_crs.not-built-in").with("epsg", epsg).with("known", known)
            }
            Self::NotInProj { epsg, reason } => {
                Told::new("error_crs.not-in-proj").with("epsg", epsg).with("reason", reason)
            }
            Self::Definition { epsg, reason } => {
                Told::new("error_crs.definition").with("epsg", epsg).with("reason", reason)
            }
        }
    }
}

impl Tell for OverlayError {
    fn told(&self) -> Told {
        match self {
            Self::Refused { x_m, y_m } => Told::new("error_overlay.refused")
                .with("x", format!("{x_m:.0}"))
                .with("y", format!("{y_m:.0}")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::assert_told;

    #[test]
    fn every_error_is_told() {
        let reason = || "no".to_owned();
        assert_told(
            "error_crs",
            &[
                CrsError::NotBuiltIn { epsg: 1, known: "2154, 4326".to_owned() },
                CrsError::NotInProj { epsg: 99_999, reason: reason() },
                CrsError::Definition { epsg: 27_572, reason: reason() },
            ],
        );
        assert_told("error_overlay", &[OverlayError::Refused { x_m: 550_000.4, y_m: 6e6 }]);
    }
}
