//! The terrains that the demonstration plants are all found, in their class, with their net area, in their order.
//!
//! The generator writes what it drew to `verite/terrains-plantes.csv`; nothing that ranks reads that file.
// A test that cannot go on has failed: that is what unwrap is for here.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::BTreeMap;

use gisement::demo::Scale;
use gisement::demo::generate;
use gisement::domain::LandStock;
use gisement::domain::Terrain;
use gisement::domain::Territory;
use gisement::evaluation::LandRules;
use gisement::evaluation::published_profile;
use gisement::io::config::Config;
use gisement::io::demo_files;
use gisement::io::load;
use gisement::land;
use gisement::words::Lang;
use gisement::words::Words;

/// One line of the truth.
#[derive(Debug)]
struct Planted {
    story: String,
    parcels: Vec<String>,
    availability: String,
    gross_m2: f64,
    net_m2: Option<f64>,
    /// Terrains of one group are ordered beyond doubt.
    group: String,
    order: Option<usize>,
}

fn truth(dir: &std::path::Path) -> Vec<Planted> {
    let mut csv = csv::ReaderBuilder::new()
        .delimiter(b';')
        .from_path(dir.join("verite/terrains-plantes.csv"))
        .unwrap();
    csv.records()
        .map(|record| {
            let record = record.unwrap();
            Planted {
                story: record[0].to_owned(),
                parcels: record[1].split('|').map(str::to_owned).collect(),
                availability: record[2].to_owned(),
                gross_m2: record[3].parse().unwrap(),
                net_m2: record[4].parse().ok(),
                group: record[5].to_owned(),
                order: record[6].parse().ok(),
            }
        })
        .collect()
}

fn parcels_of(terrain: &Terrain) -> Vec<String> {
    let mut ids: Vec<String> = terrain.parts.iter().map(|part| part.id.to_string()).collect();
    ids.sort();
    ids
}

/// The terrain of these parcels whose gross area is nearest.
fn found<'a>(stock: &'a LandStock, planted: &Planted) -> Option<&'a Terrain> {
    let mut wanted = planted.parcels.clone();
    wanted.sort();
    let off = |terrain: &Terrain| (terrain.gross_m2 - planted.gross_m2).abs();
    stock
        .terrains
        .entities
        .iter()
        .filter(|terrain| parcels_of(terrain) == wanted)
        .min_by(|a, b| off(a).total_cmp(&off(b)))
}

/// Class of the largest piece of each parcel.
fn classes(territory: &Territory, stock: &LandStock) -> BTreeMap<String, &'static str> {
    let parcels = &territory.parcels.as_ref().unwrap().entities;
    let mut largest: BTreeMap<String, (f64, &'static str)> = BTreeMap::new();
    for piece in &stock.pieces {
        let id = parcels[piece.parcel].id.to_string();
        let entry = largest.entry(id).or_insert((0.0, ""));
        if piece.area_m2 > entry.0 {
            *entry = (piece.area_m2, piece.availability.as_str());
        }
    }
    largest.into_iter().map(|(id, (_, class))| (id, class)).collect()
}

#[test]
fn every_planted_terrain_is_found() {
    let dir = tempfile::tempdir().unwrap();
    let made = generate(7, Scale::Standard).unwrap();
    demo_files::write_territory(dir.path(), &made, &Words::new(Lang::Fr).unwrap()).unwrap();
    drop(made);
    let mut territory = load::load(&Config::read(dir.path()).unwrap()).unwrap();
    let planted = truth(dir.path());
    let terrains = planted.iter().filter(|one| one.net_m2.is_some()).count();
    assert!(
        planted.len() >= 40 && terrains >= 25,
        "{} planted, {terrains} terrains",
        planted.len()
    );

    let profile = published_profile("industrie-v2").unwrap();
    land::prepare(&mut territory, &profile);
    let stock = territory.stock.as_ref().unwrap();
    assert_eq!(stock.refused, Vec::new());
    let rules = profile.land.clone().unwrap();
    let across = land::survey(&territory, &LandRules { across_ways: true, ..rules }).unwrap();
    let classes = classes(&territory, stock);

    for one in &planted {
        for parcel in &one.parcels {
            assert_eq!(classes[parcel], one.availability, "{}: {parcel}", one.story);
        }
        let Some(net_m2) = one.net_m2 else { continue };
        // Two parcels on both sides of a way are one terrain only where ways are crossed.
        let stock = if one.story.starts_with("voie") { &across } else { stock };
        let terrain = found(stock, one).unwrap_or_else(|| panic!("{} is not found", one.story));
        assert_eq!(terrain.availability.as_str(), one.availability, "{}", one.story);
        for (what, got, wanted) in
            [("gross", terrain.gross_m2, one.gross_m2), ("net", terrain.net_m2().unwrap(), net_m2)]
        {
            // A thousandth, and half a square metre for what the two decimals of the coordinates round off.
            let allowed = 0.001 * wanted + 0.5;
            assert!((got - wanted).abs() <= allowed, "{} {what}: {got} for {wanted}", one.story);
        }
    }

    let ranking = land::rank(&territory, &profile).unwrap();
    let mut ordered: BTreeMap<&str, Vec<(usize, usize)>> = BTreeMap::new();
    for one in &planted {
        let Some(order) = one.order else { continue };
        let terrain = found(stock, one).unwrap();
        let rank = ranking.row(&terrain.id).and_then(|row| row.rank).unwrap();
        ordered.entry(&one.group).or_default().push((order, rank));
    }
    assert_eq!(ordered.len(), 2, "{ordered:?}");
    for (group, mut ranks) in ordered {
        ranks.sort_unstable();
        assert!(ranks.len() >= 4, "{group}: {ranks:?}");
        assert!(ranks.windows(2).all(|pair| pair[0].1 < pair[1].1), "{group}: {ranks:?}");
    }
}
