//! Records of what surrounds a site: services, networks, districts, zones of energy, risks of the ground, protections,
//! dangerous activities and the ground that former ones left.

use geo_types::Coord;
use geo_types::LineString;
use geo_types::MultiPolygon;
use geo_types::Polygon;

/// A stop of public transport (GTFS).
#[derive(Debug, Clone, PartialEq)]
pub struct Stop {
    /// `stop_id`, made up.
    pub code: String,
    /// Name.
    pub name: String,
    /// `location_type`: 0 a stop, 1 a station, 2 an entrance.
    pub location_type: u8,
    /// Place.
    pub at: Coord<f64>,
}

/// A shop or service (INSEE, base permanente des équipements).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Amenity {
    /// Rank of its commune.
    pub commune: usize,
    /// `TYPEQU`.
    pub kind: &'static str,
    /// Place.
    pub at: Coord<f64>,
}

/// A heat network: its course, or only its boiler house where the course is empty.
#[derive(Debug, Clone, PartialEq)]
pub struct HeatNetwork {
    /// Identifier, made up.
    pub code: String,
    /// Boiler house.
    pub boiler: Coord<f64>,
    /// Pipes.
    pub pipes: Vec<LineString<f64>>,
}

/// A quartier prioritaire.
#[derive(Debug, Clone, PartialEq)]
pub struct PriorityDistrict {
    /// `code_qp`, made up.
    pub code: String,
    /// Rank of its commune.
    pub commune: usize,
    /// Extent.
    pub polygon: Polygon<f64>,
}

/// A zone where renewable energy is hastened or excluded.
#[derive(Debug, Clone, PartialEq)]
pub struct RenewableZone {
    /// `filiere`; empty for an exclusion.
    pub energy: &'static str,
    /// `detail_filiere1`.
    pub detail: &'static str,
    /// `zonage`; empty for an acceleration.
    pub zoning: &'static str,
    /// Extent.
    pub polygon: Polygon<f64>,
}

/// What a substation can take more: its zone is made of the communes nearest to it.
#[derive(Debug, Clone, PartialEq)]
pub struct GridZone {
    /// Code of the substation.
    pub code: String,
    /// `TRES_FAVORABLE`, `FAVORABLE`, `EN_TENSION`, `SATUREE`, `ELD`.
    pub state: &'static str,
    /// Extent.
    pub extent: MultiPolygon<f64>,
}

/// A cavity under ground (BRGM).
#[derive(Debug, Clone, PartialEq)]
pub struct Cavity {
    /// Identifier, made up.
    pub code: String,
    /// Rank of its commune.
    pub commune: usize,
    /// Type in BRGM's list.
    pub kind: &'static str,
    /// Whether the place is that of the cavity, not of its commune.
    pub precise: bool,
    /// Place.
    pub at: Coord<f64>,
}

/// A piece of the ecological network, or a park.
#[derive(Debug, Clone, PartialEq)]
pub struct NaturalArea {
    /// Class in words: `Réservoir de biodiversité`, `Corridor`, `Parc naturel régional`.
    pub class: &'static str,
    /// `OBJ_ASSIGN` of a corridor.
    pub aim: &'static str,
    /// Extent.
    pub polygon: Polygon<f64>,
}

/// An installation classée (Géorisques).
#[derive(Debug, Clone, PartialEq)]
pub struct Installation {
    /// `code_aiot`, made up.
    pub code: String,
    /// Rank of its commune.
    pub commune: usize,
    /// `lib_regime`.
    pub regime: &'static str,
    /// `lib_etat`.
    pub state: &'static str,
    /// Place.
    pub at: Coord<f64>,
}

/// A former industrial site (CASIAS).
#[derive(Debug, Clone, PartialEq)]
pub struct FormerSite {
    /// `identifiant_casias`, made up.
    pub code: String,
    /// Rank of its commune.
    pub commune: usize,
    /// `statut`.
    pub state: &'static str,
    /// Place.
    pub at: Coord<f64>,
}

/// A parcel drawn to be found among the potential friches, or to be passed over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PotentialFriche {
    /// Its story.
    pub story: &'static str,
    /// Parcel: a land unit of its own.
    pub parcel: String,
    /// Whether it is to be found.
    pub is_one: bool,
    /// Signs it shows: `icpe-fermee`, `casias-terminee`, `terrain-vacant`, `bati-sans-etablissement`.
    pub signs: Vec<&'static str>,
}

/// What surrounds the sites of the demonstration.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Surroundings {
    /// Stops.
    pub stops: Vec<Stop>,
    /// Shops and services.
    pub amenities: Vec<Amenity>,
    /// Heat networks.
    pub heat_networks: Vec<HeatNetwork>,
    /// Quartiers prioritaires.
    pub districts: Vec<PriorityDistrict>,
    /// Zones of renewable energy.
    pub renewable_zones: Vec<RenewableZone>,
    /// Zones of the electricity grid.
    pub grid_zones: Vec<GridZone>,
    /// Zone of the zonage ABC, in the order of the communes.
    pub housing_zones: Vec<&'static str>,
    /// `ALEA` of clay, in the order of the communes.
    pub clay: Vec<&'static str>,
    /// Cavities.
    pub cavities: Vec<Cavity>,
    /// Wetlands.
    pub wetlands: Vec<Polygon<f64>>,
    /// Ecological network.
    pub network: Vec<NaturalArea>,
    /// Regional parks.
    pub parks: Vec<NaturalArea>,
    /// Installations classées.
    pub installations: Vec<Installation>,
    /// Former industrial sites.
    pub former_sites: Vec<FormerSite>,
    /// Potential friches and what looks like them.
    pub potential: Vec<PotentialFriche>,
}
