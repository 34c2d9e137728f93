//! What was read, what is wrong with it, what is missing: as text and as JSON.

use std::collections::BTreeMap;

use gisement::domain::CodeInsee;
use gisement::domain::Commune;
use gisement::domain::LayerKey;
use gisement::domain::Problem;
use gisement::domain::ProblemCode;
use gisement::domain::Territory;
use gisement::io::problem_words;
use gisement::words::Words;
use serde_json::Value as Json;
use serde_json::json;

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
    text.push('\n');
    text.push_str(&problems(territory, words));
    text.push_str(&super::zoning::text(territory, words));
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
        (words.say("report.covered"), Align::Right),
    ]);
    for (key, provenance) in territory.provenances() {
        let Some(balance) = territory.balance.get(key) else { continue };
        let total = balance.total;
        let count = |number: u64| words.number(number as f64, 0);
        table.row(vec![
            layer_name(key, words),
            provenance.schema.clone(),
            words.count(provenance.n_files),
            count(total.read),
            count(total.kept),
            count(total.repaired),
            count(total.rejected),
            count(total.outside),
            words.count(territory.communes.entities.len() - uncovered(territory, key).len()),
        ]);
    }
    table
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
    let covers = |insee: CodeInsee| match (territory.layer(key), territory.tables.get(key)) {
        (Some(layer), _) => layer.covers(Some(insee)),
        (None, Some(table)) => table.rows.contains_key(&insee),
        (None, None) => false,
    };
    territory.communes.entities.iter().filter(|commune| !covers(commune.insee)).collect()
}

fn problems(territory: &Territory, words: &Words) -> String {
    if territory.problems.is_empty() {
        return format!("{}\n", words.say("report.no_problem"));
    }
    let mut groups: BTreeMap<(&str, ProblemCode), (usize, &Problem)> = BTreeMap::new();
    for problem in &territory.problems {
        let group = groups.entry((&problem.layer, problem.code)).or_insert((0, problem));
        group.0 += 1;
    }
    let mut table = TextTable::new(&[
        (words.say("report.layer"), Align::Left),
        (words.say("field.severity"), Align::Left),
        (words.say("report.problem_count"), Align::Right),
        (words.say("report.problem_example"), Align::Left),
    ]);
    for ((layer, code), (count, example)) in groups {
        table.row(vec![
            layer_name(layer, words),
            words.say(&format!("severity.{}", code.severity().as_str())).to_owned(),
            words.count(count),
            problem_words::in_words(example, words),
        ]);
    }
    format!("{}\n\n{}", words.say("report.problems_title"), table.text())
}

fn missing(territory: &Territory, words: &Words) -> Vec<String> {
    let of = words.count(territory.communes.entities.len());
    LayerKey::SPATIAL
        .into_iter()
        .chain(LayerKey::TABLES)
        .filter_map(|key| {
            let name = layer_name(key, words);
            if !territory.declared.contains(key) && key != LayerKey::COMMUNES {
                return Some(words.fill("report.missing_layer", &[("layer", &name)]));
            }
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
            let n = words.count(communes.len());
            Some(words.fill(
                "report.missing_cover",
                &[("layer", &name), ("n", &n), ("of", &of), ("names", &names.join(", "))],
            ))
        })
        .collect()
}

pub(crate) fn json(territory: &Territory, words: &Words) -> Json {
    let layers: Vec<Json> = territory
        .provenances()
        .filter_map(|(key, provenance)| {
            let balance = territory.balance.get(key)?;
            let mut groups: BTreeMap<ProblemCode, (usize, &Problem)> = BTreeMap::new();
            for problem in territory.problems.iter().filter(|problem| problem.layer == key) {
                groups.entry(problem.code).or_insert((0, problem)).0 += 1;
            }
            let problems: Vec<Json> = groups
                .iter()
                .map(|(code, (count, example))| {
                    json!({"code": code.as_str(), "severity": code.severity().as_str(), "count": count,
                        "example": problem_words::in_words(example, words)})
                })
                .collect();
            let communes: Vec<Json> = balance
                .communes
                .iter()
                .map(|(commune, tally)| {
                    json!({"commune": commune.map(|code| code.to_string()), "read": tally.read, "kept": tally.kept,
                        "repaired": tally.repaired, "rejected": tally.rejected, "outside": tally.outside})
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
                "communes": communes,
                "communes_not_covered": uncovered,
                "problems": problems,
            }))
        })
        .collect();
    let missing: Vec<&str> = LayerKey::SPATIAL
        .into_iter()
        .chain(LayerKey::TABLES)
        .filter(|key| *key != LayerKey::COMMUNES && !territory.declared.contains(*key))
        .collect();
    json!({"synthetic": territory.is_synthetic(), "layers": layers, "layers_not_given": missing,
        "zoning_audit": super::zoning::json(territory), "renumbering": super::renumbering::json(territory)})
}
