//! From stretches to a graph.

use geo::Coord;
use geo::Geometry;
use geo::LineString;
use geo::Rect;
use petgraph::unionfind::UnionFind;

use super::ArcCost;
use super::Direction;
use super::Edge;
use super::M_PER_MIN_OF_KMH;
use super::NODE_TOLERANCE_M;
use super::NetworkReport;
use super::RoadNetwork;
use super::RoadStretch;
use super::noding;
use super::noding::Cut;
use super::noding::separation;
use super::order;
use super::rows::Arcs;
use super::search::Steps;
use crate::spatial::index::SpatialIndex;
use crate::spatial::segment::Extent;

/// One line of a stretch.
pub(super) struct Part {
    pub(super) coords: Vec<Coord>,
    speed_kmh: f64,
    direction: Direction,
    pub(super) level: i32,
    opens: bool,
}

impl Part {
    pub(super) fn extent(&self) -> Rect {
        let extent = Extent::of_coords(&self.coords);
        Rect::new((extent.min_x, extent.min_y), (extent.max_x, extent.max_y))
    }
}

impl RoadNetwork {
    /// A network with nodes joined within [`NODE_TOLERANCE_M`]. The same stretches give the same network; their order
    /// changes nothing but the numbers of the edges.
    #[must_use]
    pub fn build<'a>(stretches: impl IntoIterator<Item = RoadStretch<'a>>) -> Self {
        Self::build_within(stretches, NODE_TOLERANCE_M)
    }

    /// The same with another tolerance, metres; one that is negative or not a number joins only what coincides.
    #[must_use]
    pub fn build_within<'a>(
        stretches: impl IntoIterator<Item = RoadStretch<'a>>,
        tolerance_m: f64,
    ) -> Self {
        let tolerance_m = if tolerance_m > 0.0 { tolerance_m } else { 0.0 };
        let mut report = NetworkReport::default();
        let parts = parts_of(stretches, &mut report.unusable);
        let ends: Vec<Coord> = parts
            .iter()
            .flat_map(|part| part.coords.first().into_iter().chain(part.coords.last()))
            .copied()
            .collect();
        let joined = order::along_a_curve(noding::join_ends(&ends, tolerance_m));
        let cuts = noding::t_junctions(&parts, &joined, tolerance_m);
        report.snapped_nodes = joined.n_snapped;
        report.t_junctions = cuts.len();

        let (mut edges, mut lines) = (Vec::new(), Vec::new());
        let mut rest = cuts.as_slice();
        for (at, part) in parts.iter().enumerate() {
            let n_here = rest.iter().take_while(|cut| cut.part as usize == at).count();
            let (here, others) = rest.split_at(n_here);
            rest = others;
            let (from, to) = (joined.of_end[2 * at], joined.of_end[2 * at + 1]);
            if here.is_empty() && from == to && length_of(&part.coords) <= tolerance_m {
                report.collapsed += 1;
                continue;
            }
            cut_up(part, from, to, here, &mut edges, &mut lines);
        }

        let n_nodes = joined.places.len();
        report.dead_ends = count_dead_ends(n_nodes, &edges);
        report.nodes = n_nodes;
        report.edges = edges.len();
        let component_of = components(n_nodes, &edges, &mut report);
        Self {
            component_of,
            index: SpatialIndex::of_geometries(lines.iter()),
            arcs: Arcs::new(n_nodes, &edges),
            steps: Steps::over(&edges),
            nodes: joined.places,
            edges,
            lines,
            report,
            tolerance_m,
        }
    }
}

