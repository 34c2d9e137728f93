//! The inventory of economic zones on a drawn territory: fifteen plots of 40 m by 100 m in a zone, two of them left by
//! their firms; and two free plots that a planning document reserves for activity.
//!
//! ```text
//! 100 ┌──┬──┬──┬─ … ─┬──┬──┐        ┌────┬────┐
//!     │1 │2 │3 │     │14│15│        │ B1 │ B2 │   14 and 15: firm closed in 2020
//!   0 ├──┴──┴──┴─ … ─┴──┴──┤        └────┴────┘   1 and 2: one terrain_eco, for sale
//! -10 └─── street, zone A ─┘          1AUX
//!     0                   600      1000      1200
//! ```

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use rusqlite::Connection;
use serde_json::Value;

use crate::drawn::Drawn;
use crate::drawn::X;
use crate::drawn::Y;
use crate::drawn::collection;
use crate::drawn::feature;
use crate::drawn::rectangle;

const SITE: &str = "82112_SITE-ECO_00001";
const GPKG: &str = "inventaire/inventaire.gpkg";

fn plot(number: usize) -> String {
    format!("82112000ZA{number:04}")
}

fn plots() -> Vec<(String, [f64; 4])> {
    let zone_a =
        (1..=15).map(|at| (plot(at), [40.0 * (at - 1) as f64, 0.0, 40.0 * at as f64, 100.0]));
    let zone_b = (1..=2).map(|at| {
        let left = 900.0 + 100.0 * f64::from(at);
        (format!("82112000ZB{at:04}"), [left, 0.0, left + 100.0, 100.0])
    });
    zone_a.chain(zone_b).collect()
}

fn write_plots(drawn: &Drawn, plots: &[(String, [f64; 4])]) {
    let named: Vec<(&str, [f64; 4])> = plots.iter().map(|(id, at)| (id.as_str(), *at)).collect();
    drawn.write("parcels.geojson", &Drawn::parcels(&named));
}

fn point(x: f64, y: f64) -> String {
    format!("{{\"type\":\"Point\",\"coordinates\":[{},{}]}}", X + x, Y + y)
}

/// Firms on the plots 1 to 15; those of `closed` shut in 2020.
fn write_firms(drawn: &Drawn, closed: &[usize]) {
    let firms: Vec<String> = (1..=15)
        .map(|at| {
            let state = if closed.contains(&at) {
                "\"etab_actif\":\"non\",\"etab_fermeture_date\":\"2020-05-06\""
            } else {
                "\"etab_actif\":\"oui\""
            };
            // The third is a sole trader, whose name must not come through.
            let form = if at == 3 { "1000" } else { "5710" };
            let words = format!(
                "\"SIRET\":\"{at:014}\",\"SIREN\":\"{:09}\",\"comm_insee\":\"82112\",\"etab_nat_juridique\":\"{form}\",\
                 \"etab_raison_sociale\":\"Dupont {at}\",\"etab_creation_date\":\"2001-02-03\",\
                 \"etab_effectif_code\":\"03\",\"etab_effectif_annee\":\"2022\",\"etab_activite_code\":\"2410Z\",\
                 \"terr_id\":\"\",\"etab_contact_mail\":\"dupont@exemple.fr\",{state}",
                at / 100_000
            );
            feature(&point(40.0 * at as f64 - 20.0, 50.0), &words)
        })
        .collect();
    drawn.write("etablissement.geojson", &collection(&firms));
}

