//! The findings of a zoning audit: pieces of overlap and gap, pairs of zones, documents, communes.

use std::collections::BTreeMap;

use geo::Coord;

use super::CodeInsee;
use super::ZoneUrba;

/// Below this, an overlap or a gap is rounding of coordinates and not counted at all.
pub(super) const ROUNDING_M2: f64 = 0.01;
/// Up to this, it is a sliver: counted apart, never told.
pub(super) const SLIVER_M2: f64 = 1.0;
/// Up to this share of the smaller zone, or of the commune, an overlap or a gap is minor: told, and counted apart.
pub(super) const MINOR_SHARE: f64 = 0.005;

/// A number of pieces of overlap or gap, with their areas in square metres.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Pieces {
    /// Pieces over 1 m².
    pub count: usize,
    /// Of those, how many are at most 0.5 % of the smaller zone, or of the commune.
    pub minor: usize,
    /// Pieces of 0.01 to 1 m², not in `count`; smaller ones are rounding.
    pub slivers: usize,
    /// Area of the pieces over 1 m².
    pub total_m2: f64,
    /// Area of the largest of them; 0 when there is none.
    pub largest_m2: f64,
    /// A point in the largest.
    pub largest_at: Option<Coord<f64>>,
}

impl Pieces {
    /// Counts one more piece: `share` is of the smaller zone or of the commune.
    pub(super) fn add(&mut self, area_m2: f64, share: f64, at: Option<Coord<f64>>) {
        if area_m2 <= ROUNDING_M2 {
            return;
        }
        if area_m2 <= SLIVER_M2 {
            self.slivers += 1;
            return;
        }
        self.count += 1;
        self.minor += usize::from(share <= MINOR_SHARE);
        self.total_m2 += area_m2;
        if area_m2 > self.largest_m2 {
            (self.largest_m2, self.largest_at) = (area_m2, at);
        }
    }

    /// Counts the pieces of another place.
    pub(super) fn join(&mut self, other: &Self) {
        self.count += other.count;
        self.minor += other.minor;
        self.slivers += other.slivers;
        self.total_m2 += other.total_m2;
        if other.largest_m2 > self.largest_m2 {
            (self.largest_m2, self.largest_at) = (other.largest_m2, other.largest_at);
        }
    }
}

/// Two zones that overlap by more than 1 m².
#[derive(Debug, Clone, PartialEq)]
pub struct ZoneOverlap {
    /// Positions of the two zones in the layer, the lower first.
    pub zones: (usize, usize),
    /// Common area in square metres.
    pub area_m2: f64,
    /// The same as a share of the smaller zone, 0 to 1.
    pub share: f64,
    /// A point in both.
    pub at: Option<Coord<f64>>,
    /// Commune of that point, where outlines are known.
    pub commune: Option<CodeInsee>,
    /// Whether the two belong to one document.
    pub same_document: bool,
}

/// A zone that stands in the layer again with the same outline.
#[derive(Debug, Clone, PartialEq)]
pub struct ZoneTwin {
    /// Position of the first, which is the one counted.
    pub first: usize,
    /// Position of the one that stands there again.
    pub again: usize,
    /// Area in square metres.
    pub area_m2: f64,
    /// A point in it.
    pub at: Option<Coord<f64>>,
    /// Commune of that point, where outlines are known.
    pub commune: Option<CodeInsee>,
    /// Whether label and type agree: a copy; else two readings of one outline.
    pub same_label: bool,
}

/// A hole of more than 1 m² that the zones of a document leave among themselves.
#[derive(Debug, Clone, PartialEq)]
pub struct ZoningGap {
    /// Position of the document in [`ZoningAudit::documents`].
    pub document: usize,
    /// Area in square metres, islands deducted.
    pub area_m2: f64,
    /// Area in it that zones of other documents cover.
    pub filled_m2: f64,
    /// A point in it.
    pub at: Option<Coord<f64>>,
    /// Commune of that point, where outlines are known.
    pub commune: Option<CodeInsee>,
}

impl ZoningGap {
    /// Whether another document covers it, all but a sliver: a commune with its own plan amid a larger one.
    #[must_use]
    pub fn is_filled(&self) -> bool {
        self.area_m2 - self.filled_m2 <= SLIVER_M2
    }
}

/// What one document leaves to be desired.
#[derive(Debug, Clone, PartialEq)]
pub struct DocumentAudit {
    /// Its identifier; the file where zones name none.
    pub document: String,
    /// Number of zones, twins included.
    pub zones: usize,
    /// Zones that stand there again.
    pub twins: usize,
    /// Overlaps among its zones.
    pub overlaps: Pieces,
    /// Gaps enclosed by its zones; `None` where they could not be cut out: unknown, not none.
    pub gaps: Option<Pieces>,
}

/// What is zoned of a commune that the layer speaks for.
#[derive(Debug, Clone, PartialEq)]
pub struct CommuneAudit {
    /// Code.
    pub insee: CodeInsee,
    /// Area of its outline in square metres.
    pub area_m2: f64,
    /// Overlaps that have their place in it, of one document or of two.
    pub overlaps: Pieces,
    /// Zones that stand there again.
    pub twins: usize,
    /// The part of it under no zone, slivers and rounding included, in square metres.
    pub uncovered_m2: f64,
    /// The pieces of that part; `None` where they could not be cut out: unknown, not none.
    pub gaps: Option<Pieces>,
}

/// Documents of a layer: their names, and the document of each zone.
pub(super) struct Documents {
    pub(super) names: Vec<String>,
    pub(super) of_zone: Vec<usize>,
}

impl Documents {
    /// Identifiers differ in case from one file of a document to another (`…_PLUI_…`, `…_PLUi_…`): they are one.
    pub(super) fn of(zones: &[ZoneUrba]) -> Self {
        let name_of = |zone: &ZoneUrba| zone.document.as_deref().unwrap_or(&zone.file).to_owned();
        let mut numbers: BTreeMap<String, (usize, String)> = BTreeMap::new();
        for zone in zones {
            let name = name_of(zone);
            numbers.entry(name.to_lowercase()).or_insert((0, name));
        }
        for (number, (_, entry)) in numbers.iter_mut().enumerate() {
            entry.0 = number;
        }
        let number = |zone| numbers.get(&name_of(zone).to_lowercase()).map_or(0, |entry| entry.0);
        let of_zone = zones.iter().map(number).collect();
        Self { of_zone, names: numbers.into_values().map(|(_, name)| name).collect() }
    }
}
