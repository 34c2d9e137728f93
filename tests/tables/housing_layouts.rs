//! More layouts of housing: other vintages of LOVAC, INSEE's bases of dwellings and of jobs, earlier cartes des loyers, rents
//! and medians by commune. The figures are invented.

use gisement::domain::LayerKey;
use gisement::domain::Value;
use gisement::io::load::LoadError;

use crate::folder::Folder;
use crate::folder::counts;
use crate::folder::figure;
use crate::folder::latin;
use crate::folder::number;

/// LOVAC, vintages 2023 and 2024: the same table a year apart, Windows-1252, padded headers; given as a glob, the later
/// figure wins, and a year's secrecy is no reason to take the year before.
#[test]
fn lovac_2023_and_2024() {
    let y2023 = "CODGEO_23;LIBGEO_23; pp_total_22 ; pp_vacant_23 ; pp_vacant_plus_2ans_23 \r\n\
        32012;Aubiet;505;60;28\r\n82112;Moissac;7 080;902;401\r\n01004;Ambérieu-en-Bugey;5 850;400;170\r\n";
    let y2024 = "CODGEO_24;LIBGEO_24;pp_total_23;pp_vacant_24;pp_vacant_plus_2ans_24\r\n\
        32012;Aubiet;509;58;s\r\n32002;Ansan;s;s;s\r\n";
    let folder = Folder::new()
        .layer("vacancy", &[("lovac-2023.csv", &latin(y2023)), ("lovac-2024.csv", &latin(y2024))]);
    let territory = folder.load();
    assert_eq!(counts(&territory, "vacancy"), [5, 4, 0, 1]);
    let secret = Value::Between { low: 1.0, high: 10.0 };
    assert_eq!(figure(&territory, "vacancy", "32012", "vacant_2y"), secret);
    assert_eq!(figure(&territory, "vacancy", "32002", "private_dwellings"), secret);
    assert_eq!(number(&territory, "vacancy", "32012", "private_dwellings"), Some(509.0));
    assert_eq!(number(&territory, "vacancy", "82112", "private_dwellings"), Some(7080.0));
    assert_eq!(territory.tables["vacancy"].vintages["vacant_2y"], "2023-2024");
}

/// A glob, a forced schema and a stated vintage for one table.
#[test]
fn a_table_by_glob_schema_and_vintage() {
    let text = "CODGEO_25;LIBGEO_25;pp_vacant_plus_2ans_25\n32012;Aubiet;25\n";
    let folder = Folder::new().layer("census", &[("x.csv", b"CODGEO;P22_LOG\n32012;560\n")]);
    std::fs::write(folder.path().join("lovac-a.csv"), text).unwrap();
    let lines = "vintage = \"2022\"\n[layers.vacancy]\npath = [\"lovac-*.csv\"]\nschema = \"lovac\"\nvintage = \"2025\"";
    let territory = folder.with(lines).load();
    assert_eq!(number(&territory, "vacancy", "32012", "vacant_2y"), Some(25.0));
    assert_eq!(territory.tables["vacancy"].provenance.vintage.as_deref(), Some("2025"));
    let wrong = "[layers.vacancy]\npath = \"lovac-*.csv\"\nschema = \"lovak\"";
    let folder = Folder::new().with(wrong);
    std::fs::write(folder.path().join("lovac-a.csv"), text).unwrap();
    assert!(matches!(folder.try_load(), Err(LoadError::UnknownSchema { .. })));
}

/// INSEE, base-cc-logement, vintage 2021: UTF-8 with a mark, three censuses side by side, decimal points.
#[test]
fn insee_base_logement_2021() {
    let text = "\u{feff}CODGEO;P21_LOG;P21_RP;P21_RSECOCC;P21_LOGVAC;P21_MAISON;P21_APPART;P21_MEN;P21_RP_LOCHLMV;P15_LOG;P15_RP\n\
        32012;558.2;497.9;20.1;40.2;540;18.2;497.9;31;530;480\n01004;7000;6500;100;400;2000;5000;6500;1500;6800;6300\n";
    let territory =
        Folder::new().layer("census", &[("base-cc-logement-2021.CSV", text.as_bytes())]).load();
    assert_eq!(counts(&territory, "census"), [2, 1, 0, 1]);
    assert_eq!(number(&territory, "census", "32012", "dwellings"), Some(558.2));
    assert_eq!(number(&territory, "census", "32012", "second_homes"), Some(20.1));
    assert_eq!(territory.tables["census"].vintages["census_vacant"], "2021");
}

