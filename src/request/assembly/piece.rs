//! The best assembly of units that hang together.

use std::collections::BTreeMap;

use super::branch::Branch;
use super::graph::Graph;
use super::grow;
use super::halves;
use super::local::Earlier;
use super::local::Local;
use super::local::MOST;
use super::need::Aim;
use super::need::LAST;
use super::need::Plan;
use super::need::Rank;
use super::pool::Key;
use super::pool::Meter;
use super::pool::Pool;
use super::relaxed;

/// A call of the caller's own test counts as so many nodes.
const TEST_NODES: u64 = 1000;

/// The part of the budget, one in so many, that branch and bound may use before the search by halves takes over.
const BRANCH_SHARE: u64 = 8;

/// Nodes that branch and bound uses at most where halves can be searched.
const BRANCH_MOST: u64 = 400_000;

/// Nodes for each unit of a piece that is too large to be searched as a whole.
const NODES_PER_UNIT: u64 = 40;

/// Least number of units searched about each unit of such a piece.
const LEAST_BALL: usize = 32;

/// Units searched about each unit, in times of those that are needed on average.
const BALL_TIMES: usize = 5;

/// A further test of a whole set of units, in ascending order, that only the caller can make.
pub type Accept<'a> = dyn Fn(&[u32]) -> bool + Sync + 'a;

/// What a search has at hand.
pub(super) struct Search<'a> {
    pub(super) graph: &'a Graph,
    pub(super) plan: &'a Plan,
    pub(super) accept: &'a Accept<'a>,
    /// What the caller's test said, so that it is asked once about each set.
    tested: BTreeMap<Vec<u32>, bool>,
    /// As long as the graph, all 0 between uses.
    slots: Vec<u32>,
}

/// What a search came to.
#[derive(Debug, Clone)]
pub(super) struct Outcome {
    pub(super) best: Option<Key>,
    /// Nothing that was not found is better than this; [`LAST`] if there is nothing else.
    pub(super) lower: Rank,
}

impl Outcome {
    /// Whether nothing better can be.
    pub(super) fn is_proven(&self) -> bool {
        self.best.as_ref().map_or(self.lower == LAST, |best| self.lower >= best.rank)
    }
}

impl<'a> Search<'a> {
    pub(super) fn new(graph: &'a Graph, plan: &'a Plan, accept: &'a Accept<'a>) -> Self {
        Self { graph, plan, accept, tested: BTreeMap::new(), slots: vec![0; graph.len()] }
    }

    /// The best assembly of some units that hang together, in ascending order, none behind the ceiling.
    ///
    /// The search itself does not know the caller's test. It finds the few best sets, which are then tested, the best
    /// first; only if all are refused the next ones are looked for. So no set is tested that is behind the result.
    pub(super) fn best(
        &mut self,
        piece: &[u32],
        earlier: &[Earlier],
        ceiling: Rank,
        meter: &mut Meter,
    ) -> Outcome {
        let mut floor: Option<Key> = None;
        let mut most = if piece.len() > MOST { 16 } else { 4 };
        let mut lower = LAST;
        loop {
            let mut pool = Pool::new(most, floor.clone(), ceiling);
            let cut = self.pass(piece, earlier, &mut pool, meter);
            lower = lower.min(cut.unwrap_or(LAST));
            for key in &pool.keys {
                if self.is_accepted(&key.units, meter) {
                    return Outcome { best: Some(key.clone()), lower: lower.min(key.rank) };
                }
            }
            // Behind all that was refused, unless something better was left out.
            let behind = if pool.is_full() { *pool.worst() } else { ceiling };
            if (cut.is_none() && !pool.is_full()) || pool.keys.is_empty() || meter.left() == 0 {
                return Outcome { best: None, lower: lower.min(behind) };
            }
            floor = pool.keys.pop();
            most = (most * 8).min(512);
        }
    }

    pub(super) fn is_accepted(&mut self, units: &[u32], meter: &mut Meter) -> bool {
        if let Some(known) = self.tested.get(units) {
            return *known;
        }
        meter.spend(TEST_NODES);
        let accepted = (self.accept)(units);
        self.tested.insert(units.to_vec(), accepted);
        accepted
    }

