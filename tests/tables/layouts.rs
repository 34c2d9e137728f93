//! One small file per layout: separator, encoding, spelling and padding of the header, decimal commas, secrecy marks as
//! the producer has them; the figures are invented.

use gisement::domain::ProblemCode;
use gisement::domain::Value;
use gisement::io::load::LoadError;

use crate::folder::Folder;
use crate::folder::counts;
use crate::folder::figure;
use crate::folder::latin;
use crate::folder::number;
use crate::folder::problems;
use crate::workbook;

const SECRET: Value<'static> = Value::Between { low: 1.0, high: 10.0 };

/// LOVAC, vintage 2025: padded headers, spaces in numbers, `s`, Windows-1252.
#[test]
fn lovac_2025() {
    let text = " CODGEO_25 ; LIBGEO_25 ; pp_total_24 ; pp_vacant_25 ; pp_vacant_plus_2ans_25 ; pp_vacant_plus_2ans_24 \r\n\
        32002;Ansan;41;s;s;12\r\n\
        32012;Aubiet;\u{a0}512\u{a0};61;s;s\r\n\
        82033;Castelsarrasin; 6 972 ; 1 021 ; 402 ;415\r\n\
        82112;Moissac;7 101;-1;nd;380\r\n\
        01004;Ambérieu-en-Bugey;5 922;412;187;180\r\n";
    let territory = Folder::new().layer("vacancy", &[("lovac.csv", &latin(text))]).load();
    assert_eq!(counts(&territory, "vacancy"), [5, 4, 0, 1]);
    let of = |commune, column| figure(&territory, "vacancy", commune, column);
    assert_eq!(of("32002", "vacant_2y"), SECRET);
    assert_eq!(of("32002", "vacant"), SECRET);
    assert_eq!(of("32012", "private_dwellings"), Value::Number(512.0));
    assert_eq!(of("82033", "vacant"), Value::Number(1021.0));
    assert_eq!(of("82033", "vacant_2y"), Value::Number(402.0));
    // Withheld: neither zero nor the figure of the year before, which is of another year.
    assert_eq!(of("82112", "vacant"), Value::Missing);
    assert_eq!(of("82112", "vacant_2y"), Value::Missing);
    assert_eq!(territory.tables["vacancy"].vintages["vacant_2y"], "2025");
    assert_eq!(territory.tables["vacancy"].vintages["private_dwellings"], "2024");
    let without: Vec<&str> = problems(&territory, ProblemCode::CommuneWithoutRow)
        .iter()
        .map(|problem| problem.value.as_str())
        .collect();
    assert_eq!(without, ["Ardizas"]);
}

/// LOVAC, vintages 2019 to 2021: a workbook, sheet `Données`.
#[test]
fn lovac_2019_to_2021() {
    let book = workbook::xlsx(&[
        ("Lisez-moi", &[&["Logements vacants du parc privé au 01/01/2020"]]),
        (
            "Données",
            &[
                &["Logements vacants du parc privé par commune"],
                &[],
                &[
                    "INSEE_COM",
                    "NOM_COM",
                    "CODE_DEPT",
                    "Nb_log_pp_2020",
                    "Nb_logvac_pp_010119",
                    "Nb_logvac_2A_010119",
                    "Nb_log_pp_2021",
                    "Nb_logvac_pp_010120",
                    "Nb_logvac_2A_010120",
                ],
                &["32012", "Aubiet", "32", "505", "60", "25", "509", "58", "s"],
                &["01004", "Ambérieu-en-Bugey", "01", "5800", "400", "170", "5850", "410", "175"],
            ],
        ),
    ]);
    let territory = Folder::new().layer("vacancy", &[("lovac.xlsx", &book)]).load();
    assert_eq!(counts(&territory, "vacancy"), [2, 1, 0, 1]);
    assert_eq!(number(&territory, "vacancy", "32012", "private_dwellings"), Some(509.0));
    assert_eq!(number(&territory, "vacancy", "32012", "vacant"), Some(58.0));
    assert_eq!(figure(&territory, "vacancy", "32012", "vacant_2y"), SECRET);
    assert_eq!(territory.tables["vacancy"].vintages["vacant_2y"], "2020");
}

