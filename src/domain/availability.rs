//! Whether land can be built on by a newcomer, and whether somebody uses it. Two questions, two lists of words.

/// Availability of a piece of land for a new activity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Availability {
    /// Nothing stands on it, or its owner or EPCI says that it is free.
    Libre,
    /// Built, but by less than the share that the rules call dense.
    SousDensifie,
    /// A listed friche without project.
    Friche,
    /// Built and, as far as is known, in use.
    Bati,
    /// Sold, reserved, or a friche with a project.
    EnProjet,
    /// The law or the ground forbids building.
    NonAmenageable,
    /// The layers at hand do not say.
    Inconnu,
}

impl Availability {
    /// All classes, in the order of legends.
    pub const ALL: [Self; 7] = [
        Self::Libre,
        Self::SousDensifie,
        Self::Friche,
        Self::Bati,
        Self::EnProjet,
        Self::NonAmenageable,
        Self::Inconnu,
    ];

    /// The word used in every output.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Libre => "libre",
            Self::SousDensifie => "sous-densifié",
            Self::Friche => "friche",
            Self::Bati => "bâti",
            Self::EnProjet => "en projet",
            Self::NonAmenageable => "non aménageable",
            Self::Inconnu => "inconnu",
        }
    }

    /// Whether land of this class is offered to a newcomer.
    #[must_use]
    pub fn is_available(self) -> bool {
        matches!(self, Self::Libre | Self::SousDensifie | Self::Friche)
    }
}

/// Whether somebody uses a land unit: `terr_etat_occup` of the CNIG standard, or what establishments tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Occupation {
    /// An activity is there.
    Occupied,
    /// Used for the time being.
    Transitory,
    /// Was used, is no longer, and could be again without works.
    Vacant,
    /// Was used, is no longer, and needs works.
    Friche,
    /// Has never been used for an activity.
    NeverUsed,
    /// Nobody says.
    Unknown,
}

impl Occupation {
    /// The spelling of the CNIG standard; `inconnu` when unknown.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Occupied => "occupé",
            Self::Transitory => "occupation transitoire",
            Self::Vacant => "vacant",
            Self::Friche => "friche",
            Self::NeverUsed => "inoccupé",
            Self::Unknown => "inconnu",
        }
    }

    /// Whether the unit counts as vacant in the rate of L318-8-2: it was used and is no longer.
    #[must_use]
    pub fn is_vacant(self) -> Option<bool> {
        match self {
            Self::Unknown => None,
            Self::Vacant | Self::Friche => Some(true),
            Self::Occupied | Self::Transitory | Self::NeverUsed => Some(false),
        }
    }
}

/// Why a piece of land has its class: a key of the catalogue (`rule.<key>`) and what goes into the sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    /// Key of the rule, stable.
    pub key: &'static str,
    /// What the rule looked at: a share in percent, a state of the standard, an identifier; empty when nothing.
    pub about: String,
}

impl Reason {
    /// A rule that looked at something.
    #[must_use]
    pub fn new(key: &'static str, about: impl Into<String>) -> Self {
        Self { key, about: about.into() }
    }
}
