//! Graphs as cadastres have them, and worse.

use gisement::request::assembly::Aim;
use gisement::request::assembly::Edge;
use gisement::request::assembly::Unit;
use rand::RngExt;
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;

#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Shape {
    Grid,
    Triangles,
    Voronoi,
    Row,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Areas {
    /// 500 to 15 000 m².
    Random,
    /// 500 to 3 000 m², so that many are needed.
    Small,
    Equal,
    /// Two sizes.
    Two,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Owners {
    Each,
    Few,
    Some,
}

pub(super) fn orders() -> Vec<(Vec<Aim>, f64)> {
    use Aim::*;
    vec![
        (vec![Owners, Units, Excess, Cost, Shape], 100.0),
        (vec![Units, Excess, Cost, Shape], 1.0),
        (vec![Excess, Cost, Units], 1.0),
        (vec![Excess, Shape], 100.0),
        (vec![Cost, Units, Shape], 100.0),
        (vec![Shape, Owners], 100.0),
    ]
}

pub(super) fn needs(units: &[Unit]) -> Vec<(f64, f64)> {
    let all: f64 = units.iter().map(|unit| unit.area_m2).sum();
    let mut needs = vec![(5_000.0, f64::INFINITY), (20_000.0, 30_000.0), (60_000.0, f64::INFINITY)];
    needs.push(((all / 2.0).floor(), f64::INFINITY));
    needs.push(((all / 2.0).floor(), (all / 2.0).floor() + 2000.0));
    needs.retain(|need| need.0 < all);
    needs
}

pub(super) fn graph(
    n: usize,
    shape: Shape,
    areas: Areas,
    owners: Owners,
    seed: u64,
) -> (Vec<Unit>, Vec<Edge>) {
    let mut rng = ChaCha8Rng::seed_from_u64(seed ^ 0xA55E);
    let mut units: Vec<Unit> = (0..n)
        .map(|_| {
            let area_m2 = match areas {
                Areas::Random => f64::from(rng.random_range(500..=15_000_u32)),
                Areas::Small => f64::from(rng.random_range(500..=3_000_u32)),
                Areas::Equal => 3000.0,
                Areas::Two => [2000.0, 3100.0][rng.random_range(0..2)],
            };
            let owner = match owners {
                Owners::Each => None,
                Owners::Few => Some(rng.random_range(0..5_u32)),
                Owners::Some => Some(rng.random_range(0..(n as u32 / 2).max(1))),
            };
            let cost =
                (areas != Areas::Equal).then(|| (area_m2 * rng.random_range(0.5..1.5)).round());
            Unit {
                area_m2,
                owner,
                cost,
                perimeter_m: (area_m2.sqrt() * 4.0 * 1000.0).round() / 1000.0,
            }
        })
        .collect();
    let side = |units: &[Unit], a: usize, b: usize| {
        (units[a].area_m2.min(units[b].area_m2).sqrt() * 1000.0).floor() / 1000.0
    };
    let wide = (n as f64 / 1.6).sqrt().round().max(1.0) as usize;
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    match shape {
        Shape::Grid | Shape::Triangles => {
            for a in 0..n {
                if a % wide + 1 < wide && a + 1 < n {
                    pairs.push((a, a + 1));
                }
                if a + wide < n {
                    pairs.push((a, a + wide));
                }
                if shape == Shape::Triangles && a % wide + 1 < wide && a + wide + 1 < n {
                    pairs.push((a, a + wide + 1));
                }
            }
        }
        Shape::Voronoi => pairs = voronoi(n, &mut rng),
        // Plots on both sides of a road, two rows deep here and there.
        Shape::Row => {
            for a in 0..n {
                if a + 2 < n {
                    pairs.push((a, a + 2));
                }
                if a % 2 == 0 && a + 1 < n {
                    pairs.push((a, a + 1));
                }
            }
        }
    }
    let edges: Vec<Edge> = pairs
        .into_iter()
        .map(|(a, b)| Edge {
            between: [a as u32, b as u32],
            shared_m: if shape == Shape::Row && a + 1 == b {
                0.0
            } else {
                side(&units, a, b)
                    * if shape == Shape::Grid || shape == Shape::Row { 1.0 } else { 0.66 }
            },
        })
        .collect();
    // No unit shares more than its border.
    let mut shared = vec![0.0; n];
    for edge in &edges {
        for at in edge.between {
            shared[at as usize] += edge.shared_m;
        }
    }
    for (unit, shared) in units.iter_mut().zip(shared) {
        unit.perimeter_m = unit.perimeter_m.max((shared * 1000.0_f64).ceil() / 1000.0);
    }
    (units, edges)
}

/// Neighbours of the cells of random points, found on a raster.
fn voronoi(n: usize, rng: &mut ChaCha8Rng) -> Vec<(usize, usize)> {
    let points: Vec<(f64, f64)> =
        (0..n).map(|_| (rng.random::<f64>() * 120.0, rng.random::<f64>() * 120.0)).collect();
    let nearest = |x: usize, y: usize| {
        let away = |at: &usize| {
            let (px, py) = points[*at];
            (px - x as f64).powi(2) + (py - y as f64).powi(2)
        };
        (0..n).min_by(|a, b| away(a).total_cmp(&away(b))).unwrap_or(0)
    };
    let cells: Vec<Vec<usize>> =
        (0..=120).map(|y| (0..=120).map(|x| nearest(x, y)).collect()).collect();
    let mut pairs = std::collections::BTreeSet::new();
    for y in 0..120 {
        for x in 0..120 {
            for other in [cells[y][x + 1], cells[y + 1][x]] {
                let own = cells[y][x];
                if own != other {
                    pairs.insert((own.min(other), own.max(other)));
                }
            }
        }
    }
    pairs.into_iter().collect()
}
