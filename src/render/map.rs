//! What a map says, before any pixel: layers, classes, labels, titles, words.

use crate::render::symbol::Rgba;
use crate::render::symbol::Symbol;

/// The few words and marks a map or chart needs, in the language of its readers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words {
    /// Between units and decimals: `,` in French.
    pub decimal_mark: char,
    /// Between groups of three digits: U+202F, the narrow no-break space, in French.
    pub group_mark: char,
    /// Letter over the north arrow.
    pub north: String,
    /// Symbol of the metre on the scale bar.
    pub metre: String,
    /// Symbol of the kilometre on the scale bar.
    pub kilometre: String,
    /// Under the scale bar; `{n}` becomes the rounded denominator at A4. `None` leaves it out.
    /// For example `Échelle au format A4 : environ 1/{n}`.
    pub scale_ratio: Option<String>,
    /// Last line of a legend too long for the page; `{n}` becomes the number of lines left out.
    pub and_more: String,
    /// In the place of a value that is not known.
    pub unknown: String,
}

/// The paper that a page is made for: letters and lines have their size on it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Paper {
    /// The longer side, mm.
    pub long_mm: f64,
    /// The shorter side, mm.
    pub short_mm: f64,
    /// Blank on all sides, mm.
    pub margin_mm: f64,
}

impl Paper {
    /// A4.
    pub const A4: Self = Self { long_mm: 297.0, short_mm: 210.0, margin_mm: 9.0 };
}

/// A map on a page: a title, a framed drawing, a legend, a scale, sources. Nothing is computed while drawing.
#[derive(Debug, Clone)]
pub struct Map<'a> {
    /// Width and height of the page, pixels. 2480 x 1754 is A4 landscape at 212 dots per inch.
    pub size_px: (u32, u32),
    /// The paper that it is made for.
    pub paper: Paper,
    /// Extent to show, EPSG:2154 metres. The shorter direction is widened to fill the drawing; scale is kept.
    pub frame: geo::Rect<f64>,
    /// Title, top left. Shortened with an ellipsis if two lines cannot hold it.
    pub title: String,
    /// Line under the title.
    pub subtitle: Option<String>,
    /// Layers, from the bottom to the top of the drawing. The legend lists them from the top.
    pub layers: Vec<MapLayer<'a>>,
    /// Names written over the drawing, as many as fit.
    pub labels: Vec<Label>,
    /// A warning the reader must not miss, in a band on the drawing: "DONNÉES SYNTHÉTIQUES – démonstration".
    pub notice: Option<String>,
    /// Sources and vintages, bottom left, one sentence each.
    pub sources: Vec<String>,
    /// Date of the data or of the map, as words, bottom right.
    pub date: Option<String>,
    /// Title of the legend.
    pub legend_title: String,
    /// Words and number marks.
    pub words: Words,
}

/// Items drawn together and listed together in the legend.
#[derive(Debug, Clone)]
pub struct MapLayer<'a> {
    /// Heading in the legend.
    pub title: String,
    /// Whether the legend lists this layer.
    pub in_legend: bool,
    /// Classes, in the order of the legend. With a single class of empty label, the legend shows the title beside
    /// the symbol.
    pub classes: Vec<Class>,
    /// What is drawn, in drawing order.
    pub items: Vec<Item<'a>>,
}

/// One geometry and its class.
#[derive(Debug, Clone, Copy)]
pub struct Item<'a> {
    /// Geometry, EPSG:2154 metres.
    pub geometry: &'a geo::Geometry<f64>,
    /// Rank in the classes of its layer, from 0.
    pub class: usize,
}

/// Items that look alike.
#[derive(Debug, Clone, PartialEq)]
pub struct Class {
    /// Line in the legend.
    pub label: String,
    /// How the items look.
    pub symbol: Symbol,
    /// Number shown at the right of the line, if any: the caller's count, not the number of items drawn.
    pub count: Option<usize>,
    /// An item smaller than this on the page is drawn as a small square of this side, millimetres. 0: never.
    pub min_mm: f64,
}

impl Class {
    /// A class without count, whose items keep their true size however small.
    #[must_use]
    pub fn new(label: impl Into<String>, symbol: Symbol) -> Self {
        Self { label: label.into(), symbol, count: None, min_mm: 0.0 }
    }

    /// Shows a count in the legend.
    #[must_use]
    pub fn counted(mut self, count: usize) -> Self {
        self.count = Some(count);
        self
    }

    /// Marks items smaller than `min_mm` on the page with a square of that side, so that none vanishes.
    #[must_use]
    pub fn visible_from(mut self, min_mm: f64) -> Self {
        self.min_mm = min_mm;
        self
    }
}

/// A cut of the map's typeface.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Face {
    /// Upright.
    Regular,
    /// Heavy: titles, main towns.
    Bold,
    /// Slanted: water, by custom.
    Oblique,
}

/// Where a label may go around its point.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Placement {
    /// Centred on the point, or slightly above or below: for areas.
    Centred,
    /// Around the point, right first: for markers.
    Beside {
        /// Distance kept from the point, millimetres.
        gap_mm: f64,
    },
}

/// A name written on the drawing if there is room.
#[derive(Debug, Clone, PartialEq)]
pub struct Label {
    /// The point it names, EPSG:2154 metres.
    pub at: geo::Coord<f64>,
    /// The words; `\n` starts a new line.
    pub text: String,
    /// Type size, points.
    pub size_pt: f64,
    /// Higher is placed first; at equal priority, the order of the list decides.
    pub priority: i32,
    /// Cut of the type.
    pub face: Face,
    /// Colour of the letters.
    pub color: Rgba,
    /// Colour of the edge around the letters, which keeps them readable over lines.
    pub halo: Option<Rgba>,
    /// Where it may go.
    pub placement: Placement,
}

impl Label {
    /// A dark 8-point name with a white halo, centred, of priority 0.
    #[must_use]
    pub fn new(at: geo::Coord<f64>, text: impl Into<String>) -> Self {
        Self {
            at,
            text: text.into(),
            size_pt: 8.0,
            priority: 0,
            face: Face::Regular,
            color: Rgba::hex(0x22_26_2b),
            halo: Some(Rgba::WHITE.with_alpha(225)),
            placement: Placement::Centred,
        }
    }
}
