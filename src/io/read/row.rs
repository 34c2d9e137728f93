//! What a reader hands over: one row of a file, as the file has it.

use geo::Geometry;
use thiserror::Error;

/// One attribute value. Blank text counts as [`Cell::Missing`], whatever the format.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// Null, blank, or a column that the row does not have.
    Missing,
    /// Text as the file has it (right-padding of `.dbf` removed, no other trimming).
    /// Lists and objects of JSON arrive here as compact JSON text.
    Text(String),
    /// A number that the file types as a number; integers beyond 2^53 lose their last digits.
    Number(f64),
    /// A truth value that the file types as such.
    Flag(bool),
}

impl Cell {
    /// Text, or [`Cell::Missing`] when it is blank.
    #[must_use]
    pub fn from_text(text: &str) -> Self {
        if text.trim().is_empty() { Self::Missing } else { Self::Text(text.to_owned()) }
    }

    /// Whether there is no value.
    #[must_use]
    pub const fn is_missing(&self) -> bool {
        matches!(self, Self::Missing)
    }
}

/// One row of a layer. Coordinates are in the file's own reference system, Z and M dropped.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// Position in the layer, from 1, deleted rows counted. Where a GeoPackage or GDAL passes rows over
    /// ([`Want::within`](super::Want::within)), the position is not known: then the feature's own number (fid).
    pub number: u64,
    /// `Ok(None)`: the row has no geometry (null, or empty). `Err`: it has one that cannot be used.
    pub geometry: Result<Option<Geometry<f64>>, GeometryFault>,
    /// The wanted columns, in the order of [`Want::columns`](super::Want::columns).
    pub cells: Vec<Cell>,
}

/// Why the geometry of one row cannot be used; the rest of the file can.
///
/// No variant carries text of the file: nothing personal can leave through a fault.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum GeometryFault {
    /// NaN or infinite.
    #[error("a coordinate is not a finite number; draw or export this feature again")]
    NonFiniteCoordinate,
    /// Text, null or a list where a number is expected.
    #[error("a coordinate is not a number; export this feature again")]
    NonNumericCoordinate,
    /// A position with fewer than two numbers, or half of a longitude/latitude pair.
    #[error("a position has fewer than two coordinates; complete it")]
    IncompletePosition,
    /// The geometry text was shortened with `...`, as spreadsheets and web pages do.
    #[error(
        "the geometry was shortened with \"...\": its coordinates are lost; take the file from its source"
    )]
    Shortened,
    /// The bytes end before the geometry does.
    #[error("the geometry is cut after {after_bytes} bytes; take the file from its source")]
    Cut {
        /// Bytes of the geometry that are there.
        after_bytes: usize,
    },
    /// A count that the bytes that follow cannot hold.
    #[error(
        "the geometry announces {announced} {of_what}, more than its {bytes} bytes can hold; it is damaged"
    )]
    ImpossibleCount {
        /// What is counted.
        of_what: &'static str,
        /// The count.
        announced: u64,
        /// The bytes there are.
        bytes: usize,
    },
    /// A kind of geometry that this program does not compute with.
    #[error(
        "a geometry of type {kind} is not supported; convert it to points, lines or polygons first"
    )]
    UnsupportedKind {
        /// Its name, or its code.
        kind: String,
    },
    /// A collection with lines and points and no area: which one is meant is not known.
    #[error(
        "a geometry collection mixes lines and points and has no area; keep one kind of geometry"
    )]
    MixedCollection,
    /// The structure does not follow the format.
    #[error("the geometry does not follow its format: {what}")]
    Malformed {
        /// What is wrong, in words of ours.
        what: String,
    },
    /// The row itself cannot be parsed, so that neither geometry nor columns are known.
    #[error("the row cannot be parsed ({what}); neither its columns nor its geometry are known")]
    UnreadableRow {
        /// What is wrong and where, in words of ours.
        what: String,
    },
}

impl GeometryFault {
    pub(super) fn malformed(what: impl Into<String>) -> Self {
        Self::Malformed { what: what.into() }
    }
}
