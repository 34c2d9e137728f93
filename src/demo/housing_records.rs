//! Records of housing: dwellings, social stock, permits, rents, sales, flows between home and work.

/// Dwellings of a commune as the census counts them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CensusDwellings {
    /// All dwellings: main homes, second homes and vacant ones.
    pub dwellings: u32,
    /// Main homes, as many as households.
    pub main_homes: u32,
    /// Second and occasional homes.
    pub second_homes: u32,
    /// Vacant dwellings of the census, which are not those of LOVAC.
    pub vacant: u32,
    /// Houses; the others are flats.
    pub houses: u32,
    /// Main homes let by a social landlord.
    pub social_main_homes: u32,
}

/// Social dwellings of a commune (RPLS).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SocialStock {
    /// All.
    pub dwellings: u32,
    /// Let.
    pub let_out: u32,
    /// Offered and vacant.
    pub vacant: u32,
    /// Of these, vacant for more than three months.
    pub vacant_3m: u32,
    /// Not offered: for works, for sale, to be pulled down.
    pub empty: u32,
}

/// Dwellings authorised and started in a year, by kind: detached houses, grouped houses, flats, in residences.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PermitYear {
    /// Year.
    pub year: u16,
    /// Authorised.
    pub authorised: [u32; 4],
    /// Started; `None` for the year that is not known yet.
    pub started: Option<[u32; 4]>,
}

/// A predicted rent, euros per m² and month.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rent {
    /// Prediction.
    pub rent_m2: f64,
    /// Lower bound of the prediction.
    pub low_m2: f64,
    /// Upper bound.
    pub high_m2: f64,
    /// Adverts of the commune.
    pub adverts: u32,
    /// Adverts of the mesh around it.
    pub adverts_of_mesh: u32,
}

/// A sale of one house or flat.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HomeSale {
    /// Rank of its commune.
    pub commune: usize,
    /// ISO 8601.
    pub date: String,
    /// Euros.
    pub price: u32,
    /// A house, else a flat.
    pub is_house: bool,
    /// Living area, m².
    pub built_m2: u32,
    /// Land, m²; 0 for a flat.
    pub land_m2: u32,
    /// Rooms.
    pub rooms: u32,
    /// Parcel.
    pub parcel: String,
}

/// One end of a flow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum FlowPlace {
    /// A commune of the territory, by its rank.
    Inside(usize),
    /// A town outside it: code and name.
    Outside(&'static str, &'static str),
}

/// People who live in one place and work in another, or the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HomeToWork {
    /// Home.
    pub home: FlowPlace,
    /// Work.
    pub work: FlowPlace,
    /// People.
    pub people: u32,
}

/// Everything about housing, one entry per commune in the lists of communes.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct HousingMarket {
    /// Dwellings of the census.
    pub census: Vec<CensusDwellings>,
    /// Social stock; `None` where there is none.
    pub social: Vec<Option<SocialStock>>,
    /// Permits of each year.
    pub permits: Vec<Vec<PermitYear>>,
    /// Rents of a flat and of a house.
    pub rents: Vec<[Rent; 2]>,
    /// Sales, in the order of communes.
    pub sales: Vec<HomeSale>,
    /// Flows: of each commune their sum is its workers, into each commune its jobs.
    pub flows: Vec<HomeToWork>,
}
