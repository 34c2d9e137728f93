//! Cells of given areas around given centres: the straight drawing of the communes.
//!
//! A power diagram gives convex cells whose edges are each shared by exactly two sites. The weights are found by
//! a damped Jacobi iteration on the areas (the exact problem is semi-discrete optimal transport), while the sites move
//! a little so that the centroid of each cell comes near its centre. Sites placed around the territory close the cells of its rim.

use geo_types::Coord;

/// One edge of a cell: from corner `k` to the next, shared with the site `neighbour`.
#[derive(Debug, Clone)]
pub(crate) struct Cell {
    pub(crate) corners: Vec<Coord<f64>>,
    /// Site on the other side of the edge that starts at the corner of the same rank.
    pub(crate) neighbours: Vec<usize>,
}

const ITERATIONS: usize = 230;
/// Sites move during the first iterations only; the areas settle afterwards.
const MOVING_ITERATIONS: usize = 150;
/// Distance between the sites around the territory: small beside the communes, so that they can follow its outline.
const RIM_STEP_M: f64 = 2_000.0;
const FARTHEST_NEIGHBOUR_M: f64 = 26_000.0;

/// The cells of the first `areas_m2.len()` sites; further sites (without a target) only close the rim.
pub(crate) fn cells(centres: &[Coord<f64>], areas_m2: &[f64]) -> Vec<Cell> {
    let radius2 = |area: f64| area / std::f64::consts::PI;
    let mut sites: Vec<Coord<f64>> = centres.to_vec();
    sites.extend(rim(centres, areas_m2));
    let mut weights: Vec<f64> = (0..sites.len())
        .map(|site| areas_m2.get(site).map_or(RIM_STEP_M.powi(2) / 4.0, |area| radius2(*area)))
        .collect();
    let near: Vec<Vec<usize>> = (0..areas_m2.len()).map(|site| neighbours(&sites, site)).collect();
    for iteration in 0..ITERATIONS {
        let drawn: Vec<Cell> =
            (0..areas_m2.len()).map(|site| cell(&sites, &weights, site, &near[site])).collect();
        for (site, target) in areas_m2.iter().enumerate() {
            let gain: f64 = edges(&drawn[site])
                .map(|(a, b, other)| distance(a, b) / (2.0 * distance(sites[site], sites[other])))
                .sum();
            if gain <= 0.0 {
                // Its neighbours have eaten it: feed it until it has edges again.
                weights[site] += 0.2 * radius2(*target);
            } else {
                weights[site] += 0.55 * (target - area(&drawn[site].corners)) / gain;
            }
        }
        for (site, drawn) in drawn.iter().enumerate().filter(|_| iteration < MOVING_ITERATIONS) {
            // A small commune beside the centre of a large one has no cell of its area around its own centre: sites
            // move a little until it is the cell's centroid that lies there.
            let radius = radius2(areas_m2[site]).sqrt();
            if drawn.corners.len() < 3 {
                continue;
            }
            let near_edge = depths(drawn, centres[site]).any(|(_, depth)| depth < 0.25 * radius);
            let (rate, reach) = (if near_edge { 0.08 } else { 0.04 }, 0.9 * radius);
            let pull = (centres[site] - centroid(&drawn.corners)) * rate;
            let moved = sites[site] + pull - centres[site];
            let length = moved.x.hypot(moved.y);
            sites[site] =
                centres[site] + if length > reach { moved * (reach / length) } else { moved };
        }
    }
    let mut drawn: Vec<Cell> =
        (0..areas_m2.len()).map(|site| cell(&sites, &weights, site, &near[site])).collect();
    merge_corners(&mut drawn);
    drawn
}

/// Sites on a hexagonal grid around the territory, farther from every centre than its cell is wide.
fn rim(centres: &[Coord<f64>], areas_m2: &[f64]) -> Vec<Coord<f64>> {
    const STEP_M: f64 = RIM_STEP_M;
    let low = centres.iter().fold(f64::INFINITY, |low, c| low.min(c.x)) - 14_000.0;
    let high = centres.iter().fold(f64::NEG_INFINITY, |high, c| high.max(c.x)) + 14_000.0;
    let bottom = centres.iter().fold(f64::INFINITY, |low, c| low.min(c.y)) - 14_000.0;
    let top = centres.iter().fold(f64::NEG_INFINITY, |high, c| high.max(c.y)) + 14_000.0;
    let mut sites = Vec::new();
    let mut row = 0;
    let mut y = bottom;
    while y < top {
        let mut x = low + if row % 2 == 0 { 0.0 } else { STEP_M / 2.0 };
        while x < high {
            let at = Coord { x, y };
            let free = centres.iter().zip(areas_m2).all(|(centre, area)| {
                distance(at, *centre) > (area / std::f64::consts::PI).sqrt() + STEP_M * 0.45
            });
            let near = centres.iter().any(|centre| distance(at, *centre) < 13_000.0);
            if free && near {
                sites.push(at);
            }
            x += STEP_M;
        }
        y += STEP_M * 0.866;
        row += 1;
    }
    sites
}

fn neighbours(sites: &[Coord<f64>], site: usize) -> Vec<usize> {
    let mut near: Vec<usize> = (0..sites.len())
        .filter(|other| {
            *other != site && distance(sites[site], sites[*other]) < FARTHEST_NEIGHBOUR_M
        })
        .collect();
    near.sort_by(|a, b| {
        distance(sites[site], sites[*a]).total_cmp(&distance(sites[site], sites[*b]))
    });
    near
}

