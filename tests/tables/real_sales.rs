//! The real sample of the DGFiP's file (2 500 rows, prices blanked out by its publisher), gathered by deed here and by
//! pandas (`tests/reference/dvf.py` writes `dvf.tsv`). The sample is no part of the repository: without it the tests
//! say so and pass.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use gisement::domain::Territory;
use gisement::domain::Value;

use crate::folder::Folder;
use crate::folder::counts;
use crate::folder::figure;

fn sample() -> Option<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../shared/data/elsewhere/dvf/dvf-brut-echantillon.txt");
    match fs::read_to_string(path) {
        Ok(text) => Some(text),
        Err(_) => {
            println!("left out: no real files");
            None
        }
    }
}

/// What pandas found: form, commune, column → number.
fn reference(form: &str) -> BTreeMap<(String, String), Option<f64>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/reference/dvf.tsv");
    let text = fs::read_to_string(path).unwrap();
    let mut lines = text.lines();
    let columns: Vec<&str> = lines.next().unwrap().split('\t').collect();
    let mut figures = BTreeMap::new();
    for line in lines {
        let cells: Vec<&str> = line.split('\t').collect();
        if cells[0] != form {
            continue;
        }
        for (column, cell) in columns.iter().zip(&cells).skip(2) {
            figures.insert((cells[1].to_owned(), (*column).to_owned()), cell.parse().ok());
        }
    }
    assert!(!figures.is_empty());
    figures
}

/// A commune layer of squares, since these communes are not in the embedded table.
fn communes(codes: &[&str]) -> String {
    let features: Vec<String> = codes
        .iter()
        .enumerate()
        .map(|(at, code)| {
            let (west, east) = (3.0 + 0.01 * at as f64, 3.01 + 0.01 * at as f64);
            format!(
                r#"{{"type":"Feature","properties":{{"code":"{code}","nom":"{code}"}},"geometry":{{"type":"Polygon","coordinates":[[[{west},50.6],[{east},50.6],[{east},50.61],[{west},50.61],[{west},50.6]]]}}}}"#
            )
        })
        .collect();
    format!(r#"{{"type":"FeatureCollection","features":[{}]}}"#, features.join(","))
}

fn load(text: &str, codes: &[&str]) -> Territory {
    Folder::new()
        .layer("communes", &[("communes.geojson", communes(codes).as_bytes())])
        .layer("sales", &[("ValeursFoncieres-2015.txt", text.as_bytes())])
        .try_load_for(codes)
        .unwrap_or_else(|error| panic!("{error}"))
}

fn assert_as_pandas(territory: &Territory, form: &str) {
    let mut compared = 0;
    for ((commune, column), theirs) in reference(form) {
        let ours = match figure(territory, "sales", &commune, &column) {
            Value::Number(number) => Some(number),
            Value::Missing => None,
            other => panic!("{other:?}"),
        };
        match (ours, theirs) {
            (Some(ours), Some(theirs)) => {
                let off = (ours - theirs).abs() / theirs.abs().max(1.0);
                assert!(
                    off <= 1e-9,
                    "{form}, {commune}, {column}: {ours} here, {theirs} by pandas"
                );
            }
            (ours, theirs) => assert_eq!(ours, theirs, "{form}, {commune}, {column}"),
        }
        compared += 1;
    }
    println!("{form}: {compared} figures as pandas has them");
}

/// The ten communes of the sample.
const CODES: [&str; 10] =
    ["59220", "59328", "59346", "59350", "59368", "59386", "59410", "59507", "59527", "59636"];

#[test]
fn the_sample_as_it_is() {
    let Some(text) = sample() else { return };
    let territory = load(&text, &CODES);
    assert_eq!(counts(&territory, "sales"), [2500, 2500, 0, 0]);
    assert_as_pandas(&territory, "as_given");
}

/// With a price per deed that follows its number, and as open data have it: without reference and identifiers.
#[test]
fn the_sample_with_prices_and_without_names() {
    let Some(text) = sample() else { return };
    let mut lines = text.lines();
    let header = lines.next().unwrap();
    let at = |name: &str| header.split('|').position(|column| column == name).unwrap();
    let (price, document) = (at("Valeur fonciere"), at("Reference document"));
    let hidden = [at("Code service CH"), document, at("Identifiant local")];
    let mut priced = format!("{header}\n");
    let mut anonymous = priced.clone();
    let (mut deeds, mut last) = (0_u64, String::new());
    for line in lines {
        let mut cells: Vec<String> = line.split('|').map(str::to_owned).collect();
        if cells[document] != last {
            deeds += 1;
            last = cells[document].clone();
        }
        cells[price] = format!("{},50", 40_000 + deeds * 7_919 % 400_009);
        priced += &format!("{}\n", cells.join("|"));
        for at in hidden {
            cells[at].clear();
        }
        anonymous += &format!("{}\n", cells.join("|"));
    }
    assert_as_pandas(&load(&priced, &CODES), "priced");
    assert_as_pandas(&load(&anonymous, &CODES), "anonymous");
    // A part of the territory: the rest is outside, and the balance holds.
    let part = load(&priced, &CODES[..3]);
    let [read, kept, rejected, outside] = counts(&part, "sales");
    assert_eq!((read, kept + outside, rejected), (2500, 2500, 0));
}
