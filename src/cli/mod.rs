//! The command line: what was typed, what it means, and what is said about the result.
//!
//! stdout is the answer, stderr is the talk. Exit 0: answered; 1: nothing qualifies, or problems above the threshold;
//! 2: failed.

mod args;
mod assess;
mod check;
mod demo;
mod error;
mod explain;
mod export;
mod friche_lists;
mod friches;
mod housing;
mod init;
mod inventory;
mod isochrone;
mod map;
mod output;
mod place;
mod rank;
mod report;
mod request;
mod told;

use std::process::ExitCode;

use clap::Parser;
use gisement::words::Lang;
use gisement::words::Words;

use args::Args;
use args::Command;
pub(crate) use error::CliError;
use output::Talk;

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// There is an answer.
    Answered,
    /// The question was understood, and nothing answers to it.
    Nothing,
}

/// Runs the command line of this process.
pub(crate) fn run() -> ExitCode {
    forget_foreign_proj_data();
    let args = Args::parse();
    let lang = args.lang.map_or_else(lang_of_environment, Lang::from);
    let words = match Words::new(lang) {
        Ok(words) => words,
        Err(error) => return output::fail(&error.to_string()),
    };
    if let Some(threads) = args.threads
        && let Err(error) = rayon::ThreadPoolBuilder::new().num_threads(threads).build_global()
    {
        return output::fail(&error.to_string());
    }
    let talk = Talk::new(args.quiet);
    match dispatch(&args, &words, &talk) {
        Ok(Outcome::Answered) => ExitCode::SUCCESS,
        Ok(Outcome::Nothing) => ExitCode::from(1),
        // A reader that closes the pipe (`| head`) has what it wanted.
        Err(CliError::Output(error)) if error.kind() == std::io::ErrorKind::BrokenPipe => {
            ExitCode::SUCCESS
        }
        Err(error) => output::fail(&report::error::in_words(&error, &words)),
    }
}

fn dispatch(args: &Args, words: &Words, talk: &Talk) -> Result<Outcome, CliError> {
    match &args.command {
        Command::Demo(demo) => demo::run(args, demo, words, talk),
        Command::Init(init) => init::run(init, words, talk),
        Command::Check(check) => check::run(args, check, words, talk),
        Command::Rank(rank) => rank::run(args, rank, words, talk),
        Command::Explain(explain) => explain::run(args, explain, words, talk),
        Command::Assess(assess) => assess::run(assess, words, talk),
        Command::Inventory(inventory) => inventory::run(args, inventory, words, talk),
        Command::Friches(friches) => friches::run(args, friches, words, talk),
        Command::Housing(housing) => housing::run(args, housing, words, talk),
        Command::Request(request) => request::run(args, request, words, talk),
        Command::Map(map) => match map.what.ranking() {
            Some(what) => map::run(args, map, what, words, talk),
            None => isochrone::run(args, map, words, talk),
        },
        Command::Export(export) => export::run(args, export, words, talk),
    }
}

/// French, unless the locale is another language. The C locale says nothing about the person.
fn lang_of_environment() -> Lang {
    let locale = ["LC_ALL", "LC_MESSAGES", "LANG"]
        .into_iter()
        .filter_map(|name| std::env::var(name).ok())
        .find(|value| !value.is_empty())
        .unwrap_or_default();
    let says_nothing = locale.starts_with("C.") || matches!(locale.as_str(), "" | "C" | "POSIX");
    if says_nothing || locale.starts_with("fr") { Lang::Fr } else { Lang::En }
}

/// A PROJ_DATA or PROJ_LIB that points at another PROJ's database breaks the one built in.
#[allow(unsafe_code)]
fn forget_foreign_proj_data() {
    if cfg!(feature = "proj") {
        for name in ["PROJ_DATA", "PROJ_LIB"] {
            // SAFETY: called first in `main`, before any other thread exists.
            unsafe { std::env::remove_var(name) };
        }
    }
}
