//! The traps of real French files, each on a tiny invented file that the test writes itself, through `gisement check`.
//!
//! The numbers in the comments are those of `real-files.md` section 1 (R1 to R10) and of `mission.md` section (e) (E4 to
//! E25). Areas that a projection changes come from PROJ and GEOS: `tests/reference/traps.py`.
// A test that cannot go on has failed: that is what unwrap is for here.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

/// The territory drawn by hand, for what only shows in a territory.
#[allow(dead_code)]
#[path = "cli/drawn.rs"]
mod drawn;

/// Shapefiles and tables byte by byte.
#[path = "traps/bytes.rs"]
mod bytes;

/// A folder of small files, and what the program says of them.
#[path = "traps/folder.rs"]
mod folder;

/// R1: the encodings of dBase tables.
#[path = "traps/encodings.rs"]
mod encodings;

/// R2, E6: reference systems said, half said, not said, and axes the wrong way round.
#[path = "traps/reference_systems.rs"]
mod reference_systems;

/// R3: shapes that are missing, packed, mixed or folded.
#[path = "traps/shapes.rs"]
mod shapes;

/// R4, R7, E9, E10, E11, E25: zoning is not a partition, and its words need care.
#[path = "traps/zoning.rs"]
mod zoning;

/// R5, R6, E14, E15: the cadastre.
#[path = "traps/parcels.rs"]
mod parcels;

/// R8, E21: Cartofriches.
#[path = "traps/friches.rs"]
mod friches;

/// R9, R10, E4, E12, E18, E20: tables per commune.
#[path = "traps/tables.rs"]
mod tables;

/// R10, E7, E8: the CNIG's own examples of economic sites.
#[path = "traps/sites.rs"]
mod sites;
