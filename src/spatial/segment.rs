//! Predicates on points and segments, exact where a sign decides.

use geo::Coord;
use geo::Rect;
use geo::algorithm::Kernel;
use geo::algorithm::kernels::RobustKernel;

/// Axis-aligned box. Cheaper than [`geo::Rect`], which checks its corners on every construction,
/// and able to be empty.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Extent {
    pub(crate) min_x: f64,
    pub(crate) min_y: f64,
    pub(crate) max_x: f64,
    pub(crate) max_y: f64,
}

impl Extent {
    /// The box of nothing: it meets no other box.
    pub(crate) const EMPTY: Self = Self {
        min_x: f64::INFINITY,
        min_y: f64::INFINITY,
        max_x: f64::NEG_INFINITY,
        max_y: f64::NEG_INFINITY,
    };

    pub(crate) fn of_segment(a: Coord, b: Coord) -> Self {
        Self { min_x: a.x.min(b.x), min_y: a.y.min(b.y), max_x: a.x.max(b.x), max_y: a.y.max(b.y) }
    }

    pub(crate) fn of_coords<'a>(coords: impl IntoIterator<Item = &'a Coord>) -> Self {
        let mut extent = Self::EMPTY;
        for c in coords {
            extent.add(*c);
        }
        extent
    }

    pub(crate) fn of_rect(rect: &Rect) -> Self {
        let (min, max) = (rect.min(), rect.max());
        Self { min_x: min.x, min_y: min.y, max_x: max.x, max_y: max.y }
    }

    pub(crate) fn add(&mut self, c: Coord) {
        self.min_x = self.min_x.min(c.x);
        self.min_y = self.min_y.min(c.y);
        self.max_x = self.max_x.max(c.x);
        self.max_y = self.max_y.max(c.y);
    }

    pub(crate) fn join(&self, other: &Self) -> Self {
        Self {
            min_x: self.min_x.min(other.min_x),
            min_y: self.min_y.min(other.min_y),
            max_x: self.max_x.max(other.max_x),
            max_y: self.max_y.max(other.max_y),
        }
    }

    /// Common part; may be empty (`min > max`).
    pub(crate) fn meet(&self, other: &Self) -> Self {
        Self {
            min_x: self.min_x.max(other.min_x),
            min_y: self.min_y.max(other.min_y),
            max_x: self.max_x.min(other.max_x),
            max_y: self.max_y.min(other.max_y),
        }
    }

    pub(crate) fn width(&self) -> f64 {
        self.max_x - self.min_x
    }

    pub(crate) fn height(&self) -> f64 {
        self.max_y - self.min_y
    }

    /// True when the two boxes share at least a point, borders included.
    pub(crate) fn touches(&self, other: &Self) -> bool {
        self.min_x <= other.max_x
            && other.min_x <= self.max_x
            && self.min_y <= other.max_y
            && other.min_y <= self.max_y
    }

    /// True when the two boxes share a surface.
    pub(crate) fn overlaps(&self, other: &Self) -> bool {
        self.min_x < other.max_x
            && other.min_x < self.max_x
            && self.min_y < other.max_y
            && other.min_y < self.max_y
    }

    /// Squared distance between the boxes, in square units; 0 when they touch.
    pub(crate) fn distance_squared(&self, other: &Self) -> f64 {
        let dx = (other.min_x - self.max_x).max(self.min_x - other.max_x).max(0.0);
        let dy = (other.min_y - self.max_y).max(self.min_y - other.max_y).max(0.0);
        dx * dx + dy * dy
    }

    /// This box grown by `margin` on the four sides.
    pub(crate) fn grown(&self, margin: f64) -> Self {
        Self {
            min_x: self.min_x - margin,
            min_y: self.min_y - margin,
            max_x: self.max_x + margin,
            max_y: self.max_y + margin,
        }
    }
}

/// Exact sign of the turn a → b → c: `1` left, `-1` right, `0` straight.
pub(crate) fn turn(a: Coord, b: Coord, c: Coord) -> i8 {
    match RobustKernel::orient2d(a, b, c) {
        geo::algorithm::Orientation::CounterClockwise => 1,
        geo::algorithm::Orientation::Clockwise => -1,
        geo::algorithm::Orientation::Collinear => 0,
    }
}

