//! Quantities and the units they are told in: the one place where numbers change unit.
//!
//! Inside the program lengths are metres, areas are square metres and shares lie in 0 to 1.
//! Anything else (hectares, kilometres, percent) exists only at a border, and is made here.
#![deny(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    clippy::print_stdout,
    clippy::print_stderr
)]

mod quantity;

pub use quantity::Meters;
pub use quantity::Minutes;
pub use quantity::Share;
pub use quantity::SquareMeters;
pub use quantity::Unit;

/// Square metres in a hectare.
pub const M2_PER_HA: f64 = 10_000.0;
/// Square metres in a square kilometre.
pub const M2_PER_KM2: f64 = 1_000_000.0;
/// Metres in a kilometre.
pub const M_PER_KM: f64 = 1_000.0;
/// Percent of a whole.
pub const PERCENT: f64 = 100.0;
