//! What of a stock of dwellings could house newcomers, what a site brings, when a market is tight: figures with a source.

use std::collections::BTreeMap;

use super::Label;

/// A stock of dwellings that newcomers could be housed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum HousingKind {
    /// Private dwellings vacant for more than two years (LOVAC).
    PrivateVacant2y,
    /// Private dwellings vacant for less (LOVAC: all vacant, less the former).
    PrivateVacantRecent,
    /// Social dwellings offered and vacant (RPLS).
    SocialVacant,
    /// Dwellings started in the latest year known (Sitadel).
    Started,
    /// Dwellings authorised and not started, while the permit holds (Sitadel).
    Authorised,
    /// Second and occasional homes (INSEE).
    SecondHomes,
}

impl HousingKind {
    /// All kinds, in the order of tables.
    pub const ALL: [Self; 6] = [
        Self::PrivateVacant2y,
        Self::PrivateVacantRecent,
        Self::SocialVacant,
        Self::Started,
        Self::Authorised,
        Self::SecondHomes,
    ];

    /// The code used in files of rules and in every output.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::PrivateVacant2y => "private_vacant_2y",
            Self::PrivateVacantRecent => "private_vacant_recent",
            Self::SocialVacant => "social_vacant",
            Self::Started => "started",
            Self::Authorised => "authorised",
            Self::SecondHomes => "second_homes",
        }
    }

    /// The column of the derived table (`LayerKey::HOUSING`) that holds the stock itself.
    #[must_use]
    pub fn stock(self) -> &'static str {
        match self {
            Self::PrivateVacant2y => "vacant_2y",
            Self::PrivateVacantRecent => "vacant_recent",
            Self::SocialVacant => "social_vacant",
            Self::Started => "started",
            Self::Authorised => "authorised_not_started",
            Self::SecondHomes => "second_homes",
        }
    }

    /// Whether these dwellings stand: the census counts them.
    #[must_use]
    pub fn is_built(self) -> bool {
        !matches!(self, Self::Started | Self::Authorised)
    }

    /// The column that holds the part of it that could be mobilised.
    #[must_use]
    pub fn mobilisable(self) -> &'static str {
        match self {
            Self::PrivateVacant2y => "mobilisable_private_vacant_2y",
            Self::PrivateVacantRecent => "mobilisable_private_vacant_recent",
            Self::SocialVacant => "mobilisable_social_vacant",
            Self::Started => "mobilisable_started",
            Self::Authorised => "mobilisable_authorised",
            Self::SecondHomes => "mobilisable_second_homes",
        }
    }
}

/// The part of a stock that could house newcomers.
#[derive(Debug, Clone, PartialEq)]
pub struct MobilisableShare {
    /// Share of the stock, 0 to 1.
    pub share: f64,
    /// Where it comes from.
    pub source: String,
}

/// Jobs per hectare of an activity.
#[derive(Debug, Clone, PartialEq)]
pub struct JobDensity {
    /// Code of the activity (`industry`).
    pub activity: String,
    /// What a person reads.
    pub label: Label,
    /// Fewest jobs per hectare.
    pub low: f64,
    /// Usual number.
    pub usual: f64,
    /// Most.
    pub high: f64,
    /// Where the figures come from.
    pub source: String,
}

/// The three kinds of jobs that a site brings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum JobKind {
    /// Those who build it, while they do.
    Construction,
    /// Those who work there.
    Operation,
    /// Those who serve them and the firm.
    Induced,
}

impl JobKind {
    /// All kinds, in the order of tables.
    pub const ALL: [Self; 3] = [Self::Construction, Self::Operation, Self::Induced];

    /// The code used in files of rules and in every output.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Construction => "construction",
            Self::Operation => "operation",
            Self::Induced => "induced",
        }
    }
}

/// What one job announced on a site brings of one kind.
#[derive(Debug, Clone, PartialEq)]
pub struct Brought {
    /// What a person reads.
    pub label: Label,
    /// Jobs of this kind per job announced.
    pub jobs_per_job: f64,
    /// Share of these jobs held by people who come to live here, 0 to 1.
    pub newcomers: f64,
    /// Households per newcomer, 0 to 1: two of one household need one dwelling.
    pub households_per_newcomer: f64,
    /// What kind of dwelling they need, in words.
    pub dwelling: Label,
    /// Where the figures come from.
    pub source: String,
}

/// A class of tension in words.
#[derive(Debug, Clone, PartialEq)]
pub struct TensionClass {
    /// Code (`tight`).
    pub id: String,
    /// What a person reads.
    pub label: Label,
    /// Largest index of the class, 0 to 100; the class begins above that of the one before.
    pub up_to: f64,
}

/// How an index of tension is made and told.
#[derive(Debug, Clone, PartialEq)]
pub struct TensionRules {
    /// Criteria of the profile that make it.
    pub criteria: Vec<String>,
    /// Share of their weight that must be known for a class, 0 to 1.
    pub min_known: f64,
    /// Classes, the least tight first; the last ends at 100.
    pub classes: Vec<TensionClass>,
    /// Where thresholds come from.
    pub source: String,
}

impl TensionRules {
    /// The class of an index of 0 to 100.
    #[must_use]
    pub fn class_of(&self, index: f64) -> Option<TensionClass> {
        self.classes.iter().find(|class| index <= class.up_to).cloned()
    }
}

/// A file of rules, checked.
#[derive(Debug, Clone, PartialEq)]
pub struct HousingRules {
    /// Identifier with version (`reperes-v1`).
    pub id: String,
    /// What a person reads.
    pub title: Label,
    /// The mobilisable part of every kind of stock.
    pub mobilisable: BTreeMap<HousingKind, MobilisableShare>,
    /// Jobs per hectare, by activity.
    pub jobs_per_hectare: Vec<JobDensity>,
    /// What a job announced brings, by kind.
    pub brought: BTreeMap<JobKind, Brought>,
    /// Sales from which on a median price is trusted in full.
    pub full_trust_sales: f64,
    /// Tension.
    pub tension: TensionRules,
    /// Whether they are a file of the territory's own: its identifier may be that of a published one.
    pub is_of_territory: bool,
}

impl HousingRules {
    /// The mobilisable share of a stock. Every kind has one.
    #[must_use]
    pub fn share(&self, kind: HousingKind) -> f64 {
        self.mobilisable.get(&kind).map_or(0.0, |mobilisable| mobilisable.share)
    }

    /// The jobs per hectare of an activity.
    #[must_use]
    pub fn density(&self, activity: &str) -> Option<&JobDensity> {
        self.jobs_per_hectare.iter().find(|density| density.activity == activity)
    }
}
