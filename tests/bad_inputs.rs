//! The collection of bad files, each through `probe` and `read` of every layer: no panic, 5 seconds
//! and 512 MB at most, and the outcome that `tests/reference/bad_inputs.tsv` holds.
//!
//! The table has one row for each file of the collection's manifest: our outcome, GDAL's (as the
//! manifest tells it), and why they differ where they do. `BAD_INPUTS_DRAFT=FILE` writes the table
//! as it would be now, with the reasons that are there; the reasons of new differences are to be
//! written after looking at the file.

// Clippy lets test functions unwrap, but not the functions that they share.
#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout)]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::ops::ControlFlow;
use std::path::Path;
use std::path::PathBuf;
use std::time::Duration;
use std::time::Instant;

use gisement::io::read::Format;
use gisement::io::read::ReadError;
use gisement::io::read::Want;
use gisement::io::read::format_of;
use gisement::io::read::probe;
use gisement::io::read::read;

const MAX_TIME: Duration = Duration::from_secs(5);
const MAX_MEMORY_KB: u64 = 512 << 10;

const HEADER: &str = "file\tours\tGDAL 3.6.2 (from the manifest)\twhy";

fn here() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// What one layer gave.
enum Layer {
    Read { name: String, rows: u64, faulty: u64 },
    Refused { name: String, kind: String },
}

/// What a file gave.
enum Outcome {
    Layers(Vec<Layer>),
    Refused(String),
}

/// The name of the error's variant: what is refused, without the words.
fn kind(error: &ReadError) -> String {
    let text = format!("{error:?}");
    text.chars().take_while(char::is_ascii_alphanumeric).collect()
}

fn outcome(path: &Path) -> Outcome {
    let layers = match probe(path) {
        Ok(layers) => layers,
        Err(error) => return Outcome::Refused(kind(&error)),
    };
    let read_layer = |header: gisement::io::read::LayerHeader| {
        let columns = header.columns.into_iter().map(|column| vec![column]).collect();
        let name = header.name;
        let want = Want { columns, layer: Some(name.clone()), ..Want::default() };
        let mut faulty = 0;
        let facts = read(path, &want, &mut |row| {
            faulty += u64::from(row.geometry.is_err());
            ControlFlow::Continue(())
        });
        match facts {
            Ok(facts) => Layer::Read { name, rows: facts.rows_read, faulty },
            Err(error) => Layer::Refused { name, kind: kind(&error) },
        }
    };
    Outcome::Layers(layers.into_iter().map(read_layer).collect())
}

impl Outcome {
    /// As the table holds it.
    fn shown(&self) -> String {
        match self {
            Self::Refused(kind) => format!("refused: {kind}"),
            Self::Layers(layers) if layers.is_empty() => "read: no layer".to_owned(),
            Self::Layers(layers) => {
                let shown = layers.iter().map(|layer| match layer {
                    Layer::Read { name, rows, faulty: 0 } => format!("{name}: {rows} rows"),
                    Layer::Read { name, rows, faulty } => {
                        format!("{name}: {rows} rows, {faulty} faulty")
                    }
                    Layer::Refused { name, kind } => format!("{name}: refused: {kind}"),
                });
                shown.collect::<Vec<_>>().join("; ")
            }
        }
    }

    /// Whether it is GDAL's: the same layers with as many rows and no fault, or none.
    fn is_that_of(&self, gdal: &Gdal) -> bool {
        match (self, gdal) {
            (_, Gdal::NotAsked) | (Self::Refused(_), Gdal::Refused) => true,
            (Self::Layers(layers), Gdal::Refused) => {
                !layers.is_empty()
                    && layers.iter().all(|layer| matches!(layer, Layer::Refused { .. }))
            }
            (Self::Layers(layers), Gdal::Read { layers: count, rows }) => {
                layers.len() == *count
                    && layers.iter().enumerate().all(|(index, layer)| {
                        // The manifest tells the rows of the first layers only; GDAL does not
                        // count those of some formats.
                        let theirs = rows.get(index).copied().filter(|rows| *rows >= 0);
                        matches!(layer, Layer::Read { rows, faulty: 0, .. }
                            if theirs.is_none_or(|theirs| i128::from(*rows) == theirs))
                    })
            }
            _ => false,
        }
    }
}

