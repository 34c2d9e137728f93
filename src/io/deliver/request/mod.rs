//! The answer to a request for land, as it is handed out: JSON, tables, layers, maps, sheets.

mod json;
mod told;

pub use json::SCHEMA;
pub use json::json;
pub use told::asks;
pub use told::kind_told;
pub use told::label;
pub use told::limits_told;
pub use told::place_told;
pub use told::verdict_told;
