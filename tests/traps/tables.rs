//! Tables per commune: secrecy, codes that lost their zero, numbers with blanks and commas, padded headers, sales over
//! many rows, departments that a territory spans.

use serde_json::Value;

use crate::drawn::Drawn;
use crate::drawn::collection;
use crate::drawn::feature;
use crate::drawn::rectangle;
use crate::folder::Checked;
use crate::folder::Folder;

/// Text as producers of LOVAC write it.
fn windows_1252(text: &str) -> Vec<u8> {
    // The letters used here are the same in Latin-1.
    text.chars().map(|letter| u8::try_from(u32::from(letter)).unwrap()).collect()
}

/// A territory of these communes, one beside the other, with one table under `key`.
fn territory(codes: &[&str], key: &str, file: &str, table: &[u8]) -> Folder {
    let folder = Folder::new();
    let quoted: Vec<String> = codes.iter().map(|code| format!("\"{code}\"")).collect();
    folder.write(
        "gisement.toml",
        format!(
            "[territory]\nname = \"Essai\"\ncommunes = [{}]\n[layers.communes]\npath = \"communes.geojson\"\n\
             [layers.{key}]\npath = \"{file}\"\n",
            quoted.join(", ")
        ),
    );
    let outlines: Vec<String> = codes
        .iter()
        .zip(0_u32..)
        .map(|(code, at)| {
            let x = f64::from(at) * 100.0;
            let words = format!("\"code\":\"{code}\",\"nom\":\"Commune {code}\"");
            feature(&rectangle(x, 0.0, x + 100.0, 100.0), &words)
        })
        .collect();
    folder.write("communes.geojson", collection(&outlines));
    folder.write(file, table);
    folder
}

fn checked(folder: &Folder) -> Checked {
    let checked = folder.check_territory();
    assert_eq!(checked.code, 0, "{}", checked.stderr);
    checked
}

/// LOVAC 2025: header padded with blanks, `s` for 1 to 10.
const LOVAC: &str = "CODGEO_25 ; LIBGEO_25 ;pp_vacant_plus_2ans_25 \r\n82112;Lafran\u{e7}aise;s\r\n82113;Moissac;1 234\r\n";

/// R9, E18: `s` is a number that is kept secret: neither a mistake nor zero.
#[test]
fn secrecy_is_no_mistake() {
    let folder = Folder::with("lovac.csv", windows_1252(LOVAC));
    let loose = folder.check("lovac.csv", "table");
    assert_eq!((loose.layer().rows(), loose.code), ([2, 2, 0, 0, 0], 0), "{}", loose.stdout);
    assert_eq!(loose.layer().encoding(), "windows-1252");
    loose.layer().assert_clean();
    let folder = territory(&["82112", "82113"], "vacancy", "lovac.csv", &windows_1252(LOVAC));
    let checked = checked(&folder);
    assert_eq!(checked.layer_as("vacancy").rows(), [2, 2, 0, 0, 0]);
    checked.layer_as("vacancy").assert_clean();
}

