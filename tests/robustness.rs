//! Methods in profiles, and robustness of rankings: on paper, against an oracle, and as properties.
// A test that cannot go on has failed: that is what unwrap is for here.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use gisement::evaluation::Measured;
use gisement::evaluation::Profile;
use gisement::evaluation::Ranking;
use gisement::evaluation::Unknown;
use gisement::evaluation::Verdict;
use gisement::evaluation::losses;
use gisement::evaluation::robustness;
use gisement::evaluation::robustness::Robustness;
use gisement::evaluation::robustness::SEED;
use gisement::evaluation::robustness::rank_acceptability;
use proptest::prelude::*;

const METHODS: [&str; 3] = ["weighted-sum", "topsis", "promethee-2"];

/// A profile whose criteria are scores already (0 to 1); a preference for the first when PROMETHEE asks for one.
fn profile(method: &str, weights: &[f64]) -> Profile {
    let mut text = format!(
        "id = \"essai-v1\"\ntitle = {{ fr = \"a\", en = \"b\" }}\nunit = \"parcel\"\nmethod = \"{method}\"\nmin_reliability = 0.2\n"
    );
    for (at, weight) in weights.iter().enumerate() {
        text.push_str(&format!(
            "[[criterion]]\nid = \"c{at}\"\nlabel = {{ fr = \"a\", en = \"b\" }}\nmeasure = {{ attribute = \"c{at}\" }}\n\
             curve = [[0.0, 0.0], [1.0, 1.0]]\nweight = {weight:?}\nsource = \"test\"\n"
        ));
        if method == "promethee-2" && at == 0 {
            text.push_str("preference = { linear = { q = 0.05, p = 0.4 } }\n");
        }
    }
    Profile::from_toml(&text).unwrap()
}

/// NaN stands for unknown.
fn ranking(profile: &Profile, values: &[Vec<f64>]) -> Ranking {
    let answer = |value: &f64| match value.is_nan() {
        true => Measured::Unknown(Unknown::NoArea),
        false => Measured::Number(*value),
    };
    let named =
        |(at, row): (usize, &Vec<f64>)| (format!("u{at:03}"), row.iter().map(answer).collect());
    Ranking::of_answers(profile, values.iter().enumerate().map(named).collect())
}

fn score(ranking: &Ranking, id: &str) -> f64 {
    ranking.row(id).unwrap().score.unwrap()
}

#[test]
fn topsis_on_paper_with_fixed_anchors() {
    let found = ranking(
        &profile("topsis", &[3.0, 4.0]),
        &[vec![1.0, 1.0], vec![0.0, 0.0], vec![1.0, 0.0], vec![f64::NAN, 0.25]],
    );
    assert_eq!(score(&found, "u000"), 100.0);
    assert_eq!(score(&found, "u001"), 0.0);
    // d⁻ = 3, d⁺ = 4.
    assert!((score(&found, "u002") - 300.0 / 7.0).abs() < 1e-12);
    // Known criterion alone: d⁻ = 0.25, d⁺ = 0.75. Bounds: (0, 0.25) and (1, 0.25) with all weights.
    let partly = found.row("u003").unwrap();
    assert!((partly.score.unwrap() - 25.0).abs() < 1e-12);
    let closeness = |minus: f64, plus: f64| 100.0 * minus.sqrt() / (minus.sqrt() + plus.sqrt());
    assert!((partly.score_low - closeness(1.0, 9.0 + 9.0)).abs() < 1e-12);
    assert!((partly.score_high - closeness(9.0 + 1.0, 9.0)).abs() < 1e-12);
}

#[test]
fn promethee_on_paper_with_an_unknown() {
    // Criterion 0: linear 0.05 to 0.4. u0 beats u1 by 0.225 (half a preference); u2 is unknown there.
    let found = ranking(
        &profile("promethee-2", &[1.0, 3.0]),
        &[vec![0.725, 0.2], vec![0.5, 0.2], vec![f64::NAN, 0.9]],
    );
    // φ on 0: u0 +1/2, u1 −1/2 (one pair); on 1: u0 and u1 −1/2 (two pairs), u2 +1.
    let expected = [("u000", (0.5 - 1.5) / 4.0), ("u001", (-0.5 - 1.5) / 4.0), ("u002", 1.0)];
    for (id, flow) in expected {
        let told = score(&found, id);
        assert!((told - 50.0 * (1.0 + flow)).abs() < 1e-9, "{id}: {told}");
    }
    // u2 with 0 on criterion 0: beaten by both there, φ = −1. With 1 it would be ahead by 0.275 and 0.5, φ = 0.82, which is
    // less than the +1 that it has where it is known: bounds never exclude the score.
    let open = found.row("u002").unwrap();
    assert!((open.score_low - 50.0 * (1.0 + (3.0 - 1.0) / 4.0)).abs() < 1e-9);
    assert_eq!(open.score_high, 100.0);
}