fn parts_of<'a>(
    stretches: impl IntoIterator<Item = RoadStretch<'a>>,
    n_unusable: &mut usize,
) -> Vec<Part> {
    let mut parts = Vec::new();
    for stretch in stretches {
        let lines: &[LineString] = match stretch.line {
            Geometry::LineString(line) => std::slice::from_ref(line),
            Geometry::MultiLineString(many) => &many.0,
            _ => &[],
        };
        let has_speed = stretch.speed_kmh.is_finite() && stretch.speed_kmh > 0.0;
        if lines.is_empty() || !has_speed {
            *n_unusable += 1;
            continue;
        }
        for line in lines {
            let mut coords = line.0.clone();
            coords.dedup();
            if coords.len() < 2 || !coords.iter().all(|c| c.x.is_finite() && c.y.is_finite()) {
                *n_unusable += 1;
                continue;
            }
            parts.push(Part {
                coords,
                speed_kmh: stretch.speed_kmh,
                direction: stretch.direction,
                level: stretch.level,
                opens: stretch.opens,
            });
        }
    }
    parts
}

pub(super) fn length_of(coords: &[Coord]) -> f64 {
    coords.windows(2).map(|pair| separation(pair[0], pair[1])).sum()
}

/// Writes the edges of one line: one, or one more than it has cuts.
fn cut_up(
    part: &Part,
    from: u32,
    to: u32,
    cuts: &[Cut],
    edges: &mut Vec<Edge>,
    lines: &mut Vec<Geometry>,
) {
    let mut write = |from: u32, to: u32, coords: Vec<Coord>| {
        let meters = length_of(&coords);
        let minutes = meters / (part.speed_kmh * M_PER_MIN_OF_KMH);
        edges.push(Edge {
            from,
            to,
            cost: ArcCost { meters, minutes },
            direction: part.direction,
            opens: part.opens,
        });
        lines.push(Geometry::LineString(LineString::new(coords)));
    };
    let mut start = from;
    let mut current: Vec<Coord> = vec![part.coords[0]];
    let mut pending = cuts.iter().peekable();
    let mut walked_m = 0.0;
    for pair in part.coords.windows(2) {
        let step_m = separation(pair[0], pair[1]);
        while let Some(cut) = pending.next_if(|cut| cut.along_m <= walked_m + step_m) {
            let share = ((cut.along_m - walked_m) / step_m).clamp(0.0, 1.0);
            let here = pair[0] + (pair[1] - pair[0]) * share;
            current.push(here);
            write(start, cut.node, std::mem::replace(&mut current, vec![here]));
            start = cut.node;
        }
        walked_m += step_m;
        current.push(pair[1]);
    }
    // A cut that rounding puts behind the last point is at that point.
    for cut in pending {
        let last = vec![part.coords[part.coords.len() - 1]; 2];
        write(start, cut.node, std::mem::replace(&mut current, last));
        start = cut.node;
    }
    write(start, to, current);
}

fn count_dead_ends(n_nodes: usize, edges: &[Edge]) -> usize {
    let mut ends = vec![0_u32; n_nodes];
    for edge in edges {
        ends[edge.from as usize] += 1;
        ends[edge.to as usize] += 1;
    }
    ends.iter().filter(|ends| **ends == 1).count()
}

/// Labels of the pieces per node, from 0 in the order of their first node; fills their part of the report.
fn components(n_nodes: usize, edges: &[Edge], report: &mut NetworkReport) -> Vec<u32> {
    let mut sets = UnionFind::<u32>::new(n_nodes);
    for edge in edges {
        sets.union(edge.from, edge.to);
    }
    let mut number_of: Vec<Option<u32>> = vec![None; n_nodes];
    let mut n_components = 0;
    let labels: Vec<u32> = sets
        .into_labeling()
        .into_iter()
        .map(|label| {
            *number_of[label as usize].get_or_insert_with(|| {
                n_components += 1;
                n_components - 1
            })
        })
        .collect();
    let mut lengths = vec![0.0; n_components as usize];
    for edge in edges {
        lengths[labels[edge.from as usize] as usize] += edge.cost.meters;
    }
    let longest = lengths.iter().copied().fold(0.0, f64::max);
    report.length_m = lengths.iter().sum();
    report.components = n_components as usize;
    report.largest_share = if report.length_m > 0.0 { longest / report.length_m } else { 0.0 };
    labels
}
