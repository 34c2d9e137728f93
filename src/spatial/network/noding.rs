//! Where lines meet: ends joined into nodes, and dead ends joined to the inside of other lines.

use geo::Coord;
use geo::Rect;
use petgraph::unionfind::UnionFind;

use super::access::along_of;
use super::build::Part;
use crate::spatial::index::SpatialIndex;

/// Ends of lines, joined.
pub(super) struct Nodes {
    /// Place of each node: the first of its ends by x, then y. Sorted.
    pub(super) places: Vec<Coord>,
    /// Node of each end.
    pub(super) of_end: Vec<u32>,
    /// Nodes made of ends that do not coincide.
    pub(super) n_snapped: usize,
}

/// A point inside a line where the end of another meets it.
pub(super) struct Cut {
    /// The line that is cut.
    pub(super) part: u32,
    /// Where, in metres from its first point.
    pub(super) along_m: f64,
    /// The node put there.
    pub(super) node: u32,
}

fn around(place: Coord, margin_m: f64) -> Rect {
    let margin = Coord { x: margin_m, y: margin_m };
    Rect::new(place - margin, place + margin)
}

pub(super) fn separation(a: Coord, b: Coord) -> f64 {
    (b.x - a.x).hypot(b.y - a.y)
}

/// Joins ends nearer than the tolerance, and what is joined to them. The result does not depend on their order.
pub(super) fn join_ends(ends: &[Coord], tolerance_m: f64) -> Nodes {
    let mut order: Vec<u32> = (0..ends.len() as u32).collect();
    let at = |end: u32| ends[end as usize];
    order.sort_by(|a, b| at(*a).x.total_cmp(&at(*b).x).then_with(|| at(*a).y.total_cmp(&at(*b).y)));
    let mut places: Vec<Coord> = Vec::new();
    let mut of_end = vec![0_u32; ends.len()];
    for end in order {
        if places.last() != Some(&at(end)) {
            places.push(at(end));
        }
        of_end[end as usize] = places.len() as u32 - 1;
    }
    let boxes: Vec<Rect> = places.iter().map(|place| around(*place, 0.0)).collect();
    let index = SpatialIndex::build(&boxes);
    let mut sets = UnionFind::<u32>::new(places.len());
    for (at, place) in places.iter().enumerate() {
        for other in index.in_box(&around(*place, tolerance_m)) {
            if other as usize > at && separation(*place, places[other as usize]) <= tolerance_m {
                sets.union(at as u32, other);
            }
        }
    }
    // Nodes are numbered in the order of their first place, which is that of the coordinates.
    let labels = sets.into_labeling();
    let mut number_of: Vec<Option<u32>> = vec![None; places.len()];
    let mut members: Vec<u32> = Vec::new();
    let mut first_places: Vec<Coord> = Vec::new();
    let mut node_of_place = Vec::with_capacity(places.len());
    for (at, label) in labels.iter().enumerate() {
        let node = *number_of[*label as usize].get_or_insert_with(|| {
            first_places.push(places[at]);
            members.push(0);
            first_places.len() as u32 - 1
        });
        members[node as usize] += 1;
        node_of_place.push(node);
    }
    for end in &mut of_end {
        *end = node_of_place[*end as usize];
    }
    Nodes {
        places: first_places,
        of_end,
        n_snapped: members.iter().filter(|places| **places > 1).count(),
    }
}

/// The T-junctions: for each node with a single end, the nearest line of the same level within the tolerance, of
/// several at the same distance the first. Sorted by line, then by place on it.
pub(super) fn t_junctions(parts: &[Part], nodes: &Nodes, tolerance_m: f64) -> Vec<Cut> {
    let mut n_ends = vec![0_u32; nodes.places.len()];
    for node in &nodes.of_end {
        n_ends[*node as usize] += 1;
    }
    let boxes: Vec<Rect> = parts.iter().map(Part::extent).collect();
    let index = SpatialIndex::build(&boxes);
    let mut cuts = Vec::new();
    for (end, node) in nodes.of_end.iter().enumerate() {
        if n_ends[*node as usize] != 1 {
            continue;
        }
        let (own, place) = (end / 2, nodes.places[*node as usize]);
        let mut best: Option<(f64, u32, f64)> = None;
        for other in index.in_box(&around(place, tolerance_m)) {
            let line = &parts[other as usize];
            if other as usize == own || line.level != parts[own].level {
                continue;
            }
            let (squared, along_m) = along_of(&line.coords, place);
            let distance_m = squared.sqrt();
            if distance_m <= tolerance_m && best.is_none_or(|(least, ..)| distance_m < least) {
                best = Some((distance_m, other, along_m));
            }
        }
        if let Some((_, part, along_m)) = best {
            cuts.push(Cut { part, along_m, node: *node });
        }
    }
    cuts.sort_by(|a, b| {
        a.part
            .cmp(&b.part)
            .then_with(|| a.along_m.total_cmp(&b.along_m))
            .then_with(|| a.node.cmp(&b.node))
    });
    cuts
}
