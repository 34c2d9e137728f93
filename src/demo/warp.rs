//! The smooth field that turns straight lines into borders, hedges and streams.
//!
//! The territory is first drawn with straight lines, where every piece is convex and cutting is exact, then displaced
//! as a whole. The displacement is the curl of a sum of plane waves: it has no divergence, so areas change only to
//! the second order, and every layer passes through the same field, so that layers stay coherent.

use geo_types::Coord;

use super::chance::Chance;
use super::chance::Purpose;

/// (wave length m, amplitude m, number of waves) of each octave. Amplitude × 2π / length, the strain, stays well
/// under 1 in sum, so that the field never folds.
const OCTAVES: [(f64, f64, usize); 4] =
    [(9_000.0, 230.0, 4), (2_600.0, 55.0, 4), (700.0, 9.0, 3), (170.0, 1.1, 3)];

#[derive(Debug, Clone, Copy)]
struct Wave {
    along: Coord<f64>,
    across: Coord<f64>,
    phase: f64,
}

/// A displacement field of the plane, in metres.
#[derive(Debug, Clone)]
pub(crate) struct Warp(Vec<Wave>);

impl Warp {
    /// The field of a seed.
    pub(crate) fn new(seed: u64) -> Self {
        let mut chance = Chance::new(seed, 0, Purpose::Warp);
        let mut waves = Vec::new();
        for (length_m, amplitude_m, count) in OCTAVES {
            let turn = chance.between(0.0, std::f64::consts::PI);
            for rank in 0..count {
                // Directions are spread so that no two waves of an octave add up along one axis.
                let angle = turn
                    + std::f64::consts::PI * (rank as f64 + chance.between(-0.2, 0.2))
                        / count as f64;
                let (sin, cos) = angle.sin_cos();
                let pulsation = std::f64::consts::TAU / (length_m * chance.between(0.8, 1.25));
                waves.push(Wave {
                    along: Coord { x: cos * pulsation, y: sin * pulsation },
                    across: Coord { x: -sin * amplitude_m, y: cos * amplitude_m },
                    phase: chance.between(0.0, std::f64::consts::TAU),
                });
            }
        }
        Self(waves)
    }

    fn displacement(&self, at: Coord<f64>) -> Coord<f64> {
        self.0.iter().fold(Coord { x: 0.0, y: 0.0 }, |sum, wave| {
            sum + wave.across * (wave.along.x * at.x + wave.along.y * at.y + wave.phase).cos()
        })
    }

    /// Where a point of the straight drawing really lies, on a grid of one centimetre.
    pub(crate) fn place(&self, at: Coord<f64>) -> Coord<f64> {
        centimetre(at + self.displacement(at))
    }

    /// The point of the straight drawing that lies at a real position.
    pub(crate) fn unplace(&self, real: Coord<f64>) -> Coord<f64> {
        (0..40).fold(real, |guess, _| real - self.displacement(guess))
    }

    /// The direction a unit vector of the straight drawing takes at a place.
    pub(crate) fn turn(&self, at: Coord<f64>, direction: Coord<f64>) -> Coord<f64> {
        let moved = direction + self.displacement(at + direction) - self.displacement(at);
        let length = moved.x.hypot(moved.y);
        if length > 0.0 { moved / length } else { direction }
    }
}

/// Rounds to the centimetre, the precision of the producers' files.
pub(crate) fn centimetre(at: Coord<f64>) -> Coord<f64> {
    Coord { x: (at.x * 100.0).round() / 100.0, y: (at.y * 100.0).round() / 100.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_field_keeps_areas_and_never_folds() {
        let warp = Warp::new(1);
        let step = 10.0;
        let mut sum = 0.0;
        let mut count = 0.0;
        for i in 0..150 {
            for j in 0..150 {
                let at = Coord {
                    x: 500_000.0 + 173.0 * f64::from(i),
                    y: 6_300_000.0 + 191.0 * f64::from(j),
                };
                let here = at + warp.displacement(at);
                let east = at + Coord { x: step, y: 0.0 };
                let north = at + Coord { x: 0.0, y: step };
                let e = east + warp.displacement(east) - here;
                let n = north + warp.displacement(north) - here;
                let ratio = (e.x * n.y - e.y * n.x) / (step * step);
                assert!(ratio > 0.2, "folded at {at:?}: {ratio}");
                sum += ratio;
                count += 1.0;
            }
        }
        assert!((sum / count - 1.0).abs() < 0.02, "{}", sum / count);
    }

    #[test]
    fn unplace_is_the_inverse_of_place() {
        let warp = Warp::new(5);
        let real = Coord { x: 543_210.0, y: 6_321_000.0 };
        let back = warp.place(warp.unplace(real));
        assert!((back - real).x.abs() < 0.02 && (back - real).y.abs() < 0.02, "{back:?}");
    }
}
