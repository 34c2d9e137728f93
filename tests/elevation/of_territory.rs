use std::fs;
use std::path::Path;

use geo::Coord;
use geo::Geometry;
use geo::Rect;
use gisement::domain::ProblemCode;
use gisement::domain::Territory;
use gisement::io::config::Config;
use gisement::io::load::load;

use crate::against_gdal::oracle;
use crate::fixture;

/// A territory of Castelsarrasin's neighbour Moissac, of which the centre is known, with heights from some fixtures.
fn territory(dir: &Path, files: &[&str], more: &str) -> Result<Territory, String> {
    let tiles = dir.join("tiles");
    fs::create_dir_all(&tiles).unwrap();
    for name in files {
        fs::copy(fixture(name), tiles.join(name)).unwrap();
    }
    let text = format!(
        "[territory]\ncommunes = [\"82112\"]\n[layers.elevation]\npath = \"tiles\"\n{more}\n"
    );
    fs::write(dir.join("gisement.toml"), text).unwrap();
    let config = Config::read(dir).map_err(|error| error.to_string())?;
    load(&config).map_err(|error| error.to_string())
}

fn rectangle(from: (f64, f64), to: (f64, f64)) -> Geometry {
    let at = |(x, y)| Coord { x: 550_000.0 + x, y: 6_330_000.0 + y };
    Rect::new(at(from), at(to)).to_polygon().into()
}

#[test]
fn the_mean_slope_of_an_area_is_the_mean_of_gdal() {
    let dir = tempfile::tempdir().unwrap();
    let territory =
        territory(dir.path(), &["f32-deflate-tiles.tif"], "vintage = \"2023\"").unwrap();
    let elevation = territory.elevation.as_ref().unwrap();
    assert_eq!((elevation.tiles().len(), elevation.cells()), (1, 280));
    assert!((elevation.known_share() - 277.0 / 280.0).abs() < 1e-12);
    let slope = elevation.mean_slope(&rectangle((4.0, 11.0), (71.0, 58.0))).unwrap();
    let inside: Vec<Option<f64>> = oracle()["f32-deflate-tiles.tif"]
        .iter()
        .map(|cell| (cell.at - Coord { x: 550_000.0, y: 6_330_000.0 }, cell.slope_percent))
        .filter(|(at, _)| (4.0..=71.0).contains(&at.x) && (11.0..=58.0).contains(&at.y))
        .map(|(_, slope)| slope)
        .collect();
    let known: Vec<f64> = inside.iter().copied().flatten().collect();
    assert!(known.len() < inside.len(), "the holes are inside");
    assert_eq!(slope.cells, known.len());
    let mean = known.iter().sum::<f64>() / known.len() as f64;
    assert!((slope.share * 100.0 - mean).abs() < 1e-4, "{slope:?} {mean}");
    assert_eq!(elevation.mean_slope(&rectangle((900.0, 0.0), (950.0, 50.0))), None);
    let (_, provenance) = territory.provenances().find(|(key, _)| *key == "elevation").unwrap();
    assert_eq!(provenance.vintage.as_deref(), Some("2023"));
    assert!(territory.knows_layer("elevation"));
}

#[test]
fn tiles_far_away_are_counted_and_not_kept() {
    let dir = tempfile::tempdir().unwrap();
    let tiles = dir.path().join("tiles");
    fs::create_dir_all(&tiles).unwrap();
    let far = fs::read_to_string(fixture("plain.asc")).unwrap().replace("550000.0", "850000.0");
    // Its heights are never read, so that they are cut does not matter.
    fs::write(tiles.join("far.asc"), &far[..400]).unwrap();
    let territory = territory(dir.path(), &["plain.asc"], "").unwrap();
    let tally = territory.balance["elevation"].total;
    assert_eq!((tally.read, tally.kept, tally.outside), (2, 1, 1));
    assert_eq!(territory.elevation.as_ref().unwrap().tiles().len(), 1);
}

#[test]
fn a_grid_that_says_no_system_is_recognised_and_said() {
    for name in ["plain.asc", "no-system.tif"] {
        let dir = tempfile::tempdir().unwrap();
        let found = territory(dir.path(), &[name], "").unwrap();
        let guessed =
            |problem: &&gisement::domain::Problem| problem.code == ProblemCode::CrsGuessed;
        let problem = found.problems.iter().find(guessed).unwrap();
        assert_eq!((&*problem.file, &*problem.value), (&*format!("tiles/{name}"), "EPSG:2154"));
        let dir = tempfile::tempdir().unwrap();
        let said = territory(dir.path(), &[name], "crs = \"EPSG:2154\"").unwrap();
        assert!(!said.problems.iter().any(|problem| guessed(&problem)));
    }
}

#[test]
fn other_systems_are_refused_with_the_next_move() {
    let refused = |name: &str, more: &str| {
        let dir = tempfile::tempdir().unwrap();
        territory(dir.path(), &[name], more).expect_err("must be refused")
    };
    for (name, more, system) in [
        ("lambert-2.tif", "", "EPSG:27572"),
        ("degrees.tif", "", "EPSG:4326"),
        ("plain.asc", "crs = \"EPSG:3944\"", "EPSG:3944"),
    ] {
        let error = refused(name, more);
        assert!(error.starts_with("[layers.elevation] "), "{error}");
        assert!(error.contains(&format!("{name} is in {system}")), "{error}");
        assert!(error.ends_with("gdalwarp -t_srs EPSG:2154"), "{error}");
    }
    // A .prj beside the grid is heard.
    let dir = tempfile::tempdir().unwrap();
    fs::create_dir_all(dir.path().join("tiles")).unwrap();
    let wgs_84 = "GEOGCS[\"WGS 84\",DATUM[\"WGS_1984\",SPHEROID[\"WGS 84\",6378137,298.257223563]],PRIMEM[\"Greenwich\",0],UNIT[\"degree\",0.0174532925199433],AUTHORITY[\"EPSG\",\"4326\"]]";
    fs::write(dir.path().join("tiles/plain.prj"), wgs_84).unwrap();
    let error = territory(dir.path(), &["plain.asc"], "").unwrap_err();
    assert!(error.contains("plain.asc is in EPSG:4326"), "{error}");
    // No system, and places that are nowhere in France by Lambert-93.
    let dir = tempfile::tempdir().unwrap();
    fs::create_dir_all(dir.path().join("tiles")).unwrap();
    let degrees = fs::read_to_string(fixture("plain.asc")).unwrap();
    let degrees = degrees
        .replace("550000.0", "1.1")
        .replace("6330000.0", "44.0")
        .replace("cellsize 5.0", "cellsize 0.001");
    fs::write(dir.path().join("tiles/degrees.asc"), degrees).unwrap();
    let error = territory(dir.path(), &[], "").unwrap_err();
    assert!(error.contains("tiles/degrees.asc: no reference system; add `crs ="), "{error}");
}
