//! A piece cut in two: all that each half can add, and which of it fits together.
//!
//! Branch and bound has little to hold on to where many sets are alike: equal areas, a need of half of all there is. But
//! 40 units are two times 20, and 20 have no more than a million sets each. So the sets of each half are listed, those
//! left out that have parts which can never join, and put together (`pairs.rs`).

use std::collections::BTreeMap;

use super::excess;
use super::graph::UNKNOWN;
use super::local::Local;
use super::local::bits;
use super::need;
use super::need::Aim;
use super::pairs::Pairs;
use super::pool::Meter;
use super::pool::Pool;
use super::tree::Measure;
use super::tree::Rate;
use super::tree::Tree;

/// Largest half.
const MOST_HALF: usize = 24;

/// Most units of a half that join the other half: each has four bits in a [`Touch`].
const MOST_TOUCHING: usize = 15;

/// Sets of a half that count as one node.
const PER_NODE: u64 = 2;

/// How a set touches the other half: for each unit of its half that does, in four bits, 0 if it is not in the set, else the
/// number of the part that it belongs to.
pub(super) type Touch = u64;

/// A set of one part that does not touch the other half: an assembly without any of it.
pub(super) const CLOSED: Touch = u64::MAX;

/// What a half can add.
#[derive(Debug, Clone, Copy)]
pub(super) struct State {
    pub(super) set: u64,
    pub(super) owners: u64,
    pub(super) area: i64,
    pub(super) cost: i64,
    pub(super) perimeter: i64,
    pub(super) units: u32,
}

/// A piece cut in two.
pub(super) struct Halves {
    halves: [Half; 2],
}

/// One half.
pub(super) struct Half {
    set: u128,
    /// Its units that join the other half, in ascending order.
    pub(super) touching: Vec<usize>,
}

/// The cut of a piece that has the fewest units at it; `None` if the piece is too large for this search.
pub(super) fn split(local: &Local<'_>) -> Option<Halves> {
    let count = local.ids.len();
    if !(2..=2 * MOST_HALF).contains(&count) {
        return None;
    }
    let all = local.all();
    let mut best: Option<(usize, u128)> = None;
    for start in 0..count {
        let mut half = 1_u128 << start;
        while (half.count_ones() as usize) < count / 2 {
            // What brings the fewest new units to the border.
            let around = local.around(half) & !half;
            let new = |at: &usize| ((local.near[*at] & !half & !around).count_ones(), *at);
            let Some(next) = bits(around).min_by_key(new) else { break };
            half |= 1 << next;
        }
        let other = all & !half;
        let touching = (half & local.around(other)).count_ones() as usize
            + (other & local.around(half)).count_ones() as usize;
        if best.is_none_or(|(least, _)| touching < least) {
            best = Some((touching, half));
        }
    }
    let (_, half) = best?;
    let halves = [half, all & !half]
        .map(|set| Half { set, touching: bits(set & local.around(all & !set)).collect() });
    halves.iter().all(|half| half.touching.len() <= MOST_TOUCHING).then_some(Halves { halves })
}

impl Halves {
    /// Offers all sets that may come into the pool; whether the budget was enough.
    pub(super) fn search(&self, local: &Local<'_>, pool: &mut Pool, meter: &mut Meter) -> bool {
        let [one, two] = &self.halves;
        for at in 0..local.ids.len() {
            let part = local.with(&Local::none(), at);
            if local.is_whole(&part) {
                pool.offer(local.rank(&part), local.units(part.set));
            }
        }
        let Some(left) = one.states(local, two.set, pool, meter) else { return false };
        let Some(right) = two.states(local, one.set, pool, meter) else { return false };
        let measure = Measure {
            rate: Rate::of(local),
            both: one.owners(local) & two.owners(local),
            few_areas: excess::are_few([&left, &right]),
        };
        let Some(mut least) = local.relaxed() else { return true };
        if let Some(place) = local.plan.order.iter().position(|aim| *aim == Aim::Excess) {
            least[place] = excess::least(local, pool, [&left, &right]);
        }
        let trees = |states: BTreeMap<Touch, Vec<State>>| -> Vec<(Touch, Tree)> {
            let tree = |states| Tree::new(local, &measure, states);
            states.into_iter().map(|(touch, states)| (touch, tree(states))).collect()
        };
        let sides = [trees(left), trees(right)];
        let mut pairs = Pairs {
            local,
            halves: [one, two],
            measure,
            least,
            pool,
            meter,
            aims: local.plan.order.len(),
            known: [0; 5],
            visits: 0,
            begins: None,
        };
        pairs.search(sides)
    }
}

impl Half {
    fn owners(&self, local: &Local<'_>) -> u64 {
        bits(self.set).fold(0, |owners, at| owners | 1 << local.owner[at])
    }

