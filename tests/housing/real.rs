//! The real tables of the TI 32/82: 298 communes, 11 EPCIs, against pandas (`tests/reference/housing.py`). The files are
//! no part of the repository: without them the test says so and passes.

use std::collections::BTreeMap;
use std::path::Path;
use std::path::PathBuf;

use gisement::domain::LayerKey;
use gisement::domain::Territory;
use gisement::domain::Value;
use gisement::evaluation::Ranked;
use gisement::evaluation::published_profile;
use gisement::housing;
use gisement::io::config::Config;
use gisement::io::load;

const TABLES: &str = r#"
[layers.vacancy]
path = ["lovac-2025-communes.csv", "lovac-tauxvacance-communes-2021.csv", "communes-32-82-joined.derived.csv"]
[layers.rents]
path = "communes-32-82-joined.derived.csv"
vintage = "2022"
[layers.sales]
path = "communes-32-82-joined.derived.csv"
"#;

fn real_files() -> Option<PathBuf> {
    let folder = std::env::var_os("GISEMENT_REAL_DATA").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data"),
        PathBuf::from,
    );
    let found = folder.join("ti-32-82").canonicalize().ok().filter(|found| found.is_dir());
    match &found {
        Some(found) => println!("real files used: {}", found.display()),
        None => println!("left out: no real files"),
    }
    found
}

/// Lines of `housing.tsv` by kind and code, each by column; empty cells are absent.
fn reference() -> BTreeMap<(String, String), BTreeMap<String, f64>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/reference/housing.tsv");
    let text = std::fs::read_to_string(path).unwrap();
    let mut lines = text.lines();
    let names: Vec<&str> = lines.next().unwrap().split('\t').collect();
    lines
        .map(|line| {
            let cells: Vec<&str> = line.split('\t').collect();
            let numbers = names.iter().zip(&cells).skip(2).filter(|(_, cell)| !cell.is_empty());
            let numbers = numbers.map(|(name, cell)| ((*name).to_owned(), cell.parse().unwrap()));
            ((cells[0].to_owned(), cells[1].to_owned()), numbers.collect())
        })
        .collect()
}

fn figure<'a>(territory: &'a Territory, row: &Ranked, column: &str) -> Value<'a> {
    let table = &territory.tables[LayerKey::HOUSING];
    match row.commune {
        Some(commune) => table.value(commune, column),
        None => table.value_of_epci(row.id.parse().unwrap(), column),
    }
}

fn assert_close(what: &str, ours: Option<f64>, theirs: Option<&f64>) {
    match (ours, theirs) {
        (Some(ours), Some(theirs)) => {
            let off = (ours - theirs).abs() / theirs.abs().max(1.0);
            assert!(off <= 1e-9, "{what}: {ours} here, {theirs} by pandas");
        }
        (None, None) => {}
        (ours, theirs) => panic!("{what}: {ours:?} here, {theirs:?} by pandas"),
    }
}

/// Value, low, high, known share.
fn parts(value: &Value<'_>) -> Option<[f64; 4]> {
    match value {
        Value::Number(number) => Some([*number, *number, *number, 1.0]),
        Value::Between { low, high } => Some([f64::midpoint(*low, *high), *low, *high, 1.0]),
        Value::Estimate(one) => Some([one.value, one.low, one.high, one.known]),
        _ => None,
    }
}

#[test]
fn communes_and_epcis_are_those_of_pandas() {
    let Some(folder) = real_files() else { return };
    let config = Config::from_toml(TABLES, &folder, &folder.join("gisement.toml")).unwrap();
    let mut territory = load::load(&config).unwrap_or_else(|error| panic!("{error}"));
    housing::prepare(&mut territory).unwrap();
    let profile = published_profile(housing::DEFAULT_PROFILE).unwrap();
    let rules = territory.housing_rules.clone().unwrap();
    let reference = reference();
    let rankings = [
        ("commune", housing::rank(&territory, &profile).unwrap()),
        ("epci", housing::rank_epcis(&territory, &profile).unwrap()),
    ];
    let counts: Vec<usize> = rankings.iter().map(|(_, ranking)| ranking.rows.len()).collect();
    assert_eq!((&counts[..], reference.len()), (&[298, 11][..], 309));
    for (kind, ranking) in &rankings {
        for row in &ranking.rows {
            let theirs = &reference[&((*kind).to_owned(), row.id.clone())];
            let close = |column: &str, ours: Option<f64>| {
                assert_close(&format!("{kind} {}, {column}", row.id), ours, theirs.get(column));
            };
            let of = |column: &str| parts(&figure(&territory, row, column));
            let vacant = of("vacant_2y").unwrap();
            close("vacant_low", Some(vacant[1]));
            close("vacant_high", Some(vacant[2]));
            let stock = of("private_dwellings");
            close("stock_low", stock.map(|stock| stock[1]));
            let is_open = stock.is_some_and(|stock| stock[2].is_infinite());
            assert_eq!(is_open, stock.is_some() && theirs["stock_unknown"] > 0.0, "{}", row.id);
            let rate = of("structural_vacancy_percent");
            for (at, name) in ["value", "low", "high", "known"].into_iter().enumerate() {
                close(&format!("structural_{name}"), rate.map(|rate| rate[at]));
            }
            close("mobilisable_low", of("mobilisable").map(|all| all[1]));
            close("flat_rent", of("flat_rent_eur_m2").map(|rent| rent[0]));
            close("house_rent", of("house_rent_eur_m2").map(|rent| rent[0]));
            close("price", of("price_eur_m2").map(|price| price[0]));
            close("score", row.score);
            close("reliability", Some(row.reliability));
            let tension = housing::tension(&rules.tension, &profile, row);
            close("tension", tension.index);
            assert_eq!(row.rank.map(|rank| rank as f64), theirs.get("rank").copied(), "{}", row.id);
        }
    }
}
