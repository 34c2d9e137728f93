//! The demonstration as an ordinary territory folder: the files, and the `gisement.toml` that names them.

use std::fmt::Write as _;
use std::path::Path;

use super::DemoFilesError;
use super::WrittenLayer;
use super::unwritten;
use super::write;
use crate::demo::Demo;
use crate::io::config::Config;
use crate::io::config::FILE_NAME;
use crate::io::deliver::atomic;
use crate::words::Words;

/// Writes the files of `demo` and a `gisement.toml` into `dir`; every other command then works on it with `-C`.
///
/// # Errors
/// When a file cannot be written, or when `dir` holds something else than an earlier demonstration: nothing of a
/// person's own is ever overwritten.
pub fn write_territory(dir: &Path, demo: &Demo, words: &Words) -> Result<(), DemoFilesError> {
    if holds_something_else(dir)? {
        return Err(DemoFilesError::NotADemonstration { dir: dir.to_path_buf() });
    }
    std::fs::create_dir_all(dir).map_err(unwritten(dir))?;
    // First of all the mark that this folder is a demonstration, so that an interrupted run can be run again.
    let path = dir.join(FILE_NAME);
    let head = head(demo, words);
    save(&path, &head)?;
    let layers = write(dir, demo)?;
    save(&path, &format!("{head}{}", tables(&layers)))
}

fn save(path: &Path, text: &str) -> Result<(), DemoFilesError> {
    Ok(atomic::write(path, text.as_bytes())?)
}

/// Whether the folder exists, is not empty, and is not a demonstration.
fn holds_something_else(dir: &Path) -> Result<bool, DemoFilesError> {
    if !dir.exists() {
        return Ok(false);
    }
    let mut entries = std::fs::read_dir(dir).map_err(unwritten(dir))?;
    if entries.next().is_none() {
        return Ok(false);
    }
    Ok(!Config::read(dir).is_ok_and(|config| config.synthetic))
}

fn head(demo: &Demo, words: &Words) -> String {
    format!(
        "# {}\n# gisement demo --seed {}\n[territory]\nname = \"{}\"\nsynthetic = true\n",
        words.say("product.synthetic"),
        demo.seed,
        words.say("demo.territory"),
    )
}

fn tables(layers: &[WrittenLayer]) -> String {
    let mut text = String::new();
    for layer in layers.iter().filter(|layer| layer.key != PROTECTIONS) {
        let mut paths: Vec<&str> = layer.paths.clone();
        if layer.key == "hazards" {
            // Protections are hazards too: themes tell them apart.
            let others = layers.iter().filter(|other| other.key == PROTECTIONS);
            paths.extend(others.flat_map(|other| other.paths.iter().copied()));
        }
        let paths: Vec<String> = paths.iter().map(|path| format!("\"{path}\"")).collect();
        // Writing to a string cannot fail.
        let _ = write!(
            text,
            "\n[layers.{}]\npath = [{}]\nvintage = \"{}\"\n",
            layer.key,
            paths.join(", "),
            layer.vintage
        );
        match layer.key {
            // Flood plains are drawn for the whole territory: where there is none, there is no flood.
            "hazards" => text.push_str("class = \"classe\"\ncovers = \"territory\"\n"),
            "railways" => text.push_str("class = \"NATURE\"\n"),
            _ => {}
        }
    }
    text
}

const PROTECTIONS: &str = "protections";
