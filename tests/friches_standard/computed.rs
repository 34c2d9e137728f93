//! What is computed where a record says nothing, and what is left open.

use crate::files;

/// The rectangle 300..500 x 250..350 of the drawn territory, by PROJ: half of it lies in zone A.
const OUTLINE: &str = "POLYGON((1.1315733 44.0553113,1.1340686 44.0553538,1.1340391 44.0562536,1.1315438 44.0562110,1.1315733 44.0553113))";

fn one(values: &[(&str, &str)], keep: &[&str]) -> std::collections::BTreeMap<String, String> {
    let drawn = files::territory("friches.csv", &files::csv_of(&[files::row(values)]), keep);
    files::written(&drawn).remove(0)
}

#[test]
fn a_zone_a_document_and_an_area_come_from_the_layers() {
    // The point lies in the zone UX of 82112_PLU_20200101.
    let made = one(&[("unite_fonciere_refcad", "82112000AB0001")], &["parcels", "zoning"]);
    for (name, value) in [
        ("urba_zone_type", "U"),
        ("urba_zone_lib", "UX"),
        ("urba_doc_type", "PLU"),
        // 100 m by 200 m, by the cadastre.
        ("unite_fonciere_surface", "20000"),
        ("unite_fonciere_refcad", "82112000AB0001"),
        ("comm_nom", "Moissac"),
        ("site_nom", "Friche industrielle à Moissac (82112_1)"),
    ] {
        assert_eq!(made[name], value, "{name}");
    }
    // The outline is that of the parcel.
    assert!(made["geomsurf"].starts_with("POLYGON((1.12"), "{}", made["geomsurf"]);
}

#[test]
fn what_a_record_says_goes_before_what_is_computed() {
    let given = [
        ("urba_zone_type", "N"),
        ("urba_zone_lib", "Np"),
        ("urba_doc_type", "CC"),
        ("unite_fonciere_surface", "15"),
    ];
    let made = one(&given, &["parcels", "zoning"]);
    for (name, value) in given {
        assert_eq!(made[name], value, "{name}");
    }
}

#[test]
fn an_outline_has_its_area_and_a_point_inside() {
    let made = one(&[("geomsurf", OUTLINE), ("geompoint", "POINT(1.2 44.1)")], &["zoning"]);
    let area: f64 = made["unite_fonciere_surface"].parse().unwrap();
    assert!((area - 20_000.0).abs() < 30.0, "{area}");
    assert_eq!(made["urba_zone_lib"], "A");
    let point = made["geompoint"].trim_start_matches("POINT(").trim_end_matches(')');
    let at: Vec<f64> = point.split(' ').map(|number| number.parse().unwrap()).collect();
    assert!((1.1315..1.1341).contains(&at[0]) && (44.0553..44.0563).contains(&at[1]), "{point}");
}

#[test]
fn a_date_that_nobody_knows_stays_empty_and_is_told() {
    let rows = [files::row(&[("site_identif_date", ""), ("site_actu_date", "hier")])];
    let drawn = files::territory("friches.csv", &files::csv_of(&rows), &[]);
    let ran = drawn.run(&["friches", "--cnig"]);
    assert!(ran.stdout.contains("site_identif_date: 1 rows without"), "{}", ran.stdout);
    let path = drawn.path("results/friches-cnig");
    let made = &files::table(&path.join("friches.csv"))[0];
    assert_eq!((&*made["site_identif_date"], &*made["site_actu_date"]), ("", ""));
    let report = std::fs::read_to_string(path.join("completude.csv")).unwrap();
    let line = report.lines().find(|line| line.starts_with("site_actu_date")).unwrap();
    assert!(line.ends_with(";1;0;1;1;0"), "{line}");

    // The vintage of the layer is a day: then it is known at least.
    drawn.change(
        "gisement.toml",
        "path = \"friches.csv\"\n",
        "path = \"friches.csv\"\nvintage = \"2026-03-04\"\n",
    );
    let made = &files::written(&drawn)[0];
    assert_eq!(
        (&*made["site_identif_date"], &*made["site_actu_date"]),
        ("2026-03-04", "2026-03-04")
    );
}

#[test]
fn what_is_unknown_is_said_by_the_word_of_the_standard_where_it_must_be() {
    let made = one(&[("site_type", ""), ("urba_zaer", ""), ("site_statut", "")], &[]);
    assert_eq!((&*made["site_type"], &*made["urba_zaer"]), ("inconnu", "inconnu"));
    assert_eq!((&*made["site_statut"], &*made["urba_zone_type"]), ("", ""));
    assert_eq!(made["site_nom"], "Friche à Moissac (82112_1)");
}

#[test]
fn no_friche_is_no_answer_and_export_writes_the_standard_too() {
    let drawn = crate::drawn::Drawn::new();
    let ran = drawn.run(&["export"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(ran.stdout.contains("friches-cnig"), "{}", ran.stdout);
    assert_eq!(files::table(&drawn.path("results/friches-cnig/friches.csv")).len(), 2);
    drawn.change("gisement.toml", "[layers.friches]\npath = \"friches.geojson\"\n", "");
    let ran = drawn.run(&["friches", "--cnig"]);
    assert_eq!(ran.code, 1);
    assert!(ran.stdout.starts_with("No friche"), "{}", ran.stdout);
    assert_eq!(drawn.run(&["friches"]).code, 2);
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    let rows = [files::row(&[("geomsurf", OUTLINE)]), files::row(&[("site_id", "82112_2")])];
    let drawn = files::territory("friches.csv", &files::csv_of(&rows), &["zoning"]);
    let bytes = |args: &[&str]| {
        let ran = drawn.run(args);
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        ["friches.csv", "friches.gpkg", "completude.csv"]
            .map(|name| std::fs::read(drawn.path("results/friches-cnig").join(name)).unwrap())
    };
    let first = bytes(&["friches", "--cnig"]);
    assert!(first == bytes(&["--threads", "1", "friches", "--cnig"]));
}
