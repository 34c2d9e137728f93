//! Friches by the command line: uses, visits, potential friches, what `explain` says of a site.

use std::fs;

use serde_json::Value;

use crate::drawn::Drawn;
use crate::drawn::collection;
use crate::drawn::feature;
use crate::drawn::rectangle;

/// The drawn territory with a second inventory, visits, and former activities.
fn drawn() -> Drawn {
    let drawn = Drawn::new();
    let site = |properties: &str, at: [f64; 4]| {
        feature(&rectangle(at[0], at[1], at[2], at[3]), properties)
    };
    drawn.write(
        "observatoire.geojson",
        &collection(&[
            // The parcel of 82112_1 again.
            site(
                "\"site_id\":\"82112_9\",\"comm_insee\":\"82112\",\"site_statut\":\"friche avec projet\",\
                 \"l_idtup\":\"{82112000AB0001}\",\"nom_prodcartofriches\":\"Appel à projet Fonds Friches\"",
                [0.0, 0.0, 100.0, 200.0],
            ),
            site(
                "\"site_id\":\"82112_7\",\"comm_insee\":\"82112\",\"site_statut\":\"friche sans projet\",\
                 \"l_idtup\":\"{82112000AB0005}\",\"nom_prodcartofriches\":\"Appel à projet Fonds Friches\"",
                [300.0, 0.0, 400.0, 200.0],
            ),
        ]),
    );
    drawn.write(
        "visites.csv",
        "site_id;visite_date;etatBatiInfrastructure;presencePollution;demande_en_attente\r\n\
         82112_9;2026-06-01;degradation-moyenne;oui-amiante;oui\r\n\
         82112_7;03/06/2026;ne-sait-pas;;\r\n",
    );
    drawn.change(
        "gisement.toml",
        "[layers.friches]\npath = \"friches.geojson\"\n",
        "[layers.friches]\npath = [\"friches.geojson\", \"observatoire.geojson\"]\n\
         [layers.field_visits]\npath = \"visites.csv\"\n",
    );
    drawn
}

fn json(drawn: &Drawn, args: &[&str]) -> Value {
    let ran = drawn.run(args);
    assert!(ran.code <= 1, "{}", ran.stderr);
    serde_json::from_str(&ran.stdout).unwrap_or_else(|error| panic!("{error}: {}", ran.stdout))
}

fn row<'a>(answer: &'a Value, id: &str) -> &'a Value {
    let rows = answer["rows"].as_array().unwrap();
    rows.iter().find(|row| row["id"] == id).unwrap_or_else(|| panic!("{id}: {answer}"))
}

#[test]
fn one_row_per_site_with_both_records_and_what_was_seen() {
    let drawn = drawn();
    let answer = json(&drawn, &["rank", "friches", "--format", "json"]);
    assert_eq!(answer["profile"], "friche-v2");
    assert_eq!(answer["rows"].as_array().unwrap().len(), 3);
    // The observatory is trusted before the call for projects.
    let site = row(&answer, "82112_1");
    let ids: Vec<&str> =
        site["records"].as_array().unwrap().iter().map(|one| one["id"].as_str().unwrap()).collect();
    assert_eq!(ids, ["82112_1", "82112_9"]);
    assert_eq!(site["outline"], "parcels");
    assert_eq!(site["parcels_found"], 1);
    assert_eq!(site["area_m2"].as_f64().unwrap().round(), 20_000.0);
    let uses = site["mutability"]["uses"].as_array().unwrap();
    assert_eq!(uses.len(), 7);
    assert_eq!(site["mutability"]["profile"], "mutafriches-v1.19");
    assert!(uses.iter().all(|one| one["index"].is_f64() && one["lowest"].is_f64()));
}

