//! What can go wrong while drawing, each with the next move.

use thiserror::Error;

/// Why a map or a chart could not be drawn.
#[derive(Debug, Clone, PartialEq, Error)]
#[non_exhaustive]
pub enum RenderError {
    /// The extent to show has no width or no height.
    #[error(
        "map \"{title}\": the extent to show is {width_m} m wide and {height_m} m high; \
         give a frame with both above 0 (for a single point, add a margin around it)"
    )]
    EmptyFrame {
        /// Title of the map.
        title: String,
        /// Width of the frame, metres.
        width_m: f64,
        /// Height of the frame, metres.
        height_m: f64,
    },
    /// The extent to show has a coordinate that is NaN or infinite.
    #[error(
        "map \"{title}\": the extent to show has a coordinate that is not a number; \
         compute the frame from geometries that are not empty"
    )]
    FrameNotFinite {
        /// Title of the map.
        title: String,
    },
    /// The page cannot hold the furniture of a map, or would not fit in memory.
    #[error(
        "\"{title}\": a page of {width_px} x {height_px} px cannot be drawn; \
         choose a long side of {min_px} to {max_px} px and a short side of at least {min_short_px} px"
    )]
    PageSize {
        /// Title of the map or chart.
        title: String,
        /// Width asked for, pixels.
        width_px: u32,
        /// Height asked for, pixels.
        height_px: u32,
        /// Smallest long side accepted, pixels.
        min_px: u32,
        /// Smallest short side accepted, pixels.
        min_short_px: u32,
        /// Largest side accepted, pixels.
        max_px: u32,
    },
    /// An item names a class that its layer does not have.
    #[error(
        "layer \"{layer}\": item {item} is of class {class}, but the layer has {classes} class(es); \
         number the classes from 0"
    )]
    UnknownClass {
        /// Title of the layer.
        layer: String,
        /// Rank of the item in the layer, from 0.
        item: usize,
        /// Class the item names.
        class: usize,
        /// Number of classes of the layer.
        classes: usize,
    },
    /// A bar or a bound of a chart is NaN or infinite.
    #[error(
        "chart \"{title}\": row \"{row}\" has the value {value}; give a number, or no value at all"
    )]
    ValueNotFinite {
        /// Title of the chart.
        title: String,
        /// Label of the row.
        row: String,
        /// The offending value.
        value: f64,
    },
    /// The embedded fonts could not be read.
    #[error("the embedded DejaVu fonts could not be read; rebuild the program")]
    Font,
    /// The drawing library refused an order, or the PNG encoder failed.
    #[error("the picture could not be drawn: {reason}; try a smaller page")]
    Drawing {
        /// What the library said.
        reason: String,
    },
}
