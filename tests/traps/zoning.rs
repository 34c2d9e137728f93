//! Zoning is not a partition, and its words need care.

use std::fs;

use crate::drawn::Drawn;
use crate::drawn::collection;
use crate::drawn::feature;
use crate::drawn::rectangle;
use crate::folder::Checked;
use crate::folder::Folder;

/// The corners of a rectangle, in metres from the origin of the territory.
type Frame = [f64; 4];

fn drawn(frame: Frame, properties: &str) -> String {
    let [x0, y0, x1, y1] = frame;
    feature(&rectangle(x0, y0, x1, y1), properties)
}

fn zone(frame: Frame, label: &str, document: &str) -> String {
    let words = format!("\"LIBELLE\":\"{label}\",\"TYPEZONE\":\"U\",\"IDURBA\":\"{document}\"");
    drawn(frame, &words)
}

/// A territory of communes and zones.
fn territory(communes: &[(&str, Frame)], zones: &[String]) -> Checked {
    let codes: Vec<String> = communes.iter().map(|(code, _)| format!("\"{code}\"")).collect();
    let folder = Folder::new();
    folder.write(
        "gisement.toml",
        format!(
            "[territory]\nname = \"Essai\"\ncommunes = [{}]\n[layers.communes]\npath = \"communes.geojson\"\n\
             [layers.zoning]\npath = \"zoning.geojson\"\n",
            codes.join(", ")
        ),
    );
    let outlines: Vec<String> = communes
        .iter()
        .map(|(code, frame)| drawn(*frame, &format!("\"code\":\"{code}\",\"nom\":\"{code}\"")))
        .collect();
    folder.write("communes.geojson", collection(&outlines));
    folder.write("zoning.geojson", collection(zones));
    let checked = folder.check_territory();
    assert_eq!(checked.code, 0, "{}", checked.stderr);
    checked
}

const PLU: &str = "82112_PLU_20200101";
const COMMUNE: [(&str, Frame); 1] = [("82112", [0.0, 0.0, 200.0, 100.0])];

/// R4: Megève: the zones are the commune, nothing over and nothing missing.
#[test]
fn zones_that_are_the_commune_say_nothing() {
    let zones =
        [zone([0.0, 0.0, 100.0, 100.0], "UX", PLU), zone([100.0, 0.0, 200.0, 100.0], "UA", PLU)];
    let checked = territory(&COMMUNE, &zones);
    assert_eq!(checked.layer_as("zoning").rows(), [2, 2, 0, 0, 0]);
    checked.layer_as("zoning").assert_clean();
}

/// R4: pairs of zones overlap, by up to 22 ha.
#[test]
fn zones_that_overlap_are_told() {
    let zones =
        [zone([0.0, 0.0, 100.0, 100.0], "UX", PLU), zone([90.0, 0.0, 200.0, 100.0], "UA", PLU)];
    let checked = territory(&COMMUNE, &zones);
    let layer = checked.layer_as("zoning");
    assert_eq!(layer.rows(), [2, 2, 0, 0, 0]);
    assert_eq!(layer.problems(), [("zones-overlap", 1)]);
    layer.example("zones-overlap");
}

/// R4, R7: 5 mm over 100 m is a sliver, no overlap.
#[test]
fn a_sliver_is_no_overlap() {
    let zones =
        [zone([0.0, 0.0, 100.0, 100.0], "UX", PLU), zone([99.995, 0.0, 200.0, 100.0], "UA", PLU)];
    let checked = territory(&COMMUNE, &zones);
    assert_eq!(checked.layer_as("zoning").count("zones-overlap"), 0, "{}", checked.stdout);
}

/// Four zones around a hole of 100 m²: the third and fourth by another spelling of the document.
fn around_a_hole(one: &str, other: &str) -> Vec<String> {
    vec![
        zone([0.0, 0.0, 100.0, 45.0], "UA", one),
        zone([0.0, 55.0, 100.0, 100.0], "UB", one),
        zone([0.0, 45.0, 45.0, 55.0], "UC", other),
        zone([55.0, 45.0, 100.0, 55.0], "UD", other),
    ]
}

/// R4: documents have interior gaps, up to 236 of them.
#[test]
fn a_gap_between_zones_is_told() {
    let commune = [("82112", [0.0, 0.0, 100.0, 100.0])];
    let checked = territory(&commune, &around_a_hole(PLU, PLU));
    let layer = checked.layer_as("zoning");
    assert_eq!(
        (layer.count("zoning-gap"), layer.count("zones-overlap")),
        (1, 0),
        "{}",
        checked.stdout
    );
}

