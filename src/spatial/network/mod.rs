//! The road graph: who can drive where, how far, how long.
//!
//! Lines become edges between nodes ([`RoadNetwork::build`]), places get on it at the nearest point of an edge
//! ([`RoadNetwork::accesses`]), and one search from many places at once gives the cost of every node
//! ([`RoadNetwork::field`]). One-way edges are respected everywhere, on the first and last stretch too.
//!
//! Nodes are ends of lines, joined when they are nearer than the tolerance whatever their level: a bridge meets its
//! ramp at its end. A line that crosses another without a node, as over a bridge, does not meet it. An end that meets
//! no other end is joined to the inside of a line of its own level (T-junction) within the same tolerance.
//!
//! `petgraph` joins ends into nodes and nodes into pieces; the search is our own, since its Dijkstra neither stops at a
//! limit nor starts from several nodes with costs (`benches/network.rs` runs them side by side).

mod access;
mod build;
mod field;
mod isochrone;
mod noding;
mod order;
mod reach;
mod rows;
mod search;
mod travel;

use geo::Coord;
use geo::Geometry;

use crate::spatial::index::SpatialIndex;

pub use access::Access;
pub use field::Field;
pub use field::Toward;
pub use isochrone::OFF_ROAD_M;
pub use reach::ReachTable;
pub use travel::Travel;

/// Ends of lines nearer than this are one node, in metres. Producers' networks meet to the centimetre; half a metre
/// also bears a change of projection, and is less than the shortest stretch of a real network (2.1 m).
pub const NODE_TOLERANCE_M: f64 = 0.5;

/// Speed from a place to the road it gets on, in km/h, when a cost is in minutes: a yard, a private way. Our judgement.
pub const ACCESS_KMH: f64 = 15.0;

/// Metres per minute of one kilometre per hour.
pub(crate) const M_PER_MIN_OF_KMH: f64 = 1_000.0 / 60.0;

/// Which way a line may be driven, seen from its first point.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Direction {
    /// Both ways.
    #[default]
    Both,
    /// From the first point to the last.
    Forward,
    /// From the last point to the first.
    Backward,
}

impl Direction {
    /// Whether it may be driven from the first point to the last.
    #[must_use]
    pub fn is_forward(self) -> bool {
        self != Self::Backward
    }

    /// Whether it may be driven from the last point to the first.
    #[must_use]
    pub fn is_backward(self) -> bool {
        self != Self::Forward
    }
}

/// A line that can be driven.
#[derive(Debug, Clone, Copy)]
pub struct RoadStretch<'a> {
    /// A line, or several: each part is a stretch. Anything else is counted and left out.
    pub line: &'a Geometry,
    /// Usual speed, km/h, above 0. A stretch of any other speed is counted and left out.
    pub speed_kmh: f64,
    /// Which way.
    pub direction: Direction,
    /// Level: 0 on the ground, above on bridges, below in tunnels. Only lines of one level make a T-junction.
    pub level: i32,
    /// Whether what lies beside can get on: not on a motorway, not from under a bridge.
    pub opens: bool,
}

/// What a cost counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cost {
    /// Metres by road.
    Meters,
    /// Minutes at the speed of each stretch.
    Minutes,
}

impl Cost {
    /// The cost of the straight part between a place and its point of access, `distance_m` metres.
    #[must_use]
    pub fn of_access(self, distance_m: f64) -> f64 {
        match self {
            Self::Meters => distance_m,
            Self::Minutes => distance_m / (ACCESS_KMH * M_PER_MIN_OF_KMH),
        }
    }
}

/// How a network was built, to be told.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct NetworkReport {
    /// Nodes.
    pub nodes: usize,
    /// Edges: stretches, cut at T-junctions.
    pub edges: usize,
    /// Length of all edges, metres.
    pub length_m: f64,
    /// Pieces that no road joins, one-way signs aside.
    pub components: usize,
    /// Share of the length that is in the longest piece, 0 to 1; 0 for an empty network.
    pub largest_share: f64,
    /// Nodes whose ends did not lie on one point and were joined.
    pub snapped_nodes: usize,
    /// Ends joined to the inside of another line.
    pub t_junctions: usize,
    /// Nodes with a single end: dead ends, and roads cut at the edge of the data.
    pub dead_ends: usize,
    /// Stretches shorter than the tolerance, gone into one node.
    pub collapsed: usize,
    /// Stretches without a line, with coordinates or a speed that are no numbers: left out.
    pub unusable: usize,
}

/// A piece of the network that no road joins to the others, one-way signs aside.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct NetworkPiece {
    /// Edges in it.
    pub edges: usize,
    /// Their length, metres.
    pub length_m: f64,
    /// A node of it: the first.
    pub at: Coord,
}

/// Cost of an arc, both ways of counting.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct ArcCost {
    meters: f64,
    minutes: f64,
}

impl ArcCost {
    fn of(self, cost: Cost) -> f64 {
        match cost {
            Cost::Meters => self.meters,
            Cost::Minutes => self.minutes,
        }
    }
}

/// A piece of a stretch between two nodes.
#[derive(Debug, Clone, Copy)]
struct Edge {
    from: u32,
    to: u32,
    cost: ArcCost,
    direction: Direction,
    opens: bool,
}

/// A road graph, with its edges indexed. Immutable.
#[derive(Debug)]
pub struct RoadNetwork {
    nodes: Vec<Coord>,
    component_of: Vec<u32>,
    edges: Vec<Edge>,
    /// The line of each edge, from its first node to its second.
    lines: Vec<Geometry>,
    index: SpatialIndex,
    arcs: rows::Arcs,
    steps: search::Steps,
    report: NetworkReport,
    tolerance_m: f64,
}

impl RoadNetwork {
    /// How it was built.
    #[must_use]
    pub fn report(&self) -> &NetworkReport {
        &self.report
    }

    /// Places of the nodes along a Hilbert curve: the number of a node is its position here. Neighbours have near
    /// numbers, so that a search stays in the processor's near memory; the order depends on the places alone.
    #[must_use]
    pub fn nodes(&self) -> &[Coord] {
        &self.nodes
    }

    /// The piece of the network that a node is in, one-way signs aside. `None` for a number that is no node.
    #[must_use]
    pub fn component_of(&self, node: u32) -> Option<u32> {
        self.component_of.get(node as usize).copied()
    }

    /// The pieces that no road joins, the longest first.
    #[must_use]
    pub fn pieces(&self) -> Vec<NetworkPiece> {
        let mut pieces: Vec<NetworkPiece> = Vec::with_capacity(self.report.components);
        // Labels rise with the first node of their piece.
        for (label, at) in self.component_of.iter().zip(&self.nodes) {
            if *label as usize == pieces.len() {
                pieces.push(NetworkPiece { edges: 0, length_m: 0.0, at: *at });
            }
        }
        for edge in &self.edges {
            let piece = self.component_of(edge.from).and_then(|at| pieces.get_mut(at as usize));
            if let Some(piece) = piece {
                piece.edges += 1;
                piece.length_m += edge.cost.meters;
            }
        }
        pieces.sort_by(|a, b| {
            b.length_m
                .total_cmp(&a.length_m)
                .then_with(|| a.at.x.total_cmp(&b.at.x))
                .then_with(|| a.at.y.total_cmp(&b.at.y))
        });
        pieces
    }

    /// The piece of the network that a place gets on at, one-way signs aside.
    #[must_use]
    pub fn piece_of(&self, access: &Access) -> Option<u32> {
        self.edges.get(access.edge as usize).and_then(|edge| self.component_of(edge.from))
    }
}
