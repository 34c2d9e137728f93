//! Details of errors are English in the source and told in French by the catalogue's `phrase` section. A sentence in
//! the source that nobody told fails here.
// A test that cannot go on has failed: that is what unwrap is for here.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::fs;
use std::path::Path;
use std::path::PathBuf;

use gisement::words::Lang;
use gisement::words::Words;

/// Where details of errors are written.
const PLACES: &[&str] = &[
    "src/io/read",
    "src/io/unpack",
    "src/io/config/layer.rs",
    "src/io/deliver/layer.rs",
    "src/evaluation/profile_measure.rs",
    "src/evaluation/profile_toml.rs",
    "src/evaluation/profile_toml",
    "src/domain/code.rs",
    "src/housing/rules.rs",
    "src/request/request_toml.rs",
    "src/request/request_toml",
];

/// Texts with blanks that nobody reads, by how they begin: SQL, halves of sentences, and what is said to serde, whose
/// messages are never shown.
const NO_SENTENCES: &[&str] = &[
    "SELECT ",
    "{sql} WHERE ",
    "PRAGMA ",
    "the .dbf {",
    "a member name",
    "a property name",
    "properties or null",
    "a geometry or null",
    "a geometry type",
    "a list of geometries",
];

/// Ends of sentences, with the beginning that they are told with.
const HALVES: &[(&str, &str)] = &[
    ("is shorter than its header", "the .dbf "),
    ("has an impossible header", "the .dbf "),
    ("is cut inside its header", "the .dbf "),
    ("has columns that do not fit into its records", "the .dbf "),
];

fn files_below(path: &Path, files: &mut Vec<PathBuf>) {
    if path.is_file() {
        files.push(path.to_path_buf());
        return;
    }
    let mut entries: Vec<PathBuf> =
        fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    for entry in entries {
        files_below(&entry, files);
    }
}

/// Code without tests, comments and `#[error("…")]`.
fn code(text: &str) -> String {
    let mut kept = String::new();
    let mut in_attribute = false;
    for line in text.split("#[cfg(test)]\nmod tests").next().unwrap().lines() {
        let line = line.trim();
        in_attribute |= line.starts_with("#[");
        if !in_attribute && !line.starts_with("//") {
            kept.push_str(line);
            kept.push('\n');
        }
        in_attribute &= !line.ends_with(")]");
    }
    kept
}

/// Texts between quotes.
fn literals(code: &str) -> Vec<String> {
    let code = code.replace("'\"'", "").replace("b\"", "\"");
    let mut found = Vec::new();
    let mut characters = code.chars();
    while let Some(character) = characters.next() {
        if character != '"' {
            continue;
        }
        let mut literal = String::new();
        while let Some(character) = characters.next() {
            match character {
                '"' => break,
                '\\' => match characters.next() {
                    Some('"') => literal.push('"'),
                    // A sentence over several lines; the lines were trimmed.
                    Some('\n') => {}
                    Some(other) => literal.extend(['\\', other]),
                    None => break,
                },
                other => literal.push(other),
            }
        }
        found.push(literal);
    }
    found
}

/// What the program would say: places of `format!` filled with a number.
fn said(literal: &str) -> String {
    let mut text = String::new();
    let mut rest = literal;
    while let Some(open) = rest.find('{') {
        let inside = rest[open + 1..].split('}').next().unwrap();
        let is_place = !inside.contains([' ', '{']);
        text.push_str(&rest[..open]);
        text.push_str(if is_place { "7" } else { "{" });
        rest = &rest[open + 1 + if is_place { inside.len() + 1 } else { 0 }..];
    }
    text + rest
}

#[test]
fn every_detail_of_an_error_is_told_in_french() {
    let french = Words::new(Lang::Fr).unwrap();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    for place in PLACES {
        files_below(&root.join(place), &mut files);
    }
    let (mut untold, mut n_told) = (Vec::new(), 0);
    for file in files.iter().filter(|file| file.extension().is_some_and(|end| end == "rs")) {
        let text = fs::read_to_string(file).unwrap();
        for literal in literals(&code(&text)) {
            let is_sentence = literal.matches(' ').count() >= 2
                && literal.chars().filter(char::is_ascii_lowercase).count() > 8
                && !NO_SENTENCES.iter().any(|start| literal.starts_with(start));
            if !is_sentence {
                continue;
            }
            let half = HALVES.iter().find(|(half, _)| *half == literal);
            let whole =
                half.map_or_else(|| literal.clone(), |(half, start)| format!("{start}{half}"));
            match french.phrase(&said(&whole)) {
                Some(_) => n_told += 1,
                None => untold.push(format!("{}: {literal}", file.display())),
            }
        }
    }
    assert!(
        untold.is_empty(),
        "not in section [phrase] of data/words.toml:\n{}",
        untold.join("\n")
    );
    assert!(n_told > 60, "only {n_told} sentences found: the search is broken");
}
