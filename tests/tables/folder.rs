//! A folder with tables, read as a territory.

use std::fs;
use std::path::Path;

use gisement::domain::Problem;
use gisement::domain::ProblemCode;
use gisement::domain::Tally;
use gisement::domain::Territory;
use gisement::domain::Value;
use gisement::io::config::Config;
use gisement::io::load;
use gisement::io::load::LoadError;

/// Ansan, Ardizas, Aubiet, Castelsarrasin, Moissac.
pub const COMMUNES: [&str; 5] = ["32002", "32007", "32012", "82033", "82112"];

/// Files beside each other, and the layers made of them.
pub struct Folder {
    folder: tempfile::TempDir,
    layers: String,
}

impl Folder {
    pub fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap(), layers: String::new() }
    }

    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Writes files and makes them one layer.
    pub fn layer(mut self, key: &str, files: &[(&str, &[u8])]) -> Self {
        for (name, bytes) in files {
            fs::write(self.path().join(name), bytes).unwrap();
        }
        let names: Vec<String> = files.iter().map(|(name, _)| format!("{name:?}")).collect();
        self.layers += &format!("[layers.{key}]\npath = [{}]\n", names.join(", "));
        self
    }

    /// Adds lines to the layer made last.
    pub fn with(mut self, lines: &str) -> Self {
        self.layers += lines;
        self.layers.push('\n');
        self
    }

    pub fn try_load(&self) -> Result<Territory, LoadError> {
        self.try_load_for(&COMMUNES)
    }

    pub fn try_load_for(&self, communes: &[&str]) -> Result<Territory, LoadError> {
        let codes: Vec<String> = communes.iter().map(|code| format!("{code:?}")).collect();
        let text = format!("[territory]\ncommunes = [{}]\n{}", codes.join(", "), self.layers);
        let config = Config::from_toml(&text, self.path(), &self.path().join("gisement.toml"))
            .unwrap_or_else(|error| panic!("{error}"));
        load::load(&config)
    }

    pub fn load(&self) -> Territory {
        self.try_load().unwrap_or_else(|error| panic!("{error}"))
    }
}

/// A figure of a table.
pub fn figure(territory: &Territory, table: &str, commune: &str, column: &str) -> Value<'static> {
    let value = territory.tables[table].value(commune.parse().unwrap(), column);
    match value {
        Value::Number(number) => Value::Number(number),
        Value::Between { low, high } => Value::Between { low, high },
        Value::Estimate(estimate) => Value::Estimate(estimate),
        Value::Text(text) => Value::Text(text.into_owned().into()),
        Value::Flag(flag) => Value::Flag(flag),
        Value::Missing => Value::Missing,
        Value::NoSuchAttribute => panic!("{table} has no column {column}"),
    }
}

/// A number of a table, or `None` where it is unknown.
pub fn number(territory: &Territory, table: &str, commune: &str, column: &str) -> Option<f64> {
    match figure(territory, table, commune, column) {
        Value::Number(number) => Some(number),
        Value::Missing => None,
        other => panic!("{table}, {commune}, {column}: {other:?}"),
    }
}

/// Rows read, kept, rejected, outside; balanced.
pub fn counts(territory: &Territory, table: &str) -> [u64; 4] {
    let balance = &territory.balance[table];
    assert!(balance.total.is_balanced(), "{table}: {:?}", balance.total);
    let mut sum = Tally::default();
    balance.communes.values().for_each(|tally| sum.add(*tally));
    assert_eq!(sum, balance.total, "{table}");
    let Tally { read, kept, rejected, outside, .. } = balance.total;
    [read, kept, rejected, outside]
}

/// Problems of one kind.
pub fn problems(territory: &Territory, code: ProblemCode) -> Vec<&Problem> {
    territory.problems.iter().filter(|problem| problem.code == code).collect()
}

/// Text as Windows-1252 has it.
pub fn latin(text: &str) -> Vec<u8> {
    text.chars().map(|letter| u8::try_from(u32::from(letter)).unwrap()).collect()
}
