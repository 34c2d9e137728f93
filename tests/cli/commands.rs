use std::fs;

use serde_json::Value;

use crate::drawn::Drawn;

fn json(drawn: &Drawn, args: &[&str]) -> Value {
    let ran = drawn.run(args);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    serde_json::from_str(&ran.stdout).unwrap()
}

fn row<'a>(answer: &'a Value, id: &str) -> &'a Value {
    answer["rows"].as_array().unwrap().iter().find(|row| row["id"] == id).unwrap()
}

fn criterion<'a>(row: &'a Value, id: &str) -> &'a Value {
    row["criteria"].as_array().unwrap().iter().find(|criterion| criterion["id"] == id).unwrap()
}

fn close(value: &Value, expected: f64) {
    let value = value.as_f64().unwrap();
    assert!(
        (value - expected).abs() <= 1e-6 * expected.abs().max(1.0),
        "{value} is not {expected}"
    );
}

#[test]
fn land_is_ranked_as_on_paper() {
    let drawn = Drawn::new();
    let answer = json(&drawn, &["rank", "land", "--profile", "industrie-v1", "--format", "json"]);
    assert_eq!(answer["profile"], "industrie-v1");
    assert_eq!(answer["n_units"], 5);
    // D lies in zone A; the others lie in UX, E with three quarters.
    let order: Vec<&str> =
        answer["rows"].as_array().unwrap().iter().map(|row| row["id"].as_str().unwrap()).collect();
    assert_eq!(order, ["82112000AB0001", "82112000AB0005", "82112000AB0002", "82112000AB0003"]);
    let left = answer["left_out"].as_array().unwrap();
    assert_eq!(left[1]["condition"], "economic_zone");
    assert_eq!((&left[1]["failed"], &left[1]["unknown"]), (&Value::from(1), &Value::from(0)));

    let a = row(&answer, "82112000AB0001");
    close(&a["area_m2"], 20_000.0);
    assert_eq!(a["contenance_m2"], 20_100.0);
    assert_eq!(a["rank"], 1);
    assert_eq!(a["commune_name"], "Moissac");
    close(&criterion(a, "main_road")["value"], 100.0);
    close(&criterion(a, "motorway")["value"], 2_800.0);
    close(&criterion(a, "flood")["value"], 0.0);
    // 4π x 20 000 / 600²
    close(&criterion(a, "shape")["value"], 0.698_131_700_797_731_8);

    let b = row(&answer, "82112000AB0002");
    close(&criterion(b, "free_of_buildings")["value"], 0.5);
    let c = row(&answer, "82112000AB0003");
    close(&criterion(c, "flood_red")["value"], 0.8);
    assert_eq!(c["verdict"], "vetoed");
    assert_eq!(c["rank"], Value::Null);
    let e = row(&answer, "82112000AB0005");
    close(&criterion(e, "planning")["value"], 0.75);
}

#[test]
fn a_freight_station_that_is_not_there_is_none_not_zero() {
    let drawn = Drawn::new();
    let answer = json(&drawn, &["rank", "land", "--profile", "industrie-v1", "--format", "json"]);
    let freight = criterion(row(&answer, "82112000AB0001"), "freight_station");
    assert_eq!(freight["none_within_m"], 30_000.0);
    assert_eq!(freight["score"], 0.0);
}

#[test]
fn a_layer_that_is_not_given_is_unknown_and_lowers_reliability() {
    let drawn = Drawn::new();
    let before = json(&drawn, &["rank", "land", "--profile", "industrie-v1", "--format", "json"]);
    drawn.change(
        "gisement.toml",
        "[layers.hazards]\npath = \"hazards.geojson\"\nclass = \"classe\"\ncovers = \"territory\"\n",
        "",
    );
    let after = json(&drawn, &["rank", "land", "--profile", "industrie-v1", "--format", "json"]);
    let (before, after) = (row(&before, "82112000AB0003"), row(&after, "82112000AB0003"));
    let flood = criterion(after, "flood");
    assert_eq!(flood["unknown"]["code"], "layer-not-given");
    assert_eq!(flood["score"], Value::Null);
    assert_eq!(after["verdict"], "ranked");
    assert!(after["reliability"].as_f64().unwrap() < before["reliability"].as_f64().unwrap());
    assert!(after["score_low"].as_f64().unwrap() < after["score_high"].as_f64().unwrap());
}

