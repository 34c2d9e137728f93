//! The 197 real friches of Gers and Tarn-et-Garonne, ranked end to end with communes, stations and vacancy of the same
//! folder. The files are no part of the repository: without them, the test says so and passes.

// Clippy lets test functions unwrap, but not the functions that they share.
#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout)]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::path::PathBuf;

use gisement::domain::ListedLand;
use gisement::domain::Outline;
use gisement::domain::SourceTrust;
use gisement::domain::Territory;
use gisement::evaluation::published_profile;
use gisement::friche;
use gisement::friche::mutability::published_grid;
use gisement::friche::visits::VISITS;
use gisement::friche::visits::visits;
use gisement::io::config::Config;
use gisement::io::load;
use serde_json::Value;

fn real_files() -> Option<PathBuf> {
    let folder = std::env::var_os("GISEMENT_REAL_DATA").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data"),
        PathBuf::from,
    );
    let folder = folder.join("ti-32-82").canonicalize().ok().filter(|found| found.is_dir());
    match &folder {
        Some(found) => println!("real files used: {}", found.display()),
        None => println!("left out: no real files"),
    }
    folder
}

fn features(path: &Path) -> Vec<Value> {
    let all: Value = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    all["features"].as_array().unwrap().clone()
}

/// Both departments whole: every commune of the two files.
fn both_departments(folder: &Path) -> Territory {
    let files = ["communes-32-gers.geojson", "communes-82-tarn-et-garonne.geojson"];
    let codes: Vec<String> = files
        .iter()
        .flat_map(|file| features(&folder.join(file)))
        .map(|feature| format!("{:?}", feature["properties"]["code"].as_str().unwrap()))
        .collect();
    let text = format!(
        "[territory]\ncommunes = [{}]\n[layers.communes]\npath = [{:?}, {:?}]\n\
         [layers.friches]\npath = \"cartofriches-32-82.geojson\"\n[layers.stations]\npath = \"sncf-gares.geojson\"\n\
         [layers.vacancy]\npath = [\"lovac-2025-communes.csv\", \"lovac-tauxvacance-communes-2021.csv\"]\n",
        codes.join(", "),
        files[0],
        files[1],
    );
    let config = Config::from_toml(&text, folder, &folder.join("gisement.toml")).unwrap();
    load::load(&config).unwrap()
}

#[test]
fn the_real_sites_are_ranked_end_to_end() {
    let Some(folder) = real_files() else { return };
    let mut territory = both_departments(&folder);
    let rows = features(&folder.join("cartofriches-32-82.geojson"));

    // No record is lost: each is part of one site.
    let sites = &territory.friches.as_ref().unwrap().entities;
    let mut records: Vec<&str> =
        sites.iter().flat_map(|site| &site.records).map(|record| &*record.id).collect();
    records.sort_unstable();
    let mut expected: Vec<&str> =
        rows.iter().map(|row| row["properties"]["site_id"].as_str().unwrap()).collect();
    expected.sort_unstable();
    assert_eq!(records, expected);
    assert_eq!(records.len(), 197);

    // Records that list the same parcels, counted from the file.
    let mut lists: BTreeMap<Vec<&str>, usize> = BTreeMap::new();
    for row in &rows {
        let text = row["properties"]["l_idpar"].as_str().unwrap_or_default();
        let mut list: Vec<&str> = text.trim_matches(['{', '}']).split(',').collect();
        list.sort_unstable();
        if list != [""] {
            *lists.entry(list).or_default() += 1;
        }
    }
    let doubles: usize = lists.values().map(|n| n - 1).sum();
    assert_eq!(sites.len(), 197 - doubles);

    // No cadastre is given: every listed parcel is unknown, none is missing, and every site is its point.
    let land: Vec<ListedLand> = sites.iter().map(|site| territory.land_of(site)).collect();
    assert!(land.iter().all(|land| land.parcels.is_empty() && land.missing.is_empty()));
    assert!(land.iter().map(|land| land.unknown.len()).sum::<usize>() > 1_900);
    assert!(sites.iter().all(|site| site.outline == Outline::Point));

    let grid = published_grid("v1.19").unwrap();
    let profile = published_profile("friche-v2").unwrap();
    friche::prepare(&mut territory, &grid);
    let ranking = friche::rank(&territory, &profile).unwrap();
    let sites = &territory.friches.as_ref().unwrap().entities;
    assert_eq!(ranking.rows.len(), sites.len());
    let mut known: Vec<usize> =
        sites.iter().map(|site| site.suitability.as_ref().unwrap().answers.len()).collect();
    known.sort_unstable();
    println!(
        "{} sites; criteria known: median {}, from {} to {}",
        sites.len(),
        known[known.len() / 2],
        known[0],
        known[known.len() - 1]
    );
    assert!(known[known.len() / 2] >= 2 && known[known.len() - 1] <= 12);

    // What nobody has verified does not lead: an under-documented site never wins.
    for row in &ranking.rows[..10] {
        assert_ne!(sites[row.unit].source_trust, Some(SourceTrust::Unverified), "{}", row.id);
        println!(
            "{:?} {} {:.1} {:?}",
            row.rank,
            row.id,
            row.score.unwrap(),
            sites[row.unit].source
        );
    }
    let to_visit = visits(&territory, &ranking, &grid, VISITS);
    assert_eq!(to_visit.len(), VISITS);
    assert!(to_visit.iter().all(|visit| visit.places() > 0 && !visit.swings.is_empty()));
}
