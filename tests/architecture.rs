//! The direction of the house: which room may name which. A room that reaches outside fails here.
// A test that cannot go on has failed: that is what unwrap is for here.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::fs;
use std::path::Path;
use std::path::PathBuf;

/// Room, and the rooms it may name (itself apart).
const ROOMS: &[(&str, &[&str])] = &[
    ("units", &[]),
    ("words", &["units"]),
    ("spatial", &["units", "words"]),
    ("domain", &["units", "words", "spatial"]),
    ("evaluation", &["units", "words", "spatial", "domain"]),
    ("land", &["units", "spatial", "domain", "evaluation"]),
    ("friche", &["units", "words", "spatial", "domain", "evaluation", "land"]),
    ("housing", &["units", "words", "spatial", "domain", "evaluation"]),
    ("request", &["units", "words", "spatial", "domain", "evaluation", "land", "housing"]),
    (
        "render",
        &[
            "units",
            "words",
            "spatial",
            "domain",
            "evaluation",
            "land",
            "friche",
            "housing",
            "request",
        ],
    ),
    ("demo", &["units", "words", "spatial", "domain"]),
    (
        "io",
        &[
            "units",
            "words",
            "spatial",
            "domain",
            "evaluation",
            "land",
            "friche",
            "housing",
            "request",
            "demo",
            "render",
        ],
    ),
];

/// Rooms that do no IO, read no clock and print nothing.
const PURE: &[&str] = &[
    "units",
    "words",
    "spatial",
    "domain",
    "evaluation",
    "land",
    "friche",
    "housing",
    "request",
    "render",
    "demo",
];

/// What a pure room must not contain, besides what clippy.toml forbids.
const FORBIDDEN_IN_PURE: &[&str] = &[
    "std::fs",
    "std::env",
    "std::process",
    "std::net",
    "std::time::",
    "println!",
    "eprintln!",
    "rusqlite",
];

fn source_files(folder: &Path, files: &mut Vec<PathBuf>) {
    let mut entries: Vec<PathBuf> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            source_files(&path, files);
        } else if path.extension().is_some_and(|end| end == "rs") {
            files.push(path);
        }
    }
}

fn room_files(room: &str) -> Vec<(PathBuf, String)> {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    source_files(&src.join(room), &mut files);
    files.into_iter().map(|path| (path.clone(), fs::read_to_string(path).unwrap())).collect()
}

/// Lines of code without comments; a doc link to another room is no dependency.
fn code_lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.lines().enumerate().filter(|(_, line)| !line.trim_start().starts_with("//"))
}

/// Whether a file is only compiled for tests, from the `#[cfg(test)]` module on.
fn before_tests(text: &str) -> &str {
    text.split("#[cfg(test)]").next().unwrap_or(text)
}

#[test]
fn rooms_name_only_the_rooms_below_them() {
    let all: Vec<&str> = ROOMS.iter().map(|(room, _)| *room).collect();
    let mut leaks = Vec::new();
    for (room, allowed) in ROOMS {
        for (path, text) in room_files(room) {
            for (at, line) in code_lines(before_tests(&text)) {
                for named in all.iter().filter(|named| *named != room && !allowed.contains(named)) {
                    if line.contains(&format!("crate::{named}::"))
                        || line.contains(&format!("crate::{named};"))
                    {
                        leaks.push(format!(
                            "{}:{} names crate::{named}; `{room}` may use only {allowed:?}",
                            path.display(),
                            at + 1
                        ));
                    }
                }
                if line.contains("use crate::{") {
                    leaks.push(format!(
                        "{}:{} imports several rooms in one line; one path per line",
                        path.display(),
                        at + 1
                    ));
                }
            }
        }
    }
    assert!(leaks.is_empty(), "{}", leaks.join("\n"));
}

#[test]
fn every_room_of_the_library_is_in_the_table() {
    let lib = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lib.rs")).unwrap();
    for line in lib.lines().filter_map(|line| line.strip_prefix("pub mod ")) {
        let room = line.trim_end_matches(';');
        assert!(
            ROOMS.iter().any(|(known, _)| *known == room),
            "room {room} is not in tests/architecture.rs"
        );
    }
}

#[test]
fn pure_rooms_reach_nothing_outside() {
    let mut leaks = Vec::new();
    for room in PURE {
        let files = room_files(room);
        let door = files.iter().find(|(path, _)| path.ends_with(format!("{room}/mod.rs"))).unwrap();
        assert!(door.1.contains("clippy::disallowed_methods"), "{room}/mod.rs lacks its deny line");
        for (path, text) in &files {
            for (at, line) in code_lines(before_tests(text)) {
                for word in FORBIDDEN_IN_PURE {
                    if line.contains(word) {
                        leaks.push(format!("{}:{} uses {word}", path.display(), at + 1));
                    }
                }
            }
        }
    }
    assert!(leaks.is_empty(), "{}", leaks.join("\n"));
}

#[test]
fn producers_column_names_live_in_io_schema_only() {
    // Words that occur in producers' files and nowhere else in the trade.
    let theirs = [
        "\"typezone\"",
        "\"libelong\"",
        "\"destdomi\"",
        "\"site_statut\"",
        "\"l_idtup\"",
        "\"codgeo",
        "\"pp_vacant",
    ];
    let mut leaks = Vec::new();
    for (room, _) in ROOMS.iter().filter(|(room, _)| !matches!(*room, "demo")) {
        for (path, text) in room_files(room) {
            let shown = path.display().to_string();
            if shown.contains("io/schema") || shown.contains("demo") {
                continue;
            }
            for (at, line) in code_lines(before_tests(&text)) {
                let lower = line.to_ascii_lowercase();
                // `typezone` is also our own name of the attribute, since the standard's word is kept.
                for word in theirs.iter().filter(|word| **word != "\"typezone\"") {
                    if lower.contains(word) {
                        leaks.push(format!("{shown}:{} holds {word}", at + 1));
                    }
                }
            }
        }
    }
    assert!(leaks.is_empty(), "{}", leaks.join("\n"));
}

#[test]
fn files_stay_readable() {
    let mut long = Vec::new();
    for (room, _) in ROOMS {
        for (path, text) in room_files(room) {
            let lines = text.lines().count();
            if lines > 600 {
                long.push(format!("{}: {lines} lines", path.display()));
            }
        }
    }
    assert!(long.is_empty(), "split these:\n{}", long.join("\n"));
}
