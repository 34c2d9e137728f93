//! How a thing looks on paper: colours, strokes, hatches, markers.
//!
//! Lengths are millimetres on an A4 page and text sizes are typographic points, as in QGIS: one style serves a
//! 1 600 px preview and a 2 480 px print, and the figures are those of the QML files.

/// A colour, 8 bits per channel, straight (not premultiplied) alpha.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Rgba {
    /// Red, 0 to 255.
    pub red: u8,
    /// Green, 0 to 255.
    pub green: u8,
    /// Blue, 0 to 255.
    pub blue: u8,
    /// Opacity, 0 (invisible) to 255 (opaque).
    pub alpha: u8,
}

impl Rgba {
    /// White, opaque.
    pub const WHITE: Self = Self::hex(0xff_ff_ff);
    /// Black, opaque.
    pub const BLACK: Self = Self::hex(0x00_00_00);

    /// An opaque colour written as on the web: `Rgba::hex(0x1b_9e_77)`. Bits above the 24th are ignored.
    #[must_use]
    pub const fn hex(rgb: u32) -> Self {
        let [_, red, green, blue] = rgb.to_be_bytes();
        Self { red, green, blue, alpha: 255 }
    }

    /// The same colour with another opacity, 0 to 255.
    #[must_use]
    pub const fn with_alpha(self, alpha: u8) -> Self {
        Self { alpha, ..self }
    }

    /// `#rrggbb`, without the opacity.
    #[must_use]
    pub fn to_hex(self) -> String {
        format!("#{:02x}{:02x}{:02x}", self.red, self.green, self.blue)
    }

    /// Opacity as a share, 0 to 1.
    #[must_use]
    pub fn opacity(self) -> f64 {
        f64::from(self.alpha) / 255.0
    }
}

/// A line as drawn: colour, width, dashes. Joins are round.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Stroke {
    /// Colour of the line.
    pub color: Rgba,
    /// Width, millimetres on an A4 page. 0 or less draws nothing.
    pub width_mm: f64,
    /// Dash and gap lengths, millimetres; `None` is a solid line.
    pub dash_mm: Option<(f64, f64)>,
}

impl Stroke {
    /// A solid line.
    #[must_use]
    pub const fn solid(color: Rgba, width_mm: f64) -> Self {
        Self { color, width_mm, dash_mm: None }
    }

    /// A dashed line: `dash_mm` drawn, `gap_mm` left empty. An edge shared by two areas is drawn twice, and the dashes
    /// of one may fill the gaps of the other: give such limits once, as lines.
    #[must_use]
    pub const fn dashed(color: Rgba, width_mm: f64, dash_mm: f64, gap_mm: f64) -> Self {
        Self { color, width_mm, dash_mm: Some((dash_mm, gap_mm)) }
    }
}

/// Which way the lines of a hatch run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum HatchDirection {
    /// From bottom left to top right.
    Rising,
    /// From top left to bottom right.
    Falling,
    /// Both diagonals.
    Crossed,
    /// Level lines.
    Horizontal,
    /// Upright lines.
    Vertical,
}

/// Parallel lines over an area: a second sign beside colour, for photocopies and for colour-blind readers.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Hatch {
    /// Colour of the lines.
    pub color: Rgba,
    /// Width of the lines, millimetres.
    pub width_mm: f64,
    /// Distance between two lines, millimetres.
    pub spacing_mm: f64,
    /// Which way the lines run.
    pub direction: HatchDirection,
}

/// Outline of a point marker.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum MarkerShape {
    /// A disc.
    Circle,
    /// A square standing on a side.
    Square,
    /// A triangle pointing up.
    Triangle,
    /// A square standing on a corner.
    Diamond,
    /// A five-pointed star.
    Star,
}

/// How the items of one class are drawn. Any geometry takes any symbol: an area symbol outlines lines and marks
/// points; a line symbol follows the edges of polygons; a point symbol marks polygons and lines at their centroid.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Symbol {
    /// Polygons; holes stay empty.
    Area {
        /// Inside colour.
        fill: Option<Rgba>,
        /// Lines over the inside colour.
        hatch: Option<Hatch>,
        /// Edge, of the holes too.
        outline: Option<Stroke>,
    },
    /// Roads, rivers, limits.
    Line {
        /// The line itself.
        stroke: Stroke,
        /// A wider line under every line of the layer (its width is the total width): junctions stay open.
        casing: Option<Stroke>,
    },
    /// Places.
    Point {
        /// Outline of the marker.
        shape: MarkerShape,
        /// Inside colour.
        fill: Rgba,
        /// Edge of the marker.
        outline: Option<Stroke>,
        /// From the centre to the edge of a disc; other shapes are drawn with about the same area. Millimetres.
        radius_mm: f64,
    },
}

impl Symbol {
    /// A flat area with an optional outline.
    #[must_use]
    pub const fn area(fill: Rgba, outline: Option<Stroke>) -> Self {
        Self::Area { fill: Some(fill), hatch: None, outline }
    }

    /// A line without casing.
    #[must_use]
    pub const fn line(stroke: Stroke) -> Self {
        Self::Line { stroke, casing: None }
    }

    /// A marker with a thin dark edge: light colours stay visible on white paper, neighbours stay apart.
    #[must_use]
    pub const fn point(shape: MarkerShape, fill: Rgba, radius_mm: f64) -> Self {
        let edge = Stroke::solid(Rgba::hex(0x1f_24_2a), 0.2);
        Self::Point { shape, fill, outline: Some(edge), radius_mm }
    }

    /// The colour that stands for this symbol when it is too small to show its parts.
    #[must_use]
    pub fn main_color(&self) -> Option<Rgba> {
        match self {
            Self::Area { fill, hatch, outline } => {
                fill.or(hatch.map(|h| h.color)).or(outline.map(|o| o.color))
            }
            Self::Line { stroke, .. } => Some(stroke.color),
            Self::Point { fill, .. } => Some(*fill),
        }
    }
}
