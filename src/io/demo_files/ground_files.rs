//! Risks of the ground, nature, installations and former sites as BRGM, the Regions and Géorisques publish them.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use super::DemoFilesError;
use super::geojson_text::Collection;
use super::geojson_text::quoted;
use super::unwritten;
use crate::demo::Demo;
use crate::demo::Lambert93;
use crate::demo::NaturalArea;

/// Writes everything into `dir`.
pub(super) fn write(dir: &Path, demo: &Demo) -> Result<(), DemoFilesError> {
    clay(&dir.join("argiles.geojson"), demo)?;
    cavities(&dir.join("cavites.csv"), demo)?;
    wetlands(&dir.join("zones_humides.geojson"), demo)?;
    areas(&dir.join("srce.geojson"), "srce", &demo.surroundings.network)?;
    areas(&dir.join("pnr.geojson"), "pnr", &demo.surroundings.parks)?;
    installations(&dir.join("icpe.geojson"), demo)?;
    former_sites(&dir.join("casias.csv"), demo)
}

fn clay(path: &Path, demo: &Demo) -> Result<(), DemoFilesError> {
    let mut collection = Collection::fine("argiles")?;
    for (commune, level) in demo.communes.iter().zip(&demo.surroundings.clay) {
        let number = match *level {
            "Faible" => 1,
            "Moyen" => 2,
            _ => 3,
        };
        let department = &commune.figures.department;
        let properties =
            format!("{{\"DPT\":\"{department}\",\"NIVEAU\":{number},\"ALEA\":\"{level}\"}}");
        collection.feature(None, &properties);
        collection.polygon(&commune.polygon)?;
    }
    fs::write(path, collection.finish()).map_err(unwritten(path))
}

fn cavities(path: &Path, demo: &Demo) -> Result<(), DemoFilesError> {
    let projection = Lambert93::new()?;
    let mut text = String::from("identifiant;type;reperage_geo;code_insee;longitude;latitude\n");
    for one in &demo.surroundings.cavities {
        let degrees = projection.to_degrees(one.at)?;
        let place = if one.precise { "précis" } else { "imprécis (centroïde commune)" };
        // Writing to a string cannot fail.
        let _ = writeln!(
            text,
            "{};{};{place};{};{:.7};{:.7}",
            one.code, one.kind, demo.communes[one.commune].figures.insee, degrees.x, degrees.y
        );
    }
    fs::write(path, text).map_err(unwritten(path))
}

fn wetlands(path: &Path, demo: &Demo) -> Result<(), DemoFilesError> {
    let mut collection = Collection::new("zones_humides")?;
    for (rank, polygon) in demo.surroundings.wetlands.iter().enumerate() {
        let properties = format!("{{\"id\":\"ZH-FICTIVE-{:03}\"}}", rank + 1);
        collection.feature(None, &properties);
        collection.polygon(polygon)?;
    }
    fs::write(path, collection.finish()).map_err(unwritten(path))
}

fn areas(path: &Path, name: &str, areas: &[NaturalArea]) -> Result<(), DemoFilesError> {
    let mut collection = Collection::new(name)?;
    for (rank, area) in areas.iter().enumerate() {
        let id = format!("{}-FICTIF-{:04}", name.to_uppercase(), rank + 1);
        // A park is an area of the INPN, the rest of the ecological network is one of the Region.
        let properties = if name == "pnr" {
            format!("{{\"ID_MNHN\":\"{id}\",\"NOM\":\"Parc fictif\"}}")
        } else {
            let (class, aim) = (quoted(area.class), quoted(area.aim));
            format!("{{\"ID_CORR\":\"{id}\",\"TYPE_TVB\":{class},\"OBJ_ASSIGN\":{aim}}}")
        };
        collection.feature(None, &properties);
        collection.polygon(&area.polygon)?;
    }
    fs::write(path, collection.finish()).map_err(unwritten(path))
}

fn installations(path: &Path, demo: &Demo) -> Result<(), DemoFilesError> {
    let mut collection = Collection::new("icpe")?;
    for one in &demo.surroundings.installations {
        let properties = format!(
            "{{\"code_aiot\":\"{}\",\"nom_ets\":\"Installation fictive\",\"cd_insee\":\"{}\",\
             \"lib_regime\":\"{}\",\"lib_seveso\":\"Non Seveso\",\"lib_etat\":{}}}",
            one.code,
            demo.communes[one.commune].figures.insee,
            one.regime,
            quoted(one.state)
        );
        collection.feature(None, &properties);
        collection.point(one.at)?;
    }
    fs::write(path, collection.finish()).map_err(unwritten(path))
}

fn former_sites(path: &Path, demo: &Demo) -> Result<(), DemoFilesError> {
    let projection = Lambert93::new()?;
    let mut text = String::from(
        "identifiant_ssp;identifiant_casias;nom_etablissement;statut;code_insee;longitude;latitude\n",
    );
    for one in &demo.surroundings.former_sites {
        let degrees = projection.to_degrees(one.at)?;
        let _ = writeln!(
            text,
            "SSP-{};{};Ancien site fictif;{};{};{:.7};{:.7}",
            one.code,
            one.code,
            one.state,
            demo.communes[one.commune].figures.insee,
            degrees.x,
            degrees.y
        );
    }
    fs::write(path, text).map_err(unwritten(path))
}
