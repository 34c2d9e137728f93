//! Cartofriches as it is: lists of PostgreSQL, NA, places that contradict codes, origins of unequal worth, and names.

use serde_json::Value;

use crate::drawn::Drawn;
use crate::drawn::X;
use crate::drawn::Y;
use crate::drawn::collection;
use crate::drawn::feature;
use crate::drawn::rectangle;
use crate::folder::Checked;
use crate::folder::Folder;

fn at(x: f64, y: f64) -> String {
    format!("{{\"type\":\"Point\",\"coordinates\":[{},{}]}}", X + x, Y + y)
}

/// A site of the drawn territory's commune, with more columns.
fn site(id: &str, point: &str, more: &str) -> String {
    let words = format!(
        "\"site_id\":\"{id}\",\"comm_insee\":\"82112\",\"site_statut\":\"friche sans projet\",{more}"
    );
    feature(point, &words)
}

/// The layer of friches alone, as a loose file.
fn loose(sites: &[String]) -> Checked {
    let folder = Folder::with("cartofriches.geojson", collection(sites));
    folder.check("cartofriches.geojson", "friches")
}

/// The drawn territory with these friches.
fn territory(sites: &[String]) -> Drawn {
    let drawn = Drawn::new();
    drawn.write("friches.geojson", &collection(sites));
    drawn
}

/// An answer of the program on a territory, with the layer of friches of its `check` when it is one.
fn answer(drawn: &Drawn, args: &[&str]) -> Value {
    let ran = drawn.run(args);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    serde_json::from_str(&ran.stdout).unwrap()
}

fn checked(drawn: &Drawn) -> Value {
    let answer = answer(drawn, &["check", "--format", "json"]);
    let layers = answer["layers"].as_array().unwrap();
    layers.iter().find(|layer| layer["as"] == "friches").unwrap().clone()
}

/// How often a problem stands, and its example.
fn told(layer: &Value, code: &str) -> (u64, String) {
    let problems = layer["problems"].as_array().unwrap();
    let problem = problems.iter().find(|problem| problem["code"] == code);
    let count = problem.and_then(|problem| problem["count"].as_u64()).unwrap_or_default();
    let example = problem.and_then(|problem| problem["example"].as_str()).unwrap_or_default();
    (count, example.to_owned())
}

fn ranked<'a>(answer: &'a Value, id: &str) -> &'a Value {
    let rows = answer["rows"].as_array().unwrap();
    rows.iter().find(|row| row["id"] == id).unwrap_or_else(|| panic!("no {id}: {answer}"))
}

/// R8: `{a,b}`, NA, numbers with blanks and commas, columns that are empty throughout, a name that is the identifier.
#[test]
fn lists_of_postgres_and_na_are_no_problem() {
    let checked = loose(&[
        site(
            "82112_1",
            &at(50.0, 50.0),
            "\"l_idtup\":\"{82112000AB0001,82112000AB0002}\",\"unite_fonciere_surface\":\"40 000,5\",\
             \"site_surface\":\"NA\",\"bati_surface\":null,\"desserte_distance_route\":\"\",\"urba_zone_type\":\"NA\",\
             \"site_nom\":\"82112_1\"",
        ),
        site("82112_2", &at(90.0, 50.0), "\"l_idtup\":\"{}\",\"unite_fonciere_surface\":\"NA\""),
        site("82112_3", &at(95.0, 50.0), "\"l_idtup\":\"NA\",\"unite_fonciere_surface\":null"),
    ]);
    assert_eq!((checked.layer().rows(), checked.code), ([3, 3, 0, 0, 0], 0), "{}", checked.stdout);
    checked.layer().assert_clean();
    checked.layer().assert_area(0.0);
}

/// R8: the list of a site is read as parcels, whatever order and quotes it has.
#[test]
fn the_parcels_of_a_list_are_found() {
    let list = "\"l_idtup\":\"{\\\"82112000AB0002\\\",82112000AB0001}\"";
    let drawn = territory(&[site("82112_1", &at(50.0, 50.0), list)]);
    let answer = answer(&drawn, &["rank", "friches", "--format", "json"]);
    let parcels = ranked(&answer, "82112_1")["parcels"].as_array().unwrap();
    let mut parcels: Vec<&str> = parcels.iter().map(|parcel| parcel.as_str().unwrap()).collect();
    parcels.sort_unstable();
    assert_eq!(parcels, ["82112000AB0001", "82112000AB0002"]);
    assert_eq!(told(&checked(&drawn), "parcel-not-found").0, 0);
}

