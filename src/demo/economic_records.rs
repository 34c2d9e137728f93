//! Records of the economy and of what constrains it: establishments, land for sale, owners, prescriptions, servitudes,
//! networks, jobs; and the terrains planted to be found again.

use geo_types::Coord;
use geo_types::LineString;
use geo_types::Polygon;

/// An establishment (SIRENE with coordinates).
#[derive(Debug, Clone, PartialEq)]
pub struct Establishment {
    /// SIRET, fourteen digits (fictive; its key is wrong on purpose).
    pub siret: String,
    /// Rank of its commune.
    pub commune: usize,
    /// Legal form, INSEE code.
    pub legal_form: &'static str,
    /// Name of the firm; for a sole trader a made-up person's, which must never come out.
    pub name: String,
    /// In activity.
    pub active: bool,
    /// Date of creation, ISO 8601.
    pub created: String,
    /// Since when it is as it is, ISO 8601.
    pub since: String,
    /// NAF code.
    pub activity: &'static str,
    /// INSEE code of the headcount.
    pub staff: &'static str,
    /// Place.
    pub at: Coord<f64>,
}

/// A land of an economic zone (CNIG `terrain_eco`).
#[derive(Debug, Clone, PartialEq)]
pub struct EconomicLand {
    /// Economic zone.
    pub site_id: String,
    /// Rank of its commune.
    pub commune: usize,
    /// Parcels.
    pub parcels: Vec<String>,
    /// `terr_stade_amngt`.
    pub works: &'static str,
    /// `terr_stade_comm`.
    pub sale: &'static str,
    /// `terr_etat_occup`.
    pub occupation: &'static str,
    /// `terr_maitrise_fonc`.
    pub ownership: &'static str,
    /// Extent.
    pub extent: Polygon<f64>,
}

/// A prescription of a planning document (CNIG `PRESCRIPTION_SURF`).
#[derive(Debug, Clone, PartialEq)]
pub struct Prescription {
    /// Rank of its commune.
    pub commune: usize,
    /// TYPEPSC and STYPEPSC.
    pub code: (&'static str, &'static str),
    /// LIBELLE.
    pub label: String,
    /// Extent.
    pub polygon: Polygon<f64>,
}

/// A servitude d'utilité publique (CNIG `ASSIETTE_SUP_S`).
#[derive(Debug, Clone, PartialEq)]
pub struct Servitude {
    /// Category: `I1`, `I4`, `PM1`, `AC1`.
    pub category: &'static str,
    /// Name.
    pub name: String,
    /// Extent.
    pub polygon: Polygon<f64>,
}

/// The owner of a parcel, as a class and an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParcelOwner {
    /// Parcel.
    pub parcel: String,
    /// Class, in Cerema's codes (`P5a`).
    pub class: &'static str,
    /// Account, made up.
    pub account: String,
}

/// An electricity substation.
#[derive(Debug, Clone, PartialEq)]
pub struct Substation {
    /// Code, made up.
    pub code: String,
    /// Voltage.
    pub voltage: &'static str,
    /// Place.
    pub at: Coord<f64>,
}

/// A private siding.
#[derive(Debug, Clone, PartialEq)]
pub struct RailSiding {
    /// State it was found in.
    pub state: &'static str,
    /// Course.
    pub line: LineString<f64>,
}

/// Jobs and workers of a commune (INSEE).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CommuneJobs {
    /// Jobs in the commune.
    pub jobs: u32,
    /// People in work who live there.
    pub workers: u32,
    /// Active people who live there.
    pub active: u32,
    /// Of which unemployed.
    pub unemployed: u32,
}

/// A terrain drawn to be found: what an answer must say about it.
#[derive(Debug, Clone, PartialEq)]
pub struct PlantedTerrain {
    /// Its story.
    pub story: String,
    /// Its parcels.
    pub parcels: Vec<String>,
    /// `libre`, `sous-densifié`, `bâti`, `friche`, `en projet`, `non aménageable`, `inconnu`.
    pub availability: &'static str,
    /// Area before margins, m².
    pub gross_m2: f64,
    /// Area after the default margins, m²; `None` where nothing can be built at once.
    pub net_m2: Option<f64>,
    /// Place in its group of terrains of one neighbourhood, 1 the best: each is at least as good as the next in every
    /// respect but some hundred metres of distance.
    pub order: Option<(&'static str, u32)>,
    /// What to know.
    pub note: &'static str,
}

/// What the economy adds to the demonstration.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Economy {
    /// Establishments.
    pub establishments: Vec<Establishment>,
    /// Land of economic zones.
    pub lands: Vec<EconomicLand>,
    /// Prescriptions.
    pub prescriptions: Vec<Prescription>,
    /// Servitudes.
    pub servitudes: Vec<Servitude>,
    /// Owners, in the order of their parcels.
    pub owners: Vec<ParcelOwner>,
    /// Substations.
    pub substations: Vec<Substation>,
    /// Sidings.
    pub sidings: Vec<RailSiding>,
    /// Jobs, in the order of the communes.
    pub jobs: Vec<CommuneJobs>,
    /// Planted terrains, in the order of their stories.
    pub planted: Vec<PlantedTerrain>,
}
