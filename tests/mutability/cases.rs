//! Worked cases: answers and what ADEME's own program says of them.

use std::fs;
use std::path::Path;

use gisement::friche::mutability::Answer;
use gisement::friche::mutability::Answers;
use gisement::friche::mutability::Use;
use gisement::friche::mutability::assess;
use gisement::friche::mutability::published_grid;
use serde_json::Value;

use crate::grids;

/// Assesses a case and holds every figure that is expected against ours. Returns how many there were.
fn check(case: &Value) -> usize {
    let id = case["id"].as_str().unwrap();
    let grid = published_grid(case["version"].as_str().unwrap()).unwrap();
    // The whole case is a file of answers: its key `input` holds them.
    let answers = Answers::from_json(&case.to_string()).unwrap();
    let found = assess(&grid, &answers);
    let mut n_checked = 0;
    for one in &found.uses {
        for (figure, ours, tolerance) in [
            // ADEME rounds a float: a tenth may differ on an exact half.
            ("index", one.index.percent(), 0.1 + 1e-9),
            ("avantages", one.advantages.get(), 0.0),
            ("contraintes", one.constraints.get(), 0.0),
            ("rang", one.rank as f64, 0.0),
        ] {
            if let Some(theirs) = case["expected"][figure][one.usage.as_str()].as_f64() {
                assert!(
                    (ours - theirs).abs() <= tolerance,
                    "{id}, {}: {figure} {ours}, not {theirs}",
                    one.usage
                );
                n_checked += 1;
            }
        }
    }
    for (figure, ours) in [
        ("note", found.reliability.note()),
        ("poidsRenseignes", found.reliability.known.get()),
        ("poidsTotal", found.reliability.total.get()),
        ("criteresRenseignes", found.reliability.n_known as f64),
    ] {
        if let Some(theirs) = case["expected"]["fiabilite"][figure].as_f64() {
            assert_eq!(ours, theirs, "{id}: {figure}");
            n_checked += 1;
        }
    }
    n_checked
}

#[test]
fn the_published_cases_come_out_to_a_tenth_of_a_percent() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/reference/mutafriches_cases.json");
    let cases: Value = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    let cases = cases["cases"].as_array().unwrap();
    assert_eq!(cases.len(), 10);
    let n_checked: usize = cases.iter().map(check).sum();
    // Five whole cases of 7 × 3 + 4 figures, and what could be read of five more.
    assert_eq!(n_checked, 5 * 25 + 48);
}

#[test]
fn published_single_scores_come_out() {
    // (version, answers, use, criterion, score): what ADEME's own tests demand, from
    // apps/api/src/evaluation/services/*.spec.ts of incubateur-ademe/mutafriches.
    let mut demanded: Vec<(&str, String, &str, &str, f64)> = Vec::new();
    let mut number = |version, key: &'static str, usage, pairs: &[(f64, f64)]| {
        for (value, score) in pairs {
            demanded.push((version, format!("{{\"{key}\": {value}}}"), usage, key, *score));
        }
    };
    // distance-unite.spec.ts: metres against thresholds in kilometres.
    let motorway = [
        (999.0, 2.0),
        (1000.0, 1.0),
        (1999.0, 1.0),
        (2000.0, -1.0),
        (3000.0, -1.0),
        (4999.0, -1.0),
        (5000.0, -2.0),
    ];
    number("v1.19", "distanceAutoroute", "industrie", &motorway);
    let electricity = [
        (300.0, 2.0),
        (999.0, 2.0),
        (1000.0, -1.0),
        (4999.0, -1.0),
        (5000.0, -2.0),
        (999_000.0, -2.0),
    ];
    number("v1.19", "distanceRaccordementElectrique", "photovoltaique", &electricity);
    // reseau-chaleur-scoring.spec.ts
    let heat = [(1.0, 2.0), (320.0, 2.0), (499.0, 2.0), (500.0, 0.5), (501.0, 0.5), (5000.0, 0.5)];
    number("v1.15", "distanceReseauChaleur", "residentiel", &heat);
    number("v1.15", "distanceReseauChaleur", "tertiaire", &[(320.0, 1.0)]);
    // locaux-activite-scoring.spec.ts
    let area = [(5000.0, 1.0), (14_999.0, 1.0), (15_000.0, 0.5), (40_000.0, 0.5), (80_000.0, 0.5)];
    number("v1.17", "surfaceSite", "tertiaire", &area);
    number("v1.16", "surfaceSite", "tertiaire", &[(5000.0, 0.5), (40_000.0, -1.0)]);
    let mut other = |version, key: &'static str, value: &str, usage, score| {
        demanded.push((version, format!("{{\"{key}\": {value}}}"), usage, key, score));
    };
    other("v1.17", "siteEnCentreVille", "true", "tertiaire", 0.5);
    other("v1.17", "siteEnCentreVille", "false", "tertiaire", 1.0);
    other("v1.16", "siteEnCentreVille", "true", "tertiaire", 1.0);
    other("v1.16", "siteEnCentreVille", "false", "tertiaire", -1.0);
    other("v1.17", "proximiteCommercesServices", "true", "tertiaire", 1.0);
    other("v1.17", "proximiteCommercesServices", "false", "tertiaire", 0.5);
    other("v1.16", "proximiteCommercesServices", "false", "tertiaire", -1.0);
    // qpv-scoring.spec.ts, saturation-reseau-enr-scoring.spec.ts, zae-scoring.spec.ts
    for (usage, score) in [
        ("residentiel", 2.0),
        ("equipements", 2.0),
        ("culture", 0.5),
        ("tertiaire", -2.0),
        ("photovoltaique", -1.0),
    ] {
        other("v1.15", "siteEnQpv", "true", usage, score);
        other("v1.15", "siteEnQpv", "false", usage, 0.5);
    }
    other("v1.15", "saturationReseauEnr", "true", "photovoltaique", -2.0);
    other("v1.15", "saturationReseauEnr", "true", "industrie", 0.5);
    for (usage, score) in [
        ("residentiel", -1.0),
        ("equipements", 0.5),
        ("tertiaire", 2.0),
        ("industrie", 2.0),
        ("photovoltaique", 0.5),
    ] {
        other("v1.19", "siteEnZae", "true", usage, score);
    }
    other("v1.18", "siteEnZae", "true", "tertiaire", 1.0);
    // Searched, none: the farthest bin (ADR-0047; raccordement-electrique-, reseau-chaleur-scoring.spec.ts).
    other("v1.16", "distanceAutoroute", "null", "industrie", -2.0);
    other("v1.13", "distanceRaccordementElectrique", "null", "photovoltaique", -2.0);
    other("v1.15", "distanceReseauChaleur", "null", "residentiel", 0.5);
    for (version, answers, usage, key, score) in demanded {
        let found =
            assess(&published_grid(version).unwrap(), &Answers::from_json(&answers).unwrap());
        let one = found.get(Use::from_code(usage).unwrap()).unwrap();
        let detail = one.details.iter().find(|detail| detail.key.as_str() == key).unwrap();
        assert_eq!(
            detail.score.map(|score| score.get()),
            Some(score),
            "{version}, {answers}, {usage}"
        );
    }
}

