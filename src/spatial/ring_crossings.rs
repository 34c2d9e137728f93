//! Where rings meet each other or themselves: all pairs for small geometries, a self-join of the
//! edge tree for large ones. Every verdict is an exact predicate.

use geo::Coord;

use crate::spatial::edge_tree::EdgeTree;
use crate::spatial::edge_tree::Node;
use crate::spatial::segment::Extent;
use crate::spatial::segment::between;
use crate::spatial::segment::segments_meet;
use crate::spatial::segment::turn;

/// Edges above which building a tree costs less than testing every pair.
const ALL_PAIRS: usize = 40;

/// A meeting of two edges that are not neighbours in a ring, or a spike.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Contact {
    pub(crate) ring_a: usize,
    pub(crate) ring_b: usize,
    pub(crate) place: Coord,
    /// False when two different rings only touch at a point without crossing there.
    pub(crate) crossing: bool,
}

/// Closed rings without repeated points, one after the other.
pub(crate) struct Rings {
    pub(crate) coords: Vec<Coord>,
    /// `starts[k]..starts[k + 1]` are the vertices of ring `k`.
    pub(crate) starts: Vec<usize>,
}

impl Rings {
    pub(crate) fn ring(&self, k: usize) -> &[Coord] {
        &self.coords[self.starts[k]..self.starts[k + 1]]
    }

    pub(crate) fn count(&self) -> usize {
        self.starts.len() - 1
    }

    /// Calls `report` with every contact, in an order that depends on the vertices only.
    pub(crate) fn contacts(&self, report: &mut impl FnMut(Contact)) {
        if self.coords.len() <= ALL_PAIRS {
            self.all_pairs(report);
            return;
        }
        let tree = EdgeTree::build((0..self.count()).map(|k| self.ring(k)));
        if let Some(root) = tree.root() {
            self.join_self(&tree, root, report);
        }
    }

    fn ring_of(&self, vertex: usize) -> usize {
        if self.starts.len() == 2 {
            return 0;
        }
        self.starts.partition_point(|start| *start <= vertex) - 1
    }

    fn all_pairs(&self, report: &mut impl FnMut(Contact)) {
        // The boxes of all edges once: most pairs are told apart by them and nothing else.
        let mut boxes = [Extent::EMPTY; ALL_PAIRS];
        let boxes = &mut boxes[..self.coords.len().saturating_sub(1)];
        for ring in 0..self.count() {
            let edges = self.starts[ring]..self.starts[ring + 1] - 1;
            for (edge, ends) in
                boxes[edges.clone()].iter_mut().zip(self.coords[edges.start..].windows(2))
            {
                *edge = Extent::of_segment(ends[0], ends[1]);
            }
        }
        for ring_a in 0..self.count() {
            for i in self.starts[ring_a]..self.starts[ring_a + 1] - 1 {
                let edge = boxes[i];
                for (ahead, other) in boxes[i + 1..].iter().enumerate() {
                    // Without branches between the four: which of them fails cannot be foretold.
                    let touches = (edge.min_x <= other.max_x)
                        & (other.min_x <= edge.max_x)
                        & (edge.min_y <= other.max_y)
                        & (other.min_y <= edge.max_y);
                    if touches {
                        let j = i + 1 + ahead;
                        self.pair(ring_a, i, &edge, self.ring_of(j), j, report);
                    }
                }
            }
        }
    }

    fn join_self(&self, tree: &EdgeTree, node: &Node, report: &mut impl FnMut(Contact)) {
        if EdgeTree::is_leaf(node) {
            let (first, last) = (node.first as usize, node.last as usize);
            let ring = self.ring_of(first);
            for i in first..last {
                let edge = Extent::of_segment(self.coords[i], self.coords[i + 1]);
                for j in i + 1..last {
                    self.pair(ring, i, &edge, ring, j, report);
                }
            }
            return;
        }
        let children = tree.children(node);
        for (k, child) in children.iter().enumerate() {
            self.join_self(tree, child, report);
            for other in &children[k + 1..] {
                self.join(tree, child, other, report);
            }
        }
    }

    fn join(&self, tree: &EdgeTree, a: &Node, b: &Node, report: &mut impl FnMut(Contact)) {
        if !a.extent.touches(&b.extent) {
            return;
        }
        match (EdgeTree::is_leaf(a), EdgeTree::is_leaf(b)) {
            (false, _) => {
                tree.children(a).iter().for_each(|child| self.join(tree, child, b, report));
            }
            (true, false) => {
                tree.children(b).iter().for_each(|child| self.join(tree, a, child, report));
            }
            (true, true) => {
                let (ring_a, ring_b) =
                    (self.ring_of(a.first as usize), self.ring_of(b.first as usize));
                for i in a.first as usize..a.last as usize {
                    let edge = Extent::of_segment(self.coords[i], self.coords[i + 1]);
                    if edge.touches(&b.extent) {
                        for j in b.first as usize..b.last as usize {
                            self.pair(ring_a, i, &edge, ring_b, j, report);
                        }
                    }
                }
            }
        }
    }

