//! A territory drawn by hand: one commune of 4 km by 4 km around the origin O = (550 000, 6 330 000) of Lambert-93.
//!
//! ```text
//!   y
//! 400 ┌──────────┬──────────┐          A  0..100 x 0..200    2 ha, in UX, free
//!     │          │    D     │          B  100..200 x 0..200  2 ha, in UX, half built
//! 200 ├────┬─────┼────┬─────┤          C  200..300 x 0..200  2 ha, in UX, red flood zone
//!     │ A  │  B  │ C  │  E  │          D  200..400 x 200..400 4 ha, in A
//!   0 └────┴─────┴────┴─────┘          E  300..400 x 0..200  2 ha, three quarters in UX
//!     0   100   200  300   400  x
//! ```

use std::fs;
use std::path::Path;
use std::path::PathBuf;
use std::process::Command;
use std::process::Output;

pub const X: f64 = 550_000.0;
pub const Y: f64 = 6_330_000.0;

/// A folder that holds the drawn territory.
pub struct Drawn {
    pub dir: tempfile::TempDir,
}

/// A rectangle as a GeoJSON ring.
pub fn rectangle(x0: f64, y0: f64, x1: f64, y1: f64) -> String {
    let at = |x: f64, y: f64| format!("[{},{}]", X + x, Y + y);
    format!(
        "{{\"type\":\"Polygon\",\"coordinates\":[[{},{},{},{},{}]]}}",
        at(x0, y0),
        at(x1, y0),
        at(x1, y1),
        at(x0, y1),
        at(x0, y0)
    )
}

pub fn feature(geometry: &str, properties: &str) -> String {
    format!("{{\"type\":\"Feature\",\"geometry\":{geometry},\"properties\":{{{properties}}}}}")
}

pub fn collection(features: &[String]) -> String {
    format!(
        "{{\"type\":\"FeatureCollection\",\"crs\":{{\"type\":\"name\",\"properties\":{{\"name\":\"urn:ogc:def:crs:EPSG::2154\"}}}},\"features\":[{}]}}",
        features.join(",\n")
    )
}

pub const PARCELS: [(&str, [f64; 4]); 5] = [
    ("82112000AB0001", [0.0, 0.0, 100.0, 200.0]),
    ("82112000AB0002", [100.0, 0.0, 200.0, 200.0]),
    ("82112000AB0003", [200.0, 0.0, 300.0, 200.0]),
    ("82112000AB0004", [200.0, 200.0, 400.0, 400.0]),
    ("82112000AB0005", [300.0, 0.0, 400.0, 200.0]),
];

