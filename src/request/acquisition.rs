//! In which order to buy the parcels of an assembly: those first that nothing can take the place of.

use super::LandRequest;
use super::RequestError;
use super::assembly;
use super::assembly::Need;
use super::assembly::pivots;
use super::desk::Desk;
use super::put_together::AssemblyGraph;
use super::put_together::BUDGET;
use super::put_together::need;
use super::verdict::Checker;
use crate::domain::ParcelId;

/// One parcel to buy.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// The parcel.
    pub unit: ParcelId,
    /// What happens if it cannot be bought.
    pub without: Without,
    /// The parcels that would then make the best assembly; empty where the others suffice, and where nothing does.
    pub replaced_by: Vec<ParcelId>,
}

/// What happens to an assembly when one of its parcels cannot be bought.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Without {
    /// The others do.
    Enough,
    /// Others take its place.
    Replaced,
    /// Nothing that takes its place was found, and not everything was looked at.
    Unsure,
    /// Nothing there answers any more: it is a pivot.
    Fails,
}

impl Without {
    /// The word used in JSON.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Enough => "enough",
            Self::Replaced => "replaced",
            Self::Unsure => "unsure",
            Self::Fails => "fails",
        }
    }
}

/// In which order to buy the parcels of an assembly, and what there is without each.
pub(super) fn acquisition<'a>(
    desk: &'a Desk<'a>,
    of: &AssemblyGraph,
    request: &LandRequest,
    checker: &Checker<'_>,
    plots: &[u32],
) -> Result<Vec<Step>, RequestError> {
    let Some(need) = need(request) else { return Ok(Vec::new()) };
    let need = Need { budget: BUDGET / 10, ..need };
    let unit_of = |plot: &u32| of.plots.binary_search(plot).ok().map(|at| at as u32);
    let units: Vec<u32> = plots.iter().filter_map(unit_of).collect();
    let accept = |units: &[u32]| {
        let plots: Vec<u32> = units.iter().map(|unit| of.plots[*unit as usize]).collect();
        let candidate = desk.assembled(&plots);
        candidate.is_some_and(|land| checker.fails_none(&land))
    };
    let found = pivots(&of.graph, &need, &units, &accept)
        .map_err(|error| RequestError::Graph { what: error.to_string() })?;
    let parcel = |unit: u32| desk.plot(of.plots[unit as usize]).id;
    Ok(found
        .into_iter()
        .map(|dependence| {
            let (without, replaced_by) = match dependence.without {
                assembly::Without::Rest => (Without::Enough, Vec::new()),
                assembly::Without::Other { assembly, .. } => {
                    let new = assembly.units.iter().filter(|unit| !units.contains(unit));
                    (Without::Replaced, new.map(|unit| parcel(*unit)).collect())
                }
                assembly::Without::Nothing { is_sure: true } => (Without::Fails, Vec::new()),
                // The search ended before all was seen: no pivot is claimed.
                assembly::Without::Nothing { is_sure: false } => (Without::Unsure, Vec::new()),
            };
            Step { unit: parcel(dependence.unit), without, replaced_by }
        })
        .collect())
}
