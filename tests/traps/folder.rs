//! A folder of small files, and what `gisement check` says of them.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use serde_json::Value;

use crate::bytes;
use crate::bytes::At;
use crate::bytes::Column;

/// A folder that goes away with the test.
pub struct Folder {
    dir: tempfile::TempDir,
}

impl Folder {
    pub fn new() -> Self {
        Self { dir: tempfile::tempdir().unwrap() }
    }

    /// A folder with a single file.
    pub fn with(name: &str, content: impl AsRef<[u8]>) -> Self {
        let folder = Self::new();
        folder.write(name, content);
        folder
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    pub fn write(&self, name: &str, content: impl AsRef<[u8]>) {
        fs::write(self.path(name), content).unwrap();
    }

    /// A shapefile of polygons of one ring each, with its table; `prj` only where there is one.
    pub fn polygons(&self, name: &str, rings: &[Vec<At>], table: &[u8], prj: Option<&str>) {
        let record = |ring: &Vec<At>| bytes::parts(bytes::POLYGON, std::slice::from_ref(ring));
        let records: Vec<Vec<u8>> = rings.iter().map(record).collect();
        self.write(&format!("{name}.shp"), bytes::shp(bytes::POLYGON, &records));
        self.write(&format!("{name}.dbf"), table);
        if let Some(prj) = prj {
            self.write(&format!("{name}.prj"), prj);
        }
    }

    /// `gisement check FILE --as WORD --format json`.
    pub fn check(&self, name: &str, word: &str) -> Checked {
        self.run(&["check", &self.path(name).display().to_string(), "--as", word])
    }

    /// `gisement check --format json` on the territory that `gisement.toml` describes. Rejected rows are told, and do
    /// not change the exit code.
    pub fn check_territory(&self) -> Checked {
        self.run(&["check", "--max-rejected", "1"])
    }

    fn run(&self, args: &[&str]) -> Checked {
        let output = Command::new(env!("CARGO_BIN_EXE_gisement"))
            .current_dir(self.dir.path())
            .args(["--lang", "en", "--quiet"])
            .args(args)
            .args(["--format", "json"])
            .output()
            .unwrap();
        let stdout = String::from_utf8(output.stdout).unwrap();
        Checked {
            code: output.status.code().unwrap(),
            answer: serde_json::from_str(&stdout).unwrap_or(Value::Null),
            stdout,
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }
}

/// Columns and rows of a table of zones, from their TYPEZONE.
pub fn zone_table(types: &[&[u8]], language: u8) -> Vec<u8> {
    const COLUMNS: [Column; 2] = [("LIBELLE", b'C', 8), ("TYPEZONE", b'C', 14)];
    let rows: Vec<Vec<&[u8]>> = types.iter().map(|kind| vec![b"UX".as_slice(), *kind]).collect();
    bytes::dbf(&COLUMNS, &rows, language)
}

/// What a run of `gisement check` said.
pub struct Checked {
    pub code: i32,
    pub answer: Value,
    pub stdout: String,
    pub stderr: String,
}

impl Checked {
    /// The only layer of the answer.
    pub fn layer(&self) -> Layer<'_> {
        let layers = self.answer["layers"].as_array();
        match layers.map(Vec::as_slice) {
            Some([layer]) => Layer(layer),
            _ => panic!("not one layer: {} {}", self.stdout, self.stderr),
        }
    }

    /// The layer under one key of a territory.
    pub fn layer_as(&self, key: &str) -> Layer<'_> {
        let layers = self.answer["layers"].as_array();
        let found = layers.and_then(|all| all.iter().find(|layer| layer["as"] == key));
        Layer(found.unwrap_or_else(|| panic!("no {key}: {} {}", self.stdout, self.stderr)))
    }
}

/// One layer of the answer.
pub struct Layer<'a>(&'a Value);

impl Layer<'_> {
    /// Rows read, kept, repaired, rejected, outside.
    pub fn rows(&self) -> [u64; 5] {
        ["read", "kept", "repaired", "rejected", "outside"]
            .map(|fate| self.0["rows"][fate].as_u64().unwrap_or_else(|| panic!("{}", self.0)))
    }

    /// The codes of the problems and how often each stands, in the order of the answer.
    pub fn problems(&self) -> Vec<(&str, u64)> {
        let of = |problem: &Value| problem["count"].as_u64().unwrap();
        let all = self.0["problems"].as_array().unwrap();
        all.iter().map(|problem| (problem["code"].as_str().unwrap(), of(problem))).collect()
    }

    /// How often a problem stands.
    pub fn count(&self, code: &str) -> u64 {
        self.problems().iter().filter(|(found, _)| *found == code).map(|(_, count)| count).sum()
    }

    /// The example of a problem that must be told.
    pub fn example(&self, code: &str) -> &str {
        let all = self.0["problems"].as_array().unwrap();
        let problem = all.iter().find(|problem| problem["code"] == code);
        let problem = problem.unwrap_or_else(|| panic!("no {code}: {}", self.0));
        assert!(problem["count"].as_u64().unwrap() >= 1, "{problem}");
        let severity = problem["severity"].as_str().unwrap();
        assert!(["error", "repair", "warning"].contains(&severity), "{problem}");
        problem["example"].as_str().unwrap()
    }

    /// Asserts that nothing is wrong with the layer.
    pub fn assert_clean(&self) {
        assert!(self.problems().is_empty(), "{}", self.0);
    }

    /// Asserts the total area, to a millionth.
    pub fn assert_area(&self, expected_m2: f64) {
        self.assert_area_within(expected_m2, 1e-6);
    }

    pub fn assert_area_within(&self, expected_m2: f64, relative: f64) {
        let area_m2 = self.0["area_m2"].as_f64().unwrap_or(f64::NAN);
        let near = (area_m2 - expected_m2).abs() <= relative * expected_m2;
        assert!(near, "{area_m2} m², not {expected_m2} m²: {}", self.0);
    }

    pub fn encoding(&self) -> &str {
        self.0["encoding"].as_str().unwrap_or_default()
    }

    /// The digits of the code in `EPSG:2154`.
    pub fn epsg(&self) -> &str {
        self.0["crs"].as_str().unwrap_or_default().rsplit(':').next().unwrap_or_default()
    }

    /// The communes that the layer does not speak for.
    pub fn not_covered(&self) -> Vec<&str> {
        let all = self.0["communes_not_covered"].as_array().unwrap();
        all.iter().map(|code| code.as_str().unwrap()).collect()
    }
}
