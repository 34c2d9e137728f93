//! Tables of housing in their producers' layouts: census, RPLS, Sitadel, carte des loyers, DVF, MOBPRO.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use super::DemoFilesError;
use super::unwritten;
use crate::demo::Demo;
use crate::demo::FlowPlace;
use crate::demo::HomeSale;

/// Kinds of dwellings in the words of Sitadel.
const SITADEL_KINDS: [&str; 4] = ["Individuel pur", "Individuel groupé", "Collectif", "Résidence"];

/// Floor area of a dwelling of each kind, m².
const FLOOR_M2: [u32; 4] = [115, 90, 65, 45];

/// Header of geo-dvf.
const GEO_DVF: &str = "id_mutation,date_mutation,numero_disposition,nature_mutation,valeur_fonciere,adresse_numero,\
    adresse_suffixe,adresse_nom_voie,adresse_code_voie,code_postal,code_commune,nom_commune,code_departement,\
    ancien_code_commune,ancien_nom_commune,id_parcelle,ancien_id_parcelle,numero_volume,lot1_numero,\
    lot1_surface_carrez,lot2_numero,lot2_surface_carrez,lot3_numero,lot3_surface_carrez,lot4_numero,\
    lot4_surface_carrez,lot5_numero,lot5_surface_carrez,nombre_lots,code_type_local,type_local,surface_reelle_bati,\
    nombre_pieces_principales,code_nature_culture,nature_culture,code_nature_culture_speciale,\
    nature_culture_speciale,surface_terrain,longitude,latitude\n";

/// Writes them all below `dir`.
pub(super) fn write(dir: &Path, demo: &Demo) -> Result<(), DemoFilesError> {
    census(&dir.join("insee/base-cc-logement-2022.csv"), demo)?;
    social(&dir.join("logement/rpls-2024-communes.csv"), demo)?;
    permits(&dir.join("logement/sitadel-logements-communes.csv"), demo)?;
    rents(dir, demo)?;
    sales(&dir.join("logement/dvf-fictif.csv"), demo)?;
    flows(&dir.join("emploi/base-flux-mobilite-domicile-lieu-travail-2022.csv"), demo)
}

fn census(path: &Path, demo: &Demo) -> Result<(), DemoFilesError> {
    let mut text = String::from(
        "CODGEO;P22_LOG;P22_RP;P22_RSECOCC;P22_LOGVAC;P22_MAISON;P22_APPART;P22_MEN;P22_RP_LOCHLMV;P22_POP\n",
    );
    for (commune, homes) in demo.communes.iter().zip(&demo.housing.census) {
        let figures = &commune.figures;
        // Writing to a string cannot fail.
        let _ = writeln!(
            text,
            "{};{};{};{};{};{};{};{};{};{}",
            figures.insee,
            homes.dwellings,
            homes.main_homes,
            homes.second_homes,
            homes.vacant,
            homes.houses,
            homes.dwellings - homes.houses,
            homes.main_homes,
            homes.social_main_homes,
            figures.population
        );
    }
    fs::write(path, text).map_err(unwritten(path))
}

/// Communes without social dwellings have no row, as with the producer.
fn social(path: &Path, demo: &Demo) -> Result<(), DemoFilesError> {
    let mut text = String::from(
        "DEPCOM_ARM;LIBCOM_DEP;nb_ls2024;nb_loues2024;nb_vacants2024;nb_vides2024;tx_vac_2024;tx_vac_3_2024\n",
    );
    for (commune, stock) in demo.communes.iter().zip(&demo.housing.social) {
        let Some(stock) = stock else { continue };
        let figures = &commune.figures;
        let offered = f64::from((stock.dwellings - stock.empty).max(1));
        let percent =
            |count: u32| format!("{:.1}", 100.0 * f64::from(count) / offered).replace('.', ",");
        let _ = writeln!(
            text,
            "{};{} ({});{};{};{};{};{};{}",
            figures.insee,
            figures.name,
            figures.department,
            stock.dwellings,
            stock.let_out,
            stock.vacant,
            stock.empty,
            percent(stock.vacant),
            percent(stock.vacant_3m)
        );
    }
    fs::write(path, text).map_err(unwritten(path))
}

