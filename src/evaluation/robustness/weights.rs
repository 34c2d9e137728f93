//! Weightings drawn at random.

use rand::Rng;
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;

/// Draws that share a stream of random numbers.
pub(super) const CHUNK: usize = 100;

/// Weightings uniform on the simplex (Dirichlet with all parameters 1): exponentials over their sum.
///
/// Chunk `chunk` of a seed has a stream of its own, so that draw k is the same whatever thread makes it. Each weight is
/// above 0.
pub(super) fn draw(seed: u64, chunk: usize, n_draws: usize, n_criteria: usize) -> Vec<Vec<f64>> {
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    rng.set_stream(chunk as u64);
    let mut exponential = || {
        // The middle of one of 2⁵³ intervals: never 0, never 1.
        let uniform = ((rng.next_u64() >> 11) as f64 + 0.5) / (1_u64 << 53) as f64;
        -uniform.ln()
    };
    (0..n_draws)
        .map(|_| {
            let raw: Vec<f64> = (0..n_criteria).map(|_| exponential()).collect();
            let sum: f64 = raw.iter().sum();
            raw.into_iter().map(|weight| weight / sum).collect()
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Mean 1/n, variance (n − 1) / (n²(n + 1)), and P(w > t) = (1 − t)^(n − 1) of each weight.
    #[test]
    fn weights_are_uniform_on_the_simplex() {
        let n = 4;
        let draws: Vec<Vec<f64>> = (0..400).flat_map(|chunk| draw(7, chunk, CHUNK, n)).collect();
        let count = draws.len() as f64;
        assert!(draws.iter().all(|w| (w.iter().sum::<f64>() - 1.0).abs() < 1e-12));
        for at in 0..n {
            let mean = draws.iter().map(|w| w[at]).sum::<f64>() / count;
            let variance = draws.iter().map(|w| (w[at] - mean).powi(2)).sum::<f64>() / count;
            let above = draws.iter().filter(|w| w[at] > 0.3).count() as f64 / count;
            assert!((mean - 0.25).abs() < 0.004, "{mean}");
            assert!((variance - 3.0 / 80.0).abs() < 0.001, "{variance}");
            assert!((above - 0.343).abs() < 0.01, "{above}");
        }
    }

    #[test]
    fn chunks_differ_and_repeat() {
        assert_eq!(draw(1, 5, 3, 4), draw(1, 5, 3, 4));
        assert_ne!(draw(1, 5, 3, 4), draw(1, 6, 3, 4));
        assert_ne!(draw(1, 5, 3, 4), draw(2, 5, 3, 4));
        assert_eq!(draw(1, 5, 3, 4), draw(1, 5, 100, 4)[..3]);
    }
}
