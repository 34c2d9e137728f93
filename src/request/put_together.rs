//! Assemblies: contiguous parcels that together are what is asked for.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::Mutex;
use std::sync::atomic::AtomicUsize;
use std::sync::atomic::Ordering;

use rayon::prelude::*;

use super::AreaBasis;
use super::Candidate;
use super::LandRequest;
use super::RequestError;
use super::Step;
use super::Verdict;
use super::VerdictResult;
use super::Without;
use super::assembly::Aim;
use super::assembly::Assembly;
use super::assembly::Edge;
use super::assembly::Graph;
use super::assembly::Need;
use super::assembly::Proof;
use super::assembly::Unit;
use super::assembly::search_component;
use super::desk::Desk;
use super::exclusion::fails;
use super::near_miss::MOST_FAILS;
use super::verdict::Checker;
use crate::domain::ParcelId;
use crate::land::Plot;
use crate::spatial::shape;
use crate::units::M2_PER_HA;

/// Different assemblies that are looked for in each piece of contiguous land.
const WANTED: usize = 3;

/// Steps in which excess area is compared, m²: nobody minds 30 m² more, and the better shape wins.
const EXCESS_STEP_M2: f64 = M2_PER_HA / 100.0;

/// Nodes that a search examines in one piece of contiguous land before it makes do with the best found.
pub(super) const BUDGET: u64 = 300_000;

/// Parcels up to which the best assembly is to be proved, and the nodes for that: of forty, the worst of 2 520 drawn cases took
/// 6.7 million, the usual ones a thousand times less.
const PROVED: usize = 48;
const BUDGET_OF_FEW: u64 = 10_000_000;

/// Assemblies whose geometry is asked about, in all and, at the least and at the most, in one piece of contiguous land: a
/// rectangle takes milliseconds to be looked for.
const ASKED_IN_ALL: usize = 6_000;
const ASKED: (usize, usize) = (20, 300);

/// A declared price of one parcel beyond this is a slip of the pen, euros: its cost is not known then.
const MOST_EUR: f64 = 1e8;

/// Refused assemblies that are kept of each piece of contiguous land, as near misses.
const REFUSED_KEPT: usize = 3;

/// What is known of an assembly beyond what every candidate has.
#[derive(Debug, Clone, PartialEq)]
pub struct AssemblyFacts {
    /// Positions of its plots, ascending.
    pub plots: Vec<u32>,
    /// Number of owners; a plot whose owner nobody says counts as one.
    pub owners: usize,
    /// Plots whose owner nobody says.
    pub owners_unknown: usize,
    /// Whether nothing better can be put together there, by the order of the request; `None` for a near miss, which the
    /// search has refused.
    pub proof: Option<Proof>,
    /// Its parcels in the order in which to buy them; empty until worked out, for the best assemblies.
    pub acquisition: Vec<Step>,
}

impl AssemblyFacts {
    /// The parcels without which nothing there answers.
    pub fn pivots(&self) -> impl Iterator<Item = ParcelId> + '_ {
        self.acquisition.iter().filter(|step| step.without == Without::Fails).map(|step| step.unit)
    }
}

/// An assembly with its verdicts.
pub(super) struct Assembled<'a> {
    pub(super) candidate: Arc<Candidate<'a>>,
    pub(super) verdicts: Vec<Verdict>,
    /// Only of an assembly.
    pub(super) facts: Option<AssemblyFacts>,
}

/// Everything put together for a request.
#[derive(Default)]
pub(super) struct PutTogether<'a> {
    /// Those that fail no condition.
    pub(super) found: Vec<Assembled<'a>>,
    /// Those that fail one or two, the best of each piece of contiguous land.
    pub(super) missed: Vec<Assembled<'a>>,
    /// What they were put together from.
    pub(super) of: Option<AssemblyGraph>,
}

/// The graph of the plots that a request may put together.
pub(super) struct AssemblyGraph {
    /// Positions of its units among the plots.
    pub(super) plots: Vec<u32>,
    pub(super) graph: Graph,
}

/// Assemblies for a request. Without a smallest area there is nothing to put together.
pub(super) fn put_together<'a>(
    desk: &'a Desk<'a>,
    request: &LandRequest,
    checker: &Checker<'_>,
    allowed: &(dyn Fn(&Plot) -> bool + Sync),
) -> Result<PutTogether<'a>, RequestError> {
    let (Some(need), Some(of)) = (need(request), graph(desk, request, allowed)?) else {
        return Ok(PutTogether::default());
    };
    let n_components = of.graph.components().len();
    let (fewest, most) = ASKED;
    let most_asked = (ASKED_IN_ALL / n_components.max(1)).clamp(fewest, most);
    let parts: Vec<Result<PutTogether<'a>, RequestError>> = (0..n_components)
        .into_par_iter()
        .map(|component| in_component(desk, &of, component, request, (&need, most_asked), checker))
        .collect();
    let mut all = PutTogether::default();
    for part in parts {
        let part = part?;
        all.found.extend(part.found);
        all.missed.extend(part.missed);
    }
    all.of = Some(of);
    Ok(all)
}

