//! Robustness of a ranking: 10 000 weightings over 16 criteria, for the number of rows of a large territory.
//!
//! `cargo bench --bench robustness -- --quick`

use std::hint::black_box;

use criterion::Criterion;
use criterion::criterion_group;
use criterion::criterion_main;
use gisement::evaluation::Measured;
use gisement::evaluation::Profile;
use gisement::evaluation::Ranking;
use gisement::evaluation::Unknown;
use gisement::evaluation::robustness;
use gisement::evaluation::robustness::DRAWS;
use gisement::evaluation::robustness::SEED;

const N_CRITERIA: usize = 16;

fn profile(method: &str) -> Option<Profile> {
    let mut text = format!(
        "id = \"bench-v1\"\ntitle = {{ fr = \"a\", en = \"b\" }}\nunit = \"parcel\"\nmethod = \"{method}\"\n"
    );
    for at in 0..N_CRITERIA {
        text.push_str(&format!(
            "[[criterion]]\nid = \"c{at}\"\nlabel = {{ fr = \"a\", en = \"b\" }}\nmeasure = {{ attribute = \"c{at}\" }}\n\
             curve = [[0.0, 0.0], [1.0, 1.0]]\nweight = {}\nsource = \"bench\"\n",
            1 + at % 3
        ));
    }
    Profile::from_toml(&text).ok()
}

/// Rows whose answers look random; one in ten is unknown.
fn ranking(method: &str, n_rows: usize) -> Option<Ranking> {
    let mut state = 1_u64;
    let mut unit = || {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 11) as f64 / (1_u64 << 53) as f64
    };
    let mut answer = || match unit() < 0.1 {
        true => Measured::Unknown(Unknown::NoArea),
        false => Measured::Number(unit()),
    };
    let rows = (0..n_rows)
        .map(|row| (format!("u{row}"), (0..N_CRITERIA).map(|_| answer()).collect()))
        .collect();
    Some(Ranking::of_answers(&profile(method)?, rows))
}

fn bench(c: &mut Criterion) {
    let mut group = c.benchmark_group("robustness");
    group.sample_size(10);
    for (method, n_rows) in [
        ("weighted-sum", 500),
        ("weighted-sum", 5_000),
        ("topsis", 5_000),
        ("promethee-2", 5_000),
        ("weighted-sum", 50_000),
    ] {
        let Some(ranking) = ranking(method, n_rows) else { continue };
        group.bench_function(format!("{method}, {n_rows} rows"), |b| {
            b.iter(|| robustness(black_box(&ranking), DRAWS, SEED));
        });
    }
    group.finish();
}

criterion_group!(benches, bench);
criterion_main!(benches);
