//! The CNIG standard *Friches*: what is read of it, what is written, and that both agree; nobody's name on the way.
// A test that cannot go on has failed: that is what unwrap is for here.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout)]

/// The territory drawn by hand.
#[allow(dead_code)]
#[path = "cli/drawn.rs"]
mod drawn;

/// Files in the standard, and what the program makes of them.
#[path = "friches_standard/files.rs"]
mod files;

/// The CNIG's own examples, the real ones where they are, else the same made by hand.
#[path = "friches_standard/examples.rs"]
mod examples;

/// Read, written, read again.
#[path = "friches_standard/round_trip.rs"]
mod round_trip;

/// A person's name in every column, and nowhere in what comes out.
#[path = "friches_standard/names.rs"]
mod names;

/// What is computed where a record says nothing.
#[path = "friches_standard/computed.rs"]
mod computed;
