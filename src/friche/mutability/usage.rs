//! The seven future uses of a friche.

use std::fmt;

/// A future use. The order is that of the published algorithm, which settles ties.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Use {
    /// Dwellings, alone or with other uses.
    Residentiel,
    /// Public facilities.
    Equipements,
    /// Culture, tourism.
    Culture,
    /// Offices; business premises ("locaux d'activité") from v1.17 on.
    Tertiaire,
    /// Industry, logistics.
    Industrie,
    /// Return to nature.
    Renaturation,
    /// Solar panels on the ground.
    Photovoltaique,
}

impl Use {
    /// All uses, in the published order.
    pub const ALL: [Self; 7] = [
        Self::Residentiel,
        Self::Equipements,
        Self::Culture,
        Self::Tertiaire,
        Self::Industrie,
        Self::Renaturation,
        Self::Photovoltaique,
    ];

    /// The published code, such as `industrie`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Residentiel => "residentiel",
            Self::Equipements => "equipements",
            Self::Culture => "culture",
            Self::Tertiaire => "tertiaire",
            Self::Industrie => "industrie",
            Self::Renaturation => "renaturation",
            Self::Photovoltaique => "photovoltaique",
        }
    }

    /// The use of a published code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.as_str() == code)
    }

    /// Place in the published order, 0 to 6.
    #[must_use]
    pub fn place(self) -> usize {
        self as usize
    }
}

impl fmt::Display for Use {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