#[test]
fn a_layer_that_does_not_cover_the_commune_is_unknown() {
    let drawn = Drawn::new();
    drawn.change("gisement.toml", "covers = \"territory\"", "covers = [\"82033\"]");
    let answer = json(&drawn, &["rank", "land", "--profile", "industrie-v1", "--format", "json"]);
    let flood = criterion(row(&answer, "82112000AB0001"), "flood");
    assert_eq!(flood["unknown"]["code"], "not-covered");
}

#[test]
fn friches_are_ranked_without_anybodys_name() {
    let drawn = Drawn::new();
    for format in ["table", "json", "csv", "geojson"] {
        let ran = drawn.run(&["rank", "friches", "--format", format]);
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        assert!(ran.stdout.contains("82112_1"), "{format}");
        for name in ["DUPONT", "Dupont", "Jeanne"] {
            assert!(!ran.stdout.contains(name) && !ran.stderr.contains(name), "{format}: {name}");
        }
    }
    let answer = json(&drawn, &["rank", "friches", "--format", "json"]);
    let first = &answer["rows"][0];
    assert_eq!(first["id"], "82112_1");
    assert_eq!(first["area_m2"], 20_000.0);
    assert_eq!(first["parcels"][0], "82112000AB0001");
    assert_eq!(criterion(first, "trust")["value"], "observatory");
    assert_eq!(criterion(first, "pollution")["unknown"]["code"], "no-value");
    // The second site is a point without any area: it stays, and says so.
    let second = row(&answer, "82112_2");
    assert_eq!(criterion(second, "area")["unknown"]["code"], "no-area");
}

#[test]
fn housing_keeps_secrecy_as_an_interval() {
    let drawn = Drawn::new();
    let answer = json(&drawn, &["rank", "housing", "--format", "json"]);
    let moissac = &answer["rows"][0];
    assert_eq!(
        (&moissac["kind"], &moissac["code"]),
        (&Value::from("commune"), &Value::from("82112"))
    );
    assert_eq!(moissac["vacant_2y"]["low"], 1.0);
    assert_eq!(moissac["vacant_2y"]["high"], 10.0);
    let epci = answer["rows"].as_array().unwrap().iter().find(|row| row["kind"] == "epci").unwrap();
    assert_eq!(epci["vacant_2y"]["high"], 10.0);
    assert_eq!(epci["private_dwellings"]["low"], 6500.0);
}

