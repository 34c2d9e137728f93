//! Worker housing: what could be mobilised per commune and per EPCI, how tight it is, what a site would bring.
//!
//! [`prepare`] makes one table out of the producers' tables, with the bounds that statistical secrecy leaves, by a file of
//! rules ([`published_rules`]); a profile ranks communes ([`rank`]) and EPCIs ([`rank_epcis`]) by it; [`tension()`] says in
//! words what their scores say; [`Demand`] is what a site brings.
#![deny(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    clippy::print_stdout,
    clippy::print_stderr
)]

mod access;
mod columns;
mod counts;
mod demand;
mod interval;
mod preparing;
mod rates;
mod reach;
mod rules;
mod scenario;
mod sharing;
mod supply;
mod table;
mod tension;
mod told;

pub use access::ACCESS;
pub use access::ACCESS_IS_STRAIGHT;
pub use access::add_access;
pub use columns::Figure;
pub use columns::made_of;
pub use demand::ANY_ACTIVITY;
pub use demand::BroughtOf;
pub use demand::Demand;
pub use demand::Jobs;
pub use demand::jobs_of_area;
pub use preparing::prepare;
pub use reach::BANDS_MIN;
pub use reach::CommuneInReach;
pub use reach::HousingReach;
pub use reach::ReachBand;
pub use reach::reach;
pub use rules::PUBLISHED_RULES;
pub use rules::RulesError;
pub use rules::published_rules;
pub use rules::rules_from_toml;
pub use scenario::Carrying;
pub use scenario::Housed;
pub use scenario::SiteWithJobs;
pub use scenario::house;
pub use sharing::share;
pub use supply::EpciSupply;
pub use supply::supply;
pub use tension::Tension;
pub use tension::tension;

use crate::domain::LayerKey;
use crate::domain::Territory;
use crate::evaluation::EvaluationError;
use crate::evaluation::Profile;
use crate::evaluation::Ranking;
use crate::evaluation::UnitKind;

/// The profile used when none is named.
pub const DEFAULT_PROFILE: &str = "logement-v2";

/// Whether a profile needs what [`prepare`] makes: it ranks communes, or asks a figure of housing of other units.
#[must_use]
pub fn is_asked(profile: &Profile) -> bool {
    profile.unit == UnitKind::Commune || profile.looks_at(LayerKey::HOUSING)
}

/// Ranks the communes of the territory, which [`prepare`] has given the figures that the profile asks about.
///
/// # Errors
/// When the profile does not fit the territory.
pub fn rank(territory: &Territory, profile: &Profile) -> Result<Ranking, EvaluationError> {
    Ok(crate::evaluation::rank(territory, profile)?.with_robustness())
}

/// Ranks the EPCIs of the territory among themselves by a profile of communes; [`prepare`] has made them places.
///
/// # Errors
/// As [`rank`], and when [`prepare`] was not asked.
pub fn rank_epcis(territory: &Territory, profile: &Profile) -> Result<Ranking, EvaluationError> {
    rank(territory, &profile.for_epcis())
}
