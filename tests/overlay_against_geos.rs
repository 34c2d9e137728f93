//! A second opinion: areas, distances, lengths, validity and repairs against GEOS.
//!
//! `cargo test --features geos-oracle --test overlay_against_geos -- --nocapture` prints how far
//! the two are apart. Real files are looked for in `GISEMENT_REAL_DATA`, else `../shared/data`.
#![cfg(feature = "geos-oracle")]
#![allow(clippy::expect_used, clippy::panic, clippy::print_stdout)] // a test: it fails by panicking and talks on --nocapture

use std::path::Path;
use std::path::PathBuf;

use geo::Coord;
use geo::Geometry;
use geo::LineString;
use geo::MapCoords;
use geo::MultiPolygon;
use geo::Polygon;
use geos::Geom;
use gisement::spatial::distance::distance;
use gisement::spatial::index::SpatialIndex;
use gisement::spatial::overlay::PreparedArea;
use gisement::spatial::overlay::covered_area;
use gisement::spatial::overlay::difference_geometry;
use gisement::spatial::overlay::intersection_area;
use gisement::spatial::overlay::intersection_geometry;
use gisement::spatial::overlay::length_within;
use gisement::spatial::repair::repair;
use gisement::spatial::validity::FaultKind;
use gisement::spatial::validity::check;
use wkt::ToWkt;

fn to_geos(geometry: &Geometry) -> geos::Geometry {
    geos::Geometry::new_from_wkt(&geometry.wkt_string()).expect("WKT read by GEOS")
}

/// Deterministic pseudo-random numbers (SplitMix64), so that a failure can be replayed.
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    fn between(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    fn below(&mut self, n: u64) -> usize {
        (self.next() % n) as usize
    }
}

const X: f64 = 563_211.37;
const Y: f64 = 6_301_877.91;

fn star(dice: &mut Dice, cx: f64, cy: f64, r: f64) -> LineString {
    let n = 4 + dice.below(36);
    (0..n)
        .map(|i| {
            let angle = i as f64 / n as f64 * std::f64::consts::TAU;
            let radius = r * dice.between(0.3, 1.0);
            (X + cx + radius * angle.cos(), Y + cy + radius * angle.sin())
        })
        .collect()
}

fn rectangle(dice: &mut Dice, w: f64, h: f64) -> Polygon {
    let (cx, cy) = (dice.between(-40., 40.), dice.between(-40., 40.));
    let angle = if dice.below(2) == 0 { 0.0 } else { dice.between(0.0, 3.0) };
    let (sin, cos) = angle.sin_cos();
    let corner = |x: f64, y: f64| (X + cx + x * cos - y * sin, Y + cy + x * sin + y * cos);
    Polygon::new(
        LineString::from(vec![corner(0., 0.), corner(w, 0.), corner(w, h), corner(0., h)]),
        vec![],
    )
}

/// Stars, rectangles, holes, multipolygons, cells that share edges, slivers.
fn shape(dice: &mut Dice) -> Geometry {
    let (cx, cy) = (dice.between(-40., 40.), dice.between(-40., 40.));
    match dice.below(6) {
        0 => Geometry::Polygon(Polygon::new(star(dice, cx, cy, 50.0), vec![])),
        1 => {
            let (w, h) = (dice.between(1., 60.), dice.between(1., 60.));
            Geometry::Polygon(rectangle(dice, w, h))
        }
        2 => {
            let hole = star(dice, cx, cy, 13.0);
            let shell: LineString = (0..24)
                .map(|i| {
                    let angle = f64::from(i) / 24.0 * std::f64::consts::TAU;
                    let radius = dice.between(20.0, 55.0);
                    (X + cx + radius * angle.cos(), Y + cy + radius * angle.sin())
                })
                .collect();
            Geometry::Polygon(Polygon::new(shell, vec![hole]))
        }
        3 => Geometry::MultiPolygon(MultiPolygon(vec![
            Polygon::new(star(dice, cx, cy, 30.0), vec![]),
            Polygon::new(star(dice, cx + 61.0, cy, 30.0), vec![]),
            Polygon::new(star(dice, cx, cy + 61.0, 30.0), vec![]),
        ])),
        4 => {
            // Cells of one irregular grid: neighbours share their edges exactly.
            let (i, j) = (dice.below(5) as f64, dice.below(5) as f64);
            let node = |i: f64, j: f64| {
                (
                    X - 40. + 17.3 * i + 3.1 * (7. * i + 3. * j).sin(),
                    Y - 40. + 16.9 * j + 2.7 * (5. * i - 2. * j).cos(),
                )
            };
            Geometry::Polygon(Polygon::new(
                LineString::from(vec![
                    node(i, j),
                    node(i + 1., j),
                    node(i + 1., j + 1.),
                    node(i, j + 1.),
                ]),
                vec![],
            ))
        }
        _ => {
            let width = 10_f64.powf(dice.between(-4.0, 0.0));
            Geometry::Polygon(rectangle(dice, 90.0, width))
        }
    }
}

