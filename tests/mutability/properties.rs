//! What holds for any answers.

use gisement::friche::mutability::Answer;
use gisement::friche::mutability::Answers;
use gisement::friche::mutability::CriterionKey;
use gisement::friche::mutability::Form;
use gisement::friche::mutability::Grid;
use gisement::friche::mutability::NumberUnit;
use gisement::friche::mutability::Use;
use gisement::friche::mutability::assess;
use gisement::friche::mutability::bounds;
use gisement::friche::mutability::bounds_over;
use proptest::prelude::*;

use crate::grids;

/// An answer of any kind to a criterion.
fn answer(key: CriterionKey) -> BoxedStrategy<Answer> {
    let value = match key.form() {
        Form::Flag => any::<bool>().prop_map(Answer::Flag).boxed(),
        Form::Words(words) => proptest::sample::select(words).prop_map(Answer::Word).boxed(),
        Form::Number(NumberUnit::Percent) => (0.0..=100.0).prop_map(Answer::Number).boxed(),
        Form::Number(_) => {
            prop_oneof![0.0..600.0, 0.0..9000.0, 0.0..100_000.0].prop_map(Answer::Number).boxed()
        }
    };
    prop_oneof![4 => value, 1 => Just(Answer::NoneFound), 2 => Just(Answer::Unknown)].boxed()
}

/// Answers to all criteria, a good part unknown.
fn answers() -> impl Strategy<Value = Answers> {
    let all: Vec<_> = CriterionKey::ALL.into_iter().map(answer).collect();
    all.prop_map(|given| {
        let mut answers = Answers::new();
        for (key, answer) in CriterionKey::ALL.into_iter().zip(given) {
            assert!(answers.set(key, answer));
        }
        answers
    })
}

fn grid() -> impl Strategy<Value = Grid> {
    proptest::sample::select(grids())
}

/// The criteria of a grid that are unknown, connection to water as derived.
fn unknown(grid: &Grid, answers: &Answers) -> Vec<CriterionKey> {
    assess(grid, answers).unknown.into_iter().map(|(key, _)| key).collect()
}

/// Index of a use, in tenths.
fn tenths(grid: &Grid, answers: &Answers, usage: Use) -> u32 {
    assess(grid, answers).get(usage).unwrap().index.tenths()
}

/// The extreme indexes over all ways to answer `open`, by trying every one.
fn tried(grid: &Grid, answers: &Answers, open: &[CriterionKey], usage: Use) -> (u32, u32) {
    let Some((key, rest)) = open.split_first() else {
        let index = tenths(grid, answers, usage);
        return (index, index);
    };
    let each = grid.values_of(*key).into_iter().map(|value| {
        let mut answers = answers.clone();
        assert!(answers.set(*key, value));
        tried(grid, &answers, rest, usage)
    });
    each.reduce(|a, b| (a.0.min(b.0), a.1.max(b.1))).unwrap()
}

