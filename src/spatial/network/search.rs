//! The search itself: least cost of every node from some starts.

use super::Cost;
use super::Edge;
use super::rows::Rows;

/// How the costs of arcs are spread: what the search cuts time into.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Step {
    /// Buckets in a unit of cost.
    per_cost: f64,
    /// Buckets that are waited in at one time, a power of two: more than an arc can reach from the current one.
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
    /// The mean cost of an arc, so that few nodes are visited twice and few buckets are empty.
    fn over(edges: &[Edge], cost: Cost) -> Self {
        let costs = || edges.iter().map(|edge| edge.cost.of(cost));
        let longest = costs().fold(0.0, f64::max);
        let mean = costs().sum::<f64>() / edges.len().max(1) as f64;
        let width = mean.max(longest / MOST_BUCKETS);
        let width = if width > 0.0 { width } else { 1.0 };
        let n_buckets = ((longest / width) as usize + 3).next_power_of_two();
        Self { per_cost: 1.0 / width, n_buckets }
    }

    #[inline]
    fn bucket_of(self, cost: f64) -> u64 {
        (cost * self.per_cost) as u64
    }
}

impl Steps {
    pub(super) fn over(edges: &[Edge]) -> Self {
        Self { meters: Step::over(edges, Cost::Meters), minutes: Step::over(edges, Cost::Minutes) }
    }

    pub(super) fn of(self, cost: Cost) -> Step {
        match cost {
            Cost::Meters => self.meters,
            Cost::Minutes => self.minutes,
        }
    }
}

/// What a search needs room for, kept from one to the next.
#[derive(Debug, Default)]
pub(super) struct Room {
    /// Cost per node after a search; infinite beyond its limit.
    pub(super) costs: Vec<f64>,
    buckets: Vec<Vec<u32>>,
}

impl Room {
    /// Least cost of every node from the starts, infinite beyond the limit.
    ///
    /// Dijkstra's search with buckets in place of a heap (Dial; Meyer and Sanders, delta-stepping): nodes wait in the
    /// bucket of their cost, a bucket is emptied before the next, and what still improves in the open one is visited
    /// again. The costs are those of Dijkstra to the last bit, since each is the least sum over all ways.
    pub(super) fn search(
        &mut self,
        rows: &Rows,
        step: Step,
        mut starts: Vec<(f64, u32)>,
        limit: f64,
    ) {
        self.costs.clear();
        self.costs.resize(rows.n_nodes(), f64::INFINITY);
        self.buckets.resize(step.n_buckets, Vec::new());
        let Self { costs, buckets } = self;
        let costs = costs.as_mut_slice();
        let slot_of = |bucket: u64| (bucket & (step.n_buckets as u64 - 1)) as usize;
        starts.retain(|(cost, _)| *cost <= limit);
        starts.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        let mut starts = starts.into_iter().peekable();
        let (mut current, mut n_waiting) = (0_u64, 0_usize);
        loop {
            if n_waiting == 0 {
                let Some((next, _)) = starts.peek() else { return };
                current = step.bucket_of(*next);
            }
            let slot = slot_of(current);
            // Starts wait outside until their bucket is open: they may lie farther ahead than any arc reaches.
            while let Some((start, node)) =
                starts.next_if(|(start, _)| step.bucket_of(*start) <= current)
            {
                if start < costs[node as usize] {
                    costs[node as usize] = start;
                    buckets[slot].push(node);
                    n_waiting += 1;
                }
            }
            while let Some(node) = buckets[slot].pop() {
                n_waiting -= 1;
                let here = costs[node as usize];
                if step.bucket_of(here) < current {
                    // Reached for less meanwhile, and visited then.
                    continue;
                }
                for arc in rows.of(node) {
                    let total = here + arc.cost;
                    let known = &mut costs[arc.to as usize];
                    if total < *known && total <= limit {
                        *known = total;
                        buckets[slot_of(step.bucket_of(total))].push(arc.to);
                        n_waiting += 1;
                    }
                }
            }
            current += 1;
        }
    }
}