/// R4: `241800432_PLUI_…` and `241800432_PLUi_…` are one document: only together do they go round the hole.
#[test]
fn the_name_of_a_document_has_no_case() {
    let commune = [("82112", [0.0, 0.0, 110.0, 110.0])];
    let zones = around_a_hole("241800432_PLUI_20200101", "241800432_PLUi_20200101");
    let checked = territory(&commune, &zones);
    assert_eq!(checked.layer_as("zoning").count("zoning-gap"), 1, "{}", checked.stdout);
}

/// E11: the Géoportail de l'urbanisme serves the same zone twice.
#[test]
fn a_zone_that_stands_twice_is_told_apart_from_an_overlap() {
    let twice = zone([0.0, 0.0, 100.0, 100.0], "UX", PLU);
    let zones = [twice.clone(), zone([100.0, 0.0, 200.0, 100.0], "UA", PLU), twice];
    let checked = territory(&COMMUNE, &zones);
    let layer = checked.layer_as("zoning");
    assert_eq!(layer.rows()[0], 3);
    let told = (layer.count("zone-duplicated"), layer.count("zones-overlap"));
    assert_eq!(told, (1, 0), "{}", checked.stdout);
}

/// E11: a PLU that a PLUi replaced, and that is still there.
#[test]
fn an_old_document_under_a_new_one_is_told() {
    let zones = [
        zone([0.0, 0.0, 200.0, 100.0], "UX", PLU),
        zone([0.0, 0.0, 120.0, 100.0], "UA", "200066322_PLUi_20220101"),
        zone([120.0, 0.0, 200.0, 100.0], "UB", "200066322_PLUi_20220101"),
    ];
    let checked = territory(&COMMUNE, &zones);
    assert_eq!(checked.layer_as("zoning").count("zones-overlap"), 2, "{}", checked.stdout);
}

/// E11: a commune under RNU has no zone: the layer does not speak for it, which is not "no constraint".
#[test]
fn a_commune_without_document_is_not_covered() {
    let communes = [("82112", [0.0, 0.0, 200.0, 100.0]), ("82033", [200.0, 0.0, 400.0, 100.0])];
    let zones = [zone([0.0, 0.0, 200.0, 100.0], "UX", PLU)];
    let checked = territory(&communes, &zones);
    assert_eq!(checked.layer_as("zoning").not_covered(), ["82033"]);
}

fn loose(properties: &str) -> Checked {
    let text = collection(&[drawn([0.0, 0.0, 100.0, 100.0], properties)]);
    Folder::with("zone_urba.geojson", text).check("zone_urba.geojson", "zoning")
}

/// The land that is ranked when the activity zone of the drawn territory has this type.
fn ranked(typezone: &str) -> String {
    let territory = Drawn::new();
    let ux = "\"LIBELLE\":\"UX\",\"TYPEZONE\":\"U\"";
    territory.change("zoning.geojson", ux, &ux.replace("\"U\"", &format!("\"{typezone}\"")));
    territory.run(&["rank", "land", "--format", "csv"]).stdout
}

/// E9: `AU` of before AUc and AUs: it is told, and nobody may take it for open land.
#[test]
fn an_au_of_old_is_told_and_not_available() {
    let checked = loose("\"LIBELLE\":\"AUx\",\"TYPEZONE\":\"AU\"");
    assert_eq!(checked.layer().rows(), [1, 1, 0, 0, 0]);
    assert!(checked.layer().example("unknown-word").contains("AU"));
    assert!(!ranked("AU").contains("82112000AB0001"), "land under AU is ranked");
    assert!(ranked("U").contains("82112000AB0001"), "land under U is not ranked");
}

/// E9: AUs is closed until the plan is changed, whatever its label promises.
#[test]
fn aus_is_never_available() {
    loose("\"LIBELLE\":\"2AUx\",\"TYPEZONE\":\"AUs\"").layer().assert_clean();
    assert!(!ranked("AUs").contains("82112000AB0001"));
}

/// E9: letters of old documents that leave no doubt are read without a word.
#[test]
fn old_letters_for_farms_and_nature_are_known() {
    for typezone in ["Ah", "Nh", "Nd", "AUc"] {
        let checked = loose(&format!("\"LIBELLE\":\"{typezone}\",\"TYPEZONE\":\"{typezone}\""));
        checked.layer().assert_clean();
    }
}

