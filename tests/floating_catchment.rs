//! Floating catchments against PySAL's `access`, on paper and by their properties.
// A test that cannot go on has failed: that is what unwrap is for here.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::fs;
use std::path::Path;

use gisement::evaluation::method::floating_catchment::Band;
use gisement::evaluation::method::floating_catchment::Bands;
use gisement::evaluation::method::floating_catchment::Bounds;
use gisement::evaluation::method::floating_catchment::CatchmentError;
use gisement::evaluation::method::floating_catchment::FloatingCatchment;
use gisement::evaluation::method::floating_catchment::Way;
use gisement::units::Minutes;
use proptest::prelude::*;

const TOLERANCE: f64 = 1e-9;

fn two_step(within_min: f64) -> FloatingCatchment {
    FloatingCatchment::TwoStep { within: Minutes::new(within_min).unwrap() }
}

fn methods() -> [FloatingCatchment; 3] {
    [
        two_step(30.0),
        FloatingCatchment::Enhanced(Bands::default()),
        FloatingCatchment::ThreeStep(Bands::default()),
    ]
}

fn exact(figures: &[f64]) -> Vec<Bounds> {
    figures.iter().copied().map(Bounds::exact).collect()
}

/// Ways between all places, from rows of minutes by demand; a negative number is no way.
fn ways(minutes: &[Vec<f64>]) -> Vec<Way> {
    let mut ways = Vec::new();
    for (demand, row) in (0_u32..).zip(minutes) {
        for (supply, minutes) in (0_u32..).zip(row) {
            if *minutes >= 0.0 {
                ways.push(Way { demand, supply, minutes: *minutes });
            }
        }
    }
    ways
}

#[track_caller]
fn assert_near(found: &[Bounds], expected: &[f64], what: &str) {
    assert_eq!(found.len(), expected.len(), "{what}");
    for (found, expected) in found.iter().zip(expected) {
        let near = |figure: f64| (figure - expected).abs() < TOLERANCE * expected.abs().max(1.0);
        assert!(near(found.low) && near(found.high), "{what}: {found:?} is not {expected}");
    }
}

/// Four places of demand and three of supply: answers by PySAL's `access`; those of 2SFCA and E2SFCA were worked out by
/// hand as well (the supplies fall to 4 500, 2 300 and 3 600 heads, to 2 294, 1 682 and 2 176 weighted ones).
#[test]
fn four_places_and_three_supplies_as_pysal_has_them() {
    let demand = [1200.0, 800.0, 300.0, 2500.0];
    let supply = exact(&[90.0, 40.0, 15.0]);
    let ways = ways(&[
        vec![5.0, 18.0, 32.0],
        vec![14.0, 6.0, 25.0],
        vec![40.0, 22.0, 4.0],
        vec![28.0, 31.0, 12.0],
    ]);
    let expected = [
        [0.03739130434782609, 0.04155797101449275, 0.021557971014492753, 0.024166666666666666],
        [0.0554040059007264, 0.051976048153922226, 0.012125249178149262, 0.013318711857018307],
        [0.06576663238569272, 0.04882124398386051, 0.010007745474555818, 0.009608288923085432],
    ];
    for (method, expected) in methods().iter().zip(expected) {
        let found = method.access(&demand, &supply, &ways).unwrap();
        assert_near(&found, &expected, &format!("{method:?}"));
    }
}

fn numbers(text: &str) -> Vec<f64> {
    text.split(',').map(|part| part.parse().unwrap()).collect()
}

#[test]
fn random_places_give_what_pysal_gives() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/reference/floating_catchment.tsv");
    let text = fs::read_to_string(path).unwrap();
    let mut n_cases = 0;
    for (at, line) in text.lines().enumerate().filter(|(_, line)| !line.starts_with('#')) {
        let [kind, bands, demand, supply, minutes, answer] =
            line.split('\t').collect::<Vec<_>>().try_into().unwrap();
        let bands: Vec<Band> = bands
            .split(',')
            .map(|band| {
                let (up_to, weight) = band.split_once(':').unwrap();
                Band { up_to_min: up_to.parse().unwrap(), weight: weight.parse().unwrap() }
            })
            .collect();
        let method = match kind {
            "2sfca" => two_step(bands[0].up_to_min),
            "e2sfca" => FloatingCatchment::Enhanced(Bands::new(bands).unwrap()),
            _ => FloatingCatchment::ThreeStep(Bands::new(bands).unwrap()),
        };
        let minutes: Vec<Vec<f64>> = minutes.split(';').map(numbers).collect();
        let found =
            method.access(&numbers(demand), &exact(&numbers(supply)), &ways(&minutes)).unwrap();
        assert_near(&found, &numbers(answer), &format!("line {}, {kind}", at + 1));
        n_cases += 1;
    }
    assert_eq!(n_cases, 180);
}

