//! ```text
//!                       y
//!  substation T      7000     2 km and more from any road
//!  P2                5100     likewise
//!  P3, lone road     3000     a piece of its own
//!  station S     300 ┌ S (1000, 300)
//!  P1  20..120   ────┴───────────────────────────────────────  y = 0, 60 km/h, x from -2000 to 16 000
//!                    main places: 82112 (0, 0), 82033 (7000, 0), 82113 (14 000, 0), which has no figures
//! ```

use std::fs;
use std::process::Command;

use gisement::domain::Territory;
use gisement::evaluation::Measured;
use gisement::evaluation::Profile;
use gisement::evaluation::Unknown;
use gisement::evaluation::rank;
use gisement::io::config::Config;
use gisement::io::load;
use gisement::units::Meters;
use gisement::units::Minutes;

pub(super) const X: f64 = 550_000.0;
pub(super) const Y: f64 = 6_330_000.0;

pub(super) struct Folder(tempfile::TempDir);

pub(super) fn ring(x0: f64, y0: f64, x1: f64, y1: f64) -> String {
    let at = |x: f64, y: f64| format!("[{},{}]", X + x, Y + y);
    let corners = [at(x0, y0), at(x1, y0), at(x1, y1), at(x0, y1), at(x0, y0)].join(",");
    format!("{{\"type\":\"Polygon\",\"coordinates\":[[{corners}]]}}")
}

pub(super) fn line(x0: f64, y0: f64, x1: f64, y1: f64) -> String {
    let (a, b) = ((X + x0, Y + y0), (X + x1, Y + y1));
    let coordinates = format!("[[{},{}],[{},{}]]", a.0, a.1, b.0, b.1);
    format!("{{\"type\":\"LineString\",\"coordinates\":{coordinates}}}")
}

pub(super) fn point(x: f64, y: f64) -> String {
    format!("{{\"type\":\"Point\",\"coordinates\":[{},{}]}}", X + x, Y + y)
}

impl Folder {
    pub(super) fn new() -> Self {
        let folder = Self(tempfile::tempdir().unwrap());
        let commune = |code: &str, x0, y0, x1, y1| {
            (ring(x0, y0, x1, y1), format!("\"code\":\"{code}\",\"nom\":\"{code}\""))
        };
        folder.features(
            "communes",
            &[
                commune("82112", -2000.0, -9000.0, 2000.0, 9000.0),
                commune("82033", 2000.0, -2000.0, 12_000.0, 2000.0),
                commune("82113", 12_000.0, -2000.0, 16_000.0, 2000.0),
            ],
        );
        let parcel = |number: u32, x0: f64, y0: f64| {
            let properties = format!(
                "\"id\":\"82112000AB000{number}\",\"commune\":\"82112\",\"contenance\":10000"
            );
            (ring(x0, y0, x0 + 100.0, y0 + 100.0), properties)
        };
        folder.features(
            "parcels",
            &[parcel(1, 0.0, 20.0), parcel(2, 0.0, 5100.0), parcel(3, 0.0, 3010.0)],
        );
        folder.roads("Double sens");
        let station = |code: u32, x, y, freight: &str| {
            (
                point(x, y),
                format!(
                    "\"code_uic\":\"{code}\",\"libelle\":\"Gare\",\"fret\":\"{freight}\",\"voyageurs\":\"O\""
                ),
            )
        };
        folder.features(
            "stations",
            &[station(87_613_000, 1000.0, 300.0, "O"), station(87_613_001, 50.0, 200.0, "N")],
        );
        folder.features("substations", &[(point(0.0, 7000.0), "\"n\":1".to_owned())]);
        let homes = |x, y, n: &str| {
            (point(x, y), format!("\"kind\":\"{}\",\"n\":{n}", if n == "null" { "b" } else { "a" }))
        };
        folder.features(
            "homes",
            &[
                homes(50.0, 60.0, "4"),
                homes(50.0, 180.0, "3"),
                homes(60.0, 150.0, "null"),
                homes(50.0, 2000.0, "9"),
            ],
        );
        folder.write(
            "lovac.csv",
            "CODGEO_25;LIBGEO_25;pp_total_24;pp_vacant_25;pp_vacant_plus_2ans_25\n82112;A;6 500;700;s\n82033;B;90;9;7\n",
        );
        folder.write(
            "gisement.toml",
            "[territory]\nname = \"Trois communes\"\ncommunes = [\"82112\", \"82033\", \"82113\"]\n\
             [layers.communes]\npath = \"communes.geojson\"\n\
             [layers.parcels]\npath = \"parcels.geojson\"\n\
             [layers.roads]\npath = \"roads.geojson\"\n\
             [layers.stations]\npath = \"stations.geojson\"\n\
             [layers.substations]\npath = \"substations.geojson\"\ncovers = \"territory\"\n\
             [layers.homes]\npath = \"homes.geojson\"\ncovers = \"territory\"\ncolumns = { kind = \"kind\", n = \"n\" }\n\
             [layers.vacancy]\npath = \"lovac.csv\"\n",
        );
        folder
    }

