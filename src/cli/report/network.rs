//! How the roads hold together: the block of `gisement check`.

use geo::Contains;
use geo::Point;
use gisement::domain::LayerKey;
use gisement::domain::Territory;
use gisement::spatial::network::NetworkPiece;
use gisement::units::Unit;
use gisement::words::Words;
use serde_json::Value as Json;
use serde_json::json;

use super::table::Align;
use super::table::TextTable;

/// Pieces shown before "and n more".
const PIECES_SHOWN: usize = 5;

/// The block, or nothing where no roads are given.
pub(crate) fn text(territory: &Territory, words: &Words) -> String {
    if territory.layer(LayerKey::ROADS).is_none() {
        return String::new();
    }
    let mut text = format!("\n{}\n\n", words.say("network.title"));
    let Some(network) = territory.road_network() else {
        text.push_str(&format!("  {}\n", words.say("network.none")));
        return text;
    };
    let report = network.report();
    let values = [
        ("edges", words.count(report.edges)),
        ("length", words.quantity(report.length_m, Unit::Meter)),
        ("dead_ends", words.count(report.dead_ends)),
    ];
    let values: Vec<(&str, &str)> = values.iter().map(|(key, value)| (*key, &**value)).collect();
    text.push_str(&format!("  {}\n", words.fill("network.size", &values)));
    if report.unusable > 0 {
        let n = words.count(report.unusable);
        text.push_str(&format!("  {}\n", words.fill("network.unusable", &[("n", &n)])));
    }
    if report.components < 2 {
        text.push_str(&format!("  {}\n", words.say("network.whole")));
        return text;
    }
    let others = report.components - 1;
    let lost_m = report.length_m * (1.0 - report.largest_share);
    text.push_str(&format!(
        "  {}\n\n",
        words.fill(
            "network.pieces",
            &[
                ("n", &words.count(others)),
                ("length", &words.quantity(lost_m, Unit::Meter)),
                ("share", &words.number(100.0 * (1.0 - report.largest_share), 2)),
            ],
        )
    ));
    let mut table = TextTable::new(&[
        (words.say("network.length"), Align::Right),
        (words.say("network.edges"), Align::Right),
        (words.say("network.commune"), Align::Left),
        (words.say("network.at"), Align::Left),
    ]);
    for piece in network.pieces().iter().skip(1).take(PIECES_SHOWN) {
        table.row(vec![
            words.quantity(piece.length_m, Unit::Meter),
            words.count(piece.edges),
            commune_of(territory, piece).unwrap_or_else(|| "–".to_owned()),
            format!("{:.0} {:.0}", piece.at.x, piece.at.y),
        ]);
    }
    text.push_str(&table.text());
    if others > PIECES_SHOWN {
        let more = words.count(others - PIECES_SHOWN);
        text.push_str(&format!("{}\n", words.fill("report.and_more", &[("n", &more)])));
    }
    text
}

/// The network as JSON; null where no roads are given, or no car drives on them.
pub(crate) fn json(territory: &Territory) -> Json {
    let Some(network) = territory.road_network() else { return Json::Null };
    let report = network.report();
    let pieces: Vec<Json> = network
        .pieces()
        .iter()
        .skip(1)
        .map(|piece| {
            json!({"length_m": rounded(piece.length_m), "edges": piece.edges,
                "at": [rounded(piece.at.x), rounded(piece.at.y)], "commune": commune_of(territory, piece)})
        })
        .collect();
    json!({"nodes": report.nodes, "edges": report.edges, "length_m": rounded(report.length_m),
        "pieces": report.components, "largest_share": report.largest_share,
        "disconnected": pieces, "dead_ends": report.dead_ends, "t_junctions": report.t_junctions,
        "joined_ends": report.snapped_nodes, "unusable": report.unusable})
}

/// The commune that a piece begins in.
fn commune_of(territory: &Territory, piece: &NetworkPiece) -> Option<String> {
    let communes = &territory.communes.entities;
    let found = communes.iter().find(|commune| commune.geometry.contains(&Point(piece.at)))?;
    Some(found.name.clone())
}

/// To a centimetre: what is beyond is rounding.
fn rounded(number: f64) -> f64 {
    (number * 100.0).round() / 100.0
}