/// E10: destinations, then dominant form, then words of the long label, then letters of the label; the rule that
/// decided is kept. UE decides nothing.
#[test]
fn the_rule_that_says_what_a_zone_is_for_is_kept() {
    let territory = Drawn::new();
    let zone = |at: f64, words: &str| {
        drawn([at, 0.0, at + 100.0, 200.0], &format!("\"TYPEZONE\":\"U\",{words}"))
    };
    let zones = [
        zone(
            0.0,
            "\"LIBELLE\":\"UE1\",\"LIBELONG\":\"habitat\",\"FORMDOMI\":\"0100\",\"DESTOUI\":\"51-52\"",
        ),
        zone(
            100.0,
            "\"LIBELLE\":\"UE2\",\"LIBELONG\":\"habitat\",\"FORMDOMI\":\"0201\",\"DESTOUI\":\"\"",
        ),
        zone(
            200.0,
            "\"LIBELLE\":\"UE3\",\"LIBELONG\":\"Zone d'activités\",\"FORMDOMI\":\"\",\"DESTOUI\":\"\"",
        ),
        zone(300.0, "\"LIBELLE\":\"UX4\",\"LIBELONG\":\"\",\"FORMDOMI\":\"\",\"DESTOUI\":\"\""),
        zone(400.0, "\"LIBELLE\":\"UE5\",\"LIBELONG\":\"\",\"FORMDOMI\":\"\",\"DESTOUI\":\"\""),
    ];
    territory.write("zoning.geojson", &collection(&zones));
    let ran = territory.run(&["export"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let csv = fs::read_to_string(territory.path("results/zoning.csv")).unwrap();
    for (label, kind, rule) in [
        ("UE1", "Activity", "DESTOUI/DESTCDT 51-52"),
        ("UE2", "Activity", "FORMDOMI/DESTDOMI 0201"),
        ("UE3", "Activity", "LIBELONG « activit »"),
        ("UX4", "Activity", "LIBELLE UX"),
        ("UE5", "", "TYPEZONE"),
    ] {
        let line = csv.lines().find(|line| line.contains(&format!(";{label};")));
        let line = line.unwrap_or_else(|| panic!("no {label} in {csv}"));
        assert!(line.contains(rule) && line.contains(kind), "{label}: {line}");
        assert!(label != "UE5" || !line.contains("Activity"), "{line}");
    }
}

/// E25: codes that came after the list was written (56-00, letters, nothing) are kept.
#[test]
fn a_prescription_of_a_later_list_is_kept() {
    let kinds = ["\"56\"", "\"99\"", "\"ZZ\"", "null", "56"];
    let features: Vec<String> = kinds
        .iter()
        .map(|kind| {
            let words = format!("\"LIBELLE\":\"P\",\"TYPEPSC\":{kind},\"STYPEPSC\":\"00\"");
            drawn([0.0, 0.0, 10.0, 10.0], &words)
        })
        .collect();
    let folder = Folder::with("PRESCRIPTION_SURF.geojson", collection(&features));
    let checked = folder.check("PRESCRIPTION_SURF.geojson", "hazards");
    assert_eq!((checked.layer().rows(), checked.code), ([5, 5, 0, 0, 0], 0), "{}", checked.stdout);
    checked.layer().assert_area(500.0);
}

/// R7: a parcel whose edge lies 30 cm beyond the zone is a parcel of that zone: 0.3 % is a sliver.
#[test]
fn a_sliver_beyond_the_zone_changes_no_verdict() {
    let territory = Drawn::new();
    let words = "\"LIBELLE\":\"UX\",\"TYPEZONE\":\"U\",\"LIBELONG\":\"Zone d'activités\",\"IDURBA\":\"82112_PLU_20200101\"";
    let zones = [
        drawn([0.3, 0.0, 375.0, 200.0], words),
        drawn([-50.0, 0.0, 0.3, 200.0], "\"LIBELLE\":\"N\",\"TYPEZONE\":\"N\""),
    ];
    territory.write("zoning.geojson", &collection(&zones));
    let ran = territory.run(&["rank", "land", "--format", "csv"]);
    let line = ran.stdout.lines().find(|line| line.contains("82112000AB0001")).unwrap();
    assert!(line.contains(";UX;"), "{line}");
}
