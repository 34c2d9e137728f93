//! What the demonstration is made of: records as their producers know them, geometries in EPSG:2154 metres.

use geo_types::Coord;
use geo_types::LineString;
use geo_types::MultiPolygon;
use geo_types::Polygon;

use super::commune_layout::LandUse;
use super::economic_records::Economy;
use super::housing_records::HousingMarket;
use super::inventories::Inventories;
use super::places::CommuneFigures;
use super::places::EpciFigures;
use super::relief::ReliefTile;
use super::straight_lines::RoadClass;
use super::surroundings::Surroundings;

/// One cadastral parcel.
#[derive(Debug, Clone, PartialEq)]
pub struct Parcel {
    /// Identifier of 14 characters: commune, prefix `000`, section on two characters, number on four.
    pub id: String,
    /// Section, one or two letters.
    pub section: String,
    /// Number in the section, 1 to 9999.
    pub number: u32,
    /// Fiscal area in m², within some 5 % of the area drawn.
    pub contenance_m2: u32,
    /// True when a surveyor measured it.
    pub surveyed: bool,
    /// Date of creation, ISO 8601.
    pub created: String,
    /// Use of the block it lies in (not published by the cadastre).
    pub land_use: LandUse,
    /// Rank of that block in its commune (not published either).
    pub block: usize,
    /// Boundary, valid, on a grid of one centimetre.
    pub polygon: Polygon<f64>,
}

/// One cadastral building.
#[derive(Debug, Clone, PartialEq)]
pub struct Building {
    /// True for a building of masonry (`01`), false for a light one (`02`).
    pub hard: bool,
    /// Date of creation, ISO 8601.
    pub created: String,
    /// Outline.
    pub polygon: Polygon<f64>,
}

/// The planning document in force in a commune.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlanningDocument {
    /// None: the national rules apply (RNU) and no zone is published.
    None,
    /// A plan local d'urbanisme of the commune.
    Plu,
    /// The plan of the whole EPCI.
    Plui,
}

/// One zone of a planning document (CNIG `ZONE_URBA`).
#[derive(Debug, Clone, PartialEq)]
pub struct Zone {
    /// LIBELLE: short name (`UA`, `UX`, `AUX`…).
    pub label: String,
    /// LIBELONG: what it is for.
    pub long_label: String,
    /// TYPEZONE: `U`, `AUc`, `AUs`, `A`, `N`.
    pub zone_type: &'static str,
    /// DESTDOMI: dominant destination (`01` housing, `02` activity…).
    pub destination: &'static str,
    /// Extent.
    pub polygon: Polygon<f64>,
}

/// Figures of vacancy of private dwellings (LOVAC), before secrecy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Vacancy {
    /// Private dwellings.
    pub dwellings: u32,
    /// Of which vacant.
    pub vacant: u32,
    /// Of which vacant for more than two years.
    pub vacant_over_two_years: u32,
}

/// One commune and what lies in it.
#[derive(Debug, Clone, PartialEq)]
pub struct DemoCommune {
    /// Real figures, from the embedded table.
    pub figures: CommuneFigures,
    /// Synthetic extent.
    pub polygon: Polygon<f64>,
    /// Centre of the main town or village.
    pub centre: Coord<f64>,
    /// Parcels, in the order of their sections and numbers.
    pub parcels: Vec<Parcel>,
    /// Buildings.
    pub buildings: Vec<Building>,
    /// Planning document in force.
    pub document: PlanningDocument,
    /// Its date of approval, `AAAAMMJJ`; empty without a document.
    pub document_date: String,
    /// Its zones; empty without a document.
    pub zones: Vec<Zone>,
    /// Dwellings.
    pub vacancy: Vacancy,
}

/// A stretch of road between two junctions (BD TOPO `TRONCON_DE_ROUTE`).
#[derive(Debug, Clone, PartialEq)]
pub struct RoadStretch {
    /// What kind of road it is.
    pub class: RoadClass,
    /// Number of the road (`A62`), empty for the others.
    pub number: String,
    /// Course.
    pub line: LineString<f64>,
}

/// A stretch of railway or river across one commune.
#[derive(Debug, Clone, PartialEq)]
pub struct Waterway {
    /// Name of the river or of the railway line.
    pub name: String,
    /// Code of the railway line, empty for a river.
    pub code: String,
    /// Course.
    pub line: LineString<f64>,
}

/// A railway station (SNCF list of stations).
#[derive(Debug, Clone, PartialEq)]
pub struct Station {
    /// Code of the operator, eight digits (fictive).
    pub code_uic: String,
    /// Name.
    pub name: String,
    /// Code of the line.
    pub line_code: String,
    /// Freight is served.
    pub freight: bool,
    /// Rank of its commune.
    pub commune: usize,
    /// Place.
    pub at: Coord<f64>,
}

