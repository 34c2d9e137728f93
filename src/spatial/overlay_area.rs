//! Area of an intersection, without building the intersection.
//!
//! Inside a window, the characteristic function of an area is a sum over its edges: an edge that
//! runs to the left (interior below) adds 1 to everything under it, an edge that runs to the right
//! takes 1 away. The product of two such sums integrates term by term, so
//! `area(A ∩ B) = Σ over edges a of A, b of B of ± ∫ min(y_a(x), y_b(x)) dx`
//! over their common abscissas. Nothing is decided by the sign of a tiny number: shared edges,
//! touching corners and slivers need no special case, and the result is as exact as its sums.
//! Only the edges near the window are visited: what lies above it is summarised by where the ring
//! rises over the window's top, what lies below it contributes 0.

use geo::Coord;
use geo::Geometry;
use geo::Polygon;

use crate::spatial::edge_tree::EdgeTree;
use crate::spatial::edge_tree::Node;
use crate::spatial::segment::Extent;
use crate::spatial::segment::between;
use crate::spatial::segment::ring_area_twice;
use crate::spatial::segment::turn;

/// Products of edge counts above which edges are sorted into columns first.
const DIRECT_PAIRS: usize = 4_096;

/// An edge over an interval of abscissas, relative to the window's lower left corner.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Step {
    pub(crate) x1: f64,
    pub(crate) x2: f64,
    pub(crate) y1: f64,
    pub(crate) slope: f64,
    /// What everything under the edge gains: +1 or -1, or the winding of a whole window.
    pub(crate) gain: f64,
}

impl Step {
    pub(crate) fn at(&self, x: f64) -> f64 {
        self.y1 + (x - self.x1) * self.slope
    }
}

/// Where a point lies with respect to an area.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Position {
    /// Strictly inside.
    Inside,
    /// On an edge or a vertex.
    Boundary,
    /// Strictly outside.
    Outside,
}

/// A polygon or multipolygon made ready for many questions: build it once per zone, then ask it
/// about thousands of parcels.
///
/// The geometry must be valid (see [`crate::spatial::repair`]); the orientation of its rings does
/// not matter. A geometry that is not areal makes an empty area.
#[derive(Debug, Clone)]
pub struct PreparedArea {
    pub(crate) tree: EdgeTree,
    area_m2: f64,
}

impl PreparedArea {
    /// Indexes the edges of `geometry`: a copy of its vertices and about 7 bytes more for each.
    #[must_use]
    pub fn new(geometry: &Geometry) -> Self {
        let mut rings: Vec<Vec<Coord>> = Vec::new();
        let mut twice = 0.0;
        for_each_ring(geometry, &mut |ring, backwards| {
            twice += ring_area_twice(ring) * if backwards { -1.0 } else { 1.0 };
            let mut ring = ring.to_vec();
            if backwards {
                ring.reverse();
            }
            rings.push(ring);
        });
        Self {
            tree: EdgeTree::build(rings.iter().map(Vec::as_slice)),
            area_m2: (twice / 2.0).max(0.0),
        }
    }

    /// Area in square metres, holes deducted.
    #[must_use]
    pub fn area_m2(&self) -> f64 {
        self.area_m2
    }

    /// Exact position of a point.
    #[must_use]
    pub fn position(&self, point: Coord) -> Position {
        let mut winding = 0;
        match self.tree.root() {
            Some(root) if wind(&self.tree, root, point, &mut winding) => Position::Boundary,
            _ if winding != 0 => Position::Inside,
            _ => Position::Outside,
        }
    }

    /// Area in square metres common to this area and `other`; 0 when `other` is not areal.
    #[must_use]
    pub fn intersection_area(&self, other: &Geometry) -> f64 {
        let window = areal_extent(other).meet(&self.tree.extent());
        if !(window.width() > 0.0 && window.height() > 0.0) {
            return 0.0;
        }
        // The zone first: most windows are wholly in or out of it, and then the parcel is not read.
        let mine = self.steps(&window);
        if mine.is_empty() {
            return 0.0;
        }
        let mut theirs = Vec::with_capacity(32);
        steps_of_geometry(other, &window, &mut theirs);
        common_area(&theirs, &mine, window.width())
    }

