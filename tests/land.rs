//! Economic land on territories drawn by hand: each has a story, and an answer found on paper.
// A test that cannot go on has failed: that is what unwrap is for here.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "land/drawn.rs"]
mod drawn;
#[path = "land/inventories.rs"]
mod inventories;
#[path = "land/properties.rs"]
mod properties;
#[path = "land/stories.rs"]
mod stories;
