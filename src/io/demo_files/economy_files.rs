//! Establishments, land of economic zones, owners, jobs; and the truth about the planted terrains.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use geo::Area;
use geo_types::MultiPolygon;

use super::DemoFilesError;
use super::geojson_text::Collection;
use super::geojson_text::quoted;
use super::unwritten;
use crate::demo::Demo;

/// Writes `etablissements-sirene.csv`: establishments with their legal unit and coordinates in Lambert-93.
pub(super) fn establishments(path: &Path, demo: &Demo) -> Result<(), DemoFilesError> {
    let mut text = String::from(
        "siren,nic,siret,statutDiffusionEtablissement,dateCreationEtablissement,trancheEffectifsEtablissement,\
         anneeEffectifsEtablissement,etablissementSiege,etatAdministratifEtablissement,dateDebut,\
         activitePrincipaleEtablissement,categorieJuridiqueUniteLegale,denominationUniteLegale,enseigne1Etablissement,\
         codeCommuneEtablissement,coordonneeLambertAbscisseEtablissement,coordonneeLambertOrdonneeEtablissement\n",
    );
    for one in &demo.economy.establishments {
        let (siren, nic) = one.siret.split_at(9);
        // A sole trader has no company name: SIRENE has the sign over the door, which is often the person's.
        let (firm, sign) = if one.legal_form == "1000" {
            ("", one.name.as_str())
        } else {
            (one.name.as_str(), "")
        };
        // Writing to a string cannot fail.
        let _ = writeln!(
            text,
            "{siren},{nic},{},O,{},{},2023,true,{},{},{},{},{firm},{sign},{},{:.2},{:.2}",
            one.siret,
            one.created,
            one.staff,
            if one.active { "A" } else { "F" },
            one.since,
            one.activity,
            one.legal_form,
            demo.communes[one.commune].figures.insee,
            one.at.x,
            one.at.y
        );
    }
    fs::write(path, text).map_err(unwritten(path))
}

/// Writes `terrain_eco.geojson` with columns of the CNIG table `TERRAIN-ECO`.
pub(super) fn lands(path: &Path, demo: &Demo) -> Result<(), DemoFilesError> {
    let mut collection = Collection::new("terrain_eco")?;
    for (rank, land) in demo.economy.lands.iter().enumerate() {
        let siren = &demo.communes[land.commune].figures.epci_siren;
        let id = format!("{siren}_TERRAIN-ECO_{:05}", rank + 1);
        let properties = format!(
            "{{\"terr_id\":\"{id}\",\"site_id\":\"{}\",\"terr_refcad\":\"{}\",\"terr_surf_brute\":{:.4},\
             \"terr_utile\":\"oui\",\"terr_identif_date\":\"2025-09-30\",\"terr_actu_date\":\"2026-06-30\",\
             \"terr_maitrise_fonc\":{},\"terr_stade_amngt\":{},\"terr_stade_comm\":{},\"terr_etat_occup\":{},\
             \"terr_usage\":{},\"terr_cle_en_main\":\"non\",\"commentaire\":\"données synthétiques\"}}",
            land.site_id,
            land.parcels.join("|"),
            land.extent.unsigned_area() / 1e4,
            quoted(land.ownership),
            quoted(land.works),
            quoted(land.sale),
            quoted(land.occupation),
            quoted(if land.occupation == "occupé" { "bâti productif" } else { "inconnu" }),
        );
        collection.feature(Some(&id), &properties);
        collection.multi_polygon(&MultiPolygon::new(vec![land.extent.clone()]))?;
    }
    fs::write(path, collection.finish()).map_err(unwritten(path))
}

/// Writes `proprietaires.csv`: parcel, account, class in Cerema's codes.
pub(super) fn owners(path: &Path, demo: &Demo) -> Result<(), DemoFilesError> {
    let mut text = String::from("idpar;idprocpte;catpro3\n");
    for owner in &demo.economy.owners {
        let _ = writeln!(text, "{};{};{}", owner.parcel, owner.account, owner.class);
    }
    fs::write(path, text).map_err(unwritten(path))
}

/// Writes `base-cc-emploi-pop-active-2022.csv`, the columns of it that matter.
pub(super) fn jobs(path: &Path, demo: &Demo) -> Result<(), DemoFilesError> {
    let mut text = String::from("CODGEO;P22_EMPLT;P22_ACTOCC15P;P22_ACT15P;P22_CHOM1564\n");
    for (commune, jobs) in demo.communes.iter().zip(&demo.economy.jobs) {
        let insee = &commune.figures.insee;
        let _ = writeln!(
            text,
            "{insee};{};{};{};{}",
            jobs.jobs, jobs.workers, jobs.active, jobs.unemployed
        );
    }
    fs::write(path, text).map_err(unwritten(path))
}

/// Writes `terrains-plantes.csv`: what an answer must say about the planted terrains. No layer reads it.
pub(super) fn truth(path: &Path, demo: &Demo) -> Result<(), DemoFilesError> {
    let mut text = String::from(
        "histoire;idu;disponibilite;surface_brute_m2;surface_nette_m2;groupe_ordre;ordre;remarque\n",
    );
    for terrain in &demo.economy.planted {
        let net = terrain.net_m2.map_or(String::new(), |net_m2| format!("{net_m2:.2}"));
        let (group, rank) =
            terrain.order.map_or((String::new(), String::new()), |(group, rank)| {
                (group.to_owned(), rank.to_string())
            });
        let _ = writeln!(
            text,
            "{};{};{};{:.2};{net};{group};{rank};\"{}\"",
            terrain.story,
            terrain.parcels.join("|"),
            terrain.availability,
            terrain.gross_m2,
            terrain.note
        );
    }
    fs::write(path, text).map_err(unwritten(path))
}
