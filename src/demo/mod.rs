//! The demonstration territory: a seed in, the contents of the producers' files out.
//!
//! Communes, populations, areas and EPCIs are real (see `data/territory/SOURCES.md`); everything drawn inside them is
//! made up: no parcel, owner, economic zone or brownfield here exists. The drawing is made with straight lines, where
//! all pieces are convex and all cuts are exact, then bent by one smooth field ([`generate`] explains the order); last, some terrains of known
//! state and area are drawn without bending (`planted`).
//!
//! The same seed and scale give the same records whatever the number of threads: every commune draws from its own
//! stream of random numbers.
#![deny(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    clippy::print_stdout,
    clippy::print_stderr
)]

mod activity_sites;
mod border_points;
mod brownfields;
mod buildings;
mod chance;
mod commune_layout;
mod constraints;
mod convex_piece;
mod dissolve;
mod economic_records;
mod economy;
mod flood_plain;
mod former_activity;
mod frame;
mod ground_risks;
mod home_to_work;
mod housing_market;
mod housing_records;
mod inventories;
mod lambert93;
mod network;
mod parcelling;
mod perimeters;
mod places;
mod planted;
mod power_diagram;
mod records;
mod relief;
mod requests;
mod services;
mod straight_lines;
mod surroundings;
mod territory;
mod told;
mod vacancy;
mod warp;
mod zoning;

pub use commune_layout::LandUse;
pub use economic_records::CommuneJobs;
pub use economic_records::EconomicLand;
pub use economic_records::Economy;
pub use economic_records::Establishment;
pub use economic_records::ParcelOwner;
pub use economic_records::PlantedTerrain;
pub use economic_records::Prescription;
pub use economic_records::RailSiding;
pub use economic_records::Servitude;
pub use economic_records::Substation;
pub use housing_records::CensusDwellings;
pub use housing_records::FlowPlace;
pub use housing_records::HomeSale;
pub use housing_records::HomeToWork;
pub use housing_records::HousingMarket;
pub use housing_records::PermitYear;
pub use housing_records::Rent;
pub use housing_records::SocialStock;
pub use inventories::EarlierCadastre;
pub use inventories::FIELD_QUESTIONS;
pub use inventories::FieldVisit;
pub use inventories::Inventories;
pub use inventories::Renumbered;
pub use inventories::SecondRecord;
pub use lambert93::Lambert93;
pub use places::CommuneFigures;
pub use places::EpciFigures;
pub use records::Brownfield;
pub use records::Building;
pub use records::Demo;
pub use records::DemoCommune;
pub use records::EconomicSite;
pub use records::HazardArea;
pub use records::Parcel;
pub use records::PlanningDocument;
pub use records::RoadStretch;
pub use records::Station;
pub use records::Vacancy;
pub use records::Waterway;
pub use records::Zone;
pub use relief::CELL_M as RELIEF_CELL_M;
pub use relief::ReliefTile;
pub use requests::PLANTED_REQUESTS;
pub use requests::PlantedRequest;
pub use straight_lines::RoadClass;
pub use surroundings::Amenity;
pub use surroundings::Cavity;
pub use surroundings::FormerSite;
pub use surroundings::GridZone;
pub use surroundings::HeatNetwork;
pub use surroundings::Installation;
pub use surroundings::NaturalArea;
pub use surroundings::PotentialFriche;
pub use surroundings::PriorityDistrict;
pub use surroundings::RenewableZone;
pub use surroundings::Stop;
pub use surroundings::Surroundings;
pub use territory::generate;

/// How finely the countryside is divided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scale {
    /// More than 100 000 parcels: fields larger than real ones, to try things quickly.
    Standard,
    /// About 700 000 parcels, with the areas of real ones.
    Full,
}

/// Why no demonstration could be made. All of these are faults of the embedded tables, not of the user.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum DemoError {
    /// A value of an embedded table does not read.
    #[error(
        "embedded table {table}, line {line}, column {column}: {value:?} does not read; correct the table and rebuild"
    )]
    Table {
        /// File name of the table.
        table: &'static str,
        /// Line, the heading being line 1.
        line: usize,
        /// Column, from 1; 0 for the whole line.
        column: usize,
        /// What was found.
        value: String,
    },
    /// A position cannot be projected.
    #[error("Lambert-93: {0}; check the longitudes and latitudes of communes.csv")]
    Projection(String),
}
