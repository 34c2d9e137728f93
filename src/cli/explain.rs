//! `gisement explain ID`.

use gisement::domain::Territory;
use gisement::evaluation::UnitKind;
use gisement::io::config::Config;
use gisement::io::load;
use gisement::words::Words;

use super::CliError;
use super::Outcome;
use super::args::Args;
use super::args::CheckFormat;
use super::args::ExplainArgs;
use super::args::What;
use super::output;
use super::output::Talk;
use super::rank;
use super::report;

pub(crate) fn run(
    args: &Args,
    explain: &ExplainArgs,
    words: &Words,
    talk: &Talk,
) -> Result<Outcome, CliError> {
    let asked = explain.profile.as_deref().map(rank::read_profile).transpose()?;
    talk.say(words.say("report.reading"));
    let territory = load::load(&Config::read(&args.folder)?)?;
    let what = kind_of(&territory, explain.id.trim(), asked.as_ref().map(|profile| profile.unit))
        .ok_or_else(|| CliError::NoSuchId { id: explain.id.clone() })?;
    let profile = rank::profile(what, explain.profile.as_deref())?;
    let ranking = rank::ranking(&territory, what, &profile)?;
    let Some(row) = ranking.row(explain.id.trim()) else {
        let why = gisement::evaluation::why_no_candidate(&territory, &profile, explain.id.trim())?;
        output::answer(&report::explanation::not_candidate(
            &profile,
            explain.id.trim(),
            &why,
            words,
        ))?;
        return Ok(Outcome::Nothing);
    };
    let text = match explain.format {
        CheckFormat::Table => report::explanation::text(&territory, &ranking, row, words),
        CheckFormat::Json => {
            serde_json::to_string_pretty(&report::ranking::row_json(&territory, &ranking, row))?
        }
    };
    output::answer(&text)?;
    Ok(Outcome::Answered)
}

/// What an identifier names. Each kind of unit has identifiers of its own form, so the first layer that has it decides.
fn kind_of(territory: &Territory, id: &str, unit: Option<UnitKind>) -> Option<What> {
    [
        (What::Land, UnitKind::Parcel),
        (What::Friches, UnitKind::Friche),
        (What::Housing, UnitKind::Commune),
    ]
    .into_iter()
    .filter(|(_, kind)| unit.is_none_or(|unit| unit == *kind))
    .find(|(_, kind)| {
        territory.layer(kind.layer()).is_some_and(|layer| {
            (0..layer.len()).any(|at| layer.entity(at).is_some_and(|entity| entity.id() == id))
        })
    })
    .map(|(what, _)| what)
}
