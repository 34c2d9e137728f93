use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use crate::drawn::run;

/// Every file under a folder, with its bytes.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(folder).unwrap().display().to_string();
                found.insert(name, fs::read(path).unwrap());
            }
        }
    }
    found
}

#[test]
fn the_same_run_gives_the_same_bytes_with_one_thread_and_two() {
    let dir = tempfile::tempdir().unwrap();
    let demo = |name: &str, threads: &str| {
        let out = dir.path().join(name);
        let ran = run(dir.path(), &["--threads", threads, "demo", "--out", out.to_str().unwrap()]);
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        (out, ran.stdout.replace(name, "NAME"))
    };
    let (one, told_one) = demo("run-a", "1");
    let (two, told_two) = demo("run-b", "2");
    assert_eq!(told_one, told_two);
    let (one, two) = (files(&one), files(&two));
    assert!(one.len() > 600, "{} files", one.len());
    assert!(one.keys().eq(two.keys()));
    for (name, bytes) in &one {
        assert!(bytes == &two[name], "{name} differs");
    }
}

#[test]
fn the_demonstration_is_an_ordinary_territory_and_says_what_it_is() {
    let dir = tempfile::tempdir().unwrap();
    let out = dir.path().join("demo");
    let ran = run(dir.path(), &["demo", "--out", out.to_str().unwrap()]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(ran.stdout.contains("SYNTHETIC DATA"));

    let answer = run(&out, &["rank", "land", "--format", "json", "--top", "20"]);
    let answer: serde_json::Value = serde_json::from_str(&answer.stdout).unwrap();
    assert!(answer["n_units"].as_u64().unwrap() >= 100_000);
    assert_eq!(answer["synthetic"], true);
    let scores: Vec<f64> = answer["rows"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| row["score"].as_f64().unwrap())
        .collect();
    assert_eq!(scores.len(), 20);
    assert!(scores.is_sorted_by(|a, b| a >= b));

    let id = answer["rows"][0]["id"].as_str().unwrap().to_owned();
    let ran = run(&out, &["explain", &id]);
    assert!(ran.stdout.contains("SYNTHETIC DATA"), "{}", ran.stdout);

    for (name, bytes) in files(&out.join("results")) {
        let says_so =
            |needle: &str| bytes.windows(needle.len()).any(|window| window == needle.as_bytes());
        assert!(!says_so("Nom Fictif"), "{name} names a sole trader");
        let end = name.rsplit('.').next().unwrap();
        match end {
            "gpkg" | "geojson" => assert!(says_so("SYNTHETIC DATA"), "{name}"),
            // However many sources there are, the reserve behind them is never cut.
            "svg" => {
                assert!(says_so("SYNTHETIC DATA"), "{name}");
                assert!(says_so("price"), "{name}");
            }
            // A table without rows has none to say it: nothing is wrong with what the demonstration draws.
            "csv" if name == "anomalies.csv" => {
                assert_eq!(bytes.iter().filter(|byte| **byte == b'\n').count(), 1, "{name}");
            }
            "csv" => assert!(says_so("synthetic data"), "{name}"),
            _ => {}
        }
    }
    // A second run over the first is allowed: the folder is a demonstration.
    let ran = run(dir.path(), &["demo", "--out", out.to_str().unwrap()]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
}