/// Agreement asked for: 1e-6 relative or 0.01 m².
fn agree(ours: f64, theirs: f64) -> bool {
    (ours - theirs).abs() <= (1e-6 * theirs.abs()).max(0.01)
}

#[derive(Default)]
struct Gap {
    pairs: usize,
    overlapping: usize,
    worst_m2: f64,
    worst_relative: f64,
}

impl Gap {
    fn see(&mut self, ours: f64, theirs: f64) {
        self.pairs += 1;
        self.overlapping += usize::from(theirs > 0.0);
        self.worst_m2 = self.worst_m2.max((ours - theirs).abs());
        if theirs > 1.0 {
            self.worst_relative = self.worst_relative.max((ours - theirs).abs() / theirs);
        }
    }

    fn say(&self, what: &str) {
        println!(
            "{what}: {} pairs, {} overlapping, worst {:.1e} m², {:.1e} relative above 1 m²",
            self.pairs, self.overlapping, self.worst_m2, self.worst_relative
        );
    }
}

#[test]
fn ten_thousand_pairs_agree_on_area_distance_and_pieces() {
    let mut dice = Dice(32_82);
    let (mut areas, mut pieces, mut invalid) = (Gap::default(), Gap::default(), 0);
    for k in 0..10_000 {
        let (a, b) = (shape(&mut dice), shape(&mut dice));
        let (ga, gb) = (to_geos(&a), to_geos(&b));
        assert!(ga.is_valid().expect("GEOS"), "{}", a.wkt_string());
        let theirs = ga.intersection(&gb).expect("GEOS").area().expect("GEOS");
        let ours = intersection_area(&a, &b);
        areas.see(ours, theirs);
        assert!(
            agree(ours, theirs),
            "pair {k}: {ours} {theirs}\n{}\n{}",
            a.wkt_string(),
            b.wkt_string()
        );
        assert!(agree(PreparedArea::new(&a).intersection_area(&b), theirs), "prepared, pair {k}");
        let (d, gd) = (distance(&a, &b).expect("not empty"), ga.distance(&gb).expect("GEOS"));
        assert!((d - gd).abs() < 1e-6, "distance, pair {k}: {d} {gd}");
        let inside = intersection_geometry(&a, &b).expect("cut");
        let outside = difference_geometry(&a, &[&b]).expect("cut");
        for (piece, expected) in [(inside, theirs), (outside, ga.area().expect("GEOS") - theirs)] {
            if piece.0.is_empty() {
                assert!(expected < 0.01);
                continue;
            }
            let piece = to_geos(&Geometry::MultiPolygon(piece));
            invalid += usize::from(!piece.is_valid().expect("GEOS"));
            let found = piece.area().expect("GEOS");
            pieces.see(found, expected);
            assert!(agree(found, expected), "piece of pair {k}: {found} {expected}");
        }
    }
    areas.say("areas");
    pieces.say("pieces");
    assert_eq!(invalid, 0, "invalid pieces");
}

