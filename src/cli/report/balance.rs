//! What was read, what is wrong with it, what is missing: as text and as JSON.

use std::collections::BTreeMap;

use gisement::domain::Areas;
use gisement::domain::Commune;
use gisement::domain::Elevation;
use gisement::domain::Entity;
use gisement::domain::LayerKey;
use gisement::domain::Problem;
use gisement::domain::Territory;
use gisement::units::Unit;
use gisement::words::Words;
use serde_json::Value as Json;
use serde_json::json;

use super::problems::Group;
use super::problems::grouped;
use super::table::Align;
use super::table::TextTable;

/// Names of communes shown before "and n more".
const NAMES_SHOWN: usize = 6;

pub(crate) fn text(territory: &Territory, words: &Words) -> String {
    let mut text = super::synthetic_line(territory, words);
    text.push_str(&format!(
        "{}\n\n{}",
        words.say("report.read_title"),
        read(territory, words).text()
    ));
    if let Some(elevation) = &territory.elevation {
        text.push_str(&format!("\n{}\n", heights(elevation, words)));
    }
    text.push('\n');
    text.push_str(&problems(territory, words));
    text.push_str(&super::zoning::text(territory, words));
    text.push_str(&super::network::text(territory, words));
    text.push_str(&super::renumbering::text(territory, words));
    let missing = missing(territory, words);
    if !missing.is_empty() {
        text.push_str(&format!("\n{}\n\n", words.say("report.missing_title")));
        for line in missing {
            text.push_str(&format!("  {line}\n"));
        }
    }
    text
}

/// One line per layer read.
pub(crate) fn read(territory: &Territory, words: &Words) -> TextTable {
    let mut table = TextTable::new(&[
        (words.say("report.layer"), Align::Left),
        (words.say("report.schema"), Align::Left),
        (words.say("report.files"), Align::Right),
        (words.say("report.read"), Align::Right),
        (words.say("report.kept"), Align::Right),
        (words.say("report.repaired"), Align::Right),
        (words.say("report.rejected"), Align::Right),
        (words.say("report.outside"), Align::Right),
        (words.say("report.area_kept"), Align::Right),
        (words.say("report.area_kept_share"), Align::Right),
        (words.say("report.covered"), Align::Right),
    ]);
    for (key, provenance) in territory.provenances() {
        let Some(balance) = territory.balance.get(key) else { continue };
        let total = balance.total;
        let count = |number: u64| words.number(number as f64, 0);
        table.row(vec![
            layer_name(key, words),
            first_of(&provenance.schema),
            words.count(provenance.n_files),
            count(total.read),
            count(total.kept),
            count(total.repaired),
            count(total.rejected),
            count(total.outside),
            area(total.area, words),
            area_share(total.area, words),
            words.count(territory.communes.entities.len() - uncovered(territory, key).len()),
        ]);
    }
    table
}

/// The first of several schemas, and how many more there are: a table as wide as the list could not be read. JSON has all.
fn first_of(schemas: &str) -> String {
    match schemas.split_once(" ; ") {
        None => schemas.to_owned(),
        Some((first, others)) => format!("{first} +{}", others.split(" ; ").count()),
    }
}

/// The tiles of heights that are kept, their cells, and how much of them is known.
fn heights(elevation: &Elevation, words: &Words) -> String {
    words.fill(
        "report.heights",
        &[
            ("tiles", &words.count(elevation.tiles().len())),
            ("cells", &words.count(elevation.cells())),
            ("known", &words.number(100.0 * elevation.known_share(), 1)),
        ],
    )
}

/// The area kept, for layers that have one.
fn area(areas: Areas, words: &Words) -> String {
    if areas.read_m2 > 0.0 {
        words.quantity(areas.kept_m2, Unit::SquareMeter)
    } else {
        String::new()
    }
}

/// The area kept as a share of the area read: 100 % when nothing was lost on the way.
fn area_share(areas: Areas, words: &Words) -> String {
    if areas.read_m2 > 0.0 {
        format!("{}\u{a0}%", words.number(100.0 * areas.kept_m2 / areas.read_m2, 2))
    } else {
        String::new()
    }
}

/// What a layer is called; a layer of the user's own is called by its key.
fn layer_name(key: &str, words: &Words) -> String {
    let name = if key == LayerKey::PARCELS {
        "layer.all_parcels".to_owned()
    } else {
        format!("layer.{key}")
    };
    if words.has(&name) { words.say(&name).to_owned() } else { key.to_owned() }
}

/// Communes that a layer does not speak for.
fn uncovered<'a>(territory: &'a Territory, key: &str) -> Vec<&'a Commune> {
    let heights = territory.elevation.as_ref().filter(|_| key == LayerKey::ELEVATION);
    let covers = |commune: &Commune| match (territory.layer(key), territory.tables.get(key)) {
        (Some(layer), _) => layer.covers(Some(commune.insee)),
        (None, Some(table)) => table.rows.contains_key(&commune.insee),
        // Owners: a commune is covered where a row of it was kept.
        (None, None) => heights.map_or_else(
            || {
                let of_layer = territory.balance.get(key).map(|balance| &balance.communes);
                let tally = of_layer.and_then(|all| all.get(&Some(commune.insee)));
                tally.is_some_and(|tally| tally.kept > 0)
            },
            |heights| heights.touches(commune.geometry()),
        ),
    };
    territory.communes.entities.iter().filter(|commune| !covers(commune)).collect()
}

