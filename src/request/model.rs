//! What a company asks for.

use geo::Coord;

use super::assembly::Aim;
use crate::domain::Availability;
use crate::domain::CodeInsee;
use crate::domain::Siren;
use crate::evaluation::Condition;

/// A request for land, as read from TOML or made of flags, and checked.
#[derive(Debug, Clone, PartialEq)]
pub struct LandRequest {
    /// What it is called: a project, never a person.
    pub name: String,
    /// Smallest area, m².
    pub min_m2: Option<f64>,
    /// Area that would suit best, m².
    pub ideal_m2: Option<f64>,
    /// Largest area, m².
    pub max_m2: Option<f64>,
    /// Which area.
    pub basis: AreaBasis,
    /// Longer and shorter side of a rectangle that must fit on the net land, m.
    pub rectangle_m: Option<(f64, f64)>,
    /// Least frontage on public roads, m.
    pub frontage_m: Option<f64>,
    /// EPCIs that are looked at; with the communes, none means all.
    pub epcis: Vec<Siren>,
    /// Communes that are looked at.
    pub communes: Vec<CodeInsee>,
    /// A place that the land must be near.
    pub near: Option<Near>,
    /// Kinds of candidates.
    pub kinds: Vec<CandidateKind>,
    /// Classes of availability that are accepted.
    pub availability: Vec<Availability>,
    /// What assemblies are ordered by, the first aim first.
    pub order: Vec<Aim>,
    /// Whether parcels that face each other across a way may be put together.
    pub across_ways: bool,
    /// Most parcels in an assembly.
    pub max_units: usize,
    /// Month by which the land must be ready, `YYYY-MM`.
    pub ready_by: Option<String>,
    /// Most that the land may cost, euros.
    pub budget_eur: Option<f64>,
    /// Jobs that the company brings.
    pub jobs: Option<f64>,
    /// Activity, as the rules of housing name it.
    pub activity: Option<String>,
    /// Conditions that must hold.
    pub musts: Vec<Condition>,
    /// Wishes.
    pub shoulds: Vec<Should>,
}

/// Which area of a candidate is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum AreaBasis {
    /// What can be built on.
    Net,
    /// The land as it is bought.
    Gross,
}

impl AreaBasis {
    /// The word used in requests and in JSON.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Net => "net",
            Self::Gross => "gross",
        }
    }
}

/// Kinds of land that answer a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CandidateKind {
    /// A terrain found by the survey of economic land.
    Terrain,
    /// A listed friche without a project.
    Friche,
    /// A terrain that an inventory declares for sale (`terrain_eco` of the CNIG standard).
    Site,
    /// Contiguous parcels put together.
    Assembly,
}

impl CandidateKind {
    /// All kinds.
    pub const ALL: [Self; 4] = [Self::Terrain, Self::Friche, Self::Site, Self::Assembly];

    /// The word used in requests and in JSON.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Terrain => "terrain",
            Self::Friche => "friche",
            Self::Site => "site",
            Self::Assembly => "assembly",
        }
    }
}

/// A place, and how near to it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Near {
    /// As it was written: longitude and latitude in degrees.
    pub lon_lat: (f64, f64),
    /// The same place, EPSG:2154 metres.
    pub at: Coord<f64>,
    /// How near.
    pub limit: NearLimit,
}

/// How near.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum NearLimit {
    /// Metres as the crow flies.
    Meters(f64),
    /// Minutes by car, from the land to the place.
    Minutes(f64),
}

/// A wish.
#[derive(Debug, Clone, PartialEq)]
pub struct Should {
    /// What would be best.
    pub wanted: Condition,
    /// How far beyond its limits the score falls to nothing, in the measure's unit; 0: at once.
    pub tolerance: f64,
    /// Weight among the wishes.
    pub weight: f64,
}
