//! `gisement map isochrone --at ID|lon,lat`: the ground within so many minutes of a place.

use std::path::Path;

use gisement::io::config::Config;
use gisement::io::deliver::layers;
use gisement::io::load;
use gisement::land;
use gisement::render::IsochroneMap;
use gisement::words::Words;

use super::CliError;
use super::Outcome;
use super::args::Args;
use super::args::MapArgs;
use super::export;
use super::map;
use super::output;
use super::output::Talk;
use super::place;
use super::rank;

pub(crate) fn run(
    args: &Args,
    map: &MapArgs,
    words: &Words,
    talk: &Talk,
) -> Result<Outcome, CliError> {
    if let Some(path) = &map.out {
        map::format_of(path)?;
    }
    let at = map.at.as_deref().map(str::trim).ok_or(CliError::NoIsochronePlace)?;
    let minutes = place::minutes(&map.minutes)?;
    talk.say(words.say("report.reading"));
    let mut territory = load::load(&Config::read(&args.folder)?)?;
    if !place::is_at_hand(&territory, at) {
        // Terrains and zones are found by a survey.
        rank::prepare(&mut territory, &rank::read_profile(land::DEFAULT_PROFILE)?)?;
    }
    let found = place::find(&territory, at)
        .ok_or_else(|| CliError::NoSuchIsochronePlace { at: at.to_owned() })?;
    let isochrones = territory.isochrones(&found.travel_place(), &minutes);
    let sources = layers::sources_in_brief(&territory, words);
    let (name, shape) = (&found.name, &found.geometry);
    let picture = IsochroneMap::new(&territory, name, shape, isochrones, map.width, sources, words);
    let drawn = picture.map();
    let files = match &map.out {
        Some(path) => vec![path.clone()],
        None => {
            let out = args.folder.join(export::RESULTS);
            std::fs::create_dir_all(&out)?;
            let name = format!("map-isochrone-{}", file_name(at));
            ["png", "svg"].map(|end| out.join(format!("{name}.{end}"))).to_vec()
        }
    };
    for path in &files {
        map::write_map(&drawn, Path::new(path))?;
    }
    output::answer(&export::list(&files, words))?;
    Ok(Outcome::Answered)
}

/// What a place is called in a file name.
fn file_name(at: &str) -> String {
    at.chars().map(|c| if c.is_alphanumeric() || ".-_".contains(c) { c } else { '_' }).collect()
}