proptest! {
    #[test]
    fn unknown_moves_no_index_and_no_rank(grid in grid(), answers in answers()) {
        // Leaving unknown answers out is the same as giving them.
        let mut without = Answers::new();
        for (key, answer) in answers.iter().filter(|(_, answer)| answer.is_known()) {
            without.set(key, answer);
        }
        prop_assert_eq!(assess(&grid, &answers).uses, assess(&grid, &without).uses);
        let reliability = assess(&grid, &answers).reliability;
        prop_assert_eq!(reliability, assess(&grid, &without).reliability);
        for detail in &assess(&grid, &answers).uses[0].details {
            prop_assert!(detail.answer.is_known() || detail.score.is_none());
        }
    }

    #[test]
    fn none_found_is_known_and_scores_where_the_grid_says_so(
        grid in grid(), answers in answers(), key in proptest::sample::select(&CriterionKey::ALL[..]),
    ) {
        let with = |answer| {
            let mut answers = answers.clone();
            answers.set(key, answer);
            assess(&grid, &answers)
        };
        let (none, open) = (with(Answer::NoneFound), with(Answer::Unknown));
        let Some(rule) = grid.rule(key) else {
            prop_assert_eq!(none.uses, open.uses);
            prop_assert_eq!(none.reliability, open.reliability);
            return Ok(());
        };
        if key != CriterionKey::RaccordementEau && key != CriterionKey::SurfaceBati {
            let more = none.reliability.known.get() - open.reliability.known.get();
            prop_assert_eq!(more, rule.weight().get());
            // As far as can be, where the grid says that; else without points, as unknown.
            let far = grid.values_of(key).pop().unwrap();
            let scores = rule.score(Answer::NoneFound, Use::Industrie).is_some();
            let same = if scores { with(far) } else { open };
            for (one, other) in none.uses.iter().zip(&same.uses) {
                prop_assert_eq!((one.index, one.rank), (other.index, other.rank));
            }
        }
    }

    #[test]
    fn ranks_follow_indexes_and_excluded_uses_come_last(grid in grid(), answers in answers()) {
        let found = assess(&grid, &answers);
        let by_rank = found.by_rank();
        for (place, one) in by_rank.iter().enumerate() {
            prop_assert_eq!(one.rank, place + 1);
            // The index is that of its points, excluded or not.
            let (a, c) = (one.advantages.get(), one.constraints.get());
            let index = if a + c > 0.0 { 100.0 * a / (a + c) } else { 0.0 };
            prop_assert!((one.index.percent() - index).abs() < 0.05 + 1e-9);
        }
        for pair in by_rank.windows(2) {
            let key = |at: usize| (pair[at].is_excluded(), std::cmp::Reverse(pair[at].index), pair[at].usage);
            prop_assert!(key(0) < key(1));
        }
        prop_assert!(found.reliability.note() >= 0.0 && found.reliability.note() <= 10.0);
        let points: f64 = found.uses[0].details.iter().map(|one| one.advantages.get()).sum();
        prop_assert_eq!(points, found.uses[0].advantages.get());
    }

    #[test]
    fn bounds_hold_every_way_to_answer_what_is_unknown(
        grid in grid(), answers in answers(), picks in proptest::collection::vec(0usize..60, 32),
    ) {
        let mut full = answers.clone();
        for (key, pick) in unknown(&grid, &answers).into_iter().zip(picks) {
            let values = grid.values_of(key);
            prop_assert!(full.set(key, values[pick % values.len()]));
        }
        for usage in Use::ALL {
            let (low, high) = bounds(&grid, &answers, usage);
            let index = assess(&grid, &full).get(usage).unwrap().index.percent();
            prop_assert!(low <= index && index <= high, "{usage}: {low} {index} {high}");
            prop_assert_eq!(bounds(&grid, &full, usage), (index, index));
        }
    }
}

proptest! {
    // Each tries some thousands of ways.
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn bounds_are_reached(
        grid in grid(), answers in answers(),
        open in proptest::sample::subsequence(CriterionKey::ALL.to_vec(), 1..5),
        usage in proptest::sample::select(&Use::ALL[..]),
        bare in any::<bool>(),
    ) {
        // Also with nothing else known, where the sums are small and ratios far apart.
        let mut answers = if bare { Answers::new() } else { answers };
        for key in &open {
            answers.set(*key, Answer::Unknown);
        }
        // Water would follow from buildings; here each criterion is answered by itself.
        if !open.contains(&CriterionKey::RaccordementEau) {
            answers.set(CriterionKey::RaccordementEau, Answer::NoneFound);
        }
        let open: Vec<CriterionKey> = open.into_iter().filter(|key| grid.rule(*key).is_some()).collect();
        let (low, high) = bounds_over(&grid, &answers, &open, usage);
        let (least, most) = tried(&grid, &answers, &open, usage);
        prop_assert_eq!((low, high), (f64::from(least) / 10.0, f64::from(most) / 10.0));
    }
}

#[test]
fn one_answer_stands_for_each_that_a_grid_tells_apart() {
    for grid in grids() {
        for rule in grid.rules() {
            let values = grid.values_of(rule.key());
            assert!(values.len() >= 2, "{}", rule.key());
            let mut answers = Answers::new();
            for value in values {
                assert!(answers.set(rule.key(), value), "{}: {value:?}", rule.key());
                assert!(rule.score(value, Use::Culture).is_some(), "{}: {value:?}", rule.key());
            }
        }
    }
    let motorway = grids()[0].values_of(CriterionKey::DistanceAutoroute);
    let expected = [500.0, 1500.0, 3500.0, 10_000.0].map(Answer::Number);
    assert_eq!(motorway, expected);
}
