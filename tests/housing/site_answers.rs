//! What `housing` says of a site, and what answers say of straight lines and bounds.

use std::fs;

use serde_json::Value;

use crate::answers::folder;
use crate::answers::json;
use crate::answers::run;

const FRENCH: [&str; 2] = ["--lang", "fr"];

fn text(more: &str, arguments: &[&str]) -> String {
    let ran = run(&folder(more), &[&FRENCH[..], &["housing"], arguments].concat());
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    ran.out.replace(['\u{a0}', '\u{202f}'], " ").replace('\u{2212}', "-")
}

fn site(arguments: &[&str]) -> Value {
    let answer = json(&folder(""), &[&["housing"], arguments, &["--format", "json"]].concat());
    answer["sites"][0].clone()
}

#[test]
fn the_sentence_is_of_the_longest_drive_in_any_order() {
    for minutes in ["30,10", "10,30"] {
        let told = text("", &["--jobs", "10", "--at", "32012", "--minutes", minutes]);
        assert!(told.contains("mobilisables à 30 min suffisent"), "{told}");
    }
}

#[test]
fn jobs_of_land_are_a_range_in_margin_and_verdict() {
    // 1.5 ha: 22.5 to 60 jobs, usually 36, of which 8.28, 13.248 and 22.08 households. Aubiet alone has 15.5 and more.
    let asked = ["--hectares", "1.5", "--at", "32012", "--minutes", "1"];
    let told = text("", &asked);
    let line = told.lines().find(|line| line.starts_with("Marge")).unwrap_or_default();
    assert!(line.contains("au moins -7"), "{told}");
    let found = site(&asked);
    let close = |value: &Value, paper: f64| (value.as_f64().unwrap() - paper).abs() < 1e-9;
    assert!(close(&found["households"], 13.248), "{found}");
    assert!(close(&found["households_range"]["low"], 8.28), "{found}");
    assert!(close(&found["households_range"]["high"], 22.08), "{found}");
    // Enough for the usual number, not for the most.
    assert!(close(&found["housed"]["low"], 13.248), "{found}");
    assert!(close(&found["lacking"]["high"], 22.08 - 15.5), "{found}");
    assert_eq!(found["enough"], Value::Null);
    assert!(told.contains("le nombre d'emplois que le terrain portera"), "{told}");
}

#[test]
fn announced_jobs_are_no_range() {
    let asked = ["--jobs", "36", "--at", "32012", "--minutes", "1"];
    let found = site(&asked);
    assert_eq!(found["enough"], true);
    assert_eq!(found["households_range"]["low"], found["households"]);
    let told = text("", &asked);
    let line = told.lines().find(|line| line.starts_with("Marge")).unwrap_or_default();
    assert!(line.contains("au moins 2"), "{told}");
}

#[test]
fn a_high_bound_is_never_below_the_low_one() {
    for jobs in 1..60 {
        let found = site(&["--jobs", &jobs.to_string(), "--at", "32012", "--minutes", "10,20"]);
        let bound = |end: &str| found["housed"][end].as_f64().unwrap();
        let needed = found["households"].as_f64().unwrap();
        assert!(bound("low") <= bound("high") && bound("high") <= needed, "{jobs}: {found}");
    }
}

/// All dwellings of the census, and the jobs of every commune.
const CENSUS: &str = "CODGEO;P22_LOG;P22_RP;P22_RSECOCC;P22_LOGVAC;P22_MEN\n32002;45;33;5;7;33\n\
    32007;150;120;10;20;120\n32012;560;500;20;40;500\n82033;8000;7000;100;900;7000\n82112;6500;5600;100;800;5600\n";
const JOBS: &str = "CODGEO;P22_EMPLT;P22_ACTOCC15P\n32002;8;32\n32007;9;50\n32012;300;468\n82033;6000;5500\n82112;4000;4600\n";

fn with_census() -> crate::folder::Folder {
    let folder =
        folder("[layers.census]\npath = \"logement.csv\"\n[layers.jobs]\npath = \"emploi.csv\"");
    fs::write(folder.path().join("logement.csv"), CENSUS).unwrap();
    fs::write(folder.path().join("emploi.csv"), JOBS).unwrap();
    folder
}

