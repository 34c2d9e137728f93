//! What a user may say that loose files are.

use crate::domain::LayerKey;

/// What a user says that files are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LooseKind {
    /// Cadastral parcels.
    Parcels,
    /// Buildings.
    Buildings,
    /// Planning documents: zones, sectors, prescriptions, informations, `doc_urba`.
    Zoning,
    /// Friches.
    Friches,
    /// Economic sites: sites, land, poles, establishments.
    Sites,
    /// Hazards and constraints.
    Hazards,
    /// Roads and railways.
    Roads,
    /// Communes.
    Communes,
    /// Railway stations, sidings, electricity substations, stops.
    Stations,
    /// Tables.
    Table,
}

impl LooseKind {
    /// All kinds.
    pub const ALL: [Self; 10] = [
        Self::Parcels,
        Self::Buildings,
        Self::Zoning,
        Self::Friches,
        Self::Sites,
        Self::Hazards,
        Self::Roads,
        Self::Communes,
        Self::Stations,
        Self::Table,
    ];

    /// The word for it, as typed and as told.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Parcels => "parcels",
            Self::Buildings => "buildings",
            Self::Zoning => "zoning",
            Self::Friches => "friches",
            Self::Sites => "sites",
            Self::Hazards => "hazards",
            Self::Roads => "roads",
            Self::Communes => "communes",
            Self::Stations => "stations",
            Self::Table => "table",
        }
    }

    /// The layers that it stands for, the one that takes what no schema knows first.
    pub(super) fn keys(self) -> Vec<&'static str> {
        use LayerKey as K;
        match self {
            Self::Parcels => vec![K::PARCELS],
            Self::Buildings => vec![K::BUILDINGS],
            Self::Zoning => vec![K::ZONING, K::PRESCRIPTIONS, K::INFORMATIONS, K::DOCUMENTS],
            Self::Friches => vec![K::FRICHES, K::FIELD_VISITS],
            Self::Sites => vec![K::SITES, K::TERRAINS, K::POLES, K::ESTABLISHMENTS],
            Self::Hazards => vec![K::HAZARDS],
            Self::Roads => vec![K::ROADS, K::RAILWAYS],
            Self::Communes => vec![K::COMMUNES],
            Self::Stations => {
                vec![K::STATIONS, K::SUBSTATIONS, K::RAIL_SIDINGS, K::TRANSPORT_STOPS]
            }
            Self::Table => K::TABLES.into_iter().chain([K::DOCUMENTS, K::OWNERS]).collect(),
        }
    }
}
