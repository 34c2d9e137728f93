//! Sets of two halves put together, the most promising first.

use super::graph::UNKNOWN;
use super::halves::CLOSED;
use super::halves::Half;
use super::halves::Touch;
use super::local::Local;
use super::local::Part;
use super::local::bits;
use super::need;
use super::need::Aim;
use super::need::LAST;
use super::need::Rank;
use super::need::Sums;
use super::pool::Meter;
use super::pool::Pool;
use super::tree::Measure;
use super::tree::Node;
use super::tree::Tree;

/// Pairs of touches that count as one node.
const PER_NODE: u64 = 8;

/// Pairs of tree nodes that count as one node: they take less time than those of branch and bound.
const VISITS_PER_NODE: u64 = 3;

/// The search for sets of two halves that make an assembly together.
pub(super) struct Pairs<'a, 'b> {
    pub(super) local: &'a Local<'b>,
    pub(super) halves: [&'a Half; 2],
    pub(super) measure: Measure,
    /// Values of the aims, each by itself, that no set that comes in is below.
    pub(super) least: Rank,
    pub(super) pool: &'a mut Pool,
    pub(super) meter: &'a mut Meter,
    /// How many of the aims are looked at; if not all, then only sets that are better by these come in.
    pub(super) aims: usize,
    /// No set but those of the pool is better than this.
    pub(super) known: Rank,
    /// Pairs of tree nodes looked at.
    pub(super) visits: u64,
    /// The last set of the pool and whether an assembly as good is its beginning.
    pub(super) begins: Option<(u128, bool)>,
}

impl Pairs<'_, '_> {
    /// Offers all sets that may come into the pool; whether the budget was enough.
    ///
    /// Aims whose values are counts are settled one after the other: as long as a pair of nodes might still have one unit
    /// less, nothing could be said of it by the aims that follow.
    pub(super) fn search(&mut self, sides: [Vec<(Touch, Tree)>; 2]) -> bool {
        let [mut one, mut two] = sides;
        let edges = self.edges();
        self.look_at_last();
        let mut joins = Vec::new();
        for (left, (touch, tree)) in one.iter().enumerate() {
            if !self.meter.spend(two.len() as u64 / PER_NODE + 1) {
                return false;
            }
            for (right, (other, others)) in two.iter().enumerate() {
                if self.lower(tree.node(0), others.node(0), 0).is_some()
                    && let Some(shared) = joined(*touch, *other, &edges)
                {
                    joins.push((left, right, shared));
                }
            }
        }
        let order = &self.local.plan.order;
        for aims in 1..=order.len().max(1) {
            let is_last = aims >= order.len();
            let is_count =
                order.get(aims - 1).is_some_and(|aim| !matches!(aim, Aim::Cost | Aim::Shape));
            if is_last || is_count {
                self.aims = aims.min(order.len());
                if !self.settle(&joins, &mut one, &mut two) {
                    return false;
                }
                self.known = [0; 5];
                self.known[..self.aims].copy_from_slice(&self.pool.worst()[..self.aims]);
            }
            if !is_last && !is_count {
                // What follows is seldom reached.
                self.aims = order.len();
                return self.settle(&joins, &mut one, &mut two);
            }
        }
        true
    }

    /// Offers all sets that may come into the pool by the aims that are looked at; whether the budget was enough.
    fn settle(
        &mut self,
        joins: &[(usize, usize, i64)],
        one: &mut [(Touch, Tree)],
        two: &mut [(Touch, Tree)],
    ) -> bool {
        if !self.meter.spend(joins.len() as u64 / PER_NODE) {
            return false;
        }
        let mut pairs = Vec::new();
        for (left, right, shared) in joins {
            if let Some(rank) = self.lower(one[*left].1.node(0), two[*right].1.node(0), *shared) {
                pairs.push((rank, *left, *right, *shared));
            }
        }
        pairs.sort_unstable();
        for (rank, left, right, shared) in pairs {
            if rank > *self.pool.worst() {
                break;
            }
            if self.lower(one[left].1.node(0), two[right].1.node(0), shared).is_some()
                && !self.descend([&mut one[left].1, &mut two[right].1], [0, 0], shared)
            {
                return false;
            }
        }
        true
    }

    /// Edges from one half to the other: places among the units that touch, and the common border.
    fn edges(&self) -> Vec<(usize, usize, i64)> {
        let [one, two] = self.halves;
        let mut edges = Vec::new();
        for (place, at) in one.touching.iter().enumerate() {
            for (other, length) in &self.local.shared[*at] {
                if let Ok(other) = two.touching.binary_search(&(*other as usize)) {
                    edges.push((place, other, *length));
                }
            }
        }
        edges
    }

    /// All pairs of sets of two nodes; whether the budget was enough.
    fn descend(&mut self, trees: [&mut Tree; 2], at: [usize; 2], shared: i64) -> bool {
        self.visits += 1;
        if self.visits.is_multiple_of(VISITS_PER_NODE) && !self.meter.spend(1) {
            return false;
        }
        let [one, two] = trees;
        let [left, right] = [*one.node(at[0]), *two.node(at[1])];
        let sizes = [left.end - left.start, right.end - right.start];
        if sizes == [1, 1] {
            self.offer(&left, &right, one, two, shared);
            return true;
        }
        let mut next = if sizes[0] >= sizes[1] {
            let Some((a, b)) = one.branches(self.local, &self.measure, at[0]) else { return true };
            [[a, at[1]], [b, at[1]]]
        } else {
            let Some((a, b)) = two.branches(self.local, &self.measure, at[1]) else { return true };
            [[at[0], a], [at[0], b]]
        };
        let [a, b] = next.map(|at| self.lower(one.node(at[0]), two.node(at[1]), shared));
        if b.unwrap_or(LAST) < a.unwrap_or(LAST) {
            next.reverse();
        }
        for at in next {
            // Once more: the pool may have become better.
            if self.lower(one.node(at[0]), two.node(at[1]), shared).is_some()
                && !self.descend([one, two], at, shared)
            {
                return false;
            }
        }
        true
    }

