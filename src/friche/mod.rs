//! Friches: sites out of the records of inventories, what each is suited for, which to revive and which to visit first.
//!
//! [`sites`] joins records; [`enrichment`] answers the criteria of mutability from the layers; [`mutability`] scores the
//! answers by a published version of ADEME's Mutafriches; a profile ranks the sites ([`rank`]). [`potential`] looks for
//! friches that nobody has listed; [`costs`] says what one costs.
#![deny(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    clippy::print_stdout,
    clippy::print_stderr
)]

mod assessing;
pub mod costs;
pub mod enrichment;
mod for_use;
pub mod mutability;
pub mod potential;
pub mod sites;
pub mod visits;

pub use assessing::SiteMutability;
pub use assessing::answers;
pub use assessing::of_site;
pub use assessing::prepare;
pub use for_use::for_use;

use crate::domain::ANSWER;
use crate::domain::SUITABILITY;
use crate::domain::Territory;
use crate::evaluation::EvaluationError;
use crate::evaluation::Measure;
use crate::evaluation::Profile;
use crate::evaluation::Ranking;
use mutability::CriterionKey;
use mutability::Grid;
use mutability::GridError;
use mutability::published_grid;

/// The profile used when none is named.
pub const DEFAULT_PROFILE: &str = "friche-v2";

/// The version of the method that a profile of friches names; `None` when it names none.
///
/// # Errors
/// When no version of this name is published.
pub fn grid_of(profile: &Profile) -> Result<Option<Grid>, GridError> {
    profile.mutability.as_deref().map(published_grid).transpose()
}

/// Ranks the friches of the territory, which [`prepare`] has given what the profile asks about mutability.
///
/// # Errors
/// When no friches are given or the profile does not fit the territory.
pub fn rank(territory: &Territory, profile: &Profile) -> Result<Ranking, EvaluationError> {
    check_criteria(profile)?;
    Ok(crate::evaluation::rank(territory, profile)?.with_robustness())
}

/// Finds slips in the names of answers, and answers asked of no method: a site that has no answer cannot tell them from
/// what is not known.
fn check_criteria(profile: &Profile) -> Result<(), EvaluationError> {
    let conditions = profile.conditions.iter().map(|one| (&one.id, &one.measure));
    let criteria = profile.criteria.iter().map(|one| (&one.id, &one.measure));
    for (item, measure) in conditions.chain(criteria) {
        let Measure::Attribute { name } = measure else { continue };
        let is_of_method = name.starts_with(ANSWER) || name.starts_with(SUITABILITY);
        if is_of_method && profile.mutability.is_none() {
            return Err(EvaluationError::NoMethod {
                profile: profile.id.clone(),
                item: item.clone(),
                attribute: name.clone(),
            });
        }
        let criterion = name.strip_prefix(ANSWER);
        if criterion.is_some_and(|criterion| CriterionKey::from_name(criterion).is_none()) {
            return Err(EvaluationError::UnknownAttribute {
                profile: profile.id.clone(),
                item: item.clone(),
                layer: profile.unit.layer().to_owned(),
                attribute: name.clone(),
            });
        }
    }
    Ok(())
}
