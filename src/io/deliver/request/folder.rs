//! The folder of an answer: what an officer sends the same day.

use std::path::Path;
use std::path::PathBuf;

use rayon::prelude::*;

use super::SCHEMA;
use super::candidates;
use super::comparison_page;
use super::comparison_table;
use super::json;
use super::kind_told;
use super::near_misses;
use super::place_told;
use super::sheet;
use crate::domain::Territory;
use crate::io::deliver::DeliverError;
use crate::io::deliver::atomic;
use crate::io::deliver::csv;
use crate::io::deliver::geopackage;
use crate::io::deliver::layers;
use crate::render::Map;
use crate::render::Paper;
use crate::render::RenderError;
use crate::render::RequestMap;
use crate::render::SiteMap;
use crate::render::SitePage;
use crate::render::png;
use crate::render::svg;
use crate::request::Answer;
use crate::request::Answered;
use crate::words::Words;

/// Width of the maps that are files of their own: A4 landscape at 212 dots per inch.
const MAP_PX: u32 = 2480;
/// Paper of the plan on a sheet, and pixels to the millimetre of its SVG.
const PLAN: Paper = Paper { long_mm: 188.0, short_mm: 78.0, margin_mm: 0.5 };
const PLAN_PX_PER_MM: f64 = 8.0;

/// What could not be written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum AnswerFolderError {
    /// A file, or a layer.
    #[error(transparent)]
    Deliver(#[from] DeliverError),
    /// A map.
    #[error(transparent)]
    Render(#[from] RenderError),
    /// The answer as JSON.
    #[error("answer: {0}")]
    Json(#[from] serde_json::Error),
    /// The folder itself.
    #[error("{}: the folder cannot be created: {source}; name another with --out", .path.display())]
    Folder {
        /// The folder.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
}

/// Writes the folder of an answer, with a sheet and a map for each of the `sheets` best candidates and `compared` side by
/// side; returns the files, in the order a person would open them.
///
/// # Errors
/// A folder or file that cannot be written.
pub fn write(
    territory: &Territory,
    answer: &Answer<'_>,
    sheets: usize,
    compared: &[&Answered<'_>],
    out: &Path,
    words: &Words,
) -> Result<Vec<PathBuf>, AnswerFolderError> {
    std::fs::create_dir_all(out)
        .map_err(|source| AnswerFolderError::Folder { path: out.to_path_buf(), source })?;
    let mut files = Vec::new();
    let mut put = |name: &str, bytes: &[u8]| -> Result<(), AnswerFolderError> {
        let path = out.join(name);
        atomic::write(&path, bytes)?;
        files.push(path);
        Ok(())
    };
    let sources = layers::sources_in_brief(territory, words);
    if !compared.is_empty() {
        let page = comparison_page(territory, answer, compared, words);
        put("comparison.html", page.as_bytes())?;
    }
    let shown: Vec<&Answered<'_>> = answer.candidates.iter().take(sheets).collect();
    let drawn: Vec<(String, String, Vec<u8>)> = shown
        .par_iter()
        .map(|one| {
            let name =
                format!("{:02}-{}", one.row.rank.unwrap_or_default(), file_name(&one.candidate.id));
            let plan = plan(territory, one, words)?;
            let page = sheet(territory, answer, one, &plan, words);
            let title = format!(
                "{} – {}",
                kind_told(one.candidate.kind, words),
                place_told(territory, &one.candidate)
            );
            let site_page = SitePage {
                title,
                subtitle: Some(one.candidate.id.clone()),
                paper: Paper::A4,
                px_per_mm: f64::from(MAP_PX) / Paper::A4.long_mm,
                sources: reserve_and(&sources, words),
            };
            let map = SiteMap::new(territory, &one.candidate, site_page, words);
            Ok((name, page, png(&map.map())?))
        })
        .collect::<Result<_, RenderError>>()?;
    for (name, page, map) in &drawn {
        put(&format!("sheet-{name}.html"), page.as_bytes())?;
        put(&format!("map-{name}.png"), map)?;
    }
    let overview = RequestMap::new(territory, answer, MAP_PX, sources.clone(), words);
    let map: Map<'_> = overview.map();
    put("map.png", &png(&map)?)?;
    put("map.svg", svg(&map)?.as_bytes())?;
    let text = serde_json::to_string_pretty(&json(territory, answer, words))?;
    put("answer.json", text.as_bytes())?;
    put("answer.schema.json", SCHEMA.as_bytes())?;

    let info = layers::info(territory, words);
    let found = candidates(territory, answer, words)?;
    let missed = near_misses(territory, answer, words)?;
    for layer in [&found, &missed] {
        let path = out.join(format!("{}.geojson", short(layer.name())));
        layers::geojson_file(&path, layer, &info)?;
        files.push(path);
        let path = out.join(format!("{}.csv", short(layer.name())));
        csv::write(&path, layer)?;
        files.push(path);
    }
    if !compared.is_empty() {
        let path = out.join("comparison.csv");
        csv::write(&path, &comparison_table(territory, answer, compared, words)?)?;
        files.push(path);
    }
    let path = out.join("answer.gpkg");
    geopackage::write(&path, &[found, missed], &info)?;
    files.push(path);
    Ok(files)
}

/// The plan of a sheet, as SVG.
fn plan(territory: &Territory, one: &Answered<'_>, words: &Words) -> Result<String, RenderError> {
    // The sheet has a title, and says sources, reserves and that data are invented.
    let page = SitePage {
        title: String::new(),
        subtitle: None,
        paper: PLAN,
        px_per_mm: PLAN_PX_PER_MM,
        sources: Vec::new(),
    };
    let map = SiteMap::new(territory, &one.candidate, page, words);
    svg(&map.map())
}

fn reserve_and(sources: &[String], words: &Words) -> Vec<String> {
    let reserve = words.say("product.reserve").to_owned();
    std::iter::once(reserve).chain(sources.iter().cloned()).collect()
}

/// A layer's name without what the folder says already.
fn short(name: &str) -> &str {
    name.strip_prefix("request_").unwrap_or(name)
}

/// An identifier as part of a file name: letters, digits, hyphens.
fn file_name(id: &str) -> String {
    let plain = |c: char| if c.is_ascii_alphanumeric() || c == '-' || c == '_' { c } else { '-' };
    id.chars().map(plain).take(60).collect()
}
