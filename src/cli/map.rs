//! `gisement map`.

use std::path::Path;
use std::path::PathBuf;

use geo::BoundingRect;
use geo::Rect;
use gisement::domain::Entity;
use gisement::domain::Territory;
use gisement::evaluation::Ranking;
use gisement::friche;
use gisement::friche::visits::VISITS;
use gisement::friche::visits::Visit;
use gisement::friche::visits::visits;
use gisement::housing;
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

/// Name of the page of small maps.
const MULTIPLES: &str = "map-housing-epcis";

pub(crate) fn run(
    args: &Args,
    map: &MapArgs,
    what: What,
    words: &Words,
    talk: &Talk,
) -> Result<Outcome, CliError> {
    if let Some(path) = &map.out {
        format_of(path)?;
    }
    let profile = rank::profile(what, map.profile.as_deref())?;
    talk.say(words.say("report.reading"));
    let mut territory = load::load(&Config::read(&args.folder)?)?;
    rank::prepare(&mut territory, &profile)?;
    let ranking = rank::ranking(&territory, what, &profile)?;
    let epcis = match (map.multiples, what) {
        (false, _) => None,
        (true, What::Housing) => Some(housing::rank_epcis(&territory, &profile)?),
        (true, _) => return Err(CliError::MultiplesOfNothing),
    };
    let frame = Frame {
        epcis: epcis.as_ref(),
        place: map.at.as_deref().map(|code| place_of(&territory, code)).transpose()?,
        width: map.width,
        visits: match map.visits {
            true => Some(visits_of(&territory, &ranking)?),
            false => None,
        },
    };
    let files = match &map.out {
        Some(path) => {
            write(&territory, &ranking, &frame, path, words)?;
            vec![path.clone()]
        }
        None => {
            let out = args.folder.join(export::RESULTS);
            let name = match frame.epcis {
                Some(_) => MULTIPLES.to_owned(),
                None => file_name(what, map.visits, map.at.as_deref()),
            };
            std::fs::create_dir_all(&out)?;
            let files = ["png", "svg"].map(|end| out.join(format!("{name}.{end}")));
            for path in &files {
                write(&territory, &ranking, &frame, path, words)?;
            }
            files.to_vec()
        }
    };
    output::answer(&export::list(&files, words))?;
    Ok(Outcome::Answered)
}

/// What a map shows of a ranking, and how large.
struct Frame<'a> {
    place: Option<Place>,
    width: u32,
    /// The ranking of EPCIs, where each has a small map.
    epcis: Option<&'a Ranking>,
    /// The rows to visit, where the map shows nothing else.
    visits: Option<Vec<usize>>,
}

/// The rows that a visit would move most.
fn visits_of(territory: &Territory, ranking: &Ranking) -> Result<Vec<usize>, CliError> {
    let profile = &ranking.profile;
    let Some(grid) = friche::grid_of(profile)? else {
        return Err(CliError::NoMutability { profile: profile.id.clone() });
    };
    let found = visits(territory, ranking, &grid, VISITS);
    Ok(found.into_iter().map(|visit| visit.row).collect())
}

/// The map of one ranking over the whole territory, as PNG and SVG; with `visits`, of these and nothing else.
pub(crate) fn write_default(
    territory: &Territory,
    ranking: &Ranking,
    what: What,
    visits: Option<&[Visit]>,
    out: &Path,
    words: &Words,
) -> Result<Vec<PathBuf>, CliError> {
    let name = file_name(what, visits.is_some(), None);
    let files = ["png", "svg"].map(|end| out.join(format!("{name}.{end}")));
    let frame = Frame {
        place: None,
        width: WIDTH_PX,
        epcis: None,
        visits: visits.map(|visits| visits.iter().map(|visit| visit.row).collect()),
    };
    for path in &files {
        write(territory, ranking, &frame, path, words)?;
    }
    Ok(files.to_vec())
}

/// The page of small maps, one for each EPCI, as PNG and SVG.
pub(crate) fn write_multiples(
    territory: &Territory,
    communes: &Ranking,
    epcis: &Ranking,
    out: &Path,
    words: &Words,
) -> Result<Vec<PathBuf>, CliError> {
    let files = ["png", "svg"].map(|end| out.join(format!("{MULTIPLES}.{end}")));
    let frame = Frame { place: None, width: WIDTH_PX, epcis: Some(epcis), visits: None };
    for path in &files {
        write(territory, communes, &frame, path, words)?;
    }
    Ok(files.to_vec())
}

fn file_name(what: What, visits: bool, at: Option<&str>) -> String {
    let what = match what {
        What::Friches if visits => "visits",
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
pub(super) enum Format {
    Png,
    Svg,
}

pub(super) fn format_of(path: &Path) -> Result<Format, CliError> {
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
    frame: &Frame<'_>,
    path: &Path,
    words: &Words,
) -> Result<(), CliError> {
    let sources = layers::sources_in_brief(territory, words);
    let place = frame.place.clone();
    let picture = RankingMap::new(territory, ranking, place, frame.width, sources, words);
    let picture = match &frame.visits {
        Some(rows) => picture.of_visits(rows.clone()),
        None => picture,
    };
    if let Some(epcis) = frame.epcis {
        let plate = picture.plate(epcis);
        let bytes = match format_of(path)? {
            Format::Png => render::plate_png(&plate)?,
            Format::Svg => render::plate_svg(&plate)?.into_bytes(),
        };
        return Ok(atomic::write(path, &bytes)?);
    }
    write_map(&picture.map(), path)
}

/// Draws a map to a file, in the form that its name says.
pub(crate) fn write_map(map: &render::Map<'_>, path: &Path) -> Result<(), CliError> {
    let bytes = match format_of(path)? {
        Format::Png => render::png(map)?,
        Format::Svg => render::svg(map)?.into_bytes(),
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
