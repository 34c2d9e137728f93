//! Mutability: which future uses fit a friche, by ADEME's Mutafriches algorithm, each published version as data.
//!
//! A [`Grid`] is one version (`data/mutafriches/*.toml`): weights, scores per answer and use, rules that exclude. An
//! answer is a value, "searched, none found" or unknown ([`Answer`]). [`assess`] adds up what speaks for and against each
//! use in quarter points, exactly; [`bounds`] says how far an index could still move; [`compare`] says why two versions
//! differ. Source of the figures: <https://github.com/incubateur-ademe/mutafriches>, cited in each file.

mod answer;
mod answers_json;
mod assess;
mod bounds;
mod compare;
mod criterion_key;
mod error;
mod grid;
mod grid_toml;
mod points;
mod published;
mod told;
mod usage;

pub use answer::Answer;
pub use answer::Answers;
pub use assess::Detail;
pub use assess::Mutability;
pub use assess::Potential;
pub use assess::Reliability;
pub use assess::ReliabilityLevel;
pub use assess::UseAssessment;
pub use assess::assess;
pub use bounds::bounds;
pub use bounds::bounds_over;
pub use compare::Cause;
pub use compare::Change;
pub use compare::Comparison;
pub use compare::UseChange;
pub use compare::compare;
pub use criterion_key::CriterionKey;
pub use criterion_key::Form;
pub use criterion_key::NumberUnit;
pub use error::AnswersError;
pub use error::GridError;
pub use grid::Exclusion;
pub use grid::Grid;
pub use grid::Rule;
pub use grid::Score;
pub use points::Index;
pub use points::Points;
pub use points::Weight;
pub use published::NEWEST_GRID;
pub use published::PUBLISHED_GRIDS;
pub use published::published_grid;
pub use usage::Use;
