//! The edges that areas laid side by side do not share, as closed rings.
//!
//! An edge that one area has in one direction and its neighbour in the other changes nothing to how often a place is
//! covered: both are left out. What is left winds round every place as many times as there are areas on it, with a
//! small part of the edges.

use std::cmp::Ordering;

use geo::Coord;
use geo::Geometry;
use geo::LineString;
use rayon::slice::ParallelSliceMut;

use crate::spatial::overlay_area::for_each_ring;

/// An edge with its ends in order, and the direction it was met in.
struct Edge {
    low: Coord,
    high: Coord,
    forwards: bool,
}

fn order(a: &Coord, b: &Coord) -> Ordering {
    a.x.total_cmp(&b.x).then(a.y.total_cmp(&b.y))
}

/// The rings that are left: shells turn counter-clockwise. The order of the areas does not matter.
pub(crate) fn unshared_rings<'a>(areas: impl IntoIterator<Item = &'a Geometry>) -> Vec<LineString> {
    let mut edges: Vec<Edge> = Vec::new();
    for area in areas {
        for_each_ring(area, &mut |ring, backwards| {
            for pair in ring.windows(2) {
                // Minus zero and zero are one place.
                let [a, b] = [0, 1].map(|k| Coord { x: pair[k].x + 0.0, y: pair[k].y + 0.0 });
                match order(&a, &b) {
                    Ordering::Less => edges.push(Edge { low: a, high: b, forwards: !backwards }),
                    Ordering::Greater => edges.push(Edge { low: b, high: a, forwards: backwards }),
                    Ordering::Equal => {}
                }
            }
        });
    }
    edges.par_sort_unstable_by(|p, q| order(&p.low, &q.low).then(order(&p.high, &q.high)));
    let mut left: Vec<(Coord, Coord)> = Vec::new();
    for same in edges.chunk_by(|p, q| p.low == q.low && p.high == q.high) {
        let net: i64 = same.iter().map(|edge| if edge.forwards { 1 } else { -1 }).sum();
        let Some(edge) = same.first() else { continue };
        let arrow = if net > 0 { (edge.low, edge.high) } else { (edge.high, edge.low) };
        left.extend(std::iter::repeat_n(arrow, usize::try_from(net.unsigned_abs()).unwrap_or(0)));
    }
    left.sort_unstable_by(|p, q| order(&p.0, &q.0).then(order(&p.1, &q.1)));
    walk(&left)
}

/// Rings from arrows sorted by their start, as many of which leave each place as arrive there.
fn walk(arrows: &[(Coord, Coord)]) -> Vec<LineString> {
    // A place is called by the number of the first arrow that leaves it.
    let place_of = |at: &Coord| arrows.partition_point(|arrow| order(&arrow.0, at).is_lt());
    let mut next: Vec<usize> = (0..arrows.len()).collect();
    let mut depth: Vec<Option<usize>> = vec![None; arrows.len()];
    let mut rings = Vec::new();
    let mut start = 0;
    while start < arrows.len() {
        let mut path: Vec<usize> = vec![start];
        depth[start] = Some(0);
        while let Some(&here) = path.last() {
            let taken = next[here];
            let leaves = arrows.get(taken).is_some_and(|arrow| arrow.0 == arrows[here].0);
            if !leaves {
                // Every way from here is taken: the walk is over, and all of it was closed into rings.
                depth[here] = None;
                path.pop();
                continue;
            }
            next[here] += 1;
            let there = place_of(&arrows[taken].1);
            if there >= arrows.len() || arrows[there].0 != arrows[taken].1 {
                // Rings are closed, so this cannot be; were it so, the area would be found wrong later.
                continue;
            }
            match depth[there] {
                Some(from) => {
                    let mut ring: Vec<Coord> = path[from..].iter().map(|k| arrows[*k].0).collect();
                    ring.push(arrows[there].0);
                    rings.push(LineString(ring));
                    for place in path.drain(from + 1..) {
                        depth[place] = None;
                    }
                }
                None => {
                    depth[there] = Some(path.len());
                    path.push(there);
                }
            }
        }
        start += 1;
        while start < arrows.len() && !is_untaken_place(arrows, &next, start) {
            start += 1;
        }
    }
    rings
}

/// Whether `k` is the first arrow of its place, and an arrow of the place is not taken yet.
fn is_untaken_place(arrows: &[(Coord, Coord)], next: &[usize], k: usize) -> bool {
    let first = k == 0 || arrows[k - 1].0 != arrows[k].0;
    first && arrows.get(next[k]).is_some_and(|arrow| arrow.0 == arrows[k].0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spatial::segment::ring_area_twice;
    use geo::Rect;

    fn square(x: f64, y: f64, side: f64) -> Geometry {
        Geometry::Polygon(Rect::new((x, y), (x + side, y + side)).to_polygon())
    }

    fn area(rings: &[LineString]) -> f64 {
        rings.iter().map(|ring| ring_area_twice(&ring.0) / 2.0).sum()
    }

    #[test]
    fn what_two_areas_share_is_left_out() {
        let pair = [square(0., 0., 10.), square(10., 0., 10.)];
        let rings = unshared_rings(&pair);
        assert_eq!(rings.len(), 1);
        assert_eq!(rings[0].0.len(), 7);
        assert_eq!(area(&rings), 200.0);
    }

    #[test]
    fn nine_squares_have_one_border_and_eight_leave_a_gap() {
        let all: Vec<Geometry> =
            (0..9).map(|k| square(f64::from(k % 3) * 10., f64::from(k / 3) * 10., 10.)).collect();
        assert_eq!(unshared_rings(&all).len(), 1);
        let ring: Vec<&Geometry> =
            all.iter().enumerate().filter(|(k, _)| *k != 4).map(|(_, square)| square).collect();
        let rings = unshared_rings(ring);
        assert_eq!(rings.len(), 2);
        assert_eq!(area(&rings), 800.0);
    }

    #[test]
    fn squares_that_touch_at_a_corner_are_two_rings() {
        let rings = unshared_rings(&[square(0., 0., 10.), square(10., 10., 10.)]);
        assert_eq!(rings.len(), 2);
        assert_eq!(area(&rings), 200.0);
    }

    #[test]
    fn the_same_area_twice_winds_twice() {
        let rings = unshared_rings(&[square(0., 0., 10.), square(0., 0., 10.)]);
        assert_eq!(area(&rings), 200.0);
    }
}
