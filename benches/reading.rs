//! Rows per second of the readers, on invented parcels of eight vertices in the cadastre's layout.
//! `cargo bench --bench reading`

use std::fs;
use std::hint::black_box;
use std::io::Write;
use std::ops::ControlFlow;

use criterion::Criterion;
use criterion::Throughput;
use criterion::criterion_group;
use criterion::criterion_main;
use flate2::Compression;
use flate2::write::GzEncoder;
use gisement::io::read::Want;
use gisement::io::read::read;

const ROWS: u64 = 50_000;

fn parcels() -> String {
    let mut text = String::from("{\"type\":\"FeatureCollection\",\"features\":[");
    for index in 0..ROWS {
        let (x, y) = (0.5 + (index % 500) as f64 * 1e-4, 43.5 + (index / 500) as f64 * 1e-4);
        let corners: Vec<String> =
            [(0, 0), (4, 0), (8, 1), (8, 4), (8, 8), (4, 8), (0, 8), (0, 4), (0, 0)]
                .map(|(dx, dy)| {
                    format!("[{:.7},{:.7}]", x + f64::from(dx) * 1e-5, y + f64::from(dy) * 1e-5)
                })
                .to_vec();
        if index > 0 {
            text.push(',');
        }
        text.push_str(&format!(
            "{{\"type\":\"Feature\",\"id\":\"82112000AB{:04}\",\"geometry\":{{\"type\":\"Polygon\",\"coordinates\":[[{}]]}},\
             \"properties\":{{\"id\":\"82112000AB{:04}\",\"commune\":\"82112\",\"prefixe\":\"000\",\"section\":\"AB\",\
             \"numero\":\"{index}\",\"contenance\":{},\"arpente\":false,\"created\":\"2010-01-01\",\"updated\":\"2026-07-01\"}}}}\n",
            index % 10_000,
            corners.join(","),
            index % 10_000,
            400 + index % 5_000,
        ));
    }
    text.push_str("]}");
    text
}

fn reading(criterion: &mut Criterion) {
    let folder = match tempfile::tempdir() {
        Ok(folder) => folder,
        Err(_) => return,
    };
    let text = parcels();
    let plain = folder.path().join("parcels.json");
    let packed = folder.path().join("parcels.json.gz");
    let mut packer = GzEncoder::new(Vec::new(), Compression::default());
    let written = fs::write(&plain, &text).is_ok()
        && packer.write_all(text.as_bytes()).is_ok()
        && packer.finish().is_ok_and(|bytes| fs::write(&packed, bytes).is_ok());
    if !written {
        return;
    }
    let want = Want::columns(&[&["id"], &["commune"], &["contenance"]]);
    let mut group = criterion.benchmark_group("reading");
    group.throughput(Throughput::Elements(ROWS)).sample_size(10);
    for (name, path) in [("geojson", &plain), ("geojson.gz", &packed)] {
        group.bench_function(name, |bencher| {
            bencher.iter(|| {
                let facts = read(path, &want, &mut |row| {
                    black_box(row);
                    ControlFlow::Continue(())
                });
                facts.map(|facts| facts.rows_read).ok()
            });
        });
    }
    group.finish();
}

criterion_group!(benches, reading);
criterion_main!(benches);
