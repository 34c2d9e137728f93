//! Industrial land: which pieces of land a company could build on, and which are the best.
//!
//! [`survey`] makes terrains out of parcels; a profile ranks them. A profile of parcels ranks parcels as they are.
#![deny(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    clippy::print_stdout,
    clippy::print_stderr
)]

mod availability;
mod constraints;
mod covering;
mod declared;
mod document_order;
mod economic_zones;
mod friches;
mod ground;
mod net;
mod occupation;
mod officer;
mod pieces;
mod place_id;
mod place_order;
mod plots;
mod setting;
mod survey;
mod terrains;
mod units;
mod zone;

pub use declared::spelling as standard_state;
pub use ground::Ground;
pub use net::Standing;
pub use officer::OfficerWord;
pub use officer::hear;
pub use plots::Contact;
pub use plots::Plot;
pub use plots::Plots;
pub use survey::survey;
pub use zone::main_zone;

use crate::domain::LayerKey;
use crate::domain::Territory;
use crate::evaluation::EvaluationError;
use crate::evaluation::Profile;
use crate::evaluation::Ranking;

/// The profile used when none is named.
pub const DEFAULT_PROFILE: &str = "industrie-v3";

/// Surveys the territory by the rules of a profile of terrains and keeps what was found in it. Nothing is done for a
/// profile of parcels, or without parcels.
pub fn prepare(territory: &mut Territory, profile: &Profile) {
    if let Some(rules) = &profile.land {
        territory.stock = survey(territory, rules);
    }
}

/// Ranks the land of the territory: terrains, which [`prepare`] has put there, or parcels.
///
/// # Errors
/// When no parcels are given or the profile does not fit the territory.
pub fn rank(territory: &Territory, profile: &Profile) -> Result<Ranking, EvaluationError> {
    // Terrains are made of parcels: it is parcels that are missing, not a layer of terrains.
    if territory.parcels.is_none() {
        return Err(EvaluationError::NoUnits {
            profile: profile.id.clone(),
            unit: profile.unit.as_str(),
            layer: LayerKey::PARCELS,
        });
    }
    Ok(crate::evaluation::rank(territory, profile)?.with_robustness())
}