#[test]
fn explain_tells_every_step() {
    let drawn = Drawn::new();
    let ran = drawn.run(&["explain", "82112000AB0003", "--profile", "industrie-v1"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    for part in [
        "Parcel 82112000AB0003, Moissac – profile industrie-v1",
        "Share in a red flood zone",
        "Excluded by: Share in a red flood zone (80\u{a0}%).",
        "What costs most:",
        "Cadastre – DGFiP / Etalab, vintage 2026-07",
        "no planning certificate",
    ] {
        assert!(ran.stdout.contains(part), "{part}\n{}", ran.stdout);
    }
    let ran = drawn.run(&["explain", "82112000AB0004", "--profile", "industrie-v1"]);
    assert_eq!(ran.code, 1);
    assert!(
        ran.stdout.contains("is no candidate: condition \"At least half in an activity or mixed zone\" not met (0\u{a0}%)"),
        "{}",
        ran.stdout
    );
    let ran = drawn.run(&["explain", "82112_1"]);
    assert!(
        ran.stdout.starts_with("Friche (brownfield) 82112_1")
            || ran.stdout.starts_with("Friche 82112_1"),
        "{}",
        ran.stdout
    );
    let ran = drawn.run(&["explain", "99999"]);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.starts_with(
        "gisement: no terrain, parcel, friche, commune or EPCI `99999` in this territory"
    ));
}

#[test]
fn the_answer_is_french_unless_told_otherwise() {
    let drawn = Drawn::new();
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_gisement"))
        .arg("-C")
        .arg(drawn.dir.path())
        .args(["rank", "land", "--profile", "industrie-v1"])
        .env("LC_ALL", "C")
        .output()
        .unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(
        text.starts_with("Foncier industriel : les 4 premières parcelles sur 4 candidates"),
        "{text}"
    );
    assert!(
        text.contains("Zone rouge") || text.contains("Part en zone rouge inondation (80\u{a0}%)"),
        "{text}"
    );
}

#[test]
fn top_and_out_do_what_they_say() {
    let drawn = Drawn::new();
    let out = drawn.path("answer.csv").display().to_string();
    let ran = drawn.run(&[
        "rank",
        "land",
        "--profile",
        "industrie-v1",
        "--top",
        "2",
        "--format",
        "csv",
        "--out",
        &out,
    ]);
    assert_eq!((ran.code, ran.stdout.as_str()), (0, ""));
    let csv = fs::read_to_string(drawn.path("answer.csv")).unwrap();
    assert!(csv.starts_with("\u{feff}Parcel identifier;"), "{csv}");
    assert_eq!(csv.matches("\r\n").count(), 3);
    assert!(csv.contains(";20000;20100;UX;Activity;"), "{csv}");
}

#[test]
fn geojson_is_wgs_84_and_counter_clockwise() {
    let drawn = Drawn::new();
    let answer = json(
        &drawn,
        &["rank", "land", "--profile", "industrie-v1", "--format", "geojson", "--top", "1"],
    );
    let ring = answer["features"][0]["geometry"]["coordinates"][0].as_array().unwrap();
    let at = |i: usize| (ring[i][0].as_f64().unwrap(), ring[i][1].as_f64().unwrap());
    let twice_area: f64 = (0..ring.len() - 1)
        .map(|i| (at(i), at(i + 1)))
        .map(|((x0, y0), (x1, y1))| x0 * y1 - x1 * y0)
        .sum();
    assert!(twice_area > 0.0);
    assert!((1.0..1.3).contains(&at(0).0) && (43.9..44.2).contains(&at(0).1), "{:?}", at(0));
    assert!(answer.get("crs").is_none());
}

#[test]
fn init_writes_a_configuration_that_check_reads() {
    let dir = tempfile::tempdir().unwrap();
    let new = dir.path().join("mon territoire");
    let ran = crate::drawn::run(dir.path(), &["init", new.to_str().unwrap()]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let ran = crate::drawn::run(&new, &["check", "--format", "json"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let again = crate::drawn::run(dir.path(), &["init", new.to_str().unwrap()]);
    assert_eq!(again.code, 2);
    assert!(again.stderr.contains("exists already"), "{}", again.stderr);
    let other = dir.path().join("autre");
    let ran = crate::drawn::run(
        dir.path(),
        &["init", other.to_str().unwrap(), "--epci", "200066322,248200016"],
    );
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(
        fs::read_to_string(other.join("gisement.toml"))
            .unwrap()
            .contains("epci = [\"200066322\", \"248200016\"]")
    );
}

#[test]
fn check_accounts_for_every_row() {
    let drawn = Drawn::new();
    // A neighbour's parcel, the same parcel twice, a malformed identifier.
    let more = Drawn::parcels(&[
        ("82112000AB0001", [0.0, 0.0, 100.0, 200.0]),
        ("82112000AB0001", [0.0, 0.0, 100.0, 200.0]),
        ("82033000AB0001", [500.0, 0.0, 600.0, 200.0]),
        ("82112-AB-7", [600.0, 0.0, 700.0, 200.0]),
    ]);
    // Etalab repeats the commune in a column of its own: the neighbour's is its own.
    drawn.write("parcels.geojson", &more);
    let answer = json(&drawn, &["check", "--format", "json", "--max-rejected", "1"]);
    let layer =
        answer["layers"].as_array().unwrap().iter().find(|layer| layer["as"] == "parcels").unwrap();
    assert_eq!(
        layer["rows"],
        serde_json::json!({"read": 4, "kept": 1, "repaired": 0, "rejected": 2, "outside": 1})
    );
    let codes: Vec<&str> =
        layer["problems"].as_array().unwrap().iter().map(|p| p["code"].as_str().unwrap()).collect();
    assert_eq!(codes, ["id-malformed", "id-duplicate", "area-changed"]);
    assert_eq!(
        answer["layers_not_given"],
        serde_json::json!([
            "sites",
            "social_housing",
            "permits",
            "rents",
            "sales",
            "census",
            "jobs",
            "commuting"
        ])
    );
}

#[test]
fn export_writes_every_layer_in_every_format() {
    let drawn = Drawn::new();
    let ran = drawn.run(&["export"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    for layer in [
        "communes",
        "economic_zones",
        "isochrones",
        "land_parcels",
        "terrains",
        "terrain_net",
        "friches",
        "friche_outlines",
        "visits",
        "potential_friches",
        "zoning",
        "housing",
        "housing_epcis",
        "anomalies",
    ] {
        for end in ["geojson", "csv"] {
            assert!(drawn.path(&format!("results/{layer}.{end}")).exists(), "{layer}.{end}");
        }
    }
    let names = ["DUPONT", "Dupont", "Jeanne"];
    let of = |folder: &str| fs::read_dir(drawn.path(folder)).unwrap();
    let entries =
        of("results").chain(of("results/friches-cnig")).map(|entry| entry.unwrap().path());
    for path in entries.filter(|path| path.is_file()) {
        let bytes = fs::read(path).unwrap();
        for name in names {
            assert!(!bytes.windows(name.len()).any(|window| window == name.as_bytes()), "{name}");
        }
    }
    let database = rusqlite::Connection::open(drawn.path("results/gisement.gpkg")).unwrap();
    let ranked: i64 = database
        .query_row("SELECT count(*) FROM terrains WHERE rank IS NOT NULL", [], |row| row.get(0))
        .unwrap();
    assert_eq!(ranked, 2);
}

#[test]
fn map_writes_png_and_svg() {
    let drawn = Drawn::new();
    let ran = drawn.run(&["map", "land", "--width", "1200"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let png = fs::read(drawn.path("results/map-land.png")).unwrap();
    assert_eq!(&png[..8], b"\x89PNG\r\n\x1a\n");
    let svg = fs::read_to_string(drawn.path("results/map-land.svg")).unwrap();
    assert!(svg.contains("Territoire dessiné") && svg.contains("Legend"));
    let ran = drawn.run(&["map", "land", "--out", "map.pdf"]);
    assert_eq!(
        (ran.code, ran.stderr.trim_end()),
        (2, "gisement: map.pdf: the name must end in .png or .svg")
    );
}

#[test]
fn another_territory_needs_only_its_commune_layer() {
    let drawn = Drawn::new();
    drawn.change("gisement.toml", "communes = [\"82112\"]", "epci = [\"200034882\"]");
    let ran = drawn.run(&["check"]);
    assert_eq!(ran.code, 2);
    assert_eq!(
        ran.stderr.trim_end(),
        "gisement: EPCI 200034882: no commune known; give a [layers.communes] whose communes carry the SIREN of their EPCI"
    );
    drawn.change(
        "communes.geojson",
        "\"nom\":\"Moissac\"",
        "\"nom\":\"Ailleurs\",\"siren_epci\":\"200034882\"",
    );
    let answer = json(&drawn, &["rank", "housing", "--format", "json"]);
    assert_eq!(answer["rows"][0]["name"], "Ailleurs");
    assert_eq!(answer["rows"][0]["epci"], "200034882");
    let epci = answer["rows"].as_array().unwrap().iter().find(|row| row["kind"] == "epci").unwrap();
    assert_eq!(epci["code"], "200034882");
}

#[test]
fn what_declares_our_commune_is_ours_even_over_the_border() {
    let drawn = Drawn::new();
    let beyond = crate::drawn::rectangle(2100.0, 0.0, 2120.0, 20.0);
    let ours = crate::drawn::feature(&beyond, "\"commune\":\"82112\",\"type\":\"01\"");
    let theirs = crate::drawn::feature(&beyond, "\"commune\":\"82033\",\"type\":\"01\"");
    drawn.write("buildings.geojson", &crate::drawn::collection(&[ours, theirs]));
    let answer = json(&drawn, &["check", "--format", "json"]);
    let layer = answer["layers"]
        .as_array()
        .unwrap()
        .iter()
        .find(|layer| layer["as"] == "buildings")
        .unwrap();
    assert_eq!(
        (&layer["rows"]["kept"], &layer["rows"]["outside"]),
        (&Value::from(1), &Value::from(1))
    );
}

#[test]
fn a_table_row_without_a_commune_is_told_not_dropped() {
    let drawn = Drawn::new();
    drawn.change("lovac.csv", "82113;Montagudet;90;9;s", "Montagudet;82113;90;9;s");
    let answer = json(&drawn, &["check", "--format", "json", "--max-rejected", "1"]);
    let layer =
        answer["layers"].as_array().unwrap().iter().find(|layer| layer["as"] == "vacancy").unwrap();
    assert_eq!(
        (&layer["rows"]["rejected"], &layer["rows"]["outside"]),
        (&Value::from(1), &Value::from(0))
    );
    assert_eq!(layer["problems"][0]["code"], "id-malformed");
}
