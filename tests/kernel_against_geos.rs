//! A second opinion on unions, buffers and inscribed circles: GEOS. And what must hold of any answer: the circle and the
//! rectangle are inside, the shared border is the same from both sides.
//!
//! `cargo test --features geos-oracle --test kernel_against_geos -- --nocapture` prints how far the two are apart, and
//! how long ours takes. Real parcels are looked for in `GISEMENT_REAL_DATA`, else `../shared/data`.
#![cfg(feature = "geos-oracle")]
#![allow(clippy::expect_used, clippy::panic, clippy::print_stdout)] // a test: it fails by panicking and talks on --nocapture

use std::path::Path;
use std::path::PathBuf;
use std::time::Instant;

use geo::Geometry;
use geo::LineString;
use geo::MultiPolygon;
use geo::Polygon;
use geos::Geom;
use gisement::spatial::buffer::buffered;
use gisement::spatial::contiguity::shared_border_m;
use gisement::spatial::dissolve::SLIT_M;
use gisement::spatial::dissolve::union;
use gisement::spatial::index::SpatialIndex;
use gisement::spatial::inscribed_circle::largest_circle;
use gisement::spatial::inscribed_rectangle::largest_rectangle;
use gisement::spatial::overlay::intersection_area;
use gisement::spatial::repair::repair;
use gisement::spatial::shape::area;
use gisement::spatial::shape::perimeter;
use wkt::ToWkt;

fn to_geos(geometry: &Geometry) -> geos::Geometry {
    geos::Geometry::new_from_wkt(&geometry.wkt_string()).expect("WKT read by GEOS")
}

/// Deterministic pseudo-random numbers (SplitMix64), so that a failure can be replayed.
struct Dice(u64);

impl Dice {
    fn between(&mut self, low: f64, high: f64) -> f64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^= z >> 31;
        low + (high - low) * (z >> 11) as f64 / (1_u64 << 53) as f64
    }

    fn below(&mut self, n: u32) -> u32 {
        self.between(0.0, f64::from(n)) as u32
    }
}

const X: f64 = 563_211.37;
const Y: f64 = 6_301_877.91;

fn ring(points: impl IntoIterator<Item = (f64, f64)>) -> LineString {
    points.into_iter().map(|(x, y)| (X + x, Y + y)).collect()
}

/// A star-shaped ring of 4 to 40 vertices; convex when `rough` is 0.
fn star(dice: &mut Dice, (cx, cy): (f64, f64), radius: f64, rough: f64) -> LineString {
    let n = 4 + dice.below(36);
    let phase = dice.between(0.0, 6.0);
    ring((0..n).map(|k| {
        let angle = phase + f64::from(k) / f64::from(n) * std::f64::consts::TAU;
        let r = radius * dice.between(1.0 - rough, 1.0);
        (cx + r * angle.cos(), cy + r * angle.sin())
    }))
}

/// An L, a U or a plain rectangle, at any angle: a building.
fn building(dice: &mut Dice) -> Geometry {
    let (w, h) = (dice.between(6.0, 40.0), dice.between(6.0, 25.0));
    let (a, b) = (w * dice.between(0.2, 0.8), h * dice.between(0.2, 0.8));
    let corners = match dice.below(3) {
        0 => vec![(0., 0.), (w, 0.), (w, h), (0., h)],
        1 => vec![(0., 0.), (w, 0.), (w, b), (a, b), (a, h), (0., h)],
        _ => vec![
            (0., 0.),
            (w, 0.),
            (w, h),
            (0.9 * w, h),
            (0.9 * w, b),
            (0.3 * a, b),
            (0.3 * a, h),
            (0., h),
        ],
    };
    let (sine, cosine) = dice.between(0.0, 6.0).sin_cos();
    let turned = corners.into_iter().map(|(x, y)| (x * cosine - y * sine, x * sine + y * cosine));
    Geometry::Polygon(Polygon::new(ring(turned), vec![]))
}