/// True when `p`, known to be on the line through `a` and `b`, is between them, ends included.
pub(crate) fn between(a: Coord, b: Coord, p: Coord) -> bool {
    p.x >= a.x.min(b.x) && p.x <= a.x.max(b.x) && p.y >= a.y.min(b.y) && p.y <= a.y.max(b.y)
}

/// True when the closed segments `ab` and `cd` share at least a point. Exact.
pub(crate) fn segments_meet(a: Coord, b: Coord, c: Coord, d: Coord) -> bool {
    if !Extent::of_segment(a, b).touches(&Extent::of_segment(c, d)) {
        return false;
    }
    let (abc, abd) = (turn(a, b, c), turn(a, b, d));
    if abc * abd > 0 {
        return false;
    }
    let (cda, cdb) = (turn(c, d, a), turn(c, d, b));
    if cda * cdb > 0 {
        return false;
    }
    // Both pairs straddle or touch: they meet, except two collinear segments, whose boxes touch
    // and which therefore meet too unless one is a mere point off the other.
    if abc != 0 || abd != 0 || cda != 0 || cdb != 0 {
        return abc != 0 && abd != 0 && cda != 0 && cdb != 0
            || abc == 0 && between(a, b, c)
            || abd == 0 && between(a, b, d)
            || cda == 0 && between(c, d, a)
            || cdb == 0 && between(c, d, b);
    }
    between(a, b, c) || between(a, b, d) || between(c, d, a) || between(c, d, b)
}

/// Squared distance from `p` to the closed segment `ab`.
pub(crate) fn point_segment_squared(p: Coord, a: Coord, b: Coord) -> f64 {
    let (dx, dy) = (b.x - a.x, b.y - a.y);
    let (px, py) = (p.x - a.x, p.y - a.y);
    let length_squared = dx * dx + dy * dy;
    if length_squared <= 0.0 {
        return px * px + py * py;
    }
    let along = ((px * dx + py * dy) / length_squared).clamp(0.0, 1.0);
    if along >= 1.0 {
        let (qx, qy) = (p.x - b.x, p.y - b.y);
        return qx * qx + qy * qy;
    }
    if along <= 0.0 {
        return px * px + py * py;
    }
    // Through the cross product: keeps its digits for a point close to a long segment.
    let cross = px * dy - py * dx;
    cross * cross / length_squared
}

/// Twice the signed area of a closed ring, about its first vertex so that no digit is lost at 6e6 m.
pub(crate) fn ring_area_twice(ring: &[Coord]) -> f64 {
    let Some(origin) = ring.first() else {
        return 0.0;
    };
    let mut sum = 0.0;
    for pair in ring.windows(2) {
        let (ax, ay) = (pair[0].x - origin.x, pair[0].y - origin.y);
        let (bx, by) = (pair[1].x - origin.x, pair[1].y - origin.y);
        sum += ax * by - bx * ay;
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    fn c(x: f64, y: f64) -> Coord {
        Coord { x, y }
    }

    #[test]
    fn segments_that_touch_meet_and_parallel_ones_do_not() {
        assert!(segments_meet(c(0., 0.), c(2., 0.), c(1., 0.), c(1., 5.)));
        assert!(segments_meet(c(0., 0.), c(2., 2.), c(0., 2.), c(2., 0.)));
        assert!(segments_meet(c(0., 0.), c(4., 0.), c(3., 0.), c(9., 0.)));
        assert!(!segments_meet(c(0., 0.), c(2., 0.), c(3., 0.), c(9., 0.)));
        assert!(!segments_meet(c(0., 0.), c(4., 4.), c(1., 0.), c(5., 4.)));
        assert!(!segments_meet(c(0., 0.), c(4., 4.), c(3., 0.), c(4., 3.9)));
        assert!(segments_meet(c(1., 1.), c(1., 1.), c(0., 0.), c(2., 2.)));
        assert!(!segments_meet(c(1., 1.5), c(1., 1.5), c(0., 0.), c(2., 2.)));
    }

    #[test]
    fn distance_to_a_long_segment_keeps_its_digits() {
        let d = point_segment_squared(
            c(500_000.5, 6_300_000.001),
            c(0., 6_300_000.),
            c(1e6, 6_300_000.),
        );
        assert!((d.sqrt() - 0.001).abs() < 1e-9);
    }
}
