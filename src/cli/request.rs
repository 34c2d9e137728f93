//! `gisement request demande.toml`: what answers to a company's request for land.

use std::path::Path;

use gisement::domain::Territory;
use gisement::evaluation::Profile;
use gisement::evaluation::published_profile;
use gisement::housing;
use gisement::io::config::Config;
use gisement::io::deliver::atomic;
use gisement::io::deliver::layers;
use gisement::io::deliver::request as delivered;
use gisement::io::load;
use gisement::io::request_log;
use gisement::io::request_log::Entry;
use gisement::io::request_log::LoggedAnswer;
use gisement::io::request_log::State;
use gisement::land::Ground;
use gisement::request;
use gisement::request::Answer;
use gisement::request::Answered;
use gisement::request::Desk;
use gisement::request::LandRequest;
use gisement::request::RequestError;
use gisement::words::Words;

use super::CliError;
use super::Outcome;
use super::args::Args;
use super::args::CheckFormat;
use super::args::RequestArgs;
use super::export;
use super::output;
use super::output::Talk;
use super::rank;
use super::report;

pub(crate) fn run(
    args: &Args,
    asked: &RequestArgs,
    words: &Words,
    talk: &Talk,
) -> Result<Outcome, CliError> {
    if let Some(path) = &asked.new {
        return new(path, words);
    }
    if let Some(name) = &asked.close {
        return close(&args.folder, name, words);
    }
    // The log comes first too: a damaged entry is told before a territory is read.
    let entries = match asked.log && asks_nothing(asked) {
        true => Some(request_log::read(&args.folder)?),
        false => None,
    };
    if let Some(entries) = entries {
        return again(args, entries, words, talk);
    }
    // The request comes first: a slip in it should not cost the reading of a territory.
    let (request, request_text) = read(asked, words)?;
    let profile = published_profile(request::PROFILE)?;
    let territory = prepared(&args.folder, &profile, words, talk)?;
    let ground = profile.land.as_ref().and_then(|rules| Ground::new(&territory, rules));
    let ground = ground.ok_or(RequestError::NoParcels)?;
    let desk = Desk::new(&territory, &ground, &profile)?;
    let answer = desk.answer(&request)?;
    let text = match asked.format {
        CheckFormat::Table => report::request::text(&territory, &answer, asked.top, words),
        CheckFormat::Json => {
            serde_json::to_string_pretty(&delivered::json(&territory, &answer, words))?
        }
    };
    let compared = compared(&answer, &asked.compare)?;
    output::answer(&text)?;
    if let Some(out) = &asked.out {
        let files = delivered::write(&territory, &answer, asked.sheets, &compared, out, words)?;
        talk.say(&export::list(&files, words));
    }
    if asked.log {
        let mut entry = request_log::open(&args.folder, &request, &request_text)?;
        entry.remember(logged(&territory, &answer))?;
        let shown = entry.path.display().to_string();
        talk.say(&words.fill("request.logged", &[("path", &shown)]));
    }
    Ok(match answer.candidates.is_empty() {
        true => Outcome::Nothing,
        false => Outcome::Answered,
    })
}

/// An answer as the log keeps it.
fn logged(territory: &Territory, answer: &Answer<'_>) -> LoggedAnswer {
    let data = layers::newest_vintage(territory).unwrap_or_default();
    LoggedAnswer { data, candidates: answer.remembered() }
}

/// Answers every open request of the log again, says what changed since its last answer, and remembers it.
fn again(
    args: &Args,
    entries: Vec<Entry>,
    words: &Words,
    talk: &Talk,
) -> Result<Outcome, CliError> {
    let (open, closed): (Vec<Entry>, Vec<Entry>) =
        entries.into_iter().partition(|entry| entry.logged.state == State::Open);
    if open.is_empty() {
        let n = words.count(closed.len());
        output::answer(&words.fill("request.log_empty", &[("closed", &n)]))?;
        return Ok(Outcome::Nothing);
    }
    let profile = published_profile(request::PROFILE)?;
    let territory = prepared(&args.folder, &profile, words, talk)?;
    let ground = profile.land.as_ref().and_then(|rules| Ground::new(&territory, rules));
    let ground = ground.ok_or(RequestError::NoParcels)?;
    let desk = Desk::new(&territory, &ground, &profile)?;
    let mut rows = Vec::new();
    for mut entry in open {
        let path = entry.path.clone();
        let answer =
            desk.answer(&entry.request).map_err(|source| CliError::RequestFile { path, source })?;
        let now = logged(&territory, &answer);
        let before = entry.logged.answers.last().cloned();
        entry.remember(now.clone())?;
        rows.push((entry, before, now));
    }
    output::answer(&report::request_log::text(&territory, &rows, closed.len(), words))?;
    Ok(Outcome::Answered)
}

/// Closes a request of the log.
fn close(folder: &Path, name: &str, words: &Words) -> Result<Outcome, CliError> {
    let mut entries = request_log::read(folder)?;
    let known: Vec<String> = entries.iter().map(Entry::name).collect();
    let found = entries.iter_mut().find(|entry| entry.name() == name);
    let entry = found.ok_or_else(|| CliError::NoSuchRequest {
        name: name.to_owned(),
        known: if known.is_empty() { "–".to_owned() } else { known.join(", ") },
    })?;
    entry.set(State::Closed)?;
    output::answer(&words.fill("request.closed", &[("name", name)]))?;
    Ok(Outcome::Answered)
}

