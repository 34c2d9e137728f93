//! A natural person's name in every column of every kind of layer, and in no byte of what comes out: answers, talk,
//! errors, files.
//!
//! The columns are those of [`SCHEMAS`]: a schema that is added is tried without a line here.
// A test that cannot go on has failed: that is what unwrap is for here.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

/// The territory drawn by hand.
#[allow(dead_code)]
#[path = "cli/drawn.rs"]
mod drawn;

/// Rows of a schema with the name in one column each.
#[path = "planted_names/planted.rs"]
mod planted;

/// Every byte that came out.
#[path = "planted_names/searched.rs"]
mod searched;

/// A territory with everything the program reads, and every command on it.
#[path = "planted_names/territory.rs"]
mod territory;

/// Files without titles, of other columns, of other layers: what errors say.
#[path = "planted_names/errors.rs"]
mod errors;