fn permits(path: &Path, demo: &Demo) -> Result<(), DemoFilesError> {
    let mut text = String::from("ANNEE;COMM;TYPE_LGT;LOG_AUT;LOG_COM;SDP_AUT;SDP_COM\n");
    for (commune, years) in demo.communes.iter().zip(&demo.housing.permits) {
        let insee = &commune.figures.insee;
        for year in years {
            let floor = |counts: [u32; 4]| -> u32 {
                counts.iter().zip(FLOOR_M2).map(|(count, m2)| count * m2).sum()
            };
            let started = |of: fn([u32; 4]) -> u32| {
                year.started.map_or_else(String::new, |counts| of(counts).to_string())
            };
            let _ = writeln!(
                text,
                "{};{insee};Tous Logements;{};{};{};{}",
                year.year,
                year.authorised.iter().sum::<u32>(),
                started(|counts| counts.iter().sum()),
                floor(year.authorised),
                year.started.map_or_else(String::new, |counts| floor(counts).to_string())
            );
            for (at, kind) in SITADEL_KINDS.iter().enumerate() {
                let (authorised, begun) = (year.authorised[at], year.started.map(|all| all[at]));
                let told = |factor: u32| {
                    begun.map_or_else(String::new, |count| (count * factor).to_string())
                };
                let _ = writeln!(
                    text,
                    "{};{insee};{kind};{authorised};{};{};{}",
                    year.year,
                    told(1),
                    authorised * FLOOR_M2[at],
                    told(FLOOR_M2[at])
                );
            }
        }
    }
    fs::write(path, text).map_err(unwritten(path))
}

/// One file per kind of dwelling, Windows-1252 and decimal commas; the kind only in the name of the file.
fn rents(dir: &Path, demo: &Demo) -> Result<(), DemoFilesError> {
    for (at, name) in ["pred-app-mef-dhup", "pred-mai-mef-dhup"].into_iter().enumerate() {
        let mut text = String::from(
            "\"id_zone\";\"INSEE_C\";\"LIBGEO\";\"EPCI\";\"DEP\";\"REG\";\"loypredm2\";\"lwr.IPm2\";\"upr.IPm2\";\
             \"TYPPRED\";\"nbobs_com\";\"nbobs_mail\";\"R2_adj\"\n",
        );
        for (rank, (commune, rents)) in demo.communes.iter().zip(&demo.housing.rents).enumerate() {
            let (figures, rent) = (&commune.figures, &rents[at]);
            let comma = |number: f64| format!("{number:.2}").replace('.', ",");
            let level = if rent.adverts >= 30 { "commune" } else { "maille" };
            let region = if figures.department == "47" { "75" } else { "76" };
            let _ = writeln!(
                text,
                "\"{}\";\"{}\";\"{}\";\"{}\";\"{}\";\"{region}\";{};{};{};\"{level}\";{};{};0,74",
                rank + 1,
                figures.insee,
                figures.name,
                figures.epci_siren,
                figures.department,
                comma(rent.rent_m2),
                comma(rent.low_m2),
                comma(rent.high_m2),
                rent.adverts,
                rent.adverts_of_mesh
            );
        }
        let path = dir.join(format!("logement/{name}.csv"));
        let (bytes, _, _) = encoding_rs::WINDOWS_1252.encode(&text);
        fs::write(&path, bytes).map_err(unwritten(&path))?;
    }
    Ok(())
}

fn sales(path: &Path, demo: &Demo) -> Result<(), DemoFilesError> {
    let mut text = String::from(GEO_DVF);
    for (number, sale) in demo.housing.sales.iter().enumerate() {
        let HomeSale { date, price, built_m2, rooms, parcel, .. } = sale;
        let figures = &demo.communes[sale.commune].figures;
        let year = date.get(..4).unwrap_or_default();
        let (kind, word) = if sale.is_house { ("1", "Maison") } else { ("2", "Appartement") };
        let (culture, culture_word, land) = if sale.is_house {
            ("S", "sols", sale.land_m2.to_string())
        } else {
            ("", "", String::new())
        };
        let lots = if sale.is_house { "0" } else { "1" };
        let _ = writeln!(
            text,
            "{year}-{},{date},000001,Vente,{price},,,,,,{insee},{name},{department},,,{parcel},,,,,,,,,,,,,{lots},\
             {kind},{word},{built_m2},{rooms},{culture},{culture_word},,,{land},,",
            number + 1,
            insee = figures.insee,
            name = figures.name,
            department = figures.department,
        );
    }
    fs::write(path, text).map_err(unwritten(path))
}

fn flows(path: &Path, demo: &Demo) -> Result<(), DemoFilesError> {
    let mut text = String::from("CODGEO;LIBGEO;DCLT;L_DCLT;NBFLUX_C22_ACTOCC15P\n");
    let told = |place: FlowPlace| match place {
        FlowPlace::Inside(rank) => {
            let figures = &demo.communes[rank].figures;
            (figures.insee.as_str(), figures.name.as_str())
        }
        FlowPlace::Outside(code, name) => (code, name),
    };
    for flow in &demo.housing.flows {
        let ((home, home_name), (work, work_name)) = (told(flow.home), told(flow.work));
        let _ = writeln!(text, "{home};{home_name};{work};{work_name};{}", flow.people);
    }
    fs::write(path, text).map_err(unwritten(path))
}