/// LOVAC 2021 as published with Cartofriches (codes without zeros, shares), completed by 2025.
#[test]
fn lovac_rates_2021_beside_2025() {
    let rates = "comm_insee;NOM_COM;Nb_log_pp_2022;Prop_logvac_pp_2A_010121\n\
        1004;Ambérieu-en-Bugey;5 922;3,1\n32002;Ansan;40;10,0\n82033;Castelsarrasin;6 900;5,5\n";
    let counts_2025 =
        "CODGEO_25;LIBGEO_25;pp_vacant_plus_2ans_25\n32002;Ansan;s\n82033;Castelsarrasin;402\n";
    let territory = Folder::new()
        .layer("vacancy", &[("a.csv", &latin(rates)), ("b.csv", counts_2025.as_bytes())])
        .load();
    assert_eq!(counts(&territory, "vacancy"), [5, 4, 0, 1]);
    assert_eq!(figure(&territory, "vacancy", "32002", "vacant_2y"), SECRET);
    assert_eq!(number(&territory, "vacancy", "82033", "vacant_2y"), Some(402.0));
    assert_eq!(number(&territory, "vacancy", "82033", "private_dwellings"), Some(6900.0));
    assert_eq!(territory.tables["vacancy"].vintages["private_dwellings"], "2022");

    let alone = Folder::new().layer("vacancy", &[("a.csv", &latin(rates))]).load();
    // 10.0 % of 40, rounded to 0.1: between 3.98 and 4.02 dwellings.
    assert_eq!(
        figure(&alone, "vacancy", "32002", "vacant_2y"),
        Value::Between { low: 4.0, high: 4.0 }
    );
}

/// RPLS, vintage 2024: a sheet per level, titles and labels above the names, the year's figures without suffix.
#[test]
fn rpls_2024() {
    let top: [&[&str]; 2] =
        [&["Répertoire des logements locatifs sociaux"], &["Source : SDES, RPLS 2024"]];
    let communes: [&[&str]; 10] = [
        top[0],
        top[1],
        &[],
        &["s : secret statistique"],
        &[
            "",
            "Commune",
            "",
            "",
            "Parc social",
            "Loués",
            "Vacants",
            "",
            "Taux de vacance (%)",
            "Plus de 3 mois (%)",
            "2023",
            "Loyer (€/m²)",
        ],
        &[
            "REG",
            "DEPCOM_ARM",
            "LIBCOM",
            "LIBCOM_DEP",
            "nb_ls",
            "nb_loues",
            "nb_vacants",
            "nb_ls2023",
            "tx_vac",
            "tx_vac3",
            "tx_vac_3_2023",
            "loymoy",
        ],
        &["76", "32012", "Aubiet", "Aubiet (32)", "38", "35", "2", "36", "5.4", "2.7", "0", "5.61"],
        &[
            "76",
            "82033",
            "Castelsarrasin",
            "Castelsarrasin (82)",
            "841",
            "800",
            "30",
            "830",
            "3.6",
            "1.9",
            "2.2",
            "5.48",
        ],
        &["76", "82112", "Moissac", "Moissac (82)", "9", "s", "s", "9", "s", "nd", "nd", ""],
        &[
            "84",
            "01004",
            "Ambérieu-en-Bugey",
            "Ambérieu-en-Bugey (01)",
            "1950",
            "1900",
            "40",
            "1940",
            "2",
            "1",
            "1",
            "6.1",
        ],
    ];
    let epcis: [&[&str]; 4] = [
        top[0],
        &[],
        &["EPCI_DEP", "LIBEPCI", "nb_ls", "nb_loues", "tx_vac", "tx_vac3"],
        &["200066322", "CC Terres des Confluences", "1500", "1400", "3.1", "1.5"],
    ];
    for (name, book) in [
        (
            "rpls.xlsx",
            workbook::xlsx(&[("REGION", &top), ("EPCI", &epcis), ("COMMUNE", &communes)]),
        ),
        ("rpls.ods", workbook::ods(&[("REGION", &top), ("EPCI", &epcis), ("COMMUNE", &communes)])),
    ] {
        let territory = Folder::new().layer("social_housing", &[(name, &book)]).load();
        assert_eq!(counts(&territory, "social_housing"), [4, 3, 0, 1], "{name}");
        let of = |commune, column| number(&territory, "social_housing", commune, column);
        assert_eq!(of("32012", "social_dwellings"), Some(38.0), "{name}");
        assert_eq!(of("32012", "social_vacancy_3m_percent"), Some(2.7), "{name}");
        assert_eq!(of("82033", "social_let"), Some(800.0), "{name}");
        assert_eq!(of("82033", "social_vacancy_percent"), Some(3.6), "{name}");
        assert_eq!(of("82033", "social_rent_m2"), Some(5.48), "{name}");
        assert_eq!(of("82112", "social_dwellings"), Some(9.0), "{name}");
        for column in ["social_let", "social_vacant", "social_vacancy_3m_percent", "social_rent_m2"]
        {
            assert_eq!(of("82112", column), None, "{name}: {column}");
        }
    }
}

