//! Sets of a half, divided again and again by what sets them apart most.

use super::halves::State;
use super::local::Local;
use super::need::Aim;

/// Earlier assemblies that nodes know of; for those that follow, each set is looked at by itself.
const MOST_EARLIER: usize = 4;

/// What the sets of a branch have at least, or in common.
#[derive(Debug, Clone, Copy)]
pub(super) struct Node {
    pub(super) start: usize,
    pub(super) end: usize,
    branches: Option<(usize, usize)>,
    /// Owners of all of the sets.
    pub(super) owners: u64,
    /// Number of owners who have land in one half only.
    pub(super) own: [u32; 2],
    /// Number of owners who have land in both halves.
    pub(super) common_owners: [u32; 2],
    pub(super) units: [u32; 2],
    pub(super) area: [i64; 2],
    pub(super) cost: [i64; 2],
    pub(super) perimeter: [i64; 2],
    /// Cost less the area at the going rate: what is dear or cheap for its size. See [`Rate`].
    pub(super) dear: [i128; 2],
    /// The set that comes first in the order of lists, were it that a list comes before its own beginning.
    pub(super) first: u64,
    /// Area that is in both a set and each of the first earlier assemblies: the least.
    pub(super) common: [i64; MOST_EARLIER],
    most_common: [i64; MOST_EARLIER],
}

/// Sets that touch the other half alike.
#[derive(Debug)]
pub(super) struct Tree {
    pub(super) states: Vec<State>,
    nodes: Vec<Node>,
}

/// The going rate of land, as a fraction.
///
/// Cost and area go together, so that the least cost and the least area of many sets say little about a set with much
/// area. What a set costs above the going rate does not depend on its area: the least of that, and the rate of the area
/// needed, together are a bound that holds.
#[derive(Debug, Clone, Copy)]
pub(super) struct Rate {
    cost: i64,
    area: i64,
}

/// What sets are measured by.
#[derive(Debug, Clone, Copy)]
pub(super) struct Measure {
    pub(super) rate: Rate,
    /// Owners who have land in both halves.
    pub(super) both: u64,
    /// Whether there are so few different areas that they are told apart one by one.
    pub(super) few_areas: bool,
}

impl Rate {
    /// The rate of the last unit, were the cheapest land taken until there is enough.
    pub(super) fn of(local: &Local<'_>) -> Self {
        let mut missing = local.plan.min;
        let mut last = Self { cost: 0, area: 1 };
        for at in local.by_rate.iter().map(|at| *at as usize) {
            last = Self { cost: local.cost[at], area: local.area[at] };
            missing -= local.area[at];
            if missing <= 0 {
                break;
            }
        }
        last
    }

    fn dear(&self, state: &State) -> i128 {
        i128::from(state.cost) * i128::from(self.area)
            - i128::from(state.area) * i128::from(self.cost)
    }

    /// Least cost of sets that are so dear and have so much area.
    pub(super) fn cost(&self, dear: i128, area: i64) -> i64 {
        let cost = (dear + i128::from(area) * i128::from(self.cost)) / i128::from(self.area);
        i64::try_from(cost).unwrap_or(0).max(0)
    }
}

/// A number that is larger the earlier a set comes in the order of lists, among those with as many units.
fn early(set: u64) -> u64 {
    set.reverse_bits()
}

impl Tree {
    /// Of at least one set.
    pub(super) fn new(local: &Local<'_>, measure: &Measure, states: Vec<State>) -> Self {
        let root = node(local, measure, &states, 0, states.len());
        Self { states, nodes: vec![root] }
    }

    /// A node; 0 is the root.
    pub(super) fn node(&self, at: usize) -> &Node {
        &self.nodes[at]
    }

    /// The two branches of a node, made when first asked for; `None` if it is one set only.
    pub(super) fn branches(
        &mut self,
        local: &Local<'_>,
        measure: &Measure,
        at: usize,
    ) -> Option<(usize, usize)> {
        let Node { start, end, branches, .. } = self.nodes[at];
        if branches.is_some() || end - start < 2 {
            return branches;
        }
        let middle =
            match self.nodes[at].count(&local.plan.order, measure.few_areas) {
                Some(Count::Units(most)) => self.part(start, end, |state| state.units <= most),
                Some(Count::Own(most)) => self
                    .part(start, end, |state| (state.owners & !measure.both).count_ones() <= most),
                Some(Count::Both(most)) => self
                    .part(start, end, |state| (state.owners & measure.both).count_ones() <= most),
                Some(Count::Area(most)) => self.part(start, end, |state| state.area <= most),
                None => self.halve(local, measure, at),
            };
        self.nodes.push(node(local, measure, &self.states, start, middle));
        self.nodes.push(node(local, measure, &self.states, middle, end));
        let branches = Some((self.nodes.len() - 2, self.nodes.len() - 1));
        self.nodes[at].branches = branches;
        branches
    }

    /// Puts the sets of a range that are so before the others; where those begin.
    fn part(&mut self, start: usize, end: usize, is_first: impl Fn(&State) -> bool) -> usize {
        let mut middle = start;
        for at in start..end {
            if is_first(&self.states[at]) {
                self.states.swap(at, middle);
                middle += 1;
            }
        }
        middle
    }

