//! `rank land` and `explain` on terrains.

use serde_json::Value;

use super::drawn::Drawn;

fn ranked(drawn: &Drawn) -> Value {
    let ran = drawn.run(&["rank", "land", "--format", "json"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    serde_json::from_str(&ran.stdout).unwrap()
}

#[test]
fn land_is_ranked_as_terrains() {
    let drawn = Drawn::new();
    let answer = ranked(&drawn);
    assert_eq!(answer["profile"], "industrie-v3");
    let rows = answer["rows"].as_array().unwrap();
    // A is a friche; C and E are free, and of C the red flood zone leaves a strip of 40 m; B is built, D lies in zone A.
    let told: Vec<(&str, Vec<&str>, f64)> = rows
        .iter()
        .map(|row| {
            let parcels = row["parcels"].as_array().unwrap();
            (
                row["availability"].as_str().unwrap(),
                parcels.iter().map(|id| id.as_str().unwrap()).collect(),
                row["area_m2"].as_f64().unwrap().round(),
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            ("libre", vec!["82112000AB0003", "82112000AB0005"], 19_000.0),
            ("friche", vec!["82112000AB0001"], 20_000.0),
        ]
    );
    for row in rows {
        assert_eq!(
            (&row["unit"], &row["commune"]),
            (&Value::from("terrain"), &Value::from("82112"))
        );
        assert!(row["net_area_m2"].as_f64().unwrap() <= row["area_m2"].as_f64().unwrap());
        for key in ["id", "epci", "score", "rank", "reliability", "first_share"] {
            assert!(row.get(key).is_some(), "{key}");
        }
    }
    let shares: f64 = rows.iter().map(|row| row["first_share"].as_f64().unwrap()).sum();
    assert!((shares - 1.0).abs() < 1e-9, "{shares}");
    // 70 m beside the red flood zone, less 5 m of margin, and the strip north of it: 19 000 - 1 320 m².
    let first = &rows[0];
    assert!((first["net_area_m2"].as_f64().unwrap() - 17_680.0).abs() < 5.0, "{first}");
    assert_eq!(first["cut_off"][0]["constraint"], "flood_red");
    assert_eq!(first["zone"]["origin"], "zoning");
}

#[test]
fn explain_goes_from_parcels_to_net_land() {
    let drawn = Drawn::new();
    let id = ranked(&drawn)["rows"][0]["id"].as_str().unwrap().to_owned();
    let ran = drawn.run(&["explain", &id]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    for part in [
        "Parcels put together",
        "82112000AB0003: 4,000\u{a0}m², 20\u{a0}% of the parcel; no building",
        "Cut off the parcels: Red flood zone",
        "Net usable area",
        "What costs most:",
        "What would change the verdict",
        "Hard constraints of which no layer speaks here: Land reserved for a public project",
        "Vintages: ",
        "Where to ask: ",
        "no planning certificate",
    ] {
        assert!(ran.stdout.contains(part), "{part}\n{}", ran.stdout);
    }
    // A parcel is explained by its class and its terrain.
    let ran = drawn.run(&["explain", "82112000AB0005"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(ran.stdout.starts_with("Parcel 82112000AB0005: Free – no building"), "{}", ran.stdout);
    assert!(ran.stdout.contains(&format!("It is part of terrain {id}.")), "{}", ran.stdout);
    let ran = drawn.run(&["explain", "82112000AB0002"]);
    assert_eq!(ran.code, 1);
    assert!(
        ran.stdout.starts_with("Parcel 82112000AB0002: Built – built (built share 50.0"),
        "{}",
        ran.stdout
    );
    let ran = drawn.run(&["explain", "82112000AB0004"]);
    assert_eq!(
        (ran.code, ran.stdout.trim_end()),
        (1, "Parcel 82112000AB0004 lies in no economic zone.")
    );
}

#[test]
fn without_parcels_it_is_parcels_that_are_missing() {
    let drawn = Drawn::new();
    let text = std::fs::read_to_string(drawn.path("gisement.toml")).unwrap();
    let (before, rest) = text.split_once("[layers.parcels]").unwrap();
    let (_, after) = rest.split_once("[layers.").unwrap();
    drawn.write("gisement.toml", &format!("{before}[layers.{after}"));
    let ran = drawn.run(&["rank", "land"]);
    assert_eq!(ran.code, 2, "{}", ran.stdout);
    assert!(ran.stderr.contains("add [layers.parcels] to gisement.toml"), "{}", ran.stderr);
}

#[test]
fn the_project_draws_terrains_above_their_zones() {
    let drawn = Drawn::new();
    let ran = drawn.run(&["export"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let database = rusqlite::Connection::open(drawn.path("results/gisement.gpkg")).unwrap();
    let content: Vec<u8> =
        database.query_row("SELECT content FROM qgis_projects", [], |row| row.get(0)).unwrap();
    let digits: Vec<u8> = content
        .chunks_exact(2)
        .map(|two| u8::from_str_radix(std::str::from_utf8(two).unwrap(), 16).unwrap())
        .collect();
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(digits)).unwrap();
    let mut project = String::new();
    std::io::Read::read_to_string(&mut archive.by_index(0).unwrap(), &mut project).unwrap();
    let places: Vec<usize> =
        ["terrain_net", "terrains", "land_parcels", "economic_zones", "zoning"]
            .map(|layer| project.find(&format!("id=\"gisement_layer_{layer}\"")).unwrap())
            .to_vec();
    assert!(places.is_sorted(), "{places:?}");
}

#[test]
fn without_any_zone_the_answer_says_what_to_give() {
    let drawn = Drawn::new();
    drawn.change("zoning.geojson", "Zone d'activités", "Zone d'habitat");
    drawn.change("zoning.geojson", "\"UX\"", "\"UA\"");
    let ran = drawn.run(&["rank", "land"]);
    assert_eq!(ran.code, 1, "{}", ran.stdout);
    assert!(ran.stdout.contains("No economic zone: give an inventory of sites"), "{}", ran.stdout);
}

#[test]
fn a_profile_of_terrains_needs_its_rules() {
    let drawn = Drawn::new();
    let text = include_str!("../../data/profiles/industrie-v2.toml");
    let from = text.find("[land]").unwrap();
    let to = text.find("[[candidate]]").unwrap();
    drawn.write("mine.toml", &format!("{}{}", &text[..from], &text[to..]));
    let path = drawn.path("mine.toml").display().to_string();
    let ran = drawn.run(&["rank", "land", "--profile", &path]);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("a profile of terrains needs the rules [land]"), "{}", ran.stderr);
    let broken = text.replace("dense_share = 0.10", "dense_share = 10");
    drawn.write("mine.toml", &broken);
    let ran = drawn.run(&["rank", "land", "--profile", &path]);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("dense_share = 10 is not allowed"), "{}", ran.stderr);
}
