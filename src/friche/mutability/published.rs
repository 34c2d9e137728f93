//! The grids that come with the program. A published file never changes: a test holds its checksum.

use super::error::GridError;
use super::grid::Grid;

/// The identifier of the newest grid: the default.
pub const NEWEST_GRID: &str = "mutafriches-v1.19";

/// What identifiers begin with; the version alone is understood, too.
const FAMILY: &str = "mutafriches-";

/// Identifier and text of every published grid, oldest first.
pub const PUBLISHED_GRIDS: &[(&str, &str)] = &[
    ("mutafriches-v1.11", include_str!("../../../data/mutafriches/v1.11.toml")),
    ("mutafriches-v1.12", include_str!("../../../data/mutafriches/v1.12.toml")),
    ("mutafriches-v1.13", include_str!("../../../data/mutafriches/v1.13.toml")),
    ("mutafriches-v1.14", include_str!("../../../data/mutafriches/v1.14.toml")),
    ("mutafriches-v1.15", include_str!("../../../data/mutafriches/v1.15.toml")),
    ("mutafriches-v1.16", include_str!("../../../data/mutafriches/v1.16.toml")),
    ("mutafriches-v1.17", include_str!("../../../data/mutafriches/v1.17.toml")),
    ("mutafriches-v1.18", include_str!("../../../data/mutafriches/v1.18.toml")),
    ("mutafriches-v1.19", include_str!("../../../data/mutafriches/v1.19.toml")),
];

/// A published grid by its identifier (`mutafriches-v1.16`) or its version alone (`v1.16`, `1.16`).
///
/// # Errors
/// [`GridError::NotPublished`] when there is none of this name.
pub fn published_grid(name: &str) -> Result<Grid, GridError> {
    let asked = name.trim();
    let version = asked.strip_prefix(FAMILY).unwrap_or(asked).trim_start_matches('v');
    let found = PUBLISHED_GRIDS.iter().find(|(id, _)| {
        id.strip_prefix(FAMILY).and_then(|rest| rest.strip_prefix('v')) == Some(version)
    });
    let (id, text) = found.ok_or_else(|| GridError::NotPublished {
        id: asked.to_owned(),
        known: PUBLISHED_GRIDS.iter().map(|(id, _)| *id).collect::<Vec<_>>().join(", "),
    })?;
    Grid::from_toml(id, text)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// FNV-1a of the published texts, 64 bits: enough to notice a change.
    fn checksum(text: &str) -> u64 {
        text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        })
    }

    #[test]
    fn published_grids_are_read_and_never_change() {
        let expected: &[u64] = &[
            0x0950ea37389e0106,
            0x93d81f64d594858e,
            0x55c15c1c0246e5f2,
            0x1a1fecf211a0340f,
            0x4b675a3bac15f9e5,
            0x297b6260745f4250,
            0x79bb10cc67bf5b7a,
            0x1a8c0e4ff300a256,
            0x2b0d81c5d9511e9a,
        ];
        assert_eq!(expected.len(), PUBLISHED_GRIDS.len());
        for ((id, text), sum) in PUBLISHED_GRIDS.iter().zip(expected) {
            let grid = published_grid(id).unwrap();
            assert_eq!(grid.id(), *id);
            assert_eq!(format!("mutafriches-{}", grid.version()), *id);
            assert_eq!(checksum(text), *sum, "{id} was published; a change is a new version");
        }
        assert_eq!(PUBLISHED_GRIDS.last().unwrap().0, NEWEST_GRID);
    }

    #[test]
    fn a_version_alone_is_a_name() {
        for name in ["mutafriches-v1.16", "v1.16", "1.16", " v1.16 "] {
            assert_eq!(published_grid(name).unwrap().id(), "mutafriches-v1.16");
        }
        let error = published_grid("v1.10").unwrap_err();
        assert!(matches!(error, GridError::NotPublished { .. }));
    }
}