fn drawn() -> Drawn {
    let drawn = Drawn::new();
    drawn.write(
        "gisement.toml",
        "[territory]\nname = \"Territoire dessiné\"\nepci = [\"200066322\"]\n\
         [layers.communes]\npath = \"communes.geojson\"\n\
         [layers.parcels]\npath = \"parcels.geojson\"\nvintage = \"2026-07\"\n\
         [layers.buildings]\npath = \"buildings.geojson\"\ncovers = \"territory\"\n\
         [layers.zoning]\npath = \"zoning.geojson\"\n\
         [layers.sites]\npath = \"site_eco.geojson\"\n\
         [layers.terrains]\npath = \"terrain_eco.geojson\"\n\
         [layers.establishments]\npath = \"etablissement.geojson\"\nvintage = \"2026-06\"\n",
    );
    write_plots(&drawn, &plots());
    let sheds: Vec<String> = (1..=15)
        .map(|at| {
            let left = 40.0 * (at - 1) as f64;
            feature(
                &rectangle(left + 5.0, 20.0, left + 35.0, 80.0),
                "\"commune\":\"82112\",\"type\":\"01\"",
            )
        })
        .collect();
    drawn.write("buildings.geojson", &collection(&sheds));
    drawn.write(
        "zoning.geojson",
        &collection(&[feature(
            &rectangle(1000.0, 0.0, 1200.0, 100.0),
            "\"LIBELLE\":\"1AUX\",\"TYPEZONE\":\"AUc\",\"LIBELONG\":\"Zone à urbaniser pour activités\",\"IDURBA\":\"82112_PLU_20200101\"",
        )]),
    );
    drawn.write(
        "site_eco.geojson",
        &collection(&[feature(
            &rectangle(0.0, -10.0, 600.0, 100.0),
            "\"site_id\":\"82112_SITE-ECO_00001\",\"site_nom\":\"ZAC du Port\",\"site_type\":\"Zone d'activité économique\",\
             \"site_vocadomi\":\"Entrepôts, logistique\",\"site_etat\":\"existant et actif\",\"reseau_gaz\":\"oui\",\
             \"site_surf_brute\":9.9,\"site_moa_type\":\"EPCI\"",
        )]),
    );
    drawn.write(
        "terrain_eco.geojson",
        &collection(&[
            feature(
                &rectangle(0.0, 0.0, 80.0, 100.0),
                "\"terr_id\":\"82112_TERRAIN-ECO_00131\",\"terr_refcad\":\"\",\"terr_stade_comm\":\"en vente\",\
                 \"terr_maitrise_fonc\":\"commune\",\"terr_vente_montant\":530000,\"terr_acquereur\":\"DUPONT Jeanne\"",
            ),
            feature(
                &rectangle(-500.0, 0.0, -400.0, 100.0),
                "\"terr_id\":\"82112_TERRAIN-ECO_00999\",\"terr_refcad\":\"\"",
            ),
        ]),
    );
    write_firms(&drawn, &[14, 15]);
    drawn
}

fn table(drawn: &Drawn, name: &str) -> Vec<BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_path(drawn.path("inventaire").join(name)).unwrap();
    let header = reader.headers().unwrap().clone();
    reader
        .records()
        .map(|row| {
            let row = row.unwrap();
            header.iter().zip(row.iter()).map(|(k, v)| (k.to_owned(), v.to_owned())).collect()
        })
        .collect()
}

fn site<'a>(rows: &'a [BTreeMap<String, String>], id: &str) -> &'a BTreeMap<String, String> {
    rows.iter().find(|row| row["site_id"] == id).unwrap()
}

/// The land row of a parcel.
fn land(drawn: &Drawn, parcel: &str) -> BTreeMap<String, String> {
    let rows = table(drawn, "terrain_eco.csv");
    rows.into_iter().find(|row| row["terr_refcad"] == parcel).unwrap()
}

