//! `gisement assess --answers FILE.json`: the uses of one site, from stated answers.

use std::io::Read;
use std::path::Path;

use gisement::friche::mutability::Answers;
use gisement::friche::mutability::NEWEST_GRID;
use gisement::friche::mutability::assess;
use gisement::friche::mutability::compare;
use gisement::friche::mutability::published_grid;
use gisement::words::Words;

use super::CliError;
use super::Outcome;
use super::args::AssessArgs;
use super::args::AssessFormat;
use super::output;
use super::output::Talk;
use super::report::mutability;
use super::report::mutability_change;
use super::report::mutability_words;

/// No site has so many answers.
const MAX_BYTES: u64 = 1 << 20;

/// What a path is that means standard input.
const STDIN: &str = "-";

pub(crate) fn run(args: &AssessArgs, words: &Words, talk: &Talk) -> Result<Outcome, CliError> {
    // The version comes first: a slip in it should not wait for standard input.
    match args.compare.as_slice() {
        [] => {
            let grid = published_grid(args.profile.as_deref().unwrap_or(NEWEST_GRID))?;
            let answers = read(&args.answers)?;
            let found = assess(&grid, &answers);
            for line in mutability_words::asides(&grid, &answers, &found, words) {
                talk.say(&line);
            }
            match args.format {
                AssessFormat::Table => {
                    output::answer(&mutability::table(&grid, &answers, &found, words))?;
                }
                AssessFormat::Json => {
                    let json = mutability::json(&grid, &answers, &found, words);
                    output::answer(&serde_json::to_string_pretty(&json)?)?;
                }
                AssessFormat::Csv => {
                    output::answer_bytes(&mutability::csv(&grid, &answers, &found, words)?)?;
                }
            }
        }
        [first, second] => {
            let (first, second) = (published_grid(first)?, published_grid(second)?);
            let answers = read(&args.answers)?;
            let found = compare(&first, &second, &answers);
            for line in mutability_words::asides(&second, &answers, &found.after, words) {
                talk.say(&line);
            }
            match args.format {
                AssessFormat::Table => {
                    output::answer(&mutability_change::table(&first, &second, &found, words))?;
                }
                AssessFormat::Json => {
                    let json = mutability_change::json(&first, &second, &answers, &found, words);
                    output::answer(&serde_json::to_string_pretty(&json)?)?;
                }
                AssessFormat::Csv => {
                    output::answer_bytes(&mutability_change::csv(&first, &second, &found, words)?)?;
                }
            }
        }
        _ => return Err(CliError::CompareTwo { given: args.compare.join(",") }),
    }
    Ok(Outcome::Answered)
}

/// The answers of a file, or of standard input.
fn read(path: &Path) -> Result<Answers, CliError> {
    let is_stdin = path == Path::new(STDIN);
    let name = if is_stdin { "stdin".to_owned() } else { path.display().to_string() };
    let unreadable = |source| CliError::AnswersUnreadable { path: name.clone(), source };
    let mut bytes = Vec::new();
    let source: Box<dyn Read> = if is_stdin {
        Box::new(std::io::stdin().lock())
    } else {
        Box::new(std::fs::File::open(path).map_err(unreadable)?)
    };
    source.take(MAX_BYTES + 1).read_to_end(&mut bytes).map_err(unreadable)?;
    if bytes.len() as u64 > MAX_BYTES {
        return Err(CliError::AnswersTooLarge { path: name, limit: MAX_BYTES });
    }
    let text = String::from_utf8(bytes)
        .map_err(|error| unreadable(std::io::Error::new(std::io::ErrorKind::InvalidData, error)))?;
    Answers::from_json(&text).map_err(|source| CliError::Answers { path: name, source })
}
