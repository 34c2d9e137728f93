//! The search over all components.

use super::graph::Graph;
use super::local::Earlier;
use super::local::MOST;
use super::need;
use super::need::Aim;
use super::need::Assembly;
use super::need::LAST;
use super::need::Need;
use super::need::NeedError;
use super::need::Plan;
use super::need::Rank;
use super::piece::Accept;
use super::piece::Outcome;
use super::piece::Search;
use super::pool::Meter;
use super::relaxed;

/// How sure it is that nothing better can be.
#[derive(Debug, Clone, PartialEq)]
pub enum Proof {
    /// Nothing is better.
    Optimal,
    /// The budget ran out: what was not examined may be better, but not than this.
    Bounded {
        /// Values of the aims in their order. The first that is below the assembly's own tells the gap; those behind it
        /// mean nothing.
        lower: Vec<(Aim, f64)>,
    },
}

/// Assemblies found.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    /// The best first. Each shares at most half of its area, or of the other's if that is less, with each one before it.
    pub assemblies: Vec<Assembly>,
    /// For each assembly: whether it is the best one that differs enough from those before it.
    pub proofs: Vec<Proof>,
    /// Whether it is sure that there is no further one; `false` too if as many were found as were wanted.
    pub complete: bool,
    /// Nodes examined.
    pub examined: u64,
}

/// A component and how far it has been searched.
struct Progress<'a> {
    units: &'a [u32],
    /// Nothing in it is better.
    lower: Rank,
    /// The best assembly that differs from those before, if it was looked for.
    next: Option<Outcome>,
    earlier: Vec<Earlier>,
}

/// The best assemblies of all components.
///
/// `accept` is asked about whole sets of units, in ascending order, that would enter the result, the best first, about each
/// set once. What it refuses is no assembly. It must always say the same of the same set.
///
/// # Errors
/// A need that cannot be searched for.
pub fn search(graph: &Graph, need: &Need, accept: &Accept<'_>) -> Result<Found, NeedError> {
    let plan = Plan::new(need)?;
    let components = graph.components().iter().map(Vec::as_slice);
    let mut search = Search::new(graph, &plan, accept);
    Ok(search_in(&mut search, components, need.wanted, need.budget))
}

/// The best assemblies of one component, given by its place in [`Graph::components`]; none if there is no such component.
///
/// The whole budget is its own. [`merge`] puts the results of several components together.
///
/// # Errors
/// A need that cannot be searched for.
pub fn search_component(
    graph: &Graph,
    component: usize,
    need: &Need,
    accept: &Accept<'_>,
) -> Result<Found, NeedError> {
    let plan = Plan::new(need)?;
    let component = graph.components().get(component).map(Vec::as_slice);
    let mut search = Search::new(graph, &plan, accept);
    Ok(search_in(&mut search, component.into_iter(), need.wanted, need.budget))
}

/// The results of several components as one, as [`search`] gives it. What was not proven in one of them may be better
/// than what is proven in another.
///
/// # Errors
/// A need that cannot be searched for.
pub fn merge(graph: &Graph, need: &Need, found: Vec<Found>) -> Result<Found, NeedError> {
    let plan = Plan::new(need)?;
    let mut all = Found { assemblies: Vec::new(), proofs: Vec::new(), complete: true, examined: 0 };
    let mut pairs = Vec::new();
    for found in found {
        all.complete &= found.complete;
        all.examined += found.examined;
        for (assembly, proof) in found.assemblies.into_iter().zip(found.proofs) {
            let rank = plan.rank(&need::sums(graph, &assembly.units));
            pairs.push((rank, assembly, proof));
        }
    }
    pairs.sort_by(|a, b| (a.0, &a.1.units).cmp(&(b.0, &b.1.units)));
    all.complete &= pairs.len() < need.wanted;
    for (_, assembly, proof) in pairs.into_iter().take(need.wanted) {
        all.assemblies.push(assembly);
        all.proofs.push(proof);
    }
    Ok(all)
}