fn shape(dice: &mut Dice) -> Geometry {
    let centre = (dice.between(-40., 40.), dice.between(-40., 40.));
    match dice.below(4) {
        0 => building(dice),
        1 => Geometry::Polygon(Polygon::new(star(dice, centre, 50.0, 0.7), vec![])),
        2 => {
            let shell: LineString = ring((0..24).map(|k| {
                let angle = f64::from(k) / 24.0 * std::f64::consts::TAU;
                let radius = dice.between(25.0, 55.0);
                (centre.0 + radius * angle.cos(), centre.1 + radius * angle.sin())
            }));
            let mut hole = star(dice, centre, 20.0, 0.7);
            hole.0.reverse();
            Geometry::Polygon(Polygon::new(shell, vec![hole]))
        }
        _ => Geometry::MultiPolygon(MultiPolygon(vec![
            Polygon::new(star(dice, centre, 28.0, 0.6), vec![]),
            Polygon::new(star(dice, (centre.0 + 60.0, centre.1), 28.0, 0.6), vec![]),
        ])),
    }
}

/// Area of the part of `a` outside `b`, by GEOS.
fn outside(a: &geos::Geometry, b: &geos::Geometry) -> f64 {
    a.difference(b).expect("GEOS").area().expect("GEOS")
}

#[test]
fn unions_agree_with_geos() {
    let mut dice = Dice(404);
    let mut worst = 0.0_f64;
    for k in 0..3_000 {
        let parts: Vec<Geometry> = (0..2 + dice.below(6)).map(|_| shape(&mut dice)).collect();
        let ours = union(&parts.iter().collect::<Vec<_>>()).expect("union");
        let mut theirs = to_geos(&parts[0]);
        for part in &parts[1..] {
            theirs = theirs.union(&to_geos(part)).expect("GEOS");
        }
        let ours = to_geos(&Geometry::MultiPolygon(ours));
        assert!(ours.is_valid().expect("GEOS"), "valid, set {k}");
        let area_m2 = theirs.area().expect("GEOS");
        let apart = outside(&ours, &theirs) + outside(&theirs, &ours);
        worst = worst.max(apart / area_m2);
        assert!(apart <= 0.001 + 1e-6 * area_m2, "set {k}: {apart} m² apart of {area_m2}");
    }
    println!("3 000 unions: at most {worst:.1e} of the area apart");
}

#[test]
fn buffers_of_convex_areas_agree_with_geos() {
    let mut dice = Dice(8);
    let mut worst = 0.0_f64;
    for k in 0..2_000 {
        let convex = Geometry::Polygon(Polygon::new(star(&mut dice, (0., 0.), 30.0, 0.0), vec![]));
        let margin_m = dice.between(0.5, 50.0);
        let ours = area(&Geometry::MultiPolygon(buffered(&convex, margin_m).expect("buffer")));
        let theirs = to_geos(&convex).buffer(margin_m, 8).expect("GEOS").area().expect("GEOS");
        worst = worst.max((ours / theirs - 1.0).abs());
        assert!((ours / theirs - 1.0).abs() < 1e-6, "shape {k}, {margin_m} m: {ours} {theirs}");
    }
    println!("2 000 convex buffers: at most {worst:.1e} of the area apart");
}

/// GEOS drops detail below 1 % of the margin before it buffers, so it is asked edge by edge: the union of the buffers of
/// the edges and of the area itself, once a little narrower (1.1 %, the depth of our flattest chord) and once as wide,
/// with 16 segments a quarter circle (0.13 % of depth).
#[test]
fn buffers_are_those_of_their_edges() {
    let mut dice = Dice(16);
    for k in 0..500 {
        let (shape, margin_m) = (shape(&mut dice), dice.between(0.5, 12.0));
        let shape = match shape {
            Geometry::Polygon(polygon) if k % 3 == 0 => {
                Geometry::LineString(polygon.exterior().clone())
            }
            other => other,
        };
        let ours = buffered(&shape, margin_m).expect("buffer");
        let ours = to_geos(&Geometry::MultiPolygon(ours));
        assert!(ours.is_valid().expect("GEOS"), "valid, shape {k}");
        let slack = 1e-6 * ours.area().expect("GEOS");
        let (narrow, wide) =
            (by_edges(&shape, margin_m * 0.989), by_edges(&shape, margin_m * 1.001_4));
        let (lost, added) = (outside(&narrow, &ours), outside(&ours, &wide));
        assert!(
            lost <= slack,
            "too narrow by {lost}, shape {k}, {margin_m}: {}",
            shape.wkt_string()
        );
        assert!(
            added <= slack,
            "too wide by {added}, shape {k}, {margin_m}: {}",
            shape.wkt_string()
        );
    }
}

