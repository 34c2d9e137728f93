//! A site that several inventories list: where its outline and its records come from, and what was seen on the spot.

use std::collections::BTreeMap;

use super::Estimate;
use super::SourceTrust;
use super::Value;

/// One record of an inventory that a site is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FricheRecord {
    /// Identifier in its inventory.
    pub id: Box<str>,
    /// Inventory or study that listed it.
    pub source: Option<Box<str>>,
    /// How far that origin is to be trusted.
    pub trust: Option<SourceTrust>,
}

/// What the outline of a site is made from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Outline {
    /// The union of all parcels that it lists, as they are in the cadastre given.
    Parcels,
    /// The polygon of the inventory.
    Polygon,
    /// The union of those parcels that could be found; others are missing, so its area is a lower bound.
    SomeParcels,
    /// A point, with the area that the inventory declares, if any.
    Point,
    /// Nothing yet: the inventory draws nothing, and its parcels are still to be looked up. No site is left so.
    Awaited,
}

impl Outline {
    /// The code used in delivered layers.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Parcels => "parcels",
            Self::Polygon => "polygon",
            Self::SomeParcels => "some_parcels",
            Self::Point => "point",
            Self::Awaited => "awaited",
        }
    }
}

/// What the user has found out about a site: answers to the criteria of mutability, by criterion.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FieldVisit {
    /// Answers, as the user wrote them and as the reading has checked them.
    pub answers: BTreeMap<Box<str>, Box<str>>,
    /// Day of the visit, `YYYY-MM-DD`, when told.
    pub day: Option<Box<str>>,
    /// Whether a company that asks for land waits for a site like this one.
    pub request_waiting: Option<bool>,
}

impl FieldVisit {
    /// This visit, completed by what another one alone answers.
    pub fn complete(&mut self, other: Self) {
        for (criterion, answer) in other.answers {
            self.answers.entry(criterion).or_insert(answer);
        }
        if self.day.is_none() {
            self.day = other.day;
        }
        self.request_waiting = self.request_waiting.or(other.request_waiting);
    }
}

/// What is known of a site on one criterion of mutability.
#[derive(Debug, Clone, PartialEq)]
pub struct SiteAnswer {
    /// The answer; `None` when it was searched and there is none.
    pub value: Option<Value<'static>>,
    /// Who says so: `visit`, `inventory`, `derived`, or the key of a layer.
    pub origin: Box<str>,
}

/// What a site is suited for, worked out by an enrichment; see `friche::prepare`.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Suitability {
    /// Version of the method, such as `mutafriches-v1.19`.
    pub method: Box<str>,
    /// Answers by criterion; what is unknown has no entry.
    pub answers: BTreeMap<Box<str>, SiteAnswer>,
    /// Index of each use, percent, in the order of the method.
    pub uses: Vec<SuitedUse>,
    /// Reliability of the answers, 0 to 10 in steps of a half.
    pub reliability: f64,
}

/// How well one use suits a site.
#[derive(Debug, Clone, PartialEq)]
pub struct SuitedUse {
    /// Code of the use, such as `industrie`.
    pub code: Box<str>,
    /// Index, percent, with what it could be if everything were known.
    pub index: Estimate,
    /// Rank among the uses, from 1; excluded uses last.
    pub rank: usize,
    /// Whether a rule of the method excludes it.
    pub excluded: bool,
}

impl Suitability {
    /// The use with the best rank.
    #[must_use]
    pub fn best(&self) -> Option<&SuitedUse> {
        self.uses.iter().min_by_key(|suited| suited.rank).filter(|best| !best.excluded)
    }

    /// One use by its code.
    #[must_use]
    pub fn of(&self, code: &str) -> Option<&SuitedUse> {
        self.uses.iter().find(|suited| &*suited.code == code)
    }
}