/// RPLS as extracted by its users: every column with its year.
#[test]
fn rpls_with_years_in_every_column() {
    let text = "DEPCOM_ARM;LIBCOM_DEP;nb_ls2022;nb_ls2023;tx_vac_2023;tx_vac_3_2022;tx_vac_3_2023\n\
        32012;Aubiet (32);36;37;5,4;2,0;2,7\n";
    let territory = Folder::new().layer("social_housing", &[("r.csv", text.as_bytes())]).load();
    assert_eq!(number(&territory, "social_housing", "32012", "social_dwellings"), Some(37.0));
    assert_eq!(
        number(&territory, "social_housing", "32012", "social_vacancy_3m_percent"),
        Some(2.7)
    );
    assert_eq!(territory.tables["social_housing"].vintages["social_dwellings"], "2023");
}

/// Sitadel, annual series by commune, extract of 2025: a line of labels above the names, one row per type and year.
#[test]
fn sitadel_2025() {
    let text = "Année;Code commune;Type de logement;Nombre de logements autorisés;Nombre de logements commencés;Surface autorisée en m²;Surface commencée en m²\n\
        ANNEE;COMM;TYPE_LGT;LOG_AUT;LOG_COM;SDP_AUT;SDP_COM\n\
        2023;82033;Tous Logements;50;40;4500;3600\n\
        2023;82033;Individuel pur;20;18;2400;2100\n\
        2023;82033;Individuel groupé;5;2;450;200\n\
        2023;82033;Collectif;15;20;900;1300\n\
        2023;82033;Résidence;10;0;750;0\n\
        2024;82033;Tous Logements;30;;2700;\n\
        2024;82033;Tous Logements;31;;2700;\n\
        2024;82033;Villa;1;;100;\n\
        2024;75056;Tous Logements;12;;0;\n\
        20x4;32002;Tous Logements;1;1;90;90\n\
        2024;32002;Tous Logements;1;;90;\n";
    let territory = Folder::new().layer("permits", &[("sitadel.csv", text.as_bytes())]).load();
    assert_eq!(counts(&territory, "permits"), [11, 7, 3, 1]);
    let of = |commune, column| number(&territory, "permits", commune, column);
    assert_eq!(of("82033", "authorised"), Some(30.0));
    assert_eq!(of("82033", "authorised_per_year"), Some(40.0));
    assert_eq!(of("82033", "authorised_years"), Some(2.0));
    // Starts of 2024 are not known yet: the latest year with starts is 2023.
    assert_eq!(of("82033", "started"), Some(40.0));
    assert_eq!(of("82033", "started_years"), Some(1.0));
    assert_eq!(of("82033", "authorised_m2"), Some(2700.0));
    assert_eq!(of("82033", "authorised_houses"), Some(25.0));
    assert_eq!(of("82033", "authorised_flats"), Some(25.0));
    assert_eq!(of("32002", "authorised_per_year"), Some(1.0));
    assert_eq!(of("32002", "started"), None);
    let table = &territory.tables["permits"];
    assert_eq!((&*table.vintages["authorised"], &*table.vintages["started"]), ("2024", "2023"));
    assert_eq!(problems(&territory, ProblemCode::RowDuplicate)[0].value, "82033, 2024");
    assert_eq!(problems(&territory, ProblemCode::UnknownWord)[0].value, "Villa");
    assert_eq!(problems(&territory, ProblemCode::NumberMalformed)[0].value, "year: 20x4");
}

