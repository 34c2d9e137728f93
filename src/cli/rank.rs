//! `gisement rank land | friches | housing`.

use std::path::Path;

use gisement::domain::Territory;
use gisement::evaluation::Label;
use gisement::evaluation::Profile;
use gisement::evaluation::Ranking;
use gisement::evaluation::UnitKind;
use gisement::evaluation::published_profile;
use gisement::friche;
use gisement::friche::mutability::Use;
use gisement::housing;
use gisement::io::config::Config;
use gisement::io::deliver;
use gisement::io::deliver::atomic;
use gisement::io::deliver::layer::DeliveredLayer;
use gisement::io::load;
use gisement::land;
use gisement::words::Words;

use super::CliError;
use super::Outcome;
use super::args::Args;
use super::args::By;
use super::args::RankArgs;
use super::args::RankFormat;
use super::args::What;
use super::output;
use super::output::Talk;
use super::report;

/// Rows of a table when `--top` does not say.
const TABLE_ROWS: usize = 10;

pub(crate) fn run(
    args: &Args,
    rank: &RankArgs,
    words: &Words,
    talk: &Talk,
) -> Result<Outcome, CliError> {
    // The profile comes first: a slip in it should not cost the reading of a territory.
    let profile = profile(rank.what, rank.profile.as_deref())?;
    let profile = match rank.usage.map(Use::from) {
        Some(usage) => turned_to(rank.what, &profile, usage, words)?,
        None => profile,
    };
    talk.say(words.say("report.reading"));
    let mut territory = load::load(&Config::read(&args.folder)?)?;
    prepare(&mut territory, &profile)?;
    if rank.what == What::Housing {
        housing::add_access(&mut territory);
    }
    let rankings = match (rank.what, rank.by) {
        (What::Housing, by) => of_housing(&territory, &profile, by)?,
        (_, None) => vec![ranking(&territory, rank.what, &profile)?],
        (_, Some(_)) => return Err(CliError::ByOfNothing),
    };
    let answer = answer(&territory, &rankings, rank, words)?;
    match &rank.out {
        Some(path) => {
            atomic::write(path, &answer)?;
            talk.say(&words.fill("report.written", &[("path", &path.display().to_string())]));
        }
        None => output::answer_bytes(&answer)?,
    }
    Ok(if rankings.iter().all(|ranking| ranking.rows.is_empty()) {
        Outcome::Nothing
    } else {
        Outcome::Answered
    })
}

fn answer(
    territory: &Territory,
    rankings: &[Ranking],
    rank: &RankArgs,
    words: &Words,
) -> Result<Vec<u8>, CliError> {
    let mut bytes = Vec::new();
    match rank.format {
        RankFormat::Table => {
            let tables: Vec<String> = rankings
                .iter()
                .map(|ranking| {
                    // A territory has few EPCIs, and each wants to see itself.
                    let all = ranking.profile.unit == UnitKind::Epci;
                    let top = rank.top.unwrap_or(if all { usize::MAX } else { TABLE_ROWS });
                    report::ranking::table(territory, ranking, top, words)
                })
                .collect();
            bytes = tables.join("\n").into_bytes();
        }
        RankFormat::Json => {
            let json = match (rank.what, rankings) {
                (What::Housing, all) => report::housing_answer::json(territory, all, rank.top),
                (_, [ranking, ..]) => report::ranking::json(territory, ranking, rank.top),
                (_, []) => serde_json::Value::Null,
            };
            bytes = serde_json::to_string_pretty(&json)?.into_bytes();
            bytes.push(b'\n');
        }
        RankFormat::Csv => {
            let layer = layer(territory, rankings, rank, words)?;
            deliver::csv::write_to(&mut bytes, &layer)?;
        }
        RankFormat::Geojson => {
            let layer = layer(territory, rankings, rank, words)?;
            let info = deliver::layers::info(territory, words);
            deliver::layers::geojson_to(&mut bytes, &layer, &info)?;
        }
    }
    Ok(bytes)
}

