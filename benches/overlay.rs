//! Parcels against zones: the edge sums against `geo`'s Boolean operations; validity; union.
//!
//! `cargo bench --bench overlay -- --quick`

use std::hint::black_box;

use criterion::Criterion;
use criterion::Throughput;
use criterion::criterion_group;
use criterion::criterion_main;
use geo::BooleanOps;
use geo::Geometry;
use geo::LineString;
use geo::MultiPolygon;
use geo::Polygon;
use geo::Rect;
use gisement::spatial::index::SpatialIndex;
use gisement::spatial::overlay::PreparedArea;
use gisement::spatial::overlay::covered_area_prepared;
use gisement::spatial::shape::area;
use gisement::spatial::validity::check;

/// A wavy ring: `vertices` points about (x, y), at about `radius` metres.
fn wavy(x: f64, y: f64, radius: f64, vertices: usize, waves: f64) -> Polygon {
    let ring: LineString = (0..vertices)
        .map(|i| {
            let angle = i as f64 / vertices as f64 * std::f64::consts::TAU;
            let r =
                radius * (1.0 + 0.15 * (angle * waves).sin() + 0.02 * (angle * waves * 7.3).cos());
            (x + r * angle.cos(), y + r * angle.sin())
        })
        .collect();
    Polygon::new(ring, vec![])
}

fn parcels(side: usize) -> Vec<Geometry> {
    (0..side * side)
        .map(|i| {
            let (x, y) =
                (560_000.0 + 30.0 * (i % side) as f64, 6_270_000.0 + 30.0 * (i / side) as f64);
            Geometry::Polygon(wavy(x, y, 14.0, 12, 3.0))
        })
        .collect()
}

fn box_of(geometry: &Geometry) -> Rect {
    use geo::BoundingRect;
    geometry.bounding_rect().unwrap_or_else(|| Rect::new((0.0, 0.0), (0.0, 0.0)))
}

fn pairs(index: &SpatialIndex, zones: &[Polygon]) -> Vec<(usize, usize)> {
    let found = zones.iter().enumerate().flat_map(|(z, zone)| {
        let near = index.in_box(&box_of(&Geometry::Polygon(zone.clone())));
        near.into_iter().map(move |p| (z, p as usize))
    });
    found.collect()
}

fn bench(c: &mut Criterion) {
    let parcels = parcels(300);
    let index = SpatialIndex::of_geometries(parcels.iter());
    // 100 zones of 60 to 1 000 vertices, and one of 16 000 over everything.
    let mut zones: Vec<Polygon> = (0..100)
        .map(|i| {
            let (x, y) =
                (560_450.0 + 900.0 * f64::from(i % 10), 6_270_450.0 + 900.0 * f64::from(i / 10));
            wavy(x, y, 480.0, 60 + 10 * (i as usize % 95), f64::from(3 + i % 17))
        })
        .collect();
    zones.push(wavy(564_500.0, 6_274_500.0, 4_000.0, 16_000, 41.0));
    let pairs = pairs(&index, &zones);
    let areal: Vec<Geometry> = zones.iter().cloned().map(Geometry::Polygon).collect();

    let mut group = c.benchmark_group("parcels against zones");
    group.sample_size(10);
    group.throughput(Throughput::Elements(pairs.len() as u64));
    group.bench_function("edge sums, zones prepared", |b| {
        b.iter(|| {
            let prepared: Vec<PreparedArea> = areal.iter().map(PreparedArea::new).collect();
            pairs.iter().map(|(z, p)| prepared[*z].intersection_area(&parcels[*p])).sum::<f64>()
        });
    });
    let few: Vec<&(usize, usize)> = pairs.iter().step_by(101).collect();
    group.throughput(Throughput::Elements(few.len() as u64));
    group.bench_function("geo BooleanOps, one pair in 101", |b| {
        b.iter(|| {
            let sum = few.iter().map(|(z, p)| match &parcels[*p] {
                Geometry::Polygon(parcel) => {
                    area(&Geometry::MultiPolygon(parcel.intersection(&zones[*z])))
                }
                _ => 0.0,
            });
            sum.sum::<f64>()
        });
    });
    group.throughput(Throughput::Elements(parcels.len() as u64));
    group.bench_function("covered by the union of what is near", |b| {
        let prepared: Vec<PreparedArea> = areal.iter().map(PreparedArea::new).collect();
        let zone_index = SpatialIndex::of_geometries(areal.iter());
        b.iter(|| {
            let covered = parcels.iter().map(|parcel| {
                let near = zone_index.in_box(&box_of(parcel));
                let covers: Vec<&PreparedArea> =
                    near.iter().map(|z| &prepared[*z as usize]).collect();
                covered_area_prepared(parcel, &covers)
            });
            covered.sum::<f64>()
        });
    });
    group.finish();

    let mut group = c.benchmark_group("validity");
    group.sample_size(10);
    group.throughput(Throughput::Elements(parcels.len() as u64));
    group.bench_function("clean parcels of 12 vertices", |b| {
        b.iter(|| parcels.iter().map(|parcel| check(black_box(parcel)).len()).sum::<usize>());
    });
    let large = Geometry::MultiPolygon(MultiPolygon(vec![zones[100].clone()]));
    group.throughput(Throughput::Elements(1));
    group.bench_function("one zone of 16 000 vertices", |b| {
        b.iter(|| check(black_box(&large)).len());
    });
    group.finish();
}

criterion_group!(benches, bench);
criterion_main!(benches);
