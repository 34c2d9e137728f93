//! The balance of a reading: nothing is dropped in silence.

use std::collections::BTreeMap;

use super::CodeInsee;

/// Counts of rows. `read = kept + repaired + rejected + outside`, always.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Tally {
    /// Rows in the files.
    pub read: u64,
    /// Rows kept as they are.
    pub kept: u64,
    /// Rows kept after a repair of their geometry.
    pub repaired: u64,
    /// Rows that could not be kept; each has a problem.
    pub rejected: u64,
    /// Rows that lie outside the territory.
    pub outside: u64,
    /// Areas of the rows inside the territory.
    pub area: Areas,
}

/// Areas in square metres, of one row or of many.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Areas {
    /// As drawn in the files.
    pub read_m2: f64,
    /// Of what was kept, after repair.
    pub kept_m2: f64,
}

impl Areas {
    /// Largest part of an area that may change on the way in without being told.
    pub const TOLERANCE: f64 = 1e-4;

    /// Whether more of the area was lost or won than rounding explains.
    #[must_use]
    pub fn has_changed(&self) -> bool {
        (self.read_m2 - self.kept_m2).abs() > Self::TOLERANCE * self.read_m2.max(self.kept_m2)
    }
}

/// What became of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// Kept as it is.
    Kept,
    /// Kept after repair.
    Repaired,
    /// Could not be kept.
    Rejected,
    /// Outside the territory, or of another kind than the layer: an entrance among the stops.
    Outside,
}

impl Tally {
    /// Counts one more row and its area.
    pub fn count(&mut self, fate: Fate, area: Areas) {
        self.read += 1;
        if fate != Fate::Outside {
            self.area.read_m2 += area.read_m2;
        }
        if matches!(fate, Fate::Kept | Fate::Repaired) {
            self.area.kept_m2 += area.kept_m2;
        }
        match fate {
            Fate::Kept => self.kept += 1,
            Fate::Repaired => self.repaired += 1,
            Fate::Rejected => self.rejected += 1,
            Fate::Outside => self.outside += 1,
        }
    }

    /// Moves one kept row to another fate, when more is known about it; its area leaves with it.
    fn recount(&mut self, from: Fate, to: Fate, area_m2: f64) {
        self.area.kept_m2 -= area_m2;
        if to == Fate::Outside {
            self.area.read_m2 -= area_m2;
        }
        // A repaired row may be what is left when no kept one is.
        let from = if from == Fate::Kept && self.kept == 0 { Fate::Repaired } else { from };
        for (fate, up) in [(from, false), (to, true)] {
            let count = match fate {
                Fate::Kept => &mut self.kept,
                Fate::Repaired => &mut self.repaired,
                Fate::Rejected => &mut self.rejected,
                Fate::Outside => &mut self.outside,
            };
            *count = if up { *count + 1 } else { count.saturating_sub(1) };
        }
    }

    /// Adds another count.
    pub fn add(&mut self, other: Self) {
        self.read += other.read;
        self.kept += other.kept;
        self.repaired += other.repaired;
        self.rejected += other.rejected;
        self.outside += other.outside;
        self.area.read_m2 += other.area.read_m2;
        self.area.kept_m2 += other.area.kept_m2;
    }

    /// Whether every row read is accounted for.
    #[must_use]
    pub fn is_balanced(&self) -> bool {
        self.read == self.kept + self.repaired + self.rejected + self.outside
    }
}

/// Rows of one layer, in all and per commune. Rows of no known commune stand under `None`.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Balance {
    /// All rows.
    pub total: Tally,
    /// Rows per commune.
    pub communes: BTreeMap<Option<CodeInsee>, Tally>,
}

impl Balance {
    /// Counts one row of `commune`.
    pub fn count(&mut self, commune: Option<CodeInsee>, fate: Fate, area: Areas) {
        self.total.count(fate, area);
        self.communes.entry(commune).or_default().count(fate, area);
    }

    /// Counts rows that lie outside the territory and were not even decoded.
    pub fn count_outside(&mut self, rows: u64) {
        if rows == 0 {
            return;
        }
        for tally in [&mut self.total, self.communes.entry(None).or_default()] {
            tally.read += rows;
            tally.outside += rows;
        }
    }

    /// Moves one kept row of `commune`, and its area, from one fate to another.
    pub fn recount(&mut self, commune: Option<CodeInsee>, from: Fate, to: Fate, area_m2: f64) {
        self.total.recount(from, to, area_m2);
        self.communes.entry(commune).or_default().recount(from, to, area_m2);
    }

    /// Adds the balance of another file of the same layer.
    pub fn add(&mut self, other: &Self) {
        self.total.add(other.total);
        for (commune, tally) in &other.communes {
            self.communes.entry(*commune).or_default().add(*tally);
        }
    }
}
