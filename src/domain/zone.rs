//! Planning zones: `zone_urba` of a PLU or PLUi, sectors of a carte communale.

use std::borrow::Cow;
use std::fmt;

use geo::Geometry;

use super::CodeInsee;
use super::Entity;
use super::Value;

/// `typezone` of the CNIG standard. A legacy or unreadable type is `Unknown`, never a guess.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TypeZone {
    /// Urban.
    U,
    /// To be urbanised, open: can be built on today.
    AUc,
    /// To be urbanised, closed: needs a change of the plan first. Never available land.
    AUs,
    /// Agricultural.
    A,
    /// Natural and forest.
    N,
    /// Sector of a carte communale where building is allowed (ZC, TYPESECT 01).
    SectorOpen,
    /// Sector of a carte communale reserved for activities (ZCa, TYPESECT 02).
    SectorActivity,
    /// Sector of a carte communale where building is not allowed (ZnC, TYPESECT 03).
    SectorClosed,
    /// Absent, or a spelling that no standard gives (`AU` alone does not say whether it is open).
    Unknown,
}

impl TypeZone {
    /// The spelling of the standard; `inconnu` when unknown.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::U => "U",
            Self::AUc => "AUc",
            Self::AUs => "AUs",
            Self::A => "A",
            Self::N => "N",
            Self::SectorOpen => "ZC",
            Self::SectorActivity => "ZCa",
            Self::SectorClosed => "ZnC",
            Self::Unknown => "inconnu",
        }
    }
}

/// What a zone is for, as far as its document says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ZoneKind {
    /// Dwellings.
    Housing,
    /// Economic activity: industry, logistics, crafts, trade, offices.
    Activity,
    /// Public equipment.
    Equipment,
    /// Dwellings and activity side by side.
    Mixed,
    /// Agriculture.
    Agricultural,
    /// Nature and forest.
    Natural,
    /// Closed to building until the plan changes (AUs), whatever it will be for.
    Closed,
    /// Urban or open to building, purpose not said.
    Open,
    /// Nothing in the row tells.
    Unknown,
}

impl ZoneKind {
    /// All kinds, in the order of legends.
    pub const ALL: [Self; 9] = [
        Self::Activity,
        Self::Mixed,
        Self::Housing,
        Self::Equipment,
        Self::Open,
        Self::Closed,
        Self::Agricultural,
        Self::Natural,
        Self::Unknown,
    ];

    /// The code used in profiles and delivered layers.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Housing => "housing",
            Self::Activity => "activity",
            Self::Equipment => "equipment",
            Self::Mixed => "mixed",
            Self::Agricultural => "agricultural",
            Self::Natural => "natural",
            Self::Closed => "closed",
            Self::Open => "open",
            Self::Unknown => "unknown",
        }
    }
}

impl fmt::Display for ZoneKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A zone of a planning document.
#[derive(Debug, Clone, PartialEq)]
pub struct ZoneUrba {
    /// Identifier: document, label and row, since the standard gives none.
    pub id: Box<str>,
    /// Identifier of the planning document (`82112_PLU_20210304`), when known.
    pub document: Option<Box<str>>,
    /// File it was read from, relative to the territory's folder: stands for the document where zones name none.
    pub file: Box<str>,
    /// Commune of a communal document, when known.
    pub commune: Option<CodeInsee>,
    /// `libelle`: UX, 1AUe…
    pub label: Box<str>,
    /// `libelong`, when filled.
    pub long_label: Option<Box<str>>,
    /// `typezone`.
    pub typezone: TypeZone,
    /// What it is for.
    pub kind: ZoneKind,
    /// The rule that decided `kind`, so that it can be contested.
    pub kind_rule: Cow<'static, str>,
    /// Outline in EPSG:2154 metres. Zones of one document may overlap.
    pub geometry: Geometry<f64>,
}

impl Entity for ZoneUrba {
    fn id(&self) -> Cow<'_, str> {
        Cow::Borrowed(&self.id)
    }

    fn geometry(&self) -> &Geometry<f64> {
        &self.geometry
    }

    fn commune(&self) -> Option<CodeInsee> {
        self.commune
    }

    fn attribute(&self, name: &str) -> Value<'_> {
        match name {
            "id" => Value::text(&self.id),
            "document" => self.document.as_deref().map_or(Value::Missing, Value::text),
            "label" => Value::text(&self.label),
            "long_label" => self.long_label.as_deref().map_or(Value::Missing, Value::text),
            "typezone" => Value::text(self.typezone.as_str()),
            "kind" => Value::text(self.kind.as_str()),
            "kind_rule" => Value::text(&self.kind_rule),
            _ => Value::NoSuchAttribute,
        }
    }
}
