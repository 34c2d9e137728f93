//! `housing`: where the people who would work on a site could live.

use serde_json::Value as Json;

use crate::drawn::Drawn;

fn json(drawn: &Drawn, args: &[&str]) -> Json {
    let ran = drawn.run(&[args, &["--format", "json"]].concat());
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    serde_json::from_str(&ran.stdout).unwrap()
}

#[test]
fn sixty_jobs_in_one_screen() {
    let drawn = Drawn::new();
    let ran = drawn.run(&["housing", "--jobs", "60", "--at", "82112_1"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    for text in [
        "Housing for the workers of 82112_1 (Moissac)",
        "Households that stay",
        "Private dwellings vacant for more than 2 years (LOVAC)",
        "communes that would house them",
        "rules reperes-v1",
    ] {
        assert!(ran.stdout.contains(text), "{text} in\n{}", ran.stdout);
    }
    assert!(ran.stdout.lines().count() <= 50, "more than a screen");
    let found = json(&drawn, &["housing", "--jobs", "60", "--at", "82112_1"]);
    let site = &found["sites"][0];
    // 60 × 0.4 × 0.8 + 60 × 0.3 × 0.2 × 0.8.
    assert!((site["households"].as_f64().unwrap() - 22.08).abs() < 1e-9);
    let band = &site["reach"]["bands"][0];
    assert_eq!(band["within_min"], 10.0);
    assert_eq!(band["communes"], 1);
    // LOVAC's `s` is 1 to 10, of which a fifth could be mobilised.
    let vacant = &band["kinds"]["private_vacant_2y"];
    assert!((vacant["low"].as_f64().unwrap() - 0.2).abs() < 1e-9, "{vacant}");
    assert!((vacant["high"].as_f64().unwrap() - 2.0).abs() < 1e-9, "{vacant}");
    // No table of social housing: at least nothing, at most unknown.
    assert_eq!(band["kinds"]["social_vacant"], Json::Null);
    assert!(ran.stdout.contains("Sources of the stocks: LOVAC"), "{}", ran.stdout);
}

#[test]
fn a_table_of_sites_shares_the_dwellings() {
    let drawn = Drawn::new();
    drawn.write("jobs.csv", "at;emplois\n82112_1;500\n82112_2;700\n");
    let path = drawn.path("jobs.csv").display().to_string();
    let both = json(&drawn, &["housing", "--add", &path]);
    let taken: f64 = both["sites"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|site| site["communes"].as_array().unwrap())
        .map(|one| one["households"].as_f64().unwrap())
        .sum();
    let stock = both["sites"][0]["reach"]["bands"][2]["mobilisable"]["low"].as_f64().unwrap();
    assert!(stock > 0.0 && taken <= stock + 1e-6, "{taken} of {stock}");
    let ran = drawn.run(&["housing", "--add", &path]);
    assert!(ran.stdout.starts_with("Dwellings shared between the sites"), "{}", ran.stdout);
}

#[test]
fn land_holds_the_jobs_of_its_activity() {
    let drawn = Drawn::new();
    // Two hectares of logistics: 5 to 30 jobs a hectare, usually 15.
    let found = json(&drawn, &["housing", "--at", "82112000AB0001", "--activity", "logistics"]);
    let operation = &found["sites"][0]["brings"][1];
    assert_eq!(operation["kind"], "operation");
    assert_eq!(operation["jobs"], serde_json::json!({ "low": 10.0, "usual": 30.0, "high": 60.0 }));
}

#[test]
fn what_cannot_be_asked_is_told_with_the_next_move() {
    let drawn = Drawn::new();
    drawn.write("bad.csv", "at,jobs\n82112_1,-4\n");
    drawn.write("none.csv", "place,jobs\n82112_1,4\n");
    drawn.write("name.csv", "at,jobs\n82112_1,BOURRIQUOT\n");
    drawn.write("nowhere.csv", "at,jobs\n82112_1,4\nBOURRIQUOT,4\n");
    let path = |name: &str| drawn.path(name).display().to_string();
    for (args, message) in [
        (vec!["housing"], "no site: give --at ID"),
        (vec!["housing", "--jobs", "5", "--at", "99999"], "no terrain, zone, parcel"),
        (vec!["housing", "--at", "82112"], "give --jobs N or --hectares HA"),
        (
            vec!["housing", "--at", "82112000AB0001", "--activity", "fishing"],
            "the rules of housing have average, industry",
        ),
        (vec!["housing", "--add", &path("bad.csv")], "row 1: jobs = -4; give a number above 0"),
        (vec!["housing", "--add", &path("name.csv")], "row 1: jobs = a text of 10 characters"),
        (vec!["housing", "--add", &path("nowhere.csv")], "nowhere.csv:2: no terrain"),
        (vec!["housing", "--add", &path("none.csv")], "no column `at`"),
        (vec!["housing", "--jobs", "0", "--at", "82112"], "give a number above 0"),
    ] {
        let ran = drawn.run(&args);
        assert_eq!(ran.code, 2, "{args:?}: {}", ran.stdout);
        assert!(ran.stderr.contains(message), "{args:?}: {}", ran.stderr);
        assert!(!ran.stderr.contains("BOURRIQUOT"), "{args:?}: {}", ran.stderr);
        assert!(ran.stdout.is_empty());
    }
}

#[test]
fn explain_says_where_the_workers_of_a_site_could_live() {
    let drawn = Drawn::new();
    let ran = drawn.run(&["explain", "82112_1"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(ran.stdout.contains("Housing within reach"), "{}", ran.stdout);
    let found = json(&drawn, &["explain", "82112_1"]);
    assert!(found["housing"]["reach"]["bands"].is_array());
}

#[test]
fn a_page_of_small_maps_has_one_for_each_epci() {
    let drawn = Drawn::new();
    let ran = drawn.run(&["map", "housing", "--multiples"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let svg = std::fs::read_to_string(drawn.path("results/map-housing-epcis.svg")).unwrap();
    let answer = json(&drawn, &["rank", "housing", "--by", "epci"]);
    let epcis = answer["rows"].as_array().unwrap();
    assert!(!epcis.is_empty());
    assert_eq!(svg.matches("id=\"panel-").count(), epcis.len());
    for epci in epcis {
        let name = epci["name"].as_str().unwrap();
        assert!(svg.contains(name), "{name}");
    }
    assert!(svg.contains("Tension, 0 to 100") && svg.contains("id=\"scale"), "{svg}");
    let png = std::fs::read(drawn.path("results/map-housing-epcis.png")).unwrap();
    assert!(png.starts_with(b"\x89PNG"));

    let ran = drawn.run(&["map", "land", "--multiples"]);
    assert_eq!((ran.code, ran.stderr.contains("--multiples goes with `map housing`")), (2, true));
}

#[test]
fn bounds_of_a_sum_are_columns_of_their_own() {
    let drawn = Drawn::new();
    let ran = drawn.run(&["rank", "land", "--format", "csv"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let mut lines = ran.stdout.lines();
    let titles = lines.next().unwrap();
    let title = "Dwellings that could be mobilised within 20 minutes";
    let three = format!("{title};{title} – at least;{title} – at most;");
    assert!(titles.contains(&three), "{titles}");
    assert!(!titles.contains("Area of the site – at least"), "{titles}");
    let answer = json(&drawn, &["rank", "land"]);
    let of = |row: &Json| {
        let criteria = row["criteria"].as_array().unwrap();
        criteria.iter().find(|one| one["id"] == "housing").unwrap()["value"].clone()
    };
    // Known between bounds: the value stays empty, its low bound does not.
    let row = &answer["rows"][0];
    let value = of(row);
    let low = value["low"].as_f64().unwrap().floor();
    assert!(value["high"].is_null(), "{value}");
    let first = lines.next().unwrap();
    assert!(first.contains(row["id"].as_str().unwrap()), "{first}");
    assert!(first.contains(&format!(";;{low};;")), "{first}");
}

#[test]
fn a_criterion_on_housing_within_reach_has_the_sources_of_its_tables() {
    let drawn = Drawn::new();
    let answer = json(&drawn, &["rank", "land"]);
    let terrain = answer["rows"][0]["id"].as_str().unwrap();
    let ran = drawn.run(&["explain", terrain]);
    let line = ran
        .stdout
        .lines()
        .find(|line| line.starts_with("Dwellings that could be mobilised within"));
    let line = line.unwrap_or_default();
    assert!(line.contains("LOVAC"), "{line} in\n{}", ran.stdout);
}