fn by_edges(shape: &Geometry, margin_m: f64) -> geos::Geometry {
    let mut pieces = vec![to_geos(shape)];
    let mut add = |line: &LineString| {
        for edge in line.lines() {
            let edge = to_geos(&Geometry::LineString(vec![edge.start, edge.end].into()));
            pieces.push(edge.buffer(margin_m, 16).expect("GEOS"));
        }
    };
    match shape {
        Geometry::LineString(line) => add(line),
        areas => parts_of(areas).iter().for_each(|polygon| {
            std::iter::once(polygon.exterior()).chain(polygon.interiors()).for_each(&mut add);
        }),
    }
    if matches!(shape, Geometry::LineString(_)) {
        pieces.remove(0);
    }
    let all = geos::Geometry::create_geometry_collection(pieces).expect("GEOS");
    all.unary_union().expect("GEOS")
}

#[test]
fn circles_are_those_of_geos() {
    let mut dice = Dice(32);
    let precision_m = 0.01;
    for k in 0..1_000 {
        let shape = shape(&mut dice);
        let circle = largest_circle(&parts_of(&shape), precision_m).expect("surface");
        let given = to_geos(&shape);
        let found = maximum_inscribed_circle(&given, precision_m / 4.0);
        assert!(
            (circle.radius_m - found).abs() <= precision_m * 1.25,
            "shape {k}: {} {found}",
            circle.radius_m
        );
        let centre = Geometry::Point(circle.centre.into());
        assert!(given.contains(&to_geos(&centre)).expect("GEOS"), "shape {k}");
        let away_m = given.boundary().expect("GEOS").distance(&to_geos(&centre)).expect("GEOS");
        assert!((away_m - circle.radius_m).abs() < 1e-6, "shape {k}: inside");
    }
}

/// The radius: GEOS gives the line from the centre to the border.
fn maximum_inscribed_circle(area: &geos::Geometry, tolerance_m: f64) -> f64 {
    area.maximum_inscribed_circle(tolerance_m).expect("GEOS").length().expect("GEOS")
}

fn parts_of(shape: &Geometry) -> MultiPolygon {
    match shape {
        Geometry::Polygon(one) => MultiPolygon(vec![one.clone()]),
        Geometry::MultiPolygon(many) => many.clone(),
        _ => MultiPolygon(vec![]),
    }
}

#[test]
fn rectangles_are_inside_and_no_less_than_the_square_of_the_circle() {
    let mut dice = Dice(64);
    let start = Instant::now();
    for k in 0..300 {
        let shape = shape(&mut dice);
        let found = largest_rectangle(&parts_of(&shape)).expect("surface");
        let rectangle = Geometry::Polygon(Polygon::new(LineString(found.corners.to_vec()), vec![]));
        let beyond = outside(&to_geos(&rectangle), &to_geos(&shape));
        assert!(beyond < 2e-6 * found.area_m2, "shape {k}: {beyond}");
        let circle = largest_circle(&parts_of(&shape), 0.01).expect("surface");
        assert!(found.area_m2 >= 1.9 * circle.radius_m.powi(2), "shape {k}");
    }
    println!("a rectangle in {:.2} ms", start.elapsed().as_secs_f64() * 1e3 / 300.0);
}

#[test]
fn the_price_of_each() {
    let mut dice = Dice(128);
    let buildings: Vec<Geometry> = (0..20_000).map(|_| building(&mut dice)).collect();
    let start = Instant::now();
    let total: usize = buildings.iter().map(|b| buffered(b, 3.0).expect("buffer").0.len()).sum();
    println!(
        "{total} buildings buffered at {:.1} µs",
        start.elapsed().as_secs_f64() * 1e6 / 20_000.0
    );
    assert_eq!(total, 20_000);
    for vertices in [30_u32, 1_000] {
        let outline = ring((0..vertices).map(|k| {
            let angle = f64::from(k) / f64::from(vertices) * std::f64::consts::TAU;
            let radius = dice.between(140.0, 160.0) * (1.0 + 0.3 * (3.0 * angle).cos());
            (radius * angle.cos(), 0.6 * radius * angle.sin())
        }));
        let terrain = MultiPolygon(vec![Polygon::new(outline, vec![])]);
        let start = Instant::now();
        let rectangle = largest_rectangle(&terrain).expect("surface");
        let rectangle_ms = start.elapsed().as_secs_f64() * 1e3;
        let start = Instant::now();
        let circle = largest_circle(&terrain, 0.1).expect("surface");
        println!(
            "{vertices} vertices: rectangle of {:.0} m² in {rectangle_ms:.1} ms, circle in {:.2} ms",
            rectangle.area_m2,
            start.elapsed().as_secs_f64() * 1e3
        );
        assert!(rectangle.area_m2 > 2.0 * circle.radius_m.powi(2) * 0.98);
    }
}

