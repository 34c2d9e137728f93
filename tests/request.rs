//! Requests for land on territories drawn by hand: each has a story, and an answer found on paper; and what holds for all.
// A test that cannot go on has failed: that is what unwrap is for here.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, dead_code)]

#[path = "request/asking.rs"]
mod asking;
#[path = "land/drawn.rs"]
mod drawn;
#[path = "request/golden.rs"]
mod golden;
#[path = "request/properties.rs"]
mod properties;
#[path = "request/slips.rs"]
mod slips;
