//! The best sets found so far, and how much has been spent on them.

use std::cmp::Ordering;

use super::need::Rank;

/// The values of a set of units and the set, which compare as assemblies do.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Key {
    pub(super) rank: Rank,
    pub(super) units: Vec<u32>,
}

/// The best sets found, and which others may still come in.
#[derive(Debug)]
pub(super) struct Pool {
    /// Number of sets kept.
    most: usize,
    /// Only sets behind this one come in.
    floor: Option<Key>,
    /// Sets behind this one do not.
    ceiling: Rank,
    /// Best first.
    pub(super) keys: Vec<Key>,
}

impl Pool {
    pub(super) fn new(most: usize, floor: Option<Key>, ceiling: Rank) -> Self {
        Self { most: most.max(1), floor, ceiling, keys: Vec::new() }
    }

    pub(super) fn is_full(&self) -> bool {
        self.keys.len() >= self.most
    }

    /// A set that comes in is at least as good as this.
    pub(super) fn worst(&self) -> &Rank {
        match self.keys.last() {
            Some(last) if self.is_full() => &last.rank,
            _ => &self.ceiling,
        }
    }

    /// Whether a set as good as [`Self::worst`] comes in, given its units.
    pub(super) fn ties_in(&self, units: impl Iterator<Item = u32>) -> bool {
        match self.keys.last() {
            Some(last) if self.is_full() => units.cmp(last.units.iter().copied()) == Ordering::Less,
            _ => true,
        }
    }

    /// The last of the sets kept, if no further one comes in but for it.
    pub(super) fn last(&self) -> Option<&Key> {
        self.keys.last().filter(|_| self.is_full())
    }

    /// Takes a set in if it is good enough.
    pub(super) fn offer(&mut self, rank: Rank, units: impl Iterator<Item = u32> + Clone) {
        match rank.cmp(self.worst()) {
            Ordering::Greater => return,
            Ordering::Equal if !self.ties_in(units.clone()) => return,
            _ => {}
        }
        let key = Key { rank, units: units.collect() };
        if self.floor.as_ref().is_some_and(|floor| key <= *floor) {
            return;
        }
        if let Err(at) = self.keys.binary_search(&key) {
            self.keys.insert(at, key);
            self.keys.truncate(self.most);
        }
    }
}

/// Nodes examined and how many may be.
#[derive(Debug)]
pub(super) struct Meter {
    pub(super) used: u64,
    pub(super) limit: u64,
}

impl Meter {
    /// Counts nodes; whether there were any left.
    pub(super) fn spend(&mut self, nodes: u64) -> bool {
        self.used += nodes;
        self.used <= self.limit
    }

    pub(super) fn left(&self) -> u64 {
        self.limit.saturating_sub(self.used)
    }
}