#[test]
fn the_published_bands_are_as_published() {
    let steps = |bands: Bands| -> Vec<(f64, f64)> {
        bands.steps().iter().map(|band| (band.up_to_min, band.weight)).collect()
    };
    assert_eq!(steps(Bands::default()), [(10.0, 1.0), (20.0, 0.68), (30.0, 0.22)]);
    assert_eq!(
        steps(Bands::wan_2012()),
        [(10.0, 0.962), (20.0, 0.704), (30.0, 0.377), (60.0, 0.042)]
    );
    let bands = Bands::default();
    let weights = [0.0, 10.0, 10.001, 20.0, 30.0, 30.001].map(|minutes| bands.weight(minutes));
    assert_eq!(weights, [1.0, 1.0, 0.68, 0.68, 0.22, 0.0]);
}

#[test]
fn what_nobody_wants_falls_to_nobody() {
    let ways = ways(&[vec![5.0, 5.0], vec![-1.0, 5.0]]);
    let supply = [Bounds { low: 3.0, high: 9.0 }, Bounds { low: 4.0, high: f64::INFINITY }];
    // A place of nobody beside a supply that nobody else reaches: at least its share of the other supply.
    let found = two_step(30.0).access(&[0.0, 2.0], &supply, &ways).unwrap();
    assert_eq!(found[0], Bounds { low: 2.0, high: f64::INFINITY });
    assert_eq!(found[1], Bounds { low: 2.0, high: f64::INFINITY });
    let none = two_step(30.0).access(&[0.0, 2.0], &exact(&[0.0, 4.0]), &ways).unwrap();
    assert_eq!(none, exact(&[2.0, 2.0]));
    // Out of reach of everything: nothing, and that is known.
    let far = two_step(4.0).access(&[0.0, 2.0], &supply, &ways).unwrap();
    assert_eq!(far, exact(&[0.0, 0.0]));
}

/// Why the property of distance leaves 3SFCA out: who gives up a supply of nothing competes more for the other.
#[test]
fn by_three_steps_giving_up_one_supply_is_competing_for_the_others() {
    let three = FloatingCatchment::ThreeStep(Bands::default());
    let access = |minutes: f64| {
        let ways = ways(&[vec![minutes, 5.0], vec![-1.0, 5.0]]);
        three.access(&[10.0, 10.0], &exact(&[0.0, 60.0]), &ways).unwrap()[0].low
    };
    assert!((access(5.0) - 2.0).abs() < TOLERANCE && (access(31.0) - 3.0).abs() < TOLERANCE);
}

#[test]
fn what_cannot_be_is_refused_with_the_next_move() {
    let one = [Way { demand: 0, supply: 0, minutes: 1.0 }];
    let fails = |demand: f64, supply: Bounds, ways: &[Way]| {
        two_step(30.0).access(&[demand], &[supply], ways).unwrap_err().to_string()
    };
    let fine = Bounds::exact(1.0);
    for (error, what) in [
        (fails(-1.0, fine, &one), "demand 0 is -1"),
        (fails(f64::NAN, fine, &one), "demand 0 is NaN"),
        (fails(1.0, Bounds { low: 2.0, high: 1.0 }, &one), "supply 0 lies between 2 and 1"),
        (fails(1.0, Bounds { low: f64::NAN, high: 1.0 }, &one), "supply 0 lies"),
        (fails(1.0, fine, &[Way { demand: 1, ..one[0] }]), "from demand 1 to supply 0, which"),
        (fails(1.0, fine, &[Way { minutes: -2.0, ..one[0] }]), "takes -2 minutes; leave out"),
        (fails(1.0, fine, &[one[0], one[0]]), "two ways go"),
    ] {
        assert!(error.contains(what), "{error}");
    }
    let bands = |steps: &[(f64, f64)]| {
        Bands::new(
            steps
                .iter()
                .map(|(up_to_min, weight)| Band { up_to_min: *up_to_min, weight: *weight })
                .collect(),
        )
    };
    assert_eq!(bands(&[]), Err(CatchmentError::NoBand));
    assert_eq!(
        bands(&[(10.0, 1.0), (10.0, 0.5)]),
        Err(CatchmentError::BandMinutes { band: 1, value: 10.0 })
    );
    assert_eq!(bands(&[(10.0, 1.5)]), Err(CatchmentError::BandWeight { band: 0, value: 1.5 }));
    assert!(bands(&[(10.0, f64::NAN)]).is_err() && bands(&[(f64::INFINITY, 1.0)]).is_err());
}