    /// All sets of the half by how they touch the other one, the empty one too; `None` if the budget is not enough.
    fn states(
        &self,
        local: &Local<'_>,
        other: u128,
        pool: &Pool,
        meter: &mut Meter,
    ) -> Option<BTreeMap<Touch, Vec<State>>> {
        // Far from the other half first, so that parts that cannot join are known early.
        let mut order: Vec<usize> = Vec::new();
        let mut near = local.around(other) & self.set;
        let mut seen = near;
        while near != 0 {
            order.extend(bits(near));
            near = local.around(near) & self.set & !seen;
            seen |= near;
        }
        // Units in no way joined to the other half: there are none in a connected piece.
        order.extend(bits(self.set & !seen));
        order.reverse();
        let mut lister = Lister {
            local,
            half: self,
            other,
            pool,
            meter,
            settled: vec![Vec::new(); order.len()],
            order,
            found: BTreeMap::new(),
            listed: 0,
        };
        lister.settle();
        let empty = State { set: 0, owners: 0, area: 0, cost: 0, perimeter: 0, units: 0 };
        lister.list(0, &empty).then_some(lister.found)
    }

    /// How a set touches the other half; `None` if it has parts that cannot join.
    fn touch(&self, local: &Local<'_>, set: u64) -> Option<Touch> {
        let set = u128::from(set);
        let mut labels = [0_u64; MOST_TOUCHING];
        let (mut left, mut parts) = (set, 0);
        let mut closed = false;
        // Parts are numbered by the first unit that touches, so that the same touch has one number only.
        for (place, at) in self.touching.iter().enumerate() {
            if left >> at & 1 == 0 {
                continue;
            }
            let part = local.reach(1 << at, set);
            left &= !part;
            parts += 1;
            for (label, other) in labels.iter_mut().zip(&self.touching).skip(place) {
                if part >> other & 1 == 1 {
                    *label = parts;
                }
            }
        }
        if left != 0 {
            let part = local.reach(left & left.wrapping_neg(), set);
            if part != set {
                return None;
            }
            closed = true;
        }
        let touch = labels.iter().rev().fold(0, |touch, label| touch << 4 | label);
        Some(if closed { CLOSED } else { touch })
    }
}

/// Lists the sets of a half.
struct Lister<'a, 'b> {
    local: &'a Local<'b>,
    half: &'a Half,
    other: u128,
    pool: &'a Pool,
    meter: &'a mut Meter,
    order: Vec<usize>,
    /// For each place in the order: the units about which all is decided there, and which do not touch the other half.
    settled: Vec<Vec<usize>>,
    found: BTreeMap<Touch, Vec<State>>,
    listed: u64,
}

impl Lister<'_, '_> {
    fn settle(&mut self) {
        let mut decided = 0_u128;
        for (place, at) in self.order.iter().enumerate() {
            decided |= 1 << at;
            for unit in bits((self.local.near[*at] | 1 << at) & decided) {
                if self.local.near[unit] & !decided == 0 {
                    self.settled[place].push(unit);
                }
            }
        }
    }

    /// All sets of what is taken and any of the units from a place on; whether the budget was enough.
    fn list(&mut self, place: usize, state: &State) -> bool {
        let Some(at) = self.order.get(place).copied() else { return self.keep(state) };
        let local = self.local;
        let mut with = *state;
        with.set |= 1 << at;
        with.owners |= 1 << local.owner[at];
        with.area += local.area[at];
        with.cost = (with.cost + local.cost[at]).min(UNKNOWN);
        with.perimeter += local.perimeter[at];
        with.units += 1;
        for (other, length) in &local.shared[at] {
            if state.set >> other & 1 == 1 {
                with.perimeter -= 2 * length;
            }
        }
        let plan = local.plan;
        let fits = with.area <= plan.max
            && with.units <= plan.max_units
            && local.may_differ(u128::from(with.set))
            && (plan.order.first() != Some(&Aim::Units)
                || u64::from(with.units) <= self.pool.worst()[0]);
        for next in [Some(with).filter(|_| fits), Some(*state)].into_iter().flatten() {
            // A unit alone that nothing can join any more; single units were offered before.
            let set = u128::from(next.set);
            let alone = |unit: &usize| set >> unit & 1 == 1 && local.near[*unit] & set == 0;
            if self.settled[place].iter().any(alone) {
                continue;
            }
            if !self.list(place + 1, &next) {
                return false;
            }
        }
        true
    }

    fn keep(&mut self, state: &State) -> bool {
        self.listed += 1;
        if self.listed.is_multiple_of(PER_NODE) && !self.meter.spend(1) {
            return false;
        }
        if self.is_worth_it(state)
            && let Some(touch) = self.half.touch(self.local, state.set)
        {
            self.found.entry(touch).or_default().push(*state);
        }
        true
    }

    /// Whether the set can come into the pool together with any of the other half.
    fn is_worth_it(&self, state: &State) -> bool {
        let part = super::local::Part {
            set: u128::from(state.set),
            owners: u128::from(state.owners),
            sums: need::Sums {
                owners: state.owners.count_ones(),
                units: state.units,
                area: state.area,
                cost: state.cost,
                perimeter: state.perimeter,
            },
        };
        self.local.lower(&part, self.other, self.pool).is_some()
    }
}