    fn roads(&self, sense: &str) {
        let road = |id: u32, shape: String, sense: &str| {
            let properties = format!(
                "\"ID\":\"R{id}\",\"NATURE\":\"Route à 1 chaussée\",\"IMPORTANCE\":\"3\",\"SENS\":\"{sense}\",\"VITESSE_MOYENNE_VL\":60"
            );
            (shape, properties)
        };
        let path = "\"ID\":\"R9\",\"NATURE\":\"Sentier\",\"IMPORTANCE\":\"5\",\"SENS\":\"Sans objet\",\"VITESSE_MOYENNE_VL\":5";
        self.features(
            "roads",
            &[
                road(1, line(-2000.0, 0.0, 2000.0, 0.0), sense),
                road(2, line(2000.0, 0.0, 16_000.0, 0.0), "Double sens"),
                road(3, line(-500.0, 3000.0, 500.0, 3000.0), "Double sens"),
                // No car drives here, though it leads from the lone road to the main one.
                (line(-500.0, 3000.0, -2000.0, 0.0), path.to_owned()),
            ],
        );
    }

    pub(super) fn features(&self, name: &str, features: &[(String, String)]) {
        let features: Vec<String> = features
            .iter()
            .map(|(geometry, properties)| {
                format!("{{\"type\":\"Feature\",\"geometry\":{geometry},\"properties\":{{{properties}}}}}")
            })
            .collect();
        self.write(
            &format!("{name}.geojson"),
            &format!(
                "{{\"type\":\"FeatureCollection\",\"crs\":{{\"type\":\"name\",\"properties\":{{\"name\":\"urn:ogc:def:crs:EPSG::2154\"}}}},\"features\":[\n{}\n]}}",
                features.join(",\n")
            ),
        );
    }

    pub(super) fn write(&self, name: &str, text: &str) {
        fs::write(self.0.path().join(name), text).unwrap();
    }

    /// Adds to its gisement.toml.
    pub(super) fn add(&self, toml: &str) {
        let path = self.path("gisement.toml");
        let known = fs::read_to_string(&path).unwrap();
        fs::write(path, format!("{known}{toml}")).unwrap();
    }

    pub(super) fn path(&self, name: &str) -> std::path::PathBuf {
        self.0.path().join(name)
    }

    /// Runs the program on it in French.
    pub(super) fn command(&self, args: &[&str]) -> std::process::Output {
        Command::new(env!("CARGO_BIN_EXE_gisement"))
            .args(["--lang", "fr", "--quiet", "-C"])
            .arg(self.0.path())
            .args(args)
            .output()
            .unwrap()
    }

    pub(super) fn without_roads(self) -> Self {
        let toml = fs::read_to_string(self.0.path().join("gisement.toml")).unwrap();
        self.write(
            "gisement.toml",
            &toml.replace("[layers.roads]\npath = \"roads.geojson\"\n", ""),
        );
        self
    }

    pub(super) fn load(&self) -> Territory {
        let toml = fs::read_to_string(self.0.path().join("gisement.toml")).unwrap();
        let config = Config::from_toml(&toml, self.0.path(), &self.0.path().join("gisement.toml"))
            .unwrap_or_else(|error| panic!("{error}"));
        load::load(&config).unwrap_or_else(|error| panic!("{error}"))
    }
}

fn profile(measure: &str, none_scores: &str) -> String {
    format!(
        "id = \"test-v1\"\ntitle = {{ fr = \"Essai\", en = \"Test\" }}\nunit = \"parcel\"\nmethod = \"weighted-sum\"\n\
         [[criterion]]\nid = \"way\"\nlabel = {{ fr = \"Trajet\", en = \"Way\" }}\nmeasure = {measure}\n\
         curve = [[0, 1.0], [10000, 0.0]]\n{none_scores}weight = 1\nsource = \"Test.\"\n"
    )
}

/// What parcels 1, 2 and 3 measure.
fn measured(folder: &Folder, measure: &str) -> [Measured; 3] {
    let none_scores = if measure.contains("within_m") && !measure.contains("reach_of") {
        "none_scores = 0.0\n"
    } else {
        ""
    };
    let profile = Profile::from_toml(&profile(measure, none_scores))
        .unwrap_or_else(|error| panic!("{error}"));
    let ranking = rank(&folder.load(), &profile).unwrap_or_else(|error| panic!("{error}"));
    [1, 2, 3].map(|number| {
        ranking.row(&format!("82112000AB000{number}")).unwrap().assessments[0].measured.clone()
    })
}