/// What GDAL made of a file, as the manifest tells it.
enum Gdal {
    /// The file goes with another one.
    NotAsked,
    Refused,
    Read {
        layers: usize,
        rows: Vec<i128>,
    },
}

/// Reads `rc=0/1 layers=2 features=1+35 …`: exit codes of ogrinfo and ogr2ogr, then counts.
fn gdal(text: &str) -> Gdal {
    if text == "(sidecar)" {
        return Gdal::NotAsked;
    }
    let word = |key: &str| text.split(' ').find_map(|word| word.strip_prefix(key)).unwrap_or("");
    if word("rc=") != "0/0" {
        return Gdal::Refused;
    }
    let rows = word("features=").split('+').filter_map(|count| count.parse().ok()).collect();
    Gdal::Read { layers: word("layers=").parse().unwrap(), rows }
}

/// The table: file, its three other columns.
fn table() -> BTreeMap<String, [String; 3]> {
    let text =
        fs::read_to_string(here().join("tests/reference/bad_inputs.tsv")).unwrap_or_default();
    let row = |line: &str| {
        let mut fields = line.split('\t').map(str::to_owned);
        let mut next = || fields.next().unwrap_or_default();
        (next(), [next(), next(), next()])
    };
    text.lines().skip(1).map(row).collect()
}

/// The most memory since the last call, in kB; `None` where the system does not tell.
fn peak_memory_kb() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let peak = line.split_whitespace().next()?.parse().ok();
    fs::write("/proc/self/clear_refs", "5").ok()?;
    peak
}

#[test]
fn every_file_of_the_collection_has_the_outcome_of_the_table() {
    let named = std::env::var_os("GISEMENT_REAL_DATA").map(PathBuf::from);
    let folder = named.unwrap_or_else(|| here().join("../shared/data")).join("bad-inputs");
    let Ok(manifest) = fs::read_to_string(folder.join("MANIFEST.tsv")) else {
        println!("left out: no bad-inputs (set GISEMENT_REAL_DATA)");
        return;
    };
    let table = table();
    let mut draft = format!("{HEADER}\n");
    let mut wrong = Vec::new();
    let (mut slowest, mut largest) = (Duration::ZERO, 0);
    for line in manifest.lines().skip(1) {
        let fields: Vec<&str> = line.split('\t').collect();
        let (name, theirs) = (fields[0], fields[4]);
        let path = folder.join(name);
        peak_memory_kb();
        let start = Instant::now();
        let ours = outcome(&path);
        let time = start.elapsed();
        if let Some(memory) = peak_memory_kb() {
            largest = largest.max(memory);
            if memory >= MAX_MEMORY_KB {
                wrong.push(format!("{name}: {memory} kB of memory"));
            }
        }
        slowest = slowest.max(time);
        if time >= MAX_TIME {
            wrong.push(format!("{name}: {time:?}"));
        }
        let empty = [const { String::new() }; 3];
        let in_table = table.get(name);
        let [expected, expected_theirs, why] = in_table.unwrap_or(&empty);
        let shown = ours.shown();
        let is_same = ours.is_that_of(&gdal(theirs));
        writeln!(draft, "{name}\t{shown}\t{theirs}\t{why}").unwrap();
        if in_table.is_none() {
            wrong.push(format!("{name}: not in the table"));
            continue;
        }
        // A build without GDAL must say so, of the same files.
        let by_gdal = || matches!(format_of(&path), Ok(Format::Gdal));
        if !cfg!(feature = "gdal") && by_gdal() {
            if shown != "refused: NeedsGdal" {
                wrong.push(format!("{name}: {shown}, not NeedsGdal"));
            }
            continue;
        }
        if &shown != expected {
            wrong.push(format!("{name}: {shown}, the table says {expected}"));
        }
        if theirs != expected_theirs {
            wrong.push(format!("{name}: the manifest says {theirs}, the table {expected_theirs}"));
        }
        if !is_same && why.is_empty() {
            wrong.push(format!("{name}: {shown}, GDAL {theirs}, and the table does not say why"));
        }
    }
    if let Some(to) = std::env::var_os("BAD_INPUTS_DRAFT") {
        fs::write(to, draft).unwrap();
    }
    let files = manifest.lines().count() - 1;
    println!("{files} files, the slowest {slowest:?}, at most {largest} kB of memory");
    assert!(files >= 526, "only {files} files");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
