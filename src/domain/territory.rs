//! The territory: every layer, in one reference system, indexed. What all the jobs ask.

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::sync::OnceLock;

use super::Balance;
use super::CodeInsee;
use super::Commune;
use super::CommuneTable;
use super::CommutingFlow;
use super::Elevation;
use super::Epci;
use super::EpciArea;
use super::Friche;
use super::HousingRules;
use super::LandStock;
use super::Layer;
use super::LayerView;
use super::Object;
use super::Owners;
use super::Parcel;
use super::ParcelRegister;
use super::PlanningDocument;
use super::Problem;
use super::Renumbering;
use super::Siren;
use super::ZoneUrba;
use super::ZoningAudit;
use crate::spatial::network::RoadNetwork;

/// Keys that `gisement.toml` gives to layers with a meaning of their own.
pub struct LayerKey;

impl LayerKey {
    /// Cadastral parcels.
    pub const PARCELS: &'static str = "parcels";
    /// Buildings.
    pub const BUILDINGS: &'static str = "buildings";
    /// Planning zones.
    pub const ZONING: &'static str = "zoning";
    /// Friches.
    pub const FRICHES: &'static str = "friches";
    /// Economic sites.
    pub const SITES: &'static str = "sites";
    /// Communes.
    pub const COMMUNES: &'static str = "communes";
    /// Hazards.
    pub const HAZARDS: &'static str = "hazards";
    /// Prescriptions of planning documents: land reserved, protected, limited.
    pub const PRESCRIPTIONS: &'static str = "prescriptions";
    /// Informations of planning documents: preemption, noise, polluted soils.
    pub const INFORMATIONS: &'static str = "informations";
    /// Land of economic sites (`terrain_eco`).
    pub const TERRAINS: &'static str = "terrains";
    /// Groups of economic sites (`pole_eco`).
    pub const POLES: &'static str = "poles";
    /// Establishments of economic sites.
    pub const ESTABLISHMENTS: &'static str = "establishments";
    /// Terrains found by a survey: never given by a file.
    pub const LAND: &'static str = "found_terrains";
    /// EPCIs as places, made of their communes: never given by a file.
    pub const EPCIS: &'static str = "epcis";
    /// Figures of housing made of the tables below: never given by a file.
    pub const HOUSING: &'static str = "housing";
    /// Planning documents (`doc_urba`, `doc_urba_com`).
    pub const DOCUMENTS: &'static str = "documents";
    /// Roads.
    pub const ROADS: &'static str = "roads";
    /// Railways.
    pub const RAILWAYS: &'static str = "railways";
    /// Railway stations.
    pub const STATIONS: &'static str = "stations";
    /// Electricity substations.
    pub const SUBSTATIONS: &'static str = "substations";
    /// Installations terminales embranchées: private sidings.
    pub const RAIL_SIDINGS: &'static str = "rail_sidings";
    /// Town halls: where the centre of a town is.
    pub const TOWN_HALLS: &'static str = "town_halls";
    /// Stops of public transport (GTFS).
    pub const TRANSPORT_STOPS: &'static str = "transport_stops";
    /// Shops and services (INSEE, base permanente des équipements).
    pub const AMENITIES: &'static str = "amenities";
    /// Heat networks.
    pub const HEAT_NETWORKS: &'static str = "heat_networks";
    /// Quartiers prioritaires de la politique de la ville.
    pub const PRIORITY_DISTRICTS: &'static str = "priority_districts";
    /// Zones where renewable energy is hastened or excluded (ZAER).
    pub const RENEWABLE_ZONES: &'static str = "renewable_zones";
    /// Zones of the electricity grid, saturated or not (Enedis).
    pub const GRID_CONSTRAINTS: &'static str = "grid_constraints";
    /// Heights of the ground, as grids.
    pub const ELEVATION: &'static str = "elevation";
    /// Visits of friches by the user: answers by site.
    pub const FIELD_VISITS: &'static str = "field_visits";
    /// Owners of parcels: a class and a key, never a name.
    pub const OWNERS: &'static str = "owners";
    /// Vacant dwellings per commune (LOVAC).
    pub const VACANCY: &'static str = "vacancy";
    /// Social dwellings per commune (RPLS).
    pub const SOCIAL_HOUSING: &'static str = "social_housing";
    /// Dwellings authorised and started per commune and year (Sitadel).
    pub const PERMITS: &'static str = "permits";
    /// Rents asked per commune (carte des loyers).
    pub const RENTS: &'static str = "rents";
    /// Sales of dwellings, building land and industrial premises (DVF).
    pub const SALES: &'static str = "sales";
    /// Dwellings and households per commune (INSEE).
    pub const CENSUS: &'static str = "census";
    /// Jobs and workers per commune (INSEE).
    pub const JOBS: &'static str = "jobs";
    /// Flows between home and work (MOBPRO).
    pub const COMMUTING: &'static str = "commuting";
    /// Tightness of the market of dwellings per commune (zonage ABC): words, no figures.
    pub const HOUSING_ZONES: &'static str = "housing_zones";

