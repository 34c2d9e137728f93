//! Arcs by the node they leave, in one piece of memory per cost: what a search runs through.

use super::Cost;
use super::Edge;

/// An arc: where it leads, and for how much.
#[derive(Debug, Clone, Copy)]
pub(super) struct Arc {
    pub(super) to: u32,
    pub(super) cost: f64,
}

/// The arcs of all nodes, for one cost and one way of driving.
#[derive(Debug, Default)]
pub(super) struct Rows {
    /// Start of each node's arcs; one more than there are nodes.
    starts: Vec<u32>,
    arcs: Vec<Arc>,
}

impl Rows {
    pub(super) fn n_nodes(&self) -> usize {
        self.starts.len().saturating_sub(1)
    }

    /// The arcs that leave a node.
    #[inline]
    pub(super) fn of(&self, node: u32) -> &[Arc] {
        let at = node as usize;
        &self.arcs[self.starts[at] as usize..self.starts[at + 1] as usize]
    }

    /// Of several arcs between two nodes the least is kept; loops are of no use.
    fn new(n_nodes: usize, edges: &[Edge], cost: Cost, is_back: bool) -> Self {
        let mut all: Vec<(u32, Arc)> = Vec::with_capacity(2 * edges.len());
        for edge in edges.iter().filter(|edge| edge.from != edge.to) {
            let cost = edge.cost.of(cost);
            let ways = [edge.direction.is_forward(), edge.direction.is_backward()];
            let [on, back] = if is_back { [ways[1], ways[0]] } else { ways };
            if on {
                all.push((edge.from, Arc { to: edge.to, cost }));
            }
            if back {
                all.push((edge.to, Arc { to: edge.from, cost }));
            }
        }
        all.sort_unstable_by(|a, b| {
            (a.0, a.1.to).cmp(&(b.0, b.1.to)).then_with(|| a.1.cost.total_cmp(&b.1.cost))
        });
        all.dedup_by_key(|(from, arc)| (*from, arc.to));
        let mut starts = vec![0_u32; n_nodes + 1];
        for (from, _) in &all {
            starts[*from as usize + 1] += 1;
        }
        for node in 1..starts.len() {
            starts[node] += starts[node - 1];
        }
        Self { starts, arcs: all.into_iter().map(|(_, arc)| arc).collect() }
    }
}

/// The rows of a network: for both costs, the way it is driven and against it.
#[derive(Debug, Default)]
pub(super) struct Arcs {
    meters: [Rows; 2],
    minutes: [Rows; 2],
}

impl Arcs {
    pub(super) fn new(n_nodes: usize, edges: &[Edge]) -> Self {
        let rows = |cost| [false, true].map(|is_back| Rows::new(n_nodes, edges, cost, is_back));
        Self { meters: rows(Cost::Meters), minutes: rows(Cost::Minutes) }
    }

    pub(super) fn rows(&self, cost: Cost, is_back: bool) -> &Rows {
        let rows = match cost {
            Cost::Meters => &self.meters,
            Cost::Minutes => &self.minutes,
        };
        &rows[usize::from(is_back)]
    }
}
