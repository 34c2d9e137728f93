//! The methods against answers of others: published figures of one small case, and pymcdm on random matrices with ties,
//! constant columns and costs (`tests/reference/methods.py`).
// A test that cannot go on has failed: that is what unwrap is for here.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use gisement::evaluation::method::DecisionMatrix;
use gisement::evaluation::method::Normalisation;
use gisement::evaluation::method::Preference;
use gisement::evaluation::method::Sense;
use gisement::evaluation::method::ahp::ahp;
use gisement::evaluation::method::promethee;
use gisement::evaluation::method::topsis;
use gisement::evaluation::method::weighted_sum;

const TOLERANCE: f64 = 1e-9;

/// Five sites by surface (ha), distance to a trunk road (km, less is better), zoning score and constraints (less is
/// better). Answers by pymcdm (weighted sum, TOPSIS, PROMETHEE usual), by its own computation for the classic TOPSIS,
/// PROMETHEE with thresholds and AHP.
fn sites() -> DecisionMatrix {
    let rows = [
        vec![12.0, 1.5, 60.0, 3.0],
        vec![8.0, 0.4, 75.0, 2.0],
        vec![25.0, 4.2, 40.0, 4.0],
        vec![15.0, 2.0, 85.0, 1.0],
        vec![9.5, 0.9, 70.0, 5.0],
    ];
    let senses = [Sense::Benefit, Sense::Cost, Sense::Benefit, Sense::Cost];
    DecisionMatrix::new(&rows, &[0.4, 0.2, 0.25, 0.15], &senses).unwrap()
}

#[track_caller]
fn assert_near(found: &[f64], expected: &[f64], what: &str) {
    assert_eq!(found.len(), expected.len(), "{what}");
    for (found, expected) in found.iter().zip(expected) {
        assert!((found - expected).abs() < TOLERANCE, "{what}: {found} is not {expected}");
    }
}

#[test]
fn weighted_sum_of_five_sites() {
    assert_near(
        &weighted_sum::scores(&sites(), Normalisation::MinMax),
        &[0.4223340213278294, 0.5069444444444444, 0.4375, 0.6804953560371517, 0.3756449948400413],
        "weighted sum",
    );
}

#[test]
fn topsis_of_five_sites() {
    assert_near(
        &topsis::scores(&sites(), Normalisation::Vector),
        &[
            0.4320405289018626,
            0.46221913636751316,
            0.528296000807215,
            0.5486478902957428,
            0.41283399216142075,
        ],
        "vector",
    );
    assert_near(
        &topsis::scores(&sites(), Normalisation::MinMax),
        &[
            0.3831966951071271,
            0.42581367505168244,
            0.5421043742290675,
            0.5863925703708522,
            0.37590797527350356,
        ],
        "minmax",
    );
}

#[test]
fn promethee_of_five_sites() {
    assert_near(&promethee::net_flows(&sites(), &[]), &[-0.125, 0.0, -0.125, 0.5, -0.25], "usual");
    let preferences = [(2.0, 10.0), (0.3, 2.0), (5.0, 30.0), (0.5, 2.0)]
        .map(|(q, p)| Preference::Linear { q, p });
    assert_near(
        &promethee::net_flows(&sites(), &preferences),
        &[
            -0.10772058823529412,
            0.08014705882352943,
            -0.10000000000000003,
            0.2761029411764706,
            -0.1485294117647059,
        ],
        "linear",
    );
}

#[test]
fn ahp_of_four_criteria() {
    let third = 1.0 / 3.0;
    let found = ahp(&[
        vec![1.0, 3.0, 5.0, 7.0],
        vec![third, 1.0, 3.0, 5.0],
        vec![0.2, third, 1.0, 3.0],
        vec![1.0 / 7.0, 0.2, third, 1.0],
    ])
    .unwrap();
    let weights =
        [0.5650090537990473, 0.2622012055608733, 0.11750425004139851, 0.05528549059868089];
    assert_near(&found.weights, &weights, "weights");
    assert_near(
        &[found.lambda_max, found.consistency_index, found.consistency_ratio],
        &[4.11698244344727, 0.03899414781575672, 0.04332683090639635],
        "consistency",
    );
}

fn numbers(text: &str) -> Vec<f64> {
    text.split(',').filter(|part| !part.is_empty()).map(|part| part.parse().unwrap()).collect()
}

#[test]
fn random_matrices_give_what_pymcdm_gives() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/reference/methods.tsv");
    let text = fs::read_to_string(path).unwrap();
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for (at, line) in text.lines().enumerate().skip(1) {
        let [kind, parameters, rows, weights, types, answer] =
            line.split('\t').collect::<Vec<_>>().try_into().unwrap();
        let rows: Vec<Vec<f64>> = rows.split(';').map(numbers).collect();
        let found = if kind == "ahp" {
            let found = ahp(&rows).unwrap();
            [found.weights, vec![found.lambda_max]].concat()
        } else {
            let sense = |sign: f64| if sign > 0.0 { Sense::Benefit } else { Sense::Cost };
            let senses: Vec<Sense> = numbers(types).into_iter().map(sense).collect();
            let matrix = DecisionMatrix::new(&rows, &numbers(weights), &senses).unwrap();
            let normalisation = match parameters {
                "minmax" => Normalisation::MinMax,
                _ => Normalisation::Vector,
            };
            match kind {
                "wsm" => weighted_sum::scores(&matrix, normalisation),
                "topsis" => topsis::scores(&matrix, normalisation),
                _ => promethee::net_flows(&matrix, &preferences(kind, parameters)),
            }
        };
        assert_near(&found, &numbers(answer), &format!("line {}, {kind}", at + 1));
        *seen.entry(kind.to_owned()).or_default() += 1;
    }
    assert_eq!(seen.len(), 9, "{seen:?}");
    assert!(seen.values().all(|count| *count >= 40), "{seen:?}");
}

fn preferences(kind: &str, parameters: &str) -> Vec<Preference> {
    let (q, p) = parameters.split_once(';').unwrap();
    numbers(q)
        .into_iter()
        .zip(numbers(p))
        .map(|(q, p)| match kind {
            "usual" => Preference::Usual,
            "ushape" => Preference::UShape { q },
            "vshape" => Preference::VShape { p },
            "level" => Preference::Level { q, p },
            "vshape_2" => Preference::Linear { q, p },
            "gaussian" => Preference::Gaussian { s: p },
            other => panic!("{other}"),
        })
        .collect()
}
