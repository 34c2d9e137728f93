//! Upright rectangles that grow inside an area turned about a point.

use geo::Coord;

/// An upright rectangle in a turned frame, in metres about its origin.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Span {
    pub(crate) x0: f64,
    pub(crate) x1: f64,
    pub(crate) y0: f64,
    pub(crate) y1: f64,
}

impl Span {
    pub(crate) fn area(&self) -> f64 {
        (self.x1 - self.x0).max(0.0) * (self.y1 - self.y0).max(0.0)
    }

    /// Each side moved inwards by `share` of the size.
    pub(crate) fn smaller(&self, share: f64) -> Self {
        let (dx, dy) = ((self.x1 - self.x0) * share, (self.y1 - self.y0) * share);
        Self { x0: self.x0 + dx, x1: self.x1 - dx, y0: self.y0 + dy, y1: self.y1 - dy }
    }

    /// A rectangle around the same middle, seen from a frame turned by `angle`, small enough to lie in this one.
    pub(crate) fn turned_by(&self, angle: f64) -> Self {
        let (sine, cosine) = angle.sin_cos();
        let (cx, cy) = ((self.x0 + self.x1) / 2.0, (self.y0 + self.y1) / 2.0);
        let (mx, my) = (cx * cosine + cy * sine, cy * cosine - cx * sine);
        let (w, h) = ((self.x1 - self.x0) / 2.0, (self.y1 - self.y0) / 2.0);
        // The corners (±a, ±b) turned stay within ±w, ±h when a cos + b |sin| <= w and a |sin| + b cos <= h.
        let sine = sine.abs();
        let share = (w / (w * cosine + h * sine)).min(h / (w * sine + h * cosine));
        let (a, b) = (w * share, h * share);
        Self { x0: mx - a, x1: mx + a, y0: my - b, y1: my + b }
    }
}

/// The edges of an area in a frame turned by some angle.
pub(crate) struct Frame {
    edges: Vec<(Coord, Coord)>,
}

impl Frame {
    /// Steps, as a share of the area's size, at which a first growth and a last one stop.
    pub(crate) const QUICK: f64 = 4e-3;
    pub(crate) const FINE: f64 = 5e-5;

    /// The frame whose first axis is at `angle` radians from the area's.
    pub(crate) fn turned(edges: &[(Coord, Coord)], angle: f64) -> Self {
        let (sine, cosine) = angle.sin_cos();
        let there =
            |c: &Coord| Coord { x: c.x * cosine + c.y * sine, y: c.y * cosine - c.x * sine };
        Self { edges: edges.iter().map(|(from, to)| (there(from), there(to))).collect() }
    }

    pub(crate) fn edges(&self) -> &[(Coord, Coord)] {
        &self.edges
    }

    /// Box of the area.
    pub(crate) fn bounds(&self) -> Span {
        let mut span = Span {
            x0: f64::INFINITY,
            x1: f64::NEG_INFINITY,
            y0: f64::INFINITY,
            y1: f64::NEG_INFINITY,
        };
        for (from, _) in &self.edges {
            span.x0 = span.x0.min(from.x);
            span.x1 = span.x1.max(from.x);
            span.y0 = span.y0.min(from.y);
            span.y1 = span.y1.max(from.y);
        }
        span
    }

    /// The largest rectangle found by moving the four sides of `seed`, a rectangle inside the area; `None` when the
    /// seed is not inside. Stops at steps of `finest` times the size of the area.
    ///
    /// Two opposite sides are moved; between them, the two others go as far as the edges let them. Then the other way.
    pub(crate) fn grown(&self, seed: Span, finest: f64) -> Option<Span> {
        let bounds = self.bounds();
        let size_m = (bounds.x1 - bounds.x0).max(bounds.y1 - bounds.y0);
        // Away from the edges it touches, so that rounding does not put the seed across one.
        let seed = seed.smaller(1e-7);
        let mut span = self.between_columns(seed.x0, seed.x1, seed)?;
        let mut step = size_m / 16.0;
        let mut moves_left = MOST_MOVES;
        while step > finest * size_m {
            let mut best = span;
            for (left, right) in MOVES {
                let wide = [
                    self.between_columns(span.x0 + left * step, span.x1 + right * step, span),
                    self.between_rows(span.y0 + left * step, span.y1 + right * step, span),
                ];
                for other in wide.into_iter().flatten() {
                    if other.area() > best.area() * (1.0 + 1e-9) {
                        best = other;
                    }
                }
            }
            // A long slanted corridor would let the rectangle creep along it: after some moves, finer steps decide.
            moves_left -= 1;
            if best == span || moves_left == 0 {
                step /= 2.0;
                moves_left = MOST_MOVES;
            }
            span = best;
        }
        Some(span)
    }

    /// The tallest rectangle between two abscissas around the middle of `span`; `None` when an edge passes there.
    fn between_columns(&self, x0: f64, x1: f64, span: Span) -> Option<Span> {
        let middle = (span.y0 + span.y1) / 2.0;
        let (y0, y1) = reach(self.edges.iter().map(|(p, q)| (p.x, p.y, q.x, q.y)), x0, x1, middle)?;
        Some(Span { x0, x1, y0, y1 })
    }

    /// The widest rectangle between two ordinates around the middle of `span`.
    fn between_rows(&self, y0: f64, y1: f64, span: Span) -> Option<Span> {
        let middle = (span.x0 + span.x1) / 2.0;
        let (x0, x1) = reach(self.edges.iter().map(|(p, q)| (p.y, p.x, q.y, q.x)), y0, y1, middle)?;
        Some(Span { x0, x1, y0, y1 })
    }
}

/// Moves made at one size of step.
const MOST_MOVES: u32 = 40;

/// How two opposite sides move: one of them out or in, or both.
const MOVES: [(f64, f64); 8] = [
    (-1.0, 0.0),
    (1.0, 0.0),
    (0.0, -1.0),
    (0.0, 1.0),
    (-1.0, 1.0),
    (1.0, -1.0),
    (-1.0, -1.0),
    (1.0, 1.0),
];

/// How far down and up from `middle` a band between `low` and `high` (along the first axis) meets no edge, given as
/// (first, second, first, second) coordinates. `None` when one passes at the middle, or when none stops the band.
fn reach(
    edges: impl Iterator<Item = (f64, f64, f64, f64)>,
    low: f64,
    high: f64,
    middle: f64,
) -> Option<(f64, f64)> {
    if high <= low {
        return None;
    }
    let (mut down, mut up) = (f64::NEG_INFINITY, f64::INFINITY);
    for (u1, v1, u2, v2) in edges {
        if u1.max(u2) <= low || u1.min(u2) >= high {
            continue;
        }
        let at = |u: f64| v1 + (u - u1) / (u2 - u1) * (v2 - v1);
        let cut = |u: f64, v: f64| {
            if u < low {
                at(low)
            } else if u > high {
                at(high)
            } else {
                v
            }
        };
        let (a, b) = (cut(u1, v1), cut(u2, v2));
        let (least, most) = (a.min(b), a.max(b));
        if most <= middle {
            down = down.max(most);
        } else if least >= middle {
            up = up.min(least);
        } else {
            return None;
        }
    }
    (down.is_finite() && up.is_finite() && up > down).then_some((down, up))
}
