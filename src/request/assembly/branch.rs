//! Branch and bound: every connected set once, unit by unit, as long as it can still come to something.

use super::local::Local;
use super::local::Part;
use super::need::Aim;
use super::need::Rank;
use super::pool::Meter;
use super::pool::Pool;

/// The search of some units.
pub(super) struct Branch<'a, 'b> {
    pub(super) local: &'a Local<'b>,
    pub(super) pool: &'a mut Pool,
    pub(super) meter: &'a mut Meter,
    /// Nothing that was left out is better than this; `None` if nothing was.
    pub(super) cut: Option<Rank>,
}

impl Branch<'_, '_> {
    /// All sets whose lowest unit, in the order given, is each one in turn.
    pub(super) fn roots(&mut self, order: &[u8]) {
        let mut free = self.local.all();
        for root in order {
            free &= !(1 << *root);
            self.root(*root as usize, free);
        }
    }

    /// All sets of a unit and any of those that are free.
    pub(super) fn root(&mut self, root: usize, free: u128) {
        let part = self.local.with(&Local::none(), root);
        self.descend(&part, free);
    }

    /// All sets of the part and any of those that are free, the part itself too.
    fn descend(&mut self, part: &Part, mut free: u128) {
        let local = self.local;
        if part.sums.area > local.plan.max || !local.may_differ(part.set) {
            return;
        }
        if local.is_whole(part) {
            self.pool.offer(local.rank(part), local.units(part.set));
        }
        let around = local.around(part.set) & !part.set;
        loop {
            let enough = self.meter.spend(1);
            let rest = local.reach(part.set, free) & !part.set;
            if rest == 0 {
                return;
            }
            let Some(lower) = local.lower(part, rest, self.pool) else { return };
            if !enough {
                self.cut = Some(self.cut.map_or(lower, |cut| cut.min(lower)));
                return;
            }
            let Some(next) = self.next(part, around & free) else { return };
            free &= !(1 << next);
            self.descend(&local.with(part, next), free);
        }
    }

    /// The unit to take or leave next, of those that join the part.
    fn next(&self, part: &Part, around: u128) -> Option<usize> {
        let local = self.local;
        let by_rate = local.plan.order.first() == Some(&Aim::Cost);
        let order =
            if by_rate && !local.by_rate.is_empty() { &local.by_rate } else { &local.by_area };
        let first = |of: u128| order.iter().find(|at| of >> **at & 1 == 1).map(|at| *at as usize);
        if local.plan.order.first() == Some(&Aim::Owners) {
            let known = |at: &u8| part.owners >> local.owner[*at as usize] & 1 == 1;
            let kin = order.iter().find(|at| around >> **at & 1 == 1 && known(at));
            if let Some(kin) = kin {
                return Some(*kin as usize);
            }
        }
        first(around).or_else(|| (around != 0).then(|| around.trailing_zeros() as usize))
    }
}
