//! The requests of a territory and their answers, kept in its folder: one TOML file each, which a person can read and mend.

mod error;
mod told;

use std::fs;
use std::path::Path;
use std::path::PathBuf;

use serde::Deserialize;
use serde::Serialize;

use crate::io::deliver::atomic;
use crate::request::LandRequest;
use crate::request::Remembered;

pub use error::RequestLogError;

/// Folder of the requests, in that of the territory.
pub const FOLDER: &str = "requests";

/// Answers that are kept of a request, the last ones.
const KEPT: usize = 20;

/// Whether a request still waits for land.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// It does.
    Open,
    /// It does not any more.
    Closed,
}

/// An answer as it was given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LoggedAnswer {
    /// Newest vintage of the data that it was given from; empty when no layer says one.
    pub data: String,
    /// The candidates.
    #[serde(default, rename = "candidate", skip_serializing_if = "Vec::is_empty")]
    pub candidates: Vec<Remembered>,
}

/// A request with its answers, the oldest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LoggedRequest {
    /// Whether it is open.
    pub state: State,
    /// The request, as TOML.
    pub request: String,
    /// Its answers.
    #[serde(default, rename = "answer", skip_serializing_if = "Vec::is_empty")]
    pub answers: Vec<LoggedAnswer>,
}

/// One file of the log.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// The file.
    pub path: PathBuf,
    /// What it holds.
    pub logged: LoggedRequest,
    /// The request, read.
    pub request: LandRequest,
}

impl Entry {
    /// The file's name without its end: what a request is called on the command line.
    #[must_use]
    pub fn name(&self) -> String {
        self.path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default()
    }

    /// Adds an answer where it is not the last one again, and writes the file. Whether it was added.
    ///
    /// # Errors
    /// A file that cannot be written.
    pub fn remember(&mut self, answer: LoggedAnswer) -> Result<bool, RequestLogError> {
        let is_new = self.logged.answers.last() != Some(&answer);
        if is_new {
            self.logged.answers.push(answer);
            let too_many = self.logged.answers.len().saturating_sub(KEPT);
            self.logged.answers.drain(..too_many);
            self.write()?;
        }
        Ok(is_new)
    }

    /// Closes or opens the request, and writes the file.
    ///
    /// # Errors
    /// A file that cannot be written.
    pub fn set(&mut self, state: State) -> Result<(), RequestLogError> {
        self.logged.state = state;
        self.write()
    }

    fn write(&self) -> Result<(), RequestLogError> {
        let text = toml::to_string_pretty(&self.logged).map_err(|error| {
            RequestLogError::Damaged { path: self.path.clone(), message: error.to_string() }
        })?;
        Ok(atomic::write(&self.path, text.as_bytes())?)
    }
}

/// The requests of a territory's folder, by the names of their files; none where there is no log.
///
/// # Errors
/// A folder or file that cannot be read, or that holds something else.
pub fn read(folder: &Path) -> Result<Vec<Entry>, RequestLogError> {
    let folder = folder.join(FOLDER);
    if !folder.exists() {
        return Ok(Vec::new());
    }
    let unreadable = |source| RequestLogError::Unreadable { path: folder.clone(), source };
    let mut paths = Vec::new();
    for file in fs::read_dir(&folder).map_err(unreadable)? {
        let path = file.map_err(unreadable)?.path();
        if path.extension().is_some_and(|end| end == "toml") {
            paths.push(path);
        }
    }
    paths.sort();
    paths.into_iter().map(entry).collect()
}

fn entry(path: PathBuf) -> Result<Entry, RequestLogError> {
    let text = fs::read_to_string(&path)
        .map_err(|source| RequestLogError::Unreadable { path: path.clone(), source })?;
    let logged: LoggedRequest =
        toml::from_str(&text).map_err(|error| RequestLogError::Damaged {
            path: path.clone(),
            message: error.to_string().trim_end().to_owned(),
        })?;
    let request = LandRequest::from_toml(&logged.request)
        .map_err(|source| RequestLogError::Request { path: path.clone(), source })?;
    Ok(Entry { path, logged, request })
}

