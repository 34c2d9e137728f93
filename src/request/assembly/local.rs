//! Up to 128 units that are searched together, as sets of bits.

use super::graph::Graph;
use super::graph::UNKNOWN;
use super::need::Plan;
use super::need::Rank;
use super::need::Sums;

/// Most units of a [`Local`].
pub(super) const MOST: usize = 128;

/// An assembly found before, from which the next one must differ.
#[derive(Debug, Clone)]
pub(super) struct Earlier {
    /// In ascending order.
    pub(super) units: Vec<u32>,
    pub(super) area: i64,
}

/// Some units with all that is needed to search them.
pub(super) struct Local<'a> {
    pub(super) plan: &'a Plan,
    /// In ascending order, so that sets of bits compare as lists of units do.
    pub(super) ids: Vec<u32>,
    pub(super) area: Vec<i64>,
    pub(super) cost: Vec<i64>,
    pub(super) perimeter: Vec<i64>,
    /// Owners, numbered from 0 here.
    pub(super) owner: Vec<u8>,
    /// The units of each owner.
    pub(super) estate: Vec<u128>,
    pub(super) near: Vec<u128>,
    pub(super) shared: Vec<Vec<(u8, i64)>>,
    /// The largest first.
    pub(super) by_area: Vec<u8>,
    /// The cheapest for its area first; none of unknown cost.
    pub(super) by_rate: Vec<u8>,
    /// Units of the assemblies found before, and the whole area of these.
    pub(super) earlier: Vec<(u128, i64)>,
}

/// Units taken and what they come to.
#[derive(Debug, Clone, Copy)]
pub(super) struct Part {
    pub(super) set: u128,
    pub(super) owners: u128,
    pub(super) sums: Sums,
}

/// The bits of a set, the lowest first.
pub(super) fn bits(mut set: u128) -> impl Iterator<Item = usize> + Clone {
    std::iter::from_fn(move || {
        (set != 0).then(|| {
            let bit = set.trailing_zeros() as usize;
            set &= set - 1;
            bit
        })
    })
}

impl<'a> Local<'a> {
    /// Of at most [`MOST`] units in ascending order. `slots` is as long as the graph and all 0, before and after.
    pub(super) fn new(
        graph: &Graph,
        plan: &'a Plan,
        ids: Vec<u32>,
        earlier: &[Earlier],
        slots: &mut [u32],
    ) -> Self {
        for (slot, id) in (1..).zip(&ids) {
            slots[*id as usize] = slot;
        }
        let mut near = vec![0_u128; ids.len()];
        let mut shared = vec![Vec::new(); ids.len()];
        for (at, id) in ids.iter().enumerate() {
            for (other, length) in graph.near(*id) {
                if let Some(other) = slots[*other as usize].checked_sub(1) {
                    near[at] |= 1 << other;
                    shared[at].push((other as u8, *length));
                }
            }
        }
        let area: Vec<i64> = ids.iter().map(|id| graph.area[*id as usize]).collect();
        let cost: Vec<i64> = ids.iter().map(|id| graph.cost[*id as usize]).collect();
        let mut by_area: Vec<u8> = (0..ids.len() as u8).collect();
        by_area.sort_by_key(|at| (-area[*at as usize], *at));
        let mut by_rate: Vec<u8> =
            by_area.iter().copied().filter(|at| cost[*at as usize] < UNKNOWN).collect();
        by_rate.sort_by(|a, b| {
            let (a, b) = (*a as usize, *b as usize);
            let rate = |one: usize, other: usize| i128::from(cost[one]) * i128::from(area[other]);
            rate(a, b).cmp(&rate(b, a))
        });
        let mut names: Vec<u32> = Vec::new();
        let mut estate: Vec<u128> = Vec::new();
        let mut owner = Vec::new();
        for (at, id) in ids.iter().enumerate() {
            let name = graph.owner[*id as usize];
            let number = names.iter().position(|other| *other == name).unwrap_or_else(|| {
                names.push(name);
                estate.push(0);
                names.len() - 1
            });
            estate[number] |= 1 << at;
            owner.push(number as u8);
        }
        let set = |units: &[u32]| {
            let slots = units.iter().filter_map(|unit| slots[*unit as usize].checked_sub(1));
            slots.fold(0_u128, |set, slot| set | 1 << slot)
        };
        let earlier = earlier.iter().map(|other| (set(&other.units), other.area)).collect();
        for id in &ids {
            slots[*id as usize] = 0;
        }
        let perimeter = ids.iter().map(|id| graph.perimeter[*id as usize]).collect();
        Self {
            plan,
            ids,
            area,
            cost,
            perimeter,
            owner,
            estate,
            near,
            shared,
            by_area,
            by_rate,
            earlier,
        }
    }

    /// All units.
    pub(super) fn all(&self) -> u128 {
        if self.ids.len() >= MOST { u128::MAX } else { (1 << self.ids.len()) - 1 }
    }

    /// Nothing taken yet.
    pub(super) fn none() -> Part {
        let sums = Sums { owners: 0, units: 0, area: 0, cost: 0, perimeter: 0 };
        Part { set: 0, owners: 0, sums }
    }

    /// One more unit taken.
    pub(super) fn with(&self, part: &Part, at: usize) -> Part {
        let mut perimeter = part.sums.perimeter + self.perimeter[at];
        for (other, length) in &self.shared[at] {
            if part.set >> other & 1 == 1 {
                perimeter -= 2 * length;
            }
        }
        let owners = part.owners | 1 << self.owner[at];
        Part {
            set: part.set | 1 << at,
            owners,
            sums: Sums {
                owners: owners.count_ones(),
                units: part.sums.units + 1,
                area: part.sums.area + self.area[at],
                cost: (part.sums.cost + self.cost[at]).min(UNKNOWN),
                perimeter,
            },
        }
    }

    /// The units that join any of a set, the set among them or not.
    pub(super) fn around(&self, set: u128) -> u128 {
        bits(set).fold(0, |around, at| around | self.near[at])
    }

    /// All units that hang together with a set, by way of some.
    pub(super) fn reach(&self, set: u128, by: u128) -> u128 {
        let (mut all, mut new) = (set, set);
        while new != 0 {
            new = self.around(new) & by & !all;
            all |= new;
        }
        all
    }

    /// Area of a set.
    pub(super) fn area_of(&self, set: u128) -> i64 {
        bits(set).map(|at| self.area[at]).sum()
    }

    /// Whether a set, or one with more units, can differ enough from the assemblies found before.
    pub(super) fn may_differ(&self, set: u128) -> bool {
        self.earlier.iter().all(|(other, area)| 2 * self.area_of(set & other) <= *area)
    }

    /// Whether a set differs enough from the assemblies found before.
    pub(super) fn differs(&self, part: &Part) -> bool {
        self.earlier
            .iter()
            .all(|(other, area)| 2 * self.area_of(part.set & other) <= part.sums.area.min(*area))
    }

    /// Whether a part that hangs together is an assembly as it is.
    pub(super) fn is_whole(&self, part: &Part) -> bool {
        self.plan.fits(part.sums.area)
            && part.sums.units <= self.plan.max_units
            && self.differs(part)
    }

    /// The units of a set, in ascending order.
    pub(super) fn units(&self, set: u128) -> impl Iterator<Item = u32> + Clone {
        bits(set).map(|at| self.ids[at])
    }

    pub(super) fn rank(&self, part: &Part) -> Rank {
        self.plan.rank(&part.sums)
    }
}