/// R9: the sum of what is secret has bounds, and its lower bound is not zero.
#[test]
fn secrecy_is_never_zero() {
    let drawn = Drawn::new();
    std::fs::write(drawn.path("lovac.csv"), windows_1252(LOVAC)).unwrap();
    let ran = drawn.run(&["rank", "housing", "--format", "json"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let answer: Value = serde_json::from_str(&ran.stdout).unwrap();
    let vacant = &answer["rows"][0]["vacant_2y"];
    assert_eq!(vacant["low"], 1.0, "{answer}");
    assert_eq!(vacant["high"], 10.0, "{answer}");
}

/// R10: the table of 2021: Windows-1252, `1004` for `01004`, blanks and commas in numbers.
const RATES: &str = "comm_insee;NOM_COM;Nb_log_pp_2022;Prop_logvac_pp_2A_010121\n\
                     1004;Amb\u{e9}rieu-en-Bugey;5 922;3,1\n1005;Amb\u{e9}rieux-en-Dombes;777;2\n";

/// R10.
#[test]
fn a_code_that_lost_its_zero_finds_its_commune() {
    let folder = Folder::with("lovac-taux.csv", windows_1252(RATES));
    let loose = folder.check("lovac-taux.csv", "table");
    assert_eq!((loose.layer().rows(), loose.code), ([2, 2, 0, 0, 0], 0), "{}", loose.stdout);
    assert_eq!(loose.layer().encoding(), "windows-1252");
    loose.layer().assert_clean();
    let folder = territory(&["01004"], "vacancy", "lovac-taux.csv", &windows_1252(RATES));
    let checked = checked(&folder);
    let layer = checked.layer_as("vacancy");
    assert_eq!(layer.rows(), [2, 1, 0, 0, 1]);
    layer.assert_clean();
    assert!(layer.not_covered().is_empty());
}

/// R10: the blank of `5 922` may be any of those that people and programs use.
#[test]
fn every_kind_of_blank_in_a_number() {
    for blank in [' ', '\u{a0}', '\u{202f}', '\u{2009}'] {
        let table =
            format!("CODGEO_25;pp_total_25;pp_vacant_plus_2ans_25\n82112;5{blank}922;3,0\n");
        let folder = territory(&["82112"], "vacancy", "lovac.csv", table.as_bytes());
        let checked = checked(&folder);
        assert_eq!(checked.layer_as("vacancy").count("number-malformed"), 0, "{blank:?}");
        assert_eq!(checked.layer_as("vacancy").rows(), [1, 1, 0, 0, 0]);
    }
}

/// E12: a territory spans departments: what a file says of the two communes of 47 is read like the others.
#[test]
fn communes_of_a_third_department_are_read() {
    let table = "CODGEO_25;pp_vacant_plus_2ans_25\n32358;3\n47067;4\n82112;5\n47001;6\n";
    let codes = ["32358", "47067", "82112"];
    let folder = territory(&codes, "vacancy", "lovac.csv", table.as_bytes());
    let checked = checked(&folder);
    assert_eq!(checked.layer_as("vacancy").rows(), [4, 3, 0, 0, 1]);
    assert!(checked.layer_as("vacancy").not_covered().is_empty());
}

/// E20: one sale over three rows, its price on each, as DGFiP and as Etalab publish it. Every row is accounted for.
#[test]
fn a_sale_over_many_rows_is_accounted_for() {
    let raw = "Code service CH|Reference document|No disposition|Date mutation|Nature mutation|Valeur fonciere|Code postal|\
               Commune|Code departement|Code commune|Prefixe de section|Section|No plan|Code type local|Type local|\
               Surface reelle bati|Nombre pieces principales|Surface terrain\n\
               ||000001|04/01/2025|Vente|150000,00|82200|MOISSAC|82|112||AB|12|1|Maison|90|4|500\n\
               ||000001|04/01/2025|Vente|150000,00|82200|MOISSAC|82|112||AB|12|3|D\u{e9}pendance|0|0|500\n\
               ||000001|04/01/2025|Vente|150000,00|82200|MOISSAC|82|112||AB|13||||| 120\n";
    let etalab = "id_mutation,date_mutation,numero_disposition,nature_mutation,valeur_fonciere,code_commune,id_parcelle,\
                  code_type_local,type_local,surface_reelle_bati,surface_terrain,longitude,latitude\n\
                  2025-1,2025-01-04,000001,Vente,150000,82112,82112000AB0012,1,Maison,90,500,1.12,44.05\n\
                  2025-1,2025-01-04,000001,Vente,150000,82112,82112000AB0012,3,D\u{e9}pendance,,500,1.12,44.05\n\
                  2025-1,2025-01-04,000001,Vente,150000,82112,82112000AB0013,,,,120,,\n";
    for (file, table) in [("ValeursFoncieres-2025.txt", raw), ("82.csv", etalab)] {
        let loose = Folder::with(file, table).check(file, "table");
        assert_eq!((loose.layer().rows(), loose.code), ([3, 3, 0, 0, 0], 0), "{}", loose.stdout);
        let checked = checked(&territory(&["82112"], "sales", file, table.as_bytes()));
        assert_eq!(checked.layer_as("sales").rows(), [3, 3, 0, 0, 0], "{file}");
    }
}

/// E4: "searched, none" is not "not given": the answer tells the layers that were not given, and of one that was given,
/// the communes that it does not speak for.
#[test]
fn none_found_is_not_nothing_given() {
    let drawn = Drawn::new();
    let layers = || -> Value {
        let ran = drawn.run(&["check", "--format", "json"]);
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        serde_json::from_str(&ran.stdout).unwrap()
    };
    let given = layers();
    let hazards = given["layers"].as_array().unwrap().iter().find(|layer| layer["as"] == "hazards");
    assert_eq!(hazards.unwrap()["communes_not_covered"], serde_json::json!([]));
    drawn.change("gisement.toml", "covers = \"territory\"", "covers = [\"82033\"]");
    let elsewhere = layers();
    let hazards =
        elsewhere["layers"].as_array().unwrap().iter().find(|layer| layer["as"] == "hazards");
    assert_eq!(hazards.unwrap()["communes_not_covered"], serde_json::json!(["82112"]));
    drawn.change(
        "gisement.toml",
        "[layers.hazards]\npath = \"hazards.geojson\"\nclass = \"classe\"\ncovers = [\"82033\"]\n",
        "",
    );
    let missing = layers();
    let missing = missing["layers_not_given"].as_array().unwrap();
    assert!(missing.iter().any(|key| key == "hazards"), "{missing:?}");
    assert!(missing.iter().all(|key| key != "parcels"), "{missing:?}");
}

/// Rows that have not as many fields as the header are read and told.
#[test]
fn ragged_rows_are_told() {
    let table = "CODGEO_25;LIBGEO_25;pp_vacant_plus_2ans_25\n82112;Moissac;4\n82113;Montagudet\n82114;A;5;6\n";
    let checked = Folder::with("lovac.csv", table).check("lovac.csv", "table");
    assert_eq!(checked.layer().rows()[0], 3, "{}", checked.stdout);
    checked.layer().example("ragged-rows");
}
