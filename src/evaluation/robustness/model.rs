//! Every method's score as a quotient of two sums over the criteria, which is what makes ten thousand weightings cheap.

use std::collections::BTreeMap;

use crate::evaluation::Method;
use crate::evaluation::Ranked;
use crate::evaluation::Ranking;
use crate::evaluation::scoring::Flows;

/// Rows (and draws) that are worked on at once: two registers of two doubles each.
pub(super) const LANES: usize = 4;

/// Scores nearer than this, on a scale of 0 to 1, are the same: below it the order is rounding.
pub const UNWEIGHABLE: f64 = 1e-12;

/// Rows whose score orders like `Σ uⱼ·aᵢⱼ / Σ uⱼ·bᵢⱼ`, where uⱼ is the weight, or its square for TOPSIS.
///
/// Weighted sum and PROMETHEE II: a is what the criterion is worth (0 to 1), b is 1; both 0 where it is unknown.
/// TOPSIS: a = s², b = s² + (1 − s)²; closeness `1 / (1 + √(b/a − 1))` grows with a/b, so the order is the same.
pub(super) struct Model {
    pub(super) n_rows: usize,
    pub(super) n_criteria: usize,
    /// Whether u is the square of the weight.
    pub(super) squared: bool,
    a: Tiles,
    /// Different rows of b: few, since most rows have the same criteria known.
    b: Tiles,
    n_groups: usize,
    /// Which row of b a row has.
    group: Vec<usize>,
}

impl Model {
    /// The `ranked` rows of a ranking on the criteria at `weighted`.
    pub(super) fn of(ranking: &Ranking, ranked: &[&Ranked], weighted: &[usize]) -> Self {
        let profile = &ranking.profile;
        let flows =
            (profile.method == Method::Promethee2).then(|| Flows::new(profile, &ranking.rows));
        let term = |row: &Ranked, at: usize| {
            let Some((found, score)) =
                row.assessments.get(at).and_then(|found| Some((found, found.score()?)))
            else {
                return (0.0, 0.0);
            };
            // u multiplies both terms: what the answer brings in goes with the weight.
            let voice = found.voice();
            match (&flows, profile.method) {
                (Some(flows), _) => (voice * flows.worth(at, score, found, true), voice),
                (None, Method::Topsis) => {
                    let a = score * score;
                    let b = a + (1.0 - score) * (1.0 - score);
                    (voice * voice * a, voice * voice * b)
                }
                (None, _) => (voice * score, voice),
            }
        };
        let rows = ranked
            .iter()
            .map(|row| weighted.iter().map(|at| term(row, *at)).unzip())
            .collect::<Vec<(Vec<f64>, Vec<f64>)>>();
        Self::new(&rows, weighted.len(), profile.method == Method::Topsis)
    }

    /// Plain scores, all known. Values beyond the length of the first row are not looked at.
    pub(super) fn of_values(values: &[Vec<f64>]) -> Self {
        let n = values.first().map_or(0, Vec::len);
        let rows: Vec<(Vec<f64>, Vec<f64>)> =
            values.iter().map(|row| (row.clone(), vec![1.0; row.len()])).collect();
        Self::new(&rows, n, false)
    }

    fn new(rows: &[(Vec<f64>, Vec<f64>)], n_criteria: usize, squared: bool) -> Self {
        let mut known: BTreeMap<Vec<u64>, usize> = BTreeMap::new();
        let mut groups: Vec<&[f64]> = Vec::new();
        let mut group = Vec::with_capacity(rows.len());
        for (_, b) in rows {
            let bits = b.iter().map(|value| value.to_bits()).collect();
            group.push(*known.entry(bits).or_insert_with(|| {
                groups.push(b);
                groups.len() - 1
            }));
        }
        let a: Vec<&[f64]> = rows.iter().map(|(a, _)| &a[..]).collect();
        Self {
            n_rows: rows.len(),
            n_criteria,
            squared,
            a: Tiles::new(&a, n_criteria),
            b: Tiles::new(&groups, n_criteria),
            n_groups: groups.len(),
            group,
        }
    }

    /// The u of a weight.
    pub(super) fn u(&self, weight: f64) -> f64 {
        if self.squared { weight * weight } else { weight }
    }

    /// The weight of a u.
    pub(super) fn weight(&self, u: f64) -> f64 {
        if self.squared { u.sqrt() } else { u }
    }

    /// The two terms of a row on a criterion.
    pub(super) fn terms(&self, row: usize, criterion: usize) -> (f64, f64) {
        (self.a.at(row, criterion), self.b.at(self.group[row], criterion))
    }

    /// What orders the rows, 0 to 1, for [`LANES`] weightings at once: `u[j]` holds that of each. NaN for a row without
    /// weight on what is known.
    pub(super) fn keys(&self, u: &[[f64; LANES]], scratch: &mut Scratch) {
        self.a.times(u, self.n_rows, &mut scratch.keys);
        self.b.times(u, self.n_groups, &mut scratch.divisors);
        for (key, group) in scratch.keys.iter_mut().zip(&self.group) {
            let divisor = &scratch.divisors[*group];
            for lane in 0..LANES {
                key[lane] /= divisor[lane];
            }
        }
    }
}

/// Room for the keys of all rows, used again from draw to draw.
#[derive(Default)]
pub(super) struct Scratch {
    /// One per row: its key in each weighting.
    pub(super) keys: Vec<[f64; LANES]>,
    divisors: Vec<[f64; LANES]>,
}

/// A matrix in tiles of [`LANES`] rows, criterion by criterion, filled up with rows of 0.
struct Tiles {
    n_columns: usize,
    tiles: Vec<[f64; LANES]>,
}

impl Tiles {
    fn new(rows: &[&[f64]], n_columns: usize) -> Self {
        let mut tiles = Vec::with_capacity(rows.len().div_ceil(LANES) * n_columns);
        for block in rows.chunks(LANES) {
            for column in 0..n_columns {
                let value = |lane: usize| block.get(lane).and_then(|row| row.get(column)).copied();
                tiles.push(std::array::from_fn(|lane| value(lane).unwrap_or(0.0)));
            }
        }
        Self { n_columns, tiles }
    }

    fn at(&self, row: usize, column: usize) -> f64 {
        self.tiles[row / LANES * self.n_columns + column][row % LANES]
    }

    /// `out[row][draw] = Σ u[column][draw] · value`, always added in the order of the columns.
    fn times(&self, u: &[[f64; LANES]], n_rows: usize, out: &mut Vec<[f64; LANES]>) {
        out.clear();
        if self.n_columns == 0 {
            out.resize(n_rows, [0.0; LANES]);
            return;
        }
        for tile in self.tiles.chunks_exact(self.n_columns) {
            let mut sums = [[0.0; LANES]; LANES];
            for (values, weights) in tile.iter().zip(u) {
                for row in 0..LANES {
                    for draw in 0..LANES {
                        sums[row][draw] += values[row] * weights[draw];
                    }
                }
            }
            out.extend_from_slice(&sums);
        }
        out.truncate(n_rows);
    }
}
