//! Graphs and a brute-force reference for the tests.

use std::cmp::Ordering;

use gisement::request::assembly::Aim;
use gisement::request::assembly::Edge;
use gisement::request::assembly::Need;
use gisement::request::assembly::Unit;
use rand::RngExt;
use rand_chacha::ChaCha8Rng;

pub type Values = Vec<f64>;

pub(super) struct Case {
    pub units: Vec<Unit>,
    pub edges: Vec<Edge>,
}

/// A random planar-like graph: a grid with some edges left out and some diagonals.
pub(super) fn random(rng: &mut ChaCha8Rng, most: u32) -> Case {
    let n = rng.random_range(1..=most);
    let wide = rng.random_range(1..=4_u32);
    let whole = rng.random_bool(0.5);
    let equal = rng.random_bool(0.2);
    let owners = [1, 2, 4, 20][rng.random_range(0..4)];
    let unknown_owner = if rng.random_bool(0.3) { 0.3 } else { 0.0 };
    let unknown_cost = [0.0, 0.0, 0.2, 1.0][rng.random_range(0..4)];
    let costs = [1.0, 4.0, 1000.0][rng.random_range(0..3)];
    let units = (0..n)
        .map(|_| Unit {
            area_m2: if equal {
                5000.0
            } else if whole {
                f64::from(rng.random_range(5..=150_u32)) * 100.0
            } else {
                f64::from(rng.random_range(500_000..=15_000_000_u32)) / 1000.0
            },
            owner: (!rng.random_bool(unknown_owner)).then(|| rng.random_range(0..owners)),
            cost: (!rng.random_bool(unknown_cost)).then(|| (rng.random::<f64>() * costs).floor()),
            perimeter_m: f64::from(rng.random_range(200..600_u32)),
        })
        .collect();
    let keep = rng.random_range(0.6..1.0);
    let mut edges = Vec::new();
    let mut join = |rng: &mut ChaCha8Rng, a: u32, b: u32, chance: f64| {
        if b < n && rng.random_bool(chance) {
            let shared_m = f64::from(rng.random_range(0..50_u32));
            edges.push(Edge {
                between: if rng.random_bool(0.5) { [a, b] } else { [b, a] },
                shared_m,
            });
        }
    };
    for a in 0..n {
        if a % wide + 1 < wide {
            join(rng, a, a + 1, keep);
        }
        join(rng, a, a + wide, keep);
        if a % wide + 1 < wide {
            join(rng, a, a + wide + 1, 0.3);
        }
    }
    Case { units, edges }
}

pub(super) fn need(rng: &mut ChaCha8Rng) -> Need {
    let all = [Aim::Owners, Aim::Units, Aim::Excess, Aim::Cost, Aim::Shape];
    let mut order = Vec::new();
    let count = rng.random_range(0..=5);
    while order.len() < count {
        let aim = all[rng.random_range(0..5)];
        if !order.contains(&aim) {
            order.push(aim);
        }
    }
    let min_m2 = f64::from(rng.random_range(20..=600_u32)) * 100.0;
    let max_m2 = if rng.random_bool(0.5) {
        f64::INFINITY
    } else {
        min_m2 + f64::from(rng.random_range(0..=150_u32)) * 100.0
    };
    Need {
        min_m2,
        max_m2,
        ideal_m2: rng
            .random_bool(0.3)
            .then(|| min_m2 + f64::from(rng.random_range(0..=80_u32)) * 100.0),
        order,
        excess_step_m2: [1.0, 100.0, 1000.0][rng.random_range(0..3)],
        wanted: rng.random_range(1..=4),
        max_units: rng.random_bool(0.2).then(|| rng.random_range(1..=6)),
        budget: 50_000_000,
    }
}

pub(super) fn list(set: u32) -> Vec<u32> {
    (0..32).filter(|at| set >> at & 1 == 1).collect()
}

impl Case {
    pub(super) fn joins(&self) -> Vec<u32> {
        let mut joins = vec![0_u32; self.units.len()];
        for edge in &self.edges {
            let [a, b] = edge.between;
            joins[a as usize] |= 1 << b;
            joins[b as usize] |= 1 << a;
        }
        joins
    }

