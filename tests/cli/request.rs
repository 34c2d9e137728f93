//! `request`: what answers to a company, what almost does, and what is kept of it.

use std::fs;

use serde_json::Value as Json;

use crate::drawn::Drawn;

/// The request of the tests: a file of its own, so that its name is in errors.
fn with(drawn: &Drawn, toml: &str) -> String {
    drawn.write("demande.toml", &format!("name = \"Atelier\"\n{toml}"));
    drawn.path("demande.toml").display().to_string()
}

fn json(drawn: &Drawn, toml: &str, code: i32) -> Json {
    let path = with(drawn, toml);
    let ran = drawn.run(&["request", &path, "--format", "json"]);
    assert_eq!(ran.code, code, "{}", ran.stderr);
    serde_json::from_str(&ran.stdout).unwrap()
}

#[test]
fn what_fits_is_answered_and_exits_with_0() {
    let drawn = Drawn::new();
    let answer = json(&drawn, "jobs = 20\n[area]\nmin_ha = 1\nmax_ha = 3\n", 0);
    assert_eq!(answer["request"]["name"], "Atelier");
    let first = &answer["candidates"][0];
    for key in ["id", "kind", "units", "area_m2", "score", "rank", "reliability", "verdicts"] {
        assert!(!first[key].is_null(), "{key} of {first}");
    }
    for verdict in first["verdicts"].as_array().unwrap() {
        assert!(["pass", "unknown"].contains(&verdict["result"].as_str().unwrap()), "{verdict}");
    }
    assert!(first["housing"]["households"].as_f64().unwrap() > 0.0);
    assert!(answer["near_misses"].is_array() && answer["relaxations"].is_array());
    let path = with(&drawn, "[area]\nmin_ha = 1\nmax_ha = 3\n");
    let table = drawn.run(&["request", &path]);
    assert!(table.stdout.contains("Candidates that meet the conditions"), "{}", table.stdout);
    let flags = drawn.run(&["request", "--min-ha", "1", "--max-ha", "3", "--format", "json"]);
    let flags: Json = serde_json::from_str(&flags.stdout).unwrap();
    let ids = |answer: &Json| -> Vec<String> {
        let all = answer["candidates"].as_array().unwrap().iter();
        all.map(|one| one["id"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(ids(&flags), ids(&answer));
}

#[test]
fn nothing_found_is_an_answer_that_exits_with_1() {
    let drawn = Drawn::new();
    // A friche of which no area is known is to be checked, whatever is asked.
    let large =
        "[area]\nmin_ha = 50\n[candidates]\nkinds = [\"terrain\", \"site\", \"assembly\"]\n";
    let answer = json(&drawn, large, 1);
    assert_eq!(answer["candidates"].as_array().unwrap().len(), 0);
    let nearest = &answer["near_misses"][0]["fails"][0];
    assert_eq!(nearest["condition"], "area");
    let (value, gap) = (nearest["value"].as_f64().unwrap(), nearest["gap"].as_f64().unwrap());
    assert!((value + gap - 500_000.0).abs() < 1e-3, "{nearest}");
    let path = with(&drawn, large);
    let table = drawn.run(&["request", &path]);
    assert_eq!(table.code, 1);
    for text in [
        "No land meets all conditions.",
        "What excludes most: Net area",
        "Near misses",
        "Net area: at least",
    ] {
        assert!(table.stdout.contains(text), "{text} in\n{}", table.stdout);
    }
}

#[test]
fn slips_name_the_file_the_key_and_what_is_allowed() {
    let drawn = Drawn::new();
    for (toml, said) in [
        (
            "[area]\nmin_ha = 0\n",
            "demande.toml: area.min_ha = 0 is not allowed; give a number above 0",
        ),
        ("[candidates]\nkinds = [\"zone\"]\n", "allowed are terrain, friche, site, assembly"),
        (
            "[[must]]\nid = \"rail\"\nmeasure = { distance_to = \"rails\" }\nmax = 3\n",
            "`rail`: unknown layer `rails`; layers are: ",
        ),
        (
            "[[must]]\nid = \"rail\"\nmeasure = { distance_to = \"stations\", where = { kind = [\"x\"] } }\nmax = 3\n",
            "`rail`: layer `stations` has no attribute `kind`",
        ),
        ("[area\n", "line 2"),
    ] {
        let path = with(&drawn, toml);
        let ran = drawn.run(&["request", &path]);
        assert_eq!(ran.code, 2, "{toml}");
        assert!(ran.stderr.contains(said), "{said} in {}", ran.stderr);
        assert_eq!(ran.stdout, "", "{toml}");
    }
    let ran = drawn.run(&["request"]);
    assert_eq!((ran.code, ran.stderr.contains("nothing is asked")), (2, true), "{}", ran.stderr);
    let ran = drawn.run(&["request", "nowhere.toml"]);
    assert_eq!((ran.code, ran.stderr.contains("nowhere.toml: cannot be read")), (2, true));
}

#[test]
fn the_template_is_written_once_and_is_a_request() {
    let drawn = Drawn::new();
    let path = drawn.path("new.toml").display().to_string();
    assert_eq!(drawn.run(&["request", "--new", &path]).code, 0);
    let text = fs::read_to_string(&path).unwrap();
    assert!(text.starts_with("# A company's request for land."), "{text}");
    let again = drawn.run(&["request", "--new", &path]);
    assert_eq!((again.code, again.stderr.contains("this file exists already")), (2, true));
    assert_eq!(drawn.run(&["request", "--new"]).stdout, text);
}

#[test]
fn the_folder_of_an_answer_has_all_its_files() {
    let drawn = Drawn::new();
    let path = with(&drawn, "[area]\nmin_ha = 1\nmax_ha = 4.5\n");
    let out = drawn.path("reponse").display().to_string();
    let ran = drawn.run(&["request", &path, "--out", &out, "--sheets", "2"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let names: Vec<String> = fs::read_dir(drawn.path("reponse"))
        .unwrap()
        .map(|file| file.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    for name in [
        "answer.json",
        "answer.schema.json",
        "answer.gpkg",
        "candidates.csv",
        "candidates.geojson",
        "near_misses.csv",
        "near_misses.geojson",
        "comparison.html",
        "comparison.csv",
        "map.png",
        "map.svg",
    ] {
        assert!(names.contains(&name.to_owned()), "{name} in {names:?}");
    }
    let sheets: Vec<&String> = names.iter().filter(|name| name.starts_with("sheet-")).collect();
    assert_eq!(sheets.len(), 2, "{names:?}");
    assert_eq!(names.iter().filter(|name| name.starts_with("map-")).count(), 2, "{names:?}");
    let sheet = fs::read_to_string(drawn.path("reponse").join(sheets[0])).unwrap();
    for text in [
        "<html lang=\"en\">",
        "Answer to the request",
        "Conditions of the request",
        "<svg",
        "Sources: ",
    ] {
        assert!(sheet.contains(text), "{text}");
    }
    // Nobody is named, though the inventory names the owner of the friche.
    for name in &names {
        let bytes = fs::read(drawn.path("reponse").join(name)).unwrap();
        let text = String::from_utf8_lossy(&bytes);
        assert!(!text.contains("DUPONT") && !text.contains("Dupont"), "{name}");
    }
    let ran = drawn.run(&["request", &path, "--out", &out, "--compare", "nobody,nothing"]);
    assert_eq!((ran.code, ran.stderr.contains("no candidate of the answer")), (2, true));
    let ran = drawn.run(&["request", &path, "--out", &out, "--compare", "a"]);
    assert_eq!((ran.code, ran.stderr.contains("1 candidates; give 2 to 5")), (2, true));
}

#[test]
fn requests_are_kept_answered_again_and_closed() {
    let drawn = Drawn::new();
    let none = drawn.run(&["request", "--log"]);
    assert_eq!((none.code, none.stdout.contains("No open request")), (1, true), "{}", none.stdout);
    let path = with(&drawn, "[area]\nmin_ha = 1\nmax_ha = 2.5\n");
    assert_eq!(drawn.run(&["request", &path, "--log"]).code, 0);
    assert!(drawn.path("requests/atelier.toml").exists());
    let same = drawn.run(&["request", "--log"]);
    assert_eq!(same.code, 0, "{}", same.stderr);
    assert!(same.stdout.contains("nothing changed since the last answer"), "{}", same.stdout);
    // A new building takes one of them away.
    let buildings = fs::read_to_string(drawn.path("buildings.geojson")).unwrap();
    let built = crate::drawn::feature(
        &crate::drawn::rectangle(5.0, 5.0, 95.0, 195.0),
        "\"commune\":\"82112\",\"type\":\"01\"",
    );
    let with_more = buildings.replacen("\"features\":[", &format!("\"features\":[{built},"), 1);
    drawn.write("buildings.geojson", &with_more);
    let changed = drawn.run(&["request", "--log"]);
    assert!(changed.stdout.contains("gone: "), "{}", changed.stdout);
    let unknown = drawn.run(&["request", "--close", "other"]);
    assert_eq!((unknown.code, unknown.stderr.contains("it has atelier")), (2, true));
    assert_eq!(drawn.run(&["request", "--close", "atelier"]).code, 0);
    let closed = drawn.run(&["request", "--log"]);
    assert_eq!((closed.code, closed.stdout.contains("(1 closed)")), (1, true), "{}", closed.stdout);
}
