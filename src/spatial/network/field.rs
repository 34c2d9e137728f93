//! One search from many places at once: the cost of every node.

use super::Access;
use super::Arcs;
use super::Cost;
use super::Edge;
use super::RoadNetwork;

/// Which way a field counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Toward {
    /// From any node to the nearest of the places.
    Places,
    /// From the places to any node.
    Nodes,
}

/// The least cost between every node and the nearest of some places.
#[derive(Debug)]
pub struct Field<'a> {
    network: &'a RoadNetwork,
    cost: Cost,
    toward: Toward,
    limit: f64,
    /// Cost per node; infinite beyond the limit.
    costs: Vec<f64>,
    /// The places, by edge: for a place on the edge of another no node need be passed.
    places: Vec<Access>,
}

impl RoadNetwork {
    /// Searches from `places` until nothing is left within `limit` (metres or minutes; infinite: everywhere). The
    /// straight parts at both ends count, see [`Cost::of_access`].
    #[must_use]
    pub fn field(&self, places: &[Access], toward: Toward, cost: Cost, limit: f64) -> Field<'_> {
        let mut places: Vec<Access> = places
            .iter()
            .filter(|place| (place.edge as usize) < self.edges.len())
            .copied()
            .collect();
        places.sort_by(|a, b| {
            a.edge
                .cmp(&b.edge)
                .then_with(|| a.along_m.total_cmp(&b.along_m))
                .then_with(|| a.distance_m.total_cmp(&b.distance_m))
        });
        places.dedup();
        let (there, back) = (toward == Toward::Nodes, toward == Toward::Places);
        let mut starts: Vec<(f64, u32)> = Vec::new();
        for place in &places {
            let aside = cost.of_access(place.distance_m);
            let nodes = self.nodes_of(place, cost, there, back);
            starts.extend(nodes.into_iter().flatten().map(|(node, along)| (aside + along, node)));
        }
        let arcs = if there { &self.out } else { &self.back };
        let costs = search(arcs, self.nodes.len(), self.steps.of(cost), starts, cost, limit);
        Field { network: self, cost, toward, limit, costs, places }
    }

    /// The nodes at the ends of a place's edge with the cost along the edge: those that can be driven to from it
    /// (`there`), or from which it can be driven to (`back`).
    pub(super) fn nodes_of(
        &self,
        place: &Access,
        cost: Cost,
        there: bool,
        back: bool,
    ) -> [Option<(u32, f64)>; 2] {
        let Some(edge) = self.edges.get(place.edge as usize) else { return [None, None] };
        let (before, after) = edge.parts(place.along_m, cost);
        // At an end of its edge a place is at the node, free to take any road.
        let (at_from, at_to) = (before <= 0.0, after <= 0.0);
        let (forward, backward) = (edge.direction.is_forward(), edge.direction.is_backward());
        [
            (at_from || there && backward || back && forward).then_some((edge.from, before)),
            (at_to || there && forward || back && backward).then_some((edge.to, after)),
        ]
    }

    /// The cost from one place to another of the same edge, without leaving it.
    pub(super) fn along_edge(&self, from: &Access, to: &Access, cost: Cost) -> Option<f64> {
        let edge = self.edges.get(from.edge as usize).filter(|_| from.edge == to.edge)?;
        let (start, end) = (edge.parts(from.along_m, cost).0, edge.parts(to.along_m, cost).0);
        let is_allowed = end >= start && edge.direction.is_forward()
            || end <= start && edge.direction.is_backward();
        is_allowed.then(|| (end - start).abs())
    }
}

/// How the costs of arcs are spread: what the search cuts time into.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Step {
    /// Width of a bucket.
    width: f64,
    /// Buckets that an arc can reach from the current one.
    n_buckets: usize,
}

/// The same for both costs.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Steps {
    meters: Step,
    minutes: Step,
}

/// Buckets at most: a very long arc makes wide buckets, not many.
const MOST_BUCKETS: f64 = 4_096.0;

impl Step {
    /// Half of the mean cost of an arc, so that few nodes are visited twice and few buckets are empty.
    fn over(edges: &[Edge], cost: Cost) -> Self {
        let costs = || edges.iter().map(|edge| edge.cost.of(cost));
        let longest = costs().fold(0.0, f64::max);
        let mean = costs().sum::<f64>() / edges.len().max(1) as f64;
        let width = (mean / 2.0).max(longest / MOST_BUCKETS);
        if width > 0.0 {
            Self { width, n_buckets: (longest / width) as usize + 3 }
        } else {
            Self { width: 1.0, n_buckets: 3 }
        }
    }
}

impl Steps {
    pub(super) fn over(edges: &[Edge]) -> Self {
        Self { meters: Step::over(edges, Cost::Meters), minutes: Step::over(edges, Cost::Minutes) }
    }

