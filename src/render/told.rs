//! The errors of this room as sentences of the catalogue.

use crate::render::RenderError;
use crate::words::Tell;
use crate::words::Told;

impl Tell for RenderError {
    fn told(&self) -> Told {
        match self {
            Self::EmptyFrame { title, width_m, height_m } => Told::new("error_render.empty-frame")
                .with("title", title)
                .with("width", width_m)
                .with("height", height_m),
            Self::FrameNotFinite { title } => {
                Told::new("error_render.frame-not-finite").with("title", title)
            }
            Self::PageSize { title, width_px, height_px, min_px, min_short_px, max_px } => {
                Told::new("error_render.page-size")
                    .with("title", title)
                    .with("width", width_px)
                    .with("height", height_px)
                    .with("min", min_px)
                    .with("min_short", min_short_px)
                    .with("max", max_px)
            }
            Self::UnknownClass { layer, item, class, classes } => {
                Told::new("error_render.unknown-class")
                    .with("layer", layer)
                    .with("item", item)
                    .with("class", class)
                    .with("classes", classes)
            }
            Self::ValueNotFinite { title, row, value } => {
                Told::new("error_render.value-not-finite")
                    .with("title", title)
                    .with("row", row)
                    .with("value", value)
            }
            Self::Font => Told::new("error_render.font"),
            Self::Drawing { reason } => {
                Told::new("error_render.drawing").with_phrase("reason", reason)
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
        let title = || "Friches".to_owned();
        assert_told(
            "error_render",
            &[
                RenderError::EmptyFrame { title: title(), width_m: 0.0, height_m: 1.5 },
                RenderError::FrameNotFinite { title: title() },
                RenderError::PageSize {
                    title: title(),
                    width_px: 1,
                    height_px: 2,
                    min_px: 3,
                    min_short_px: 4,
                    max_px: 5,
                },
                RenderError::UnknownClass { layer: title(), item: 1, class: 2, classes: 3 },
                RenderError::ValueNotFinite { title: title(), row: title(), value: f64::NAN },
                RenderError::Font,
                RenderError::Drawing { reason: "no memory".to_owned() },
            ],
        );
    }
}
