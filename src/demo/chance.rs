//! Reproducible random draws: one independent stream per commune and purpose.

use rand::Rng;
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;

/// What a stream of random numbers is for. Two purposes never share a stream, so that drawing one more house does
/// not move a road.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// The warp field, common to the whole territory.
    Warp = 0,
    /// Roads, blocks and land uses of one commune.
    Layout = 1,
    /// Parcels and buildings of one commune.
    Parcels = 2,
    /// Planning documents of one commune.
    Zoning = 3,
    /// Brownfields of one commune.
    Brownfields = 4,
    /// Housing figures of one commune.
    Housing = 5,
    /// Risk and protection perimeters.
    Hazards = 6,
    /// Firms, owners, land, jobs of one commune.
    Economy = 7,
    /// Prescriptions, substations, sidings of the territory.
    Networks = 8,
    /// Stops, shops, heat, districts, energy of the territory.
    Services = 9,
    /// Clay, cavities, wetlands, ecological network of the territory.
    GroundRisks = 10,
    /// Installations that work and former ones.
    FormerActivity = 11,
    /// The second inventory of friches and the visits.
    Inventories = 12,
    /// Dwellings, permits, rents, sales of one commune.
    HousingMarket = 13,
}

/// A stream of random numbers, the same for the same seed, place and purpose on every machine.
#[derive(Debug, Clone)]
pub(crate) struct Chance(ChaCha8Rng);

impl Chance {
    /// The stream of one `place` (a commune's rank, or 0 for the territory) and one purpose.
    pub(crate) fn new(seed: u64, place: u64, purpose: Purpose) -> Self {
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        rng.set_stream(place * 16 + purpose as u64);
        Self(rng)
    }

    /// Uniform in [0, 1).
    pub(crate) fn unit(&mut self) -> f64 {
        (self.0.next_u64() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// Uniform in [low, high).
    pub(crate) fn between(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.unit()
    }

    /// True with the given probability (0 to 1).
    pub(crate) fn happens(&mut self, probability: f64) -> bool {
        self.unit() < probability
    }

    /// Uniform in 0..count; 0 when count is 0.
    pub(crate) fn index(&mut self, count: usize) -> usize {
        ((self.unit() * count as f64) as usize).min(count.saturating_sub(1))
    }

    /// One item of a list, `None` when it is empty.
    pub(crate) fn pick<'a, T>(&mut self, items: &'a [T]) -> Option<&'a T> {
        items.get(self.index(items.len()))
    }

    /// Standard normal (Box and Muller), cut at ±3.5 so that no parcel becomes a county.
    pub(crate) fn normal(&mut self) -> f64 {
        let radius = (-2.0 * (1.0 - self.unit()).ln()).sqrt();
        (radius * (std::f64::consts::TAU * self.unit()).cos()).clamp(-3.5, 3.5)
    }

    /// Log-normal of the given median and standard deviation of the logarithm.
    pub(crate) fn lognormal(&mut self, median: f64, sigma: f64) -> f64 {
        median * (sigma * self.normal()).exp()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn streams_are_repeatable_and_independent() {
        let draw = |place, purpose| Chance::new(7, place, purpose).unit();
        assert_eq!(draw(3, Purpose::Layout), draw(3, Purpose::Layout));
        assert_ne!(draw(3, Purpose::Layout), draw(4, Purpose::Layout));
        assert_ne!(draw(3, Purpose::Layout), draw(3, Purpose::Parcels));
    }

    #[test]
    fn lognormal_has_the_median_it_is_told() {
        let mut chance = Chance::new(1, 0, Purpose::Warp);
        let mut drawn: Vec<f64> = (0..20_001).map(|_| chance.lognormal(2500.0, 1.5)).collect();
        drawn.sort_by(f64::total_cmp);
        assert!((drawn[10_000] / 2500.0 - 1.0).abs() < 0.05, "{}", drawn[10_000]);
    }
}
