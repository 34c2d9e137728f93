//! Against all subsets of small graphs.

use std::cmp::Ordering;
use std::collections::BTreeSet;
use std::sync::Mutex;

use gisement::request::assembly::Aim;
use gisement::request::assembly::Graph;
use gisement::request::assembly::Proof;
use gisement::request::assembly::Without;
use gisement::request::assembly::connected_sets;
use gisement::request::assembly::pivots;
use gisement::request::assembly::search;
use rand::RngExt;
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;

use super::common;

/// Refuses a share of sets, the same ones whenever asked.
fn refuses(units: &[u32], salt: u64, share: u64) -> bool {
    let hash = units.iter().fold(salt, |hash, unit| {
        (hash ^ u64::from(*unit)).wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(31)
    });
    hash % 100 < share
}

/// With a small budget: what is proven is right, by whatever search it was found; the bounds of the rest hold.
#[test]
fn small_budgets_are_honest() {
    let mut proven = 0;
    for seed in 0..4000 {
        let mut rng = ChaCha8Rng::seed_from_u64(seed ^ 0xF00D);
        let case = common::random(&mut rng, if seed % 10 == 0 { 14 } else { 12 });
        let mut need = common::need(&mut rng);
        need.budget = [30, 100, 300, 1000, 3000][rng.random_range(0..5)];
        let accept = |_: &[u32]| true;
        let wanted = case.different(&need, &accept);
        let graph = Graph::new(&case.units, &case.edges).unwrap();
        let found = search(&graph, &need, &accept).unwrap();
        let told: Vec<Vec<f64>> = (0..found.assemblies.len())
            .map(|at| {
                let units = found.assemblies[at].units.iter();
                case.values(&need, units.fold(0, |set, unit| set | 1 << unit))
            })
            .collect();
        for (at, proof) in found.proofs.iter().enumerate() {
            match proof {
                Proof::Optimal => {
                    proven += 1;
                    assert_eq!(
                        common::compare(&told[at], &wanted[at].0),
                        Ordering::Equal,
                        "seed {seed} {need:?}"
                    );
                }
                Proof::Bounded { lower } => {
                    let lower: Vec<f64> = lower
                        .iter()
                        .map(|(aim, low)| match aim {
                            Aim::Excess => low / need.excess_step_m2,
                            _ => *low,
                        })
                        .collect();
                    assert_ne!(
                        common::compare(&lower, &wanted[at].0),
                        Ordering::Greater,
                        "seed {seed}"
                    );
                    assert_ne!(
                        common::compare(&told[at], &wanted[at].0),
                        Ordering::Less,
                        "seed {seed}"
                    );
                    // The next ones differ from this one and not from the best.
                    break;
                }
            }
            if found.assemblies[at].units != wanted[at].1 {
                break;
            }
        }
        if found.complete
            && found.proofs.iter().all(|proof| *proof == Proof::Optimal)
            && found.assemblies.iter().zip(&wanted).all(|(a, b)| a.units == b.1)
        {
            assert_eq!(found.assemblies.len(), wanted.len(), "seed {seed}");
        }
    }
    assert!(proven > 2000, "{proven}");
}

#[test]
fn equals_brute_force() {
    for seed in 0..3000 {
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        let case = common::random(&mut rng, if seed % 10 == 0 { 14 } else { 11 });
        let need = common::need(&mut rng);
        let share = [0, 0, 30, 70, 95, 100][rng.random_range(0..6)];
        let accept = |units: &[u32]| !refuses(units, seed, share);
        let wanted = case.different(&need, &accept);
        let graph = Graph::new(&case.units, &case.edges).unwrap();
        let asked = Mutex::new(BTreeSet::new());
        let once = |units: &[u32]| {
            assert!(asked.lock().unwrap().insert(units.to_vec()), "asked twice about {units:?}");
            accept(units)
        };
        let found = search(&graph, &need, &once).unwrap();
        let units: Vec<&Vec<u32>> = found.assemblies.iter().map(|found| &found.units).collect();
        let wanted: Vec<&Vec<u32>> = wanted.iter().map(|wanted| &wanted.1).collect();
        assert_eq!(units, wanted, "seed {seed} {need:?}");
        assert!(found.proofs.iter().all(|proof| *proof == Proof::Optimal), "seed {seed}");
        assert_eq!(found.complete, found.assemblies.len() < need.wanted);
    }
}

