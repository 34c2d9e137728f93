//! The smallest change of one weight after which another row leads.

use rayon::prelude::*;

use super::model::Model;
use super::model::UNWEIGHABLE;
use crate::evaluation::Ranked;

/// Weights up to this many times today's are tried.
const MOST: f64 = 100.0;
/// Scores that should be equal where the lead changes may differ by this much of rounding, on a scale of 0 to 1.
const TIED: f64 = 1e-9;
/// A change this near to a weight of 0 is a weight of 0, where nothing takes over.
const NEAR_ZERO: f64 = 1e-12;

/// Differences below this share of what was subtracted are rounding.
const ROUNDING: f64 = 1e-14;

/// A weight at which the leader is level with another row, and beyond which that row leads.
#[derive(Debug, Clone, PartialEq)]
pub struct WeightChange {
    /// The weight, above 0, at most 100 times today's.
    pub weight: f64,
    /// Its change in proportion to today's weight: −1 to 99; 0 when the two are level already.
    pub relative: f64,
    /// Identifier of the row that takes over.
    pub challenger: String,
}

/// A change with the challenger's position among the ranked rows.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Found {
    weight: f64,
    relative: f64,
    challenger: usize,
}

impl Found {
    pub(super) fn named(self, ranked: &[&Ranked]) -> Option<WeightChange> {
        Some(WeightChange {
            weight: self.weight,
            relative: self.relative,
            challenger: ranked.get(self.challenger)?.id.clone(),
        })
    }
}

/// Per criterion the smallest change that unseats row 0, all other weights staying as they are in `now`.
///
/// With one u moving, numerator and denominator of every row are straight lines, so that "level" is a quadratic equation:
/// rows differ in what is known, hence in denominators. This is exact for all three methods.
pub(super) fn smallest(model: &Model, now: &[f64]) -> Vec<Option<Found>> {
    if model.n_rows == 0 {
        return vec![None; now.len()];
    }
    let sums: Vec<(f64, f64)> = (0..model.n_rows)
        .map(|row| {
            now.iter().enumerate().fold((0.0, 0.0), |(a, b), (criterion, weight)| {
                let (x, y) = model.terms(row, criterion);
                (a + model.u(*weight) * x, b + model.u(*weight) * y)
            })
        })
        .collect();
    (0..now.len())
        .into_par_iter()
        .map(|criterion| {
            let found = (1..model.n_rows).filter_map(|row| {
                let duel = Duel {
                    leader: Line::new(sums[0], model.terms(0, criterion)),
                    challenger: Line::new(sums[row], model.terms(row, criterion)),
                };
                let (weight, relative) = nearest(model, &duel, now[criterion])?;
                Some(Found { weight, relative, challenger: row })
            });
            // The first of equals: the one that stands higher today.
            found.reduce(|a, b| if b.relative.abs() < a.relative.abs() { b } else { a })
        })
        .collect()
}

/// Numerator and denominator of a row, as they are and per step of u.
struct Line {
    now: (f64, f64),
    step: (f64, f64),
}

impl Line {
    fn new(now: (f64, f64), step: (f64, f64)) -> Self {
        Self { now, step }
    }

    /// What orders rows after u has moved by `y`.
    fn key(&self, y: f64) -> f64 {
        (self.now.0 + y * self.step.0) / (self.now.1 + y * self.step.1)
    }
}

struct Duel {
    leader: Line,
    challenger: Line,
}

/// The nearest weight beyond which the challenger is above the leader, and its relative change.
fn nearest(model: &Model, duel: &Duel, weight: f64) -> Option<(f64, f64)> {
    let u = model.u(weight);
    let up = crossing(duel, 1.0, model.u(MOST * weight) - u);
    let down = crossing(duel, -1.0, u * (1.0 - NEAR_ZERO)).map(|y| -y);
    [up, down]
        .into_iter()
        .flatten()
        .map(|y| {
            let then = model.weight(u + y);
            (then, if y == 0.0 { 0.0 } else { then / weight - 1.0 })
        })
        .min_by(|a, b| a.1.abs().total_cmp(&b.1.abs()))
}

/// How far u can go in a direction (1 or −1), at most `most`, until the challenger passes.
fn crossing(duel: &Duel, direction: f64, most: f64) -> Option<f64> {
    let (leader, challenger) = (&duel.leader, &duel.challenger);
    let level_now = (leader.key(0.0) - challenger.key(0.0)).abs() <= UNWEIGHABLE;
    // Leader's lead times both denominators: f0 + f1·y + f2·y².
    let f0 = if level_now {
        0.0
    } else {
        leader.now.0 * challenger.now.1 - challenger.now.0 * leader.now.1
    };
    let f1 = difference(leader.step.0 * challenger.now.1, challenger.step.0 * leader.now.1)
        + difference(leader.now.0 * challenger.step.1, challenger.now.0 * leader.step.1);
    let scale = (leader.step.0 + leader.step.1) * challenger.now.1;
    let f1 = if f1.abs() <= ROUNDING * scale { 0.0 } else { direction * f1 };
    let f2 = difference(leader.step.0 * challenger.step.1, challenger.step.0 * leader.step.1);
    let y = first_fall(f0, f1, f2)?;
    let tied = (leader.key(direction * y) - challenger.key(direction * y)).abs() <= TIED;
    (y <= most && tied).then_some(y)
}

/// `a − b`, or 0 where only rounding is left.
fn difference(a: f64, b: f64) -> f64 {
    if (a - b).abs() <= ROUNDING * (a.abs() + b.abs()) { 0.0 } else { a - b }
}

/// The smallest y of 0 or more beyond which `f0 + f1·y + f2·y²`, which is 0 or more at 0, is below 0.
fn first_fall(f0: f64, f1: f64, f2: f64) -> Option<f64> {
    if f0 <= 0.0 {
        return match (f1 < 0.0, f1 > 0.0) {
            (true, _) => Some(0.0),
            (_, true) => (f2 < 0.0).then(|| -f1 / f2),
            _ => (f2 < 0.0).then_some(0.0),
        };
    }
    if f2 == 0.0 {
        return (f1 < 0.0).then(|| -f0 / f1);
    }
    let discriminant = f1 * f1 - 4.0 * f0 * f2;
    if discriminant <= 0.0 {
        // No root, or one where the leader is caught up with but not passed.
        return None;
    }
    // Without subtracting numbers that are nearly equal.
    let q = -0.5 * (f1 + f1.signum() * discriminant.sqrt());
    let positive = [q / f2, f0 / q].into_iter().filter(|y| *y > 0.0 && y.is_finite());
    positive.min_by(f64::total_cmp)
}
