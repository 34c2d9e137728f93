//! Ranks of the best rows among all, draw by draw.

use rayon::prelude::*;

use super::model::LANES;
use super::model::Model;
use super::model::Scratch;
use super::model::UNWEIGHABLE;
use super::weights;

/// Where a row stands in one draw.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place {
    /// Number of rows above it.
    better: u32,
    /// Number of rows level with it, itself included: 1 or more.
    level: u32,
}

/// Where a row stands over all draws.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Standing {
    /// Share of the draws in which the row is first, 0 to 1; k rows that tie have a k-th each.
    pub first_share: f64,
    /// The rank that only one draw in twenty betters, from 1.
    pub rank_low: usize,
    /// The rank that only one draw in twenty exceeds; `rank_low` or more.
    pub rank_high: usize,
    /// Mean rank; rows that tie have the middle of their ranks.
    pub mean_rank: f64,
    /// Share of the draws in which the row is among the first ten, 0 to 1; ties share.
    pub top10_share: f64,
}

/// Ranks counted as the top.
const TOP: f64 = 10.0;

impl Standing {
    /// Sums up the places of one row, at least one.
    pub(super) fn of(places: &[Place]) -> Self {
        let mean = |value: &dyn Fn(&Place) -> f64| {
            places.iter().map(value).sum::<f64>() / places.len().max(1) as f64
        };
        let level = |place: &Place| f64::from(place.level.max(1));
        let quantile = |rank: fn(&Place) -> u32, twentieths: usize| {
            let mut ranks: Vec<u32> = places.iter().map(rank).collect();
            ranks.sort_unstable();
            let at = (ranks.len() * twentieths).div_ceil(20).saturating_sub(1);
            ranks.get(at).map_or(0, |rank| *rank as usize)
        };
        Self {
            first_share: mean(&|place| if place.better == 0 { 1.0 / level(place) } else { 0.0 }),
            rank_low: quantile(|place| place.better + 1, 1),
            rank_high: quantile(|place| place.better + place.level, 19),
            mean_rank: mean(&|place| f64::from(place.better) + f64::midpoint(level(place), 1.0)),
            top10_share: mean(&|place| {
                ((TOP - f64::from(place.better)) / level(place)).clamp(0.0, 1.0)
            }),
        }
    }
}

/// Share of the draws at each rank from 1 to `n_rows`; ties are shared.
pub(super) fn acceptability(places: &[Place], n_rows: usize) -> Vec<f64> {
    let mut shares = vec![0.0; n_rows];
    for place in places {
        let from = place.better as usize;
        let part = 1.0 / (f64::from(place.level) * places.len() as f64);
        for share in shares.iter_mut().skip(from).take(place.level as usize) {
            *share += part;
        }
    }
    shares
}

/// The places of the first `watched` rows in each of `draws` weightings, row by row, draws in order.
pub(super) fn place(model: &Model, watched: usize, draws: usize, seed: u64) -> Vec<Vec<Place>> {
    let watched = watched.min(model.n_rows);
    let draws = draws.max(1);
    let chunks: Vec<Vec<Place>> = (0..draws.div_ceil(weights::CHUNK))
        .into_par_iter()
        .map_init(Scratch::default, |scratch, chunk| {
            let n = (draws - chunk * weights::CHUNK).min(weights::CHUNK);
            place_chunk(model, watched, &weights::draw(seed, chunk, n, model.n_criteria), scratch)
        })
        .collect();
    (0..watched)
        .map(|row| {
            let each = chunks.iter().flat_map(|chunk| chunk.chunks_exact(watched));
            each.map(|draw| draw[row]).collect()
        })
        .collect()
}

/// Places of the watched rows, draw by draw.
fn place_chunk(
    model: &Model,
    watched: usize,
    drawn: &[Vec<f64>],
    scratch: &mut Scratch,
) -> Vec<Place> {
    let mut places = Vec::with_capacity(drawn.len() * watched);
    let mut thresholds = Thresholds::default();
    for draws in drawn.chunks(LANES) {
        let u_of = |draw: usize, criterion: usize| {
            draws.get(draw).and_then(|weights| weights.get(criterion)).map_or(1.0, |w| model.u(*w))
        };
        let u: Vec<[f64; LANES]> = (0..model.n_criteria)
            .map(|criterion| std::array::from_fn(|draw| u_of(draw, criterion)))
            .collect();
        model.keys(&u, scratch);
        for draw in 0..draws.len() {
            thresholds.set(scratch.keys.iter().take(watched).map(|keys| keys[draw]));
            for keys in &scratch.keys {
                thresholds.count(keys[draw]);
            }
            thresholds.sum_up();
            places
                .extend(scratch.keys.iter().take(watched).map(|keys| thresholds.place(keys[draw])));
        }
    }
    places
}

