//! `gisement check`.

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

pub(crate) fn run(
    args: &Args,
    check: &CheckArgs,
    words: &Words,
    talk: &Talk,
) -> Result<Outcome, CliError> {
    talk.say(words.say("report.reading"));
    let territory = load::load(&Config::read(&args.folder)?)?;
    let text = match check.format {
        CheckFormat::Table => balance::text(&territory, words),
        CheckFormat::Json => serde_json::to_string_pretty(&balance::json(&territory, words))?,
    };
    output::answer(&text)?;
    let too_many = territory.balance.values().any(|balance| {
        let total = balance.total;
        total.rejected as f64 > check.max_rejected * total.read as f64
    });
    Ok(if too_many { Outcome::Nothing } else { Outcome::Answered })
}