fn real_parcels() -> Option<Vec<Geometry>> {
    let root = std::env::var_os("GISEMENT_REAL_DATA").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data"),
        PathBuf::from,
    );
    let file = root.join("elsewhere/megeve/geo_parcelle.shp");
    if !file.is_file() {
        println!("no {}: real parcels not tried", file.display());
        return None;
    }
    let shapes = shapefile::read_shapes_as::<_, shapefile::Polygon>(&file).expect("shapefile");
    let parcels: Vec<Geometry> = shapes
        .into_iter()
        .filter_map(|shape| repair(Geometry::MultiPolygon(polygons(&shape))).geometry)
        .collect();
    assert!(parcels.len() > 10_000);
    Some(parcels)
}

fn polygons(shape: &shapefile::Polygon) -> MultiPolygon {
    let mut parts: Vec<Polygon> = Vec::new();
    for ring in shape.rings() {
        let line: LineString = ring.points().iter().map(|point| (point.x, point.y)).collect();
        match (ring, parts.last_mut()) {
            (shapefile::PolygonRing::Inner(_), Some(shell)) => shell.interiors_push(line),
            _ => parts.push(Polygon::new(line, vec![])),
        }
    }
    MultiPolygon(parts)
}

/// 10 466 parcels of the cadastre of Megève (GFDL / CC BY-SA 4.0): their union, by blocks and whole, and their borders.
#[test]
fn real_parcels_dissolve_and_share_their_borders() {
    let Some(parcels) = real_parcels() else {
        return;
    };
    let (net, gross) = (union(&parcels.iter().take(400).collect::<Vec<_>>()), &parcels[..400]);
    let net = Geometry::MultiPolygon(net.expect("union"));
    let gross_m2: f64 = gross.iter().map(area).sum();
    assert!(area(&net) <= gross_m2 + 1.0);
    let mut theirs = to_geos(&parcels[0]);
    for part in &gross[1..] {
        theirs = theirs.union(&to_geos(part)).expect("GEOS");
    }
    let ours = to_geos(&net);
    assert!(ours.is_valid().expect("GEOS"));
    let apart = outside(&ours, &theirs) + outside(&theirs, &ours);
    let drawn_m: f64 = gross.iter().map(perimeter).sum();
    assert!(apart <= SLIT_M * drawn_m, "{apart} m² apart");

    let start = Instant::now();
    let all = Geometry::MultiPolygon(union(&parcels.iter().collect::<Vec<_>>()).expect("union"));
    println!(
        "{} parcels: {:.0} m² dissolved to {:.0} m² in {:.1} s",
        parcels.len(),
        parcels.iter().map(area).sum::<f64>(),
        area(&all),
        start.elapsed().as_secs_f64()
    );

    let index = SpatialIndex::of_geometries(parcels.iter());
    let (mut pairs, mut shared_m, start) = (0, 0.0, Instant::now());
    for (k, parcel) in parcels.iter().enumerate().take(1_500) {
        for other in index.within_distance(parcel, 0.2, |i| &parcels[i]) {
            if other as usize <= k {
                continue;
            }
            let other = &parcels[other as usize];
            let there_m = shared_border_m(parcel, other, 0.2);
            assert_eq!(there_m, shared_border_m(other, parcel, 0.2));
            assert!(there_m <= perimeter(parcel).max(perimeter(other)));
            // What GEOS finds common to both borders is shared.
            let common = to_geos(parcel).boundary().expect("GEOS");
            let common = common.intersection(&to_geos(other).boundary().expect("GEOS"));
            let common_m = common.expect("GEOS").length().expect("GEOS");
            if intersection_area(parcel, other) < 0.1 && common_m > 1.0 {
                assert!(there_m >= 0.99 * common_m - 0.5, "{there_m} {common_m}");
            }
            pairs += 1;
            shared_m += there_m;
        }
    }
    let each = start.elapsed().as_secs_f64() * 1e6 / f64::from(pairs);
    println!("{pairs} pairs share {shared_m:.0} m; {each:.0} µs a pair with GEOS");
    assert!(pairs > 1_000 && shared_m > 10_000.0);
}