/// The best assemblies of some components.
pub(super) fn search_in<'a>(
    search: &mut Search<'_>,
    components: impl Iterator<Item = &'a [u32]>,
    wanted: usize,
    budget: u64,
) -> Found {
    let (graph, plan) = (search.graph, search.plan);
    let mut states: Vec<Progress> = components
        .filter_map(|units| {
            let lower = relaxed::rank(graph, plan, units)?;
            Some(Progress { units, lower, next: None, earlier: Vec::new() })
        })
        .collect();
    let mut found =
        Found { assemblies: Vec::new(), proofs: Vec::new(), complete: false, examined: 0 };
    while found.assemblies.len() < wanted {
        found.examined += advance(search, &mut states, wanted - found.assemblies.len(), budget);
        let best = states
            .iter()
            .enumerate()
            .filter_map(|(at, state)| Some((state.next.as_ref()?.best.as_ref()?, at)))
            .min();
        // What may be better, in any component.
        let lower = states.iter().map(|state| state.lower).min().unwrap_or(LAST);
        let Some((key, at)) = best else {
            found.complete = lower == LAST;
            break;
        };
        let key = key.clone();
        found.proofs.push(proof(plan, &lower, &key.rank));
        let assembly = Assembly::of(graph, plan, key.units.clone());
        let area = need::sums(graph, &key.units).area;
        found.assemblies.push(assembly);
        let state = &mut states[at];
        state.earlier.push(Earlier { units: key.units, area });
        state.next = None;
    }
    found
}

/// Searches the components that may hold one of the next assemblies, so many being wanted still: the most promising first,
/// each with its share of the budget, then those that this was not enough for with what the others left.
///
/// Assemblies of different components share nothing. So a component need not be searched beyond the best ones known of so
/// many others, nor again before an assembly is taken from it.
fn advance(search: &mut Search<'_>, states: &mut [Progress], wanted: usize, budget: u64) -> u64 {
    let all: usize = states.iter().map(|state| state.units.len()).sum();
    let mut used = 0;
    for again in [false, true] {
        let mut order: Vec<usize> = (0..states.len()).collect();
        order.sort_by_key(|at| (states[*at].lower, *at));
        let known =
            states.iter().filter_map(|state| Some(state.next.as_ref()?.best.as_ref()?.rank));
        let mut known: Vec<Rank> = known.collect();
        known.sort_unstable();
        known.truncate(wanted);
        for at in order {
            let ceiling = known.get(wanted - 1).copied().unwrap_or(LAST);
            let state = &mut states[at];
            let share =
                (u128::from(budget) * state.units.len() as u128 / all.max(1) as u128) as u64;
            let left = budget.saturating_sub(used);
            let is_open = match &state.next {
                None => !again && state.lower <= ceiling,
                // A large piece would use no more than it had.
                Some(next) => {
                    again
                        && !next.is_proven()
                        && state.lower < ceiling
                        && left > 2 * share
                        && state.units.len() <= MOST
                }
            };
            if !is_open {
                continue;
            }
            let mut meter = Meter { used: 0, limit: if again { left } else { share } };
            let outcome = search.best(state.units, &state.earlier, ceiling, &mut meter);
            used += meter.used;
            // What was known before still holds.
            state.lower = state.lower.max(outcome.lower);
            let before = state.next.take().and_then(|next| next.best);
            let best = match (before, outcome.best) {
                (Some(before), Some(best)) => Some(before.min(best)),
                (before, best) => before.or(best),
            };
            if let Some(best) = best.as_ref().filter(|_| !again) {
                let place = known.partition_point(|rank| *rank <= best.rank);
                known.insert(place, best.rank);
                known.truncate(wanted);
            }
            state.next = Some(Outcome { best, lower: state.lower });
        }
    }
    used
}

fn proof(plan: &Plan, lower: &Rank, rank: &Rank) -> Proof {
    if lower >= rank {
        return Proof::Optimal;
    }
    let told = plan.order.iter().zip(lower).map(|(aim, low)| (*aim, plan.told(*aim, *low)));
    Proof::Bounded { lower: told.collect() }
}