#[test]
fn what_a_criterion_costs_is_what_the_best_answer_would_gain() {
    for method in METHODS {
        let profile = profile(method, &[2.0, 1.0, 3.0]);
        let mut values = vec![vec![0.3, 0.9, 0.5], vec![0.6, f64::NAN, 0.4], vec![0.1, 0.2, 0.8]];
        let before = ranking(&profile, &values);
        let told = losses(&before, before.row("u001").unwrap());
        assert_eq!(told[1], None);
        values[1][2] = 1.0;
        let gained = score(&ranking(&profile, &values), "u001") - score(&before, "u001");
        assert!((told[2].unwrap() - gained).abs() < 1e-9, "{method}: {told:?}, {gained}");
    }
}

/// Rank acceptability of the five sites of `tests/methods_oracle.rs`, criteria brought to 0..1 by their range, over
/// 20 000 weightings drawn by numpy: the tolerance is that of two samples.
#[test]
fn acceptability_of_five_sites() {
    let raw = [
        [12.0, 1.5, 60.0, 3.0],
        [8.0, 0.4, 75.0, 2.0],
        [25.0, 4.2, 40.0, 4.0],
        [15.0, 2.0, 85.0, 1.0],
        [9.5, 0.9, 70.0, 5.0],
    ];
    let ends = [(8.0, 25.0), (4.2, 0.4), (40.0, 85.0), (5.0, 1.0)];
    let values: Vec<Vec<f64>> = raw
        .iter()
        .map(|row| {
            row.iter().zip(ends).map(|(x, (worst, best))| (x - worst) / (best - worst)).collect()
        })
        .collect();
    let expected = [
        [0.0, 0.0, 0.54385, 0.43935, 0.0168],
        [0.2056, 0.60745, 0.09635, 0.07275, 0.01785],
        [0.08345, 0.1035, 0.05585, 0.1455, 0.6117],
        [0.71095, 0.24105, 0.0318, 0.0162, 0.0],
        [0.0, 0.048, 0.27215, 0.3262, 0.35365],
    ];
    let found = rank_acceptability(&values, 20_000, SEED);
    for (found, expected) in found.iter().zip(expected) {
        assert!((found.iter().sum::<f64>() - 1.0).abs() < 1e-9);
        for (found, expected) in found.iter().zip(expected) {
            assert!((found - expected).abs() < 0.01, "{found} is not {expected}");
        }
    }
    // The same through a profile: equal weights put the same site first.
    let ranked = ranking(&profile("weighted-sum", &[1.0; 4]), &values);
    let robust = robustness(&ranked, 20_000, SEED);
    assert_eq!(robust.leader.as_deref(), Some("u003"));
    assert!((robust.standings[0].first_share - 0.711).abs() < 0.01);
    assert_eq!((robust.standings[0].rank_low, robust.standings[0].rank_high), (1, 2));
}

#[test]
fn rows_that_tie_share_the_first_place() {
    let ranked = ranking(
        &profile("weighted-sum", &[1.0, 2.0]),
        &[vec![0.8, 0.6], vec![0.8, 0.6], vec![0.1, 0.1]],
    );
    let robust = robustness(&ranked, 500, 1);
    assert!((robust.standings[0].first_share - 0.5).abs() < 1e-12);
    assert_eq!(robust.standings[0], robust.standings[1]);
    assert!(robust.stability.iter().all(|stability| stability.change.is_none()), "{robust:?}");
}

