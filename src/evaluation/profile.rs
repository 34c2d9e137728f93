//! A profile: what a good site is.

use super::Condition;
use super::Criterion;
use super::Label;
use super::LandRules;
use super::ProfileError;
use super::method::ahp::Ahp;
use super::profile_toml;
use crate::domain::LayerKey;

/// What a profile ranks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum UnitKind {
    /// Cadastral parcels.
    Parcel,
    /// Terrains found by a survey of economic land.
    Terrain,
    /// Friches.
    Friche,
    /// Communes.
    Commune,
    /// EPCIs: a profile of communes, asked of EPCIs ([`Profile::for_epcis`]).
    Epci,
}

impl UnitKind {
    /// The word used in profiles and in JSON.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Parcel => "parcel",
            Self::Terrain => "terrain",
            Self::Friche => "friche",
            Self::Commune => "commune",
            Self::Epci => "epci",
        }
    }

    /// The layer that holds the units.
    #[must_use]
    pub fn layer(self) -> &'static str {
        match self {
            Self::Parcel => LayerKey::PARCELS,
            Self::Terrain => LayerKey::LAND,
            Self::Friche => LayerKey::FRICHES,
            Self::Commune => LayerKey::COMMUNES,
            Self::Epci => LayerKey::EPCIS,
        }
    }
}

/// How scores of criteria become one score.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
pub enum Method {
    /// Weighted mean of the known criteria.
    #[serde(rename = "weighted-sum")]
    WeightedSum,
    /// TOPSIS on the scores of the known criteria; ideal and anti-ideal are the ends 1 and 0 of every curve, so that a
    /// new candidate never turns two others round.
    #[serde(rename = "topsis")]
    Topsis,
    /// PROMETHEE II on the scores of the known criteria: net flow against the candidates that no veto excludes.
    #[serde(rename = "promethee-2")]
    Promethee2,
}

impl Method {
    /// The word used in profiles and in JSON.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::WeightedSum => "weighted-sum",
            Self::Topsis => "topsis",
            Self::Promethee2 => "promethee-2",
        }
    }
}

/// What a good site is, as read from TOML and checked.
#[derive(Debug, Clone, PartialEq)]
pub struct Profile {
    /// Identifier with version (`industrie-v1`). A published profile never changes; a new version is a new file.
    pub id: String,
    /// What a person reads.
    pub title: Label,
    /// What is ranked.
    pub unit: UnitKind,
    /// How scores add up.
    pub method: Method,
    /// Where the weights come from pairwise comparisons (`[ahp]`): their consistency.
    pub comparisons: Option<Ahp>,
    /// Below this reliability (0 to 1) a unit stands behind all that are better known.
    pub min_reliability: f64,
    /// Version of the method that says what a site is suited for (`mutafriches-v1.19`); only profiles of friches name one.
    pub mutability: Option<String>,
    /// What makes land available and usable; only profiles of terrains have rules.
    pub land: Option<LandRules>,
    /// Conditions to be a candidate, cheapest first.
    pub conditions: Vec<Condition>,
    /// Criteria, in the order of tables.
    pub criteria: Vec<Criterion>,
}

impl Profile {
    /// Reads a profile from the text of a TOML file.
    ///
    /// # Errors
    /// Unknown keys, values out of range, criteria that contradict themselves; see [`ProfileError`].
    pub fn from_toml(text: &str) -> Result<Self, ProfileError> {
        profile_toml::read(text)
    }

    /// The same profile of communes asked of EPCIs; any other profile as it is.
    #[must_use]
    pub fn for_epcis(&self) -> Self {
        let unit = if self.unit == UnitKind::Commune { UnitKind::Epci } else { self.unit };
        Self { unit, ..self.clone() }
    }

    /// Whether a condition or criterion looks at a layer or table other than the units themselves.
    #[must_use]
    pub fn looks_at(&self, layer: &str) -> bool {
        let conditions = self.conditions.iter().map(|condition| &condition.measure);
        let mut measures = conditions.chain(self.criteria.iter().map(|one| &one.measure));
        measures.any(|measure| measure.layer() == Some(layer))
    }

    /// Sum of the weights; positive.
    #[must_use]
    pub fn total_weight(&self) -> f64 {
        self.criteria.iter().map(|criterion| criterion.weight).sum()
    }
}
