//! The index against `rstar`: building, boxes, nearest.
//!
//! `cargo bench --bench index -- --quick`

use std::hint::black_box;

use criterion::Criterion;
use criterion::criterion_group;
use criterion::criterion_main;
use geo::Geometry;
use geo::Point;
use geo::Rect;
use gisement::spatial::index::SpatialIndex;
use rstar::AABB;
use rstar::PointDistance;
use rstar::RTree;
use rstar::RTreeObject;

const FEATURES: usize = 300_000;
const QUERIES: usize = 10_000;

struct Boxed {
    min: [f64; 2],
    max: [f64; 2],
    id: u32,
}

impl RTreeObject for Boxed {
    type Envelope = AABB<[f64; 2]>;

    fn envelope(&self) -> Self::Envelope {
        AABB::from_corners(self.min, self.max)
    }
}

impl PointDistance for Boxed {
    fn distance_2(&self, point: &[f64; 2]) -> f64 {
        self.envelope().distance_2(point)
    }
}

/// Low-discrepancy points: spread like parcels, the same at every run.
fn place(i: usize) -> (f64, f64) {
    let spread = |step: f64| (i as f64 * step).fract() * 60_000.0;
    (560_000.0 + spread(0.754_877_666_246_693), 6_270_000.0 + spread(0.569_840_290_998_053))
}

fn boxes() -> Vec<Rect> {
    (0..FEATURES)
        .map(|i| {
            let ((x, y), side) = (place(i), 10.0 + (i % 97) as f64);
            Rect::new((x, y), (x + side, y + side * 0.7))
        })
        .collect()
}

fn rstar_of(boxes: &[Rect]) -> RTree<Boxed> {
    let items = boxes.iter().enumerate().map(|(i, b)| Boxed {
        min: [b.min().x, b.min().y],
        max: [b.max().x, b.max().y],
        id: i as u32,
    });
    RTree::bulk_load(items.collect())
}

fn bench(c: &mut Criterion) {
    let boxes = boxes();
    let areas: Vec<Geometry> = boxes.iter().map(|b| Geometry::Polygon(b.to_polygon())).collect();
    let index = SpatialIndex::build(&boxes);
    let other = rstar_of(&boxes);
    let windows: Vec<Rect> = (0..QUERIES)
        .map(|i| {
            let (x, y) = place(i * 31 + 7);
            Rect::new((x, y), (x + 150.0, y + 150.0))
        })
        .collect();

    let mut group = c.benchmark_group("index of 300 000 boxes");
    group.sample_size(10);
    group.bench_function("build, packed", |b| b.iter(|| SpatialIndex::build(black_box(&boxes))));
    group.bench_function("build, rstar", |b| b.iter(|| rstar_of(black_box(&boxes))));
    group.bench_function("10 000 boxes, packed", |b| {
        b.iter(|| windows.iter().map(|w| index.in_box(w).len()).sum::<usize>());
    });
    group.bench_function("10 000 boxes, rstar, sorted", |b| {
        b.iter(|| {
            let found = windows.iter().map(|w| {
                let envelope = AABB::from_corners([w.min().x, w.min().y], [w.max().x, w.max().y]);
                let mut ids: Vec<u32> =
                    other.locate_in_envelope_intersecting(envelope).map(|found| found.id).collect();
                ids.sort_unstable();
                ids.len()
            });
            found.sum::<usize>()
        });
    });
    group.bench_function("10 000 nearest, packed, exact geometry", |b| {
        b.iter(|| {
            let found = windows.iter().filter_map(|w| {
                let at = Geometry::Point(Point(w.min()));
                index.nearest(&at, None, |_| true, |i| &areas[i])
            });
            found.map(|(id, _)| u64::from(id)).sum::<u64>()
        });
    });
    group.bench_function("10 000 nearest, rstar, boxes only", |b| {
        b.iter(|| {
            let found =
                windows.iter().filter_map(|w| other.nearest_neighbor([w.min().x, w.min().y]));
            found.map(|found| u64::from(found.id)).sum::<u64>()
        });
    });
    group.finish();
}

criterion_group!(benches, bench);
criterion_main!(benches);