#[test]
fn the_smallest_change_on_paper() {
    // 3·0.5 + 1·0.6 = 2.1 against 3·0.6 + 1·0.1 = 1.9. With weight w on criterion 0: 0.5w + 0.6 = 0.6w + 0.1 at w = 5.
    let ranked = ranking(&profile("weighted-sum", &[3.0, 1.0]), &[vec![0.5, 0.6], vec![0.6, 0.1]]);
    let robust = robustness(&ranked, 100, 1);
    let change = robust.stability[0].change.as_ref().unwrap();
    assert!((change.weight - 5.0).abs() < 1e-12);
    assert!((change.relative - 2.0 / 3.0).abs() < 1e-12);
    assert_eq!(change.challenger, "u001");
    // On criterion 1: 1.5 + 0.6w = 1.8 + 0.1w at w = 0.6.
    let change = robust.stability[1].change.as_ref().unwrap();
    assert!((change.weight - 0.6).abs() < 1e-12);
    assert_eq!(robust.weakest().unwrap().0.criterion, "c1");
}

#[test]
fn one_row_or_none_has_no_rival() {
    let profile = profile("topsis", &[1.0]);
    assert_eq!(ranking(&profile, &[vec![0.4]]).with_robustness().robustness, None);
    let empty = robustness(&ranking(&profile, &[]), 10, 1);
    assert_eq!((empty.leader, empty.standings.len()), (None, 0));
}

#[test]
fn the_number_of_threads_changes_nothing() {
    let values: Vec<Vec<f64>> = (0..300_u32)
        .map(|row| {
            (0..5_u32)
                .map(|c| f64::from((row * 37 + c * c * 11 + row * row * c) % 97) / 97.0)
                .collect()
        })
        .collect();
    let ranked = ranking(&profile("topsis", &[1.0, 2.0, 3.0, 4.0, 5.0]), &values);
    let with = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| robustness(&ranked, 1050, SEED))
    };
    let one = with(1);
    assert_eq!(one.standings.len(), 200);
    assert_eq!(one, with(3));
}

/// Scores of a few rows, some unknown, some equal; the first criterion always known.
fn tables() -> impl Strategy<Value = Vec<Vec<f64>>> {
    let cell = prop_oneof![
        6 => 0.0..1.0_f64,
        2 => (0_u8..=4).prop_map(|quarter| f64::from(quarter) / 4.0),
        1 => Just(f64::NAN),
    ];
    proptest::collection::vec((0.0..1.0_f64, proptest::collection::vec(cell, 3)), 2..12).prop_map(
        |rows| rows.into_iter().map(|(first, rest)| [vec![first], rest].concat()).collect(),
    )
}

fn weights() -> impl Strategy<Value = Vec<f64>> {
    proptest::collection::vec(0.1..5.0_f64, 4)
}

/// The best challenger's score minus the leader's, 0 to 100, with one weight changed; verdicts as they were.
fn lead(
    robust: &Robustness,
    method: &str,
    weights: &[f64],
    at: usize,
    weight: f64,
    values: &[Vec<f64>],
    rivals: &[String],
) -> f64 {
    let mut weights = weights.to_vec();
    weights[at] = weight;
    let then = ranking(&profile(method, &weights), values);
    let leader = robust.leader.as_deref().unwrap();
    let best = rivals.iter().map(|id| score(&then, id)).fold(f64::NEG_INFINITY, f64::max);
    best - score(&then, leader)
}

