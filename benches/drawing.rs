//! Seconds to draw a page full of parcels, as PNG and as SVG. `cargo bench --bench drawing`

use criterion::Criterion;
use criterion::criterion_group;
use criterion::criterion_main;
use geo::Geometry;
use geo::LineString;
use geo::Polygon;
use geo::Rect;
use gisement::render::Class;
use gisement::render::Item;
use gisement::render::Map;
use gisement::render::MapLayer;
use gisement::render::Paper;
use gisement::render::Rgba;
use gisement::render::Stroke;
use gisement::render::Symbol;
use gisement::render::Words;
use gisement::render::png;
use gisement::render::svg;

/// Parcels along one side of the page: 316 x 316 is about 100 000.
const SIDE: u32 = 316;

fn parcels() -> Vec<Geometry<f64>> {
    // A grid whose corners are shaken by a fixed rule, shared by their four parcels.
    let corner = |column: u32, row: u32| {
        let shake = |n: u32| f64::from(n.wrapping_mul(2_654_435_761) >> 16) / 65_536.0;
        let seed = row * (SIDE + 1) + column;
        (
            f64::from(column) * 50.0 + shake(seed) * 20.0,
            f64::from(row) * 35.0 + shake(seed + 1) * 14.0,
        )
    };
    (0..SIDE * SIDE)
        .map(|n| {
            let (column, row) = (n % SIDE, n / SIDE);
            let ring = [(0, 0), (1, 0), (1, 1), (0, 1), (0, 0)]
                .map(|(right, up)| corner(column + right, row + up));
            Polygon::new(LineString::from(ring.to_vec()), Vec::new()).into()
        })
        .collect()
}

fn page(geometries: &[Geometry<f64>], edge: Option<Stroke>) -> Map<'_> {
    Map {
        size_px: (1600, 1131),
        paper: Paper::A4,
        frame: Rect::new((0.0, 0.0), (f64::from(SIDE) * 50.0, f64::from(SIDE) * 35.0)),
        title: "100 000".to_owned(),
        subtitle: None,
        layers: vec![MapLayer {
            title: String::new(),
            in_legend: false,
            classes: vec![Class::new("", Symbol::area(Rgba::hex(0x4f_b5_9a), edge))],
            items: geometries.iter().map(|geometry| Item { geometry, class: 0 }).collect(),
        }],
        labels: Vec::new(),
        notice: None,
        sources: Vec::new(),
        date: None,
        legend_title: String::new(),
        words: Words {
            decimal_mark: ',',
            group_mark: '\u{202f}',
            north: "N".to_owned(),
            metre: "m".to_owned(),
            kilometre: "km".to_owned(),
            scale_ratio: None,
            and_more: String::new(),
            unknown: String::new(),
        },
    }
}

fn drawing(criterion: &mut Criterion) {
    let geometries = parcels();
    let mut group = criterion.benchmark_group("drawing");
    group.sample_size(10);
    for (name, edge) in [("plain", None), ("edged", Some(Stroke::solid(Rgba::WHITE, 0.1)))] {
        let map = page(&geometries, edge);
        group.bench_function(format!("png/{name}"), |bencher| {
            bencher.iter(|| png(&map).map(|bytes| bytes.len()).ok());
        });
        group.bench_function(format!("svg/{name}"), |bencher| {
            bencher.iter(|| svg(&map).map(|text| text.len()).ok());
        });
    }
    group.finish();
}

criterion_group!(benches, drawing);
criterion_main!(benches);