/// R8: 79 of 2 016 parcels belong to another commune: what is not in the cadastre given is told.
#[test]
fn a_parcel_is_missing_only_where_the_cadastre_speaks() {
    let list = "\"l_idtup\":\"{82112000AB0001,82033000AC0007}\"";
    let drawn = territory(&[site("82112_1", &at(50.0, 50.0), list)]);
    // The cadastre given says nothing of that commune: whether the parcel exists is unknown, not "no".
    let codes: Vec<String> = codes(&checked(&drawn));
    assert!(!codes.contains(&"parcel-not-found".to_owned()), "{codes:?}");
    let ours = "\"l_idtup\":\"{82112000AB0001,82112000AC0007}\"";
    let drawn = territory(&[site("82112_1", &at(50.0, 50.0), ours)]);
    let (count, example) = told(&checked(&drawn), "parcel-not-found");
    assert_eq!(count, 1);
    assert!(example.contains("82112000AC0007"), "{example}");
}

/// A list typed by hand: what is no identifier is told with its text, the others are kept.
#[test]
fn what_is_no_parcel_in_a_list_is_told() {
    let list = "\"l_idtup\":\"{82112000AB0001,AB 12,82112000 A0003}\"";
    let drawn = territory(&[site("82112_1", &at(50.0, 50.0), list)]);
    let (count, example) = told(&checked(&drawn), "listed-parcel-malformed");
    assert_eq!(count, 1);
    assert!(example.contains("`AB 12`"), "{example}");
    let answer = answer(&drawn, &["rank", "friches", "--format", "json"]);
    let parcels = ranked(&answer, "82112_1")["parcels"].as_array().unwrap();
    assert_eq!(parcels[0], "82112000AB0001", "{parcels:?}");
}

fn codes(layer: &Value) -> Vec<String> {
    let problems = layer["problems"].as_array().unwrap();
    problems.iter().map(|problem| problem["code"].as_str().unwrap().to_owned()).collect()
}

/// R8: 6 of 197 points lie in another commune than they say.
#[test]
fn a_point_in_another_commune_is_told() {
    let drawn = territory(&[site("82112_1", &at(2_500.0, 0.0), "\"l_idtup\":\"{}\"")]);
    drawn.change("gisement.toml", "[\"82112\"]", "[\"82112\", \"82033\"]");
    let here = rectangle(-2_000.0, -2_000.0, 2_000.0, 2_000.0);
    let there = rectangle(2_000.0, -2_000.0, 6_000.0, 2_000.0);
    let outlines = [
        feature(&here, "\"code\":\"82112\",\"nom\":\"Moissac\""),
        feature(&there, "\"code\":\"82033\",\"nom\":\"Castelsarrasin\""),
    ];
    drawn.write("communes.geojson", &collection(&outlines));
    let layer = checked(&drawn);
    assert_eq!(
        (&layer["rows"]["read"], &layer["rows"]["kept"]),
        (&Value::from(1), &Value::from(1))
    );
    let (count, example) = told(&layer, "other-commune");
    assert_eq!(count, 1);
    assert!(example.contains("82112") && example.contains("82033"), "{example}");
}

/// R8: one point lies outside both departments; its code says that it is ours, so it is kept.
#[test]
fn a_point_outside_the_territory_is_kept_by_its_code() {
    let drawn = territory(&[
        site("82112_1", &at(50.0, 50.0), "\"l_idtup\":\"{}\""),
        site("82112_2", &at(300_000.0, 200_000.0), "\"l_idtup\":\"{}\""),
    ]);
    let layer = checked(&drawn);
    let rows = &layer["rows"];
    assert_eq!((&rows["read"], &rows["outside"]), (&Value::from(2), &Value::from(0)), "{rows}");
    assert_eq!(rows["kept"], 2, "{rows}");
}

