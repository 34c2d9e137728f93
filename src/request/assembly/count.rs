//! How many connected sets there are.

use super::graph::Graph;

/// Units of a component beyond which nothing is counted: there would be too many sets.
const MOST_UNITS: usize = 1000;

/// Number of connected sets of units, of any area; `None` if it is more than the limit or a component has more than 1000
/// units.
///
/// Each is counted once, by its lowest unit and then by taking or leaving one unit that joins at a time.
#[must_use]
pub fn connected_sets(graph: &Graph, limit: u64) -> Option<u64> {
    if graph.components().iter().any(|component| component.len() > MOST_UNITS) {
        return None;
    }
    let mut count = Count { graph, left: limit, closed: vec![false; graph.len()] };
    for unit in 0..graph.len() as u32 {
        count.closed[unit as usize] = true;
        count.extend(&mut vec![unit], 0)?;
    }
    Some(limit - count.left)
}

struct Count<'a> {
    graph: &'a Graph,
    left: u64,
    /// Units taken or left for good.
    closed: Vec<bool>,
}

impl Count<'_> {
    /// All sets with the units given; those before a place have no neighbours left to decide on.
    fn extend(&mut self, units: &mut Vec<u32>, mut at: usize) -> Option<()> {
        self.left = self.left.checked_sub(1)?;
        let mut decided = Vec::new();
        while let Some(unit) = units.get(at).copied() {
            let open = self.graph.near(unit).iter().map(|(other, _)| *other);
            let Some(next) = open.filter(|other| !self.closed[*other as usize]).min() else {
                at += 1;
                continue;
            };
            self.closed[next as usize] = true;
            decided.push(next);
            units.push(next);
            self.extend(units, at)?;
            units.pop();
        }
        for unit in decided {
            self.closed[unit as usize] = false;
        }
        Some(())
    }
}