#[test]
fn a_deficit_is_announced_where_the_census_says_how_many_dwellings_there_are() {
    let asked = ["--lang", "fr", "housing", "--jobs", "1000000", "--at", "32012"];
    let ran = run(&with_census(), &asked);
    assert!(ran.out.contains("Même au plus haut"), "{}", ran.out);
}

#[test]
fn what_is_not_given_and_not_known_is_named() {
    let told = text("", &["--jobs", "10", "--at", "32012"]);
    for part in [
        "Tables non données",
        "Logements sociaux (RPLS)",
        "Logements autorisés et commencés (Sitadel)",
        // LOVAC has no row of Ardizas, one of three communes within 30 minutes.
        "Communes sans chiffre, sur 3 à 30 min – Logements privés vacants depuis plus de 2 ans (LOVAC) : 1",
        "Logements sociaux vacants (RPLS) : 3",
    ] {
        assert!(told.contains(part), "{part} is not in\n{told}");
    }
    assert!(!told.contains("Tables non données, dont tout est inconnu ici : Logements vacants"));
    let found = site(&["--jobs", "10", "--at", "32012", "--minutes", "30"]);
    let without = &found["reach"]["bands"][0]["communes_without_figure_of"];
    assert_eq!((&without["private_vacant_2y"], &without["social_vacant"]), (&1.into(), &3.into()));
}

#[test]
fn the_margin_of_one_of_several_sites_is_that_of_the_site_alone() {
    let folder = folder("");
    fs::write(folder.path().join("jobs.csv"), "at,jobs\n32012,20\n32002,20\n").unwrap();
    let path = folder.path().join("jobs.csv").display().to_string();
    let several = run(&folder, &["--lang", "fr", "housing", "--add", &path]).out;
    assert_eq!(several.matches("comme si ce site était seul").count(), 2, "{several}");
    let one = run(&folder, &["--lang", "fr", "housing", "--jobs", "20", "--at", "32012"]).out;
    assert!(!one.contains("comme si ce site était seul"), "{one}");
}

#[test]
fn a_class_of_tension_stands_beside_its_bounds() {
    let folder = with_census();
    let answer = json(&folder, &["rank", "housing", "--by", "commune", "--format", "json"]);
    let tension = &answer["rows"][0]["tension"];
    let bound = |end: &str| tension[end].as_f64().unwrap();
    let (low, high) = (bound("low").floor(), bound("high").ceil());
    assert!(low < high, "{tension}");
    let told = format!("; {low} to {high})");
    let ran = run(&folder, &["--lang", "en", "rank", "housing", "--by", "commune"]);
    assert!(ran.out.contains(&told), "{told} is not in\n{}", ran.out);
    let code = answer["rows"][0]["code"].as_str().unwrap();
    let ran = run(&folder, &["--lang", "en", "explain", code]);
    assert!(ran.out.contains(&told), "{told} is not in\n{}", ran.out);
}

#[test]
fn access_by_straight_lines_says_so() {
    let folder = with_census();
    let answer = json(&folder, &["rank", "housing", "--format", "json"]);
    let rows = answer["rows"].as_array().unwrap();
    assert!(rows.iter().all(|row| row["access_straight_line"] == true), "{answer}");
    assert!(rows.iter().all(|row| row.get("access_is_straight_line").is_none()));
    let ran = run(&folder, &["--lang", "en", "rank", "housing", "--by", "commune"]);
    assert!(ran.out.contains("for 5 of these rows some drives are straight lines"), "{}", ran.out);
    let ran = run(&folder, &["--lang", "en", "explain", "32012"]);
    assert!(ran.out.contains("Some drives are straight lines"), "{}", ran.out);
    // Without jobs there is no access to speak of.
    let ran = run(&crate::answers::folder(""), &["--lang", "en", "rank", "housing"]);
    assert!(!ran.out.contains("straight lines"), "{}", ran.out);
}

#[test]
fn a_map_of_a_circle_does_not_speak_of_roads() {
    let folder = folder("");
    let ran = run(&folder, &["--lang", "en", "map", "isochrone", "--at", "32012"]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    let svg = fs::read_to_string(folder.path().join("results/map-isochrone-32012.svg")).unwrap();
    assert!(svg.contains("Straight lines made longer") && !svg.contains("Usual speeds"), "{svg}");
}
