//! Every byte that came out.

use std::collections::BTreeSet;
use std::fs;
use std::io::Read;
use std::path::Path;

use crate::drawn::Ran;
use crate::planted::CONTROLS;

/// What is looked for, in small letters; `é` has two spellings in UTF-8, and is lost in others.
const PARTS: [&str; 3] = ["bourriquot", "celestin", "célestin"];

/// Places where a name was found; told at once, so that one run shows all.
#[derive(Default)]
pub struct Found {
    places: Vec<String>,
    /// Which of the controls were seen in files that were written.
    controls: BTreeSet<&'static str>,
}

impl Found {
    /// Looks in a text or a file's bytes.
    pub fn look(&mut self, what: &str, bytes: &[u8]) {
        let lower = String::from_utf8_lossy(bytes).to_lowercase();
        for part in PARTS {
            for (at, _) in lower.match_indices(part) {
                let start = lower.floor_char_boundary(at.saturating_sub(110));
                let end = lower.ceil_char_boundary((at + 40).min(lower.len()));
                let around = lower[start..end].replace(['\n', '\0'], " ");
                self.places.push(format!("{what}: {around}"));
            }
        }
    }

    /// Looks in what a run said.
    pub fn look_at(&mut self, what: &str, ran: &Ran) {
        self.look(&format!("{what}, stdout"), ran.stdout.as_bytes());
        self.look(&format!("{what}, stderr"), ran.stderr.as_bytes());
    }

    /// Keeps that a run failed: what it would have written was not looked at.
    pub fn failed(&mut self, what: &str, ran: &Ran) {
        self.places.push(format!("{what} failed: {}", ran.stderr));
    }

    /// Looks in every file under a folder, and in what archives hold; the number of files.
    pub fn look_in(&mut self, folder: &Path) -> usize {
        let mut count = 0;
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                count += self.look_in(&path);
                continue;
            }
            let what = path.file_name().unwrap().to_string_lossy().into_owned();
            let bytes = fs::read(&path).unwrap();
            self.look(&what, what.as_bytes());
            self.look(&what, &bytes);
            let text = String::from_utf8_lossy(&bytes);
            self.controls.extend(CONTROLS.into_iter().filter(|control| text.contains(control)));
            if bytes.starts_with(b"PK") {
                let mut archive = zip::ZipArchive::new(fs::File::open(&path).unwrap()).unwrap();
                for at in 0..archive.len() {
                    let mut part = archive.by_index(at).unwrap();
                    let mut inside = Vec::new();
                    part.read_to_end(&mut inside).unwrap();
                    let what = format!("{what}/{}", part.name().unwrap_or_default());
                    self.look(&what, &inside);
                }
            }
            count += 1;
        }
        count
    }

    /// Whether a control was seen in a file.
    pub fn has_seen(&self, control: &str) -> bool {
        self.controls.contains(control)
    }

    /// Fails where something was found.
    pub fn assert_nothing(mut self) {
        self.places.sort();
        self.places.dedup();
        let n = self.places.len();
        self.places.truncate(200);
        assert!(n == 0, "{n} places:\n{}", self.places.join("\n"));
    }
}
