//! Answers to the criteria of mutability, found in the layers of a territory.
//!
//! Each answer follows the rule that ADEME publishes for Mutafriches where it states one (documentation of its
//! enrichment, 2026), with these differences: distances run from the outline of the site, not from its centre; a zone
//! counts by the share of the site that it covers. Who answers wins in this order: a visit, the layers, the record of the
//! inventory. What none of them answers stays unknown, with its reason.

mod access;
mod around;
mod inventory;
mod land;
mod planning;
mod risks;
mod visit;

pub use visit::read as read_visit_answer;

use crate::domain::Friche;
use crate::domain::Territory;
use crate::evaluation::Unknown;
use crate::friche::mutability::Answer;
use crate::friche::mutability::CriterionKey;
use around::Around;

/// Who gave an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// The user, who was there.
    Visit {
        /// Day of the visit, when told.
        day: Option<Box<str>>,
    },
    /// A layer or table of the territory, by its key.
    Layer(&'static str),
    /// The record of the site in its inventory.
    Inventory,
    /// Another answer of the same site.
    Derived,
}

impl Origin {
    /// The code used in outputs.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Visit { .. } => "visit",
            Self::Layer(key) => key,
            Self::Inventory => "inventory",
            Self::Derived => "derived",
        }
    }
}

/// What was found about one criterion of one site.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    /// The criterion.
    pub criterion: CriterionKey,
    /// The answer and who gave it; else why there is none.
    pub answer: Result<(Answer, Origin), Unknown>,
}

/// An answer of a layer or an inventory, before it is known whether a visit says otherwise.
type Answered = Result<(Answer, Origin), Unknown>;

/// The layers of a territory, ready to answer about its sites.
pub struct Enrichment<'a> {
    around: Around<'a>,
}

/// What answers a criterion for a site.
type Source = fn(&Around<'_>, &Friche) -> Answered;

/// Every criterion with what answers it, in the order they are published.
const SOURCES: &[(CriterionKey, Source)] = &[
    (CriterionKey::SurfaceSite, land::site_area),
    (CriterionKey::SurfaceBati, land::built_area),
    (CriterionKey::SiteEnCentreVille, access::in_town_centre),
    (CriterionKey::DistanceAutoroute, access::motorway),
    (CriterionKey::DistanceTransportCommun, access::public_transport),
    (CriterionKey::ProximiteCommercesServices, access::shops),
    (CriterionKey::DistanceRaccordementElectrique, access::power),
    (CriterionKey::TauxLogementsVacants, land::vacant_dwellings),
    (CriterionKey::RisqueRetraitGonflementArgile, risks::clay),
    (CriterionKey::RisqueCavitesSouterraines, risks::cavities),
    (CriterionKey::RisqueInondation, risks::flood),
    (CriterionKey::PresenceRisquesTechnologiques, risks::technological),
    (CriterionKey::ZonageEnvironnemental, planning::nature),
    (CriterionKey::ZonageReglementaire, planning::zone),
    (CriterionKey::ZonagePatrimonial, planning::heritage),
    (CriterionKey::ZoneAccelerationEnr, planning::renewable_zone),
    (CriterionKey::ZonageAbcLogement, planning::housing_zone),
    (CriterionKey::DistanceIte, access::siding),
    (CriterionKey::TypeProprietaire, inventory::owner),
    (CriterionKey::RaccordementEau, inventory::nothing),
    (CriterionKey::EtatBatiInfrastructure, inventory::building_state),
    (CriterionKey::PresencePollution, inventory::pollution),
    (CriterionKey::ValeurArchitecturaleHistorique, inventory::heritage_value),
    (CriterionKey::QualitePaysage, inventory::nothing),
    (CriterionKey::QualiteVoieDesserte, inventory::nothing),
    (CriterionKey::TrameVerteEtBleue, planning::ecological_network),
    (CriterionKey::PresenceEspecesProtegees, inventory::nothing),
    (CriterionKey::PresenceZoneHumide, risks::wetland),
    (CriterionKey::DistanceReseauChaleur, access::heat_network),
    (CriterionKey::SiteEnQpv, planning::priority_district),
    (CriterionKey::SaturationReseauEnr, planning::saturated_grid),
    (CriterionKey::SiteEnZae, planning::economic_zone),
];

impl<'a> Enrichment<'a> {
    /// Makes the layers of a territory ready.
    #[must_use]
    pub fn new(territory: &'a Territory) -> Self {
        Self { around: Around::new(territory) }
    }

    /// What is known of a site, one entry per criterion, in the order of the criteria.
    #[must_use]
    pub fn of(&self, friche: &Friche) -> Vec<Found> {
        SOURCES
            .iter()
            .map(|(criterion, source)| {
                let answer = visit::answer(friche, *criterion)
                    .map_or_else(|| source(&self.around, friche), Ok);
                Found { criterion: *criterion, answer }
            })
            .collect()
    }
}

/// No layer or attribute says it.
fn silent(attribute: &str) -> Unknown {
    Unknown::NoValue { attribute: attribute.to_owned() }
}

/// A layer is not among the inputs.
fn not_given(layer: &str) -> Unknown {
    Unknown::LayerNotGiven { layer: layer.to_owned() }
}
