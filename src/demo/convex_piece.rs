//! Convex pieces of land, cut by straight lines: by a place, by an area, by a list of areas.

use geo_types::Coord;

use super::power_diagram::area;
use super::straight_lines::LineBook;
use super::straight_lines::LineId;
use super::straight_lines::RoadClass;

/// One edge of a piece.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Edge {
    pub(crate) line: LineId,
    /// Half the width of what runs along the line (road, river), 0 for a plain boundary, metres.
    pub(crate) half_width_m: f64,
}

/// A convex polygon, counter-clockwise; edge `k` goes from corner `k` to the next.
#[derive(Debug, Clone)]
pub(crate) struct Piece {
    pub(crate) corners: Vec<Coord<f64>>,
    pub(crate) edges: Vec<Edge>,
}

/// What a cut leaves behind it along its line.
#[derive(Debug, Clone, Copy)]
pub(crate) struct CutLine {
    pub(crate) half_width_m: f64,
    pub(crate) road: Option<RoadClass>,
    /// Distance between the points that let the line bend, metres.
    pub(crate) spacing_m: f64,
}

impl CutLine {
    /// A boundary that nothing runs along.
    pub(crate) fn plain(spacing_m: f64) -> Self {
        Self { half_width_m: 0.0, road: None, spacing_m }
    }

    /// A road of a class and half-width.
    pub(crate) fn road(class: RoadClass, half_width_m: f64) -> Self {
        Self { half_width_m, road: Some(class), spacing_m: 40.0 }
    }
}

/// Cuts nearer than this to a corner do not count as cuts, metres.
const LEAST_M: f64 = 0.5;

fn cross(a: Coord<f64>, b: Coord<f64>) -> f64 {
    a.x * b.y - a.y * b.x
}

fn dot(a: Coord<f64>, b: Coord<f64>) -> f64 {
    a.x * b.x + a.y * b.y
}

impl Piece {
    pub(crate) fn area_m2(&self) -> f64 {
        area(&self.corners)
    }

    /// Mean of the corners: inside, since the piece is convex.
    pub(crate) fn middle(&self) -> Coord<f64> {
        let count = self.corners.len().max(1) as f64;
        self.corners.iter().fold(Coord { x: 0.0, y: 0.0 }, |sum, c| sum + *c) / count
    }

    /// Distance from a place, 0 inside.
    pub(crate) fn distance_m(&self, from: Coord<f64>) -> f64 {
        let count = self.corners.len();
        let inside = (0..count).all(|k| {
            cross(self.corners[(k + 1) % count] - self.corners[k], from - self.corners[k]) >= 0.0
        });
        if inside {
            return 0.0;
        }
        (0..count)
            .map(|k| {
                let (a, b) = (self.corners[k], self.corners[(k + 1) % count]);
                let along = b - a;
                let t = (dot(from - a, along) / dot(along, along)).clamp(0.0, 1.0);
                let gap = from - (a + along * t);
                gap.x.hypot(gap.y)
            })
            .fold(f64::INFINITY, f64::min)
    }

    /// Unit vector along the longer side of the smallest rectangle around the piece.
    pub(crate) fn long_axis(&self) -> Coord<f64> {
        let count = self.corners.len();
        let mut best = (f64::INFINITY, Coord { x: 1.0, y: 0.0 });
        for k in 0..count {
            let along = self.corners[(k + 1) % count] - self.corners[k];
            let length = along.x.hypot(along.y);
            if length < 1e-6 {
                continue;
            }
            let unit = along / length;
            let normal = Coord { x: -unit.y, y: unit.x };
            let (u, v) = (self.extent(unit), self.extent(normal));
            let (width, height) = (u.1 - u.0, v.1 - v.0);
            if width * height < best.0 {
                best = (width * height, if width >= height { unit } else { normal });
            }
        }
        best.1
    }