impl Drawn {
    pub fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let drawn = Self { dir };
        drawn.write(
            "gisement.toml",
            "[territory]\nname = \"Territoire dessiné\"\ncommunes = [\"82112\"]\n\
             [layers.communes]\npath = \"communes.geojson\"\n\
             [layers.parcels]\npath = \"parcels.geojson\"\nvintage = \"2026-07\"\n\
             [layers.buildings]\npath = \"buildings.geojson\"\n\
             [layers.zoning]\npath = \"zoning.geojson\"\n\
             [layers.hazards]\npath = \"hazards.geojson\"\nclass = \"classe\"\ncovers = \"territory\"\n\
             [layers.friches]\npath = \"friches.geojson\"\n\
             [layers.roads]\npath = \"roads.geojson\"\n\
             [layers.stations]\npath = \"stations.geojson\"\n\
             [layers.vacancy]\npath = \"lovac.csv\"\n",
        );
        let commune = rectangle(-2000.0, -2000.0, 2000.0, 2000.0);
        drawn.write(
            "communes.geojson",
            &collection(&[feature(&commune, "\"code\":\"82112\",\"nom\":\"Moissac\"")]),
        );
        drawn.write("parcels.geojson", &Self::parcels(&PARCELS));
        drawn.write(
            "buildings.geojson",
            &collection(&[feature(
                &rectangle(110.0, 0.0, 160.0, 200.0),
                "\"commune\":\"82112\",\"type\":\"01\"",
            )]),
        );
        let zone = |label: &str, kind: &str, long: &str| {
            format!(
                "\"LIBELLE\":\"{label}\",\"TYPEZONE\":\"{kind}\",\"LIBELONG\":\"{long}\",\"IDURBA\":\"82112_PLU_20200101\""
            )
        };
        drawn.write(
            "zoning.geojson",
            &collection(&[
                feature(&rectangle(0.0, 0.0, 375.0, 200.0), &zone("UX", "U", "Zone d'activités")),
                feature(&rectangle(200.0, 200.0, 400.0, 400.0), &zone("A", "A", "")),
            ]),
        );
        drawn.write(
            "hazards.geojson",
            &collection(&[feature(
                &rectangle(200.0, -50.0, 300.0, 160.0),
                "\"classe\":\"PPRI rouge\"",
            )]),
        );
        drawn.write(
            "friches.geojson",
            &collection(&[
                feature(
                    &format!("{{\"type\":\"Point\",\"coordinates\":[{},{}]}}", X + 50.0, Y + 50.0),
                    "\"site_id\":\"82112_1\",\"comm_insee\":\"82112\",\"site_statut\":\"friche sans projet\",\
                     \"l_idtup\":\"{82112000AB0001}\",\"unite_fonciere_surface\":20000,\
                     \"nom_prodcartofriches\":\"Région Occitanie\",\"proprio_nom\":\"DUPONT Jeanne\",\"site_nom\":\"Garage Dupont\"",
                ),
                feature(
                    &format!("{{\"type\":\"Point\",\"coordinates\":[{},{}]}}", X + 300.0, Y + 300.0),
                    "\"site_id\":\"82112_2\",\"comm_insee\":\"82112\",\"site_statut\":\"friche potentielle\",\
                     \"l_idtup\":\"{}\",\"nom_prodcartofriches\":\"Site Basias ou Basol non vérifié par le Cerema\"",
                ),
            ]),
        );
        let line = |x0: f64, y0: f64, x1: f64, y1: f64| {
            format!(
                "{{\"type\":\"LineString\",\"coordinates\":[[{},{}],[{},{}]]}}",
                X + x0,
                Y + y0,
                X + x1,
                Y + y1
            )
        };
        drawn.write(
            "roads.geojson",
            &collection(&[
                feature(
                    &line(-1000.0, -100.0, 1000.0, -100.0),
                    "\"ID\":\"R1\",\"NATURE\":\"Route à 1 chaussée\",\"IMPORTANCE\":\"3\"",
                ),
                feature(
                    &line(-1000.0, 3000.0, 1000.0, 3000.0),
                    "\"ID\":\"R2\",\"NATURE\":\"Bretelle\",\"IMPORTANCE\":\"1\"",
                ),
            ]),
        );
        drawn.write(
            "stations.geojson",
            &collection(&[feature(
                &format!("{{\"type\":\"Point\",\"coordinates\":[{},{}]}}", X, Y - 1500.0),
                "\"code_uic\":\"87613000\",\"libelle\":\"Gare\",\"fret\":\"N\",\"voyageurs\":\"O\"",
            )]),
        );
        drawn.write("lovac.csv", "CODGEO_25;LIBGEO_25;pp_total_24;pp_vacant_25;pp_vacant_plus_2ans_25\n82112;Moissac;6 500;700;s\n82113;Montagudet;90;9;s\n");
        drawn
    }

    pub fn parcels(parcels: &[(&str, [f64; 4])]) -> String {
        let features: Vec<String> = parcels
            .iter()
            .map(|(id, [x0, y0, x1, y1])| {
                feature(
                    &rectangle(*x0, *y0, *x1, *y1),
                    &format!("\"id\":\"{id}\",\"commune\":\"82112\",\"contenance\":20100"),
                )
            })
            .collect();
        collection(&features)
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    pub fn write(&self, name: &str, text: &str) {
        fs::write(self.path(name), text).unwrap();
    }

    /// Replaces one text of a file by another, which must occur.
    pub fn change(&self, name: &str, from: &str, to: &str) {
        let text = fs::read_to_string(self.path(name)).unwrap();
        assert!(text.contains(from), "{name} does not hold {from}");
        self.write(name, &text.replace(from, to));
    }

    /// Runs the program on this territory, in English and quiet.
    pub fn run(&self, args: &[&str]) -> Ran {
        run(self.dir.path(), args)
    }
}

/// What a run left behind.
pub struct Ran {
    pub code: i32,
    pub stdout: String,
    pub stderr: String,
}

/// Runs the program on the territory in `dir`. The folder's name is shown as DIR.
pub fn run(dir: &Path, args: &[&str]) -> Ran {
    let mut english = vec!["--lang", "en"];
    english.extend(args);
    run_in(dir, "fr_FR.UTF-8", &english)
}

/// Runs the program in a locale, whatever the one of the tests.
pub fn run_in(dir: &Path, locale: &str, args: &[&str]) -> Ran {
    let Output { status, stdout, stderr } = Command::new(env!("CARGO_BIN_EXE_gisement"))
        .env_remove("LC_ALL")
        .env_remove("LC_MESSAGES")
        .env("LANG", locale)
        .arg("-C")
        .arg(dir)
        .arg("--quiet")
        .args(args)
        .output()
        .unwrap();
    let shown = |bytes: Vec<u8>| {
        String::from_utf8(bytes).unwrap().replace(&dir.display().to_string(), "DIR")
    };
    Ran { code: status.code().unwrap(), stdout: shown(stdout), stderr: shown(stderr) }
}
