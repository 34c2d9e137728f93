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
mod commuting;
mod document;
mod entity;
mod friche;
mod layer;
mod listed_parcels;
mod object;
mod parcel;
mod parcel_register;
mod permits;
mod problem;
mod provenance;
mod reference;
mod renumbering;
mod roads;
mod sale;
mod sales;
mod table;
mod territory;
mod told;
mod zone;
mod zoning_audit;
mod zoning_findings;
mod zoning_gaps;
mod zoning_overlaps;

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
pub use commuting::Commuting;
pub use commuting::CommutingFlow;
pub use commuting::FlowEnd;
pub use document::PlanningDocument;
pub use entity::Entity;
pub use entity::Value;
pub use friche::Friche;
pub use friche::SourceTrust;
pub use friche::StatutFriche;
pub use layer::Coverage;
pub use layer::Layer;
pub use layer::LayerView;
pub use listed_parcels::ListedParcel;
pub use listed_parcels::ParcelToday;
pub use object::Object;
pub use parcel::Parcel;
pub use parcel::ParcelId;
pub use parcel_register::ParcelRegister;
pub use permits::PermitFigures;
pub use permits::PermitKind;
pub use permits::Permits;
pub use problem::Place;
pub use problem::Problem;
pub use problem::ProblemCode;
pub use problem::Severity;
pub use provenance::Provenance;
pub use reference::ReferenceCommune;
pub use reference::ReferenceError;
pub use reference::reference_communes;
pub use reference::reference_epcis;
pub use renumbering::FormerParcel;
pub use renumbering::Renumbering;
pub use renumbering::Successor;
pub use roads::RoadAttribute;
pub use sale::Building;
pub use sale::Deed;
pub use sale::DeedRow;
pub use sale::Premises;
pub use sale::SetAside;
pub use sale::Verdict;
pub use sales::Sales;
pub use table::BoundedSum;
pub use table::CommuneTable;
pub use territory::LayerKey;
pub use territory::Territory;
pub use zone::TypeZone;
pub use zone::ZoneKind;
pub use zone::ZoneUrba;
pub use zoning_audit::ZoningAudit;
pub use zoning_findings::CommuneAudit;
pub use zoning_findings::DocumentAudit;
pub use zoning_findings::Pieces;
pub use zoning_findings::ZoneOverlap;
pub use zoning_findings::ZoneTwin;
pub use zoning_findings::ZoningGap;
