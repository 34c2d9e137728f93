//! `gisement inventory`: the inventory of economic zones in the CNIG standard.

use std::collections::BTreeSet;

use gisement::domain::Siren;
use gisement::domain::Territory;
use gisement::io::config::Config;
use gisement::io::deliver::inventory;
use gisement::io::deliver::inventory::InventoryError;
use gisement::io::deliver::inventory::Scope;
use gisement::io::deliver::layers;
use gisement::io::load;
use gisement::land;
use gisement::words::Words;

use super::CliError;
use super::Outcome;
use super::args::Args;
use super::args::CheckFormat;
use super::args::InventoryArgs;
use super::output;
use super::output::Talk;
use super::rank;
use super::report::inventory as report;

/// Folder of the inventory inside a territory's folder.
const FOLDER: &str = "inventaire";

pub(crate) fn run(
    args: &Args,
    asked: &InventoryArgs,
    words: &Words,
    talk: &Talk,
) -> Result<Outcome, CliError> {
    // What can be wrong with the question comes first: reading a territory takes its time.
    let profile = rank::read_profile(asked.profile.as_deref().unwrap_or(land::DEFAULT_PROFILE))?;
    let Some(rules) = &profile.land else {
        return Err(CliError::InventoryProfile { profile: profile.id });
    };
    let epcis = sirens(&asked.epci)?;
    let dir = asked.out.clone().unwrap_or_else(|| args.folder.join(FOLDER));
    let previous = inventory::read(&dir.join(inventory::GEOPACKAGE))?;
    talk.say(words.say("report.reading"));
    let mut territory = load::load(&Config::read(&args.folder)?)?;
    if let Some(strange) = epcis.iter().find(|siren| territory.epci(**siren).is_none()) {
        return Err(CliError::NoSuchEpci { code: strange.to_string() });
    }
    let date = asked.date.clone().or_else(|| layers::newest_vintage(&territory));
    let scope = Scope { date: date.ok_or(InventoryError::NoDate)?, epcis };
    land::prepare(&mut territory, &profile);
    // The stock is taken out of the territory to be corrected by what the officers have written.
    let Some(mut stock) = territory.stock.take() else { return Err(CliError::NoParcels) };
    let edits = inventory::settle(previous, &territory, &stock, &scope);
    let said = inventory::officer_words(&stock, &edits);
    land::hear(&mut stock, &territory, rules, &said);
    let notes = report::Notes::of(&edits, &stock);
    let made = inventory::build(&territory, &stock, edits, &scope, words)?;
    let counts = inventory::counts(&made, &territory);
    if counts.iter().all(|count| count.zones == 0) {
        answer_nothing(&territory, &scope, asked.format, words)?;
        return Ok(Outcome::Nothing);
    }
    let lines = inventory::completeness(&made, &counts);
    let files = inventory::write(&dir, &made, &territory, &lines, &counts, words)?;
    let told = report::Told { territory: &territory, made: &made, counts: &counts, notes: &notes };
    match asked.format {
        CheckFormat::Table => output::answer(&told.table(&files, words))?,
        CheckFormat::Json => {
            output::answer(&serde_json::to_string_pretty(&told.json(&files, words))?)?;
        }
    }
    Ok(Outcome::Answered)
}

/// No zone: there is nothing to write, and what stands in the folder stays.
fn answer_nothing(
    territory: &Territory,
    scope: &Scope,
    format: CheckFormat,
    words: &Words,
) -> Result<(), CliError> {
    match format {
        CheckFormat::Table => output::answer(words.say("inventory.none")),
        CheckFormat::Json => {
            let nothing = report::nothing(territory, &scope.date);
            output::answer(&serde_json::to_string_pretty(&nothing)?)
        }
    }
}

fn sirens(asked: &[String]) -> Result<BTreeSet<Siren>, CliError> {
    Ok(asked.iter().map(|text| text.trim().parse()).collect::<Result<_, _>>()?)
}