    /// The layers with a shape, in the order they are read.
    pub const SPATIAL: [&'static str; 24] = [
        Self::COMMUNES,
        Self::PARCELS,
        Self::BUILDINGS,
        Self::ZONING,
        Self::PRESCRIPTIONS,
        Self::INFORMATIONS,
        Self::FRICHES,
        Self::SITES,
        Self::TERRAINS,
        Self::POLES,
        Self::ESTABLISHMENTS,
        Self::HAZARDS,
        Self::ROADS,
        Self::RAILWAYS,
        Self::STATIONS,
        Self::SUBSTATIONS,
        Self::RAIL_SIDINGS,
        Self::TOWN_HALLS,
        Self::TRANSPORT_STOPS,
        Self::AMENITIES,
        Self::HEAT_NETWORKS,
        Self::PRIORITY_DISTRICTS,
        Self::RENEWABLE_ZONES,
        Self::GRID_CONSTRAINTS,
    ];

    /// Layers without which a score or an answer is poorer: `check` says when they are not given. The others are read
    /// when they are there.
    pub const EXPECTED: [&'static str; 16] = [
        Self::PARCELS,
        Self::BUILDINGS,
        Self::ZONING,
        Self::FRICHES,
        Self::SITES,
        Self::HAZARDS,
        Self::ROADS,
        Self::STATIONS,
        Self::VACANCY,
        Self::SOCIAL_HOUSING,
        Self::PERMITS,
        Self::RENTS,
        Self::SALES,
        Self::CENSUS,
        Self::JOBS,
        Self::COMMUTING,
    ];

    /// The tables with one row per commune.
    pub const TABLES: [&'static str; 9] = [
        Self::VACANCY,
        Self::SOCIAL_HOUSING,
        Self::PERMITS,
        Self::RENTS,
        Self::SALES,
        Self::CENSUS,
        Self::JOBS,
        Self::COMMUTING,
        Self::HOUSING_ZONES,
    ];

