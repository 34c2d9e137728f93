//! A national file of which only what lies near the territory is decoded: nothing is lost from the count, and a file
//! that is not drawn where it says is looked at row by row.

#![allow(clippy::unwrap_used)]

use std::path::Path;

use gisement::domain::Entity;
use gisement::domain::ProblemCode;
use gisement::domain::Tally;
use gisement::domain::Territory;
use gisement::io::config::Config;
use gisement::io::load;
use rusqlite::Connection;

const ROWS: i64 = 60_000;
/// A grid over France, 250 by 240 squares of 100 m every 4 km.
const STEP_M: f64 = 4_000.0;

/// Lower left corner of a square, in Lambert-93.
fn corner(row: i64) -> (f64, f64) {
    (150_000.0 + (row % 250) as f64 * STEP_M, 6_100_000.0 + (row / 250) as f64 * STEP_M)
}

/// A GeoPackage of sites as GDAL writes it, with its R-tree. `place` maps Lambert-93 to what is written.
fn write_sites(path: &Path, place: impl Fn(f64, f64) -> (f64, f64), side: f64) {
    let mut database = Connection::open(path).unwrap();
    let schema = include_str!("../benches/reading/geopackage.sql")
        .replace("parcelles", "fr_fusac_site_eco_2025")
        .replace("id TEXT(14), commune TEXT(5),", "site_id TEXT, site_type TEXT, site_etat TEXT,");
    database.execute_batch(&schema).unwrap();
    let transaction = database.transaction().unwrap();
    for row in 1..=ROWS {
        let (x, y) = corner(row - 1);
        let (x, y) = place(x, y);
        let mut blob = vec![b'G', b'P', 0, 1];
        blob.extend(2154_i32.to_le_bytes());
        blob.extend([1, 3, 0, 0, 0, 1, 0, 0, 0, 5, 0, 0, 0]);
        for (dx, dy) in [(0.0, 0.0), (side, 0.0), (side, side), (0.0, side), (0.0, 0.0)] {
            blob.extend((x + dx).to_le_bytes());
            blob.extend((y + dy).to_le_bytes());
        }
        transaction
            .prepare_cached(
                "INSERT INTO fr_fusac_site_eco_2025 (fid, geom, site_id, site_type, site_etat)
                 VALUES (?, ?, ?, 'zone d''activité économique', 'existant et actif')",
            )
            .unwrap()
            .execute((row, blob, format!("01405_SITE-ECO_{row:07}")))
            .unwrap();
        transaction
            .prepare_cached("INSERT INTO rtree_fr_fusac_site_eco_2025_geom VALUES (?, ?, ?, ?, ?)")
            .unwrap()
            .execute((row, x, x + side, y, y + side))
            .unwrap();
    }
    transaction.execute("UPDATE gpkg_ogr_contents SET feature_count = ?", [ROWS]).unwrap();
    transaction.commit().unwrap();
}

fn loaded(folder: &Path) -> Territory {
    let text = "[territory]\n[layers.sites]\npath = \"fusac.gpkg\"\n";
    let config = Config::from_toml(text, folder, &folder.join("gisement.toml")).unwrap();
    load::load(&config).unwrap()
}

fn tally(territory: &Territory) -> Tally {
    let tally = territory.balance["sites"].total;
    assert!(tally.is_balanced(), "{tally:?}");
    assert_eq!(tally.read, ROWS as u64);
    tally
}

#[test]
fn only_what_lies_near_is_kept_and_all_of_it_is_counted() {
    let folder = tempfile::tempdir().unwrap();
    write_sites(&folder.path().join("fusac.gpkg"), |x, y| (x, y), 100.0);
    let territory = loaded(folder.path());
    let near = tally(&territory);
    assert_eq!(territory.objects["sites"].entities.len() as u64, near.kept);

    // The frame of the embedded centres, grown by 10 km for want of outlines and by 30 km for distances.
    let centres: Vec<geo::Point<f64>> = territory
        .communes
        .entities
        .iter()
        .map(|commune| match commune.geometry() {
            geo::Geometry::Point(centre) => *centre,
            other => unreachable!("{other:?}"),
        })
        .collect();
    let bound = |of: fn(&geo::Point<f64>) -> f64, fold: fn(f64, f64) -> f64| {
        centres.iter().map(of).reduce(fold).unwrap()
    };
    let (x0, x1) = (bound(|p| p.x(), f64::min) - 4e4, bound(|p| p.x(), f64::max) + 4e4);
    let (y0, y1) = (bound(|p| p.y(), f64::min) - 4e4, bound(|p| p.y(), f64::max) + 4e4);
    let due = (0..ROWS)
        .map(corner)
        .filter(|(x, y)| *x <= x1 && x + 100.0 >= x0 && *y <= y1 && y + 100.0 >= y0)
        .count();
    assert_eq!(near.kept, due as u64);
    assert_eq!(near.outside, ROWS as u64 - due as u64);
}

#[test]
fn a_national_file_that_is_not_drawn_where_it_says_is_read_all_the_same() {
    let folder = tempfile::tempdir().unwrap();
    // Longitude and latitude in a file that says Lambert-93, around the middle of the territory.
    let place = |x: f64, y: f64| (0.9 + (x - 550_000.0) / 8e6, 43.9 + (y - 6_500_000.0) / 1.1e7);
    write_sites(&folder.path().join("fusac.gpkg"), place, 1e-5);
    let territory = loaded(folder.path());
    let told = territory.problems.iter().any(|problem| {
        problem.code == ProblemCode::CrsGuessed && problem.value.starts_with("EPSG:4326")
    });
    assert!(told);
    assert_eq!(tally(&territory).kept, ROWS as u64);
}
