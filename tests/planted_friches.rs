//! What the demonstration plants of friches is found: places that two inventories list, parcels that changed their number,
//! friches that nobody lists. The truths under `verite/` are read by this test and by nothing else.

// Clippy lets test functions unwrap, but not the functions that they share.
#![allow(clippy::unwrap_used, clippy::panic)]

use std::collections::BTreeMap;
use std::path::Path;

use gisement::demo::Scale;
use gisement::demo::generate;
use gisement::domain::Territory;
use gisement::evaluation::published_profile;
use gisement::friche;
use gisement::friche::mutability::published_grid;
use gisement::friche::potential::Sign;
use gisement::friche::potential::potential;
use gisement::friche::visits::ANSWERED_BY_VISIT;
use gisement::friche::visits::VISITS;
use gisement::friche::visits::visits;
use gisement::io::config::Config;
use gisement::io::demo_files;
use gisement::io::load;
use gisement::land;
use gisement::words::Lang;
use gisement::words::Words;

/// Rows of a truth, by column.
fn truth(dir: &Path, name: &str) -> Vec<BTreeMap<String, String>> {
    let mut reader =
        csv::ReaderBuilder::new().delimiter(b';').from_path(dir.join("verite").join(name)).unwrap();
    let rows: Vec<BTreeMap<String, String>> = reader.deserialize().map(Result::unwrap).collect();
    assert!(!rows.is_empty(), "{name}");
    rows
}

#[test]
fn what_is_planted_of_friches_is_found() {
    let dir = tempfile::tempdir().unwrap();
    let made = generate(7, Scale::Standard).unwrap();
    demo_files::write_territory(dir.path(), &made, &Words::new(Lang::Fr).unwrap()).unwrap();
    drop(made);
    let mut territory = load::load(&Config::read(dir.path()).unwrap()).unwrap();

    sites_are_joined(&territory, dir.path());
    parcels_are_followed(&territory, dir.path());
    land::prepare(&mut territory, &published_profile("industrie-v2").unwrap());
    unlisted_friches_are_found(&territory, dir.path());
    visits_tell_new_things(&mut territory);
}

/// The position of the site that has a record.
fn site_of(territory: &Territory, record: &str) -> Option<usize> {
    let sites = &territory.friches.as_ref().unwrap().entities;
    sites.iter().position(|site| site.records.iter().any(|known| &*known.id == record))
}

fn sites_are_joined(territory: &Territory, dir: &Path) {
    let (mut same, mut others) = (0, 0);
    for row in truth(dir, "friches-doublons.csv") {
        let (first, second) = (&row["site_id"], &row["site_id_second"]);
        let second_site = site_of(territory, second).unwrap_or_else(|| panic!("{second}"));
        if row["meme_site"] == "oui" {
            assert_eq!(site_of(territory, first), Some(second_site), "{first} and {second}");
            same += 1;
        } else {
            assert_ne!(site_of(territory, first), Some(second_site), "{first} and {second}");
            others += 1;
        }
    }
    assert!(same >= 5 && others >= 3, "{same} same, {others} others");
    // No two records but those of the truth are one site.
    let sites = &territory.friches.as_ref().unwrap().entities;
    let joined: usize = sites.iter().map(|site| site.records.len() - 1).sum();
    assert_eq!(joined, same);
}

fn parcels_are_followed(territory: &Territory, dir: &Path) {
    let sites = &territory.friches.as_ref().unwrap().entities;
    for row in truth(dir, "friches-parcelles.csv") {
        let site = &sites[site_of(territory, &row["site_id"]).unwrap()];
        let land = territory.land_of(site);
        let idu = row["idu"].parse().unwrap();
        let parcels = &territory.parcels.as_ref().unwrap().entities;
        let today: Vec<String> =
            land.parcels.iter().map(|at| parcels[*at].id.to_string()).collect();
        if row["sort"] == "disparue" {
            assert!(land.missing.contains(&idu), "{idu}: {land:?}");
        } else {
            assert!(land.renumbered.contains(&idu), "{idu}: {land:?}");
            for successor in row["idu_actuels"].split('|') {
                assert!(today.iter().any(|one| one == successor), "{idu} → {successor}: {today:?}");
            }
        }
    }
}

fn unlisted_friches_are_found(territory: &Territory, dir: &Path) {
    let stock = territory.stock.as_ref().unwrap();
    let parcels = &territory.parcels.as_ref().unwrap().entities;
    let mut signs: BTreeMap<String, Vec<Sign>> = BTreeMap::new();
    for one in potential(territory).unwrap() {
        for parcel in &stock.units.entities[one.unit].parcels {
            let found = one.signs.iter().map(|(sign, _)| *sign);
            signs.entry(parcels[*parcel].id.to_string()).or_default().extend(found);
        }
    }
    let sign = |word: &str| match word {
        "icpe-fermee" => Sign::ClosedInstallation,
        "casias-terminee" => Sign::FormerSite,
        "terrain-vacant" => Sign::DeclaredVacant,
        "bati-sans-etablissement" => Sign::NobodyThere,
        other => panic!("{other}"),
    };
    let (mut expected, mut decoys) = (0, 0);
    for row in truth(dir, "friches-potentielles.csv") {
        let (story, idu) = (&row["histoire"], &row["idu"]);
        if row["attendu"] == "oui" {
            let found = signs.get(idu).unwrap_or_else(|| panic!("{story}: {idu} is not found"));
            for word in row["signes"].split('|') {
                assert!(found.contains(&sign(word)), "{story}: {idu} shows {found:?}, not {word}");
            }
            expected += 1;
        } else {
            assert_eq!(signs.get(idu), None, "{story}: {idu}");
            decoys += 1;
        }
    }
    assert!(expected >= 12 && decoys >= 6, "{expected} planted, {decoys} decoys");
}

/// Every visit asks what is not known, and what a visit has answered is not asked again.
fn visits_tell_new_things(territory: &mut Territory) {
    let profile = published_profile("friche-v2").unwrap();
    let grid = published_grid("v1.19").unwrap();
    friche::prepare(territory, &grid);
    let ranking = friche::rank(territory, &profile).unwrap();
    let found = visits(territory, &ranking, &grid, VISITS);
    assert_eq!(found.len(), VISITS);
    let sites = &territory.friches.as_ref().unwrap().entities;
    for visit in &found {
        let site = &sites[ranking.rows[visit.row].unit];
        let known = &site.suitability.as_ref().unwrap().answers;
        for swing in &visit.swings {
            assert!(ANSWERED_BY_VISIT.contains(&swing.criterion));
            assert!(!known.contains_key(swing.criterion.as_str()), "{}", site.id);
        }
    }
    assert!(found.is_sorted_by(|a, b| a.places() >= b.places()));
    let visited = sites.iter().filter(|site| site.visit.is_some()).count();
    assert!(visited > 0);
}