    /// As [`Self::intersection_area`], for two prepared areas.
    #[must_use]
    pub fn intersection_area_prepared(&self, other: &Self) -> f64 {
        let window = self.tree.extent().meet(&other.tree.extent());
        if !(window.width() > 0.0 && window.height() > 0.0) {
            return 0.0;
        }
        common_area(&self.steps(&window), &other.steps(&window), window.width())
    }

    /// The steps of this area inside `window`.
    pub(crate) fn steps(&self, window: &Extent) -> Vec<Step> {
        steps_of_tree(&self.tree, window)
    }
}

/// The steps of turned rings inside `window`; where they wind round a place twice, it counts twice.
pub(crate) fn steps_of_tree(tree: &EdgeTree, window: &Extent) -> Vec<Step> {
    let mut gathering = Gathering::new(*window, Vec::with_capacity(16));
    if let Some(root) = tree.root() {
        gathering.node(tree, root);
    }
    gathering.finish()
}

/// Calls `visit(ring, backwards)` for each ring of an areal geometry; `backwards` when the ring
/// must be reversed for its interior to lie on its left (shell) or right (hole).
pub(crate) fn for_each_ring(geometry: &Geometry, visit: &mut impl FnMut(&[Coord], bool)) {
    let mut polygon = |polygon: &Polygon| {
        let shell = &polygon.exterior().0;
        visit(shell, ring_area_twice(shell) < 0.0);
        for hole in polygon.interiors() {
            visit(&hole.0, ring_area_twice(&hole.0) > 0.0);
        }
    };
    match geometry {
        Geometry::Polygon(one) => polygon(one),
        Geometry::MultiPolygon(many) => many.0.iter().for_each(polygon),
        _ => {}
    }
}

/// Box of the shells of an areal geometry; empty for another geometry.
pub(crate) fn areal_extent(geometry: &Geometry) -> Extent {
    match geometry {
        Geometry::Polygon(one) => Extent::of_coords(&one.exterior().0),
        Geometry::MultiPolygon(many) => {
            Extent::of_coords(many.0.iter().flat_map(|one| &one.exterior().0))
        }
        _ => Extent::EMPTY,
    }
}

fn steps_of_geometry(geometry: &Geometry, window: &Extent, steps: &mut Vec<Step>) {
    let mut gathering = Gathering::new(*window, std::mem::take(steps));
    for_each_ring(geometry, &mut |ring, backwards| {
        for pair in ring.windows(2) {
            if backwards {
                gathering.edge(pair[1], pair[0]);
            } else {
                gathering.edge(pair[0], pair[1]);
            }
        }
    });
    *steps = gathering.finish();
}

/// The steps of one ring as drawn, whichever way it turns.
pub(crate) fn steps_of_ring(ring: &[Coord], window: &Extent) -> Vec<Step> {
    let mut gathering = Gathering::new(*window, Vec::with_capacity(ring.len()));
    for pair in ring.windows(2) {
        gathering.edge(pair[0], pair[1]);
    }
    gathering.finish()
}

/// The area common to two geometries, neither prepared.
pub(crate) fn intersection_area_direct(a: &Geometry, b: &Geometry) -> f64 {
    let window = areal_extent(a).meet(&areal_extent(b));
    if !(window.width() > 0.0 && window.height() > 0.0) {
        return 0.0;
    }
    let (mut first, mut second) = (Vec::with_capacity(32), Vec::with_capacity(32));
    steps_of_geometry(a, &window, &mut first);
    if first.is_empty() {
        return 0.0;
    }
    steps_of_geometry(b, &window, &mut second);
    common_area(&first, &second, window.width())
}

/// Collects the steps of an area inside a window.
struct Gathering {
    window: Extent,
    height: f64,
    steps: Vec<Step>,
    /// Winding that holds over the whole window, from what passes above and to the right.
    base: i32,
}

