//! What the program says of housing.

use std::fs;
use std::process::Command;

use serde_json::Value;

use crate::folder::Folder;

const LOVAC: &str = "CODGEO_25;LIBGEO_25;pp_total_25;pp_vacant_25;pp_vacant_plus_2ans_25\n\
    32002;Ansan;40;s;s\n32012;Aubiet;500;60;25\n82033;Castelsarrasin;7000;700;300\n";

pub struct Ran {
    pub code: Option<i32>,
    pub out: String,
    pub err: String,
}

/// A territory of five communes with LOVAC alone, as a folder that the program reads.
pub fn folder(more: &str) -> Folder {
    let folder = Folder::new();
    fs::write(folder.path().join("lovac.csv"), LOVAC).unwrap();
    let text = format!(
        "[territory]\ncommunes = [\"32002\", \"32007\", \"32012\", \"82033\", \"82112\"]\n{more}\n\
         [layers.vacancy]\npath = \"lovac.csv\"\n"
    );
    fs::write(folder.path().join("gisement.toml"), text).unwrap();
    folder
}

pub fn run(folder: &Folder, arguments: &[&str]) -> Ran {
    let mut command = Command::new(env!("CARGO_BIN_EXE_gisement"));
    command.arg("-C").arg(folder.path()).args(arguments);
    let output = command.output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    Ran { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
}

pub fn json(folder: &Folder, arguments: &[&str]) -> Value {
    let ran = run(folder, arguments);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    serde_json::from_str(&ran.out).unwrap()
}

fn codes(answer: &Value, kind: &str) -> Vec<String> {
    let rows = answer["rows"].as_array().unwrap().iter();
    let mut codes: Vec<String> = rows
        .filter(|row| row["kind"] == kind)
        .map(|row| row["code"].as_str().unwrap().to_owned())
        .collect();
    codes.sort();
    codes
}

#[test]
fn json_has_every_commune_and_every_epci() {
    let folder = folder("");
    let answer = json(&folder, &["rank", "housing", "--format", "json"]);
    assert_eq!(answer["profile"], "logement-v2");
    assert_eq!(codes(&answer, "commune"), ["32002", "32007", "32012", "82033", "82112"]);
    assert_eq!(codes(&answer, "epci"), ["200034726", "200042372", "200066322"]);
    for row in answer["rows"].as_array().unwrap() {
        for key in ["kind", "code", "name", "score", "rank", "reliability", "vacant_2y", "tension"]
        {
            assert!(row.get(key).is_some(), "{key} in {row}");
        }
        // Each kind is ranked by itself: both have a first.
        assert!(row["rank"].is_null() || row["rank"].as_u64() <= Some(5));
    }
    let row = |code: &str| {
        let rows = answer["rows"].as_array().unwrap();
        rows.iter().find(|row| row["code"] == code).unwrap().clone()
    };
    assert_eq!(row("32002")["vacant_2y"], serde_json::json!({"low": 1.0, "high": 10.0}));
    // What is unknown has the same form, in every column of figures.
    assert_eq!(row("82112")["vacant_2y"], serde_json::json!({"low": null, "high": null}));
    assert_eq!(row("82112")["jobs"], serde_json::json!({"low": null, "high": null}));
    assert_eq!(row("200042372")["vacant_2y"]["low"], 26.0);
    assert_eq!(row("200042372")["vacant_2y"]["high"], 35.0);
    // One of its two communes has no figure: at least 300, and no upper bound.
    assert_eq!(row("200066322")["vacant_2y"]["low"], 300.0);
    assert_eq!(row("200066322")["vacant_2y"]["high"], Value::Null);
    assert_eq!(row("200066322")["vacant_2y"]["unknown_communes"], 1);
    assert_eq!(answer["vintages"]["vacant_2y"], "2025");
    for (by, communes, epcis) in [("commune", 5, 0), ("epci", 0, 3)] {
        let answer = json(&folder, &["rank", "housing", "--by", by, "--format", "json"]);
        assert_eq!(
            (codes(&answer, "commune").len(), codes(&answer, "epci").len()),
            (communes, epcis)
        );
    }
    let ran = run(&folder, &["rank", "friches", "--by", "epci"]);
    assert_eq!(ran.code, Some(2));
    assert!(ran.err.contains("--by"), "{}", ran.err);
}

#[test]
fn tables_and_layers_say_both_in_french() {
    let folder = folder("");
    let ran = run(&folder, &["--lang", "fr", "rank", "housing"]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    for part in [
        "Communes où loger des salariés",
        "EPCI où loger des salariés",
        "mobilisables",
        "au moins 180",
        "entre 26 et 35",
        "CC Terres des Confluences",
    ] {
        assert!(ran.out.contains(part), "{part} is not in\n{}", ran.out);
    }
    let csv = run(&folder, &["rank", "housing", "--format", "csv"]).out;
    assert_eq!(csv.lines().count(), 1 + 5 + 3);
    let layer = json(&folder, &["rank", "housing", "--format", "geojson", "--by", "epci"]);
    assert_eq!(layer["features"].as_array().unwrap().len(), 3);
}

#[test]
fn a_commune_and_an_epci_are_explained_by_code_or_name() {
    let folder = folder("");
    for (asked, name) in
        [("32012", "Aubiet"), ("aubiet", "Aubiet"), ("200042372", "Coteaux Arrats")]
    {
        let ran = run(&folder, &["--lang", "fr", "explain", asked]);
        assert_eq!(ran.code, Some(0), "{asked}: {}", ran.err);
        for part in [
            name,
            "Ce qui pourrait être mobilisé (repères reperes-v1)",
            "Logements privés vacants depuis plus de 2 ans (LOVAC)",
            "Tension sur 100 : ",
            "détendu jusqu'à 35",
        ] {
            assert!(ran.out.contains(part), "{part} is not in\n{}", ran.out);
        }
    }
    let answer = json(&folder, &["explain", "200042372", "--format", "json"]);
    assert_eq!((&answer["kind"], &answer["code"]), (&"epci".into(), &"200042372".into()));
    let ran = run(&folder, &["explain", "Nulle-Part"]);
    assert_eq!(ran.code, Some(2));
}

#[test]
fn a_territory_has_rules_of_its_own() {
    let published = gisement::housing::PUBLISHED_RULES[0].1;
    let own = folder("[housing]\nrules = \"reperes.toml\"");
    let text = published.replacen("id = \"reperes-v1\"", "id = \"nos-reperes\"", 1).replacen(
        "share = 0.20",
        "share = 0.5",
        1,
    );
    fs::write(own.path().join("reperes.toml"), &text).unwrap();
    let answer = json(&own, &["rank", "housing", "--by", "commune", "--format", "json"]);
    assert_eq!(
        (&answer["rules"], &answer["rules_of_territory"]),
        (&"nos-reperes".into(), &true.into())
    );
    let rows = answer["rows"].as_array().unwrap();
    let aubiet = rows.iter().find(|row| row["code"] == "32012").unwrap();
    assert_eq!(aubiet["mobilisable_private_vacant_2y"]["low"], 12.5);

    // A file that keeps the published identifier is not taken for the published one.
    fs::write(
        own.path().join("reperes.toml"),
        published.replacen("share = 0.20", "share = 0.5", 1),
    )
    .unwrap();
    for (arguments, told) in [
        (&["--lang", "fr", "explain", "32012"][..], "(repères reperes-v1 (fichier du territoire))"),
        (
            &["--lang", "en", "housing", "--jobs", "5", "--at", "32012"][..],
            "rules reperes-v1 (the territory's file)",
        ),
    ] {
        let ran = run(&own, arguments);
        assert!(ran.out.contains(told), "{}", ran.out);
    }

    fs::write(own.path().join("reperes.toml"), text.replacen("share = 0.5", "share = 5", 1))
        .unwrap();
    let ran = run(&own, &["--lang", "fr", "rank", "housing"]);
    assert_eq!(ran.code, Some(2));
    assert!(ran.err.contains("mobilisable.private_vacant_2y.share = 5"), "{}", ran.err);
    assert!(ran.err.contains("donner une part de 0 à 1"), "{}", ran.err);
    fs::remove_file(own.path().join("reperes.toml")).unwrap();
    let ran = run(&own, &["rank", "housing"]);
    assert_eq!(ran.code, Some(2));
    assert!(ran.err.contains("reperes.toml"), "{}", ran.err);
}
