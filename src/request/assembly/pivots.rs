//! What becomes of an assembly without one of its units: which of them to secure first.

use super::found::Proof;
use super::found::search_in;
use super::graph::Graph;
use super::grow;
use super::need;
use super::need::Aim;
use super::need::Assembly;
use super::need::Need;
use super::need::NeedError;
use super::need::Plan;
use super::need::Rank;
use super::piece::Accept;
use super::piece::Search;
use super::pool::Meter;

/// What there is without a unit.
#[derive(Debug, Clone, PartialEq)]
pub enum Without {
    /// The others do: they hang together, have enough land and pass the caller's test.
    Rest,
    /// Another assembly of the same component.
    Other {
        /// The best one that avoids the unit.
        assembly: Assembly,
        /// The first aim by which it differs and by how much it is worse (below 0: better, where the first assembly was not
        /// the best): owners, units, m², cost, shape. `None` if it is as good.
        worse: Option<(Aim, f64)>,
        /// Whether no other one is better.
        proof: Proof,
    },
    /// Nothing was found: the request fails here without the unit.
    Nothing {
        /// Whether it is sure that there is nothing.
        is_sure: bool,
    },
}

/// A unit of an assembly and what there is without it.
#[derive(Debug, Clone, PartialEq)]
pub struct Dependence {
    /// The unit.
    pub unit: u32,
    /// What there is without it.
    pub without: Without,
}

impl Dependence {
    /// Whether the request fails here without the unit.
    #[must_use]
    pub fn is_pivot(&self) -> bool {
        matches!(self.without, Without::Nothing { .. })
    }
}

/// How an assembly, given by its units, depends on them, in the order in which to acquire them: pivots first, then those whose replacement
/// is the worst, last those that can be done without; the larger one first, then the one with the lower number.
///
/// Each unit has the whole budget of the need. `accept` is as in [`super::search`], asked about each set once.
///
/// # Errors
/// A need that cannot be searched for.
pub fn pivots(
    graph: &Graph,
    need: &Need,
    units: &[u32],
    accept: &Accept<'_>,
) -> Result<Vec<Dependence>, NeedError> {
    let plan = Plan::new(need)?;
    let mut search = Search::new(graph, &plan, accept);
    let mut units = units.to_vec();
    units.retain(|unit| (*unit as usize) < graph.len());
    units.sort_unstable();
    units.dedup();
    let own = plan.rank(&need::sums(graph, &units));
    let first = units.first().copied();
    let component = graph
        .components()
        .iter()
        .find(|component| first.is_some_and(|first| component.binary_search(&first).is_ok()));
    let Some(component) = component else { return Ok(Vec::new()) };
    let mut all = Vec::new();
    for unit in &units {
        let (without, rank) = look(&mut search, need, component, &units, *unit, &own);
        all.push((rank, graph.area[*unit as usize], Dependence { unit: *unit, without }));
    }
    // What has no replacement has none that is worse.
    let place = |dependence: &Dependence| match dependence.without {
        Without::Nothing { .. } => 0,
        Without::Other { .. } => 1,
        Without::Rest => 2,
    };
    all.sort_by(|a, b| (place(&a.2), b.0, b.1, a.2.unit).cmp(&(place(&b.2), a.0, a.1, b.2.unit)));
    Ok(all.into_iter().map(|(_, _, dependence)| dependence).collect())
}

/// What there is without a unit, and the values of the replacement.
fn look(
    search: &mut Search<'_>,
    need: &Need,
    component: &[u32],
    units: &[u32],
    unit: u32,
    own: &Rank,
) -> (Without, Rank) {
    let (graph, plan) = (search.graph, search.plan);
    let rest: Vec<u32> = units.iter().copied().filter(|other| *other != unit).collect();
    let sums = need::sums(graph, &rest);
    let mut meter = Meter { used: 0, limit: u64::MAX };
    if plan.fits(sums.area)
        && sums.units <= plan.max_units
        && grow::hangs_together(graph, &rest)
        && search.is_accepted(&rest, &mut meter)
    {
        return (Without::Rest, [0; 5]);
    }
    let pieces = graph.without(component, unit);
    let found = search_in(search, pieces.iter().map(Vec::as_slice), 1, need.budget);
    let best = found.assemblies.into_iter().zip(found.proofs).next();
    let Some((assembly, proof)) = best else {
        return (Without::Nothing { is_sure: found.complete }, [0; 5]);
    };
    let rank = plan.rank(&need::sums(graph, &assembly.units));
    let differs = (0..plan.order.len()).find(|place| rank[*place] != own[*place]);
    let worse = differs.and_then(|place| {
        let aim = *plan.order.get(place)?;
        let here = Assembly::of(graph, plan, units.to_vec());
        Some((aim, assembly.value(aim) - here.value(aim)))
    });
    (Without::Other { assembly, worse, proof }, rank)
}
