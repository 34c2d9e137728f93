//! `gisement init DIR`.

use gisement::domain::Siren;
use gisement::io::config::ConfigError;
use gisement::io::config::FILE_NAME;
use gisement::io::config::template;
use gisement::io::deliver::atomic;
use gisement::words::Words;

use super::CliError;
use super::Outcome;
use super::args::InitArgs;
use super::output;
use super::output::Talk;

pub(crate) fn run(init: &InitArgs, words: &Words, _: &Talk) -> Result<Outcome, CliError> {
    let epcis =
        init.epci.iter().map(|text| text.parse::<Siren>()).collect::<Result<Vec<_>, _>>()?;
    let path = init.dir.join(FILE_NAME);
    if path.exists() {
        return Err(ConfigError::Exists { path }.into());
    }
    std::fs::create_dir_all(&init.dir)?;
    atomic::write(&path, template(&epcis, words.lang()).as_bytes())?;
    let (shown, folder) = (path.display().to_string(), init.dir.display().to_string());
    output::answer(&words.fill("report.init_done", &[("path", &shown), ("folder", &folder)]))?;
    Ok(Outcome::Answered)
}
