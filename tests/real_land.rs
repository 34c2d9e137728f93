//! Economic land of real places against GEOS, through geopandas (`tests/reference/land.py`). The files are no part of the
//! repository: without them, every test says so and passes.
// Clippy lets test functions unwrap, but not the functions that they share.
#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout)]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::path::PathBuf;

use gisement::domain::LandStock;
use gisement::evaluation::published_profile;
use gisement::io::config::Config;
use gisement::io::load;
use gisement::land;
use gisement::spatial::shape;
use serde_json::Value;
use serde_json::json;

/// The folder of real files, or a line that says that there is none.
fn real_files(of: &str) -> Option<PathBuf> {
    let folder = std::env::var_os("GISEMENT_REAL_DATA").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data"),
        PathBuf::from,
    );
    match folder.join(of).canonicalize() {
        Ok(found) if found.is_dir() => {
            println!("real files used: {}", found.display());
            Some(found)
        }
        _ => {
            println!("left out: no real files");
            None
        }
    }
}

/// What the script found: count and area of each line.
fn reference(of: &str) -> BTreeMap<String, (usize, f64)> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/reference/land.tsv");
    let text = fs::read_to_string(path).unwrap();
    let lines = text.lines().skip(1).map(|line| line.split('\t').collect::<Vec<_>>());
    lines
        .filter(|line| line[0] == of)
        .map(|line| (line[1].to_owned(), (line[2].parse().unwrap(), line[3].parse().unwrap())))
        .collect()
}

fn told(stock: &LandStock) -> BTreeMap<String, (usize, f64)> {
    let mut told: BTreeMap<String, (usize, f64)> = BTreeMap::new();
    let mut add = |key: String, area_m2: f64| {
        let entry = told.entry(key).or_insert((0, 0.0));
        entry.0 += 1;
        entry.1 += area_m2;
    };
    for zone in &stock.zones.entities {
        add("zones".to_owned(), shape::area(&zone.geometry));
    }
    for piece in &stock.pieces {
        add("pieces".to_owned(), piece.area_m2);
        add(format!("pieces {}", piece.availability.as_str()), piece.area_m2);
    }
    for terrain in &stock.terrains.entities {
        add(format!("terrains {}", terrain.availability.as_str()), terrain.net_m2().unwrap());
    }
    told
}

fn survey(toml: &str, dir: &Path) -> LandStock {
    fs::write(dir.join("gisement.toml"), toml).unwrap();
    let mut territory = load::load(&Config::read(dir).unwrap()).unwrap();
    land::prepare(&mut territory, &published_profile("industrie-v2").unwrap());
    let stock = territory.stock.take().unwrap();
    assert_eq!(stock.refused, Vec::new());
    stock
}

fn assert_same(of: &str, stock: &LandStock) {
    let ours = told(stock);
    for (what, (count, area_m2)) in reference(of) {
        let (our_count, our_m2) = ours.get(&what).copied().unwrap_or_default();
        assert_eq!(our_count, count, "{of}, {what}");
        // The closed-form projection agrees with PROJ to a millimetre: a few decimetres squared over these outlines.
        let allowed = 1e-5 * area_m2 + 0.5;
        assert!((our_m2 - area_m2).abs() <= allowed, "{of}, {what}: {our_m2} for {area_m2}");
    }
}

fn commune(dir: &Path, code: &str, geometry: &Value) {
    let feature =
        json!({"type": "Feature", "geometry": geometry, "properties": {"code": code, "nom": "C"}});
    let crs = json!({"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::2154"}});
    let all = json!({"type": "FeatureCollection", "crs": crs, "features": [feature]});
    fs::write(dir.join("commune.geojson"), all.to_string()).unwrap();
}

fn square(x: f64, y: f64, side: f64) -> Value {
    json!({"type": "Polygon", "coordinates": [[[x, y], [x + side, y], [x + side, y + side], [x, y + side], [x, y]]]})
}

#[test]
fn megeve_has_the_economic_land_that_geos_finds() {
    let Some(folder) = real_files("elsewhere/megeve") else { return };
    let dir = tempfile::tempdir().unwrap();
    commune(dir.path(), "74173", &square(970_000.0, 6_520_000.0, 30_000.0));
    let path = |name: &str| json!(folder.join(name).to_str().unwrap());
    let stock = survey(
        &format!(
            "[territory]\ncommunes = [\"74173\"]\n[layers.communes]\npath = \"commune.geojson\"\n\
             [layers.parcels]\npath = {}\n[layers.zoning]\npath = {}\n\
             [layers.buildings]\npath = {}\ncovers = \"territory\"\n",
            path("geo_parcelle.shp"),
            path("ZONE_URBA.shp"),
            path("geo_batiment.shp"),
        ),
        dir.path(),
    );
    assert_same("megeve", &stock);
}

#[test]
fn zones_and_buildings_of_bd_topo_give_the_land_that_geos_finds() {
    let Some(folder) = real_files("elsewhere/bdtopo") else { return };
    let dir = tempfile::tempdir().unwrap();
    commune(dir.path(), "12174", &square(640_000.0, 6_340_000.0, 60_000.0));
    // BD TOPO has no parcels: squares of 50 m stand for them.
    let mut parcels = Vec::new();
    for column in 0..1_200 {
        for row in 0..1_200 {
            let (x, y) =
                (640_000.0 + 50.0 * f64::from(column), 6_340_000.0 + 50.0 * f64::from(row));
            if (655_000.0..672_000.0).contains(&x) && (6_355_000.0..6_372_000.0).contains(&y) {
                parcels.push((x, y));
            }
        }
    }
    let features: Vec<Value> = parcels
        .iter()
        .enumerate()
        .map(|(at, (x, y))| {
            let id = format!("12174000A{}{:04}", char::from(b'A' + (at / 9999) as u8), at % 9999 + 1);
            json!({"type": "Feature", "geometry": square(*x, *y, 50.0), "properties": {"id": id, "commune": "12174", "contenance": 2500}})
        })
        .collect();
    let crs = json!({"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::2154"}});
    let all = json!({"type": "FeatureCollection", "crs": crs, "features": features});
    fs::write(dir.path().join("parcels.geojson"), all.to_string()).unwrap();
    let path = |name: &str| json!(folder.join(name).to_str().unwrap());
    let stock = survey(
        &format!(
            "[territory]\ncommunes = [\"12174\"]\n[layers.communes]\npath = \"commune.geojson\"\n\
             [layers.parcels]\npath = \"parcels.geojson\"\n[layers.sites]\npath = {}\n\
             [layers.buildings]\npath = {}\ncovers = \"territory\"\n[layers.roads]\npath = {}\n",
            path("v3/ZONE_D_ACTIVITE_OU_D_INTERET.shp"),
            path("v3/BATIMENT.shp"),
            path("v2/ROUTE.shp"),
        ),
        dir.path(),
    );
    assert_same("bdtopo", &stock);
    // Roads of BD TOPO v2 run through: land beside one has frontage.
    assert!(
        stock.terrains.entities.iter().any(|terrain| terrain.frontage_m.is_some_and(|m| m > 10.0))
    );
}