#[test]
fn pivots_equal_brute_force() {
    let mut seen = [0; 3];
    for seed in 0..1500 {
        let mut rng = ChaCha8Rng::seed_from_u64(seed ^ 0xBEEF);
        let case = common::random(&mut rng, 11);
        let need = common::need(&mut rng);
        let share = [0, 0, 30, 70][rng.random_range(0..4)];
        let accept = |units: &[u32]| !refuses(units, seed, share);
        let all = case.all(&need, &accept);
        let graph = Graph::new(&case.units, &case.edges).unwrap();
        let found = search(&graph, &need, &accept).unwrap();
        // Any of the assemblies found, not the best one only.
        let Some(assembly) = found.assemblies.last() else { continue };
        let told = pivots(&graph, &need, &assembly.units, &accept).unwrap();
        let set = assembly.units.iter().fold(0_u32, |set, unit| set | 1 << unit);
        let own = case.values(&need, set);
        let joins = case.joins();
        let component = |at: u32| {
            let mut all = 1_u32 << at;
            loop {
                let next = common::list(all).iter().fold(all, |all, at| all | joins[*at as usize]);
                if next == all {
                    return all;
                }
                all = next;
            }
        };
        let component = component(assembly.units[0]);
        let mut wanted = Vec::new();
        for unit in &assembly.units {
            let rest = set & !(1 << unit);
            let best = all.iter().find(|one| one.2 >> unit & 1 == 0 && one.2 & component != 0);
            let (place, values) = if all.iter().any(|one| one.2 == rest) {
                (2, vec![])
            } else if let Some(best) = best {
                (1, best.0.clone())
            } else {
                (0, vec![])
            };
            let dependence = told.iter().find(|dependence| dependence.unit == *unit).unwrap();
            seen[place] += 1;
            match &dependence.without {
                Without::Rest => assert_eq!(place, 2, "seed {seed}"),
                Without::Nothing { is_sure } => assert!(*is_sure && place == 0, "seed {seed}"),
                Without::Other { assembly, worse, proof } => {
                    assert_eq!(*proof, Proof::Optimal);
                    assert_eq!(Some(&assembly.units), best.map(|best| &best.1), "seed {seed}");
                    let differs = (0..own.len()).find(|at| own[*at] != values[*at]);
                    assert_eq!(worse.map(|worse| worse.0), differs.map(|at| need.order[at]));
                    if let (Some((aim, by)), Some(at)) = (worse, differs)
                        && *aim != Aim::Excess
                    {
                        assert!((by - (values[at] - own[at])).abs() < 1e-6 || by.is_infinite());
                    }
                }
            }
            wanted.push((place, values, case.units[*unit as usize].area_m2, *unit));
        }
        wanted.sort_by(|a, b| {
            a.0.cmp(&b.0)
                .then_with(|| common::compare(&b.1, &a.1))
                .then_with(|| b.2.total_cmp(&a.2))
                .then(a.3.cmp(&b.3))
        });
        let order: Vec<u32> = told.iter().map(|dependence| dependence.unit).collect();
        let wanted: Vec<u32> = wanted.iter().map(|wanted| wanted.3).collect();
        assert_eq!(order, wanted, "seed {seed}");
    }
    assert!(seen.iter().all(|seen| *seen > 50), "{seen:?}");
}

#[test]
fn counts_connected_sets() {
    for seed in 0..200 {
        let mut rng = ChaCha8Rng::seed_from_u64(seed ^ 0xC0DE);
        let case = common::random(&mut rng, 10);
        let joins = case.joins();
        let all =
            (1..1_u32 << case.units.len()).filter(|set| common::Case::connected(&joins, *set));
        let graph = Graph::new(&case.units, &case.edges).unwrap();
        let count = all.count() as u64;
        assert_eq!(connected_sets(&graph, 1 << 20), Some(count));
        assert_eq!(connected_sets(&graph, count - 1), None);
    }
}
