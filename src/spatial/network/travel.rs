//! From many places to many others, within a limit.

use rayon::prelude::*;

use super::Access;
use super::Cost;
use super::RoadNetwork;
use super::Toward;
use super::search::Room;

/// The way from one place to another.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Travel {
    /// Number of the place that it leaves.
    pub from: u32,
    /// Number of the place that it leads to.
    pub to: u32,
    /// Least cost, straight parts at both ends included.
    pub cost: f64,
}

impl RoadNetwork {
    /// The ways from places to others that cost at most `limit`, by the first, then the second; pairs that no way joins
    /// within it are left out.
    ///
    /// One bounded search for each place of the side that has fewer, in parallel, in room that is used again: memory is
    /// that of the answer. The answer does not depend on the number of threads.
    #[must_use]
    pub fn travel(
        &self,
        from: &[Vec<Access>],
        to: &[Vec<Access>],
        cost: Cost,
        limit: f64,
    ) -> Vec<Travel> {
        let is_turned = to.len() < from.len();
        let (starts, others) = if is_turned { (to, from) } else { (from, to) };
        let toward = if is_turned { Toward::Places } else { Toward::Nodes };
        let found: Vec<Vec<(u32, f64)>> = starts
            .par_iter()
            .map_init(Room::default, |room, accesses| {
                let field = self.field_in(room, accesses, toward, cost, limit);
                let reached = (0_u32..)
                    .zip(others)
                    .filter_map(|(other, accesses)| Some((other, field.at(accesses)?)))
                    .collect();
                field.leave(room);
                reached
            })
            .collect();
        let mut ways: Vec<Travel> = (0_u32..)
            .zip(found)
            .flat_map(|(start, reached)| {
                reached.into_iter().map(move |(other, cost)| match is_turned {
                    true => Travel { from: other, to: start, cost },
                    false => Travel { from: start, to: other, cost },
                })
            })
            .collect();
        if is_turned {
            ways.sort_by_key(|way| (way.from, way.to));
        }
        ways
    }
}