/// The candidates to put side by side: those named, else the best.
fn compared<'a>(answer: &'a Answer<'_>, ids: &[String]) -> Result<Vec<&'a Answered<'a>>, CliError> {
    let (fewest, most) = delivered::COMPARED;
    if ids.is_empty() {
        let best: Vec<&Answered<'_>> = answer.candidates.iter().take(most).collect();
        return Ok(if best.len() < fewest { Vec::new() } else { best });
    }
    if !(fewest..=most).contains(&ids.len()) {
        return Err(CliError::CompareSome { n: ids.len(), fewest, most });
    }
    let find = |id: &String| {
        answer.candidate(id).ok_or_else(|| CliError::NoSuchCandidate { id: id.clone() })
    };
    ids.iter().map(find).collect()
}

/// The territory with its land surveyed and its housing counted.
fn prepared(
    folder: &Path,
    profile: &Profile,
    words: &Words,
    talk: &Talk,
) -> Result<Territory, CliError> {
    talk.say(words.say("report.reading"));
    let mut territory = load::load(&Config::read(folder)?)?;
    rank::prepare(&mut territory, profile)?;
    housing::prepare(&mut territory)?;
    Ok(territory)
}

/// The request of a file, else that of the flags; with its TOML.
fn read(asked: &RequestArgs, words: &Words) -> Result<(LandRequest, String), CliError> {
    let Some(path) = &asked.file else {
        let text = of_flags(asked, words)?;
        return Ok((LandRequest::from_toml(&text)?, text));
    };
    let text = std::fs::read_to_string(path)
        .map_err(|source| CliError::RequestUnreadable { path: path.clone(), source })?;
    let request = LandRequest::from_toml(&text)
        .map_err(|source| CliError::RequestFile { path: path.clone(), source })?;
    Ok((request, text))
}

/// Whether neither a file nor a flag says what is asked for.
fn asks_nothing(asked: &RequestArgs) -> bool {
    let numbers = [
        asked.min_ha,
        asked.ideal_ha,
        asked.max_ha,
        asked.within_km,
        asked.within_min,
        asked.frontage_m,
        asked.jobs,
    ];
    let lists = [&asked.epci, &asked.communes, &asked.kinds];
    asked.file.is_none()
        && numbers.iter().all(Option::is_none)
        && lists.iter().all(|list| list.is_empty())
        && asked.of.is_empty()
}

/// The flags as the TOML that they stand for: one way to check both.
fn of_flags(asked: &RequestArgs, words: &Words) -> Result<String, CliError> {
    if asks_nothing(asked) {
        return Err(CliError::NoRequest);
    }
    let mut all = toml::Table::new();
    let mut set = |section: &str, key: &str, value: Option<toml::Value>| {
        let Some(value) = value else { return };
        let table = match section {
            "" => &mut all,
            section => {
                let entry = all.entry(section).or_insert_with(|| toml::Table::new().into());
                match entry.as_table_mut() {
                    Some(table) => table,
                    None => return,
                }
            }
        };
        table.insert(key.to_owned(), value);
    };
    let number = |number: Option<f64>| number.map(toml::Value::Float);
    let list = |texts: &[String]| {
        let each = texts.iter().map(|text| toml::Value::String(text.trim().to_owned()));
        (!texts.is_empty()).then(|| toml::Value::Array(each.collect()))
    };
    let name = asked.name.clone().unwrap_or_else(|| words.say("request.unnamed").to_owned());
    set("", "name", Some(name.into()));
    set("", "jobs", number(asked.jobs));
    set("area", "min_ha", number(asked.min_ha));
    set("area", "ideal_ha", number(asked.ideal_ha));
    set("area", "max_ha", number(asked.max_ha));
    set("place", "epci", list(&asked.epci));
    set("place", "communes", list(&asked.communes));
    let of = asked.of.iter().map(|degrees| toml::Value::Float(*degrees)).collect();
    set("place", "of", (!asked.of.is_empty()).then_some(toml::Value::Array(of)));
    set("place", "within_km", number(asked.within_km));
    set("place", "within_min", number(asked.within_min));
    set("shape", "frontage_m", number(asked.frontage_m));
    set("candidates", "kinds", list(&asked.kinds));
    // Numbers and texts always are TOML.
    Ok(all.to_string())
}

/// Writes a request to start from.
fn new(path: &Path, words: &Words) -> Result<Outcome, CliError> {
    let text = request::template(words.lang());
    if path == Path::new("-") {
        output::answer(text)?;
        return Ok(Outcome::Answered);
    }
    if path.exists() {
        return Err(CliError::RequestExists { path: path.to_path_buf() });
    }
    atomic::write(path, text.as_bytes())?;
    let shown = path.display().to_string();
    output::answer(&words.fill("request.new_done", &[("path", &shown)]))?;
    Ok(Outcome::Answered)
}