impl Gathering {
    fn new(window: Extent, steps: Vec<Step>) -> Self {
        let height = window.height();
        Self { window, height, steps, base: 0 }
    }

    fn finish(mut self) -> Vec<Step> {
        if self.base != 0 {
            let width = self.window.width();
            self.level_step(width, f64::from(self.base));
        }
        self.steps
    }

    fn level_step(&mut self, to_x: f64, gain: f64) {
        self.steps.push(Step { x1: 0.0, x2: to_x, y1: self.height, slope: 0.0, gain });
    }

    fn node(&mut self, tree: &EdgeTree, node: &Node) {
        let (extent, window) = (&node.extent, &self.window);
        if extent.min_y > window.max_y
            || extent.max_y <= window.min_y
            || extent.max_x <= window.min_x
        {
            return;
        }
        if extent.min_x >= window.max_x {
            let above = |vertex: u32| i32::from(tree.coords[vertex as usize].y > window.max_y);
            self.base += above(node.last) - above(node.first);
            return;
        }
        if EdgeTree::is_leaf(node) {
            for pair in tree.leaf_coords(node).windows(2) {
                self.edge(pair[0], pair[1]);
            }
        } else {
            for child in tree.children(node) {
                self.node(tree, child);
            }
        }
    }

    fn edge(&mut self, from: Coord, to: Coord) {
        let window = self.window;
        let (from_above, to_above) = (from.y > window.max_y, to.y > window.max_y);
        if (from_above && to_above) || from.y.max(to.y) <= window.min_y {
            return;
        }
        let local = |c: Coord| Coord { x: c.x - window.min_x, y: c.y - window.min_y };
        let (mut from, mut to) = (local(from), local(to));
        let slope = (to.y - from.y) / (to.x - from.x);
        if from_above != to_above {
            // Where the ring leaves the window through its top, the edges above sum to one level
            // step, up to that abscissa; the edge itself stops there.
            let (low, high) = if to_above { (from, to) } else { (to, from) };
            let share = ((self.height - low.y) / (high.y - low.y)).clamp(0.0, 1.0);
            let leaving = Coord { x: low.x + share * (high.x - low.x), y: self.height };
            let gain = if to_above { 1 } else { -1 };
            if leaving.x >= window.width() {
                self.base += gain;
            } else if leaving.x > 0.0 {
                self.level_step(leaving.x, f64::from(gain));
            }
            *(if to_above { &mut to } else { &mut from }) = leaving;
        }
        let (left, right, gain) = if from.x < to.x { (from, to, -1.0) } else { (to, from, 1.0) };
        // False for a vertical edge, which covers no abscissa, and for what is not a number.
        let covers = right.x > left.x && right.x > 0.0 && left.x < window.width();
        if !covers {
            return;
        }
        let at = |x: f64| left.y + (x - left.x) * slope;
        let (mut x1, mut y1) = (left.x, left.y);
        let (mut x2, mut y2) = (right.x, right.y);
        if x1 < 0.0 {
            (x1, y1) = (0.0, at(0.0));
        }
        if x2 > window.width() {
            (x2, y2) = (window.width(), at(window.width()));
        }
        // What is under the window's floor adds nothing.
        if y1 <= 0.0 && y2 <= 0.0 {
            return;
        }
        if y1 < 0.0 {
            (x1, y1) = ((x1 - y1 / slope).clamp(x1, x2), 0.0);
        } else if y2 < 0.0 {
            x2 = (x1 - y1 / slope).clamp(x1, x2);
        }
        if x2 > x1 {
            self.steps.push(Step { x1, x2, y1, slope, gain });
        }
    }
}

