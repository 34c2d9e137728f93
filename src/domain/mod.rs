//! The nouns of the trade: parcels, zones, friches, communes, and the territory that holds them.
//!
//! Nothing here reads or writes a file; `io` builds these values, the jobs ask them questions.
#![deny(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    clippy::print_stdout,
    clippy::print_stderr
)]

mod balance;
mod code;
mod commune;
mod document;
mod entity;
mod friche;
mod layer;
mod object;
mod parcel;
mod problem;
mod provenance;
mod reference;
mod table;
mod territory;
mod told;
mod zone;

pub use balance::Areas;
pub use balance::Balance;
pub use balance::Fate;
pub use balance::Tally;
pub use code::BadCode;
pub use code::CodeInsee;
pub use code::Idu;
pub use code::Siren;
pub use commune::Commune;
pub use commune::Epci;
pub use document::PlanningDocument;
pub use entity::Entity;
pub use entity::Value;
pub use friche::Friche;
pub use friche::SourceTrust;
pub use friche::StatutFriche;
pub use layer::Coverage;
pub use layer::Layer;
pub use layer::LayerView;
pub use object::Object;
pub use parcel::Parcel;
pub use parcel::ParcelId;
pub use problem::Place;
pub use problem::Problem;
pub use problem::ProblemCode;
pub use problem::Severity;
pub use provenance::Provenance;
pub use reference::ReferenceCommune;
pub use reference::ReferenceError;
pub use reference::reference_communes;
pub use reference::reference_epcis;
pub use table::BoundedSum;
pub use table::CommuneTable;
pub use territory::LayerKey;
pub use territory::Territory;
pub use zone::TypeZone;
pub use zone::ZoneKind;
pub use zone::ZoneUrba;
