//! Industrial land: which parcels are worth a look.
//!
//! A thin composition for now: the territory's parcels, ranked by a profile.
#![deny(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    clippy::print_stdout,
    clippy::print_stderr
)]

mod zone;

pub use zone::main_zone;

use crate::domain::Territory;
use crate::evaluation::EvaluationError;
use crate::evaluation::Profile;
use crate::evaluation::Ranking;

/// The profile used when none is named.
pub const DEFAULT_PROFILE: &str = "industrie-v1";

/// Ranks the parcels of the territory.
///
/// # Errors
/// When no parcels are given or the profile does not fit the territory.
pub fn rank(territory: &Territory, profile: &Profile) -> Result<Ranking, EvaluationError> {
    Ok(crate::evaluation::rank(territory, profile)?.with_robustness())
}