/// What the search looks for; `None` without a smallest area.
pub(super) fn need(request: &LandRequest) -> Option<Need> {
    Some(Need {
        min_m2: request.min_m2?,
        max_m2: request.max_m2.unwrap_or(f64::INFINITY),
        ideal_m2: request.ideal_m2,
        order: request.order.clone(),
        excess_step_m2: EXCESS_STEP_M2,
        wanted: WANTED,
        max_units: u32::try_from(request.max_units).ok(),
        budget: BUDGET,
    })
}

/// The graph of the plots that are allowed; `None` when there is none.
pub(super) fn graph(
    desk: &Desk<'_>,
    request: &LandRequest,
    allowed: &(dyn Fn(&Plot) -> bool + Sync),
) -> Result<Option<AssemblyGraph>, RequestError> {
    let mut number: BTreeMap<u32, u32> = BTreeMap::new();
    let (mut units, mut plots) = (Vec::new(), Vec::new());
    for (at, plot) in (0_u32..).zip(&desk.plots.plots) {
        // Land that cannot be measured or built on joins nothing.
        let area_m2 = area_of(plot, request.basis);
        if !(allowed(plot) && area_m2 >= 1.0) {
            continue;
        }
        number.insert(at, plots.len() as u32);
        plots.push(at);
        units.push(Unit {
            area_m2,
            owner: plot.owner,
            cost: plot
                .price_eur_m2
                .map(|price| price * plot.gross_m2)
                .filter(|cost| *cost <= MOST_EUR),
            perimeter_m: shape::perimeter(&plot.geometry),
        });
    }
    let edges: Vec<Edge> = desk
        .plots
        .contacts
        .iter()
        .filter(|contact| request.across_ways || !contact.across_a_way)
        .filter_map(|contact| {
            let between = [*number.get(&contact.a)?, *number.get(&contact.b)?];
            Some(Edge { between, shared_m: contact.shared_m })
        })
        .collect();
    if units.is_empty() {
        return Ok(None);
    }
    let graph = Graph::new(&units, &edges)
        .map_err(|error| RequestError::Graph { what: error.to_string() })?;
    Ok(Some(AssemblyGraph { plots, graph }))
}

/// The area that is compared; where the net one is not known, the gross one, which is no less.
fn area_of(plot: &Plot, basis: AreaBasis) -> f64 {
    match basis {
        AreaBasis::Net => plot.net_m2.unwrap_or(plot.gross_m2),
        AreaBasis::Gross => plot.gross_m2,
    }
}