fn cell(sites: &[Coord<f64>], weights: &[f64], site: usize, near: &[usize]) -> Cell {
    let centre = sites[site];
    let far = 20_000.0;
    let corner = |x: f64, y: f64| centre + Coord { x: x * far, y: y * far };
    let mut drawn = Cell {
        corners: vec![corner(-1.0, -1.0), corner(1.0, -1.0), corner(1.0, 1.0), corner(-1.0, 1.0)],
        neighbours: vec![usize::MAX; 4],
    };
    for &other in near {
        let to = sites[other] - centre;
        let length = to.x.hypot(to.y);
        let unit = to / length;
        // The radical axis of the two weighted circles.
        let at = (length * length + weights[site] - weights[other]) / (2.0 * length);
        let beyond = |p: Coord<f64>| (p.x - centre.x) * unit.x + (p.y - centre.y) * unit.y - at;
        if drawn.corners.iter().all(|p| beyond(*p) <= 0.0) {
            continue;
        }
        let count = drawn.corners.len();
        let mut kept = Cell { corners: Vec::new(), neighbours: Vec::new() };
        for k in 0..count {
            let (a, b) = (drawn.corners[k], drawn.corners[(k + 1) % count]);
            let (da, db) = (beyond(a), beyond(b));
            if da <= 0.0 {
                kept.corners.push(a);
                kept.neighbours.push(drawn.neighbours[k]);
            }
            if (da <= 0.0) != (db <= 0.0) {
                kept.corners.push(a + (b - a) * (da / (da - db)));
                kept.neighbours.push(if da <= 0.0 { other } else { drawn.neighbours[k] });
            }
        }
        drawn = kept;
    }
    drawn
}

/// The place nearest to a centre, towards the centroid of its cell, that lies well inside the cell.
///
/// For some communes in a hundred, small ones whose real shape winds around a neighbour, no convex cell of the real
/// area holds the real centre: the town is then moved, by some hundred metres.
pub(crate) fn inner_centre(cell: &Cell, centre: Coord<f64>) -> Coord<f64> {
    let middle = centroid(&cell.corners);
    let margin = 0.12 * (area(&cell.corners) / std::f64::consts::PI).sqrt();
    (0..=20)
        .map(|step| centre + (middle - centre) * (f64::from(step) / 20.0))
        .find(|place| depths(cell, *place).all(|(_, depth)| depth > margin))
        .unwrap_or(middle)
}

/// How deep a place lies inside each edge of a cell: the site on the other side, and metres (negative outside).
fn depths(cell: &Cell, place: Coord<f64>) -> impl Iterator<Item = (usize, f64)> + '_ {
    edges(cell).map(move |(a, b, other)| {
        let (along, to) = (b - a, place - a);
        (other, (along.x * to.y - along.y * to.x) / along.x.hypot(along.y).max(1e-9))
    })
}

fn centroid(ring: &[Coord<f64>]) -> Coord<f64> {
    let origin = ring[0];
    let (mut sum, mut twice) = (Coord { x: 0.0, y: 0.0 }, 0.0);
    for k in 0..ring.len() {
        let (a, b) = (ring[k] - origin, ring[(k + 1) % ring.len()] - origin);
        let cross = a.x * b.y - a.y * b.x;
        sum = sum + (a + b) * cross;
        twice += cross;
    }
    origin + sum / (3.0 * twice)
}

/// Gives cells that share a corner the very same numbers, and drops edges shorter than the tolerance.
fn merge_corners(drawn: &mut [Cell]) {
    const TOLERANCE_M: f64 = 12.0;
    let mut known: Vec<Coord<f64>> = Vec::new();
    for cell in drawn.iter_mut() {
        for corner in &mut cell.corners {
            match known.iter().find(|other| distance(**other, *corner) < TOLERANCE_M) {
                Some(other) => *corner = *other,
                None => known.push(*corner),
            }
        }
        let count = cell.corners.len();
        let keep: Vec<bool> =
            (0..count).map(|k| cell.corners[k] != cell.corners[(k + 1) % count]).collect();
        let mut kept = keep.iter();
        cell.corners.retain(|_| kept.next().copied().unwrap_or(true));
        let mut kept = keep.iter();
        cell.neighbours.retain(|_| kept.next().copied().unwrap_or(true));
    }
}

/// The edges of a cell: start, end, site on the other side.
pub(crate) fn edges(cell: &Cell) -> impl Iterator<Item = (Coord<f64>, Coord<f64>, usize)> + '_ {
    let count = cell.corners.len();
    (0..count)
        .map(move |k| (cell.corners[k], cell.corners[(k + 1) % count], cell.neighbours[k]))
        .filter(|(_, _, other)| *other != usize::MAX)
}

pub(crate) fn distance(a: Coord<f64>, b: Coord<f64>) -> f64 {
    (a.x - b.x).hypot(a.y - b.y)
}

/// Signed area of a ring given without its closing point; positive when counter-clockwise.
pub(crate) fn area(ring: &[Coord<f64>]) -> f64 {
    let Some(origin) = ring.first().copied() else { return 0.0 };
    let mut twice = 0.0;
    for k in 0..ring.len() {
        let (a, b) = (ring[k] - origin, ring[(k + 1) % ring.len()] - origin);
        twice += a.x * b.y - a.y * b.x;
    }
    twice / 2.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_reach_the_areas_asked_for() {
        let mut centres = Vec::new();
        let mut areas = Vec::new();
        for i in 0..6 {
            for j in 0..6 {
                centres.push(Coord {
                    x: 4_000.0 * f64::from(i) + 300.0 * f64::from((i * 7 + j * 3) % 5),
                    y: 4_000.0 * f64::from(j),
                });
                areas.push(if (i + j) % 2 == 0 { 14e6 } else { 18e6 });
            }
        }
        for (cell, target) in cells(&centres, &areas).iter().zip(&areas) {
            assert!((area(&cell.corners) / target - 1.0).abs() < 0.02, "{}", area(&cell.corners));
        }
    }
}
