//! What loose files hold: as text and as JSON.

use gisement::io::load::LooseCheck;
use gisement::io::load::LooseLayer;
use gisement::units::Unit;
use gisement::words::Words;
use serde_json::Value as Json;
use serde_json::json;

use super::error;
use super::problems::grouped;
use super::table::Align;
use super::table::TextTable;

/// Names of files shown before "and n more".
const NAMES_SHOWN: usize = 6;

pub(crate) fn text(check: &LooseCheck, words: &Words) -> String {
    let mut text = String::new();
    if !check.layers.is_empty() {
        text.push_str(&format!("{}\n\n{}", words.say("report.read_title"), layers(check, words)));
        text.push_str(&format!("\n{}", problems(check, words)));
    }
    if !check.unreadable.is_empty() {
        text.push_str(&format!("\n{}\n\n", words.say("report.unreadable_title")));
        for (_, failure) in &check.unreadable {
            text.push_str(&format!("  {}\n", error::of_loose(failure, words)));
        }
    }
    if !check.passed_over.is_empty() {
        text.push_str(&format!("\n{}\n\n", words.say("report.passed_over_title")));
        for file in check.passed_over.iter().take(NAMES_SHOWN) {
            text.push_str(&format!("  {file}\n"));
        }
        if check.passed_over.len() > NAMES_SHOWN {
            let more = words.count(check.passed_over.len() - NAMES_SHOWN);
            text.push_str(&format!("  {}\n", words.fill("report.and_more", &[("n", &more)])));
        }
    }
    text
}

fn layers(check: &LooseCheck, words: &Words) -> String {
    let folder = common_folder(check);
    let mut table = TextTable::new(&[
        (words.say("report.file"), Align::Left),
        (words.say("report.read_as"), Align::Left),
        (words.say("report.schema"), Align::Left),
        (words.say("report.crs"), Align::Left),
        (words.say("report.encoding"), Align::Left),
        (words.say("report.read"), Align::Right),
        (words.say("report.kept"), Align::Right),
        (words.say("report.repaired"), Align::Right),
        (words.say("report.rejected"), Align::Right),
        (words.say("report.area"), Align::Right),
    ]);
    for layer in &check.layers {
        let count = |number: u64| words.number(number as f64, 0);
        let tally = layer.tally;
        let area_m2 = tally.area.kept_m2;
        table.row(vec![
            place(layer).split_at(folder).1.to_owned(),
            read_as(layer, words),
            layer.schema.to_owned(),
            layer.epsg.map(|epsg| format!("EPSG:{epsg}")).unwrap_or_default(),
            layer.encoding.clone().unwrap_or_default(),
            count(tally.read),
            count(tally.kept),
            count(tally.repaired),
            count(tally.rejected),
            if area_m2 > 0.0 { words.quantity(area_m2, Unit::SquareMeter) } else { String::new() },
        ]);
    }
    let heading = check.layers.first().map_or("", |layer| &layer.path[..folder]);
    let heading = heading.trim_end_matches('/');
    if heading.is_empty() { table.text() } else { format!("{heading}\n\n{}", table.text()) }
}

/// Length of the folder that all paths begin with, its last `/` included; 0 for a file alone.
fn common_folder(check: &LooseCheck) -> usize {
    let mut paths = check.layers.iter().map(|layer| layer.path.as_str());
    let first = paths.next().unwrap_or_default();
    let common = paths.fold(first.rfind('/').map_or(0, |at| at + 1), |length, path| {
        let shared =
            first.bytes().zip(path.bytes()).take(length).take_while(|(a, b)| a == b).count();
        first[..shared].rfind('/').map_or(0, |at| at + 1)
    });
    if check.layers.len() > 1 { common } else { 0 }
}

/// The file, and the layer where the file's name does not say it.
fn place(layer: &LooseLayer) -> String {
    if layer.path.contains(&layer.layer) {
        layer.path.clone()
    } else {
        format!("{} ({})", layer.path, layer.layer)
    }
}

fn read_as(layer: &LooseLayer, words: &Words) -> String {
    let key = format!("kind.{}", layer.read_as);
    let table = format!("layer.{}", layer.read_as);
    let told = words.get(&key).or_else(|| words.get(&table));
    told.map_or_else(|| layer.read_as.clone(), str::to_owned)
}

fn problems(check: &LooseCheck, words: &Words) -> String {
    let groups = grouped(check.layers.iter().flat_map(|layer| &layer.problems));
    super::problems_table(groups.iter().map(|group| (None, group)), words)
}

pub(crate) fn json(check: &LooseCheck, words: &Words) -> Json {
    let layers: Vec<Json> = check
        .layers
        .iter()
        .map(|layer| {
            let tally = layer.tally;
            let problems: Vec<Json> =
                grouped(layer.problems.iter()).iter().map(|group| group.json(words)).collect();
            json!({
                "path": layer.path,
                "layer": layer.layer,
                "as": layer.read_as,
                "schema": layer.schema,
                "crs": layer.epsg.map(|epsg| format!("EPSG:{epsg}")),
                "encoding": layer.encoding,
                "rows": {"read": tally.read, "kept": tally.kept, "repaired": tally.repaired,
                    "rejected": tally.rejected, "outside": tally.outside},
                "area_m2": tally.area.kept_m2,
                "area_read_m2": tally.area.read_m2,
                "problems": problems,
            })
        })
        .collect();
    let unreadable: Vec<Json> = check
        .unreadable
        .iter()
        .map(|(path, failure)| json!({"path": path, "message": error::of_loose(failure, words)}))
        .collect();
    json!({"layers": layers, "unreadable": unreadable, "passed_over": check.passed_over})
}
