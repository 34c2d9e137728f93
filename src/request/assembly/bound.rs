//! The best that an assembly can still come to, once some of its units are taken.

use super::graph::UNKNOWN;
use super::local::Local;
use super::local::Part;
use super::local::bits;
use super::need;
use super::need::Aim;
use super::need::Rank;
use super::pool::Pool;

impl Local<'_> {
    /// Values that no assembly of the part and any of the rest is better than; `None` if none of them would come into the
    /// pool. Aims behind the first one that is better than the pool's worst are not looked at.
    ///
    /// Each bound leaves connection aside: so many of the largest units, of the largest owners, of the cheapest land.
    pub(super) fn lower(&self, part: &Part, rest: u128, pool: &Pool) -> Option<Rank> {
        let plan = self.plan;
        let missing = plan.min - part.sums.area;
        let more = self.fewest(rest, missing)?;
        if part.sums.area > plan.max || part.sums.units + more > plan.max_units {
            return None;
        }
        let worst = pool.worst();
        let mut rank = [0; 5];
        // Units that must be added, once the number of all of them is settled by the pool.
        let mut settled = None;
        for (place, aim) in plan.order.iter().enumerate() {
            let low = match aim {
                Aim::Owners => self.fewest_owners(part, rest, missing),
                Aim::Units => u64::from(part.sums.units + more),
                Aim::Excess => {
                    let least = settled.map_or(0, |more| self.smallest(rest, more));
                    plan.excess(part.sums.area + least, part.sums.area + self.area_of(rest))
                }
                Aim::Cost => need::cost(self.cheapest(part, rest, missing)),
                Aim::Shape => {
                    let area = (part.sums.area + self.area_of(rest)).min(plan.max);
                    need::shape(self.shortest(part, rest), area)
                }
            };
            rank[place] = low;
            if low > worst[place] {
                return None;
            }
            if low < worst[place] {
                return Some(rank);
            }
            if *aim == Aim::Units {
                settled = Some(more);
            }
        }
        // As good as the worst at best: the list of units decides.
        let first = match settled {
            Some(more) => lowest(rest, more),
            None => rest & below_highest(part.set),
        };
        pool.ties_in(self.units(part.set | first)).then_some(rank)
    }

    /// Values of the aims, each by itself, that no assembly is below; `None` if there can be none.
    pub(super) fn relaxed(&self) -> Option<Rank> {
        let (none, all, missing) = (Self::none(), self.all(), self.plan.min);
        let units = self.fewest(all, missing)?;
        let mut rank = [0; 5];
        for (rank, aim) in rank.iter_mut().zip(&self.plan.order) {
            *rank = match aim {
                Aim::Owners => self.fewest_owners(&none, all, missing),
                Aim::Units => u64::from(units),
                Aim::Cost => need::cost(self.cheapest(&none, all, missing)),
                Aim::Excess | Aim::Shape => 0,
            };
        }
        Some(rank)
    }

    /// Fewest units of a set that have an area together; `None` if all have less.
    fn fewest(&self, rest: u128, mut missing: i64) -> Option<u32> {
        let mut count = 0;
        let mut largest = self.by_area.iter();
        while missing > 0 {
            let at = *largest.next()?;
            if rest >> at & 1 == 1 {
                missing -= self.area[at as usize];
                count += 1;
            }
        }
        Some(count)
    }

    /// Area of the smallest units of a set.
    fn smallest(&self, rest: u128, count: u32) -> i64 {
        let smallest = self.by_area.iter().rev().filter(|at| rest >> **at & 1 == 1);
        smallest.take(count as usize).map(|at| self.area[*at as usize]).sum()
    }

    fn fewest_owners(&self, part: &Part, rest: u128, mut missing: i64) -> u64 {
        let mut owners = part.sums.owners;
        let mut free = 0;
        for owner in bits(part.owners) {
            free |= self.estate[owner];
        }
        missing -= self.area_of(rest & free);
        if missing <= 0 {
            return u64::from(owners);
        }
        let mut totals = [0_i64; super::local::MOST];
        let mut known = 0_u128;
        for at in bits(rest & !free) {
            let owner = self.owner[at] as usize;
            totals[owner] += self.area[at];
            known |= 1 << owner;
        }
        while missing > 0 && known != 0 {
            let Some(largest) = bits(known).max_by_key(|owner| totals[*owner]) else { break };
            missing -= totals[largest];
            known &= !(1 << largest);
            owners += 1;
        }
        u64::from(owners)
    }

    /// Least cost by which the missing area can be had, the last unit in part.
    fn cheapest(&self, part: &Part, rest: u128, mut missing: i64) -> i64 {
        let mut cost = part.sums.cost;
        if missing <= 0 || cost >= UNKNOWN {
            return cost;
        }
        for at in &self.by_rate {
            if rest >> at & 1 == 0 {
                continue;
            }
            let (area, price) = (self.area[*at as usize], self.cost[*at as usize]);
            if area >= missing {
                let share = i128::from(price) * i128::from(missing) / i128::from(area);
                return cost + share as i64;
            }
            cost += price;
            missing -= area;
        }
        UNKNOWN
    }

    /// Least length of the border: what joins the rest may vanish, but each unit of it brings its own.
    fn shortest(&self, part: &Part, rest: u128) -> i64 {
        let mut length = part.sums.perimeter;
        for at in bits(rest & self.around(part.set)) {
            let mut own = self.perimeter[at];
            for (other, shared) in &self.shared[at] {
                if part.set >> other & 1 == 1 {
                    own -= 2 * shared;
                } else if rest >> other & 1 == 1 {
                    own -= shared;
                }
            }
            length += own.min(0);
        }
        // Borders that do not add up can make units inside shrink it as well.
        for at in bits(rest & !self.around(part.set)) {
            let inner: i64 = self.shared[at]
                .iter()
                .filter(|(other, _)| rest >> other & 1 == 1)
                .map(|(_, shared)| shared)
                .sum();
            length += (self.perimeter[at] - inner).min(0);
        }
        length
    }
}

/// The lowest bits of a set.
fn lowest(set: u128, count: u32) -> u128 {
    bits(set).take(count as usize).fold(0, |lowest, at| lowest | 1 << at)
}

/// All bits below the highest one of a set.
fn below_highest(set: u128) -> u128 {
    match set.checked_ilog2() {
        Some(highest) => (1 << highest) - 1,
        None => 0,
    }
}
