//! `gisement check`.

use gisement::domain::Tally;
use gisement::io::config::Config;
use gisement::io::load;
use gisement::words::Words;

use super::CliError;
use super::Outcome;
use super::args::Args;
use super::args::CheckArgs;
use super::args::CheckFormat;
use super::output;
use super::output::Talk;
use super::report::balance;
use super::report::loose;

pub(crate) fn run(
    args: &Args,
    check: &CheckArgs,
    words: &Words,
    talk: &Talk,
) -> Result<Outcome, CliError> {
    talk.say(words.say("report.reading"));
    if !check.files.is_empty() {
        return loose_files(check, words);
    }
    let territory = load::load(&Config::read(&args.folder)?)?;
    let text = match check.format {
        CheckFormat::Table => balance::text(&territory, words),
        CheckFormat::Json => serde_json::to_string_pretty(&balance::json(&territory, words))?,
    };
    output::answer(&text)?;
    let too_many = territory.balance.values().any(|balance| rejects_too_many(balance.total, check));
    Ok(if too_many { Outcome::Nothing } else { Outcome::Answered })
}

fn rejects_too_many(tally: Tally, check: &CheckArgs) -> bool {
    tally.rejected as f64 > check.max_rejected * tally.read as f64
}

fn loose_files(check: &CheckArgs, words: &Words) -> Result<Outcome, CliError> {
    let found = load::check_files(&check.files, check.read_as, check.crs.as_deref());
    let text = match check.format {
        CheckFormat::Table => loose::text(&found, words),
        CheckFormat::Json => serde_json::to_string_pretty(&loose::json(&found, words))?,
    };
    output::answer(&text)?;
    if !found.unreadable.is_empty() {
        return Err(CliError::Unreadable { n: found.unreadable.len(), of: check.files.len() });
    }
    let too_many = found.layers.iter().any(|layer| rejects_too_many(layer.tally, check));
    Ok(if too_many { Outcome::Nothing } else { Outcome::Answered })
}