    fn offer(&mut self, left: &Node, right: &Node, one: &Tree, two: &Tree, shared: i64) {
        let (a, b) = (&one.states[left.start], &two.states[right.start]);
        let owners = a.owners | b.owners;
        let part = Part {
            set: u128::from(a.set | b.set),
            owners: u128::from(owners),
            sums: Sums {
                owners: owners.count_ones(),
                units: a.units + b.units,
                area: a.area + b.area,
                cost: (a.cost + b.cost).min(UNKNOWN),
                perimeter: a.perimeter + b.perimeter - 2 * shared,
            },
        };
        if self.local.is_whole(&part) {
            self.pool.offer(self.local.rank(&part), self.local.units(part.set));
            self.look_at_last();
        }
    }

    fn list(&self, units: &[u32]) -> u128 {
        let at = units.iter().filter_map(|unit| self.local.ids.binary_search(unit).ok());
        at.fold(0, |list, at| list | 1 << at)
    }

    /// Finds out whether the last set of the pool begins with an assembly that is as good: that would come before it.
    fn look_at_last(&mut self) {
        let Some(last) = self.pool.last() else { return };
        let list = self.list(&last.units);
        if self.begins.is_some_and(|(known, _)| known == list) {
            return;
        }
        let mut part = Local::none();
        let mut begins = false;
        for at in bits(list).take(last.units.len() - 1) {
            part = self.local.with(&part, at);
            let lowest = part.set & part.set.wrapping_neg();
            begins |= self.local.is_whole(&part)
                && self.local.rank(&part) == last.rank
                && self.local.reach(lowest, part.set) == part.set;
        }
        self.begins = Some((list, begins));
    }

    /// Values that no pair of sets of two nodes is better than; `None` if none of them would come into the pool.
    fn lower(&self, a: &Node, b: &Node, shared: i64) -> Option<Rank> {
        let plan = self.local.plan;
        let area = [a.area[0] + b.area[0], a.area[1] + b.area[1]];
        let units = a.units[0] + b.units[0];
        if area[1] < plan.min || area[0] > plan.max || units > plan.max_units {
            return None;
        }
        for ((other, common), (_, whole)) in a.common.iter().zip(&b.common).zip(&self.local.earlier)
        {
            if 2 * (other + common) > *whole {
                return None;
            }
        }
        let worst = self.pool.worst();
        let mut rank = [0; 5];
        for (place, aim) in plan.order.iter().take(self.aims).enumerate() {
            let low = match aim {
                Aim::Owners => {
                    let common = a.common_owners[0].max(b.common_owners[0]);
                    let named = (a.owners | b.owners).count_ones();
                    u64::from(named.max(a.own[0] + b.own[0] + common))
                }
                Aim::Units => u64::from(units),
                Aim::Excess => plan.excess(area[0], area[1]),
                Aim::Cost => {
                    let enough = area[0].max(plan.min);
                    let cost = self.measure.rate.cost(a.dear[0] + b.dear[0], enough);
                    need::cost(cost.max(a.cost[0] + b.cost[0]))
                }
                Aim::Shape => {
                    let length = a.perimeter[0] + b.perimeter[0] - 2 * shared;
                    need::shape(length, area[1].min(plan.max))
                }
            };
            // Both hold: that no value is below this one, and that no list of values is before the one known.
            let low = low.max(self.least[place]);
            let is_known = rank[..place] == self.known[..place];
            let low = if is_known { low.max(self.known[place]) } else { low };
            rank[place] = low;
            if low > worst[place] {
                return None;
            }
            if low < worst[place] {
                return Some(rank);
            }
        }
        if self.aims < plan.order.len() {
            return None;
        }
        // As good as the pool's last at best: the list of units decides. Of lists with the same beginning the longer one is
        // taken to come first here, so this holds only if no shorter one can tie.
        if let Some(last) = self.pool.last() {
            let first = u128::from(a.first | b.first);
            let list = self.list(&last.units);
            let differ = first ^ list;
            let is_behind = differ == 0 || list & differ & differ.wrapping_neg() != 0;
            let is_short = units < list.count_ones();
            if is_behind && !(is_short && self.begins.is_none_or(|known| known != (list, false))) {
                return None;
            }
        }
        Some(rank)
    }
}

/// Whether sets that touch in these ways make one part together; the length of their common border if they do.
fn joined(one: Touch, two: Touch, edges: &[(usize, usize, i64)]) -> Option<i64> {
    if one == CLOSED || two == CLOSED {
        return (one == 0 || two == 0).then_some(0);
    }
    let label = |touch: Touch, place: usize| (touch >> (4 * place) & 15) as usize;
    let count = |touch: Touch| (0..16).map(|place| label(touch, place)).max().unwrap_or(0);
    let (of_one, of_two) = (count(one), count(two));
    // Parts of one half are 1.., those of the other 17..
    let mut heads = [0_usize; 33];
    for (part, head) in heads.iter_mut().enumerate() {
        *head = part;
    }
    let mut parts = of_one + of_two;
    let mut border = 0;
    for (a, b, length) in edges {
        let (mut a, mut b) = (label(one, *a), label(two, *b));
        if a == 0 || b == 0 {
            continue;
        }
        border += length;
        b += 16;
        while heads[a] != a {
            a = heads[a];
        }
        while heads[b] != b {
            b = heads[b];
        }
        if a != b {
            heads[a] = b;
            parts -= 1;
        }
    }
    (parts == 1).then_some(border)
}
