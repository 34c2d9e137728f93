//! Every real dataset through `gisement check`, against what GDAL, PROJ, GEOS and pandas say of it
//! (`tests/reference/every_dataset.py`). The files are no part of the repository: without them the tests that need them
//! say so and pass.
// A test that cannot go on has failed: that is what unwrap is for here.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout)]

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::path::PathBuf;
use std::process::Command;

use serde_json::Value;

const TABLE: &str = include_str!("reference/every_dataset.tsv");
/// The words of `--as`; an empty one lets the program find out.
const WORDS: [&str; 9] =
    ["", "parcels", "buildings", "zoning", "friches", "sites", "hazards", "roads", "table"];
const FOLDERS: [&str; 2] = ["elsewhere/", "ti-32-82/"];
/// Agreement asked of areas.
const RELATIVE: f64 = 1e-6;

/// What the other tools say of one layer, or of a file that is none.
#[derive(Debug)]
struct Line {
    path: &'static str,
    kind: &'static str,
    word: &'static str,
    layer: &'static str,
    /// EPSG code; empty where there is no geometry.
    crs: &'static str,
    features: u64,
    with_geometry: u64,
    no_area: u64,
    repeated: u64,
    structure_m2: f64,
    area_m2: f64,
}

/// The lines of the table that are no remark, split into their fields; the first is the header.
fn fields() -> impl Iterator<Item = Vec<&'static str>> {
    TABLE.lines().filter(|line| !line.starts_with('#')).map(|line| line.split('\t').collect())
}

fn lines() -> Vec<Line> {
    let header = fields().next().unwrap();
    let at = |name: &str| header.iter().position(|column| *column == name).unwrap();
    let columns = ["path", "kind", "as", "layer", "crs"].map(at);
    let counts = ["features", "with_geometry", "no_area", "repeated"].map(at);
    let areas = ["structure_m2", "area_m2"].map(at);
    fields()
        .skip(1)
        .map(|fields| {
            let [path, kind, word, layer, crs] = columns.map(|column| fields[column]);
            let count = |column: usize| fields[column].parse::<u64>().unwrap_or_default();
            let area = |column: usize| fields[column].parse::<f64>().unwrap_or_default();
            let [features, with_geometry, no_area, repeated] = counts.map(count);
            let [structure_m2, area_m2] = areas.map(area);
            Line {
                path,
                kind,
                word,
                layer,
                crs,
                features,
                with_geometry,
                no_area,
                repeated,
                structure_m2,
                area_m2,
            }
        })
        .collect()
}

/// The folder of real files, or a line that says that there is none.
fn real_files() -> Option<PathBuf> {
    let folder = std::env::var_os("GISEMENT_REAL_DATA").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data"),
        PathBuf::from,
    );
    let found = folder.canonicalize().ok().filter(|folder| folder.is_dir());
    if found.is_none() {
        println!("left out: no real files");
    }
    found
}

/// What one run of `gisement check` left behind.
struct Ran {
    code: Option<i32>,
    /// Null when stdout is no JSON.
    answer: Value,
    stderr: String,
}

/// Checks one loose file, far from any territory.
fn check(file: &Path, word: &str, nowhere: &Path) -> Ran {
    let mut command = Command::new(env!("CARGO_BIN_EXE_gisement"));
    command.current_dir(nowhere).args(["--lang", "en", "--quiet", "check"]).arg(file);
    if !word.is_empty() {
        command.args(["--as", word]);
    }
    let output = command.args(["--format", "json"]).output().unwrap();
    Ran {
        code: output.status.code(),
        answer: serde_json::from_slice(&output.stdout).unwrap_or(Value::Null),
        stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
    }
}

/// The layers of an answer that come from a file, itself or inside it.
fn layers_of<'a>(answer: &'a Value, file: &str) -> Vec<&'a Value> {
    let inside = format!("{file}/");
    let is_of = |layer: &&Value| {
        layer["path"].as_str().is_some_and(|path| path == file || path.starts_with(&inside))
    };
    answer["layers"].as_array().map(|all| all.iter().filter(is_of).collect()).unwrap_or_default()
}

/// The entry of one layer: by its name where the file has several.
fn entry<'a>(layers: &[&'a Value], line: &Line) -> Option<&'a Value> {
    let named = layers.iter().find(|layer| {
        layer["layer"].as_str().is_some_and(|name| name.eq_ignore_ascii_case(line.layer))
    });
    named.or_else(|| layers.first().filter(|_| layers.len() == 1)).copied()
}

/// The digits of the code in `EPSG:2154`.
fn epsg(layer: &Value) -> String {
    let text = match &layer["crs"] {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        _ => String::new(),
    };
    text.rsplit(':').next().unwrap_or_default().trim().to_owned()
}

