//! Land assemblies: which units that join make up the land that is needed.
//!
//! A company needs so much land, more than one parcel has. An *assembly* is a set of units that hang together and have an
//! area within the bounds. The best one is looked for by a list of aims, each of which decides only where those before it
//! are equal: few owners, few units, little excess, a low cost, a compact shape. Where all are equal, the lower list of
//! units comes first, so that nothing depends on the order in which edges are given.
//!
//! | piece | search |
//! |---|---|
//! | up to 128 units | branch and bound over all connected sets (`branch.rs`, with the bounds of `bound.rs`) |
//! | up to 48 units, where that is not enough | all sets of two halves put together (`halves.rs`, `tree.rs`, `pairs.rs`) |
//! | more | the same about each unit in turn, after sets grown from some of them (`piece.rs`, `grow.rs`) |
//!
//! Each assembly says whether it is proven or, where the budget of nodes ran out, what nothing can be better than. Nodes are
//! counted, not seconds: the same input gives the same result on every machine.
//!
//! Areas, lengths and costs are reckoned in whole millionths (mm² for areas), so that sums are exact.

mod bound;
mod branch;
mod count;
mod excess;
mod found;
mod graph;
mod grow;
mod halves;
mod local;
mod need;
mod pairs;
mod piece;
mod pivots;
mod pool;
mod relaxed;
mod tree;

pub use count::connected_sets;
pub use found::Found;
pub use found::Proof;
pub use found::merge;
pub use found::search;
pub use found::search_component;
pub use graph::Edge;
pub use graph::Graph;
pub use graph::GraphError;
pub use graph::Unit;
pub use need::Aim;
pub use need::Assembly;
pub use need::Need;
pub use need::NeedError;
pub use piece::Accept;
pub use pivots::Dependence;
pub use pivots::Without;
pub use pivots::pivots;
