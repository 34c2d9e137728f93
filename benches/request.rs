//! Answering a request once the territory is loaded: the demonstration at full scale, about 700 000 parcels; and the search
//! for assemblies among 10 000 parcels.
//!
//! `cargo bench --bench request -- --quick`

use std::hint::black_box;

use criterion::Criterion;
use criterion::criterion_group;
use criterion::criterion_main;
use gisement::demo::PLANTED_REQUESTS;
use gisement::demo::Scale;
use gisement::demo::generate;
use gisement::domain::Territory;
use gisement::evaluation::published_profile;
use gisement::housing;
use gisement::io::config::Config;
use gisement::io::demo_files;
use gisement::io::load;
use gisement::land;
use gisement::land::Ground;
use gisement::request;
use gisement::request::Desk;
use gisement::request::LandRequest;
use gisement::request::assembly::Edge;
use gisement::request::assembly::Graph;
use gisement::request::assembly::Need;
use gisement::request::assembly::Unit;
use gisement::request::assembly::search;
use gisement::words::Lang;
use gisement::words::Words;

/// Parcels of a side of the grid of 10 000.
const SIDE: usize = 100;

/// The demonstration at full scale, written and read again; `None` where that fails: then nothing is timed.
fn territory() -> Option<Territory> {
    let dir = tempfile::tempdir().ok()?;
    let words = Words::new(Lang::Fr).ok()?;
    let made = generate(3282, Scale::Full).ok()?;
    demo_files::write_territory(dir.path(), &made, &words).ok()?;
    drop(made);
    load::load(&Config::read(dir.path()).ok()?).ok()
}

fn requests(c: &mut Criterion) {
    let Some(mut territory) = territory() else { return };
    let Ok(profile) = published_profile(request::PROFILE) else { return };
    land::prepare(&mut territory, &profile);
    if housing::prepare(&mut territory).is_err() {
        return;
    }
    let Some(ground) = profile.land.as_ref().and_then(|rules| Ground::new(&territory, rules))
    else {
        return;
    };
    let Ok(desk) = Desk::new(&territory, &ground, &profile) else { return };
    let mut group = c.benchmark_group("request");
    let template = request::template(Lang::Fr);
    let planted = PLANTED_REQUESTS.iter().map(|one| (one.file, one.toml));
    for (name, toml) in planted.chain([("template-45-min-of-toulouse", template)]) {
        let Ok(request) = LandRequest::from_toml(toml) else { continue };
        group.bench_function(name, |b| {
            b.iter(|| {
                black_box(desk.answer(black_box(&request))).map(|answer| answer.candidates.len())
            });
        });
    }
    group.finish();
}

fn assemblies(c: &mut Criterion) {
    let units: Vec<Unit> = (0..SIDE * SIDE)
        .map(|at| Unit {
            area_m2: 500.0 + (at as f64 * 0.754_877_666_246_693).fract() * 8_000.0,
            owner: Some((at / 3) as u32),
            cost: None,
            perimeter_m: 300.0,
        })
        .collect();
    let mut edges = Vec::new();
    for at in 0..SIDE * SIDE {
        let mut join = |other: usize| {
            edges.push(Edge { between: [at as u32, other as u32], shared_m: 70.0 });
        };
        if at % SIDE + 1 < SIDE {
            join(at + 1);
        }
        if at + SIDE < SIDE * SIDE {
            join(at + SIDE);
        }
    }
    let Ok(graph) = Graph::new(&units, &edges) else { return };
    let need = Need { min_m2: 40_000.0, max_m2: 50_000.0, wanted: 3, ..Need::default() };
    c.bench_function("assembly/10000-units", |b| {
        b.iter(|| black_box(search(&graph, &need, &|_: &[u32]| true)).map(|found| found.examined));
    });
}

criterion_group!(benches, requests, assemblies);
criterion_main!(benches);