/// Integral of the product of two characteristic functions over a window `width` wide.
pub(crate) fn common_area(a: &[Step], b: &[Step], width: f64) -> f64 {
    if a.len() * b.len() <= DIRECT_PAIRS {
        return sum_pairs(a.iter(), b, f64::NEG_INFINITY, f64::INFINITY).max(0.0);
    }
    let columns = ((a.len() + b.len()) / 8).clamp(2, 4_096);
    let column_width = width / columns as f64;
    let (a_columns, b_columns) =
        (in_columns(a, columns, column_width), in_columns(b, columns, column_width));
    let mut area = 0.0;
    for (column, (in_a, in_b)) in a_columns.iter().zip(&b_columns).enumerate() {
        let low = column as f64 * column_width;
        let high =
            if column + 1 == columns { f64::INFINITY } else { (column + 1) as f64 * column_width };
        area += sum_pairs(in_a.iter(), in_b, low, high);
    }
    area.max(0.0)
}

fn in_columns(steps: &[Step], columns: usize, column_width: f64) -> Vec<Vec<Step>> {
    let mut sorted = vec![Vec::new(); columns];
    for step in steps {
        // One column more on each side than needed costs nothing: `sum_pairs` clips.
        let first = ((step.x1 / column_width).floor() as usize).saturating_sub(1);
        let last = ((step.x2 / column_width).floor() as usize + 1).min(columns - 1);
        for column in &mut sorted[first.min(last)..=last] {
            column.push(*step);
        }
    }
    sorted
}

fn sum_pairs<'a>(a: impl Iterator<Item = &'a Step>, b: &[Step], low: f64, high: f64) -> f64 {
    let mut area = 0.0;
    for p in a {
        let (p1, p2) = (p.x1.max(low), p.x2.min(high));
        let mut under = 0.0;
        for q in b {
            let (x1, x2) = (p1.max(q.x1), p2.min(q.x2));
            if x1 >= x2 {
                continue;
            }
            let (width, p_left, p_right) = (x2 - x1, p.at(x1), p.at(x2));
            let (left, right) = (p_left - q.at(x1), p_right - q.at(x2));
            // ∫ min(p, q) = ∫ p − ∫ max(p − q, 0), and p − q is linear.
            let excess = if left >= 0.0 && right >= 0.0 {
                left + right
            } else if left <= 0.0 && right <= 0.0 {
                0.0
            } else if left > 0.0 {
                left * left / (left - right)
            } else {
                right * right / (right - left)
            };
            under += q.gain * 0.5 * width * (p_left + p_right - excess);
        }
        area += p.gain * under;
    }
    area
}

/// Adds the signed crossings of a ray from `point` to the right; true when `point` is on an edge.
fn wind(tree: &EdgeTree, node: &Node, point: Coord, winding: &mut i32) -> bool {
    let extent = &node.extent;
    if extent.min_y > point.y || extent.max_y < point.y || extent.max_x < point.x {
        return false;
    }
    if extent.min_x > point.x {
        let above = |vertex: u32| i32::from(tree.coords[vertex as usize].y > point.y);
        *winding += above(node.last) - above(node.first);
        return false;
    }
    if !EdgeTree::is_leaf(node) {
        return tree.children(node).iter().any(|child| wind(tree, child, point, winding));
    }
    tree.leaf_coords(node).windows(2).any(|pair| wind_edge(pair[0], pair[1], point, winding))
}

/// One edge of [`wind`].
pub(crate) fn wind_edge(a: Coord, b: Coord, point: Coord, winding: &mut i32) -> bool {
    let (a_above, b_above) = (a.y > point.y, b.y > point.y);
    if a_above == b_above {
        // Not crossed, but a level edge, or a vertex at the ray's height, may hold the point.
        return (a.y == point.y || b.y == point.y)
            && between(a, b, point)
            && turn(a, b, point) == 0;
    }
    if a.x.max(b.x) < point.x {
        return false;
    }
    let side = turn(a, b, point);
    if side == 0 {
        return true;
    }
    // Upwards with the point on the left, or downwards with the point on the right: crossed.
    if b_above && side > 0 {
        *winding += 1;
    } else if a_above && side < 0 {
        *winding -= 1;
    }
    false
}
