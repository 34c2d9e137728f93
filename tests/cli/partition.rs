use std::fs;

use serde_json::Value;
use serde_json::json;

use crate::drawn::Drawn;
use crate::drawn::PARCELS;
use crate::drawn::X;
use crate::drawn::Y;
use crate::drawn::collection;
use crate::drawn::feature;
use crate::drawn::rectangle;

fn zone(at: [f64; 4], label: &str) -> String {
    let [x0, y0, x1, y1] = at;
    let told =
        format!("\"LIBELLE\":\"{label}\",\"TYPEZONE\":\"U\",\"IDURBA\":\"82112_PLU_20200101\"");
    feature(&rectangle(x0, y0, x1, y1), &told)
}

/// Two halves of the commune that overlap by 10 m, and one of them twice; a strip of 30 m is under no zone.
fn overlapping() -> String {
    let west = zone([-2000.0, -2000.0, 10.0, 2000.0], "UX");
    let east = zone([0.0, -2000.0, 1970.0, 2000.0], "N");
    collection(&[west.clone(), east, west])
}

#[test]
fn check_tells_where_zoning_is_no_partition() {
    let drawn = Drawn::new();
    drawn.write("zoning.geojson", &overlapping());
    let ran = drawn.run(&["check", "--format", "json"]);
    let answer: Value = serde_json::from_str(&ran.stdout).unwrap();
    let audit = &answer["zoning_audit"];
    assert_eq!(audit["is_partition"], false);
    let document = &audit["documents"][0];
    assert_eq!(document["document"], "82112_PLU_20200101");
    assert_eq!((&document["zones"], &document["duplicated"]), (&json!(3), &json!(1)));
    assert_eq!(document["overlaps"]["count"], 1);
    assert_eq!(document["overlaps"]["total_m2"], 40_000.0);
    assert_eq!(document["gaps"]["count"], 0);
    let commune = &audit["communes"][0];
    assert_eq!(commune["commune"], "82112");
    assert_eq!(commune["uncovered_m2"], 120_000.0);
    assert_eq!(commune["gaps"]["count"], 1);
    assert_eq!(audit["communes_without_document"], json!([]));
    let layers = answer["layers"].as_array().unwrap();
    let zoning = layers.iter().find(|layer| layer["as"] == "zoning").unwrap();
    let codes: Vec<&Value> =
        zoning["problems"].as_array().unwrap().iter().map(|problem| &problem["code"]).collect();
    assert_eq!(codes, ["zones-overlap", "zone-duplicated", "commune-partly-zoned"]);

    let text = drawn.run(&["check"]).stdout;
    assert!(text.contains("Zoning: overlaps and gaps"), "{text}");
    assert!(text.contains("82112_PLU_20200101"), "{text}");
    assert!(text.contains("1 of 1 communes covered have a part under no zone"), "{text}");

    // The anomalies that QGIS opens have a place for each.
    assert_eq!(drawn.run(&["export"]).code, 0);
    let text = fs::read_to_string(drawn.path("results/anomalies.geojson")).unwrap();
    let anomalies: Value = serde_json::from_str(&text).unwrap();
    let found = anomalies["features"].as_array().unwrap();
    let codes = ["zones-overlap", "zone-duplicated", "commune-partly-zoned"];
    for code in codes {
        let one = found.iter().find(|one| one["properties"]["code"] == code).unwrap();
        assert_eq!(one["geometry"]["type"], "Point", "{code}");
        assert_eq!(one["properties"]["commune"], "82112", "{code}");
    }
}

#[test]
fn check_says_so_when_zones_are_a_partition() {
    let drawn = Drawn::new();
    let halves = [([-2000.0, 0.0], "UX"), ([0.0, 2000.0], "N")];
    let zones: Vec<String> = halves
        .iter()
        .map(|([from, to], label)| zone([*from, -2000.0, *to, 2000.0], label))
        .collect();
    drawn.write("zoning.geojson", &collection(&zones));
    let text = drawn.run(&["check"]).stdout;
    assert!(text.contains("The zones are a partition"), "{text}");
}

#[test]
fn check_follows_the_parcels_of_an_earlier_cadastre() {
    let drawn = Drawn::new();
    let mut before: Vec<(&str, [f64; 4])> = PARCELS[1..].to_vec();
    before[0] = ("82112000AB0099", [0.0, 0.0, 200.0, 200.0]);
    before.push(("82112000AB0098", [-900.0, -900.0, -800.0, -800.0]));
    drawn.write("before.geojson", &Drawn::parcels(&before));
    let config = fs::read_to_string(drawn.path("gisement.toml")).unwrap();
    drawn.write(
        "gisement.toml",
        &config.replace(
            "path = \"parcels.geojson\"",
            "path = \"parcels.geojson\"\nprevious = [\"before.geojson\"]",
        ),
    );
    let friche = format!("{{\"type\":\"Point\",\"coordinates\":[{},{}]}}", X + 50.0, Y + 50.0);
    let listed =
        "\"site_id\":\"82112_1\",\"comm_insee\":\"82112\",\"l_idtup\":\"{82112000AB0099}\"";
    drawn.write("friches.geojson", &collection(&[feature(&friche, listed)]));
    let answer: Value =
        serde_json::from_str(&drawn.run(&["check", "--format", "json"]).stdout).unwrap();
    let told = &answer["renumbering"];
    assert_eq!(told["rows"]["read"], 5);
    assert_eq!(
        [&told["unchanged"], &told["renumbered"], &told["vanished"], &told["not_compared"]],
        [3, 1, 1, 0]
    );
    assert_eq!(
        told["example"],
        json!({"parcel": "82112000AB0099", "successors": [
            {"parcel": "82112000AB0001", "share": 0.5}, {"parcel": "82112000AB0002", "share": 0.5}]})
    );
    let text = drawn.run(&["check"]).stdout;
    let example = "82112000AB0099 → 82112000AB0001 (50 %), 82112000AB0002 (50 %)";
    assert!(
        text.contains("3 are still there under their number, 1 changed their number"),
        "{text}"
    );
    assert!(text.contains(&format!("example: {example}")), "{text}");
    assert!(text.contains("parcel of the friche that changed its number"), "{text}");
}
