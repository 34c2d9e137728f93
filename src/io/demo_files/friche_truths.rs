//! What a visit found of friches, and the truth about duplicates, renumbered parcels and potential friches.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use super::DemoFilesError;
use super::unwritten;
use crate::demo::Brownfield;
use crate::demo::Demo;
use crate::demo::FIELD_QUESTIONS;

/// Identifier of a friche in every inventory.
pub(super) fn site_id(demo: &Demo, site: &Brownfield) -> String {
    format!("{}_{}", demo.communes[site.commune].figures.insee, site.number)
}

/// Writes `friches-terrain.csv`: the answers of those who went there, in the keys of ADEME's Mutafriches.
pub(super) fn visits(path: &Path, demo: &Demo) -> Result<(), DemoFilesError> {
    let keys: Vec<&str> = FIELD_QUESTIONS.iter().map(|(key, _)| *key).collect();
    let mut text = format!("site_id;{};visite_date\n", keys.join(";"));
    let second = demo.inventories.second.iter().map(|record| &record.friche);
    let sites: Vec<&Brownfield> = demo.brownfields.iter().chain(second).collect();
    for visit in &demo.inventories.visits {
        let Some(site) = sites.get(visit.site) else { continue };
        // Writing to a string cannot fail.
        let _ =
            writeln!(text, "{};{};{}", site_id(demo, site), visit.answers.join(";"), visit.visited);
    }
    fs::write(path, text).map_err(unwritten(path))
}

/// Writes the truths into `dir`. No layer reads them.
pub(super) fn write(dir: &Path, demo: &Demo) -> Result<(), DemoFilesError> {
    duplicates(&dir.join("friches-doublons.csv"), demo)?;
    listed_parcels(&dir.join("friches-parcelles.csv"), demo)?;
    potential(&dir.join("friches-potentielles.csv"), demo)
}

fn duplicates(path: &Path, demo: &Demo) -> Result<(), DemoFilesError> {
    let mut text = String::from("site_id;site_id_second;meme_site;comment;recouvrement_pct\n");
    for record in &demo.inventories.second {
        let first =
            record.of.map_or(String::new(), |place| site_id(demo, &demo.brownfields[place]));
        let _ = writeln!(
            text,
            "{first};{};{};{};{:.1}",
            site_id(demo, &record.friche),
            if record.is_same { "oui" } else { "non" },
            record.how,
            100.0 * record.overlap
        );
    }
    fs::write(path, text).map_err(unwritten(path))
}

fn listed_parcels(path: &Path, demo: &Demo) -> Result<(), DemoFilesError> {
    let mut text = String::from("site_id;idu;sort;idu_actuels\n");
    for (place, site) in demo.brownfields.iter().enumerate() {
        let known = &demo.communes[site.commune].parcels;
        let old = site.parcel_ids.iter().filter(|id| !known.iter().any(|parcel| parcel.id == **id));
        for id in old {
            let renumbered = demo
                .inventories
                .renumbered
                .iter()
                .find(|one| one.site == place && one.listed == *id);
            let (fate, today) = renumbered
                .map_or(("disparue", String::new()), |one| ("renumérotée", one.today.join("|")));
            let _ = writeln!(text, "{};{id};{fate};{today}", site_id(demo, site));
        }
    }
    fs::write(path, text).map_err(unwritten(path))
}

fn potential(path: &Path, demo: &Demo) -> Result<(), DemoFilesError> {
    let mut text = String::from("histoire;idu;attendu;signes\n");
    for one in &demo.surroundings.potential {
        let expected = if one.is_one { "oui" } else { "non" };
        let _ = writeln!(text, "{};{};{expected};{}", one.story, one.parcel, one.signs.join("|"));
    }
    fs::write(path, text).map_err(unwritten(path))
}