    fn of(self, cost: Cost) -> Step {
        match cost {
            Cost::Meters => self.meters,
            Cost::Minutes => self.minutes,
        }
    }
}

/// Least cost of every node from the starts, infinite beyond the limit.
///
/// Dijkstra's search with buckets in place of a heap (Dial; Meyer and Sanders, delta-stepping): nodes wait in the
/// bucket of their cost, a bucket is emptied before the next, and what still improves in the open one is visited
/// again. The costs are those of Dijkstra to the last bit, since each is the least sum over all ways.
fn search(
    arcs: &Arcs,
    n_nodes: usize,
    step: Step,
    mut starts: Vec<(f64, u32)>,
    cost: Cost,
    limit: f64,
) -> Vec<f64> {
    let mut costs = vec![f64::INFINITY; n_nodes];
    let per_width = 1.0 / step.width;
    let bucket_of = |cost: f64| (cost * per_width) as u64;
    starts.retain(|(cost, _)| *cost <= limit);
    starts.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    let mut starts = starts.into_iter().peekable();
    let mut buckets: Vec<Vec<u32>> = vec![Vec::new(); step.n_buckets];
    let (mut current, mut n_waiting) = (0_u64, 0_usize);
    loop {
        if n_waiting == 0 {
            let Some((next, _)) = starts.peek() else { return costs };
            current = bucket_of(*next);
        }
        let slot = (current % step.n_buckets as u64) as usize;
        // Starts wait outside until their bucket is open: they may lie farther ahead than any arc reaches.
        while let Some((start, node)) = starts.next_if(|(start, _)| bucket_of(*start) <= current) {
            if start < costs[node as usize] {
                costs[node as usize] = start;
                buckets[slot].push(node);
                n_waiting += 1;
            }
        }
        while let Some(node) = buckets[slot].pop() {
            n_waiting -= 1;
            let here = costs[node as usize];
            if bucket_of(here) < current {
                // Reached for less meanwhile, and visited then.
                continue;
            }
            for (next, arc) in arcs.neighbors_slice(node).iter().zip(arcs.edges_slice(node)) {
                let total = here + arc.of(cost);
                if total <= limit && total < costs[*next as usize] {
                    costs[*next as usize] = total;
                    let ahead = (bucket_of(total) % step.n_buckets as u64) as usize;
                    buckets[ahead].push(*next);
                    n_waiting += 1;
                }
            }
        }
        current += 1;
    }
}

impl Edge {
    /// Cost from the first node to a point of the edge, and from there to the second.
    fn parts(&self, along_m: f64, cost: Cost) -> (f64, f64) {
        let whole = self.cost.of(cost);
        let share =
            if self.cost.meters > 0.0 { (along_m / self.cost.meters).clamp(0.0, 1.0) } else { 0.0 };
        (whole * share, whole * (1.0 - share))
    }
}

impl Field<'_> {
    /// Cost of a node, in the unit of the field. `None` when it is beyond the limit, or no way leads there.
    #[must_use]
    pub fn of_node(&self, node: u32) -> Option<f64> {
        self.costs.get(node as usize).copied().filter(|cost| cost.is_finite())
    }

    /// Nodes within the limit, in their order, with their costs.
    pub fn reached(&self) -> impl Iterator<Item = (u32, f64)> {
        (0_u32..).zip(self.costs.iter().copied()).filter(|(_, cost)| cost.is_finite())
    }

    /// The least cost over the accesses of one place, its own straight part included. `None` when all are beyond the
    /// limit, or no way leads there.
    #[must_use]
    pub fn at(&self, accesses: &[Access]) -> Option<f64> {
        let least = accesses.iter().map(|access| self.at_one(access)).fold(f64::INFINITY, f64::min);
        (least.is_finite() && least <= self.limit).then_some(least)
    }

    fn at_one(&self, access: &Access) -> f64 {
        let is_toward = self.toward == Toward::Places;
        let by_nodes = self
            .network
            .nodes_of(access, self.cost, is_toward, !is_toward)
            .into_iter()
            .flatten()
            .map(|(node, on_edge)| on_edge + self.costs[node as usize]);
        let first = self.places.partition_point(|place| place.edge < access.edge);
        let on_edge = self.places[first..]
            .iter()
            .take_while(|place| place.edge == access.edge)
            .filter_map(|place| {
                let (from, to) = if is_toward { (access, place) } else { (place, access) };
                let along = self.network.along_edge(from, to, self.cost)?;
                Some(along + self.cost.of_access(place.distance_m))
            });
        by_nodes.chain(on_edge).fold(f64::INFINITY, f64::min)
            + self.cost.of_access(access.distance_m)
    }
}
