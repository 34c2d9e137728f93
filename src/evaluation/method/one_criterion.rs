//! Net flows on one criterion, by sorting and prefix sums instead of over all pairs.

use super::Preference;

/// Beyond this many `s` a preference of Gauss is 1 to the last bit: exp(−9² / 2) is below 2⁻⁵⁴.
const GAUSS_IS_ONE: f64 = 9.0;

/// The values of one criterion, sorted, ready to be compared with.
///
/// Contract: [`OneCriterion::net_flow`] is −1 (worse than all, strictly) to 1, without unit; it never falls as the value
/// grows; over all rows it sums to 0. Building is O(n log n), a flow O(log n); with [`Preference::Gaussian`], which has
/// no such sums, a flow is linear in the number of different values.
/// Source: Brans & Vincke 1985; PROMETHEE II's net flow is the weighted mean of these (Brans & Mareschal 2005, § 4.3).
#[derive(Debug, Clone, PartialEq)]
pub struct OneCriterion {
    preference: Preference,
    /// Ascending.
    values: Vec<f64>,
    /// `sums[k]` is the sum of the first `k` values.
    sums: Vec<f64>,
    /// Different values and the number of values up to and with each; kept for the curve of Gauss only.
    steps: Vec<(f64, usize)>,
}

impl OneCriterion {
    /// Sorts `values`: more is better, all finite.
    #[must_use]
    pub fn new(mut values: Vec<f64>, preference: Preference) -> Self {
        values.sort_by(f64::total_cmp);
        let mut sum = 0.0;
        let sums = std::iter::once(0.0)
            .chain(values.iter().map(|value| {
                sum += value;
                sum
            }))
            .collect();
        let mut steps: Vec<(f64, usize)> = Vec::new();
        if matches!(preference, Preference::Gaussian { .. }) {
            for (at, value) in values.iter().enumerate() {
                match steps.last_mut() {
                    Some((last, up_to)) if last.total_cmp(value).is_eq() => *up_to = at + 1,
                    _ => steps.push((*value, at + 1)),
                }
            }
        }
        Self { preference, values, sums, steps }
    }

    /// Mean over the others of `P(value − other) − P(other − value)`; 0 when there are no others.
    ///
    /// `own` is the value under which the row itself is among the values, if it is: it is no other.
    #[must_use]
    pub fn net_flow(&self, value: f64, own: Option<f64>) -> f64 {
        let n_others = self.values.len().saturating_sub(usize::from(own.is_some()));
        if n_others == 0 {
            return 0.0;
        }
        let over_itself = own
            .map_or(0.0, |own| self.preference.of(value - own) - self.preference.of(own - value));
        ((self.total(value) - over_itself) / n_others as f64).clamp(-1.0, 1.0)
    }

    /// Sum over all values, the row's own included.
    fn total(&self, x: f64) -> f64 {
        let beaten = |q: f64| self.beaten(x, q) as f64 - self.beating(x, q) as f64;
        match self.preference {
            Preference::Usual => beaten(0.0),
            Preference::UShape { q } => beaten(q),
            Preference::Level { q, p } => f64::midpoint(beaten(q), beaten(p)),
            Preference::VShape { p } => beaten(p) + self.between(x, 0.0, p),
            Preference::Linear { q, p } => beaten(p) + self.between(x, q, p),
            Preference::Gaussian { s } => self.gauss(x, s),
        }
    }

    /// Number of values that `x` exceeds by more than `q`.
    fn beaten(&self, x: f64, q: f64) -> usize {
        self.values.partition_point(|y| x - y > q)
    }

    /// Number of values that exceed `x` by more than `q`.
    fn beating(&self, x: f64, q: f64) -> usize {
        self.values.len() - self.values.partition_point(|y| y - x <= q)
    }

    /// What differences between `q` and `p` are worth on the straight line from 0 to 1, against `x` with minus.
    fn between(&self, x: f64, q: f64, p: f64) -> f64 {
        let n = self.values.len();
        let part = |from: usize, to: usize| (self.sums[to] - self.sums[from], (to - from) as f64);
        let (below, n_below) = part(self.beaten(x, p), self.beaten(x, q));
        let (above, n_above) = part(n - self.beating(x, q), n - self.beating(x, p));
        (n_below * (x - q) - below - (above - n_above * (x + q))) / (p - q)
    }

    fn gauss(&self, x: f64, s: f64) -> f64 {
        let far = GAUSS_IS_ONE * s;
        let (n_beaten, n_beating) = (self.beaten(x, far), self.beating(x, far));
        let first = self.steps.partition_point(|(y, _)| x - y > far);
        let mut before = n_beaten;
        let mut near = 0.0;
        for (y, up_to) in self.steps[first..].iter().take_while(|(y, _)| y - x <= far) {
            let count = (up_to - before) as f64;
            near += count * (self.preference.of(x - y) - self.preference.of(y - x));
            before = *up_to;
        }
        n_beaten as f64 - n_beating as f64 + near
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The definition, over all pairs.
    fn by_pairs(values: &[f64], at: usize, preference: Preference) -> f64 {
        let others = (0..values.len()).filter(|other| *other != at);
        let sum: f64 = others
            .map(|other| values[at] - values[other])
            .map(|d| preference.of(d) - preference.of(-d))
            .sum();
        sum / (values.len() - 1) as f64
    }

    fn preferences() -> impl Strategy<Value = Preference> {
        (0_u8..6, 0.0..0.5_f64, 0.001..0.5_f64).prop_map(|(kind, q, more)| match kind {
            0 => Preference::Usual,
            1 => Preference::UShape { q },
            2 => Preference::VShape { p: more },
            3 => Preference::Level { q, p: q + more },
            4 => Preference::Linear { q, p: q + more },
            _ => Preference::Gaussian { s: more },
        })
    }

    /// Scores with many ties.
    fn values() -> impl Strategy<Value = Vec<f64>> {
        proptest::collection::vec(
            prop_oneof![0.0..1.0_f64, (0_u8..=10).prop_map(|tenths| f64::from(tenths) / 10.0)],
            2..60,
        )
    }

    proptest! {
        #[test]
        fn sorting_gives_what_all_pairs_give(values in values(), preference in preferences()) {
            let prepared = OneCriterion::new(values.clone(), preference);
            let mut sum = 0.0;
            for (at, value) in values.iter().enumerate() {
                let flow = prepared.net_flow(*value, Some(*value));
                prop_assert!((flow - by_pairs(&values, at, preference)).abs() < 1e-9);
                sum += flow;
            }
            prop_assert!(sum.abs() < 1e-9);
        }

        #[test]
        fn a_better_value_never_has_a_lower_flow(
            values in values(), preference in preferences(), a in 0.0..1.0_f64, b in 0.0..1.0_f64,
        ) {
            let prepared = OneCriterion::new(values.clone(), preference);
            let own = values.first().copied();
            let (low, high) = (prepared.net_flow(a.min(b), own), prepared.net_flow(a.max(b), own));
            prop_assert!(low <= high + 1e-12);
        }
    }

    #[test]
    fn alone_there_is_no_flow() {
        assert_eq!(OneCriterion::new(vec![0.3], Preference::Usual).net_flow(0.3, Some(0.3)), 0.0);
        assert_eq!(OneCriterion::new(vec![], Preference::Usual).net_flow(0.3, None), 0.0);
    }
}