/// The entry of a request in a territory's folder, made where there is none; an entry of that name is opened again, and has the
/// request as it is now. Nothing is written yet.
///
/// # Errors
/// As [`read`].
pub fn open(folder: &Path, request: &LandRequest, text: &str) -> Result<Entry, RequestLogError> {
    let folder = folder.join(FOLDER);
    let name = file_name(&request.name);
    // Another request may have the same letters and digits in its name: it keeps its file.
    let mut n = 1;
    let (path, answers) = loop {
        let end = if n == 1 { String::new() } else { format!("-{n}") };
        let path = folder.join(format!("{name}{end}.toml"));
        if !path.exists() {
            break (path, Vec::new());
        }
        let known = entry(path.clone())?;
        if known.request.name == request.name {
            break (path, known.logged.answers);
        }
        n += 1;
    };
    fs::create_dir_all(&folder)
        .map_err(|source| RequestLogError::Unreadable { path: folder, source })?;
    let logged = LoggedRequest { state: State::Open, request: text.to_owned(), answers };
    Ok(Entry { path, logged, request: request.clone() })
}

/// A request's name as the name of a file: letters and digits, the rest hyphens.
fn file_name(name: &str) -> String {
    let mut out = String::new();
    for c in crate::domain::plain(name).chars() {
        if c.is_ascii_alphanumeric() {
            out.push(c);
        } else if !out.ends_with('-') && !out.is_empty() {
            out.push('-');
        }
    }
    let short: String = out.trim_end_matches('-').chars().take(60).collect();
    if short.is_empty() { "request".to_owned() } else { short }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_remembered_is_read_again() {
        let folder = tempfile::tempdir().unwrap();
        let text = "name = \"Atelier d'Été, 4 ha\"\n[area]\nmin_ha = 4\n";
        let request = LandRequest::from_toml(text).unwrap();
        assert!(read(folder.path()).unwrap().is_empty());
        let mut entry = open(folder.path(), &request, text).unwrap();
        assert_eq!(entry.name(), "atelier-d-ete-4-ha");
        let answer = LoggedAnswer {
            data: "2026-07".to_owned(),
            candidates: vec![Remembered {
                id: "a".to_owned(),
                kind: "terrain".to_owned(),
                rank: 1,
                sure: true,
            }],
        };
        assert!(entry.remember(answer.clone()).unwrap());
        assert!(!entry.remember(answer.clone()).unwrap(), "the same again is no news");
        entry.set(State::Closed).unwrap();
        let all = read(folder.path()).unwrap();
        assert_eq!(all.len(), 1);
        assert_eq!((all[0].logged.state, &all[0].request), (State::Closed, &request));
        assert_eq!(all[0].logged.answers, [answer]);
        // Another request of the same letters has a file of its own.
        let other = LandRequest { name: "Atelier d'Ete 4 ha".to_owned(), ..request.clone() };
        let other = open(folder.path(), &other, text).unwrap();
        assert_eq!(
            (other.name().as_str(), other.logged.answers.len()),
            ("atelier-d-ete-4-ha-2", 0)
        );
        // Asked again, it is open, and remembers.
        let again = open(folder.path(), &request, text).unwrap();
        assert_eq!((again.logged.state, again.logged.answers.len()), (State::Open, 1));
    }

    #[test]
    fn a_damaged_file_is_told_and_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let log = folder.path().join(FOLDER);
        fs::create_dir_all(&log).unwrap();
        fs::write(log.join("x.toml"), "state = \"half\"\n").unwrap();
        let error = read(folder.path()).unwrap_err().to_string();
        assert!(error.contains("x.toml") && error.contains("line 1"), "{error}");
        fs::write(log.join("x.toml"), "state = \"open\"\nrequest = \"name = 3\"\n").unwrap();
        let error = read(folder.path()).unwrap_err().to_string();
        assert!(error.contains("x.toml") && error.contains("line 1"), "{error}");
    }
}
