//! Land assemblies: which units that join make up the land that is needed.
mod bound;
mod branch;
mod found;
mod graph;
mod grow;
mod halves;
mod local;
mod need;
mod piece;
mod relaxed;

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
