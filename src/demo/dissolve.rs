//! Union of noded polygons by striking out the edges they share.
//!
//! Exact and fast because both sides of every inner edge carry the very same points; used for zones, economic zones
//! and brownfields, which are sets of blocks or parcels.

use std::collections::BTreeMap;

use geo_types::Coord;
use geo_types::LineString;
use geo_types::Polygon;

use super::power_diagram::area;

type Key = (i64, i64);

fn key(at: Coord<f64>) -> Key {
    ((at.x * 100.0).round() as i64, (at.y * 100.0).round() as i64)
}

fn place(key: Key) -> Coord<f64> {
    Coord { x: key.0 as f64 / 100.0, y: key.1 as f64 / 100.0 }
}

/// The union of counter-clockwise open rings on the grid of one centimetre.
pub(crate) fn dissolve(rings: &[Vec<Coord<f64>>]) -> Vec<Polygon<f64>> {
    let mut edges: BTreeMap<(Key, Key), i32> = BTreeMap::new();
    for ring in rings {
        for k in 0..ring.len() {
            let (a, b) = (key(ring[k]), key(ring[(k + 1) % ring.len()]));
            if a == b {
                continue;
            }
            if let Some(count) = edges.get_mut(&(b, a)) {
                *count -= 1;
                if *count == 0 {
                    edges.remove(&(b, a));
                }
            } else {
                *edges.entry((a, b)).or_insert(0) += 1;
            }
        }
    }
    let mut leaving: BTreeMap<Key, Vec<Key>> = BTreeMap::new();
    for (a, b) in edges.keys() {
        leaving.entry(*a).or_default().push(*b);
    }
    let (mut shells, mut holes) = (Vec::new(), Vec::new());
    while let Some((start, mut first)) = leaving.pop_first() {
        let Some(next) = first.pop() else { continue };
        if !first.is_empty() {
            leaving.insert(start, first);
        }
        let mut ring = vec![start];
        let (mut before, mut at) = (start, next);
        while at != start {
            ring.push(at);
            let Some(options) = leaving.get_mut(&at) else { break };
            // Where two rings touch, the leftmost turn keeps each of them simple.
            let turned = |to: Key| {
                let (u, v) = (place(at) - place(before), place(to) - place(at));
                (u.x * v.y - u.y * v.x).atan2(u.x * v.x + u.y * v.y)
            };
            let best = (0..options.len())
                .max_by(|a, b| turned(options[*a]).total_cmp(&turned(options[*b])));
            let Some(best) = best else { break };
            let to = options.swap_remove(best);
            if options.is_empty() {
                leaving.remove(&at);
            }
            (before, at) = (at, to);
        }
        if at != start {
            continue;
        }
        for ring in simple_loops(&ring) {
            let ring: Vec<Coord<f64>> = ring.into_iter().map(place).collect();
            let signed = area(&ring);
            if ring.len() >= 3 && signed.abs() > 0.5 {
                if signed > 0.0 { shells.push(ring) } else { holes.push(ring) }
            }
        }
    }
    assemble(shells, holes)
}

/// A ring that passes twice through a point, as two rings that touch there.
fn simple_loops(ring: &[Key]) -> Vec<Vec<Key>> {
    let mut loops = Vec::new();
    let mut path: Vec<Key> = Vec::with_capacity(ring.len());
    let mut ranks: BTreeMap<Key, usize> = BTreeMap::new();
    for &at in ring {
        if let Some(&rank) = ranks.get(&at) {
            let closed = path.split_off(rank);
            for passed in &closed {
                ranks.remove(passed);
            }
            loops.push(closed);
        }
        ranks.insert(at, path.len());
        path.push(at);
    }
    loops.push(path);
    loops
}

/// Polygons from counter-clockwise shells and clockwise holes, each hole in the smallest shell around it.
pub(crate) fn assemble(
    shells: Vec<Vec<Coord<f64>>>,
    holes: Vec<Vec<Coord<f64>>>,
) -> Vec<Polygon<f64>> {
    let mut inner: Vec<Vec<LineString<f64>>> = vec![Vec::new(); shells.len()];
    for hole in holes {
        let edge_middle = (hole[0] + hole[1]) / 2.0;
        let owner = (0..shells.len())
            .filter(|shell| contains(&shells[*shell], edge_middle))
            .min_by(|a, b| area(&shells[*a]).total_cmp(&area(&shells[*b])));
        if let Some(owner) = owner {
            inner[owner].push(closed(hole));
        }
    }
    shells.into_iter().zip(inner).map(|(shell, holes)| Polygon::new(closed(shell), holes)).collect()
}

fn closed(mut ring: Vec<Coord<f64>>) -> LineString<f64> {
    ring.push(ring[0]);
    LineString::new(ring)
}

/// True when the place is inside the open ring (even-odd rule).
pub(crate) fn contains(ring: &[Coord<f64>], at: Coord<f64>) -> bool {
    let mut inside = false;
    for k in 0..ring.len() {
        let (a, b) = (ring[k], ring[(k + 1) % ring.len()]);
        if (a.y > at.y) != (b.y > at.y) && at.x < a.x + (b.x - a.x) * (at.y - a.y) / (b.y - a.y) {
            inside = !inside;
        }
    }
    inside
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tile(x: f64, y: f64) -> Vec<Coord<f64>> {
        [(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)]
            .iter()
            .map(|(dx, dy)| Coord { x: 10.0 * (x + dx), y: 10.0 * (y + dy) })
            .collect()
    }

    #[test]
    fn a_ring_of_tiles_has_a_hole() {
        let tiles: Vec<_> =
            (0..9).filter(|k| *k != 4).map(|k| tile(f64::from(k % 3), f64::from(k / 3))).collect();
        let union = dissolve(&tiles);
        assert_eq!(union.len(), 1);
        assert_eq!(union[0].interiors().len(), 1);
    }

    #[test]
    fn a_hole_that_touches_the_shell_stays_a_hole() {
        // Two tiles missing: the middle one and a corner one, which touch at one point.
        let tiles: Vec<_> = (0..9)
            .filter(|k| ![0, 4].contains(k))
            .map(|k| tile(f64::from(k % 3), f64::from(k / 3)))
            .collect();
        let union = dissolve(&tiles);
        assert_eq!(union.len(), 1);
        assert_eq!(union[0].interiors().len(), 1);
        let mut shell = union[0].exterior().0.clone();
        shell.pop();
        let count = shell.len();
        shell.sort_by(|a, b| a.x.total_cmp(&b.x).then(a.y.total_cmp(&b.y)));
        shell.dedup();
        assert_eq!(shell.len(), count, "the shell passes twice through a point");
    }

    #[test]
    fn tiles_that_touch_at_a_corner_stay_two() {
        let union = dissolve(&[tile(0.0, 0.0), tile(1.0, 1.0)]);
        assert_eq!(union.len(), 2);
    }
}