#[test]
fn unions_of_covers_and_lengths_agree() {
    let mut dice = Dice(4_000);
    let (mut areas, mut lengths) = (Gap::default(), Gap::default());
    for k in 0..2_000 {
        let subject = shape(&mut dice);
        let covers: Vec<Geometry> = (0..1 + dice.below(6)).map(|_| shape(&mut dice)).collect();
        let mut union = to_geos(&covers[0]);
        for cover in &covers[1..] {
            union = union.union(&to_geos(cover)).expect("GEOS");
        }
        let theirs = to_geos(&subject).intersection(&union).expect("GEOS").area().expect("GEOS");
        let ours = covered_area(&subject, &covers.iter().collect::<Vec<_>>());
        areas.see(ours, theirs);
        assert!(agree(ours, theirs), "set {k}: {ours} {theirs}");
        let line: LineString =
            (0..6).map(|_| (X + dice.between(-90., 90.), Y + dice.between(-90., 90.))).collect();
        let line = Geometry::LineString(line);
        let theirs =
            to_geos(&line).intersection(&to_geos(&subject)).expect("GEOS").length().expect("GEOS");
        let ours = length_within(&line, &subject);
        lengths.see(ours, theirs);
        assert!((ours - theirs).abs() < 1e-6, "line {k}: {ours} {theirs}");
    }
    areas.say("unions");
    lengths.say("lengths (m)");
}

fn wild_ring(dice: &mut Dice) -> LineString {
    let n = 3 + dice.below(7);
    (0..n).map(|_| (dice.below(7) as f64, dice.below(7) as f64)).collect()
}

/// Random rings on a small grid: every fault and every kind of touch, over and over.
#[test]
fn verdicts_on_wild_polygons_agree() {
    let mut dice = Dice(7);
    let (mut valid, mut differ, mut repaired_invalid, mut compared, mut same_area) =
        (0, 0, 0, 0, 0);
    let mut irreparable = 0;
    let mut reasons: std::collections::BTreeMap<&str, usize> = std::collections::BTreeMap::new();
    for _ in 0..10_000 {
        let polygon = |dice: &mut Dice| {
            let holes = (0..dice.below(3)).map(|_| wild_ring(dice)).collect();
            let shell = if dice.below(2) == 0 {
                wild_ring(dice)
            } else {
                LineString::from(vec![(0., 0.), (6., 0.), (6., 6.), (3., 6.), (0., 6.)])
            };
            Polygon::new(shell, holes)
        };
        let geometry = if dice.below(3) == 0 {
            Geometry::MultiPolygon(MultiPolygon(vec![polygon(&mut dice), polygon(&mut dice)]))
        } else {
            Geometry::Polygon(polygon(&mut dice))
        };
        let theirs = to_geos(&geometry);
        let verdict = theirs.is_valid().expect("GEOS");
        let ours = check(&geometry).iter().all(|fault| fault.kind.is_valid_ogc());
        valid += usize::from(verdict);
        if ours != verdict {
            differ += 1;
            if differ <= 5 {
                println!(
                    "ours {ours}, GEOS {verdict} ({}): {}",
                    theirs.is_valid_reason().expect("GEOS"),
                    geometry.wkt_string()
                );
            }
        }
        let fixed = repair(geometry.clone());
        irreparable +=
            usize::from(fixed.faults.iter().any(|fault| fault.kind == FaultKind::Irreparable));
        let after = fixed.geometry.as_ref().map(to_geos);
        if after.as_ref().is_some_and(|fixed| !fixed.is_valid().expect("GEOS")) {
            repaired_invalid += 1;
        }
        if verdict {
            assert!((fixed.area_after_m2 - theirs.area().expect("GEOS")).abs() < 1e-9);
        } else if let Ok(made) = theirs.make_valid() {
            compared += 1;
            let (a, b) = (fixed.area_after_m2, made.area().expect("GEOS"));
            if (a - b).abs() < 1e-4 {
                same_area += 1;
            } else {
                *reasons.entry(if a > b { "ours larger" } else { "ours smaller" }).or_default() +=
                    1;
            }
        }
    }
    println!(
        "verdicts: 10000, {valid} valid, {differ} differ; repairs invalid for GEOS: {repaired_invalid}"
    );
    // Even-odd there, non-zero here: `surface` in tests/spatial_properties.rs is the measure of ours.
    println!("areas after repair: {same_area} of {compared} as make_valid; otherwise {reasons:?}");
    assert_eq!(differ, 0);
    assert_eq!(repaired_invalid, 0);
    assert_eq!(irreparable, 0);
    assert!(valid > 300, "the sample must hold valid polygons too");
}

