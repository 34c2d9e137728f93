//! How far an index could move when what is unknown becomes known.

use super::answer::Answers;
use super::criterion_key::CriterionKey;
use super::grid::Grid;
use super::points::Index;
use super::points::Points;
use super::usage::Use;

/// The lowest and the highest index of a use, in percent with one decimal, over all ways to answer every criterion that
/// is unknown with one of its values ([`Grid::values_of`]). Equal when nothing is unknown. Exact.
#[must_use]
pub fn bounds(grid: &Grid, answers: &Answers, usage: Use) -> (f64, f64) {
    let unknown: Vec<CriterionKey> = grid
        .rules()
        .iter()
        .map(|rule| rule.key())
        .filter(|key| !grid.answer(answers, *key).is_known())
        .collect();
    bounds_over(grid, answers, &unknown, usage)
}

/// As [`bounds`], when only the criteria `open` become known and all others stay as they are.
///
/// A criterion of `open` that is already known is taken as open; one that the grid does not have changes nothing. Each
/// criterion is answered by itself: connection to water may be stated whatever the buildings.
#[must_use]
pub fn bounds_over(
    grid: &Grid,
    answers: &Answers,
    open: &[CriterionKey],
    usage: Use,
) -> (f64, f64) {
    let (mut settled, mut choices) = ((Points::ZERO, Points::ZERO), Vec::new());
    for rule in grid.rules() {
        let points = |answer| rule.score(answer, usage).map(|score| score.points(rule.weight()));
        if open.contains(&rule.key()) {
            choices.push(rule.values().into_iter().filter_map(points).collect::<Vec<_>>());
        } else if let Some((advantages, constraints)) = points(grid.answer(answers, rule.key())) {
            settled.0 += advantages;
            settled.1 += constraints;
        }
    }
    let highest = highest(settled, &choices);
    // The lowest share of what is for a use is what is left of the highest share of what is against it.
    let swapped = |(advantages, constraints): (Points, Points)| (constraints, advantages);
    let swapped_choices: Vec<Vec<(Points, Points)>> =
        choices.iter().map(|values| values.iter().copied().map(swapped).collect()).collect();
    let (against, for_it) = self::highest(swapped(settled), &swapped_choices);
    let index = |(advantages, constraints)| Index::of(advantages, constraints).percent();
    (index((for_it, against)), index(highest))
}

/// The points of the choice with the highest share for, one value a criterion.
///
/// Dinkelbach (1967): with λ the share reached so far, each criterion by itself takes the value with the greatest
/// `for − λ (for + against)`; the share of that choice is the next λ. It rises strictly until it is the highest share, in
/// whole numbers and thus in finitely many steps.
fn highest(settled: (Points, Points), choices: &[Vec<(Points, Points)>]) -> (Points, Points) {
    let whole = |(a, c): (Points, Points)| i64::from((a + c).quarters());
    let part = |(a, _): (Points, Points)| i64::from(a.quarters());
    let choose = |best: (Points, Points)| {
        let mut sum = settled;
        for values in choices {
            // for·whole − part·(for + against), with λ = part / whole.
            let gain =
                |value: &(Points, Points)| part(*value) * whole(best) - part(best) * whole(*value);
            if let Some((advantages, constraints)) =
                values.iter().copied().max_by_key(|value| gain(value))
            {
                sum.0 += advantages;
                sum.1 += constraints;
            }
        }
        sum
    };
    // Any choice begins; without settled points λ is 0 of 0, which orders nothing.
    let first = |values: &Vec<(Points, Points)>| values.first().copied().unwrap_or_default();
    let mut best =
        choices.iter().map(first).fold(settled, |sum, value| (sum.0 + value.0, sum.1 + value.1));
    loop {
        let next = choose(best);
        // part(next)/whole(next) > part(best)/whole(best), crosswise.
        if part(next) * whole(best) <= part(best) * whole(next) {
            return best;
        }
        best = next;
    }
}