const RENTS_HEADER: &str = "\"id_zone\";\"INSEE_C\";\"LIBGEO\";\"EPCI\";\"DEP\";\"REG\";\"loypredm2\";\"lwr.IPm2\";\"upr.IPm2\";\"TYPPRED\";\"nbobs_com\";\"nbobs_mail\";\"R2_adj\"\n";

/// Carte des loyers, vintage 2024: a file per kind of dwelling, Windows-1252, decimal commas.
#[test]
fn rents_2024() {
    let file = |rows: &str| latin(&format!("{RENTS_HEADER}{rows}"));
    let flats = file(
        "\"1\";\"82033\";\"Castelsarrasin\";\"200066322\";\"82\";\"76\";8,64;6,5;11,48;\"commune\";154;494;0,75\n\
         \"2\";\"32002\";\"Ansan\";\"200042372\";\"32\";\"76\";8,1;6,0;10,9;\"maille\";0;321;0,7\n\
         \"2\";\"01004\";\"Ambérieu\";\"240100883\";\"01\";\"84\";11,2;9,1;13,8;\"commune\";600;700;0,8\n",
    );
    let small = file(
        "\"1\";\"82033\";\"Castelsarrasin\";\"200066322\";\"82\";\"76\";10,02;7,5;13,3;\"commune\";80;200;0,7\n",
    );
    let houses = file(
        "\"9\";\"82033\";\"Castelsarrasin\";\"200066322\";\"82\";\"76\";7,9;6,1;10,2;\"commune\";61;200;0,7\n\
         \"9\";\"82033\";\"Castelsarrasin\";\"200066322\";\"82\";\"76\";9,9;6,1;10,2;\"commune\";61;200;0,7\n\
         \"9\";\"82112\";\"Moissac\";\"200066322\";\"82\";\"76\";n.d.;6,1;10,2;\"zone\";61;200;0,7\n",
    );
    let territory = Folder::new()
        .layer(
            "rents",
            &[
                ("pred-app-mef-dhup.csv", &flats),
                ("pred-app12-mef-dhup.csv", &small),
                ("pred-mai-mef-dhup.csv", &houses),
            ],
        )
        .load();
    assert_eq!(counts(&territory, "rents"), [7, 5, 1, 1]);
    let of = |commune, column| number(&territory, "rents", commune, column);
    assert_eq!(of("82033", "flat_rent"), Some(8.64));
    assert_eq!(of("82033", "flat_rent_low"), Some(6.5));
    assert_eq!(of("82033", "flat_rent_high"), Some(11.48));
    assert_eq!(of("82033", "flat_rent_n"), Some(154.0));
    assert_eq!(of("82033", "flat_small_rent"), Some(10.02));
    assert_eq!(of("82033", "flat_large_rent"), None);
    assert_eq!(of("82033", "house_rent"), Some(7.9));
    assert_eq!(of("82112", "house_rent"), None);
    assert_eq!(of("32002", "flat_rent_n"), Some(0.0));
    assert_eq!(figure(&territory, "rents", "32002", "flat_rent_level"), Value::Text("mesh".into()));
    assert_eq!(figure(&territory, "rents", "82112", "house_rent_level"), Value::Missing);
    assert_eq!(problems(&territory, ProblemCode::UnknownWord)[0].value, "rent_level: zone");
    assert_eq!(problems(&territory, ProblemCode::RowDuplicate)[0].value, "82033");
}