/// A single simple fault: here `make_valid` and we must agree on the surface.
#[test]
fn simple_repairs_agree_with_make_valid() {
    for (wkt, why_not) in [
        ("POLYGON((0 0,4 4,4 0,0 4,0 0))", None),
        ("POLYGON((0 0,4 0,9 0,4 0,4 4,0 4,0 0))", None),
        (
            "POLYGON((0 0,4 0,4 4,0 4,0 0),(3 3,3 6,6 6,6 3,3 3))",
            Some("GEOS turns the part of a hole outside the shell into land"),
        ),
        ("POLYGON((0 0,4 0,4 4,0 4,0 0),(0 0,1 3,4 4,3 1,0 0))", None),
        (
            "POLYGON((0 0,9 0,9 9,0 9,0 0),(1 1,1 8,8 8,8 1,1 1),(2 2,2 3,3 3,2 2))",
            Some("GEOS makes an island of a hole in a hole"),
        ),
        ("MULTIPOLYGON(((0 0,4 0,4 4,0 4,0 0)),((4 0,8 0,8 4,4 4,4 0)))", None),
        (
            "MULTIPOLYGON(((0 0,4 0,4 4,0 4,0 0)),((2 2,6 2,6 6,2 6,2 2)))",
            Some("GEOS takes the overlap of two parts out (even-odd)"),
        ),
        ("POLYGON((0 0,4 0,4 4,0 4,0 0,4 0,4 4,0 4,0 0))", None),
        (
            "POLYGON((0 0,6 0,6 4,2 4,2 2,4 2,4 6,0 6,0 0))",
            Some("GEOS takes out what a ring encloses twice (even-odd)"),
        ),
    ] {
        let geometry: Geometry = wkt::TryFromWkt::try_from_wkt_str(wkt).expect("WKT");
        let ours = repair(geometry).area_after_m2;
        let theirs = geos::Geometry::new_from_wkt(wkt)
            .expect("WKT")
            .make_valid()
            .expect("GEOS")
            .area()
            .expect("GEOS");
        println!(
            "{wkt}: ours {ours:.4}, GEOS {theirs:.4}{}",
            why_not.map_or(String::new(), |why| format!(" ({why})"))
        );
        assert_eq!((ours - theirs).abs() < 1e-4, why_not.is_none(), "{wkt}: {ours} {theirs}");
    }
}

fn real_data() -> Option<PathBuf> {
    let folder = std::env::var_os("GISEMENT_REAL_DATA")
        .map_or_else(|| PathBuf::from("../shared/data"), PathBuf::from);
    let found = folder.join("elsewhere").is_dir();
    if !found {
        println!("left out: no real data in {}", folder.display());
    }
    found.then_some(folder)
}

/// Degrees to something like metres: only the shapes matter here.
fn geojson_areas(path: &Path) -> Vec<Geometry> {
    let text = std::fs::read_to_string(path).expect("readable");
    let document: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    let ring = |ring: &serde_json::Value| -> LineString {
        let pairs: Vec<[f64; 2]> = serde_json::from_value(ring.clone()).expect("ring");
        pairs.into_iter().map(|[x, y]| (x * 1e5, y * 1e5)).collect()
    };
    let polygon = |rings: &serde_json::Value| {
        let mut rings = rings.as_array().expect("rings").iter().map(ring);
        Polygon::new(rings.next().expect("shell"), rings.collect())
    };
    let features = document["features"].as_array().expect("features");
    features
        .iter()
        .map(|feature| {
            let coordinates = &feature["geometry"]["coordinates"];
            match feature["geometry"]["type"].as_str() {
                Some("Polygon") => Geometry::Polygon(polygon(coordinates)),
                Some("MultiPolygon") => {
                    let many = coordinates.as_array().expect("polygons").iter().map(polygon);
                    Geometry::MultiPolygon(MultiPolygon(many.collect()))
                }
                other => panic!("unexpected geometry {other:?}"),
            }
        })
        .collect()
}