    pub(super) fn connected(joins: &[u32], set: u32) -> bool {
        let mut all = set & set.wrapping_neg();
        loop {
            let next = list(all).iter().fold(all, |all, at| all | joins[*at as usize]) & set;
            if next == all {
                return all == set && set != 0;
            }
            all = next;
        }
    }

    pub(super) fn area(&self, set: u32) -> f64 {
        // Thousandths of a square metre are the finest in the tests.
        list(set).iter().map(|at| (self.units[*at as usize].area_m2 * 1e3).round()).sum::<f64>()
            / 1e3
    }

    pub(super) fn values(&self, need: &Need, set: u32) -> Values {
        let units = list(set);
        let area = self.area(set);
        need.order
            .iter()
            .map(|aim| match aim {
                Aim::Owners => {
                    let mut owners: Vec<u32> =
                        units.iter().filter_map(|at| self.units[*at as usize].owner).collect();
                    owners.sort_unstable();
                    owners.dedup();
                    let unknown =
                        units.iter().filter(|at| self.units[**at as usize].owner.is_none()).count();
                    (owners.len() + unknown) as f64
                }
                Aim::Units => units.len() as f64,
                Aim::Excess => {
                    let excess =
                        need.ideal_m2.map_or(area - need.min_m2, |ideal| (area - ideal).abs());
                    ((excess * 1e3).round() / (need.excess_step_m2 * 1e3)).floor()
                }
                Aim::Cost => units
                    .iter()
                    .map(|at| self.units[*at as usize].cost.unwrap_or(f64::INFINITY))
                    .sum(),
                Aim::Shape => {
                    let mut perimeter: f64 =
                        units.iter().map(|at| self.units[*at as usize].perimeter_m).sum();
                    for edge in &self.edges {
                        if edge.between.iter().all(|at| set >> at & 1 == 1) {
                            perimeter -= 2.0 * edge.shared_m;
                        }
                    }
                    let perimeter = perimeter.max(0.0);
                    perimeter * perimeter / (4.0 * std::f64::consts::PI * area)
                }
            })
            .collect()
    }

    /// All assemblies, the best first, leaving aside those refused.
    pub(super) fn all(
        &self,
        need: &Need,
        accept: &dyn Fn(&[u32]) -> bool,
    ) -> Vec<(Values, Vec<u32>, u32)> {
        let joins = self.joins();
        let mut all: Vec<(Values, Vec<u32>, u32)> = (1..1_u32 << self.units.len())
            .filter(|set| {
                let area = self.area(*set);
                area >= need.min_m2
                    && area <= need.max_m2
                    && need.max_units.is_none_or(|most| set.count_ones() <= most)
                    && Self::connected(&joins, *set)
                    && accept(&list(*set))
            })
            .map(|set| (self.values(need, set), list(set), set))
            .collect();
        all.sort_by(|a, b| compare(&a.0, &b.0).then_with(|| a.1.cmp(&b.1)));
        all
    }

    /// The sequence of assemblies that differ.
    pub(super) fn different(
        &self,
        need: &Need,
        accept: &dyn Fn(&[u32]) -> bool,
    ) -> Vec<(Values, Vec<u32>, u32)> {
        let mut found: Vec<(Values, Vec<u32>, u32)> = Vec::new();
        for one in self.all(need, accept) {
            if found.len() == need.wanted {
                break;
            }
            let differs = |other: &(Values, Vec<u32>, u32)| {
                let least = self.area(one.2).min(self.area(other.2));
                (2.0 * self.area(one.2 & other.2) * 1e3).round() <= (least * 1e3).round()
            };
            if found.iter().all(differs) {
                found.push(one);
            }
        }
        found
    }
}

pub(super) fn compare(a: &[f64], b: &[f64]) -> Ordering {
    a.iter()
        .zip(b)
        .map(|(a, b)| a.total_cmp(b))
        .find(|order| order.is_ne())
        .unwrap_or(Ordering::Equal)
}
