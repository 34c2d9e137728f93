//! `gisement friches`: the friches of the territory in the forms that others ask for.

use gisement::io::config::Config;
use gisement::io::deliver::friches_standard;
use gisement::io::deliver::friches_standard::Delivery;
use gisement::io::load;
use gisement::words::Words;

use super::CliError;
use super::Outcome;
use super::args::Args;
use super::args::FrichesArgs;
use super::export;
use super::friche_lists;
use super::output;
use super::output::Talk;

pub(crate) fn run(
    args: &Args,
    asked: &FrichesArgs,
    words: &Words,
    talk: &Talk,
) -> Result<Outcome, CliError> {
    if asked.visits || asked.visit_sheet {
        friche_lists::list_visits(args, asked, words, talk)
    } else if asked.potential {
        friche_lists::list_potential(args, asked, words, talk)
    } else {
        in_standard(args, asked, words, talk)
    }
}

/// The files of the CNIG standard.
fn in_standard(
    args: &Args,
    asked: &FrichesArgs,
    words: &Words,
    talk: &Talk,
) -> Result<Outcome, CliError> {
    talk.say(words.say("report.reading"));
    let territory = load::load(&Config::read(&args.folder)?)?;
    let results = || args.folder.join(export::RESULTS).join(friches_standard::FOLDER);
    let out = asked.out.clone().unwrap_or_else(results);
    let made = friches_standard::build(&territory, words)?;
    if made.rows.is_empty() {
        output::answer(words.say("friches_standard.none"))?;
        return Ok(Outcome::Nothing);
    }
    let files = made.write(&territory, &out, words)?;
    output::answer(&format!("{}\n{}", summary(&made, words), export::list(&files, words)))?;
    Ok(Outcome::Answered)
}

/// How many friches, how much of the standard is filled, and where the files do not fit it yet.
fn summary(made: &Delivery, words: &Words) -> String {
    let counts = made.completeness();
    let fields = counts.iter().filter(|count| count.filled > 0).count();
    let required = || counts.iter().filter(|count| count.field.required);
    let filled: usize = required().map(|count| count.filled).sum();
    let cells: usize = required().map(|count| count.filled + count.unknown).sum();
    let share = 100.0 * filled as f64 / cells.max(1) as f64;
    let mut lines = vec![words.fill(
        "friches_standard.summary",
        &[
            ("n", &words.count(made.rows.len())),
            ("fields", &words.count(fields)),
            ("all", &words.count(counts.len())),
            ("share", &words.number(share, 0)),
        ],
    )];
    for count in counts.iter().filter(|count| count.is_against_standard()) {
        let values = [("n", &*words.count(count.empty)), ("field", count.field.name)];
        lines.push(words.fill("friches_standard.required", &values));
    }
    lines.join("\n")
}