/// Polygons with one shell; the others, whose holes the format does not attribute, are left out.
fn shapefile_areas(path: &Path) -> Vec<Geometry> {
    let shapes = shapefile::ShapeReader::from_path(path).expect("readable").read().expect("shapes");
    let polygon = |rings: Vec<(bool, LineString)>| {
        let (shells, holes): (Vec<_>, Vec<_>) = rings.into_iter().partition(|(outer, _)| *outer);
        let holes = holes.into_iter().map(|(_, ring)| ring).collect();
        match shells.as_slice() {
            [(_, shell)] => Some(Geometry::Polygon(Polygon::new(shell.clone(), holes))),
            _ => None,
        }
    };
    macro_rules! rings {
        ($shape:expr) => {
            $shape
                .rings()
                .iter()
                .map(|ring| {
                    let outer = matches!(ring, shapefile::PolygonRing::Outer(_));
                    (outer, ring.points().iter().map(|p| (p.x, p.y)).collect())
                })
                .collect()
        };
    }
    let areas = shapes.into_iter().filter_map(|shape| match shape {
        shapefile::Shape::Polygon(shape) => polygon(rings!(shape)),
        shapefile::Shape::PolygonM(shape) => polygon(rings!(shape)),
        shapefile::Shape::PolygonZ(shape) => polygon(rings!(shape)),
        _ => None,
    });
    areas.collect()
}

fn all_pairs_agree(what: &str, subjects: &[Geometry], covers: &[Geometry]) {
    let index = SpatialIndex::of_geometries(subjects.iter());
    let geos_subjects: Vec<geos::Geometry> = subjects.iter().map(to_geos).collect();
    let (mut gap, mut touching) = (Gap::default(), 0);
    for cover in covers {
        let prepared = PreparedArea::new(cover);
        let geos_cover = to_geos(cover);
        for id in index.intersecting(cover, |i| &subjects[i]) {
            let i = id as usize;
            touching += usize::from(geos_subjects[i].intersects(&geos_cover).expect("GEOS"));
            let theirs =
                geos_subjects[i].intersection(&geos_cover).expect("GEOS").area().expect("GEOS");
            let ours = prepared.intersection_area(&subjects[i]);
            gap.see(ours, theirs);
            assert!(agree(ours, theirs), "{what} {i}: {ours} {theirs}");
        }
    }
    gap.say(what);
    assert!(gap.pairs > 100);
    assert_eq!(touching, gap.pairs, "pairs that only one of the two sees");
}

#[test]
fn real_parcels_and_zones_agree() {
    let Some(folder) = real_data() else { return };
    let folder = folder.join("elsewhere");
    for name in ["cadastre-36174-parcelles.json", "derived-25354-parcelles.geojson"] {
        let parcels = geojson_areas(&folder.join("cadastre").join(name));
        let shifted: Vec<Geometry> = parcels
            .iter()
            .map(|parcel| parcel.map_coords(|c| Coord { x: c.x + 13.7, y: c.y - 8.9 }))
            .collect();
        all_pairs_agree(name, &parcels, &shifted);
        all_pairs_agree("with neighbours", &parcels, &parcels);
        compare_validity(name, &parcels);
    }
    let zones = shapefile_areas(&folder.join("megeve/ZONE_URBA.shp"));
    println!(
        "{} zones, largest {} vertices",
        zones.len(),
        zones.iter().map(vertices).max().unwrap_or(0)
    );
    let valid: Vec<Geometry> =
        zones.iter().filter_map(|zone| repair(zone.clone()).geometry).collect();
    let shifted: Vec<Geometry> = valid
        .iter()
        .map(|zone| zone.map_coords(|c| Coord { x: c.x + 13.7, y: c.y - 8.9 }))
        .collect();
    all_pairs_agree("Megève zones, shifted", &valid, &shifted);
    all_pairs_agree("Megève zones with neighbours", &valid, &valid);
    compare_validity("Megève zones", &zones);
}

fn vertices(geometry: &Geometry) -> usize {
    use geo::CoordsIter;
    geometry.coords_count()
}

fn compare_validity(what: &str, layer: &[Geometry]) {
    let mut invalid = 0;
    for geometry in layer {
        let theirs = to_geos(geometry).is_valid().expect("GEOS");
        let faults = check(geometry);
        assert_eq!(faults.iter().all(|fault| fault.kind.is_valid_ogc()), theirs, "{faults:?}");
        invalid += usize::from(!theirs);
        let fixed = repair(geometry.clone()).geometry.expect("repaired");
        assert!(to_geos(&fixed).is_valid().expect("GEOS"));
    }
    println!("{what}: {} geometries, {invalid} invalid, same verdicts", layer.len());
}
