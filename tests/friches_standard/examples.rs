//! The CNIG's own examples: latitude before longitude, an outline shortened with `...`, a version with other columns.

use std::fs;

use serde_json::Value;

use crate::drawn::Drawn;
use crate::drawn::run_in;
use crate::files;

/// What the CNIG's example of 1.0.6 says, in our words; the shape is the same trap.
fn like_the_example() -> String {
    files::csv_of(&[files::row(&[
        ("site_id", "12083_22-12.0017"),
        ("comm_insee", "12083"),
        ("site_url", "http://fiches-risques.brgm.fr/georisques/basias-detaillee/AQI4008059"),
        ("site_occupation", "partiellement inoccupé"),
        ("activite_code", "B05.10Z|V89.04Z"),
        ("proprio_type", "P4a|G1a|Z2b"),
        ("unite_fonciere_refcad", "12083000AH0035|12083000AH0072"),
        ("urba_zone_formdomi", "202"),
        ("desserte_distance", "2|6|46"),
        ("geompoint", "POINT(49.2527 3.9815)"),
        ("geomsurf", "POLYGON((49.33 3.95, 49.38 3.89, 49.42 3.96, ...))"),
    ])])
}

fn checked(path: &str, drawn: &Drawn) -> Value {
    let args = ["--lang", "en", "check", "--as", "friches", "--format", "json", path];
    let ran = run_in(drawn.dir.path(), "C", &args);
    assert!(ran.code <= 1, "{}", ran.stderr);
    let told: Value = serde_json::from_str(&ran.stdout).unwrap();
    told["files"].as_array().map_or_else(|| told["layers"][0].clone(), |files| files[0].clone())
}

fn codes(layer: &Value) -> Vec<String> {
    let layer = if layer["layers"].is_array() { &layer["layers"][0] } else { layer };
    let problems = layer["problems"].as_array().unwrap_or_else(|| panic!("{layer}"));
    problems.iter().map(|problem| problem["code"].as_str().unwrap().to_owned()).collect()
}

fn is_read_with_warnings(path: &str, drawn: &Drawn) {
    let layer = checked(path, drawn);
    let codes = codes(&layer);
    for code in ["axes-swapped", "outline-unreadable"] {
        assert!(codes.iter().any(|known| known == code), "{path}: {code} not in {codes:?}");
    }
    assert!(!codes.iter().any(|code| code.starts_with("geometry-")), "{path}: {codes:?}");
}

#[test]
fn swapped_axes_are_turned_and_a_shortened_outline_gives_way_to_the_point() {
    let drawn = Drawn::new();
    drawn.write("exemple-friches.csv", &like_the_example());
    is_read_with_warnings(drawn.path("exemple-friches.csv").to_str().unwrap(), &drawn);
}

#[test]
fn the_real_examples_are_read_with_warnings_and_not_lost() {
    let Some(folder) = files::real_files("elsewhere/friches") else { return };
    let drawn = Drawn::new();
    for name in ["cnig-fichier-valide.csv", "cnig-fichier-valide-v1.0.3.csv"] {
        is_read_with_warnings(folder.join(name).to_str().unwrap(), &drawn);
    }
}

/// The example lies near Reims and says Cransac: a territory of its commune takes it by its code.
#[test]
fn what_the_real_example_says_is_kept_cell_by_cell() {
    let Some(folder) = files::real_files("elsewhere/friches") else { return };
    let drawn = files::territory("friches.csv", "", &[]);
    fs::copy(folder.join("cnig-fichier-valide.csv"), drawn.path("friches.csv")).unwrap();
    drawn.change("gisement.toml", "[\"82112\"]", "[\"12083\"]");
    drawn.change(
        "communes.geojson",
        "\"82112\",\"nom\":\"Moissac\"",
        "\"12083\",\"nom\":\"Cransac\"",
    );
    let given = &files::table(&drawn.path("friches.csv"))[0];
    let made = files::written(&drawn);
    files::assert_valid(&drawn.path("results/friches-cnig/friches.csv"));
    let made = &made[0];
    let ours = ["site_nom", "comm_nom", "geompoint", "geomsurf"];
    let people = [
        "site_adresse",
        "activite_libelle",
        "proprio_nom",
        "sol_pollution_commentaire",
        "desserte_commentaire",
        "source_producteur",
        "source_contact",
    ];
    for name in files::columns() {
        if people.contains(&name) {
            assert_eq!(made[name], "", "{name}");
        } else if !ours.contains(&name) && given[name] != "inconnu" {
            assert_eq!(made[name], given[name], "{name}");
        }
    }
    assert_eq!(made["site_nom"], "Friche industrielle à Cransac (12083_22-12.0017)");
    assert_eq!(made["comm_nom"], "Cransac");
    assert_eq!((&*made["geompoint"], &*made["geomsurf"]), ("POINT(3.9815 49.2527)", ""));
}

#[test]
fn the_version_of_april_2022_is_read_as_far_as_its_columns_go() {
    let Some(folder) = files::real_files("elsewhere/friches") else { return };
    let drawn = files::territory("friches.csv", "", &[]);
    fs::copy(folder.join("cnig-fichier-valide-2022-04.csv"), drawn.path("friches.csv")).unwrap();
    drawn.change("gisement.toml", "[\"82112\"]", "[\"12083\"]");
    drawn.change(
        "communes.geojson",
        "\"82112\",\"nom\":\"Moissac\"",
        "\"12083\",\"nom\":\"Cransac\"",
    );
    let made = &files::written(&drawn)[0];
    for (name, value) in [
        ("site_id", "OBSLOC12_12083_01"),
        ("activite_code", "B05.10Z|V89.04Z"),
        ("activite_fin_annee", "1989"),
        ("proprio_type", "P5a|X1a"),
        ("bati_nombre", "2"),
        ("local_ancien_annee", "1976"),
        ("sol_pollution_annee", "1996"),
        ("sol_pollution_origine", "pollution due au fonctionnement de l'installation"),
        ("unite_fonciere_surface", "16750"),
        ("urba_doc_type", "PLUI"),
        ("site_type", "inconnu"),
        ("urba_zaer", "inconnu"),
        // No date is in that version: none is invented.
        ("site_identif_date", ""),
    ] {
        assert_eq!(made[name], value, "{name}");
    }
    assert!(made["geomsurf"].starts_with("POLYGON((9.4"), "{}", made["geomsurf"]);
}
