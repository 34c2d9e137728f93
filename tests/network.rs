//! The road network: small ones drawn by hand, and a real one against networkx (`tests/reference/network.py`).

// Clippy lets test functions unwrap, but not the functions that they share.
#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout)]

/// The demonstration network.
#[path = "network/demonstration.rs"]
mod demonstration;

/// Networks drawn by hand, with answers worked out on paper.
#[path = "network/drawn.rs"]
mod drawn;

/// The ground within so many minutes.
#[path = "network/isochrones.rs"]
mod isochrones;

/// Files of roads in the forms of their producers, and in forms of one's own.
#[path = "network/layouts.rs"]
mod layouts;

/// Measures by road in profiles, on a drawn territory.
#[path = "network/measures.rs"]
mod measures;

/// 4 981 real segments of BD TOPO against networkx.
#[path = "network/real.rs"]
mod real;

/// Minutes between many places and many others.
#[path = "network/travel.rs"]
mod travel;
