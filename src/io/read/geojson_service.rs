//! What a web service says beside the features: whether the file is one page of more.

use super::layer::ReadNote;

/// A member that tells.
#[derive(Debug, Clone, Copy)]
pub(super) enum ServiceMember {
    /// How many rows there are (WFS).
    Matched,
    /// Whether the limit was met (ArcGIS).
    Exceeded,
}

impl ServiceMember {
    /// By the text of the key, quotes included.
    pub(super) fn of(key: &[u8]) -> Option<Self> {
        match key {
            b"\"numberMatched\"" | b"\"totalFeatures\"" => Some(Self::Matched),
            b"\"exceededTransferLimit\"" => Some(Self::Exceeded),
            _ => None,
        }
    }
}

/// What was said.
#[derive(Debug, Default)]
pub(super) struct ServiceAnswer {
    matched: u64,
    exceeded: bool,
}

impl ServiceAnswer {
    /// Takes a member; "unknown" and the like say nothing.
    pub(super) fn take(&mut self, member: ServiceMember, value: &[u8]) {
        match member {
            ServiceMember::Matched => {
                let matched = serde_json::from_slice(value).unwrap_or(0);
                self.matched = self.matched.max(matched);
            }
            ServiceMember::Exceeded => self.exceeded |= value == b"true",
        }
    }

    /// What to say of a file of so many rows.
    pub(super) const fn note(&self, rows: u64) -> Option<ReadNote> {
        if self.matched > rows {
            return Some(ReadNote::Partial { rows, matched: self.matched });
        }
        if self.exceeded { Some(ReadNote::LimitReached) } else { None }
    }
}
