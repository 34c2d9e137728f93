//! Services, networks and districts as their producers publish them: DILA, GTFS, INSEE, France Chaleur Urbaine, ANCT,
//! Géoplateforme, Enedis, DGALN.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use super::DemoFilesError;
use super::geojson_text::Collection;
use super::geojson_text::quoted;
use super::unwritten;
use crate::demo::Demo;
use crate::demo::Lambert93;

/// Writes everything under `dir`.
pub(super) fn write(dir: &Path, demo: &Demo) -> Result<(), DemoFilesError> {
    town_halls(&dir.join("mairies/annuaire-administration-mairies.csv"), demo)?;
    stops(&dir.join("transports/gtfs-fictif/stops.txt"), demo)?;
    amenities(&dir.join("insee/BPE24-fictive.csv"), demo)?;
    heat_networks(&dir.join("energie/reseaux_de_chaleur.geojson"), demo)?;
    districts(&dir.join("social/QP2024-fictif.geojson"), demo)?;
    renewable_zones(dir, demo)?;
    grid_zones(&dir.join("energie/zones-contrainte-enr.geojson"), demo)?;
    housing_zones(&dir.join("logement/zonage-abc-2025.csv"), demo)
}

/// The directory of the administration as CSV: what a row is, and where, stands as JSON in cells.
fn town_halls(path: &Path, demo: &Demo) -> Result<(), DemoFilesError> {
    let projection = Lambert93::new()?;
    let unwritable = |error: csv::Error| DemoFilesError::Format {
        path: path.to_path_buf(),
        what: error.to_string(),
    };
    let mut writer =
        csv::WriterBuilder::new().delimiter(b';').from_path(path).map_err(unwritable)?;
    writer
        .write_record(["id", "pivot", "nom", "adresse", "code_insee_commune"])
        .map_err(unwritable)?;
    for commune in &demo.communes {
        let figures = &commune.figures;
        let degrees = projection.to_degrees(commune.centre)?;
        let pivot = format!(
            "[{{\"type_service_local\": \"mairie\", \"code_insee_commune\": [\"{}\"]}}]",
            figures.insee
        );
        let place = format!(
            "[{{\"type_adresse\": \"Adresse\", \"longitude\": \"{:.7}\", \"latitude\": \"{:.7}\"}}]",
            degrees.x, degrees.y
        );
        let id = format!("mairie-fictive-{}", figures.insee);
        let name = format!("Mairie - {} (fictive)", figures.name);
        writer.write_record([&id, &pivot, &name, &place, &figures.insee]).map_err(unwritable)?;
    }
    writer.flush().map_err(unwritten(path))
}

fn stops(path: &Path, demo: &Demo) -> Result<(), DemoFilesError> {
    let projection = Lambert93::new()?;
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(unwritten(folder))?;
    }
    let mut text =
        String::from("stop_id,stop_name,stop_lat,stop_lon,location_type,parent_station\n");
    for stop in &demo.surroundings.stops {
        let degrees = projection.to_degrees(stop.at)?;
        // Writing to a string cannot fail.
        let _ = writeln!(
            text,
            "{},\"{}\",{:.7},{:.7},{},",
            stop.code, stop.name, degrees.y, degrees.x, stop.location_type
        );
    }
    fs::write(path, text).map_err(unwritten(path))
}

fn amenities(path: &Path, demo: &Demo) -> Result<(), DemoFilesError> {
    let mut text = String::from("AN;DEPCOM;TYPEQU;LAMBERT_X;LAMBERT_Y;QUALITE_XY;EPSG\n");
    for one in &demo.surroundings.amenities {
        let insee = &demo.communes[one.commune].figures.insee;
        let _ =
            writeln!(text, "2024;{insee};{};{:.2};{:.2};Bonne;2154", one.kind, one.at.x, one.at.y);
    }
    fs::write(path, text).map_err(unwritten(path))
}

fn heat_networks(path: &Path, demo: &Demo) -> Result<(), DemoFilesError> {
    let mut collection = Collection::new("reseaux_de_chaleur")?;
    for one in &demo.surroundings.heat_networks {
        let is_drawn = !one.pipes.is_empty();
        let properties = format!(
            "{{\"identifiant_reseau\":\"{}\",\"nom_reseau\":\"Réseau fictif\",\"has_trace\":{is_drawn}}}",
            one.code
        );
        collection.feature(None, &properties);
        if is_drawn { collection.lines(&one.pipes)? } else { collection.point(one.boiler)? }
    }
    fs::write(path, collection.finish()).map_err(unwritten(path))
}

fn districts(path: &Path, demo: &Demo) -> Result<(), DemoFilesError> {
    let mut collection = Collection::new("QP2024-fictif")?;
    for one in &demo.surroundings.districts {
        let properties = format!(
            "{{\"code_qp\":\"{}\",\"lib_qp\":\"Quartier fictif\",\"insee_com\":\"{}\"}}",
            one.code, demo.communes[one.commune].figures.insee
        );
        collection.feature(None, &properties);
        collection.polygon(&one.polygon)?;
    }
    fs::write(path, collection.finish()).map_err(unwritten(path))
}

/// Accelerations and exclusions are layers of different producers.
fn renewable_zones(dir: &Path, demo: &Demo) -> Result<(), DemoFilesError> {
    for (name, excludes) in [("zaer", false), ("zones_exclues_zaer", true)] {
        let path = dir.join(format!("energie/{name}.geojson"));
        let mut collection = Collection::new(name)?;
        let zones = demo.surroundings.renewable_zones.iter().enumerate();
        for (rank, zone) in zones.filter(|(_, zone)| zone.zoning.is_empty() != excludes) {
            let id = format!("ZAER-FICTIVE-{:03}", rank + 1);
            let properties = if excludes {
                format!("{{\"id\":\"{id}\",\"zonage\":{}}}", quoted(zone.zoning))
            } else {
                let (filiere, detail) = (quoted(zone.energy), quoted(zone.detail));
                format!(
                    "{{\"id\":\"{id}\",\"nom\":\"Zone fictive\",\"filiere\":{filiere},\"detail_filiere1\":{detail}}}"
                )
            };
            collection.feature(None, &properties);
            collection.polygon(&zone.polygon)?;
        }
        fs::write(&path, collection.finish()).map_err(unwritten(&path))?;
    }
    Ok(())
}

fn grid_zones(path: &Path, demo: &Demo) -> Result<(), DemoFilesError> {
    let mut collection = Collection::new("zones-contrainte-enr")?;
    for zone in &demo.surroundings.grid_zones {
        let properties = format!("{{\"id\":\"{}\",\"statut\":\"{}\"}}", zone.code, zone.state);
        collection.feature(None, &properties);
        collection.multi_polygon(&zone.extent)?;
    }
    fs::write(path, collection.finish()).map_err(unwritten(path))
}

fn housing_zones(path: &Path, demo: &Demo) -> Result<(), DemoFilesError> {
    let mut text = String::from("CODGEO;DEP;LIBGEO;Zonage en vigueur depuis le 5 septembre 2025\n");
    for (commune, zone) in demo.communes.iter().zip(&demo.surroundings.housing_zones) {
        let figures = &commune.figures;
        let _ = writeln!(text, "{};{};{};{zone}", figures.insee, figures.department, figures.name);
    }
    fs::write(path, text).map_err(unwritten(path))
}
