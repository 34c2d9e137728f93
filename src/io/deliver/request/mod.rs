//! The answer to a request for land, as it is handed out: JSON, tables, layers, maps, sheets.

mod comparison;
mod folder;
mod folder_told;
mod json;
mod layers;
mod page;
mod sheet;
mod told;

pub use comparison::COMPARED;
pub use comparison::comparison_page;
pub use comparison::comparison_table;
pub use folder::AnswerFolderError;
pub use folder::write;
pub use json::SCHEMA;
pub use json::json;
pub use layers::candidates;
pub use layers::near_misses;
pub use sheet::sheet;
pub use told::asks;
pub use told::fails_told;
pub use told::kind_told;
pub use told::label;
pub use told::limits_told;
pub use told::place_told;
pub use told::result_told;
pub use told::verdict_told;
