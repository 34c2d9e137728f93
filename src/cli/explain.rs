//! `gisement explain ID`.

use gisement::domain::Territory;
use gisement::domain::plain;
use gisement::evaluation::UnitKind;
use gisement::friche;
use gisement::housing;
use gisement::io::config::Config;
use gisement::io::load;
use gisement::land;
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
    let mut territory = load::load(&Config::read(&args.folder)?)?;
    match &asked {
        Some(profile) => rank::prepare(&mut territory, profile)?,
        None => rank::prepare(&mut territory, &rank::read_profile(land::DEFAULT_PROFILE)?)?,
    }
    let asked_id = &site_of_record(&territory, explain.id.trim());
    let unit = asked.as_ref().map(|profile| profile.unit);
    // What has no such identifier may have such a name.
    let (asked_id, what) = match kind_of(&territory, asked_id, unit) {
        Some(what) => (asked_id.clone(), what),
        None => {
            let code = place_called(&territory, asked_id)?;
            let what = kind_of(&territory, &code, unit);
            (code, what.ok_or_else(|| CliError::NoSuchId { id: explain.id.clone() })?)
        }
    };
    let asked_id = &asked_id;
    let profile = rank::profile(what, explain.profile.as_deref())?;
    if what != What::Land {
        rank::prepare(&mut territory, &profile)?;
    }
    if territory.housing_rules.is_none() || territory.epci_areas.is_none() {
        housing::prepare(&mut territory)?;
    }
    if what == What::Housing {
        housing::add_access(&mut territory);
    }
    // A parcel is explained by its class, and by the terrain that it is part of.
    let parcel = match (what, profile.unit) {
        (What::Land, UnitKind::Terrain) => {
            report::land_parcel::look_up(&territory, &profile, asked_id, words)
        }
        _ => None,
    };
    let id = match &parcel {
        Some(found) => match &found.terrain {
            Some(terrain) => terrain.clone(),
            None => {
                let answer = match explain.format {
                    CheckFormat::Table => found.text.clone(),
                    CheckFormat::Json => serde_json::to_string_pretty(&found.json)?,
                };
                output::answer(&answer)?;
                return Ok(Outcome::Nothing);
            }
        },
        None => asked_id.clone(),
    };
    let about_parcel = parcel.map(|found| found.text).unwrap_or_default();
    let ranking = match what {
        What::Housing if is_epci(&territory, &id) => housing::rank_epcis(&territory, &profile)?,
        _ => rank::ranking(&territory, what, &profile)?,
    };
    let Some(row) = ranking.row(&id) else {
        let why = gisement::evaluation::why_no_candidate(&territory, &profile, &id)?;
        let answer = match explain.format {
            CheckFormat::Table => {
                let text = report::explanation::not_candidate(&profile, &id, &why, words);
                format!("{about_parcel}{text}")
            }
            CheckFormat::Json => serde_json::to_string_pretty(
                &report::explanation::not_candidate_json(&profile, &id, &why),
            )?,
        };
        output::answer(&answer)?;
        return Ok(Outcome::Nothing);
    };
    let site = match what {
        What::Friches => report::friche::of_row(&territory, row),
        _ => None,
    };
    let unit = match what {
        What::Housing => None,
        _ => territory.layer(profile.unit.layer()).and_then(|layer| layer.entity(row.unit)),
    };
    let grid = friche::grid_of(&profile)?;
    let text = match explain.format {
        CheckFormat::Table => {
            let score = report::explanation::text(&territory, &ranking, row, words);
            let about_site = match site {
                Some(site) => report::friche::text(&territory, site, grid.as_ref(), words)?,
                None => String::new(),
            };
            let about_place = match what {
                What::Housing => report::housing::text(&territory, &ranking, row, words),
                _ => unit.map_or_else(String::new, |unit| {
                    report::housed::brief(&territory, unit, words)
                }),
            };
            format!("{about_parcel}{score}{about_site}{about_place}")
        }
        CheckFormat::Json => {
            let mut item = report::ranking::row_json(&territory, &ranking, row);
            if let Some(site) = site {
                let grid = grid.as_ref();
                report::friche::details_json(&territory, site, grid, words, &mut item)?;
            }
            if let Some(reach) = unit.and_then(|unit| report::housed::reach_of(&territory, unit)) {
                item["housing"] = reach;
            }
            serde_json::to_string_pretty(&item)?
        }
    };
    output::answer(&text)?;
    Ok(Outcome::Answered)
}

/// The identifier of the site that a record of a friche is part of; any other identifier stays as it is.
fn site_of_record(territory: &Territory, id: &str) -> String {
    let sites = territory.friches.iter().flat_map(|layer| &layer.entities);
    let mut holding = sites.filter(|site| site.records.iter().any(|record| &*record.id == id));
    holding.next().map_or_else(|| id.to_owned(), |site| site.id.to_string())
}

/// Whether an identifier is the SIREN of an EPCI of the territory.
fn is_epci(territory: &Territory, id: &str) -> bool {
    id.parse().is_ok_and(|siren| territory.epci(siren).is_some())
}

/// The code of the commune or EPCI that is called so, whatever its accents and capitals; what nothing is called stays.
fn place_called(territory: &Territory, name: &str) -> Result<String, CliError> {
    let wanted = plain(name);
    let communes = territory.communes.entities.iter();
    let communes = communes.map(|commune| (commune.name.as_str(), commune.insee.as_str()));
    let epcis = territory.epcis.iter().map(|epci| (epci.name.as_str(), epci.siren.as_str()));
    let codes: Vec<&str> = communes
        .chain(epcis)
        .filter(|(known, _)| plain(known) == wanted)
        .map(|(_, code)| code)
        .collect();
    match codes[..] {
        [] => Ok(name.to_owned()),
        [code] => Ok(code.to_owned()),
        _ => Err(CliError::SeveralNames { name: name.to_owned(), codes: codes.join(", ") }),
    }
}

/// What an identifier names. Each kind of unit has identifiers of its own form, so the first layer that has it decides.
fn kind_of(territory: &Territory, id: &str, unit: Option<UnitKind>) -> Option<What> {
    [
        (What::Land, UnitKind::Terrain),
        (What::Land, UnitKind::Parcel),
        (What::Friches, UnitKind::Friche),
        (What::Housing, UnitKind::Commune),
    ]
    .into_iter()
    .filter(|(_, kind)| {
        // A parcel may be asked about by a profile of terrains.
        let is_land = |kind| matches!(kind, UnitKind::Terrain | UnitKind::Parcel);
        unit.is_none_or(|unit| unit == *kind || (unit == UnitKind::Terrain && is_land(*kind)))
    })
    .find(|(_, kind)| {
        if *kind == UnitKind::Commune && is_epci(territory, id) {
            return true;
        }
        territory.layer(kind.layer()).is_some_and(|layer| {
            (0..layer.len()).any(|at| layer.entity(at).is_some_and(|entity| entity.id() == id))
        })
    })
    .map(|(what, _)| what)
}
