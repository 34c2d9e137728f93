//! `gisement housing --jobs 60 --at ID`: where the people who would work on a site could live.

use std::path::Path;

use gisement::domain::Territory;
use gisement::domain::TravelPlace;
use gisement::housing;
use gisement::housing::Demand;
use gisement::housing::Jobs;
use gisement::housing::SiteWithJobs;
use gisement::io::config::Config;
use gisement::io::jobs;
use gisement::io::jobs::SiteJobs;
use gisement::io::load;
use gisement::land;
use gisement::spatial::shape;
use gisement::units::M2_PER_HA;
use gisement::units::Minutes;
use gisement::words::Words;

use super::CliError;
use super::Outcome;
use super::args::Args;
use super::args::CheckFormat;
use super::args::HousingArgs;
use super::output;
use super::output::Talk;
use super::place;
use super::rank;
use super::report;

pub(crate) fn run(
    args: &Args,
    asked: &HousingArgs,
    words: &Words,
    talk: &Talk,
) -> Result<Outcome, CliError> {
    let mut sites = Vec::new();
    if let Some(at) = &asked.at {
        sites.push(SiteJobs {
            row: 0,
            at: at.trim().to_owned(),
            jobs: asked.jobs,
            activity: asked.activity.clone(),
            hectares: asked.hectares,
        });
    }
    if let Some(path) = &asked.add {
        sites.extend(jobs::read(path)?);
    }
    if sites.is_empty() {
        return Err(CliError::NoSiteOfJobs);
    }
    let minutes = place::minutes(&asked.minutes)?;
    talk.say(words.say("report.reading"));
    let mut territory = load::load(&Config::read(&args.folder)?)?;
    if sites.iter().any(|site| !place::is_at_hand(&territory, &site.at)) {
        // Terrains and zones are found by a survey.
        rank::prepare(&mut territory, &rank::read_profile(land::DEFAULT_PROFILE)?)?;
    }
    housing::prepare(&mut territory)?;
    let answered = answered(&territory, &sites, asked.add.as_deref(), &minutes)?;
    let housed = housing::house(&answered);
    let answer = match asked.format {
        CheckFormat::Table => report::housed::text(&territory, &answered, &housed, words),
        CheckFormat::Json => {
            serde_json::to_string_pretty(&report::housed::json(&territory, &answered, &housed))?
        }
    };
    output::answer(&answer)?;
    Ok(Outcome::Answered)
}

fn answered(
    territory: &Territory,
    sites: &[SiteJobs],
    table: Option<&Path>,
    minutes: &[Minutes],
) -> Result<Vec<SiteWithJobs>, CliError> {
    let mut found = Vec::new();
    for site in sites {
        // What stands in a table may be a name: it is told by its row.
        let told = |typed: &str| match table.filter(|_| site.row > 0) {
            Some(path) => format!("{}:{}", path.display(), site.row),
            None => typed.to_owned(),
        };
        let place = place::find(territory, &site.at)
            .ok_or_else(|| CliError::NoSuchPlaceOfJobs { at: told(&site.at) })?;
        let demand = demand(territory, site, shape::area(&place.geometry), &told)?;
        found.push((place, demand));
    }
    let places: Vec<TravelPlace<'_>> =
        found.iter().map(|(place, _)| place.travel_place()).collect();
    let reached = housing::reach(territory, &places, minutes).unwrap_or_default();
    Ok(found
        .iter()
        .zip(reached)
        .map(|((place, demand), reach)| SiteWithJobs {
            name: place.name.clone(),
            demand: demand.clone(),
            reach,
        })
        .collect())
}

/// What a site brings: the jobs announced, else those that its land would hold.
fn demand(
    territory: &Territory,
    site: &SiteJobs,
    area_m2: f64,
    told: &impl Fn(&str) -> String,
) -> Result<Demand, CliError> {
    let published;
    let rules = match &territory.housing_rules {
        Some(rules) => rules,
        None => {
            published = housing::published_rules()?;
            &published
        }
    };
    let activity = site.activity.as_deref().unwrap_or(housing::ANY_ACTIVITY);
    let hectares = site.hectares.unwrap_or(area_m2 / M2_PER_HA);
    let by_land = housing::jobs_of_area(rules, activity, hectares).ok_or_else(|| {
        let known: Vec<&str> =
            rules.jobs_per_hectare.iter().map(|density| density.activity.as_str()).collect();
        CliError::NoSuchActivity { activity: told(activity), known: known.join(", ") }
    })?;
    let jobs = match site.jobs {
        Some(jobs) => Jobs::announced(jobs),
        None if hectares > 0.0 => by_land,
        None => return Err(CliError::NoJobs { at: told(&site.at) }),
    };
    Ok(Demand::of(rules, jobs))
}