#[derive(Debug, Clone)]
struct World {
    demand: Vec<f64>,
    supply: Vec<Bounds>,
    minutes: Vec<Vec<f64>>,
}

fn world() -> impl Strategy<Value = World> {
    (1_usize..8, 1_usize..8).prop_flat_map(|(n, m)| {
        let bounds = (0.0..100.0_f64, 0.0..50.0_f64)
            .prop_map(|(low, more)| Bounds { low, high: low + more });
        let minutes = prop_oneof![1 => Just(-1.0), 6 => (0_u32..45).prop_map(f64::from)];
        (
            prop::collection::vec(1.0..500.0_f64, n),
            prop::collection::vec(bounds, m),
            prop::collection::vec(prop::collection::vec(minutes, m), n),
        )
            .prop_map(|(demand, supply, minutes)| World { demand, supply, minutes })
    })
}

impl World {
    fn access(&self, method: &FloatingCatchment) -> Vec<Bounds> {
        method.access(&self.demand, &self.supply, &ways(&self.minutes)).unwrap()
    }
}

/// Not below, rounding aside.
fn at_least(more: f64, less: f64) -> bool {
    more >= less - 1e-12 * less.abs()
}

proptest! {
    #[test]
    fn more_supply_never_lowers_anyones_access(world in world(), at in 0_usize..8, more in 0.0..50.0_f64) {
        let at = at % world.supply.len();
        let mut richer = world.clone();
        richer.supply[at].low += more;
        richer.supply[at].high += more;
        for method in methods() {
            for (before, after) in world.access(&method).iter().zip(richer.access(&method)) {
                prop_assert!(at_least(after.low, before.low) && at_least(after.high, before.high));
            }
        }
    }

    #[test]
    fn moving_a_place_of_demand_farther_never_raises_its_own_access(
        world in world(), at in 0_usize..8, more in 0.0..30.0_f64,
    ) {
        let at = at % world.demand.len();
        let mut farther = world.clone();
        farther.minutes[at].iter_mut().filter(|minutes| **minutes >= 0.0).for_each(|minutes| *minutes += more);
        for method in &methods()[..2] {
            let (before, after) = (world.access(method)[at], farther.access(method)[at]);
            prop_assert!(at_least(before.low, after.low) && at_least(before.high, after.high));
        }
    }

    #[test]
    fn what_falls_to_all_is_the_supply_that_anybody_reaches(world in world()) {
        for method in methods() {
            let access = world.access(&method);
            let is_reached = |j: usize| world.minutes.iter().any(|row| (0.0..=30.0).contains(&row[j]));
            let of = |pick: fn(&Bounds) -> f64| -> (f64, f64) {
                let shared = access.iter().zip(&world.demand).map(|(bounds, heads)| pick(bounds) * heads).sum();
                let reached = world.supply.iter().enumerate().filter(|(j, _)| is_reached(*j));
                (shared, reached.map(|(_, bounds)| pick(bounds)).sum())
            };
            for (shared, reached) in [of(|bounds| bounds.low), of(|bounds| bounds.high)] {
                prop_assert!((shared - reached).abs() <= 1e-9 * reached.max(1.0), "{shared} of {reached}");
            }
        }
    }

    #[test]
    fn bounds_hold_the_truth_and_the_order_of_ways_is_nothing(world in world(), shares in prop::collection::vec(0.0..=1.0_f64, 8)) {
        for method in methods() {
            let mut known = world.clone();
            for (bounds, share) in known.supply.iter_mut().zip(&shares) {
                *bounds = Bounds::exact(bounds.low + (bounds.high - bounds.low) * share);
            }
            for (bounds, truth) in world.access(&method).iter().zip(known.access(&method)) {
                prop_assert!(at_least(truth.low, bounds.low) && at_least(bounds.high, truth.high));
            }
            let mut turned = ways(&world.minutes);
            turned.reverse();
            prop_assert_eq!(method.access(&world.demand, &world.supply, &turned).unwrap(), world.access(&method));
        }
    }
}
