//! What changed between two answers to one request.

use std::collections::BTreeMap;

use super::Answer;

/// A candidate as an earlier answer had it.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Remembered {
    /// Identifier.
    pub id: String,
    /// Kind, as requests spell it.
    pub kind: String,
    /// Rank.
    pub rank: usize,
    /// Whether every condition was known to hold.
    pub sure: bool,
}

/// One thing that changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// A candidate that was not there, with its rank.
    Appeared(String, usize),
    /// A candidate that is gone, with the rank that it had.
    Gone(String, usize),
    /// A candidate of another rank: before, now.
    Moved(String, usize, usize),
    /// A candidate of which everything is known now.
    Confirmed(String),
    /// A candidate of which something is not known any more.
    Doubted(String),
}

impl Answer<'_> {
    /// The candidates, as a later answer is compared with them.
    #[must_use]
    pub fn remembered(&self) -> Vec<Remembered> {
        let each = self.candidates.iter().map(|one| Remembered {
            id: one.candidate.id.clone(),
            kind: one.candidate.kind.as_str().to_owned(),
            rank: one.row.rank.unwrap_or_default(),
            sure: one.is_sure(),
        });
        each.collect()
    }
}

/// What changed, in the order of the ranks now; what is gone stands last.
#[must_use]
pub fn changes(before: &[Remembered], now: &[Remembered]) -> Vec<Change> {
    let known: BTreeMap<&str, &Remembered> =
        before.iter().map(|one| (one.id.as_str(), one)).collect();
    let mut found = Vec::new();
    for one in now {
        let Some(old) = known.get(one.id.as_str()) else {
            found.push(Change::Appeared(one.id.clone(), one.rank));
            continue;
        };
        if old.rank != one.rank {
            found.push(Change::Moved(one.id.clone(), old.rank, one.rank));
        }
        match (old.sure, one.sure) {
            (false, true) => found.push(Change::Confirmed(one.id.clone())),
            (true, false) => found.push(Change::Doubted(one.id.clone())),
            _ => {}
        }
    }
    let gone = before.iter().filter(|old| now.iter().all(|one| one.id != old.id));
    found.extend(gone.map(|old| Change::Gone(old.id.clone(), old.rank)));
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(id: &str, rank: usize, sure: bool) -> Remembered {
        Remembered { id: id.to_owned(), kind: "terrain".to_owned(), rank, sure }
    }

    #[test]
    fn every_kind_of_change_is_told_once() {
        let before = [one("a", 1, true), one("b", 2, false), one("c", 3, true), one("d", 4, true)];
        let now = [one("e", 1, true), one("b", 2, true), one("a", 3, true), one("d", 4, false)];
        let text = |text: &str| text.to_owned();
        assert_eq!(
            changes(&before, &now),
            [
                Change::Appeared(text("e"), 1),
                Change::Confirmed(text("b")),
                Change::Moved(text("a"), 1, 3),
                Change::Doubted(text("d")),
                Change::Gone(text("c"), 3),
            ]
        );
        assert!(changes(&now, &now).is_empty());
    }
}
