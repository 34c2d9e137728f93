//! Joins arcs into rings.
//!
//! The arcs of an area come in any order and direction. They are walked from node to node; where
//! more than two arcs meet, the walk takes the next one clockwise, so that rings touch but never
//! cross. A ring is cut off as soon as the walk comes back to a node, so that no ring touches
//! itself at a node.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use geo::Coord;
use geo::LineString;

use super::super::row::GeometryFault;

/// Where more arcs than this meet (no cadastre comes near), any of them is taken: looking at all
/// of them each time would let a hostile file take hours.
const MAX_TURNS: usize = 256;

type Node = (u64, u64);

/// An end of an arc: which arc, and whether the walk leaves it from there forwards.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct End {
    arc: usize,
    forward: bool,
}

/// The rings that the arcs make, each closed.
///
/// # Errors
/// When an arc leads nowhere.
pub(super) fn rings(arcs: &[&[Coord<f64>]]) -> Result<Vec<LineString<f64>>, GeometryFault> {
    let mut rings = Vec::new();
    let mut walk =
        Walk { arcs: Vec::with_capacity(arcs.len()), used: Vec::new(), ends: HashMap::new() };
    for arc in arcs {
        let (Some(&first), Some(&last)) = (arc.first(), arc.last()) else { continue };
        if first != last {
            walk.add(arc);
        } else if arc.iter().any(|&at| at != first) {
            rings.push(LineString::new(arc.to_vec()));
        }
    }
    if walk.ends.values().any(|ends| ends.len() % 2 == 1) {
        return Err(GeometryFault::malformed("the outline of an area is not closed"));
    }
    for arc in 0..walk.arcs.len() {
        if !walk.used[arc] {
            walk.from(arc, &mut rings);
        }
    }
    Ok(rings)
}

struct Walk<'a> {
    arcs: Vec<&'a [Coord<f64>]>,
    used: Vec<bool>,
    /// For each node the ends of its arcs; those walked are taken out when the node is met again.
    ends: HashMap<Node, Vec<End>>,
}

const fn node(at: Coord<f64>) -> Node {
    (at.x.to_bits(), at.y.to_bits())
}

impl<'a> Walk<'a> {
    fn add(&mut self, arc: &'a [Coord<f64>]) {
        let index = self.arcs.len();
        self.arcs.push(arc);
        self.used.push(false);
        for (at, forward) in [(arc[0], true), (arc[arc.len() - 1], false)] {
            self.ends.entry(node(at)).or_default().push(End { arc: index, forward });
        }
    }

    /// Positions of an arc, in the direction of the walk.
    fn positions(&self, end: End) -> Box<dyn DoubleEndedIterator<Item = Coord<f64>> + 'a> {
        let positions = self.arcs[end.arc].iter().copied();
        if end.forward { Box::new(positions) } else { Box::new(positions.rev()) }
    }

    /// Marks an arc as walked and tells the node that it leads to.
    fn take(&mut self, end: End) -> Node {
        self.used[end.arc] = true;
        let arc = self.arcs[end.arc];
        node(if end.forward { arc[arc.len() - 1] } else { arc[0] })
    }

    /// Walks until all arcs of the way are in rings. Every node has an even number of arcs, so the
    /// way can only end where it began.
    fn from(&mut self, arc: usize, rings: &mut Vec<LineString<f64>>) {
        let start = node(self.arcs[arc][0]);
        let mut way: Vec<(Node, End)> = Vec::new();
        let mut visited: HashMap<Node, usize> = HashMap::from([(start, 0)]);
        let mut end = End { arc, forward: true };
        let mut from = start;
        loop {
            let to = self.take(end);
            way.push((from, end));
            match visited.entry(to) {
                Entry::Vacant(entry) => {
                    entry.insert(way.len());
                }
                Entry::Occupied(entry) => {
                    let begins = *entry.get();
                    for (left, _) in way.iter().skip(begins + 1) {
                        visited.remove(left);
                    }
                    rings.push(self.ring(&way[begins..]));
                    way.truncate(begins);
                    if way.is_empty() {
                        return;
                    }
                }
            }
            let Some(next) = self.next(to, end) else { return };
            (from, end) = (to, next);
        }
    }

    fn ring(&self, way: &[(Node, End)]) -> LineString<f64> {
        let mut ring: Vec<Coord<f64>> = Vec::new();
        for &(_, end) in way {
            let skip = usize::from(!ring.is_empty());
            ring.extend(self.positions(end).skip(skip));
        }
        LineString::new(ring)
    }

    /// The first arc clockwise from the one that the walk came by.
    fn next(&mut self, at: Node, came_by: End) -> Option<End> {
        let ends = self.ends.get_mut(&at)?;
        while ends.last().is_some_and(|end| self.used[end.arc]) {
            ends.pop();
        }
        if ends.len() > MAX_TURNS {
            return ends.last().copied();
        }
        ends.retain(|end| !self.used[end.arc]);
        let ends = &self.ends[&at];
        let here = Coord { x: f64::from_bits(at.0), y: f64::from_bits(at.1) };
        let leaving = |end: End| {
            let other = self.positions(end).find(|&position| position != here);
            other.map_or(Coord { x: 0.0, y: 0.0 }, |other| other - here)
        };
        let back = leaving(End { forward: !came_by.forward, ..came_by });
        let turns = ends.iter().map(|&end| (Turn::of(back, leaving(end)), end));
        turns
            .reduce(|best, other| if other.0.is_before(&best.0) { other } else { best })
            .map(|t| t.1)
    }
}

