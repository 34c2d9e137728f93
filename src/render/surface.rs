//! What both pictures, pixels and SVG, must know how to do: multi-ring shapes, text, groups, a clipped panel.
//! plotters' own backend trait has no holes, no joins and whole-pixel points; this one sits beside it.

use crate::render::error::RenderError;
use crate::render::map::Face;
use crate::render::symbol::HatchDirection;
use crate::render::symbol::Rgba;

/// A rectangle of the page, pixels, y down.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct PxRect {
    pub(super) left: f64,
    pub(super) top: f64,
    pub(super) width: f64,
    pub(super) height: f64,
}

impl PxRect {
    pub(super) fn right(&self) -> f64 {
        self.left + self.width
    }

    pub(super) fn bottom(&self) -> f64 {
        self.top + self.height
    }

    /// Whether the two rectangles share more than an edge.
    pub(super) fn overlaps(&self, other: &Self) -> bool {
        self.left < other.right()
            && other.left < self.right()
            && self.top < other.bottom()
            && other.top < self.bottom()
    }

    pub(super) fn contains(&self, other: &Self) -> bool {
        self.left <= other.left
            && self.top <= other.top
            && other.right() <= self.right()
            && other.bottom() <= self.bottom()
    }

    /// Grown by `by_px` on every side (shrunk if negative).
    pub(super) fn grown(&self, by_px: f64) -> Self {
        Self {
            left: self.left - by_px,
            top: self.top - by_px,
            width: self.width + 2.0 * by_px,
            height: self.height + 2.0 * by_px,
        }
    }
}

/// Rings, lines and discs drawn as one: a point inside an even number of rings is outside.
#[derive(Debug, Default, Clone)]
pub(super) struct Path {
    points: Vec<(f64, f64)>,
    /// Where each ring or line starts in `points`, and whether it is closed.
    starts: Vec<(usize, bool)>,
    /// Centre and radius of discs.
    discs: Vec<(f64, f64, f64)>,
}

impl Path {
    pub(super) fn clear(&mut self) {
        self.points.clear();
        self.starts.clear();
        self.discs.clear();
    }

    pub(super) fn is_empty(&self) -> bool {
        self.points.is_empty() && self.discs.is_empty()
    }

    /// Starts a ring (`closed`) or a line; the points follow with [`Path::push`].
    pub(super) fn start(&mut self, closed: bool) {
        self.starts.push((self.points.len(), closed));
    }

    pub(super) fn push(&mut self, x: f64, y: f64) {
        self.points.push((x, y));
    }

    /// The points since the last [`Path::start`].
    pub(super) fn current(&self) -> &[(f64, f64)] {
        self.starts.last().map_or(&[], |(from, _)| &self.points[*from..])
    }

    /// Takes back the ring or line being built.
    pub(super) fn abandon(&mut self) {
        if let Some((from, _)) = self.starts.pop() {
            self.points.truncate(from);
        }
    }

    pub(super) fn disc(&mut self, x: f64, y: f64, radius: f64) {
        self.discs.push((x, y, radius));
    }

    pub(super) fn rect(&mut self, r: &PxRect) {
        self.start(true);
        self.points.extend([
            (r.left, r.top),
            (r.right(), r.top),
            (r.right(), r.bottom()),
            (r.left, r.bottom()),
        ]);
    }

    pub(super) fn line(&mut self, points: &[(f64, f64)]) {
        self.start(false);
        self.points.extend_from_slice(points);
    }

    /// Rings and lines in order: their points and whether they are closed.
    pub(super) fn parts(&self) -> impl Iterator<Item = (&[(f64, f64)], bool)> {
        self.starts.iter().enumerate().map(|(rank, (from, closed))| {
            let to = self.starts.get(rank + 1).map_or(self.points.len(), |(next, _)| *next);
            (&self.points[*from..to], *closed)
        })
    }

    pub(super) fn discs(&self) -> &[(f64, f64, f64)] {
        &self.discs
    }
}

/// A stroke in pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct StrokePx {
    pub(super) color: Rgba,
    pub(super) width: f64,
    pub(super) dash: Option<(f64, f64)>,
}

/// A hatch in pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct HatchPx {
    pub(super) color: Rgba,
    pub(super) width: f64,
    /// Side of the repeated square; whole pixels, so that the pattern joins without seams.
    pub(super) tile: u32,
    pub(super) direction: HatchDirection,
}

impl HatchPx {
    /// The lines of one tile, drawn past its edges so that neighbours join.
    pub(super) fn lines(&self) -> Vec<[(f64, f64); 2]> {
        let t = f64::from(self.tile);
        let rising = [-t, 0.0, t].map(|d| [(d - t, 2.0 * t), (d + 2.0 * t, -t)]);
        let falling = [-t, 0.0, t].map(|d| [(d - t, -t), (d + 2.0 * t, 2.0 * t)]);
        let half = t / 2.0;
        match self.direction {
            HatchDirection::Rising => rising.to_vec(),
            HatchDirection::Falling => falling.to_vec(),
            HatchDirection::Crossed => [rising, falling].concat(),
            HatchDirection::Horizontal => vec![[(-t, half), (2.0 * t, half)]],
            HatchDirection::Vertical => vec![[(half, -t), (half, 2.0 * t)]],
        }
    }
}

/// What fills and edges a shape, drawn in this order.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Paint {
    pub(super) fill: Option<Rgba>,
    pub(super) hatch: Option<HatchPx>,
    pub(super) stroke: Option<StrokePx>,
}

impl Paint {
    pub(super) fn fill(color: Rgba) -> Self {
        Self { fill: Some(color), ..Self::default() }
    }

    pub(super) fn stroke(color: Rgba, width: f64) -> Self {
        Self { stroke: Some(StrokePx { color, width, dash: None }), ..Self::default() }
    }
}

/// Which part of a text stands on its point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Anchor {
    Start,
    Middle,
    End,
}

/// One line of text, on its baseline.
#[derive(Debug, Clone, Copy)]
pub(super) struct Text<'a> {
    pub(super) text: &'a str,
    pub(super) at: (f64, f64),
    pub(super) em_px: f64,
    pub(super) face: Face,
    pub(super) color: Rgba,
    pub(super) anchor: Anchor,
    /// Colour and width beyond the letters.
    pub(super) halo: Option<(Rgba, f64)>,
}

/// A picture being drawn.
pub(super) trait Surface {
    /// Width and height, pixels.
    fn size(&self) -> (u32, u32);

    /// Draws a shape.
    fn shape(&mut self, path: &Path, paint: &Paint) -> Result<(), RenderError>;

    /// Draws a line of text.
    fn text(&mut self, text: &Text<'_>) -> Result<(), RenderError>;

    /// Names what follows, until [`Surface::close_group`], for those who open the picture in an editor; `title` is
    /// what a browser shows when the pointer rests on it (nothing if empty).
    fn open_group(&mut self, id: &str, title: &str);

    /// Ends the last group opened.
    fn close_group(&mut self);

    /// Keeps what follows inside `rect`, until [`Surface::close_panel`]. Panels do not nest.
    fn open_panel(&mut self, rect: &PxRect) -> Result<(), RenderError>;

    /// Ends the panel.
    fn close_panel(&mut self) -> Result<(), RenderError>;
}
