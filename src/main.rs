//! The `gisement` command.

fn main() {}