fn in_component<'a>(
    desk: &'a Desk<'a>,
    of: &AssemblyGraph,
    component: usize,
    request: &LandRequest,
    (need, most_asked): (&Need, usize),
    checker: &Checker<'_>,
) -> Result<PutTogether<'a>, RequestError> {
    let mut part = PutTogether::default();
    let units = of.graph.components().get(component).map_or(&[][..], Vec::as_slice);
    let area_m2: f64 =
        units.iter().map(|unit| area_of(desk.plot(of.plots[*unit as usize]), request.basis)).sum();
    let candidate = |units: &[u32]| {
        let plots: Vec<u32> = units.iter().map(|unit| of.plots[*unit as usize]).collect();
        let candidate = Arc::new(desk.assembled(&plots)?);
        let verdicts = checker.verdicts(&candidate);
        let mut owners: Vec<u32> = plots.iter().filter_map(|at| desk.plot(*at).owner).collect();
        owners.sort_unstable();
        owners.dedup();
        let owners_unknown = plots.iter().filter(|at| desk.plot(**at).owner.is_none()).count();
        let facts = AssemblyFacts {
            owners: owners.len() + owners_unknown,
            owners_unknown,
            plots,
            proof: None,
            acquisition: Vec::new(),
        };
        Some(Assembled { candidate, verdicts, facts: Some(facts) })
    };
    if area_m2 < need.min_m2 {
        // All of it is the nearest that there is; a single parcel is a terrain already.
        if units.len() > 1 {
            part.missed.extend(candidate(units).filter(is_near_miss));
        }
        return Ok(part);
    }
    if is_hopeless(&candidate, units, checker) {
        // Whatever is put together there fails: one of them shows by how much.
        let any = Need { wanted: 1, budget: BUDGET / 10, ..need.clone() };
        let found = search_component(&of.graph, component, &any, &|_: &[u32]| true)
            .map_err(|error| RequestError::Graph { what: error.to_string() })?;
        let shown = found.assemblies.first().and_then(|one| candidate(&one.units));
        part.missed.extend(shown.filter(is_near_miss));
        return Ok(part);
    }
    let need = &Need { budget: budget(units.len()), ..need.clone() };
    // What the search asks about is measured once, and kept: it will be in the answer, or a near miss.
    let looked_at: Mutex<BTreeMap<Vec<u32>, Assembled<'a>>> = Mutex::new(BTreeMap::new());
    let refused: Mutex<Vec<Assembled<'a>>> = Mutex::new(Vec::new());
    let n_asked = AtomicUsize::new(0);
    let accept = |units: &[u32]| {
        // Geometry is asked of so many only: beyond them nothing is proved.
        if n_asked.fetch_add(1, Ordering::Relaxed) >= most_asked {
            return false;
        }
        let plots: Vec<u32> = units.iter().map(|unit| of.plots[*unit as usize]).collect();
        let fits = desk.assembled(&plots).is_some_and(|land| checker.fails_none(&land));
        let is_wanted = fits || refused.lock().is_ok_and(|refused| refused.len() < REFUSED_KEPT);
        if !is_wanted {
            return false;
        }
        let Some(assembled) = candidate(units) else { return false };
        if fits {
            if let Ok(mut looked_at) = looked_at.lock() {
                looked_at.insert(units.to_vec(), assembled);
            }
        } else if is_near_miss(&assembled)
            && let Ok(mut refused) = refused.lock()
        {
            refused.push(assembled);
        }
        fits
    };
    let searched = |need: &Need| {
        search_component(&of.graph, component, need, &accept)
            .map_err(|error| RequestError::Graph { what: error.to_string() })
    };
    let found = searched(need)?;
    let is_asked_out = n_asked.into_inner() > most_asked;
    let mut looked_at = looked_at.into_inner().unwrap_or_default();
    for (assembly, proof) in found.assemblies.into_iter().zip(found.proofs) {
        let Some(mut assembled) = looked_at.remove(&assembly.units) else { continue };
        if let Some(facts) = &mut assembled.facts {
            facts.proof = Some(match is_asked_out {
                true => Proof::Bounded { lower: Vec::new() },
                false => proof,
            });
        }
        part.found.push(assembled);
    }
    if part.found.is_empty() {
        part.missed.extend(refused.into_inner().unwrap_or_default());
        part.missed.extend(
            smallest_above(of, component, need)?
                .and_then(|one| candidate(&one.units).filter(is_near_miss)),
        );
    }
    Ok(part)
}

/// Whether every assembly of some land must fail: a distance that all of it together exceeds, which no part of it is nearer
/// than; a share that every parcel alone exceeds.
fn is_hopeless<'a>(
    candidate: &impl Fn(&[u32]) -> Option<Assembled<'a>>,
    units: &[u32],
    checker: &Checker<'_>,
) -> bool {
    let least: Vec<usize> = checker.of_nearest().collect();
    let means: Vec<usize> = checker.of_shares().collect();
    if !least.is_empty() {
        let whole = candidate(units);
        let fails_all = |whole: &Assembled<'_>| {
            least.iter().any(|at| whole.verdicts[*at].result == VerdictResult::Fail)
        };
        if whole.as_ref().is_some_and(fails_all) {
            return true;
        }
    }
    means.iter().any(|at| {
        units.iter().all(|unit| {
            let one = candidate(&[*unit]);
            one.is_some_and(|one| one.verdicts[*at].result == VerdictResult::Fail)
        })
    })
}

/// Nodes that a search may examine: what small land needs to be proved is more than what large land is worth.
fn budget(n_units: usize) -> u64 {
    if n_units <= PROVED { BUDGET_OF_FEW } else { BUDGET }
}

/// Where the largest area is what is missed: the assembly that exceeds it least.
fn smallest_above(
    of: &AssemblyGraph,
    component: usize,
    need: &Need,
) -> Result<Option<Assembly>, RequestError> {
    if need.max_m2.is_infinite() {
        return Ok(None);
    }
    let above = Need {
        min_m2: need.max_m2,
        max_m2: f64::INFINITY,
        ideal_m2: None,
        order: vec![Aim::Excess, Aim::Units],
        excess_step_m2: 1.0,
        wanted: 1,
        ..need.clone()
    };
    let found = search_component(&of.graph, component, &above, &|_: &[u32]| true)
        .map_err(|error| RequestError::Graph { what: error.to_string() })?;
    Ok(found.assemblies.into_iter().next().filter(|one| one.units.len() > 1))
}

fn is_near_miss(assembled: &Assembled<'_>) -> bool {
    (1..=MOST_FAILS).contains(&fails(&assembled.verdicts).count())
}