    /// Lowest and highest coordinate along a direction.
    pub(crate) fn extent(&self, along: Coord<f64>) -> (f64, f64) {
        self.corners.iter().fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), c| {
            let at = dot(*c, along);
            (low.min(at), high.max(at))
        })
    }

    /// Cuts along the line through `through` in a direction: (left, right). `None` when nothing would be cut off.
    pub(crate) fn cut(
        &self,
        book: &mut LineBook,
        through: Coord<f64>,
        direction: Coord<f64>,
        line: CutLine,
    ) -> Option<(Self, Self)> {
        let count = self.corners.len();
        let side: Vec<f64> = self.corners.iter().map(|c| cross(direction, *c - through)).collect();
        let (low, high) = side.iter().fold((0.0_f64, 0.0_f64), |(l, h), s| (l.min(*s), h.max(*s)));
        if low > -LEAST_M || high < LEAST_M {
            return None;
        }
        let leaves = (0..count).find(|k| side[*k] > 0.0 && side[(k + 1) % count] <= 0.0)?;
        let enters = (0..count).find(|k| side[*k] <= 0.0 && side[(k + 1) % count] > 0.0)?;
        let crossing = |k: usize| {
            let (a, b) = (self.corners[k], self.corners[(k + 1) % count]);
            let (sa, sb) = (side[k], side[(k + 1) % count]);
            a + (b - a) * (sa / (sa - sb))
        };
        let out = book.snap(self.edges[leaves].line, crossing(leaves));
        let back = book.snap(self.edges[enters].line, crossing(enters));
        let new_line = book.add(out, back, line.spacing_m, line.road);
        if line.road.is_some() {
            let joined_out = book.join(self.edges[leaves].line, out);
            let joined_back = book.join(self.edges[enters].line, back);
            if !joined_out && !joined_back {
                book.set_road(new_line, None);
            }
        }
        let new_edge = Edge { line: new_line, half_width_m: line.half_width_m };
        let mut left = Self { corners: vec![back], edges: vec![self.edges[enters]] };
        let mut k = (enters + 1) % count;
        loop {
            left.corners.push(self.corners[k]);
            left.edges.push(self.edges[k]);
            if k == leaves {
                break;
            }
            k = (k + 1) % count;
        }
        left.corners.push(out);
        left.edges.push(new_edge);
        let mut right = Self { corners: vec![out], edges: vec![self.edges[leaves]] };
        k = (leaves + 1) % count;
        loop {
            right.corners.push(self.corners[k]);
            right.edges.push(self.edges[k]);
            if k == enters {
                break;
            }
            k = (k + 1) % count;
        }
        right.corners.push(back);
        right.edges.push(new_edge);
        let (left, right) = (left.tidy()?, right.tidy()?);
        Some((left, right))
    }

    /// Drops edges that snapping has shrunk to nothing; `None` when no surface is left.
    fn tidy(mut self) -> Option<Self> {
        let count = self.corners.len();
        let keep: Vec<bool> =
            (0..count).map(|k| self.corners[k] != self.corners[(k + 1) % count]).collect();
        let mut flags = keep.iter();
        self.corners.retain(|_| flags.next().copied().unwrap_or(true));
        let mut flags = keep.iter();
        self.edges.retain(|_| flags.next().copied().unwrap_or(true));
        (self.corners.len() >= 3 && self.area_m2() > 1.0).then_some(self)
    }

    /// Cuts off `wanted_m2` at the low end of a direction: (cut off, rest).
    pub(crate) fn cut_area(
        &self,
        book: &mut LineBook,
        along: Coord<f64>,
        wanted_m2: f64,
        line: CutLine,
    ) -> Option<(Self, Self)> {
        let (mut low, mut high) = self.extent(along);
        for _ in 0..26 {
            let middle = f64::midpoint(low, high);
            if self.area_below(along, middle) < wanted_m2 { low = middle } else { high = middle }
        }
        // The line runs so that its left side is the low end of `along`.
        let direction = Coord { x: -along.y, y: along.x };
        let through = along * f64::midpoint(low, high);
        self.cut(book, through, direction, line)
    }

    fn area_below(&self, along: Coord<f64>, at: f64) -> f64 {
        let origin = self.corners[0];
        let count = self.corners.len();
        let (mut twice, mut first, mut last) = (0.0, None, origin);
        let mut add = |p: Coord<f64>| {
            if first.is_none() {
                first = Some(p);
            } else {
                twice += cross(last - origin, p - origin);
            }
            last = p;
        };
        for k in 0..count {
            let (a, b) = (self.corners[k], self.corners[(k + 1) % count]);
            let (da, db) = (dot(a, along) - at, dot(b, along) - at);
            if da <= 0.0 {
                add(a);
            }
            if (da <= 0.0) != (db <= 0.0) {
                add(a + (b - a) * (da / (da - db)));
            }
        }
        first.map_or(0.0, |start| (twice + cross(last - origin, start - origin)) / 2.0)
    }

    /// What is left once the roads and rivers along the edges have taken their half-width.
    pub(crate) fn inset(&self, book: &mut LineBook) -> Option<Self> {
        let mut net = self.clone();
        let count = self.corners.len();
        for k in 0..count {
            let width = self.edges[k].half_width_m;
            if width <= 0.0 {
                continue;
            }
            let along = self.corners[(k + 1) % count] - self.corners[k];
            let unit = along / along.x.hypot(along.y);
            let inward = Coord { x: -unit.y, y: unit.x };
            let through = self.corners[k] + inward * width;
            match net.cut(book, through, unit, CutLine::plain(30.0)) {
                Some((kept, _)) => net = kept,
                None if net.corners.iter().all(|c| cross(unit, *c - through) < LEAST_M) => {
                    return None;
                }
                None => {}
            }
        }
        (net.area_m2() > 25.0).then_some(net)
    }

    /// Carves a compact piece of about `wanted_m2` near a place: (carved, leftovers).
    pub(crate) fn carve(
        self,
        book: &mut LineBook,
        near: Coord<f64>,
        wanted_m2: f64,
        line: CutLine,
    ) -> (Self, Vec<Self>) {
        let mut rest = Vec::new();
        let mut piece = self;
        for _ in 0..24 {
            let whole = piece.area_m2();
            if whole <= wanted_m2 * 1.15 {
                break;
            }
            let share = if whole > 2.5 * wanted_m2 { whole / 2.0 } else { wanted_m2 };
            let mut axis = piece.long_axis();
            let (low, high) = piece.extent(axis);
            if dot(near, axis) > f64::midpoint(low, high) {
                axis = -axis;
            }
            match piece.cut_area(book, axis, share, line) {
                Some((kept, other)) => {
                    rest.push(other);
                    piece = kept;
                }
                None => break,
            }
        }
        (piece, rest)
    }

    /// Cuts into pieces whose areas are in the proportions of `shares`, in order; `skew` in radians tilts a cut.
    pub(crate) fn divide(
        self,
        book: &mut LineBook,
        shares: &[f64],
        spacing_m: f64,
        skew: &mut impl FnMut() -> f64,
        out: &mut Vec<Self>,
    ) {
        if shares.len() < 2 {
            out.push(self);
            return;
        }
        let total: f64 = shares.iter().sum();
        let (mut below, mut split) = (shares[0], 1);
        while split + 1 < shares.len()
            && (below + shares[split] - total / 2.0).abs() < (below - total / 2.0).abs()
        {
            below += shares[split];
            split += 1;
        }
        let (sin, cos) = skew().sin_cos();
        let axis = self.long_axis();
        let axis = Coord { x: axis.x * cos - axis.y * sin, y: axis.x * sin + axis.y * cos };
        let wanted = self.area_m2() * below / total;
        match self.cut_area(book, axis, wanted, CutLine::plain(spacing_m)) {
            Some((first, second)) => {
                first.divide(book, &shares[..split], spacing_m, skew, out);
                second.divide(book, &shares[split..], spacing_m, skew, out);
            }
            None => out.push(self),
        }
    }

    /// The boundary with every point known on its lines, open ring.
    pub(crate) fn ring(&self, book: &LineBook) -> Vec<Coord<f64>> {
        let count = self.corners.len();
        let mut ring = Vec::with_capacity(count * 3);
        for k in 0..count {
            ring.push(self.corners[k]);
            book.between(
                self.edges[k].line,
                self.corners[k],
                self.corners[(k + 1) % count],
                &mut ring,
            );
        }
        ring
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn square(book: &mut LineBook, side: f64) -> Piece {
        let at = |x: f64, y: f64| Coord { x: x * side, y: y * side };
        let corners = vec![at(0.0, 0.0), at(1.0, 0.0), at(1.0, 1.0), at(0.0, 1.0)];
        let edges = (0..4)
            .map(|k| {
                let line = book.add(corners[k], corners[(k + 1) % 4], 1000.0, None);
                Edge { line, half_width_m: if k == 0 { 5.0 } else { 0.0 } }
            })
            .collect();
        Piece { corners, edges }
    }

    #[test]
    fn division_gives_the_areas_and_loses_nothing() {
        let mut book = LineBook::default();
        let shares = [1.0, 2.0, 3.0, 4.0, 10.0];
        let mut parts = Vec::new();
        square(&mut book, 100.0).divide(&mut book, &shares, 1000.0, &mut || 0.05, &mut parts);
        assert_eq!(parts.len(), 5);
        for (part, share) in parts.iter().zip(shares) {
            assert!((part.area_m2() / (share * 500.0) - 1.0).abs() < 0.02, "{}", part.area_m2());
        }
        let whole: f64 = parts.iter().map(|part| area(&part.ring(&book))).sum();
        assert!((whole - 10_000.0).abs() < 1e-6, "{whole}");
    }

    #[test]
    fn inset_takes_the_road_away() {
        let mut book = LineBook::default();
        let net = square(&mut book, 100.0).inset(&mut book).unwrap();
        assert!((net.area_m2() - 9_500.0).abs() < 1.0);
    }

    #[test]
    fn carving_keeps_the_whole() {
        let mut book = LineBook::default();
        let (carved, rest) = square(&mut book, 400.0).carve(
            &mut book,
            Coord { x: 0.0, y: 0.0 },
            10_000.0,
            CutLine::plain(50.0),
        );
        assert!((carved.area_m2() / 10_000.0 - 1.0).abs() < 0.16);
        assert!(carved.distance_m(Coord { x: 0.0, y: 0.0 }) < 1e-9);
        let whole = carved.area_m2() + rest.iter().map(Piece::area_m2).sum::<f64>();
        assert!((whole - 160_000.0).abs() < 1e-6);
    }
}