/// What differs between one layer as read here and as read elsewhere.
fn differences(layer: &Value, line: &Line) -> Vec<String> {
    let rows = |name: &str| layer["rows"][name].as_u64().unwrap_or(u64::MAX / 8);
    let mut found = Vec::new();
    let mut differ = |what: &str, here: String, there: String| {
        if here != there {
            found.push(format!("{what} {here} here, {there} elsewhere"));
        }
    };
    differ("rows read:", rows("read").to_string(), line.features.to_string());
    let sum = rows("kept") + rows("repaired") + rows("rejected") + rows("outside");
    differ("kept + repaired + rejected + outside:", sum.to_string(), rows("read").to_string());
    if !line.word.is_empty() {
        differ("as", layer["as"].as_str().unwrap_or("nothing").to_owned(), line.word.to_owned());
    }
    let usable = match line.word {
        // What the program takes the others for, and so which repeated rows it refuses, is its own affair.
        "" => None,
        "table" => Some(line.features),
        _ => Some(line.with_geometry - line.no_area - line.repeated),
    };
    if let Some(usable) = usable {
        differ(
            "kept + repaired:",
            (rows("kept") + rows("repaired")).to_string(),
            usable.to_string(),
        );
    }
    if line.word != "table" && !line.crs.is_empty() && line.features > 0 {
        differ("EPSG", epsg(layer), line.crs.to_owned());
    }
    if line.word != "table" {
        let area_m2 = layer["area_m2"].as_f64().unwrap_or(f64::NAN);
        let off = (area_m2 - line.area_m2).abs();
        // NaN is not near anything.
        if off.is_nan() || off > RELATIVE * line.area_m2 {
            found.push(format!(
                "area {area_m2} m² here, {} m² elsewhere, off by {:e}",
                line.area_m2,
                off / line.area_m2
            ));
        }
    }
    found
}

/// What differs in a file read under one word, for all its layers that the word is for.
fn differences_of_file(file: &str, lines: &[&Line], ran: &Ran) -> Vec<String> {
    let mut found = Vec::new();
    let unreadable = lines.iter().all(|line| line.kind == "unreadable");
    let accepted: &[i32] = if unreadable { &[2] } else { &[0, 1] };
    if !ran.code.is_some_and(|code| accepted.contains(&code)) {
        found.push(format!(
            "exit code {:?}, not one of {accepted:?}; {}",
            ran.code,
            ran.stderr.lines().next_back().unwrap_or_default()
        ));
    }
    let layers = layers_of(&ran.answer, file);
    for line in lines {
        if line.kind == "unreadable" {
            let told = ran.answer["unreadable"].as_array();
            if !told.is_some_and(|told| told.iter().any(|one| one["path"] == file)) {
                found.push("not among the unreadable files of the answer".to_owned());
            }
            continue;
        }
        match entry(&layers, line) {
            Some(layer) => {
                let told = differences(layer, line);
                found.extend(told.into_iter().map(|what| format!("{}: {what}", line.layer)));
            }
            // A layer without rows may as well not be there.
            None if line.features == 0 => {}
            None => found.push(format!("{}: no such layer in the answer", line.layer)),
        }
    }
    found
}

#[test]
fn every_dataset_is_read_as_other_tools_read_it() {
    let Some(folder) = real_files() else { return };
    let nowhere = tempfile::tempdir().unwrap();
    let lines = lines();
    let mut runs: BTreeMap<(&str, &str), Vec<&Line>> = BTreeMap::new();
    for line in lines.iter().filter(|line| line.kind != "side") {
        runs.entry((line.path, line.word)).or_default().push(line);
    }
    let mut found = Vec::new();
    let mut datasets = BTreeSet::new();
    for ((path, word), lines) in &runs {
        let file = folder.join(path);
        if !file.is_file() {
            found.push(format!("{path}: the file is not there"));
            continue;
        }
        let ran = check(&file, word, nowhere.path());
        let shown = if word.is_empty() { "nothing" } else { *word };
        let told = differences_of_file(&file.display().to_string(), lines, &ran);
        found.extend(told.into_iter().map(|what| format!("{path} as {shown}: {what}")));
        datasets.insert(*path);
    }
    println!("real files used: {} datasets", datasets.len());
    assert!(found.is_empty(), "{} differences:\n{}", found.len(), found.join("\n"));
}

#[test]
fn every_file_of_the_manifest_is_in_the_table() {
    let Some(folder) = real_files() else { return };
    let known: BTreeSet<&str> = lines().iter().map(|line| line.path).collect();
    let manifest = fs::read_to_string(folder.join("MANIFEST.tsv")).unwrap();
    let ours = |path: &&str| FOLDERS.iter().any(|folder| path.starts_with(folder));
    let listed: Vec<&str> =
        manifest.lines().skip(1).filter_map(|line| line.split('\t').next()).filter(ours).collect();
    let missing: Vec<&&str> = listed.iter().filter(|path| !known.contains(**path)).collect();
    println!("real files used: {} lines of the manifest", listed.len());
    assert!(!listed.is_empty(), "the manifest lists nothing under {FOLDERS:?}");
    assert!(missing.is_empty(), "not in tests/reference/every_dataset.tsv: {missing:?}");
}

/// The table itself, which is here without the real files.
#[test]
fn the_table_is_whole() {
    let width = fields().next().unwrap().len();
    for fields in fields() {
        assert_eq!(fields.len(), width, "{fields:?}");
    }
    let lines = lines();
    for line in &lines {
        assert!(["layer", "side", "unreadable"].contains(&line.kind), "{line:?}");
        assert!(WORDS.contains(&line.word), "{line:?}");
        assert!(line.with_geometry <= line.features, "{line:?}");
        // Where the two ways of GEOS differ, the table takes the one that keeps what a shell goes round.
        assert!((line.area_m2 - line.structure_m2).abs() <= 0.0, "{line:?}");
        assert!(line.kind != "side" || line.word.is_empty(), "{line:?}");
    }
    for word in WORDS {
        assert!(lines.iter().any(|line| line.kind == "layer" && line.word == word), "{word}");
    }
    let total: u64 = lines.iter().map(|line| line.features).sum();
    assert!(total > 80_000, "{total} features");
}