/// A file that does not say of which dwellings its rents are is refused, until a column says it.
#[test]
fn rents_of_unknown_dwellings() {
    let rows = "INSEE_C;loypredm2;bien\n82033;8,1;Appartement\n82112;7,2;Maison\n";
    let folder = Folder::new().layer("rents", &[("loyers.csv", rows.as_bytes())]);
    let error = folder.try_load().unwrap_err();
    assert!(matches!(error, LoadError::RentKind { .. }), "{error}");
    let territory = folder.with("columns = { kind = \"bien\" }").load();
    assert_eq!(number(&territory, "rents", "82033", "flat_rent"), Some(8.1));
    assert_eq!(number(&territory, "rents", "82112", "house_rent"), Some(7.2));
    assert_eq!(number(&territory, "rents", "82112", "flat_rent"), None);
}

/// INSEE dossier complet, vintage 2025 (censuses of 2011, 2016, 2022 side by side): the latest wins.
#[test]
fn insee_dossier_complet_2022() {
    let text = "CODGEO;P22_POP;P16_POP;P11_MEN;P16_MEN;P22_MEN;P22_LOG;P16_LOG;P22_RP;P22_RSECOCC;P22_LOGVAC;P22_MAISON;P22_APPART;P22_RP_LOCHLMV;P22_EMPLT;P16_EMPLT;P22_ACTOCC15P;P22_CHOM1564\n\
        32002;74;70;30;31;33;45;44;33;5;7;44;1;0;12;11;31;3\n\
        82033;14335;13500;5500;5700;6000.5;7199.123456789;6900;6000.5;180.2;1018.42;5000;2199;700;5600;5500;5100;900\n\
        2A004;70000;68000;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1\n\
        32012;1127;1100;;;;s;s;s;s;s;;;;s;s;s;s\n";
    let territory = Folder::new()
        .layer("census", &[("dossier_complet.csv", text.as_bytes())])
        .layer("jobs", &[("dossier_complet.csv", text.as_bytes())])
        .load();
    assert_eq!(counts(&territory, "census"), [4, 3, 0, 1]);
    assert_eq!(counts(&territory, "jobs"), [4, 3, 0, 1]);
    let census = |commune, column| number(&territory, "census", commune, column);
    assert_eq!(census("82033", "dwellings"), Some(7199.123456789));
    assert_eq!(census("82033", "households"), Some(6000.5));
    assert_eq!(census("32002", "second_homes"), Some(5.0));
    assert_eq!(census("32002", "social_main_homes"), Some(0.0));
    assert_eq!(census("32012", "dwellings"), None);
    assert_eq!(census("32012", "inhabitants"), Some(1127.0));
    assert_eq!(territory.tables["census"].vintages["dwellings"], "2022");
    assert_eq!(number(&territory, "jobs", "82033", "jobs"), Some(5600.0));
    assert_eq!(number(&territory, "jobs", "82033", "workers"), Some(5100.0));
}