/// The rankings as one layer: housing may have two, with the same columns.
fn layer(
    territory: &Territory,
    rankings: &[Ranking],
    rank: &RankArgs,
    words: &Words,
) -> Result<DeliveredLayer, CliError> {
    Ok(match (rank.what, rankings) {
        (What::Land | What::Friches, [ranking]) => {
            deliver::layers::of_ranking(territory, ranking, rank.top, words)?
        }
        (_, all) => deliver::layers::of_housing(territory, all, rank.top, words)?,
    })
}

/// The published profile or the profile file that was asked for, checked to rank the right units.
pub(crate) fn profile(what: What, asked: Option<&str>) -> Result<Profile, CliError> {
    // Land is ranked as terrains, or parcel by parcel when a profile says so.
    let (wanted, default): (&[UnitKind], _) = match what {
        What::Land => (&[UnitKind::Terrain, UnitKind::Parcel], land::DEFAULT_PROFILE),
        What::Friches => (&[UnitKind::Friche], friche::DEFAULT_PROFILE),
        What::Housing => (&[UnitKind::Commune], housing::DEFAULT_PROFILE),
    };
    let profile = read_profile(asked.unwrap_or(default))?;
    if !wanted.contains(&profile.unit) {
        return Err(CliError::WrongUnit {
            profile: profile.id,
            found: profile.unit.as_str(),
            wanted: wanted[0].as_str(),
        });
    }
    Ok(profile)
}

/// A profile by the name of a published one or by path.
pub(crate) fn read_profile(asked: &str) -> Result<Profile, CliError> {
    let path = Path::new(asked);
    let is_path = path.extension().is_some_and(|end| end == "toml") || asked.contains(['/', '\\']);
    if !is_path {
        return Ok(published_profile(asked)?);
    }
    let text = std::fs::read_to_string(path)
        .map_err(|source| CliError::ProfileUnreadable { path: path.to_path_buf(), source })?;
    Profile::from_toml(&text)
        .map_err(|source| CliError::ProfileFile { path: path.to_path_buf(), source })
}

/// A profile of friches turned towards one future use.
fn turned_to(
    what: What,
    profile: &Profile,
    usage: Use,
    words: &Words,
) -> Result<Profile, CliError> {
    let grid = friche::grid_of(profile)?;
    let Some(grid) = grid.filter(|_| what == What::Friches) else {
        return Err(CliError::UseOfNothing { profile: profile.id.clone() });
    };
    // Only the language of this answer is ever read.
    let key = format!("use.{}", grid.use_word(usage));
    let text = words.fill("mutability.suited_for", &[("use", words.say(&key))]);
    Ok(friche::for_use(profile, usage, &Label { fr: text.clone(), en: text }))
}

/// Works out what a profile asks about its units before they are measured: terrains, what friches are suited for.
pub(crate) fn prepare(territory: &mut Territory, profile: &Profile) -> Result<(), CliError> {
    land::prepare(territory, profile);
    if housing::is_asked(profile) {
        housing::prepare(territory)?;
    }
    if let Some(grid) = friche::grid_of(profile)? {
        friche::prepare(territory, &grid);
    }
    Ok(())
}

/// Ranks communes, EPCIs or both, each among themselves.
pub(crate) fn of_housing(
    territory: &Territory,
    profile: &Profile,
    by: Option<By>,
) -> Result<Vec<Ranking>, CliError> {
    let mut rankings = Vec::new();
    if by != Some(By::Epci) {
        rankings.push(housing::rank(territory, profile)?);
    }
    if by != Some(By::Commune) {
        rankings.push(housing::rank_epcis(territory, profile)?);
    }
    Ok(rankings)
}

/// Ranks by the room that answers for the question.
pub(crate) fn ranking(
    territory: &Territory,
    what: What,
    profile: &Profile,
) -> Result<Ranking, CliError> {
    Ok(match what {
        What::Land => land::rank(territory, profile)?,
        What::Friches => friche::rank(territory, profile)?,
        What::Housing => housing::rank(territory, profile)?,
    })
}
