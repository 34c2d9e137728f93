//! Rows per second of the readers, of the whole loading, and of GDAL's own reader, on the same invented parcels.
//! `cargo bench --features gdal --bench reading`; the table at the end is the best of each row's samples.

// A bench that cannot go on has failed: that is what unwrap is for here. The table is its answer.
#![allow(clippy::unwrap_used, clippy::print_stdout, missing_docs)]

mod files;
#[cfg(feature = "gdal")]
mod gdal_reader;
mod parcels;

use std::cell::RefCell;
use std::fs;
use std::hint::black_box;
use std::ops::ControlFlow;
use std::path::Path;
use std::path::PathBuf;
use std::time::Duration;
use std::time::Instant;

use criterion::Criterion;
use criterion::SamplingMode;
use criterion::Throughput;
use gisement::domain::reference_communes;
use gisement::io::config::Config;
use gisement::io::load::load;
use gisement::io::read::Want;
use gisement::io::read::read;
use rayon::prelude::*;

const COMMUNES: usize = 20;
const PARCELS_PER_COMMUNE: u64 = 13_000;

/// One row of the table: the best of its samples, by the clock and by the processors' time.
struct Line {
    name: String,
    rows: u64,
    best: Duration,
    least_work: Option<Duration>,
}

type Book = RefCell<Vec<Line>>;

fn read_rows(path: &Path) -> u64 {
    let want = Want::columns(&[&["id"], &["commune"], &["contenance"]]);
    let facts = read(path, &want, &mut |row| {
        black_box(row);
        ControlFlow::Continue(())
    });
    facts.unwrap().rows_read
}

/// The whole path of a layer of parcels; `files` is relative to the folder.
fn load_rows(folder: &Path, files: &str) -> u64 {
    let text = format!("[layers.parcels]\npath = \"{files}\"\ncovers = \"territory\"\n");
    let config = Config::from_toml(&text, folder, Path::new("gisement.toml")).unwrap();
    let territory = load(&config).unwrap();
    territory.parcels.unwrap().entities.len() as u64
}

fn measure(
    criterion: &mut Criterion,
    book: &Book,
    name: &str,
    rows: u64,
    mut run: impl FnMut() -> u64,
) {
    let mut group = criterion.benchmark_group("reading");
    group.throughput(Throughput::Elements(rows)).sample_size(10);
    group.sampling_mode(SamplingMode::Flat).warm_up_time(Duration::from_millis(500));
    group.bench_function(name, |bencher| {
        bencher.iter_custom(|times| {
            let mut total = Duration::ZERO;
            for _ in 0..times {
                let (start, before) = (Instant::now(), work());
                assert_eq!(run(), rows, "{name}");
                let took = start.elapsed();
                let worked = before.zip(work()).map(|(before, after)| after - before);
                note(book, name, rows, took, worked);
                total += took;
            }
            total
        });
    });
    group.finish();
}

fn note(book: &Book, name: &str, rows: u64, took: Duration, worked: Option<Duration>) {
    let mut book = book.borrow_mut();
    match book.iter_mut().find(|line| line.name == name) {
        Some(line) => {
            line.best = took.min(line.best);
            line.least_work = line.least_work.min(worked);
        }
        None => book.push(Line { name: name.to_owned(), rows, best: took, least_work: worked }),
    }
}

/// Time that the processors have spent on this process: what a busy machine does not stretch. Linux only.
fn work() -> Option<Duration> {
    let stat = fs::read_to_string("/proc/self/stat").ok()?;
    let mut fields = stat.rsplit(')').next()?.split_whitespace().skip(11);
    let user: u64 = fields.next()?.parse().ok()?;
    let system: u64 = fields.next()?.parse().ok()?;
    Some(Duration::from_millis(10 * (user + system)))
}

fn print_table(book: &Book) {
    println!(
        "\n{:<28}{:>9}{:>12}{:>18}",
        "best of the samples", "rows", "rows/s", "CPU us per row"
    );
    for Line { name, rows, best, least_work } in book.borrow().iter() {
        let rate = *rows as f64 / best.as_secs_f64();
        let work = least_work.map_or(f64::NAN, |work| work.as_secs_f64() * 1e6 / *rows as f64);
        println!("{name:<28}{rows:>9}{rate:>12.0}{work:>18.2}");
    }
}

fn main() {
    let mut criterion = Criterion::default().configure_from_args();
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let codes = reference_communes().unwrap();
    let communes: Vec<(String, Vec<parcels::Parcel>)> = codes[..COMMUNES]
        .par_iter()
        .enumerate()
        .map(|(rank, commune)| {
            (commune.insee.to_string(), parcels::of_commune(rank as u64, PARCELS_PER_COMMUNE))
        })
        .collect();
    let rows = COMMUNES as u64 * PARCELS_PER_COMMUNE;

    fs::create_dir(folder.join("communes")).unwrap();
    let features: Vec<String> =
        communes.par_iter().map(|(code, parcels)| files::etalab_features(code, parcels)).collect();
    let packed: Vec<PathBuf> = communes
        .par_iter()
        .zip(&features)
        .map(|((code, _), features)| {
            let path = folder.join(format!("communes/cadastre-{code}-parcelles.json.gz"));
            files::write_etalab(&path, std::slice::from_ref(features));
            path
        })
        .collect();
    let department = folder.join("department.json.gz");
    files::write_etalab(&department, &features);
    drop(features);
    let geopackage = folder.join("department.gpkg");
    files::write_geopackage(&geopackage, &communes);
    let shapefile = folder.join("department.shp");
    files::write_shapefile(&shapefile, &communes);
    drop(communes);

    let book = Book::default();
    let many = |read: fn(&Path) -> u64, files: usize| {
        packed[..files].par_iter().map(|path| read(path)).sum()
    };
    let c = &mut criterion;
    measure(c, &book, "20 GeoJSON.gz, read", rows, || many(read_rows, COMMUNES));
    measure(c, &book, "20 GeoJSON.gz, loaded", rows, || load_rows(folder, "communes/*.gz"));
    #[cfg(feature = "gdal")]
    measure(c, &book, "2 GeoJSON.gz, GDAL", 2 * PARCELS_PER_COMMUNE, || many(gdal_reader::rows, 2));
    for (format, path) in
        [("one GeoJSON.gz", &department), ("GeoPackage", &geopackage), ("Shapefile", &shapefile)]
    {
        let name = |what: &str| format!("{format}, {what}");
        let file = path.file_name().unwrap().to_string_lossy();
        measure(c, &book, &name("read"), rows, || read_rows(path));
        measure(c, &book, &name("loaded"), rows, || load_rows(folder, &file));
        #[cfg(feature = "gdal")]
        if format != "one GeoJSON.gz" {
            measure(c, &book, &name("GDAL"), rows, || gdal_reader::rows(path));
        }
    }
    print_table(&book);
    criterion.final_summary();
}
