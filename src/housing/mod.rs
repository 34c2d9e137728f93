//! Worker housing: what could be used, per commune and per EPCI.
#![deny(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    clippy::print_stdout,
    clippy::print_stderr
)]

mod supply;

pub use supply::EpciSupply;
pub use supply::supply;

use crate::domain::Territory;
use crate::evaluation::EvaluationError;
use crate::evaluation::Profile;
use crate::evaluation::Ranking;

/// The profile used when none is named.
pub const DEFAULT_PROFILE: &str = "logement-v1";

/// Ranks the communes of the territory.
///
/// # Errors
/// When the profile does not fit the territory.
pub fn rank(territory: &Territory, profile: &Profile) -> Result<Ranking, EvaluationError> {
    Ok(crate::evaluation::rank(territory, profile)?.with_robustness())
}