fn close(found: &Measured, expected: &Measured) {
    let same_kind = std::mem::discriminant(found) == std::mem::discriminant(expected);
    let near = |a: f64, b: f64| (a - b).abs() <= 1e-6 || a.total_cmp(&b).is_eq();
    let ((low, high), (due_low, due_high)) = (found.bounds().unwrap(), expected.bounds().unwrap());
    assert!(
        same_kind && near(low, due_low) && near(high, due_high),
        "{found:?} is not {expected:?}"
    );
}

#[test]
fn metres_by_road_to_the_nearest_object_that_counts() {
    let folder = Folder::new();
    let freight = "{ road_distance_to = \"stations\", where = { freight = [true] } }";
    let [p1, p2, p3] = measured(&folder, freight);
    // 20 m to the road, 1 000 m along it, 300 m from it.
    close(&p1, &Measured::Number(1320.0));
    close(&p2, &Measured::StraightLine(900.0_f64.hypot(4800.0)));
    assert_eq!(p3, Measured::Unknown(Unknown::NoWay { layer: "stations".to_owned() }));

    let near = "{ road_distance_to = \"stations\", where = { freight = [true] }, within_m = 1000 }";
    let none = Measured::NoneFound { within: Meters::new(1000.0).unwrap() };
    assert_eq!(measured(&folder, near), [none.clone(), none.clone(), none]);
    // The station beside P1 is 80 m away, and 20 + 50 + 200 by road.
    let any = "{ road_distance_to = \"stations\" }";
    close(&measured(&folder, any)[0], &Measured::Number(270.0));
}

#[test]
fn minutes_by_road() {
    let folder = Folder::new();
    let [p1, p2, _] =
        measured(&folder, "{ road_minutes_to = \"stations\", where = { freight = [true] } }");
    // 320 m at 15 km/h, 1 000 m at 60 km/h.
    close(&p1, &Measured::Number(320.0 / 250.0 + 1.0));
    close(&p2, &Measured::StraightLine(900.0_f64.hypot(4800.0) * 1.3 / 1000.0));
    let none = Measured::NoneInTime { within: Minutes::new(2.0).unwrap() };
    let near = "{ road_minutes_to = \"stations\", where = { freight = [true] }, within_min = 2 }";
    assert_eq!(measured(&folder, near)[0], none);
}

#[test]
fn one_way_roads_count_from_the_unit_to_the_object() {
    let folder = Folder::new();
    folder.roads("Sens inverse");
    let freight = "{ road_distance_to = \"stations\", where = { freight = [true] } }";
    assert_eq!(
        measured(&folder, freight)[0],
        Measured::Unknown(Unknown::NoWay { layer: "stations".to_owned() })
    );
    folder.roads("Sens direct");
    close(&measured(&folder, freight)[0], &Measured::Number(1320.0));
}

#[test]
fn without_roads_the_straight_line_is_told_as_such() {
    let folder = Folder::new().without_roads();
    let [p1, ..] =
        measured(&folder, "{ road_distance_to = \"stations\", where = { freight = [true] } }");
    close(&p1, &Measured::StraightLine(900.0_f64.hypot(180.0)));
    let [p1, ..] = measured(
        &folder,
        "{ reach_of = \"vacancy\", of = \"private_dwellings\", within_min = 9.2 }",
    );
    // 6 900 m x 1.3 at 60 km/h: 8.97 minutes to 82033.
    close(&p1, &Measured::StraightLine(6590.0));
    let [p1, ..] = measured(
        &folder,
        "{ reach_of = \"vacancy\", of = \"private_dwellings\", within_min = 8.9 }",
    );
    close(&p1, &Measured::StraightLine(6500.0));
}

#[test]
fn an_object_that_no_road_leads_to_is_measured_straight() {
    let folder = Folder::new();
    let [p1, p2, p3] = measured(&folder, "{ road_distance_to = \"substations\" }");
    close(&p1, &Measured::StraightLine(6880.0));
    close(&p2, &Measured::StraightLine(1800.0));
    close(&p3, &Measured::StraightLine(3890.0));
}

