//! `gisement friches --visits` and `--potential`: where to go first, and what nobody lists.

use std::path::Path;

use gisement::domain::Territory;
use gisement::evaluation::published_profile;
use gisement::friche;
use gisement::friche::potential::potential;
use gisement::friche::visits::VISITS;
use gisement::friche::visits::visits;
use gisement::io::config::Config;
use gisement::io::deliver;
use gisement::io::deliver::atomic;
use gisement::io::deliver::layer::DeliveredLayer;
use gisement::io::deliver::layers;
use gisement::io::load;
use gisement::land;
use gisement::words::Words;
use serde_json::Value as Json;

use super::CliError;
use super::Outcome;
use super::args::Args;
use super::args::FrichesArgs;
use super::args::RankFormat;
use super::args::What;
use super::output;
use super::output::Talk;
use super::rank;
use super::report::friche_lists as report;

/// The sites where one visit would change the ranking most.
pub(crate) fn list_visits(
    args: &Args,
    asked: &FrichesArgs,
    words: &Words,
    talk: &Talk,
) -> Result<Outcome, CliError> {
    let profile = rank::profile(What::Friches, asked.profile.as_deref())?;
    let Some(grid) = friche::grid_of(&profile)? else {
        return Err(CliError::NoMutability { profile: profile.id });
    };
    talk.say(words.say("report.reading"));
    let mut territory = load::load(&Config::read(&args.folder)?)?;
    rank::prepare(&mut territory, &profile)?;
    let ranking = friche::rank(&territory, &profile)?;
    let found = visits(&territory, &ranking, &grid, asked.top.unwrap_or(VISITS));
    if asked.visit_sheet {
        let sheet = report::visit_sheet(&territory, &ranking, &found)?;
        answer_with(&sheet, asked.out.as_deref(), words, talk)?;
        return Ok(if found.is_empty() { Outcome::Nothing } else { Outcome::Answered });
    }
    let told = Told {
        table: || report::visits_table(&territory, &ranking, &found, words),
        json: || report::visits_json(&territory, &ranking, &found),
        layer: || layers::visits(&territory, &ranking, &found, words),
    };
    told.answer(&territory, asked, words, talk)?;
    Ok(if found.is_empty() { Outcome::Nothing } else { Outcome::Answered })
}

/// Land that may be a friche and that no inventory lists.
pub(crate) fn list_potential(
    args: &Args,
    asked: &FrichesArgs,
    words: &Words,
    talk: &Talk,
) -> Result<Outcome, CliError> {
    talk.say(words.say("report.reading"));
    let mut territory = load::load(&Config::read(&args.folder)?)?;
    land::prepare(&mut territory, &published_profile(land::DEFAULT_PROFILE)?);
    let Some(mut found) = potential(&territory) else { return Err(CliError::NoParcels) };
    let all = found.len();
    found.truncate(asked.top.unwrap_or(usize::MAX));
    let told = Told {
        table: || report::potential_table(&territory, &found, all, words),
        json: || report::potential_json(&territory, &found),
        layer: || layers::potential_friches(&territory, &found, words),
    };
    told.answer(&territory, asked, words, talk)?;
    Ok(if found.is_empty() { Outcome::Nothing } else { Outcome::Answered })
}

/// A list in the forms that it can be asked for.
struct Told<T, J, L> {
    table: T,
    json: J,
    layer: L,
}

impl<T, J, L> Told<T, J, L>
where
    T: Fn() -> String,
    J: Fn() -> Json,
    L: Fn() -> Result<DeliveredLayer, deliver::DeliverError>,
{
    fn answer(
        &self,
        territory: &Territory,
        asked: &FrichesArgs,
        words: &Words,
        talk: &Talk,
    ) -> Result<(), CliError> {
        let layer = || Ok::<_, CliError>(layers::honest((self.layer)()?, territory, words));
        let mut bytes = Vec::new();
        match asked.format {
            RankFormat::Table => bytes = (self.table)().into_bytes(),
            RankFormat::Json => {
                bytes = serde_json::to_string_pretty(&(self.json)())?.into_bytes();
                bytes.push(b'\n');
            }
            RankFormat::Csv => deliver::csv::write_to(&mut bytes, &layer()?)?,
            RankFormat::Geojson => {
                let info = layers::info(territory, words);
                layers::geojson_to(&mut bytes, &layer()?, &info)?;
            }
        }
        answer_with(&bytes, asked.out.as_deref(), words, talk)
    }
}

/// The answer, in a file when one is named.
fn answer_with(
    bytes: &[u8],
    file: Option<&Path>,
    words: &Words,
    talk: &Talk,
) -> Result<(), CliError> {
    let Some(path) = file else { return output::answer_bytes(bytes) };
    atomic::write(path, bytes)?;
    talk.say(&words.fill("report.written", &[("path", &path.display().to_string())]));
    Ok(())
}