    /// Fills a pool. Nothing left out is better than what is given back, if anything was left out.
    fn pass(
        &mut self,
        piece: &[u32],
        earlier: &[Earlier],
        pool: &mut Pool,
        meter: &mut Meter,
    ) -> Option<Rank> {
        if piece.len() > MOST {
            return self.pass_large(piece, earlier, pool, meter);
        }
        let local = Local::new(self.graph, self.plan, piece.to_vec(), earlier, &mut self.slots);
        let halves = halves::split(&local);
        let quota = match halves {
            Some(_) => (meter.left() / BRANCH_SHARE).min(BRANCH_MOST),
            None => meter.left(),
        };
        let mut own = Meter { used: 0, limit: quota };
        let order = local.by_area.clone();
        let mut branch = Branch { local: &local, pool, meter: &mut own, cut: None };
        branch.roots(&order);
        let cut = branch.cut;
        meter.spend(own.used);
        match (cut, halves) {
            (Some(_), Some(halves)) if halves.search(&local, pool, meter) => None,
            _ => cut,
        }
    }

    /// A piece that is too large for [`Local`]: the sets about each unit, with those units left out that had their turn.
    fn pass_large(
        &mut self,
        piece: &[u32],
        earlier: &[Earlier],
        pool: &mut Pool,
        meter: &mut Meter,
    ) -> Option<Rank> {
        let relaxed = relaxed::rank(self.graph, self.plan, piece)?;
        let mut order = piece.to_vec();
        order.sort_by_key(|unit| (-self.graph.area[*unit as usize], *unit));
        // Turn of each unit, from 1; 0 outside the piece.
        let mut turns = vec![0_u32; self.graph.len()];
        for (turn, unit) in (1..).zip(&order) {
            turns[*unit as usize] = turn;
        }
        grow::seeds(self.graph, self.plan, &order, &turns, earlier, pool, meter);
        let area: i64 = piece.iter().map(|unit| self.graph.area[*unit as usize]).sum();
        let needed = self.plan.min.saturating_mul(piece.len() as i64) / area.max(1) + 1;
        let room = usize::try_from(needed).unwrap_or(MOST).saturating_mul(BALL_TIMES);
        let room = room.clamp(LEAST_BALL, MOST);
        let mut owners: Vec<u32> =
            piece.iter().map(|unit| self.graph.owner[*unit as usize]).collect();
        owners.sort_unstable();
        owners.dedup();
        let counts_units = match self.plan.order.first() {
            Some(Aim::Units) => true,
            Some(Aim::Owners) => owners.len() == piece.len(),
            _ => false,
        };
        let mut left = meter.left().min(NODES_PER_UNIT * piece.len() as u64);
        let mut cut: Option<Rank> = None;
        for (turn, root) in (1..).zip(&order) {
            if self.is_hopeless(*root, self.most_units(pool, counts_units)) {
                // The roots that follow are smaller still.
                break;
            }
            // A set that comes into the pool reaches no further.
            let steps = self.most_units(pool, counts_units).saturating_sub(1);
            let ball = grow::ball(self.graph, *root, &turns, [turn, steps], room);
            if let Some(depth) = ball.cut_at {
                // A set that leaves the ball has at least this many units.
                let mut lower = relaxed;
                if let Some(place) = self.plan.order.iter().position(|aim| *aim == Aim::Units) {
                    lower[place] = lower[place].max(u64::from(depth) + 1);
                }
                if lower <= *pool.worst() {
                    cut = Some(cut.map_or(lower, |cut| cut.min(lower)));
                }
            }
            let local = Local::new(self.graph, self.plan, ball.units, earlier, &mut self.slots);
            let Ok(at) = local.ids.binary_search(root) else { continue };
            let others = (piece.len() as u64 + 1).saturating_sub(turn.into()).max(1);
            let mut own = Meter { used: 0, limit: (8 * left / others).max(16) };
            let mut branch = Branch { local: &local, pool, meter: &mut own, cut };
            branch.root(at, local.all() & !(1 << at));
            cut = branch.cut;
            left = left.saturating_sub(own.used);
            meter.spend(own.used);
        }
        cut
    }

    /// Whether no set of so many units whose largest one is this has enough land.
    fn is_hopeless(&self, root: u32, most: u32) -> bool {
        let area = self.graph.area[root as usize].max(1);
        (self.plan.min - 1) / area + 1 > i64::from(most)
    }

    /// Most units of a set that comes into the pool, where the first aim counts them.
    fn most_units(&self, pool: &Pool, counts_units: bool) -> u32 {
        let worst = u32::try_from(pool.worst()[0]).ok().filter(|_| counts_units);
        worst.unwrap_or(u32::MAX).min(self.plan.max_units)
    }
}