#[test]
fn a_ranking_for_one_use_has_that_use_and_no_other() {
    let drawn = drawn();
    for usage in ["industrie", "residentiel", "photovoltaique"] {
        let answer = json(&drawn, &["rank", "friches", "--use", usage, "--format", "json"]);
        let criteria = row(&answer, "82112_1")["criteria"].as_array().unwrap();
        let of_uses: Vec<&str> = criteria
            .iter()
            .filter_map(|one| one["id"].as_str())
            .filter(|id| id.starts_with("for_"))
            .collect();
        assert_eq!(of_uses, [format!("for_{usage}")]);
        let index = &row(&answer, "82112_1")["mutability"]["uses"]
            .as_array()
            .unwrap()
            .iter()
            .find(|one| one["use"] == usage)
            .unwrap()["index"];
        let criterion = criteria.iter().find(|one| one["id"] == format!("for_{usage}")).unwrap();
        assert_eq!(&criterion["value"], index);
    }
    let ran = drawn.run(&["rank", "land", "--use", "industrie"]);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("does not ask what friches are suited for"), "{}", ran.stderr);
    let ran = drawn.run(&["rank", "friches", "--use", "casino"]);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("industrie"), "{}", ran.stderr);
}

#[test]
fn explain_says_who_answered_what_and_what_it_may_cost() {
    let drawn = drawn();
    // By the identifier of the record that was joined.
    let ran = drawn.run(&["explain", "82112_9"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    for part in [
        "Friche 82112_1",
        "record 82112_1 – Région Occitanie (regional or local observatory)",
        "record 82112_9 – Appel à projet Fonds Friches (chosen in a call for projects)",
        "outline: the parcels listed",
        "Mutafriches algorithm v1.19",
        "field visit of 2026-06-01",
        "Asbestos removal",
        "never a price",
        "Bénéfriches",
    ] {
        assert!(ran.stdout.contains(part), "{part}\n{}", ran.stdout);
    }
    let answer = json(&drawn, &["explain", "82112_1", "--format", "json"]);
    let answers = answer["answers"].as_array().unwrap();
    assert_eq!(answers.len(), 32);
    let of = |key: &str| answers.iter().find(|one| one["criterion"] == key).unwrap();
    assert_eq!(of("presencePollution")["value"], "oui-amiante");
    assert_eq!(of("presencePollution")["origin"], "visit");
    // The fiscal area of the parcel, as ADEME's rule has it.
    assert_eq!(of("surfaceSite")["value"].as_f64().unwrap(), 20_100.0);
    assert_eq!(of("surfaceSite")["origin"], "parcels");
    assert_eq!(of("siteEnQpv")["unknown"]["code"], "layer-not-given");
    let costs = &answer["costs"];
    // 20 100 m² at 66 €/m² and a quarter more: nothing to 1.7 million, since what asbestos says of the ground is not known.
    let clean_up = costs["doing"].as_array().unwrap().iter().find(|one| one["cost"] == "clean_up");
    assert_eq!(clean_up.unwrap()["high_eur"], 1_700_000.0);
    // The plant is in an urban zone: 2.01 ha at 22 000 €/ha and year, and a quarter less or more.
    let security =
        costs["waiting_per_year"].as_array().unwrap().iter().find(|one| one["cost"] == "security");
    assert_eq!(security.unwrap()["low_eur"], 33_000.0);
    assert_eq!(security.unwrap()["high_eur"], 55_000.0);
}

#[test]
fn a_visit_sheet_that_is_filled_is_read_and_asks_no_more() {
    let drawn = drawn();
    let visits = json(&drawn, &["friches", "--visits", "--format", "json"]);
    let first = visits["visits"].as_array().unwrap()[0].clone();
    let questions = first["questions"].as_array().unwrap();
    assert!(!questions.is_empty());
    assert_eq!(
        first["places"],
        first["worst_rank"].as_u64().unwrap() - first["best_rank"].as_u64().unwrap()
    );
    let ran = drawn.run(&[
        "friches",
        "--visit-sheet",
        "--out",
        drawn.path("fiche.csv").to_str().unwrap(),
    ]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let sheet = fs::read_to_string(drawn.path("fiche.csv")).unwrap();
    let header = sheet.lines().next().unwrap();
    assert!(
        header.starts_with("\u{feff}site_id;commune;visite_date;surfaceBati;typeProprietaire;"),
        "{header}"
    );
    // What was answered stands in the sheet.
    assert!(sheet.contains("oui-amiante"), "{sheet}");

    let filled = format!(
        "{}\r\n82112_2;Moissac;2026-07-01;1200,5;prive;oui;degradation-faible;non;ordinaire;ordinaire;accessible;hors-trame;non;non;non\r\n",
        header.trim_start_matches('\u{feff}')
    );
    drawn.write("fiche.csv", &filled);
    drawn.change("gisement.toml", "path = \"visites.csv\"", "path = \"fiche.csv\"");
    let after = json(&drawn, &["friches", "--visits", "--format", "json"]);
    let ids: Vec<&str> =
        after["visits"].as_array().unwrap().iter().map(|one| one["id"].as_str().unwrap()).collect();
    assert!(!ids.contains(&"82112_2"), "{ids:?}");
}

#[test]
fn a_visit_that_says_what_no_list_has_is_told_without_its_words() {
    let drawn = drawn();
    drawn.write(
        "visites.csv",
        "site_id;visite_date;etatBatiInfrastructure;surfaceBati;demande_en_attente;commentaire\r\n\
         82112_1;hier;chez Zebulon;Zebulon;peut-être;Zebulon Dupont\r\n\
         82112_404;2026-06-01;pas-de-bati;;;\r\nZebulon;2026-06-01;pas-de-bati;;;\r\n",
    );
    let ran = drawn.run(&["check", "--format", "json"]);
    assert!(ran.code <= 1, "{}", ran.stderr);
    assert!(!ran.stdout.contains("Zebulon") && !ran.stderr.contains("Zebulon"), "{}", ran.stdout);
    for args in [&["export"][..], &["explain", "82112_1"], &["rank", "friches", "--format", "csv"]]
    {
        let ran = drawn.run(args);
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        assert!(!ran.stdout.contains("Zebulon") && !ran.stderr.contains("Zebulon"));
    }
    let told = fs::read_to_string(drawn.path("results/anomalies.csv")).unwrap();
    for part in
        ["etatBatiInfrastructure (degradation-inexistante, ", "surfaceBati (m²)", "82112_404"]
    {
        assert!(told.contains(part), "{part}\n{told}");
    }
    for folder in ["results", "results/friches-cnig"] {
        for entry in fs::read_dir(drawn.path(folder)).unwrap().map(Result::unwrap) {
            if entry.path().is_file() {
                let bytes = fs::read(entry.path()).unwrap();
                assert!(!bytes.windows(7).any(|part| part == b"Zebulon"), "{:?}", entry.path());
            }
        }
    }
}

#[test]
fn what_nobody_lists_is_told_with_its_signs_and_apart() {
    let drawn = drawn();
    // B is half built: a closed installation stands on it.
    drawn.write(
        "icpe.geojson",
        &collection(&[feature(
            &format!(
                "{{\"type\":\"Point\",\"coordinates\":[{},{}]}}",
                crate::drawn::X + 150.0,
                crate::drawn::Y + 50.0
            ),
            "\"code_aiot\":\"0006800123\",\"lib_regime\":\"Enregistrement\",\"lib_etat\":\"En fin d'exploitation\"",
        )]),
    );
    let toml = fs::read_to_string(drawn.path("gisement.toml")).unwrap();
    let hazards = toml.find("[layers.hazards]").unwrap();
    let end = toml[hazards + 1..].find("\n[layers").map_or(toml.len(), |at| hazards + 1 + at);
    let with_icpe = format!(
        "{}{}\n[[layers.hazards]]\npath = \"icpe.geojson\"\ncovers = \"territory\"\n{}",
        &toml[..hazards],
        toml[hazards..end].replace("[layers.hazards]", "[[layers.hazards]]"),
        &toml[end..]
    );
    drawn.write("gisement.toml", &with_icpe);
    let answer = json(&drawn, &["friches", "--potential", "--format", "json"]);
    let found = answer["potential"].as_array().unwrap();
    assert_eq!(found.len(), 1, "{answer}");
    assert_eq!(found[0]["parcels"], serde_json::json!(["82112000AB0002"]));
    assert_eq!(found[0]["signs"][0]["sign"], "closed_installation");
    assert_eq!(found[0]["signs"][0]["about"], "0006800123");
    let table = drawn.run(&["friches", "--potential"]).stdout;
    assert!(table.contains("To be checked on the spot"), "{table}");
    let ranked = json(&drawn, &["rank", "friches", "--format", "json"]);
    assert_eq!(ranked["rows"].as_array().unwrap().len(), 3);

    drawn.change("icpe.geojson", "En fin d'exploitation", "En exploitation avec titre");
    let ran = drawn.run(&["friches", "--potential", "--format", "json"]);
    assert_eq!(ran.code, 1, "{}", ran.stdout);
}