#[test]
fn figures_within_a_drive_keep_their_bounds() {
    let folder = Folder::new();
    let reach = |column: &str, minutes: f64| {
        let measure =
            format!("{{ reach_of = \"vacancy\", of = \"{column}\", within_min = {minutes} }}");
        measured(&folder, &measure)
    };
    // P1 is 0.08 minutes from the road; 82033 is 7 minutes along it.
    close(&reach("private_dwellings", 7.0)[0], &Measured::Number(6500.0));
    close(&reach("private_dwellings", 7.1)[0], &Measured::Number(6590.0));
    close(&reach("vacant_2y", 7.1)[0], &Measured::Between { low: 8.0, high: 17.0 });
    // 82113 has no figure: what is known is the least.
    close(
        &reach("private_dwellings", 15.0)[0],
        &Measured::Between { low: 6590.0, high: f64::INFINITY },
    );
    let [_, p2, p3] = reach("private_dwellings", 7.0);
    close(&p2, &Measured::StraightLine(6500.0));
    assert_eq!(p3, Measured::Unknown(Unknown::NoWay { layer: "vacancy".to_owned() }));
}

#[test]
fn numbers_of_objects_within_a_radius_are_summed() {
    let folder = Folder::new();
    let known =
        "{ sum_within = \"homes\", of = \"n\", radius_m = 200, where = { kind = [\"a\"] } }";
    let [p1, p2, _] = measured(&folder, known);
    assert_eq!((p1, p2), (Measured::Number(7.0), Measured::Number(0.0)));
    let some = "{ sum_within = \"homes\", of = \"n\", radius_m = 200 }";
    close(&measured(&folder, some)[0], &Measured::Between { low: 7.0, high: f64::INFINITY });
    let none = "{ sum_within = \"homes\", of = \"n\", radius_m = 200, where = { kind = [\"b\"] } }";
    let unknown = Measured::Unknown(Unknown::NoValue { attribute: "n".to_owned() });
    assert_eq!(measured(&folder, none)[0], unknown);
}

#[test]
fn measures_that_say_nothing_are_refused_with_the_next_move() {
    for (measure, what) in [
        ("{ reach_of = \"vacancy\", of = \"vacant\" }", "the longest drive"),
        ("{ sum_within = \"homes\", radius_m = 5 }", "needs `of`"),
        ("{ sum_within = \"homes\", of = \"n\" }", "go with `radius_m`"),
        (
            "{ road_minutes_to = \"homes\", within_m = 5 }",
            "goes with distance_to or road_distance_to",
        ),
        (
            "{ road_distance_to = \"homes\", within_min = 5 }",
            "goes with road_minutes_to or reach_of",
        ),
        ("{ road_distance_to = \"homes\", of = \"n\" }", "`of` goes with"),
        ("{ road_minutes_to = \"homes\", within_min = -1 }", "above 0 in minutes"),
        ("{ road_distance_to = \"homes\", within_m = 9 }", "goes with `none_scores`"),
    ] {
        let error = Profile::from_toml(&profile(measure, "")).unwrap_err().to_string();
        assert!(error.contains(what), "{measure}: {error}");
    }
}

/// What the program says on the folder; it must not fail.
pub(super) fn run(folder: &Folder, args: &[&str]) -> String {
    let ran = folder.command(args);
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
    String::from_utf8(ran.stdout).unwrap()
}

#[test]
fn a_straight_line_is_told_in_every_answer() {
    let folder = Folder::new();
    folder.write(
        "p.toml",
        &profile("{ road_distance_to = \"stations\", where = { freight = [true] } }", ""),
    );
    let path = folder.0.path().join("p.toml");
    let path = path.to_str().unwrap();
    let json: serde_json::Value = serde_json::from_str(&run(
        &folder,
        &["rank", "land", "--profile", path, "--format", "json"],
    ))
    .unwrap();
    let way = |id: &str| {
        let rows = json["rows"].as_array().unwrap();
        rows.iter().find(|row| row["id"] == id).unwrap()["criteria"][0].clone()
    };
    assert_eq!(way("82112000AB0002")["straight_line"], true);
    assert!(
        (way("82112000AB0002")["value"].as_f64().unwrap() - 900.0_f64.hypot(4800.0)).abs() < 1e-6
    );
    assert_eq!(way("82112000AB0001")["straight_line"], serde_json::Value::Null);
    assert_eq!(way("82112000AB0003")["unknown"]["code"], "no-way");
    let table = run(&folder, &["rank", "land", "--profile", path]);
    assert!(table.contains("4,9\u{a0}km à vol d'oiseau"), "{table}");
    let csv = run(&folder, &["rank", "land", "--profile", path, "--format", "csv"]);
    assert!(csv.contains("À vol d'oiseau – Trajet"), "{csv}");
    let told = run(&folder, &["explain", "82112000AB0002", "--profile", path]);
    assert!(told.contains("4,9\u{a0}km à vol d'oiseau"), "{told}");
    let unknown = run(&folder, &["explain", "82112000AB0003", "--profile", path]);
    assert!(unknown.contains("aucune route du réseau ne mène"), "{unknown}");
}
