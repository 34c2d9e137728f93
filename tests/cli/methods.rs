use serde_json::Value;

use crate::drawn::Drawn;

/// Area, flood and built share of the drawn parcels, by `method`; `weights` are lines of the three criteria and `more`
/// ends the file.
fn profile(method: &str, weights: [&str; 3], more: &str) -> String {
    let criterion = |id: &str, measure: &str, curve: &str, weight: &str| {
        format!(
            "[[criterion]]\nid = \"{id}\"\nlabel = {{ fr = \"{id}\", en = \"{id}\" }}\nmeasure = {{ {measure} }}\n\
             curve = {curve}\nsource = \"test\"\n{weight}\n"
        )
    };
    [
        format!(
            "id = \"essai-v1\"\ntitle = {{ fr = \"a\", en = \"b\" }}\nunit = \"parcel\"\nmethod = \"{method}\"\n"
        ),
        criterion("area", "area = true", "[[0, 0.0], [60000, 1.0]]", weights[0]),
        criterion("flood", "share_within = \"hazards\"", "[[0, 1.0], [1, 0.2]]", weights[1]),
        criterion("built", "share_within = \"buildings\"", "[[0, 1.0], [0.5, 0.0]]", weights[2]),
        more.to_owned(),
    ]
    .concat()
}

const WEIGHTS: [&str; 3] = ["weight = 3", "weight = 2", "weight = 1"];