    /// Layers and tables that are made, not read.
    pub const MADE: [&'static str; 3] = [Self::LAND, Self::EPCIS, Self::HOUSING];

    /// Whether `key` has a meaning of its own.
    #[must_use]
    pub fn is_known(key: &str) -> bool {
        Self::SPATIAL.contains(&key)
            || Self::TABLES.contains(&key)
            || [Self::DOCUMENTS, Self::OWNERS, Self::ELEVATION, Self::FIELD_VISITS].contains(&key)
            || Self::MADE.contains(&key)
    }
}

/// Everything known about a set of EPCIs.
#[derive(Debug)]
pub struct Territory {
    /// Name for titles.
    pub name: String,
    /// The EPCIs, in the order of their SIREN.
    pub epcis: Vec<Epci>,
    /// The communes, in the order of their codes.
    pub communes: Layer<Commune>,
    /// Parcels, when given.
    pub parcels: Option<Layer<Parcel>>,
    /// The parcels by their idu.
    pub register: ParcelRegister,
    /// What became of the parcels of an earlier cadastre, when one is given.
    pub renumbering: Option<Renumbering>,
    /// Planning zones, when given.
    pub zoning: Option<Layer<ZoneUrba>>,
    /// Planning documents, when `doc_urba` or `doc_urba_com` are given.
    pub documents: Vec<PlanningDocument>,
    /// Where the zones overlap and leave gaps, when zones are given.
    pub zoning_audit: Option<ZoningAudit>,
    /// Friches, when given.
    pub friches: Option<Layer<Friche>>,
    /// Layers without a noun of their own, by key.
    pub objects: BTreeMap<String, Layer<Object>>,
    /// Owners of parcels, when given: a table of the user, or columns of the parcels.
    pub owners: Option<Owners>,
    /// Tables per commune, by key.
    pub tables: BTreeMap<String, CommuneTable>,
    /// People who live and work in communes of the territory, by home and work; empty when not given.
    pub commuting_flows: Vec<CommutingFlow>,
    /// Elevation, when given.
    pub elevation: Option<Elevation>,
    /// The EPCIs as places; absent until `housing::prepare` is asked for.
    pub epci_areas: Option<Layer<EpciArea>>,
    /// The rules of housing that the configuration names; the published ones when it names none.
    pub housing_rules: Option<HousingRules>,
    /// What a survey of economic land found; absent until `land::survey` is asked for.
    pub stock: Option<LandStock>,
    /// Keys of all layers that the configuration names.
    pub declared: BTreeSet<String>,
    /// Rows read, kept, repaired, rejected, outside; per layer.
    pub balance: BTreeMap<String, Balance>,
    /// All problems, in the order of layers, files and rows.
    pub problems: Vec<Problem>,
    /// The roads as a graph, built when first asked for; see [`Territory::road_network`].
    pub(crate) network: OnceLock<Option<RoadNetwork>>,
}

impl Territory {
    /// A layer by its key, whatever its noun. `None` when it was not given.
    #[must_use]
    pub fn layer(&self, key: &str) -> Option<&dyn LayerView> {
        match key {
            LayerKey::COMMUNES => Some(&self.communes),
            LayerKey::PARCELS => self.parcels.as_ref().map(|layer| layer as &dyn LayerView),
            LayerKey::ZONING => self.zoning.as_ref().map(|layer| layer as &dyn LayerView),
            LayerKey::FRICHES => self.friches.as_ref().map(|layer| layer as &dyn LayerView),
            LayerKey::EPCIS => self.epci_areas.as_ref().map(|layer| layer as &dyn LayerView),
            LayerKey::LAND => self.stock.as_ref().map(|stock| &stock.terrains as &dyn LayerView),
            other => self.objects.get(other).map(|layer| layer as &dyn LayerView),
        }
    }

    /// Whether `key` is a key of ours or named in the configuration; anything else is a slip of the pen.
    #[must_use]
    pub fn knows_layer(&self, key: &str) -> bool {
        LayerKey::is_known(key) || self.declared.contains(key)
    }

    /// A commune by its code.
    #[must_use]
    pub fn commune(&self, insee: CodeInsee) -> Option<&Commune> {
        let entities = &self.communes.entities;
        entities
            .binary_search_by_key(&insee, |commune| commune.insee)
            .ok()
            .and_then(|at| entities.get(at))
    }

    /// An EPCI by its SIREN.
    #[must_use]
    pub fn epci(&self, siren: Siren) -> Option<&Epci> {
        self.epcis.iter().find(|epci| epci.siren == siren)
    }

    /// The EPCI of a commune.
    #[must_use]
    pub fn epci_of(&self, insee: CodeInsee) -> Option<&Epci> {
        self.commune(insee).and_then(|commune| commune.epci).and_then(|siren| self.epci(siren))
    }

    /// Whether any layer is invented: then every output says so.
    #[must_use]
    pub fn is_synthetic(&self) -> bool {
        self.provenances().any(|(_, provenance)| provenance.synthetic)
    }

    /// Origins of all layers given, by key.
    pub fn provenances(&self) -> impl Iterator<Item = (&str, &super::Provenance)> {
        let spatial = LayerKey::SPATIAL
            .into_iter()
            .filter(|key| !self.objects.contains_key(*key))
            .filter_map(|key| self.layer(key).map(|layer| (key, layer.provenance())));
        let objects = self.objects.iter().map(|(key, layer)| (key.as_str(), &layer.provenance));
        // What is made of other tables has their origins.
        let read = self.tables.iter().filter(|(key, _)| key.as_str() != LayerKey::HOUSING);
        let tables = read.map(|(key, table)| (key.as_str(), &table.provenance));
        // Owners that stand in the layer of parcels have its origin, which is there already.
        let of_table = self.owners.iter().filter(|_| self.balance.contains_key(LayerKey::OWNERS));
        let owners = of_table.map(|owners| (LayerKey::OWNERS, &owners.provenance));
        let elevation =
            self.elevation.iter().map(|elevation| (LayerKey::ELEVATION, &elevation.provenance));
        spatial.chain(objects).chain(tables).chain(owners).chain(elevation)
    }
}