/// R8: `site_surface` is not `unite_fonciere_surface` for half of the sites: the land comes first, the site where it is
/// all there is.
#[test]
fn the_area_of_the_land_comes_before_that_of_the_site() {
    let drawn = territory(&[
        site(
            "82112_1",
            &at(50.0, 50.0),
            "\"l_idtup\":\"{}\",\"unite_fonciere_surface\":20000,\"site_surface\":5000",
        ),
        site(
            "82112_2",
            &at(60.0, 50.0),
            "\"l_idtup\":\"{}\",\"unite_fonciere_surface\":\"NA\",\"site_surface\":5000",
        ),
    ]);
    let answer = answer(&drawn, &["rank", "friches", "--format", "json"]);
    assert_eq!(ranked(&answer, "82112_1")["area_m2"], 20_000.0);
    assert_eq!(ranked(&answer, "82112_2")["area_m2"], 5_000.0);
}

/// R8: 60 are "not verified", 91 come from a study, 32 from a call, 13 from the Region: the origin is told.
#[test]
fn the_origin_of_a_site_is_told() {
    let origins = [
        ("Site Basias ou Basol non vérifié par le Cerema", "unverified"),
        ("Friche étude Ademe 2021", "study"),
        ("Appel à projet Fonds Friches", "call"),
        ("Région Occitanie", "observatory"),
    ];
    let sites: Vec<String> = origins
        .iter()
        .enumerate()
        .map(|(number, (origin, _))| {
            let more = format!("\"l_idtup\":\"{{}}\",\"nom_prodcartofriches\":\"{origin}\"");
            site(&format!("82112_{number}"), &at(50.0, 50.0), &more)
        })
        .collect();
    let answer = answer(&territory(&sites), &["rank", "friches", "--format", "json"]);
    for (number, (_, trust)) in origins.into_iter().enumerate() {
        let row = ranked(&answer, &format!("82112_{number}"));
        let criteria = row["criteria"].as_array().unwrap();
        let found = criteria.iter().find(|criterion| criterion["id"] == "trust").unwrap();
        assert_eq!(found["value"], trust);
    }
}

/// E21: nobody's name leaves the program, whatever is wrong with the row that holds it.
#[test]
fn no_name_leaves_with_a_problem() {
    let named = "\"proprio_nom\":\"DUPONT Jeanne\",\"site_nom\":\"Garage Dupont\",\"l_idtup\":\"{}\",\
                 \"source_contact\":\"j.dupont@exemple.fr\",\"source_producteur\":\"M. Dupont\"";
    let crossed = format!(
        "{{\"type\":\"Polygon\",\"coordinates\":[[[{X},{Y}],[{},{}],[{},{Y}],[{X},{}],[{X},{Y}]]]}}",
        X + 9.0,
        Y + 9.0,
        X + 9.0,
        Y + 9.0
    );
    let nowhere = "{\"type\":\"Point\",\"coordinates\":[\"Dupont\",\"Jeanne\"]}";
    let sites = [
        site("82112_1", &at(50.0, 50.0), named),
        site("82112_2", "null", named),
        site("82112_3", nowhere, named),
        site("82112_4", &crossed, named),
        site("82112_1", &at(50.0, 50.0), named),
    ];
    let checked = loose(&sites);
    assert_eq!(checked.layer().rows()[0], 5, "{}", checked.stdout);
    assert_eq!(checked.code, 1, "{}", checked.stdout);
    let drawn = territory(&sites);
    let told = drawn.run(&["check", "--format", "json", "--max-rejected", "1"]);
    for text in [&checked.stdout, &checked.stderr, &told.stdout, &told.stderr] {
        let text = text.to_lowercase();
        assert!(!text.contains("dupont") && !text.contains("jeanne"), "{text}");
    }
}

/// E21: nor does it from the cadastre or from a layer of hazards.
#[test]
fn no_owner_leaves_with_a_parcel_or_a_hazard() {
    for (word, words) in [
        ("parcels", "\"id\":\"7\",\"proprietaire\":\"DUPONT Jeanne\""),
        ("hazards", "\"nom_ets\":\"DUPONT Jeanne\",\"adresse\":\"chez Dupont\""),
        ("buildings", "\"commune\":\"82112\",\"type\":\"01\",\"nom\":\"Villa Jeanne\""),
    ] {
        let whole = feature(&rectangle(0.0, 0.0, 9.0, 9.0), words);
        let text = collection(&[whole, feature("null", words)]);
        let checked = Folder::with("couche.geojson", text).check("couche.geojson", word);
        assert_eq!(checked.layer().rows()[0], 2, "{word}: {}", checked.stdout);
        let text = format!("{}{}", checked.stdout, checked.stderr).to_lowercase();
        assert!(!text.contains("dupont") && !text.contains("jeanne"), "{word}: {text}");
    }
}
