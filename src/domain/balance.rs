//! The balance of a reading: nothing is dropped in silence.

use std::collections::BTreeMap;

use super::CodeInsee;

/// Counts of rows. `read = kept + repaired + rejected + outside`, always.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
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
    /// Outside the territory.
    Outside,
}

impl Tally {
    /// Counts one more row.
    pub fn count(&mut self, fate: Fate) {
        self.read += 1;
        match fate {
            Fate::Kept => self.kept += 1,
            Fate::Repaired => self.repaired += 1,
            Fate::Rejected => self.rejected += 1,
            Fate::Outside => self.outside += 1,
        }
    }

    /// Moves one row from one fate to another, when more is known about it.
    fn recount(&mut self, from: Fate, to: Fate) {
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
    }

    /// Whether every row read is accounted for.
    #[must_use]
    pub fn is_balanced(&self) -> bool {
        self.read == self.kept + self.repaired + self.rejected + self.outside
    }
}

/// Rows of one layer, in all and per commune. Rows of no known commune stand under `None`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Balance {
    /// All rows.
    pub total: Tally,
    /// Rows per commune.
    pub communes: BTreeMap<Option<CodeInsee>, Tally>,
}

impl Balance {
    /// Counts one row of `commune`.
    pub fn count(&mut self, commune: Option<CodeInsee>, fate: Fate) {
        self.total.count(fate);
        self.communes.entry(commune).or_default().count(fate);
    }

    /// Moves one row of `commune` from one fate to another.
    pub fn recount(&mut self, commune: Option<CodeInsee>, from: Fate, to: Fate) {
        self.total.recount(from, to);
        self.communes.entry(commune).or_default().recount(from, to);
    }

    /// Adds the balance of another file of the same layer.
    pub fn add(&mut self, other: &Self) {
        self.total.add(other.total);
        for (commune, tally) in &other.communes {
            self.communes.entry(*commune).or_default().add(*tally);
        }
    }
}