/// An area under a risk or a protection.
#[derive(Debug, Clone, PartialEq)]
pub struct HazardArea {
    /// Family: `PPRI`, `PPRT`, `PM6`, `SIS`, `AC1`, `NATURA2000`, `ZNIEFF1`.
    pub category: &'static str,
    /// Class in words (`PPRI rouge`).
    pub class: String,
    /// Name of the plan, river, site.
    pub name: String,
    /// Extent.
    pub polygon: Polygon<f64>,
}

/// An economic zone (CNIG `SITE-ECO`).
#[derive(Debug, Clone, PartialEq)]
pub struct EconomicSite {
    /// Identifier of the CNIG form.
    pub id: String,
    /// Name, which says that it is fictive.
    pub name: String,
    /// Rank of its commune.
    pub commune: usize,
    /// Dominant vocation, in the CNIG list.
    pub vocation: &'static str,
    /// State, in the CNIG list.
    pub state: &'static str,
    /// Year of creation.
    pub created_year: u32,
    /// Parcels in it.
    pub parcels: usize,
    /// Parcels without a building.
    pub vacant_parcels: usize,
    /// Extent.
    pub extent: MultiPolygon<f64>,
}

/// A brownfield (Cartofriches, or the CNIG file of a local observatory).
#[derive(Debug, Clone, PartialEq)]
pub struct Brownfield {
    /// Rank of its commune.
    pub commune: usize,
    /// Number in the inventory.
    pub number: u32,
    /// Name, made up.
    pub name: String,
    /// Type in the CNIG list.
    pub kind: &'static str,
    /// Status in the CNIG list.
    pub status: &'static str,
    /// Source, as an index into the sources of Cartofriches (0: the local observatory).
    pub source: usize,
    /// Parcels it is made of.
    pub parcel_ids: Vec<String>,
    /// Sum of their areas, m².
    pub area_m2: f64,
    /// Buildings on them.
    pub buildings: usize,
    /// Area of these buildings on the ground, m².
    pub built_m2: f64,
    /// Type of the zone it lies in, when a document says.
    pub zone_type: Option<&'static str>,
    /// Label of that zone.
    pub zone_label: Option<String>,
    /// Document in force.
    pub document: PlanningDocument,
    /// Distance to the nearest railway, m.
    pub rail_distance_m: f64,
    /// Fictive owner; empty for a natural person, whose name is never published.
    pub owner: Option<&'static str>,
    /// What is known of the soil, in the CNIG list.
    pub soil_pollution: &'static str,
    /// Former activity.
    pub activity: Option<&'static str>,
    /// A place inside.
    pub at: Coord<f64>,
    /// Its parcels.
    pub extent: MultiPolygon<f64>,
}

impl Brownfield {
    /// First number of the friches on planted terrains.
    pub(crate) const FIRST_PLANTED: u32 = 60_000;

    /// Whether it stands on planted terrains: then its extent matters, not only the parcels it lists.
    #[must_use]
    pub fn is_planted(&self) -> bool {
        self.number >= Self::FIRST_PLANTED
    }
}

/// The whole demonstration territory.
#[derive(Debug, Clone, PartialEq)]
pub struct Demo {
    /// The seed it grew from.
    pub seed: u64,
    /// EPCIs.
    pub epcis: Vec<EpciFigures>,
    /// Communes, in the order of their codes.
    pub communes: Vec<DemoCommune>,
    /// EPCIs (SIREN) under a plan of the whole EPCI.
    pub plui_epcis: Vec<String>,
    /// Roads.
    pub roads: Vec<RoadStretch>,
    /// Railways.
    pub railways: Vec<Waterway>,
    /// Rivers.
    pub rivers: Vec<Waterway>,
    /// Stations.
    pub stations: Vec<Station>,
    /// Risks and protections.
    pub hazards: Vec<HazardArea>,
    /// Economic zones.
    pub sites: Vec<EconomicSite>,
    /// Brownfields.
    pub brownfields: Vec<Brownfield>,
    /// Establishments, land, owners, prescriptions, networks, jobs, and the planted terrains.
    pub economy: Economy,
    /// Dwellings, permits, rents, sales, flows between home and work.
    pub housing: HousingMarket,
    /// What surrounds the sites: services, networks, risks, former activities.
    pub surroundings: Surroundings,
    /// What other inventories, an earlier cadastre and visits know of the friches.
    pub inventories: Inventories,
    /// Heights around the economic zones.
    pub relief: Vec<ReliefTile>,
    /// EPCI (SIREN) whose observatory publishes its brownfields in the CNIG form.
    pub observatory_epci: String,
}