#[test]
fn published_exclusions_come_out() {
    // criteres-excluants.spec.ts
    let excluded = |version: &str, answers: &str| {
        let found =
            assess(&published_grid(version).unwrap(), &Answers::from_json(answers).unwrap());
        let uses = found.uses.iter().filter(|one| one.is_excluded());
        uses.map(|one| (one.usage.as_str(), one.excluded_because.clone())).collect::<Vec<_>>()
    };
    let names =
        |found: &[(&'static str, Vec<_>)]| found.iter().map(|one| one.0).collect::<Vec<_>>();
    let solar = excluded("v1.16", r#"{"zoneAccelerationEnr": "exclusion"}"#);
    assert_eq!(names(&solar), ["photovoltaique"]);
    assert_eq!(
        solar[0].1.iter().map(|key| key.as_str()).collect::<Vec<_>>(),
        ["zoneAccelerationEnr"]
    );
    assert!(excluded("v1.16", r#"{"zoneAccelerationEnr": "oui"}"#).is_empty());
    assert!(excluded("v1.15", r#"{"zoneAccelerationEnr": "exclusion"}"#).is_empty());
    let wet =
        excluded("v1.16", r#"{"presenceZoneHumide": "oui", "presenceEspecesProtegees": "oui"}"#);
    assert_eq!(names(&wet), ["tertiaire", "industrie"]);
    let because: Vec<&str> = wet[1].1.iter().map(|key| key.as_str()).collect();
    assert_eq!(because, ["presenceZoneHumide", "presenceEspecesProtegees"]);
    for half in [["oui", "non"], ["non", "oui"], ["oui", "ne-sait-pas"], ["ne-sait-pas", "oui"]] {
        let answers = format!(
            r#"{{"presenceZoneHumide": "{}", "presenceEspecesProtegees": "{}"}}"#,
            half[0], half[1]
        );
        assert!(excluded("v1.19", &answers).is_empty(), "{answers}");
    }
}

/// The facts that the grids were carried over from, where they are at hand: `../shared/reference`, beside the real data.
fn facts() -> Option<Value> {
    let data = std::env::var_os("GISEMENT_REAL_DATA").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data"),
        std::path::PathBuf::from,
    );
    let text = fs::read_to_string(data.join("../reference/mutafriches.json")).ok()?;
    Some(serde_json::from_str(&text).unwrap())
}

/// Seven scores of a row of the facts.
fn row(value: &Value) -> Vec<f64> {
    value.as_array().unwrap().iter().map(|score| score.as_f64().unwrap()).collect()
}

#[test]
fn every_figure_of_every_grid_is_that_of_the_facts() {
    let Some(facts) = facts() else {
        println!("left out: no reference/mutafriches.json (set GISEMENT_REAL_DATA)");
        return;
    };
    for case in facts["test_cases"].as_array().unwrap() {
        assert!(check(case) >= 25);
    }
    for grid in grids() {
        let version = &facts["versions"][grid.version()];
        assert_eq!(version["date"], grid.date());
        let weights = version["weights"].as_object().unwrap();
        assert_eq!(weights.len(), grid.rules().len());
        for rule in grid.rules() {
            let name = rule.key().as_str();
            assert_eq!(weights[name].as_f64(), Some(rule.weight().get()), "{name}");
            let values = grid.values_of(rule.key());
            let rows: Vec<Vec<f64>> = match &version["numeric"][name]["bins"] {
                Value::Array(bins) => bins.iter().map(|bin| row(&bin["s"])).collect(),
                _ => values
                    .iter()
                    .map(|value| match value {
                        Answer::Word(word) => row(&version["enum"][name][word]),
                        Answer::Flag(flag) => row(&version["enum"][name][flag.to_string()]),
                        other => panic!("{name}: {other:?}"),
                    })
                    .collect(),
            };
            assert_eq!(values.len(), rows.len(), "{name}");
            for (value, row) in values.iter().zip(&rows) {
                let ours = Use::ALL.map(|usage| rule.score(*value, usage).unwrap().get());
                assert_eq!(ours.as_slice(), row, "{} {name} {value:?}", grid.version());
            }
        }
    }
}