fn ranked(drawn: &Drawn, profile: &str) -> Value {
    drawn.write("p.toml", profile);
    let path = drawn.path("p.toml").display().to_string();
    let ran = drawn.run(&["rank", "land", "--profile", &path, "--format", "json"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    serde_json::from_str(&ran.stdout).unwrap()
}

/// Identifier, score, and weight and score of each criterion.
type Told = (String, f64, Vec<(f64, Option<f64>)>);

/// Identifier, score, and weight and score of each criterion that is known.
fn rows(answer: &Value) -> Vec<Told> {
    let number = |value: &Value| value.as_f64().unwrap();
    let rows = answer["rows"].as_array().unwrap().iter();
    rows.map(|row| {
        let criteria = row["criteria"].as_array().unwrap().iter();
        let known = criteria.map(|one| (number(&one["weight"]), one["score"].as_f64()));
        (row["id"].as_str().unwrap().to_owned(), number(&row["score"]), known.collect())
    })
    .collect()
}

#[test]
fn topsis_is_the_way_to_the_ideal() {
    let answer = ranked(&Drawn::new(), &profile("topsis", WEIGHTS, ""));
    assert_eq!(answer["method"], "topsis");
    let rows = rows(&answer);
    assert_eq!(rows.len(), 5);
    for (id, score, criteria) in rows {
        let known = || criteria.iter().filter_map(|(weight, score)| Some((weight, (*score)?)));
        let far = known().map(|(w, s)| (w * (1.0 - s)).powi(2)).sum::<f64>().sqrt();
        let near = known().map(|(w, s)| (w * s).powi(2)).sum::<f64>().sqrt();
        assert!((score - 100.0 * near / (near + far)).abs() < 1e-9, "{id}: {score}");
    }
}

#[test]
fn promethee_compares_every_pair() {
    let preference = "weight = 3\npreference = { linear = { q = 0.02, p = 0.3 } }";
    let text = profile("promethee-2", [preference, WEIGHTS[1], WEIGHTS[2]], "");
    let rows = rows(&ranked(&Drawn::new(), &text));
    for (id, score, criteria) in &rows {
        let (mut sum, mut known) = (0.0, 0.0);
        for (at, (weight, own)) in criteria.iter().enumerate() {
            let Some(own) = own else { continue };
            let prefer = |d: f64| match at {
                0 => ((d - 0.02) / 0.28).clamp(0.0, 1.0),
                _ => f64::from(d > 0.0),
            };
            let others: Vec<f64> =
                rows.iter().filter(|row| row.0 != *id).filter_map(|row| row.2[at].1).collect();
            let flow: f64 = others.iter().map(|o| prefer(own - o) - prefer(o - own)).sum();
            sum += weight * flow / others.len() as f64;
            known += weight;
        }
        assert!((score - 50.0 * (1.0 + sum / known)).abs() < 1e-9, "{id}: {score}");
    }
}

#[test]
fn weights_from_comparisons() {
    let compared = "[ahp]\ncriteria = [\"flood\", \"area\"]\nmatrix = [[1, 3], [0.3333333, 1]]\n";
    let answer = ranked(&Drawn::new(), &profile("weighted-sum", ["", "", ""], compared));
    let weights: Vec<f64> = answer["rows"][0]["criteria"]
        .as_array()
        .unwrap()
        .iter()
        .map(|criterion| criterion["weight"].as_f64().unwrap())
        .collect();
    for (found, expected) in weights.iter().zip([0.25, 0.75, 0.0]) {
        assert!((found - expected).abs() < 1e-6, "{weights:?}");
    }
    assert!(answer["ahp"]["consistency_ratio"].as_f64().unwrap().abs() < 1e-6);
}

#[test]
fn comparisons_that_contradict_each_other_are_refused_unless_forced() {
    let drawn = Drawn::new();
    let circle = "[ahp]\ncriteria = [\"area\", \"flood\", \"built\"]\n\
                  matrix = [[1, 5, 0.2], [0.2, 1, 5], [5, 0.2, 1]]\n";
    drawn.write("p.toml", &profile("weighted-sum", ["", "", ""], circle));
    let path = drawn.path("p.toml").display().to_string();
    let ran = drawn.run(&["rank", "land", "--profile", &path]);
    assert_eq!(ran.code, 2);
    assert!(
        ran.stderr.contains("`ahp`: the comparisons contradict each other, consistency ratio")
            && ran.stderr.contains("write force = true in [ahp]"),
        "{}",
        ran.stderr
    );
    let answer =
        ranked(&drawn, &profile("weighted-sum", ["", "", ""], &format!("{circle}force = true\n")));
    assert!(answer["ahp"]["consistency_ratio"].as_f64().unwrap() > 0.1);
}

#[test]
fn a_ranking_says_what_it_owes_to_its_weights() {
    let drawn = Drawn::new();
    let text = profile("weighted-sum", WEIGHTS, "");
    let answer = ranked(&drawn, &text);
    let robustness = &answer["robustness"];
    assert_eq!(robustness["draws"], 10_000);
    assert_eq!(robustness["leader"], answer["rows"][0]["id"]);
    assert_eq!(robustness["smallest_changes"].as_array().unwrap().len(), 3);
    let rows = answer["rows"].as_array().unwrap();
    let shares: f64 = rows.iter().filter_map(|row| row["first_share"].as_f64()).sum();
    assert!((shares - 1.0).abs() < 1e-9, "{shares}");
    assert_eq!(rows[0]["first_share"], robustness["first_share"]);
    for row in rows.iter().filter(|row| row["verdict"] == "ranked") {
        assert!(row["rank_low"].as_u64().unwrap() <= row["rank_high"].as_u64().unwrap());
        assert_eq!(row["top10_share"], 1.0);
    }
    let path = drawn.path("p.toml").display().to_string();
    let table = drawn.run(&["rank", "land", "--profile", &path]).stdout;
    assert!(table.contains("first"), "{table}");
    let leader = rows[0]["id"].as_str().unwrap();
    assert!(table.contains(&format!("\n{leader}: first in ")), "{table}");
    let csv = drawn.run(&["rank", "land", "--profile", &path, "--format", "csv"]).stdout;
    assert!(csv.contains("First (% of weightings)"), "{csv}");
    let explained = drawn.run(&["explain", "82112000AB0001"]).stdout;
    assert!(explained.contains("Over 10,000 weightings drawn at random: first in "), "{explained}");
}
