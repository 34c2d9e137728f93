//! The border of a geometry, ready to be asked what is near: shared by the measures along borders.

use geo::Coord;
use geo::Geometry;

use crate::spatial::edge_tree::EdgeTree;
use crate::spatial::edge_tree::Node;
use crate::spatial::edge_tree::collect_chains;
use crate::spatial::overlay_area::for_each_ring;
use crate::spatial::segment::Extent;

/// Edges of an area with its interior on their left, in the order of its rings; empty for another geometry.
pub(crate) fn directed_edges(area: &Geometry) -> Vec<(Coord, Coord)> {
    let mut edges = Vec::new();
    for_each_ring(area, &mut |ring, backwards| {
        let steps = ring.windows(2).filter(|pair| pair[0] != pair[1]);
        edges.extend(
            steps.map(|pair| if backwards { (pair[1], pair[0]) } else { (pair[0], pair[1]) }),
        );
    });
    edges
}

/// The edges of several geometries in one tree.
pub(crate) fn tree_of<'a>(geometries: impl IntoIterator<Item = &'a Geometry>) -> EdgeTree {
    let (mut chains, mut points) = (Vec::new(), Vec::new());
    for geometry in geometries {
        collect_chains(geometry, &mut chains, &mut points);
    }
    EdgeTree::build(chains)
}

/// Point of the closed segment `ab` that is nearest to `p`.
pub(crate) fn nearest_on(p: Coord, a: Coord, b: Coord) -> Coord {
    let (along, away) = (b - a, p - a);
    let squared = along.x * along.x + along.y * along.y;
    if squared <= 0.0 {
        return a;
    }
    let share = ((away.x * along.x + away.y * along.y) / squared).clamp(0.0, 1.0);
    if share >= 1.0 { b } else { a + along * share }
}

/// The point of the tree's edges nearest to `p`, if it is closer than `limit_m`, with its distance in metres.
pub(crate) fn nearest_point(tree: &EdgeTree, p: Coord, limit_m: f64) -> Option<(Coord, f64)> {
    let mut best = (p, limit_m * limit_m);
    let mut found = false;
    if let Some(root) = tree.root() {
        search(tree, root, p, &mut best, &mut found);
    }
    found.then(|| (best.0, best.1.sqrt()))
}

fn search(tree: &EdgeTree, node: &Node, p: Coord, best: &mut (Coord, f64), found: &mut bool) {
    if EdgeTree::is_leaf(node) {
        let coords = tree.leaf_coords(node);
        for pair in coords.windows(2) {
            let near = nearest_on(p, pair[0], pair[1]);
            let squared = (near.x - p.x).powi(2) + (near.y - p.y).powi(2);
            if squared < best.1 {
                *best = (near, squared);
                *found = true;
            }
        }
        return;
    }
    let here = Extent::of_segment(p, p);
    let children = tree.children(node);
    let mut order = [(f64::INFINITY, 0_usize); 8];
    for (k, child) in children.iter().enumerate() {
        order[k] = (here.distance_squared(&child.extent), k);
    }
    let order = &mut order[..children.len()];
    order.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    for (squared, k) in order.iter() {
        if *squared >= best.1 {
            break;
        }
        search(tree, &children[*k], p, best, found);
    }
}

/// How many equal pieces of at most `step_m` an edge is divided into, at least one; capped so that an edge of absurd
/// length cannot exhaust the machine.
pub(crate) fn pieces(length_m: f64, step_m: f64) -> u32 {
    (length_m / step_m).ceil().clamp(1.0, 1e6) as u32
}