    /// Edge `i` of ring `ring_a` (its box given) against edge `j` of ring `ring_b`, `i < j`.
    #[inline]
    fn pair(
        &self,
        ring_a: usize,
        i: usize,
        edge: &Extent,
        ring_b: usize,
        j: usize,
        report: &mut impl FnMut(Contact),
    ) {
        let (c, d) = (self.coords[j], self.coords[j + 1]);
        if c.x.max(d.x) < edge.min_x
            || c.x.min(d.x) > edge.max_x
            || c.y.max(d.y) < edge.min_y
            || c.y.min(d.y) > edge.max_y
        {
            return;
        }
        let (a, b) = (self.coords[i], self.coords[i + 1]);
        if ring_a != ring_b {
            self.pair_of_rings(ring_a, i, ring_b, j, report);
            return;
        }
        let mut cross = |place| {
            report(Contact { ring_a, ring_b, place, crossing: true });
        };
        if j == i + 1 {
            if doubles_back(a, b, d) {
                cross(b);
            }
        } else if i == self.starts[ring_a] && j + 2 == self.starts[ring_a + 1] {
            if doubles_back(c, a, b) {
                cross(a);
            }
        } else if segments_meet(a, b, c, d) {
            cross(meeting_place(a, b, c, d));
        }
    }

    fn pair_of_rings(
        &self,
        ring_a: usize,
        i: usize,
        ring_b: usize,
        j: usize,
        report: &mut impl FnMut(Contact),
    ) {
        let (a, b, c, d) = (self.coords[i], self.coords[i + 1], self.coords[j], self.coords[j + 1]);
        if !segments_meet(a, b, c, d) {
            return;
        }
        let signs = [turn(a, b, c), turn(a, b, d), turn(c, d, a), turn(c, d, b)];
        let place = meeting_place(a, b, c, d);
        let crossing = if signs == [0; 4] {
            // Two collinear edges that meet: at one end only, or along a length?
            let ends_shared = [(a, c, d), (b, c, d), (c, a, b), (d, a, b)]
                .iter()
                .filter(|(p, q, r)| between(*q, *r, *p))
                .map(|(p, _, _)| *p)
                .any(|p| p != place);
            ends_shared || self.passes_through(ring_a, i, ring_b, j, place)
        } else if signs.iter().all(|sign| *sign != 0) {
            true
        } else {
            self.passes_through(ring_a, i, ring_b, j, place)
        };
        report(Contact { ring_a, ring_b, place, crossing });
    }

    /// True when, at `place`, ring B goes from one side of ring A to the other.
    fn passes_through(
        &self,
        ring_a: usize,
        i: usize,
        ring_b: usize,
        j: usize,
        place: Coord,
    ) -> bool {
        let (a0, a1) = self.arms(ring_a, i, place);
        let (b0, b1) = self.arms(ring_b, j, place);
        let on_left = |q: Coord| {
            let (before, after) = (turn(a0, place, q) > 0, turn(place, a1, q) > 0);
            match turn(a0, place, a1) {
                1 => before && after,
                -1 => before || after,
                _ => before,
            }
        };
        on_left(b0) != on_left(b1)
    }

    /// The vertices before and after `place`, which is on edge `i` of `ring`.
    fn arms(&self, ring: usize, i: usize, place: Coord) -> (Coord, Coord) {
        let (start, end) = (self.starts[ring], self.starts[ring + 1]);
        if self.coords[i] == place {
            let before = if i == start { end - 2 } else { i - 1 };
            (self.coords[before], self.coords[i + 1])
        } else if self.coords[i + 1] == place {
            let after = if i + 2 == end { start + 1 } else { i + 2 };
            (self.coords[i], self.coords[after])
        } else {
            (self.coords[i], self.coords[i + 1])
        }
    }
}

/// True when the path before → vertex → after comes back on itself.
fn doubles_back(before: Coord, vertex: Coord, after: Coord) -> bool {
    let (ux, uy) = (before.x - vertex.x, before.y - vertex.y);
    let (vx, vy) = (after.x - vertex.x, after.y - vertex.y);
    ux * vx + uy * vy > 0.0 && turn(before, vertex, after) == 0
}

/// A point common to two segments that meet: an end where there is one, else the crossing.
fn meeting_place(a: Coord, b: Coord, c: Coord, d: Coord) -> Coord {
    if turn(a, b, c) == 0 && between(a, b, c) {
        return c;
    }
    if turn(a, b, d) == 0 && between(a, b, d) {
        return d;
    }
    if turn(c, d, a) == 0 && between(c, d, a) {
        return a;
    }
    if turn(c, d, b) == 0 && between(c, d, b) {
        return b;
    }
    let (dx, dy) = (b.x - a.x, b.y - a.y);
    let from_c = dx * (c.y - a.y) - dy * (c.x - a.x);
    let from_d = dx * (d.y - a.y) - dy * (d.x - a.x);
    let share = from_c / (from_c - from_d);
    Coord { x: c.x + share * (d.x - c.x), y: c.y + share * (d.y - c.y) }
}
