//! `gisement map`.

use std::path::Path;
use std::path::PathBuf;

use geo::BoundingRect;
use geo::Rect;
use gisement::domain::Entity;
use gisement::domain::Territory;
use gisement::evaluation::Ranking;
use gisement::io::config::Config;
use gisement::io::deliver::atomic;
use gisement::io::deliver::layers;
use gisement::io::load;
use gisement::render;
use gisement::render::Place;
use gisement::render::RankingMap;
use gisement::words::Words;

use super::CliError;
use super::Outcome;
use super::args::Args;
use super::args::MapArgs;
use super::args::What;
use super::export;
use super::output;
use super::output::Talk;
use super::rank;

/// Width of a map when nothing else is asked: A4 landscape at 212 dots per inch.
const WIDTH_PX: u32 = 2480;

pub(crate) fn run(
    args: &Args,
    map: &MapArgs,
    words: &Words,
    talk: &Talk,
) -> Result<Outcome, CliError> {
    if let Some(path) = &map.out {
        format_of(path)?;
    }
    let profile = rank::profile(map.what, map.profile.as_deref())?;
    talk.say(words.say("report.reading"));
    let mut territory = load::load(&Config::read(&args.folder)?)?;
    rank::prepare(&mut territory, &profile)?;
    let ranking = rank::ranking(&territory, map.what, &profile)?;
    let place = map.at.as_deref().map(|code| place_of(&territory, code)).transpose()?;
    let files = match &map.out {
        Some(path) => {
            write(&territory, &ranking, place.clone(), map.width, path, words)?;
            vec![path.clone()]
        }
        None => {
            let out = args.folder.join(export::RESULTS);
            let name = file_name(map.what, map.at.as_deref());
            std::fs::create_dir_all(&out)?;
            let files = ["png", "svg"].map(|end| out.join(format!("{name}.{end}")));
            for path in &files {
                write(&territory, &ranking, place.clone(), map.width, path, words)?;
            }
            files.to_vec()
        }
    };
    output::answer(&export::list(&files, words))?;
    Ok(Outcome::Answered)
}

/// The map of one ranking over the whole territory, as PNG and SVG.
pub(crate) fn write_default(
    territory: &Territory,
    ranking: &Ranking,
    what: What,
    out: &Path,
    words: &Words,
) -> Result<Vec<PathBuf>, CliError> {
    let files = ["png", "svg"].map(|end| out.join(format!("{}.{end}", file_name(what, None))));
    for path in &files {
        write(territory, ranking, None, WIDTH_PX, path, words)?;
    }
    Ok(files.to_vec())
}

fn file_name(what: What, at: Option<&str>) -> String {
    let what = match what {
        What::Land => "land",
        What::Friches => "friches",
        What::Housing => "housing",
    };
    match at {
        Some(code) => format!("map-{what}-{code}"),
        None => format!("map-{what}"),
    }
}

#[derive(Debug, Clone, Copy)]
enum Format {
    Png,
    Svg,
}

fn format_of(path: &Path) -> Result<Format, CliError> {
    let end = path.extension().map(|end| end.to_string_lossy().to_ascii_lowercase());
    match end.as_deref() {
        Some("png") => Ok(Format::Png),
        Some("svg") => Ok(Format::Svg),
        _ => Err(CliError::MapFormat { path: path.to_path_buf() }),
    }
}

fn write(
    territory: &Territory,
    ranking: &Ranking,
    place: Option<Place>,
    width: u32,
    path: &Path,
    words: &Words,
) -> Result<(), CliError> {
    let sources = layers::sources_in_brief(territory, words);
    let picture = RankingMap::new(territory, ranking, place, width, sources, words);
    let map = picture.map();
    let bytes = match format_of(path)? {
        Format::Png => render::png(&map)?,
        Format::Svg => render::svg(&map)?.into_bytes(),
    };
    Ok(atomic::write(path, &bytes)?)
}

/// A commune or an EPCI: its name and its frame.
fn place_of(territory: &Territory, code: &str) -> Result<Place, CliError> {
    let no_such = || CliError::NoSuchPlace { code: code.to_owned() };
    let frame = territory
        .communes
        .entities
        .iter()
        .filter(|commune| {
            commune.insee.as_str() == code
                || commune.epci.as_ref().is_some_and(|siren| siren.as_str() == code)
        })
        .filter_map(|commune| commune.geometry().bounding_rect())
        .reduce(|a, b| {
            Rect::new(
                (a.min().x.min(b.min().x), a.min().y.min(b.min().y)),
                (a.max().x.max(b.max().x), a.max().y.max(b.max().y)),
            )
        })
        .ok_or_else(no_such)?;
    let commune = code.parse().ok().and_then(|insee| territory.commune(insee));
    let epci = code.parse().ok().and_then(|siren| territory.epci(siren));
    let name = commune
        .map(|commune| commune.name.clone())
        .or_else(|| epci.map(|epci| epci.name.clone()))
        .ok_or_else(no_such)?;
    Ok(Place { name, frame })
}
