//! Friches: which sites to revive first.
//!
//! A thin composition for now: the listed sites, ranked by a profile.
#![deny(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    clippy::print_stdout,
    clippy::print_stderr
)]

pub mod mutability;

use crate::domain::Territory;
use crate::evaluation::EvaluationError;
use crate::evaluation::Profile;
use crate::evaluation::Ranking;

/// The profile used when none is named.
pub const DEFAULT_PROFILE: &str = "friche-v1";

/// Ranks the friches of the territory.
///
/// # Errors
/// When no friches are given or the profile does not fit the territory.
pub fn rank(territory: &Territory, profile: &Profile) -> Result<Ranking, EvaluationError> {
    Ok(crate::evaluation::rank(territory, profile)?.with_robustness())
}
