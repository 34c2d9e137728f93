//! A company asks for land: what fits, what almost fits, and what it would take.
//!
//! A request ([`LandRequest`]) is data: an area, a place, conditions that must hold and wishes. A [`Desk`] knows the land
//! of a territory; its answer has candidates with a verdict on each condition, near misses with the exact gap, and for each
//! condition the smallest relaxation that would help.
#![deny(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    clippy::print_stdout,
    clippy::print_stderr
)]

mod acquisition;
mod answer;
mod asked;
mod assembled;
pub mod assembly;
mod candidate;
mod change;
mod desk;
mod error;
mod exclusion;
mod gather;
mod housing_within;
mod model;
mod near_miss;
mod put_together;
mod relaxation;
mod request_toml;
mod template;
mod told;
mod verdict;
mod wishes;

pub use acquisition::Step;
pub use acquisition::Without;
pub use answer::Answer;
pub use answer::Answered;
pub use asked::Asked;
pub use asked::Question;
pub use candidate::Candidate;
pub use change::Change;
pub use change::Remembered;
pub use change::changes;
pub use desk::Desk;
pub use error::RequestError;
pub use exclusion::Exclusion;
pub use model::AreaBasis;
pub use model::CandidateKind;
pub use model::LandRequest;
pub use model::Near;
pub use model::NearLimit;
pub use model::Should;
pub use near_miss::Fail;
pub use near_miss::NearMiss;
pub use put_together::AssemblyFacts;
pub use relaxation::Limit;
pub use relaxation::Relaxation;
pub use template::template;
pub use verdict::Verdict;
pub use verdict::VerdictResult;

/// The profile whose rules say what land is available, and whose criteria order candidates of a request without wishes.
pub const PROFILE: &str = crate::land::DEFAULT_PROFILE;