/// A direction, as an angle clockwise from another, in (0, 2π].
struct Turn {
    /// 0: less than a half turn, 1: half a turn, 2: more, 3: a whole one.
    quarter: u8,
    direction: Coord<f64>,
}

impl Turn {
    fn of(from: Coord<f64>, direction: Coord<f64>) -> Self {
        let side = cross(from, direction);
        let along = from.x * direction.x + from.y * direction.y;
        let quarter = match side {
            side if side < 0.0 => 0,
            side if side > 0.0 => 2,
            _ if along < 0.0 => 1,
            _ => 3,
        };
        Self { quarter, direction }
    }

    fn is_before(&self, other: &Self) -> bool {
        match self.quarter.cmp(&other.quarter) {
            std::cmp::Ordering::Equal => cross(other.direction, self.direction) > 0.0,
            order => order.is_lt(),
        }
    }
}

fn cross(a: Coord<f64>, b: Coord<f64>) -> f64 {
    a.x * b.y - a.y * b.x
}

#[cfg(test)]
mod tests {
    use geo::Area;
    use geo::Polygon;

    use super::*;

    fn line(at: &[(f64, f64)]) -> Vec<Coord<f64>> {
        at.iter().map(|&(x, y)| Coord { x, y }).collect()
    }

    fn areas(arcs: &[Vec<Coord<f64>>]) -> Result<Vec<f64>, GeometryFault> {
        let arcs: Vec<&[Coord<f64>]> = arcs.iter().map(Vec::as_slice).collect();
        let mut areas: Vec<f64> = rings(&arcs)?
            .into_iter()
            .map(|ring| {
                assert!(ring.is_closed());
                Polygon::new(ring, Vec::new()).unsigned_area()
            })
            .collect();
        areas.sort_by(f64::total_cmp);
        Ok(areas)
    }

    #[test]
    fn arcs_in_any_order_and_direction() {
        let arcs = [
            line(&[(0.0, 0.0), (4.0, 0.0)]),
            line(&[(0.0, 3.0), (0.0, 0.0)]),
            line(&[(0.0, 3.0), (4.0, 3.0), (4.0, 0.0)]),
            line(&[(1.0, 1.0), (2.0, 1.0), (2.0, 2.0), (1.0, 1.0)]),
        ];
        assert_eq!(areas(&arcs).unwrap(), [0.5, 12.0]);
    }

    #[test]
    fn an_open_outline_is_a_fault() {
        assert!(
            areas(&[line(&[(0.0, 0.0), (4.0, 0.0)]), line(&[(4.0, 0.0), (4.0, 3.0)])]).is_err()
        );
        assert_eq!(areas(&[]).unwrap(), [0.0; 0]);
    }

    /// Two triangles that touch in one node, their arcs given crosswise: two rings of area 1, not
    /// one that crosses itself, whichever arc the walk begins with.
    #[test]
    fn rings_touch_and_do_not_cross() {
        let mut arcs = vec![
            line(&[(-1.0, -1.0), (0.0, 0.0)]),
            line(&[(0.0, 0.0), (1.0, 1.0)]),
            line(&[(1.0, -1.0), (0.0, 0.0)]),
            line(&[(0.0, 0.0), (-1.0, 1.0)]),
            line(&[(-1.0, 1.0), (-1.0, -1.0)]),
            line(&[(1.0, 1.0), (1.0, -1.0)]),
        ];
        for _ in 0..arcs.len() {
            assert_eq!(areas(&arcs).unwrap(), [1.0, 1.0]);
            arcs.rotate_left(1);
        }
    }

    /// Two lenses side by side between the same three nodes, as a face with a hole that touches
    /// its outline twice has them.
    #[test]
    fn loops_are_cut_off_at_each_node() {
        let arcs = [
            line(&[(0.0, 0.0), (1.0, 1.0), (2.0, 0.0)]),
            line(&[(2.0, 0.0), (3.0, 1.0), (4.0, 0.0)]),
            line(&[(4.0, 0.0), (3.0, -1.0), (2.0, 0.0)]),
            line(&[(2.0, 0.0), (1.0, -1.0), (0.0, 0.0)]),
        ];
        assert_eq!(areas(&arcs).unwrap(), [2.0, 2.0]);
    }

    #[test]
    fn many_arcs_at_one_node_take_no_time() {
        let mut arcs = Vec::new();
        for step in 0..20_000 {
            let x = f64::from(step);
            arcs.push(line(&[(0.0, 0.0), (x, 1.0)]));
            arcs.push(line(&[(x, 1.0), (x + 0.5, 1.0), (0.0, 0.0)]));
        }
        let start = std::time::Instant::now();
        assert_eq!(areas(&arcs).unwrap().len(), 20_000);
        assert!(start.elapsed().as_secs() < 20);
    }
}