/// INSEE, base-cc-emploi-pop-active, vintage 2022.
#[test]
fn insee_base_emploi_2022() {
    let text = "CODGEO;P22_POP1564;P22_ACT1564;P22_ACTOCC1564;P22_CHOM1564;P22_EMPLT;P22_ACTOCC15P;P22_ACT15P;P16_EMPLT\n\
        32012;700;540;480;60;301.5;468.25;528;290\n";
    let territory = Folder::new()
        .layer("jobs", &[("base-cc-emploi-pop-active-2022.CSV", text.as_bytes())])
        .load();
    assert_eq!(number(&territory, "jobs", "32012", "jobs"), Some(301.5));
    assert_eq!(number(&territory, "jobs", "32012", "workers"), Some(468.25));
    assert_eq!(number(&territory, "jobs", "32012", "unemployed"), Some(60.0));
    assert_eq!(territory.tables["jobs"].vintages["jobs"], "2022");
}

/// Carte des loyers, vintage 2022: other names of codes and adverts, levels in capitals.
#[test]
fn rents_2022() {
    let text = "id_zone;INSEE;LIBGEO;DEP;REG;EPCI;TYPPRED;loypredm2;lwr.IPm2;upr.IPm2;R2adj;nbobs_maille;nbobs_commune\n\
        1;32012;Aubiet;32;76;200042372;maille;8,27;6,4;10,7;0,71;412;6\n\
        1;82033;Castelsarrasin;82;76;200066322;commune;8,61;6,6;11,2;0,71;503;171\n";
    let territory = Folder::new().layer("rents", &[("pred-app-mef-dhup.csv", &latin(text))]).load();
    assert_eq!(number(&territory, "rents", "32012", "flat_rent"), Some(8.27));
    assert_eq!(number(&territory, "rents", "82033", "flat_rent_n"), Some(171.0));
    assert_eq!(number(&territory, "rents", "32012", "flat_rent_n_mesh"), Some(412.0));
    let level = figure(&territory, "rents", "32012", "flat_rent_level");
    assert_eq!(level, Value::Text("mesh".into()));
}

const JOINED: &str = "insee_com,nom,pp_vacant_plus_2ans_25,pp_total_2021,loyer_m2_appartement,loyer_m2_maison,dvf_nbtrans,dvf_pxm2_median\n\
    32002,Ansan,s,,8.3776,7.4479,5,951.0\n32012,Aubiet,25,509,8.9,,12,1600\n01004,Ambérieu,207,5900,11,10,90,2300\n";

/// A table that someone joined from several producers gives vacancy, rents and prices.
#[test]
fn a_joined_table_gives_rents_and_medians() {
    let layer = "path = \"joined.csv\"";
    let folder = Folder::new().with(&format!(
        "[layers.vacancy]\n{layer}\n[layers.rents]\n{layer}\n[layers.sales]\n{layer}"
    ));
    std::fs::write(folder.path().join("joined.csv"), JOINED).unwrap();
    let mut territory = folder.load();
    assert_eq!(counts(&territory, "sales"), [3, 2, 0, 1]);
    assert_eq!(number(&territory, "rents", "32002", "house_rent"), Some(7.4479));
    assert_eq!(number(&territory, "rents", "32012", "house_rent"), None);
    assert_eq!(number(&territory, "sales", "32012", "price_m2"), Some(1600.0));
    assert_eq!(number(&territory, "sales", "32012", "price_n"), Some(12.0));
    assert_eq!(number(&territory, "sales", "32012", "industrial_price_eur_m2"), None);
    gisement::housing::prepare(&mut territory).unwrap();
    let price = |commune| figure(&territory, LayerKey::HOUSING, commune, "price_eur_m2");
    assert_eq!(price("32012"), Value::Number(1600.0));
    assert!(matches!(price("32002"), Value::Estimate(five) if five.known == 0.5));
    // A median of medians is none: the EPCI has no price.
    let table = &territory.tables[LayerKey::HOUSING];
    let epci = "200042372".parse().unwrap();
    assert_eq!(table.value_of_epci(epci, "price_eur_m2"), Value::Missing);
}

/// Deeds and medians are not joined.
#[test]
fn deeds_and_medians_in_one_layer_are_refused() {
    let deeds = "id_mutation,date_mutation,nature_mutation,valeur_fonciere,code_commune,code_type_local,surface_reelle_bati\n\
        2024-1,2024-01-02,Vente,100000,32012,1,100\n";
    let folder =
        Folder::new().layer("sales", &[("a.csv", JOINED.as_bytes()), ("b.csv", deeds.as_bytes())]);
    assert!(matches!(folder.try_load(), Err(LoadError::SalesMixed { .. })));
}
