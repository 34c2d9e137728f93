//! Files in the standard, and what the program makes of them.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::path::PathBuf;

use gisement::domain::Territory;
use gisement::io::config::Config;
use gisement::io::load;

use crate::drawn::Drawn;

/// The facts of the CNIG's schema.json.
const FACTS: &str = include_str!("../reference/friches.tsv");
/// A point of the drawn territory: PROJ's image of (550 050, 6 330 050) in WGS 84.
pub const POINT: &str = "POINT(1.1285134 44.0534584)";

/// Names of the 51 fields, in order.
pub fn columns() -> Vec<&'static str> {
    facts().map(|fact| fact[0]).collect()
}

/// Name, type, format, required, list, pattern.
pub fn facts() -> impl Iterator<Item = Vec<&'static str>> {
    FACTS.lines().skip(1).map(|line| line.split('\t').collect())
}

/// A row with these values; the others that the standard requires are filled.
pub fn row(values: &[(&str, &str)]) -> BTreeMap<String, String> {
    let required = [
        ("site_id", "82112_1"),
        ("site_nom", "82112_1"),
        ("site_type", "friche industrielle"),
        ("site_identif_date", "2023-11-06"),
        ("site_actu_date", "2026-04-20"),
        ("comm_nom", "MOISSAC"),
        ("comm_insee", "82112"),
        ("urba_zaer", "non"),
        ("source_nom", "Région Occitanie"),
        ("geompoint", POINT),
    ];
    let pairs = required.iter().chain(values);
    pairs.map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

/// A CSV of the standard.
pub fn csv_of(rows: &[BTreeMap<String, String>]) -> String {
    let mut csv = csv::WriterBuilder::new().from_writer(Vec::new());
    csv.write_record(columns()).unwrap();
    for row in rows {
        csv.write_record(columns().iter().map(|name| row.get(*name).map_or("", String::as_str)))
            .unwrap();
    }
    String::from_utf8(csv.into_inner().unwrap()).unwrap()
}

/// The drawn territory with one layer of friches and no other than communes, unless `keep` names it.
pub fn territory(friches: &str, text: &str, keep: &[&str]) -> Drawn {
    let drawn = Drawn::new();
    drawn.write(friches, text);
    let mut config = String::from(
        "[territory]\nname = \"Territoire dessiné\"\ncommunes = [\"82112\"]\n\
         [layers.communes]\npath = \"communes.geojson\"\n",
    );
    for layer in keep {
        config.push_str(&format!("[layers.{layer}]\npath = \"{layer}.geojson\"\n"));
    }
    config.push_str(&format!("[layers.friches]\npath = \"{friches}\"\n"));
    drawn.write("gisement.toml", &config);
    drawn
}

/// Reads a territory.
pub fn load(folder: &Path) -> Territory {
    load::load(&Config::read(folder).unwrap()).unwrap()
}

/// The rows that `gisement friches --cnig` writes.
pub fn written(drawn: &Drawn) -> Vec<BTreeMap<String, String>> {
    let ran = drawn.run(&["friches", "--cnig"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    table(&drawn.path("results/friches-cnig/friches.csv"))
}

/// A CSV as rows by column.
pub fn table(path: &Path) -> Vec<BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_path(path).unwrap();
    let header = reader.headers().unwrap().clone();
    let rows = reader.records().map(|row| {
        let row = row.unwrap();
        header
            .iter()
            .zip(row.iter())
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect()
    });
    rows.collect()
}

/// Whether a table fits the standard, by its facts: the order of columns, what is required, lists, dates, numbers, and
/// patterns that need no look back. `frictionless` says the same of the demonstration (`scripts/check_delivery.sh`).
pub fn assert_valid(path: &Path) {
    assert_valid_where(path, |_| true);
}

/// The same, where dates may be missing: the standard has no word for a date that nobody knows.
pub fn assert_valid_but_for_dates(path: &Path) {
    assert_valid_where(path, |fact| fact[1] != "date");
}

fn assert_valid_where(path: &Path, must: impl Fn(&[&str]) -> bool) {
    let text = fs::read_to_string(path).unwrap();
    assert!(!text.starts_with('\u{feff}') && text.contains("\r\n"));
    assert_eq!(text.lines().next().unwrap(), columns().join(","));
    let mut seen = std::collections::BTreeSet::new();
    for row in table(path) {
        assert!(seen.insert(row["site_id"].clone()), "{} twice", row["site_id"]);
        for fact in facts() {
            let (name, value) = (fact[0], row[fact[0]].as_str());
            if value.is_empty() {
                let is_missing = fact[3] == "yes" && must(&fact);
                assert!(!is_missing, "{name} is empty in {}", row["site_id"]);
                continue;
            }
            if !fact[4].is_empty() {
                assert!(fact[4].split('|').any(|word| word == value), "{name}: {value}");
            }
            let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
            match (fact[1], fact[2]) {
                ("integer", _) => assert!(digits(value), "{name}: {value}"),
                ("date", "%Y") => assert!(digits(value) && value.len() == 4, "{name}: {value}"),
                ("date", _) => {
                    let parts: Vec<&str> = value.split('-').collect();
                    assert_eq!(parts.iter().map(|part| part.len()).collect::<Vec<_>>(), [4, 2, 2]);
                    assert!(parts.iter().all(|part| digits(part)), "{name}: {value}");
                }
                _ => {}
            }
            let items = || value.split('|');
            match name {
                "unite_fonciere_refcad" => assert!(items().all(|item| item.len() == 14), "{value}"),
                "site_url" | "source_url" => assert!(items().all(|item| item.starts_with("http"))),
                "bati_type" | "proprio_personne" => {
                    assert!(items().all(|item| fact[5].contains(item)), "{name}: {value}");
                }
                "proprio_nom" | "site_adresse" | "source_contact" | "activite_libelle" => {
                    panic!("{name} is not empty: {value}");
                }
                _ => {}
            }
        }
    }
}

/// A folder of real files, or a line that says that there is none.
pub fn real_files(name: &str) -> Option<PathBuf> {
    let folder = std::env::var_os("GISEMENT_REAL_DATA").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data"),
        PathBuf::from,
    );
    let folder = folder.join(name);
    if folder.is_dir() {
        return Some(folder);
    }
    println!("left out: {} is not there", folder.display());
    None
}
