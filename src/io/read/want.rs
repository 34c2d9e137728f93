//! What the caller wants of a file: columns, layer, where the geometry is, and limits.

use std::collections::BTreeMap;
use std::path::Path;

use super::error::ReadError;

/// What to read. Everything that is not named here is skipped inside the parser and never stored.
#[derive(Debug, Clone, Default)]
pub struct Want {
    /// For each wanted column its accepted spellings, best first; compared trimmed and
    /// case-insensitively. A row's cells come in this order.
    pub columns: Vec<Vec<String>>,
    /// Positions in `columns` without which the file is refused ([`ReadError::MissingColumn`]).
    pub required: Vec<usize>,
    /// The layer of a file with several; `None` takes the only one, or the only one that has the
    /// required columns, and otherwise asks ([`ReadError::LayerNotNamed`]).
    pub layer: Option<String>,
    /// Where the geometry is.
    pub geometry: GeometryFrom,
    /// Rows whose box does not meet this one (min x, min y, max x, max y, in the file's own reference system) may be
    /// passed over undecoded, counted in [`SourceFacts::rows_passed_over`](super::SourceFacts::rows_passed_over): so are
    /// rows without geometry. GeoPackage does it by its R-tree, shapefiles by the box of each record, GDAL by its spatial
    /// filter; others hand over everything. Only rejects: a row that is handed over may still lie outside.
    pub within: Option<[f64; 4]>,
    /// Protection against files made to exhaust the machine.
    pub limits: Limits,
}

/// Where the geometry of a row is found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum GeometryFrom {
    /// The format's own geometry; a format without one gives rows without geometry.
    #[default]
    Native,
    /// A text column in WKT, under one of these spellings.
    Wkt(Vec<String>),
    /// Two number columns: x (longitude, easting), then y (latitude, northing).
    LonLat(Vec<String>, Vec<String>),
    /// No geometry wanted: it is not decoded.
    None,
}

/// Limits; the defaults let any real file of a French department through.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Longest single feature, in bytes of text or record. Default 128 MiB: a polygon of three million
    /// vertices in GeoJSON, eight million in a shapefile.
    pub feature_bytes: usize,
    /// Largest content of a gzip file once unpacked, in bytes. Default 64 GiB.
    pub unpacked_bytes: u64,
    /// Largest unpacked/packed ratio of a gzip file, looked at after 64 MiB. Default 250
    /// (cadastre files: 6 to 12; a bomb of zeros: 1 030).
    pub unpacked_ratio: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self { feature_bytes: 128 << 20, unpacked_bytes: 64 << 30, unpacked_ratio: 250 }
    }
}

impl Want {
    /// Wants these columns, each under one of its spellings, and the format's own geometry.
    #[must_use]
    pub fn columns(columns: &[&[&str]]) -> Self {
        let columns =
            columns.iter().map(|spellings| spellings.iter().map(|&s| s.to_owned()).collect());
        Self { columns: columns.collect(), ..Self::default() }
    }

    /// Refuses the file when one of the required columns is not among those present.
    pub(super) fn require(
        &self,
        path: &Path,
        missing: &[usize],
        present: &[String],
    ) -> Result<(), ReadError> {
        match self.required.iter().find(|&slot| missing.contains(slot)) {
            None => Ok(()),
            Some(&slot) => Err(ReadError::MissingColumn {
                path: path.to_owned(),
                wanted: self.columns.get(slot).cloned().unwrap_or_default(),
                present: present.to_vec(),
            }),
        }
    }
}

/// A column's name as it is compared: trimmed, without byte-order mark, in lower case.
pub(super) fn folded(name: &str) -> String {
    name.trim_start_matches('\u{feff}').trim().to_lowercase()
}

/// A wanted column that a file's column can fill, and how good the spelling is (0 best).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Slot {
    pub wanted: usize,
    pub rank: usize,
}

/// Finds the wanted columns among a file's.
#[derive(Debug, Clone)]
pub(super) struct ColumnMatcher {
    slots: BTreeMap<String, Vec<Slot>>,
    wanted: usize,
}

impl ColumnMatcher {
    pub(super) fn new(columns: &[Vec<String>]) -> Self {
        let mut slots: BTreeMap<String, Vec<Slot>> = BTreeMap::new();
        for (wanted, spellings) in columns.iter().enumerate() {
            for (rank, spelling) in spellings.iter().enumerate() {
                slots.entry(folded(spelling)).or_default().push(Slot { wanted, rank });
            }
        }
        Self { slots, wanted: columns.len() }
    }

    /// The wanted columns that a column of this name can fill.
    pub(super) fn slots(&self, name: &str) -> &[Slot] {
        self.slots.get(&folded(name)).map_or(&[], Vec::as_slice)
    }

    /// For each wanted column the index of the file's column: best spelling, then first.
    pub(super) fn bind(&self, present: &[String]) -> Vec<Option<usize>> {
        let mut bound: Vec<Option<(usize, usize)>> = vec![None; self.wanted];
        for (index, name) in present.iter().enumerate() {
            for slot in self.slots(name) {
                if bound[slot.wanted].is_none_or(|(rank, _)| slot.rank < rank) {
                    bound[slot.wanted] = Some((slot.rank, index));
                }
            }
        }
        bound.into_iter().map(|b| b.map(|(_, index)| index)).collect()
    }
}

/// Positions of the wanted columns that are not there.
pub(super) fn unbound(bound: &[Option<usize>]) -> Vec<usize> {
    bound.iter().enumerate().filter(|(_, b)| b.is_none()).map(|(slot, _)| slot).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn best_spelling_wins_over_first_column() {
        let want = Want::columns(&[&["typezone", "TYPE"], &["insee"], &["nom"]]);
        let present = ["Type", " TypeZone ", "\u{feff}INSEE"].map(str::to_owned);
        let bound = ColumnMatcher::new(&want.columns).bind(&present);
        assert_eq!(bound, [Some(1), Some(2), None]);
        assert_eq!(unbound(&bound), [2]);
    }

    #[test]
    fn one_column_may_serve_two_wishes() {
        let want = Want::columns(&[&["id"], &["id", "idu"]]);
        assert_eq!(ColumnMatcher::new(&want.columns).bind(&["ID".to_owned()]), [Some(0), Some(0)]);
    }
}