proptest! {
    #[test]
    fn the_reported_change_is_where_the_lead_changes(values in tables(), weights in weights()) {
        for method in METHODS {
            let ranked = ranking(&profile(method, &weights), &values);
            let robust = robustness(&ranked, 1, SEED);
            let Some(leader) = robust.leader.clone() else { continue };
            let rivals: Vec<String> = ranked.rows.iter()
                .filter(|row| row.verdict == Verdict::Ranked && row.id != leader)
                .map(|row| row.id.clone())
                .collect();
            if rivals.is_empty() {
                continue;
            }
            for (at, stability) in robust.stability.iter().enumerate() {
                let now = weights[at];
                let by = |weight: f64| lead(&robust, method, &weights, at, weight, &values, &rivals);
                let Some(change) = &stability.change else {
                    for times in [1e-9, 0.01, 0.3, 0.7, 1.5, 4.0, 20.0, 99.0] {
                        let lead = by(times * now);
                        prop_assert!(lead < 1e-9, "{method} c{at} at {times}: unseated by {lead}");
                    }
                    continue;
                };
                prop_assert!((change.weight / now - 1.0 - change.relative).abs() < 1e-9);
                // Level at the weight (scores are 0 to 100 here).
                prop_assert!(by(change.weight).abs() < 1e-6, "{method} c{at}: {}", by(change.weight));
                let sign = if change.weight > now { 1.0 } else { -1.0 };
                if change.relative != 0.0 {
                    let beyond = change.weight * (1.0 + sign * 1e-7);
                    prop_assert!(by(beyond) > -1e-9, "{method} c{at}: still leads beyond");
                    for part in [0.1, 0.5, 0.9, 0.999] {
                        let before = by(now + part * (change.weight - now));
                        prop_assert!(before < 1e-9, "{method} c{at}: unseated before, by {before}");
                        let other_way = by(now * (1.0 - part * change.relative).max(1e-6));
                        prop_assert!(other_way < 1e-9, "{method} c{at}: unseated the other way, by {other_way}");
                    }
                }
            }
        }
    }

    #[test]
    fn a_better_value_never_lowers_a_score(values in tables(), weights in weights(), row in 0_usize..12, at in 0_usize..4, up in 0.0..1.0_f64) {
        let row = row % values.len();
        prop_assume!(!values[row][at].is_nan());
        for method in METHODS {
            let profile = profile(method, &weights);
            let before = score(&ranking(&profile, &values), &format!("u{row:03}"));
            let mut better = values.clone();
            better[row][at] += up * (1.0 - better[row][at]);
            let after = score(&ranking(&profile, &better), &format!("u{row:03}"));
            prop_assert!(after >= before - 1e-9, "{method}: {before} became {after}");
        }
    }

    #[test]
    fn scaling_all_weights_keeps_the_order(values in tables(), weights in weights(), power in -8_i32..9) {
        for method in METHODS {
            let ids = |scale: f64| {
                let scaled: Vec<f64> = weights.iter().map(|weight| scale * weight).collect();
                let ranked = ranking(&profile(method, &scaled), &values);
                ranked.rows.iter().map(|row| (row.id.clone(), row.score)).collect::<Vec<_>>()
            };
            // Powers of two scale without rounding: not a bit may change.
            prop_assert_eq!(ids(2_f64.powi(power)), ids(1.0));
        }
    }

    #[test]
    fn the_order_of_the_input_changes_nothing(values in tables(), weights in weights(), turn in 0_usize..12) {
        for method in METHODS {
            let profile = profile(method, &weights);
            let answers = |order: Vec<usize>| {
                let answer = |value: &f64| match value.is_nan() {
                    true => Measured::Unknown(Unknown::NoArea),
                    false => Measured::Number(*value),
                };
                let named = order.into_iter().map(|at| {
                    (format!("u{at:03}"), values[at].iter().map(answer).collect::<Vec<_>>())
                });
                let mut ranked = Ranking::of_answers(&profile, named.collect());
                ranked.robustness = Some(robustness(&ranked, 50, SEED));
                for row in &mut ranked.rows {
                    row.unit = 0;
                }
                format!("{ranked:?}")
            };
            let n = values.len();
            let mut turned: Vec<usize> = (0..n).rev().collect();
            turned.rotate_left(turn % n);
            prop_assert_eq!(answers(turned), answers((0..n).collect()));
        }
    }

    #[test]
    fn bounds_hold_the_score(values in tables(), weights in weights()) {
        for method in METHODS {
            for row in ranking(&profile(method, &weights), &values).rows {
                let score = row.score.unwrap();
                prop_assert!(row.score_low <= score + 1e-9 && score <= row.score_high + 1e-9, "{method}: {row:?}");
                prop_assert!((0.0..=100.0 + 1e-9).contains(&row.score_high), "{method}: {row:?}");
            }
        }
    }

    /// Fixed anchors: nobody turns round because of a newcomer.
    #[test]
    fn a_newcomer_changes_no_score(values in tables(), weights in weights()) {
        for method in ["weighted-sum", "topsis"] {
            let profile = profile(method, &weights);
            let with = ranking(&profile, &values);
            let without = ranking(&profile, &values[..values.len() - 1]);
            for row in &without.rows {
                prop_assert_eq!(with.row(&row.id).unwrap().score, row.score);
            }
        }
    }
}