fn answer(drawn: &Drawn) -> Value {
    let ran = drawn.run(&["inventory", "--format", "json"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    serde_json::from_str(&ran.stdout).unwrap()
}

/// The GeoPackage as another program edits it: its triggers call functions that plain SQLite lacks.
fn edit(drawn: &Drawn, sql: &str) {
    let database = Connection::open(drawn.path(GPKG)).unwrap();
    let triggers: Vec<String> = {
        let mut names =
            database.prepare("SELECT name FROM sqlite_master WHERE type = 'trigger'").unwrap();
        let rows = names.query_map([], |row| row.get(0)).unwrap();
        rows.map(Result::unwrap).collect()
    };
    for name in triggers {
        database.execute_batch(&format!("DROP TRIGGER \"{name}\"")).unwrap();
    }
    assert!(database.execute(sql, []).unwrap() > 0, "{sql}");
}

fn cell(drawn: &Drawn, sql: &str) -> Option<String> {
    let database = Connection::open(drawn.path(GPKG)).unwrap();
    database.query_row(sql, [], |row| row.get(0)).unwrap()
}

fn bytes(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.map(|p| (p.display().to_string(), fs::read(&p).unwrap())).collect()
}

#[test]
fn two_of_fifteen_land_units_are_vacant_which_is_thirteen_percent() {
    let drawn = drawn();
    let told = answer(&drawn);
    let epci = &told["epcis"][0];
    assert_eq!(epci["siren"], "200066322");
    assert_eq!((&epci["zones"], &epci["land_units"]), (&Value::from(2), &Value::from(17)));
    assert_eq!(epci["vacant"], serde_json::json!({"low": 2, "high": 2}));
    let rows = table(&drawn, "site_eco.csv");
    let port = site(&rows, SITE);
    for (field, expected) in [
        ("site_nom", "ZAC du Port"),
        ("site_type", "zone d'activité économique"),
        ("site_vocadomi", "entrepôts, logistique"),
        ("site_surf_brute", "6.6"),
        ("site_surf_utile", "6"),
        ("site_uf_nbre", "15"),
        ("site_uf_bati_nbre", "15"),
        ("site_uf_vacant_nbre", "2"),
        ("site_taux_vacance", "13"),
        ("site_nb_etab", "13"),
        ("site_comm_insee", "82112"),
        ("site_epci_siren", "200066322"),
        ("site_moa_type", "epci"),
        ("site_identif_date", "2026-07-01"),
        ("pole_id", "inconnu"),
        ("reseau_gaz", "oui"),
        ("reseau_fret_ferroviaire", ""),
        // The stage of sale of thirteen units is not known.
        ("site_surf_comm_dispo", ""),
    ] {
        assert_eq!(port[field], expected, "{field}");
    }
    let reserve = rows.iter().find(|row| row["site_id"] != SITE).unwrap();
    assert_eq!(reserve["site_type"], "zone AU à vocation économique");
    assert_eq!((&*reserve["site_taux_vacance"], &*reserve["site_etat"]), ("0", "inconnu"));
    let text = fs::read_to_string(drawn.path("inventaire/site_eco.csv")).unwrap();
    assert!(text.contains("\"entrepôts, logistique\"") && text.contains("\r\n"));
}

#[test]
fn what_is_given_stays_and_what_nobody_says_awaits_the_epci() {
    let drawn = drawn();
    let told = answer(&drawn);
    let first = land(&drawn, &plot(1));
    assert_eq!(first["terr_stade_comm"], "en vente");
    assert_eq!(first["terr_maitrise_fonc"], "commune");
    assert_eq!(first["terr_etat_occup"], "occupé");
    assert_eq!(first["terr_surf_brute"], "0.4");
    assert_eq!(first["terr_acquereur"], "");
    // The price is that of two units together.
    assert_eq!(first["terr_vente_montant"], "");
    let aside = cell(
        &drawn,
        &format!("SELECT fourni FROM terrain_eco WHERE terr_id = '{}'", first["terr_id"]),
    );
    assert_eq!(aside.as_deref(), Some("terr_vente_montant = 530000"));
    let fifteenth = land(&drawn, &plot(15));
    assert_eq!((&*fifteenth["terr_etat_occup"], &*fifteenth["terr_usage"]), ("vacant", "inconnu"));
    assert_eq!(land(&drawn, "82112000ZB0001")["terr_etat_occup"], "inoccupé");
    assert_eq!(told["not_taken"][0]["id"], "82112_TERRAIN-ECO_00999");
    let site_aside = cell(&drawn, &format!("SELECT fourni FROM site_eco WHERE site_id = '{SITE}'"));
    assert_eq!(site_aside.as_deref(), Some("site_surf_brute = 9.9"));

    let report = fs::read_to_string(drawn.path("inventaire/completude.csv")).unwrap();
    let line = report.lines().find(|line| line.contains("terr_usage")).unwrap();
    assert!(line.contains(";17;0;0;0;0;17;0;"), "{line}");
}

#[test]
fn no_person_is_named() {
    let drawn = drawn();
    answer(&drawn);
    let firms = table(&drawn, "etablissement.csv");
    assert_eq!(firms.len(), 15);
    let of =
        |siret: usize| firms.iter().find(|row| row["SIRET"] == format!("{siret:014}")).unwrap();
    assert_eq!(of(1)["etab_raison_sociale"], "Dupont 1");
    assert_eq!(of(3)["etab_raison_sociale"], "sans objet");
    assert_eq!(of(1)["etab_effectif_libelle"], "6 à 9 salariés");
    assert_eq!(of(1)["terr_id"], land(&drawn, &plot(1))["terr_id"]);
    // Nor does a name come back that somebody typed.
    edit(
        &drawn,
        "UPDATE etablissement SET etab_nom = 'Chez DUPONT' WHERE siret = '00000000000003'",
    );
    let told = answer(&drawn);
    assert_eq!(told["edits"]["lost"][0]["field"], "etab_nom");
    for (name, bytes) in bytes(&drawn.path("inventaire")) {
        for secret in ["Dupont 3", "DUPONT", "exemple.fr"] {
            let found = bytes.windows(secret.len()).any(|part| part == secret.as_bytes());
            assert!(!found, "{secret} in {name}");
        }
    }
}

#[test]
fn without_establishments_the_rate_is_unknown_and_has_bounds() {
    let drawn = drawn();
    drawn.change(
        "gisement.toml",
        "[layers.establishments]\npath = \"etablissement.geojson\"\nvintage = \"2026-06\"\n",
        "",
    );
    let told = answer(&drawn);
    assert_eq!(told["epcis"][0]["vacant"], serde_json::json!({"low": 0, "high": 17}));
    let rows = table(&drawn, "site_eco.csv");
    let port = site(&rows, SITE);
    assert_eq!((&*port["site_uf_nbre"], &*port["site_uf_vacant_nbre"]), ("15", ""));
    assert_eq!((&*port["site_taux_vacance"], &*port["site_nb_etab"]), ("", ""));
    assert!(!drawn.path("inventaire/etablissement.csv").exists());
    assert_eq!(land(&drawn, &plot(15))["terr_etat_occup"], "inconnu");
    let high = cell(
        &drawn,
        &format!("SELECT CAST(taux_vacance_max AS TEXT) FROM site_eco WHERE site_id = '{SITE}'"),
    );
    assert_eq!(high.as_deref(), Some("100.0"));
}

#[test]
fn two_runs_give_the_same_bytes() {
    let drawn = drawn();
    answer(&drawn);
    let first = bytes(&drawn.path("inventaire"));
    answer(&drawn);
    assert!(first == bytes(&drawn.path("inventaire")), "the second run differs");
    fs::remove_dir_all(drawn.path("inventaire")).unwrap();
    let ran = drawn.run(&["--threads", "1", "inventory"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(first == bytes(&drawn.path("inventaire")), "one thread differs");
}

#[test]
fn edits_are_read_back_counted_and_kept() {
    let drawn = drawn();
    answer(&drawn);
    let parcel = plot(4);
    edit(
        &drawn,
        &format!(
            "UPDATE terrain_eco SET terr_etat_occup = 'friche', commentaire = 'toit effondré', terr_usage = 'Bâti productif' \
             WHERE terr_refcad = '{parcel}'"
        ),
    );
    edit(
        &drawn,
        "UPDATE site_eco SET site_nom = 'ZAC du Grand Port', reseau_fluvial = 'oui' WHERE site_uf_nbre = 15",
    );
    let told = answer(&drawn);
    assert_eq!(told["edits"]["kept"], 5);
    let port = || site(&table(&drawn, "site_eco.csv"), SITE).clone();
    assert_eq!((&*port()["site_uf_vacant_nbre"], &*port()["site_taux_vacance"]), ("3", "20"));
    assert_eq!((&*port()["site_nom"], &*port()["reseau_fluvial"]), ("ZAC du Grand Port", "oui"));
    assert_eq!(land(&drawn, &parcel)["terr_usage"], "bâti productif");
    let edited = format!("SELECT saisie FROM terrain_eco WHERE terr_refcad = '{parcel}'");
    assert_eq!(cell(&drawn, &edited).as_deref(), Some("terr_etat_occup, terr_usage, commentaire"));

    // Our own value comes to say the same, then something else: the officer's word stays.
    write_firms(&drawn, &[4, 14, 15]);
    answer(&drawn);
    write_firms(&drawn, &[14, 15]);
    let before = bytes(&drawn.path("inventaire"));
    answer(&drawn);
    answer(&drawn);
    assert_eq!(land(&drawn, &parcel)["terr_etat_occup"], "friche");
    let comment = format!("SELECT commentaire FROM terrain_eco WHERE terr_refcad = '{parcel}'");
    assert_eq!(cell(&drawn, &comment).as_deref(), Some("toit effondré"));
    assert_eq!(before.len(), bytes(&drawn.path("inventaire")).len());

    // An emptied cell gives the value back to the computation.
    edit(
        &drawn,
        &format!("UPDATE terrain_eco SET terr_etat_occup = NULL WHERE terr_refcad = '{parcel}'"),
    );
    answer(&drawn);
    assert_eq!(land(&drawn, &parcel)["terr_etat_occup"], "occupé");
    assert_eq!(port()["site_taux_vacance"], "13");
}

#[test]
fn words_outside_the_lists_are_kept_and_computed_cells_are_not_edited() {
    let drawn = drawn();
    answer(&drawn);
    let parcel = plot(5);
    edit(
        &drawn,
        &format!(
            "UPDATE terrain_eco SET terr_stade_comm = 'loué', terr_surf_brute = 7, terr_cession_date = 'hier' WHERE terr_refcad = '{parcel}'"
        ),
    );
    let ran = drawn.run(&["inventory"]);
    assert!(
        ran.stdout.contains("terr_stade_comm = “loué”: kept") && ran.stdout.contains("en vente"),
        "{}",
        ran.stdout
    );
    assert_eq!(land(&drawn, &parcel)["terr_stade_comm"], "loué");
    assert_eq!(land(&drawn, &parcel)["terr_surf_brute"], "0.4");
    let kept = |column: &str| {
        cell(
            &drawn,
            &format!(
                "SELECT valeur || ' ' || motif FROM saisies_orphelines WHERE champ = '{column}'"
            ),
        )
    };
    assert_eq!(kept("terr_surf_brute").as_deref(), Some("7 not-editable"));
    assert_eq!(kept("terr_cession_date").as_deref(), Some("hier malformed"));
    // Told once more, kept once.
    answer(&drawn);
    assert_eq!(kept("terr_surf_brute").as_deref(), Some("7 not-editable"));
}

#[test]
fn edits_of_a_row_that_is_gone_go_to_the_one_in_its_place_or_are_kept_aside() {
    let drawn = drawn();
    answer(&drawn);
    let before = land(&drawn, &plot(6))["terr_id"].clone();
    let halves = [[200.0, 0.0, 220.0, 100.0], [220.0, 0.0, 240.0, 100.0]];
    edit(
        &drawn,
        &format!("UPDATE terrain_eco SET commentaire = 'à céder' WHERE terr_id = '{before}'"),
    );
    let saved = fs::read(drawn.path(GPKG)).unwrap();
    let mut n_moved = 0;
    for half in halves {
        fs::write(drawn.path(GPKG), &saved).unwrap();
        let mut changed = plots();
        changed[5] = ("82112000ZA0099".to_owned(), half);
        write_plots(&drawn, &changed);
        let told = answer(&drawn);
        let after = land(&drawn, "82112000ZA0099")["terr_id"].clone();
        let comment = format!("SELECT commentaire FROM terrain_eco WHERE terr_id = '{after}'");
        assert_eq!(cell(&drawn, &comment).as_deref(), Some("à céder"));
        if after != before {
            n_moved += 1;
            assert_eq!(
                told["edits"]["moved"][0],
                serde_json::json!({"table": "terrain_eco", "from": before, "to": after})
            );
        }
    }
    assert_eq!(n_moved, 1, "one half has the point that names the plot, the other has not");

    fs::write(drawn.path(GPKG), &saved).unwrap();
    let mut gone = plots();
    gone.remove(5);
    write_plots(&drawn, &gone);
    let told = answer(&drawn);
    assert_eq!(told["edits"]["lost"][0]["value"], "à céder");
    assert_eq!(told["edits"]["lost"][0]["why"], "row-gone");
    write_plots(&drawn, &plots());
    answer(&drawn);
    let comment = format!("SELECT commentaire FROM terrain_eco WHERE terr_id = '{before}'");
    assert_eq!(cell(&drawn, &comment).as_deref(), Some("à céder"), "found again");
}

#[test]
fn what_is_not_ours_or_in_use_or_damaged_is_left_alone() {
    let drawn = drawn();
    fs::create_dir(drawn.path("inventaire")).unwrap();
    let foreign = drawn.path(GPKG);
    Connection::open(&foreign).unwrap().execute_batch(
        "PRAGMA application_id = 0x47504B47; CREATE TABLE gpkg_contents (table_name TEXT, data_type TEXT, identifier TEXT, \
         description TEXT, last_change TEXT, min_x, min_y, max_x, max_y, srs_id); CREATE TABLE t (a);",
    ).unwrap();
    let before = fs::read(&foreign).unwrap();
    let ran = drawn.run(&["inventory"]);
    assert_eq!(ran.code, 2);
    assert!(
        ran.stderr.contains("not an inventory of gisement and is left as it is"),
        "{}",
        ran.stderr
    );
    assert_eq!(fs::read(&foreign).unwrap(), before);

    fs::remove_file(&foreign).unwrap();
    answer(&drawn);
    let whole = fs::read(&foreign).unwrap();
    let other = Connection::open(&foreign).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let ran = drawn.run(&["inventory"]);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("another program holds this file open"), "{}", ran.stderr);
    other.execute_batch("ROLLBACK").unwrap();
    drop(other);

    fs::write(&foreign, &whole[..whole.len() / 2]).unwrap();
    let ran = drawn.run(&["inventory"]);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("the edits in it would be lost"), "{}", ran.stderr);
    assert_eq!(fs::read(&foreign).unwrap(), &whole[..whole.len() / 2]);
}

#[test]
fn an_inventory_read_as_a_layer_says_only_what_somebody_wrote() {
    let drawn = drawn();
    let ranked = |drawn: &Drawn| {
        let ran = drawn.run(&["rank", "land", "--format", "json"]);
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        let told: Value = serde_json::from_str(&ran.stdout).unwrap();
        let rows = told["rows"].as_array().unwrap().iter();
        rows.map(|row| (row["id"].to_string(), row["availability"].to_string()))
            .collect::<BTreeMap<_, _>>()
    };
    let before = ranked(&drawn);
    assert!(!before.is_empty());
    answer(&drawn);
    let occupied = table(&drawn, "terrain_eco.csv");
    for (layer, file) in [("terrains", "terrain_eco"), ("sites", "site_eco")] {
        drawn.change(
            "gisement.toml",
            &format!("path = \"{file}.geojson\""),
            &format!("path = \"{GPKG}\""),
        );
        assert_eq!(ranked(&drawn), before, "{layer}");
    }
    // The same inventory again, from itself: nothing given is lost, nothing computed became a word.
    let told = answer(&drawn);
    assert_eq!(told["edits"]["kept"], 0);
    let again = table(&drawn, "terrain_eco.csv");
    assert_eq!(occupied, again);
    // A plot said to be unused counts at once.
    edit(
        &drawn,
        &format!(
            "UPDATE terrain_eco SET terr_etat_occup = 'inoccupé' WHERE terr_refcad = '{}'",
            plot(9)
        ),
    );
    let after = ranked(&drawn);
    assert!(
        after.values().filter(|class| class.contains("libre")).count()
            > before.values().filter(|class| class.contains("libre")).count()
    );
}

#[test]
fn no_zone_is_no_answer_and_a_strange_epci_is_a_mistake() {
    let drawn = drawn();
    let ran = drawn.run(&["inventory", "--epci", "200034726"]);
    assert_eq!(ran.code, 2);
    assert!(
        ran.stderr.contains("--epci 200034726: this territory has no such EPCI"),
        "{}",
        ran.stderr
    );
    let ran = drawn.run(&["inventory", "--profile", "industrie-v1"]);
    assert!(ran.stderr.contains("section [land]"), "{}", ran.stderr);
    drawn.write(
        "site_eco.geojson",
        &collection(&[feature(
            &rectangle(0.0, 0.0, 9.0, 9.0),
            "\"site_id\":\"x\",\"site_type\":\"autre\",\"site_etat\":\"existant et actif\"",
        )]),
    );
    drawn.change("zoning.geojson", "AUc", "N");
    drawn.change("zoning.geojson", "Zone à urbaniser pour activités", "Zone naturelle");
    drawn.change("zoning.geojson", "1AUX", "N");
    let ran = drawn.run(&["inventory"]);
    assert_eq!((ran.code, ran.stdout.trim()), (1, "No economic zone."), "{}", ran.stderr);
    assert!(!drawn.path("inventaire").exists());
}

#[test]
fn what_a_layer_says_against_the_standard_is_told_and_never_spoils_the_file() {
    let drawn = drawn();
    drawn.change(
        "site_eco.geojson",
        "\"reseau_gaz\":\"oui\"",
        "\"reseau_gaz\":\"peut-être\",\"site_url\":\"www.cc-deuxrives.fr\"",
    );
    drawn.change("site_eco.geojson", "Entrepôts, logistique", "Agro-alimentaire");
    let told = answer(&drawn);
    let outside = told["given_outside_lists"].as_array().unwrap();
    let found: Vec<(&str, &str)> = outside
        .iter()
        .map(|one| (one["field"].as_str().unwrap(), one["value"].as_str().unwrap()))
        .collect();
    for expected in [
        ("site_vocadomi", "Agro-alimentaire"),
        ("reseau_gaz", "peut-être"),
        ("site_url", "www.cc-deuxrives.fr"),
    ] {
        assert!(found.contains(&expected), "{expected:?} in {found:?}");
    }
    let rows = table(&drawn, "site_eco.csv");
    let port = site(&rows, SITE);
    // A word of an open list stays; what the schema refuses stands beside.
    assert_eq!(port["site_vocadomi"], "Agro-alimentaire");
    assert_eq!((port["reseau_gaz"].as_str(), port["site_url"].as_str()), ("", ""));
    let beside = cell(&drawn, &format!("SELECT fourni FROM site_eco WHERE site_id = '{SITE}'"));
    assert!(
        beside
            .is_some_and(|text| text.contains("www.cc-deuxrives.fr") && text.contains("peut-être"))
    );
}

#[test]
fn more_vacant_units_than_units_count_for_nothing_and_are_told() {
    let drawn = drawn();
    answer(&drawn);
    let sql = format!("UPDATE site_eco SET site_uf_vacant_nbre = 99 WHERE site_id = '{SITE}'");
    edit(&drawn, &sql);
    let told = answer(&drawn);
    assert_eq!(told["too_many_vacant"][0]["vacant"], "99");
    assert_eq!(told["epcis"][0]["vacant"], serde_json::json!({"low": 2, "high": 2}));
}