/// The different keys of the watched rows, and how many rows are above and level with each.
#[derive(Default)]
struct Thresholds {
    /// Ascending, all different.
    keys: Vec<f64>,
    /// `above[k]`: rows that are above the first k keys and no more; summed up: rows above key k.
    above: Vec<u32>,
    level: Vec<u32>,
}

impl Thresholds {
    fn set(&mut self, keys: impl Iterator<Item = f64>) {
        self.keys.clear();
        self.keys.extend(keys);
        self.keys.sort_unstable_by(f64::total_cmp);
        self.keys.dedup_by(|a, b| a.to_bits() == b.to_bits());
        self.above.clear();
        self.above.resize(self.keys.len() + 1, 0);
        self.level.clear();
        self.level.resize(self.keys.len(), 0);
    }

    /// Counts a row with this key.
    fn count(&mut self, key: f64) {
        let (below, upto) = (key - UNWEIGHABLE, key + UNWEIGHABLE);
        if self.keys.first().is_none_or(|lowest| upto < *lowest) {
            return;
        }
        let at = first_not_below(&self.keys, below);
        self.above[at] += 1;
        for (level, _) in
            self.level[at..].iter_mut().zip(&self.keys[at..]).take_while(|(_, key)| **key <= upto)
        {
            *level += 1;
        }
    }

    fn sum_up(&mut self) {
        let mut above = 0;
        for count in self.above.iter_mut().rev() {
            above += *count;
            *count = above;
        }
    }

    /// The place of a watched key, after [`Self::sum_up`].
    fn place(&self, key: f64) -> Place {
        let at = self.keys.partition_point(|known| known.total_cmp(&key).is_lt());
        Place {
            better: self.above.get(at + 1).copied().unwrap_or(0),
            level: self.level.get(at).copied().unwrap_or(1).max(1),
        }
    }
}

/// Number of `keys` (ascending) below `key`. Without branches on the comparison: keys come in no order, and a guessed
/// branch would be wrong every second time.
fn first_not_below(keys: &[f64], key: f64) -> usize {
    let (mut from, mut left) = (0, keys.len());
    while left > 1 {
        let half = left / 2;
        from = if keys[from + half - 1] < key { from + half } else { from };
        left -= half;
    }
    from + usize::from(keys.get(from).is_some_and(|last| *last < key))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn counting_is_ranking(
            keys in proptest::collection::vec((0_u8..40).prop_map(|k| f64::from(k) / 40.0), 1..80),
            watched in 1_usize..80,
        ) {
            let watched = watched.min(keys.len());
            let mut thresholds = Thresholds::default();
            thresholds.set(keys.iter().take(watched).copied());
            for key in &keys {
                thresholds.count(*key);
            }
            thresholds.sum_up();
            for key in keys.iter().take(watched) {
                let better = keys.iter().filter(|other| *other > key).count() as u32;
                let level = keys.iter().filter(|other| *other == key).count() as u32;
                prop_assert_eq!(thresholds.place(*key), Place { better, level });
            }
        }

        #[test]
        fn searching_without_branches_is_searching(
            mut keys in proptest::collection::vec(0.0..1.0_f64, 0..50), key in 0.0..1.0_f64,
        ) {
            keys.sort_unstable_by(f64::total_cmp);
            prop_assert_eq!(first_not_below(&keys, key), keys.partition_point(|k| *k < key));
        }
    }

    #[test]
    fn places_sum_up_to_a_standing() {
        let at = |better, level| Place { better, level };
        let mut places = vec![at(0, 1); 10];
        places.extend([at(0, 2); 4]);
        places.extend([at(9, 2); 4]);
        places.extend([at(20, 1); 2]);
        let standing = Standing::of(&places);
        assert!((standing.first_share - 12.0 / 20.0).abs() < 1e-12);
        assert!((standing.top10_share - 16.0 / 20.0).abs() < 1e-12);
        assert_eq!((standing.rank_low, standing.rank_high), (1, 21));
        let mean = (10.0 + 4.0 * 1.5 + 4.0 * 10.5 + 2.0 * 21.0) / 20.0;
        assert!((standing.mean_rank - mean).abs() < 1e-12);
        let shares = acceptability(&places, 21);
        assert!((shares.iter().sum::<f64>() - 1.0).abs() < 1e-12);
        assert!((shares[1] - 0.1).abs() < 1e-12);
    }
}
