//! What makes land available and usable: thresholds, margins and hard constraints, part of a profile of terrains.

use super::Filter;
use super::Label;

/// Rules of the survey of economic land. Lengths in metres, areas in square metres, shares 0 to 1.
#[derive(Debug, Clone, PartialEq)]
pub struct LandRules {
    /// Kinds of planning zones that make an economic zone where no inventory of sites speaks.
    pub zone_kinds: Vec<String>,
    /// Types of inventoried sites that make an economic zone, without accents, in lower case. A site without type counts.
    pub site_types: Vec<String>,
    /// Built share up to which land counts as free: outlines of buildings lap over borders.
    pub free_share: f64,
    /// Built area up to which land counts as free, whatever its share.
    pub free_m2: f64,
    /// Built share under which built land counts as under-dense.
    pub dense_share: f64,
    /// Share of a parcel that a friche or a declared terrain must cover to speak for it.
    pub covering_share: f64,
    /// Share of a parcel under hard constraints from which nothing can be done with it.
    pub hard_share: f64,
    /// Margin kept around buildings.
    pub building_margin_m: f64,
    /// Common border from which two parcels are contiguous.
    pub contact_m: f64,
    /// How far apart two borders may be drawn and still be one.
    pub contact_tolerance_m: f64,
    /// Whether parcels that face each other across a way are contiguous.
    pub across_ways: bool,
    /// Width up to which a way is crossed.
    pub way_width_m: f64,
    /// Distance from a road's axis within which a border has frontage on it.
    pub frontage_m: f64,
    /// Constraints under which nothing is built.
    pub hard: Vec<HardConstraint>,
}

/// Objects of a layer on which nothing can be built.
#[derive(Debug, Clone, PartialEq)]
pub struct HardConstraint {
    /// Stable identifier.
    pub id: String,
    /// What a person reads.
    pub label: Label,
    /// Layer key.
    pub layer: String,
    /// Objects that count.
    pub filter: Filter,
    /// Margin kept around them, m.
    pub margin_m: f64,
    /// Where the constraint comes from: a law, a publication, or "our judgement".
    pub source: String,
}