fn problems(territory: &Territory, words: &Words) -> String {
    if territory.problems.is_empty() {
        return format!("{}\n", words.say("report.no_problem"));
    }
    let mut by_layer: BTreeMap<&str, Vec<&Problem>> = BTreeMap::new();
    for problem in &territory.problems {
        by_layer.entry(&problem.layer).or_default().push(problem);
    }
    let groups: Vec<(&str, Vec<Group<'_>>)> = by_layer
        .into_iter()
        .map(|(layer, problems)| (layer, grouped(problems.into_iter())))
        .collect();
    let rows = groups.iter().flat_map(|(layer, groups)| {
        groups.iter().map(move |group| (Some(layer_name(layer, words)), group))
    });
    super::problems_table(rows, words)
}

/// What is missing: layers not given, in one line, then the communes that each layer given does not cover.
fn missing(territory: &Territory, words: &Words) -> Vec<String> {
    let is_given = |key: &str| territory.declared.contains(key) || key == LayerKey::COMMUNES;
    let absent: Vec<String> = LayerKey::EXPECTED
        .into_iter()
        .filter(|key| !is_given(key))
        .map(|key| layer_name(key, words))
        .collect();
    let mut lines = Vec::new();
    if !absent.is_empty() {
        lines.push(words.fill("report.missing_layers", &[("layers", &absent.join(", "))]));
    }
    let mut keys: Vec<&str> = LayerKey::SPATIAL
        .into_iter()
        .chain(LayerKey::TABLES)
        .chain([LayerKey::ELEVATION])
        .collect();
    keys.retain(|key| is_given(key));
    lines.extend(keys.into_iter().filter_map(|key| not_covered(territory, key, words)));
    lines
}

/// The communes that a layer does not cover, the first by name.
fn not_covered(territory: &Territory, key: &str, words: &Words) -> Option<String> {
    let communes = uncovered(territory, key);
    if communes.is_empty() {
        return None;
    }
    let mut names: Vec<String> =
        communes.iter().take(NAMES_SHOWN).map(|commune| commune.name.clone()).collect();
    if communes.len() > NAMES_SHOWN {
        let more = words.count(communes.len() - NAMES_SHOWN);
        names.push(words.fill("report.and_more", &[("n", &more)]));
    }
    let (n, of) = (words.count(communes.len()), words.count(territory.communes.entities.len()));
    let values =
        [("layer", &*layer_name(key, words)), ("n", &n), ("of", &of), ("names", &names.join(", "))];
    Some(words.fill("report.missing_cover", &values))
}

pub(crate) fn json(territory: &Territory, words: &Words) -> Json {
    let layers: Vec<Json> = territory
        .provenances()
        .filter_map(|(key, provenance)| {
            let balance = territory.balance.get(key)?;
            let of_layer = territory.problems.iter().filter(|problem| problem.layer == key);
            let problems: Vec<Json> =
                grouped(of_layer).iter().map(|group| group.json(words)).collect();
            let communes: Vec<Json> = balance
                .communes
                .iter()
                .map(|(commune, tally)| {
                    json!({"commune": commune.map(|code| code.to_string()), "read": tally.read, "kept": tally.kept,
                        "repaired": tally.repaired, "rejected": tally.rejected, "outside": tally.outside,
                        "area_read_m2": tally.area.read_m2, "area_m2": tally.area.kept_m2})
                })
                .collect();
            let uncovered: Vec<String> =
                uncovered(territory, key).iter().map(|commune| commune.insee.to_string()).collect();
            let total = balance.total;
            Some(json!({
                "as": key,
                "schema": provenance.schema,
                "source": provenance.source,
                "vintage": provenance.vintage,
                "files": provenance.n_files,
                "rows": {"read": total.read, "kept": total.kept, "repaired": total.repaired,
                    "rejected": total.rejected, "outside": total.outside},
                "area_read_m2": total.area.read_m2,
                "area_m2": total.area.kept_m2,
                "communes": communes,
                "communes_not_covered": uncovered,
                "problems": problems,
            }))
        })
        .collect();
    let missing: Vec<&str> =
        LayerKey::EXPECTED.into_iter().filter(|key| !territory.declared.contains(*key)).collect();
    let elevation = territory.elevation.as_ref().map(|elevation| {
        json!({"tiles": elevation.tiles().len(), "cells": elevation.cells(),
            "known_share": elevation.known_share()})
    });
    json!({"synthetic": territory.is_synthetic(), "layers": layers, "layers_not_given": missing,
        "elevation": elevation,
        "road_network": super::network::json(territory),
        "zoning_audit": super::zoning::json(territory), "renumbering": super::renumbering::json(territory)})
}
