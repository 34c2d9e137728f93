//! `gisement export`: every layer, as GeoPackage, GeoJSON and CSV.

use std::path::Path;
use std::path::PathBuf;

use gisement::domain::Territory;
use gisement::evaluation::Profile;
use gisement::evaluation::published_profile;
use gisement::friche;
use gisement::friche::potential::potential;
use gisement::friche::visits::VISITS;
use gisement::friche::visits::visits;
use gisement::housing;
use gisement::io::config::Config;
use gisement::io::deliver::csv;
use gisement::io::deliver::friches_standard;
use gisement::io::deliver::geopackage;
use gisement::io::deliver::layers;
use gisement::io::deliver::layers::Rankings;
use gisement::io::load;
use gisement::land;
use gisement::words::Words;

use super::CliError;
use super::Outcome;
use super::args::Args;
use super::args::ExportArgs;
use super::args::What;
use super::output;
use super::output::Talk;
use super::rank;

/// Folder of results inside a territory's folder.
pub(crate) const RESULTS: &str = "results";

pub(crate) fn run(
    args: &Args,
    export: &ExportArgs,
    words: &Words,
    talk: &Talk,
) -> Result<Outcome, CliError> {
    talk.say(words.say("report.reading"));
    let mut territory = load::load(&Config::read(&args.folder)?)?;
    let rankings = rank_all(&mut territory)?;
    let out = export.out.clone().unwrap_or_else(|| args.folder.join(RESULTS));
    let files = write(&territory, &rankings, &out, words)?;
    output::answer(&list(&files, words))?;
    Ok(Outcome::Answered)
}

/// The three rankings by their default profiles; a ranking whose units are not given is left out.
pub(crate) fn rank_all(territory: &mut Territory) -> Result<Rankings, CliError> {
    rank::prepare(territory, &published_profile(land::DEFAULT_PROFILE)?)?;
    let of_friches = published_profile(friche::DEFAULT_PROFILE)?;
    rank::prepare(territory, &of_friches)?;
    housing::prepare(territory)?;
    housing::add_access(territory);
    let territory = &*territory;
    let by = |what, id: &str| -> Result<_, CliError> {
        let profile: Profile = published_profile(id)?;
        match territory.layer(profile.unit.layer()) {
            Some(_) => rank::ranking(territory, what, &profile).map(Some),
            None => Ok(None),
        }
    };
    let of_housing = published_profile(housing::DEFAULT_PROFILE)?;
    let friches = by(What::Friches, friche::DEFAULT_PROFILE)?;
    let visits = match (&friches, friche::grid_of(&of_friches)?) {
        (Some(ranking), Some(grid)) => visits(territory, ranking, &grid, VISITS),
        _ => Vec::new(),
    };
    Ok(Rankings {
        land: by(What::Land, land::DEFAULT_PROFILE)?,
        friches,
        housing: by(What::Housing, housing::DEFAULT_PROFILE)?,
        housing_epcis: Some(housing::rank_epcis(territory, &of_housing)?),
        visits,
        potential: potential(territory),
    })
}

/// Writes every layer in every format; returns the files, in the order a person would open them.
pub(crate) fn write(
    territory: &Territory,
    rankings: &Rankings,
    out: &Path,
    words: &Words,
) -> Result<Vec<PathBuf>, CliError> {
    std::fs::create_dir_all(out)?;
    let info = layers::info(territory, words);
    let delivered = layers::all(territory, rankings, words)?;
    let mut files = vec![out.join("gisement.gpkg")];
    geopackage::write(&files[0], &delivered, &info)?;
    for layer in &delivered {
        // A table has no shape to show.
        if layer.geometry().is_some() {
            let path = out.join(format!("{}.geojson", layer.name()));
            layers::geojson_file(&path, layer, &info)?;
            files.push(path);
        }
        let path = out.join(format!("{}.csv", layer.name()));
        csv::write(&path, layer)?;
        files.push(path);
    }
    files.extend(friches_standard::write(territory, &out.join(friches_standard::FOLDER), words)?);
    Ok(files)
}

/// The files as a list for people.
pub(crate) fn list(files: &[PathBuf], words: &Words) -> String {
    let lines: Vec<String> = files.iter().map(|file| format!("  {}", file.display())).collect();
    format!("{}\n{}", words.say("report.files_title"), lines.join("\n"))
}
