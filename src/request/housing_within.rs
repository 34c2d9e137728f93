//! Where the workers of a candidate could live, for the jobs that the company brings.

use super::Candidate;
use super::LandRequest;
use super::RequestError;
use crate::domain::Territory;
use crate::domain::TravelPlace;
use crate::housing;
use crate::housing::Demand;
use crate::housing::Housed;
use crate::housing::Jobs;
use crate::housing::SiteWithJobs;
use crate::units::Minutes;

/// Each candidate as a site with the jobs of the request, and how many of its households find a dwelling; nothing without
/// jobs, or without figures of housing. Each by itself: the company takes one of them.
pub(super) fn housing_within(
    territory: &Territory,
    request: &LandRequest,
    candidates: &[&Candidate<'_>],
) -> Result<Option<Vec<(SiteWithJobs, Housed)>>, RequestError> {
    let (Some(jobs), Some(rules)) = (request.jobs, &territory.housing_rules) else {
        return Ok(None);
    };
    let minutes: Option<Vec<Minutes>> = housing::BANDS_MIN.map(Minutes::new).into_iter().collect();
    let places: Vec<TravelPlace<'_>> =
        candidates.iter().filter_map(|candidate| territory.travel_place(*candidate)).collect();
    let reached = minutes.and_then(|minutes| housing::reach(territory, &places, &minutes));
    let Some(reached) = reached.filter(|reached| reached.len() == candidates.len()) else {
        return Ok(None);
    };
    let demand = Demand::of(rules, Jobs::announced(jobs));
    let sites = candidates.iter().zip(reached).map(|(candidate, reach)| {
        let site = SiteWithJobs { name: candidate.id.clone(), demand: demand.clone(), reach };
        let housed = housing::house(std::slice::from_ref(&site)).pop();
        housed.map(|housed| (site, housed))
    });
    Ok(sites.collect())
}
