//! What a good site is, measured and told: profiles, measures, curves, scores, reliability, explanations.
//!
//! A profile is data (`data/profiles/*.toml`). This room reads it, measures each unit of a territory, and ranks.
//! Unknown is a value of its own from the first measure to the last column.
#![deny(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    clippy::print_stdout,
    clippy::print_stderr
)]

mod answers;
mod assessment;
mod criterion;
mod curve;
mod entities;
mod epci_measures;
mod error;
mod filter;
mod land_rules;
mod land_rules_toml;
mod measure;
mod measuring;
pub mod method;
mod profile;
mod profile_measure;
mod profile_toml;
mod published;
mod ranking;
mod road_measures;
pub mod robustness;
mod scoring;
mod told;

pub use assessment::Assessment;
pub use assessment::Verdict;
pub use criterion::Condition;
pub use criterion::Criterion;
pub use criterion::Limits;
pub use criterion::Passes;
pub use criterion::Veto;
pub use curve::Curve;
pub use entities::PreparedProfile;
pub use entities::check_names;
pub use error::EvaluationError;
pub use error::ProfileError;
pub use filter::Filter;
pub use filter::Test;
pub use land_rules::HardConstraint;
pub use land_rules::LandRules;
pub use measure::Measure;
pub use measure::Measured;
pub use measure::Unknown;
pub use measuring::PreparedMeasure;
pub use profile::Method;
pub use profile::Profile;
pub use profile::UnitKind;
pub use profile_measure::MeasureToml;
pub use published::PUBLISHED_PROFILES;
pub use published::published_profile;
pub use ranking::LeftOut;
pub use ranking::Ranked;
pub use ranking::Ranking;
pub use ranking::rank;
pub use ranking::why_no_candidate;
pub use robustness::Robustness;
pub use robustness::robustness;
pub use scoring::losses;

pub use crate::domain::Label;