    /// Puts the lower half of a node's sets, by what sets them apart most, before the others; where those begin.
    fn halve(&mut self, local: &Local<'_>, measure: &Measure, at: usize) -> usize {
        let Node { start, end, .. } = self.nodes[at];
        // How much sets differ here, as a share of how much they differ at the root.
        let aims = &local.plan.order;
        let (own, all) = (self.nodes[at].spreads(aims), self.nodes[0].spreads(aims));
        let share = |of: usize| if all[of] > 0 { own[of] as f64 / all[of] as f64 } else { 0.0 };
        let widest = (0..own.len())
            .filter(|of| own[*of] > 0)
            .max_by(|a, b| share(*a).total_cmp(&share(*b)).then(b.cmp(a)));
        let figure = |state: &State| match widest {
            Some(0) => i128::from(state.units),
            Some(1) => i128::from(state.area),
            Some(2) => i128::from(state.cost),
            Some(3) => i128::from(state.perimeter),
            Some(4) => measure.rate.dear(state),
            Some(of) => i128::from(common(local, state, of - 5)),
            None => 0,
        };
        let middle = (end - start) / 2;
        self.states[start..end]
            .select_nth_unstable_by_key(middle, |state| (figure(state), !early(state.set)));
        start + middle
    }
}

/// A count to divide by: sets with at most so many come first.
enum Count {
    Units(u32),
    Own(u32),
    Both(u32),
    Area(i64),
}

impl Node {
    /// The count to divide by: counts that come before all measures are settled first.
    fn count(&self, aims: &[Aim], few_areas: bool) -> Option<Count> {
        let differs = |range: [u32; 2]| range[1] > range[0];
        let middle = |range: [u32; 2]| range[0].midpoint(range[1]);
        for aim in aims.iter().take_while(|aim| !matches!(aim, Aim::Cost | Aim::Shape)) {
            match aim {
                Aim::Owners if differs(self.own) => return Some(Count::Own(middle(self.own))),
                Aim::Owners if differs(self.common_owners) => {
                    return Some(Count::Both(middle(self.common_owners)));
                }
                Aim::Excess if few_areas && self.area[1] > self.area[0] => {
                    return Some(Count::Area(self.area[0].midpoint(self.area[1])));
                }
                Aim::Units if differs(self.units) => return Some(Count::Units(middle(self.units))),
                _ => {}
            }
        }
        None
    }

    /// How much the sets differ in what the aims look at.
    fn spreads(&self, aims: &[Aim]) -> [i128; 5 + MOST_EARLIER] {
        let mut spreads = [0; 5 + MOST_EARLIER];
        spreads[1] = i128::from(self.area[1] - self.area[0]);
        for aim in aims {
            match aim {
                Aim::Units => spreads[0] = i128::from(self.units[1] - self.units[0]),
                Aim::Cost => {
                    spreads[2] = i128::from(self.cost[1] - self.cost[0]);
                    spreads[4] = self.dear[1] - self.dear[0];
                }
                Aim::Shape => spreads[3] = i128::from(self.perimeter[1] - self.perimeter[0]),
                Aim::Owners | Aim::Excess => {}
            }
        }
        for (of, spread) in spreads.iter_mut().skip(5).enumerate() {
            *spread = i128::from(self.most_common[of] - self.common[of]);
        }
        spreads
    }
}

/// Area that is in both a set and an earlier assembly.
fn common(local: &Local<'_>, state: &State, earlier: usize) -> i64 {
    local.earlier.get(earlier).map_or(0, |(set, _)| local.area_of(u128::from(state.set) & set))
}

fn node(local: &Local<'_>, measure: &Measure, states: &[State], start: usize, end: usize) -> Node {
    let mut node = Node {
        start,
        end,
        branches: None,
        owners: u64::MAX,
        own: [u32::MAX, 0],
        common_owners: [u32::MAX, 0],
        units: [u32::MAX, 0],
        area: [i64::MAX, i64::MIN],
        cost: [i64::MAX, i64::MIN],
        perimeter: [i64::MAX, i64::MIN],
        dear: [i128::MAX, i128::MIN],
        first: 0,
        common: [0; MOST_EARLIER],
        most_common: [0; MOST_EARLIER],
    };
    let known = local.earlier.len().min(MOST_EARLIER);
    node.common[..known].fill(i64::MAX);
    for state in &states[start..end] {
        node.owners &= state.owners;
        let both = (state.owners & measure.both).count_ones();
        let own = state.owners.count_ones() - both;
        node.own = [node.own[0].min(own), node.own[1].max(own)];
        node.common_owners = [node.common_owners[0].min(both), node.common_owners[1].max(both)];
        node.units = [node.units[0].min(state.units), node.units[1].max(state.units)];
        node.area = [node.area[0].min(state.area), node.area[1].max(state.area)];
        node.cost = [node.cost[0].min(state.cost), node.cost[1].max(state.cost)];
        node.perimeter =
            [node.perimeter[0].min(state.perimeter), node.perimeter[1].max(state.perimeter)];
        let dear = measure.rate.dear(state);
        node.dear = [node.dear[0].min(dear), node.dear[1].max(dear)];
        node.first = node.first.max(early(state.set));
        for of in 0..known {
            let common = common(local, state, of);
            node.common[of] = node.common[of].min(common);
            node.most_common[of] = node.most_common[of].max(common);
        }
    }
    node.first = early(node.first);
    node
}