/// Two censuses in two files: the later one wins, whatever the order of the names.
#[test]
fn the_later_census_wins_over_files() {
    let older = "CODGEO;P16_LOG;P16_RP\n32002;44;30\n32012;500;450\n";
    let newer = "CODGEO;P22_LOG\n32002;45\n";
    for (first, second) in [("a.csv", "b.csv"), ("b.csv", "a.csv")] {
        let territory = Folder::new()
            .layer("census", &[(first, older.as_bytes()), (second, newer.as_bytes())])
            .load();
        assert_eq!(number(&territory, "census", "32002", "dwellings"), Some(45.0));
        assert_eq!(number(&territory, "census", "32002", "main_homes"), Some(30.0));
        assert_eq!(territory.tables["census"].vintages["dwellings"], "2016-2022");
    }
}

/// MOBPRO, vintage 2022: pairs of communes, workplaces abroad.
#[test]
fn mobpro_2022() {
    let text = "CODGEO;LIBGEO;DCLT;L_DCLT;NBFLUX_C22_ACTOCC15P\n\
        32002;Ansan;32002;Ansan;9.5\n\
        32002;Ansan;32012;Aubiet;4\n\
        32002;Ansan;31555;Toulouse;12,25\n\
        32002;Ansan;99999;Étranger;0.75\n\
        32012;Aubiet;SU001;Suisse;5\n\
        31555;Toulouse;32012;Aubiet;30\n\
        31555;Toulouse;31555;Toulouse;200000\n\
        32002;Ansan;32012;Aubiet;4\n\
        Total;;;;1\n\
        82033;Castelsarrasin;82112;Moissac;beaucoup\n\
        82033;Castelsarrasin;82033;Castelsarrasin;3000\n";
    let territory = Folder::new().layer("commuting", &[("mobpro.csv", text.as_bytes())]).load();
    assert_eq!(counts(&territory, "commuting"), [11, 8, 2, 1]);
    let of = |commune, column| number(&territory, "commuting", commune, column);
    assert_eq!(of("32002", "resident_workers"), Some(26.5));
    assert_eq!(of("32002", "workers_at_home"), Some(9.5));
    assert_eq!(of("32002", "jobs_held"), Some(9.5));
    assert_eq!(of("32012", "resident_workers"), Some(5.0));
    assert_eq!(of("32012", "workers_at_home"), Some(0.0));
    assert_eq!(of("32012", "jobs_held"), Some(34.0));
    // One flow of unknown size makes the sums unknown that it belongs to, and no other.
    assert_eq!(of("82033", "resident_workers"), None);
    assert_eq!(of("82033", "workers_at_home"), Some(3000.0));
    assert_eq!(of("82112", "jobs_held"), None);
    let flows: Vec<(&str, &str, f64)> = territory
        .commuting_flows
        .iter()
        .map(|flow| (flow.home.as_str(), flow.work.as_str(), flow.people))
        .collect();
    assert_eq!(
        flows,
        [("32002", "32002", 9.5), ("32002", "32012", 4.0), ("82033", "82033", 3000.0)]
    );
    assert_eq!(territory.tables["commuting"].vintages["jobs_held"], "2022");
}

/// The same flows of residents alone say nothing about jobs.
#[test]
fn mobpro_of_residents_only() {
    let text = "CODGEO;DCLT;NBFLUX_C21_ACTOCC15P\n32002;32002;9.5\n32002;31555;12\n";
    let territory = Folder::new().layer("commuting", &[("m.csv", text.as_bytes())]).load();
    assert_eq!(number(&territory, "commuting", "32002", "resident_workers"), Some(21.5));
    assert_eq!(number(&territory, "commuting", "32002", "jobs_held"), None);
}

/// A file of which no row can be used is refused with the first reason.
#[test]
fn a_table_without_a_usable_row() {
    let text = "CODGEO;P22_LOG\nTotal;3\n";
    let folder = Folder::new().layer("census", &[("c.csv", text.as_bytes())]);
    let error = folder.try_load().unwrap_err().to_string();
    assert_eq!(
        error,
        "[layers.census] none of the 1 rows can be used; first: c.csv, row 1 : malformed identifier `a text of 5 characters, \
         not repeated since it may name a person`"
    );
}
