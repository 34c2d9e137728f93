//! The demonstration as an ordinary territory folder: the files, and the `gisement.toml` that names them.

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
    let of = |key: &'static str| layers.iter().filter(move |layer| layer.key == key);
    let of_others = [PROTECTIONS, SERVITUDES, GROUND];
    for layer in layers.iter().filter(|layer| !of_others.contains(&layer.key)) {
        let mut paths: Vec<&str> = layer.paths.clone();
        let is_hazards = layer.key == "hazards";
        if is_hazards {
            // Protections are hazards too: themes tell them apart.
            paths.extend(of(PROTECTIONS).flat_map(|other| other.paths.iter().copied()));
        }
        text.push_str(&table(layer.key, is_hazards, &paths, layer.vintage));
        match layer.key {
            // Flood plains are drawn for the whole territory: where there is none, there is no flood.
            "hazards" => text.push_str("class = \"classe\"\ncovers = \"territory\"\n"),
            // A commune without a document has no prescription.
            "prescriptions" => text.push_str("covers = \"territory\"\n"),
            // Some friches still list numbers of then.
            "parcels" => text.push_str("previous = [\"cadastre-2024/*-parcelles.json.gz\"]\n"),
            // An ASCII grid cannot say its system.
            "elevation" => text.push_str("crs = \"EPSG:2154\"\n"),
            "railways" => text.push_str("class = \"NATURE\"\n"),
            _ => {}
        }
        if is_hazards {
            // Servitudes say their category in a column of their own, the risks of the ground theirs by their files.
            for other in of(SERVITUDES).chain(of(GROUND)) {
                text.push_str(&table("hazards", true, &other.paths, other.vintage));
                text.push_str("covers = \"territory\"\n");
            }
        }
    }
    text
}

/// One table of the configuration; `in_parts` where the layer has several.
fn table(key: &str, in_parts: bool, paths: &[&str], vintage: &str) -> String {
    let (open, close) = if in_parts { ("[[", "]]") } else { ("[", "]") };
    let paths: Vec<String> = paths.iter().map(|path| format!("\"{path}\"")).collect();
    format!("\n{open}layers.{key}{close}\npath = [{}]\nvintage = \"{vintage}\"\n", paths.join(", "))
}

const PROTECTIONS: &str = "protections";
const SERVITUDES: &str = "servitudes";
const GROUND: &str = "ground";
