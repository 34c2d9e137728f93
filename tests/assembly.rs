//! The search for assemblies: against enumeration, on forty units, and what holds for all.
// A test that cannot go on has failed: that is what unwrap is for here.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, dead_code)]

#[path = "assembly/brute.rs"]
mod brute;
#[path = "assembly/common.rs"]
mod common;
#[path = "assembly/families.rs"]
mod families;
#[path = "assembly/forty.rs"]
mod forty;
#[path = "assembly/oracle.rs"]
mod oracle;
#[path = "assembly/properties.rs"]
mod properties;
