//! Communes, economic zones and housing figures.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use super::DemoFilesError;
use super::geojson_text::Collection;
use super::geojson_text::quoted;
use super::unwritten;
use crate::demo::Demo;

/// Writes `communes.geojson` with the properties of the API Géo.
pub(super) fn communes(path: &Path, demo: &Demo) -> Result<(), DemoFilesError> {
    // The borders are those of the planning zones, which are written in Lambert-93.
    let mut collection = Collection::fine("communes")?;
    for commune in &demo.communes {
        let figures = &commune.figures;
        let epci = demo.epcis.iter().find(|epci| epci.siren == figures.epci_siren);
        let properties = format!(
            "{{\"code\":\"{}\",\"nom\":{},\"departement\":\"{}\",\"siren_epci\":\"{}\",\"nom_epci\":{},\
             \"population\":{}}}",
            figures.insee,
            quoted(&figures.name),
            figures.department,
            figures.epci_siren,
            quoted(epci.map_or("", |epci| &epci.name)),
            figures.population
        );
        collection.feature(Some(&figures.insee), &properties);
        collection.polygon(&commune.polygon)?;
    }
    fs::write(path, collection.finish()).map_err(unwritten(path))
}

/// Writes `zae.geojson` with columns of the CNIG table `SITE-ECO`.
pub(super) fn sites(path: &Path, demo: &Demo) -> Result<(), DemoFilesError> {
    let mut collection = Collection::new("zae")?;
    for site in &demo.sites {
        let figures = &demo.communes[site.commune].figures;
        let epci = demo.epcis.iter().find(|epci| epci.siren == figures.epci_siren);
        let gross_m2: f64 = site.extent.0.iter().map(geo::Area::unsigned_area).sum();
        let share = site.vacant_parcels as f64 / (site.parcels.max(1)) as f64;
        let properties = format!(
            "{{\"site_id\":\"{}\",\"pole_id\":null,\"site_nom\":{},\"site_type\":\"Zone d'activité économique\",\
             \"site_vocadomi\":\"{}\",\"site_etat\":\"{}\",\"site_surf_brute\":{:.2},\"site_surf_utile\":{:.2},\
             \"site_creation_date\":\"{}\",\"site_identif_date\":\"2025-09-30\",\"site_actu_date\":\"2026-06-30\",\
             \"source_producteur\":\"données synthétiques\",\"site_epci_nom\":{},\"site_epci_siren\":\"{}\",\
             \"site_comm_nom\":{},\"site_comm_insee\":\"{}\",\"site_uf_nbre\":{},\"site_uf_vacant_nbre\":{},\
             \"site_taux_vacance\":{:.1}}}",
            site.id,
            quoted(&site.name),
            site.vocation,
            site.state,
            gross_m2 / 1e4,
            gross_m2 * 0.88 / 1e4,
            site.created_year,
            quoted(epci.map_or("", |epci| &epci.name)),
            figures.epci_siren,
            quoted(&figures.name),
            figures.insee,
            site.parcels,
            site.vacant_parcels,
            100.0 * share,
        );
        collection.feature(Some(&site.id), &properties);
        collection.multi_polygon(&site.extent)?;
    }
    fs::write(path, collection.finish()).map_err(unwritten(path))
}

/// Writes `lovac-2025-communes.csv`: counts of 1 to 10 are under statistical secrecy and become `s`.
pub(super) fn vacancy(path: &Path, demo: &Demo) -> Result<(), DemoFilesError> {
    let secret =
        |count: u32| if (1..=10).contains(&count) { "s".to_owned() } else { count.to_string() };
    let mut text =
        String::from("CODGEO_25;LIBGEO_25;pp_total_24;pp_vacant_25;pp_vacant_plus_2ans_25\n");
    for commune in &demo.communes {
        let vacancy = commune.vacancy;
        // Writing to a string cannot fail.
        let _ = writeln!(
            text,
            "{};{};{};{};{}",
            commune.figures.insee,
            commune.figures.name,
            secret(vacancy.dwellings),
            secret(vacancy.vacant),
            secret(vacancy.vacant_over_two_years)
        );
    }
    fs::write(path, text).map_err(unwritten(path))
}
